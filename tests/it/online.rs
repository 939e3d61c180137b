//! Services asked about links: what follows from their answers, and what is done about those that misbehave.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tekser::checks::Asked;
use tekser::facts::{LinkAnswer, LinkSaid, Unanswered};
use tekser::probe::Deadline;
use tekser::scan::Online;

use crate::common::{Batch, list, outcomes, report, text};

/// A service that was made here.
struct Service {
    port: u16,
    /// The requests that came, as `HEAD /path`.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn new() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let all = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, all) = (stream.expect("a connection"), Arc::clone(&all));
                // What whoever asks does not wait for fails to be written.
                thread::spawn(move || drop(serve(stream, &all)));
            }
        });
        Service { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn say(&self, path: &str) -> LinkSaid {
        let url = self.url(path);
        let asked = Asked { url: &url, hosts: vec!["127.0.0.1"] };
        let said = Online::default().ask(&[asked], Deadline::never());
        assert_eq!(said[0].url, url);
        said[0].said.clone()
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().expect("no panic"))
    }
}

fn serve(mut stream: TcpStream, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().expect("a line")?;
    let mut words = first.split(' ');
    let (method, path) = (words.next().expect("a method"), words.next().expect("a path"));
    asked.lock().expect("no panic").push(format!("{method} {path}"));
    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
    let answer = match path {
        "/file/page" => "200 OK\r\nContent-Type: text/html; charset=utf-8\r\n",
        "/file/film" => "200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 9000000\r\n",
        "/file/saved" => "200 OK\r\nContent-Type: text/html\r\nContent-Disposition: Attachment; filename=a.html\r\n",
        "/file/near" => "302 Found\r\nLocation: film\r\n",
        "/file/closed" => "302 Found\r\nLocation: http://localhost:1/ServiceLogin?continue=x\r\n",
        "/file/elsewhere" => "302 Found\r\nLocation: //example.kz/captcha\r\n",
        "/file/circle" => "302 Found\r\nLocation: /file/circle\r\n",
        "/file/odd" => "302 Found\r\nLocation: ftp://127.0.0.1/x\r\n",
        "/file/members" => "401 Unauthorized\r\n",
        "/file/robots" => "429 Too Many Requests\r\n",
        "/file/get-only" if method == "HEAD" => "405 Method Not Allowed\r\n",
        "/file/get-only" => "200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 5000000000\r\n",
        "/file/noise" => return stream.write_all(b"\x16\x03\x01 what?\r\n\r\n"),
        "/file/headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            let line = format!("X-Long: {}\r\n", "a".repeat(1000));
            return (0..100_000).try_for_each(|_| stream.write_all(line.as_bytes()));
        }
        "/file/silence" => {
            thread::sleep(Duration::from_secs(60));
            return Ok(());
        }
        "/file/%D3%A9%D0%BC%D1%96%D1%80?a=1" => "204 No Content\r\n",
        _ => "404 Not Found\r\nContent-Type: text/html\r\n",
    };
    stream.write_all(format!("HTTP/1.1 {answer}Connection: close\r\n\r\n").as_bytes())?;
    if method == "GET" && path == "/file/get-only" {
        // Far more than anybody should take.
        return (0..100_000).try_for_each(|_| stream.write_all(&[0; 50_000]));
    }
    Ok(())
}

fn answer(status: u16, host: &str) -> LinkAnswer {
    LinkAnswer { status, host: host.to_owned(), media_type: None, attachment: false, size: None }
}

#[test]
fn headers_tell_what_lies_behind_a_link() {
    let service = Service::new();
    let here = |status| answer(status, "127.0.0.1");
    let typed = |status, media: &str| LinkAnswer { media_type: Some(media.to_owned()), ..here(status) };
    let film = LinkAnswer { size: Some(9_000_000), ..typed(200, "video/mp4") };
    for (path, expected) in [
        ("/file/page", typed(200, "text/html")),
        ("/file/film", film.clone()),
        ("/file/saved", LinkAnswer { attachment: true, ..typed(200, "text/html") }),
        ("/file/near", film),
        ("/file/gone", typed(404, "text/html")),
        ("/file/members", here(401)),
        ("/file/robots", here(429)),
        ("/file/өмір?a=1#t=5", here(204)),
        // Hosts that are not the service's are named and not asked.
        ("/file/closed", answer(302, "localhost")),
        ("/file/elsewhere", answer(302, "example.kz")),
    ] {
        assert_eq!(service.say(path), LinkSaid::Answer(expected), "{path}");
    }
    let twice = |line: &&String| line.starts_with("GET ");
    let asked = service.asked();
    let twice: Vec<&String> = asked.iter().filter(twice).collect();
    assert_eq!(twice, ["GET /file/gone", "GET /file/members", "GET /file/robots"], "a refusal is made sure of");
}

