//! Does the start page start the app? Only a browser can say; what reading shows is whether the files it loads are
//! there, and whether there are files that nothing asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::address::resolve;
use super::{Opinion, Seen, Settings, authoring, inside, visits};
use crate::facts::{Bundle, Entry, Facts, Format, Reference, Unvisited, Via, Visit};
use crate::finding::{Arg, Level, Message, Place};
use crate::last_part;
use crate::settings::IndexLaunches;

impl Settings for IndexLaunches {
    const CHECK: &'static str = "index-launches";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(bundle) = inside::bundle(facts, opinion) else { return };
        let files = Files::of(bundle);
        let start = self.start(bundle, &files);
        let mut told = follow(&files, start, opinion);
        if start == self.name && files.by_name.contains_key(start) {
            unused(facts, bundle, start, opinion);
        }
        visits::must_be_made(facts, opinion);
        launched(facts, opinion);
        // What a script asks for, and what is not there.
        for visit in &facts.file.visits {
            for missing in visit.missing.iter().filter(|missing| told.insert((*missing).clone())) {
                let message = Message::new("visit-missing").with("file", missing.as_str());
                opinion.warning(message.with("windows", visits::windows([visit])), Place::whole());
            }
        }
    }
}

/// Tells if no browser that was asked shows the app; one that shows it is enough here. What is blank for want of the
/// outside stays open all the same: an app that leads away at once is to be seen for a moment in some browsers.
fn launched(facts: &Facts, opinion: &mut Opinion) {
    let opens = |visit: &&Visit| visit.broke_off.is_none_or(Unvisited::is_of_app);
    let opened: Vec<&Visit> = facts.file.visits.iter().filter(opens).collect();
    let waits = |visit: &&Visit| visit.drawn == Some(false) && visit.was_held_back();
    let waiting: Vec<&Visit> = visits::sound(facts).filter(waits).collect();
    let shown = visits::sound(facts).any(|visit| visit.drawn == Some(true));
    if opened.is_empty() || (shown && waiting.is_empty()) {
        return;
    }
    if let (false, Some(why)) = (shown, opened.iter().find_map(|visit| visit.broke_off)) {
        let broken = opened.iter().copied().filter(|visit| visit.broke_off == Some(why));
        opinion.error(visits::told("visit-broke-off", broken, why), Place::whole());
    } else if !waiting.is_empty() {
        let message = |id| Message::new(id).with("windows", visits::windows(waiting.iter().copied()));
        opinion.warning(message("visit-blank-held-back"), Place::whole());
        opinion.unchecked(message("unchecked-held-back"));
    } else {
        let message = |id| Message::new(id).with("windows", visits::windows(opened.iter().copied()));
        if opened.iter().any(|visit| visit.drawn.is_none()) {
            opinion.unchecked(message("unchecked-not-seen"));
        } else {
            opinion.error(message("visit-blank"), Place::whole());
        }
    }
}

impl IndexLaunches {
    /// The page that people open first: if it has not the name that it should have, the one that it will be made from.
    fn start<'a>(&'a self, bundle: &'a Bundle, files: &Files<'a>) -> &'a str {
        if files.by_name.contains_key(self.name.as_str()) {
            return &self.name;
        }
        let short = self.name.trim_end_matches('l');
        let misnamed =
            || files.by_lower_case.get(self.name.as_str()).or_else(|| files.by_lower_case.get(short)).copied();
        let made = || authoring::of(bundle).and_then(|made| made.start);
        misnamed().or_else(made).unwrap_or(&self.name)
    }
}

/// Goes from the start page along everything the browser loads and every page a user can get to, and tells of each file
/// that is not there. Yields all names that it came to.
fn follow(files: &Files<'_>, start: &str, opinion: &mut Opinion) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut queue = vec![start.to_owned()];
    while let Some(name) = queue.pop() {
        let Some(file) = files.by_name.get(name.as_str()).and_then(|entry| entry.file.as_ref()) else { continue };
        let Some(web) = file.web.as_deref() else { continue };
        // Addresses in a script are relative to the page that runs it, which is not known; those in pages and style
        // sheets are what they seem.
        if !matches!(file.identity.format, Format::Html | Format::Css) {
            continue;
        }
        let played = web.references.iter().filter(|reference| reference.via == Via::Media);
        let played = played.filter_map(|reference| resolve(&name, web.base.as_deref(), &reference.url)).collect();
        let from = From { name: &name, format: file.identity.format, played };
        for reference in web.references.iter().filter(|r| r.via.is_loaded() || r.via == Via::Link) {
            let Some(target) = resolve(&name, web.base.as_deref(), &reference.url) else { continue };
            if files.by_name.contains_key(target.as_str()) {
                if seen.insert(target.clone()) {
                    queue.push(target);
                }
            } else if reference.via.is_loaded() && seen.insert(target.clone()) {
                missing(files, &target, &from, reference, opinion);
            }
        }
    }
    seen
}

/// A page or style sheet that refers to files.
struct From<'a> {
    name: &'a str,
    format: Format,
    /// The recordings that it plays.
    played: BTreeSet<String>,
}

