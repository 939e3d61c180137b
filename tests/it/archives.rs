//! Archives that tell different programs different things, names that harm, and bombs. Each is written byte by byte.

use tekser::facts::ConflictKind;
use tekser::finding::Level;
use tekser::judge::{Outcome, Verdict};

use crate::build::{PAGE, RawEntry, archive, program, raw_zip};
use crate::common::{Judged, judged};

fn page() -> RawEntry {
    RawEntry::new("index.html", b"<!doctype html><title>Quiz</title><p>A quiz<script></script>")
}

/// An archive of the start page and `others`.
fn with(others: &[RawEntry]) -> Judged {
    judged(&raw_zip(&[&[page()], others].concat(), b""), "a.zip")
}

/// An archive of the start page, changed.
fn changed(change: impl FnOnce(&mut RawEntry)) -> Judged {
    let mut page = page();
    change(&mut page);
    judged(&raw_zip(&[page], b""), "a.zip")
}

fn conflicts(judged: &Judged) -> Vec<ConflictKind> {
    let bundle = judged.facts.file.bundle.as_ref().expect("an archive");
    bundle.archive.iter().flat_map(|archive| &archive.conflicts).map(|conflict| conflict.what).collect()
}

fn descriptor(crc: u32, packed: u32, size: u32) -> Vec<u8> {
    [&b"PK\x07\x08"[..], &crc.to_le_bytes(), &packed.to_le_bytes(), &size.to_le_bytes()].concat()
}

#[test]
fn what_is_written_by_hand_is_clean_if_nothing_is_changed() {
    let clean = with(&[RawEntry::new("a.css", b"p{}")]);
    assert!(clean.judgement.findings.is_empty(), "{:?}", clean.judgement.findings);
    assert_eq!(clean.outcome("app-zip-archive"), Outcome::Passed);
}

/// The directory says one thing, the header before the entry another: the gate sees a page, the pupil a program.
#[test]
fn two_descriptions_of_one_entry_are_an_error() {
    use ConflictKind as C;
    for (expected, judged) in [
        (C::Name, changed(|page| page.local_name = b"setup.exe.".to_vec())),
        (C::Checksum, changed(|page| page.local_crc ^= 1)),
        (C::Size, changed(|page| page.local_size += 1)),
        (C::PackedSize, changed(|page| page.local_packed -= 1)),
        (C::Method, changed(|page| page.local_method = 8)),
        (C::Encryption, changed(|page| page.local_flags = 1)),
        (
            C::Descriptor,
            changed(|page| {
                (page.flags, page.local_flags) = (8, 8);
                page.after = descriptor(page.crc, page.packed + 1, page.size);
            }),
        ),
    ] {
        assert_eq!(conflicts(&judged), [expected]);
        assert_eq!(judged.errors(), ["zip-inconsistent @ index.html"], "{expected:?}");
        assert_eq!(judged.judgement.verdict, Verdict::NonCompliant, "{expected:?}");
    }
}

#[test]
fn sizes_behind_the_data_are_good_in_every_form() {
    for (signed, wide) in [(true, false), (false, false), (true, true), (false, true)] {
        let judged = changed(|page| {
            (page.flags, page.local_flags) = (8, 8);
            let number = |n: u32| if wide { u64::from(n).to_le_bytes().to_vec() } else { n.to_le_bytes().to_vec() };
            let mark = if signed { b"PK\x07\x08".to_vec() } else { Vec::new() };
            page.after = [mark, page.crc.to_le_bytes().to_vec(), number(page.packed), number(page.size)].concat();
            (page.local_crc, page.local_packed, page.local_size) = (0, 0, 0);
        });
        assert!(judged.judgement.findings.is_empty(), "{signed} {wide}: {:?}", judged.judgement.findings);
    }
}

#[test]
fn an_entry_that_the_directory_conceals_is_found() {
    let hidden = RawEntry { listed: false, ..RawEntry::new("setup.exe", &program()) };
    let between = with(&[hidden.clone(), RawEntry::new("a.css", b"p{}")]);
    assert_eq!(conflicts(&between), [ConflictKind::Unlisted]);
    assert_eq!(between.judgement.verdict, Verdict::NonCompliant);
    // What it is was not looked at, so nothing about it is passed.
    assert_eq!(between.outcome("app-no-executables"), Outcome::NotChecked);
    let last = with(&[hidden]);
    assert_eq!(conflicts(&last), [ConflictKind::Unlisted]);
}

