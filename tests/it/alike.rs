//! Works held against one another: what is the same is found however it was saved, and what only resembles it is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use image::{ImageFormat, Rgb, RgbImage};
use serde_json::Value;
use tekser::probe::{Context, Limits, probe};
use tekser::source::Memory;

use crate::build::archive;
use crate::common::{Batch, files, report, root, run, witness};

/// Numbers without order, the same in every run.
struct Lot(u64);

impl Lot {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }
}

const WORDS: [&str; 40] = [
    "оқушы",
    "мұғалім",
    "сабақ",
    "тақырып",
    "есеп",
    "жауап",
    "сурет",
    "кесте",
    "бөлім",
    "сынып",
    "тапсырма",
    "балл",
    "мәтін",
    "сөйлем",
    "дыбыс",
    "әріп",
    "сан",
    "бұрыш",
    "қабырға",
    "аудан",
    "көлем",
    "күш",
    "жылдамдық",
    "уақыт",
    "өзен",
    "тау",
    "дала",
    "қала",
    "өсімдік",
    "жануар",
    "жасуша",
    "атом",
    "су",
    "ауа",
    "от",
    "жер",
    "күн",
    "ай",
    "жұлдыз",
    "ғарыш",
];

/// A text that nobody else writes.
fn text(seed: u64) -> Vec<&'static str> {
    let mut lot = Lot(seed);
    (0..150).map(|_| WORDS[lot.next(WORDS.len())]).collect()
}

/// Patches of light and dark.
fn picture(seed: u64) -> RgbImage {
    let mut lot = Lot(seed);
    let patches: Vec<u8> = (0..64).map(|_| lot.next(256) as u8).collect();
    RgbImage::from_fn(320, 240, |x, y| {
        let gray = patches[(y / 30 * 8 + x / 40) as usize];
        Rgb([gray, gray.wrapping_add((x % 40) as u8), 255 - gray])
    })
}

