//! How a track is packed: the first sample entry and the decoder's own header in it.

use std::io;

use h264_reader::avcc::AvcDecoderConfigurationRecord;
use h264_reader::nal::sps::{FrameMbsFlags, SeqParameterSet};
use h264_reader::rbsp::{BitReader, ByteReader};

use super::super::listen::{Number, Pcm, Sound};
use super::boxes::{Atom, Boxes, be16, be32};
use crate::facts::{Chroma, Damage, DamageKind};

/// Bytes of a decoder's header that are read. Parameter sets with the encoder's settings in them take some 2 KB.
const HEADER: u64 = 64 * 1024;

/// What the sample entry of a track says.
#[derive(Default)]
pub(super) struct Coding {
    pub(super) codec: Option<String>,
    pub(super) profile: Option<String>,
    pub(super) width: Option<u16>,
    pub(super) height: Option<u16>,
    pub(super) chroma: Option<Chroma>,
    pub(super) bit_depth: Option<u8>,
    pub(super) interlaced: Option<bool>,
    pub(super) channels: Option<u16>,
    pub(super) rate: Option<u32>,
    /// Protected against copying.
    pub(super) protected: bool,
    pub(super) sound: Sound,
}

impl Coding {
    /// Reads the first entry of a sample description.
    pub(super) fn read(boxes: &mut Boxes<'_>, stsd: &Atom, handler: [u8; 4]) -> io::Result<Coding> {
        let mut coding = Coding::default();
        let head = boxes.body(stsd, 8)?;
        let (version, count) = (head.first().copied(), be32(&head, 4).unwrap_or(0));
        let list = stsd.skip(8);
        // An entry has sixteen bytes at least.
        if u64::from(count) > (list.end - list.start) / 16 || count == 0 {
            boxes.damage.push(Damage::new(DamageKind::Contradiction).at(stsd.start).because("stsd"));
        }
        let Some(entry) = boxes.at(list.start, list.end)? else { return Ok(coding) };
        if entry.cut {
            boxes.damage.push(Damage::new(DamageKind::Contradiction).at(entry.start).because(entry.text()));
        }
        coding.codec = Some(entry.text().trim().to_owned());
        match &handler {
            b"vide" => coding.picture(boxes, &entry)?,
            b"soun" => coding.sound(boxes, &entry, version == Some(0))?,
            _ => {}
        }
        Ok(coding)
    }

    fn picture(&mut self, boxes: &mut Boxes<'_>, entry: &Atom) -> io::Result<()> {
        const FIXED: u64 = 78;

        let body = boxes.body(entry, FIXED)?;
        (self.width, self.height) = (be16(&body, 24), be16(&body, 26));
        let mut has_header = false;
        boxes.children(&entry.skip(FIXED), &mut |boxes, atom| {
            let header = || boxes.body(atom, HEADER);
            match &atom.name {
                b"avcC" => {
                    has_header = true;
                    if self.h264(&header()?).is_none() {
                        boxes.damage.push(Damage::new(DamageKind::Undecodable).at(atom.start).because("avcC"));
                    }
                }
                b"hvcC" => {
                    has_header = true;
                    self.h265(&header()?);
                }
                b"av1C" => self.av1(&header()?),
                b"vpcC" => self.vp9(&header()?),
                b"esds" => self.esds(boxes, atom)?,
                // One field or two of each frame.
                b"fiel" => self.interlaced = header()?.first().map(|&fields| fields == 2).or(self.interlaced),
                b"sinf" => self.protected = true,
                _ => {}
            }
            Ok(())
        })?;
        let wants_header = matches!(&entry.name, b"avc1" | b"hvc1");
        if wants_header && !has_header {
            boxes.damage.push(Damage::new(DamageKind::MissingPart).at(entry.start).because(entry.text()));
        }
        self.protected |= matches!(&entry.name, b"encv" | b"drmi");
        match &entry.name {
            b"apch" | b"apcn" | b"apcs" | b"apco" => (self.chroma, self.bit_depth) = (Some(Chroma::C422), Some(10)),
            b"ap4h" | b"ap4x" => (self.chroma, self.bit_depth) = (Some(Chroma::C444), Some(12)),
            _ => {}
        }
        Ok(())
    }

