//! Programs that drive browsers, and how to talk to them: WebDriver BiDi over a socket of the web with Chromium and Firefox,
//! classic WebDriver over HTTP with WebKit, which knows no other.

use std::io;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};
use ureq::Agent;

use crate::facts::Screen;

/// How long a browser may take to start.
const START: Duration = Duration::from_secs(30);

/// How long it may take to do what it is told. An app that is busy for longer does not answer to its user either.
pub(super) const ANSWER: Duration = Duration::from_secs(15);

/// Bytes of one answer.
const LARGEST: usize = 64 << 20;

/// What a phone calls itself.
const PHONE: &str =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36";
const FIREFOX_PHONE: &str = "Mozilla/5.0 (Android 15; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0";

/// Why a browser did not do what it was told.
#[derive(Debug)]
pub(super) enum Lost {
    /// It does not answer.
    Silent,
    /// The connection is gone.
    Gone,
    /// It refuses, in its own words; it goes on.
    Refused,
}

type Result<T> = std::result::Result<T, Lost>;

/// What was done; nothing if it was refused, which is no end of a visit.
pub(super) fn unless_refused<T>(done: Result<T>) -> Result<Option<T>> {
    match done {
        Err(Lost::Refused) => Ok(None),
        done => done.map(Some),
    }
}

impl From<tungstenite::Error> for Lost {
    fn from(error: tungstenite::Error) -> Lost {
        match error {
            tungstenite::Error::Io(error)
                if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) =>
            {
                Lost::Silent
            }
            _ => Lost::Gone,
        }
    }
}

/// Width and height in CSS pixels, and how many dots of the screen make one.
const fn window(screen: Screen) -> (u32, u32, f64) {
    match screen {
        Screen::Desktop => (1280, 800, 1.0),
        Screen::Phone => (390, 844, 2.0),
    }
}

/// A browser that was started.
pub(super) enum Driver {
    Bidi(Bidi),
    Classic(Classic),
}

/// A window of a browser, which shares nothing with others.
pub(super) struct Tab<'a> {
    driver: &'a mut Driver,
    /// What BiDi calls the window and the store of its data.
    context: String,
    user: String,
}

impl Driver {
    /// The name and version of the browser, as it tells them.
    pub(super) fn version(&self) -> &str {
        match self {
            Driver::Bidi(bidi) => &bidi.version,
            Driver::Classic(classic) => &classic.version,
        }
    }

    pub(super) fn tab(&mut self, screen: Screen) -> Result<Tab<'_>> {
        let (width, height, ratio) = window(screen);
        match self {
            Driver::Bidi(bidi) => {
                let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
                let user = text(&bidi.command("browser.createUserContext", &json!({}))?, "userContext");
                let context = bidi.command("browsingContext.create", &json!({"type": "tab", "userContext": user}))?;
                let context = text(&context, "context");
                let viewport = json!({
                    "context": context, "viewport": {"width": width, "height": height}, "devicePixelRatio": ratio,
                });
                bidi.command("browsingContext.setViewport", &viewport)?;
                if screen == Screen::Phone {
                    let name = if bidi.version.starts_with("Firefox") { FIREFOX_PHONE } else { PHONE };
                    // Not every browser knows all of these; without them it is still a small window.
                    let contexts = [&context];
                    for (method, more) in [
                        ("emulation.setUserAgentOverride", json!({"userAgent": name, "contexts": contexts})),
                        ("emulation.setTouchOverride", json!({"maxTouchPoints": 5, "contexts": contexts})),
                        (
                            "emulation.setScreenSettingsOverride",
                            json!({"screenArea": {"width": width, "height": height}, "contexts": contexts}),
                        ),
                    ] {
                        unless_refused(bidi.command(method, &more))?;
                    }
                }
                Ok(Tab { driver: self, context, user })
            }
            Driver::Classic(classic) => {
                classic.begin()?;
                classic.command("POST", "/window/rect", &json!({"x": 0, "y": 0, "width": width, "height": height}))?;
                Ok(Tab { driver: self, context: String::new(), user: String::new() })
            }
        }
    }
}

