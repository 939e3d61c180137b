//! What systems and disks do to a program: they run full, go away in the middle, keep names that nobody can write. Each fault
//! costs at most the file that it meets, and is told.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use tekser::facts::{Facts, Kind, Unread};
use tekser::finding::{Arg, Message};
use tekser::judge::{Judgement, Outcome, Verdict, judge};
use tekser::probe::{Context, Limits, Member, probe, probe_folder};
use tekser::source::{Memory, Source};

use crate::common::{Ran, files, finished, list, order_121, report, root, run, tekser, text, today};

/// A disk that fails: from a certain byte on there is nothing, though the size says so, or from a certain reading on an error.
struct Failing {
    bytes: Arc<[u8]>,
    ends: usize,
    readings: AtomicUsize,
}

impl Source for Failing {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.readings.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map_err(|_| io::Error::other("the network has gone away"))?;
        let rest = self.bytes[..self.ends].get(usize::try_from(offset).unwrap_or(usize::MAX)..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}

/// What is measured and thought of a file, if it may be read so far.
fn judged(source: &dyn Source, name: &str, read_bytes: u64) -> (Facts, Judgement) {
    let (limits, profile) = (Limits { read_bytes, ..Limits::default() }, order_121());
    let context = Context { listen: profile.listen(), ..Context::alone(&limits) };
    let facts = probe(source, name, None, &context);
    let judgement = judge(&profile, &facts, today());
    (facts, judgement)
}

/// The good samples, with what is measured in them where nothing fails.
fn good() -> Vec<(String, Arc<[u8]>, Facts)> {
    let mut compliant = 0;
    let read = |path: PathBuf| {
        let (bytes, name): (Arc<[u8]>, _) =
            (fs::read(&path).expect("a sample").into(), path.to_string_lossy().into_owned());
        let (facts, judgement) = judged(&Memory(&bytes), &name, u64::MAX);
        compliant += usize::from(judgement.verdict == Verdict::Compliant);
        (name, bytes, facts)
    };
    let samples: Vec<_> = files(&root().join("samples/good")).into_iter().map(read).collect();
    assert!(compliant > 7, "only {compliant} samples are compliant as they are");
    samples
}

/// Nothing was made of what could not be read, for the author or against.
fn says_only(id: &str, judgement: &Judgement, what: &str) {
    assert_eq!(judgement.verdict, Verdict::Incomplete, "{what}");
    let findings: Vec<&str> = judgement.findings.iter().map(|finding| &*finding.message.id).collect();
    assert_eq!(findings, [id], "{what}");
}

#[test]
fn a_file_that_fails_while_it_is_read_is_neither_compliant_nor_non_compliant() {
    for (name, bytes, _) in good() {
        let failing =
            |ends, readings| Failing { bytes: Arc::clone(&bytes), ends, readings: AtomicUsize::new(readings) };
        let whole = failing(bytes.len(), usize::MAX);
        judged(&whole, &name, u64::MAX);
        let readings = usize::MAX - whole.readings.into_inner();
        let clock = Instant::now();
        // An error at any reading, or at sixty of them.
        for count in (0..readings).step_by(readings / 60 + 1) {
            let (_, judgement) = judged(&failing(bytes.len(), count), &name, u64::MAX);
            says_only("tool-unreadable", &judgement, &format!("{name}, {count} of {readings} readings"));
        }
        // Somebody cut it after it was opened: what was there is missing now.
        for part in 0..8 {
            let ends = bytes.len() * part / 8;
            let (_, judgement) = judged(&failing(ends, usize::MAX), &name, u64::MAX);
            says_only("tool-unreadable", &judgement, &format!("{name}, {ends} of {} bytes", bytes.len()));
        }
        assert!(clock.elapsed() < Duration::from_secs(120), "{name}");
    }
}

#[test]
fn a_file_of_an_app_that_fails_while_it_is_read_does_not_speak_against_the_app() {
    let folder = root().join("samples/good/quiz-folder");
    let paths = files(&folder);
    assert!(paths.len() > 2, "an app has files");
    let (limits, profile) = (Limits::default(), order_121());
    for failing in 0..paths.len() {
        let member = |(number, path): (usize, &PathBuf)| {
            let (name, path) = (path.strip_prefix(&folder).expect("a file in it"), path.clone());
            let open = move || {
                let bytes: Arc<[u8]> = fs::read(&path)?.into();
                let readings = if number == failing { 0 } else { usize::MAX };
                let source = Failing { ends: bytes.len(), bytes, readings: AtomicUsize::new(readings) };
                Ok(Box::new(source) as Box<dyn Source>)
            };
            Member { name: name.display().to_string(), link: false, size: 0, open: Box::new(open) }
        };
        let members: Vec<Member<'_>> = paths.iter().enumerate().map(member).collect();
        let facts = probe_folder(&members, Some(Kind::App), &Context::alone(&limits));
        let judgement = judge(&profile, &facts, today());
        let failed = judgement.requirements.iter().filter(|judged| judged.outcome == Outcome::Failed).count();
        assert_eq!((judgement.verdict, failed), (Verdict::Incomplete, 0), "{}", paths[failing].display());
        let told = judgement.requirements.iter().filter_map(|judged| judged.reason.as_deref());
        let refused =
            |message: &Message| message.arguments.iter().any(|(_, value)| *value == Arg::Unread(Unread::Refused));
        assert!(told.filter(|message| refused(message)).count() > 0, "{}", paths[failing].display());
    }
}

#[test]
fn a_file_of_which_no_more_may_be_read_is_not_judged() {
    for (name, bytes, facts) in good() {
        let file = Failing { bytes: Arc::clone(&bytes), ends: bytes.len(), readings: AtomicUsize::new(usize::MAX) };
        let (read, judgement) = judged(&file, &name, u64::MAX);
        let needed = read.file.bytes_read;
        assert_eq!(facts.kind, read.kind, "{name}");
        assert_eq!(judged(&file, &name, needed).1, judgement, "{name}: just enough");
        for twentieth in 0..20 {
            let (spent, judgement) = judged(&file, &name, needed.saturating_sub(1) * twentieth / 19);
            says_only("tool-over-limit", &judgement, &format!("{name}, {twentieth}"));
            assert_eq!(spent.unread, Some(Unread::Limit), "{name}");
        }
    }
}

/// The program under limits that a shell sets.
fn limited(limits: &str, arguments: &[&str]) -> Ran {
    let mut shell = Command::new("sh");
    let script = format!("{limits}; exec \"$0\" \"$@\"");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_tekser")]).args(arguments).current_dir(root());
    finished(&shell.output().expect("a shell"))
}

#[test]
fn a_report_that_does_not_fit_on_the_disk_leaves_the_old_one_and_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("report.json");
    fs::write(&output, "the old one").expect("a file");
    let output = output.display().to_string();
    // Four kilobytes; what is written beyond them fails, as on a full disk.
    let ran = limited("trap '' XFSZ; ulimit -f 8", &["check", "--lang", "en", "samples/good", "--output", &output]);
    assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("report.json"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(&output).expect("the report"), "the old one");
    assert_eq!(files(folder.path()).len(), 1, "nothing half-written is left");
    // A device that is full from the beginning.
    let ran = run(&["check", "--lang", "en", "samples/good/photo.jpg", "--output", "json=/dev/full"]);
    assert!(ran.status == 2 && ran.stderr.contains("/dev/full"), "{}", ran.stderr);
    let whole = tekser(&["check", "--lang", "en", "samples/good", "--format", "json"])
        .stdout(fs::File::options().write(true).open("/dev/full").expect("a device"))
        .output()
        .expect("the program starts");
    assert_eq!(whole.status.code(), Some(2), "a report that nobody got is no success");
}

