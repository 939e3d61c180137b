//! One visit: an app is opened in a window, looked at when it has come to rest, and worked with as somebody would who does
//! not know it. What is done is always the same for the same app.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use image::codecs::jpeg::JpegEncoder;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};

use super::drive::{Driver, Lost, Tab, unless_refused};
use super::platform::Platform;
use super::server::{Log, OURS, SCRIPT, Server, Told};
use super::site::Site;
use crate::START_PAGE;
use crate::facts::{Action, Barrier, OutsideRequest, RunError, Step, Unvisited, Use, Via, Visit};

/// A page has come to rest when it has asked for nothing for so long.
const QUIET: Duration = Duration::from_millis(400);

/// And is looked at in any case after this time.
const LOADED: Duration = Duration::from_secs(12);

/// The same after each step.
const AFTER_STEP: Duration = Duration::from_secs(2);
const STEP_QUIET: Duration = Duration::from_millis(120);

/// What comes to nobody's notice for this long after the last step is not waited for.
const LATE: Duration = Duration::from_millis(600);

/// Steps of one visit, and how long all of them may take.
const STEPS: usize = 24;
const WORK: Duration = Duration::from_secs(25);

/// Errors, requests and uses of one visit that are kept.
const KEPT: usize = 100;

/// Pixels of the longer side of the picture.
const SIDE: u32 = 320;

/// Elements of a page up to which it is looked for barriers: some seconds of work for a browser.
const ELEMENTS: usize = 5_000;

/// How long that may take, and how many rules are told.
const LOOKED: Duration = Duration::from_secs(8);
const RULES: usize = 60;

const LOOK: &str = include_str!("look.js");
const AXE: &str = include_str!("../../third-party/axe-core/axe.min.js");
const BARRIERS: &str = include_str!("barriers.js");

/// What is seen in a window.
#[derive(Deserialize)]
struct Look {
    state: String,
    origin: String,
    title: String,
    language: String,
    text: bool,
    elements: usize,
    smallest: Option<f64>,
    targets: Vec<Target>,
    width: i64,
    height: i64,
}

/// Something that can be tried.
#[derive(Clone, Deserialize)]
struct Target {
    target: String,
    label: String,
    x: i64,
    y: i64,
    kind: TargetKind,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TargetKind {
    Click,
    Field,
    Drag,
}

/// How a visit is made.
pub(super) struct Manner<'a> {
    /// The learning platform that the app wants around it.
    pub platform: Platform,
    /// Look for what keeps people from the start page.
    pub barriers: bool,
    /// Keep a picture.
    pub picture: bool,
    /// Do these steps instead of finding some.
    pub steps: Option<&'a [Step]>,
}

/// Opens an app and works with it.
pub(super) fn visit(driver: &mut Driver, server: &Server, site: Site, manner: &Manner<'_>, seen: &mut Visit) {
    if !site.has(START_PAGE) {
        seen.broke_off = Some(Unvisited::NoStartPage);
        return;
    }
    let Ok(open) = server.open(site, manner.platform) else {
        seen.broke_off = Some(Unvisited::NotStarted);
        return;
    };
    let mut worked = Ok(());
    match driver.tab(seen.screen) {
        Ok(mut tab) => {
            worked = work(&mut tab, server, &open.origin, manner, seen);
            let closed = unless_refused(tab.close());
            worked = worked.and(closed.map(drop));
        }
        Err(_) => seen.broke_off = Some(Unvisited::NotStarted),
    }
    seen.version = Some(driver.version().to_owned()).filter(|version| !version.is_empty());
    match worked {
        Ok(()) => {}
        Err(Lost::Refused) => seen.broke_off = Some(Unvisited::Restless),
        Err(Lost::Silent) => seen.broke_off = Some(Unvisited::Hung),
        Err(Lost::Gone) => seen.broke_off = Some(Unvisited::Crashed),
    }
    told(&server.log(), &open.origin, seen);
}

