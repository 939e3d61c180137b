//! `tekser explain`: everything about a requirement or a check, on one screen.

use std::io::Write;

use anstyle::Style;
use serde_json::Value;

use super::args::Explain;
use super::{Trouble, profile};
use crate::checks::{CHECKS, Check};
use crate::finding::Message;
use crate::locale::Locale;
use crate::profile::{Profile, Requirement, unknown};
use crate::report::paragraph;

const BOLD: Style = Style::new().bold();

/// A list longer than this is told by its length.
const ITEMS: usize = 60;

pub(super) fn run(arguments: &Explain, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let profile = profile(&arguments.profile, locale)?;
    if let Some(requirement) = profile.requirement(&arguments.id) {
        return explain_requirement(requirement, locale, out);
    }
    if let Some(check) = Check::find(&arguments.id) {
        return explain_check(check, &profile, locale, out);
    }
    let ids = profile.requirements.iter().map(|requirement| &*requirement.id);
    let known: Vec<&str> = ids.chain(CHECKS.iter().map(|check| check.id)).collect();
    let Message { arguments, .. } = unknown("error-unknown-id", &arguments.id, &known);
    Err(Trouble::Told(locale.text(&Message { id: "error-unknown-id".into(), arguments })))
}

fn explain_requirement(requirement: &Requirement, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let language = locale.language();
    writeln!(out, "{BOLD}{}{BOLD:#} — {}", requirement.id, requirement.title.get(language))?;
    let derived = if requirement.derived { format!(" ({})", locale.plain("explain-derived")) } else { String::new() };
    line("explain-clause", &format!("{}{derived}", requirement.clause), locale, out)?;
    for (_, quote) in &requirement.quote {
        line("explain-quote", &format!("«{quote}»"), locale, out)?;
    }
    line("explain-modality", &locale.named("modality", requirement.modality.id()), locale, out)?;
    let kinds: Vec<String> = requirement.applies_to.iter().map(|kind| locale.named("kind", kind.id())).collect();
    line("explain-applies-to", &kinds.join(", "), locale, out)?;
    line("explain-why", requirement.why.get(language), locale, out)?;
    line("explain-help", requirement.help.get(language), locale, out)?;
    if let Some(note) = &requirement.note {
        line("explain-note", note.get(language), locale, out)?;
    }
    match &requirement.decision {
        Some(decision) => {
            let summary = locale.named("check", decision.check.id);
            line("explain-check", &format!("{} — {summary}", decision.check.id), locale, out)?;
            settings(&decision.settings, locale, out)
        }
        None => line("explain-check", &locale.plain("explain-no-check"), locale, out),
    }
}

fn explain_check(check: &Check, profile: &Profile, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    writeln!(out, "{BOLD}{}{BOLD:#} — {}", check.id, locale.named("check", check.id))?;
    let uses = |requirement: &&Requirement| requirement.decision.as_ref().is_some_and(|d| d.check.id == check.id);
    let users: Vec<&str> = profile.requirements.iter().filter(uses).map(|requirement| &*requirement.id).collect();
    line("explain-used-by", &users.join(", "), locale, out)?;
    writeln!(out, "{BOLD}{}{BOLD:#}", locale.plain("explain-settings"))?;
    let schema = check.schema();
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let description = property.get("description").and_then(Value::as_str).unwrap_or_default();
        paragraph(out, 2, 2, &format!("{name}: {description}"))?;
    }
    Ok(())
}

fn settings(settings: &Value, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let Some(settings) = settings.as_object().filter(|settings| !settings.is_empty()) else { return Ok(()) };
    writeln!(out, "{BOLD}{}{BOLD:#}", locale.plain("explain-settings"))?;
    for (name, value) in settings {
        paragraph(out, 2, 2, &format!("{name} = {}", short(value)))?;
    }
    Ok(())
}

/// A setting in a line: of a list of tables, what names each.
fn short(value: &Value) -> String {
    let Some(items) = value.as_array() else { return value.to_string() };
    let name = |item: &Value| {
        let named = item.get("extension").or_else(|| item.get("host")).unwrap_or(item);
        named.as_str().map_or_else(|| named.to_string(), str::to_owned)
    };
    let mut names: Vec<String> = items.iter().take(ITEMS).map(name).collect();
    if items.len() > ITEMS {
        names.push(format!("… ({})", items.len()));
    }
    names.join(", ")
}

fn line(label: &'static str, text: &str, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    writeln!(out, "{BOLD}{}{BOLD:#}", locale.plain(label))?;
    Ok(paragraph(out, 2, 2, text)?)
}
