//! Malware scanning: the protocol against a clamd that misbehaves on purpose, and everything against a real one.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tekser::facts::{Facts, Scan, Unscanned};
use tekser::finding::{Arg, Level};
use tekser::judge::{Outcome, Verdict, judge};
use tekser::probe::{Context, Deadline, Limits, Scanner, probe};
use tekser::scan::Clamd;
use tekser::source::Memory;

use crate::build::{PAGE, app, archive};
use crate::common::{Judged, order_121, report, run, today, witness};

const REQUIREMENT: &str = "app-no-malware";

/// The bytes that every scanner takes for malware, put together here so that no file of the repository holds them.
fn eicar() -> Vec<u8> {
    let pieces = ["!$H+H*", "ANTIVIRUS-TEST-FILE", "$EICAR-STANDARD-", "PZX54(P^)7CC)7}", "X5O!P%@AP[4\\"];
    pieces.into_iter().rev().collect::<String>().into_bytes()
}

/// An archive whose files lie in it as they are.
fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let method = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        writer.start_file(*name, method).expect("a new entry");
        writer.write_all(bytes).expect("writing into memory");
    }
    writer.finish().expect("a directory").into_inner()
}

// A clamd made here.

/// What a made-up clamd does with a connection.
#[derive(Clone, Copy)]
enum Habit {
    /// Takes everything and says this.
    Says(&'static [u8]),
    /// Takes the first piece and says this, without waiting for the rest.
    Interrupts(&'static [u8]),
    /// Takes the first piece and closes.
    Closes,
    /// Takes everything and says nothing.
    Hangs,
    /// Takes everything and finds something in what holds this.
    Looks(&'static [u8]),
}

struct Fake {
    address: String,
    /// The bytes of every stream that was sent to its end.
    taken: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// A clamd with one habit for each connection; the last one stays.
fn fake(habits: &[Habit]) -> Fake {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let taken = Arc::new(Mutex::new(Vec::new()));
    let (habits, all) = (habits.to_vec(), Arc::clone(&taken));
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let habit = habits[number.min(habits.len() - 1)];
            serve(stream.expect("a connection"), habit, &all);
        }
    });
    Fake { address, taken }
}

fn serve(mut stream: TcpStream, habit: Habit, all: &Mutex<Vec<Vec<u8>>>) {
    let mut command = [0; 9];
    stream.read_exact(&mut command).expect("a command");
    if &command == b"zVERSION\0" {
        return stream.write_all(b"ClamAV 0.0.0\0").expect("an answer");
    }
    assert_eq!(&command, b"zINSTREAM");
    stream.read_exact(&mut [0]).expect("the end of the command");
    let mut bytes = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length).expect("a length");
        let length = u32::from_be_bytes(length) as usize;
        let start = bytes.len();
        bytes.resize(start + length, 0);
        stream.read_exact(&mut bytes[start..]).expect("as many bytes as were told");
        match habit {
            Habit::Interrupts(words) => return stream.write_all(words).expect("an answer"),
            Habit::Closes => return,
            _ if length == 0 => break,
            _ => {}
        }
    }
    let found = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    let answer: &[u8] = match habit {
        Habit::Says(words) => words,
        Habit::Looks(word) if found(word) => b"stream: Made.Up FOUND\0",
        Habit::Looks(_) => b"stream: OK\0",
        _ => {
            // Until the other side has gone.
            let _ = stream.read(&mut [0]);
            return;
        }
    };
    all.lock().expect("no panic").push(bytes);
    stream.write_all(answer).expect("an answer");
}

fn scanned(fake: &Fake, bytes: Vec<u8>) -> Scan {
    Clamd::at(&fake.address).expect("an address").scan(&Memory(bytes), Deadline::never())
}

fn measured(bytes: &[u8], name: &str, scanner: &dyn Scanner, limits: &Limits) -> Facts {
    let context = Context { scanner: Some(scanner), ..Context::alone(limits) };
    probe(&Memory(bytes), name, None, &context)
}

fn judged(bytes: &[u8], name: &str, habits: &[Habit]) -> Judged {
    let clamd = Clamd::at(&fake(habits).address).expect("an address");
    let facts = measured(bytes, name, &clamd, &Limits::default());
    let judgement = judge(&order_121(), &facts, today());
    Judged { profile: order_121(), facts, judgement }
}

