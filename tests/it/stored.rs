//! What is kept from one run to the next: caches, journals, reports that are judged, told, compared and joined again.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tekser::facts::{Facts, Scan, Unread, Unscanned};
use tekser::intake::{Submission, Take, gather};
use tekser::store::cache::Cache;
use tekser::store::journal::Journal;
use tekser::store::{Stamp, Store};

use crate::common::{Batch, measure, report, root, run, tekser, witness};

/// A report without what may differ between two runs.
fn lasting(mut report: Value) -> Value {
    report.as_object_mut().expect("a report").remove("run");
    report
}

fn read(path: &str) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a report")).expect("JSON")
}

/// A batch that a store may keep: files that were changed a moment ago are not.
fn settled_batch() -> Batch {
    let batch = Batch::new();
    for name in ["good/photo.jpg", "good/melody.mp3", "good/quiz.zip", "bad/cut.jpg", "good/drawing.svg"] {
        let bytes = std::fs::read(root().join("samples").join(name)).expect("a sample");
        batch.write(&format!("works/{}", name.replace('/', "-")), bytes);
    }
    batch.write("works/app/index.html", "<!doctype html><title>т</title><script src='a.js'></script>");
    batch.write("works/app/a.js", "let a = 1;");
    std::thread::sleep(Duration::from_millis(2100));
    batch
}

#[test]
fn what_was_measured_is_judged_the_same_without_the_files() {
    let batch = Batch::new();
    let contests = [("order-121", "samples", ""), ("opiq-2019", "samples/contests/opiq-2019", "registry.xlsx")];
    for (profile, folder, table) in contests {
        let (json, lines) = (batch.path("r.json"), batch.path("r.jsonl"));
        let registry = format!("{folder}/{table}");
        let mut arguments =
            vec!["check", folder, "--profile", profile, "--lang", "en", "--output", &json, "--output", &lines];
        if !table.is_empty() {
            arguments.extend(["--registry", &registry]);
        }
        assert_ne!(run(&arguments).status, 2);
        let checked = read(&json);
        for stored in [&json, &lines] {
            let judged = run(&["judge", stored, "--profile", profile, "--lang", "en", "--format", "json"]);
            let judged: Value = serde_json::from_str(&judged.stdout).expect("JSON");
            assert!(judged["submissions"].as_array().is_some_and(|all| all.len() > 10));
            assert_eq!(judged["submissions"], checked["submissions"], "{profile} {stored}");
        }
    }
}

#[test]
fn facts_that_say_less_pass_nothing_more() {
    // Facts that were measured for one profile may lack what another one asks for: that stays open, and is never passed.
    let batch = Batch::new();
    let full = report(&["samples", "--profile", "order-121"]);
    let lean = batch.path("lean.toml");
    batch.write("lean.toml", "extends = \"order-121\"\nid = \"lean\"\n");
    let json = batch.path("lean.json");
    run(&["check", "samples", "--profile", &lean, "--no-digests", "--output", &json]);
    // The same files, not listened to and with no document read.
    let mut stripped = read(&json);
    fn strip(value: &mut Value) {
        match value {
            Value::Object(all) => {
                all.remove("sound");
                all.remove("document");
                all.values_mut().for_each(strip);
            }
            Value::Array(all) => all.iter_mut().for_each(strip),
            _ => {}
        }
    }
    for submission in stripped["submissions"].as_array_mut().expect("submissions") {
        strip(&mut submission["facts"]);
    }
    batch.write("stripped.json", stripped.to_string());
    let judged = run(&["judge", &batch.path("stripped.json"), "--lang", "en", "--format", "json"]);
    let judged: Value = serde_json::from_str(&judged.stdout).expect("JSON");
    let (full, judged) =
        (full["submissions"].as_array().expect("a list"), judged["submissions"].as_array().expect("a list"));
    assert!(full.len() > 100 && full.len() == judged.len());
    for (full, less) in full.iter().zip(judged) {
        for (full, less) in full["requirements"]
            .as_array()
            .expect("a list")
            .iter()
            .zip(less["requirements"].as_array().expect("a list"))
        {
            assert!(less["outcome"] != "passed" || full["outcome"] == "passed", "{} {}", full["id"], less["outcome"]);
        }
    }
}

