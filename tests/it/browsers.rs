//! Apps in real browsers: what comes out when they are opened and worked with. `tests/run` installs the three browsers.

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tekser::facts::{Barrier, Browser, ErrorKind, OutsideRequest, RunError, Screen, Unvisited, Use, Via, Visit};
use tekser::finding::Level;
use tekser::judge::{Outcome, judge};

use crate::build::{app, archive};
use crate::common::{Judged, finished, judged, list, outcome, report, run, tekser, text, today};

const ALL: &str = "chromium,firefox,webkit";

/// A page with some text, and this behind it.
fn page(rest: &str) -> String {
    format!(
        "<!doctype html><html lang=\"kk\"><head><meta charset=\"utf-8\"><title>Сабақ</title></head><body>\n\
         <h1>Сәлем</h1>\n{rest}\n</body></html>"
    )
}

/// A folder with one archive for each app: name, and files.
fn apps(apps: &[(&str, &[(&str, &str)])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, files) in apps {
        std::fs::write(folder.path().join(name), archive(files)).expect("an app");
    }
    folder
}

fn opened(path: &Path, browsers: &str) -> Value {
    report(&[&path.display().to_string(), "--browser", browsers])
}

/// The report that a run wrote.
fn written(output: &Output) -> Value {
    let ran = finished(output);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stderr))
}

fn submission<'a>(report: &'a Value, name: &str) -> &'a Value {
    let mut all = list(&report["submissions"]).iter();
    all.find(|one| text(&one["path"]).ends_with(name)).unwrap_or_else(|| panic!("{name} in {report}"))
}