impl Judged {
    /// Why the question stayed open: the sentence, the place and the reason.
    fn open(&self) -> (String, String, Option<Unscanned>) {
        let index = self.profile.requirements.iter().position(|one| &*one.id == REQUIREMENT).expect("a requirement");
        let judged = &self.judgement.requirements[index];
        assert_eq!(judged.outcome, Outcome::NotChecked);
        let reason = judged.reason.as_ref().expect("a reason");
        let first = match reason.arguments.get("first") {
            Some(Arg::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let why = match reason.arguments.get("why") {
            Some(Arg::Unscanned(why)) => Some(*why),
            _ => None,
        };
        (reason.id.to_string(), first, why)
    }
}

#[test]
fn every_byte_arrives_and_every_answer_is_understood() {
    let not = Scan::NotScanned;
    for (words, scan) in [
        (&b"stream: OK\0"[..], Scan::Clean),
        (b"stream: Win.Worm-7 FOUND\0", Scan::Found("Win.Worm-7".to_owned())),
        (b"stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0", not(Unscanned::ScannerLimit)),
        (b"stream: Heuristics.Encrypted.Zip FOUND\0", not(Unscanned::Encrypted)),
        (b"INSTREAM size limit exceeded. ERROR\0", not(Unscanned::TooLarge)),
        (b"stream: Can't open file or directory ERROR\0", not(Unscanned::Failed)),
        (b"220 mail.example ESMTP\r\n\0", not(Unscanned::NotUnderstood)),
        (&[b'x'; 10_000], not(Unscanned::NotUnderstood)),
        (b"stream: OK", not(Unscanned::Lost)),
        (b"", not(Unscanned::Lost)),
    ] {
        let fake = fake(&[Habit::Says(words)]);
        // None, one piece, and several with a rest.
        for size in [0, 1, 65_536, 300_001] {
            let bytes: Vec<u8> = (0..size).map(|number: u32| (number % 251) as u8).collect();
            assert_eq!(scanned(&fake, bytes.clone()), scan, "{}", String::from_utf8_lossy(words));
            assert!(fake.taken.lock().expect("no panic").pop() == Some(bytes), "{size} bytes arrived");
        }
    }
}

#[test]
fn a_scanner_that_stops_in_mid_stream_has_not_scanned() {
    let large = || vec![7; 32 << 20];
    let cases: [(Habit, Scan); 4] = [
        (Habit::Closes, Scan::NotScanned(Unscanned::Lost)),
        (Habit::Interrupts(b"INSTREAM size limit exceeded. ERROR\0"), Scan::NotScanned(Unscanned::TooLarge)),
        // It has seen too little to say so.
        (Habit::Interrupts(b"stream: OK\0"), Scan::NotScanned(Unscanned::Lost)),
        (Habit::Interrupts(b"stream: Early FOUND\0"), Scan::Found("Early".to_owned())),
    ];
    for (habit, scan) in cases {
        assert_eq!(scanned(&fake(&[habit]), large()), scan);
    }
}

#[test]
fn a_scanner_that_hangs_or_is_down_is_given_up_after_three_failures() {
    let clamd = Clamd::at(&fake(&[Habit::Hangs]).address).expect("an address");
    let not = Scan::NotScanned;
    let clock = Instant::now();
    for _ in 0..3 {
        let soon = Deadline::at(Instant::now() + Duration::from_millis(200));
        assert_eq!(clamd.scan(&Memory(b"x"), soon), not(Unscanned::Time));
    }
    assert!(clock.elapsed() > Duration::from_millis(500), "it was waited for");
    // Asked a fourth time, it would be waited for again, for half a minute.
    assert_eq!(clamd.scan(&Memory(b"x"), Deadline::never()), not(Unscanned::Time));
    assert!(clock.elapsed() < Duration::from_secs(10), "{:?}", clock.elapsed());

    // Two failures, an answer, and two more do not count together.
    let ok = Habit::Says(b"stream: OK\0");
    let lame = Clamd::at(&fake(&[Habit::Closes, Habit::Closes, ok, Habit::Closes, Habit::Closes, ok]).address);
    let lame = lame.expect("an address");
    let scans: Vec<Scan> = (0..6).map(|_| lame.scan(&Memory(b"x"), Deadline::never())).collect();
    let lost = not(Unscanned::Lost);
    assert_eq!(scans, [lost.clone(), lost.clone(), Scan::Clean, lost.clone(), lost, Scan::Clean]);

    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let down = Clamd::at(&closed.to_string()).expect("an address");
    assert_eq!(down.scan(&Memory(b"x"), Deadline::never()), not(Unscanned::Unreachable));
    assert_eq!(down.engine(), None);
}

#[cfg(unix)]
#[test]
fn a_scanner_that_is_down_is_not_asked_for_every_entry() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("clamd.ctl");
    let clamd = Clamd::at(&format!("unix:{}", socket.display())).expect("an address");
    for _ in 0..3 {
        assert_eq!(clamd.scan(&Memory(b"x"), Deadline::never()), Scan::NotScanned(Unscanned::Unreachable));
    }
    let listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
    listener.set_nonblocking(true).expect("a socket");
    assert_eq!(clamd.scan(&Memory(b"x"), Deadline::never()), Scan::NotScanned(Unscanned::Unreachable));
    assert!(listener.accept().is_err(), "nobody came");
}

#[test]
fn the_archive_and_every_file_in_it_must_be_scanned_and_clean() {
    let ok = Habit::Says(b"stream: OK\0");
    let inner = archive(&[("a.txt", "one"), ("b.txt", "two")]);
    let files = app(&[("data/inner.zip", &inner)]);

    let fake = fake(&[ok]);
    let clamd = Clamd::at(&fake.address).expect("an address");
    let facts = measured(&files, "quiz.zip", &clamd, &Limits::default());
    let outcome = |facts: Facts| {
        let judgement = judge(&order_121(), &facts, today());
        Judged { profile: order_121(), facts, judgement }
    };
    assert_eq!(outcome(facts).outcome(REQUIREMENT), Outcome::Passed);
    let taken = fake.taken.lock().expect("no panic").clone();
    assert_eq!(taken.len(), 7, "the archive, four files, and two in one of them");
    for bytes in [&files[..], &inner, b"one", b"two", b"body { color: #123 }"] {
        assert!(taken.iter().any(|one| one == bytes), "{} bytes were sent", bytes.len());
    }

    // One file of all, wherever it lies, leaves the question open.
    for (position, first) in ["index.html", "style.css", "quiz.js", "data/inner.zip!/a.txt"].into_iter().enumerate() {
        let mut habits = vec![ok; position];
        habits.extend([Habit::Says(b"stream: Heuristics.Limits.Exceeded.MaxScanTime FOUND\0"), ok]);
        let open = judged(&files, "quiz.zip", &habits).open();
        assert_eq!(open, ("unchecked-not-scanned".to_owned(), first.to_owned(), Some(Unscanned::ScannerLimit)));
    }
    // So does one that is too large to be held, one that is sealed, and one that is damaged.
    let clamd = Clamd::at(&fake.address).expect("an address");
    let facts = measured(&files, "quiz.zip", &clamd, &Limits { held_bytes: 19, ..Limits::default() });
    assert_eq!(outcome(facts).open().2, Some(Unscanned::Limit));
    let sealed = judged(&app(&[("data.7z", b"7z\xBC\xAF\x27\x1C\0\x04")]), "quiz.zip", &[ok]).open();
    assert_eq!((&*sealed.0, &*sealed.1), ("unchecked-entries", "data.7z"));
    let mut damaged = stored(&[("index.html", PAGE.as_bytes()), ("data.txt", b"as it is")]);
    let at = damaged.windows(8).position(|window| window == b"as it is").expect("an entry");
    damaged[at] ^= 1;
    let damaged = judged(&damaged, "quiz.zip", &[ok]);
    assert_eq!(damaged.open().2, Some(Unscanned::Damaged), "{:?}", damaged.judgement.findings);
}

#[test]
fn an_unpacked_app_is_scanned_file_by_file() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("index.html"), PAGE).expect("a file");
    std::fs::write(folder.path().join("style.css"), "WICKED").expect("a file");
    let outcome = |word: &'static [u8]| {
        let fake = fake(&[Habit::Looks(word)]);
        let report = report(&[folder.path().to_str().expect("UTF-8"), "--clamd", &fake.address]);
        requirement(&report["submissions"][0])["outcome"].as_str().expect("text").to_owned()
    };
    assert_eq!(outcome(b"WICKED"), "failed");
    assert_eq!(outcome(b"nothing of the kind"), "passed");
}

