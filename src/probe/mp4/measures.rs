//! From what the boxes said to facts.

use super::fragments::Fragments;
use super::movie::{Movie, Paces, TrackBoxes};
use super::tags;
use crate::facts::{Damage, DamageKind, PictureTrack, SoundTrack, Track, TrackKind, VideoFacts};

/// How far the paces of nine tenths of the frames may lie apart in a film of one pace. Phones differ by a tick or two.
const ONE_PACE: f64 = 1.05;

impl Movie {
    /// The facts of a file of `size` bytes; what the tables contradict is added to the damage.
    pub(super) fn measure(&self, size: u64, damage: &mut Vec<Damage>) -> VideoFacts {
        let tracks: Vec<Track> = self.tracks.iter().map(|track| self.track(track)).collect();
        self.contradictions(size, damage);
        let duration = tracks
            .iter()
            .filter(|track| track.kind != TrackKind::Other)
            .filter_map(|track| track.duration)
            .fold(None, |longest: Option<f64>, duration| Some(longest.map_or(duration, |l| l.max(duration))));
        // The movie header of a fragmented file speaks of what stands before the fragments.
        let declared = if self.has_fragments { self.announced.or(self.indexed) } else { self.declared };
        VideoFacts {
            duration,
            declared_duration: declared.filter(|&seconds| seconds > 0.0),
            brand: self.brand.clone(),
            fragmented: self.has_fragments,
            header_last: self.header_last,
            bit_rate: duration.and_then(|seconds| bit_rate(self.media_bytes, seconds)),
            created: tags::moment(self.created),
            software: self.software.clone(),
            position: self.position,
            tracks,
        }
    }

    fn track(&self, track: &TrackBoxes) -> Track {
        let kind = kind(track);
        let fragments = self.fragments.get(&track.number);
        let timescale = f64::from(track.timescale);
        let (samples, ticks) = all(track, fragments);
        let media = (track.timescale > 0 && ticks > 0).then(|| ticks as f64 / timescale);
        let edited = track.edited.filter(|_| self.timescale > 0).map(|t| t as f64 / f64::from(self.timescale));
        let duration = match (media, edited) {
            // An edit list cannot show what is not there, but it may begin with a gap.
            (Some(media), Some(edited)) if fragments.is_none() && edited < media => Some(edited),
            (Some(media), Some(edited)) if fragments.is_none() && edited <= media * 2.0 + 60.0 => Some(edited),
            (media, _) => media,
        };
        let bytes = track.sized.map_or(0, |(_, bytes)| bytes) + fragments.map_or(0, |fragments| fragments.bytes);
        let declared = track.declared.filter(|&ticks| ticks > 0 && track.timescale > 0 && fragments.is_none());
        let coding = &track.coding;
        Track {
            kind,
            codec: coding.codec.clone(),
            profile: coding.profile.clone(),
            language: tags::language(track.language),
            duration,
            media_duration: media,
            declared_duration: declared.map(|ticks| ticks as f64 / timescale),
            samples,
            bit_rate: media.and_then(|seconds| bit_rate(bytes, seconds)),
            picture: (kind == TrackKind::Video).then(|| self.picture(track, samples)),
            sound: (kind == TrackKind::Audio)
                .then(|| SoundTrack { channels: coding.channels, sample_rate: coding.rate.filter(|&rate| rate > 0) }),
        }
    }

    fn picture(&self, track: &TrackBoxes, samples: u64) -> PictureTrack {
        let mut paces = Paces::default();
        paces.add(&track.paces);
        let mut ticks = track.ticks;
        if let Some(fragments) = self.fragments.get(&track.number) {
            paces.add(&fragments.paces);
            ticks = ticks.saturating_add(fragments.ticks);
        }
        let timescale = f64::from(track.timescale);
        let average = (samples > 0 && ticks > 0 && timescale > 0.0).then(|| samples as f64 * timescale / ticks as f64);
        let (fast, slow) = (paces.at_share(0.05), paces.at_share(0.95));
        let varies = fast.zip(slow).is_some_and(|(fast, slow)| f64::from(slow) > f64::from(fast) * ONE_PACE);
        let fastest = paces.at_share(0.1).map(|ticks| timescale / f64::from(ticks));
        let coding = &track.coding;
        PictureTrack {
            width: coding.width,
            height: coding.height,
            rotation: track.rotation,
            frame_rate: average,
            highest_frame_rate: if varies { fastest } else { average },
            variable_frame_rate: varies,
            bit_depth: coding.bit_depth,
            chroma: coding.chroma,
            interlaced: coding.interlaced,
        }
    }