/// Everything of one key that one list of a visit holds, sorted.
fn all(visit: &Value, of: &str, key: &str) -> Vec<String> {
    let mut all: Vec<String> = list(&visit[of]).iter().map(|one| text(&one[key]).to_owned()).collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn a_work_passes_and_a_broken_one_is_seen_through_in_every_browser() {
    let torture = page(
        "<button onclick=\"inClick()\">A</button>\n\
         <script>setTimeout(() => { throw new Error('late') }, 100)</script>\n\
         <script>Promise.reject(new Error('promise'))</script>\n\
         <script type=\"module\" src=\"m.js\"></script>\n\
         <script>new Worker('w.js')</script>\n\
         <script>new Image().src = 'gone.png'; localStorage.setItem('email', 'x'); document.cookie = 'seen=1'</script>\n\
         <script>for (let i = 0; i < 50; i++) alert(i); navigator.geolocation.getCurrentPosition(() => {})</script>\n\
         <iframe src=\"x.xhtml\"></iframe>",
    );
    let strict = "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>T</title></head>\n\
                  <body><script>setTimeout(() => { throw new Error('strict') }, 50)</script></body></html>";
    let outside = page(
        "<script>navigator.sendBeacon('https://beacon.example/b', 'x'); fetch('https://fetch.example/x').catch(() => {});\n\
         new WebSocket('wss://socket.example/'); window.open('https://popup.example/');\n\
         new Image().src = 'https://www.google-analytics.com/collect?v=1'</script>\n\
         <script src=\"https://script.example/s.js\"></script><link rel=\"stylesheet\" href=\"https://style.example/s.css\">\n\
         <script>jQuery('h1')</script>",
    );
    let files = apps(&[
        (
            "good.zip",
            &[(
                "index.html",
                &page(
                    "<button onclick=\"this.textContent = 1\">A</button><button onclick=\"navigator.clipboard.writeText('x')\">B</button><input>",
                ),
            )],
        ),
        (
            "bad.zip",
            &[
                ("index.html", &torture),
                ("m.js", "setTimeout(() => { throw new Error('module') }, 50)"),
                ("w.js", "setTimeout(() => { throw new Error('worker') }, 50)"),
                ("x.xhtml", strict),
            ],
        ),
        ("outside.zip", &[("index.html", &outside)]),
        ("blank.zip", &[("index.html", "<!doctype html><title>T</title><div id=app></div><script>app.x</script>")]),
    ]);
    let report = opened(files.path(), ALL);

    let engines = &report["run"]["browsers"]["engines"];
    for (browser, name) in [("chromium", "Chrom"), ("firefox", "Firefox"), ("webkit", "WebKitGTK (lib")] {
        assert!(text(&engines[browser]).contains(name), "what browser it was decides what a cache may tell: {engines}");
    }
    let good = submission(&report, "good.zip");
    let visits = list(&good["facts"]["visits"]);
    assert_eq!(visits.len(), 6, "three browsers, two windows: {good}");
    for visit in visits {
        assert_eq!(
            (&visit["title"], &visit["language"], &visit["drawn"]),
            (&"Сабақ".into(), &"kk".into(), &true.into())
        );
        assert!(
            visit.get("errors").is_none() && visit.get("outside").is_none() && visit.get("broke_off").is_none(),
            "{visit}"
        );
        assert!(list(&visit["steps"]).len() > 3, "it was worked with: {visit}");
    }
    for requirement in ["app-index-launches", "app-no-js-errors", "app-browser-matrix", "app-external-web-minimal"] {
        assert_eq!(outcome(good, requirement), "passed", "{requirement}: {good}");
    }

    let bad = submission(&report, "bad.zip");
    for visit in list(&bad["facts"]["visits"]) {
        let said = all(visit, "errors", "message").join("\n");
        for part in ["late", "promise", "module", "inClick", "strict"] {
            assert!(said.contains(part), "{part} in {visit}");
        }
        let late = list(&visit["errors"]).iter().find(|error| text(&error["message"]).contains("late"));
        let late = late.expect("the error after loading");
        assert_eq!((&late["file"], &late["line"]), (&"index.html".into(), &4.into()), "{visit}");
        let click = list(&visit["errors"]).iter().find(|error| text(&error["message"]).contains("inClick"));
        assert!(click.expect("the error in a click")["step"].as_u64() > Some(0), "{visit}");
        assert_eq!(visit["missing"], serde_json::json!(["gone.png"]), "{visit}");
        let uses = all(visit, "uses", "name");
        for name in ["alert", "cookie", "geolocation", "localStorage"] {
            assert!(uses.iter().any(|used| used == name), "{name} in {visit}");
        }
    }
    assert_eq!(outcome(bad, "app-no-js-errors"), "failed", "{bad}");
    assert_ne!(outcome(bad, "app-no-personal-data-collection"), "passed", "{bad}");

    let outside = submission(&report, "outside.zip");
    for visit in list(&outside["facts"]["visits"]) {
        let asked = all(visit, "outside", "url").join("\n");
        for host in ["beacon", "fetch", "socket", "popup", "script", "style"] {
            assert!(asked.contains(&format!("{host}.example")), "{host} in {visit}");
        }
    }
    // Without the Internet nobody knows whether jQuery would have been there.
    assert_eq!(outcome(outside, "app-no-js-errors"), "not-checked", "{outside}");
    assert_eq!(outcome(outside, "app-no-statistics-collection"), "failed", "{outside}");
    assert_eq!(outcome(outside, "app-external-web-minimal"), "not-checked", "{outside}");

    let blank = submission(&report, "blank.zip");
    assert_eq!(outcome(blank, "app-index-launches"), "failed", "{blank}");
}

#[test]
fn an_app_that_hangs_costs_itself_alone_and_leaves_nothing_behind() {
    let files = apps(&[
        ("hangs.zip", &[("index.html", &page("<script>setTimeout(() => { while (true) {} }, 200)</script>"))]),
        ("works.zip", &[("index.html", &page("<p>1</p>"))]),
    ]);
    let scratch = tempfile::tempdir().expect("a folder");
    let output = tekser(&["check", "--format", "json", "--jobs", "1", "--browser", "chromium"])
        .arg(files.path())
        .env("TMPDIR", scratch.path())
        .output();
    let report = written(&output.expect("the program starts"));
    let hangs = submission(&report, "hangs.zip");
    for visit in list(&hangs["facts"]["visits"]) {
        assert_eq!(visit["broke_off"], "hung", "{visit}");
    }
    assert_eq!(outcome(hangs, "app-index-launches"), "failed");
    assert_eq!(outcome(hangs, "app-no-js-errors"), "not-checked");
    let works = submission(&report, "works.zip");
    assert_eq!(outcome(works, "app-index-launches"), "passed", "{works}");
    assert_eq!(outcome(works, "app-no-js-errors"), "not-checked", "two browsers were not asked: {works}");
    let left: Vec<_> = std::fs::read_dir(scratch.path()).expect("the folder").collect();
    assert!(left.is_empty(), "{left:?}");
    let shown = scratch.path().display().to_string();
    for process in std::fs::read_dir("/proc").expect("processes").flatten() {
        let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&line).contains(&shown), "{}", String::from_utf8_lossy(&line));
    }
}

