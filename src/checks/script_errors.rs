//! Do scripts have errors that make a browser refuse them? Those that come while a script runs, only a run can show.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::reach::Reached;
use super::{Opinion, Seen, Settings, address, inside, visits};
use crate::facts::{Bundle, ErrorKind, Facts, Format, RunError, Spot, Via, Visit, WebFacts};
use crate::finding::{Arg, Level, Message};

/// The check has no settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ScriptErrors {}

impl Settings for ScriptErrors {
    const CHECK: &'static str = "script-errors";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(bundle) = inside::bundle(facts, opinion) else { return };
        // Most apps have no broken script, and then nobody needs to know what leads where.
        let mut reached: Option<Reached> = None;
        inside::files(facts, &mut |route, entry| {
            let Some(file) = &entry.file else { return };
            for error in file.web.iter().flat_map(|web| &web.syntax_errors) {
                let reached = reached.get_or_insert_with(|| Reached::of(facts));
                let runs = reached.runs(&entry.name, file.identity.format);
                let message = Message::new(if runs { "script-broken" } else { "script-broken-unused" });
                let message = message.with("detail", error.message.as_str());
                let place = inside::place(route).spot(error.spot);
                if runs {
                    opinion.error(message, place);
                } else {
                    opinion.note(message, place);
                }
            }
        });
        modules(bundle, &mut reached, facts, opinion);
        declared_twice(bundle, opinion);
        visits::must_be_complete(facts, opinion);
        run(facts, opinion);
    }
}

/// Errors that came while the app ran, each place once with the windows in which it came.
fn run(facts: &Facts, opinion: &mut Opinion) {
    // Browsers put the same error in different words, so that its place tells which are the same.
    type Same<'a> = (ErrorKind, Option<&'a str>, Option<u64>, Option<&'a str>);
    let mut errors: BTreeMap<Same<'_>, Vec<(&Visit, &RunError)>> = BTreeMap::new();
    for visit in &facts.file.visits {
        for error in &visit.errors {
            let words = error.file.is_none().then_some(error.message.as_str());
            errors.entry((error.kind, error.file.as_deref(), error.line, words)).or_default().push((visit, error));
        }
    }
    for ((kind, file, line, _), came) in errors {
        let Some((_, first)) = came.first() else { continue };
        // A script that cannot be read was told already.
        let read = |seen: &Seen| seen.level == Level::Error && file.is_some_and(|file| seen.place.route == [file]);
        if first.message.contains("SyntaxError") && opinion.seen.iter().any(read) {
            continue;
        }
        let steps = came.iter().map(|(_, error)| error.step).min().unwrap_or_default();
        let message = |id| {
            let message =
                Message::new(id).with("detail", first.message.as_str()).with("step", Arg::Count(u64::from(steps)));
            message.with("windows", visits::windows(came.iter().map(|(visit, _)| *visit)))
        };
        let mut place = inside::place(file.as_slice());
        place.line = line;
        if line.is_some() {
            place.column = first.column;
        }
        if kind == ErrorKind::Console {
            opinion.warning(message("run-console"), place);
        } else if came.iter().all(|(visit, error)| visits::is_of_stand_in(visit, error)) {
            opinion.warning(message("run-error-stand-in"), place);
            opinion.unchecked(message("unchecked-stand-in"));
        } else if came.iter().all(|(visit, _)| visit.was_held_back()) {
            opinion.warning(message("run-error-held-back"), place);
            opinion.unchecked(message("unchecked-held-back"));
        } else {
            opinion.error(message("run-error"), place);
        }
    }
}

/// Names that two classic scripts of a page declare: a browser refuses the second script, all of it.
fn declared_twice(bundle: &Bundle, opinion: &mut Opinion) {
    let files =
        bundle.entries.iter().filter_map(|entry| Some((entry.name.as_str(), entry.file.as_ref()?.web.as_deref()?)));
    let scripts: HashMap<&str, &WebFacts> = files.filter(|(_, web)| !web.declared.is_empty()).collect();
    if scripts.is_empty() {
        return;
    }
    for page in &bundle.entries {
        let Some(file) = page.file.as_ref().filter(|file| file.identity.format == Format::Html) else { continue };
        let Some(web) = file.web.as_deref() else { continue };
        // In the order of the page: its own scripts, and those that it loads.
        let mut declared: Vec<(Spot, &str, &str)> =
            web.declared.iter().map(|one| (one.spot, one.name.as_str(), page.name.as_str())).collect();
        let targets: Vec<(Spot, String)> = web
            .references
            .iter()
            .filter(|reference| reference.via == Via::Script)
            .filter_map(|one| Some((one.spot, address::resolve(&page.name, web.base.as_deref(), &one.url)?)))
            .collect();
        for (spot, target) in &targets {
            let names = scripts.get(target.as_str()).into_iter().flat_map(|script| &script.declared);
            declared.extend(names.map(|one| (*spot, one.name.as_str(), target.as_str())));
        }
        declared.sort_by_key(|(spot, ..)| *spot);
        let mut first: HashMap<&str, (Spot, &str)> = HashMap::new();
        let mut told: BTreeSet<Spot> = BTreeSet::new();
        for (spot, name, file) in declared {
            match first.get(name) {
                // A script that does not run declares nothing else either.
                Some((_, other)) if told.insert(spot) => {
                    let message = Message::new("script-declares-twice").with("name", name).with("file", file);
                    opinion.error(message.with("other", *other), inside::place(&[&page.name]).spot(spot));
                }
                Some(_) => {}
                None => {
                    first.insert(name, (spot, file));
                }
            }
        }
    }
}

/// Modules that a page loads as if they were classic scripts: a browser stops at their first `import` or `export`.
fn modules(bundle: &Bundle, reached: &mut Option<Reached>, facts: &Facts, opinion: &mut Opinion) {
    let files = bundle.entries.iter().filter_map(|entry| Some((entry, entry.file.as_ref()?.web.as_deref()?)));
    let modules: HashSet<&str> =
        files.clone().filter(|(_, web)| web.module.is_some()).map(|(entry, _)| entry.name.as_str()).collect();
    if modules.is_empty() {
        return;
    }
    for (page, web) in files {
        let format = page.file.as_ref().map_or(Format::Unknown, |file| file.identity.format);
        for reference in
            web.references.iter().filter(|reference| reference.via == Via::Script && format == Format::Html)
        {
            let target = address::resolve(&page.name, web.base.as_deref(), &reference.url);
            let Some(target) = target.filter(|target| modules.contains(target.as_str())) else { continue };
            if reached.get_or_insert_with(|| Reached::of(facts)).runs(&page.name, format) {
                let message = Message::new("script-is-module").with("file", target);
                opinion.error(message, inside::place(&[&page.name]).spot(reference.spot));
            }
        }
    }
}