#[test]
fn a_cache_knows_what_did_not_change() {
    let batch = settled_batch();
    let (works, cache) = (batch.path("works"), batch.path("cache"));
    let first = lasting(report(&[&works, "--cache", &cache]));
    assert_eq!(first, lasting(report(&[&works])), "a cache changes nothing");
    assert_eq!(first, lasting(report(&[&works, "--cache", &cache])));

    // Under another profile the same facts serve; only the judgement is another.
    batch.write(
        "other.toml",
        "extends = \"order-121\"\nid = \"other\"\n[change.image-max-size]\nsettings = { max-bytes = 10 }\n",
    );
    let other = report(&[&works, "--cache", &cache, "--profile", &batch.path("other.toml")]);
    assert!(other["summary"]["non_compliant"].as_u64() > first["summary"]["non_compliant"].as_u64());

    // What was damaged in the folder is measured again.
    let kept = crate::common::files(Path::new(&cache));
    assert!(kept.len() >= 12, "facts and stamps of six submissions: {kept:?}");
    kept.iter().for_each(|file| std::fs::write(file, "junk").expect("a file"));
    assert_eq!(first, lasting(report(&[&works, "--cache", &cache])));

    // A file that was changed is another one, though it has the size that it had.
    batch.write("works/app/a.js", "let a = ;;");
    let changed = lasting(report(&[&works, "--cache", &cache]));
    assert_eq!(changed, lasting(report(&[&works])));
    assert_ne!(first, changed);
}

/// The submission at a path.
fn taken(path: &str) -> Submission {
    gather(&[path.into()], Take::Files).expect("a path").submissions.remove(0)
}

#[test]
fn a_cache_goes_by_content_name_and_settings() {
    let batch = Batch::new();
    batch.write("a/photo.txt", "some text").write("b/photo.txt", "some text").write("b/other.md", "some text");
    let [a, b, other] = ["a/photo.txt", "b/photo.txt", "b/other.md"].map(|name| taken(&batch.path(name)));
    let facts = measure(b"some text", "photo.txt");
    let cache = Cache::open(Path::new(&batch.path("cache")), "one").expect("a cache");
    let stamp = |submission: &Submission| Stamp::of(submission).expect("a stamp");
    assert_eq!(cache.recall(&a, &stamp(&a)), None);
    cache.keep(&a, &stamp(&a), &facts);
    assert_eq!(cache.recall(&a, &stamp(&a)).as_ref(), Some(&facts));
    assert_eq!(cache.recall(&b, &stamp(&b)), Some(facts), "the same bytes elsewhere");
    assert_eq!(cache.recall(&other, &stamp(&other)), None, "another extension promises another format");
    let others = Cache::open(Path::new(&batch.path("cache")), "two").expect("a cache");
    assert_eq!(others.recall(&a, &stamp(&a)), None, "measured under other settings");
    assert!(cache.trouble().is_none());
}

#[test]
fn what_was_not_looked_at_is_not_settled() {
    let facts = || measure(b"some text", "a.txt");
    assert!(facts().is_settled());
    let with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = facts();
        change(&mut facts);
        facts.is_settled()
    };
    assert!(with(&|facts| facts.file.scan = Some(Scan::Clean)));
    assert!(!with(&|facts| facts.file.scan = Some(Scan::NotScanned(Unscanned::Unreachable))), "the scanner was down");
    assert!(!with(&|facts| facts.unread = Some(Unread::Panic)));
    assert!(!with(&|facts| facts.unread = Some(Unread::Refused)));
    assert!(with(&|facts| facts.unread = Some(Unread::Encrypted)), "it will need a password tomorrow, too");
}

#[test]
fn a_scanner_that_was_down_is_asked_again() {
    let batch = settled_batch();
    let (works, cache) = (batch.path("works"), batch.path("cache"));
    let down = ["--clamd", "127.0.0.1:1", "--cache", &cache];
    let first = report(&[&[works.as_str()], &down[..]].concat());
    assert!(first.to_string().contains("unreachable"));
    assert!(!Path::new(&cache).join("facts").exists(), "nothing that was not scanned is kept");
}

