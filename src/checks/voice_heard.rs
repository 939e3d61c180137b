//! Does somebody speak? That nobody can be heard is certain; that a voice is heard is what a detector says, and whose voice
//! it is only a person can tell.

use super::sound::{Heard, heard, unknown};
use super::{Opinion, Settings};
use crate::facts::{Facts, SoundFacts};
use crate::finding::{Arg, Message, Place};
use crate::probe::Listen;
use crate::settings::VoiceHeard;

impl Settings for VoiceHeard {
    const CHECK: &'static str = "voice-heard";
    const LISTEN: Listen = Listen::Speech;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        match heard(&facts.file, self.silence_dbfs, self.steady_decibels) {
            Heard::NoTrack => opinion.error(Message::new("voice-no-sound"), Place::whole()),
            Heard::Silent => opinion.error(Message::new("sound-silent"), Place::whole()),
            Heard::Steady => opinion.error(Message::new("sound-steady"), Place::whole()),
            Heard::Sound { sound, .. } => self.voice(sound, opinion),
            Heard::Unknown(why) => opinion.unchecked(unknown(why)),
        }
    }
}

impl VoiceHeard {
    fn voice(&self, sound: &SoundFacts, opinion: &mut Opinion) {
        let Some(speech) = &sound.speech else { return opinion.unchecked(unknown(sound.unheard)) };
        let message = |id| {
            Message::new(id).with("speech", Arg::Seconds(speech.seconds)).with("listened", Arg::Seconds(sound.listened))
        };
        if speech.seconds >= self.min_speech_seconds && speech.share >= self.min_speech_share {
            let place = speech.spans.first().map_or(Place::whole(), |span| Place::whole().time(span.start));
            opinion.note(message("voice-likely"), place);
        } else {
            opinion.unchecked(message("unchecked-voice"));
        }
    }
}
