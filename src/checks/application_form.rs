//! Is there an application form in a submission, exactly one?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{self, Asked, Document, Row};
use super::{Opinion, Settings, inside};
use crate::facts::{DocumentFacts, Facts, Format, Kind, Unread};
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
    /// A document with more words than that in front of a form with hardly an answer is no form: it is what the form is the
    /// annex of.
    blank_words: usize,
}

impl Settings for ApplicationForm {
    const CHECK: &'static str = "application-form";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let documents = form::documents(facts);
        let kind = self.documents.iter().find(|row| row.id == self.kind);
        let asked = Asked { fields: &self.fields, kind, least: self.least_fields, blank_words: self.blank_words };
        let forms = form::forms(&documents, &asked);
        if let Some(first) = forms.first() {
            let route = &first.document.route;
            let message = Message::new("form-taken").with("file", route.join("/"));
            opinion.note(message.with("count", Arg::Count(first.read.values.len() as u64)), inside::place(route));
            if let Some(second) = forms.get(1) {
                let message = Message::new("form-several").with("count", Arg::Count(forms.len() as u64));
                opinion.warning(message, inside::place(&second.document.route));
            }
            let identity = &first.document.file.identity;
            if identity.promised.is_some_and(|promised| promised != identity.format) {
                let message = Message::new("form-misnamed").with("file", route.join("/"));
                opinion.warning(message.with("found", identity.format), inside::place(route));
            }
            if identity.format == Format::Docm {
                opinion.warning(Message::new("form-macros").with("file", route.join("/")), inside::place(route));
            }
            if first.document.is_partly_read() {
                opinion.unchecked(Message::new("unchecked-form-partly").with("file", route.join("/")));
            }
            return;
        }
        let called = documents.iter().find(|document| kind.is_some_and(|kind| document.is_named(kind)));
        let scan = |document: &Document<'_>| document.said.is_some_and(DocumentFacts::is_scan);
        // Under another name, a document that nobody could read may be the form.
        let closed = || {
            let unread = |document: &&Document<'_>| {
                document.said.is_some_and(|said| said.unread.is_some())
                    || (document.said.is_some() && document.is_partly_read())
            };
            documents.iter().find(unread)
        };
        let called = called.or_else(closed).or_else(|| documents.iter().find(|document| scan(document)));
        match called {
            // A form that cannot be read is not missing.
            Some(document) if document.unread == Some(Unread::Method) && document.said.is_some() => {
                let message = Message::new("unchecked-form-format").with("file", document.route.join("/"));
                opinion.unchecked(message.with("found", document.file.identity.format));
            }
            Some(document) if document.unread.is_some() => {
                let why = document.unread.unwrap_or(Unread::Method);
                opinion.unchecked(inside::unread(1, &document.route.join("/"), why));
            }
            Some(document) if document.file.identity.format.kind() == Kind::Image || scan(document) => {
                opinion.unchecked(Message::new("unchecked-form-picture").with("file", document.route.join("/")));
            }
            Some(document) if document.said.is_none() => {
                let message = Message::new("unchecked-form-format").with("file", document.route.join("/"));
                opinion.unchecked(message.with("found", document.file.identity.format));
            }
            Some(document) if document.is_partly_read() => {
                opinion.unchecked(Message::new("unchecked-form-partly").with("file", document.route.join("/")));
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
