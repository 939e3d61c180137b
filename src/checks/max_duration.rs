//! Is the recording short enough?

use super::{Opinion, Settings};
use crate::facts::{DamageKind, Facts};
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
        match measured {
            Some(seconds) if seconds > self.max_seconds + self.tolerance_seconds => {
                let message = Message::new("duration-over-limit")
                    .with("duration", Arg::Seconds(seconds))
                    .with("limit", Arg::Seconds(self.max_seconds))
                    .with("excess", Arg::Seconds(seconds - self.max_seconds));
                opinion.error(message, Place::whole().time(self.max_seconds));
            }
            Some(_) if !partial => {}
            _ => opinion.unchecked(Message::new("unchecked-duration").with("found", file.identity.format)),
        }
    }
}
