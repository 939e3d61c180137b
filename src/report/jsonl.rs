//! The report for programs that do not want to wait for its end: JSON Lines, a submission a line, each as it stands in the
//! JSON document. `tekser judge` reads it again.

use std::io::{self, Write};

use super::Stream;
use super::document::{Document, Submission};
use crate::locale::Locale;

/// The report as JSON Lines.
pub(super) struct JsonLines;

impl Stream for JsonLines {
    fn begin(&mut self, _: &Document<'_>, _: &Locale, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn submission(
        &mut self,
        submission: &Submission<'_>,
        _: &Document<'_>,
        _: &Locale,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        serde_json::to_writer(&mut *out, submission)?;
        out.write_all(b"\n")
    }

    fn end(&mut self, _: &Document<'_>, _: &Locale, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
