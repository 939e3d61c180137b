//! `--isolate`: whatever becomes of the processes that measure, every other submission is judged as if nothing had happened.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::{list, report, root, tekser, text};

/// A report without what differs from run to run.
fn without_run(arguments: &[&str]) -> Value {
    let mut report = report(arguments);
    report["run"].take();
    assert!(list(&report["submissions"]).len() > 4, "{report:#}");
    report
}

#[test]
fn what_is_measured_apart_is_what_is_measured_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let photo = fs::read(root().join("samples/good/photo.jpg")).expect("a sample");
    let odd: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"\xffphoto\x80.jpg");
    fs::write(folder.path().join(odd), &photo).expect("a file");
    let odd = folder.path().display().to_string();
    for profile in ["order-121", "opiq-2019", "bjb-2020"] {
        let arguments = ["--profile", profile, "samples", &odd];
        let together = without_run(&arguments);
        assert_eq!(together, without_run(&[&arguments[..], &["--isolate", "--jobs", "2"]].concat()), "{profile}");
    }
}

/// A picture of 100 million pixels in some 100 KB.
static GIANT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bytes = Cursor::new(Vec::new());
    image::GrayImage::new(10_000, 10_000).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
});

/// Twelve good pictures, and one that takes more than 100 MB while it is decoded.
fn batch_with_a_giant() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..12 {
        fs::copy(root().join("samples/good/photo.jpg"), folder.path().join(format!("{number:02}.jpg")))
            .expect("a copy");
    }
    fs::write(folder.path().join("05-giant.png"), &*GIANT).expect("a file");
    folder
}

/// Names of the submissions that were not measured to the end, and the finding that tells it.
fn broken(report: &Value) -> Vec<(&str, &str)> {
    let mut broken = Vec::new();
    for submission in list(&report["submissions"]) {
        let found = list(&submission["findings"]).iter().map(|finding| text(&finding["id"]));
        let name = text(&submission["path"]).rsplit('/').next().expect("a name");
        broken.extend(found.filter(|id| id.starts_with("tool-")).map(|id| (name, id)));
    }
    broken
}

#[test]
fn memory_that_runs_out_costs_one_submission() {
    let folder = batch_with_a_giant();
    let path = folder.path().display().to_string();
    assert_eq!(broken(&report(&[&path])), [], "with memory enough it is a picture as any other");
    for jobs in ["1", "4"] {
        let report = report(&[&path, "--memory-limit", "64", "--jobs", jobs]);
        assert_eq!(broken(&report), [("05-giant.png", "tool-crashed")]);
        assert_eq!(report["summary"]["compliant"], 12);
        assert_eq!(report["summary"]["incomplete"], 1);
    }
}

/// The processes that a program has started, if they are there.
fn children(program: &Child) -> Vec<String> {
    let listed = Command::new("pgrep").args(["-P", &program.id().to_string()]).output().expect("pgrep");
    String::from_utf8_lossy(&listed.stdout).lines().map(str::to_owned).collect()
}

/// The same, when the first of them has been started.
fn children_at_last(program: &Child) -> Vec<String> {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let children = children(program);
        if !children.is_empty() {
            return children;
        }
        assert!(Instant::now() < until, "no process was started");
    }
}

fn signal(name: &str, process: &str) {
    let _ = Command::new("kill").args([name, process]).stderr(Stdio::null()).status();
}

/// A run of the program over a folder that goes on while the test does something to its processes.
fn begun(folder: &Path, more: &[&str]) -> Child {
    let path = folder.display().to_string();
    // Into a file: a pipe that nobody reads stops the run when it is full.
    let output = format!("json={}", folder.join(REPORT).display());
    let all = [&["check", "--output", &output, "--lang", "en", "--isolate", &path], more].concat();
    tekser(&all).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

const REPORT: &str = "report.json";

/// Its report, at its end.
fn ended(mut program: Child, folder: &Path) -> Value {
    program.wait().expect("the program ends");
    serde_json::from_slice(&fs::read(folder.join(REPORT)).expect("a report")).expect("a whole report")
}

#[test]
fn processes_that_are_killed_cost_what_they_had_in_hand() {
    const COUNT: usize = 400;

    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..COUNT {
        fs::copy(root().join("samples/good/lesson.mp4"), folder.path().join(format!("{number:03}.mp4")))
            .expect("a copy");
    }
    let program = begun(folder.path(), &["--jobs", "2"]);
    for _ in 0..10 {
        thread::sleep(Duration::from_millis(100));
        children(&program).iter().for_each(|child| signal("-KILL", child));
    }
    let report = ended(program, folder.path());
    let broken = broken(&report);
    assert_eq!(list(&report["submissions"]).len(), COUNT, "nothing is lost");
    assert!((1..=20).contains(&broken.len()), "{broken:?}");
    assert!(broken.iter().all(|(_, finding)| *finding == "tool-crashed"), "{broken:?}");
    assert_eq!(report["summary"]["compliant"], COUNT - broken.len());
}

#[test]
fn a_process_that_hangs_has_its_time_and_no_more() {
    let folder = batch_with_a_giant();
    let program = begun(folder.path(), &["--jobs", "2", "--time-limit", "1"]);
    signal("-STOP", &children_at_last(&program)[0]);
    let report = ended(program, folder.path());
    let broken = broken(&report);
    assert!(broken.len() == 1 && broken[0].1 == "tool-over-time", "{broken:?}");
    assert_eq!(report["summary"]["compliant"], 12);
}

#[test]
fn a_program_that_is_killed_leaves_no_process() {
    let folder = batch_with_a_giant();
    let mut program = begun(folder.path(), &["--jobs", "2"]);
    let left = children_at_last(&program);
    program.kill().expect("it is killed");
    program.wait().expect("it has ended");
    let until = Instant::now() + Duration::from_secs(20);
    while left.iter().any(|process| Path::new("/proc").join(process).exists()) {
        assert!(Instant::now() < until, "{left:?} go on");
        thread::sleep(Duration::from_millis(50));
    }
}
