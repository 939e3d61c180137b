//! The documents of a submission, and which of them is the form.

use std::collections::BTreeMap;

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

    /// What is written in the fields of a form.
    pub(in super::super) fn fields(&self, rows: &[Row]) -> BTreeMap<String, String> {
        self.said.map_or_else(BTreeMap::new, |said| fields::of(said, rows))
    }
}

/// Everything in a submission that may be a document, and pictures too, since forms are photographed.
pub(in super::super) fn documents(facts: &Facts) -> Vec<Document<'_>> {
    let mut documents = Vec::new();
    if facts.file.bundle.is_none() {
        let said = facts.file.document.as_deref();
        documents.push(Document { route: Vec::new(), file: &facts.file, said, unread: facts.unread });
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

/// Which document is the form: the one with the most fields, at least so many.
pub(in super::super) fn forms<'a, 'd>(
    documents: &'d [Document<'a>],
    rows: &[Row],
    least: usize,
) -> Vec<(&'d Document<'a>, usize)> {
    let mut forms: Vec<_> = documents
        .iter()
        .map(|document| (document, document.fields(rows).len()))
        .filter(|(_, fields)| *fields >= least)
        .collect();
    forms.sort_by_key(|(document, fields)| (std::cmp::Reverse(*fields), document.route.clone()));
    forms
}
