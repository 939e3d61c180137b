//! Where the samples of a sound track lie, for listening.

use std::io;

use super::super::listen::{Packets, Sound};
use super::boxes::{Boxes, be32};
use super::movie::{Movie, TrackBoxes};
use crate::facts::Unheard;

/// Rows of a table that are held to look samples up.
const ROWS: u64 = 2_000_000;

/// The samples of one track.
pub(super) fn of_track<'a>(boxes: &mut Boxes<'a>, movie: &Movie, track: &TrackBoxes) -> Packets<'a> {
    let coding = &track.coding;
    let fragments = movie.fragments.get(&track.number);
    let ticks = track.ticks.saturating_add(fragments.map_or(0, |fragments| fragments.ticks));
    let mut packets = Packets::new(boxes.source);
    packets.sound = (coding.sound.clone(), coding.rate.unwrap_or(0), coding.channels.unwrap_or(0));
    packets.seconds = if track.timescale > 0 { ticks as f64 / f64::from(track.timescale) } else { 0.0 };
    if coding.protected {
        packets.unheard = Some(Unheard::Encrypted);
    } else if track.elsewhere || fragments.is_some_and(|fragments| fragments.overflow) {
        packets.unheard = Some(Unheard::Limit);
    } else if in_tables(boxes, track, &mut packets).is_err() {
        packets.unheard = Some(Unheard::ReadError);
    }
    for run in fragments.iter().flat_map(|fragments| &fragments.runs) {
        let mut at = run.at;
        for &size in &run.sizes {
            packets.add(at, size);
            at = at.saturating_add(u64::from(size));
        }
    }
    packets
}

/// Follows the tables from chunks to samples.
fn in_tables(boxes: &mut Boxes<'_>, track: &TrackBoxes, packets: &mut Packets<'_>) -> io::Result<()> {
    let (Some(sizes), Some(runs), Some((chunks, width))) = (track.tables.sizes, track.tables.runs, track.tables.chunks)
    else {
        return Ok(());
    };
    // Sound that is not packed has a sample for each moment; its chunks are taken as they are.
    let frame = match packets.sound {
        (Sound::Pcm(pcm), _, channels) => Some(u64::from(pcm.bits / 8) * u64::from(channels)),
        _ => None,
    };
    let rows = [(sizes, 4), (runs, 12), (chunks, width as u64)].map(|(table, width)| (table.end - table.start) / width);
    if rows.into_iter().max() > Some(ROWS) || (frame.is_none() && track.samples > ROWS) {
        packets.unheard = Some(Unheard::Limit);
        return Ok(());
    }
    let same = be32(&boxes.body(&sizes, 12)?, 4).unwrap_or(0);
    let mut each = Vec::new();
    if same == 0 && frame.is_none() {
        boxes.table(&sizes.skip(4), 4, &mut |row| each.push(be32(row, 0).unwrap_or(0)))?;
    }
    let mut steps = Vec::new();
    boxes.table(&runs, 12, &mut |row| {
        steps.push((be32(row, 0).unwrap_or(0), be32(row, 4).unwrap_or(0)));
    })?;
    let (mut step, mut sample, mut chunk) = (0, 0u64, 0usize);
    boxes.table(&chunks, width, &mut |row| {
        let mut at = row.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
        chunk += 1;
        // Chunks are counted from 1; a step holds until the next one begins.
        while steps.get(step + 1).is_some_and(|&(first, _)| first as usize <= chunk) {
            step += 1;
        }
        let count = steps.get(step).map_or(0, |&(_, count)| count);
        if let Some(frame) = frame {
            packets.add_plain(at, u64::from(count).saturating_mul(frame));
            return;
        }
        for _ in 0..count {
            let size = if same > 0 { Some(same) } else { each.get(sample as usize).copied() };
            let Some(size) = size.filter(|_| sample < track.samples) else { break };
            packets.add(at, size);
            at = at.saturating_add(u64::from(size));
            sample += 1;
        }
    })
}
