//! MP4 and QuickTime: the boxes are walked, the movie header is read, the media data is not touched.
//!
//! Written here because no crate could be trusted with a stranger's file: `mp4` 0.14 and `re_mp4` 0.5 loop for ever on
//! a 36-byte file, `mp4parse` 0.17 reads all of `mdat`, `mp4-atom` 0.17 overflows the stack on nested boxes and
//! `symphonia` 0.6 refuses every HEVC file of ffmpeg. All but one believe a header that lies about the duration.

use std::collections::BTreeMap;
use std::io;

use super::Context;
use crate::facts::{Damage, DamageKind, FileFacts, PictureTrack, Track, TrackKind, VideoFacts};
use crate::source::{self, Source};

/// Boxes looked at in one file. A fragmented lesson of an hour has some 20,000.
const BOXES: u32 = 500_000;

/// Bytes of a sample table read at a time.
const BLOCK: usize = 64 * 1024;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let mut walk = Walk { source, context, boxes: BOXES, movie: Movie::default(), damage: Vec::new() };
    if let Err(error) = walk.file() {
        walk.damage.push(Damage::new(DamageKind::ReadError).because(error));
    }
    let Walk { movie, mut damage, .. } = walk;
    let video = movie.facts(source.size(), &mut damage);
    facts.video = Some(Box::new(video));
    facts.damage.extend(damage);
}

/// What the boxes said.
#[derive(Default)]
struct Movie {
    brand: Option<String>,
    has_header: bool,
    has_fragments: bool,
    /// Ticks a second of the movie header and the edit lists.
    timescale: u32,
    declared: Option<f64>,
    tracks: Vec<TrackBoxes>,
    /// Default sample duration of fragments by track number; `mvex` may stand before the tracks.
    defaults: BTreeMap<u32, u32>,
    /// Fragments' end by track number, in ticks of the track.
    fragments: BTreeMap<u32, Fragments>,
    media_bytes: u64,
}

#[derive(Default)]
struct TrackBoxes {
    number: u32,
    handler: [u8; 4],
    timescale: u32,
    declared: Option<u64>,
    codec: Option<String>,
    width: Option<u16>,
    height: Option<u16>,
    /// Samples and ticks of the time-to-sample table.
    samples: u64,
    ticks: u64,
    /// Samples of the size table, and the sum of their bytes.
    sized: Option<(u64, u64)>,
    /// Where the last of its chunks begins in the file.
    last_chunk: u64,
    /// Ticks of the movie that the edit list shows.
    edited: Option<u64>,
}

#[derive(Default)]
struct Fragments {
    samples: u64,
    end: u64,
}

/// A box: its name and where its content lies.
struct Atom {
    name: [u8; 4],
    start: u64,
    end: u64,
    /// The box says that it goes on behind the end of what holds it.
    cut: bool,
}

struct Walk<'a> {
    source: &'a dyn Source,
    context: &'a Context<'a>,
    boxes: u32,
    movie: Movie,
    damage: Vec<Damage>,
}