#[test]
fn a_journal_that_was_broken_off_anywhere_is_taken_up() {
    let batch = settled_batch();
    let (works, journal) = (batch.path("works"), batch.path("run.journal"));
    let whole = lasting(report(&[&works, "--resume", &journal]));
    let bytes = std::fs::read(&journal).expect("a journal");
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 7, "a head and six submissions");
    let step = bytes.len() / 40;
    for cut in (0..30).chain((30..bytes.len()).step_by(step)).chain([bytes.len() - 1]) {
        std::fs::write(&journal, &bytes[..cut]).expect("a journal");
        assert_eq!(whole, lasting(report(&[&works, "--resume", &journal])), "cut after {cut} bytes");
        let again = std::fs::read(&journal).expect("a journal");
        assert!(again.ends_with(b"\n"));
        assert_eq!(again.iter().filter(|byte| **byte == b'\n').count(), 7, "cut after {cut} bytes");
    }
}

#[test]
fn a_journal_is_not_taken_for_another() {
    let batch = settled_batch();
    let (works, journal) = (batch.path("works"), batch.path("run.journal"));
    report(&[&works, "--resume", &journal]);
    let other = run(&["check", &works, "--lang", "en", "--resume", &journal, "--as", "video"]);
    assert_eq!(other.status, 2);
    assert!(other.stderr.contains("other settings"), "{}", other.stderr);
    batch.write("notes.txt", "what a person wrote\n");
    let none = run(&["check", &works, "--lang", "en", "--resume", &batch.path("notes.txt")]);
    assert_eq!(none.status, 2);
    assert_eq!(std::fs::read_to_string(batch.path("notes.txt")).expect("a file"), "what a person wrote\n");
    let open = Journal::open(Path::new(&batch.path("held")), "x").expect("a journal");
    let busy = run(&["check", &works, "--lang", "en", "--resume", &batch.path("held")]);
    assert!(busy.status == 2 && busy.stderr.contains("in use"), "{}", busy.stderr);
    drop(open);
}

/// A batch that takes some seconds.
fn long_batch() -> Batch {
    let batch = Batch::new();
    let bytes = std::fs::read(root().join("samples/good/quiz.zip")).expect("a sample");
    for number in 0..400 {
        batch.write(&format!("works/{number:03}.zip"), &bytes);
    }
    std::thread::sleep(Duration::from_millis(2100));
    batch
}