#[test]
fn steps_are_done_again() {
    let files = apps(&[("a.zip", &[("index.html", &page("<button onclick=\"inClick()\">Басыңыз</button>"))])]);
    let written = files.path().join("report.json");
    let (app, written) = (files.path().join("a.zip").display().to_string(), written.display().to_string());
    let ran = run(&["check", &app, "--browser", "chromium", "--output", &written]);
    assert_eq!(ran.status, 1, "{}{}", ran.stdout, ran.stderr);
    let ran = run(&["replay", &written, &app, "--lang", "ru"]);
    assert_eq!(ran.status, 1, "{}{}", ran.stdout, ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let click = lines.iter().position(|line| line.ends_with("щёлкнуть Басыңыз")).expect("the click");
    assert!(lines[click + 1].contains("inClick"), "{}", ran.stdout);
}

#[test]
fn without_a_browser_the_question_stays_open_and_the_rest_is_done() {
    let files = apps(&[("a.zip", &[("index.html", &page("<p>1</p>"))])]);
    let nothing = tempfile::tempdir().expect("a folder");
    let output = tekser(&["check", "--format", "json", "--lang", "en", "--browser", "chromium"])
        .arg(files.path())
        .env("PATH", nothing.path())
        .output();
    let report = written(&output.expect("the program starts"));
    let app = submission(&report, "a.zip");
    assert_eq!(outcome(app, "app-root-index-html"), "passed");
    let launches = list(&app["requirements"]).iter().find(|one| one["id"] == "app-index-launches").expect("it");
    assert_eq!(launches["outcome"], "not-checked");
    assert!(text(&launches["reason"]).contains("tekser doctor"), "{launches}");
    let output = tekser(&["doctor", "--lang", "en"]).env("PATH", nothing.path()).output();
    let ran = finished(&output.expect("the program starts"));
    assert!(ran.stdout.contains("apt install chromium-headless-shell chromium-driver"), "{}", ran.stdout);
    assert_eq!(run(&["check", "samples/good", "--browser", "opera"]).status, 2);
}

#[test]
fn a_package_finds_a_platform_and_what_it_tells_it_is_in_the_report() {
    let scorm = page(
        "<script>API.LMSInitialize(''); API.LMSSetValue('cmi.core.lesson_status', 'completed'); API.LMSFinish('')</script>",
    );
    let statements = page(
        "<p style=\"color: #ccc\">Солғын мәтін</p><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" width=20 height=20>\n\
         <a id=a download=\"notes.txt\" href=\"data:text/plain,x\">A</a><a href=\"plan.docx\">B</a><script>\n\
         const asked = new URLSearchParams(location.search), verb = { id: 'http://adlnet.gov/expapi/verbs/completed' };\n\
         fetch(asked.get('fetch'), { method: 'POST' }).then((got) => got.json()).then((got) =>\n\
         fetch(asked.get('endpoint') + 'statements', { method: 'POST', body: JSON.stringify({ verb, result: { score: { scaled: 1 } } }),\n\
         headers: { Authorization: 'Basic ' + got['auth-token'], 'Content-Type': 'application/json' } }))\n\
         .then((got) => { if (!got.ok) throw new Error('not taken') });\n\
         document.getElementById('a').click()</script>",
    );
    let files = apps(&[
        ("scorm.zip", &[("index.html", &scorm), ("imsmanifest.xml", "<manifest/>")]),
        ("xapi.zip", &[("index.html", &statements), ("tincan.xml", "<tincan/>"), ("plan.docx", "x")]),
    ]);
    let report = opened(files.path(), ALL);
    for visit in list(&submission(&report, "scorm.zip")["facts"]["visits"]) {
        let said = all(visit, "uses", "detail");
        assert_eq!(said, ["LMSFinish", "LMSInitialize", "cmi.core.lesson_status = completed"], "{visit}");
    }
    let visits = list(&submission(&report, "xapi.zip")["facts"]["visits"]);
    for visit in visits {
        assert!(visit.get("errors").is_none(), "{visit}");
        let said: Vec<(&str, &str)> =
            list(&visit["uses"]).iter().map(|used| (text(&used["name"]), text(&used["detail"]))).collect();
        for told in [("xAPI", "completed (score 1)"), ("download", "notes.txt"), ("download", "plan.docx")] {
            assert!(said.contains(&told), "{told:?} in {visit}");
        }
    }
    let looked: Vec<&Value> = visits.iter().filter_map(|visit| visit.get("barriers")).collect();
    assert_eq!(looked.len(), 1, "one window is enough");
    let rules: Vec<&str> = list(looked[0]).iter().map(|one| text(&one["rule"])).collect();
    assert_eq!(rules, ["color-contrast", "image-alt"], "{looked:?}");
}

#[test]
fn an_app_among_the_files_of_a_contest_is_opened_too() {
    let contest = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(contest.path().join("works/01")).expect("a folder");
    let files: &[(&str, &str)] = &[("index.html", &page(""))];
    std::fs::write(contest.path().join("works/01/lesson.zip"), archive(files)).expect("an app");
    std::fs::write(contest.path().join("works/01/readme.txt"), "x").expect("a text");
    let works = contest.path().join("works");
    let report = report(&[&works.display().to_string(), "--profile", "opiq-2019", "--browser", "firefox"]);
    let entries = list(&list(&report["submissions"])[0]["facts"]["bundle"]["entries"]).iter();
    let app = entries.into_iter().find(|entry| entry["name"] == "lesson.zip").expect("the app");
    assert_eq!(list(&app["file"]["visits"]).len(), 2, "two windows: {app}");
}

/// A clean app that was seen so in every window.
fn seen(change: impl Fn(&mut Visit)) -> Judged {
    let mut judged = judged(&app(&[]), "quiz.zip");
    for browser in Browser::ALL {
        for screen in Screen::ALL {
            let mut visit = Visit::new(browser, screen);
            visit.version = Some(format!("{} 1", browser.name()));
            visit.drawn = Some(true);
            change(&mut visit);
            judged.facts.file.visits.push(visit);
        }
    }
    judged.judgement = judge(&judged.profile, &judged.facts, today());
    judged
}

fn error(message: &str) -> RunError {
    let (file, kind) = (Some("index.html".to_owned()), ErrorKind::Uncaught);
    RunError { kind, message: message.to_owned(), file, line: Some(3), column: None, stack: None, step: 0, count: 1 }
}

fn request(url: &str, via: Via) -> OutsideRequest {
    OutsideRequest { url: url.to_owned(), via, file: None, step: 0, count: 1 }
}

/// What each of the four requirements comes to: start, errors, browsers, outside.
fn outcomes(judged: &Judged) -> [Outcome; 4] {
    ["app-index-launches", "app-no-js-errors", "app-browser-matrix", "app-external-web-minimal"]
        .map(|requirement| judged.outcome(requirement))
}

#[test]
fn what_was_seen_decides_and_what_was_not_seen_stays_open() {
    use Outcome::{Failed, NotChecked, Passed};

    let in_webkit = |visit: &Visit| visit.browser == Browser::Webkit;
    assert_eq!(outcomes(&seen(|_| {})), [Passed; 4]);

    let everywhere = seen(|visit| visit.errors.push(error("x is not defined")));
    assert_eq!(outcomes(&everywhere), [Passed, Failed, NotChecked, Passed]);
    assert_eq!(everywhere.errors(), ["run-error @ index.html:3"], "one place, told once");

    let somewhere = seen(|visit| {
        if in_webkit(visit) {
            visit.errors.push(error("x is not defined"));
        }
    });
    assert_eq!(outcomes(&somewhere), [Passed, Failed, Failed, Passed]);

    // WebKit on Linux lacks it, and Safari does not.
    let lacking = seen(|visit| {
        if in_webkit(visit) {
            visit.errors.push(error("ReferenceError: Can't find variable: RTCPeerConnection"));
        }
    });
    assert_eq!(outcomes(&lacking), [Passed, NotChecked, NotChecked, Passed]);
    assert!(lacking.errors().is_empty(), "{:?}", lacking.errors());

    let held_back = seen(|visit| {
        visit.outside.push(request("https://cdn.example/jquery.js", Via::Script));
        visit.errors.push(error("$ is not defined"));
    });
    assert_eq!(outcomes(&held_back), [Passed, NotChecked, NotChecked, NotChecked]);

    // No script fails for want of a font.
    let font = seen(|visit| {
        visit.outside.push(request("https://fonts.example/a.woff2", Via::Font));
        visit.errors.push(error("$ is not defined"));
    });
    assert_eq!(outcomes(&font), [Passed, Failed, NotChecked, NotChecked]);

    let console = seen(|visit| visit.errors.push(RunError { kind: ErrorKind::Console, ..error("hm") }));
    assert_eq!(outcomes(&console), [Passed; 4]);
    assert_eq!(console.found(Level::Warning), ["run-console @ index.html:3"]);

    let blank = seen(|visit| visit.drawn = Some(false));
    assert_eq!(outcomes(&blank), [Failed, Passed, Failed, Passed]);
    let blank_in_one = seen(|visit| visit.drawn = Some(!in_webkit(visit)));
    assert_eq!(outcomes(&blank_in_one), [Passed, Passed, Failed, Passed]);
    let led_away = seen(|visit| {
        visit.drawn = Some(in_webkit(visit));
        visit.outside.push(request("https://elsewhere.example/", Via::Load));
    });
    assert_eq!(outcomes(&led_away), [NotChecked, Passed, NotChecked, NotChecked], "one shows it for a moment");
    let unknown = seen(|visit| visit.drawn = None);
    assert_eq!(outcomes(&unknown), [NotChecked, Passed, NotChecked, Passed]);

    let hung = seen(|visit| visit.broke_off = Some(Unvisited::Hung));
    assert_eq!(outcomes(&hung), [Failed, NotChecked, NotChecked, Passed]);
    assert!(hung.facts.is_settled());
    for why in [Unvisited::Missing, Unvisited::NotStarted, Unvisited::Time] {
        let passing = seen(|visit| visit.broke_off = Some(why));
        assert_eq!(outcomes(&passing), [NotChecked, NotChecked, NotChecked, Passed], "{why:?}");
        assert!(!passing.facts.is_settled(), "what the machine is the cause of is asked anew the next time");
    }

    let counter = seen(|visit| visit.outside.push(request("mc.yandex.ru:443", Via::Load)));
    assert_eq!(counter.outcome("app-no-statistics-collection"), Failed);
    let keeps = seen(|visit| {
        visit.uses.push(Use { name: "localStorage".to_owned(), detail: "email".to_owned(), step: 0 });
    });
    assert_eq!(keeps.outcome("app-no-personal-data-collection"), NotChecked);
    let barrier =
        |rule: &str| Barrier { rule: rule.to_owned(), target: "p".to_owned(), markup: "<p>".to_owned(), count: 2 };
    assert_eq!(counter.outcome("app-accessible-to-disabled"), NotChecked, "nobody looked");
    let pale = seen(|visit| visit.barriers = Some(vec![barrier("color-contrast"), barrier("of-a-later-axe")]));
    assert_eq!(pale.outcome("app-accessible-to-disabled"), Failed);
    assert_eq!(pale.errors(), [""; 0], "advice fails nothing: {:?}", pale.errors());
    let told = [Level::Warning, Level::Note].map(|level| pale.found(level)).concat();
    assert!(told.iter().any(|one| one.starts_with("barrier-contrast")), "{told:?}");
    let small = seen(|visit| (visit.barriers, visit.smallest_text) = (Some(Vec::new()), Some(6.5)));
    assert_eq!(small.outcome("app-accessible-to-disabled"), Failed);
    let sound = seen(|visit| (visit.barriers, visit.smallest_text) = (Some(Vec::new()), Some(12.0)));
    assert_eq!(sound.outcome("app-accessible-to-disabled"), Passed);
    let places = seen(|visit| {
        visit.uses.push(Use { name: "geolocation".to_owned(), detail: String::new(), step: 0 });
    });
    assert_eq!(places.outcome("app-no-personal-data-collection"), NotChecked);
}