    /// What cannot be, going by the tables.
    fn contradictions(&self, size: u64, damage: &mut Vec<Damage>) {
        // A fragmented file has a header too; without one there is nothing that says what the samples are. Of a file that
        // was cut off, that is said already.
        let said = |damage: &Damage| matches!(damage.what, DamageKind::OverTime | DamageKind::Truncated);
        if !self.has_header && !damage.iter().any(said) {
            damage.push(Damage::new(DamageKind::MissingPart).because("moov"));
        }
        let (mut samples, mut bytes, mut beyond) = (0u64, 0u64, false);
        for track in self.tracks.iter().filter(|track| kind(track) != TrackKind::Other) {
            // Players of browsers have no keys for what is protected against copying.
            if track.coding.protected {
                damage.push(Damage::new(DamageKind::Undecodable).because("encrypted"));
            }
            if track.elsewhere {
                damage.push(Damage::new(DamageKind::MissingPart).because("dref"));
                continue;
            }
            let fragments = self.fragments.get(&track.number);
            samples = samples.saturating_add(all(track, fragments).0);
            let (sized, sum) = track.sized.unwrap_or((track.samples, 0));
            bytes = bytes.saturating_add(sum).saturating_add(fragments.map_or(0, |fragments| fragments.bytes));
            if sized != track.samples {
                damage.push(Damage::new(DamageKind::Contradiction).because("stts, stsz"));
            }
            let tables = [track.tables.runs.is_some(), track.chunks.is_some(), track.sized.is_some()];
            if let Some(missing) = tables.iter().position(|there| !there).filter(|_| track.samples > 0) {
                damage.push(Damage::new(DamageKind::MissingPart).because(["stsc", "stco", "stsz"][missing]));
            }
            if track.chunk_count > 0 && track.steps.samples(track.chunk_count).is_none_or(|laid| laid < track.samples) {
                damage.push(Damage::new(DamageKind::Contradiction).because("stsc, stco"));
            }
            if let (Some((first, last)), true) = (track.chunks, track.samples > 0) {
                beyond |= last >= size;
                // A header that was put in front without correcting the places behind it.
                if self.media.is_some_and(|(begin, end)| first < begin || last > end) && last < size {
                    damage.push(Damage::new(DamageKind::Contradiction).because("stco, mdat"));
                }
            }
        }
        // Tables that promise more bytes than there are describe media that is not there. Every sample has one at least.
        let cut = damage.iter().any(|damage| damage.what == DamageKind::Truncated);
        if self.has_header && (beyond || samples.max(bytes) > self.media_bytes) && !cut {
            damage.push(Damage::new(DamageKind::MissingPart).because("mdat"));
        }
    }
}

fn kind(track: &TrackBoxes) -> TrackKind {
    match &track.handler {
        b"vide" => TrackKind::Video,
        b"soun" => TrackKind::Audio,
        _ => TrackKind::Other,
    }
}

/// Samples and ticks of a track, in its tables and in its fragments.
fn all(track: &TrackBoxes, fragments: Option<&Fragments>) -> (u64, u64) {
    let samples = track.samples + fragments.map_or(0, |fragments| fragments.samples);
    (samples, track.ticks.max(fragments.map_or(0, |fragments| fragments.end)))
}

fn bit_rate(bytes: u64, seconds: f64) -> Option<u64> {
    (bytes > 0 && seconds > 0.0).then(|| (bytes as f64 * 8.0 / seconds).round() as u64)
}
