//! WAV: the chunks are walked, and the length follows from the sample bytes that are there.
//!
//! `symphonia` refuses files whose outer size is wrong and knows no RF64; recorders and long lectures have both.

use std::io;

use super::listen::{Number, Packets, Pcm, Sound};
use super::{Context, listen};
use crate::facts::{AudioFacts, Damage, DamageKind, FileFacts};
use crate::source::{self, Source};

/// Chunks looked at; real files have fewer than twenty.
const CHUNKS: usize = 10_000;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let chunks = match Chunks::read(source, context) {
        Ok(chunks) => chunks,
        Err(error) => {
            facts.damage.push(Damage::new(DamageKind::ReadError).because(error));
            return;
        }
    };
    let (audio, sound) = measure(source, &chunks, &mut facts.damage);
    if let Some((start, declared)) = chunks.data.filter(|_| context.hears()) {
        let present = declared.min(source.size().saturating_sub(start));
        let mut packets = Packets::new(source);
        packets.sound = (sound, audio.sample_rate.unwrap_or(0), audio.channels.unwrap_or(0));
        packets.seconds = audio.duration.unwrap_or(0.0);
        packets.add_plain(start, present);
        listen::hear(&packets, context, facts);
    }
    facts.audio = Some(Box::new(audio));
}

/// What the chunks said.
#[derive(Default)]
struct Chunks {
    little: bool,
    /// The time was up before all chunks were seen.
    late: bool,
    format: Option<Vec<u8>>,
    /// Samples of one channel, as the chunk for packed sound counts them.
    counted: Option<u64>,
    /// Where the sound begins, and how many bytes of it are declared.
    data: Option<(u64, u64)>,
}

impl Chunks {
    fn read(source: &dyn Source, context: &Context<'_>) -> io::Result<Chunks> {
        let mut chunks = Chunks { little: source::read(source, 0, 4)? != b"RIFX", ..Chunks::default() };
        let mut large_data = None;
        let mut at = 12;
        for _ in 0..CHUNKS {
            let header = source::read(source, at, 8)?;
            if header.len() < 8 {
                break;
            }
            if context.deadline.is_over() {
                chunks.late = true;
                break;
            }
            let mut length = chunks.number(&header[4..]);
            let body = at + 8;
            match &header[..4] {
                b"ds64" => {
                    let sizes = source::read(source, body, 24)?;
                    large_data = sizes.get(8..16).map(|size| chunks.number(size));
                }
                b"fmt " => chunks.format = Some(source::read(source, body, 40)?).filter(|bytes| bytes.len() >= 16),
                b"fact" => chunks.counted = source::read(source, body, 4)?.get(..4).map(|count| chunks.number(count)),
                b"data" => {
                    let rest = source.size().saturating_sub(body);
                    // A stream or a recorder that could not go back leaves the greatest size or none, and the 64-bit form
                    // tells it elsewhere.
                    if length == 0xFFFF_FFFF {
                        length = large_data.unwrap_or(rest);
                    } else if length == 0 {
                        length = rest;
                    }
                    chunks.data = Some((body, length));
                }
                _ => {}
            }
            if chunks.data.is_some() && chunks.format.is_some() {
                break;
            }
            let end = body.saturating_add(length);
            // Chunks begin at even places; some writers forget it.
            let forgot = length & 1 == 1 && is_chunk(&source::read(source, end, 5)?);
            at = if forgot { end } else { end.saturating_add(length & 1) };
        }
        Ok(chunks)
    }

    fn number(&self, bytes: &[u8]) -> u64 {
        let number = bytes.iter().fold(0u64, |sum, &byte| sum << 8 | u64::from(byte));
        if self.little { number.swap_bytes() >> (64 - 8 * bytes.len()) } else { number }
    }
}

/// The name of a chunk stands here, and not a byte further.
fn is_chunk(bytes: &[u8]) -> bool {
    matches!(bytes.get(..4), Some(b"data" | b"fmt " | b"fact" | b"LIST" | b"bext" | b"id3 " | b"cue " | b"smpl"))
}

