//! The program as it is typed: exit status, streams, languages, formats.

use serde_json::Value;

use crate::build::{Film, app, picture};
use crate::common::{Batch, finished, report, root, run, tekser, witness};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    write("good.png", &picture(image::ImageFormat::Png, 9, 9));
    write("long.mp4", &Film::new(601).bytes());
    write("quiz.zip", &app(&[]));
    folder
}

fn check(folder: &tempfile::TempDir, name: &str, more: &[&str]) -> i32 {
    let path = folder.path().join(name);
    let mut arguments = vec!["check", path.to_str().expect("UTF-8")];
    arguments.extend(more);
    run(&arguments).status
}

#[test]
fn the_reference_is_fresh() {
    for (language, name) in [("en", "REFERENCE.md"), ("ru", "REFERENCE.ru.md"), ("kk", "REFERENCE.kk.md")] {
        let told = run(&["reference", "--lang", language]).stdout;
        let kept = std::fs::read_to_string(root().join("rules").join(name)).expect("a reference");
        assert!(told.len() > 50_000 && told == kept, "tekser reference --lang {language} > rules/{name}");
    }
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("UTF-8");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let told = run(&["completions", shell]).stdout;
        assert!(["check", "judge", "resume", "reference"].iter().all(|word| told.contains(word)), "{shell}");
    }
    assert_eq!(run(&["man", path, "--lang", "en"]).status, 0);
    let page = std::fs::read_to_string(folder.path().join("tekser-check.1")).expect("a page");
    assert!(page.contains("\\-\\-resume") && page.contains("Ctrl") || page.contains("resume"), "{page}");
    let bash = run(&["completions", "bash"]).stdout;
    let script = folder.path().join("tekser.bash");
    std::fs::write(&script, bash).expect("a file");
    let ask = format!(
        "source '{}'; COMP_WORDS=(tekser che); COMP_CWORD=1; _tekser tekser che tekser; echo \"${{COMPREPLY[*]}}\"",
        script.display()
    );
    let told = witness("bash").args(["-c", &ask]).output().expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&told.stdout).trim(), "check checks");
}

#[test]
fn the_step_of_the_action_writes_every_report() {
    let batch = Batch::new();
    batch.write("works/a b'; echo.svg", "<svg").write("works/c.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_tekser")).parent().expect("a folder").to_owned();
    let path = std::env::join_paths(
        [program].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").expect("a path"))),
    );
    let step = |paths: &str| {
        let output = witness("bash")
            .arg(root().join(".github/actions/check/run.sh"))
            .env("PATH", path.as_ref().expect("a path"))
            .env("TEKSER_PATHS", paths)
            .env("TEKSER_LANG", "en")
            .env("TEKSER_REPORT", batch.path("reports"))
            .env("GITHUB_STEP_SUMMARY", batch.path("summary"))
            .output();
        finished(&output.expect("the step runs"))
    };
    let ran = step(&format!("\n{}\n", batch.path("works")));
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("::error file=") && ran.stdout.contains("a b'; echo.svg"), "{}", ran.stdout);
    for name in ["report.json", "report.sarif", "report.md", "report.html", "junit.xml"] {
        assert!(std::fs::metadata(batch.path(&format!("reports/{name}"))).is_ok(), "{name}");
    }
    assert!(std::fs::read_to_string(batch.path("summary")).expect("a summary").contains("non-compliant: 1"));
    assert_eq!(step(&batch.path("works/c.svg")).status, 0);
    assert_eq!(step(&batch.path("nothing")).status, 2);
}

#[test]
fn the_exit_status_tells_the_verdict() {
    let folder = folder();
    assert_eq!(check(&folder, "good.png", &[]), 0);
    assert_eq!(check(&folder, "long.mp4", &[]), 1);
    assert_eq!(check(&folder, "quiz.zip", &[]), 0, "not fully checked is not non-compliant");
    assert_eq!(check(&folder, "quiz.zip", &["--require-complete"]), 1);
    assert_eq!(check(&folder, "good.png", &["--require-complete"]), 0);
    assert_eq!(check(&folder, "", &[]), 1, "one bad file in a folder");
}

