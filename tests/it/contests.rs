//! Contests: what a participant hands in, from the application form to the video.

use serde_json::Value;
use tekser::finding::Level;
use tekser::profile::Profile;

use crate::build::archive;
use crate::common::{files, outcomes, report, root, run};

fn opiq(arguments: &[&str]) -> Value {
    report(&[&["--profile", "opiq-2019"], arguments].concat())
}

fn errors(submission: &Value) -> Vec<String> {
    let findings = submission["findings"].as_array().expect("findings").iter();
    findings.filter(|one| one["level"] == "error").map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn every_participant_of_the_sample_batch_gets_what_is_wrong() {
    let report = opiq(&["samples/contests/opiq-2019"]);
    let submissions = report["submissions"].as_array().expect("submissions");
    assert_eq!(submissions.len(), 14, "every entry of the folder is one, but the table");
    let expected: [(&str, &[&str]); 14] = [
        ("01", &[]),
        ("02", &[]),
        ("03", &["form-missing"]),
        ("04", &["field-blank"; 6]),
        ("05", &["field-unknown"]),
        ("06", &["field-near"]),
        ("07", &["voice-no-sound", "duration-over-limit"]),
        ("08", &[]),
        ("09", &[]),
        ("10", &[]),
        ("11", &[]),
        ("12", &["field-short"]),
        ("13", &[]),
        ("14", &[]),
    ];
    for (submission, (number, wrong)) in submissions.iter().zip(expected) {
        assert_eq!(submission["kind"], "submission");
        assert_eq!(outcomes(submission).len(), 39, "{number}: every requirement has an outcome");
        assert_eq!(errors(submission), wrong, "{number}: {:#}", submission["findings"]);
        let verdict = if wrong.is_empty() { "incomplete" } else { "non-compliant" };
        assert_eq!(submission["verdict"], verdict, "{number}: nobody looked at screens and dates");
    }
    let outcome = |number: usize, id: &str| outcomes(&submissions[number - 1])[id].to_owned();
    for good in [
        "opiq-application-attached",
        "opiq-form-subject",
        "opiq-nomination-allowed",
        "opiq-pilot-school",
        "opiq-video-present",
        "opiq-video-max-duration",
        "opiq-author-voiceover",
        "opiq-short-description-attached",
    ] {
        assert_eq!([outcome(1, good), outcome(2, good)], ["passed", "passed"], "{good}");
    }
    assert_eq!(outcome(3, "opiq-form-nomination"), "not-checked", "there is no form to look into");
    assert_eq!(outcome(8, "opiq-application-attached"), "not-checked", "a photo of a form is read by a person");
    assert_eq!(outcome(10, "opiq-video-present"), "not-checked", "nobody opened the link");
    assert_eq!(outcome(10, "opiq-video-max-duration"), "not-applicable");
    assert_eq!(outcome(11, "opiq-form-video-summary"), "passed", "a file of its own serves");
}

#[test]
fn a_participant_checks_one_folder() {
    let path = "samples/contests/opiq-2019/01 Үлгісова Ү";
    let alone = opiq(&["--as", "submission", path]);
    let submissions = alone["submissions"].as_array().expect("submissions");
    assert_eq!(submissions.len(), 1);
    assert_eq!(errors(&submissions[0]), Vec::<String>::new());
    let ran = run(&["check", "--profile", "opiq-2019", "--as", "submission", "--lang", "kk", path]);
    assert!(ran.stdout.contains("конкурс жұмысы"), "{}", ran.stdout);
}

/// Nothing was asked, and so nothing was met.
#[test]
fn what_no_requirement_speaks_of_is_not_compliant() {
    let video = "samples/good/lesson.mp4";
    for arguments in [["--as", "submission", video].as_slice(), &["--profile", "opiq-2019", "--as", "video", video]] {
        let report = report(arguments);
        let submission = &report["submissions"][0];
        assert_eq!(submission["verdict"], "incomplete", "{arguments:?}");
        assert_eq!(submission["findings"][0]["id"], "tool-nothing-applies");
    }
}

#[test]
fn contests_have_every_requirement_of_their_documents() {
    for (id, count) in [("opiq-2019", 39), ("bjb-2020", 23), ("netcom-2017", 36)] {
        let profile = Profile::builtin(id).expect("a valid profile");
        assert_eq!(profile.requirements.len(), count, "{id}");
        assert!(profile.requirements.iter().all(|one| !one.quote.is_empty() && one.level <= Level::Error), "{id}");
        // What no check decides, and nobody was asked, must not pass: each contest has something open.
        assert!(profile.requirements.iter().any(|one| one.decision.is_some()), "{id}");
    }
    let rules = files(&root().join("rules"));
    assert!(rules.len() > 12, "rules were found");
    let ours = ["konkurs@almatykitap.kz", "alkitap@intelsoft.kz", "umc_ro_karaganda@mail.ru"];
    for file in rules {
        let text = std::fs::read_to_string(&file).expect("a text");
        for word in text.split(|c: char| c.is_whitespace() || "\"«»,;()".contains(c)).filter(|word| word.contains('@'))
        {
            let address = word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            assert!(
                !address || word.starts_with("@@") || ours.iter().any(|our| word.contains(our)),
                "{file:?}: {word}"
            );
        }
    }
}

#[test]
fn a_kit_has_its_parts_and_its_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    let kit = archive(&[
        ("Өтінім.txt", "Өтінім\nМектеп: №5"),
        ("Жұмыс жоспары.txt", "Жоспар"),
        ("сызба.txt", "x"),
        ("диаграмма.txt", "x"),
        ("веб-парақ.txt", "https://x.example/"),
        ("хаттама.txt", "x"),
    ]);
    let lacking = archive(&[("Өтінім.txt", "Өтінім"), ("a.bin", "x")]);
    std::fs::write(folder.path().join("1 whole.zip"), kit).expect("a file");
    std::fs::write(folder.path().join("2 lacking.zip"), lacking).expect("a file");
    std::fs::write(folder.path().join("3 large.zip"), vec![0; 10_485_761]).expect("a file");
    let report = report(&["--profile", "netcom-2017", folder.path().to_str().expect("UTF-8")]);
    let submissions = report["submissions"].as_array().expect("submissions");
    let of = |number: usize, id: &str| outcomes(&submissions[number - 1])[id].to_owned();
    for part in ["web-page", "work-plan", "work-scheme", "diagram", "activity-evidence"] {
        let id = format!("netcom-kit-{part}");
        assert_eq!(of(1, &id), "passed", "{part}");
        assert_eq!(of(2, &id), "not-checked", "{part} may lie there under another name");
    }
    assert_eq!(of(1, "netcom-materials-max-10mb"), "passed");
    assert_eq!(of(3, "netcom-materials-max-10mb"), "failed");
}
