//! Listening: as much of a recording is decoded as makes the answer sure, and it is said how much that was.
//!
//! That something can be heard is known after a second or two, from places all over the recording. That nothing can be
//! heard is known only when all of it was decoded.

use std::io;

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::well_known as codec;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::packet::PacketRef;
use symphonia::core::units::{Duration, Timestamp};
use symphonia::default::codecs::{AacDecoder, AlacDecoder, MpaDecoder, PcmDecoder};

use super::ear::Ear;
use super::prints::{self, Heard};
use super::{Context, Listen};
use crate::facts::{FileFacts, SoundFacts, Unheard};
use crate::source::{self, Source};

/// Places that are listened to first, as shares of the whole. What is wrong with a recording is rarely wrong with its
/// middle alone.
const PLACES: [f64; 6] = [0.5, 0.25, 0.75, 0.125, 0.875, 0.02];

/// Seconds that one place lasts if only sound is asked for, and if speech is.
const SOUND_PLACE: f64 = 1.0;
const SPEECH_PLACE: f64 = 10.0;

/// Seconds of speech in those places that settle the question.
const ENOUGH_SPEECH: f64 = 10.0;

/// Packets behind a jump whose sound is not counted, because the decoder needs the ones before them.
const WARM_UP: usize = 4;

/// Packets that are kept. Thirteen hours of AAC have as many.
const MOST: usize = 2_000_000;

/// Bytes of one packet that are read. Real ones stay far below.
const LONGEST: u32 = 1 << 20;

/// Bytes of sound that is not packed in one piece.
const PIECE: u64 = 4 * 1024;

/// So many packets, all of which fail, are no sound; the rest need not be tried.
const HOPELESS: usize = 100;

/// Packets between two looks at the clock.
const STRIDE: usize = 64;

/// More packets than one in so many that cannot be decoded make the recording one that was not listened to.
const FAILURES: usize = 20;

/// How sound is packed, as far as it can be unpacked here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Sound {
    /// In a way that nothing here unpacks.
    #[default]
    Other,
    /// AAC; its own header.
    Aac(Vec<u8>),
    /// MPEG audio of this layer, 1 to 3.
    Mpeg(u8),
    /// Apple Lossless; its own header.
    Alac(Vec<u8>),
    /// Not packed.
    Pcm(Pcm),
}

/// Sound that is not packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pcm {
    pub(super) number: Number,
    pub(super) bits: u16,
    pub(super) big_endian: bool,
}

/// What a number in sound that is not packed means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Unsigned,
    Signed,
    Float,
    Alaw,
    Mulaw,
}

/// A recording, packet by packet.
pub(super) struct Packets<'a> {
    source: &'a dyn Source,
    /// How the packets are packed, samples a second, and channels.
    pub(super) sound: (Sound, u32, u16),
    /// Where each lies, and how long it is.
    places: Vec<(u64, u32)>,
    /// Seconds that all of them last.
    pub(super) seconds: f64,
    /// Why they cannot be listened to, whatever they are.
    pub(super) unheard: Option<Unheard>,
}

