//! Apps: each thing that must not be there is found in the right file and line, and nothing else is.

use tekser::finding::Level;
use tekser::judge::{Outcome, Verdict};

use crate::build::{PAGE, app, archive, program};
use crate::common::judged;

fn page(line: &str) -> Vec<u8> {
    PAGE.replace("<body>", &format!("<body>\n{line}\n")).into_bytes()
}

#[test]
fn a_clean_app_has_no_findings_and_waits_for_browser_and_scanner() {
    let clean = judged(&app(&[]), "quiz.zip");
    assert_eq!(clean.judgement.verdict, Verdict::Incomplete);
    assert!(clean.judgement.findings.is_empty(), "{:?}", clean.judgement.findings);
    for passed in [
        "app-zip-archive",
        "app-archive-content-kinds",
        "app-root-index-html",
        "app-no-forbidden-extensions",
        "app-no-executables",
        "app-no-links-to-forbidden-files",
        "app-external-web-minimal",
        "app-no-personal-data-collection",
        "app-no-statistics-collection",
    ] {
        assert_eq!(clean.outcome(passed), Outcome::Passed, "{passed}");
    }
    for open in
        ["app-index-launches", "app-browser-matrix", "app-no-js-errors", "app-no-malware", "app-no-harmful-code"]
    {
        assert_eq!(clean.outcome(open), Outcome::NotChecked, "{open}");
    }
}

#[test]
fn the_start_page_lies_at_the_root() {
    let errors = |files: &[(&str, &str)]| judged(&archive(files), "a.zip").errors();
    assert_eq!(errors(&[("quiz/index.html", PAGE), ("quiz/style.css", "")]), ["index-in-folder @ quiz/index.html"]);
    assert_eq!(errors(&[("Index.HTML", PAGE)]), ["index-misnamed @ Index.HTML"]);
    assert_eq!(errors(&[("index.htm", PAGE)]), ["index-misnamed @ index.htm"]);
    assert_eq!(errors(&[("start.html", PAGE)]), ["index-missing @ "]);
    assert_eq!(errors(&[("index.html", ""), ("a.html", PAGE)]), ["index-empty @ index.html"]);
}

#[test]
fn programs_are_found_under_any_name() {
    let program = program();
    let found = |name: &str| judged(&app(&[(name, &program)]), "a.zip").errors();
    assert_eq!(found("setup.exe"), ["executable-inside @ setup.exe", "forbidden-extension @ setup.exe"]);
    assert_eq!(found("docs/run.txt"), ["executable-inside @ docs/run.txt"]);
    assert_eq!(found("img/photo.jpg"), ["executable-inside @ img/photo.jpg"]);
    let shell = judged(&app(&[("start", b"#!/bin/sh\nrm -r ~\n")]), "a.zip");
    assert_eq!(shell.errors(), ["executable-inside @ start"]);
    let tool = judged(&app(&[("cli.js", b"#!/usr/bin/env node\n1")]), "a.zip");
    assert!(tool.errors().is_empty(), "a hashbang is a comment to a browser");
}

#[test]
fn forbidden_extensions_are_found_however_they_are_written() {
    for name in ["macro.docm", "RUN.BAT", "a/b.Cmd", "x.exe.", "y.scr . ", "old.doc"] {
        let judged = judged(&app(&[(name, b"text")]), "a.zip");
        assert_eq!(judged.outcome("app-no-forbidden-extensions"), Outcome::Failed, "{name}");
    }
    for name in ["jquery.com.js", "doc", "vb/readme.txt", "a.docx"] {
        let judged = judged(&app(&[(name, b"text")]), "a.zip");
        assert_eq!(judged.outcome("app-no-forbidden-extensions"), Outcome::Passed, "{name}");
    }
    let hidden = judged(&app(&[("photo.exe.jpg", b"text")]), "a.zip");
    assert_eq!(hidden.found(Level::Warning), ["forbidden-extension-inside @ photo.exe.jpg"]);
}

#[test]
fn what_is_forbidden_is_found_inside_nested_archives() {
    let inner = archive(&[("deep/setup.exe", program())]);
    let judged = judged(&app(&[("files.zip", &inner)]), "a.zip");
    assert!(judged.errors().contains(&"executable-inside @ files.zip!/deep/setup.exe".to_owned()));
}

#[test]
fn an_archive_that_cannot_be_opened_leaves_the_question_open() {
    let judged = judged(&app(&[("files.rar", b"Rar!\x1A\x07\x01\x00 and so on")]), "a.zip");
    assert_eq!(judged.outcome("app-no-executables"), Outcome::NotChecked);
    assert_eq!(judged.outcome("app-no-forbidden-extensions"), Outcome::NotChecked);
}

