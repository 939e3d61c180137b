//! Was a work sent to the address that the document names?

use schemars::JsonSchema;
use serde::Deserialize;

use super::record::{Said, When, said};
use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::names::Row;

/// Settings of `sent-to`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SentTo {
    /// The columns of a table.
    columns: Vec<Row>,
    /// The column of the addresses that a work was sent to.
    answer: String,
    /// Addresses that the document names.
    addresses: Vec<Row>,
    /// The one that the work must be sent to.
    address: String,
    /// Only one version of the document names it: a work that was sent elsewhere is warned of.
    #[serde(default)]
    advice: bool,
    /// Whom the requirement speaks of.
    when: Option<When>,
}

impl Settings for SentTo {
    const CHECK: &'static str = "sent-to";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if self.when.as_ref().is_some_and(|when| !when.holds(facts, &self.columns, opinion)) {
            return;
        }
        let address = self.addresses.iter().find(|row| row.id == self.address).and_then(|row| row.email.as_deref());
        let Some(address) = address else { return };
        match said(facts, &self.answer, &self.columns) {
            Said::Text(text, _) => {
                let text = text.to_lowercase();
                let mut sent = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"'));
                if !sent.any(|part| part.trim_start_matches("mailto:") == address) {
                    let message = Message::new("sent-elsewhere").with("value", text.as_str()).with("address", address);
                    if self.advice {
                        opinion.warning(message, Place::whole());
                    } else {
                        opinion.error(message, Place::whole());
                    }
                }
            }
            said => said.leave_open(&self.columns, &self.answer, opinion),
        }
    }
}
