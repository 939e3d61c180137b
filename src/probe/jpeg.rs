//! JPEG: the size from the frame header, the end from the markers, the pixels from the decoder.
//!
//! Decoders of today show a picture that was cut off and call it good, so the end marker is looked for here, and the
//! decoder is asked to be strict.

use std::io::{BufRead, Read};

use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::{Context, attached, exif, picture, preview, prints};
use crate::facts::{Color, Damage, DamageKind, FileFacts, ImageFacts, ImagePrint};
use crate::source::{Source, SourceReader};

/// What the strict decoder says of bytes between two headers.
const PADDING: &str = "Extra bytes between headers";

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut image = ImageFacts { frames: Some(1), ..ImageFacts::default() };
    let mut reader = SourceReader::new(source, 2);
    let mut least_bits = 0;
    let ended = walk(&mut reader, &mut image, &mut least_bits, facts).unwrap_or(false);
    let at = reader.position().min(source.size());
    let has_size = image.width.is_some();
    let is_wide = image.bit_depth.is_some_and(|bits| bits > 8);
    facts.image = Some(Box::new(image));
    if ended && at.saturating_mul(8) >= least_bits {
        attached::behind(source, at, facts);
    } else {
        facts.damage.push(Damage::new(DamageKind::Truncated).at(at));
    }
    if !has_size {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("frame header"));
    } else if is_wide {
        // Twelve bits are for hospitals; no decoder here and no browser reads them.
        facts.damage.push(Damage::new(DamageKind::Unsupported).because("12 bit"));
    } else if picture::may_decode(source, context, facts) {
        let side = usize::from(u16::MAX);
        let options = DecoderOptions::default().set_strict_mode(true).set_max_width(side).set_max_height(side);
        let decode = |options| {
            let mut decoder = JpegDecoder::new_with_options(SourceReader::new(source, 0), options);
            let pixels = decoder.decode().map_err(|error| (DamageKind::Undecodable, format!("{error:?}")))?;
            Ok::<_, (DamageKind, String)>((pixels, decoder.info()))
        };
        let decoded = decode(options).or_else(|error: (DamageKind, String)| {
            // Cameras pad between headers, which hurts nobody; all else that strictness finds is damage.
            if error.1.contains(PADDING) { decode(options.set_strict_mode(false)) } else { Err(error) }
        });
        if let Ok((pixels, Some(info))) = &decoded {
            let (width, height) = (usize::from(info.width), usize::from(info.height));
            prints::add(facts, context, |prints| prints.image = print(width, height, pixels));
            let colors = pixels.len().checked_div(width * height).unwrap_or_default();
            if colors > 0 {
                preview::picture(facts, context, width, height, |x, y| {
                    match pixels[(y * width + x) * colors..][..colors] {
                        [red, green, blue, ..] => [red, green, blue],
                        [gray, ..] => [gray; 3],
                        [] => [0; 3],
                    }
                });
            }
        }
        picture::note(decoded.map(|_| ()), facts);
    }
}

/// The print of pixels with one or more colours, the first three being red, green and blue.
fn print(width: usize, height: usize, pixels: &[u8]) -> Option<ImagePrint> {
    let colors = pixels.len().checked_div(width * height).filter(|colors| *colors > 0)?;
    prints::of_picture(width, height, |x, y| {
        let pixel = &pixels[(y * width + x) * colors..][..colors];
        match pixel {
            [red, green, blue, ..] => ((u32::from(*red) * 2 + u32::from(*green) * 5 + u32::from(*blue)) / 8) as u8,
            other => other.first().copied().unwrap_or(0),
        }
    })
}

/// Blocks of eight by eight samples that a frame header announces. Each takes a bit at least, and two where nothing is left
/// for a later scan; decoders fill up in grey what is not there, and call it good.
fn blocks(header: &[u8]) -> u64 {
    let side = |at: usize| header.get(at..at + 2).map_or(0, |b| u64::from(b[0]) << 8 | u64::from(b[1]));
    let (height, width) = (side(1), side(3));
    let factors: Vec<(u64, u64)> = header
        .get(6..)
        .unwrap_or_default()
        .chunks_exact(3)
        .map(|c| (u64::from(c[1] >> 4), u64::from(c[1] & 15)))
        .collect();
    let across = factors.iter().map(|&(h, _)| h).max().unwrap_or(1).max(1);
    let down = factors.iter().map(|&(_, v)| v).max().unwrap_or(1).max(1);
    factors.iter().map(|(h, v)| (width * h / across / 8) * (height * v / down / 8)).sum()
}

/// Follows the markers; true if the end marker was reached.
fn walk(
    reader: &mut SourceReader<'_>,
    image: &mut ImageFacts,
    least_bits: &mut u64,
    facts: &mut FileFacts,
) -> std::io::Result<bool> {
    const END_OF_IMAGE: u8 = 0xD9;
    const PROGRESSIVE: [u8; 4] = [0xC2, 0xC6, 0xCA, 0xCE];

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
            let mut header = vec![0; usize::from(body)];
            reader.read_exact(&mut header)?;
            image.bit_depth = Some(header[0]);
            image.progressive = PROGRESSIVE.contains(&marker);
            image.color = match header[5] {
                1 => Some(Color::Gray),
                3 => Some(Color::Rgb),
                4 => Some(Color::Cmyk),
                _ => None,
            };
            image.height = Some(u32::from(u16::from_be_bytes([header[1], header[2]])));
            image.width = Some(u32::from(u16::from_be_bytes([header[3], header[4]])));
            *least_bits = blocks(&header) * if image.progressive { 1 } else { 2 };
        }
        // Metadata and comments.
        if matches!(marker, 0xE1..=0xEF | 0xFE) {
            let mut segment = vec![0; usize::from(body)];
            let start = reader.position();
            reader.read_exact(&mut segment)?;
            metadata(marker, &segment, start, image, facts);
        }
        // The data of a scan follows its header and is passed over by the search for the next marker.
        reader.go_to(next);
    }
}

/// Reads one segment of metadata that begins at `at`.
fn metadata(marker: u8, segment: &[u8], at: u64, image: &mut ImageFacts, facts: &mut FileFacts) {
    const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
    /// Profiles of colours, Photoshop's resources and continued XMP hold markup of their own.
    const OTHERS: [&[u8]; 3] = [b"ICC_PROFILE", b"Photoshop", b"http://ns.adobe.com/"];

    if let (0xE1, Some(tiff)) = (marker, segment.strip_prefix(b"Exif\0\0")) {
        exif::read(tiff, image);
    } else if let Some(packet) = segment.strip_prefix(XMP) {
        exif::read_xmp(packet, image);
    } else if !OTHERS.iter().any(|start| segment.starts_with(start)) {
        attached::in_text(segment, at, facts);
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
