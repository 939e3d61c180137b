//! Is there an application form in a submission, exactly one?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{self, Document, Form, Recognition};
use super::{Opinion, Settings, inside};
use crate::facts::{DocumentFacts, Facts, Format, Kind, Unread};
use crate::finding::{Message, Place};

/// Settings of `application-form`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ApplicationForm {
    /// How the form is recognised.
    form: Recognition,
}

impl Settings for ApplicationForm {
    const CHECK: &'static str = "application-form";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let forms = form::forms(facts, &self.form);
        if let [first, others @ ..] = forms.as_slice() {
            taken(first, others, opinion);
            return;
        }
        let documents = form::documents(facts);
        let kind = self.form.kind(&self.form.kind);
        let called = documents.iter().find(|document| kind.is_some_and(|kind| document.is_named(kind)));
        let scan = |document: &Document<'_>| document.said.is_some_and(DocumentFacts::is_scan);
        // Under another name, a document that nobody could read may be the form.
        let closed = |document: &&Document<'_>| {
            document.said.is_some_and(|said| said.unread.is_some() || document.is_partly_read())
        };
        let called = called.or_else(|| documents.iter().find(closed));
        let Some(document) = called.or_else(|| documents.iter().find(|document| scan(document))) else {
            opinion.error(Message::new("form-missing"), Place::whole());
            inside::must_be_read(facts, opinion);
            return;
        };
        // A form that cannot be read is not missing.
        let identity = &document.file.identity;
        let message = |id| Message::new(id).with("file", document.route.join("/"));
        let unchecked = match (document.unread, document.said) {
            (Some(Unread::Method), Some(_)) => message("unchecked-form-format").with("found", identity.format),
            (Some(why), _) => inside::unread(1, &document.route.join("/"), why),
            (None, _) if identity.format.kind() == Kind::Image || scan(document) => message("unchecked-form-picture"),
            (None, None) => message("unchecked-form-format").with("found", identity.format),
            (None, Some(_)) if document.is_partly_read() => message("unchecked-form-partly"),
            (None, Some(_)) => {
                opinion.error(Message::new("form-without-fields"), inside::place(&document.route));
                return;
            }
        };
        opinion.unchecked(unchecked);
    }
}

/// What is to be said of the document that was taken as the form, and of others that are forms too.
fn taken(first: &Form<'_>, others: &[Form<'_>], opinion: &mut Opinion) {
    let document = &first.document;
    let place = || inside::place(&document.route);
    let message = |id| Message::new(id).with("file", document.route.join("/"));
    let id = if first.named { "form-named" } else { "form-taken" };
    opinion.note(message(id).with("count", first.read.values.len()), place());
    if let Some(second) = others.first() {
        let message = Message::new("form-several").with("count", 1 + others.len());
        opinion.warning(message, inside::place(&second.document.route));
    }
    let identity = &document.file.identity;
    if identity.promised.is_some_and(|promised| promised != identity.format) {
        opinion.warning(message("form-misnamed").with("found", identity.format), place());
    }
    if identity.format == Format::Docm {
        opinion.warning(message("form-macros"), place());
    }
    if document.is_partly_read() {
        opinion.unchecked(message("unchecked-form-partly"));
    }
}
