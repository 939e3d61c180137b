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
        let loaded = reached(facts, |via| via == Via::Script);
        // A page that nothing leads to may be a template, with marks in its scripts that are filled in before they run.
        let pages = reached(facts, |via| matches!(via, Via::Link | Via::Frame | Via::Load));
        inside::files(facts, &mut |route, entry| {
            let Some(file) = &entry.file else { return };
            for error in file.web.iter().flat_map(|web| &web.syntax_errors) {
                let start = entry.name.rsplit('/').next().is_some_and(|last| last.starts_with("index."));
                let runs = match file.identity.format {
                    Format::JavaScript => loaded.contains(&entry.name),
                    _ => start || pages.contains(&entry.name) && !loaded.contains(&entry.name),
                };
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

/// Names of the files of the app that others use in this way.
fn reached(facts: &Facts, how: impl Fn(Via) -> bool) -> HashSet<String> {
    let mut reached = HashSet::new();
    for entry in facts.file.bundle.iter().flat_map(|bundle| &bundle.entries) {
        let Some(web) = entry.file.as_ref().and_then(|file| file.web.as_deref()) else { continue };
        let used = web.references.iter().filter(|reference| how(reference.via));
        reached.extend(used.filter_map(|used| address::resolve(&entry.name, web.base.as_deref(), &used.url)));
    }
    reached
}
