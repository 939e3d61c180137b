//! Is there an application form in a submission, exactly one?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{self, Row};
use super::{Opinion, Settings, inside};
use crate::facts::{Facts, Kind, Unread};
use crate::finding::{Arg, Message, Place};

/// Settings of `application-form`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ApplicationForm {
    /// The fields of the form.
    fields: Vec<Row>,
    /// Kinds of documents with the words and headings that they are recognised by.
    documents: Vec<Row>,
    /// The kind that is the form.
    kind: String,
    /// A document with so many of the fields is the form, whatever it is called.
    least_fields: usize,
}

impl Settings for ApplicationForm {
    const CHECK: &'static str = "application-form";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let documents = form::documents(facts);
        let forms = form::forms(&documents, &self.fields, self.least_fields);
        if let Some((first, fields)) = forms.first() {
            let message = Message::new("form-taken").with("file", first.route.join("/"));
            opinion.note(message.with("count", Arg::Count(*fields as u64)), inside::place(&first.route));
            if forms.len() > 1 {
                let message = Message::new("form-several").with("count", Arg::Count(forms.len() as u64));
                opinion.warning(message, inside::place(&forms[1].0.route));
            }
            return;
        }
        let kind = self.documents.iter().find(|row| row.id == self.kind);
        let called = documents.iter().find(|document| kind.is_some_and(|kind| document.is_named(kind)));
        match called {
            // A form that cannot be read is not missing.
            Some(document) if document.unread.is_some() => {
                let why = document.unread.unwrap_or(Unread::Method);
                opinion.unchecked(inside::unread(1, &document.route.join("/"), why));
            }
            Some(document)
                if document.file.identity.format.kind() == Kind::Image
                    || document.said.is_some_and(crate::facts::DocumentFacts::is_scan) =>
            {
                opinion.unchecked(Message::new("unchecked-form-picture").with("file", document.route.join("/")));
            }
            Some(document) if document.said.is_none() => {
                let message = Message::new("unchecked-form-format").with("file", document.route.join("/"));
                opinion.unchecked(message.with("found", document.file.identity.format));
            }
            Some(document) => {
                opinion.error(Message::new("form-without-fields"), inside::place(&document.route));
            }
            None => {
                opinion.error(Message::new("form-missing"), Place::whole());
                inside::must_be_read(facts, opinion);
            }
        }
    }
}