#[test]
fn what_is_found_is_told_where_it_lies() {
    let looks = [Habit::Looks(b"WICKED")];
    // Stored, so that the scanner sees it from outside as well, as a real one does.
    let inner = stored(&[("x.txt", b"WICKED")]);
    let wicked = judged(&stored(&[("inner.zip", &inner)]), "outer.zip", &looks);
    assert!(matches!(wicked.facts.file.scan, Some(Scan::Found(_))));
    assert_eq!(wicked.outcome(REQUIREMENT), Outcome::Failed);
    assert_eq!(wicked.judgement.verdict, Verdict::NonCompliant);
    let found: Vec<String> = wicked.errors().into_iter().filter(|error| error.starts_with("malware")).collect();
    assert_eq!(found, ["malware-found @ inner.zip!/x.txt"]);

    // What lies in the archive and in none of its files is told of the archive.
    let mut behind = app(&[]);
    behind.extend(b"WICKED");
    assert!(judged(&behind, "quiz.zip", &looks).errors().contains(&"malware-found @ ".to_owned()));

    // No requirement asks for it in a picture; it is told all the same.
    let mut picture = crate::build::picture(image::ImageFormat::Png, 8, 8);
    picture.extend(b"WICKED");
    let picture = judged(&picture, "photo.png", &looks);
    assert!(picture.found(Level::Warning).contains(&"tool-malware @ ".to_owned()), "{:?}", picture.judgement.findings);
}

