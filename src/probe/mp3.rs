//! MP3: every frame is counted, because the length that a header declares is what encoders get wrong most; the first
//! seconds are decoded, because frames alone do not make a sound.

use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::default::codecs::MpaDecoder;
use symphonia::default::formats::MpaReader;

use super::Context;
use crate::facts::{AudioFacts, Damage, DamageKind, FileFacts};
use crate::identify::id3v2_length;
use crate::source::{self, Source, SourceReader};

/// Frames that are decoded: about ten seconds.
const DECODED: usize = 400;

/// Frames that make a recording; one alone turns up by chance, and players refuse it.
const LEAST_FRAMES: u64 = 2;

/// In a recording of more frames than this, most must decode.
const PIECE: usize = 50;

/// Frames that a count may differ by: encoders do not agree on whether the first and the last are counted.
const SLACK: u64 = 2;

/// Frames between two looks at the clock.
const STRIDE: u64 = 4096;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut audio = AudioFacts { codec: Some("MP3".to_owned()), ..AudioFacts::default() };
    if let Err(error) = measure(source, context, &mut audio, facts) {
        facts.damage.push(Damage::new(DamageKind::Undecodable).because(error));
    }
    facts.audio = Some(Box::new(audio));
}

fn measure(
    source: &dyn Source,
    context: &Context<'_>,
    audio: &mut AudioFacts,
    facts: &mut FileFacts,
) -> Result<(), Error> {
    let stream =
        MediaSourceStream::new(Box::new(Stream(SourceReader::new(source, 0), source.size())), Default::default());
    let mut reader = MpaReader::try_new(stream, FormatOptions::default())?;
    let Some(track) = reader.default_track(TrackType::Audio) else {
        return Err(Error::DecodeError("no sound in it"));
    };
    let Some(params) = track.codec_params.as_ref().and_then(|params| params.audio()) else {
        return Err(Error::DecodeError("no sound in it"));
    };
    audio.sample_rate = params.sample_rate;
    audio.channels = params.channels.as_ref().and_then(|channels| u16::try_from(channels.count()).ok());
    let rate = f64::from(params.sample_rate.unwrap_or(0));
    let mut decoder = MpaDecoder::try_new(params, &AudioDecoderOptions::default()).ok();

    let (mut frames, mut samples, mut decoded) = (0u64, 0u64, 0usize);
    loop {
        let packet = match reader.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => break,
            // The last frame of a file is often short: the end is the end.
            Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error),
        };
        frames += 1;
        samples += packet.dur.get() + packet.trim_start.get() + packet.trim_end.get();
        if frames <= DECODED as u64
            && let Some(decoder) = &mut decoder
            && decoder_accepts(decoder, &packet)
        {
            decoded += 1;
        }
        if frames % STRIDE == 0 && context.deadline.is_over() {
            facts.damage.push(Damage::new(DamageKind::OverTime));
            return Ok(());
        }
    }
    if rate > 0.0 {
        audio.duration = Some(samples as f64 / rate);
    }
    if let Some(declared) = declared_frames(source) {
        audio.declared_duration =
            audio.duration.filter(|_| frames > 0).map(|d| d / frames as f64 * f64::from(declared));
        // An encoder counts rightly; a file that has fewer frames was cut off after it was written.
        if frames + SLACK + u64::from(declared) / 50 < u64::from(declared) {
            facts.damage.push(Damage::new(DamageKind::Truncated).at(source.size()));
        }
    }
    // The first frames of a piece cut out of a recording need others that are not there.
    let tried = frames.min(DECODED as u64) as usize;
    if frames < LEAST_FRAMES || decoded == 0 || (tried > PIECE && decoded * 2 < tried) {
        return Err(Error::DecodeError("frames without sound"));
    }
    Ok(())
}

/// The number of frames that the first frame announces, in the header that LAME and others write there.
fn declared_frames(source: &dyn Source) -> Option<u32> {
    const COUNTS_FRAMES: u32 = 1;

    let head = source::read(source, 0, 10).ok()?;
    let start = id3v2_length(&head).unwrap_or(0);
    // Behind the four bytes of the frame's header and at most 32 of its side information.
    let frame = source::read(source, start, 64).ok()?;
    let at = frame.windows(4).position(|window| window == b"Xing" || window == b"Info")?;
    let number = |at: usize| Some(u32::from_be_bytes(frame.get(at..at + 4)?.try_into().ok()?));
    (number(at + 4)? & COUNTS_FRAMES != 0).then(|| number(at + 8)).flatten()
}

fn decoder_accepts(decoder: &mut MpaDecoder, packet: &symphonia::core::packet::Packet) -> bool {
    use symphonia::core::codecs::audio::AudioDecoder;
    decoder.decode(packet).is_ok()
}

struct Stream<'a>(SourceReader<'a>, u64);

impl std::io::Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer)
    }
}

impl std::io::Seek for Stream<'_> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

impl MediaSource for Stream<'_> {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.1)
    }
}
