//! Did the participant give an e-mail address at which the organizer can answer?

use schemars::JsonSchema;
use serde::Deserialize;

use super::record::{InForm, Lack, Said, label, said_anywhere};
use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::names::Row;

/// Settings of `address-given`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AddressGiven {
    /// The columns of a table.
    columns: Vec<Row>,
    /// The column of the address.
    answer: String,
    /// The field of the form in which it may stand too.
    in_form: Option<InForm>,
}

impl Settings for AddressGiven {
    const CHECK: &'static str = "address-given";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        match said_anywhere(facts, &self.answer, &self.columns, self.in_form.as_ref()) {
            Said::Text(text, _) => {
                let mut parts = text.split([' ', ',', ';', '<', '>', '\n']).filter(|part| part.contains('@'));
                if !parts.any(is_address) {
                    let message = Message::new("address-malformed").with("column", label(&self.columns, &self.answer));
                    opinion.error(message.with("value", &*text), Place::whole());
                }
            }
            Said::Blank => Lack::Error.tell(&self.columns, &self.answer, opinion),
            Said::Unasked(why) => opinion.unchecked(why),
        }
    }
}

/// It looks like an address to which a letter can be sent: Cyrillic letters in it are a slip of the keyboard.
fn is_address(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    let plain = |text: &str, more: &[u8]| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
    };
    let labels: Vec<&str> = host.split('.').collect();
    plain(user, b".!#$%&'*+/=?^_`{|}~-")
        && labels.len() > 1
        && labels.iter().all(|label| plain(label, b"-"))
        && labels.last().is_some_and(|last| last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_only_resembles_them() {
        for good in ["a.b@example.kz", "umc_ro@mail.example", "x+1@sub.example.org"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["a.b@example", "а.b@example.kz", "@example.kz", "a@.kz", "a@example.k", "a@exa_mple.kz"] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
