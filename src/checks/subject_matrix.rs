//! Are the subject, the grade and the language of a teacher in the table of the document?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::record::{InForm, When, said, said_anywhere};
use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::names::{self, Row};

/// Settings of `subject-matrix`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SubjectMatrix {
    /// The columns of a table.
    columns: Vec<Row>,
    /// The columns of the subject, of the grade and of the language, in this order.
    answers: [String; 3],
    /// The field of the form in which they stand too.
    in_form: Option<InForm>,
    /// The subjects that there are.
    subjects: Vec<Row>,
    /// The languages that there are.
    languages: Vec<Row>,
    /// The cells of the table.
    matrix: Vec<Cell>,
    /// Cells that another table of the document has too; they are warned of.
    #[serde(default)]
    extra: Vec<Cell>,
    /// Whom the requirement speaks of.
    when: Option<When>,
}

/// A cell of the table. Lists serve several checks, so that a row may hold more than this one asks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Cell {
    /// What it prints, by language.
    name: BTreeMap<String, String>,
    grade: u8,
    /// The id of the subject.
    subject: String,
    /// The ids of the languages.
    languages: Vec<String>,
}

/// What a teacher teaches, as far as it is known.
struct Taught<'a> {
    subject: &'a str,
    grade: Option<u8>,
    language: Option<&'a str>,
}

impl Cell {
    fn holds(&self, taught: &Taught<'_>) -> bool {
        self.subject == taught.subject
            && taught.grade.is_none_or(|grade| grade == self.grade)
            && taught.language.is_none_or(|language| self.languages.iter().any(|listed| listed == language))
    }
}

impl Settings for SubjectMatrix {
    const CHECK: &'static str = "subject-matrix";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if self.when.as_ref().is_some_and(|when| !when.holds(facts, &self.columns, opinion)) {
            return;
        }
        let [subject, grade, language] = &self.answers;
        let answer = said_anywhere(facts, subject, &self.columns, self.in_form.as_ref());
        let Some(text) = answer.text() else {
            answer.leave_open(&self.columns, subject, opinion);
            return;
        };
        let message = |id| Message::new(id).with("value", text);
        let Some(row) = names::row(text, &self.subjects) else {
            let known: Vec<String> = self.subjects.iter().map(Row::label).collect();
            let message = match names::near(text, &self.subjects) {
                Some(near) => message("subject-near").with("near", near),
                None => message("subject-unknown").with("known", known.join("; ")),
            };
            opinion.error(message, Place::whole());
            return;
        };
        if names::several(text, row, &self.subjects).is_some() {
            opinion.unchecked(message("unchecked-subjects-several"));
            return;
        }
        // "Математика, 3 класс (қазақша)" says all three in one field.
        let own = |id: &str| said(facts, id, &self.columns).text().map(str::to_owned);
        let grade = own(grade).and_then(|text| number(&text)).or_else(|| number(text));
        let language = own(language).or_else(|| in_brackets(text).map(str::to_owned));
        let language = language.and_then(|text| names::row(&text, &self.languages));
        let taught = Taught { subject: &row.id, grade, language: language.map(|row| row.id.as_str()) };
        let grade = grade.map_or_else(|| "?".to_owned(), |grade| grade.to_string());
        let message = |id| {
            let message = Message::new(id).with("subject", row.label()).with("grade", grade.as_str());
            message.with("language", language.map_or_else(|| "?".to_owned(), Row::label))
        };
        if self.matrix.iter().any(|cell| cell.holds(&taught)) {
            if taught.grade.is_none() || taught.language.is_none() {
                opinion.note(message("subject-partly"), Place::whole());
            }
        } else if self.extra.iter().any(|cell| cell.holds(&taught)) {
            opinion.warning(message("subject-in-other-table"), Place::whole());
        } else {
            let cells = self.matrix.iter().filter(|cell| cell.subject == row.id);
            let known: Vec<String> = cells.map(|cell| format!("{}: {}", cell.grade, cell.label())).collect();
            opinion.error(message("subject-not-in-table").with("known", known.join("; ")), Place::whole());
        }
    }
}

impl Cell {
    fn label(&self) -> &str {
        self.name.get("ru").or_else(|| self.name.values().next()).map_or("", String::as_str)
    }
}

/// The only grade that a text names.
fn number(text: &str) -> Option<u8> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let first = numbers.next()?.parse().ok().filter(|grade| (1..=12).contains(grade));
    first.filter(|_| numbers.next().is_none())
}

fn in_brackets(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('(')?;
    rest.split_once(')').map(|(inner, _)| inner)
}