impl<'a> Packets<'a> {
    /// No packets yet.
    pub(super) fn new(source: &'a dyn Source) -> Packets<'a> {
        Packets { source, sound: (Sound::Other, 0, 0), places: Vec::new(), seconds: 0.0, unheard: None }
    }

    /// One packet more.
    pub(super) fn add(&mut self, at: u64, length: u32) {
        if self.places.len() < MOST {
            self.places.push((at, length));
        } else {
            self.unheard = Some(Unheard::Limit);
        }
    }

    /// Sound that is not packed, cut into pieces of whole samples.
    pub(super) fn add_plain(&mut self, mut at: u64, mut bytes: u64) {
        let frame = match self.sound {
            (Sound::Pcm(pcm), _, channels) => u64::from(pcm.bits / 8) * u64::from(channels),
            _ => 1,
        };
        let piece = (PIECE / frame.max(1)).max(1) * frame.max(1);
        while bytes > 0 && at < self.source.size() && self.unheard.is_none() {
            let length = bytes.min(piece);
            self.add(at, length as u32);
            (at, bytes) = (at + length, bytes - length);
        }
    }

    /// Puts the bytes of one into `packet`; false if they are not all there.
    fn read(&self, number: usize, packet: &mut Vec<u8>) -> io::Result<bool> {
        let (at, length) = self.places.get(number).copied().unwrap_or_default();
        let present = u64::from(length.min(LONGEST)).min(self.source.size().saturating_sub(at));
        packet.resize(present as usize, 0);
        let count = source::fill(self.source, at, packet)?;
        packet.truncate(count);
        Ok(count == length as usize)
    }
}

/// Listens to a recording, and takes its print, as far as somebody asks for it.
pub(super) fn hear(packets: &Packets<'_>, context: &Context<'_>, facts: &mut FileFacts) {
    if context.listen > Listen::Nothing {
        facts.sound = Some(Box::new(to_packets(packets, context)));
    }
    prints::add(facts, context, |prints| prints.sound = print(packets, context));
    if context.previews {
        facts.preview.get_or_insert_default().loudness = strip(packets, context);
    }
}

/// How loud the recording is, in parts of equal length. Of each part no more than its beginning is decoded.
fn strip(packets: &Packets<'_>, context: &Context<'_>) -> Vec<u8> {
    const PARTS: usize = 120;
    const HEARD: usize = 3;

    let (sound, rate, channels) = &packets.sound;
    let Some(mut decoder) = decoder(sound, *rate, *channels).filter(|_| packets.unheard.is_none()) else {
        return Vec::new();
    };
    let count = packets.places.len();
    let parts = PARTS.min(count);
    let (mut packet, mut interleaved, mut strip) = (Vec::new(), Vec::<f32>::new(), Vec::with_capacity(parts));
    let mut read = 0;
    for part in 0..parts {
        if context.deadline.is_over() {
            return Vec::new();
        }
        let (first, end) = (part * count / parts, (part + 1) * count / parts);
        let warm_up = if matches!(sound, Sound::Pcm(_)) { 0 } else { WARM_UP.min(first) };
        let mut loudest = 0.0_f32;
        decoder.reset();
        for number in first - warm_up..end.min(first + HEARD) {
            let whole = packets.read(number, &mut packet).unwrap_or(false);
            read += packet.len() as u64;
            // Packets before and behind the beginning of a part may belong to two parts, no more.
            if read > packets.source.size().saturating_mul((WARM_UP + HEARD + 1) as u64) {
                return Vec::new();
            }
            if !whole {
                continue;
            }
            let Ok(decoded) = decoder.decode_ref(&PacketRef::new(0, Timestamp::ZERO, Duration::ZERO, &packet)) else {
                continue;
            };
            if number >= first {
                decoded.copy_to_vec_interleaved(&mut interleaved);
                loudest = interleaved.iter().fold(loudest, |loudest, sample| loudest.max(sample.abs()));
            }
        }
        strip.push((loudest.clamp(0.0, 1.0) * 100.0).round() as u8);
    }
    strip
}

/// The print of a recording: all of it is decoded, as far as the limit goes.
fn print(packets: &Packets<'_>, context: &Context<'_>) -> Vec<u32> {
    let (sound, rate, channels) = &packets.sound;
    let Some(mut decoder) = decoder(sound, *rate, *channels).filter(|_| packets.unheard.is_none()) else {
        return Vec::new();
    };
    let pace = packets.seconds / packets.places.len().max(1) as f64;
    let mut heard = Heard::new();
    let (mut packet, mut interleaved, mut read) = (Vec::new(), Vec::new(), 0);
    for number in 0..packets.places.len() {
        let over = number as f64 * pace > context.limits.sound_seconds;
        if over || (number % STRIDE == STRIDE - 1 && context.deadline.is_over()) {
            break;
        }
        let whole = packets.read(number, &mut packet).unwrap_or(false);
        read += packet.len() as u64;
        if !whole || read > packets.source.size().saturating_mul(3) {
            break;
        }
        if let Ok(decoded) = decoder.decode_ref(&PacketRef::new(0, Timestamp::ZERO, Duration::ZERO, &packet)) {
            let (rate, channels) = (decoded.spec().rate(), decoded.spec().channels().count());
            decoded.copy_to_vec_interleaved(&mut interleaved);
            heard.hear(rate, channels, &interleaved);
        }
    }
    heard.finish()
}

/// Listens to a recording.
fn to_packets(packets: &Packets<'_>, context: &Context<'_>) -> SoundFacts {
    let unheard = |why| SoundFacts { unheard: Some(why), ..SoundFacts::default() };
    if let Some(why) = packets.unheard {
        return unheard(why);
    }
    let (sound, rate, channels) = &packets.sound;
    let Some(decoder) = decoder(sound, *rate, *channels) else { return unheard(Unheard::Codec) };
    if packets.places.is_empty() {
        return unheard(Unheard::Undecodable);
    }
    let packed = !matches!(sound, Sound::Pcm(_));
    let mut listener = Listener { packets, context, decoder, packed, ear: None, tried: 0, failed: 0, read: 0 };
    let place = if context.listen == Listen::Speech { SPEECH_PLACE } else { SOUND_PLACE };
    let seconds = packets.seconds;
    // A recording not much longer than the places is listened to as a whole.
    if seconds > place * (PLACES.len() + 2) as f64 {
        for share in PLACES {
            let from = share * seconds;
            if let Err(why) = listener.play(from, from + place) {
                return listener.facts(false, Some(why));
            }
            if context.listen == Listen::Sound && listener.is_sure() {
                return listener.facts(false, None);
            }
        }
        if listener.is_sure() {
            return listener.facts(false, None);
        }
    }
    (listener.ear, listener.tried, listener.failed) = (None, 0, 0);
    let limit = context.limits.sound_seconds;
    let mut at = 0.0;
    while at < seconds.min(limit) {
        // In pieces, because sound at the end of a silent beginning settles the question there.
        let next = at + SPEECH_PLACE;
        if let Err(why) = listener.play(at, next.min(limit)) {
            return listener.facts(false, Some(why));
        }
        at = next;
        if context.listen == Listen::Sound && listener.is_sure() {
            return listener.facts(at >= seconds, None);
        }
    }
    let cut = (seconds > limit).then_some(Unheard::Limit);
    listener.facts(cut.is_none(), cut)
}

struct Listener<'a> {
    packets: &'a Packets<'a>,
    context: &'a Context<'a>,
    decoder: Box<dyn AudioDecoder>,
    /// Packets need the ones before them.
    packed: bool,
    ear: Option<(u32, usize, Ear)>,
    tried: usize,
    failed: usize,
    /// Bytes read so far.
    read: u64,
}

