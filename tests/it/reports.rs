//! The forms of the report, all of one made-up report that holds what is hard to write: names with signs of every markup,
//! places inside archives, waivers, what was not checked, a run that was stopped.

use std::io::Cursor;

use calamine::{Data, Reader};
use serde_json::Value;
use tekser::locale::{Language, Locale};
use tekser::report::document::{Document, Submissions};
use tekser::report::{Format, document};

use crate::common::{Batch, run};

const MADE_UP: &str = include_str!("made-up.json");

fn made_up() -> Document<'static> {
    serde_json::from_str(MADE_UP).expect("a report")
}

fn bytes(format: Format, language: Language) -> Vec<u8> {
    let locale = Locale::new(language);
    let mut document = made_up();
    if language != Language::En {
        document.retell(&locale);
    }
    let mut out = Vec::new();
    format.write(&document, &locale, &mut out).expect("memory takes everything");
    out
}

fn written(format: Format) -> String {
    String::from_utf8(bytes(format, Language::En)).expect("a text")
}

#[test]
fn the_made_up_report_fits_the_schema() {
    let schema = jsonschema::validator_for(&document::schema().to_value()).expect("a schema");
    let report: Value = serde_json::from_str(MADE_UP).expect("JSON");
    let slips: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(slips.is_empty(), "{slips:?}");
    let again: Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
    assert_eq!(again["submissions"].as_array().map(Vec::len), Some(5));
    let slips: Vec<String> = schema.iter_errors(&again).map(|error| error.to_string()).collect();
    assert!(slips.is_empty(), "{slips:?}");
}

#[test]
fn every_text_as_it_is_written() {
    for format in Format::all().filter(|format| !format.is_binary() && *format != Format::Html) {
        insta::assert_snapshot!(format!("report_{}", format.id()), written(format).replace("\u{feff}", "<BOM>"));
    }
}

#[test]
fn every_format_has_a_name_and_no_extension_is_taken_twice() {
    for format in Format::all() {
        assert_eq!(Format::of_id(format.id()), Some(format));
    }
    for (name, format) in
        [("a.b/REPORT.SARIF", "sarif"), ("r.xml", "junit"), ("r.ndjson", "jsonl"), ("r.md", "markdown")]
    {
        assert_eq!(Format::of_file(name).map(Format::id), Some(format), "{name}");
    }
    assert_eq!(Format::of_file("report"), None);
}

#[test]
fn json_lines_hold_what_the_document_holds() {
    let lines: Vec<Value> =
        written(Format::JsonLines).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let document: Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
    assert_eq!(Value::Array(lines), document["submissions"]);
}

#[test]
fn a_report_of_nothing_is_json_too() {
    let mut document = made_up();
    document.submissions = Submissions::Written(Vec::new());
    let mut out = Vec::new();
    Format::Json.write(&document, &Locale::new(Language::En), &mut out).expect("memory takes everything");
    let report: Value = serde_json::from_slice(&out).expect("JSON");
    assert_eq!(report["submissions"], Value::Array(Vec::new()));
    assert_eq!(report["summary"]["submissions"], 5, "what stands behind them");
}

#[test]
fn sarif_points_into_its_own_lists() {
    let sarif: Value = serde_json::from_str(&written(Format::Sarif)).expect("JSON");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 6);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let file = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let artifact = &run["artifacts"][file["index"].as_u64().expect("a number") as usize];
        assert_eq!(artifact["location"]["uri"], file["uri"]);
        let uri = file["uri"].as_str().expect("a text");
        assert!(!uri.contains([' ', '"', '<', '#']) && uri.is_ascii(), "{uri}");
    }
    // A file in an archive in an archive is known as a part of a part.
    let artifacts = run["artifacts"].as_array().expect("artifacts");
    let script = artifacts
        .iter()
        .find(|artifact| artifact["location"]["uri"] == "js/%D1%81%D0%BA%D1%80%D0%B8%D0%BF%D1%82%20%3Cb%3E.js");
    let inner = &artifacts[script.expect("the script")["parentIndex"].as_u64().expect("a number") as usize];
    let outer = &artifacts[inner["parentIndex"].as_u64().expect("a number") as usize];
    assert_eq!(inner["location"]["uri"], "inner.zip");
    assert!(outer.get("parentIndex").is_none());
    assert_eq!(run["invocations"][0]["executionSuccessful"], false, "three submissions were not reached");
}

#[test]
fn junit_counts_what_it_holds() {
    let xml = written(Format::JUnit);
    let count = |tag: &str| xml.matches(tag).count();
    let all = xml.lines().find(|line| line.contains("<testsuites")).expect("a root");
    assert!(all.contains(&format!("tests=\"{}\"", count("<testcase "))), "{all}");
    assert!(all.contains(&format!("failures=\"{}\"", count("<failure "))), "{all}");
    assert!(all.contains(&format!("errors=\"{}\"", count("<error "))), "{all}");
    assert!(all.contains(&format!("skipped=\"{}\"", count("<skipped "))), "{all}");
    assert_eq!(count("<testsuite "), 6, "five submissions, and one for those that were not reached");
    assert!(!xml.contains('\u{7}'));
}