#[test]
fn what_keeps_the_program_from_its_job_ends_with_two() {
    let folder = folder();
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).expect("a folder");
    assert_eq!(check(&folder, "empty", &[]), 2, "a gate that checks nothing must not open");
    assert_eq!(check(&folder, "no-such-file", &[]), 2);
    assert_eq!(check(&folder, "good.png", &["--profile", "order-122"]), 2);
    assert_eq!(check(&folder, "good.png", &["--format", "yaml"]), 2);
    assert_eq!(check(&folder, "good.png", &["--as", "picture"]), 2);
    assert_eq!(check(&folder, "good.png", &["--output", "json"]), 2);
    assert_eq!(check(&folder, "good.png", &["--output", "json=/no/such/folder/report.json"]), 2);
    assert_eq!(run(&["check"]).status, 2);
    assert_eq!(run(&["frobnicate"]).status, 2);
}

#[test]
fn troubles_go_to_standard_error_and_name_the_next_step() {
    let ran = run(&["check", "samples", "--profile", "order-112", "--lang", "en"]);
    assert!(ran.stdout.is_empty());
    assert!(ran.stderr.contains("did you mean \"order-121\"?"), "{}", ran.stderr);
}

#[test]
fn several_reports_in_one_run() {
    let folder = folder();
    let (json, text) = (folder.path().join("out/r.json"), folder.path().join("out/r.txt"));
    std::fs::create_dir(folder.path().join("out")).expect("a folder");
    let outputs = [format!("json={}", json.display()), format!("text={}", text.display())];
    let path = folder.path().join("good.png");
    let ran = run(&["check", path.to_str().expect("UTF-8"), "--output", &outputs[0], "--output", &outputs[1]]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let report: Value = serde_json::from_slice(&std::fs::read(json).expect("the JSON report")).expect("JSON");
    assert_eq!(report["summary"]["compliant"], 1);
    let text = std::fs::read_to_string(text).expect("the text report");
    assert_eq!(text, ran.stdout, "the same text as on standard output");
    assert!(!text.contains('\u{1b}'), "no colours in a file");
}

#[test]
fn a_report_that_is_written_meanwhile_is_the_one_that_is_written_at_the_end() {
    let folder = folder();
    let file = folder.path().join("r.json");
    let output = format!("json={}", file.display());
    let path = folder.path().to_str().expect("UTF-8");
    let both = run(&["check", path, "--format", "json", "--output", &output]);
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), both.stdout);
    std::fs::remove_file(file).expect("a file of ours");
    // Here nothing is kept until the end.
    let alone = run(&["check", path, "--format", "json"]);
    let parsed = |text: &str| {
        let mut report: Value = serde_json::from_str(text).expect("JSON");
        report["run"] = Value::Null;
        report
    };
    assert!(parsed(&alone.stdout)["submissions"].as_array().is_some_and(|submissions| submissions.len() > 2));
    assert_eq!(parsed(&alone.stdout), parsed(&both.stdout));
}

#[test]
fn every_report_fits_the_schema() {
    let schema: Value = serde_json::from_str(&run(&["schema", "report"]).stdout).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let report = report(&["samples"]);
    let errors: Vec<String> = validator.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut broken = report;
    broken["submissions"][0]["verdict"] = "fine".into();
    assert!(!validator.is_valid(&broken), "the schema refuses what is not in the contract");
}

#[test]
fn the_report_does_not_depend_on_the_number_of_threads() {
    let report = |jobs: &str| {
        let mut report = report(&["samples", "--jobs", jobs]);
        report["run"] = Value::Null;
        serde_json::to_string(&report).expect("JSON")
    };
    assert_eq!(report("1"), report("8"));
}

#[test]
fn the_language_is_asked_for_or_spoken_by_the_environment() {
    let russian = "соответствует";
    let kazakh = "талапқа сай";
    let speak = |variable: &str, value: &str| {
        finished(&tekser(&["check", "samples/good/photo.jpg"]).env(variable, value).output().expect("a run")).stdout
    };
    assert!(speak("LANG", "").contains(russian));
    assert!(speak("LANG", "C.UTF-8").contains(russian));
    assert!(speak("LANG", "en_US.UTF-8").contains("compliant"));
    assert!(speak("LC_ALL", "kk_KZ.UTF-8").contains(kazakh), "{}", speak("LC_ALL", "kk_KZ.UTF-8"));
    assert!(run(&["check", "samples/good/photo.jpg", "--lang", "kk"]).stdout.contains(kazakh));
}

