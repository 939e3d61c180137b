//! The ear: how loud each channel is, whether the sound changes at all, and what a detector of voices says of it. Pure
//! computation; what is decoded and when to stop is decided in `listen`.

use crate::facts::{SoundFacts, Span, Speech};

/// Seconds over which loudness is taken, ten to a second.
const BLOCK: f64 = 0.1;

/// Levels are counted in steps of a quarter of a decibel from the quietest that matters up to full scale.
const QUIETEST: f64 = -120.0;
const STEPS: usize = 480;

/// Every channel must reach this peak before sound is sure to be there; profiles call silent what is far below.
const SURE_PEAK: f32 = 0.003;

/// Decibels between quiet and loud that no hum and no hiss has.
const SURE_RANGE: f64 = 6.0;

/// The detector's rate and the samples it takes at a time.
const RATE: f64 = 16_000.0;
const FRAME: usize = 256;

/// Frames that are judged together, two seconds of them: long enough for somebody who speaks to draw breath.
const PHRASE: usize = 125;

/// A phrase sounds like speech if so many of its frames get at least a score of a half, and so many are nearly certain...
const VOICED: usize = 50;
const CERTAIN: usize = 8;
const CERTAIN_SCORE: f32 = 0.9;

/// ...and if so many of its frames are quieter than a twentieth of its average. The detector takes most music for voices;
/// but whoever speaks stops between words, and music seldom does. Speech over loud music or noise is missed by this, so
/// that a person has to listen; music with rests like a drummer's may pass it for seconds, and hardly for half a piece.
const PAUSES: usize = 25;
const PAUSE: f32 = 0.05;

/// Mean square below which a phrase is silence: -60 dBFS.
const SILENCE: f32 = 1e-6;

/// Spans that are kept; of more, the longest.
const SPANS: usize = 100;

/// What is heard, as sound comes in.
pub(super) struct Ear {
    rate: f64,
    channels: usize,
    peaks: Vec<f32>,
    samples: u64,
    /// Sum of squares and number of samples of the block that is being filled.
    block: (f64, u64),
    /// Blocks by level.
    levels: Box<[u64; STEPS]>,
    blocks: u64,
    voice: Option<Voice>,
}

impl Ear {
    /// `rate` in samples a second; with `speech` the detector of voices runs too.
    pub(super) fn new(rate: u32, channels: usize, speech: bool) -> Ear {
        let rate = f64::from(rate.max(1));
        Ear {
            rate,
            channels: channels.max(1),
            peaks: vec![0.0; channels.max(1)],
            samples: 0,
            block: (0.0, 0),
            levels: Box::new([0; STEPS]),
            blocks: 0,
            voice: speech.then(|| Voice::new(rate)),
        }
    }

    /// Interleaved samples from -1 to 1 that begin `at` seconds into the recording. What jumps begins a new block.
    pub(super) fn hear(&mut self, at: f64, samples: &[f32]) {
        let block = (self.rate * BLOCK) as u64;
        if let Some(voice) = &mut self.voice {
            voice.jump(at);
        }
        for frame in samples.chunks_exact(self.channels) {
            let mut sum = 0.0;
            let mut square = 0.0;
            for (peak, &sample) in self.peaks.iter_mut().zip(frame) {
                // A decoder that was fed nonsense may say so with numbers that are none.
                let sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
                *peak = peak.max(sample.abs());
                sum += sample;
                square += f64::from(sample * sample);
            }
            self.block = (self.block.0 + square / self.channels as f64, self.block.1 + 1);
            if self.block.1 >= block {
                self.close();
            }
            if let Some(voice) = &mut self.voice {
                voice.hear(sum / self.channels as f32);
            }
        }
        self.samples += (samples.len() / self.channels) as u64;
    }

    fn close(&mut self) {
        let (sum, count) = std::mem::take(&mut self.block);
        let level = 10.0 * (sum / count.max(1) as f64).max(1e-12).log10();
        let step = ((level - QUIETEST) * STEPS as f64 / -QUIETEST) as usize;
        self.levels[step.min(STEPS - 1)] += 1;
        self.blocks += 1;
    }

    /// Seconds heard so far.
    pub(super) fn heard(&self) -> f64 {
        self.samples as f64 / self.rate
    }

    /// Something that changes was clearly heard on every channel, so that listening on cannot alter that there is sound.
    pub(super) fn is_sure_of_sound(&self) -> bool {
        self.peaks.iter().all(|&peak| peak > SURE_PEAK) && self.range().is_some_and(|range| range > SURE_RANGE)
    }

    /// Seconds so far that sound like speech.
    pub(super) fn speech_seconds(&self) -> f64 {
        self.voice.as_ref().map_or(0.0, |voice| voice.spoken as f64 * PHRASE_SECONDS)
    }