    /// None if the decoder's header cannot be read.
    fn h264(&mut self, header: &[u8]) -> Option<()> {
        let record = AvcDecoderConfigurationRecord::try_from(header).ok()?;
        let number = *header.get(1)?;
        self.profile = Some(
            match number {
                66 => "Baseline",
                77 => "Main",
                88 => "Extended",
                100 => "High",
                110 => "High 10",
                122 => "High 4:2:2",
                244 => "High 4:4:4",
                _ => return Some(()),
            }
            .to_owned(),
        );
        // Streams that bring their parameter sets along have none here.
        let Some(set) = record.sequence_parameter_sets().next() else { return Some(()) };
        let set = set.ok()?;
        // The first byte of a parameter set is the header of its unit.
        let reader = BitReader::new(ByteReader::skipping_h264_header(set));
        // What this reader does not know may still be right: then there is only less to tell.
        let Ok(set) = SeqParameterSet::from_bits(reader) else { return Some(()) };
        self.chroma = match set.chroma_info.chroma_format.to_u32() {
            0 => Some(Chroma::C400),
            1 => Some(Chroma::C420),
            2 => Some(Chroma::C422),
            3 => Some(Chroma::C444),
            _ => None,
        };
        self.bit_depth = Some(8 + set.chroma_info.bit_depth_luma_minus8);
        self.interlaced = Some(!matches!(set.frame_mbs_flags, FrameMbsFlags::Frames));
        Some(())
    }

    fn h265(&mut self, header: &[u8]) {
        let &[_, space, _, _, _, _, constraints, ..] = header else { return };
        let (Some(chroma), Some(depth)) = (header.get(16), header.get(17)) else { return };
        self.profile = match space & 0x1F {
            1 => Some("Main"),
            2 => Some("Main 10"),
            3 => Some("Main Still Picture"),
            4 => Some("Range Extensions"),
            _ => None,
        }
        .map(str::to_owned);
        // Phones leave zero here for pictures that are not grey at all.
        self.chroma = [None, Some(Chroma::C420), Some(Chroma::C422), Some(Chroma::C444)][usize::from(chroma & 3)];
        self.bit_depth = Some(8 + (depth & 7));
        // Progressive source, interlaced source.
        self.interlaced = Some(constraints & 0xC0 == 0x40);
    }

    fn av1(&mut self, header: &[u8]) {
        let (Some(profile), Some(flags)) = (header.get(1), header.get(2)) else { return };
        self.profile = ["Main", "High", "Professional"].get(usize::from(profile >> 5)).map(|&name| name.to_owned());
        self.bit_depth = Some(if flags & 0x40 == 0 { 8 } else { 10 + 2 * (flags >> 5 & 1) });
        self.chroma = Some(match flags >> 2 & 7 {
            bits if bits & 4 != 0 => Chroma::C400,
            3 => Chroma::C420,
            2 => Chroma::C422,
            _ => Chroma::C444,
        });
        self.interlaced = Some(false);
    }

    fn vp9(&mut self, header: &[u8]) {
        let (Some(profile), Some(flags)) = (header.get(4), header.get(6)) else { return };
        self.profile = Some(format!("Profile {profile}"));
        self.bit_depth = Some(flags >> 4);
        self.chroma = match flags >> 1 & 7 {
            0 | 1 => Some(Chroma::C420),
            2 => Some(Chroma::C422),
            3 => Some(Chroma::C444),
            _ => None,
        };
        self.interlaced = Some(false);
    }

    /// QuickTime's versions of the sound entry are told by a field that ISO files of a later version use otherwise.
    fn sound(&mut self, boxes: &mut Boxes<'_>, entry: &Atom, is_quicktime: bool) -> io::Result<()> {
        let body = boxes.body(entry, 64)?;
        let version = be16(&body, 8).filter(|_| is_quicktime).unwrap_or(0);
        let bits = be16(&body, 18).unwrap_or(0);
        self.channels = be16(&body, 16);
        self.rate = be32(&body, 24).map(|rate| rate >> 16);
        let mut flags = None;
        let fixed = match version {
            1 => 44,
            2 => {
                let rate = body.get(32..40).and_then(|rate| rate.try_into().ok()).map(f64::from_be_bytes);
                self.rate = rate.filter(|rate| (1.0..1e7).contains(rate)).map(|rate| rate.round() as u32);
                self.channels = be32(&body, 40).and_then(|channels| u16::try_from(channels).ok());
                flags = be32(&body, 48).zip(be32(&body, 52));
                64
            }
            _ => 28,
        };
        self.sound = plain(entry.name, bits, flags);
        let mut little = false;
        boxes.children(&entry.skip(fixed), &mut |boxes, atom| {
            self.sound_header(boxes, atom)?;
            if &atom.name == b"wave" {
                boxes.children(atom, &mut |boxes, atom| {
                    little |= &atom.name == b"enda" && boxes.body(atom, 2)?.get(1) == Some(&1);
                    self.sound_header(boxes, atom)
                })?;
            }
            Ok(())
        })?;
        if let Sound::Pcm(pcm) = &mut self.sound
            && little
        {
            pcm.big_endian = false;
        }
        self.protected |= matches!(&entry.name, b"enca" | b"drms");
        Ok(())
    }

