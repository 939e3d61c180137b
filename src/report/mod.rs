//! The report: everything that was found, and its renderers, one format a file. A renderer is a function of the document
//! and a language; it reads nothing else.

pub mod changes;
mod compact;
#[cfg(feature = "cli")]
pub(crate) mod csv;
pub mod document;
mod explanation;
mod github;
mod html;
pub mod json;
mod jsonl;
mod junit;
mod markdown;
mod paragraph;
mod sarif;
#[cfg(feature = "cli")]
mod table;
mod text;
mod words;
#[cfg(feature = "cli")]
mod xlsx;

use std::io;

pub use document::{Document, RequirementTexts, Submission};
pub use explanation::explanation;
pub use paragraph::paragraph;

#[cfg(feature = "cli")]
use self::csv::Separator;
use self::document::{Header, ProfileTexts, Registry, Run, Submissions, Tool, written};
use crate::finding::Finding;
use crate::judge::{Counts, Examined};
use crate::locale::Locale;
use crate::profile::Profile;

/// What a run found.
pub struct Report<'a> {
    /// What was asked.
    pub profile: &'a Profile,
    /// What was examined, sorted by path; none where the report was written meanwhile and nobody else wants it.
    pub submissions: &'a [Examined],
    /// All that were examined, counted.
    pub counts: &'a Counts,
    /// Submissions to which the run did not come, because it was stopped.
    pub unreached: usize,
    /// Paths of files left out because a system made them, sorted.
    pub skipped: &'a [String],
    /// What is to be said about the profile itself.
    pub profile_findings: &'a [Finding],
    /// The table of what came in, if there is one.
    pub registry: Option<&'a Registry>,
    /// What is to be said about that table.
    pub registry_findings: &'a [Finding],
    /// What differs between two runs over the same files.
    pub run: &'a Run,
}

/// The forms a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal. Holds colours as ANSI escapes; whoever writes it to a file strips them.
    Text,
    /// The same, a line for each submission.
    Compact,
    /// For programs, one document, with the counts behind the submissions.
    Json,
    /// For programs, one submission a line.
    JsonLines,
    /// For tools that show what static analysis found: SARIF 2.1.0.
    Sarif,
    /// For servers that show tests: JUnit XML.
    JUnit,
    /// For the log of GitHub Actions, which shows it beside the files.
    GitHub,
    /// For a comment on a pull request.
    Markdown,
    /// For a jury and for organizers: one page with everything.
    Html,
    /// For a spreadsheet, one submission a row, with commas.
    #[cfg(feature = "cli")]
    Csv,
    /// The same with semicolons, as Excel wants it in Kazakhstan.
    #[cfg(feature = "cli")]
    CsvSemicolon,
    /// For a spreadsheet, with sheets of findings and requirements.
    #[cfg(feature = "cli")]
    Xlsx,
}

