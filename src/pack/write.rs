//! A planned package, written: the same content gives the same bytes, whatever folder or archive it came from and whenever.

use std::io::{self, Read, Seek, Write};

use aho_corasick::{AhoCorasick, Match};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::receipt::FileDigest;
use super::rewrite::rewritten;
use super::{Edit, Origin, Packed, Plan};
use crate::hex;
use crate::intake::AppFile;
use crate::source::zip::ZipFile;
use crate::source::{Source, disk::DiskFile};

/// Bytes that are packed at a time. Always as many, because what a packer makes of them could depend on it.
const PIECE: usize = 64 * 1024;

/// Bytes of a text that addresses are exchanged in. No more are read for facts.
const TEXT: u64 = 64 << 20;

/// Bytes of a picture that is made smaller, and of its points. What is larger would keep an author waiting.
const PICTURE: u64 = 16 << 20;

/// How hard to pack: what everybody's programs take for the balance of size and time.
const LEVEL: i64 = 6;

/// Bytes from which an entry needs the large form.
const LARGE: u64 = u32::MAX as u64;

/// Where the content of an app is read.
pub enum Content<'a> {
    /// In an archive.
    Archive(ZipFile<'a>),
    /// In a folder.
    Folder(&'a [AppFile]),
}

/// A package that was written.
pub struct Written {
    /// Its files, by name.
    pub files: Vec<FileDigest>,
    /// Names that no file has any more and that are still to be read in it.
    pub left: Vec<Left>,
}

/// A name that no file has any more, and a file in which it is still to be read.
#[derive(Debug, PartialEq)]
pub struct Left {
    /// The file.
    pub file: String,
    /// The name, without its extension.
    pub name: String,
}

/// Why a package was not written.
#[derive(Debug)]
pub enum Failed {
    /// A file cannot be read, or is not what it was when it was looked at.
    Unreadable {
        /// Its name.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// An address cannot be exchanged where it stands.
    Address {
        /// The file that it stands in.
        name: String,
        /// The address.
        url: String,
    },
    /// The package itself cannot be written.
    Output(io::Error),
}

/// Writes a package.
///
/// # Errors
/// Something cannot be read, exchanged or written; what was written until then is no package.
pub fn write(plan: &Plan, content: &Content<'_>, out: impl Write + Seek) -> Result<Written, Failed> {
    let output = |error: zip::result::ZipError| Failed::Output(error.into());
    let given_up = (!plan.given_up.is_empty()).then(|| AhoCorasick::new(&plan.given_up)).and_then(Result::ok);
    let mut zip = ZipWriter::new(out);
    let mut written = Written { files: Vec::with_capacity(plan.files.len()), left: Vec::new() };
    for file in &plan.files {
        let unreadable = |error| Failed::Unreadable { name: file.name.clone(), error };
        let mut opened = content.open(file).map_err(unreadable)?;
        if !file.edits.is_empty() || file.text && given_up.is_some() {
            let bytes = text(opened, file)?;
            if let Some(given_up) = &given_up {
                written.left.extend(left(given_up, &bytes, file, plan));
            }
            opened = Opened::of(bytes);
        } else if file.shrunk && opened.size <= PICTURE {
            opened = Opened::of(shrunk(opened).map_err(unreadable)?);
        }
        let method = if file.packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((!file.packed).then_some(LEVEL))
            // The beginning of the time of ZIP: when something was packed is no part of what it is.
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(opened.size >= LARGE);
        zip.start_file(file.name.as_str(), options).map_err(output)?;
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut piece = Vec::with_capacity(PIECE);
        while {
            piece.clear();
            (&mut opened.stream).take(PIECE as u64).read_to_end(&mut piece).map_err(unreadable)? > 0
        } {
            hash.update(&piece);
            size += piece.len() as u64;
            zip.write_all(&piece).map_err(Failed::Output)?;
        }
        written.files.push(FileDigest { name: file.name.clone(), size, sha256: hex(&hash.finalize()) });
    }
    zip.finish().and_then(|mut out| Ok(out.flush()?)).map_err(output)?;
    Ok(written)
}

/// The content of a text with its addresses exchanged.
fn text(opened: Opened<'_>, file: &Packed) -> Result<Vec<u8>, Failed> {
    let unreadable = |error| Failed::Unreadable { name: file.name.clone(), error };
    let mut bytes = Vec::new();
    opened.stream.take(TEXT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > TEXT {
        return Err(unreadable(io::ErrorKind::FileTooLarge.into()));
    }
    let failed = |edit: &Edit| Failed::Address { name: file.name.clone(), url: edit.was.clone() };
    rewritten(&bytes, &file.edits).map_err(failed)
}

/// A PNG picture with the same points in the same colours, and everything else that it says; as it was, if nothing is won.
fn shrunk(opened: Opened<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    opened.stream.take(PICTURE).read_to_end(&mut bytes)?;
    let options =
        oxipng::Options { max_decompressed_size: usize::try_from(PICTURE).ok(), ..oxipng::Options::default() };
    Ok(oxipng::optimize_from_memory(&bytes, &options)
        .ok()
        .filter(|smaller| smaller.len() < bytes.len())
        .unwrap_or(bytes))
}

/// The names that no file has any more and that a text still holds, each once. They are common words: only what stands as a
/// text of a script or a part of an address is meant, as in `"img/" + "сурет" + number + ".png"`.
fn left(given_up: &AhoCorasick, bytes: &[u8], file: &Packed, plan: &Plan) -> Vec<Left> {
    let edge = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`' | b'/');
    let is_meant = |found: &Match| {
        let before = found.start().checked_sub(1).and_then(|before| bytes.get(before));
        let behind = bytes.get(found.end());
        before.is_some_and(edge) && behind.is_some_and(|byte| edge(byte) || *byte == b'.')
    };
    let found = given_up.find_iter(bytes).filter(is_meant);
    let mut found: Vec<usize> = found.map(|found| found.pattern().as_usize()).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|number| Left { file: file.name.clone(), name: plan.given_up[number].clone() }).collect()
}

/// A file of an app that is open for reading.
struct Opened<'a> {
    stream: Box<dyn Read + 'a>,
    size: u64,
}

impl Opened<'_> {
    fn of(bytes: Vec<u8>) -> Opened<'static> {
        Opened { size: bytes.len() as u64, stream: Box::new(io::Cursor::new(bytes)) }
    }
}

impl<'a> Content<'a> {
    fn open<'b>(&'b self, file: &'b Packed) -> io::Result<Opened<'b>> {
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        match (&file.from, self) {
            (Origin::Made(text), _) => Ok(Opened { size: text.len() as u64, stream: Box::new(text.as_bytes()) }),
            (Origin::Entry(number), Content::Archive(zip)) => {
                let entry = zip.entries.get(*number).ok_or_else(gone)?;
                let stream = zip.unpack(entry)?.ok_or(io::ErrorKind::Unsupported)?;
                let (crc, size) = (entry.crc, entry.size);
                let checked = Checked { stream, hash: crc32fast::Hasher::new(), left: size, crc };
                Ok(Opened { stream: Box::new(checked), size })
            }
            (Origin::Entry(number), Content::Folder(files)) => {
                let disk = DiskFile::open(&files.get(*number).ok_or_else(gone)?.path)?;
                let size = disk.size();
                Ok(Opened { stream: Box::new(Owned { disk, at: 0 }), size })
            }
        }
    }
}

/// An entry that has to be what its archive says of it.
struct Checked<R> {
    stream: R,
    hash: crc32fast::Hasher,
    left: u64,
    crc: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.hash.update(&buffer[..count]);
        let sound = match self.left.checked_sub(count as u64) {
            Some(left) => {
                self.left = left;
                count > 0 || buffer.is_empty() || left == 0 && self.hash.clone().finalize() == self.crc
            }
            None => false,
        };
        if sound { Ok(count) } else { Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum does not agree")) }
    }
}

/// A file on the disk as a stream.
struct Owned {
    disk: DiskFile,
    at: u64,
}

impl Read for Owned {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.disk.read_at(self.at, buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}
