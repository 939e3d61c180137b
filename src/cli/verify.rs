//! `tekser verify`: is a package still the one that its receipt tells of?

use std::io::{self, Read, Write};
use std::path::Path;

use super::args::Verify;
use super::{Status, Trouble, pack, stored};
use crate::finding::Message;
use crate::hex;
use crate::locale::{Locale, harmless};
use crate::pack::receipt::{FORMAT, FileDigest, Receipt, VERSION};
use crate::profile::BUILTIN;
use crate::report::paragraph;
use crate::source::disk::DiskFile;
use crate::source::zip::ZipFile;
use crate::source::{Source, digest, sha256};

/// Names shown of files that differ; the rest is counted.
const SHOWN: usize = 10;

pub(super) fn run(arguments: &Verify, locale: &Locale, out: &mut dyn Write) -> Result<Status, Trouble> {
    let path = arguments.receipt.clone().unwrap_or_else(|| pack::receipt_of(&arguments.package));
    let receipt = receipt(&path, locale)?;
    let shown = arguments.package.display().to_string();
    let failed = |error: &dyn std::fmt::Display| {
        let message = Message::new("error-argument").with("path", shown.as_str()).with("error", error.to_string());
        Trouble::Told(locale.text(&message))
    };
    let package = DiskFile::open(&arguments.package).map_err(|error| failed(&error))?;
    let whole = hex(&sha256(&package).map_err(|error| failed(&error))?);
    let mut say = |indent: usize, message: Message| paragraph(out, indent, indent, &harmless(&locale.text(&message)));
    if whole == receipt.package.sha256 {
        let message = Message::new("verify-same").with("path", shown.as_str()).with("packed", receipt.packed.as_str());
        let message = message.with("profile", format!("{} {}", receipt.profile.id, receipt.profile.version));
        say(0, message.with("verdict", locale.named("verdict", receipt.verdict.id())))?;
        let now = BUILTIN.iter().any(|builtin| builtin.id == receipt.profile.id);
        if now && super::profile(&receipt.profile.id, locale)?.sha256 != receipt.profile.sha256 {
            say(0, Message::new("verify-profile-changed").with("profile", receipt.profile.id.as_str()))?;
        }
        return Ok(Status::Clean);
    }
    say(0, Message::new("verify-differs").with("path", shown.as_str()).with("receipt", path.display().to_string()))?;
    match files(&package) {
        Ok(files) => {
            let differences = receipt.differences(&files);
            let lists = [
                ("verify-changed", &differences.changed),
                ("verify-gone", &differences.gone),
                ("verify-new", &differences.new),
            ];
            for (id, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
                let first: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
                let more = if names.len() > SHOWN { ", …" } else { "" };
                let names_shown = format!("{}{more}", first.join(", "));
                say(
                    2,
                    Message { id: id.into(), ..Message::new("") }.with("count", names.len()).with("names", names_shown),
                )?;
            }
            if lists.iter().all(|(_, names)| names.is_empty()) {
                say(2, Message::new("verify-packed-anew"))?;
            }
        }
        Err(error) => say(2, Message::new("verify-unreadable").with("error", error.to_string()))?,
    }
    Ok(Status::Found)
}

fn receipt(path: &Path, locale: &Locale) -> Result<Receipt, Trouble> {
    let bytes = stored::read(path, locale)?;
    let told = |error: &str| {
        let message = Message::new("error-receipt").with("path", path.display().to_string()).with("error", error);
        Trouble::Told(locale.text(&message))
    };
    let receipt: Receipt = serde_json::from_slice(&bytes).map_err(|error| told(&error.to_string()))?;
    if receipt.format != FORMAT || receipt.version != VERSION {
        return Err(told(&format!("{} {}", receipt.format, receipt.version)));
    }
    Ok(receipt)
}

/// The files of a package with their digests.
fn files(package: &dyn Source) -> io::Result<Vec<FileDigest>> {
    let zip = ZipFile::open(package, usize::MAX).map_err(io::Error::other)?;
    let mut files = Vec::new();
    for entry in zip.entries.iter().filter(|entry| !entry.folder) {
        let stream = zip.unpack(entry)?.ok_or(io::ErrorKind::Unsupported)?;
        // What unpacks to more than it says is not unpacked to its end.
        let (digest, size) = digest(io::BufReader::new(stream.take(entry.size.saturating_add(1))))?;
        files.push(FileDigest { name: entry.name.clone(), size, sha256: hex(&digest) });
    }
    Ok(files)
}