#[test]
fn a_run_that_was_killed_goes_on_where_it_was() {
    let batch = long_batch();
    let (works, journal) = (batch.path("works"), batch.path("run.journal"));
    let whole = lasting(report(&[&works]));
    let length = || std::fs::metadata(&journal).map_or(0, |file| file.len());
    let mut known = 0;
    for _ in 0..5 {
        let mut child = tekser(&["check", &works, "--resume", &journal, "--jobs", "1"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // As soon as it has written more than there was; where in a line that is, chance decides.
        while length() <= known + 2000 && child.try_wait().expect("it is asked").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
        known = length();
    }
    assert!(known > 10_000, "what was known is not lost: {known}");
    assert_eq!(whole, lasting(report(&[&works, "--resume", &journal])));
}

#[test]
fn ctrl_c_ends_with_a_report_of_what_was_done() {
    let batch = long_batch();
    let (works, json) = (batch.path("works"), batch.path("r.json"));
    let mut child = tekser(&["check", &works, "--lang", "en", "--output", &json, "--jobs", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The first submissions are told: it is at work.
    let mut text = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    while !text.contains("works/001.zip") {
        assert!(out.read_line(&mut text).expect("text") > 0, "{text}");
    }
    let told = witness("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    out.read_to_string(&mut text).expect("text");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(2), "a gate does not take it for a pass");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("--resume"), "{errors}");
    let report = read(&json);
    let done = report["submissions"].as_array().expect("submissions").len();
    assert!(done > 0 && done < 400, "{done}");
    assert_eq!(report["summary"]["unreached"], 400 - done);
    assert!(text.contains("NOT examined"), "{text}");
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_run_quietly() {
    let batch = long_batch();
    let mut child = tekser(&["check", &batch.path("works"), "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0; 10];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a line begins");
    assert_eq!(&first, b"{\"path\":\"w");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn what_changed_is_told() {
    let batch = Batch::new();
    batch.write("works/1.txt", "text").write("works/2.svg", "<svg xmlns='http://www.w3.org/2000/svg'><circle r=");
    batch.write("works/3.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let (old, new) = (batch.path("old.json"), batch.path("new.json"));
    run(&["check", &batch.path("works"), "--output", &old]);
    std::fs::remove_file(batch.path("works/1.txt")).expect("a file");
    batch
        .write("works/2.svg", "<svg xmlns='http://www.w3.org/2000/svg'><circle r='3'/></svg>")
        .write("works/4.svg", "<svg");
    run(&["check", &batch.path("works"), "--output", &new]);
    let ran = run(&["diff", &old, &new, "--lang", "en"]);
    assert_eq!(ran.status, 1, "a new one does not comply");
    for line in [
        "- works/1.txt",
        "▲ works/2.svg · non-compliant → compliant",
        "+ works/4.svg · new · non-compliant",
        "unchanged: 1",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
    assert_eq!(run(&["diff", &new, &new]).status, 0);
    let json: Value = serde_json::from_str(&run(&["diff", &old, &new, "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["changed"].as_array().map(Vec::len), Some(3));
    let checked = run(&["check", &batch.path("works"), "--lang", "en", "--baseline", &old]);
    assert!(checked.stdout.contains("▲ works/2.svg"), "{}", checked.stdout);
    assert!(report(&[&batch.path("works"), "--baseline", &old])["changes"]["changed"].is_array());
    let bad = run(&["check", &batch.path("works"), "--lang", "en", "--baseline", &batch.path("works/3.svg")]);
    assert_eq!(bad.status, 2);
    assert!(bad.stderr.contains("3.svg"), "{}", bad.stderr);
}

#[test]
fn reports_of_several_machines_are_joined() {
    let batch = Batch::new();
    batch.write("works/1.txt", "text").write("works/2.svg", "<svg").write("works/3.png", "no picture");
    let all = lasting(report(&[&batch.path("works")]));
    let names: Vec<String> = ["1.txt", "2.svg", "3.png"]
        .iter()
        .map(|name| {
            // As another machine has it: a part of the batch under the same name.
            let part = Batch::new();
            part.write(&format!("works/{name}"), std::fs::read(batch.path(&format!("works/{name}"))).expect("a file"));
            let json = batch.path(&format!("{name}.json"));
            run(&["check", &part.path("works"), "--lang", "en", "--output", &json]);
            json
        })
        .collect();
    let mut arguments = vec!["merge", "--format", "json", "--lang", "en"];
    arguments.extend(names.iter().rev().map(String::as_str));
    // One report twice is no harm.
    arguments.push(&names[0]);
    let merged: Value = serde_json::from_str(&run(&arguments).stdout).expect("JSON");
    let without_files = |mut report: Value| {
        for submission in report["submissions"].as_array_mut().expect("submissions") {
            submission.as_object_mut().expect("a submission").remove("file");
        }
        lasting(report)
    };
    assert_eq!(without_files(merged), without_files(all));
    batch.write("works/1.txt", "another text");
    let other = batch.path("other.json");
    run(&["check", &batch.path("works"), "--output", &other]);
    let twice = run(&["merge", &names[0], &other, "--lang", "en"]);
    assert_eq!(twice.status, 2);
    assert!(twice.stderr.contains("works/1.txt"), "{}", twice.stderr);
    let contest = batch.path("contest.json");
    run(&["check", "samples/contests/bjb-2020", "--profile", "bjb-2020", "--output", &contest]);
    assert_eq!(run(&["merge", &names[0], &contest]).status, 2, "judged by different profiles");
}

#[test]
fn a_report_is_told_in_another_form_and_language() {
    let batch = Batch::new();
    batch.write("works/1.txt", "text").write("works/2.svg", "<svg");
    let json = batch.path("r.json");
    run(&["check", &batch.path("works"), "--lang", "ru", "--output", &json]);
    for format in ["text", "compact", "markdown", "junit", "sarif", "csv"] {
        let direct = run(&["check", &batch.path("works"), "--lang", "kk", "--format", format]).stdout;
        let told = run(&["render", &json, "--lang", "kk", "--format", format]).stdout;
        let timeless =
            |text: &str| text.lines().filter(|line| !line.contains("startTimeUtc")).collect::<Vec<_>>().join("\n");
        assert_eq!(timeless(&direct), timeless(&told), "{format}");
    }
    assert_eq!(run(&["render", &batch.path("works/1.txt")]).status, 2);
}
