//! The report for programs: the document as it is.

use std::io;

use serde::Serialize;

use super::Document;
use crate::facts::{FileFacts, Kind, Unread};

/// Writes the report; submissions are turned into text one by one.
pub(super) fn write(document: &Document<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
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
