//! Does a submission hold a work of a kind, or a link to where it lies?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form;
use super::links::links;
use super::{Opinion, Settings, inside};
use crate::facts::{Facts, Kind};
use crate::finding::{Arg, Message, Place};

/// Settings of `part-present`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PartPresent {
    /// Kinds of files, of which there must be one.
    kinds: Vec<Kind>,
    /// Hosts on which the work may lie, so that a link to it is enough.
    #[serde(default)]
    link_hosts: Vec<String>,
    /// The column of the link.
    answer: Option<String>,
}

impl Settings for PartPresent {
    const CHECK: &'static str = "part-present";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let documents = form::documents(facts);
        if documents.iter().any(|document| document.is_of(&self.kinds)) {
            return;
        }
        let links = links(facts, self.answer.as_deref().unwrap_or_default(), &self.link_hosts);
        if let Some(link) = links.iter().find(|link| link.is_on(&self.link_hosts)) {
            opinion.note(Message::new("part-linked").with("host", link.host()), inside::place(&link.route));
            opinion.unchecked(Message::new("unchecked-link"));
            return;
        }
        let kinds = self.kinds.first().copied().unwrap_or(Kind::Other);
        opinion.error(Message::new("part-missing").with("kind", Arg::Kind(kinds)), Place::whole());
        inside::must_be_read(facts, opinion);
    }
}
