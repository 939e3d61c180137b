//! The movie header: what it declares, and the tables of its tracks.

use std::collections::BTreeMap;
use std::io;

use super::boxes::{Atom, Boxes, be16, be32, be64};
use super::coding::Coding;
use super::fragments::{Defaults, Fragments};
use crate::facts::{Damage, DamageKind};

/// Lengths of samples that are told apart; a film has a handful, a screen recording some hundred.
const PACES: usize = 4_096;

/// What the boxes said.
#[derive(Default)]
pub(super) struct Movie {
    pub(super) brand: Option<String>,
    pub(super) has_header: bool,
    pub(super) header_last: bool,
    pub(super) has_fragments: bool,
    /// Ticks a second of the movie header and the edit lists.
    pub(super) timescale: u32,
    /// Seconds in the movie header.
    pub(super) declared: Option<f64>,
    /// Seconds that the header announces for all fragments together.
    pub(super) announced: Option<f64>,
    /// Seconds in the index of the segments.
    pub(super) indexed: Option<f64>,
    /// Seconds since 1904.
    pub(super) created: u64,
    pub(super) software: Option<String>,
    pub(super) position: bool,
    pub(super) tracks: Vec<TrackBoxes>,
    /// Defaults of fragments by track number; `mvex` may stand before the tracks.
    pub(super) defaults: BTreeMap<u32, Defaults>,
    pub(super) fragments: BTreeMap<u32, Fragments>,
    /// Where the first media data begin and the last end.
    pub(super) media: Option<(u64, u64)>,
    pub(super) media_bytes: u64,
}

/// What the boxes of a track said.
#[derive(Default)]
pub(super) struct TrackBoxes {
    pub(super) number: u32,
    pub(super) handler: [u8; 4],
    pub(super) timescale: u32,
    pub(super) declared: Option<u64>,
    pub(super) language: u16,
    pub(super) rotation: u16,
    pub(super) coding: Coding,
    /// The media lie in another file.
    pub(super) elsewhere: bool,
    /// Samples and ticks of the time-to-sample table.
    pub(super) samples: u64,
    pub(super) ticks: u64,
    pub(super) paces: Paces,
    /// Samples of the size table, and the sum of their bytes.
    pub(super) sized: Option<(u64, u64)>,
    /// Where the first and the last of its chunks begin in the file.
    pub(super) chunks: Option<(u64, u64)>,
    pub(super) chunk_count: u64,
    pub(super) steps: Steps,
    /// Ticks of the movie that the edit list shows.
    pub(super) edited: Option<u64>,
    /// Where the tables lie that lead to a sample.
    pub(super) tables: Tables,
}

/// How many samples the chunks hold; a step holds until the next one begins.
#[derive(Default)]
pub(super) struct Steps {
    /// Samples in the chunks before the last step.
    samples: u64,
    /// The chunk at which the last step begins, counted from 1, and the samples in each chunk from there on.
    last: Option<(u32, u32)>,
    /// A step begins before the one in front of it.
    unordered: bool,
}

impl Steps {
    fn add(&mut self, chunk: u32, samples: u32) {
        let (first, each) = self.last.unwrap_or((1, 0));
        self.unordered |= chunk < first || (self.last.is_none() && chunk != 1);
        let before = u64::from(chunk.saturating_sub(first)) * u64::from(each);
        self.samples = self.samples.saturating_add(before);
        self.last = Some((chunk, samples));
    }

    /// Samples in so many chunks; none if the steps cannot be.
    pub(super) fn samples(&self, chunks: u64) -> Option<u64> {
        let Some((first, each)) = self.last else { return Some(0) };
        let rest =
            (chunks + 1).checked_sub(u64::from(first)).filter(|_| !self.unordered && u64::from(first) <= chunks)?;
        Some(self.samples.saturating_add(rest.saturating_mul(u64::from(each))))
    }
}

/// The tables that lead to a sample.
#[derive(Clone, Copy, Default)]
pub(super) struct Tables {
    /// Sizes of samples.
    pub(super) sizes: Option<Atom>,
    /// Samples in each chunk.
    pub(super) runs: Option<Atom>,
    /// Places of the chunks, and the bytes each takes.
    pub(super) chunks: Option<(Atom, usize)>,
}

/// How many samples last how many ticks.
#[derive(Default)]
pub(super) struct Paces(BTreeMap<u32, u64>);

impl Paces {
    pub(super) fn note(&mut self, ticks: u32, samples: u64) {
        // Samples of no length are how an encoder marks a place, not a pace.
        if ticks > 0 && samples > 0 && (self.0.len() < PACES || self.0.contains_key(&ticks)) {
            let count = self.0.entry(ticks).or_default();
            *count = count.saturating_add(samples);
        }
    }

    pub(super) fn add(&mut self, other: &Paces) {
        other.0.iter().for_each(|(&ticks, &samples)| self.note(ticks, samples));
    }

