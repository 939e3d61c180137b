//! The header that stands before each entry, and the record that may follow its data. They are read here, byte by byte,
//! and not by the library that reads the directory: a second reading is worth something only if it is made by another.

use std::io;

use super::extra_field;
use crate::source::{self, Source};

const SIGNATURE: &[u8] = b"PK\x03\x04";
const FIXED: usize = 30;

/// Bytes asked for at first; most headers fit.
const GUESS: usize = 256;

/// Extra field with the sizes in 64 bits.
const ZIP64: u16 = 0x0001;

/// A local header.
pub struct Local {
    /// General purpose flags.
    pub flags: u16,
    /// Packing method number.
    pub method: u16,
    /// DOS time and date.
    pub time: u32,
    /// CRC-32; 0 if it follows the data.
    pub crc: u32,
    /// Packed size in bytes; 0 if it follows the data.
    pub packed: u64,
    /// Unpacked size in bytes; 0 if it follows the data.
    pub size: u64,
    /// The name as stored.
    pub name: Vec<u8>,
    /// The extra fields as stored.
    pub extra: Vec<u8>,
    /// Bytes of the header, name and extra fields included: the data follows.
    pub length: u64,
}

impl Local {
    /// The header at `offset`; none if there is no whole one.
    ///
    /// # Errors
    /// What the source says when it cannot deliver.
    pub fn read(source: &dyn Source, offset: u64) -> io::Result<Option<Local>> {
        let mut bytes = source::read(source, offset, GUESS)?;
        if bytes.len() < FIXED || !bytes.starts_with(SIGNATURE) {
            return Ok(None);
        }
        let short = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        let long = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let (flags, method, time, crc) = (short(6), short(8), long(10), long(14));
        let (mut packed, mut size) = (u64::from(long(18)), u64::from(long(22)));
        let (name, extra) = (usize::from(short(26)), usize::from(short(28)));
        let length = FIXED + name + extra;
        if length > bytes.len() {
            bytes = source::read(source, offset, length)?;
        }
        if length > bytes.len() {
            return Ok(None);
        }
        let extra = bytes[FIXED + name..length].to_vec();
        // All ones in the header mean that the number stands in the extra field, the unpacked size first.
        let mut large = extra_field(&extra, ZIP64).unwrap_or_default().chunks_exact(8);
        for number in [&mut size, &mut packed] {
            if *number == u64::from(u32::MAX)
                && let Some(bytes) = large.next().and_then(|bytes| bytes.try_into().ok())
            {
                *number = u64::from_le_bytes(bytes);
            }
        }
        let name = bytes[FIXED..FIXED + name].to_vec();
        Ok(Some(Local { flags, method, time, crc, packed, size, name, extra, length: length as u64 }))
    }
}

/// The length of the data descriptor at `offset` that says just this, in whichever of its four forms; none if what
/// stands there says something else.
///
/// # Errors
/// What the source says when it cannot deliver.
pub fn descriptor(source: &dyn Source, offset: u64, crc: u32, packed: u64, size: u64) -> io::Result<Option<u64>> {
    const SIGNATURE: &[u8] = b"PK\x07\x08";

    let bytes = source::read(source, offset, 24)?;
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    for (signed, width) in [(true, 4), (true, 8), (false, 4), (false, 8)] {
        let body = if signed { bytes.strip_prefix(SIGNATURE) } else { Some(bytes.as_slice()) };
        let Some(body) = body.filter(|body| body.len() >= 4 + 2 * width) else { continue };
        let mask = if width == 4 { u64::from(u32::MAX) } else { u64::MAX };
        let said = [number(&body[..4]), number(&body[4..4 + width]), number(&body[4 + width..4 + 2 * width])];
        if said == [u64::from(crc), packed & mask, size & mask] {
            let signature = if signed { SIGNATURE.len() } else { 0 };
            return Ok(Some((signature + 4 + 2 * width) as u64));
        }
    }
    Ok(None)
}
