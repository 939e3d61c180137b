//! Throughput of the probes, in bytes of the sample: `cargo bench`.

#![expect(clippy::disallowed_methods, reason = "benches read samples")]

use std::hint::black_box;

use divan::Bencher;
use divan::counter::BytesCount;
use tekser::judge::judge;
use tekser::probe::{Context, Limits, probe};
use tekser::profile::Profile;
use tekser::source::Memory;

const SAMPLES: [&str; 8] = [
    "good/photo.jpg",
    "good/diagram.png",
    "good/animation.gif",
    "good/drawing.svg",
    "good/melody.mp3",
    "good/speech.wav",
    "good/lesson-9-59.mp4",
    "good/quiz.zip",
];

fn main() {
    divan::main();
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a sample")
}

/// Bytes to facts.
#[divan::bench(args = SAMPLES)]
fn probe_sample(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = sample(name);
    let limits = Limits::default();
    let context = Context::alone(&limits);
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| probe(&Memory(black_box(&bytes)), name, None, &context));
}

/// Facts to a judgement.
#[divan::bench(args = ["good/lesson-9-59.mp4", "good/quiz.zip"])]
fn judge_sample(bencher: Bencher<'_, '_>, name: &str) {
    let limits = Limits::default();
    let context = Context::alone(&limits);
    let facts = probe(&Memory(sample(name)), name, None, &context);
    let profile = Profile::builtin("order-121").expect("a valid profile");
    let today = jiff::civil::date(2026, 11, 23);
    bencher.bench(|| judge(&profile, black_box(&facts), today));
}

/// Start of the program: the built-in profile and a catalogue.
#[divan::bench]
fn start_up() -> usize {
    let profile = Profile::builtin("order-121").expect("a valid profile");
    let locale = tekser::locale::Locale::new(tekser::locale::Language::Kk);
    profile.requirements.len() + locale.plain("summary-title").len()
}
