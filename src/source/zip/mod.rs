//! ZIP archives as directories of sources: the central directory as a listing, and the unpacked bytes of each entry.
//!
//! `rawzip` reads the structure because it shows duplicate names, raw bytes and all entries, where the `zip` crate
//! keeps the last of two equal names and hides what the count in the end record leaves out.

use std::io::{self, Read};

use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipLocator};

mod inflate;
mod local;
mod names;

#[cfg(feature = "cli")]
pub(crate) use names::kazakh;

pub use local::{Local, descriptor};

use self::inflate::Inflated;
use super::Source;
use crate::facts::NameEncoding;

/// An end record may be followed by a comment of 65,535 bytes; behind that nothing is searched.
const SEARCH: u64 = 66_000;

/// Packed bytes read at a time.
const BUFFER: usize = 32 * 1024;

/// An open archive.
pub struct ZipFile<'a> {
    archive: ZipArchive<SourceAt<'a>>,
    /// Entries in the order of the central directory.
    pub entries: Vec<ZipEntry>,
    /// The central directory broke off or contradicts its end record, in the reader's words.
    pub contradiction: Option<String>,
    /// More entries than were asked for are there.
    pub cut_off: bool,
    /// How the names outside ASCII are written.
    pub names: Option<NameEncoding>,
    /// The comment at the end, as stored.
    pub comment: Vec<u8>,
    /// Sizes or counts are written in 64 bits.
    pub zip64: bool,
    /// Where the central directory begins.
    pub directory: u64,
    /// Where the end record begins.
    pub end_record: u64,
    /// Where the archive ends; bytes behind it do not belong to it.
    pub end: u64,
}

/// One line of the central directory.
pub struct ZipEntry {
    /// The name as a person reads it, `/` between folders.
    pub name: String,
    /// The name as stored.
    pub raw_name: Vec<u8>,
    /// The stored name has backslashes.
    pub backslashes: bool,
    /// It is a folder.
    pub folder: bool,
    /// What a Unix program makes of it, if one packed it: the file type bits of its mode.
    pub unix_type: Option<u32>,
    /// General purpose flags.
    pub flags: u16,
    /// Packing method number.
    pub method: u16,
    /// DOS time and date.
    pub time: u32,
    /// Packed size in bytes as declared.
    pub packed: u64,
    /// Unpacked size in bytes as declared.
    pub size: u64,
    /// CRC-32 as declared.
    pub crc: u32,
    /// The extra fields as stored.
    pub extra: Vec<u8>,
    /// The comment as stored.
    pub comment: Vec<u8>,
    /// Where its own header begins.
    pub offset: u64,
    wayfinder: ZipArchiveEntryWayfinder,
}

/// Packing method: deflate.
pub const DEFLATED: u16 = 8;

/// Bit of the flags: a password is needed.
pub const ENCRYPTED: u16 = 1;

/// Bit of the flags: sizes and checksum follow the data.
pub const DESCRIPTOR: u16 = 1 << 3;

/// Bit of the flags: the name is UTF-8.
pub const UTF8: u16 = 1 << 11;

impl ZipEntry {
    /// It needs a password.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.flags & ENCRYPTED != 0
    }

    /// It is a symbolic link or a device of a Unix system, and no file. What was packed from a pipe is a file.
    #[must_use]
    pub fn is_link(&self) -> bool {
        matches!(self.unix_type, Some(0o120_000 | 0o060_000 | 0o020_000))
    }
}

impl<'a> ZipFile<'a> {
    /// Reads the central directory, at most `max_entries` lines of it.
    ///
    /// # Errors
    /// There is no end record, or it points to nowhere; the text is the reader's own.
    pub fn open(source: &'a dyn Source, max_entries: usize) -> Result<ZipFile<'a>, String> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipLocator::new()
            .max_search_space(SEARCH)
            .locate_in_reader(SourceAt(source), &mut buffer, source.size())
            .map_err(|(_, error)| error.to_string())?;
        let declared = archive.entries_hint();
        let (directory, end_record, end) = (archive.directory_offset(), archive.eocd_offset(), archive.end_offset());
        let mut comment = Vec::new();
        // A comment that cannot be read is told as bytes that are missing at the end.
        let _ = archive.comment().read_to_end(&mut comment);
        let mut entries = Vec::new();
        let mut contradiction = None;
        let mut cut_off = false;
        let mut zip64 = false;
        let mut lines = archive.entries(&mut buffer);
        loop {
            let header = match lines.next_entry() {
                Ok(Some(header)) => header,
                Ok(None) => break,
                Err(error) => {
                    contradiction = Some(error.to_string());
                    break;
                }
            };
            if entries.len() >= max_entries {
                cut_off = true;
                break;
            }
            let raw_name = header.file_path().as_bytes().to_vec();
            let extra = header.extra_fields().remaining_bytes().to_vec();
            zip64 |= extra_field(&extra, 1).is_some();
            // Unix, and macOS, which writes the same.
            let made_on_unix = matches!(header.version_made_by().as_u16() >> 8, 3 | 19);
            let mode = header.external_attributes() >> 16;
            let modified = header.last_modified_dos();
            entries.push(ZipEntry {
                name: String::new(),
                backslashes: false,
                folder: false,
                unix_type: (made_on_unix && mode != 0).then_some(mode & 0o170_000),
                flags: header.flags().bits(),
                method: header.compression_method().as_u16(),
                time: u32::from(modified.packed_time()) | u32::from(modified.packed_date()) << 16,
                packed: header.compressed_size_hint(),
                size: header.uncompressed_size_hint(),
                crc: header.crc32(),
                comment: header.comment().as_bytes().to_vec(),
                offset: header.local_header_offset(),
                wayfinder: header.wayfinder(),
                raw_name,
                extra,
            });
        }
        let marked = |entry: &ZipEntry| entry.flags & UTF8 != 0;
        let unmarked = entries.iter().filter(|entry| !marked(entry)).map(|entry| entry.raw_name.as_slice());
        let unmarked = names::encoding(unmarked);
        for entry in &mut entries {
            let name = names::decode(&entry.raw_name, marked(entry), &entry.extra, unmarked);
            entry.backslashes = name.contains('\\');
            entry.name = name.replace('\\', "/");
            entry.folder = entry.name.ends_with('/');
        }
        let utf8 = entries.iter().any(|entry| marked(entry) && !entry.raw_name.is_ascii());
        let names = unmarked.or_else(|| utf8.then_some(NameEncoding::Utf8));
        if contradiction.is_none() && is_misplaced(source, end_record) {
            contradiction = Some("the directory does not end where the end record says".to_owned());
        }
        if contradiction.is_none() && !cut_off && declared != entries.len() as u64 {
            contradiction = Some(format!("{declared} entries declared, {} found", entries.len()));
        }
        Ok(ZipFile { archive, entries, contradiction, cut_off, names, comment, zip64, directory, end_record, end })
    }