#[test]
fn spreadsheets_take_no_cell_for_a_formula() {
    let text = written(Format::Csv);
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> =
        rows.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(rows[0].last().map(String::as_str), Some("'=Мектеп"));
    assert_eq!(rows[2].last().map(String::as_str), Some("'=cmd|' /C calc'!A0"));

    let mut book = calamine::Xlsx::new(Cursor::new(bytes(Format::Xlsx, Language::Kk))).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names, ["Жұмыстар", "Анықталғандар", "Талаптар"]);
    let sheets: Vec<_> = names.iter().map(|name| book.worksheet_range(name).expect("a sheet")).collect();
    assert_eq!(sheets.iter().map(calamine::Range::height).collect::<Vec<_>>(), [6, 7, 5]);
    let school = sheets[0].get((2, 11)).expect("a cell");
    assert_eq!(school, &Data::String("=cmd|' /C calc'!A0".to_owned()), "a text, not a formula");
    assert_eq!(sheets[2].get((1, 5)), Some(&Data::Float(1.0)), "one failed the first requirement");
}

#[test]
fn a_report_is_told_again_in_another_language() {
    let (en, kk) = (written(Format::Text), String::from_utf8(bytes(Format::Text, Language::Kk)).expect("a text"));
    assert!(en.contains("It lasts 10:01") && !kk.contains("It lasts"));
    assert!(kk.contains("Бейнежазба 10 минуттан аспайды"));
    let Submissions::Written(submissions) = made_up().submissions else { panic!("it was read") };
    assert_eq!(submissions[0].findings[0].message(), submissions[0].findings[0].message());
}

#[test]
fn one_run_writes_what_is_asked_for() {
    let batch = Batch::new();
    batch.write("works/a.txt", "text").write("works/b.png", "no picture");
    let names = ["r.json", "r.jsonl", "r.sarif", "r.xml", "r.md", "r.csv", "r.xlsx", "r.txt"];
    let paths: Vec<String> = names.iter().map(|name| batch.path(name)).collect();
    let github = format!("github={}", batch.path("r.out"));
    let works = batch.path("works");
    let mut arguments = vec!["check", &works, "--lang", "en", "--format", "compact", "--output", &github];
    arguments.extend(paths.iter().flat_map(|path| ["--output", path.as_str()]));
    let ran = run(&arguments);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""), "{}", ran.stdout);
    assert_eq!(ran.stdout.matches("works/").count(), 2, "a line for each: {}", ran.stdout);
    for path in paths.iter().map(String::as_str).chain([batch.path("r.out").as_str()]) {
        assert!(std::fs::metadata(path).is_ok_and(|file| file.len() > 100), "{path}");
    }
    let text = std::fs::read_to_string(batch.path("r.txt")).expect("a report");
    assert!(!text.contains('\u{1b}'), "no colours in files");

    let bad = run(&["check", &works, "--lang", "en", "--output", "report.doc"]);
    assert_eq!(bad.status, 2);
    assert!(bad.stderr.contains("report.doc") && bad.stderr.contains("sarif"), "{}", bad.stderr);
    let binary = run(&["check", &works, "--lang", "en", "--format", "xlsx"]);
    assert_eq!((binary.status, binary.stdout.as_str()), (2, ""));
    let nowhere = run(&["check", &works, "--lang", "en", "--output", "/no/such/folder/r.json"]);
    assert_eq!(nowhere.status, 2);
}

#[test]
fn what_the_program_writes_is_no_submission() {
    let batch = Batch::new();
    batch.write("works/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let works = batch.path("works");
    let places = ["r.json", "r.html", "run.journal", "kept"].map(|name| batch.path(&format!("works/{name}")));
    let [json, html, journal, kept] = places.each_ref().map(String::as_str);
    let arguments = ["check", &works, "--output", json, "--output", html, "--resume", journal, "--cache", kept];
    for _ in 0..2 {
        let ran = run(&arguments);
        assert_eq!(ran.status, 0, "{}", ran.stdout);
    }
    let report: Value = serde_json::from_slice(&std::fs::read(json).expect("a report")).expect("JSON");
    assert_eq!(report["summary"]["submissions"], 1);
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_old_one() {
    let batch = Batch::new();
    batch.write("works/a.txt", "text").write("old/r.json", "the old report");
    let old = batch.path("old/r.json");
    run(&["check", &batch.path("works"), "--output", &old]);
    assert!(std::fs::read_to_string(&old).expect("a report").starts_with('{'));
    let left: Vec<_> = std::fs::read_dir(batch.path("old")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "nothing half-written is left beside it");
}
