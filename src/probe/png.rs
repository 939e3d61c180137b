//! PNG: the size from the first chunk, the end from the chunk headers, the pixels from the decoder.

use image::codecs::png::PngDecoder;

use super::{Context, picture};
use crate::facts::{Damage, DamageKind, FileFacts, ImageFacts};
use crate::source::{self, Source, SourceReader};

const SIGNATURE: u64 = 8;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let header = source::read(source, SIGNATURE, 16).unwrap_or_default();
    let number = |at: usize| header.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
    let is_header = header.get(4..8) == Some(b"IHDR");
    facts.image = Some(Box::new(ImageFacts {
        width: number(8).filter(|_| is_header),
        height: number(12).filter(|_| is_header),
        frames: Some(1),
        ..ImageFacts::default()
    }));
    if !is_header {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("IHDR"));
        return;
    }
    walk(source, context, facts);
    if picture::may_decode(source, context, facts) {
        let limits = picture::decoder_limits(facts);
        picture::decode(PngDecoder::with_limits(SourceReader::new(source, 0), limits), facts);
    }
}

/// Goes from chunk header to chunk header; only the headers are read.
fn walk(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut at = SIGNATURE;
    loop {
        if context.deadline.is_over() {
            facts.damage.push(Damage::new(DamageKind::OverTime));
            return;
        }
        let Ok(header) = source::read(source, at, 12) else {
            facts.damage.push(Damage::new(DamageKind::ReadError).at(at));
            return;
        };
        if header.len() < 8 {
            facts.damage.push(Damage::new(DamageKind::Truncated).at(source.size()));
            return;
        }
        let length = u32::from_be_bytes([header[0], header[1], header[2], header[3]]);
        let next = at + 12 + u64::from(length);
        if next > source.size() {
            facts.damage.push(Damage::new(DamageKind::Truncated).at(source.size()));
            return;
        }
        match &header[4..8] {
            b"acTL" if header.len() == 12 => {
                let frames = u32::from_be_bytes([header[8], header[9], header[10], header[11]]);
                facts.image.as_mut().expect("set before the walk").frames = Some(frames);
            }
            b"IEND" => {
                if next < source.size() {
                    facts.damage.push(Damage::new(DamageKind::TrailingData).at(next));
                }
                return;
            }
            _ => {}
        }
        at = next;
    }
}
