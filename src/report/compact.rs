//! The report for a person who wants to see who complies: a line for each submission, with what stands in its way.

use std::io::{self, Write};

use super::document::{Document, Submission};
use super::text::{DIM, line, summary, title};
use super::{Stream, changes, words};
use crate::judge::Verdict;
use crate::locale::Locale;

/// The report in lines.
pub(super) struct Compact;

impl Stream for Compact {
    fn begin(&mut self, document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
        title(document, locale, out)
    }

    fn submission(
        &mut self,
        submission: &Submission<'_>,
        _: &Document<'_>,
        locale: &Locale,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let why = match submission.verdict {
            Verdict::Compliant => String::new(),
            Verdict::NonCompliant => {
                let failed = submission.requirements.iter().filter(|judged| judged.counts_as_failed());
                failed.map(|judged| &*judged.id).collect::<Vec<_>>().join(", ")
            }
            Verdict::Incomplete => {
                let ids: Vec<&str> = words::unchecked(submission).into_iter().flat_map(|(.., ids)| ids).collect();
                format!("{} {}", locale.plain("report-not-checked"), ids.join(", "))
            }
        };
        let line = line(submission, locale);
        if why.is_empty() { writeln!(out, "{line}") } else { writeln!(out, "{line} {DIM}· {why}{DIM:#}") }
    }

    fn end(&mut self, document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out)?;
        if let Some(changes) = &document.changes {
            changes::write(changes, locale, out)?;
            writeln!(out)?;
        }
        summary(document, locale, out)
    }
}
