//! Whether a ZIP archive tells everybody the same. Programs find entries by the central directory, by the header before
//! each entry, or by reading from front to back; whoever makes the three differ shows one file to the gate and another
//! one to the pupil.

use std::collections::HashSet;

use super::Context;
use crate::facts::{ArchiveFacts, Conflict, ConflictKind};
use crate::source::zip::{DEFLATED, DESCRIPTOR, ENCRYPTED, Local, ZipEntry, ZipFile, descriptor, fields};
use crate::source::{self, Source};

/// Characters of the archive's comment that are kept.
const COMMENT: usize = 200;

/// Bytes of a gap that are searched for entries.
const GAP: usize = 64 * 1024;

/// Extra field with times; programs write it in both headers or in none.
const TIMES: u16 = 0x5455;

/// Extra field of a comment in UTF-8.
const UNICODE_COMMENT: u16 = 0x6375;

/// How the archive is put together, read without unpacking anything.
pub(super) fn facts(source: &dyn Source, zip: &ZipFile<'_>, context: &Context<'_>) -> ArchiveFacts {
    let comment: String = String::from_utf8_lossy(&zip.comment).chars().take(COMMENT).collect();
    let mut conflicts = Conflicts::default();
    let mut spans = Vec::with_capacity(zip.entries.len());
    let mut names = HashSet::new();
    for entry in &zip.entries {
        if !names.insert(&entry.raw_name) {
            conflicts.add(ConflictKind::Duplicate, Some(entry), entry.offset, "");
        }
        if entry.folder && holds_something(entry) {
            conflicts.add(ConflictKind::Folder, Some(entry), entry.offset, &entry.size.to_string());
        }
        if context.deadline.is_over() {
            break;
        }
        // What cannot be read at all is told when the entry is unpacked.
        if let Ok(Some(local)) = Local::read(source, entry.offset) {
            let end = compare(source, zip, entry, &local, &mut conflicts);
            spans.push((entry.offset, end, entry));
        }
    }
    if spans.len() == zip.entries.len() && !zip.cut_off {
        layout(source, zip, &mut spans, &mut conflicts);
    }
    tail(source, zip, &mut conflicts);
    ArchiveFacts {
        comment: (!comment.is_empty()).then_some(comment),
        names: zip.names,
        zip64: zip.zip64,
        conflicts: conflicts.0,
    }
}

/// Folders are not unpacked, and so nobody sees what stands in the entry of one. Java packs the nothing that belongs there.
fn holds_something(folder: &ZipEntry) -> bool {
    /// The most bytes of a packed nothing. Three bytes fit into them, and so few never have the checksum of nothing.
    const NOTHING: u64 = 5;

    let most = if folder.method == DEFLATED { NOTHING } else { 0 };
    folder.size > 0 || folder.crc != 0 || folder.packed > most
}

/// Conflicts, each kind once, in the order in which they were met.
#[derive(Default)]
struct Conflicts(Vec<Conflict>);

impl Conflicts {
    fn add(&mut self, what: ConflictKind, entry: Option<&ZipEntry>, byte: u64, detail: &str) {
        if let Some(known) = self.0.iter_mut().find(|known| known.what == what) {
            known.count += 1;
            return;
        }
        let entry = entry.map(|entry| entry.name.clone());
        let detail = (!detail.is_empty()).then(|| detail.chars().take(COMMENT).collect());
        self.0.push(Conflict { what, count: 1, entry, byte: Some(byte), detail });
    }
}

/// Holds the entry's own header and what follows its data against the directory. Tells where the entry ends.
fn compare(source: &dyn Source, zip: &ZipFile<'_>, entry: &ZipEntry, local: &Local, conflicts: &mut Conflicts) -> u64 {
    let mut add = |what, detail: &str| conflicts.add(what, Some(entry), entry.offset, detail);
    let name = zip.local_name(entry, local);
    if name != entry.name {
        add(ConflictKind::Name, &name);
    }
    if local.method != entry.method {
        add(ConflictKind::Method, &format!("{} / {}", local.method, entry.method));
    }
    if (local.flags ^ entry.flags) & ENCRYPTED != 0 {
        add(ConflictKind::Encryption, "");
    }
    if local.time != entry.time {
        add(ConflictKind::Time, "");
    }
    // In a stream the sizes and the checksum follow the data, and the header has zeros or says as much.
    let follows = local.flags & DESCRIPTOR != 0;
    let open = |said: u64| follows && (said == 0 || said == u64::from(u32::MAX));
    for (what, said, listed) in [
        (ConflictKind::Checksum, u64::from(local.crc), u64::from(entry.crc)),
        (ConflictKind::Size, local.size, entry.size),
        (ConflictKind::PackedSize, local.packed, entry.packed),
    ] {
        if said != listed && !open(said) {
            add(what, &format!("{said} / {listed}"));
        }
    }
    if broken_extra(entry, local) {
        add(ConflictKind::ExtraField, "");
    }
    let end = entry.offset.saturating_add(local.length).saturating_add(entry.packed);
    if !follows {
        return end;
    }
    match descriptor(source, end, entry.crc, entry.packed, entry.size) {
        Ok(Some(length)) => end + length,
        // Nothing follows and nothing has to, if the header says it all.
        _ if local.size == entry.size && local.packed == entry.packed && is_header(source, end) => end,
        _ => {
            add(ConflictKind::Descriptor, "");
            // What stands there says something else, but it stands there.
            let signed = source::read(source, end, 4).is_ok_and(|bytes| bytes == b"PK\x07\x08");
            end + if signed { 16 } else { 12 }
        }
    }
}

