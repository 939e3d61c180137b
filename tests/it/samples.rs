//! Every check over every sample, in one snapshot: a false alarm anywhere shows.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;
use tekser::checks::CHECKS;

use crate::common::{files, list, report, root, run, text};

const LARGEST: u64 = 2 << 20;

/// What was found in the submissions of a report, a line a finding.
fn lines(report: &Value, wanted: impl Fn(&str) -> bool) -> String {
    let mut lines = String::new();
    let submissions = list(&report["submissions"]).iter().filter(|submission| wanted(text(&submission["path"])));
    for submission in submissions {
        let path = text(&submission["path"]);
        writeln!(lines, "{path}: {} {}", text(&submission["kind"]), text(&submission["verdict"])).expect("a string");
        for finding in list(&submission["findings"]) {
            let place = list(&finding["place"]["path"]).iter().skip(1).map(text).collect::<Vec<_>>().join("!/");
            let line = finding["place"]["line"].as_u64().map(|line| format!(":{line}")).unwrap_or_default();
            let (level, check, id) = (text(&finding["level"]), text(&finding["check"]), text(&finding["id"]));
            writeln!(lines, "    {level} {check}/{id} {place}{line}").expect("a string");
        }
        for outcome in ["failed", "not-checked"] {
            let requirements = list(&submission["requirements"]).iter();
            let ids: Vec<&str> =
                requirements.filter(|r| text(&r["outcome"]) == outcome).map(|r| text(&r["id"])).collect();
            if !ids.is_empty() {
                writeln!(lines, "    {outcome}: {}", ids.join(" ")).expect("a string");
            }
        }
    }
    lines
}

/// A sample batch of a contest, with its table.
fn contest(id: &str) -> Value {
    let folder = format!("samples/contests/{id}");
    report(&["--profile", id, &folder, "--registry", &format!("{folder}/registry.xlsx")])
}

const CONTESTS: [&str; 3] = ["bjb-2020", "netcom-2017", "opiq-2019"];

#[test]
fn every_check_over_every_sample() {
    let report = report(&["samples"]);
    assert!(list(&report["submissions"]).len() > 50, "samples were found");
    insta::assert_snapshot!(lines(&report, |path| !path.starts_with("samples/contests/")));
}

#[test]
fn every_check_over_every_batch() {
    for id in CONTESTS {
        let report = contest(id);
        assert!(list(&report["submissions"]).len() > 12, "{id}: samples were found");
        insta::assert_snapshot!(id, lines(&report, |_| true));
    }
}

#[test]
fn good_samples_have_no_errors_and_bad_ones_are_not_compliant() {
    let report = report(&["samples"]);
    let (mut good, mut bad) = (0, 0);
    for submission in list(&report["submissions"]) {
        let (path, verdict) = (text(&submission["path"]), text(&submission["verdict"]));
        if path.starts_with("samples/good/") {
            good += 1;
            // An app waits for a browser and a scanner.
            let expected = if text(&submission["kind"]) == "app" { "incomplete" } else { "compliant" };
            assert_eq!(verdict, expected, "{path}");
        } else if path.starts_with("samples/bad/") {
            bad += 1;
            let told = !list(&submission["findings"]).is_empty();
            assert!(verdict != "compliant" || told, "{path} is bad and nothing was said");
        }
    }
    assert!(good >= 10 && bad >= 40, "samples were found: {good} good, {bad} bad");
}

/// A check that no sample sets off may be broken without anybody seeing it.
#[test]
fn every_check_that_can_fail_has_a_sample_that_fails_it() {
    let reports: Vec<Value> = [report(&["samples"])].into_iter().chain(CONTESTS.map(contest)).collect();
    let submissions = reports.iter().flat_map(|report| list(&report["submissions"]));
    let findings = submissions.flat_map(|submission| list(&submission["findings"]));
    let seen: BTreeSet<&str> = findings.map(|finding| text(&finding["check"])).collect();
    // `needs-engine` finds nothing by itself, `platform-api` only with hosts, `harmful-code` would need a miner's
    // address in a sample, and that would make virus scanners bark at the repository; the last two have unit tests.
    // `malware` finds nothing without a scanner; `scan.rs` has one. `browser-matrix` and `accessibility`
    // want browsers; `browsers.rs` has them.
    let silent = [
        "accessibility",
        "needs-engine",
        "browser-matrix",
        "malware",
        "platform-api",
        "harmful-code",
        "max-size",
        "personal-data",
    ];
    let missing: Vec<_> = CHECKS.iter().map(|c| c.id).filter(|id| !seen.contains(id) && !silent.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn samples_are_small_and_each_is_in_the_readme() {
    let readme = std::fs::read_to_string(root().join("samples/README.md")).expect("samples/README.md");
    let mut size = 0;
    for path in files(&root().join("samples")) {
        size += path.metadata().expect("a file").len();
        let inside = path.strip_prefix(root().join("samples")).expect("below samples").to_string_lossy().into_owned();
        let name = inside.rsplit('/').next().unwrap_or_default();
        let listed = readme.contains(name)
            || inside.starts_with("contests/")
            || inside.starts_with("good/quiz-folder/")
            || name == "README.md";
        assert!(listed, "{inside} is not in samples/README.md");
    }
    assert!(size > 0 && size < LARGEST, "samples have {size} bytes");
}

#[test]
fn the_demonstration_shows_passes_and_failures() {
    let ran = run(&["check", "samples"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains('✓') && ran.stdout.contains('✗') && ran.stdout.contains('?'));
}
