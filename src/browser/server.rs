//! Gives an app to browsers over HTTP, from this computer to itself, and refuses everything that leads elsewhere. Both are
//! written down.

use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Collected, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::{JoinHandle, JoinSet};

use super::platform::{self, Platform};
use super::site::Site;
use crate::START_PAGE;
use crate::facts::{ErrorKind, Via};
use crate::locked;

/// The folder of addresses that is ours and no app's.
pub(super) const OURS: &str = "/__tekser__/";

/// Bytes of one message of the recorder.
const MESSAGE: usize = 64 << 10;

/// Messages of one visit that are kept.
const MESSAGES: usize = 2_000;

const RECORDER: &str = include_str!("recorder.js");

/// Tells of everything that a page asks for outside, and forbids nothing: that the proxy does.
const POLICY: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: filesystem: mediastream: about:; \
                      form-action 'self'; report-uri /__tekser__/csp";

/// What is told of a visit.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "told", rename_all = "kebab-case")]
pub(super) enum Told {
    /// An error of a script.
    Error {
        kind: ErrorKind,
        message: String,
        #[serde(default)]
        url: Option<String>,
        #[serde(default)]
        line: Option<u64>,
        #[serde(default)]
        column: Option<u64>,
        #[serde(default)]
        stack: Option<String>,
    },
    /// An interface was used.
    Use { name: String, detail: String },
    /// The browser could do nothing else for so many milliseconds.
    Busy { ms: u64 },
    /// Something outside was asked for; the file that asked, if it is known.
    Request {
        via: Via,
        url: String,
        #[serde(default)]
        from: Option<String>,
    },
}

/// What happened during a visit.
pub(super) struct Log {
    /// The step that is under way.
    pub step: u32,
    /// What was told, with the step.
    pub told: Vec<(u32, Told)>,
    /// Files that were asked for and are not there, with the step.
    pub missing: Vec<(u32, String)>,
    /// What the proxy refused: addresses, or hosts with ports.
    pub refused: Vec<(u32, String)>,
    /// When anything was asked for last.
    pub last: Instant,
    /// Questions that are being answered.
    pub open: usize,
    /// Where the recorder was put into a page: name, line, bytes before it in that line.
    pub recorded: Vec<(String, u64, u64)>,
}

impl Default for Log {
    fn default() -> Log {
        Log {
            step: 0,
            told: Vec::new(),
            missing: Vec::new(),
            refused: Vec::new(),
            last: Instant::now(),
            open: 0,
            recorded: Vec::new(),
        }
    }
}

impl Log {
    /// Takes down what was told in this step.
    fn tell(&mut self, told: impl IntoIterator<Item = Told>) {
        let step = self.step;
        let room = MESSAGES.saturating_sub(self.told.len());
        self.told.extend(told.into_iter().take(room).map(|told| (step, told)));
    }
}

type Shared = Arc<Mutex<Log>>;

/// A server of apps, and a proxy that refuses.
pub(super) struct Server {
    runtime: Runtime,
    log: Shared,
    /// The port of the proxy.
    pub proxy: u16,
}

