//! Does the app work the same in every browser that the document names? Engines on Linux stand in for them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opinion, Settings, inside, visits};
use crate::facts::{Browser, ErrorKind, Facts, RunError, Screen, Unvisited, Visit, Window};
use crate::finding::{Arg, Message, Place};

/// Settings of `browser-matrix`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BrowserMatrix {
    /// The browsers that the document names.
    pairs: Vec<Pair>,
}

/// A browser that a document names, and what stands in for it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Pair {
    /// As the document names it.
    name: String,
    /// The engine that stands in for it.
    browser: Browser,
    /// The window in which it does.
    screen: Screen,
}

impl Settings for BrowserMatrix {
    const CHECK: &'static str = "browser-matrix";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        visits::must_be_made(facts, opinion);
        let mut missing = Vec::new();
        for pair in &self.pairs {
            let window = Window { browser: pair.browser, screen: pair.screen };
            match facts.file.visits.iter().find(|visit| visit.window() == window) {
                Some(_) => {}
                None if missing.contains(&window) => {}
                None => missing.push(window),
            }
        }
        if !missing.is_empty() {
            opinion.unchecked(Message::new("unchecked-windows").with("windows", Arg::Windows(missing)));
        }
        for visit in &facts.file.visits {
            self.differs(visit, facts, opinion);
        }
        only_in_some(facts, opinion);
        self.stand_in(facts, opinion);
    }
}

impl BrowserMatrix {
    /// Tells what is otherwise in one window than in others.
    fn differs(&self, visit: &Visit, facts: &Facts, opinion: &mut Opinion) {
        let others_draw = || visits::sound(facts).any(|other| other.drawn == Some(true));
        let message = |id| Message::new(id).with("windows", visits::windows([visit]));
        match visit.broke_off {
            // One that hangs may only be slow on this machine; `index-launches` tells when all do.
            Some(why) if !why.is_passing() && why != Unvisited::NoStartPage => {
                opinion.warning(message("visit-broke-off").with("why", Arg::Unvisited(why)), Place::whole());
                opinion.unchecked(message("unchecked-visit").with("why", Arg::Unvisited(why)));
            }
            None if visit.drawn == Some(false) && others_draw() => {
                if visit.was_held_back() {
                    opinion.warning(message("visit-blank-held-back"), Place::whole());
                    opinion.unchecked(message("unchecked-held-back"));
                } else {
                    opinion.error(message("visit-blank"), Place::whole());
                }
            }
            _ => {}
        }
        for used in visit.uses.iter().filter(|used| used.name == "media") {
            opinion.note(message("visit-media").with("file", used.detail.trim_start_matches('/')), Place::whole());
        }
        if visit.uses.iter().any(|used| used.name == "webgl") {
            opinion.note(message("visit-webgl"), Place::whole());
        }
    }

    /// Says which engines stood in for which browsers.
    fn stand_in(&self, facts: &Facts, opinion: &mut Opinion) {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for pair in &self.pairs {
            let window = Window { browser: pair.browser, screen: pair.screen };
            let version =
                visits::sound(facts).find(|visit| visit.window() == window).and_then(|visit| visit.version.as_deref());
            if let Some(version) = version {
                names.entry(version).or_default().push(&pair.name);
            }
        }
        for (version, names) in names {
            let message = Message::new("visit-stands-in").with("version", version);
            opinion.note(message.with("names", names.join(", ")), Place::whole());
        }
    }
}

/// Tells of errors that come in some browsers and not in others.
fn only_in_some(facts: &Facts, opinion: &mut Opinion) {
    let counts = |error: &&RunError| error.kind != ErrorKind::Console;
    // What is refused fails in every browser, each in its own way.
    let visits: Vec<&Visit> = visits::sound(facts).filter(|visit| !visit.was_held_back()).collect();
    let with: Vec<&Visit> =
        visits.iter().copied().filter(|visit| visit.errors.iter().any(|error| counts(&error))).collect();
    if with.is_empty() || with.len() == visits.len() {
        return;
    }
    let message = Message::new("visit-errors-in-some").with("windows", visits::windows(with.iter().copied()));
    let first = with.iter().flat_map(|visit| &visit.errors).find(counts).map_or("", |error| error.message.as_str());
    opinion.error(message.with("detail", first), Place::whole());
}
