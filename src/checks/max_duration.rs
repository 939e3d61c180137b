//! Is the recording short enough?

use super::{Opinion, Settings};
use crate::facts::{DamageKind, Facts, FileFacts};
use crate::finding::{Arg, Message, Place};
use crate::settings::MaxDuration;

impl Settings for MaxDuration {
    const CHECK: &'static str = "max-duration";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let file = &facts.file;
        let measured = file.video.as_ref().and_then(|video| video.duration);
        let measured = measured.or(file.audio.as_ref().and_then(|audio| audio.duration));
        // A part of a length is no length: what was cut off or not read may have been longer.
        let partial = |kind| matches!(kind, DamageKind::OverLimit | DamageKind::OverTime | DamageKind::ReadError);
        let partial = file.damage.iter().any(|damage| partial(damage.what));
        let declared = measured.and_then(|_| self.contradiction(file));
        if let Some((measured, declared)) = declared {
            let message = Message::new("duration-contradicts").with("measured", Arg::Seconds(measured));
            opinion.warning(message.with("declared", Arg::Seconds(declared)), Place::whole());
        }
        let limit = self.max_seconds + self.tolerance_seconds;
        match measured {
            Some(seconds) if seconds > limit => {
                let message = Message::new("duration-over-limit")
                    .with("duration", Arg::Seconds(seconds))
                    .with("limit", Arg::Seconds(self.max_seconds))
                    .with("excess", Arg::Seconds(seconds - self.max_seconds));
                opinion.error(message, Place::whole().time(self.max_seconds));
            }
            // Some players go by what is declared.
            Some(_) if declared.is_some_and(|(_, declared)| declared > limit) => {
                opinion.unchecked(Message::new("unchecked-duration-contradicts"));
            }
            Some(_) if !partial => {}
            _ => opinion.unchecked(Message::new("unchecked-duration").with("found", file.identity.format)),
        }
    }
}

impl MaxDuration {
    /// A length that was measured and one that is declared for the same thing, if they cannot both be true.
    fn contradiction(&self, file: &FileFacts) -> Option<(f64, f64)> {
        let (seconds, share) = (self.contradiction_seconds?, self.contradiction_share?);
        let is_cut = file.damage.iter().any(|damage| damage.what == DamageKind::Truncated);
        let differ = |measured: Option<f64>, declared: Option<f64>| {
            let (measured, declared) = measured.zip(declared)?;
            ((measured - declared).abs() > seconds.max(measured * share)).then_some((measured, declared))
        };
        // That a file which was cut off announces more than there is goes without saying.
        if is_cut {
            return None;
        }
        let video = file.video.as_ref().and_then(|video| {
            let longest = video.tracks.iter().filter_map(|track| track.duration).reduce(f64::max);
            differ(longest, video.declared_duration).or_else(|| {
                let tracks = video.pictures().chain(video.sounds());
                tracks.into_iter().find_map(|track| differ(track.media_duration, track.declared_duration))
            })
        });
        video.or_else(|| {
            let audio = file.audio.as_ref()?;
            differ(audio.duration, audio.declared_duration)
        })
    }
}
