//! Will every browser of the documents, on every pupil's computer and phone, play or show the file?

use super::whole::must_be_read;
use super::{Opinion, Settings};
use crate::facts::{Facts, Kind, Track, VideoFacts};
use crate::finding::{Arg, Message, Place};
use crate::settings::PlaysEverywhere;

impl Settings for PlaysEverywhere {
    const CHECK: &'static str = "plays-everywhere";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let file = &facts.file;
        must_be_read(file, opinion);
        if let Some(video) = file.video.as_ref().filter(|_| facts.kind == Kind::Video) {
            if self.rare_formats.contains(&file.identity.format) {
                opinion.error(Message::new("container-rare").with("found", file.identity.format), Place::whole());
            }
            self.video(video, opinion);
        }
        let codec = file.audio.as_ref().and_then(|audio| audio.codec.as_ref());
        if let Some(codec) = codec.filter(|codec| !self.recording_codecs.contains(codec)) {
            opinion.error(Message::new("recording-codec-rare").with("codec", codec.as_str()), Place::whole());
        }
        let color = file.image.as_ref().and_then(|image| image.color);
        if color.is_some_and(|color| !self.colors.contains(&color)) {
            opinion.error(Message::new("colors-for-print"), Place::whole());
        }
    }
}

impl PlaysEverywhere {
    fn video(&self, video: &VideoFacts, opinion: &mut Opinion) {
        // Players show the first picture track and play the first sound track.
        if let Some(track) = video.pictures().next() {
            self.picture(track, opinion);
        }
        let Some(track) = video.sounds().next() else { return };
        let codec = track.profile.as_ref().or(track.codec.as_ref());
        if let Some(codec) = codec.filter(|codec| !self.sound_codecs.contains(codec)) {
            opinion.error(Message::new("sound-codec-rare").with("codec", name(codec)), Place::whole());
        }
    }

    fn picture(&self, track: &Track, opinion: &mut Opinion) {
        let Some(codec) = &track.codec else { return };
        if !self.picture_codecs.contains(codec) {
            let id = if is_hevc(codec) { "video-codec-hevc" } else { "video-codec-rare" };
            opinion.error(Message::new(id).with("codec", name(codec)), Place::whole());
            return;
        }
        let Some(picture) = &track.picture else { return };
        if let Some(bits) = picture.bit_depth.filter(|&bits| bits > self.max_bit_depth) {
            opinion.error(Message::new("video-bits").with("bits", Arg::Count(bits.into())), Place::whole());
        }
        if let Some(chroma) = picture.chroma.filter(|chroma| !self.chroma.contains(chroma)) {
            opinion.error(Message::new("video-chroma").with("chroma", chroma.id()), Place::whole());
        }
    }
}

fn is_hevc(codec: &str) -> bool {
    matches!(codec, "hvc1" | "hev1" | "dvh1" | "dvhe")
}

/// The name by which programs offer a codec; the four characters where there is no better one.
fn name(codec: &str) -> &str {
    match codec {
        codec if is_hevc(codec) => "HEVC (H.265)",
        "av01" => "AV1",
        "vp08" => "VP8",
        "vp09" => "VP9",
        "mp4v" => "MPEG-4 Visual",
        "s263" | "h263" | "H263" => "H.263",
        "jpeg" | "mjpa" | "mjpb" => "Motion JPEG",
        "apch" | "apcn" | "apcs" | "apco" | "ap4h" | "ap4x" => "ProRes",
        "SVQ1" | "SVQ3" => "Sorenson Video",
        "rle " | "rle" => "QuickTime Animation",
        "AVdn" | "AVdh" => "DNxHD",
        "sowt" | "twos" | "lpcm" | "in24" | "in32" | "fl32" | "fl64" | "raw" | "ipcm" | "fpcm" => "PCM",
        "alac" => "Apple Lossless",
        "ac-3" => "AC-3",
        "ec-3" => "E-AC-3",
        "samr" => "AMR",
        "fLaC" => "FLAC",
        "Opus" => "Opus",
        "ulaw" => "mu-law",
        "alaw" => "A-law",
        other => other,
    }
}
