//! The table of submissions as CSV. A mark at the beginning makes Excel read UTF-8; which sign separates the cells depends
//! on the country that Excel was set up for, so there are two formats.

use std::io::{self, Write};

use super::document::Document;
use super::table::{Cell, submission_row, submissions_head};
use crate::locale::Locale;

pub(super) fn write(
    document: &Document<'_>,
    separator: Separator,
    locale: &Locale,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = writer(separator, out)?;
    let head = submissions_head(document, locale);
    rows.write_record(head.0.iter().map(|(heading, _)| harmless(heading)))?;
    for submission in document.submissions.iter() {
        let cells = submission_row(&submission, document, locale);
        rows.write_record(cells.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Number(number) if separator == Separator::Semicolon => number.to_string().replace('.', ","),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        }))?;
    }
    rows.flush()
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// As the standard for CSV (RFC 4180) has it, and Excel where numbers have a decimal point.
    Comma,
    /// As Excel wants it where numbers have a decimal comma, as in Kazakhstan.
    Semicolon,
}

/// A writer of CSV that Excel reads.
pub(crate) fn writer(separator: Separator, out: &mut dyn Write) -> io::Result<csv::Writer<&mut dyn Write>> {
    out.write_all("\u{feff}".as_bytes())?;
    let delimiter = match separator {
        Separator::Comma => b',',
        Separator::Semicolon => b';',
    };
    Ok(csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(out))
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}
