//! What was measured in videos.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A video.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VideoFacts {
    /// Seconds a player shows: the longest picture or sound track, summed from its sample tables, after its edit list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Seconds as the headers of the whole file declare it: the movie header, or of a fragmented file the length that its
    /// header or its index gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_duration: Option<f64>,
    /// The four-letter major brand of the file type box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The samples are in movie fragments.
    pub fragmented: bool,
    /// The header lies behind the pictures, so that a browser must fetch the end of the file before it can play.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub header_last: bool,
    /// Bits of pictures and sound a second, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_rate: Option<u64>,
    /// When the header says that the file was made, as `2026-11-23T10:00:00Z`. Cameras with a wrong clock and programs
    /// that set nothing are common.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The program or camera that says it made the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
    /// Its metadata tell where on earth it was taken. The place itself is not kept: reports are handed around.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub position: bool,
    /// Tracks in file order.
    pub tracks: Vec<Track>,
}

impl VideoFacts {
    /// Tracks that carry moving pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &Track> {
        self.tracks.iter().filter(|track| track.kind == TrackKind::Video)
    }

    /// Tracks that carry sound.
    pub fn sounds(&self) -> impl Iterator<Item = &Track> {
        self.tracks.iter().filter(|track| track.kind == TrackKind::Audio)
    }
}

/// What a track of a video carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrackKind {
    /// Moving pictures.
    Video,
    /// Sound.
    Audio,
    /// Subtitles, time codes, data.
    #[default]
    Other,
}

/// A track of a video.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Track {
    /// What it carries.
    pub kind: TrackKind,
    /// The four-character code of its sample entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// What the code leaves open: the codec's profile, such as `High`, or the kind of sound behind `mp4a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Language as ISO 639-2 has it, such as `kaz`; none if it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Seconds from its sample tables, after its edit list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Seconds of all its samples, before its edit list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_duration: Option<f64>,
    /// Seconds of all its samples as its media header declares them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_duration: Option<f64>,
    /// Number of samples (frames of a picture track).
    pub samples: u64,
    /// Bits a second, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_rate: Option<u64>,
    /// Measured if it carries pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureTrack>,
    /// Measured if it carries sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<SoundTrack>,
}

/// The pictures of a track.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PictureTrack {
    /// Pixels across, as stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u16>,
    /// Pixels down, as stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u16>,
    /// Degrees, clockwise, by which a player turns the stored picture: 0, 90, 180 or 270.
    pub rotation: u16,
    /// Frames a second, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame_rate: Option<f64>,
    /// Frames a second in the fastest tenth of the frames; the same as the average where the rate does not vary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest_frame_rate: Option<f64>,
    /// The frames do not follow each other at one pace.
    pub variable_frame_rate: bool,
    /// Bits of one sample of brightness.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_depth: Option<u8>,
    /// How finely colour is stored: `4:0:0`, `4:2:0`, `4:2:2`, `4:4:4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chroma: Option<Chroma>,
    /// Frames may be stored as two half pictures of different moments, as television does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interlaced: Option<bool>,
}

/// How finely colour is stored beside brightness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Chroma {
    /// Grey only.
    #[serde(rename = "4:0:0")]
    C400,
    /// One sample of colour for four pixels; what every player expects.
    #[serde(rename = "4:2:0")]
    C420,
    /// One for two.
    #[serde(rename = "4:2:2")]
    C422,
    /// One for each.
    #[serde(rename = "4:4:4")]
    C444,
}

impl Chroma {
    /// The usual notation.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Chroma::C400 => "4:0:0",
            Chroma::C420 => "4:2:0",
            Chroma::C422 => "4:2:2",
            Chroma::C444 => "4:4:4",
        }
    }
}

/// The sound of a track.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SoundTrack {
    /// Number of channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<u16>,
    /// Samples a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<u32>,
}
