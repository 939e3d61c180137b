//! Movie fragments: headers between the media data, as streams and recorders write them that may be cut off at any time.

use std::io;

use super::boxes::{Atom, Boxes, be32, be64};
use super::movie::Movie;
use crate::facts::{Damage, DamageKind};

/// Samples whose sizes are kept for listening. An hour of sound has some 170,000.
const KEPT: usize = 4_000_000;

/// What a track takes from `trex` where its fragments say nothing.
#[derive(Clone, Copy, Default)]
pub(super) struct Defaults {
    duration: u32,
    size: u32,
}

/// What the fragments of one track hold.
#[derive(Default)]
pub(super) struct Fragments {
    pub(super) samples: u64,
    pub(super) bytes: u64,
    /// Ticks that they last.
    pub(super) ticks: u64,
    /// Ticks of the track at which the last one ends.
    pub(super) end: u64,
    /// Ticks that one sample takes, and how many do.
    pub(super) paces: super::movie::Paces,
    /// Where the samples lie, if somebody wants to listen to them.
    pub(super) runs: Vec<Run>,
    /// How many samples the runs have.
    pub(super) kept: usize,
    /// There were more samples than are kept.
    pub(super) overflow: bool,
}

/// Samples that lie one behind the other.
pub(super) struct Run {
    pub(super) at: u64,
    pub(super) sizes: Vec<u32>,
}