    fn sound_header(&mut self, boxes: &mut Boxes<'_>, atom: &Atom) -> io::Result<()> {
        match &atom.name {
            b"esds" => self.esds(boxes, atom)?,
            b"alac" if atom.end - atom.start >= 28 => {
                let header = boxes.body(&atom.skip(4), 48)?;
                self.channels = header.get(9).map(|&channels| u16::from(channels)).or(self.channels);
                self.rate = be32(&header, 20).or(self.rate);
                self.sound = Sound::Alac(header);
            }
            b"dac3" => self.dolby(&boxes.body(atom, 3)?, 10),
            b"dec3" => self.dolby(&boxes.body(atom, 8)?, 28),
            // Whatever it was made from, Opus is played at one rate.
            b"dOps" => self.rate = Some(48_000),
            // The sample entry says two for this codec of one channel.
            b"damr" => self.channels = Some(1),
            // ISO's form of sound that is not packed: flags and bits a sample.
            b"pcmC" => {
                let body = boxes.body(atom, 6)?;
                let (flags, bits) = (body.get(4).copied().unwrap_or(0), body.get(5).copied().unwrap_or(0));
                if let Sound::Pcm(pcm) = &mut self.sound {
                    (pcm.bits, pcm.big_endian) = (u16::from(bits), flags & 1 == 0);
                }
            }
            b"sinf" => self.protected = true,
            _ => {}
        }
        Ok(())
    }

    /// The channels of AC-3 and its successor, which the sample entry does not know; `at` bits stand before them.
    fn dolby(&mut self, header: &[u8], at: usize) {
        const CHANNELS: [u16; 8] = [2, 1, 2, 3, 3, 4, 4, 5];

        let mut bits = Bits { bytes: header, at };
        if let (Some(mode), Some(bass)) = (bits.take(3), bits.take(1)) {
            self.channels = Some(CHANNELS[mode as usize] + bass as u16);
        }
    }

    fn esds(&mut self, boxes: &mut Boxes<'_>, atom: &Atom) -> io::Result<()> {
        let body = boxes.body(atom, HEADER)?;
        // A longer box than that is not read to its end.
        if !self.descriptors(&body) && atom.end - atom.start < HEADER {
            boxes.damage.push(Damage::new(DamageKind::Undecodable).at(atom.start).because("esds"));
        }
        Ok(())
    }

    /// MPEG-4's descriptors: the kind of stream, and the decoder's own header. False if that header is not all there, which
    /// no player forgives.
    fn descriptors(&mut self, body: &[u8]) -> bool {
        const STREAM: u8 = 3;
        const DECODER: u8 = 4;
        const HEADER: u8 = 5;

        let Some(mut rest) = body.get(4..) else { return true };
        let mut kind = 0;
        while let Some((tag, length, content, behind)) = descriptor(rest) {
            rest = match tag {
                // Behind the number and the flags stand what the flags announce.
                STREAM => {
                    let flags = content.get(2).copied().unwrap_or(0);
                    let address =
                        if flags & 0x40 == 0 { 0 } else { 1 + content.get(3).copied().map_or(0, usize::from) };
                    let skip = 3 + usize::from(flags >> 7) * 2 + address + usize::from(flags >> 5 & 1) * 2;
                    content.get(skip..).unwrap_or_default()
                }
                DECODER => {
                    kind = content.first().copied().unwrap_or(0);
                    self.stream(kind);
                    content.get(13..).unwrap_or_default()
                }
                HEADER => {
                    if matches!(kind, 0x40 | 0x66..=0x68) {
                        self.aac(content);
                    }
                    return content.len() == length;
                }
                _ => behind,
            };
        }
        true
    }

    fn stream(&mut self, kind: u8) {
        let name = match kind {
            0x20 => "MPEG-4 Visual",
            0x40 | 0x66..=0x68 => "AAC",
            0x69 | 0x6B => {
                self.sound = Sound::Mpeg(3);
                "MP3"
            }
            0x60..=0x65 => "MPEG-2 Video",
            0x6A => "MPEG-1 Video",
            0x6C => "JPEG",
            0xA5 => "AC-3",
            0xA6 => "E-AC-3",
            0xA9 => "DTS",
            0xDD => "Vorbis",
            _ => return,
        };
        self.profile = Some(name.to_owned());
    }

