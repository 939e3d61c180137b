//! What was measured in pictures, sound and video.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImageFacts {
    /// Pixels across, from the header; of an SVG its user units, if it names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down, from the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Pictures in an animation; 1 for a still picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frames: Option<u32>,
    /// All pixels were decoded without an error.
    pub decoded: bool,
}

/// A sound recording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AudioFacts {
    /// Seconds of sound, from the samples that are there and not from what a header declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Seconds of sound as the file declares it, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_duration: Option<f64>,
    /// Samples a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<u32>,
    /// Number of channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<u16>,
    /// The codec's usual name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
}

/// A video.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VideoFacts {
    /// Seconds a player shows: the longest picture or sound track, summed from its sample tables, after its edit list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Seconds as the movie header declares it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_duration: Option<f64>,
    /// The four-letter major brand of the file type box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The samples are in movie fragments.
    pub fragmented: bool,
    /// Tracks in file order.
    pub tracks: Vec<Track>,
}

/// What a track of a video carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrackKind {
    /// Moving pictures.
    Video,
    /// Sound.
    Audio,
    /// Subtitles, time codes, data.
    Other,
}

/// A track of a video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Track {
    /// What it carries.
    pub kind: TrackKind,
    /// The four-character code of its sample entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// Seconds from its sample tables, after its edit list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Seconds its media header declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_duration: Option<f64>,
    /// Number of samples (frames of a picture track).
    pub samples: u64,
    /// Pixels across, of a picture track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u16>,
    /// Pixels down, of a picture track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u16>,
}
