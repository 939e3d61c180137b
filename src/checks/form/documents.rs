//! The documents of a submission, and which of them is the form.

use super::fields;
use super::names::{Row, folded};
use crate::facts::{DocumentFacts, Facts, FileFacts, Unread};
use crate::last_part;

/// A document of a submission.
pub(in super::super) struct Document<'a> {
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
    pub(in super::super) fn is_named(&self, kind: &Row) -> bool {
        let name = folded(self.name());
        kind.words.iter().any(|word| {
            let word = folded(word);
            name.split(' ').any(|part| part.starts_with(&word))
        })
    }

    /// It has one of these headings: a paragraph that says nothing else.
    pub(in super::super) fn is_headed(&self, kind: &Row) -> bool {
        let headings: Vec<String> = kind.headings.iter().map(|heading| folded(heading)).collect();
        self.said.is_some_and(|said| said.texts().any(|text| headings.contains(&folded(text))))
    }

    /// It was not read to its end: what is missing may stand in the rest.
    pub(in super::super) fn is_partly_read(&self) -> bool {
        !self.file.damage.is_empty()
    }
}

/// Everything in a submission that may be a document, and pictures too, since forms are photographed.
pub(in super::super) fn documents(facts: &Facts) -> Vec<Document<'_>> {
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

/// How a form is recognised.
pub(in super::super) struct Asked<'a> {
    /// The fields of the form.
    pub fields: &'a [Row],
    /// The kind of document that it is.
    pub kind: Option<&'a Row>,
    /// So many of the fields must be there.
    pub least: usize,
    /// What has more words in front of its first field, and answers to fewer than these fields, is a document with a form in
    /// its annex.
    pub blank_words: usize,
}

/// A document that is the form.
pub(in super::super) struct Form<'a, 'd> {
    pub document: &'d Document<'a>,
    /// What is written in its fields.
    pub read: fields::Read,
}

impl Form<'_, '_> {
    fn filled(&self) -> usize {
        self.read.values.values().filter(|value| !value.is_empty()).count()
    }
}

/// Which documents are forms, the one with the most answers first. Plans of lessons name a school, a subject and an author
/// too: a form has something that only forms have, or is called one.
pub(in super::super) fn forms<'a, 'd>(documents: &'d [Document<'a>], asked: &Asked<'_>) -> Vec<Form<'a, 'd>> {
    let read = |document: &'d Document<'a>| {
        let said = document.said?;
        let form = Form { document, read: fields::of(said, asked.fields) };
        let called = || asked.kind.is_some_and(|kind| document.is_named(kind) || document.is_headed(kind));
        let enough = form.read.values.len() >= asked.least && (form.read.telling || called());
        (enough && (form.filled() >= asked.least || form.read.before <= asked.blank_words)).then_some(form)
    };
    let mut forms: Vec<Form<'a, 'd>> = documents.iter().filter_map(read).collect();
    let order = |form: &Form<'_, '_>| (std::cmp::Reverse(form.filled()), std::cmp::Reverse(form.read.values.len()));
    forms.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.document.route.cmp(&b.document.route)));
    // An empty form beside one that is filled in is what it was made from.
    if forms.first().is_some_and(|form| form.filled() > 0) {
        forms.retain(|form| form.filled() > 0);
    }
    forms
}
