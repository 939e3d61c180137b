//! Bytes that are in memory already.

use std::io;

use super::Source;

/// Bytes in memory: an unpacked archive entry, a test, a file handed over by a browser.
pub struct Memory<T>(pub T);

impl<T: AsRef<[u8]> + Send + Sync> Source for Memory<T> {
    fn size(&self) -> u64 {
        self.0.as_ref().len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.0.as_ref();
        let rest = usize::try_from(offset).ok().and_then(|offset| bytes.get(offset..)).unwrap_or(&[]);
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }

    fn in_memory(&self) -> Option<&[u8]> {
        Some(self.0.as_ref())
    }
}
