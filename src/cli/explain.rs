//! `tekser explain`: everything about a requirement or a check, on one screen.

use std::io::Write;

use anstyle::Style;
use serde_json::Value;

use super::args::Explain;
use super::{Trouble, profile};
use crate::checks::{CHECKS, Check};
use crate::finding::Message;
use crate::locale::Locale;
use crate::profile::{BUILTIN, Profile, Requirement, unknown};
use crate::report::{RequirementTexts, explanation, paragraph};

const BOLD: Style = Style::new().bold();

/// A table longer than this is told by its keys.
const LETTERS: usize = 300;

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
    writeln!(out, "{BOLD}{}{BOLD:#} — {}", requirement.id, requirement.title.get(locale.language()))?;
    for part in explanation(&RequirementTexts::new(requirement), locale) {
        writeln!(out, "{BOLD}{}{BOLD:#}", part.heading)?;
        for line in &part.lines {
            if part.list { paragraph(out, 2, 4, &format!("• {line}"))? } else { paragraph(out, 2, 2, line)? }
        }
    }
    match &requirement.decision {
        Some(decision) => settings(&decision.settings, locale, out),
        None => Ok(()),
    }
}

/// `rules/REFERENCE.md`: every requirement of every built-in profile.
pub(super) fn reference(locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    writeln!(out, "# {}\n", locale.plain("reference-title"))?;
    writeln!(out, "{}\n", locale.plain("reference-about"))?;
    for builtin in BUILTIN {
        let profile = profile(builtin.id, locale)?;
        writeln!(out, "## {} · {}\n", profile.id, profile.title.get(locale.language()))?;
        writeln!(out, "{}\n", profile.source.get(locale.language()))?;
        for requirement in &profile.requirements {
            writeln!(out, "### {}\n\n**{}**\n", requirement.id, requirement.title.get(locale.language()))?;
            for part in explanation(&RequirementTexts::new(requirement), locale) {
                let heading = &part.heading;
                match &*part.lines {
                    [line] if !part.list => writeln!(out, "*{heading}* {line}\n")?,
                    lines => {
                        writeln!(out, "*{heading}*\n")?;
                        lines.iter().try_for_each(|line| writeln!(out, "- {line}"))?;
                        writeln!(out)?;
                    }
                }
            }
            let settings = requirement.decision.as_ref().and_then(|decision| decision.settings.as_object());
            if let Some(settings) = settings.filter(|settings| !settings.is_empty()) {
                writeln!(out, "*{}*\n", locale.plain("explain-settings"))?;
                settings.iter().try_for_each(|(name, value)| writeln!(out, "- `{name}` = {}", short(value)))?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
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

/// A setting in a line: of a list of tables, what names each; of a large table, what is in it.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if let Some(object) = value.as_object().filter(|_| text.chars().count() > LETTERS) {
        let keys: Vec<&str> = object.keys().map(String::as_str).collect();
        return format!("{{ {} … }}", keys.join(", "));
    }
    let Some(items) = value.as_array() else { return text };
    let name = |item: &Value| {
        let named = ["extension", "host", "id"].iter().find_map(|name| item.get(name)).unwrap_or(item);
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