fn encoded(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A tune of notes with their overtones, as WAV.
fn tune(seed: u64, seconds: usize) -> Vec<u8> {
    const RATE: usize = 11_025;

    let mut lot = Lot(seed);
    let mut samples = Vec::new();
    while samples.len() < seconds * RATE {
        let pitch = 220.0 * 2f64.powf(lot.next(24) as f64 / 12.0);
        for at in 0..RATE / 4 {
            let turn = std::f64::consts::TAU * pitch * at as f64 / RATE as f64;
            let sound = turn.sin() + (2.0 * turn).sin() / 2.0 + (3.0 * turn).sin() / 3.0;
            samples.push((sound * 8_000.0 * (1.0 - at as f64 * 3.0 / RATE as f64)) as i16);
        }
    }
    let data: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data.len() as u32).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend((RATE as u32).to_le_bytes());
    bytes.extend((2 * RATE as u32).to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(data);
    bytes
}

/// What was found alike, as `work what other`.
fn pairs(report: &Value) -> BTreeSet<String> {
    let mut pairs = BTreeSet::new();
    for submission in report["submissions"].as_array().expect("submissions") {
        let name = |path: &Value| path.as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
        for found in submission["alike"]["works"].as_array().map_or(&[][..], Vec::as_slice) {
            let (a, b) = (name(&submission["path"]), name(&found["other"]));
            pairs.insert(format!("{a} {} {b}", found["what"].as_str().expect("a word")));
        }
    }
    pairs
}

fn expected(pairs: &[&str]) -> BTreeSet<String> {
    pairs.iter().map(|pair| (*pair).to_owned()).collect()
}

#[test]
fn copies_are_found_however_they_were_saved() {
    let batch = Batch::new();
    // Ten works that have nothing to do with each other.
    for number in 0..10 {
        batch.write(&format!("works/n{number}/a.txt"), text(100 + number).join(" "));
        batch.write(&format!("works/p{number}/a.jpg"), encoded(&picture(number), ImageFormat::Jpeg));
        batch.write(&format!("works/s{number}/a.wav"), tune(number, 20));
    }
    batch.write("works/x1/b.txt", text(100).join(" "));
    // One word in ten is another; then as a page, in an archive.
    let other = |seed| -> Vec<&str> {
        let with = |(at, word): (usize, &'static str)| if at % 10 == 3 { "басқаша" } else { word };
        text(seed).into_iter().enumerate().map(with).collect()
    };
    batch.write("works/x2/b.txt", other(101).join("  \n"));
    let page = format!("<html><body><p>{}</p><script>let a = 1;</script></body></html>", other(102).join("</b> <b>"));
    batch.write("works/x3.zip", archive(&[("b.html", page)]));
    // A quarter of the size, as PNG.
    let small = image::imageops::thumbnail(&picture(3), 160, 120);
    batch.write("works/x4/b.png", encoded(&small, ImageFormat::Png));
    // Ten seconds out of the middle, as MP3.
    let (wav, mp3) = (batch.path("works/s5/a.wav"), batch.path("cut.mp3"));
    let cut = ["-v", "error", "-ss", "5", "-i", &wav, "-t", "10", "-ar", "44100", "-b:a", "48k", &mp3];
    assert!(witness("ffmpeg").args(cut).status().expect("ffmpeg").success());
    batch.write("works/x6/b.mp3", fs::read(&mp3).expect("a recording"));

    let report = batch.report(&[]);
    assert_eq!(
        pairs(&report),
        expected(&[
            "n0 bytes x1",
            "x1 bytes n0",
            "n1 text x2",
            "x2 text n1",
            "n2 text x3.zip",
            "x3.zip text n2",
            "p3 image x4",
            "x4 image p3",
            "s5 sound x6",
            "x6 sound s5",
        ])
    );
    let submissions = report["submissions"].as_array().expect("submissions");
    let cut = submissions.iter().find(|one| one["path"].as_str().is_some_and(|path| path.ends_with("x6")));
    let seconds = &cut.expect("the cut one")["alike"]["works"][0]["seconds"];
    assert!((seconds[1].as_f64().expect("a number") - 5.0).abs() < 0.5, "where it was cut out: {seconds}");
}

#[test]
fn what_everybody_has_is_no_copy() {
    let batch = Batch::new();
    let form = text(7).join(" ");
    for number in 0..8 {
        let own: Vec<&str> = text(200 + number).into_iter().take(60).collect();
        batch.write(&format!("works/{number}/a.txt"), format!("{form} {}", own.join(" ")));
        batch.write(&format!("works/{number}/logo.png"), encoded(&picture(1), ImageFormat::Png));
        batch.write(&format!("works/{number}/lib.js"), "function library() { return 1; } ".repeat(10));
    }
    assert_eq!(pairs(&batch.report(&[])), expected(&[]));
}

/// Two of ten enclose the rules of the contest: the file is told, and nobody is said to have sent one work twice.
#[test]
fn a_file_that_two_works_share_does_not_make_them_one() {
    let batch = Batch::new();
    for name in ["a", "b"] {
        batch.write(&format!("works/{name}/ереже.txt"), text(1).join(" "));
        batch.write(&format!("works/{name}/жұмыс.wav"), tune(5, 20));
        batch.write(&format!("works/{name}/{name}.txt"), text(u64::from(name.as_bytes()[0])).join(" "));
    }
    fs::write(batch.path("works/b/жұмыс.wav"), &tune(5, 20)[..400_000]).expect("a file");
    let report = batch.report(&[]);
    assert_eq!(
        pairs(&report),
        expected(&["a bytes b", "b bytes a", "a sound b", "b sound a"]),
        "the sound is told too"
    );
    let submission = &report["submissions"][0];
    let bytes = submission["alike"]["works"].as_array().expect("works").iter().find(|one| one["what"] == "bytes");
    assert_eq!(bytes.expect("the rules")["share"], 0.33);
    let own = submission["requirements"].as_array().expect("requirements").iter();
    let outcome = own.filter(|one| one["id"] == "bjb-work-submitted-once").map(|one| &one["outcome"]).next();
    assert_eq!(outcome, Some(&"not-checked".into()), "a person looks at the sound");
}

#[test]
fn a_pair_that_was_looked_at_keeps_quiet() {
    let batch = Batch::new();
    for name in ["a", "b", "c"] {
        batch.write(&format!("works/{name}/x.txt"), text(1).join(" "));
    }
    assert_eq!(pairs(&batch.report(&[])).len(), 6);
    batch.write("seen.csv", "works/A;works/b\nworks/c;works/a\n");
    let seen = batch.path("seen.csv");
    assert_eq!(pairs(&batch.report(&["--reviewed", &seen])), expected(&["b bytes c", "c bytes b"]));
}

#[test]
fn the_author_decides_whether_a_work_was_sent_twice() {
    let batch = Batch::new();
    let names = [("a", "Үлгісова Үлгі"), ("b", "УЛГИСОВА  ҮЛГІ"), ("c", "Басқа Адам"), ("d", "")];
    let mut table = "Файл;Аты-жөні\n".to_owned();
    for (name, author) in names {
        batch.write(&format!("works/{name}/x.txt"), text(1).join(" "));
        table.push_str(&format!("{name};{author}\n"));
    }
    batch.write("table.csv", table);
    let report = batch.report(&["--registry", &batch.path("table.csv")]);
    let outcome = |at: usize| {
        let all = report["submissions"][at]["requirements"].as_array().expect("requirements");
        let own = all.iter().find(|one| one["id"] == "bjb-work-submitted-once").expect("the requirement");
        own["outcome"].as_str().expect("a word").to_owned()
    };
    assert_eq!([outcome(0), outcome(1)], ["failed", "failed"], "one author, with other letters");
    let same = report["submissions"][0]["alike"]["author"].as_array().map_or(0, Vec::len);
    assert_eq!(same, 1, "the same author is told");
    // Nothing but copies of others: a person finds out whose it is. One without a name may be anybody's.
    assert_eq!(outcome(3), "failed");
    let works = report["submissions"][2]["alike"]["works"].as_array().expect("works");
    assert!(works.iter().any(|one| one["same_author"] == false));
    let alone = Batch::new();
    alone.write("works/a/x.txt", text(1).join(" ")).write("works/b/x.txt", text(2).join(" "));
    let submission = &alone.report(&[])["submissions"][0];
    let own = submission["requirements"].as_array().expect("requirements").iter();
    assert_eq!(
        own.filter(|one| one["id"] == "bjb-work-submitted-once").map(|one| &one["outcome"]).next(),
        Some(&"passed".into())
    );
}

#[test]
fn works_of_earlier_years_are_found_again() {
    let batch = Batch::new();
    batch.write("works/old/x.txt", text(1).join(" "));
    let later = "extends = \"bjb-2020\"\nid = \"bjb-2021\"\n";
    batch
        .write("later.toml", later)
        .write("now/new/y.txt", text(1).join(" "))
        .write("now/other/y.txt", text(2).join(" "));
    let (index, profile, now) = (batch.path("works.index"), batch.path("later.toml"), batch.path("now"));
    assert_eq!(pairs(&batch.report(&["--index", &index])), expected(&[]));
    assert_eq!(pairs(&batch.report(&["--index", &index])), expected(&[]), "a work is not its own copy");
    let report = report(&["--profile", &profile, "--index", &index, &now]);
    assert_eq!(pairs(&report), expected(&["new bytes old"]));
    let found = &report["submissions"][0]["alike"]["works"][0];
    assert_eq!(found["contest"], "bjb-2020@2020-10-02");
    let told = report["submissions"][0]["findings"].as_array().expect("findings").iter();
    assert_eq!(told.filter(|one| one["id"] == "alike-bytes").count(), 1);

    batch.write("broken.index", "no database");
    let broken = batch.path("broken.index");
    let ran = run(&["check", "--profile", &profile, "--index", &broken, &now, "--lang", "en"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert_eq!(fs::read(&broken).expect("a file"), b"no database", "nothing of it was changed");
    let ran = run(&["check", "--index", &index, &now]);
    assert_eq!(ran.status, 2, "order-121 compares nothing");
}

#[test]
fn prints_of_damaged_files_are_taken_without_harm() {
    let limits = Limits::default();
    let context = Context { prints: true, works: true, documents: true, ..Context::alone(&limits) };
    let mut lot = Lot(121);
    let samples = files(&root().join("samples"));
    assert!(samples.len() > 80, "samples were found");
    for path in samples.iter().filter(|path| path.metadata().is_ok_and(|one| one.len() < 200_000)) {
        let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
        let whole = fs::read(path).expect("a sample");
        for round in 0..3 {
            let mut bytes = whole.clone();
            if round > 0 && !bytes.is_empty() {
                bytes.truncate(1 + lot.next(whole.len()));
                let at = lot.next(bytes.len());
                bytes[at] ^= 0x55;
            }
            let facts = probe(&Memory(bytes.as_slice()), name, None, &context);
            let prints = facts.file.prints.expect("prints");
            assert_ne!(prints.digest, [0; 32], "{}", Path::new(name).display());
        }
    }
}