#[test]
fn a_package_that_does_not_fit_on_the_disk_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = folder.path().join("app");
    fs::create_dir(&app).expect("a folder");
    let page = "<!doctype html><html lang=\"kk\"><head><meta charset=\"utf-8\"><title>T</title></head><body>Сәлем</body></html>";
    fs::write(app.join("index.html"), page).expect("a file");
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    };
    let noise: Vec<u8> = (0..200_000).map(|_| next()).collect();
    fs::write(app.join("noise.bin"), noise).expect("a file");
    let (app, out) = (app.display().to_string(), folder.path().join("out.zip").display().to_string());
    let ran = limited("trap '' XFSZ; ulimit -f 64", &["pack", "--lang", "en", &app, "--out", &out]);
    assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("out.zip"), "{}", ran.stderr);
    assert_eq!(files(folder.path()).len(), 2, "the app alone is left");
}

#[test]
fn handles_that_run_out_are_told_and_pass_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..40 {
        fs::copy(root().join("samples/good/photo.jpg"), folder.path().join(format!("{number}.jpg"))).expect("a copy");
    }
    let path = folder.path().display().to_string();
    // The program, its output and little else; then enough for one file at a time.
    for (handles, jobs) in [(4, "8"), (6, "8"), (8, "8"), (12, "8"), (16, "1")] {
        let limits = format!("ulimit -n {handles}");
        let ran = limited(&limits, &["check", "--lang", "en", "--format", "json", "--jobs", jobs, &path]);
        assert!(!ran.stderr.contains("internal error"), "{handles}: {}", ran.stderr);
        if ran.status == 2 {
            assert!(ran.stderr.starts_with("tekser: "), "{handles}: {}", ran.stderr);
            continue;
        }
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(list(&report["submissions"]).len(), 40, "{handles}: nothing is left out");
        for submission in list(&report["submissions"]) {
            let unread = list(&submission["findings"]).iter().any(|finding| finding["id"] == "tool-unreadable");
            assert_eq!(submission["verdict"] == "compliant", !unread, "{handles}: {submission:#}");
        }
    }
}

