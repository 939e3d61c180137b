//! Is the thing handed in one of the kinds that the document takes as files?

use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Arg, Message, Place};
use crate::settings::KindAccepted;

impl Settings for KindAccepted {
    const CHECK: &'static str = "kind-accepted";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let found = facts.file.identity.format;
        let message = |id| Message::new(id).with("found", found).with("advice", Arg::Advice(found));
        if self.accepted.contains(&facts.kind) {
            return;
        }
        if self.unspecified.contains(&facts.kind) {
            let message = message("kind-unspecified").with("kind", Arg::Kind(facts.kind));
            opinion.warning(message, Place::whole());
            opinion.unchecked(Message::new("unchecked-kind-unspecified").with("kind", Arg::Kind(facts.kind)));
        } else {
            opinion.error(message("kind-not-accepted"), Place::whole());
        }
    }
}
