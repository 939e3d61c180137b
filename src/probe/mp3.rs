//! MP3: every frame is counted, because the length that a header declares is what encoders get wrong most; the first
//! seconds are decoded, because frames alone do not make a sound.
//!
//! The frames are walked here: the reader of `symphonia` refuses the free format and the packets of a walk through it cost
//! ten times as much. What decodes them is `symphonia`.

use std::io::{self, Read};

use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::packet::PacketRef;
use symphonia::core::units::{Duration, Timestamp};

use super::listen::{Packets, Sound};
use super::{Context, listen};
use crate::facts::{AudioFacts, Damage, DamageKind, FileFacts};
use crate::identify::mpeg_audio::{Header, behind_tags, first_frame, free_length};
use crate::source::{self, Source, SourceReader};

/// Bytes that are searched for the first frame, and for the next one behind a gap.
const SEARCH: usize = 512 * 1024;
const GAP: usize = 64 * 1024;

/// Frames that are decoded: about three seconds.
const DECODED: usize = 120;

/// Frames that make a recording; one alone turns up by chance, and players refuse it.
const LEAST_FRAMES: u64 = 2;

/// In a recording of more frames than this, most must decode.
const PIECE: usize = 50;

/// Frames that a count may differ by: encoders do not agree on whether the first and the last are counted.
const SLACK: u64 = 2;

/// Frames between two looks at the clock.
const STRIDE: u64 = 4096;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut packets = Packets::new(source);
    let mut audio = AudioFacts { codec: Some("MP3".to_owned()), ..AudioFacts::default() };
    match walk(source, context, &mut packets, &mut audio, &mut facts.damage) {
        Ok(()) => {}
        Err(error) => facts.damage.push(Damage::new(DamageKind::ReadError).because(error)),
    }
    if context.hears() {
        listen::hear(&packets, context, facts);
    }
    facts.audio = Some(Box::new(audio));
}

/// What the walk has counted.
#[derive(Default)]
struct Counts {
    frames: u64,
    samples: u64,
    bytes: u64,
    tried: usize,
    decoded: usize,
    variable: bool,
}

fn walk(
    source: &dyn Source,
    context: &Context<'_>,
    packets: &mut Packets<'_>,
    audio: &mut AudioFacts,
    damage: &mut Vec<Damage>,
) -> io::Result<()> {
    let start = behind_tags(source)?;
    let head = source::read(source, start, SEARCH.min(8 * 1024))?;
    let found = match first_frame(&head, 3, true) {
        Some(at) => Some(at),
        None => first_frame(&source::read(source, start, SEARCH)?, 3, true),
    };
    // A piece of a recording may be too short for three frames.
    let found = found.or_else(|| first_frame(&head, 2, true));
    let undecodable = || Damage::new(DamageKind::Undecodable).because("no sound in it");
    let Some(first_at) = found.map(|at| start + at as u64) else {
        damage.push(undecodable());
        return Ok(());
    };
    let frame = source::read(source, first_at, 16 * 1024)?;
    let Some(first) = Header::read(&frame) else { return Ok(()) };
    let free = if first.bit_rate.is_none() { free_length(&frame, &first) } else { None };
    audio.sample_rate = Some(first.rate);
    audio.channels = Some(first.channels);
    audio.codec = Some(["MPEG layer I", "MPEG layer II", "MP3"][usize::from(first.layer) - 1].to_owned());
    let sound = if free.is_none() { Sound::Mpeg(first.layer) } else { Sound::Other };
    packets.sound = (sound, first.rate, first.channels);
    let declared = declared_frames(&frame, &first);
    let begin = first_at + if declared.is_some() { first.length().or(free).unwrap_or(0) as u64 } else { 0 };
    let mut counts = Counts::default();
    // The free format is played by programs on computers and decoded by nothing here.
    let decoder = listen::decoder(&packets.sound.0, first.rate, first.channels);
    let in_time = count(source, context, packets, (begin, first, free), decoder, &mut counts)?;
    let seconds = counts.samples as f64 / f64::from(first.rate);
    packets.seconds = seconds;
    audio.variable = counts.variable;
    if counts.frames > 0 {
        audio.duration = Some(seconds);
        audio.bit_rate = Some((counts.bytes as f64 * 8.0 / seconds).round() as u64);
    }
    if !in_time {
        damage.push(Damage::new(DamageKind::OverTime));
        return Ok(());
    }
    if let Some(declared) = declared {
        audio.declared_duration = Some(f64::from(declared) * f64::from(first.samples) / f64::from(first.rate));
        // An encoder counts rightly; a file that has fewer frames was cut off after it was written.
        if counts.frames + SLACK + u64::from(declared) / 50 < u64::from(declared) {
            damage.push(Damage::new(DamageKind::Truncated).at(source.size()));
        }
    }
    // The first frames of a piece cut out of a recording need others that are not there.
    let silent = counts.decoded == 0 || (counts.tried > PIECE && counts.decoded * 2 < counts.tried);
    if counts.frames < LEAST_FRAMES || (free.is_none() && silent) {
        damage.push(undecodable());
    }
    Ok(())
}

