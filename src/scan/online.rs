//! Services on which files are shared, asked whether there is something behind a link. Only headers are asked for, over
//! HTTP: nothing is downloaded, nobody signs in, no cookie is kept, and only hosts that the profile names are asked.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use ureq::http::{HeaderMap, Method, Request, Uri, header};
use ureq::{Agent, Error};

use crate::checks::Asked;
use crate::checks::address::within_any;
use crate::facts::{LinkAnswer, LinkFacts, LinkSaid, Unanswered};
use crate::probe::Deadline;

/// How long a service may take to be reached.
const CONNECT: Duration = Duration::from_secs(5);

/// How long it may take to answer one question.
const ANSWER: Duration = Duration::from_secs(15);

/// Bytes of headers that are read of one answer.
const HEADERS: usize = 64 << 10;

/// How often a link may lead on to another address.
const HOPS: usize = 6;

/// Links of one submission that are asked for. A work needs one; documents hold some more.
const LINKS: usize = 8;

/// Times in a row that a host may be silent before it is not asked any more.
const PATIENCE: u32 = 3;

/// Asks services about links.
pub struct Online {
    agent: Agent,
    /// How often a host was silent in a row.
    silent: Mutex<HashMap<String, u32>>,
}

impl Default for Online {
    /// Nobody is asked yet. The proxy that the environment names is used.
    fn default() -> Online {
        let agent = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .max_response_header_size(HEADERS)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("tekser/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Online { agent, silent: Mutex::default() }
    }
}

impl Online {
    /// What services say about links, until the deadline.
    #[must_use]
    pub fn ask(&self, links: &[Asked<'_>], deadline: Deadline) -> Vec<LinkFacts> {
        let ask = |asked: &Asked<'_>| {
            let said = if deadline.is_over() {
                LinkSaid::Nothing(Unanswered::Time)
            } else {
                self.follow(asked).map_or_else(LinkSaid::Nothing, LinkSaid::Answer)
            };
            LinkFacts { url: asked.url.to_owned(), said }
        };
        links.iter().take(LINKS).map(ask).collect()
    }

    /// Follows a link as long as it stays with its service.
    fn follow(&self, asked: &Asked<'_>) -> Result<LinkAnswer, Unanswered> {
        let scheme = if asked.url.contains("://") { "" } else { "https://" };
        let mut uri = parse(&format!("{scheme}{}", asked.url))?;
        let mut host = host(&uri)?;
        if !within_any(&host, &asked.hosts) {
            return Err(Unanswered::NotUnderstood);
        }
        for _ in 0..HOPS {
            let (status, headers) = self.headers(&uri, &host)?;
            let Some(next) = location(status, &headers, &uri) else {
                return Ok(answer(status, host, &headers));
            };
            uri = next?;
            host = self::host(&uri)?;
            if !within_any(&host, &asked.hosts) {
                return Ok(answer(status, host, &HeaderMap::new()));
            }
        }
        Err(Unanswered::Circle)
    }

    /// The status and headers of an address. Some services know no `HEAD`, or answer it otherwise than they should: what it
    /// refuses is asked for once more as a browser does it, and the content left where it is.
    fn headers(&self, uri: &Uri, host: &str) -> Result<(u16, HeaderMap), Unanswered> {
        let silent = self.silent().get(host).copied().unwrap_or_default();
        if silent >= PATIENCE {
            return Err(Unanswered::GivenUp);
        }
        let mut answer = self.request(Method::HEAD, uri);
        if matches!(answer, Ok((400.., _)) | Err(Unanswered::NotUnderstood)) {
            answer = self.request(Method::GET, uri);
        }
        match answer {
            Err(Unanswered::Unreachable | Unanswered::Time) => *self.silent().entry(host.to_owned()).or_default() += 1,
            _ => drop(self.silent().remove(host)),
        }
        answer
    }

    fn request(&self, method: Method, uri: &Uri) -> Result<(u16, HeaderMap), Unanswered> {
        let request = Request::builder().method(method).uri(uri).body(()).map_err(|_| Unanswered::NotUnderstood)?;
        // Dropped with the answer, the connection ends before the content comes.
        let (head, _) = self.agent.run(request).map_err(|error| unanswered(&error))?.into_parts();
        Ok((head.status.as_u16(), head.headers))
    }

    fn silent(&self) -> std::sync::MutexGuard<'_, HashMap<String, u32>> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn parse(url: &str) -> Result<Uri, Unanswered> {
    /// What browsers write as percent signs, as they do with letters beyond ASCII.
    const UNSEEN: &AsciiSet = &CONTROLS.add(b' ');

    let address = url.split('#').next().unwrap_or_default();
    utf8_percent_encode(address, UNSEEN).to_string().parse().map_err(|_| Unanswered::NotUnderstood)
}

/// The host of an address of HTTP, lower case.
fn host(uri: &Uri) -> Result<String, Unanswered> {
    let http = matches!(uri.scheme_str(), Some("http" | "https"));
    let host = uri.host().filter(|host| http && !host.is_empty()).ok_or(Unanswered::NotUnderstood)?;
    Ok(host.trim_end_matches('.').to_lowercase())
}

/// Where an answer leads on to.
fn location(status: u16, headers: &HeaderMap, from: &Uri) -> Option<Result<Uri, Unanswered>> {
    let leads_on = matches!(status, 301 | 302 | 303 | 307 | 308);
    let to = headers.get(header::LOCATION).filter(|_| leads_on)?;
    let to = String::from_utf8_lossy(to.as_bytes());
    let (scheme, authority) = (from.scheme_str().unwrap_or("https"), from.authority().map_or("", |all| all.as_str()));
    let whole = if to.starts_with("//") {
        format!("{scheme}:{to}")
    } else if to.starts_with('/') {
        format!("{scheme}://{authority}{to}")
    } else if to.contains("://") {
        to.into_owned()
    } else {
        let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{folder}/{to}")
    };
    Some(parse(&whole))
}

fn answer(status: u16, host: String, headers: &HeaderMap) -> LinkAnswer {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
    let first = |text: String| text.split(';').next().unwrap_or_default().trim().to_owned();
    LinkAnswer {
        status,
        host,
        media_type: text(header::CONTENT_TYPE).map(first),
        attachment: text(header::CONTENT_DISPOSITION).map(first).as_deref() == Some("attachment"),
        size: text(header::CONTENT_LENGTH).and_then(|size| size.parse().ok()),
    }
}

fn unanswered(error: &Error) -> Unanswered {
    match error {
        Error::Timeout(_) => Unanswered::Time,
        Error::HostNotFound | Error::ConnectionFailed | Error::Io(_) | Error::Tls(_) | Error::ConnectProxyFailed(_) => {
            Unanswered::Unreachable
        }
        _ => Unanswered::NotUnderstood,
    }
}
