//! PNG: the size from the first chunk, the end and the checksums from a walk over the chunks, the pixels from the decoder.

use std::io::{self, BufRead};

use image::codecs::png::PngDecoder;

use super::{Context, attached, exif, picture};
use crate::facts::{Color, Damage, DamageKind, FileFacts, ImageFacts};
use crate::source::{self, Source, SourceReader};

const SIGNATURE: u64 = 8;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let header = source::read(source, SIGNATURE, 21).unwrap_or_default();
    let number = |at: usize| header.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
    let mut image = ImageFacts { frames: Some(1), ..ImageFacts::default() };
    let is_header = header.get(4..8) == Some(b"IHDR");
    if is_header {
        image.width = number(8);
        image.height = number(12);
        image.bit_depth = header.get(16).copied();
        image.color = match header.get(17) {
            Some(0 | 4) => Some(Color::Gray),
            Some(2 | 6) => Some(Color::Rgb),
            Some(3) => Some(Color::Indexed),
            _ => None,
        };
        image.progressive = header.get(20) == Some(&1);
    }
    facts.image = Some(Box::new(image));
    if !is_header {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("IHDR"));
        return;
    }
    if walk(source, context, facts).is_err() {
        facts.damage.push(Damage::new(DamageKind::ReadError));
        return;
    }
    if picture::may_decode(source, context, facts) {
        let limits = picture::decoder_limits(facts);
        picture::decode(PngDecoder::with_limits(SourceReader::new(source, 0), limits), context, facts);
    }
}

/// Goes from chunk to chunk.
fn walk(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) -> io::Result<()> {
    let mut reader = SourceReader::new(source, SIGNATURE);
    let mut frames = 0;
    let mut animated = false;
    loop {
        if context.deadline.is_over() {
            facts.damage.push(Damage::new(DamageKind::OverTime));
            return Ok(());
        }
        let at = reader.position();
        let header = source::read(source, at, 8)?;
        let length = header.get(..4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
        let next = at + 12 + u64::from(length);
        if header.len() < 8 || next > source.size() {
            facts.damage.push(Damage::new(DamageKind::Truncated).at(source.size()));
            return Ok(());
        }
        let name = [header[4], header[5], header[6], header[7]];
        reader.go_to(at + 8);
        let sum = checksum(&mut reader, &name, length.into())?;
        // A chunk in lower case is not needed: browsers leave it out if it is damaged, and show the picture.
        let needed = name[0].is_ascii_uppercase();
        if needed && source::read(source, next - 4, 4)? != sum.to_be_bytes() {
            let text = String::from_utf8_lossy(&name).into_owned();
            facts.damage.push(Damage::new(DamageKind::BadChecksum).at(at).because(text));
        }
        match &name {
            b"acTL" => animated = true,
            b"fcTL" => frames += 1,
            b"eXIf" | b"tEXt" | b"iTXt" | b"zTXt" => {
                let body = source::read(source, at + 8, exif::LONGEST.min(length as usize))?;
                text(&name, &body, at + 8, facts);
            }
            b"IEND" => {
                let image = facts.image.as_mut().expect("set before the walk");
                image.frames = Some(if animated { frames.max(1) } else { 1 });
                attached::behind(source, next, facts);
                return Ok(());
            }
            _ => {}
        }
        reader.go_to(next);
    }
}

/// The checksum over the name and the content of a chunk.
fn checksum(reader: &mut SourceReader<'_>, name: &[u8; 4], mut left: u64) -> io::Result<u32> {
    let mut sum = crc32fast::Hasher::new();
    sum.update(name);
    while left > 0 {
        let block = reader.fill_buf()?;
        let count = block.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if count == 0 {
            break;
        }
        sum.update(&block[..count]);
        reader.consume(count);
        left -= count as u64;
    }
    Ok(sum.finalize())
}

/// What a chunk of metadata says.
fn text(name: &[u8; 4], body: &[u8], at: u64, facts: &mut FileFacts) {
    let image = facts.image.as_mut().expect("set before the walk");
    if name == b"eXIf" {
        exif::read(body, image);
    } else if body.starts_with(b"XML:com.adobe.xmp\0") {
        exif::read_xmp(body, image);
    } else {
        attached::in_text(body, at, facts);
    }
}