impl Movie {
    /// The defaults of a track, which stand in the movie header before or behind the tracks.
    pub(super) fn extends(&mut self, boxes: &mut Boxes<'_>, mvex: &Atom) -> io::Result<()> {
        boxes.children(mvex, &mut |boxes, atom| {
            match &atom.name {
                b"trex" => {
                    let body = boxes.body(atom, 24)?;
                    if let (Some(track), Some(duration), Some(size)) =
                        (be32(&body, 4), be32(&body, 12), be32(&body, 16))
                    {
                        self.defaults.insert(track, Defaults { duration, size });
                    }
                }
                b"mehd" => {
                    let body = boxes.body(atom, 12)?;
                    let wide = body.first() == Some(&1);
                    let duration = if wide { be64(&body, 4) } else { be32(&body, 4).map(u64::from) };
                    self.announced =
                        duration.filter(|_| self.timescale > 0).map(|d| d as f64 / f64::from(self.timescale));
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// The length that an index of segments declares.
    pub(super) fn index(&mut self, boxes: &mut Boxes<'_>, sidx: &Atom) -> io::Result<()> {
        let head = boxes.body(sidx, 32)?;
        let wide = head.first() == Some(&1);
        let earliest = if wide { be64(&head, 12) } else { be32(&head, 12).map(u64::from) };
        let (Some(timescale), Some(earliest)) = (be32(&head, 8).filter(|&scale| scale > 0), earliest) else {
            return Ok(());
        };
        let first = sidx.start + if wide { 32 } else { 24 };
        let count = u64::from(
            boxes.body(&sidx.skip(first - sidx.start - 2), 2)?.iter().fold(0u16, |n, &b| n << 8 | u16::from(b)),
        );
        let rows = count.min(sidx.end.saturating_sub(first) / 12);
        let mut ticks = earliest;
        boxes.rows_at(first, rows, 12, &mut |row| {
            ticks = ticks.saturating_add(u64::from(be32(row, 4).unwrap_or(0)));
        })?;
        let end = ticks as f64 / f64::from(timescale);
        self.indexed = Some(self.indexed.map_or(end, |before: f64| before.max(end)));
        Ok(())
    }

    /// One fragment; `at` is where its box begins, which the places of its samples are counted from.
    pub(super) fn fragment(&mut self, boxes: &mut Boxes<'_>, moof: &Atom, at: u64) -> io::Result<()> {
        self.has_fragments = true;
        // A run without an address follows the one before it.
        let mut next = at;
        boxes.children(moof, &mut |boxes, atom| {
            if &atom.name == b"traf" { self.track_fragment(boxes, atom, at, &mut next) } else { Ok(()) }
        })
    }

    fn track_fragment(&mut self, boxes: &mut Boxes<'_>, traf: &Atom, moof: u64, next: &mut u64) -> io::Result<()> {
        let mut track = None;
        let mut defaults = Defaults::default();
        let mut base = moof;
        let mut fragments = Fragments::default();
        let mut begin = None;
        let listens = boxes.context.hears();
        boxes.children(traf, &mut |boxes, atom| {
            match &atom.name {
                b"tfhd" => {
                    let body = boxes.body(atom, 32)?;
                    let flags = be32(&body, 0).unwrap_or(0);
                    track = be32(&body, 4);
                    defaults = self.defaults.get(&track.unwrap_or(0)).copied().unwrap_or_default();
                    let mut at = 8;
                    let mut field = |bit: u32, width: usize| {
                        let here = (flags & bit != 0).then_some(at);
                        at += if here.is_some() { width } else { 0 };
                        here
                    };
                    base = match field(1, 8) {
                        Some(here) => be64(&body, here).unwrap_or(moof),
                        // Old writers count from the end of the track before; those that say so, from the fragment.
                        None if flags & 0x2_0000 != 0 => moof,
                        None => *next,
                    };
                    let _description = field(2, 4);
                    defaults.duration = field(8, 4).and_then(|here| be32(&body, here)).unwrap_or(defaults.duration);
                    defaults.size = field(16, 4).and_then(|here| be32(&body, here)).unwrap_or(defaults.size);
                    *next = base;
                }
                b"tfdt" => {
                    let body = boxes.body(atom, 12)?;
                    begin = if body.first() == Some(&1) { be64(&body, 4) } else { be32(&body, 4).map(u64::from) };
                }
                b"trun" => {
                    let keep = listens && self.tracks.iter().any(|t| Some(t.number) == track && &t.handler == b"soun");
                    run(boxes, atom, defaults, base, next, keep, &mut fragments)?;
                }
                _ => {}
            }
            Ok(())
        })?;
        let Some(track) = track else {
            boxes.damage.push(Damage::new(DamageKind::MissingPart).at(traf.start).because("tfhd"));
            return Ok(());
        };
        let all = self.fragments.entry(track).or_default();
        all.samples += fragments.samples;
        all.bytes = all.bytes.saturating_add(fragments.bytes);
        all.ticks = all.ticks.saturating_add(fragments.end);
        // Without a time of its own a fragment follows what stands before it, be that in the header.
        let headed = self.tracks.iter().find(|other| other.number == track).map_or(0, |track| track.ticks);
        all.end = all.end.max(begin.unwrap_or(all.end.max(headed)).saturating_add(fragments.end));
        all.paces.add(&fragments.paces);
        all.kept += fragments.runs.iter().map(|run| run.sizes.len()).sum::<usize>();
        if all.kept <= KEPT {
            all.runs.append(&mut fragments.runs);
        } else {
            all.overflow = true;
        }
        Ok(())
    }
}

/// One run of samples; what it holds is added to `fragments`.
fn run(
    boxes: &mut Boxes<'_>,
    trun: &Atom,
    defaults: Defaults,
    base: u64,
    next: &mut u64,
    keep: bool,
    fragments: &mut Fragments,
) -> io::Result<()> {
    const DURATIONS: u32 = 0x100;
    const SIZES: u32 = 0x200;

    let head = boxes.body(trun, 12)?;
    let (Some(flags), Some(declared)) = (be32(&head, 0), be32(&head, 4)) else { return Ok(()) };
    let mut at = trun.start + 8;
    if flags & 1 != 0 {
        let offset = be32(&head, 8).unwrap_or(0).cast_signed();
        *next = base.saturating_add_signed(i64::from(offset));
        at += 4;
    }
    if flags & 4 != 0 {
        at += 4;
    }
    let width = (flags & 0xF00).count_ones() as usize * 4;
    let start = *next;
    if width == 0 {
        let count = u64::from(declared);
        fragments.samples += count;
        fragments.bytes = fragments.bytes.saturating_add(count.saturating_mul(u64::from(defaults.size)));
        fragments.end = fragments.end.saturating_add(count.saturating_mul(u64::from(defaults.duration)));
        fragments.paces.note(defaults.duration, count);
        *next = next.saturating_add(count.saturating_mul(u64::from(defaults.size)));
        // A count without rows costs nothing to write, so it must not buy memory.
        let present = boxes.source.size() / u64::from(defaults.size.max(1));
        if keep && defaults.size > 0 && count <= present.min(KEPT as u64) {
            fragments.runs.push(Run { at: start, sizes: vec![defaults.size; count as usize] });
        }
        return Ok(());
    }
    let rows = u64::from(declared).min(trun.end.saturating_sub(at) / width as u64);
    let mut sizes = Vec::new();
    boxes.rows_at(at, rows, width, &mut |row| {
        let mut field = 0;
        let mut value = |bit: u32, default: u32| {
            if flags & bit == 0 {
                return default;
            }
            field += 4;
            be32(row, field - 4).unwrap_or(0)
        };
        let duration = value(DURATIONS, defaults.duration);
        let size = value(SIZES, defaults.size);
        fragments.samples += 1;
        fragments.bytes = fragments.bytes.saturating_add(u64::from(size));
        fragments.end = fragments.end.saturating_add(u64::from(duration));
        fragments.paces.note(duration, 1);
        *next = next.saturating_add(u64::from(size));
        if keep {
            sizes.push(size);
        }
    })?;
    if keep {
        fragments.runs.push(Run { at: start, sizes });
    }
    Ok(())
}