/// An app that can be asked for, as long as this is kept.
pub(super) struct Open {
    task: JoinHandle<()>,
    /// The address before all names.
    pub origin: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(super) fn start() -> io::Result<Server> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(8)
            .enable_all()
            .build()?;
        let log = Shared::default();
        let (listener, proxy) = listen(&runtime)?;
        let shared = Arc::clone(&log);
        runtime.spawn(serve(listener, move |request| {
            refuse(&request, &shared);
            std::future::ready(answer(StatusCode::FORBIDDEN, "text/plain", Bytes::new()))
        }));
        Ok(Server { runtime, log, proxy })
    }

    /// Begins a visit: nothing has happened yet.
    pub(super) fn open(&self, site: Site, platform: Platform) -> io::Result<Open> {
        *locked(&self.log) = Log::default();
        let (listener, port) = listen(&self.runtime)?;
        let (site, log) = (Arc::new(site), Arc::clone(&self.log));
        let task = self.runtime.spawn(serve(listener, move |request| {
            let (site, log) = (Arc::clone(&site), Arc::clone(&log));
            async move {
                {
                    let mut log = locked(&log);
                    log.open += 1;
                    log.last = Instant::now();
                }
                let answer = respond(request, site, Arc::clone(&log), platform).await;
                let mut log = locked(&log);
                log.open = log.open.saturating_sub(1);
                log.last = Instant::now();
                answer
            }
        }));
        Ok(Open { task, origin: format!("http://127.0.0.1:{port}") })
    }

    pub(super) fn log(&self) -> std::sync::MutexGuard<'_, Log> {
        locked(&self.log)
    }

    /// Waits until nothing was asked for during `quiet`, at most until `until`.
    pub(super) fn rest(&self, quiet: Duration, until: Instant) {
        loop {
            let (open, last) = {
                let log = self.log();
                (log.open, log.last)
            };
            let now = Instant::now();
            if now >= until || open == 0 && now.duration_since(last) >= quiet {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn listen(runtime: &Runtime) -> io::Result<(TcpListener, u16)> {
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

/// Answers whoever connects, for ever.
async fn serve<F, A>(listener: TcpListener, answer: F)
where
    F: Fn(Request<Incoming>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Response<Full<Bytes>>> + Send,
{
    // They end with this, and let go of the app.
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        while connections.try_join_next().is_some() {}
        let answer = answer.clone();
        connections.spawn(async move {
            let service = service_fn(|request| {
                let answer = answer(request);
                async { Ok::<_, std::convert::Infallible>(answer.await) }
            });
            // Browsers break connections off as they like.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

fn answer(status: StatusCode, kind: &str, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}

/// Writes down what is asked of the proxy.
fn refuse(request: &Request<Incoming>, log: &Shared) {
    let mut log = locked(log);
    let step = log.step;
    let asked = request.uri().to_string();
    if log.refused.len() < MESSAGES && !log.refused.iter().any(|(_, known)| *known == asked) {
        log.refused.push((step, asked));
    }
}

async fn respond(
    request: Request<Incoming>,
    site: Arc<Site>,
    log: Shared,
    platform: Platform,
) -> Response<Full<Bytes>> {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    if let Some(ours) = path.strip_prefix(OURS) {
        return match ours {
            "recorder.js" => answer(StatusCode::OK, "text/javascript", [RECORDER, platform.script()].concat().into()),
            "told" | "csp" => {
                let bytes = content(request.into_body()).await;
                let told = if ours == "csp" { reported(&bytes) } else { serde_json::from_slice(&bytes).ok() };
                locked(&log).tell(told);
                answer(StatusCode::NO_CONTENT, "text/plain", Bytes::new())
            }
            _ => match ours.strip_prefix(platform::STORE) {
                Some(resource) if platform == Platform::Xapi => stored(request, resource, &log).await,
                _ => answer(StatusCode::NOT_FOUND, "text/plain", Bytes::new()),
            },
        };
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        // There is nobody here who takes something.
        return answer(StatusCode::METHOD_NOT_ALLOWED, "text/plain", Bytes::new());
    }
    let mut name = path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str(START_PAGE);
    }
    let destination = request.headers().get("sec-fetch-dest").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let worker = matches!(destination, "worker" | "sharedworker" | "serviceworker");
    let range = request.headers().get(header::RANGE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let read = {
        let name = name.clone();
        let range = range.clone();
        tokio::task::spawn_blocking(move || site.read(&name, |size| wanted(range.as_deref(), size))).await
    };
    let Ok(Ok(Some(content))) = read else {
        let mut log = locked(&log);
        // Browsers ask for it by themselves.
        let known = log.missing.iter().any(|(_, known)| *known == name);
        if name != "favicon.ico" && log.missing.len() < MESSAGES && !known {
            let step = log.step;
            log.missing.push((step, name));
        }
        return answer(StatusCode::NOT_FOUND, "text/plain", Bytes::new());
    };
    let kind = mime_guess::from_path(&name).first_or_octet_stream();
    let text = matches!(kind.type_(), mime_guess::mime::TEXT) || kind.subtype() == "javascript";
    let mut shown = kind.to_string();
    if text && kind.subtype() != "html" {
        // As servers do, and as a page cannot say for its scripts and styles.
        shown.push_str("; charset=utf-8");
    }
    if matches!(destination, "document" | "iframe" | "frame") && !is_shown(&kind) {
        locked(&log).tell([Told::Use { name: "download".to_owned(), detail: name.clone() }]);
    }
    // Of `application/xhtml+xml` this is the part before the suffix.
    let strict = kind.subtype() == "xhtml";
    let page = kind.subtype() == "html" || strict;
    let whole = content.part == (0..content.size);
    let bytes = if page && whole {
        let (bytes, line, before) = recorded(content.bytes, strict);
        locked(&log).recorded.push((name, line, before));
        bytes
    } else if worker && whole {
        [b"try{importScripts(\"/__tekser__/recorder.js\")}catch{}".as_slice(), &content.bytes].concat()
    } else {
        content.bytes
    };
    let partial = range.is_some() && !page && !worker;
    let mut response = answer(if partial { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK }, &shown, bytes.into());
    if partial {
        let Range { start, end } = content.part;
        let part = format!("bytes {start}-{}/{}", end.saturating_sub(1), content.size);
        if let Ok(part) = HeaderValue::from_str(&part) {
            response.headers_mut().insert(header::CONTENT_RANGE, part);
        }
    }
    if page {
        response.headers_mut().insert("content-security-policy-report-only", HeaderValue::from_static(POLICY));
    }
    response
}

/// Answers for the learning record store.
async fn stored(request: Request<Incoming>, resource: &str, log: &Shared) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let query = head.uri.query().unwrap_or_default();
    let (status, value, told) = platform::store(&head.method, resource, query, &content(body).await);
    locked(log).tell(told);
    let text = if value.is_null() { String::new() } else { value.to_string() };
    answer(status, "application/json", text.into())
}

/// What a request brings with it; nothing if that is too much.
async fn content(body: Incoming) -> Bytes {
    Limited::new(body, MESSAGE).collect().await.map(Collected::to_bytes).unwrap_or_default()
}

/// Browsers show files of this type in a window; others they save to disk.
fn is_shown(kind: &mime_guess::Mime) -> bool {
    matches!(kind.type_().as_str(), "text" | "image" | "audio" | "video")
        || matches!(kind.subtype().as_str(), "xhtml" | "xml" | "json" | "pdf" | "javascript")
}

/// The bytes that a browser wants of a file: all, or those of a range as HTTP writes it.
fn wanted(range: Option<&str>, size: u64) -> Range<u64> {
    let range = range.and_then(|range| range.strip_prefix("bytes=")).and_then(|range| range.split_once('-'));
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match range.map(|(first, last)| (number(first), number(last))) {
        Some((Some(first), last)) if first < size => first..last.map_or(size, |last| last.saturating_add(1).min(size)),
        Some((None, Some(last))) => size.saturating_sub(last)..size,
        _ => 0..size,
    }
}

/// What loads the recorder.
pub(super) const SCRIPT: &[u8] = b"<script src=\"/__tekser__/recorder.js\"></script>";

/// A page that loads the recorder before everything else, and where that stands: in which line, and behind how many bytes
/// of it. No line gets another number. In a `strict` page, which is XML, nothing may stand before its first tag.
fn recorded(page: Vec<u8>, strict: bool) -> (Vec<u8>, u64, u64) {
    /// Bytes of a page in which its head begins.
    const BEGINNING: usize = 4096;

    // Two bytes a letter: the script would be read as something else.
    if page.starts_with(&[0xff, 0xfe]) || page.starts_with(&[0xfe, 0xff]) {
        return (page, 0, 0);
    }
    let beginning = page[..page.len().min(BEGINNING)].to_ascii_lowercase();
    let behind = |tag: &[u8]| {
        let at = memchr::memmem::find(&beginning, tag)?;
        let named =
            beginning.get(at + tag.len()).is_some_and(|next| matches!(next, b'>' | b' ' | b'\n' | b'\r' | b'\t'));
        let end = memchr::memchr(b'>', &beginning[at..])?;
        named.then_some(at + end + 1)
    };
    let at = match behind(b"<head").or_else(|| behind(b"<html")) {
        Some(at) => at,
        None if strict => return (page, 0, 0),
        None => behind(b"<!doctype").unwrap_or_default(),
    };
    let before = page[..at].split(|byte| *byte == b'\n').next_back().map_or(0, <[u8]>::len);
    let line = memchr::memchr_iter(b'\n', &page[..at]).count() as u64 + 1;
    ([&page[..at], SCRIPT, &page[at..]].concat(), line, before as u64)
}

/// What a browser reports about the policy, as a request.
fn reported(bytes: &[u8]) -> Option<Told> {
    #[derive(Deserialize)]
    struct Reported {
        #[serde(rename = "csp-report")]
        report: Report,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Report {
        blocked_uri: String,
        #[serde(default)]
        effective_directive: Option<String>,
        #[serde(default)]
        violated_directive: Option<String>,
        #[serde(default)]
        source_file: Option<String>,
        #[serde(default)]
        document_uri: Option<String>,
    }

    let Reported { report } = serde_json::from_slice(bytes).ok()?;
    // Only what has a host leaves the app.
    let uri: Uri = report.blocked_uri.parse().ok()?;
    uri.host()?;
    let directive = report.effective_directive.or(report.violated_directive).unwrap_or_default();
    let directive = directive.split(' ').next().unwrap_or_default();
    let via = match directive.trim_end_matches("-elem").trim_end_matches("-attr") {
        "script-src" | "worker-src" => Via::Script,
        "style-src" => Via::Style,
        "img-src" => Via::Image,
        "font-src" => Via::Font,
        "media-src" => Via::Media,
        "frame-src" | "child-src" | "object-src" => Via::Frame,
        "connect-src" => Via::Request,
        "form-action" => Via::Form,
        _ => Via::Load,
    };
    Some(Told::Request { via, url: report.blocked_uri, from: report.source_file.or(report.document_uri) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_as_http_writes_them() {
        assert_eq!(wanted(None, 10), 0..10);
        assert_eq!(wanted(Some("bytes=2-4"), 10), 2..5);
        assert_eq!(wanted(Some("bytes=2-"), 10), 2..10);
        assert_eq!(wanted(Some("bytes=-3"), 10), 7..10);
        assert_eq!(wanted(Some("bytes=2-99"), 10), 2..10);
        assert_eq!(wanted(Some("bytes=99-"), 10), 0..10);
    }

    #[test]
    fn the_recorder_stands_before_everything_else() {
        let page = |text: &str| String::from_utf8(recorded(text.as_bytes().to_vec(), false).0).unwrap_or_default();
        assert_eq!(page("<HEAD>\n<b>"), "<HEAD><script src=\"/__tekser__/recorder.js\"></script>\n<b>");
        assert!(page("<html lang=kk><body>").starts_with("<html lang=kk><script"));
        assert!(page("<!doctype html><header>").starts_with("<!doctype html><script"));
        assert!(page("<p>").starts_with("<script"));
        let (_, line, before) = recorded(b"<!doctype html>\n <head><b>".to_vec(), false);
        assert_eq!((line, before), (2, 7));
        let (untouched, ..) = recorded(b"<?xml version='1.0'?><svg/>".to_vec(), true);
        assert!(untouched.starts_with(b"<?xml"), "nothing stands before a declaration");
    }
}