#[test]
fn what_refuses_the_headers_is_asked_as_a_browser_would_and_its_content_left_alone() {
    let service = Service::new();
    let before = Instant::now();
    let LinkSaid::Answer(said) = service.say("/file/get-only") else { panic!("no answer") };
    assert_eq!((said.status, said.size), (200, Some(5_000_000_000)));
    assert_eq!(service.asked(), ["HEAD /file/get-only", "GET /file/get-only"]);
    assert!(before.elapsed() < Duration::from_secs(10), "five gigabytes were not waited for");
}

#[test]
fn a_service_that_misbehaves_ends_nothing() {
    let service = Service::new();
    for (path, expected) in [
        ("/file/circle", Unanswered::Circle),
        ("/file/odd", Unanswered::NotUnderstood),
        ("/file/noise", Unanswered::NotUnderstood),
        ("/file/headers", Unanswered::NotUnderstood),
    ] {
        assert_eq!(service.say(path), LinkSaid::Nothing(expected), "{path}");
    }
    let before = Instant::now();
    assert_eq!(service.say("/file/silence"), LinkSaid::Nothing(Unanswered::Time));
    assert!(before.elapsed() < Duration::from_secs(40), "a minute was not waited for");
}

#[test]
fn only_hosts_of_the_service_are_asked_and_a_silent_one_no_more_than_three_times() {
    let service = Service::new();
    let url = service.url("/file/film");
    let online = Online::default();
    let one = |url: &str, host: &'static str| {
        online.ask(&[Asked { url, hosts: vec![host] }], Deadline::never()).remove(0).said
    };
    let not_understood = LinkSaid::Nothing(Unanswered::NotUnderstood);
    assert_eq!(one(&url, "drive.google.com"), not_understood);
    assert_eq!(
        one(&format!("http://drive.google.com@127.0.0.1:{}/file/film", service.port), "drive.google.com"),
        not_understood
    );
    assert_eq!(one("file:///etc/passwd", ""), not_understood);
    assert_eq!(service.asked(), [""; 0]);

    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let url = format!("http://{closed}/file/1");
    let said: Vec<LinkSaid> = (0..4).map(|_| one(&url, "127.0.0.1")).collect();
    let expected = [Unanswered::Unreachable, Unanswered::Unreachable, Unanswered::Unreachable, Unanswered::GivenUp];
    assert_eq!(said, expected.map(LinkSaid::Nothing));
}

const REQUIREMENT: &str = "opiq-cloud-link-downloadable";

/// The rules of a contest whose works lie on our service.
const PROFILE: &str = r#"
extends = "opiq-2019"
id = "online-test"

[change.opiq-cloud-link-downloadable.settings]
link-services = [{ id = "ours", name = { en = "Ours" }, hosts = ["127.0.0.1"], sign-in = ["localhost"], files = ["/file/*"], folders = ["/folder/*"], private = ["/home"] }]
"#;

#[test]
fn an_organizer_sees_which_links_open() {
    let service = Service::new();
    let batch = Batch::new();
    let cases = [
        ("film", "passed", "link-delivers"),
        ("page", "not-checked", "link-answers"),
        ("robots", "not-checked", "link-taken"),
        ("gone", "failed", "link-gone"),
        ("closed", "failed", "link-not-shared"),
        ("elsewhere", "not-checked", "link-taken"),
    ];
    let rows = cases.map(|(path, ..)| format!("{path},cloud,{}\n", service.url(&format!("/file/{path}"))));
    let more = format!("home,cloud,{}\n", service.url("/home"));
    batch.write("profile.toml", PROFILE);
    batch.write("table.csv", format!("Автор,Жеткізу тәсілі,Сілтеме\n{}{more}", rows.concat()));
    let (profile, table) = (batch.path("profile.toml"), batch.path("table.csv"));
    let check = |more: &[&str]| {
        let report = report(&[&["--profile", &profile, "--registry", &table], more].concat());
        // Rows come out in the order of the table.
        let names = cases.iter().map(|(name, ..)| *name).chain(["home"]);
        let seen: BTreeMap<&str, (String, String)> = names
            .zip(list(&report["submissions"]))
            .map(|(name, submission)| {
                let mut findings = list(&submission["findings"]).iter();
                let finding = findings.find(|one| one["requirement"] == REQUIREMENT).map(|one| text(&one["id"]));
                (name, (outcomes(submission)[REQUIREMENT].to_owned(), finding.unwrap_or_default().to_owned()))
            })
            .collect();
        assert_eq!(seen.len(), cases.len() + 1, "{seen:?}");
        seen
    };
    let offline = check(&[]);
    assert_eq!(service.asked(), [""; 0], "nobody is asked unless somebody wants it");
    for (path, ..) in cases {
        assert_eq!(offline[path], ("not-checked".to_owned(), "link-taken".to_owned()), "{path}");
    }
    let online = check(&["--online"]);
    for (path, outcome, finding) in cases {
        assert_eq!(online[path], (outcome.to_owned(), finding.to_owned()), "{path}");
    }
    assert_eq!(online["home"].1, "link-private");
    assert!(!service.asked().iter().any(|line| line.contains("/home")), "its form says enough");
}
