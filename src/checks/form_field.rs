//! Is a field of the application form filled in, and with something that the document knows?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{self, Recognition};
use super::{Opinion, Settings, inside};
use crate::facts::Facts;
use crate::finding::{Arg, Message};
use crate::settings::names::{self, Row};

/// Settings of `form-field`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct FormField {
    /// How the form is recognised.
    form: Recognition,
    /// The field that is looked at.
    field: String,
    /// What may be written in it. Without a list anything may.
    values: Option<Vec<Row>>,
    /// Words that it must have.
    #[serde(default)]
    min_words: usize,
    /// What is not in the list is left to a person: there are more ways to write it than a list can hold.
    #[serde(default)]
    open_list: bool,
    /// So many words are usual in forms of a language.
    usual_words: Option<UsualWords>,
    /// Where a blank field is only noted.
    blank_noted: Option<BlankNoted>,
    /// What may be written in the other field that `blank-noted` names.
    #[serde(default)]
    other_values: Vec<Row>,
    /// Abbreviations that are warned of.
    #[serde(default)]
    abbreviations: Vec<Row>,
    /// A document of this kind serves in the place of the field.
    instead: Option<String>,
}

/// So many words are usual, and fewer are noted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct UsualWords {
    /// The language of the labels of the form.
    language: String,
    count: usize,
}

/// With these values in another field the field may be blank.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct BlankNoted {
    /// The other field.
    field: String,
    /// The ids of those with which the field does not matter.
    ids: Vec<String>,
}

impl Settings for FormField {
    const CHECK: &'static str = "form-field";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let documents = form::documents(facts);
        let forms = form::forms(facts, &self.form);
        let instead = self.instead.as_ref().and_then(|id| self.form.kind(id));
        // A form has headings of everything in it.
        let others = || documents.iter().filter(|other| !forms.iter().any(|form| form.document.route == other.route));
        if let Some(kind) = instead
            && let Some(other) = form::named(facts, &documents, &kind.id)
                .or_else(|| others().find(|document| document.is_a(kind)).cloned())
        {
            let message = Message::new("field-elsewhere").with("file", other.route.join("/"));
            opinion.note(message, inside::place(&other.route));
            return;
        }
        let Some(form) = forms.first() else {
            opinion.unchecked(Message::new("unchecked-no-form"));
            return;
        };
        let document = &form.document;
        let place = || inside::place(&document.route);
        let label = self.form.field(&self.field).map(Row::label).unwrap_or_default();
        let message = |id| Message::new(id).with("field", label.as_str());
        let fields = &form.read.values;
        let value = fields.get(&self.field).filter(|value| !value.is_empty());
        let Some(value) = value else {
            if self.values.is_some() {
                // That it must be filled in is another requirement.
                opinion.unchecked(message("unchecked-field-blank"));
            } else if document.is_partly_read() {
                opinion.unchecked(Message::new("unchecked-form-partly").with("file", document.route.join("/")));
            } else if let Some(row) = self.blank_noted.as_ref().and_then(|noted| noted.with(fields, &self.other_values))
            {
                opinion.note(message("field-blank-noted").with("value", row.label()), place());
            } else {
                let id = if fields.contains_key(&self.field) { "field-blank" } else { "field-missing" };
                opinion.error(message(id), place());
            }
            return;
        };
        // Initials are no words.
        let words = value.split(|c: char| c.is_whitespace() || c == '.');
        let words = words.filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
        let usual = self.usual_words.as_ref().filter(|usual| form.read.language == Some(usual.language.as_str()));
        if words < self.min_words {
            let message = message("field-short").with("value", value.as_str());
            opinion.error(message.with("count", Arg::Count(self.min_words as u64)), place());
        } else if let Some(usual) = usual.filter(|usual| words < usual.count) {
            let message = message("field-fewer-words").with("value", value.as_str());
            opinion.note(message.with("count", Arg::Count(usual.count as u64)), place());
        }
        let short = names::abbreviations(value, &self.abbreviations);
        if !short.is_empty() {
            let message = message("field-abbreviated").with("value", value.as_str());
            opinion.warning(message.with("short", short.join(", ")), place());
        }
        let Some(values) = &self.values else { return };
        let message = |id| message(id).with("value", value.as_str());
        match names::row(value, values) {
            Some(row) if !self.open_list && names::several(value, row, values).is_some() => {
                opinion.unchecked(message("unchecked-field-several"));
            }
            Some(row) if row.orphan => opinion.warning(message("field-orphan"), place()),
            Some(_) => {}
            None if self.open_list => {
                opinion.unchecked(message("unchecked-field-unknown"));
            }
            None => match names::near(value, values) {
                Some(near) => opinion.error(message("field-near").with("near", near.as_str()), place()),
                None => {
                    let known: Vec<String> = values.iter().filter(|row| !row.orphan).map(Row::label).collect();
                    opinion.error(message("field-unknown").with("known", known.join("; ")), place());
                }
            },
        }
    }
}

impl BlankNoted {
    /// The value of the other field with which the field may be blank.
    fn with<'a>(&self, fields: &BTreeMap<String, String>, values: &'a [Row]) -> Option<&'a Row> {
        let value = fields.get(&self.field)?;
        let row = names::row(value, values).filter(|row| self.ids.contains(&row.id))?;
        names::several(value, row, values).is_none().then_some(row)
    }
}
