//! `tekser pack` and `tekser verify`: what an author sees who packs an app that is not as it should be.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::build::{RawEntry, archive, raw_zip};
use crate::common::{Ran, list, outcome, report, root, run, witness};

const PAGE: &str = "<!doctype html><html lang=\"kk\"><head><meta charset=\"utf-8\"><title>Сабақ</title>";

/// An app as teachers hand it in.
const BROKEN: [(&str, &str); 10] = [
    ("Менің қосымшам/Index.htm", ""),
    ("Менің қосымшам/Беттер/екі.html", ""),
    ("Менің қосымшам/CSS/Style.css", "body { background: url(\"../сурет (1).svg\") }\n"),
    ("Менің қосымшам/js/app.js", "var next = 'Беттер/екі.html';\nfetch('data/words.json').then(r => r.json());\n"),
    ("Менің қосымшам/data/Words.json", "{}"),
    ("Менің қосымшам/сурет (1).svg", "<svg xmlns='http://www.w3.org/2000/svg'><circle r='9'/></svg>"),
    ("Менің қосымшам/Thumbs.db", "x"),
    ("Менің қосымшам/.git/config", "x"),
    ("__MACOSX/Менің қосымшам/._Index.htm", "x"),
    (".DS_Store", "x"),
];

fn broken() -> Vec<(&'static str, String)> {
    BROKEN
        .into_iter()
        .map(|(name, text)| {
            let text = match name.rsplit_once('/').map_or(name, |(_, last)| last) {
                "Index.htm" => format!(
                    "{PAGE}<link rel=\"stylesheet\" href=\"css/style.css\"></head><body><h1>Сәлем</h1>\n\
                     <img src=\"сурет%20(1).svg\" alt=\"a\"><a href=\"Беттер/екі.html?x=1&amp;y=2#z\">2</a>\n\
                     <script src=\"js/app.js\"></script></body></html>"
                ),
                "екі.html" => format!("{PAGE}</head><body><a href=\"../Index.htm\">1</a></body></html>"),
                _ => text.to_owned(),
            };
            (name, text)
        })
        .collect()
}

