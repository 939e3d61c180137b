//! The only door to bytes. A source is anything that knows its length and can be read at any offset: a file on the
//! disk, bytes in memory, later an object in a store or a `Blob` in a browser.

#[cfg(feature = "cli")]
pub mod disk;
mod memory;
mod reader;
pub mod zip;

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use sha2::{Digest, Sha256};

pub use memory::Memory;
pub use reader::SourceReader;

/// Bytes that can be read at any offset, from several threads at a time.
pub trait Source: Send + Sync {
    /// Total bytes.
    fn size(&self) -> u64;

    /// Reads some bytes at `offset` into `buffer`; 0 means the end.
    ///
    /// # Errors
    /// What the system says when it cannot deliver.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;

    /// All bytes, if they are in memory already, so that nobody has to copy them.
    fn in_memory(&self) -> Option<&[u8]> {
        None
    }
}

/// Reads until `buffer` is full or the source ends, and tells how much was read.
///
/// # Errors
/// What the source says when it cannot deliver.
pub fn fill(source: &dyn Source, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while done < buffer.len() {
        match source.read_at(offset + done as u64, &mut buffer[done..]) {
            Ok(0) => break,
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// SHA-256 of all bytes of a source.
///
/// # Errors
/// They cannot be read to their end.
pub fn sha256(source: &dyn Source) -> io::Result<[u8; 32]> {
    digest(SourceReader::new(source, 0)).map(|(digest, _)| digest)
}

/// SHA-256 of all bytes of a stream, and how many they are.
///
/// # Errors
/// They cannot be read to their end.
pub fn digest(mut stream: impl BufRead) -> io::Result<([u8; 32], u64)> {
    let mut hash = Sha256::new();
    let mut size = 0;
    loop {
        let buffer = stream.fill_buf()?;
        if buffer.is_empty() {
            return Ok((hash.finalize().into(), size));
        }
        hash.update(buffer);
        let length = buffer.len();
        size += length as u64;
        stream.consume(length);
    }
}

/// The first bytes of a source, at most `length`: those in memory where they are, else a copy.
///
/// # Errors
/// What the source says when it cannot deliver.
pub fn beginning(source: &dyn Source, length: usize) -> io::Result<Cow<'_, [u8]>> {
    match source.in_memory() {
        Some(bytes) => Ok(Cow::Borrowed(&bytes[..bytes.len().min(length)])),
        None => read(source, 0, length).map(Cow::Owned),
    }
}

/// At most `length` bytes at `offset`; fewer if the source ends before. The allocation never exceeds what is there.
///
/// # Errors
/// What the source says when it cannot deliver.
pub fn read(source: &dyn Source, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let present = source.size().saturating_sub(offset);
    let mut bytes = vec![0; length.min(usize::try_from(present).unwrap_or(usize::MAX))];
    let count = fill(source, offset, &mut bytes)?;
    bytes.truncate(count);
    Ok(bytes)
}

/// Why a source did not deliver all that was wanted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// The system could not read it, or it became shorter meanwhile.
    Failed,
    /// As much was read as may be, and more was wanted.
    Spent,
}

/// A source that counts the bytes read through it, gives no more of them than it may, and remembers when it could not
/// deliver.
pub struct Counted<'a> {
    inner: &'a dyn Source,
    most: u64,
    count: AtomicU64,
    failed: AtomicBool,
    spent: AtomicBool,
}

impl<'a> Counted<'a> {
    /// Counts from zero, and reads up to `most` bytes; those that are read twice count twice, those in memory are not read.
    #[must_use]
    pub fn new(inner: &'a dyn Source, most: u64) -> Counted<'a> {
        Counted { inner, most, count: AtomicU64::new(0), failed: AtomicBool::new(false), spent: AtomicBool::new(false) }
    }

    /// Bytes read so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Why it could not deliver, if it could not.
    #[must_use]
    pub fn shortage(&self) -> Option<Shortage> {
        let is = |flag: &AtomicBool, what| flag.load(Ordering::Relaxed).then_some(what);
        is(&self.spent, Shortage::Spent).or(is(&self.failed, Shortage::Failed))
    }
}

impl Source for Counted<'_> {
    fn size(&self) -> u64 {
        self.inner.size()
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let (left, wanted) = (self.most.saturating_sub(self.count()), !buffer.is_empty() && offset < self.size());
        if left == 0 && wanted {
            self.spent.store(true, Ordering::Relaxed);
            return Err(io::Error::other("no more may be read"));
        }
        let length = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.inner.read_at(offset, &mut buffer[..length]);
        match &read {
            // Somebody makes it shorter meanwhile.
            Ok(0) if wanted => self.failed.store(true, Ordering::Relaxed),
            Ok(count) => {
                self.count.fetch_add(*count as u64, Ordering::Relaxed);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => self.failed.store(true, Ordering::Relaxed),
        }
        read
    }

    fn in_memory(&self) -> Option<&[u8]> {
        let bytes = self.inner.in_memory()?;
        self.count.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Some(bytes)
    }
}