fn work(tab: &mut Tab<'_>, server: &Server, origin: &str, manner: &Manner<'_>, seen: &mut Visit) -> Result<(), Lost> {
    let start = format!("{origin}/{START_PAGE}{}", manner.platform.launch(origin));
    tab.allow(origin)?;
    tab.open(&start)?;
    let until = Instant::now() + LOADED;
    let mut look = loop {
        server.rest(QUIET, until);
        match look(tab) {
            Ok(look) if look.state == "complete" && look.origin == origin => break look,
            Ok(look) if Instant::now() >= until => break look,
            Ok(_) | Err(Lost::Refused) if Instant::now() < until => std::thread::sleep(Duration::from_millis(50)),
            Ok(look) => break look,
            Err(lost) => return Err(lost),
        }
    };
    if look.origin != origin {
        // It led away at once, to where nothing can be seen from here; what browsers show instead is not the app.
        seen.drawn = Some(false);
        return Ok(());
    }
    seen.title = Some(look.title.trim().to_owned()).filter(|title| !title.is_empty());
    seen.language = Some(look.language.trim().to_owned()).filter(|language| !language.is_empty());
    seen.smallest_text = look.smallest;
    let mut drawn = look_at(tab, manner.picture, seen)?;
    // An app that draws itself may need a moment more, and longer where others keep the computer busy.
    let until = Instant::now() + LOADED * 2 / 3;
    while drawn == Some(false) && !look.text && Instant::now() < until {
        std::thread::sleep(QUIET);
        drawn = look_at(tab, manner.picture, seen)?;
    }
    seen.drawn = drawn.map(|drawn| drawn || look.text);
    if manner.barriers && look.elements <= ELEMENTS {
        seen.barriers = unless_refused(barriers(tab))?.flatten();
    }
    let until = Instant::now() + WORK;
    let mut tried = HashSet::new();
    for number in 0..STEPS {
        let Some(step) = (match manner.steps {
            Some(steps) => steps.get(number).cloned(),
            None => next(&look, number, &mut tried),
        }) else {
            break;
        };
        if Instant::now() >= until {
            break;
        }
        server.log().step = number as u32 + 1;
        seen.steps.push(step.clone());
        unless_refused(tab.act(&actions(&step, &look)))?;
        std::thread::sleep(STEP_QUIET);
        server.rest(STEP_QUIET, Instant::now() + AFTER_STEP);
        look = match unless_refused(self::look(tab))? {
            Some(look) if look.origin == origin => look,
            // It led away, or to a page that is not there yet.
            _ => {
                tab.open(&start)?;
                std::thread::sleep(STEP_QUIET);
                server.rest(QUIET, Instant::now() + AFTER_STEP);
                match unless_refused(self::look(tab))? {
                    Some(look) => look,
                    None => break,
                }
            }
        };
    }
    std::thread::sleep(LATE);
    // Whoever hangs now has hung in the last step.
    unless_refused(self::look(tab)).map(drop)
}

fn look(tab: &mut Tab<'_>) -> Result<Look, Lost> {
    serde_json::from_str(&tab.ask(LOOK)?).map_err(|_| Lost::Refused)
}