impl Tab<'_> {
    /// Begins to open an address.
    pub(super) fn open(&mut self, url: &str) -> Result<()> {
        let opened = match self.driver {
            Driver::Bidi(bidi) => {
                let page = json!({"context": self.context, "url": url, "wait": "none"});
                bidi.command("browsingContext.navigate", &page)
            }
            Driver::Classic(classic) => classic.command("POST", "/url", &json!({"url": url})),
        };
        // Firefox says so of pages that it opens all the same.
        unless_refused(opened).map(drop)
    }

    /// Lets pages of an address do what people are asked for and mostly allow. Where nobody sits, it is refused, and a good
    /// app would seem to fail.
    pub(super) fn allow(&mut self, origin: &str) -> Result<()> {
        let Driver::Bidi(bidi) = self.driver else { return Ok(()) };
        for name in ["clipboard-read", "clipboard-write", "screen-wake-lock"] {
            let permission = json!({
                "descriptor": {"name": name}, "state": "granted", "origin": origin, "userContext": self.user,
            });
            // Firefox knows none of these, and asks nobody for them.
            unless_refused(bidi.command("permissions.setPermission", &permission))?;
        }
        Ok(())
    }

    /// The value of an expression that yields a text.
    pub(super) fn ask(&mut self, expression: &str) -> Result<String> {
        let value = match self.driver {
            Driver::Bidi(bidi) => bidi.evaluate(expression, &json!({"context": self.context}))?,
            Driver::Classic(classic) => {
                let script = format!("return (\n{expression}\n)");
                classic.command("POST", "/execute/sync", &json!({"script": script, "args": []}))?
            }
        };
        value.as_str().map(str::to_owned).ok_or(Lost::Refused)
    }

    /// The same beside the page: the expression sees its elements and none of its variables, and the page nothing of it.
    /// Classic WebDriver has no such place and refuses.
    pub(super) fn ask_apart(&mut self, expression: &str) -> Result<String> {
        let Driver::Bidi(bidi) = self.driver else { return Err(Lost::Refused) };
        let value = bidi.evaluate(expression, &json!({"context": self.context, "sandbox": "tekser"}))?;
        value.as_str().map(str::to_owned).ok_or(Lost::Refused)
    }

    /// Moves the mouse, the wheel and the keys, in the form that both protocols share.
    pub(super) fn act(&mut self, actions: &Value) -> Result<()> {
        match self.driver {
            Driver::Bidi(bidi) => {
                bidi.command("input.performActions", &json!({"context": self.context, "actions": actions}))
            }
            Driver::Classic(classic) => classic.command("POST", "/actions", &json!({"actions": actions})),
        }
        .map(drop)
    }

    /// The window as PNG.
    pub(super) fn picture(&mut self) -> Result<Vec<u8>> {
        let picture = match self.driver {
            Driver::Bidi(bidi) => {
                bidi.command("browsingContext.captureScreenshot", &json!({"context": self.context}))?["data"].take()
            }
            Driver::Classic(classic) => classic.command("GET", "/screenshot", &Value::Null)?,
        };
        BASE64_STANDARD.decode(picture.as_str().unwrap_or_default()).map_err(|_| Lost::Refused)
    }

    /// Closes the window, and forgets what was kept.
    pub(super) fn close(self) -> Result<()> {
        match self.driver {
            Driver::Bidi(bidi) => {
                bidi.command("browser.removeUserContext", &json!({"userContext": self.user})).map(drop)
            }
            Driver::Classic(classic) => classic.end(),
        }
    }
}

/// A connection of WebDriver BiDi.
pub(super) struct Bidi {
    socket: WebSocket<TcpStream>,
    last: u64,
    version: String,
}

impl Bidi {
    /// Begins a session with a browser that waits for it at this address.
    pub(super) fn session(url: &str) -> Result<Bidi> {
        let mut bidi = Bidi::connect(url)?;
        let wishes = json!({"capabilities": {"alwaysMatch": {"unhandledPromptBehavior": {"default": "dismiss"}}}});
        let begun = bidi.command("session.new", &wishes)?;
        bidi.version = named(&begun["capabilities"]);
        Ok(bidi)
    }

