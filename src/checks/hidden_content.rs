//! Are there other files in the bytes of a picture, a recording or a video?

use super::whole::must_be_read;
use super::{Opinion, Settings};
use crate::facts::{Facts, Kind};
use crate::finding::{Message, Place};
use crate::settings::HiddenContent;

impl Settings for HiddenContent {
    const CHECK: &'static str = "hidden-content";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        must_be_read(&facts.file, opinion);
        for attached in &facts.file.attached {
            let place = Place { byte: Some(attached.byte), ..Place::whole() };
            let is_usual = self.cameras_attach.contains(&attached.format);
            match attached.format {
                format if is_usual && format.kind() == Kind::Video => {
                    opinion.note(Message::new("attached-video"), place);
                }
                // More pictures of the same moment and the camera's own notes show nothing new.
                _ if is_usual => {}
                format => {
                    let message = Message::new("hidden-content").with("found", facts.file.identity.format);
                    opinion.error(message.with("hidden", format), place);
                }
            }
        }
    }
}
