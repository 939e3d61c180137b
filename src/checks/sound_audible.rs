//! If there is a sound track, is there anything to be heard in it, and on both sides?

use super::sound::{Heard, heard, unknown};
use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::probe::Listen;
use crate::settings::SoundAudible;

impl Settings for SoundAudible {
    const CHECK: &'static str = "sound-audible";
    const LISTEN: Listen = Listen::Sound;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        match heard(&facts.file, self.silence_dbfs, self.steady_decibels) {
            // A film may be a silent one.
            Heard::NoTrack => {}
            Heard::Silent => opinion.error(Message::new("sound-silent"), Place::whole()),
            Heard::Steady => opinion.error(Message::new("sound-steady"), Place::whole()),
            Heard::Sound { sound, dead } => {
                // Of more channels than two, some are often left empty.
                if let (2, [channel]) = (sound.peaks.len(), dead.as_slice()) {
                    let side = if *channel == 0 { "left" } else { "right" };
                    opinion.error(Message::new("sound-one-sided").with("side", side), Place::whole());
                }
            }
            Heard::Unknown(why) => opinion.unchecked(unknown(why)),
        }
    }
}