    /// The name that a local header gives to `entry`, read as the directory's names are.
    #[must_use]
    pub fn local_name(&self, entry: &ZipEntry, local: &Local) -> String {
        let marked = local.flags & UTF8 != 0;
        // The one code page for the names that nothing is said of.
        let encoding = self.names.filter(|_| entry.flags & UTF8 == 0);
        names::decode(&local.name, marked, &local.extra, encoding).replace('\\', "/")
    }

    /// The unpacked bytes of an entry as a stream, or none if its packing method is not known.
    ///
    /// # Errors
    /// The entry's local header is damaged or out of the file.
    pub fn unpack(&self, entry: &ZipEntry) -> io::Result<Option<Unpacked<'_>>> {
        let packed = self.archive.get_entry(entry.wayfinder).map_err(io::Error::other)?.reader();
        Ok(match CompressionMethod::new(entry.method) {
            CompressionMethod::STORE => Some(Unpacked::Stored(Box::new(packed))),
            CompressionMethod::DEFLATE => {
                let buffer = vec![0; usize::try_from(entry.packed).unwrap_or(BUFFER).clamp(1, BUFFER)];
                Some(Unpacked::Deflated(Inflated::new(Box::new(packed), buffer)))
            }
            _ => None,
        })
    }
}

/// The content of an entry as a stream.
pub enum Unpacked<'a> {
    /// As it is.
    Stored(Box<dyn Read + 'a>),
    /// Deflated.
    Deflated(Inflated<'a>),
}

impl Unpacked<'_> {
    /// Packed bytes that were needed so far.
    #[must_use]
    pub fn packed(&self) -> Option<u64> {
        match self {
            Unpacked::Stored(_) => None,
            Unpacked::Deflated(stream) => Some(stream.packed()),
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Unpacked::Stored(stream) => stream.read(buffer),
            Unpacked::Deflated(stream) => stream.read(buffer),
        }
    }
}

/// The content of the first extra field with this id.
fn extra_field(extra: &[u8], wanted: u16) -> Option<&[u8]> {
    fields(extra).0.into_iter().find(|(id, _)| *id == wanted).map(|(_, content)| content)
}

/// The extra fields with their ids, and the bytes that are left when no whole field follows.
pub fn fields(extra: &[u8]) -> (Vec<(u16, &[u8])>, &[u8]) {
    let mut found = Vec::new();
    let mut rest = extra;
    while let [a, b, c, d, after @ ..] = rest {
        let length = usize::from(u16::from_le_bytes([*c, *d]));
        let Some((content, after)) = after.split_at_checked(length) else { break };
        found.push((u16::from_le_bytes([*a, *b]), content));
        rest = after;
    }
    (found, rest)
}

/// The directory does not end where the end record says: some programs then count from the end, some from the front.
fn is_misplaced(source: &dyn Source, end_record: u64) -> bool {
    const ENTRY: &[u8] = b"PK\x01\x02";
    const LARGE_END: &[u8] = b"PK\x06\x06";
    const SIGNATURE: &[u8] = b"PK\x05\x05";

    let Ok(record) = super::read(source, end_record, 22) else { return false };
    let number = |at: usize| record.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    // All ones say that the true number stands in the 64-bit record.
    let known = |at: usize| number(at).filter(|&number| number != u32::MAX).map(u64::from);
    let (Some(size), Some(offset)) = (known(12), known(16)) else { return false };
    let starts = |at: u64, with: &[u8]| super::read(source, at, 4).is_ok_and(|bytes| bytes == with);
    let end = offset + size;
    let others_between = starts(end, LARGE_END) || starts(end, SIGNATURE);
    // Something stands before the archive, and its numbers were left as they were.
    let shifted = size > 0 && end_record.checked_sub(size).is_some_and(|start| starts(start, ENTRY));
    end != end_record && !others_between && !shifted
}

struct SourceAt<'a>(&'a dyn Source);

impl ReaderAt for SourceAt<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.0.read_at(offset, buffer)
    }
}