impl Walk<'_> {
    fn file(&mut self) -> io::Result<()> {
        let size = self.source.size();
        let mut at = 0;
        while at < size {
            let Some(atom) = self.atom(at, size)? else {
                let kind = if self.movie.has_header { DamageKind::TrailingData } else { DamageKind::Malformed };
                self.damage.push(Damage::new(kind).at(at));
                break;
            };
            match &atom.name {
                b"ftyp" => {
                    let brand = source::read(self.source, atom.start, 4)?;
                    self.movie.brand = Some(String::from_utf8_lossy(&brand).trim().to_owned());
                }
                b"moov" => {
                    self.movie.has_header = true;
                    self.header(&atom)?;
                }
                b"moof" => {
                    self.movie.has_fragments = true;
                    self.fragment(&atom)?;
                }
                b"mdat" => self.movie.media_bytes += atom.end - atom.start,
                // Junk that looks like a box: a name of letters and digits is the least one may ask for.
                name if !name.iter().all(|byte| byte.is_ascii_graphic() || matches!(byte, b' ' | 0xA9)) => {
                    let kind = if self.movie.has_header { DamageKind::TrailingData } else { DamageKind::Malformed };
                    self.damage.push(Damage::new(kind).at(at));
                    break;
                }
                _ => {}
            }
            if atom.cut {
                let name = String::from_utf8_lossy(&atom.name).into_owned();
                self.damage.push(Damage::new(DamageKind::Truncated).at(size).because(name));
            }
            at = atom.end;
        }
        Ok(())
    }

    /// The box at `at`, cut to `end`; none if there is no header or the budget is spent.
    fn atom(&mut self, at: u64, end: u64) -> io::Result<Option<Atom>> {
        if self.boxes == 0 || (self.boxes.is_multiple_of(1024) && self.context.deadline.is_over()) {
            let kind = if self.boxes == 0 { DamageKind::OverLimit } else { DamageKind::OverTime };
            if !self.damage.iter().any(|damage| damage.what == kind) {
                self.damage.push(Damage::new(kind).at(at));
            }
            return Ok(None);
        }
        self.boxes -= 1;
        let header = source::read(self.source, at, 16)?;
        if header.len() < 8 || at + 8 > end {
            return Ok(None);
        }
        let name = [header[4], header[5], header[6], header[7]];
        let (length, declared) = match be32(&header, 0).unwrap_or(0) {
            0 => (8, end - at),
            1 => match be64(&header, 8) {
                Some(size) => (16, size),
                None => return Ok(None),
            },
            size => (8, u64::from(size)),
        };
        if declared < length {
            return Ok(None);
        }
        let declared_end = at.saturating_add(declared);
        let atom_end = declared_end.min(end);
        Ok(Some(Atom { name, start: (at + length).min(atom_end), end: atom_end, cut: declared_end > end }))
    }

    /// Calls `visit` with every box inside `parent`.
    fn children(&mut self, parent: &Atom, visit: &mut dyn FnMut(&mut Self, &Atom) -> io::Result<()>) -> io::Result<()> {
        let mut at = parent.start;
        // QuickTime ends its lists with four zero bytes, which are no box.
        while at + 8 <= parent.end {
            let Some(atom) = self.atom(at, parent.end)? else { break };
            visit(self, &atom)?;
            at = atom.end;
        }
        Ok(())
    }

    fn header(&mut self, moov: &Atom) -> io::Result<()> {
        self.children(moov, &mut |walk, atom| match &atom.name {
            b"mvhd" => {
                let (timescale, duration) = walk.clock(atom)?;
                walk.movie.timescale = timescale;
                walk.movie.declared = duration.filter(|_| timescale > 0).map(|d| d as f64 / f64::from(timescale));
                Ok(())
            }
            b"trak" => walk.track(atom),
            b"mvex" => walk.children(atom, &mut |walk, atom| {
                if &atom.name == b"trex" {
                    let body = source::read(walk.source, atom.start, 24)?;
                    if let (Some(track), Some(duration)) = (be32(&body, 4), be32(&body, 12)) {
                        walk.movie.defaults.insert(track, duration);
                    }
                }
                Ok(())
            }),
            b"cmov" => {
                walk.damage.push(Damage::new(DamageKind::Unsupported).at(atom.start).because("cmov"));
                Ok(())
            }
            _ => Ok(()),
        })
    }

    /// Timescale and duration of a movie or media header; a duration of all ones means "not known".
    fn clock(&self, atom: &Atom) -> io::Result<(u32, Option<u64>)> {
        let body = self.body(atom, 32)?;
        Ok(match body.first() {
            Some(1) => (be32(&body, 20).unwrap_or(0), be64(&body, 24).filter(|&d| d != u64::MAX)),
            _ => (be32(&body, 12).unwrap_or(0), be32(&body, 16).filter(|&d| d != u32::MAX).map(u64::from)),
        })
    }

    /// At most `length` bytes of the content of a box.
    fn body(&self, atom: &Atom, length: u64) -> io::Result<Vec<u8>> {
        let length = length.min(atom.end - atom.start);
        source::read(self.source, atom.start, usize::try_from(length).unwrap_or(0))
    }

    fn track(&mut self, trak: &Atom) -> io::Result<()> {
        let mut track = TrackBoxes::default();
        self.children(trak, &mut |walk, atom| match &atom.name {
            b"tkhd" => {
                let body = walk.body(atom, 24)?;
                track.number = be32(&body, if body.first() == Some(&1) { 20 } else { 12 }).unwrap_or(0);
                Ok(())
            }
            b"edts" => walk.children(atom, &mut |walk, atom| {
                if &atom.name == b"elst" {
                    track.edited = walk.edit_list(atom)?;
                }
                Ok(())
            }),
            b"mdia" => walk.media(atom, &mut track),
            _ => Ok(()),
        })?;
        self.movie.tracks.push(track);
        Ok(())
    }

    fn media(&mut self, mdia: &Atom, track: &mut TrackBoxes) -> io::Result<()> {
        self.children(mdia, &mut |walk, atom| match &atom.name {
            b"mdhd" => {
                (track.timescale, track.declared) = walk.clock(atom)?;
                Ok(())
            }
            b"hdlr" => {
                let body = walk.body(atom, 12)?;
                track.handler = body.get(8..12).and_then(|name| name.try_into().ok()).unwrap_or_default();
                Ok(())
            }
            b"minf" => walk.children(atom, &mut |walk, atom| match &atom.name {
                b"stbl" => walk.children(atom, &mut |walk, atom| walk.sample_table(atom, track)),
                _ => Ok(()),
            }),
            _ => Ok(()),
        })
    }

    fn sample_table(&mut self, atom: &Atom, track: &mut TrackBoxes) -> io::Result<()> {
        match &atom.name {
            b"stsd" => {
                let body = self.body(atom, 44)?;
                if let Some(code) = body.get(12..16) {
                    let code: String = code.iter().map(|&byte| char::from(byte)).filter(|c| !c.is_control()).collect();
                    track.codec = Some(code.trim().to_owned());
                }
                if &track.handler == b"vide" {
                    track.width = be16(&body, 40);
                    track.height = be16(&body, 42);
                }
            }
            b"stts" => {
                let (mut samples, mut ticks) = (0u64, 0u64);
                self.table(atom, 8, &mut |row| {
                    let (count, delta) = (be32(row, 0).unwrap_or(0), be32(row, 4).unwrap_or(0));
                    // A negative duration, as some cameras write, moves the clock by nothing.
                    let delta = if delta > i32::MAX as u32 { 0 } else { delta };
                    samples += u64::from(count);
                    ticks = ticks.saturating_add(u64::from(count) * u64::from(delta));
                })?;
                track.samples = samples;
                track.ticks = ticks;
            }
            b"stco" => self.table(atom, 4, &mut |row| {
                track.last_chunk = track.last_chunk.max(u64::from(be32(row, 0).unwrap_or(0)));
            })?,
            b"co64" => self.table(atom, 8, &mut |row| {
                track.last_chunk = track.last_chunk.max(be64(row, 0).unwrap_or(0));
            })?,
            // Their rows are not needed, but a player that cannot read them gives up.
            b"stss" => _ = self.rows(atom, 4)?,
            b"ctts" => _ = self.rows(atom, 8)?,
            b"stsc" => _ = self.rows(atom, 12)?,
            // The compact form packs sizes into bits; its count is enough to hold it against the times.
            b"stz2" => track.sized = be32(&self.body(atom, 12)?, 8).map(|count| (u64::from(count), 0)),
            b"stsz" => {
                let head = self.body(atom, 12)?;
                let (Some(size), Some(count)) = (be32(&head, 4), be32(&head, 8)) else { return Ok(()) };
                let mut sum = u64::from(size) * u64::from(count);
                if size == 0 {
                    // The rows follow a word that other tables do not have.
                    let rows = Atom { start: atom.start + 4, ..*atom };
                    self.table(&rows, 4, &mut |row| sum += u64::from(be32(row, 0).unwrap_or(0)))?;
                }
                track.sized = Some((u64::from(count), sum));
            }
            _ => {}
        }
        Ok(())
    }

    /// Ticks of the movie that the edit list shows, gaps included.
    fn edit_list(&mut self, atom: &Atom) -> io::Result<Option<u64>> {
        let wide = self.body(atom, 1)?.first() == Some(&1);
        let mut sum = 0u64;
        let mut rows = 0;
        self.table(atom, if wide { 20 } else { 12 }, &mut |row| {
            let duration = if wide { be64(row, 0) } else { be32(row, 0).map(u64::from) };
            sum = sum.saturating_add(duration.unwrap_or(0));
            rows += 1;
        })?;
        // An edit list of a fragmented file has zero for "to the end".
        Ok((rows > 0 && sum > 0).then_some(sum))
    }

    /// Number of rows of a table box: version and flags, a count, rows of `width` bytes. The count is believed only as
    /// far as there are bytes.
    fn rows(&mut self, atom: &Atom, width: usize) -> io::Result<u64> {
        let Some(declared) = be32(&self.body(atom, 8)?, 4) else { return Ok(0) };
        let present = (atom.end - atom.start).saturating_sub(8) / width as u64;
        if u64::from(declared) > present {
            self.damage.push(Damage::new(DamageKind::Contradiction).at(atom.start).because(name(atom)));
        }
        Ok(u64::from(declared).min(present))
    }

    /// Calls `visit` with every row of a table box.
    fn table(&mut self, atom: &Atom, width: usize, visit: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut rows = self.rows(atom, width)?;
        let mut at = atom.start + 8;
        while rows > 0 {
            if self.context.deadline.is_over() {
                self.damage.push(Damage::new(DamageKind::OverTime).at(at));
                break;
            }
            let count = rows.min((BLOCK / width) as u64);
            let bytes = source::read(self.source, at, count as usize * width)?;
            bytes.chunks_exact(width).for_each(&mut *visit);
            at += count * width as u64;
            rows -= count;
        }
        Ok(())
    }

    fn fragment(&mut self, moof: &Atom) -> io::Result<()> {
        self.children(moof, &mut |walk, atom| {
            if &atom.name != b"traf" {
                return Ok(());
            }
            let (mut track, mut default, mut base) = (0, None, None);
            let (mut samples, mut ticks) = (0u64, 0u64);
            walk.children(atom, &mut |walk, atom| {
                match &atom.name {
                    b"tfhd" => {
                        let body = walk.body(atom, 32)?;
                        let flags = be32(&body, 0).unwrap_or(0);
                        track = be32(&body, 4).unwrap_or(0);
                        let at = 8 + if flags & 1 != 0 { 8 } else { 0 } + if flags & 2 != 0 { 4 } else { 0 };
                        default = if flags & 8 != 0 { be32(&body, at) } else { None };
                    }
                    b"tfdt" => {
                        let body = walk.body(atom, 12)?;
                        base = if body.first() == Some(&1) { be64(&body, 4) } else { be32(&body, 4).map(u64::from) };
                    }
                    b"trun" => {
                        let default = default.or(walk.movie.defaults.get(&track).copied()).unwrap_or(0);
                        let (count, sum) = walk.run(atom, default)?;
                        samples += count;
                        ticks = ticks.saturating_add(sum);
                    }
                    _ => {}
                }
                Ok(())
            })?;
            let fragments = walk.movie.fragments.entry(track).or_default();
            fragments.samples += samples;
            fragments.end = fragments.end.max(base.unwrap_or(fragments.end).saturating_add(ticks));
            Ok(())
        })
    }

    /// Samples and ticks of one run of a fragment.
    fn run(&mut self, atom: &Atom, default: u32) -> io::Result<(u64, u64)> {
        const DURATIONS: u32 = 0x100;

        let head = self.body(atom, 8)?;
        let (Some(flags), Some(declared)) = (be32(&head, 0), be32(&head, 4)) else { return Ok((0, 0)) };
        let skip = 8 + if flags & 1 != 0 { 4 } else { 0 } + if flags & 4 != 0 { 4 } else { 0 };
        let width = (flags & 0xF00).count_ones() as usize * 4;
        if width == 0 || flags & DURATIONS == 0 {
            let count = if width == 0 {
                u64::from(declared)
            } else {
                u64::from(declared).min((atom.end - atom.start).saturating_sub(skip) / width as u64)
            };
            return Ok((count, count.saturating_mul(u64::from(default))));
        }
        let present = (atom.end - atom.start).saturating_sub(skip) / width as u64;
        let mut left = u64::from(declared).min(present);
        let (mut at, mut samples, mut ticks) = (atom.start + skip, 0, 0u64);
        while left > 0 {
            let count = left.min((BLOCK / width) as u64);
            let bytes = source::read(self.source, at, count as usize * width)?;
            for row in bytes.chunks_exact(width) {
                samples += 1;
                ticks = ticks.saturating_add(u64::from(be32(row, 0).unwrap_or(0)));
            }
            at += count * width as u64;
            left -= count;
        }
        Ok((samples, ticks))
    }
}