impl Format {
    /// Every format, with its name on the command line and the extensions of its files.
    const TABLE: &'static [(Format, &'static str, &'static [&'static str])] = &[
        (Format::Text, "text", &["txt"]),
        (Format::Compact, "compact", &[]),
        (Format::Json, "json", &["json"]),
        (Format::JsonLines, "jsonl", &["jsonl", "ndjson"]),
        (Format::Sarif, "sarif", &["sarif"]),
        (Format::JUnit, "junit", &["xml"]),
        (Format::GitHub, "github", &[]),
        (Format::Markdown, "markdown", &["md"]),
        (Format::Html, "html", &["html", "htm"]),
        #[cfg(feature = "cli")]
        (Format::Csv, "csv", &["csv"]),
        #[cfg(feature = "cli")]
        (Format::CsvSemicolon, "csv-semicolon", &[]),
        #[cfg(feature = "cli")]
        (Format::Xlsx, "xlsx", &["xlsx"]),
    ];

    /// Every format.
    pub fn all() -> impl Iterator<Item = Format> {
        Format::TABLE.iter().map(|(format, ..)| *format)
    }

    /// The name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        Format::TABLE.iter().find(|(format, ..)| *format == self).map_or("", |(_, id, _)| id)
    }

    /// The format with this name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Format> {
        Format::TABLE.iter().find(|(_, other, _)| *other == id).map(|(format, ..)| *format)
    }

    /// The format that a file with this name is meant to have.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Format> {
        let (_, extension) = name.rsplit_once('.')?;
        let has = |extensions: &[&str]| extensions.iter().any(|other| other.eq_ignore_ascii_case(extension));
        Format::TABLE.iter().find(|(_, _, extensions)| has(extensions)).map(|(format, ..)| *format)
    }

    /// It is no text, so that no terminal can show it.
    #[must_use]
    pub fn is_binary(self) -> bool {
        #[cfg(feature = "cli")]
        return self == Format::Xlsx;
        #[cfg(not(feature = "cli"))]
        false
    }

    /// Writes a whole report.
    ///
    /// # Errors
    /// What `out` says when it cannot take more.
    pub fn write(self, document: &Document<'_>, locale: &Locale, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Format::Sarif => sarif::write(document, locale, out),
            Format::JUnit => junit::write(document, locale, out),
            Format::GitHub => github::write(document, locale, out),
            Format::Html => html::write(document, locale, out),
            Format::Markdown => markdown::write(document, locale, out),
            #[cfg(feature = "cli")]
            Format::Csv => csv::write(document, Separator::Comma, locale, out),
            #[cfg(feature = "cli")]
            Format::CsvSemicolon => csv::write(document, Separator::Semicolon, locale, out),
            #[cfg(feature = "cli")]
            Format::Xlsx => xlsx::write(document, locale, out),
            Format::Text | Format::Compact | Format::Json | Format::JsonLines => {
                let Some(mut stream) = self.stream() else { return Ok(()) };
                stream.begin(document, locale, out)?;
                for submission in document.submissions.iter() {
                    stream.submission(&submission, document, locale, out)?;
                }
                stream.end(document, locale, out)
            }
        }
    }

    /// The format as one that is written while the submissions come in, if it can be.
    #[must_use]
    pub fn stream(self) -> Option<Box<dyn Stream + Send>> {
        match self {
            Format::Text => Some(Box::<text::Text>::default()),
            Format::Compact => Some(Box::new(compact::Compact)),
            Format::Json => Some(Box::<json::Json>::default()),
            Format::JsonLines => Some(Box::new(jsonl::JsonLines)),
            _ => None,
        }
    }
}

/// A report that is written while the submissions come in, in their order.
pub trait Stream {
    /// Writes what stands before them. Of `document` all is known but the submissions and the counts.
    ///
    /// # Errors
    /// What `out` says when it cannot take more.
    fn begin(&mut self, document: &Document<'_>, locale: &Locale, out: &mut dyn io::Write) -> io::Result<()>;

    /// Writes one. Of `document` no more is known than at the beginning.
    ///
    /// # Errors
    /// As above.
    fn submission(
        &mut self,
        submission: &Submission<'_>,
        document: &Document<'_>,
        locale: &Locale,
        out: &mut dyn io::Write,
    ) -> io::Result<()>;

    /// Writes what stands after them.
    ///
    /// # Errors
    /// As above.
    fn end(&mut self, document: &Document<'_>, locale: &Locale, out: &mut dyn io::Write) -> io::Result<()>;
}

impl Report<'_> {
    /// The report in the words of a language.
    #[must_use]
    pub fn document<'a>(&'a self, locale: &'a Locale) -> Document<'a> {
        let all = |findings: &'a [Finding]| findings.iter().map(|finding| written(None, finding, locale)).collect();
        let mut counts = self.counts.clone();
        self.profile_findings.iter().chain(self.registry_findings).for_each(|finding| counts.level(finding.level));
        Document {
            report: Header::new(locale),
            tool: Tool::this(),
            profile: ProfileTexts::new(self.profile),
            run: self.run.clone(),
            summary: document::Summary { unreached: self.unreached, ..counts.into() },
            profile_findings: all(self.profile_findings),
            registry: self.registry.cloned(),
            registry_findings: all(self.registry_findings),
            changes: None,
            skipped: self.skipped.iter().map(|path| path.as_str().into()).collect(),
            submissions: Submissions::Examined { examined: self.submissions, profile: self.profile, locale },
        }
    }
}