    /// The ticks that at least this share of the samples do not exceed.
    pub(super) fn at_share(&self, share: f64) -> Option<u32> {
        let all = self.0.values().fold(0u64, |sum, &samples| sum.saturating_add(samples));
        let mut seen = 0u64;
        let reached = |(_, samples): &(&u32, &u64)| {
            seen = seen.saturating_add(**samples);
            seen as f64 >= all as f64 * share
        };
        self.0.iter().find(reached).map(|(&ticks, _)| ticks)
    }
}

impl Movie {
    /// Media data.
    pub(super) fn media(&mut self, mdat: &Atom) {
        self.media_bytes += mdat.end - mdat.start;
        self.media = Some((self.media.map_or(mdat.start, |(first, _)| first), mdat.end));
    }

    pub(super) fn header(&mut self, boxes: &mut Boxes<'_>, moov: &Atom) -> io::Result<()> {
        boxes.children(moov, &mut |boxes, atom| match &atom.name {
            b"mvhd" => {
                let clock = clock(boxes, atom)?;
                self.timescale = clock.timescale;
                self.created = clock.created;
                self.declared =
                    clock.duration.filter(|_| clock.timescale > 0).map(|d| d as f64 / f64::from(clock.timescale));
                Ok(())
            }
            b"trak" => {
                let track = track(boxes, atom)?;
                self.tracks.push(track);
                Ok(())
            }
            b"mvex" => self.extends(boxes, atom),
            b"udta" => self.user_data(boxes, atom),
            b"meta" => self.metadata(boxes, atom),
            b"cmov" => {
                boxes.damage.push(Damage::new(DamageKind::Unsupported).at(atom.start).because("cmov"));
                Ok(())
            }
            _ => Ok(()),
        })
    }
}

/// What the movie header and the media header of a track have in common.
struct Clock {
    created: u64,
    timescale: u32,
    /// A duration of all ones means "not known".
    duration: Option<u64>,
    /// The bytes behind it.
    rest: Vec<u8>,
}

fn clock(boxes: &mut Boxes<'_>, atom: &Atom) -> io::Result<Clock> {
    let body = boxes.body(atom, 40)?;
    if body.first().is_none_or(|&version| version > 1) {
        // Players stop at a version that there is not.
        boxes.damage.push(Damage::new(DamageKind::Contradiction).at(atom.start).because(atom.text()));
    }
    let wide = body.first() == Some(&1);
    let narrow = |at| be32(&body, at).map(u64::from);
    let rest = body.get(if wide { 32 } else { 20 }..).unwrap_or_default().to_vec();
    Ok(if wide {
        Clock {
            created: be64(&body, 4).unwrap_or(0),
            timescale: be32(&body, 20).unwrap_or(0),
            duration: be64(&body, 24).filter(|&duration| duration != u64::MAX),
            rest,
        }
    } else {
        Clock {
            created: narrow(4).unwrap_or(0),
            timescale: be32(&body, 12).unwrap_or(0),
            duration: narrow(16).filter(|&duration| duration != u64::from(u32::MAX)),
            rest,
        }
    })
}

fn track(boxes: &mut Boxes<'_>, trak: &Atom) -> io::Result<TrackBoxes> {
    let mut track = TrackBoxes::default();
    boxes.children(trak, &mut |boxes, atom| match &atom.name {
        b"tkhd" => {
            let body = boxes.body(atom, 96)?;
            let wide = body.first() == Some(&1);
            track.number = be32(&body, if wide { 20 } else { 12 }).unwrap_or(0);
            track.rotation = rotation(body.get(if wide { 52 } else { 40 }..).unwrap_or_default());
            Ok(())
        }
        b"edts" => boxes.children(atom, &mut |boxes, atom| {
            if &atom.name == b"elst" {
                track.edited = edit_list(boxes, atom)?;
            }
            Ok(())
        }),
        b"mdia" => media(boxes, atom, &mut track),
        _ => Ok(()),
    })?;
    Ok(track)
}

/// Degrees, clockwise, by which a matrix of 16.16 numbers turns the picture; skewed ones count as not turned.
fn rotation(matrix: &[u8]) -> u16 {
    let sign = |at: usize| be32(matrix, at * 4).map_or(0, |number| number.cast_signed().signum());
    match (sign(0), sign(1), sign(3), sign(4)) {
        (0, 1, -1, 0) => 90,
        (-1, 0, 0, -1) => 180,
        (0, -1, 1, 0) => 270,
        // Turned and mirrored.
        (0, 1, 1, 0) => 90,
        (0, -1, -1, 0) => 270,
        _ => 0,
    }
}