impl Movie {
    fn facts(mut self, size: u64, damage: &mut Vec<Damage>) -> VideoFacts {
        // A fragmented file has a header too; without one there is nothing that says what the samples are. Of a file that
        // was cut off, that is said already.
        let said = |damage: &Damage| matches!(damage.what, DamageKind::OverTime | DamageKind::Truncated);
        if !self.has_header && !damage.iter().any(said) {
            damage.push(Damage::new(DamageKind::MissingPart).because("moov"));
        }
        let mut tracks = Vec::new();
        let (mut timed_samples, mut sample_bytes, mut beyond) = (0u64, 0u64, false);
        for track in std::mem::take(&mut self.tracks) {
            let kind = match &track.handler {
                b"vide" => TrackKind::Video,
                b"soun" => TrackKind::Audio,
                _ => TrackKind::Other,
            };
            let fragments = self.fragments.get(&track.number);
            let samples = track.samples + fragments.map_or(0, |fragments| fragments.samples);
            let ticks = track.ticks.max(fragments.map_or(0, |fragments| fragments.end));
            let media = (track.timescale > 0 && ticks > 0).then(|| ticks as f64 / f64::from(track.timescale));
            let edited = track.edited.filter(|_| self.timescale > 0).map(|t| t as f64 / f64::from(self.timescale));
            let duration = match (media, edited) {
                // An edit list cannot show what is not there, but it may begin with a gap.
                (Some(media), Some(edited)) if fragments.is_none() && edited < media => Some(edited),
                (Some(media), Some(edited)) if fragments.is_none() && edited <= media * 2.0 + 60.0 => Some(edited),
                (media, _) => media,
            };
            if kind != TrackKind::Other {
                timed_samples = timed_samples.saturating_add(samples);
                // Players of browsers have no keys for what is protected against copying.
                if matches!(track.codec.as_deref(), Some("encv" | "enca" | "drmi" | "drms")) {
                    damage.push(Damage::new(DamageKind::Undecodable).because("encrypted"));
                }
                beyond |= track.last_chunk >= size && track.last_chunk > 0;
                if let (None, Some((sized, bytes))) = (fragments, track.sized) {
                    sample_bytes = sample_bytes.saturating_add(bytes);
                    if sized != track.samples {
                        damage.push(Damage::new(DamageKind::Contradiction).because("stts, stsz"));
                    }
                }
            }
            let declared_duration = track
                .declared
                .filter(|_| track.timescale > 0)
                .map(|declared| declared as f64 / f64::from(track.timescale));
            tracks.push(Track {
                kind,
                codec: track.codec,
                duration,
                declared_duration,
                samples,
                picture: (kind == TrackKind::Video).then(|| PictureTrack {
                    width: track.width,
                    height: track.height,
                    ..PictureTrack::default()
                }),
                ..Track::default()
            });
        }
        // Tables that promise more bytes than there are describe media that is not there. Every sample has one at least.
        let cut = damage.iter().any(|damage| damage.what == DamageKind::Truncated);
        if self.has_header && (beyond || timed_samples.max(sample_bytes) > self.media_bytes) && !cut {
            damage.push(Damage::new(DamageKind::MissingPart).because("mdat"));
        }
        let duration = tracks
            .iter()
            .filter(|track| track.kind != TrackKind::Other)
            .filter_map(|track| track.duration)
            .fold(None, |longest: Option<f64>, duration| Some(longest.map_or(duration, |l| l.max(duration))));
        VideoFacts {
            duration,
            declared_duration: self.declared,
            brand: self.brand,
            fragmented: self.has_fragments,
            tracks,
            ..VideoFacts::default()
        }
    }
}

fn name(atom: &Atom) -> String {
    String::from_utf8_lossy(&atom.name).into_owned()
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}