#[test]
fn a_folder_that_holds_a_file_is_found() {
    let judged = with(&[RawEntry::new("img/", &program())]);
    assert_eq!(conflicts(&judged), [ConflictKind::Folder]);
    assert_eq!(judged.errors(), ["zip-inconsistent @ img/"]);
    // Nobody unpacks it, and so nobody has looked at it.
    assert_eq!(judged.outcome("app-no-executables"), Outcome::NotChecked);
    let mut claims = RawEntry::new("img/", b"");
    (claims.size, claims.local_size) = (65_535, 65_535);
    assert_eq!(conflicts(&with(&[claims])), [ConflictKind::Folder]);
    // As Java packs it.
    let packed = RawEntry {
        method: 8,
        local_method: 8,
        packed: 2,
        local_packed: 2,
        size: 0,
        local_size: 0,
        crc: 0,
        local_crc: 0,
        ..RawEntry::new("img/", b"\x03\0")
    };
    let java = with(&[RawEntry::new("css/", b""), packed]);
    assert!(java.judgement.findings.is_empty(), "{:?}", java.judgement.findings);
}

#[test]
fn entries_that_share_bytes_are_found() {
    let mut again = page();
    again.name = b"again.html".to_vec();
    again.shares = Some(0);
    let judged = with(&[again]);
    assert_eq!(conflicts(&judged), [ConflictKind::Name, ConflictKind::Overlap]);
    assert_eq!(judged.judgement.verdict, Verdict::NonCompliant);
}

#[test]
fn two_files_of_one_name_are_an_error_and_nearly_one_name_a_warning() {
    let twice = with(&[RawEntry::new("a.js", b"1"), RawEntry::new("a.js", b"2")]);
    assert_eq!(conflicts(&twice), [ConflictKind::Duplicate]);
    assert_eq!(twice.errors(), ["zip-inconsistent @ a.js"]);
    for (one, other) in [("a.js", "A.js"), ("й.png", "и\u{306}.png"), ("a/b.js", "A/B.JS")] {
        let judged = with(&[RawEntry::new(one, b"1"), RawEntry::new(other, b"2")]);
        assert_eq!(judged.found(Level::Warning), [format!("names-collide @ {other}")], "{one} {other}");
    }
}

#[test]
fn bytes_that_belong_to_nothing_are_told() {
    let gap = with(&[RawEntry { before: vec![7; 40], ..RawEntry::new("a.css", b"p{}") }]);
    assert_eq!(conflicts(&gap), [ConflictKind::Gap]);
    assert_eq!(gap.found(Level::Warning), ["zip-untidy @ "]);
    let prefix = judged(&raw_zip(&[RawEntry { before: b"and before".to_vec(), ..page() }], b""), "a.zip");
    assert_eq!(conflicts(&prefix), [ConflictKind::Prefix]);
    assert_eq!(prefix.found(Level::Warning), ["zip-untidy @ "]);
    let program = judged(&raw_zip(&[RawEntry { before: program(), ..page() }], b""), "a.zip");
    assert_eq!(program.outcome("app-zip-archive"), Outcome::Failed, "an archive that unpacks itself is a program");
    let behind = judged(&[raw_zip(&[page()], b""), b"and more".to_vec()].concat(), "a.zip");
    assert_eq!(behind.found(Level::Warning).len(), 1);
}

#[test]
fn an_archive_in_the_comment_of_an_archive_is_found() {
    let inner = raw_zip(&[RawEntry::new("evil.html", b"<p>")], b"");
    let judged = judged(&raw_zip(&[page()], &inner), "a.zip");
    assert_eq!(judged.judgement.verdict, Verdict::NonCompliant);
    assert!(conflicts(&judged).contains(&ConflictKind::SecondEnd), "{:?}", conflicts(&judged));
}

#[test]
fn parts_in_other_files_are_missed() {
    let mut bytes = raw_zip(&[page()], b"");
    let end = bytes.len() - 22;
    bytes[end + 4] = 1;
    let judged = judged(&bytes, "a.zip");
    assert_eq!(conflicts(&judged), [ConflictKind::Disks]);
    assert_eq!(judged.outcome("app-no-executables"), Outcome::NotChecked);
}

