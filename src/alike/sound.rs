//! Sound: numbers of prints that stand in both, at the same distance from one another, say where to look; then the prints
//! are laid over each other.

use std::collections::HashMap;

use rusty_chromaprint::{Configuration, match_fingerprints};

use super::{Batch, Pair};
use crate::facts::Alikeness;
use crate::probe::prints::configuration;

/// Numbers of two prints that must be the same, at about the same distance.
const LEAST: u32 = 6;

/// Numbers of a print that one step of distance holds: half a second of difference is the same distance.
const STEP: i64 = 8;

/// Of a number that comes again and again in a recording, so many places are remembered: silence, a tone.
const PLACES: usize = 4;

pub(super) fn pairs(batch: &Batch<'_>, pairs: &mut Vec<Pair>) {
    let sounds: Vec<(usize, usize, &[u32])> = batch
        .parts()
        .filter(|(.., found)| !found.prints.sound.is_empty())
        .map(|(work, part, found)| (work, part, found.prints.sound.as_slice()))
        .collect();
    let mut holders: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
    for (index, (.., numbers)) in (0u32..).zip(&sounds) {
        let mut last = None;
        for (place, number) in (0u32..).zip(*numbers) {
            let places = holders.entry(*number).or_default();
            let own = places.iter().rev().take_while(|(sound, _)| *sound == index).count();
            // The same number once more is silence, or a tone that lasts.
            if last != Some(*number) && own < PLACES {
                places.push((index, place));
            }
            last = Some(*number);
        }
    }
    let mut votes: HashMap<(u32, u32, i64), u32> = HashMap::new();
    let most = PLACES * batch.common.max(16);
    for places in holders.values().filter(|places| places.len() > 1 && places.len() <= most) {
        for (index, (a, here)) in places.iter().enumerate() {
            for (b, there) in &places[index + 1..] {
                if a != b && batch.may_pair(sounds[*a as usize].0, sounds[*b as usize].0) {
                    let distance = (i64::from(*there) - i64::from(*here)).div_euclid(STEP);
                    // Distances at the edge of a step count in both.
                    for distance in [distance, distance + 1] {
                        *votes.entry((*a, *b, distance)).or_default() += 1;
                    }
                }
            }
        }
    }
    let mut candidates: Vec<(u32, u32)> =
        votes.into_iter().filter(|(_, count)| *count >= LEAST).map(|((a, b, _), _)| (a, b)).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let configuration = configuration();
    for (a, b) in candidates {
        let ((first, part, here), (second, other, there)) = (sounds[a as usize], sounds[b as usize]);
        if let Some((seconds, share)) = overlay(here, there, &configuration, batch) {
            pairs.push(Pair {
                works: (first, second),
                what: Alikeness::Sound,
                share,
                parts: Some((part, other)),
                seconds: Some(seconds),
            });
        }
    }
}

/// The longest piece that two prints share: where it begins in both, and how long it is, in seconds; and its share of the
/// shorter print.
fn overlay(here: &[u32], there: &[u32], configuration: &Configuration, batch: &Batch<'_>) -> Option<([f64; 3], f64)> {
    let segments = match_fingerprints(here, there, configuration).ok()?;
    let good = segments.iter().filter(|segment| segment.score <= batch.how.sound_score);
    let duration = |segment: &rusty_chromaprint::Segment| f64::from(segment.duration(configuration));
    let total: f64 = good.clone().map(duration).sum();
    let longest = good.max_by(|a, b| a.items_count.cmp(&b.items_count))?;
    // A drone is the same all along: something has to change in what is the same.
    let piece = &here[longest.offset1.min(here.len())..(longest.offset1 + longest.items_count).min(here.len())];
    let changes = piece.windows(2).filter(|two| two[0] != two[1]).count();
    if total < batch.how.sound_seconds || changes * 4 < piece.len() {
        return None;
    }
    let seconds = [longest.start1(configuration), longest.start2(configuration), longest.duration(configuration)];
    let item = f64::from(configuration.item_duration_in_seconds());
    let shorter = here.len().min(there.len()) as f64 * item;
    Some((seconds.map(|seconds| (f64::from(seconds) * 10.0).round() / 10.0), (total / shorter).min(1.0)))
}
