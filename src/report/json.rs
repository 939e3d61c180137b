//! The report for programs: the document as it is, written while the submissions come in.

use std::io::{self, Write};

use serde::Serialize;

use super::Stream;
use super::document::{Document, Submission};
use crate::facts::{FileFacts, Kind, Unread};
use crate::locale::Locale;

/// The report as JSON.
#[derive(Default)]
pub(super) struct Json {
    /// A submission was written already.
    begun: bool,
}

impl Stream for Json {
    fn begin(&mut self, document: &Document<'_>, _: &Locale, out: &mut dyn Write) -> io::Result<()> {
        let (before, _) = frame(document)?;
        out.write_all(before.as_bytes())
    }

    fn submission(
        &mut self,
        submission: &Submission<'_>,
        _: &Document<'_>,
        _: &Locale,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let text = serde_json::to_string_pretty(submission)?.replace('\n', "\n    ");
        let comma = if self.begun { "," } else { "" };
        self.begun = true;
        write!(out, "{comma}\n    {text}")
    }

    fn end(&mut self, document: &Document<'_>, _: &Locale, out: &mut dyn Write) -> io::Result<()> {
        let (_, after) = frame(document)?;
        let line = if self.begun { "\n  " } else { "" };
        writeln!(out, "{line}{after}")
    }
}

/// What stands before the submissions, and behind them.
fn frame(document: &Document<'_>) -> io::Result<(String, String)> {
    // Nothing else is a line of its own that begins so: what lies deeper begins with more spaces, and texts hold no breaks.
    const PLACE: &str = "\n  \"submissions\": [";

    let mut text = serde_json::to_string_pretty(&document.without_submissions())?;
    let at = text.find(PLACE).map_or(text.len(), |at| at + PLACE.len());
    let after = text.split_off(at);
    Ok((text, after))
}

/// What `tekser inspect` prints for a submission.
#[derive(Serialize)]
pub struct Inspected<'a> {
    /// As in a report.
    pub path: &'a str,
    /// As in a report.
    pub kind: Kind,
    /// As in a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<&'a str>,
    /// As in a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// As in a report.
    pub facts: &'a FileFacts,
}