impl Listener<'_> {
    fn is_sure(&self) -> bool {
        self.ear.as_ref().is_some_and(|(_, _, ear)| {
            ear.is_sure_of_sound() && (self.context.listen == Listen::Sound || ear.speech_seconds() >= ENOUGH_SPEECH)
        })
    }

    /// Decodes what lies between two moments.
    fn play(&mut self, from: f64, to: f64) -> Result<(), Unheard> {
        let count = self.packets.places.len();
        let pace = self.packets.seconds / count.max(1) as f64;
        let number = |seconds: f64| ((seconds / pace.max(1e-9)).round() as usize).min(count);
        let first = number(from);
        let last = number(to).max(first + 1).min(count);
        let warm_up = if self.packed && first > 0 { WARM_UP.min(first) } else { 0 };
        self.decoder.reset();
        let mut packet = Vec::new();
        let mut interleaved = Vec::new();
        for (done, number) in (first - warm_up..last).enumerate() {
            if done % STRIDE == STRIDE - 1 && self.context.deadline.is_over() {
                return Err(Unheard::Time);
            }
            let whole = self.packets.read(number, &mut packet).map_err(|_| Unheard::ReadError)?;
            self.read += packet.len() as u64;
            // Honest packets lie side by side; a table that leads to the same bytes again and again buys no time here.
            if self.read > self.packets.source.size().saturating_mul(3) {
                return Err(Unheard::Undecodable);
            }
            let decoded = self.decoder.decode_ref(&PacketRef::new(0, Timestamp::ZERO, Duration::ZERO, &packet));
            if done < warm_up {
                continue;
            }
            self.tried += 1;
            // A decoder makes silence of a packet without bytes.
            let Some(decoded) = decoded.ok().filter(|_| whole) else {
                self.failed += 1;
                if self.failed == self.tried && self.failed >= HOPELESS {
                    return Err(Unheard::Undecodable);
                }
                continue;
            };
            let (rate, channels) = (decoded.spec().rate(), decoded.spec().channels().count());
            decoded.copy_to_vec_interleaved(&mut interleaved);
            let listen = self.context.listen;
            let (known_rate, known_channels, ear) =
                self.ear.get_or_insert_with(|| (rate, channels, Ear::new(rate, channels, listen == Listen::Speech)));
            // A recording that changes its form in the middle is heard as far as it keeps the first.
            if (*known_rate, *known_channels) == (rate, channels) {
                ear.hear(number as f64 * pace, &interleaved);
            }
        }
        Ok(())
    }

    fn facts(self, complete: bool, unheard: Option<Unheard>) -> SoundFacts {
        let broken = self.failed * FAILURES > self.tried;
        let nothing = self.ear.is_none();
        let unheard = unheard.or((broken || nothing).then_some(Unheard::Undecodable));
        let mut facts = SoundFacts { complete: complete && unheard.is_none(), unheard, ..SoundFacts::default() };
        if let Some((_, _, ear)) = self.ear {
            ear.tell(&mut facts);
        }
        facts
    }
}

