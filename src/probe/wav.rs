//! WAV: the chunks are walked, and the length follows from the sample bytes that are there.
//!
//! `symphonia` refuses files whose outer size is wrong and knows no RF64; recorders and long lectures have both.

use crate::facts::{AudioFacts, Damage, DamageKind, FileFacts};
use crate::source::{self, Source};

/// Chunks looked at; real files have fewer than twenty.
const CHUNKS: usize = 10_000;

pub(super) fn probe(source: &dyn Source, facts: &mut FileFacts) {
    let mut audio = AudioFacts::default();
    let little = !source::read(source, 0, 4).is_ok_and(|magic| magic == b"RIFX");
    let number = |bytes: &[u8]| {
        let number = bytes.iter().fold(0u64, |sum, &byte| sum << 8 | u64::from(byte));
        if little { number.swap_bytes() >> (64 - 8 * bytes.len()) } else { number }
    };
    let mut format = None;
    let mut data = None;
    let mut large_data = None;
    let mut at = 12;
    for _ in 0..CHUNKS {
        let Ok(header) = source::read(source, at, 8) else {
            facts.damage.push(Damage::new(DamageKind::ReadError).at(at));
            break;
        };
        if header.len() < 8 {
            break;
        }
        let mut length = number(&header[4..]);
        let body = at + 8;
        match &header[..4] {
            b"ds64" => {
                let sizes = source::read(source, body, 24).ok().filter(|sizes| sizes.len() == 24);
                large_data = sizes.map(|sizes| number(&sizes[8..16]));
            }
            b"fmt " => format = source::read(source, body, 40).ok().filter(|bytes| bytes.len() >= 16),
            b"data" => {
                if length == 0xFFFF_FFFF {
                    // A stream whose writer could not go back, or the 64-bit form.
                    length = large_data.unwrap_or(source.size().saturating_sub(body));
                }
                data = Some((body, length));
            }
            _ => {}
        }
        if data.is_some() && format.is_some() {
            break;
        }
        at = body.saturating_add(length).saturating_add(length & 1);
    }
    let Some((start, declared)) = data else {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("data"));
        facts.audio = Some(Box::new(audio));
        return;
    };
    let present = declared.min(source.size().saturating_sub(start));
    if present < declared {
        facts.damage.push(Damage::new(DamageKind::Truncated).at(source.size()));
    } else if present == 0 {
        facts.damage.push(Damage::new(DamageKind::MissingPart).because("data"));
    }
    match format {
        Some(format) => {
            let tag = number(&format[..2]);
            // The extensible form names the codec in the first bytes of its GUID.
            let tag = if tag == 0xFFFE && format.len() >= 26 { number(&format[24..26]) } else { tag };
            let channels = number(&format[2..4]);
            let rate = number(&format[4..8]);
            let bits = number(&format[14..16]);
            // Packed codecs have no fixed bits a sample; their declared bytes a second are all there is.
            let bytes_a_second = match tag {
                1 | 3 => channels * bits.div_ceil(8) * rate,
                6 | 7 => channels * rate,
                _ => number(&format[8..12]),
            };
            audio.codec = Some(codec_name(tag));
            audio.channels = u16::try_from(channels).ok();
            audio.sample_rate = u32::try_from(rate).ok();
            if bytes_a_second == 0 {
                facts.damage.push(Damage::new(DamageKind::Contradiction).at(start).because("fmt"));
            } else {
                audio.duration = Some(present as f64 / bytes_a_second as f64);
                audio.declared_duration = Some(declared as f64 / bytes_a_second as f64);
            }
        }
        None => facts.damage.push(Damage::new(DamageKind::MissingPart).because("fmt")),
    }
    facts.audio = Some(Box::new(audio));
}

fn codec_name(tag: u64) -> String {
    match tag {
        1 => "PCM".to_owned(),
        2 | 0x11 => "ADPCM".to_owned(),
        3 => "PCM float".to_owned(),
        6 => "A-law".to_owned(),
        7 => "mu-law".to_owned(),
        0x55 => "MP3".to_owned(),
        other => format!("0x{other:04X}"),
    }
}
