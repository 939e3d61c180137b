//! Pictures: gradients that differ in few bits, and then fields of the same brightness. Slides of one template have the
//! same gradients and other letters; a plain page has none at all.

use std::collections::HashMap;

use super::{Batch, Pair, sharing};
use crate::facts::{Alikeness, ImagePrint};

/// Bits of a gradient that must be set, so that there is something to compare.
const LEAST_BITS: u32 = 12;

/// Bits that are looked up together. A pair must have sixteen of them in common somewhere.
const BAND: usize = 16;

pub(super) fn pairs(batch: &Batch<'_>, pairs: &mut Vec<Pair>) {
    let images: Vec<(usize, usize, &ImagePrint)> = batch
        .parts()
        .filter_map(|(work, part, found)| Some((work, part, found.prints.image.as_ref()?)))
        .filter(|(.., image)| image.gradient.iter().map(|bits| bits.count_ones()).sum::<u32>() >= LEAST_BITS)
        .collect();
    let work = |image: u32| images[image as usize].0;
    let mut holders: HashMap<(usize, u16), Vec<u32>> = HashMap::new();
    for (index, (.., image)) in (0u32..).zip(&images) {
        for (number, bits) in image.gradient.iter().enumerate() {
            for band in 0..64 / BAND {
                let key = (bits >> (band * BAND)) as u16;
                // Bands without a gradient are the same in all pictures with a plain part.
                if key != 0 {
                    holders.entry((number * 64 / BAND + band, key)).or_default().push(index);
                }
            }
        }
    }
    // A picture in a band with many others has other bands.
    let candidates = sharing(&holders, batch.common.max(64), work, |a, b| batch.may_pair(a, b));
    let mut found: Vec<(u32, u32, f64)> = Vec::new();
    for (a, b) in candidates.into_keys() {
        let (first, second) = (images[a as usize].2, images[b as usize].2);
        let bits: u32 = first.gradient.iter().zip(&second.gradient).map(|(a, b)| (a ^ b).count_ones()).sum();
        if bits <= batch.how.image_bits && are_of_one_brightness(first, second, batch) {
            found.push((a, b, 1.0 - f64::from(bits) / 256.0));
        }
    }
    // A picture that is in many works is a logo.
    let mut partners: HashMap<u32, usize> = HashMap::new();
    for (a, b, _) in &found {
        *partners.entry(*a).or_default() += 1;
        *partners.entry(*b).or_default() += 1;
    }
    for (a, b, share) in found {
        if partners[&a].max(partners[&b]) < batch.common.max(1) + 1 {
            let ((first, part, _), (second, other, _)) = (images[a as usize], images[b as usize]);
            let parts = Some((part, other));
            pairs.push(Pair { works: (first, second), what: Alikeness::Image, share, parts, seconds: None });
        }
    }
}

/// Brighter or darker as a whole is the same picture all the same.
fn are_of_one_brightness(a: &ImagePrint, b: &ImagePrint, batch: &Batch<'_>) -> bool {
    let count = a.gray.len().max(1) as f64;
    let mean = |image: &ImagePrint| image.gray.iter().map(|gray| f64::from(*gray)).sum::<f64>() / count;
    let shift = mean(a) - mean(b);
    let differences = a.gray.iter().zip(&b.gray).map(|(a, b)| (f64::from(*a) - f64::from(*b) - shift).abs());
    let (sum, most) = differences.fold((0.0, 0.0_f64), |(sum, most), one| (sum + one, most.max(one)));
    a.gray.len() == b.gray.len() && sum / count <= batch.how.image_mean && most <= f64::from(batch.how.image_most)
}