/// What unpacks sound; none if nothing here does.
pub(super) fn decoder(sound: &Sound, rate: u32, channels: u16) -> Option<Box<dyn AudioDecoder>> {
    let mut parameters = AudioCodecParameters::new();
    let options = AudioDecoderOptions::default();
    parameters.with_sample_rate(rate);
    // More channels than a cinema has are a broken header.
    parameters.with_channels(Channels::Discrete(Some(channels).filter(|channels| (1..=32).contains(channels))?));
    match sound {
        Sound::Aac(header) => {
            parameters.for_codec(codec::CODEC_ID_AAC).with_extra_data(header.clone().into());
            Some(Box::new(AacDecoder::try_new(&parameters, &options).ok()?))
        }
        Sound::Mpeg(layer) => {
            let codecs = [codec::CODEC_ID_MP1, codec::CODEC_ID_MP2, codec::CODEC_ID_MP3];
            parameters.for_codec(*codecs.get(usize::from(*layer).checked_sub(1)?)?);
            Some(Box::new(MpaDecoder::try_new(&parameters, &options).ok()?))
        }
        Sound::Alac(header) => {
            parameters.for_codec(codec::CODEC_ID_ALAC).with_extra_data(header.clone().into());
            Some(Box::new(AlacDecoder::try_new(&parameters, &options).ok()?))
        }
        Sound::Pcm(pcm) => {
            parameters.for_codec(plain(*pcm)?).with_max_frames_per_packet(1);
            Some(Box::new(PcmDecoder::try_new(&parameters, &options).ok()?))
        }
        Sound::Other => None,
    }
}

fn plain(pcm: Pcm) -> Option<AudioCodecId> {
    Some(match (pcm.number, pcm.bits, pcm.big_endian) {
        (Number::Unsigned, 8, _) => codec::CODEC_ID_PCM_U8,
        (Number::Signed, 8, _) => codec::CODEC_ID_PCM_S8,
        (Number::Signed, 16, false) => codec::CODEC_ID_PCM_S16LE,
        (Number::Signed, 16, true) => codec::CODEC_ID_PCM_S16BE,
        (Number::Signed, 24, false) => codec::CODEC_ID_PCM_S24LE,
        (Number::Signed, 24, true) => codec::CODEC_ID_PCM_S24BE,
        (Number::Signed, 32, false) => codec::CODEC_ID_PCM_S32LE,
        (Number::Signed, 32, true) => codec::CODEC_ID_PCM_S32BE,
        (Number::Float, 32, false) => codec::CODEC_ID_PCM_F32LE,
        (Number::Float, 32, true) => codec::CODEC_ID_PCM_F32BE,
        (Number::Float, 64, false) => codec::CODEC_ID_PCM_F64LE,
        (Number::Float, 64, true) => codec::CODEC_ID_PCM_F64BE,
        (Number::Alaw, 8, _) => codec::CODEC_ID_PCM_ALAW,
        (Number::Mulaw, 8, _) => codec::CODEC_ID_PCM_MULAW,
        _ => return None,
    })
}