    /// Decibels between the 5th and the 95th of 100 parts of the blocks.
    fn range(&self) -> Option<f64> {
        let at = |share: f64| {
            let mut seen = 0;
            let wanted = (self.blocks as f64 * share).ceil().max(1.0) as u64;
            self.levels.iter().position(|&count| {
                seen += count;
                seen >= wanted
            })
        };
        let (low, high) = at(0.05).zip(at(0.95))?;
        Some((high - low) as f64 * -QUIETEST / STEPS as f64)
    }

    /// Writes down what was heard.
    pub(super) fn tell(&self, facts: &mut SoundFacts) {
        facts.listened = self.heard();
        let decibels = |&peak: &f32| (peak > 0.0).then(|| round(20.0 * f64::from(peak).log10()));
        facts.peaks = self.peaks.iter().map(decibels).collect();
        facts.range = self.range();
        facts.speech = self.voice.as_ref().map(Voice::tell);
    }
}

/// Tenths of a decibel and of a second are more than anybody hears.
fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Seconds of a phrase.
const PHRASE_SECONDS: f64 = (PHRASE * FRAME) as f64 / RATE;

/// The detector of voices, and where it found some.
struct Voice {
    detector: Box<earshot::Detector>,
    /// Samples in for one sample out.
    step: f64,
    gather: Gather,
    frame: Vec<f32>,
    /// Score and mean square of the frames of the phrase that is being filled.
    phrase: Vec<(f32, f32)>,
    /// Seconds at which that phrase began.
    at: f64,
    /// Phrases in which anything was to be heard, and those of them that sound like speech.
    audible: u64,
    spoken: u64,
    spans: Vec<Span>,
}

/// What makes the next sample of the detector's rate.
#[derive(Default)]
struct Gather {
    sum: f32,
    count: u32,
    /// Samples still wanted.
    wanted: f64,
    last: f32,
}

impl Voice {
    fn new(rate: f64) -> Voice {
        let step = rate / RATE;
        Voice {
            detector: earshot::Detector::default_boxed(),
            step,
            gather: Gather { wanted: step, ..Gather::default() },
            frame: Vec::with_capacity(FRAME),
            phrase: Vec::with_capacity(PHRASE),
            at: 0.0,
            audible: 0,
            spoken: 0,
            spans: Vec::new(),
        }
    }

    /// Sound from another moment has nothing to do with what was heard before.
    fn jump(&mut self, at: f64) {
        let expected = self.at + (self.phrase.len() * FRAME + self.frame.len()) as f64 / RATE;
        if (at - expected).abs() > 1.0 {
            self.detector.reset();
            self.frame.clear();
            self.phrase.clear();
            self.at = at;
        }
    }

    /// Brings the sound to the detector's rate: samples that fall together are averaged, missing ones repeated.
    fn hear(&mut self, sample: f32) {
        self.gather.sum += sample;
        self.gather.count += 1;
        self.gather.wanted -= 1.0;
        while self.gather.wanted <= 0.0 {
            if self.gather.count > 0 {
                self.gather.last = self.gather.sum / self.gather.count as f32;
            }
            self.gather =
                Gather { wanted: self.gather.wanted + self.step, last: self.gather.last, ..Gather::default() };
            self.frame.push(self.gather.last);
            if self.frame.len() == FRAME {
                let square = self.frame.iter().map(|sample| sample * sample).sum::<f32>() / FRAME as f32;
                self.phrase.push((self.detector.predict_f32(&self.frame), square));
                self.frame.clear();
            }
            if self.phrase.len() == PHRASE {
                self.judge();
            }
        }
    }

    /// Decides about a phrase and begins the next.
    fn judge(&mut self) {
        let start = self.at;
        self.at += PHRASE_SECONDS;
        let average = self.phrase.iter().map(|(_, square)| square).sum::<f32>() / PHRASE as f32;
        let count = |wanted: &dyn Fn(f32, f32) -> bool| self.phrase.iter().filter(|(s, e)| wanted(*s, *e)).count();
        let is_speech = average > SILENCE
            && count(&|score, _| score >= 0.5) >= VOICED
            && count(&|score, _| score >= CERTAIN_SCORE) >= CERTAIN
            && count(&|_, square| square < average * PAUSE) >= PAUSES;
        self.phrase.clear();
        self.audible += u64::from(average > SILENCE);
        if is_speech {
            self.spoken += 1;
            self.note(Span { start, end: self.at });
        }
    }

    fn note(&mut self, new: Span) {
        match self.spans.last_mut() {
            Some(span) if (new.start - span.end).abs() < 0.01 => span.end = new.end,
            _ => self.spans.push(new),
        }
        if self.spans.len() > SPANS {
            // The newest stays, because it may still grow.
            let length = |span: &Span| span.end - span.start;
            let older = self.spans.iter().enumerate().take(SPANS);
            let shortest = older.min_by(|(_, a), (_, b)| length(a).total_cmp(&length(b)));
            if let Some(index) = shortest.map(|(index, _)| index) {
                self.spans.remove(index);
            }
        }
    }

