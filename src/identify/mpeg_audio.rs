//! MPEG audio: frames that announce their own length, with tags around them. The headers are weak, so that several in a row
//! are needed before bytes are taken for sound.

use crate::facts::Format;
use crate::source::{self, Source};

/// Bytes that are searched for the first frame of what may be anything.
const SEARCH: usize = 64 * 1024;

/// The same in a file that calls itself MP3: real ones have pictures and pages of a hundred kilobytes in front.
const PATIENT_SEARCH: usize = 512 * 1024;

/// Tags that may stand one behind the other in front of the sound.
const TAGS: usize = 8;

/// The longest frame in free format: 640 kbit/s at the lowest rate of its kind.
const LONGEST_FREE: usize = 2881;

/// What the four bytes before each frame say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// 1 to 3.
    pub(crate) layer: u8,
    /// Samples a second.
    pub(crate) rate: u32,
    pub(crate) channels: u16,
    /// Samples of one channel in a frame.
    pub(crate) samples: u32,
    /// Bits a second; none in free format.
    pub(crate) bit_rate: Option<u32>,
    /// Bytes that fill up this frame.
    pub(crate) padding: usize,
    /// MPEG-1, not one of the lower rates.
    pub(crate) full: bool,
}

impl Header {
    pub(crate) fn read(bytes: &[u8]) -> Option<Header> {
        const RATES: [u32; 3] = [44_100, 48_000, 32_000];
        const BITS_1_1: [u32; 14] = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
        const BITS_1_2: [u32; 14] = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
        const BITS_1_3: [u32; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        const BITS_2_1: [u32; 14] = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
        const BITS_2: [u32; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

        let &[0xFF, b1, b2, b3] = bytes.get(..4)? else { return None };
        let shift = match b1 {
            b1 if b1 & 0xE0 != 0xE0 => return None,
            b1 => match b1 >> 3 & 3 {
                3 => 0,
                2 => 1,
                0 => 2,
                _ => return None,
            },
        };
        let full = shift == 0;
        let layer = 4 - (b1 >> 1 & 3);
        let table = match (full, layer) {
            (true, 1) => BITS_1_1,
            (true, 2) => BITS_1_2,
            (true, 3) => BITS_1_3,
            (false, 1) => BITS_2_1,
            (false, 2 | 3) => BITS_2,
            _ => return None,
        };
        let bit_rate = match b2 >> 4 {
            0 => None,
            index => Some(table.get(usize::from(index) - 1)? * 1000),
        };
        Some(Header {
            layer,
            rate: RATES.get(usize::from(b2 >> 2 & 3))? >> shift,
            channels: if b3 >> 6 == 3 { 1 } else { 2 },
            samples: match layer {
                1 => 384,
                3 if !full => 576,
                _ => 1152,
            },
            bit_rate,
            padding: usize::from(b2 >> 1 & 1) * if layer == 1 { 4 } else { 1 },
            full,
        })
    }

    /// Bytes of the frame; none in free format, where only the next frame tells.
    pub(crate) fn length(&self) -> Option<usize> {
        let bits = self.bit_rate? as usize;
        let rate = self.rate as usize;
        Some(
            self.padding + if self.layer == 1 { 12 * bits / rate * 4 } else { self.samples as usize / 8 * bits / rate },
        )
    }

    /// The two can be frames of one recording.
    pub(crate) fn goes_with(&self, other: &Header) -> bool {
        (self.layer, self.rate, self.full) == (other.layer, other.rate, other.full)
            && self.bit_rate.is_none() == other.bit_rate.is_none()
    }
}

/// Bytes that a frame of free format has without padding: as many as lie before the next one like it, three times.
pub(crate) fn free_length(bytes: &[u8], first: &Header) -> Option<usize> {
    let is_next = |at: usize| Header::read(bytes.get(at..)?).filter(|next| next.goes_with(first));
    (32..=LONGEST_FREE).find_map(|length| {
        let plain = length.checked_sub(first.padding)?;
        let second = is_next(length)?;
        let third = is_next(length + plain + second.padding)?;
        is_next(length + 2 * plain + second.padding + third.padding).map(|_| plain)
    })
}

/// Length in bytes of the `ID3v2` tag at the front, its header and footer included.
pub(crate) fn id3v2_length(head: &[u8]) -> Option<u64> {
    const FOOTER: u8 = 0x10;

    let header = head.get(..10)?;
    let plausible = header.starts_with(b"ID3") && header[3] < 0x10 && header[6..].iter().all(|&byte| byte < 0x80);
    let length = header[6..].iter().fold(0u64, |sum, &byte| sum << 7 | u64::from(byte));
    let footer = if header[3] >= 4 && header[5] & FOOTER != 0 { 10 } else { 0 };
    plausible.then_some(length + 10 + footer)
}

/// Where the tags in front of the sound end.
pub(crate) fn behind_tags(source: &dyn Source) -> std::io::Result<u64> {
    let mut at = 0;
    for _ in 0..TAGS {
        match id3v2_length(&source::read(source, at, 10)?) {
            Some(length) => at += length,
            None => break,
        }
    }
    Ok(at)
}

/// Where the first of `count` frames in a row lies. Layer I and the free format are believed only where a file calls itself
/// MP3 (`patient`): nobody else writes them, and their loose headers turn noise into sound.
pub(crate) fn first_frame(bytes: &[u8], count: usize, patient: bool) -> Option<usize> {
    (0..bytes.len().saturating_sub(4)).find(|&start| {
        if bytes[start] != 0xFF {
            return false;
        }
        let Some(first) = Header::read(&bytes[start..]) else { return false };
        if first.bit_rate.is_none() {
            return patient && free_length(&bytes[start..], &first).is_some();
        }
        if first.layer == 1 && !patient {
            return false;
        }
        let mut at = start;
        (0..count).all(|_| {
            let header = bytes.get(at..).and_then(Header::read).filter(|header| header.goes_with(&first));
            let Some(length) = header.and_then(|header| header.length()) else { return false };
            at += length;
            true
        })
    })
}

/// MP3: an ID3 tag, or three frames in a row within the first bytes.
pub(super) fn identify(source: &dyn Source, head: &[u8], promised: Option<Format>) -> Option<Format> {
    let patient = promised == Some(Format::Mp3);
    let start = if head.starts_with(b"ID3") { behind_tags(source).ok()? } else { 0 };
    let bytes = source::read(source, start, SEARCH).ok()?;
    if start > 0 && bytes.starts_with(b"fLaC") {
        return Some(Format::Flac);
    }
    // A tag is a promise: damaged sound behind it is still sound.
    if first_frame(&bytes, 3, patient).is_some() || (start > 0 && start < source.size()) {
        return Some(Format::Mp3);
    }
    let more = if patient { source::read(source, start, PATIENT_SEARCH).ok()? } else { Vec::new() };
    // The further one looks, the more must agree.
    first_frame(&more, 6, false).map(|_| Format::Mp3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_header_tells_its_length() {
        let length = |bytes: [u8; 4]| Header::read(&bytes).and_then(|header| header.length());
        // MPEG-1 layer III, 128 kbit/s, 44.1 kHz; MPEG-2 layer III, 64 kbit/s, 22.05 kHz; MPEG-1 layer I, 448 kbit/s.
        assert_eq!(length([0xFF, 0xFB, 0x90, 0x00]), Some(417));
        assert_eq!(length([0xFF, 0xF3, 0x80, 0x00]), Some(208));
        assert_eq!(length([0xFF, 0xFF, 0xE4, 0x00]), Some(448));
        assert_eq!(length([0xFF, 0xFF, 0xFF, 0xFF]), None);
    }

    #[test]
    fn a_tag_tells_its_length_with_its_footer() {
        assert_eq!(id3v2_length(b"ID3\x03\0\0\0\0\x01\0"), Some(138));
        assert_eq!(id3v2_length(b"ID3\x04\0\x10\0\0\x01\0"), Some(148));
        assert_eq!(id3v2_length(b"ID3 tags explained"), None);
    }
}
