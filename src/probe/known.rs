//! What was measured already in a run. Apps made with the same program hold the same scripts, and a script says the same
//! wherever it lies.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use crate::facts::WebFacts;

/// Characters of a script below which reading it takes no longer than looking it up.
const WORTH_KEEPING: usize = 1_024;

/// Addresses and other things kept of all scripts together, so that memory stays bounded: about 20 MB.
const ROOM: usize = 200_000;

/// A digest of a script, if it is worth one.
pub(super) type Name = Option<[u8; 32]>;

/// Facts of scripts by the digest of their text. One for a run, shared by its threads.
#[derive(Debug, Default)]
pub struct Known(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    scripts: HashMap<[u8; 32], Arc<WebFacts>>,
    things: usize,
}

impl Known {
    /// The facts of this script, or the name to keep them under.
    pub(super) fn ask(&self, script: &str) -> Result<Arc<WebFacts>, Name> {
        if script.len() < WORTH_KEEPING {
            return Err(None);
        }
        let name = Sha256::digest(script).into();
        let kept = crate::locked(&self.0);
        kept.scripts.get(&name).cloned().ok_or(Some(name))
    }

    /// Keeps facts for the next who asks, as long as there is room.
    pub(super) fn keep(&self, name: Name, facts: &Arc<WebFacts>) {
        let Some(name) = name else { return };
        let mut kept = crate::locked(&self.0);
        let things = 1 + facts.references.len() + facts.apis.len();
        if kept.things + things <= ROOM {
            kept.things += things;
            kept.scripts.insert(name, Arc::clone(facts));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_script_is_known_and_another_is_not() {
        let known = Known::default();
        let script = "a();".repeat(1_000);
        let Err(name) = known.ask(&script) else { panic!("nothing was kept yet") };
        let facts = Arc::new(WebFacts { scripts: 1, ..WebFacts::default() });
        known.keep(name, &facts);
        assert_eq!(known.ask(&script), Ok(facts));
        assert!(known.ask(&script.replace("a();", "b();")).is_err());
        assert_eq!(known.ask("short"), Err(None));
    }
}
