//! Does a picture or a video tell where it was taken?

use super::whole::must_be_read;
use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::PositionData;

impl Settings for PositionData {
    const CHECK: &'static str = "position-data";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        must_be_read(&facts.file, opinion);
        let image = facts.file.image.as_ref().is_some_and(|image| image.position);
        let video = facts.file.video.as_ref().is_some_and(|video| video.position);
        if image || video {
            opinion.note(Message::new("position-told"), Place::whole());
        }
    }
}
