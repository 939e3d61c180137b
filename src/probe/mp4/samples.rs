//! Where the samples of a sound track lie, for listening.

use std::io;

use super::super::listen::{Packets, Sound};
use super::boxes::{Boxes, be32};
use super::movie::{Movie, TrackBoxes};
use crate::facts::Unheard;
use crate::source::{self, Source};

/// Packets that are looked up. Thirteen hours of AAC have as many.
const PACKETS: u64 = 2_000_000;

/// Bytes of sound that is not packed in one piece; a chunk of it may be as long as the recording.
const PIECE: u32 = 32 * 1024;

/// Bytes of one packet. Real ones stay far below.
const LONGEST: u32 = 1 << 20;

/// The samples of one track.
pub(super) struct Samples<'a> {
    source: &'a dyn Source,
    sound: (Sound, u32, u16),
    /// Where each lies, and how long it is.
    places: Vec<(u64, u32)>,
    seconds: f64,
    unheard: Option<Unheard>,
}

impl<'a> Samples<'a> {
    pub(super) fn new(boxes: &mut Boxes<'a>, movie: &Movie, track: &TrackBoxes) -> Samples<'a> {
        let coding = &track.coding;
        let sound = (coding.sound.clone(), coding.rate.unwrap_or(0), coding.channels.unwrap_or(0));
        let fragments = movie.fragments.get(&track.number);
        let ticks = track.ticks + fragments.map_or(0, |fragments| fragments.ticks);
        let seconds = if track.timescale > 0 { ticks as f64 / f64::from(track.timescale) } else { 0.0 };
        let mut samples = Samples { source: boxes.source, sound, places: Vec::new(), seconds, unheard: None };
        samples.unheard = if coding.protected {
            Some(Unheard::Encrypted)
        } else if track.elsewhere || track.samples > PACKETS * 1_000 || fragments.is_some_and(|f| f.overflow) {
            Some(Unheard::Limit)
        } else {
            samples.find(boxes, track).unwrap_or(Some(Unheard::ReadError))
        };
        for run in fragments.iter().flat_map(|fragments| &fragments.runs) {
            let mut at = run.at;
            for &size in &run.sizes {
                samples.add(at, size);
                at = at.saturating_add(u64::from(size));
            }
        }
        if samples.unheard.is_none() && samples.places.is_empty() {
            samples.unheard = Some(Unheard::Undecodable);
        }
        samples
    }

    /// Bytes of all channels at one moment, if the sound is not packed.
    fn frame(&self) -> Option<u32> {
        match self.sound {
            (Sound::Pcm(pcm), _, channels) => Some(u32::from(pcm.bits / 8) * u32::from(channels)),
            _ => None,
        }
    }

    fn add(&mut self, at: u64, size: u32) {
        if (self.places.len() as u64) < PACKETS {
            self.places.push((at, size));
        } else {
            self.unheard = Some(Unheard::Limit);
        }
    }

    /// Follows the tables from chunks to samples.
    fn find(&mut self, boxes: &mut Boxes<'a>, track: &TrackBoxes) -> io::Result<Option<Unheard>> {
        let (Some(sizes), Some(runs), Some((chunks, width))) =
            (track.tables.sizes, track.tables.runs, track.tables.chunks)
        else {
            return Ok(None);
        };
        let frame = self.frame();
        let limit = if frame.is_some() { u64::MAX } else { PACKETS };
        if track.samples > limit
            || (sizes.end - sizes.start) / 4 > PACKETS
            || (chunks.end - chunks.start) / width as u64 > PACKETS
        {
            return Ok(Some(Unheard::Limit));
        }
        let head = boxes.body(&sizes, 12)?;
        let same = be32(&head, 4).unwrap_or(0);
        let mut each = Vec::new();
        if same == 0 && frame.is_none() {
            boxes.table(&sizes.skip(4), 4, &mut |row| each.push(be32(row, 0).unwrap_or(0)))?;
        }
        let mut steps = Vec::new();
        boxes.table(&runs, 12, &mut |row| {
            steps.push((be32(row, 0).unwrap_or(0), be32(row, 4).unwrap_or(0)));
        })?;
        let mut places = Vec::new();
        boxes.table(&chunks, width, &mut |row| {
            places.push(row.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)));
        })?;
        let (mut step, mut sample) = (0, 0u64);
        for (index, &place) in places.iter().enumerate() {
            // Chunks are counted from 1; a step holds until the next one begins.
            while steps.get(step + 1).is_some_and(|&(first, _)| first as usize <= index + 1) {
                step += 1;
            }
            let Some(&(_, count)) = steps.get(step) else { break };
            let mut at = place;
            if let Some(frame) = frame.filter(|&frame| frame > 0) {
                let mut left = u64::from(count) * u64::from(frame);
                while left > 0 && at < self.source.size() && self.unheard.is_none() {
                    let piece = left.min(u64::from(PIECE / frame * frame).max(u64::from(frame)));
                    self.add(at, piece as u32);
                    (at, left) = (at + piece, left - piece);
                }
                continue;
            }
            for _ in 0..count {
                let size = if same > 0 { Some(same) } else { each.get(sample as usize).copied() };
                let Some(size) = size.filter(|_| sample < track.samples) else { break };
                self.add(at, size);
                at = at.saturating_add(u64::from(size));
                sample += 1;
            }
        }
        Ok(self.unheard)
    }
}

impl Packets for Samples<'_> {
    fn sound(&self) -> (Sound, u32, u16) {
        self.sound.clone()
    }

    fn unheard(&self) -> Option<Unheard> {
        self.unheard
    }

    fn count(&self) -> usize {
        self.places.len()
    }

    fn seconds(&self) -> f64 {
        self.seconds
    }

    fn read(&mut self, number: usize, packet: &mut Vec<u8>) -> io::Result<()> {
        let (at, size) = self.places.get(number).copied().unwrap_or_default();
        let size = u64::from(size.min(LONGEST)).min(self.source.size().saturating_sub(at));
        packet.resize(size as usize, 0);
        let count = source::fill(self.source, at, packet)?;
        packet.truncate(count);
        Ok(())
    }
}