    /// The header of AAC names the kind, the rate and the channels; where it does, it is right and the sample entry is not.
    fn aac(&mut self, header: &[u8]) {
        const RATES: [u32; 13] =
            [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

        let mut bits = Bits { bytes: header, at: 0 };
        let mut read = || {
            let kind = |bits: &mut Bits<'_>| {
                let kind = bits.take(5)?;
                if kind == 31 { Some(32 + bits.take(6)?) } else { Some(kind) }
            };
            let rate = |bits: &mut Bits<'_>| match bits.take(4)? {
                15 => bits.take(24),
                index => RATES.get(index as usize).copied(),
            };
            let found = kind(&mut bits)?;
            let core = rate(&mut bits)?;
            let channels = bits.take(4)?;
            // The kinds with spectral band replication name the rate that comes out and then the kind of the core.
            let full = if matches!(found, 5 | 29) { rate(&mut bits)? } else { core };
            Some((found, core, full, channels))
        };
        let Some((kind, core, full, channels)) = read() else { return };
        self.profile = Some(
            match kind {
                1 => "AAC Main",
                2 => "AAC LC",
                5 => "HE-AAC",
                29 => "HE-AAC v2",
                42 => "xHE-AAC",
                _ => "AAC",
            }
            .to_owned(),
        );
        self.rate = Some(full);
        self.channels = match channels {
            1..=6 => Some(channels as u16),
            7 => Some(8),
            _ => self.channels,
        };
        if matches!(kind, 2 | 5 | 29) && matches!(channels, 1 | 2) {
            // Without the replication the core is plain AAC of the lower rate, which is enough to hear what is there.
            let index = RATES.iter().position(|&rate| rate == core);
            if let Some(index) = index {
                self.sound = Sound::Aac(vec![2 << 3 | (index >> 1) as u8, (index as u8) << 7 | (channels as u8) << 3]);
            }
        }
    }
}

/// Sound that QuickTime and ISO files hold as it is, by the name of the entry. `flags` are those of QuickTime's second
/// version, with bits a sample.
fn plain(name: [u8; 4], bits: u16, flags: Option<(u32, u32)>) -> Sound {
    let pcm = |number, bits, big_endian| Sound::Pcm(Pcm { number, bits, big_endian });
    match &name {
        b"sowt" => pcm(Number::Signed, bits.max(8), false),
        b"twos" => pcm(Number::Signed, bits.max(8), true),
        b"raw " => pcm(Number::Unsigned, bits.max(8), true),
        b"in24" => pcm(Number::Signed, 24, true),
        b"in32" => pcm(Number::Signed, 32, true),
        b"fl32" => pcm(Number::Float, 32, true),
        b"fl64" => pcm(Number::Float, 64, true),
        b"alaw" => pcm(Number::Alaw, 8, true),
        b"ulaw" => pcm(Number::Mulaw, 8, true),
        b"ipcm" => pcm(Number::Signed, bits, true),
        b"fpcm" => pcm(Number::Float, bits, true),
        b".mp3" => Sound::Mpeg(3),
        b"lpcm" => match flags {
            Some((bits, flags)) => {
                let number = match flags {
                    flags if flags & 1 != 0 => Number::Float,
                    flags if flags & 4 != 0 => Number::Signed,
                    _ => Number::Unsigned,
                };
                pcm(number, u16::try_from(bits).unwrap_or(0), flags & 2 != 0)
            }
            None => Sound::Other,
        },
        _ => Sound::Other,
    }
}

/// Tag and content of the first descriptor, and what follows it.
fn descriptor(bytes: &[u8]) -> Option<(u8, usize, &[u8], &[u8])> {
    let (&tag, mut rest) = bytes.split_first()?;
    let mut length = 0usize;
    for _ in 0..4 {
        let (&byte, behind) = rest.split_first()?;
        rest = behind;
        length = length << 7 | usize::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            break;
        }
    }
    let (content, behind) = rest.split_at(length.min(rest.len()));
    Some((tag, length, content, behind))
}

/// Bits from the front of bytes.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0, |number, _| {
            let byte = self.bytes.get(self.at / 8)?;
            let bit = byte >> (7 - self.at % 8) & 1;
            self.at += 1;
            Some(number << 1 | u32::from(bit))
        })
    }
}
