//! ZIP archives as directories of sources: the central directory as a listing, and the unpacked bytes of each entry.
//!
//! `rawzip` reads the structure because it shows duplicate names, raw bytes and all entries, where the `zip` crate
//! keeps the last of two equal names and hides what the count in the end record leaves out.

use std::io::{self, Read};

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipLocator};

use super::Source;

/// An end record may be followed by a comment of 65,535 bytes; behind that nothing is searched.
const SEARCH: u64 = 66_000;

/// An open archive.
pub struct ZipFile<'a> {
    archive: ZipArchive<SourceAt<'a>>,
    /// Entries in the order of the central directory.
    pub entries: Vec<ZipEntry>,
    /// The central directory broke off or contradicts its end record, in the reader's words.
    pub contradiction: Option<String>,
    /// More entries than were asked for are there.
    pub cut_off: bool,
    /// Where the central directory begins.
    pub directory: u64,
    /// Where the archive ends; bytes behind it do not belong to it.
    pub end: u64,
}

/// One line of the central directory.
pub struct ZipEntry {
    /// The name as a person reads it, `/` between folders.
    pub name: String,
    /// The stored name has backslashes.
    pub backslashes: bool,
    /// It is a folder.
    pub folder: bool,
    /// It is a symbolic link.
    pub link: bool,
    /// It needs a password.
    pub encrypted: bool,
    /// Packing method number.
    pub method: u16,
    /// Unpacked size in bytes as declared.
    pub size: u64,
    /// CRC-32 as declared.
    pub crc: u32,
    wayfinder: ZipArchiveEntryWayfinder,
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
        let (directory, end) = (archive.directory_offset(), archive.end_offset());
        let mut entries = Vec::new();
        let mut contradiction = None;
        let mut cut_off = false;
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
            let name = decode_name(header.file_path().as_bytes());
            let backslashes = name.contains('\\');
            let name = name.replace('\\', "/");
            entries.push(ZipEntry {
                folder: name.ends_with('/'),
                name,
                backslashes,
                link: header.mode().is_symlink(),
                encrypted: header.flags().is_encrypted(),
                method: header.compression_method().as_u16(),
                size: header.uncompressed_size_hint(),
                crc: header.crc32(),
                wayfinder: header.wayfinder(),
            });
        }
        if contradiction.is_none() && is_misplaced(source, archive.eocd_offset()) {
            contradiction = Some("the directory does not end where the end record says".to_owned());
        }
        if contradiction.is_none() && !cut_off && declared != entries.len() as u64 {
            contradiction = Some(format!("{declared} entries declared, {} found", entries.len()));
        }
        Ok(ZipFile { archive, entries, contradiction, cut_off, directory, end })
    }

    /// What the entry's own header says otherwise than the central directory; some programs believe the one, some the
    /// other.
    ///
    /// # Errors
    /// The entry's own header is damaged or out of the file.
    pub fn disagreement(&self, entry: &ZipEntry) -> io::Result<Option<&'static str>> {
        let opened = self.archive.get_entry(entry.wayfinder).map_err(io::Error::other)?;
        // A name and fields of a few hundred bytes fit the first buffer, the largest allowed ones the second.
        let mut buffer = vec![0; 1024];
        if opened.local_header(&mut buffer).is_err() {
            buffer.resize(2 * usize::from(u16::MAX) + 64, 0);
        }
        let local = opened.local_header(&mut buffer).map_err(io::Error::other)?;
        // In a stream the sizes and the checksum follow the data, and the header has zeros.
        let follows = local.flags().has_data_descriptor();
        let known = |size: u64| size < u64::from(u32::MAX);
        let size = local.uncompressed_size_hint();
        Ok(if decode_name(local.file_path().as_bytes()).replace('\\', "/") != entry.name {
            Some("two names")
        } else if !follows && local.crc32() != entry.crc {
            Some("two checksums")
        } else if !follows && known(size) && known(entry.size) && size != entry.size {
            Some("two sizes")
        } else if local.flags().is_encrypted() != entry.encrypted {
            Some("encrypted or not")
        } else {
            None
        })
    }

    /// The unpacked bytes of an entry as a stream, or none if its packing method is not known.
    ///
    /// # Errors
    /// The entry's local header is damaged or out of the file.
    pub fn unpack(&self, entry: &ZipEntry) -> io::Result<Option<Box<dyn Read + '_>>> {
        let packed = self.archive.get_entry(entry.wayfinder).map_err(io::Error::other)?.reader();
        Ok(match CompressionMethod::new(entry.method) {
            CompressionMethod::STORE => Some(Box::new(packed)),
            CompressionMethod::DEFLATE => Some(Box::new(DeflateDecoder::new(packed))),
            _ => None,
        })
    }
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

/// Names are UTF-8, or in the DOS code page of a Russian or Kazakh Windows.
fn decode_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::IBM866.decode_without_bom_handling(raw).0.into_owned(),
    }
}

struct SourceAt<'a>(&'a dyn Source);

impl ReaderAt for SourceAt<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.0.read_at(offset, buffer)
    }
}