/// Goes from frame to frame; false if the time was up.
fn count(
    source: &dyn Source,
    context: &Context<'_>,
    packets: &mut Packets<'_>,
    (begin, first, free): (u64, Header, Option<usize>),
    mut decoder: Option<Box<dyn AudioDecoder>>,
    counts: &mut Counts,
) -> io::Result<bool> {
    let mut reader = SourceReader::new(source, begin);
    let mut packet = Vec::new();
    let mut rates = (u32::MAX, 0);
    let mut at = begin;
    loop {
        reader.go_to(at);
        let mut bytes = [0; 4];
        if read(&mut reader, &mut bytes)? < 4 {
            break;
        }
        let header = Header::read(&bytes).filter(|header| header.goes_with(&first));
        let Some(header) = header else {
            match resume(source, at, &first)? {
                Some(next) => at = next,
                None => break,
            }
            continue;
        };
        let Some(length) = header.length().or(free.map(|plain| plain + header.padding)).filter(|&length| length > 4)
        else {
            break;
        };
        if at + length as u64 > source.size() {
            break;
        }
        if let Some(decoder) = decoder.as_mut().filter(|_| counts.tried < DECODED) {
            reader.go_to(at);
            packet.resize(length, 0);
            let whole = read(&mut reader, &mut packet)? == length;
            counts.tried += 1;
            let decoded = decoder.decode_ref(&PacketRef::new(0, Timestamp::ZERO, Duration::ZERO, &packet));
            counts.decoded += usize::from(whole && decoded.is_ok());
        }
        let rate = header.bit_rate.unwrap_or(0);
        rates = (rates.0.min(rate), rates.1.max(rate));
        counts.frames += 1;
        counts.samples += u64::from(header.samples);
        counts.bytes += length as u64;
        if context.hears() {
            packets.add(at, length as u32);
        }
        if counts.frames.is_multiple_of(STRIDE) && context.deadline.is_over() {
            return Ok(false);
        }
        at += length as u64;
    }
    counts.variable = counts.frames > 0 && rates.0 != rates.1;
    Ok(true)
}

/// The next frame behind something that is none: a tag in the middle, a gap, or the end of what was copied together.
fn resume(source: &dyn Source, at: u64, first: &Header) -> io::Result<Option<u64>> {
    let bytes = source::read(source, at, GAP)?;
    // What stands at the end of a file.
    if bytes.starts_with(b"TAG") || bytes.starts_with(b"APETAGEX") || bytes.starts_with(b"LYRICSBEGIN") {
        return Ok(None);
    }
    if let Some(length) = crate::identify::mpeg_audio::id3v2_length(&bytes) {
        return Ok(Some(at + length).filter(|&next| next < source.size()));
    }
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| first_frame(rest, 2, false)) {
        let header = Header::read(&bytes[from + found..]);
        if header.is_some_and(|header| header.goes_with(first)) {
            return Ok(Some(at + (from + found) as u64));
        }
        from += found + 1;
    }
    Ok(None)
}

/// Reads until `buffer` is full or the file ends.
fn read(reader: &mut SourceReader<'_>, buffer: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while done < buffer.len() {
        match reader.read(&mut buffer[done..])? {
            0 => break,
            count => done += count,
        }
    }
    Ok(done)
}

/// The number of frames that the first frame announces, in the header that LAME and others write there, or in that of
/// Fraunhofer's encoder.
fn declared_frames(frame: &[u8], header: &Header) -> Option<u32> {
    const COUNTS_FRAMES: u32 = 1;

    let number = |at: usize| Some(u32::from_be_bytes(frame.get(at..at + 4)?.try_into().ok()?));
    let side = match (header.full, header.channels) {
        (true, 1) | (false, 2) => 17,
        (true, _) => 32,
        (false, _) => 9,
    };
    // Behind the four bytes of the frame's header, or two more where it has a checksum.
    for at in [4 + side, 6 + side] {
        if matches!(frame.get(at..at + 4), Some(b"Xing" | b"Info")) {
            let counts = number(at + 4)? & COUNTS_FRAMES != 0;
            return if counts { number(at + 8) } else { None };
        }
    }
    if frame.get(36..40) == Some(b"VBRI") { number(50) } else { None }
}
