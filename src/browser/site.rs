//! The files of an app, as a browser asks for them: straight from the archive or the folder, nothing is unpacked to disk.

use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::Range;
use std::path::PathBuf;

use crate::intake::Thing;
use crate::source::disk::DiskFile;
use crate::source::zip::ZipFile;
use crate::source::{self, Source};

/// Lines of a directory that are read.
const ENTRIES: usize = 100_000;

/// Bytes of a file that are given to a browser at a time.
const LARGEST: u64 = 256 << 20;

/// An app that is open for reading.
pub(super) enum Site {
    /// The directory is read anew for each file, which takes less time than unpacking it.
    Archive {
        file: DiskFile,
        entries: HashMap<String, usize>,
    },
    Folder(HashMap<String, PathBuf>),
}

/// A file of an app, or a part of it.
pub(super) struct Content {
    pub bytes: Vec<u8>,
    /// Which bytes of the file these are.
    pub part: Range<u64>,
    /// How many the file has.
    pub size: u64,
}

impl Site {
    pub(super) fn open(app: &Thing) -> io::Result<Site> {
        match app {
            Thing::File(path) => {
                let file = DiskFile::open(path)?;
                let zip = ZipFile::open(&file, ENTRIES).map_err(io::Error::other)?;
                let mut entries = HashMap::new();
                for (number, entry) in zip.entries.iter().enumerate() {
                    if !entry.folder && !entry.is_link() && !entry.is_encrypted() {
                        // Of two entries of one name unpackers keep the last.
                        entries.insert(entry.name.clone(), number);
                    }
                }
                drop(zip);
                Ok(Site::Archive { file, entries })
            }
            Thing::Folder(files) => {
                let files = files.iter().filter(|file| !file.link);
                Ok(Site::Folder(files.map(|file| (file.name.clone(), file.path.clone())).collect()))
            }
            Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Site::Archive { entries, .. } => entries.contains_key(name),
            Site::Folder(files) => files.contains_key(name),
        }
    }

    /// A file; `None` if the app has none of this name. `part` tells which bytes are wanted of how many there are.
    pub(super) fn read(&self, name: &str, part: impl Fn(u64) -> Range<u64>) -> io::Result<Option<Content>> {
        match self {
            Site::Archive { file, entries } => {
                let Some(number) = entries.get(name) else { return Ok(None) };
                let zip = ZipFile::open(file, ENTRIES).map_err(io::Error::other)?;
                let Some(entry) = zip.entries.get(*number) else { return Ok(None) };
                let part = bounded(part(entry.size));
                let Some(mut stream) = zip.unpack(entry)? else { return Ok(None) };
                io::copy(&mut (&mut stream).take(part.start), &mut io::sink())?;
                let mut bytes = Vec::new();
                stream.take(part.end - part.start).read_to_end(&mut bytes)?;
                Ok(Some(Content { bytes, part, size: entry.size }))
            }
            Site::Folder(files) => {
                let Some(path) = files.get(name) else { return Ok(None) };
                let file = DiskFile::open(path)?;
                let part = bounded(part(file.size()));
                let length = usize::try_from(part.end - part.start).unwrap_or(usize::MAX);
                let bytes = source::read(&file, part.start, length)?;
                Ok(Some(Content { bytes, part, size: file.size() }))
            }
        }
    }
}

fn bounded(part: Range<u64>) -> Range<u64> {
    part.start..part.end.max(part.start).min(part.start.saturating_add(LARGEST))
}