    fn tell(&self) -> Speech {
        let mut spans: Vec<Span> =
            self.spans.iter().map(|span| Span { start: round(span.start), end: round(span.end) }).collect();
        spans.sort_by(|a, b| a.start.total_cmp(&b.start));
        // Places that were listened to one by one may touch.
        spans.dedup_by(|next, span| {
            let touch = next.start <= span.end;
            span.end = if touch { span.end.max(next.end) } else { span.end };
            touch
        });
        let share = if self.audible > 0 { self.spoken as f64 / self.audible as f64 } else { 0.0 };
        Speech { seconds: round(self.spoken as f64 * PHRASE_SECONDS), share: (share * 1000.0).round() / 1000.0, spans }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURN: f32 = std::f32::consts::TAU;

    /// What is heard in ten seconds of a mono sound.
    fn heard(rate: u32, speech: bool, wave: impl FnMut(usize) -> f32) -> SoundFacts {
        let mut ear = Ear::new(rate, 1, speech);
        let samples: Vec<f32> = (0..rate as usize * 10).map(wave).collect();
        for (number, second) in samples.chunks(rate as usize).enumerate() {
            ear.hear(number as f64, second);
        }
        let mut facts = SoundFacts::default();
        ear.tell(&mut facts);
        facts
    }

    fn noise() -> impl FnMut(usize) -> f32 {
        let mut state = 0x1234_5678u32;
        move |_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as f32 / u32::MAX as f32 - 0.5
        }
    }

    #[test]
    fn silence_has_no_peak_and_steady_sounds_no_range() {
        let silent = heard(16_000, false, |_| 0.0);
        assert_eq!((silent.listened, silent.peaks.as_slice(), silent.range), (10.0, &[None][..], Some(0.0)));
        let tone = heard(44_100, false, |n| 0.5 * (TURN * 440.0 * n as f32 / 44_100.0).sin());
        assert_eq!(tone.peaks, [Some(-6.0)]);
        assert!(tone.range < Some(1.0), "{:?}", tone.range);
        let hiss = heard(44_100, false, noise());
        assert!(hiss.range < Some(1.0), "{:?}", hiss.range);
    }

    #[test]
    fn what_swells_is_sound() {
        let swelling =
            heard(8_000, false, |n| (TURN * 200.0 * n as f32 / 8_000.0).sin() * (n % 8_000) as f32 / 8_000.0);
        assert!(swelling.range > Some(10.0), "{:?}", swelling.range);
    }

    #[test]
    fn sound_is_sure_only_when_every_channel_lives() {
        let wave = |n: usize| (TURN * 200.0 * n as f32 / 8_000.0).sin() * (n % 8_000) as f32 / 8_000.0;
        for (right, sure) in [(1.0, true), (0.0, false)] {
            let mut ear = Ear::new(8_000, 2, false);
            assert!(!ear.is_sure_of_sound());
            let samples: Vec<f32> = (0..16_000).flat_map(|n| [wave(n), right * wave(n)]).collect();
            ear.hear(0.0, &samples);
            assert_eq!(ear.is_sure_of_sound(), sure);
        }
    }

    #[test]
    fn numbers_that_are_none_do_no_harm() {
        let odd = heard(8_000, true, |n| [f32::NAN, f32::INFINITY, -7.0][n % 3]);
        assert_eq!(odd.peaks, [Some(0.0)]);
        assert!(odd.speech.is_some_and(|speech| speech.share.is_finite()));
    }

    /// The sentence of `samples/good/speech.wav`, spoken by a synthesiser, and what is not speech.
    #[test]
    fn speech_is_told_from_silence_and_hiss() {
        let file = include_bytes!("../../samples/good/speech.wav");
        let data = file.windows(4).position(|window| window == b"data").expect("a data chunk") + 8;
        let samples: Vec<f32> = file[data..]
            .chunks_exact(2)
            .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0)
            .collect();
        // Said five times, with a breath between.
        let said: Vec<f32> = (0..5).flat_map(|_| samples.iter().copied().chain([0.0; 6_000])).collect();
        let mut ear = Ear::new(16_000, 1, true);
        ear.hear(0.0, &said);
        let mut facts = SoundFacts::default();
        ear.tell(&mut facts);
        let speech = facts.speech.expect("the detector ran");
        assert!(speech.seconds >= 8.0 && speech.share > 0.75, "{speech:?}");
        assert!(speech.spans.iter().all(|span| span.start < span.end && span.end <= 12.0), "{speech:?}");
        let chord = |n: usize| [262.0, 330.0, 392.0].map(|f| 0.2 * (TURN * f * n as f32 / 16_000.0).sin()).iter().sum();
        for (what, silent) in [
            ("silence", heard(16_000, true, |_| 0.0)),
            ("hiss", heard(16_000, true, noise())),
            ("a chord", heard(16_000, true, chord)),
        ] {
            let share = silent.speech.expect("the detector ran").share;
            assert!(share == 0.0, "{what}: {share}");
        }
    }
}
