//! `tekser replay`: does once more what a report says was done with an app, so that somebody can see where it fails.

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use super::args::Replay;
use super::{Status, Trouble, check, stored};
use crate::facts::{ErrorKind, RunError, Step, Visit};
use crate::finding::Message;
use crate::intake::Take;
use crate::locale::{Locale, harmless};
use crate::probe::Deadline;
use crate::report::document::Submission;

pub(super) fn run(arguments: &Replay, locale: &Locale, out: &mut dyn Write) -> Result<Status, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let bytes = stored::read(&arguments.report, locale)?;
    let document = stored::document(&arguments.report, &bytes, locale)?;
    let app = |submission: &Cow<'_, Submission<'_>>| {
        !submission.facts.visits.is_empty()
            && arguments.submission.as_deref().is_none_or(|wanted| submission.path.contains(wanted))
    };
    let mut apps = document.submissions.iter().filter(app);
    let Some(submission) = apps.next() else { return Err(told(Message::new("replay-nothing"))) };
    if apps.next().is_some() {
        return Err(told(Message::new("replay-several")));
    }
    let named: Vec<String> = submission.facts.visits.iter().map(|visit| visit.browser.id().to_owned()).collect();
    let wanted = if arguments.browser.is_empty() { &named } else { &arguments.browser };
    let Some(browsers) = check::browsers(wanted, false, 1, locale)? else { return Ok(Status::Clean) };
    // Where it lay when the report was written, unless somebody says where it lies now.
    let lay = submission.file.as_deref().unwrap_or(&submission.path);
    let path = arguments.app.clone().unwrap_or_else(|| PathBuf::from(lay));
    let intake = check::gather(&[path], Take::Whole, locale)?;
    let Some(thing) = intake.submissions.first().map(|submission| &submission.thing) else { return Ok(Status::Clean) };
    let mut failed = false;
    for visit in submission.facts.visits.iter().filter(|visit| wanted.iter().any(|id| id == visit.browser.id())) {
        let steps = visit.steps.clone();
        let again = browsers.one(thing, &submission.facts, visit.browser, visit.screen, Some(steps), Deadline::never());
        failed |= again.broke_off.is_some() || again.errors.iter().any(|error| error.kind != ErrorKind::Console);
        show(&again, locale, out)?;
    }
    Ok(if failed { Status::Found } else { Status::Clean })
}

/// Every step, and the errors that came in it.
fn show(visit: &Visit, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let screen = locale.named("screen", visit.screen.id());
    writeln!(out, "{} ({screen})", visit.version.as_deref().unwrap_or(visit.browser.name()))?;
    let errors = |step: u32, out: &mut dyn Write| {
        visit
            .errors
            .iter()
            .filter(|error| error.step == step)
            .try_for_each(|error| writeln!(out, "     ! {}", shown(error)))
    };
    writeln!(out, "  0. {}", locale.plain("replay-open"))?;
    errors(0, out)?;
    for (number, step) in (1..).zip(&visit.steps) {
        writeln!(out, "  {number}. {}", done(step, locale))?;
        errors(number, out)?;
    }
    if let Some(why) = visit.broke_off {
        writeln!(out, "     ! {}", locale.named("unvisited", why.id()))?;
    }
    Ok(())
}

fn done(step: &Step, locale: &Locale) -> String {
    let what = locale.named("action", step.action.id());
    let shown = if step.label.is_empty() { &step.target } else { &step.label };
    // What an app writes on its buttons is its own.
    format!("{what} {}", harmless(shown)).trim_end().to_owned()
}

fn shown(error: &RunError) -> String {
    let place = error.file.as_deref().map(|file| format!(" ({file}:{})", error.line.unwrap_or_default()));
    harmless(&format!("{}{}", error.message, place.unwrap_or_default()))
}