/// What axe-core finds in the page; none if it did not get to an end.
fn barriers(tab: &mut Tab<'_>) -> Result<Option<Vec<Barrier>>, Lost> {
    tab.ask_apart(&format!("{AXE}\n;\n{BARRIERS}"))?;
    let until = Instant::now() + LOOKED;
    loop {
        let found = tab.ask_apart("self.found")?;
        if !found.is_empty() {
            return Ok(serde_json::from_str(&found).ok().map(|mut found: Vec<Barrier>| {
                found.truncate(RULES);
                found
            }));
        }
        if Instant::now() >= until {
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether anything is to be seen: a window of one colour shows nothing.
fn look_at(tab: &mut Tab<'_>, keep: bool, seen: &mut Visit) -> Result<Option<bool>, Lost> {
    let Some(png) = unless_refused(tab.picture())? else { return Ok(None) };
    let Ok(picture) = image::load_from_memory_with_format(&png, image::ImageFormat::Png) else { return Ok(None) };
    let picture = picture.to_rgb8();
    let first = picture.pixels().next().copied();
    let drawn = picture.pixels().any(|pixel| Some(*pixel) != first);
    if keep {
        let small = image::DynamicImage::ImageRgb8(picture).thumbnail(SIDE, SIDE).to_rgb8();
        let mut bytes = Vec::new();
        if JpegEncoder::new_with_quality(&mut bytes, 70).encode_image(&small).is_ok() {
            seen.picture = Some(BASE64_STANDARD.encode(bytes));
        }
    }
    Ok(Some(drawn))
}

/// What to do next: what was not tried yet, from above to below, and keys in between and where there is nothing else, since
/// games and slides wait for them. Nothing once all keys were pressed in vain.
fn next(look: &Look, number: usize, tried: &mut HashSet<String>) -> Option<Step> {
    const KEYS: [&str; 4] = ["ArrowRight Space", "Enter ArrowDown", "ArrowLeft Escape", "ArrowUp ArrowRight"];
    /// Steps between keys.
    const BETWEEN: usize = 8;

    if number == 0 {
        let at = Some([look.width / 2, look.height / 2]);
        return Some(Step { action: Action::Scroll, target: String::new(), label: String::new(), at });
    }
    let target = look.targets.iter().find(|target| !tried.contains(&target.target));
    let Some(target) = target.filter(|_| number % BETWEEN != BETWEEN - 1) else {
        let keys = KEYS.into_iter().find(|keys| !tried.contains(*keys))?;
        tried.insert(keys.to_owned());
        return Some(Step { action: Action::Key, target: keys.to_owned(), label: String::new(), at: None });
    };
    tried.insert(target.target.clone());
    let action = match target.kind {
        TargetKind::Click => Action::Click,
        TargetKind::Field => Action::Type,
        TargetKind::Drag => Action::Drag,
    };
    let at = Some([target.x, target.y]);
    Some(Step { action, target: target.target.clone(), label: target.label.clone(), at })
}

/// A step in the form that drivers of browsers understand. What is somewhere else by now is tried where it is.
fn actions(step: &Step, look: &Look) -> Value {
    let now = look.targets.iter().find(|target| target.target == step.target).map(|target| [target.x, target.y]);
    let [x, y] = now.or(step.at).unwrap_or_default();
    let mouse = |actions: Vec<Value>| json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions});
    let to = |x: i64, y: i64, time: u32| json!({"type": "pointerMove", "duration": time, "x": x, "y": y});
    let (down, up) = (json!({"type": "pointerDown", "button": 0}), json!({"type": "pointerUp", "button": 0}));
    let keys = |keys: &[char]| {
        let strokes = keys.iter().flat_map(|key| {
            [json!({"type": "keyDown", "value": key.to_string()}), json!({"type": "keyUp", "value": key.to_string()})]
        });
        json!({"type": "key", "id": "keys", "actions": strokes.collect::<Vec<_>>()})
    };
    match step.action {
        Action::Click => json!([mouse(vec![to(x, y, 0), down, up])]),
        Action::Type => {
            let click = vec![to(x, y, 0), down, up];
            let mut typing = keys(&['1', '2']);
            // The keys wait until the click is done: the two go on side by side.
            if let Some(strokes) = typing["actions"].as_array_mut() {
                (0..3).for_each(|_| strokes.insert(0, json!({"type": "pause", "duration": 0})));
            }
            json!([mouse(click), typing])
        }
        Action::Key => {
            let strokes: Vec<char> = step.target.split(' ').filter_map(key).collect();
            json!([keys(&strokes)])
        }
        Action::Scroll => json!([{"type": "wheel", "id": "wheel", "actions": [
            {"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": look.height},
            {"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": -2 * look.height},
        ]}]),
        Action::Drag => {
            let (far, low) = ((x + 80).min(look.width - 1), (y + 40).min(look.height - 1));
            json!([mouse(vec![to(x, y, 0), down, to(far, low, 100), up])])
        }
    }
}

/// A key as drivers write it.
fn key(name: &str) -> Option<char> {
    Some(match name {
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        _ => return None,
    })
}

/// What happened, as facts: each thing once.
fn told(log: &Log, origin: &str, seen: &mut Visit) {
    let inside = |url: &str| {
        let path = url.strip_prefix(origin)?.strip_prefix('/')?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let name = percent_decode_str(path).decode_utf8_lossy().into_owned();
        Some(if name.is_empty() { START_PAGE.to_owned() } else { name })
    };
    // What the app says of itself holds the port of this visit, which is another one the next time.
    let timeless = |text: &str| text.replace(origin, "");
    for (step, told) in &log.told {
        match told {
            Told::Error { kind, message, url, line, column, stack } => {
                let place = url.as_deref().filter(|url| !url.is_empty());
                let mut file = place.and_then(inside);
                let (mut line, mut column) = (line.filter(|line| *line > 0), column.filter(|column| *column > 0));
                let stack = stack.as_deref().map(calls);
                if file.is_none()
                    && let Some((url, at, across)) = stack.as_deref().and_then(|stack| first_call(stack, origin))
                {
                    (file, line, column) = (inside(url), Some(at), Some(across));
                }
                let recorder =
                    log.recorded.iter().find(|(name, at, _)| file.as_ref() == Some(name) && line == Some(*at));
                if let (Some((.., before)), Some(column)) = (recorder, &mut column)
                    && *column > before + SCRIPT.len() as u64
                {
                    *column -= SCRIPT.len() as u64;
                }
                let message = timeless(message);
                let same =
                    |error: &&mut RunError| error.message == message && error.kind == *kind && error.file == file;
                if let Some(error) = seen.errors.iter_mut().find(same) {
                    error.count += 1;
                } else if seen.errors.len() < KEPT {
                    let stack = stack.map(|stack| timeless(&stack)).filter(|stack| !stack.is_empty());
                    seen.errors.push(RunError {
                        kind: *kind,
                        message,
                        file,
                        line,
                        column,
                        stack,
                        step: *step,
                        count: 1,
                    });
                }
            }
            Told::Use { name, detail } => {
                let one = Use { name: name.clone(), detail: timeless(detail), step: *step };
                let known = seen.uses.iter().any(|used| used.name == one.name && used.detail == one.detail);
                if !known && seen.uses.len() < KEPT {
                    seen.uses.push(one);
                }
            }
            Told::Busy { ms } => {
                // No visit is longer, whatever an app says in the recorder's place.
                seen.longest_task_ms = seen.longest_task_ms.max(Some((*ms).min(1_000_000)));
            }
            Told::Request { via, url, from } => {
                let leaves = url.contains("://") && !url.starts_with(origin) && !is_here(url);
                if leaves {
                    let file = from.as_deref().and_then(inside);
                    asked(OutsideRequest { url: url.clone(), via: *via, file, step: *step, count: 1 }, seen);
                }
            }
        }
    }
    // What nobody but the proxy knows.
    for (step, refused) in &log.refused {
        let host = host(refused);
        if !seen.outside.iter().any(|request| self::host(&request.url) == host) {
            let via = Via::Load;
            asked(OutsideRequest { url: refused.clone(), via, file: None, step: *step, count: 1 }, seen);
        }
    }
    // What was typed may have been taken for the name of a file.
    let typed = |step: u32| {
        let step = (step as usize).checked_sub(1).and_then(|step| seen.steps.get(step));
        step.is_some_and(|step| step.action == Action::Type)
    };
    let missing = log.missing.iter().filter(|(step, _)| !typed(*step)).take(KEPT);
    seen.missing = missing.map(|(_, name)| name.clone()).collect();
    // Threads of a browser tell as they come to it.
    seen.missing.sort();
    let place = |error: &RunError| (error.step, error.file.clone(), error.line, error.column, error.message.clone());
    seen.errors.sort_by_cached_key(place);
    seen.outside.sort_by(|a, b| (a.step, &a.url).cmp(&(b.step, &b.url)));
}

fn asked(request: OutsideRequest, seen: &mut Visit) {
    if let Some(known) = seen.outside.iter_mut().find(|known| known.url == request.url) {
        known.count += 1;
        // A word that says more than "loaded".
        if known.via == Via::Load {
            known.via = request.via;
        }
        known.file = known.file.take().or(request.file);
    } else if seen.outside.len() < KEPT {
        seen.outside.push(request);
    }
}

/// This computer is no outside.
fn is_here(url: &str) -> bool {
    matches!(host(url), "localhost" | "127.0.0.1" | "[::1]")
}

/// The host of an address, or of a host with its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    authority
        .rsplit_once(':')
        .map_or(authority, |(host, port)| if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { authority })
}

