//! Do scripts have errors that make a browser refuse them? Those that come while a script runs, only a run can show.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opinion, Settings, address, inside};
use crate::facts::{Facts, Format, Via};
use crate::finding::Message;

/// The check has no settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ScriptErrors {}

impl Settings for ScriptErrors {
    const CHECK: &'static str = "script-errors";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        let loaded = loaded(facts);
        inside::files(facts, &mut |route, entry| {
            let Some(file) = &entry.file else { return };
            for error in file.web.iter().flat_map(|web| &web.syntax_errors) {
                let runs = file.identity.format != Format::JavaScript || loaded.contains(&entry.name);
                let message = Message::new(if runs { "script-broken" } else { "script-broken-unused" });
                let message = message.with("detail", error.message.as_str());
                let place = inside::place(route).spot(error.spot);
                if runs {
                    opinion.error(message, place);
                } else {
                    opinion.note(message, place);
                }
            }
        });
        opinion.unchecked(Message::new("unchecked-needs-browser"));
    }
}

/// Names of the files of the app that a page or another script runs as scripts.
fn loaded(facts: &Facts) -> HashSet<String> {
    let mut loaded = HashSet::new();
    for entry in facts.file.bundle.iter().flat_map(|bundle| &bundle.entries) {
        let Some(web) = entry.file.as_ref().and_then(|file| file.web.as_deref()) else { continue };
        let scripts = web.references.iter().filter(|reference| reference.via == Via::Script);
        loaded.extend(scripts.filter_map(|script| address::resolve(&entry.name, web.base.as_deref(), &script.url)));
    }
    loaded
}
