//! Prints of files, for comparing works with one another.

use rusty_chromaprint::{Configuration, Fingerprinter};

use super::Context;
use crate::facts::{DocumentFacts, FileFacts, ImagePrint, Prints};
use crate::settings::names::fold;
use crate::source::{self, Source};

/// Words of a run. One word in ten changed leaves three of four such runs.
const RUN: usize = 3;

/// Hashes kept of a text; of longer ones, the smallest, which are as good as any others.
const HASHES: usize = 1_000;

/// Fields of a print of a picture, on each side.
pub(super) const FIELDS: usize = 48;

/// Neighbours of a print of a picture, on each side.
const NEIGHBOURS: usize = 16;

/// Steps of brightness that a field must gain to be brighter: less is what packing adds to a plain wall.
const BRIGHTER: i32 = 3;

/// The prints of a file that a digest is made of here, all others being there already.
pub(super) fn finish(source: &dyn Source, facts: &mut FileFacts) {
    let text = facts.document.as_deref().map(of_document);
    let prints = facts.prints.get_or_insert_default();
    if let Some(text) = text {
        prints.text = text;
    }
    // What cannot be read to its end is like nothing.
    if let Ok(digest) = source::sha256(source) {
        prints.digest = digest;
    }
}

fn of_document(document: &DocumentFacts) -> Vec<u64> {
    let mut words = Words::default();
    document.texts().for_each(|text| words.add(text));
    words.finish()
}

/// Runs of words, hashed as they come.
#[derive(Default)]
pub(super) struct Words {
    last: Vec<u64>,
    hashes: Vec<u64>,
}

impl Words {
    /// The next piece of the text. Pieces end between words.
    pub(super) fn add(&mut self, text: &str) {
        let mut word = String::new();
        for c in text.chars() {
            if c.is_alphanumeric() {
                fold(c, &mut word);
            } else if !word.is_empty() {
                self.word(&word);
                word.clear();
            }
        }
        if !word.is_empty() {
            self.word(&word);
        }
    }

    fn word(&mut self, word: &str) {
        // FNV-1a: the same in every version, since prints are kept for years.
        let hash = word
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        self.last.push(hash);
        if self.last.len() > RUN {
            self.last.remove(0);
        }
        if self.last.len() == RUN {
            let run = self.last.iter().fold(0u64, |run, word| scattered(run.rotate_left(21) ^ word));
            self.hashes.push(run);
            if self.hashes.len() > 16 * HASHES {
                self.smallest();
            }
        }
    }

    fn smallest(&mut self) {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        self.hashes.truncate(HASHES);
    }

    pub(super) fn finish(mut self) -> Vec<u64> {
        self.smallest();
        self.hashes
    }
}

/// Mixes all bits of a number into all others (the end of `SplitMix64`), so that small hashes are drawn by lot.
fn scattered(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Makes a picture small as its rows come, whatever its size.
pub(super) fn of_picture(width: usize, height: usize, gray: impl Fn(usize, usize) -> u8) -> Option<ImagePrint> {
    if width < FIELDS || height < FIELDS {
        return None;
    }
    let mut sums = vec![(0u64, 0u64); FIELDS * FIELDS];
    for y in 0..height {
        let row = y * FIELDS / height * FIELDS;
        for x in 0..width {
            let field = &mut sums[row + x * FIELDS / width];
            field.0 += u64::from(gray(x, y));
            field.1 += 1;
        }
    }
    let small: Vec<u8> = sums.iter().map(|(sum, count)| (sum / (*count).max(1)) as u8).collect();
    // 16 rows of three fields each, and 17 columns, the edges of which lie between fields.
    let part = |row: usize, column: usize| {
        let across = |at: usize| at * FIELDS / (NEIGHBOURS + 1);
        let down = FIELDS / NEIGHBOURS;
        let (left, right) = (across(column), across(column + 1).max(across(column) + 1));
        let fields = (row * down..(row + 1) * down).flat_map(|y| (left..right).map(move |x| y * FIELDS + x));
        let sum: i32 = fields.map(|field| i32::from(small[field])).sum();
        sum / (down * (right - left)) as i32
    };
    let mut gradient = [0u64; 4];
    for row in 0..NEIGHBOURS {
        for column in 0..NEIGHBOURS {
            if part(row, column + 1) - part(row, column) >= BRIGHTER {
                let bit = row * NEIGHBOURS + column;
                gradient[bit / 64] |= 1 << (bit % 64);
            }
        }
    }
    Some(ImagePrint { gradient, gray: small })
}

/// The print of sound, as it is decoded.
pub(super) struct Heard {
    printer: Fingerprinter,
    /// Samples a second and channels of what comes.
    form: Option<(u32, usize)>,
    samples: Vec<i16>,
}

impl Heard {
    pub(super) fn new() -> Heard {
        Heard { printer: Fingerprinter::new(&configuration()), form: None, samples: Vec::new() }
    }

    /// More of the sound. A recording that changes its form in the middle is heard as far as it keeps the first.
    pub(super) fn hear(&mut self, rate: u32, channels: usize, interleaved: &[f32]) {
        if self.form.is_none() {
            let started = u32::try_from(channels).ok().and_then(|channels| self.printer.start(rate, channels).ok());
            self.form = started.map(|()| (rate, channels));
        }
        if self.form == Some((rate, channels)) {
            self.samples.clear();
            let sample = |sample: &f32| (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16;
            self.samples.extend(interleaved.iter().map(sample));
            self.printer.consume(&self.samples);
        }
    }

    pub(super) fn finish(mut self) -> Vec<u32> {
        if self.form.is_none() {
            return Vec::new();
        }
        self.printer.finish();
        self.printer.fingerprint().to_vec()
    }
}

/// How sound is printed; whoever compares prints has to know.
pub(crate) fn configuration() -> Configuration {
    Configuration::preset_test2()
}

/// Adds prints to the facts of a file, if somebody asks for them.
pub(super) fn add(facts: &mut FileFacts, context: &Context<'_>, make: impl FnOnce(&mut Prints)) {
    if context.prints {
        make(facts.prints.get_or_insert_default());
    }
}