#[test]
fn names_that_harm_are_errors_and_names_that_hinder_warnings() {
    for (name, message) in [
        ("../../evil.html", "name-leads-out"),
        ("/etc/evil.html", "name-leads-out"),
        ("C:\\evil.html", "name-leads-out"),
        ("a\u{1}.html", "name-unseen"),
        ("photo\u{202E}gnp.html", "name-deceives"),
    ] {
        let judged = with(&[RawEntry::new(name, b"<p>")]);
        let shown = name.replace('\\', "/");
        assert_eq!(judged.errors(), [format!("{message} @ {shown}")], "{name:?}");
        assert_eq!(judged.judgement.verdict, Verdict::NonCompliant);
    }
    for (name, message) in [("img/aux.png", "name-windows"), ("what?.html", "name-windows"), ("a.css ", "name-windows")]
    {
        let judged = with(&[RawEntry::new(name, b"p{}")]);
        assert!(judged.found(Level::Warning).contains(&format!("{message} @ {name}")), "{name:?}");
    }
    let link = RawEntry { attributes: 0o120_777 << 16, ..RawEntry::new("shortcut", b"/etc/passwd") };
    assert!(with(&[link]).found(Level::Warning).contains(&"entry-link @ shortcut".to_owned()));
}

#[test]
fn russian_and_kazakh_names_come_out_readable() {
    let names = |entries: &[RawEntry]| -> Vec<String> {
        let judged = with(entries);
        let bundle = judged.facts.file.bundle.as_ref().expect("an archive");
        bundle.entries.iter().skip(1).map(|entry| entry.name.clone()).collect()
    };
    let named = |raw: &[u8], flags: u16| {
        let mut entry = RawEntry::new("", b"p{}");
        (entry.name, entry.local_name) = (raw.to_vec(), raw.to_vec());
        (entry.flags, entry.local_flags) = (flags, flags);
        entry
    };
    let (dos, ..) = encoding_rs::IBM866.encode("Урок/Задание 1.css");
    let (windows, ..) = encoding_rs::WINDOWS_1251.encode("Урок/Задание 1.css");
    assert_eq!(names(&[named(&dos, 0)]), ["Урок/Задание 1.css"]);
    assert_eq!(names(&[named(&windows, 0)]), ["Урок/Задание 1.css"]);
    assert_eq!(names(&[named(b"\xD1\xE0\xE1\xE0\x9D \xBA\xB3.css", 0)]), ["Сабақ ғі.css"], "KZ-1048");
    for flags in [0, 1 << 11] {
        assert_eq!(names(&[named("Сабақ жоспары.css".as_bytes(), flags)]), ["Сабақ жоспары.css"]);
    }
    let told = with(&[named(&dos, 0)]);
    assert_eq!(told.found(Level::Warning), ["names-in-code-page @ Урок/Задание 1.css"]);
    assert_eq!(told.outcome("app-zip-archive"), Outcome::Passed);
}

#[test]
fn bombs_stop_at_the_budget() {
    let zeros = vec![0u8; 300 << 20];
    let bomb = archive(&[("index.html", PAGE.as_bytes()), ("zeros.txt", &zeros)]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let flat = judged(&bomb, "bomb.zip");
    assert_eq!(flat.errors(), ["zip-bomb @ zeros.txt"]);
    assert_eq!(flat.judgement.verdict, Verdict::NonCompliant);
    assert_eq!(flat.outcome("app-no-executables"), Outcome::NotChecked);

    // Sixteen of them in each of sixteen archives in one archive.
    let sixteen = |inner: &[u8]| {
        let names: Vec<String> = (0..16).map(|number| format!("{number}.zip")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), inner)).collect();
        archive(&files)
    };
    let zeros = archive(&[("zeros.txt", &zeros[..200 << 20])]);
    let nested = judged(&sixteen(&sixteen(&zeros)), "42.zip");
    assert_ne!(nested.judgement.verdict, Verdict::Compliant);
    assert_eq!(nested.outcome("app-no-executables"), Outcome::NotChecked);
}
