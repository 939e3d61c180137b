//! GIF: the blocks are walked to the trailer, so that an animation cut off after its first picture is seen; the
//! pictures are decoded one by one as far as the budget goes.

use std::io::{BufRead, Read};

use image::AnimationDecoder;
use image::codecs::gif::GifDecoder;

use super::{Context, attached, picture};
use crate::facts::{Color, Damage, DamageKind, FileFacts, ImageFacts};
use crate::source::{Source, SourceReader};

/// An animation may have so many times the pixels of a still picture, counted over all its pictures.
const ANIMATION: u64 = 8;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut image = ImageFacts { color: Some(Color::Indexed), bit_depth: Some(8), ..ImageFacts::default() };
    let mut reader = SourceReader::new(source, 6);
    let end = walk(&mut reader, &mut image, facts).unwrap_or(End::InBlock);
    let at = reader.position().min(source.size());
    let frames = image.frames.unwrap_or(0);
    facts.image = Some(Box::new(image));
    match end {
        End::InBlock => facts.damage.push(Damage::new(DamageKind::Truncated).at(at)),
        End::BetweenBlocks => facts.damage.push(Damage::new(DamageKind::Unterminated).at(at)),
        End::Trailer => attached::behind(source, at, facts),
    }
    if frames == 0 {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("image descriptor"));
    } else if picture::may_decode(source, context, facts) {
        picture::note(decode(source, context, facts), facts);
    }
}

/// Decodes all pictures; the first thing that stopped it.
fn decode(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) -> Result<(), (DamageKind, String)> {
    use image::ImageDecoder;

    let broken = |error: image::ImageError| picture::damage(&error);
    let mut decoder = GifDecoder::new(SourceReader::new(source, 0)).map_err(broken)?;
    let (width, height) = decoder.dimensions();
    decoder.set_limits(picture::decoder_limits(facts)).map_err(broken)?;
    let mut pixels = 0;
    // Not one more than the walk has found: behind the last the decoder insists on the trailer.
    let frames = facts.image.as_ref().and_then(|image| image.frames).unwrap_or(0);
    for frame in decoder.into_frames().take(frames as usize) {
        let frame = frame.map_err(broken)?;
        // Only the first is shown; the others find a picture there.
        if pixels == 0 {
            picture::show(&frame.into_buffer().into(), context, facts);
        }
        pixels += u64::from(width) * u64::from(height);
        if pixels > context.limits.pixels * ANIMATION {
            return Err((DamageKind::OverLimit, format!("{pixels} pixels")));
        }
        if context.deadline.is_over() {
            return Err((DamageKind::OverTime, String::new()));
        }
    }
    Ok(())
}

/// Where the blocks end.
enum End {
    Trailer,
    /// The file ends after a whole picture; old programs leave the trailer out.
    BetweenBlocks,
    InBlock,
}

/// Follows the blocks.
fn walk(reader: &mut SourceReader<'_>, image: &mut ImageFacts, facts: &mut FileFacts) -> std::io::Result<End> {
    const COLOR_TABLE: u8 = 0x80;
    const INTERLACED: u8 = 0x40;
    const COMMENT: u8 = 0xFE;

    let mut screen = [0; 7];
    reader.read_exact(&mut screen)?;
    image.width = Some(u32::from(u16::from_le_bytes([screen[0], screen[1]])));
    image.height = Some(u32::from(u16::from_le_bytes([screen[2], screen[3]])));
    let table = |flags: u8| if flags & COLOR_TABLE == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    reader.go_to(reader.position() + table(screen[4]));
    let mut frames = 0;
    loop {
        let mut is_comment = false;
        let mut byte = [0];
        if reader.read(&mut byte)? == 0 {
            let whole = frames > 0;
            return Ok(if whole { End::BetweenBlocks } else { End::InBlock });
        }
        match byte[0] {
            0x3B => return Ok(End::Trailer),
            0x21 => {
                let mut label = [0];
                reader.read_exact(&mut label)?;
                is_comment = label[0] == COMMENT;
            }
            0x2C => {
                let mut descriptor = [0; 9];
                reader.read_exact(&mut descriptor)?;
                reader.go_to(reader.position() + table(descriptor[8]) + 1);
                image.progressive |= descriptor[8] & INTERLACED != 0;
                frames += 1;
                image.frames = Some(frames);
            }
            // Some writers pad with zero bytes between blocks.
            0x00 => continue,
            _ => return Ok(End::InBlock),
        }
        loop {
            let Some(&length) = reader.fill_buf()?.first() else { return Ok(End::InBlock) };
            reader.consume(1);
            if length == 0 {
                break;
            }
            let start = reader.position();
            if is_comment {
                let mut text = vec![0; usize::from(length)];
                reader.read_exact(&mut text)?;
                attached::in_text(&text, start, facts);
            }
            reader.go_to(start + u64::from(length));
        }
    }
}
