//! Is the file small enough?

use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Arg, Message, Place};
use crate::settings::MaxSize;

impl Settings for MaxSize {
    const CHECK: &'static str = "max-size";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let size = facts.file.size;
        let message = |id, limit| Message::new(id).with("size", Arg::Bytes(size)).with("limit", Arg::Bytes(limit));
        if size > self.max_bytes {
            opinion.error(message("size-over-limit", self.max_bytes), Place::whole());
        } else if let Some(limit) = self.note_above_bytes.filter(|&limit| size > limit) {
            opinion.note(message("size-in-grey-zone", limit), Place::whole());
        }
    }
}
