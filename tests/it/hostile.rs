//! Damaged samples: the program says something about each, in bounded time, and never calls good what others reject.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tekser::facts::{FileFacts, Format};
use tekser::intake::registry;
use tekser::judge::{Outcome, Verdict};
use tekser::pack::{Content, Course, Material, Repair, Target, Wanted, plan, write};
use tekser::profile::Profile;
use tekser::source::Memory;
use tekser::source::zip::ZipFile;

use crate::common::{files, judged, root, witness};

const TRUNCATIONS: usize = 200;
const FLIPS: usize = 2_000;

/// No single file may take longer, even in a build without optimisation.
const LONGEST: Duration = Duration::from_secs(10);

/// A small generator of numbers, so that every run makes the same files.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn samples() -> Vec<PathBuf> {
    let all = files(&root().join("samples"));
    let samples: Vec<_> = all.into_iter().filter(|path| path.metadata().is_ok_and(|m| m.len() > 0)).collect();
    assert!(samples.len() > 50, "samples were found: {}", samples.len());
    samples
}

/// Judges damaged bytes; the program must neither panic nor take long. Returns what it called good: a compliant file,
/// or an archive that passed as one (an app is never compliant before a browser has run it).
fn survive(bytes: &[u8], name: &str, what: &str) -> Option<Format> {
    let started = Instant::now();
    let judged = catch_unwind(AssertUnwindSafe(|| judged(bytes, name)));
    let judged = judged.unwrap_or_else(|_| panic!("panicked on {name}, {what}"));
    assert!(started.elapsed() < LONGEST, "{name}, {what}, took {:?}", started.elapsed());
    let format = judged.facts.file.identity.format;
    let packed = catch_unwind(AssertUnwindSafe(|| pack(bytes, &judged.facts.file)));
    assert!(packed.is_ok(), "packing panicked on {name}, {what}");
    let archive = format == Format::Zip && judged.outcome("app-zip-archive") == Outcome::Passed;
    (judged.judgement.verdict == Verdict::Compliant || archive).then_some(format)
}

/// Packs an archive with all that can be put right, for a learning platform, if it can be packed.
fn pack(bytes: &[u8], file: &FileFacts) {
    let material = Material { title: "Сабақ".to_owned(), ..Material::default() };
    let course = Course { target: Target::ALL[bytes.len() % Target::ALL.len()], material, reported: None };
    let repairs = BTreeSet::from(Repair::ALL);
    let wanted = Wanted { repairs: &repairs, left_out: &[], course: Some(&course), counters: &[], local: &[] };
    let Ok(plan) = plan(file, &wanted) else { return };
    let memory = Memory(bytes);
    let Ok(zip) = ZipFile::open(&memory, usize::MAX) else { return };
    // What is damaged in a way that facts do not tell must be noticed now.
    let _ = write(&plan, &Content::Archive(zip), Cursor::new(Vec::new()));
}

/// A tool of the trade rejects the file. Only formats that can be compliant are asked about.
fn is_rejected(bytes: &[u8], format: Format, folder: &Path) -> bool {
    let path = folder.join("damaged");
    std::fs::write(&path, bytes).expect("a file");
    match format {
        Format::Mp4 | Format::Mov | Format::Mp3 | Format::Wav => {
            let output =
                witness("ffprobe").args(["-v", "quiet", "-show_streams"]).arg(&path).output().expect("ffprobe");
            !output.status.success() || !String::from_utf8_lossy(&output.stdout).contains("codec_type")
        }
        Format::Jpeg | Format::Png | Format::Gif => {
            let arguments = ["-v", "quiet", "-f", "image2pipe", "-i"];
            let mut ffmpeg = witness("ffmpeg");
            let output = ffmpeg.args(arguments).arg(&path).args(["-f", "null", "-"]).output().expect("ffmpeg");
            !output.status.success()
        }
        Format::Zip => {
            // 1 stands for warnings, as after names with backslashes.
            let status = witness("unzip").arg("-tqq").arg(&path).output().expect("unzip").status;
            status.code().is_none_or(|code| code > 1)
        }
        _ => false,
    }
}

#[test]
fn two_hundred_truncations() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = samples();
    let mut numbers = Numbers(0x7E45_E121);
    let mut wrong = Vec::new();
    for round in 0..TRUNCATIONS {
        let path = &samples[round % samples.len()];
        let bytes = std::fs::read(path).expect("a sample");
        let length = numbers.next(bytes.len());
        let (bytes, name) = (&bytes[..length], path.to_string_lossy());
        if let Some(format) = survive(bytes, &name, &format!("cut to {length}"))
            && is_rejected(bytes, format, folder.path())
        {
            wrong.push(format!("{name} cut to {length}"));
        }
    }
    assert!(wrong.is_empty(), "compliant here, rejected there: {wrong:#?}");
}