    /// Goes on with the session that chromedriver began.
    pub(super) fn of_chromedriver(port: u16, binary: &str, arguments: &[String]) -> Result<Bidi> {
        let options = json!({"binary": binary, "args": arguments});
        let wishes = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "webSocketUrl": true,
            "unhandledPromptBehavior": {"default": "dismiss"},
        }}});
        let begun = post(&agent(START), &format!("http://127.0.0.1:{port}/session"), &wishes)?;
        let mut bidi = Bidi::connect(begun["capabilities"]["webSocketUrl"].as_str().unwrap_or_default())?;
        bidi.version = named(&begun["capabilities"]);
        Ok(bidi)
    }

    fn connect(url: &str) -> Result<Bidi> {
        let authority = url.strip_prefix("ws://").and_then(|rest| rest.split('/').next()).ok_or(Lost::Gone)?;
        let stream = TcpStream::connect(authority).map_err(|_| Lost::Gone)?;
        let limits = stream.set_read_timeout(Some(ANSWER)).and_then(|()| stream.set_write_timeout(Some(ANSWER)));
        limits.and_then(|()| stream.set_nodelay(true)).map_err(|_| Lost::Gone)?;
        let config = tungstenite::protocol::WebSocketConfig::default()
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST));
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(config)).map_err(|_| Lost::Gone)?;
        Ok(Bidi { socket, last: 0, version: String::new() })
    }

    /// The value of an expression.
    fn evaluate(&mut self, expression: &str, target: &Value) -> Result<Value> {
        let question = json!({
            "expression": expression, "target": target, "awaitPromise": false, "resultOwnership": "none",
        });
        Ok(self.command("script.evaluate", &question)?["result"]["value"].take())
    }

    /// What a command yields.
    fn command(&mut self, method: &str, parameters: &Value) -> Result<Value> {
        self.last += 1;
        let command = json!({"id": self.last, "method": method, "params": parameters});
        self.socket.send(Message::text(command.to_string()))?;
        let until = Instant::now() + ANSWER;
        loop {
            if Instant::now() >= until {
                return Err(Lost::Silent);
            }
            let Message::Text(text) = self.socket.read()? else { continue };
            let mut answer: Value = serde_json::from_str(&text).map_err(|_| Lost::Gone)?;
            // Events, and answers that come too late, are of no use any more.
            if answer["id"] == self.last {
                return if answer["type"] == "success" { Ok(answer["result"].take()) } else { Err(Lost::Refused) };
            }
        }
    }
}

/// A driver of classic WebDriver, which begins a new session for every window.
pub(super) struct Classic {
    agent: Agent,
    base: String,
    wishes: Value,
    session: Option<String>,
    version: String,
}

impl Classic {
    pub(super) fn new(port: u16, wishes: Value) -> Classic {
        let base = format!("http://127.0.0.1:{port}/session");
        Classic { agent: agent(ANSWER), base, wishes, session: None, version: String::new() }
    }

    fn begin(&mut self) -> Result<()> {
        let begun = post(&agent(START), &self.base, &json!({"capabilities": {"alwaysMatch": self.wishes}}))?;
        self.version = named(&begun["capabilities"]);
        self.session = begun["sessionId"].as_str().map(str::to_owned);
        Ok(())
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let session = self.session.as_deref().ok_or(Lost::Gone)?;
        let url = format!("{}/{session}{path}", self.base);
        if method == "GET" { read(self.agent.get(&url).call()) } else { post(&self.agent, &url, body) }
    }

    fn end(&mut self) -> Result<()> {
        let Some(session) = self.session.take() else { return Ok(()) };
        read(self.agent.delete(format!("{}/{session}", self.base)).call()).map(drop)
    }
}

fn agent(time: Duration) -> Agent {
    let config = Agent::config_builder().timeout_global(Some(time)).http_status_as_error(false).proxy(None);
    config.build().new_agent()
}

fn post(agent: &Agent, url: &str, body: &Value) -> Result<Value> {
    read(agent.post(url).content_type("application/json").send(body.to_string()))
}

/// What a driver answers.
fn read(answer: std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value> {
    let mut answer = answer.map_err(|error| match error {
        ureq::Error::Timeout(_) => Lost::Silent,
        _ => Lost::Gone,
    })?;
    let text = answer.body_mut().with_config().limit(LARGEST as u64).read_to_string().map_err(|_| Lost::Gone)?;
    let mut value: Value = serde_json::from_str(&text).map_err(|_| Lost::Gone)?;
    if answer.status().is_success() {
        return Ok(value["value"].take());
    }
    match value["value"]["error"].as_str() {
        Some("timeout" | "script timeout") => Err(Lost::Silent),
        Some("invalid session id" | "no such window" | "session not created" | "unknown error") => Err(Lost::Gone),
        _ => Err(Lost::Refused),
    }
}

/// The name and version of a browser.
fn named(capabilities: &Value) -> String {
    let text = |key: &str| capabilities[key].as_str().unwrap_or_default();
    let name = match text("browserName") {
        "chrome" | "chrome-headless-shell" => "Chromium",
        "firefox" => "Firefox",
        "MiniBrowser" => "WebKitGTK",
        other => other,
    };
    format!("{name} {}", text("browserVersion")).trim().to_owned()
}
