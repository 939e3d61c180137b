//! `tekser profile check`: what a profile asks, or everything that is wrong with it.

use std::collections::BTreeSet;
use std::io::Write;

use super::args::ProfileCheck;
use super::{Trouble, profile};
use crate::finding::Message;
use crate::locale::Locale;
use crate::profile::{Profile, Requirement};
use crate::report::paragraph;

pub(super) fn run(arguments: &ProfileCheck, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let profile = profile(&arguments.profile, locale)?;
    writeln!(out, "{} · {} · {}", profile.title.get(locale.language()), profile.id, profile.version)?;
    let decided = profile.requirements.iter().filter(|requirement| requirement.decision.is_some()).count();
    let count = profile.requirements.len();
    let message = Message::new("profile-good").with("count", count).with("decided", decided);
    paragraph(out, 0, 2, &locale.text(&message.with("manual", count - decided)))?;
    let columns = asked(&profile);
    if !columns.is_empty() {
        let message = Message::new("profile-asks-columns").with("columns", columns.join("; "));
        paragraph(out, 0, 2, &locale.text(&message))?;
    }
    let today = jiff::Zoned::now().date();
    for (requirement, first, last) in periods(&profile) {
        let title = requirement.title.get(locale.language());
        let message =
            Message::new(if last.is_some_and(|last| last < today) { "profile-period-past" } else { "profile-period" });
        let written = |day: Option<jiff::civil::Date>| {
            day.map_or_else(|| "…".to_owned(), |day| day.strftime("%d.%m.%Y").to_string())
        };
        let message = message.with("title", title).with("first", written(first)).with("last", written(last));
        paragraph(out, 0, 2, &locale.text(&message))?;
    }
    let both = [(profile.alike.is_some(), "profile-compares"), (profile.jury.is_some(), "profile-has-jury")];
    for (_, id) in both.into_iter().filter(|(has, _)| *has) {
        paragraph(out, 0, 2, &locale.plain(id))?;
    }
    Ok(())
}

/// What people call the columns that the checks of a profile ask for.
fn asked(profile: &Profile) -> Vec<String> {
    let mut ids = BTreeSet::new();
    for decision in profile.requirements.iter().filter_map(|requirement| requirement.decision.as_ref()) {
        for key in ["answer", "answers"] {
            let Some(value) = decision.settings.get(key) else { continue };
            let named = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            ids.extend(named.iter().filter_map(serde_json::Value::as_str));
        }
    }
    // In the order in which the profile has its columns.
    let asked = profile.columns.ids().filter(|id| ids.contains(id));
    asked.filter_map(|id| profile.columns.label(id)).map(str::to_owned).collect()
}

/// The periods in which works are taken, with the requirements that say so.
fn periods(profile: &Profile) -> Vec<(&Requirement, Option<jiff::civil::Date>, Option<jiff::civil::Date>)> {
    let mut periods = Vec::new();
    for requirement in &profile.requirements {
        let settings = requirement.decision.as_ref().map(|decision| &decision.settings);
        let period = settings.and_then(|settings| {
            let rows = settings.get("dates")?.as_array()?;
            rows.iter().find(|row| row.get("id") == settings.get("period"))
        });
        if let Some(period) = period {
            let day = |key| period.get(key).and_then(|day| day.as_str()?.parse().ok());
            periods.push((requirement, day("from"), day("to")));
        }
    }
    periods
}
