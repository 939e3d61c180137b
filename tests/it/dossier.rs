//! Reports as programs of others take them: the page in Chromium, with names that would break a page that trusts them; HTML,
//! SARIF and JUnit before their validators; the workbook in LibreOffice.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::common::{Batch, root, run, witness};

/// A report in a file.
fn rendered(batch: &Batch, format: &str) -> String {
    let path = batch.path(&format!("report.{format}"));
    let ran = run(&["render", "tests/it/made-up.json", "--lang", "en", "--output", &format!("{format}={path}")]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    path
}

/// A program in `tests/witness`, which `tests/run` installs.
fn installed(path: &str) -> PathBuf {
    let path = root().join("tests/witness").join(path);
    assert!(path.exists(), "{} is needed by the tests; tests/run installs it", path.display());
    path
}

fn output(command: &mut Command) -> String {
    let output = command.output().expect("the witness starts");
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{errors}");
    out.into_owned()
}

fn opened(page: &str, name: &str) -> Value {
    installed("node_modules/playwright-core");
    witness("chromium");
    let told = output(witness("node").arg(installed("page.mjs")).args([page, name]));
    serde_json::from_str(&told).expect("JSON")
}

#[test]
fn a_page_of_nasty_names_is_a_page_of_names() {
    let batch = Batch::new();
    let told = opened(&rendered(&batch, "html"), "works/2");
    assert_eq!(told["errors"], serde_json::json!([]));
    assert_eq!(told["requests"], serde_json::json!([]), "nothing is asked of anybody");
    assert_eq!(told["dialogs"], 0);
    assert_eq!(told["elements"], serde_json::json!({ "script": 2, "img": 0, "iframe": 0, "a": 0, "b": 0, "form": 0 }));
    let text = told["text"].as_str().expect("a text");
    for words in
        ["<img src=x onerror=alert(1)>|`@all`.zip", "]]> </script> <!--", "js/скрипт <b>.js:12:5", "=cmd|' /C calc'!A0"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn the_page_serves_every_reader() {
    let batch = Batch::new();
    let told = opened(&rendered(&batch, "html"), "works/5");
    assert_eq!(told["violations"], serde_json::json!([]), "axe, on a desktop, on a phone, in the dark");
    assert_eq!(told["languages"]["kk"], "Ойдан шығарылған профиль");
    assert_eq!(told["languages"]["ru"], "Выдуманный профиль");
    assert_eq!((&told["shown"], &told["opened"]), (&1.into(), &1.into()), "found and opened with the keyboard: {told}");
    assert_eq!(told["saved"], "0.0.0", "the answers of a jury can be taken along");
    let page = rendered(&batch, "html");
    let config = installed(".htmlvalidate.json");
    output(
        witness("node")
            .arg(installed("node_modules/html-validate/bin/html-validate.mjs"))
            .arg("-c")
            .arg(config)
            .arg(&page),
    );
}

#[test]
fn pictures_and_sound_are_shown() {
    let batch = Batch::new();
    let page = batch.path("report.html");
    let samples =
        ["samples/good/photo.jpg", "samples/good/diagram.png", "samples/good/animation.gif", "samples/good/melody.mp3"];
    run(&[&["check", "--output", &page][..], &samples].concat());
    let told = opened(&page, "photo.jpg");
    assert_eq!(told["errors"], serde_json::json!([]));
    assert_eq!(told["elements"]["img"], 1);
    let text = std::fs::read_to_string(&page).expect("a page");
    assert_eq!(text.matches("data:image/jpeg;base64,").count(), 3);
    assert!(text.contains("\"e\":["), "the loudness of the melody");
    // Whoever does not ask for a page does not pay for pictures.
    let json = run(&["check", "samples/good/photo.jpg", "--format", "json"]).stdout;
    assert!(!json.contains("\"preview\""));
}

#[test]
fn the_reference_validator_takes_our_sarif() {
    let batch = Batch::new();
    let tool = installed("node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool");
    let real = batch.path("real.sarif");
    run(&["check", "samples", "--lang", "kk", "--output", &real]);
    for path in [rendered(&batch, "sarif"), real] {
        let told = Command::new(&tool)
            .args(["validate", &path, "--level", "Error", "--kind", "Fail"])
            .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
            .output()
            .expect("the validator starts");
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(
            told.contains("1 files scanned") && !told.contains("error SARIF") && !told.contains("error JSON"),
            "{told}"
        );
        let schema: Value = serde_json::from_slice(
            &std::fs::read(installed("node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json"))
                .expect("a schema"),
        )
        .expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let report: Value = serde_json::from_slice(&std::fs::read(&path).expect("a report")).expect("JSON");
        let slips: Vec<String> =
            validator.iter_errors(&report).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert!(slips.is_empty(), "{slips:?}");
    }
}

#[test]
fn a_reader_of_junit_counts_what_we_count() {
    let batch = Batch::new();
    installed("node_modules/junit2json");
    let told = output(witness("node").arg(installed("junit.mjs")).arg(rendered(&batch, "junit")));
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told, serde_json::json!({ "suites": 6, "tests": 9, "failure": 2, "error": 2, "skipped": 4 }));
}

#[test]
fn libreoffice_opens_the_workbook() {
    let batch = Batch::new();
    let book = rendered(&batch, "xlsx");
    let home = format!("-env:UserInstallation=file://{}", batch.path("office"));
    // All sheets, each as a file.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    output(witness("soffice").args([
        &home,
        "--headless",
        "--convert-to",
        filter,
        "--outdir",
        &batch.path("csv"),
        &book,
    ]));
    let sheet = |name: &str| std::fs::read_to_string(batch.path(&format!("csv/report-{name}.csv"))).expect("a sheet");
    assert!(sheet("Submissions").contains("=cmd|' /C calc'!A0"), "a text, not computed");
    assert!(sheet("Findings").contains("It lasts 10:01"));
    assert_eq!(sheet("Requirements").lines().count(), 5);
}