/// Tells that `target` is not there.
fn missing(files: &Files<'_>, target: &str, from: &From<'_>, reference: &Reference, opinion: &mut Opinion) {
    // Programs write style sheets with more rules than a work uses, and a browser loads pictures for those that apply.
    // A font is loaded where some text is set in it, and an icon is missed by nobody.
    let spare = match reference.via {
        Via::Image => from.format == Format::Css,
        via => matches!(via, Via::Font | Via::Icon),
    };
    // Of several forms of a recording a browser takes the first that it has and can play.
    let other_form = reference.via == Via::Media && {
        let same = |other: &str| stem(other) == stem(target) && other != target;
        from.played.iter().any(|other| same(other) && files.by_name.contains_key(other.as_str()))
    };
    let message = |id| Message::new(id).with("url", reference.url.as_str());
    let (level, message) = match files.near(target) {
        Some((actual, Near::Case)) => (Level::Warning, message("reference-case").with("actual", actual)),
        _ if spare => (Level::Note, message("reference-missing-style")),
        _ if other_form => (Level::Note, message("reference-missing-form")),
        Some((actual, Near::Spelling)) => (Level::Warning, message("reference-near").with("actual", actual)),
        None => (Level::Warning, message("reference-missing")),
    };
    opinion.seen.push(Seen { level, message, place: inside::place(&[from.name]).spot(reference.spot) });
}

/// How near a name is to the one that is asked for.
enum Near {
    /// Only capitals differ.
    Case,
    /// It is spelt nearly so, or lies in another folder.
    Spelling,
}

struct Files<'a> {
    by_name: BTreeMap<&'a str, &'a Entry>,
    by_lower_case: BTreeMap<String, &'a str>,
}

impl<'a> Files<'a> {
    fn of(bundle: &'a Bundle) -> Files<'a> {
        let files = bundle.entries.iter().filter(|entry| !entry.folder);
        let by_name: BTreeMap<&str, &Entry> = files.map(|entry| (entry.name.as_str(), entry)).collect();
        let by_lower_case = by_name.keys().map(|name| (name.to_lowercase(), *name)).collect();
        Files { by_name, by_lower_case }
    }

    /// The file that somebody may have meant by a name that is not there.
    fn near(&self, name: &str) -> Option<(&'a str, Near)> {
        /// Files beyond which comparing each of them takes longer than it helps.
        const MANY: usize = 5_000;
        /// Letters of a name for which one may be wrong.
        const LETTERS: usize = 5;
        /// Bytes of a letter at most: names whose lengths differ by more cannot be near.
        const LONGEST_CHARACTER: usize = 4;

        let lower = name.to_lowercase();
        if let Some(actual) = self.by_lower_case.get(&lower) {
            return Some((actual, Near::Case));
        }
        if self.by_name.len() > MANY {
            return None;
        }
        let file = last_part(&lower);
        let mut elsewhere = self.by_lower_case.iter().filter(|(other, _)| last_part(other) == file);
        if let (Some((_, actual)), None) = (elsewhere.next(), elsewhere.next()) {
            return Some((actual, Near::Spelling));
        }
        // A letter or two wrong, or another extension.
        let bearable = stem(file).chars().count() / LETTERS;
        let wrong = |other: &str| {
            if stem(other) != stem(&lower) && other.len().abs_diff(lower.len()) > bearable * LONGEST_CHARACTER {
                return None;
            }
            // `img2.png` is another picture than `img5.png`, and no slip.
            let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
            if digits(other) != digits(&lower) {
                return None;
            }
            let distance = strsim::osa_distance(&lower, other);
            (distance <= bearable || stem(other) == stem(&lower)).then_some(distance)
        };
        let best = self.by_lower_case.iter().filter_map(|(other, actual)| Some((wrong(other)?, *actual)));
        best.min_by_key(|(wrong, _)| *wrong).map(|(_, actual)| (actual, Near::Spelling))
    }
}

/// A name without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Files that no page, style sheet or script names, not even in a text. They only make the archive larger.
fn unused(facts: &Facts, bundle: &Bundle, start: &str, opinion: &mut Opinion) {
    // A name that a script puts together cannot be known.
    let mut scripts = false;
    inside::web(facts, &mut |_, web| scripts |= web.scripts > 0);
    if scripts {
        return;
    }
    let named = inside::names(facts);
    let silent = |name: &str| {
        let last = last_part(name).to_lowercase();
        // What lies there for people and servers is not asked for by pages.
        let known =
            ["favicon.ico", "robots.txt", "license", "license.txt", "readme.md", "readme.txt", "imsmanifest.xml"];
        name != start && !last.starts_with('.') && !known.contains(&last.as_str()) && !named.contains(&last)
    };
    let mut unused = bundle.entries.iter().filter(|entry| !entry.folder && silent(&entry.name));
    if let Some(first) = unused.next() {
        let size: u64 = first.size + unused.clone().map(|entry| entry.size).sum::<u64>();
        let count = 1 + unused.count() as u64;
        let message = Message::new("files-unused").with("count", Arg::Count(count)).with("size", Arg::Bytes(size));
        opinion.note(message, inside::place(&[&first.name]));
    }
}