/// The calls of a stack without those of the recorder.
fn calls(stack: &str) -> String {
    let own = |line: &&str| !line.contains(OURS);
    stack.lines().filter(own).take(12).collect::<Vec<_>>().join("\n")
}

/// The first place of a stack that lies in the app: address, line, column.
fn first_call<'a>(stack: &'a str, origin: &str) -> Option<(&'a str, u64, u64)> {
    stack.lines().find_map(|line| {
        let url = &line[line.find(origin)?..];
        let (rest, column) = url.trim_end_matches(')').rsplit_once(':')?;
        let (url, line) = rest.rsplit_once(':')?;
        Some((url, line.parse().ok()?, column.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_in_addresses_and_in_what_a_proxy_is_asked() {
        assert_eq!(host("https://a.example:8443/x?y"), "a.example");
        assert_eq!(host("a.example:443"), "a.example");
        assert_eq!(host("wss://u@a.example/"), "a.example");
    }

    #[test]
    fn the_place_of_an_error_is_the_first_call_in_the_app() {
        let origin = "http://127.0.0.1:4";
        let stack = "Error: x\n    at console.error (http://127.0.0.1:4/__tekser__/recorder.js:1:2)\n    \
                     at f (http://127.0.0.1:4/js/a.js:3:14)";
        let stack = calls(stack);
        assert_eq!(first_call(&stack, origin), Some(("http://127.0.0.1:4/js/a.js", 3, 14)));
        assert_eq!(
            first_call("f@http://127.0.0.1:4/js/a.js:3:14", origin),
            Some(("http://127.0.0.1:4/js/a.js", 3, 14))
        );
    }
}
