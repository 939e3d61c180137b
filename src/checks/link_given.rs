//! Did the participant give a link to a page of a host that the document names?

use schemars::JsonSchema;
use serde::Deserialize;

use super::links::{Link, links};
use super::record::{Lack, Said, label, said};
use super::{Opinion, Settings, inside};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::names::{self, Row};

/// Settings of `link-given`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LinkGiven {
    /// The columns of a table.
    columns: Vec<Row>,
    /// The column of the link.
    answer: String,
    /// Services with their hosts.
    hosts: Vec<Row>,
    /// The one that the link must lie on.
    host: String,
    /// Kinds of works, by what they are called.
    #[serde(default)]
    kinds: Vec<Row>,
    /// The kinds that the contest is not for. A work that is called so is warned of.
    #[serde(default)]
    foreign: Vec<String>,
    /// The columns in which a work is called something.
    #[serde(default)]
    answers: Vec<String>,
}

impl Settings for LinkGiven {
    const CHECK: &'static str = "link-given";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(host) = self.hosts.iter().find(|row| row.id == self.host) else { return };
        self.foreign(facts, opinion);
        let links = links(facts, &self.answer, &host.hosts);
        let on_host: Vec<&Link<'_>> = links.iter().filter(|link| link.is_on(&host.hosts)).collect();
        if on_host.iter().any(|link| !link.is_front_page()) {
            return;
        }
        let message =
            |id| Message::new(id).with("column", label(&self.columns, &self.answer)).with("host", host.label());
        if let Some(link) = on_host.first() {
            opinion.error(message("link-front-page").with("url", link.url), inside::place(&link.route));
            return;
        }
        match said(facts, &self.answer, &self.columns) {
            Said::Text(text, _) => opinion.error(message("link-elsewhere").with("value", &*text), Place::whole()),
            Said::Blank => Lack::Error.tell(&self.columns, &self.answer, opinion),
            Said::Unasked(why) => opinion.unchecked(why),
        }
    }
}

impl LinkGiven {
    fn foreign(&self, facts: &Facts, opinion: &mut Opinion) {
        for id in &self.answers {
            let said = said(facts, id, &self.columns);
            let Some(text) = said.text() else { continue };
            if let Some(row) = names::row(text, &self.kinds).filter(|row| self.foreign.contains(&row.id)) {
                let message = Message::new("work-of-another-kind").with("column", label(&self.columns, id));
                opinion.warning(message.with("value", text).with("kind", row.label()), Place::whole());
            }
        }
    }
}
