//! The documents of a submission, and which of them is the form.

use schemars::JsonSchema;
use serde::Deserialize;

use super::fields;
use crate::facts::{DocumentFacts, Facts, FileFacts, Kind, Unread};
use crate::identify::kind_of;
use crate::last_part;
use crate::settings::names::{Row, folded};

/// A document of a submission.
#[derive(Clone)]
pub(crate) struct Document<'a> {
    /// The way to it through folders and archives.
    pub route: Vec<&'a str>,
    pub file: &'a FileFacts,
    pub said: Option<&'a DocumentFacts>,
    /// Why it was not opened.
    pub unread: Option<Unread>,
}

impl Document<'_> {
    /// The last part of its name.
    fn name(&self) -> &str {
        self.route.last().map_or("", |name| last_part(name))
    }

    /// Its name has a word that begins with one of these.
    pub(crate) fn is_named(&self, kind: &Row) -> bool {
        let name = folded(self.name());
        kind.words.iter().any(|word| {
            let word = folded(word);
            name.split(' ').any(|part| part.starts_with(&word))
        })
    }

    /// It has one of these headings: a paragraph that says nothing else.
    fn is_headed(&self, kind: &Row) -> bool {
        let headings: Vec<String> = kind.headings.iter().map(|heading| folded(heading)).collect();
        self.said.is_some_and(|said| said.texts().any(|text| headings.contains(&folded(text))))
    }

    /// Its name or a heading says that it is of this kind.
    pub(crate) fn is_a(&self, kind: &Row) -> bool {
        self.is_named(kind) || self.is_headed(kind)
    }

    /// The file is a work of one of these kinds.
    pub(crate) fn is_of(&self, kinds: &[Kind]) -> bool {
        kinds.contains(&kind_of(&self.file.identity))
    }

    /// It was not read to its end: what is missing may stand in the rest.
    pub(crate) fn is_partly_read(&self) -> bool {
        !self.file.damage.is_empty()
    }
}

/// Everything in a submission that may be a document, and pictures too, since forms are photographed.
pub(crate) fn documents(facts: &Facts) -> Vec<Document<'_>> {
    let mut documents = Vec::new();
    if facts.file.bundle.is_none() {
        let said = facts.file.document.as_deref();
        documents.push(Document {
            route: Vec::new(),
            file: &facts.file,
            said,
            unread: facts.unread.or(said.and_then(|said| said.unread)),
        });
    }
    facts.file.walk(&mut |route, entry| {
        if let Some(file) = &entry.file {
            documents.push(Document {
                route: route.to_vec(),
                file,
                said: file.document.as_deref(),
                unread: entry.unread.or(file.document.as_ref().and_then(|said| said.unread)),
            });
        }
    });
    documents
}

/// How the application form of a submission is recognised.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Recognition {
    /// The fields of the form.
    pub fields: Vec<Row>,
    /// Kinds of documents with the words and headings that they are recognised by.
    pub documents: Vec<Row>,
    /// The kind that is the form.
    pub kind: String,
    /// A document with so many of the fields is the form, whatever it is called.
    pub least_fields: usize,
    /// What has more words in front of its first field, and answers to fewer than these fields, is a document with a form in
    /// its annex.
    pub blank_words: usize,
}

impl Recognition {
    /// A kind of document.
    pub(crate) fn kind(&self, id: &str) -> Option<&Row> {
        self.documents.iter().find(|row| row.id == id)
    }

    /// A field of the form.
    pub(crate) fn field(&self, id: &str) -> Option<&Row> {
        self.fields.iter().find(|row| row.id == id)
    }
}

/// A document that is the form.
pub(crate) struct Form<'a> {
    pub document: Document<'a>,
    /// What is written in its fields.
    pub read: fields::Read,
    /// The table or the cover sheet names it.
    pub named: bool,
}

impl Form<'_> {
    fn filled(&self) -> usize {
        self.read.values.values().filter(|value| !value.is_empty()).count()
    }
}

/// The document of a submission that its table or cover sheet names in a field.
pub(crate) fn named<'a>(facts: &Facts, documents: &[Document<'a>], field: &str) -> Option<Document<'a>> {
    let name = facts.record.as_ref()?.answers.get(field)?.text.replace('\\', "/").to_lowercase();
    let matches = |document: &&Document<'_>| {
        let path = document.route.join("/").to_lowercase();
        !name.is_empty() && (path == name || path.ends_with(&format!("/{name}")))
    };
    documents.iter().find(matches).cloned()
}

/// Which documents are forms, the one with the most answers first. Plans of lessons name a school, a subject and an author
/// too: a form has something that only forms have, or is called one.
pub(crate) fn forms<'a>(facts: &'a Facts, how: &Recognition) -> Vec<Form<'a>> {
    let documents = documents(facts);
    if let Some(document) = named(facts, &documents, "form")
        && let Some(said) = document.said
    {
        return vec![Form { read: fields::of(said, &how.fields), document, named: true }];
    }
    let kind = how.kind(&how.kind);
    let read = |document: Document<'a>| {
        let read = fields::of(document.said?, &how.fields);
        let form = Form { document, read, named: false };
        let called = || kind.is_some_and(|kind| form.document.is_a(kind));
        let enough = form.read.values.len() >= how.least_fields && (form.read.telling || called());
        (enough && (form.filled() >= how.least_fields || form.read.before <= how.blank_words)).then_some(form)
    };
    let mut forms: Vec<Form<'a>> = documents.into_iter().filter_map(read).collect();
    let order = |form: &Form<'_>| (std::cmp::Reverse(form.filled()), std::cmp::Reverse(form.read.values.len()));
    forms.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.document.route.cmp(&b.document.route)));
    // An empty form beside one that is filled in is what it was made from.
    if forms.first().is_some_and(|form| form.filled() > 0) {
        forms.retain(|form| form.filled() > 0);
    }
    forms
}
