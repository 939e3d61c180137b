//! Was the work handed over in one of the ways that the document names?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form;
use super::links::{hosts, links};
use super::record::{label, said};
use super::{Opinion, Settings, inside};
use crate::facts::{Facts, Kind};
use crate::finding::{Message, Place};
use crate::settings::names::{self, Row};

/// Settings of `delivery-medium`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DeliveryMedium {
    /// The columns of a table.
    columns: Vec<Row>,
    /// Kinds of works. One that lies in the submission was handed over.
    kinds: Vec<Kind>,
    /// The column of the way.
    medium: String,
    /// The ways, those with a link having hosts.
    media: Vec<Row>,
    /// The column of the link.
    answer: String,
}

impl Settings for DeliveryMedium {
    const CHECK: &'static str = "delivery-medium";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let documents = form::documents(facts);
        if documents.iter().any(|document| document.is_of(&self.kinds)) {
            return;
        }
        let listed = hosts(&self.media);
        let links = links(facts, &self.answer, &listed);
        if links.iter().any(|link| link.is_on(&listed)) {
            return;
        }
        let known = || self.media.iter().map(Row::label).collect::<Vec<_>>().join("; ");
        let said = said(facts, &self.medium, &self.columns);
        match said.text().map(|text| (text, names::row(text, &self.media))) {
            Some((_, Some(_))) => return,
            Some((text, None)) => {
                let message = Message::new("medium-unknown").with("column", label(&self.columns, &self.medium));
                opinion.warning(message.with("value", text).with("known", known()), Place::whole());
                return;
            }
            None => {}
        }
        if let Some(link) = links.iter().find(|link| link.route.is_empty()) {
            let message = Message::new("medium-another-cloud").with("host", link.host()).with("known", known());
            opinion.warning(message, inside::place(&link.route));
            return;
        }
        said.leave_open(&self.columns, &self.medium, opinion);
    }
}