#[test]
fn help_is_in_the_language_of_the_user() {
    for (language, words) in
        [("kk", "Файлдар, қалталар және мұрағаттар"), ("ru", "Файлы, папки и архивы"), ("en", "Files, folders")]
    {
        let ran = run(&["check", "--help", "--lang", language]);
        assert_eq!(ran.status, 0);
        assert!(ran.stdout.contains(words) && ran.stdout.contains("--no-digests"), "{}", ran.stdout);
        // Every command and argument has its sentence.
        for command in ["check", "explain", "profiles", "requirements", "checks", "inspect", "schema", "doctor"] {
            let help = run(&[command, "--help", "--lang", language]).stdout;
            assert!(!help.contains("help-"), "{command}: {help}");
        }
        assert!(!run(&["--help", "--lang", language]).stdout.contains("help-"));
    }
    assert!(run(&["--version"]).stdout.starts_with("tekser "));
}

#[test]
fn requirements_and_checks_are_explained_in_every_language() {
    for language in ["kk", "ru", "en"] {
        let ran = run(&["explain", "video-max-duration", "--lang", language]);
        assert_eq!(ran.status, 0);
        for part in ["A4 ¶45(1)", "бейнежазбаның ұзақтығы-10 минуттан аспайды", "max-seconds = 600"]
        {
            assert!(ran.stdout.contains(part), "{language}: {part}");
        }
    }
    assert_eq!(run(&["explain", "max-duration"]).status, 0);
    let unknown = run(&["explain", "video-max-durations", "--lang", "en"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains("video-max-duration\"?"), "{}", unknown.stderr);
}

#[test]
fn lists_are_for_people_and_for_programs() {
    for list in ["profiles", "requirements", "checks"] {
        assert!(run(&[list]).stdout.lines().count() > 1, "{list}");
        let rows: Value = serde_json::from_str(&run(&[list, "--format", "json"]).stdout).expect("JSON");
        assert!(!rows.as_array().expect("rows").is_empty(), "{list}");
    }
    let rows: Value = serde_json::from_str(&run(&["requirements", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(rows.as_array().expect("rows").len(), 26 + 8 + 28, "technical ones, advice, the checklist");
    assert_eq!(run(&["doctor"]).status, 0);
}

#[test]
fn inspect_measures_without_judging() {
    let folder = folder();
    let path = folder.path().join("long.mp4");
    let ran = run(&["inspect", path.to_str().expect("UTF-8")]);
    assert_eq!(ran.status, 0);
    let facts: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(facts["facts"]["video"]["duration"], 601.0);
}

#[test]
fn time_that_is_up_is_told_and_passes_nothing() {
    let folder = folder();
    let path = folder.path().join("quiz.zip");
    let report = report(&[path.to_str().expect("UTF-8"), "--time-limit", "0"]);
    let submission = &report["submissions"][0];
    assert_eq!(submission["verdict"], "incomplete");
    assert_eq!(submission["findings"][0]["id"], "tool-over-time");
    let passed = submission["requirements"].as_array().expect("rows").iter().filter(|row| row["outcome"] == "passed");
    let passed: Vec<&str> = passed.filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(passed, ["material-kind-accepted"]);
}

#[test]
fn a_kind_that_is_set_is_believed() {
    let folder = folder();
    let path = folder.path().join("long.mp4");
    let report = report(&[path.to_str().expect("UTF-8"), "--as", "image"]);
    assert_eq!(report["submissions"][0]["kind"], "image");
    assert_eq!(report["submissions"][0]["verdict"], "non-compliant");
}

/// `tekser check … | head -1` is how people look at long reports.
#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;

    let mut child = tekser(&["check", "samples"]).stdout(Stdio::piped()).spawn().expect("a run");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("an end").code(), Some(0));
}

#[test]
fn names_cannot_steer_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = picture(image::ImageFormat::Png, 3, 3);
    std::fs::write(folder.path().join("a\u{1b}[31m\u{202e}gnp.png"), bytes).expect("a file");
    let ran = run(&["check", folder.path().to_str().expect("UTF-8")]);
    assert!(!ran.stdout.contains('\u{1b}') && !ran.stdout.contains('\u{202e}'), "{}", ran.stdout);
}
