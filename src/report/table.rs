//! The report as tables for spreadsheets: submissions, findings, requirements. One file writes the first as CSV, another all of
//! them as a workbook.

use super::document::{Document, Submission};
use super::words::{self, Of};
use crate::finding::Level;
use crate::judge::Outcome;
use crate::locale::{Locale, harmless};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Words, safe to show.
    Text(String),
    /// A number that can be computed with.
    Number(f64),
    /// Nothing is known.
    Empty,
}

impl Cell {
    fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(harmless(text)) }
    }

    fn count(count: usize) -> Cell {
        Cell::Number(count as f64)
    }
}

/// A table: headings and the width that their columns want, in letters.
pub(super) struct Head(pub(super) Vec<(String, f64)>);

impl Head {
    fn new(columns: &[(&str, f64)], locale: &Locale) -> Head {
        Head(columns.iter().map(|(id, width)| (locale.named("column", id), *width)).collect())
    }
}

/// Headings of the table of submissions. What the organizer's table says of each stands at the end, under the headings of
/// that table.
pub(super) fn submissions_head(document: &Document<'_>, locale: &Locale) -> Head {
    let columns = [
        ("submission", 40.0),
        ("kind", 16.0),
        ("verdict", 18.0),
        ("failed", 60.0),
        ("not-checked", 40.0),
        ("errors", 10.0),
        ("warnings", 10.0),
        ("notes", 10.0),
        ("seconds", 10.0),
        ("bytes", 14.0),
        ("sha256", 20.0),
    ];
    let mut head = Head::new(&columns, locale);
    head.0.extend(words::columns(document).map(|(heading, _)| (harmless(heading), 24.0)));
    head
}

/// The row of a submission.
pub(super) fn submission_row(submission: &Submission<'_>, document: &Document<'_>, locale: &Locale) -> Vec<Cell> {
    let of_level = |level| Cell::count(submission.findings.iter().filter(|finding| finding.level == level).count());
    let unchecked = submission.requirements.iter().filter(|judged| judged.outcome == Outcome::NotChecked);
    let unchecked: Vec<&str> = unchecked.map(|judged| &*judged.id).collect();
    let mut cells = vec![
        Cell::text(&submission.path),
        Cell::text(&locale.named("kind", submission.kind.id())),
        Cell::text(&locale.named("verdict", submission.verdict.id())),
        Cell::text(&failed(submission, document, locale).join("; ")),
        Cell::text(&unchecked.join(", ")),
        of_level(Level::Error),
        of_level(Level::Warning),
        of_level(Level::Note),
        words::length(submission).map_or(Cell::Empty, Cell::Number),
        Cell::Number(submission.size as f64),
        submission.sha256.as_deref().map_or(Cell::Empty, Cell::text),
    ];
    cells.extend(words::columns(document).map(|(_, id)| submission.said(id).map_or(Cell::Empty, Cell::text)));
    cells
}

/// Titles of the binding requirements that a submission failed, with their clauses.
fn failed(submission: &Submission<'_>, document: &Document<'_>, locale: &Locale) -> Vec<String> {
    let failed = submission.requirements.iter().filter(|judged| judged.counts_as_failed());
    let texts = failed.filter_map(|judged| document.profile.requirement(&judged.id));
    texts.map(|texts| words::requirement(texts, locale)).collect()
}

/// Headings of the table of findings.
pub(super) fn findings_head(locale: &Locale) -> Head {
    let columns = [
        ("submission", 40.0),
        ("level", 16.0),
        ("place", 30.0),
        ("message", 60.0),
        ("help", 60.0),
        ("requirement", 40.0),
        ("clause", 16.0),
        ("id", 24.0),
    ];
    Head::new(&columns, locale)
}

/// The rows of the findings of a submission.
pub(super) fn finding_rows(submission: &Submission<'_>, document: &Document<'_>, locale: &Locale) -> Vec<Vec<Cell>> {
    let rows = submission.findings.iter().map(|finding| {
        let requirement = document.profile.of(finding);
        vec![
            Cell::text(&submission.path),
            Cell::text(&words::level(finding, locale)),
            Cell::text(&words::place(finding, Of::Submission, locale).unwrap_or_default()),
            Cell::text(&finding.message),
            Cell::text(finding.help.as_deref().unwrap_or_default()),
            Cell::text(requirement.map_or("", |requirement| requirement.title.get(locale.language()))),
            Cell::text(requirement.map_or("", |requirement| &requirement.clause)),
            Cell::text(requirement.map_or(&finding.check, |requirement| &requirement.id)),
        ]
    });
    rows.collect()
}

/// Headings of the table of requirements: how often each came out how.
pub(super) fn requirements_head(locale: &Locale) -> Head {
    let mut head = Head::new(&[("requirement", 60.0), ("clause", 16.0), ("id", 30.0), ("modality", 16.0)], locale);
    head.0.extend(Outcome::ALL.map(|outcome| (locale.named("outcome", outcome.id()), 14.0)));
    head
}

/// The rows of the requirements.
pub(super) fn requirement_rows(document: &Document<'_>, locale: &Locale) -> Vec<Vec<Cell>> {
    let mut counts = vec![[0_usize; Outcome::ALL.len()]; document.profile.requirements.len()];
    for submission in document.submissions.iter() {
        for (row, judged) in counts.iter_mut().zip(&submission.requirements) {
            row[judged.outcome as usize] += 1;
        }
    }
    let row = |(requirement, counts): (&super::document::RequirementTexts<'_>, [usize; Outcome::ALL.len()])| {
        let mut cells = vec![
            Cell::text(requirement.title.get(locale.language())),
            Cell::text(&requirement.clause),
            Cell::text(&requirement.id),
            Cell::text(&locale.named("modality", requirement.modality.id())),
        ];
        cells.extend(counts.map(Cell::count));
        cells
    };
    document.profile.requirements.iter().zip(counts).map(row).collect()
}
