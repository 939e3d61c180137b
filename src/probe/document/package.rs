//! Parts of office documents that are ZIP archives.

use std::io::Read;

use super::super::bundle::Budget;
use super::super::{Context, text};
use crate::facts::{Damage, DamageKind, DocumentFacts, FileFacts, Unread};
use crate::source::zip::ZipFile;
use crate::source::{Memory, Source};

/// Entries that are listed. A document has dozens, one full of pictures hundreds.
const ENTRIES: usize = 20_000;

/// Bytes unpacked at a time.
const PIECE: usize = 64 * 1024;

/// The archive, or the reason why there is none.
pub(super) fn open<'a>(
    source: &'a dyn Source,
    facts: &mut FileFacts,
    document: &mut DocumentFacts,
) -> Option<ZipFile<'a>> {
    match ZipFile::open(source, ENTRIES) {
        Ok(zip) => Some(zip),
        Err(error) => {
            facts.damage.push(Damage::new(DamageKind::Truncated).because(error));
            document.unread = Some(Unread::Damaged);
            None
        }
    }
}

/// The part with the words; notes why it is not there.
pub(super) fn main(
    text: Result<Option<String>, Unread>,
    name: &str,
    facts: &mut FileFacts,
    document: &mut DocumentFacts,
) -> Option<String> {
    match text {
        Ok(Some(text)) => return Some(text),
        Ok(None) => {
            facts.damage.push(Damage::new(DamageKind::MissingPart).because(name));
            document.unread = Some(Unread::Damaged);
        }
        Err(why) => document.unread = Some(why),
    }
    None
}

/// The text of the part called `name`; none if there is no such part. Sets why a part that is there was not read.
pub(super) fn part(
    zip: &ZipFile<'_>,
    name: &str,
    context: &Context<'_>,
    budget: &Budget,
    facts: &mut FileFacts,
) -> Result<Option<String>, Unread> {
    // Names in these packages are compared without regard to case.
    let Some(entry) = zip.entries.iter().rfind(|entry| entry.name.eq_ignore_ascii_case(name)) else { return Ok(None) };
    if entry.is_encrypted() {
        return Err(Unread::Encrypted);
    }
    let mut stream = match zip.unpack(entry) {
        Ok(Some(stream)) => stream,
        Ok(None) => return Err(Unread::Method),
        Err(_) => return Err(Unread::Damaged),
    };
    let limit = usize::try_from(context.limits.held_bytes.min(context.limits.text_bytes)).unwrap_or(usize::MAX);
    let (mut bytes, mut piece) = (Vec::new(), vec![0; PIECE]);
    while bytes.len() < limit {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                budget.take(count as u64)?;
                bytes.extend_from_slice(&piece[..count.min(limit - bytes.len())]);
            }
            // What was unpacked until then is read.
            Err(error) => {
                facts.damage.push(Damage::new(DamageKind::Undecodable).because(error));
                break;
            }
        }
        if context.deadline.is_over() {
            return Err(Unread::Time);
        }
    }
    if bytes.len() >= limit {
        facts.damage.push(Damage::new(DamageKind::OverLimit).because(name));
    }
    Ok(Some(text::read(&Memory(bytes), context, facts).into_owned()))
}
