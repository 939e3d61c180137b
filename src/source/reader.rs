//! A source as a stream, for libraries that want `Read` and `Seek`.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use super::Source;

const BUFFER: usize = 32 * 1024;

/// Reads a source from the front, buffered, and can seek.
pub struct SourceReader<'a> {
    source: &'a dyn Source,
    /// Offset in the source of the first byte of `buffer`.
    start: u64,
    buffer: Vec<u8>,
    /// Bytes of `buffer` already given out.
    used: usize,
}

impl<'a> SourceReader<'a> {
    /// A stream that begins at `offset`.
    #[must_use]
    pub fn new(source: &'a dyn Source, offset: u64) -> SourceReader<'a> {
        SourceReader { source, start: offset, buffer: Vec::new(), used: 0 }
    }

    /// Offset of the next byte in the source.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.start + self.used as u64
    }

    /// Goes to `offset`; keeps the buffer if the offset lies in it.
    pub fn go_to(&mut self, offset: u64) {
        let inside = offset.checked_sub(self.start).filter(|&inside| inside <= self.buffer.len() as u64);
        if let Some(inside) = inside {
            self.used = usize::try_from(inside).unwrap_or(0);
        } else {
            self.start = offset;
            self.buffer.clear();
            self.used = 0;
        }
    }
}

impl Read for SourceReader<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(out.len());
        out[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for SourceReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.buffer.len() {
            self.start += self.used as u64;
            self.used = 0;
            self.buffer.resize(BUFFER, 0);
            let filled = super::fill(self.source, self.start, &mut self.buffer);
            self.buffer.truncate(*filled.as_ref().unwrap_or(&0));
            filled?;
        }
        Ok(&self.buffer[self.used..])
    }

    fn consume(&mut self, count: usize) {
        self.used = (self.used + count).min(self.buffer.len());
    }
}

impl Seek for SourceReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::Current(delta) => self.position().checked_add_signed(delta),
            SeekFrom::End(delta) => self.source.size().checked_add_signed(delta),
        };
        let target = target.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "seek before the beginning"))?;
        self.go_to(target);
        Ok(target)
    }
}