/// A folder that an author works in.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// Lays the files into a folder of this name.
    fn folder(&self, name: &str, files: &[(&str, String)]) -> String {
        for (file, text) in files {
            let path = self.0.path().join(name).join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        self.path(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.0.path().join(name), bytes).expect("a file");
        self.path(name)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn pack(source: &str, out: &str, more: &[&str]) -> Ran {
    run(&[&["pack", "--lang", "en", source, "--out", out], more].concat())
}

/// The files of a package, as another reader sees them.
fn unpacked(path: &str) -> BTreeMap<String, String> {
    let bytes = fs::read(path).expect("the package");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..zip.len())
        .map(|number| {
            let mut entry = zip.by_index(number).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its content");
            (entry.name().expect("a name").into_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

#[test]
fn an_app_with_everything_wrong_becomes_a_package_that_works() {
    let desk = Desk::new();
    let source = desk.folder("app", &broken());
    let out = desk.path("app.zip");
    let ran = pack(&source, &out, &["--fix", "all"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    for told in ["litter", "top-folder", "start-page", "links", "portable-names", "6 files", ".tekser.json"] {
        assert!(ran.stdout.contains(told), "{told} in {}", ran.stdout);
    }
    let files = unpacked(&out);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["Better/eki.html", "CSS/Style.css", "data/Words.json", "index.html", "js/app.js", "suret-1.svg"]
    );
    let index = &files["index.html"];
    for part in [
        "href=\"CSS/Style.css\"",
        "src=\"suret-1.svg\"",
        "href=\"Better/eki.html?x=1&amp;y=2#z\"",
        "<h1>Сәлем</h1>",
        "src=\"js/app.js\"",
    ] {
        assert!(index.contains(part), "{part} in {index}");
    }
    assert!(files["Better/eki.html"].contains("href=\"../index.html\""), "{files:?}");
    assert!(files["CSS/Style.css"].contains("url(\"../suret-1.svg\")"), "{files:?}");
    let script = &files["js/app.js"];
    assert!(script.contains("'Better/eki.html'") && script.contains("fetch('data/Words.json')"), "{script}");

    let tested = witness("unzip").args(["-tqq", &out]).status().expect("unzip runs");
    assert!(tested.success());
    let again = run(&["check", &out]);
    assert_eq!(again.status, 0, "{}", again.stdout);
}

#[test]
fn only_what_is_safe_is_put_right_unless_more_is_asked_for() {
    let desk = Desk::new();
    let source = desk.folder("app", &broken());
    let out = desk.path("safe.zip");
    assert_eq!(pack(&source, &out, &[]).status, 0);
    let files = unpacked(&out);
    assert!(files.contains_key("Беттер/екі.html") && files.contains_key("index.html"), "{files:?}");
    assert!(files["index.html"].contains("href=\"CSS/Style.css\""), "{files:?}");
    assert!(files["js/app.js"].starts_with("var next = 'Беттер/екі.html'"), "{files:?}");

    let out = desk.path("links.zip");
    let ran = pack(&source, &out, &["--skip", "links,start-page", "--allow-findings"]);
    assert_eq!(ran.status, 1, "without a start page it does not comply: {}", ran.stdout);
    let files = unpacked(&out);
    assert!(files["Index.htm"].contains("href=\"css/style.css\""), "{files:?}");
    let ran = pack(&source, &out, &["--force", "--fix", "none"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("--allow-findings"), "{}", ran.stdout);
    assert!(unpacked(&out).contains_key("Index.htm"), "what was there stays there");
    let ran = pack(&source, &out, &["--skip", "dust"]);
    assert_eq!((ran.status, ran.stderr.contains("portable-names")), (2, true), "{}", ran.stderr);
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let desk = Desk::new();
    let source = desk.folder("app", &broken());
    let first = desk.path("first.zip");
    assert_eq!(pack(&source, &first, &["--fix", "all"]).status, 0);
    // On another day, from an archive, in another order.
    let later = SystemTime::now() - Duration::from_secs(400 * 86_400);
    for entry in walk(Path::new(&source)) {
        fs::File::options().append(true).open(&entry).and_then(|file| file.set_modified(later)).expect("a time");
    }
    let second = desk.path("second.zip");
    assert_eq!(pack(&source, &second, &["--fix", "all"]).status, 0);
    let files = broken();
    let reversed: Vec<(&str, &[u8])> = files.iter().rev().map(|(name, text)| (*name, text.as_bytes())).collect();
    let zipped = desk.file("app-from-mac.zip", &archive(&reversed));
    let third = desk.path("third.zip");
    assert_eq!(pack(&zipped, &third, &["--fix", "all"]).status, 0);
    let bytes = |path: &str| fs::read(path).expect("a package");
    assert!(bytes(&first) == bytes(&second), "another day");
    assert!(bytes(&first) == bytes(&third), "an archive");
    // A package needs nothing any more and is packed to itself.
    let fourth = desk.path("fourth.zip");
    let ran = pack(&first, &fourth, &["--fix", "all"]);
    assert!(ran.stdout.contains("Nothing has to be put right"), "{}", ran.stdout);
    assert!(bytes(&first) == bytes(&fourth), "itself");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    assert!(!files.is_empty(), "{}", folder.display());
    files
}

#[test]
fn a_plan_is_shown_and_nothing_written() {
    let desk = Desk::new();
    let source = desk.folder("app", &broken());
    let ran = run(&["pack", &source, "--dry-run", "--fix", "all", "--lang", "kk"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("Басты бет index.html деп аталады"), "{}", ran.stdout);
    assert!(ran.stdout.contains("сурет (1).svg → suret-1.svg"), "{}", ran.stdout);
    assert_eq!(desk.names(), ["app"]);
    let out = desk.file("there.zip", b"mine");
    let ran = pack(&source, &out, &[]);
    assert_eq!((ran.status, ran.stderr.contains("--force")), (2, true), "{}", ran.stderr);
    assert_eq!(fs::read(&out).expect("the file"), b"mine");
    let inside = format!("{source}/out.zip");
    assert_eq!(pack(&source, &inside, &[]).status, 0, "it is not there yet");
    let ran = pack(&source, &inside, &["--force"]);
    assert_eq!((ran.status, ran.stderr.contains("outside it")), (2, true), "{}", ran.stderr);
}

#[test]
fn a_start_page_is_made_where_there_is_no_doubt() {
    let desk = Desk::new();
    let page = format!("{PAGE}</head><body><h1>Сәлем</h1></body></html>");
    let source = desk.folder("one", &[("сабақ 1.html", page.clone())]);
    let out = desk.path("one.zip");
    assert_eq!(pack(&source, &out, &[]).status, 0);
    let made = &unpacked(&out)["index.html"];
    assert!(made.contains("url=%D1%81%D0%B0%D0%B1%D0%B0%D2%9B%201.html\""), "{made}");

    let source = desk.folder("two", &[("a.html", page.clone()), ("b.html", page)]);
    let ran = pack(&source, &desk.path("two.zip"), &[]);
    assert_eq!(ran.status, 1, "nobody knows which: {}", ran.stdout);
    assert!(!desk.names().contains(&"two.zip".to_owned()), "{:?}", desk.names());
}

#[test]
fn what_cannot_be_packed_is_named_and_leaves_nothing() {
    let desk = Desk::new();
    let page = format!("{PAGE}</head><body><h1>Сәлем</h1></body></html>");
    let entry = |name: &str| RawEntry::new(name, b"x");
    let index = || RawEntry::new("index.html", page.as_bytes());
    let mut damaged = entry("a.txt");
    (damaged.crc, damaged.local_crc) = (1, 1);
    let mut sealed = entry("a.txt");
    (sealed.flags, sealed.local_flags) = (1, 1);
    let cases: Vec<(&str, Vec<RawEntry>, &str)> = vec![
        ("out.zip", vec![index(), entry("../x.html")], "../x.html"),
        ("twice.zip", vec![index(), entry("a.txt"), entry("a.txt")], "contradicts itself"),
        ("sealed.zip", vec![index(), sealed], "password"),
        ("damaged.zip", vec![index(), damaged], "a.txt"),
        ("empty.zip", vec![entry("Thumbs.db")], "no file"),
    ];
    for (name, entries, told) in cases {
        let source = desk.file(name, &raw_zip(&entries, b""));
        let before = desk.names();
        let ran = pack(&source, &desk.path("packed.zip"), &[]);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(ran.status > 0 && said.contains(told), "{name}: {said}");
        assert_eq!(desk.names(), before, "{name}");
    }
    let text = desk.file("notes.txt", b"x");
    let ran = pack(&text, &desk.path("packed.zip"), &[]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    // What a manifest says cannot follow if nobody can read it.
    let source = desk.folder(
        "package",
        &[
            ("index.html", page.clone()),
            ("imsmanifest.xml", "<manifest".to_owned()),
            ("сурет.svg", "<svg/>".to_owned()),
        ],
    );
    let ran = pack(&source, &desk.path("package.zip"), &["--fix", "all", "--allow-findings"]);
    assert_eq!((ran.status, ran.stdout.contains("imsmanifest.xml cannot be read")), (1, true), "{}", ran.stdout);
    // A name that a script puts together cannot follow its file.
    let source = desk.folder(
        "composed",
        &[
            ("words.html", page.replace("<h1>", "<h1>сурет1 ")),
            (
                "index.html",
                page.replace("<h1>", "<img src=\"сурет1.png\"><script>var x = 'сурет1' + '.png'</script><h1>"),
            ),
            ("сурет1.png", "x".to_owned()),
        ],
    );
    let ran = pack(&source, &desk.path("composed.zip"), &["--fix", "all", "--allow-findings"]);
    assert!(ran.stdout.contains("The name \"сурет1\" belongs to no file any more"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("words.html"), "a word of the lesson is no name: {}", ran.stdout);
}

#[test]
fn old_names_come_out_as_people_read_them() {
    let desk = Desk::new();
    let page = format!("{PAGE}</head><body><img src=\"Урок/рисунок.svg\" alt=\"a\"></body></html>");
    let (dos, ..) = encoding_rs::IBM866.encode("Урок\\рисунок.svg");
    let mut old = RawEntry::new("", b"<svg xmlns='http://www.w3.org/2000/svg'><circle r='9'/></svg>");
    (old.name, old.local_name) = (dos.to_vec(), dos.to_vec());
    let source = desk.file("old.zip", &raw_zip(&[RawEntry::new("index.html", page.as_bytes()), old], b""));
    let out = desk.path("new.zip");
    let ran = pack(&source, &out, &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("names:"), "{}", ran.stdout);
    let names: Vec<String> = unpacked(&out).into_keys().collect();
    assert_eq!(names, ["index.html", "Урок/рисунок.svg"]);
}

#[test]
fn a_receipt_tells_a_package_from_any_other() {
    let desk = Desk::new();
    let source = desk.folder("app", &broken());
    let out = desk.path("app.zip");
    assert_eq!(pack(&source, &out, &["--fix", "all"]).status, 0);
    let verify = || run(&["verify", &out, "--lang", "en"]);
    let ran = verify();
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("order-121"), "{}", ran.stdout);

    let receipt = fs::read(desk.path("app.zip.tekser.json")).expect("the receipt");
    let receipt: Value = serde_json::from_slice(&receipt).expect("JSON");
    let schema = run(&["schema", "receipt"]);
    let schema: Value = serde_json::from_str(&schema.stdout).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(validator.is_valid(&receipt), "{receipt}");

    // Somebody else packs the same files.
    let files = unpacked(&out);
    let same: Vec<(&str, &[u8])> = files.iter().rev().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    fs::write(&out, archive(&same)).expect("a file");
    let ran = verify();
    assert_eq!((ran.status, ran.stdout.contains("All files are the same")), (1, true), "{}", ran.stdout);
    // Somebody changes one, takes one away and brings another.
    let mut other = files.clone();
    other.insert("index.html".to_owned(), "<p>".to_owned());
    other.remove("js/app.js");
    other.insert("x.html".to_owned(), "<p>".to_owned());
    let other: Vec<(&str, &[u8])> = other.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    fs::write(&out, archive(&other)).expect("a file");
    let ran = verify();
    assert_eq!(ran.status, 1);
    for told in ["Changed (1): index.html", "Missing (1): js/app.js", "New (1): x.html"] {
        assert!(ran.stdout.contains(told), "{told} in {}", ran.stdout);
    }
    fs::write(&out, b"x").expect("a file");
    assert_eq!(verify().status, 1);
    fs::remove_file(desk.path("app.zip.tekser.json")).expect("the receipt");
    assert_eq!(verify().status, 2);
}

#[test]
fn counters_are_emptied_where_they_stand_and_no_browser_misses_them() {
    let desk = Desk::new();
    let page = format!(
        "{PAGE}\n<link rel=\"preconnect\" href=\"https://mc.yandex.ru\">\n\
         <script async src=\"https://www.googletagmanager.com/gtag/js?id=G-1\"></script>\n\
         <script>window.dataLayer = window.dataLayer || []; function gtag() {{ dataLayer.push(arguments); }}\n\
         gtag('js', new Date()); gtag('config', 'G-1');</script>\n\
         <script>(function (m, e, t, r, i, k, a) {{ m[i] = m[i] || function () {{ (m[i].a = m[i].a || []).push(arguments); }};\n\
         k = e.createElement(t), a = e.getElementsByTagName(t)[0], k.async = 1, k.src = r, a.parentNode.insertBefore(k, a); }})\n\
         (window, document, 'script', 'https://mc.yandex.ru/metrika/tag.js', 'ym');\n\
         ym(1, 'init', {{ clickmap: true }});</script>\n\
         <noscript><img src=\"https://mc.yandex.ru/watch/1\" alt=\"\"></noscript></head>\n\
         <body><h1>Сәлем</h1><p>Бөлшектер</p></body></html>\n"
    );
    let source = desk.folder("app", &[("index.html", page.clone()), ("js/a.js", "let a = 1;\n".to_owned())]);
    let out = desk.path("app.zip");
    let ran = pack(&source, &out, &[]);
    assert_eq!(ran.status, 1, "it is no safe repair: {}{}", ran.stdout, ran.stderr);
    let ran = pack(&source, &out, &["--fix", "all"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    for told in ["4 addresses of services", "Yandex.Metrika", "index.html:3: https://www.googletagmanager.com"] {
        assert!(ran.stdout.contains(told), "{told} in {}", ran.stdout);
    }
    let files = unpacked(&out);
    assert_eq!(files["js/a.js"], "let a = 1;\n");
    let packed = &files["index.html"];
    assert!(!packed.contains("yandex") && !packed.contains("googletagmanager"), "{packed}");
    assert!(packed.contains("ym(1, 'init', { clickmap: true });") && packed.lines().count() == page.lines().count());
    let seen = report(&[&out, "--browser", "chromium,firefox,webkit"]);
    for requirement in ["app-no-js-errors", "app-no-statistics-collection"] {
        assert_eq!(outcome(&seen["submissions"][0], requirement), "passed", "{requirement}: {seen:#}");
    }

    // What a script may send to, or puts together, cannot be emptied exactly.
    let script = "navigator.sendBeacon('https://www.google-analytics.com/collect?v=1');\n\
                  var s = document.createElement('script');\n\
                  s.src = location.protocol + '//mc.yandex.ru/metrika/watch.js';\n";
    let page = format!("{PAGE}</head><body><h1>Сәлем</h1><script src=\"a.js\"></script></body></html>");
    let source = desk.folder("sends", &[("index.html", page), ("a.js", script.to_owned())]);
    let ran = pack(&source, &desk.path("sends.zip"), &["--fix", "all"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("a.js:1") && !ran.stdout.contains("trackers:"), "{}", ran.stdout);
}

#[test]
fn a_work_for_a_contest_is_packed_with_its_report() {
    let desk = Desk::new();
    let sample = root().join("samples/contests/opiq-2019/01 Үлгісова Ү");
    let work = PathBuf::from(desk.folder("work", &[("Thumbs.db", "x".to_owned()), (".DS_Store", "x".to_owned())]));
    let mut names = Vec::new();
    for entry in fs::read_dir(&sample).expect("the sample") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), work.join(entry.file_name())).expect("a copy");
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let (work, out) = (work.display().to_string(), desk.path("work.zip"));
    let ran = pack(&work, &out, &["--profile", "opiq-2019"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("litter: 2 files") && !ran.stdout.contains("start-page"), "{}", ran.stdout);
    let bytes = fs::read(&out).expect("the package");
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut packed: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    packed.sort();
    assert_eq!(packed, names, "nothing else is in it, and everything has its name");
    let dossier = fs::read_to_string(format!("{out}.report.html")).expect("the report");
    assert!(dossier.contains("opiq-2019") && dossier.contains("work.zip"), "of another work");
    let receipt: Value =
        serde_json::from_slice(&fs::read(format!("{out}.tekser.json")).expect("the receipt")).expect("JSON");
    assert_eq!(receipt["profile"]["id"], "opiq-2019");
    assert_eq!(list(&receipt["files"]).len(), names.len());
    assert_eq!(run(&["verify", &out]).status, 0);

    // Without its form it is told what is missing, and nothing is left.
    for name in names.iter().filter(|name| !name.ends_with(".mp4")) {
        fs::remove_file(Path::new(&work).join(name)).expect("gone");
    }
    let ran = pack(&work, &desk.path("bad.zip"), &["--profile", "opiq-2019", "--report", &desk.path("bad.json")]);
    assert_eq!(ran.status, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(!desk.names().iter().any(|name| name.starts_with("bad")), "{:?}", desk.names());
}

#[test]
fn what_is_loaded_from_outside_comes_from_files_that_the_author_points_to() {
    let desk = Desk::new();
    let page = format!(
        "{PAGE}<link rel=\"stylesheet\" href=\"https://fonts.example/css?family=A&amp;x=1\">\n\
         <script src=\"//cdn.example/jquery.js\"></script></head><body><h1>Сәлем</h1></body></html>"
    );
    let files = [
        ("index.html", page.clone()),
        ("беттер/2.html", page),
        ("lib/font.css", "@font-face { font-family: A; src: url(https://fonts.example/a.woff2) }".to_owned()),
        ("lib/a.woff2", "wOF2".to_owned()),
        ("lib/jquery.js", "var jQuery = 1;\n".to_owned()),
    ];
    let (source, out) = (desk.folder("app", &files), desk.path("app.zip"));
    let local = [
        "--local=https://fonts.example/css?family=A&x=1=lib/font.css",
        "--local=https://fonts.example/a.woff2=lib/a.woff2",
        "--local=https://cdn.example/jquery.js=lib/jquery.js",
    ];
    let ran = pack(&source, &out, &local);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("local: 5 addresses"), "{}", ran.stdout);
    let files = unpacked(&out);
    for (name, part) in [
        ("index.html", "href=\"lib/font.css\""),
        ("index.html", "src=\"lib/jquery.js\""),
        ("беттер/2.html", "href=\"../lib/font.css\""),
        ("lib/font.css", "url(a.woff2)"),
    ] {
        assert!(files[name].contains(part) && !files[name].contains("example"), "{part} in {}", files[name]);
    }
    for (wrong, told) in [
        ("--local=https://cdn.example/jquery.js=lib/none.js", "lib/none.js"),
        ("--local=https://cdn.example/other.js=lib/jquery.js", "https://cdn.example/other.js"),
    ] {
        let ran = pack(&source, &desk.path("no.zip"), &[wrong]);
        assert_eq!(ran.status, 1, "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains(told), "{told} in {}", ran.stdout);
    }
}
