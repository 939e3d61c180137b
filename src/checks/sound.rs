//! What the checks of sound share: is there anything to be heard?

use crate::facts::{FileFacts, SoundFacts, Unheard};
use crate::finding::{Arg, Message};

/// What was heard, told in the fewest words.
pub(super) enum Heard<'a> {
    /// The file has no sound track.
    NoTrack,
    /// The whole of it is silence.
    Silent,
    /// The whole of it is one unchanging sound.
    Steady,
    /// Something that changes; the channels that are silent, counted from 0.
    Sound { sound: &'a SoundFacts, dead: Vec<usize> },
    /// It is not known.
    Unknown(Option<Unheard>),
}

/// Sorts what was heard. Silence and steadiness are said only of what was listened to from beginning to end.
pub(super) fn heard(file: &FileFacts, silence_dbfs: f64, steady_decibels: f64) -> Heard<'_> {
    let tracks = file.video.as_ref().map(|video| video.sounds().count());
    if tracks == Some(0) {
        return Heard::NoTrack;
    }
    let Some(sound) = file.sound.as_deref() else { return Heard::Unknown(None) };
    let is_dead = |peak: &Option<f64>| peak.is_none_or(|peak| peak < silence_dbfs);
    let dead: Vec<usize> = (0..sound.peaks.len()).filter(|&channel| is_dead(&sound.peaks[channel])).collect();
    let some_heard = dead.len() < sound.peaks.len();
    match (sound.complete, sound.unheard) {
        (true, _) if !some_heard => Heard::Silent,
        (true, _) if sound.range.is_some_and(|range| range < steady_decibels) => Heard::Steady,
        (true, _) => Heard::Sound { sound, dead },
        (false, Some(why)) => Heard::Unknown(Some(why)),
        // The answer was sure before the end, which it is only if every channel lives.
        (false, None) => Heard::Sound { sound, dead: Vec::new() },
    }
}

/// Why the question about the sound stays open.
pub(super) fn unknown(why: Option<Unheard>) -> Message {
    match why {
        Some(why) => Message::new("unchecked-sound").with("why", Arg::Unheard(why)),
        None => Message::new("unchecked-not-listened"),
    }
}