#[test]
fn without_a_scanner_nothing_is_asked_and_nothing_passes() {
    let clean = crate::common::judged(&app(&[]), "quiz.zip");
    assert_eq!(clean.open().0, "unchecked-needs-scanner");
    assert_eq!(clean.facts.file.scan, None);
}

#[test]
fn an_address_that_is_none_is_refused() {
    let ran = run(&["check", "samples/good/photo.jpg", "--clamd", "localhost", "--lang", "en"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("\"localhost\" is no address of clamd"), "{}", ran.stderr);
}

// A real clamd.

/// Debian's clamd with one signature, made here, and a folder that is gone with it.
struct Real {
    child: Child,
    folder: tempfile::TempDir,
}

impl Real {
    fn start() -> Real {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path().display();
        std::fs::create_dir(folder.path().join("signatures")).expect("a folder");
        let hex: String = eicar().iter().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(folder.path().join("signatures/own.ndb"), format!("Tekser.Test:0:*:{hex}\n")).expect("a file");
        let settings = format!(
            "DatabaseDirectory {here}/signatures\nLocalSocket {here}/clamd.ctl\nTemporaryDirectory {here}\n\
            LogFile {here}/clamd.log\nForeground yes\nStreamMaxLength 1M\nAlertExceedsMax yes\n"
        );
        std::fs::write(folder.path().join("clamd.conf"), settings).expect("a file");
        // Not on everybody's search path.
        let system = Path::new("/usr/sbin/clamd");
        let mut command = if system.is_file() { Command::new(system) } else { witness("clamd") };
        command.arg("--config-file").arg(folder.path().join("clamd.conf"));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("clamd starts");
        let mut real = Real { child, folder };
        let clock = Instant::now();
        let clamd = Clamd::at(&real.address()).expect("an address");
        while clamd.engine().is_none() {
            let log = || std::fs::read_to_string(real.folder.path().join("clamd.log")).unwrap_or_default();
            assert!(real.child.try_wait().expect("a child").is_none(), "clamd ended: {}", log());
            assert!(clock.elapsed() < Duration::from_secs(60), "clamd does not listen: {}", log());
            thread::sleep(Duration::from_millis(50));
        }
        real
    }

    fn address(&self) -> String {
        self.socket().display().to_string()
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("clamd.ctl")
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn requirement(submission: &Value) -> &Value {
    let all = submission["requirements"].as_array().expect("requirements");
    all.iter().find(|one| one["id"] == REQUIREMENT).expect("the requirement")
}

#[cfg(unix)]
#[test]
fn a_real_scanner_finds_what_lies_in_an_archive_in_an_archive() {
    let real = Real::start();
    let address = real.address();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let inner = archive(&[("note.txt", b"nothing".to_vec()), ("x.com", eicar())]);
    std::fs::write(path("outer.zip"), app(&[("inner.zip", &inner)])).expect("a file");
    std::fs::write(path("clean.zip"), app(&[("pack.zip", &archive(&[("a.txt", "a")]))])).expect("a file");
    // More than this clamd takes, and nothing that could be packed smaller.
    let mut state = 1u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let noise: Vec<u8> = noise.take(3 << 20).collect();
    std::fs::write(path("large.zip"), app(&[("noise.bin", &noise)])).expect("a file");

    let report = report(&[&path("outer.zip"), &path("clean.zip"), &path("large.zip"), "--clamd", &address]);
    assert!(report["run"]["scanner"].as_str().expect("a name").starts_with("ClamAV "), "{}", report["run"]);
    let [clean, large, outer] = report["submissions"].as_array().expect("submissions").as_slice() else {
        panic!("three submissions")
    };
    assert_eq!(requirement(clean)["outcome"], "passed");
    assert_eq!(clean["facts"]["scan"], "clean");

    assert_eq!(requirement(outer)["outcome"], "failed");
    assert_eq!(outer["verdict"], "non-compliant");
    let findings = outer["findings"].as_array().expect("findings").iter();
    let findings: Vec<&Value> = findings.filter(|finding| finding["check"] == "malware").collect();
    assert_eq!(findings.len(), 1, "{findings:?}");
    let place = findings[0]["place"]["path"].as_array().expect("a path").iter().filter_map(Value::as_str);
    assert_eq!(place.collect::<Vec<_>>().join("!/"), "outer.zip!/inner.zip!/x.com");
    assert!(findings[0]["message"].as_str().expect("text").contains("Tekser.Test"), "{}", findings[0]);

    assert_eq!(requirement(large)["outcome"], "not-checked");
    assert_eq!(requirement(large)["reason_message"]["arguments"]["why"]["unscanned"], "too-large", "{large}");

    let inspected = run(&["inspect", "--clamd", &address, &path("outer.zip")]);
    let inspected: Value = serde_json::from_str(&inspected.stdout).expect("JSON");
    assert_eq!(inspected["facts"]["scan"]["found"], "Tekser.Test.UNOFFICIAL");
    let doctor = run(&["doctor", "--clamd", &address, "--lang", "en"]).stdout;
    assert!(doctor.contains("ClamAV ") && doctor.contains(&format!("tekser check --clamd {address}")), "{doctor}");
}

#[cfg(unix)]
#[test]
fn a_scanner_killed_in_mid_run_costs_no_submission() {
    const SUBMISSIONS: usize = 40;
    const BEFORE: usize = 18;

    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..SUBMISSIONS {
        std::fs::write(folder.path().join(format!("{number:02}.zip")), app(&[])).expect("a file");
    }
    // Between the two, so that the moment is known: after so many files, and with the next one half sent.
    let mut real = Real::start();
    let between = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = between.local_addr().expect("an address").to_string();
    let killer = thread::spawn(move || {
        // The first connection asks for the version.
        for number in 0..=BEFORE {
            let (mut client, _) = between.accept().expect("a connection");
            let mut server = std::os::unix::net::UnixStream::connect(real.socket()).expect("clamd listens");
            let (mut from, mut to) = (client.try_clone().expect("a socket"), server.try_clone().expect("a socket"));
            if number == BEFORE {
                let mut command = [0; 10];
                from.read_exact(&mut command).expect("a command");
                to.write_all(&command).expect("clamd listens");
                real.child.kill().expect("clamd ran until now");
                real.child.wait().expect("a child");
            }
            let up = thread::spawn(move || std::io::copy(&mut from, &mut to));
            let down = std::io::copy(&mut server, &mut client);
            client.shutdown(std::net::Shutdown::Both).ok();
            drop((down, up.join()));
        }
    });
    let clock = Instant::now();
    let report = report(&[folder.path().to_str().expect("UTF-8"), "--clamd", &address, "--jobs", "1"]);
    let elapsed = clock.elapsed();
    killer.join().expect("clamd was killed after so many files");

    let submissions = report["submissions"].as_array().expect("submissions");
    assert_eq!(submissions.len(), SUBMISSIONS);
    let with = |outcome: &str| submissions.iter().filter(|one| requirement(one)["outcome"] == outcome).count();
    // Three files and the archive each.
    assert_eq!((with("passed"), with("not-checked")), (4, SUBMISSIONS - 4));
    let mut lost = 0;
    for submission in submissions {
        assert_eq!(submission["findings"], Value::Array(Vec::new()), "no other check suffered");
        let requirement = requirement(submission);
        if requirement["outcome"] == "not-checked" {
            let why = requirement["reason_message"]["arguments"]["why"]["unscanned"].as_str().expect("a reason");
            assert!(["lost", "unreachable"].contains(&why), "{why}");
            assert!(requirement["reason"].as_str().expect("text").contains("clamd"), "{requirement}");
            lost += usize::from(why == "lost");
        }
    }
    assert!(lost <= 1, "after one broken connection nobody was there: {lost}");
    assert!(elapsed < Duration::from_secs(60), "{elapsed:?}");
}

#[test]
fn rules_of_the_organizer_are_held_against_every_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let inner = archive(&[("cheat.js", "var cheat = 'ANSWERS-2026';"), ("b.txt", "two")]);
    std::fs::write(path("quiz.zip"), app(&[("data/inner.zip", &inner)])).expect("a file");
    std::fs::write(path("clean.zip"), app(&[])).expect("a file");
    std::fs::write(path("more.yar"), "rule Included { strings: $a = \"no such words\" condition: $a }")
        .expect("a file");
    let rules = "include \"more.yar\"\nimport \"pe\"\n\
                 rule Answers { strings: $a = /ANSWERS-[0-9]{4}/ condition: $a and filename == \"\" }";
    std::fs::write(path("rules.yar"), rules).expect("a file");
    let [quiz, clean, yara] = ["quiz.zip", "clean.zip", "rules.yar"].map(|name| path(name).display().to_string());

    let report = report(&["--yara", &yara, &clean, &quiz]);
    assert_eq!(report["run"]["rules"], "YARA, 2 rules");
    let [ours, theirs] = [&report["submissions"][0], &report["submissions"][1]];
    assert_eq!(requirement(ours)["outcome"], "not-checked", "rules know no malware");
    let reason = requirement(ours)["reason"].as_str().expect("a reason");
    assert!(reason.contains("rules of the organizer found nothing"), "{reason}");
    assert_eq!(requirement(theirs)["outcome"], "failed");
    let found = theirs["findings"].as_array().expect("findings").iter().find(|found| found["id"] == "malware-rules");
    let found = found.expect("a finding");
    assert_eq!(found["place"]["path"].as_array().expect("a path").last(), Some(&Value::from("cheat.js")));
    assert!(found["message"].as_str().expect("text").contains("Answers"));

    // An organizer may decide that the rules are enough.
    let profile = "id = \"ours\"\nversion = \"1\"\nextends = \"order-121\"\n\
                   [change.app-no-malware]\nsettings.rules-suffice = true\n";
    std::fs::write(path("ours.toml"), profile).expect("a file");
    let suffice =
        crate::common::report(&["--yara", &yara, "--profile", path("ours.toml").to_str().expect("UTF-8"), &clean]);
    assert_eq!(requirement(&suffice["submissions"][0])["outcome"], "passed");

    // Rules that cannot be read are told with their place before the work begins.
    std::fs::write(path("bad.yar"), "rule Bad {\n  condition: nonsense\n}").expect("a file");
    let bad = run(&["check", "--yara", path("bad.yar").to_str().expect("UTF-8"), &clean]);
    assert_eq!(bad.status, 2);
    assert!(bad.stderr.contains("bad.yar") && bad.stderr.contains("nonsense"), "{}", bad.stderr);
}
