//! What is kept from one run to the next: facts, so that what did not change is not measured again, and prints of works of
//! earlier contests. Judgements are never kept: they are made anew from the facts.

#![expect(clippy::disallowed_methods, reason = "this is the room that keeps facts on the disk")]

pub mod cache;
pub mod index;
pub mod journal;
mod stamp;

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use stamp::Stamp;

use crate::facts::Facts;
use crate::intake::Submission;

/// Facts by submission.
pub trait Store: Sync {
    /// The facts of a submission that is still what it was when they were measured.
    fn recall(&self, submission: &Submission, stamp: &Stamp) -> Option<Facts>;

    /// Keeps facts. A store that cannot keep them any more says so at the end of the run; the run goes on.
    fn keep(&self, submission: &Submission, stamp: &Stamp, facts: &Facts);

    /// What went wrong while facts were kept, if anything did.
    fn trouble(&self) -> Option<io::Error>;
}

/// Something as packed JSON.
fn packed(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    serde_json::to_writer(&mut packed, value)?;
    packed.finish()
}

/// What `packed` made.
fn unpacked<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    // All at once, because texts are read several times faster from memory than from a stream.
    let mut json = Vec::new();
    io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(bytes), &mut json)?;
    Ok(serde_json::from_slice(&json)?)
}
