//! Is a drawing only a drawing: without code, without pages inside, without anything to be loaded?

use super::whole::must_be_read;
use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::DrawingStatic;

/// Findings of one sort in one drawing; the first few show what is meant.
const SHOWN: usize = 10;

impl Settings for DrawingStatic {
    const CHECK: &'static str = "drawing-static";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let file = &facts.file;
        must_be_read(file, opinion);
        for active in file.image.iter().flat_map(|image| &image.active).take(SHOWN) {
            let message = Message::new("drawing-active").with("what", active.what.id());
            opinion.error(message, Place::whole().line(active.line));
        }
        let Some(web) = file.web.as_ref().filter(|_| file.image.is_some()) else { return };
        // A browser that shows a drawing as a picture loads nothing for it.
        for reference in web.references.iter().filter(|reference| reference.via.is_loaded()).take(SHOWN) {
            let message = Message::new("drawing-loads").with("address", reference.url.as_str());
            opinion.error(message, Place::whole().spot(reference.spot));
        }
    }
}
