//! `tekser.toml`: found beside and above what is checked, never inside it.

use crate::common::{Batch, report, root, run};

fn waiver(requirement: &str, expires: &str) -> String {
    format!("[[waive]]\nrequirement = \"{requirement}\"\nreason = \"ours\"\nexpires = {expires}\n")
}

#[test]
fn what_is_not_typed_stands_in_the_file() {
    let batch = Batch::new();
    batch.write("works/deep/a.svg", "<svg").write("lists/ours.txt", "||tracker.example^\n");
    batch.write(
        "tekser.toml",
        "profile = \"ours.toml\"\nlang = \"en\"\njobs = 1\ntracker-list = [\"lists/ours.txt\"]\ncache = \"kept\"\n",
    );
    batch.write("ours.toml", "extends = \"order-121\"\nid = \"ours\"\n");
    let ran = run(&["check", &batch.path("works/deep"), "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(told["profile"]["id"], "ours");
    assert_eq!(told["report"]["language"], "en");
    assert_eq!(told["run"]["jobs"], 1);
    assert!(told["run"]["config"].as_str().is_some_and(|path| path.ends_with("tekser.toml")));
    assert!(std::fs::metadata(batch.path("kept")).is_ok(), "paths are those of the file's folder");
    // What is typed goes first.
    let told = report(&[&batch.path("works/deep"), "--profile", "order-121", "--jobs", "2"]);
    assert_eq!((&told["profile"]["id"], &told["run"]["jobs"]), (&"order-121".into(), &2.into()));
    let told = report(&[&batch.path("works/deep"), "--no-config"]);
    assert_eq!(told["profile"]["id"], "order-121");
    assert!(told["run"].get("config").is_none());
    // A person sees that settings are in force, which were typed nowhere.
    let text = run(&["check", &batch.path("works/deep")]).stdout;
    assert!(text.contains("Settings: ") && text.contains("tekser.toml"), "{text}");
    let shown = run(&["config", "show", &batch.path("works")]).stdout;
    assert!(shown.contains("profile = ") && shown.contains("ours.toml  # "), "{shown}");
    assert!(shown.contains("time-limit = 120  # "), "{shown}");
}

#[test]
fn hosts_and_waivers_are_the_organizers() {
    let batch = Batch::new();
    let page = "<!doctype html><html lang=kk><title>т</title><script src='https://cdn.school.example/a.js'></script>";
    batch.write("works/app/index.html", page);
    let outside = |told: &serde_json::Value| {
        let findings = told["submissions"][0]["findings"].to_string();
        findings.contains("cdn.school.example")
    };
    assert!(outside(&report(&[&batch.path("works")])));
    batch.write("tekser.toml", "hosts = [\"cdn.school.example\"]\n");
    assert!(!outside(&report(&[&batch.path("works")])));

    batch.write("works/bad.svg", "<svg");
    let failed = report(&[&batch.path("works/bad.svg"), "--no-config"]);
    let requirement = failed["submissions"][0]["findings"][0]["requirement"].as_str().expect("an id").to_owned();
    batch.write("tekser.toml", waiver(&requirement, "2099-12-31"));
    let waived = report(&[&batch.path("works/bad.svg")]);
    assert_eq!(waived["submissions"][0]["verdict"], "compliant");
    assert_eq!(waived["submissions"][0]["findings"][0]["waived"], true, "it is shown all the same");
    assert_ne!(waived["profile"]["sha256"], failed["profile"]["sha256"], "another profile judged");
    batch.write("tekser.toml", waiver(&requirement, "2020-12-31"));
    let over = report(&[&batch.path("works/bad.svg")]);
    assert_eq!(over["submissions"][0]["verdict"], "non-compliant");
    assert!(over["profile_findings"].to_string().contains("waiver-expired"));
}

#[test]
fn nothing_inside_a_submission_is_obeyed() {
    let batch = Batch::new();
    let bad = waiver("image-opens", "2099-12-31");
    batch.write("works/app/index.html", "<!doctype html><title>т</title>").write("works/app/tekser.toml", &bad);
    batch.write("works/tekser.toml", "profile = \"no-such-profile\"\n");
    // Of an app, and of a folder of works, only what lies outside counts.
    for path in ["works", "works/app"] {
        let ran = run(&["check", &batch.path(path), "--lang", "en"]);
        assert_eq!(ran.status == 2, path == "works/app", "{path}: {}", ran.stderr);
    }
}

#[test]
fn slips_are_told_with_their_line() {
    let batch = Batch::new();
    batch.write("works/a.svg", "<svg");
    for (text, told) in [
        ("jobs = 1\nprofle = \"x\"\n", ":2"),
        ("jobs = \"many\"\n", ":1"),
        ("lang = \"de\"\n", "kk, ru, en"),
        (&*waiver("video-max-duratio", "2099-12-31"), "video-max-duration"),
        (&*waiver("video-max-duration", "2099-12-31T10:00:00Z"), ":2"),
    ] {
        batch.write("tekser.toml", text);
        let ran = run(&["check", &batch.path("works/a.svg"), "--lang", "en"]);
        assert_eq!(ran.status, 2, "{text}");
        assert!(ran.stderr.contains("tekser.toml") && ran.stderr.contains(told), "{text}: {}", ran.stderr);
    }
}

#[test]
fn the_example_of_the_readme_is_valid() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let mut examples = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let example = examples.find(|example| example.contains("hosts = ")).expect("an example of settings");
    let batch = Batch::new();
    batch.write("tekser.toml", example).write("works/a.svg", "<svg");
    let shown = run(&["config", "show", &batch.path("works")]);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    assert!(shown.stdout.contains("hosts = platform.example.kz"), "{}", shown.stdout);
}