fn measure(source: &dyn Source, chunks: &Chunks, damage: &mut Vec<Damage>) -> (AudioFacts, Sound) {
    let mut audio = AudioFacts::default();
    if chunks.late {
        damage.push(Damage::new(DamageKind::OverTime));
        return (audio, Sound::Other);
    }
    let Some((start, declared)) = chunks.data else {
        damage.push(Damage::new(DamageKind::MissingPart).because("data"));
        return (audio, Sound::Other);
    };
    let present = declared.min(source.size().saturating_sub(start));
    if present < declared {
        damage.push(Damage::new(DamageKind::Truncated).at(source.size()));
    } else if present == 0 {
        damage.push(Damage::new(DamageKind::MissingPart).because("data"));
    }
    let Some(format) = &chunks.format else {
        damage.push(Damage::new(DamageKind::MissingPart).because("fmt"));
        return (audio, Sound::Other);
    };
    let tag = chunks.number(&format[..2]);
    // The extensible form names the codec in the first bytes of its GUID.
    let tag = if tag == 0xFFFE && format.len() >= 26 { chunks.number(&format[24..26]) } else { tag };
    let channels = chunks.number(&format[2..4]);
    let rate = chunks.number(&format[4..8]);
    let bits = chunks.number(&format[14..16]);
    audio.codec = Some(codec_name(tag));
    audio.channels = u16::try_from(channels).ok();
    audio.sample_rate = u32::try_from(rate).ok();
    let plain = matches!(tag, 1 | 3);
    audio.bit_depth = u16::try_from(bits).ok().filter(|&bits| plain && bits > 0);
    if channels == 0 || rate == 0 {
        damage.push(Damage::new(DamageKind::Contradiction).at(start).because("fmt"));
        return (audio, Sound::Other);
    }
    let samples = |bytes: u64| match tag {
        1 | 3 if bits > 0 => Some(bytes as f64 / (channels * bits.div_ceil(8)) as f64),
        6 | 7 => Some(bytes as f64 / channels as f64),
        // Sound packed in blocks says how many samples a block holds.
        2 | 0x11 => {
            let (block, each) = (chunks.number(&format[12..14]), format.get(18..20).map(|count| chunks.number(count)));
            each.filter(|&each| block > 0 && each > 0).map(|each| bytes as f64 / block as f64 * each as f64)
        }
        _ => {
            let bytes_a_second = chunks.number(&format[8..12]);
            (bytes_a_second > 0).then(|| bytes as f64 / bytes_a_second as f64 * rate as f64)
        }
    };
    let seconds = |bytes: u64| samples(bytes).map(|samples| samples / rate as f64);
    // What is packed counts its samples in a chunk of its own; that is believed of a whole file, and only as far as it is
    // not more than the blocks hold.
    let counted = chunks.counted.filter(|&count| !plain && count > 0 && present == declared);
    let counted = counted.map(|count| count as f64 / rate as f64);
    let measured = seconds(present);
    audio.duration = match (measured, counted) {
        (Some(measured), Some(counted)) if counted <= measured + 0.1 && counted > measured * 0.9 => Some(counted),
        (None, counted) => counted,
        (measured, _) => measured,
    };
    audio.declared_duration = seconds(declared);
    audio.bit_rate = audio.duration.filter(|&s| s > 0.0).map(|seconds| (present as f64 * 8.0 / seconds).round() as u64);
    if audio.duration.is_none() {
        // No bits a sample is a broken header; no bytes a second is a way of packing that is not known here.
        let kind = if plain { DamageKind::Contradiction } else { DamageKind::Unsupported };
        damage.push(Damage::new(kind).at(start).because("fmt"));
        return (audio, Sound::Other);
    }
    let number = match tag {
        1 if bits <= 8 => Number::Unsigned,
        1 => Number::Signed,
        3 => Number::Float,
        6 => Number::Alaw,
        7 => Number::Mulaw,
        _ => return (audio, Sound::Other),
    };
    let bits = u16::try_from(bits.div_ceil(8) * 8).unwrap_or(0);
    (audio, Sound::Pcm(Pcm { number, bits, big_endian: !chunks.little }))
}

fn codec_name(tag: u64) -> String {
    match tag {
        1 => "PCM".to_owned(),
        2 | 0x11 => "ADPCM".to_owned(),
        3 => "PCM float".to_owned(),
        6 => "A-law".to_owned(),
        7 => "mu-law".to_owned(),
        0x50 => "MPEG layer II".to_owned(),
        0x55 => "MP3".to_owned(),
        other => format!("0x{other:04X}"),
    }
}
