//! Decoding pixels, which is the only proof that a picture can be shown.

use image::{DynamicImage, GenericImageView, ImageDecoder, ImageError, Limits as DecoderLimits};

use super::{Context, preview, prints};
use crate::facts::{Damage, DamageKind, FileFacts, ImageFacts, ImagePrint};
use crate::source::Source;

/// Pictures up to this many pixels are decoded however small their file is.
const ALWAYS_DECODED: u64 = 25_000_000;

/// Pixels a byte of a larger picture may stand for. Blank pages reach 1,000; what is above is a bomb.
const PIXELS_PER_BYTE: u64 = 2_000;

/// Memory a decoder may use beside the pixels: colour profiles, tables, a row of work.
const OVERHEAD: u64 = 64 << 20;

/// Says whether the picture is small enough to be decoded; notes the damage if not.
pub(super) fn may_decode(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) -> bool {
    let Some(image) = &facts.image else { return false };
    let pixels = u64::from(image.width.unwrap_or(0)) * u64::from(image.height.unwrap_or(0));
    if pixels == 0 {
        facts.damage.push(Damage::new(DamageKind::Undecodable).because("the picture has no width or no height"));
        return false;
    }
    let bomb = pixels > ALWAYS_DECODED && pixels / source.size().max(1) > PIXELS_PER_BYTE;
    if bomb || pixels > context.limits.pixels {
        facts.damage.push(Damage::new(DamageKind::OverLimit).because(format!("{pixels} pixels")));
        return false;
    }
    true
}

/// Memory limits for the decoder of a picture whose size the facts hold.
pub(super) fn decoder_limits(facts: &FileFacts) -> DecoderLimits {
    let (width, height) = facts.image.as_ref().map_or((None, None), |image| (image.width, image.height));
    let pixels = u64::from(width.unwrap_or(0)) * u64::from(height.unwrap_or(0));
    let mut limits = DecoderLimits::default();
    limits.max_image_width = None;
    limits.max_image_height = None;
    // Eight bytes hold the widest pixel: four channels of 16 bits.
    limits.max_alloc = Some(pixels * 8 + OVERHEAD);
    limits
}

/// Decodes all pixels of a still picture and notes the outcome.
pub(super) fn decode(decoder: Result<impl ImageDecoder, ImageError>, context: &Context<'_>, facts: &mut FileFacts) {
    let limits = decoder_limits(facts);
    let decoded = decoder.and_then(|mut decoder| {
        decoder.set_limits(limits)?;
        DynamicImage::from_decoder(decoder)
    });
    if let Ok(picture) = &decoded {
        prints::add(facts, context, |prints| prints.image = print(picture));
        show(picture, context, facts);
    }
    note(decoded.map(|_| ()).map_err(|error| damage(&error)), facts);
}

/// A small picture of a picture, on white paper.
pub(super) fn show(picture: &DynamicImage, context: &Context<'_>, facts: &mut FileFacts) {
    if context.previews {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        preview::picture(facts, context, width, height, |x, y| {
            let [red, green, blue, alpha] = picture.get_pixel(x as u32, y as u32).0;
            [red, green, blue].map(|part| preview::over_white(part, alpha))
        });
    }
}

/// The print of a picture. Where it is transparent, a page behind it is white.
fn print(picture: &DynamicImage) -> Option<ImagePrint> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if picture.color().has_alpha() {
        let pixels = picture.to_luma_alpha8();
        prints::of_picture(width, height, |x, y| {
            let [gray, alpha] = pixels.get_pixel(x as u32, y as u32).0.map(u32::from);
            ((gray * alpha + 255 * (255 - alpha)) / 255) as u8
        })
    } else {
        let pixels = picture.to_luma8();
        prints::of_picture(width, height, |x, y| pixels.get_pixel(x as u32, y as u32).0[0])
    }
}

/// What an error of `image` says about the file.
pub(super) fn damage(error: &ImageError) -> (DamageKind, String) {
    let kind = match error {
        ImageError::Limits(_) => DamageKind::OverLimit,
        ImageError::Unsupported(_) => DamageKind::Unsupported,
        _ => DamageKind::Undecodable,
    };
    (kind, error.to_string())
}

/// Notes how decoding came out.
pub(super) fn note(outcome: Result<(), (DamageKind, String)>, facts: &mut FileFacts) {
    match outcome {
        Ok(()) => facts.image.get_or_insert_with(Box::<ImageFacts>::default).decoded = true,
        // A file that is known to be cut off or damaged needs no second word about it.
        Err((DamageKind::Undecodable, _)) if facts.damage.iter().any(is_cause) => {}
        Err((kind, detail)) => facts.damage.push(Damage::new(kind).because(detail)),
    }
}

fn is_cause(damage: &Damage) -> bool {
    matches!(damage.what, DamageKind::Truncated | DamageKind::BadChecksum)
}
