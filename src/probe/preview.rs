//! Small pictures of what was decoded anyway, and strips of loudness, for a person who reads the report.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::Context;
use crate::facts::FileFacts;

/// Pixels of the longer side.
const SIDE: usize = 160;

/// Quality of the small picture, of 100.
const QUALITY: u8 = 60;

/// Adds a small picture, if somebody asks for one. `pixel` tells red, green and blue.
pub(super) fn picture(
    facts: &mut FileFacts,
    context: &Context<'_>,
    width: usize,
    height: usize,
    pixel: impl Fn(usize, usize) -> [u8; 3],
) {
    if context.previews && facts.preview.as_ref().is_none_or(|preview| preview.picture.is_none()) {
        facts.preview.get_or_insert_default().picture = small(width, height, pixel);
    }
}

/// The mean of the pixels that fall on each pixel of the small picture, as JPEG.
fn small(width: usize, height: usize, pixel: impl Fn(usize, usize) -> [u8; 3]) -> Option<String> {
    let longer = width.max(height).max(1);
    let scaled = |side: usize| if longer <= SIDE { side } else { (side * SIDE / longer).max(1) };
    let (across, down) = (scaled(width), scaled(height));
    let mut pixels = Vec::with_capacity(across * down * 3);
    for y in 0..down {
        let rows = y * height / down..((y + 1) * height / down).max(y * height / down + 1).min(height);
        for x in 0..across {
            let columns = x * width / across..((x + 1) * width / across).max(x * width / across + 1).min(width);
            let mut sums = [0_u64; 3];
            let mut count = 0;
            for (row, column) in rows.clone().flat_map(|row| columns.clone().map(move |column| (row, column))) {
                sums.iter_mut().zip(pixel(column, row)).for_each(|(sum, part)| *sum += u64::from(part));
                count += 1;
            }
            pixels.extend(sums.map(|sum| (sum / std::cmp::max(count, 1)) as u8));
        }
    }
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.write_image(&pixels, across as u32, down as u32, ExtendedColorType::Rgb8).ok()?;
    Some(BASE64_STANDARD.encode(bytes))
}

/// A part of a colour over white paper.
pub(super) fn over_white(part: u8, alpha: u8) -> u8 {
    ((u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8
}
