//! Is a field of the application form filled in, and with something that the document knows?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{self, Row};
use super::{Opinion, Settings, inside};
use crate::facts::Facts;
use crate::finding::{Arg, Message};

/// Settings of `form-field`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct FormField {
    /// The fields of the form.
    fields: Vec<Row>,
    /// A document with so many of the fields is the form, whatever it is called.
    least_fields: usize,
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
    /// Kinds of documents with the words and headings that they are recognised by.
    #[serde(default)]
    documents: Vec<Row>,
    /// A document of this kind serves in the place of the field.
    instead: Option<String>,
}

impl Settings for FormField {
    const CHECK: &'static str = "form-field";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let documents = form::documents(facts);
        let forms = form::forms(&documents, &self.fields, self.least_fields);
        let instead = self.documents.iter().find(|row| Some(&row.id) == self.instead.as_ref());
        // A form has headings of everything in it.
        let others = || documents.iter().filter(|other| !forms.iter().any(|(form, _)| form.route == other.route));
        if let Some(kind) = instead
            && let Some(other) = others().find(|document| document.is_named(kind) || document.is_headed(kind))
        {
            let message = Message::new("field-elsewhere").with("file", other.route.join("/"));
            opinion.note(message, inside::place(&other.route));
            return;
        }
        let Some((document, _)) = forms.first() else {
            opinion.unchecked(Message::new("unchecked-no-form"));
            return;
        };
        let place = || inside::place(&document.route);
        let label = self.fields.iter().find(|row| row.id == self.field).map(Row::label).unwrap_or_default();
        let message = |id| Message::new(id).with("field", label.as_str());
        let fields = document.fields(&self.fields);
        if self.values.is_some() && fields.get(&self.field).is_none_or(String::is_empty) {
            // That it must be filled in is another requirement.
            opinion.unchecked(message("unchecked-field-blank"));
            return;
        }
        let Some(value) = fields.get(&self.field) else {
            opinion.error(message("field-missing"), place());
            return;
        };
        if value.is_empty() {
            opinion.error(message("field-blank"), place());
            return;
        }
        // Initials are no words.
        let words = value.split(|c: char| c.is_whitespace() || c == '.');
        let words = words.filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
        if words.count() < self.min_words {
            let message = message("field-short").with("value", value.as_str());
            opinion.error(message.with("count", Arg::Count(self.min_words as u64)), place());
        }
        let Some(values) = &self.values else { return };
        let message = |id| message(id).with("value", value.as_str());
        match form::row(value, values) {
            Some(row) if row.orphan => opinion.warning(message("field-orphan"), place()),
            Some(_) => {}
            None if self.open_list => {
                opinion.unchecked(message("unchecked-field-unknown"));
            }
            None => match form::near(value, values) {
                Some(near) => opinion.error(message("field-near").with("near", near.as_str()), place()),
                None => {
                    let known: Vec<String> = values.iter().filter(|row| !row.orphan).map(Row::label).collect();
                    opinion.error(message("field-unknown").with("known", known.join("; ")), place());
                }
            },
        }
    }
}
