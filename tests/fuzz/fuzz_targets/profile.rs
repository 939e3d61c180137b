//! Profiles: any text. A seed and a word of the dictionary lay it over the built-in one.
#![no_main]

use std::collections::HashSet;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::facts::Facts;
use tekser::judge::{Counts, judge, waiver_findings};
use tekser::probe::{Context, Limits, probe};
use tekser::profile::Profile;
use tekser::source::Memory;
use tekser_fuzz::{all_sayable, sayable, today};

const NAME: &str = "own.toml";

/// One file of each kind.
static FACTS: LazyLock<Vec<Facts>> = LazyLock::new(|| {
    let files: [(&[u8], &str); 5] = [
        (include_bytes!("../../../samples/good/photo.jpg"), "photo.jpg"),
        (include_bytes!("../../../samples/good/speech.wav"), "speech.wav"),
        (include_bytes!("../../../samples/good/lesson.mp4"), "lesson.mp4"),
        (include_bytes!("../../../samples/bad/yandex-metrika.zip"), "quiz.zip"),
        (include_bytes!("../../../samples/bad/plan.docx"), "plan.docx"),
    ];
    let limits = Limits::default();
    let context = Context::alone(&limits);
    files.iter().map(|(bytes, name)| probe(&Memory(*bytes), name, None, &context)).collect()
});

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(data) else { return Corpus::Reject };
    read(text);
    Corpus::Keep
});

fn read(text: &str) {
    match Profile::from_toml(NAME, text) {
        Ok(profile) => {
            let mut ids = HashSet::new();
            assert!(profile.requirements.iter().all(|requirement| ids.insert(&requirement.id)), "an id twice");
            for facts in FACTS.iter() {
                let judgement = judge(&profile, facts, today());
                assert_eq!(judgement.requirements.len(), profile.requirements.len());
                assert_eq!(judgement, judge(&profile, facts, today()), "the same facts, another judgement");
                all_sayable(&judgement);
            }
            for finding in waiver_findings(&profile, today(), &Counts::default()) {
                sayable(&finding.message);
            }
        }
        Err(problems) => {
            assert!(!problems.0.is_empty(), "refused without a reason");
            let lines = text.split('\n').count() as u64;
            for problem in &problems.0 {
                assert!(!problem.file.is_empty());
                let own = problem.file == NAME;
                assert!(problem.line > 0 && (!own || problem.line <= lines), "no such line: {problem:?}");
                sayable(&problem.message);
            }
        }
    }
}