#[test]
fn two_thousand_flipped_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = samples();
    let mut numbers = Numbers(0x0D12_1202);
    let mut wrong = Vec::new();
    for round in 0..FLIPS {
        let path = &samples[round % samples.len()];
        let mut bytes = std::fs::read(path).expect("a sample");
        let mut changed = Vec::new();
        for _ in 0..=numbers.next(4) {
            let at = numbers.next(bytes.len());
            bytes[at] = numbers.next(256) as u8;
            changed.push(at);
        }
        let (name, what) = (path.to_string_lossy(), format!("bytes {changed:?} changed in round {round}"));
        if let Some(format) = survive(&bytes, &name, &what)
            && is_rejected(&bytes, format, folder.path())
        {
            wrong.push(format!("{name}, {what}"));
        }
    }
    assert!(wrong.is_empty(), "compliant here, rejected there: {wrong:#?}");
}

/// The files inside an archive.
fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let bytes = Memory(std::fs::read(path).expect("a sample"));
    let zip = ZipFile::open(&bytes, 1_000).expect("an archive");
    let part = |entry| {
        let mut bytes = Vec::new();
        zip.unpack(entry).expect("its bytes").expect("a usual method").read_to_end(&mut bytes).expect("its bytes");
        bytes
    };
    zip.entries.iter().map(|entry| (entry.name.clone(), part(entry))).collect()
}

#[test]
fn a_thousand_damaged_tables_are_read_or_refused() {
    const ROUNDS: usize = 1_000;
    const NUMBERS: [&[u8]; 6] = [b"0", b"-1", b"4294967295", b"99999999999999999999", b"1e308", b"A1048577"];

    let tables = samples().into_iter().filter(|path| path.ends_with("registry.xlsx"));
    let tables: Vec<Vec<(String, Vec<u8>)>> = tables.map(|path| parts(&path)).collect();
    assert_eq!(tables.len(), 3);
    let profile = Profile::builtin("bjb-2020").expect("a valid profile");
    let folder = tempfile::tempdir().expect("a folder");
    let mut numbers = Numbers(0x0D12_1203);
    let mut read = 0;
    for round in 0..ROUNDS {
        // A fault in what is packed would only be a wrong checksum: the parts are damaged, and packed again.
        let mut parts = tables[round % tables.len()].clone();
        let at = numbers.next(parts.len());
        let part = &mut parts[at].1;
        for _ in 0..=numbers.next(3) {
            let at = numbers.next(part.len());
            if numbers.next(2) == 0 {
                part[at] = numbers.next(256) as u8;
            } else {
                // A number in place of another.
                let digits = part[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                part.splice(at..at + digits, NUMBERS[numbers.next(NUMBERS.len())].iter().copied());
            }
        }
        let parts: Vec<(&str, &Vec<u8>)> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
        let bytes = if round % 5 == 0 { parts[at].1.clone() } else { crate::build::archive(&parts) };
        let path = folder.path().join("table.xlsx");
        std::fs::write(&path, &bytes).expect("a file");
        let started = Instant::now();
        let table = catch_unwind(|| registry::read(&path, &profile.columns));
        let what = || {
            let kept = std::env::temp_dir().join("tekser-damaged-table.xlsx");
            std::fs::write(&kept, &bytes).expect("a file");
            format!("round {round}: {}", kept.display())
        };
        assert!(started.elapsed() < LONGEST, "{}", what());
        read += usize::from(table.unwrap_or_else(|_| panic!("panicked in {}", what())).is_ok());
    }
    assert!((10..ROUNDS).contains(&read), "{read} of {ROUNDS} were read all the same");
}

/// What an attacker writes by hand.
#[test]
fn files_made_to_hurt() {
    let deep = "[".repeat(500_000);
    let tag = format!("<p {}>", "a='b' ".repeat(200_000));
    let svg = format!("<svg {}/>", (0..50_000).fold(String::new(), |text, n| text + &format!("a{n}='' ")));
    let nested = (0..6).fold(crate::build::app(&[]), |inner, _| crate::build::archive(&[("a.zip", inner)]));
    // Archives may be good as archives; what they hold must still be survived.
    let bomb = crate::build::archive(&[("index.html", vec![b' '; 60 << 20])]);
    let cases: [(&[u8], &str); 10] = [
        (deep.as_bytes(), "a.js"),
        (tag.as_bytes(), "a.html"),
        (svg.as_bytes(), "a.svg"),
        (&nested, "nested.zip"),
        (&bomb, "bomb.zip"),
        (b"RIFF\xFF\xFF\xFF\xFFWAVEfmt \x10\0\0\0\x01\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFdata\xFF\xFF\xFF\xFF", "a.wav"),
        (b"\0\0\0\x01ftypisom\0\0\0\0\0\0\0\0", "a.mp4"),
        (b"GIF89a\xFF\xFF\xFF\xFF\xFF\0\0", "a.gif"),
        (b"\xFF\xD8\xFF\xC0\x00\x02\xFF\xD9", "a.jpg"),
        (b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0", "a.zip"),
    ];
    for (bytes, name) in cases {
        let called_good = survive(bytes, name, "made by hand");
        assert!(matches!(called_good, None | Some(Format::Zip)), "{name}: {called_good:?}");
    }
}
