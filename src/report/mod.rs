//! The report: everything that was found, and its renderers, one format a file. A renderer is a function of the report
//! and a language; it reads nothing else.

pub mod json;
mod paragraph;
mod text;

use std::io;

pub use paragraph::paragraph;

use crate::finding::{Finding, Level};
use crate::judge::{Examined, Verdict};
use crate::locale::Locale;
use crate::profile::Profile;

/// What a run found.
pub struct Report<'a> {
    /// What was asked.
    pub profile: &'a Profile,
    /// What was examined, sorted by path.
    pub submissions: &'a [Examined],
    /// Paths of files left out because a system made them, sorted.
    pub skipped: &'a [String],
    /// What is to be said about the profile itself.
    pub profile_findings: &'a [Finding],
    /// The table of what came in, if there is one.
    pub registry: Option<json::Registry>,
    /// What is to be said about that table.
    pub registry_findings: &'a [Finding],
    /// What differs between two runs over the same files.
    pub run: json::Run,
}

/// The forms a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal. Holds colours as ANSI escapes; whoever writes it to a file strips them.
    Text,
    /// For programs.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 2] = [Format::Text, Format::Json];

    /// The name on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.id() == id)
    }
}

/// Counts over a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Submissions with each verdict.
    pub compliant: usize,
    /// See [`Verdict::NonCompliant`].
    pub non_compliant: usize,
    /// See [`Verdict::Incomplete`].
    pub incomplete: usize,
    /// Findings of each level, those about the profile and the table included.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level note.
    pub notes: usize,
}

impl Report<'_> {
    /// Counts verdicts and findings.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for examined in self.submissions {
            match examined.judgement.verdict {
                Verdict::Compliant => counts.compliant += 1,
                Verdict::NonCompliant => counts.non_compliant += 1,
                Verdict::Incomplete => counts.incomplete += 1,
            }
        }
        let own = self.submissions.iter().flat_map(|examined| &examined.judgement.findings);
        for finding in own.chain(self.profile_findings).chain(self.registry_findings) {
            match finding.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// Writes the report.
    ///
    /// # Errors
    /// What `out` says when it cannot take more.
    pub fn write(&self, format: Format, locale: &Locale, out: &mut dyn io::Write) -> io::Result<()> {
        match format {
            Format::Text => text::write(self, locale, out),
            Format::Json => json::write(self, locale, out),
        }
    }
}
