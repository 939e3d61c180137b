//! A requirement that only another program can decide. It is never passed here.

use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::Message;
use crate::settings::{Engine, NeedsEngine};

impl Settings for NeedsEngine {
    const CHECK: &'static str = "needs-engine";

    fn check(&self, _facts: &Facts, opinion: &mut Opinion) {
        opinion.unchecked(Message::new(match self.engine {
            Engine::Recognition => "unchecked-needs-recognition",
        }));
    }
}