#[test]
fn names_that_are_no_text_and_paths_that_are_too_long_cost_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let photo = fs::read(root().join("samples/good/photo.jpg")).expect("a sample");
    let odd = std::ffi::OsStr::from_bytes(b"\xffphoto\x80.jpg");
    fs::write(folder.path().join(odd), &photo).expect("a file");
    fs::write(folder.path().join("line\nbreak\u{1b}[31m.jpg"), &photo).expect("a file");
    fs::write(folder.path().join("z.jpg"), &photo).expect("a file");
    // Deeper than any path may be long: each folder is made from inside the one above.
    let name = "a".repeat(200);
    let script = "if [ $1 -gt 0 ]; then mkdir $2 && exec env -C $2 sh -c \"$3\" sh $(($1 - 1)) $2 \"$3\"; else echo x > deep.txt; fi";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh", "30", &name, script]).current_dir(folder.path());
    let made = shell.status().expect("a shell");
    assert!(made.success());
    let seen = report(&[&folder.path().display().to_string()]);
    let submissions = list(&seen["submissions"]);
    let compliant: Vec<&str> =
        submissions.iter().filter(|one| one["verdict"] == "compliant").map(|one| text(&one["path"])).collect();
    assert_eq!(compliant.len(), 3, "{compliant:?}");
    let deep = submissions.iter().find(|one| text(&one["path"]).contains(&name));
    assert!(deep.is_some_and(|one| one["verdict"] != "compliant"), "what lies too deep is told");
    let removed = Command::new("rm").arg("-rf").arg(folder.path()).status().expect("rm");
    assert!(removed.success());
}

#[test]
fn devices_and_endless_files_are_told_and_not_read() {
    let clock = Instant::now();
    for device in ["/dev/zero", "/dev/tty", "/proc/self/mem"] {
        if Path::new(device).exists() {
            let ran = run(&["check", "--lang", "en", "--time-limit", "5", device]);
            assert!(ran.status != 0 || !ran.stdout.contains("compliant: 1"), "{device}: {}{}", ran.stdout, ran.stderr);
        }
    }
    assert!(clock.elapsed() < Duration::from_secs(30), "{:?}", clock.elapsed());
}

#[test]
fn a_clock_that_jumped_changes_nothing() {
    const YEAR: Duration = Duration::from_secs(365 * 86_400);

    let folder = tempfile::tempdir().expect("a folder");
    let (works, cache) = (folder.path().join("works"), folder.path().join("cache").display().to_string());
    fs::create_dir(&works).expect("a folder");
    for name in ["lesson.mp4", "quiz.zip", "photo.jpg"] {
        fs::copy(root().join("samples/good").join(name), works.join(name)).expect("a copy");
    }
    let works_are_of = |time: SystemTime| {
        for path in files(&works) {
            fs::File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("a time");
        }
    };
    let path = works.display().to_string();
    let now = report(&[&path]);
    assert_eq!(now["summary"]["compliant"], 2, "no scanner has looked at the app");
    // Before there were computers, before there was time for them, and long after this.
    for time in [SystemTime::UNIX_EPOCH - 9 * YEAR, SystemTime::UNIX_EPOCH, SystemTime::now() + 80 * YEAR] {
        works_are_of(time);
        for _ in 0..2 {
            assert_eq!(report(&[&path, "--cache", &cache])["submissions"], now["submissions"], "{time:?}");
        }
    }
}
