//! Does a submission hold a part that the document names: a plan, a chart? It is known by the name of its file or by a
//! heading in it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::form;
use super::{Opinion, Settings, inside};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::names::Row;

/// Settings of `part-named`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PartNamed {
    /// Kinds of parts with the words and headings that they are recognised by.
    parts: Vec<Row>,
    /// The part that must be there.
    part: String,
}

impl Settings for PartNamed {
    const CHECK: &'static str = "part-named";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(part) = self.parts.iter().find(|part| part.id == self.part) else { return };
        let documents = form::documents(facts);
        let found = documents.iter().find(|document| document.is_a(part));
        if let Some(document) = found {
            let message = Message::new("part-taken").with("file", document.route.join("/")).with("part", part.label());
            opinion.note(message, inside::place(&document.route));
        } else {
            // It may lie there under another name, which a person sees and a program does not.
            let message = Message::new("part-not-recognised").with("part", part.label());
            opinion.warning(message, Place::whole());
            opinion.unchecked(Message::new("unchecked-part-name"));
        }
    }
}
