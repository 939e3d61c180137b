//! Unpacks deflated entries, with what the entry before left behind.

use std::cell::Cell;
use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};

thread_local! {
    // The state takes 50 KB, more than most entries have. It is aligned, too, and the allocator of glibc leaves holes
    // where aligned memory was: made anew for each entry, 100,000 pages took 1.6 GB instead of 0.15.
    static IDLE: Cell<Option<Decompress>> = const { Cell::new(None) };
}

/// The unpacked bytes of a deflated stream.
pub struct Inflated<'a> {
    packed: Box<dyn Read + 'a>,
    buffer: Vec<u8>,
    /// Bytes of `buffer` that were used, and bytes that are in it.
    used: usize,
    filled: usize,
    /// Nothing only while it is dropped.
    state: Option<Decompress>,
}

impl<'a> Inflated<'a> {
    /// Reads `packed` by as many bytes at a time as `buffer` has.
    pub(super) fn new(packed: Box<dyn Read + 'a>, buffer: Vec<u8>) -> Inflated<'a> {
        let state = IDLE.take().unwrap_or_else(|| Decompress::new(false));
        Inflated { packed, buffer, used: 0, filled: 0, state: Some(state) }
    }

    /// Packed bytes that were needed so far.
    pub(super) fn packed(&self) -> u64 {
        self.state.as_ref().map_or(0, Decompress::total_in)
    }
}

impl Read for Inflated<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(state) = &mut self.state else { return Ok(0) };
        loop {
            if self.used == self.filled {
                (self.used, self.filled) = (0, self.packed.read(&mut self.buffer)?);
            }
            let (before_in, before_out) = (state.total_in(), state.total_out());
            let end = self.filled == 0;
            let flush = if end { FlushDecompress::Finish } else { FlushDecompress::None };
            let status = state
                .decompress(&self.buffer[self.used..self.filled], out, flush)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "corrupt deflate stream"))?;
            self.used += usize::try_from(state.total_in() - before_in).unwrap_or(0);
            let count = usize::try_from(state.total_out() - before_out).unwrap_or(0);
            if count > 0 || out.is_empty() || status == Status::StreamEnd {
                return Ok(count);
            }
            if end {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "incomplete deflate stream"));
            }
        }
    }
}

impl Drop for Inflated<'_> {
    fn drop(&mut self) {
        if let Some(mut state) = self.state.take() {
            state.reset(false);
            IDLE.set(Some(state));
        }
    }
}
