//! Does the app work the same in every browser that the document names? Engines on Linux stand in for them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opinion, Settings, inside, visits};
use crate::facts::{Browser, ErrorKind, Facts, RunError, Screen, Visit, Window};
use crate::finding::{Arg, Message, Place};

/// Settings of `browser-matrix`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BrowserMatrix {
    /// The browsers that the document names.
    pairs: Vec<Pair>,
    /// A note is made of an app that lets the browser do nothing else for longer than this, in milliseconds.
    busy_ms: u64,
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

impl Pair {
    fn window(&self) -> Window {
        Window { browser: self.browser, screen: self.screen }
    }
}

impl Settings for BrowserMatrix {
    const CHECK: &'static str = "browser-matrix";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        visits::must_be_made_in(facts, self.pairs.iter().map(Pair::window), opinion);
        for visit in &facts.file.visits {
            works(visit, opinion);
        }
        errors(facts, opinion);
        self.busy(facts, opinion);
        self.stand_in(facts, opinion);
    }
}

impl BrowserMatrix {
    /// Says for how long the app did not answer to anybody.
    fn busy(&self, facts: &Facts, opinion: &mut Opinion) {
        let tasks = visits::sound(facts).filter_map(|visit| Some((visit, visit.longest_task_ms?)));
        if let Some((visit, ms)) = tasks.filter(|(_, ms)| *ms > self.busy_ms).max_by_key(|(_, ms)| *ms) {
            let seconds = Arg::Seconds((ms as f64 / 100.0).round() / 10.0);
            let message = Message::new("visit-busy").with("windows", visits::windows([visit]));
            opinion.note(message.with("time", seconds), Place::whole());
        }
    }

    /// Says which engines stood in for which browsers.
    fn stand_in(&self, facts: &Facts, opinion: &mut Opinion) {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for pair in &self.pairs {
            let mut stood_in = visits::sound(facts).filter(|visit| visit.window() == pair.window());
            if let Some(version) = stood_in.find_map(|visit| visit.version.as_deref()) {
                names.entry(version).or_default().push(&pair.name);
            }
        }
        for (version, names) in names {
            let message = Message::new("visit-stands-in").with("version", version);
            opinion.note(message.with("names", names.join(", ")), Place::whole());
        }
    }
}

/// Tells what does not work in one window.
fn works(visit: &Visit, opinion: &mut Opinion) {
    let message = |id| Message::new(id).with("windows", visits::windows([visit]));
    match (visit.broke_off, visit.drawn) {
        // One that hangs may only be slow on this machine; `index-launches` tells when all do.
        (Some(why), _) if why.is_of_app() => {
            opinion.warning(visits::told("visit-broke-off", [visit], why), Place::whole());
            opinion.unchecked(visits::told("unchecked-visit", [visit], why));
        }
        (None, Some(false)) if visit.was_held_back() => {
            opinion.warning(message("visit-blank-held-back"), Place::whole());
            opinion.unchecked(message("unchecked-held-back"));
        }
        (None, Some(false)) => opinion.error(message("visit-blank"), Place::whole()),
        (None, None) => opinion.unchecked(message("unchecked-not-seen")),
        _ => {}
    }
    for used in visit.uses.iter().filter(|used| used.name == "media") {
        opinion.note(message("visit-media").with("file", used.detail.trim_start_matches('/')), Place::whole());
    }
    if visit.uses.iter().any(|used| used.name == "webgl") {
        opinion.note(message("visit-webgl"), Place::whole());
    }
}

/// Tells of errors that come in some browsers and not in others. What fails in all of them, `script-errors` tells; whether
/// the app works all the same, a person has to see.
fn errors(facts: &Facts, opinion: &mut Opinion) {
    let counts = |error: &&RunError| error.kind != ErrorKind::Console;
    let fails = |visit: &&Visit| visit.errors.iter().any(|error| counts(&error));
    if let Some(visit) = visits::sound(facts).filter(fails).find(|visit| visit.was_held_back()) {
        // What is refused fails in every browser, each in its own way.
        opinion.unchecked(Message::new("unchecked-held-back").with("windows", visits::windows([visit])));
    }
    let visits: Vec<&Visit> = visits::sound(facts).filter(|visit| !visit.was_held_back()).collect();
    let of_stand_in =
        |visit: &Visit| visit.errors.iter().filter(counts).all(|error| visits::is_of_stand_in(visit, error));
    let with: Vec<&Visit> = visits.iter().copied().filter(fails).collect();
    let windows = |visits: &[&Visit]| visits::windows(visits.iter().copied());
    if with.is_empty() {
        return;
    }
    if with.iter().all(|visit| of_stand_in(visit)) {
        opinion.unchecked(Message::new("unchecked-stand-in").with("windows", windows(&with)));
    } else if with.len() < visits.len() {
        let told = with.iter().filter(|visit| !of_stand_in(visit)).flat_map(|visit| &visit.errors).find(counts);
        let message = Message::new("visit-errors-in-some").with("windows", windows(&with));
        opinion.error(message.with("detail", told.map_or("", |error| error.message.as_str())), Place::whole());
    } else {
        opinion.unchecked(Message::new("unchecked-errors").with("windows", windows(&with)));
    }
}