#[test]
fn links_to_programs_are_found_in_their_line() {
    let html = page("<a href=\"https://x.example/a.exe\">x</a> <a href='https://x.com'>y</a>");
    let links = judged(&app(&[("index.html", &html)]), "a.zip");
    assert_eq!(links.errors(), ["link-to-forbidden @ index.html:8"]);
    let script = judged(&app(&[("quiz.js", b"// setup.exe\nopen('files/setup.exe')")]), "a.zip");
    assert_eq!(script.errors(), ["link-to-forbidden @ quiz.js:2"]);
    let words = judged(&app(&[("quiz.js", b"t('comment.doc', 'shop.com', 'sys.ps1')")]), "a.zip");
    assert!(words.judgement.findings.is_empty(), "{:?}", words.judgement.findings);
    let name = judged(&app(&[("quiz.js", b"open('setup.exe')")]), "a.zip");
    assert_eq!(name.found(Level::Warning), ["text-like-forbidden @ quiz.js:1"]);
    let style = judged(&app(&[("style.css", b"a{}\nb{background:url(x.bat)}")]), "a.zip");
    assert_eq!(style.errors(), ["link-to-forbidden @ style.css:2"]);
}

#[test]
fn trackers_are_found_in_their_line() {
    let google = page(
        "<script async src=\"https://www.googletagmanager.com/gtag/js?id=G-ABC\"></script>\n<script>\n\
         window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('config','G-ABC');</script>",
    );
    let judged_google = judged(&app(&[("index.html", &google)]), "a.zip");
    assert_eq!(judged_google.errors(), ["tracker @ index.html:8"]);
    assert_eq!(judged_google.outcome("app-no-statistics-collection"), Outcome::Failed);

    let metrika = page(
        "<script>(function(m,e,t,r,i,k,a){m[i]=m[i]||function(){}})\n\
         (window, document, 'script', 'https://mc.yandex.ru/metrika/tag.js', 'ym'); ym(1, 'init', {});</script>\n\
         <noscript><div><img src=\"https://mc.yandex.ru/watch/1\" alt=\"\"></div></noscript>",
    );
    let judged_metrika = judged(&app(&[("index.html", &metrika)]), "a.zip");
    assert_eq!(judged_metrika.errors(), ["tracker @ index.html:9"]);
}

#[test]
fn outside_hosts_are_listed_and_left_to_a_person() {
    let html = page("<script src='https://cdn.example/x.js'></script><a href='https://kz.example/'>a</a>");
    let judged = judged(&app(&[("index.html", &html)]), "a.zip");
    assert_eq!(judged.found(Level::Warning), ["outside-loaded @ index.html:8"]);
    assert_eq!(judged.outcome("app-external-web-minimal"), Outcome::NotChecked);
    assert_eq!(judged.outcome("app-no-statistics-collection"), Outcome::NotChecked);
}

#[test]
fn forms_about_a_person_are_found() {
    let html = page("<form action='https://x.example/send'><input name='email'></form>");
    let sends = judged(&app(&[("index.html", &html)]), "a.zip");
    assert!(sends.errors().contains(&"form-sends-personal @ index.html:8".to_owned()));
    let quiet = judged(&app(&[("index.html", &page("<form><input name='answer1'></form>"))]), "a.zip");
    assert_eq!(quiet.outcome("app-no-personal-data-collection"), Outcome::Passed);
}

#[test]
fn missing_and_misspelt_files_are_told() {
    let html = page("<img src='img/a.png'><img src='img/B.png'>");
    let judged = judged(&app(&[("index.html", &html), ("img/b.png", b"x")]), "a.zip");
    assert_eq!(judged.found(Level::Warning), ["reference-missing @ index.html:8", "reference-case @ index.html:8"]);
}

#[test]
fn broken_archives_are_not_passed() {
    let whole = app(&[]);
    for length in [10, whole.len() / 2, whole.len() - 1] {
        let cut = judged(&whole[..length], "a.zip");
        assert_eq!(cut.outcome("app-zip-archive"), Outcome::Failed, "cut to {length}");
    }
    // One bit of the packed page.
    let mut flipped = whole;
    let at = flipped.windows(10).position(|window| window == b"index.html").expect("the name") + 60;
    flipped[at] ^= 4;
    assert_eq!(judged(&flipped, "a.zip").outcome("app-zip-archive"), Outcome::Failed);
    assert_eq!(judged(b"Rar!\x1A\x07\x01\x00....", "quiz.rar").errors(), ["not-a-zip @ "]);
}

#[test]
fn a_password_keeps_everybody_out() {
    use std::io::Write;
    use zip::unstable::write::FileOptionsExt;

    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().with_deprecated_encryption(b"secret").expect("encryption");
    writer.start_file("index.html", options).expect("a new entry");
    writer.write_all(PAGE.as_bytes()).expect("writing into memory");
    let judged = judged(&writer.finish().expect("a directory").into_inner(), "a.zip");
    assert_eq!(judged.errors(), ["zip-encrypted @ index.html"]);
    assert_eq!(judged.outcome("app-no-executables"), Outcome::NotChecked);
}
