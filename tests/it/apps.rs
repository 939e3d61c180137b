//! Apps: each thing that must not be there is found in the right file and line, and nothing else is.

use tekser::finding::{Arg, Level};
use tekser::judge::{Outcome, Verdict};

use crate::build::{PAGE, app, archive, ole, program};
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
    assert_eq!(errors(&[("index.html.html", PAGE)]), ["index-misnamed @ index.html.html"]);
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
fn macros_are_found_in_old_and_new_documents() {
    let old = ole(&["Root Entry", "WordDocument", "Macros", "_VBA_PROJECT"]);
    assert_eq!(judged(&app(&[("plan.dat", &old)]), "a.zip").errors(), ["macros-inside @ plan.dat"]);
    let plain = ole(&["Root Entry", "WordDocument"]);
    assert!(judged(&app(&[("plan.dat", &plain)]), "a.zip").errors().is_empty());
    let new = archive(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x")]);
    assert_eq!(judged(&app(&[("plan.docx", &new)]), "a.zip").errors(), ["macros-inside @ plan.docx"]);
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
fn what_can_report_is_told_from_what_does() {
    let found = |name: &str, script: &str, html: &str| {
        let judged = judged(&app(&[("index.html", &page(html)), (name, script.as_bytes())]), "a.zip");
        let all = [Level::Error, Level::Warning, Level::Note].map(|level| judged.found(level)).concat();
        all.into_iter().filter(|found| found.starts_with("tracker")).collect::<Vec<_>>()
    };
    let snippet = "load('https://www.google-analytics.com/analytics.js')";
    assert_eq!(found("a.js", snippet, "<script src=a.js></script>"), ["tracker @ a.js:1"]);
    assert_eq!(found("a.js", snippet, ""), ["tracker-idle @ a.js:1"], "nothing loads it");
    let library = format!("{snippet};{}", "f(1);".repeat(8_000));
    assert_eq!(found("a.js", &library, "<script src=a.js></script>"), ["tracker-library @ a.js:1"]);
    let bundled =
        "var s = document.createElement('script'); s.src = u + 'matomo.js';".to_owned() + &"f(1);".repeat(8_000);
    let can =
        judged(&app(&[("index.html", &page("<script src=a.js></script>")), ("a.js", bundled.as_bytes())]), "a.zip");
    assert!(can.errors().is_empty());
    assert_eq!(can.outcome("app-no-statistics-collection"), Outcome::NotChecked, "what can report is not passed");
    let names = "var known = ['https://www.datadoghq-browser-agent.com', 'http://localhost']";
    assert_eq!(found("a.js", names, "<script src=a.js></script>"), ["tracker-idle @ a.js:1"]);
    let halves = "<script>ga.src = (s ? 'https://ssl' : 'http://www') + '.google-analytics.com/ga.js'</script>";
    assert_eq!(found("b.js", "", halves), ["tracker @ index.html:8"]);
    let matomo = "<script>var u = 'https://m.example/'; g.src = u + 'matomo.js'</script>";
    assert_eq!(found("b.js", "", matomo), ["tracker @ index.html:8"]);
    assert!(found("b.js", "", &format!("<script src=b.js>{snippet}</script>")).is_empty(), "it is never run");
    let inner = archive(&[("index.html", format!("<script>{snippet}</script>"))]);
    let packed = judged(&app(&[("old.zip", &inner)]), "a.zip");
    assert_eq!(packed.errors(), Vec::<String>::new());
    assert!(packed.found(Level::Warning).contains(&"tracker-packed @ old.zip!/index.html:1".to_owned()));
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

#[test]
fn addresses_that_are_nearly_right_get_a_hint() {
    let html = page("<img src='pictures/triangel.png'><img src='logo.jpg'><script src='quiz.js'></script>");
    let files: [(&str, &[u8]); 4] =
        [("index.html", &html), ("pictures/triangle.png", b"x"), ("logo.png", b"x"), ("js/quiz.js", b"1")];
    let judged = judged(&archive(&files), "a.zip");
    let near = judged.found(Level::Warning).into_iter().filter(|found| found.starts_with("reference-near")).count();
    assert_eq!(near, 3, "{:?}", judged.found(Level::Warning));
}

#[test]
fn what_hardly_anybody_misses_is_a_note() {
    let html = page(
        "<link rel=icon href=i.ico><link rel=stylesheet href=a.css>\n\
         <audio><source src=b.ogg><source src=b.mp3></audio><img src=img2.png>",
    );
    let css: &[u8] = b".x{background:url(c.png)}";
    let judged = judged(&app(&[("index.html", &html), ("a.css", css), ("b.mp3", b"x"), ("img5.png", b"x")]), "a.zip");
    assert_eq!(judged.found(Level::Warning), ["reference-missing @ index.html:9"], "img5.png is another picture");
    assert_eq!(
        judged.found(Level::Note),
        [
            "reference-missing-style @ a.css:1",
            "reference-missing-style @ index.html:8",
            "reference-missing-form @ index.html:9",
        ]
    );
}

#[test]
fn files_that_nothing_names_get_one_note() {
    let html = "<!doctype html><title>a</title><img src='a.png'><base href='./'>";
    let files = [("index.html", html), ("a.png", "x"), ("b.png", "x"), ("old/c.png", "x"), ("README.md", "x")];
    assert_eq!(judged(&archive(&files), "a.zip").found(Level::Note), ["files-unused @ b.png"]);
    let script = [("index.html", "<script>for (;;) load('b' + n)</script>"), ("b.png", "x")];
    assert!(judged(&archive(&script), "a.zip").found(Level::Note).is_empty(), "a script may put names together");
}

#[test]
fn scripts_that_no_browser_takes_are_errors_where_they_run() {
    let broken: &[u8] = b"var a = 1;\nvar b = ;\n";
    let html = page("<script src='js/a.js'></script>");
    let runs = judged(&app(&[("index.html", &html), ("js/a.js", broken)]), "a.zip");
    assert_eq!(runs.errors(), ["script-broken @ js/a.js:2"]);
    assert_eq!(runs.outcome("app-no-js-errors"), Outcome::Failed);
    let idle = judged(&app(&[("js/b.js", broken)]), "a.zip");
    assert!(idle.errors().is_empty());
    assert!(idle.found(Level::Note).contains(&"script-broken-unused @ js/b.js:2".to_owned()));
    let inline = judged(&app(&[("index.html", &page("<script>\nlet x = 1; let x = 2;</script>"))]), "a.zip");
    assert_eq!(inline.errors(), ["script-broken @ index.html:9"]);
    let template: &[u8] = b"<li onclick={ edit } each='{{x}}'><script>this.edit = () => { bad ( }</script>";
    let unreached = judged(&app(&[("tags/todo.html", template)]), "a.zip");
    assert!(unreached.errors().is_empty(), "a template is no page: {:?}", unreached.errors());
    let handler = judged(&app(&[("index.html", &page("<button onclick='go('>x</button>"))]), "a.zip");
    assert_eq!(handler.errors(), ["script-broken @ index.html:8"]);
}

#[test]
fn unreadable_scripts_are_warned_of_unless_they_are_known() {
    let hidden = judged(&app(&[("x.js", b"eval(atob('YWxlcnQoMSk='))")]), "a.zip");
    assert_eq!(hidden.found(Level::Warning), ["script-unreadable @ x.js:1"]);
    let known = b"/*! jQuery v1.4.2 */\neval(function(p,a,c,k,e,d){return p}('0',1,1,''.split('|'),0,{}))";
    assert!(judged(&app(&[("jquery.js", known)]), "a.zip").found(Level::Warning).is_empty());
}

#[test]
fn personal_data_that_is_kept_is_told() {
    let keeps =
        judged(&app(&[("x.js", b"localStorage.setItem('email', e); localStorage.setItem('score', 1)")]), "a.zip");
    assert_eq!(keeps.found(Level::Warning), ["keeps-personal @ x.js:1"]);
    assert_eq!(keeps.outcome("app-no-personal-data-collection"), Outcome::NotChecked);
}

#[test]
fn an_organizer_can_add_a_list_of_trackers() {
    let html = page("<script src='https://count.example/c.js'></script>");
    let bytes = app(&[("index.html", &html)]);
    let folder = tempfile::tempdir().expect("a folder");
    let (zip, list) = (folder.path().join("a.zip"), folder.path().join("more.txt"));
    std::fs::write(&zip, bytes).expect("a file");
    std::fs::write(&list, "! name: Counter of ours\n||count.example^\n").expect("a file");
    let (zip, list) = (zip.display().to_string(), list.display().to_string());
    let found = |arguments: &[&str]| {
        let report = crate::common::report(arguments);
        let findings = report["submissions"][0]["findings"].as_array().cloned().unwrap_or_default();
        let tracker = findings.into_iter().find(|finding| finding["check"] == "trackers");
        tracker.map(|finding| finding["message"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(found(&[&zip]), None);
    let told = found(&["--tracker-list", &list, &zip]).expect("a finding");
    assert!(told.contains("Counter of ours"), "{told}");
    let missing = crate::common::run(&["check", "--tracker-list", "nowhere.txt", &zip]);
    assert_eq!(missing.status, 2);
}

const MANIFEST: &str = "<?xml version='1.0'?><manifest xmlns:adlcp='x'><metadata><schemaversion>1.2</schemaversion></metadata>\
    <organizations><organization><item identifierref='r'/></organization></organizations>\
    <resources><resource identifier='r' href='start.html'><file href='start.html'/><file href='img/a.png'/></resource>\
    </resources></manifest>";

#[test]
fn learning_packages_are_held_against_their_manifest() {
    let page: &[u8] = b"<!doctype html><title>a</title><script></script>";
    let with = |files: &[(&str, &[u8])]| {
        let all: Vec<(&str, &[u8])> = [&[("imsmanifest.xml", MANIFEST.as_bytes())], files].concat();
        judged(&archive(&all), "a.zip")
    };
    let whole = with(&[("index.html", page), ("start.html", page), ("img/a.png", b"x")]);
    assert!(whole.judgement.findings.is_empty(), "{:?}", whole.judgement.findings);
    let lacking = with(&[("index.html", page)]);
    assert_eq!(
        lacking.found(Level::Warning),
        ["package-files-missing @ imsmanifest.xml", "package-start-missing @ imsmanifest.xml"]
    );
    assert!(lacking.errors().is_empty(), "advice binds nobody");
    // Where index.html is missing, the start of the package is told.
    let foreign = with(&[("start.html", page), ("img/a.png", b"x")]);
    assert_eq!(foreign.errors(), ["index-package @ "]);
    let helpers = with(&[("start.html", page), ("img/a.png", b"x"), ("shared/index.html", page)]);
    assert_eq!(helpers.errors(), ["index-package @ "], "a folder of a package is no app of its own");
    let more = with(&[("index.html", page), ("start.html", page), ("img/a.png", b"x"), ("img/b.png", b"x")]);
    assert_eq!(more.found(Level::Note), ["package-files-unlisted @ img/b.png"]);
    let wrapped = archive(&[("course/imsmanifest.xml", MANIFEST.as_bytes()), ("course/start.html", page)]);
    let warnings = judged(&wrapped, "a.zip").found(Level::Warning);
    assert!(warnings.contains(&"package-in-folder @ course/imsmanifest.xml".to_owned()), "{warnings:?}");
    let broken = judged(&app(&[("cmi5.xml", b"<courseStructure><au>")]), "a.zip");
    assert_eq!(broken.found(Level::Warning), ["package-unreadable @ cmi5.xml"]);
}

#[test]
fn a_module_in_the_place_of_a_classic_script_is_an_error_of_the_page() {
    let module: &[u8] = b"export const a = 1;\n";
    let errors = |tag: &str| judged(&app(&[("index.html", &page(tag)), ("js/a.js", module)]), "a.zip").errors();
    assert_eq!(errors("<script src='js/a.js'></script>"), ["script-is-module @ index.html:8"]);
    assert!(errors("<script type=module src='js/a.js'></script>").is_empty());
    assert!(errors("<script>import('./js/a.js')</script>").is_empty());
    assert!(errors("<script type='text/babel' src='js/a.js'></script>").is_empty(), "Babel runs it, not the browser");
}

#[test]
fn the_program_that_made_an_app_tells_how_to_get_a_start_page() {
    let told = |files: &[(&str, &str)]| {
        let judged = judged(&archive(files), "a.zip");
        let finding = judged.judgement.findings.iter().find(|finding| finding.message.id.starts_with("index-"));
        let finding = finding.expect("no start page");
        let text = |name: &str| match finding.message.arguments.get(name) {
            Some(Arg::Text(text)) => text.clone(),
            other => format!("{other:?}"),
        };
        (finding.message.id.to_string(), text("tool"), text("start"))
    };
    let made = |tool: &str, start: &str| ("index-made-with".to_owned(), tool.to_owned(), start.to_owned());
    let storyline = "<!doctype html><!-- Created using Storyline 360 - http://www.articulate.com  --><title>a</title>";
    assert_eq!(
        told(&[("story_html5.html", storyline), ("story.html", storyline), ("html5/a.html", PAGE)]),
        made("Articulate Storyline", "story.html")
    );
    let hot = "<!doctype html><meta name='author' content='Created with Hot Potatoes by Half-Baked Software'>";
    assert_eq!(told(&[("quiz.htm", hot)]), made("Hot Potatoes", "quiz.htm"));
    let h5p = r#"{"title": "Quiz", "mainLibrary": "H5P.QuestionSet"}"#;
    assert_eq!(told(&[("h5p.json", h5p), ("content/content.json", "{}")]), made("H5P", ""));
    assert_eq!(told(&[("project.json", "{}"), ("a.svg", "<svg/>")]).1, "Scratch");
    assert_eq!(told(&[("start.html", PAGE)]).0, "index-missing");
}

#[test]
fn a_name_that_two_scripts_of_a_page_declare_is_an_error() {
    let errors = |tags: &str, script: &[u8]| {
        let files: [(&str, &[u8]); 3] = [("index.html", &page(tags)), ("a.js", script), ("b.js", b"const other = 1;")];
        judged(&app(&files), "a.zip").errors()
    };
    let twice = "<script src=a.js></script>\n<script src=a.js></script>";
    assert_eq!(errors(twice, b"const words = [];"), ["script-declares-twice @ index.html:9"]);
    assert!(errors(twice, b"var words = []; function go() {}").is_empty());
    assert!(errors(twice, b"(() => { const words = []; })()").is_empty());
    let inline = "<script>let words = 1;</script>\n<script src=a.js></script><script src=b.js></script>";
    assert_eq!(errors(inline, b"class words {}"), ["script-declares-twice @ index.html:9"]);
    let modules = "<script type=module src=a.js></script>\n<script type=module>const words = 2;</script>";
    assert!(errors(modules, b"const words = [];").is_empty());
}