/// Extra fields that do not fill their room, stand twice, or give times or words that the other header does not know.
fn broken_extra(entry: &ZipEntry, local: &Local) -> bool {
    let (listed, left) = fields(&entry.extra);
    let (own, own_left) = fields(&local.extra);
    // Up to three bytes of filling are what the tools of Android leave.
    let overfull = |left: &[u8]| left.len() > 3;
    let twice = |fields: &[(u16, &[u8])]| {
        let mut seen = HashSet::new();
        fields.iter().any(|(id, _)| !matches!(id, 0 | 0xFFFF) && !seen.insert(*id))
    };
    let has = |fields: &[(u16, &[u8])], id| fields.iter().any(|(other, _)| *other == id);
    let comment = listed.iter().find(|(id, _)| *id == UNICODE_COMMENT).and_then(|(_, content)| content.get(5..));
    overfull(left)
        || overfull(own_left)
        || twice(&listed)
        || twice(&own)
        || has(&listed, TIMES) != has(&own, TIMES)
        || comment.is_some_and(|comment| entry.comment.is_ascii() && comment != entry.comment)
}

/// Another part of the archive begins at `at`.
fn is_header(source: &dyn Source, at: u64) -> bool {
    source::read(source, at, 4).is_ok_and(|bytes| matches!(bytes[..], [b'P', b'K', 1, 2] | [b'P', b'K', 3, 4]))
}

/// Whether the entries lie one behind the other up to the directory.
fn layout(source: &dyn Source, zip: &ZipFile<'_>, spans: &mut [(u64, u64, &ZipEntry)], conflicts: &mut Conflicts) {
    spans.sort_by_key(|(start, ..)| *start);
    let mut reached = 0;
    for (start, end, entry) in &*spans {
        if *start < reached {
            conflicts.add(ConflictKind::Overlap, Some(entry), *start, "");
        } else if *start > reached {
            between(source, reached, *start, reached == 0, conflicts);
        }
        reached = reached.max(*end);
    }
    if reached > zip.directory {
        conflicts.add(ConflictKind::Overlap, None, zip.directory, "");
    } else if reached < zip.directory {
        between(source, reached, zip.directory, reached == 0, conflicts);
    }
}

/// Bytes that no entry owns: something before the archive, an entry that the directory conceals, or waste.
fn between(source: &dyn Source, from: u64, to: u64, first: bool, conflicts: &mut Conflicts) {
    let length = usize::try_from(to - from).unwrap_or(usize::MAX).min(GAP);
    let bytes = source::read(source, from, length).unwrap_or_default();
    let hidden = bytes.windows(4).position(|four| four == b"PK\x03\x04");
    let hidden = hidden.map(|at| from + at as u64).filter(|at| matches!(Local::read(source, *at), Ok(Some(_))));
    if let Some(at) = hidden {
        let name = Local::read(source, at).ok().flatten().map(|local| local.name);
        let name = String::from_utf8_lossy(&name.unwrap_or_default()).into_owned();
        conflicts.add(ConflictKind::Unlisted, None, at, &name);
    } else if bytes == b"PK\x07\x08" || bytes.is_empty() {
        // The mark of an archive that was to be split and fitted one file.
    } else {
        let what = if first { ConflictKind::Prefix } else { ConflictKind::Gap };
        conflicts.add(what, None, from, &(to - from).to_string());
    }
}

/// What the end record and its comment say.
fn tail(source: &dyn Source, zip: &ZipFile<'_>, conflicts: &mut Conflicts) {
    const END: &[u8] = b"PK\x05\x06";
    const RECORD: usize = 22;
    // The longest comment and the record before it.
    const SEARCH: u64 = 65_535 + RECORD as u64;

    let size = source.size();
    let from = size.saturating_sub(SEARCH);
    let bytes = source::read(source, from, RECORD + 65_535).unwrap_or_default();
    let number = |at: usize| bytes.get(at..at + 2).map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])));
    for (at, _) in bytes.windows(END.len()).enumerate().filter(|(_, four)| *four == END) {
        let place = from + at as u64;
        if place == zip.end_record {
            // All ones say that the true number stands in the 64-bit record.
            let elsewhere = |disk: usize| disk != 0 && disk != usize::from(u16::MAX);
            if elsewhere(number(at + 4)) || elsewhere(number(at + 6)) {
                conflicts.add(ConflictKind::Disks, None, place, "");
            }
        } else if place < zip.end_record && at + RECORD + number(at + 20) == bytes.len() {
            // Its comment reaches to the end and holds the other one.
            conflicts.add(ConflictKind::SecondEnd, None, place, "");
        } else if place > zip.end_record {
            conflicts.add(ConflictKind::SecondEnd, None, place, "");
        }
    }
}