fn media(boxes: &mut Boxes<'_>, mdia: &Atom, track: &mut TrackBoxes) -> io::Result<()> {
    boxes.children(mdia, &mut |boxes, atom| match &atom.name {
        b"mdhd" => {
            let clock = clock(boxes, atom)?;
            (track.timescale, track.declared) = (clock.timescale, clock.duration);
            track.language = be16(&clock.rest, 0).unwrap_or(0);
            Ok(())
        }
        b"hdlr" => {
            let body = boxes.body(atom, 12)?;
            track.handler = body.get(8..12).and_then(|name| name.try_into().ok()).unwrap_or_default();
            Ok(())
        }
        b"minf" => boxes.children(atom, &mut |boxes, atom| match &atom.name {
            b"dinf" => boxes.children(atom, &mut |boxes, atom| {
                if &atom.name == b"dref" {
                    track.elsewhere = is_elsewhere(boxes, atom)?;
                }
                Ok(())
            }),
            b"stbl" => boxes.children(atom, &mut |boxes, atom| sample_table(boxes, atom, track)),
            _ => Ok(()),
        }),
        _ => Ok(()),
    })
}

/// The first data reference leads out of the file.
fn is_elsewhere(boxes: &mut Boxes<'_>, dref: &Atom) -> io::Result<bool> {
    const IN_THIS_FILE: u32 = 1;

    // Each reference is a box of twelve bytes or more; ffmpeg plays no file that counts more than there is room for.
    let count = be32(&boxes.body(dref, 8)?, 4).unwrap_or(0);
    if u64::from(count) > dref.end.saturating_sub(dref.start) / 12 {
        boxes.damage.push(Damage::new(DamageKind::Contradiction).at(dref.start).because("dref"));
    }
    let list = dref.skip(8);
    let Some(entry) = boxes.at(list.start, list.end)? else { return Ok(false) };
    Ok(be32(&boxes.body(&entry, 4)?, 0).is_some_and(|flags| flags & IN_THIS_FILE == 0))
}

fn sample_table(boxes: &mut Boxes<'_>, atom: &Atom, track: &mut TrackBoxes) -> io::Result<()> {
    match &atom.name {
        b"stsd" => track.coding = Coding::read(boxes, atom, track.handler)?,
        b"stts" => {
            let (mut samples, mut ticks) = (0u64, 0u64);
            let mut paces = Paces::default();
            boxes.table(atom, 8, &mut |row| {
                let (count, delta) = (be32(row, 0).unwrap_or(0), be32(row, 4).unwrap_or(0));
                // A negative duration, as some cameras write, moves the clock by nothing.
                let delta = if delta > i32::MAX as u32 { 0 } else { delta };
                samples += u64::from(count);
                ticks = ticks.saturating_add(u64::from(count) * u64::from(delta));
                paces.note(delta, u64::from(count));
            })?;
            (track.samples, track.ticks, track.paces) = (samples, ticks, paces);
        }
        b"stco" | b"co64" => {
            let width = if &atom.name == b"co64" { 8 } else { 4 };
            let mut chunks: Option<(u64, u64)> = None;
            boxes.table(atom, width, &mut |row| {
                let at = row.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
                chunks = Some(chunks.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
            })?;
            track.chunks = chunks;
            track.chunk_count = boxes.rows(atom, width)?;
            track.tables.chunks = Some((*atom, width));
        }
        // Their rows are not needed, but a player that cannot read them gives up.
        b"stss" => _ = boxes.rows(atom, 4)?,
        b"ctts" => _ = boxes.rows(atom, 8)?,
        b"stsc" => {
            let mut steps = Steps::default();
            boxes.table(atom, 12, &mut |row| steps.add(be32(row, 0).unwrap_or(0), be32(row, 4).unwrap_or(0)))?;
            (track.steps, track.tables.runs) = (steps, Some(*atom));
        }
        // The compact form packs sizes into bits; its count is enough to hold it against the times.
        b"stz2" => track.sized = be32(&boxes.body(atom, 12)?, 8).map(|count| (u64::from(count), 0)),
        b"stsz" => {
            let head = boxes.body(atom, 12)?;
            let (Some(size), Some(count)) = (be32(&head, 4), be32(&head, 8)) else { return Ok(()) };
            let mut sum = u64::from(size) * u64::from(count);
            if size == 0 {
                // The rows follow a word that other tables do not have.
                boxes.table(&atom.skip(4), 4, &mut |row| sum += u64::from(be32(row, 0).unwrap_or(0)))?;
            }
            track.sized = Some((u64::from(count), sum));
            track.tables.sizes = Some(*atom);
        }
        _ => {}
    }
    Ok(())
}

/// Ticks of the movie that the edit list shows, gaps included.
fn edit_list(boxes: &mut Boxes<'_>, atom: &Atom) -> io::Result<Option<u64>> {
    let wide = boxes.body(atom, 1)?.first() == Some(&1);
    let mut sum = 0u64;
    let mut rows = 0;
    boxes.table(atom, if wide { 20 } else { 12 }, &mut |row| {
        let duration = if wide { be64(row, 0) } else { be32(row, 0).map(u64::from) };
        sum = sum.saturating_add(duration.unwrap_or(0));
        rows += 1;
    })?;
    // An edit list of a fragmented file has zero for "to the end".
    Ok((rows > 0 && sum > 0).then_some(sum))
}
