//! JPEG: the size from the frame header, the end from the markers, the pixels from the decoder.
//!
//! Decoders of today show a picture that was cut off and call it good, so the end marker is looked for here, and the
//! decoder is asked to be strict.

use std::io::{BufRead, Read};

use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::{Context, picture};
use crate::facts::{Damage, DamageKind, FileFacts, ImageFacts};
use crate::source::{Source, SourceReader};

/// What the strict decoder says of bytes between two headers.
const PADDING: &str = "Extra bytes between headers";

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut image = ImageFacts { frames: Some(1), ..ImageFacts::default() };
    let mut reader = SourceReader::new(source, 2);
    let ended = walk(&mut reader, &mut image).unwrap_or(false);
    let at = reader.position().min(source.size());
    let has_size = image.width.is_some();
    facts.image = Some(Box::new(image));
    if !ended {
        facts.damage.push(Damage::new(DamageKind::Truncated).at(at));
    }
    if !has_size {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("frame header"));
    } else if picture::may_decode(source, context, facts) {
        let side = usize::from(u16::MAX);
        let options = DecoderOptions::default().set_strict_mode(true).set_max_width(side).set_max_height(side);
        let decode = |options| {
            let decoded = JpegDecoder::new_with_options(SourceReader::new(source, 0), options).decode();
            decoded.map(|_| ()).map_err(|error| (DamageKind::Undecodable, format!("{error:?}")))
        };
        let decoded = decode(options).or_else(|error| {
            // Cameras pad between headers, which hurts nobody; all else that strictness finds is damage.
            if error.1.contains(PADDING) { decode(options.set_strict_mode(false)) } else { Err(error) }
        });
        picture::note(decoded, facts);
    }
}

/// Follows the markers; true if the end marker was reached.
fn walk(reader: &mut SourceReader<'_>, image: &mut ImageFacts) -> std::io::Result<bool> {
    const END_OF_IMAGE: u8 = 0xD9;

    loop {
        let Some(marker) = next_marker(reader)? else { return Ok(false) };
        match marker {
            END_OF_IMAGE => return Ok(true),
            // Restart markers and stuffed bytes belong to the picture data; these have no length.
            0x00 | 0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let mut length = [0; 2];
        reader.read_exact(&mut length)?;
        let Some(body) = u16::from_be_bytes(length).checked_sub(2) else { continue };
        let next = reader.position() + u64::from(body);
        let frame_header = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if frame_header && body >= 6 && image.width.is_none() {
            let mut header = [0; 5];
            reader.read_exact(&mut header)?;
            image.height = Some(u32::from(u16::from_be_bytes([header[1], header[2]])));
            image.width = Some(u32::from(u16::from_be_bytes([header[3], header[4]])));
        }
        // The data of a scan follows its header and is passed over by the search for the next marker.
        reader.go_to(next);
    }
}

/// The byte after the next 0xFF, or none at the end of the file.
fn next_marker(reader: &mut SourceReader<'_>) -> std::io::Result<Option<u8>> {
    let mut after_ff = false;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        if after_ff {
            let byte = buffer[0];
            reader.consume(1);
            // Any number of fill bytes may stand before a marker.
            if byte != 0xFF {
                return Ok(Some(byte));
            }
        } else if let Some(found) = buffer.iter().position(|&byte| byte == 0xFF) {
            reader.consume(found + 1);
            after_ff = true;
        } else {
            let length = buffer.len();
            reader.consume(length);
        }
    }
}
