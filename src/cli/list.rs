//! `tekser profiles`, `tekser requirements`, `tekser checks`.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use super::args::{ListFormat, Requirements};
use super::{Trouble, json as print_json, profile};
use crate::checks::{CHECKS, Check};
use crate::locale::Locale;
use crate::profile::{BUILTIN, Requirement};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CYAN: Style = AnsiColor::Cyan.on_default();

pub(super) fn profiles(format: ListFormat, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let mut rows = Vec::new();
    for builtin in BUILTIN {
        let profile = profile(builtin.id, locale)?;
        if format == ListFormat::Text {
            writeln!(out, "{CYAN}{}{CYAN:#}  {}", profile.id, profile.title.get(locale.language()))?;
            writeln!(out, "    {}", profile.source.get(locale.language()))?;
        }
        rows.push(json!({
            "id": profile.id,
            "version": profile.version,
            "sha256": profile.sha256,
            "title": profile.title,
            "source": profile.source,
            "requirements": profile.requirements.len(),
        }));
    }
    if format == ListFormat::Json { print_json(&rows, out) } else { Ok(()) }
}

pub(super) fn requirements(arguments: &Requirements, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let profile = profile(&arguments.profile, locale)?;
    if arguments.list.format == ListFormat::Json {
        let rows: Vec<Value> = profile.requirements.iter().map(written).collect();
        return print_json(&rows, out);
    }
    writeln!(out, "{BOLD}{}{BOLD:#}", profile.title.get(locale.language()))?;
    for requirement in &profile.requirements {
        let kinds: Vec<String> = requirement.applies_to.iter().map(|kind| locale.named("kind", kind.id())).collect();
        let decided = match &requirement.decision {
            Some(decision) => decision.check.id.to_owned(),
            None => locale.named("outcome", "manual"),
        };
        writeln!(out, "{CYAN}{}{CYAN:#}  {}", requirement.id, requirement.title.get(locale.language()))?;
        let modality = locale.named("modality", requirement.modality.id());
        writeln!(out, "    {DIM}{} · {modality} · {decided} · {}{DIM:#}", requirement.clause, kinds.join(", "))?;
    }
    Ok(())
}

pub(super) fn checks(format: ListFormat, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    if format == ListFormat::Json {
        let row = |check: &Check| json!({ "id": check.id, "summary": locale.named("check", check.id), "settings": check.schema() });
        return print_json(&CHECKS.iter().map(row).collect::<Vec<_>>(), out);
    }
    for check in CHECKS {
        writeln!(out, "{CYAN}{}{CYAN:#}  {}", check.id, locale.named("check", check.id))?;
    }
    Ok(())
}

/// A requirement for programs.
fn written(requirement: &Requirement) -> Value {
    let quote: serde_json::Map<String, Value> =
        requirement.quote.iter().map(|(language, text)| (language.clone(), json!(text))).collect();
    json!({
        "id": &*requirement.id,
        "clause": requirement.clause,
        "derived": requirement.derived,
        "modality": requirement.modality,
        "level": requirement.level,
        "applies_to": requirement.applies_to,
        "check": requirement.decision.as_ref().map(|decision| decision.check.id),
        "settings": requirement.decision.as_ref().map(|decision| &decision.settings),
        "quote": quote,
        "title": requirement.title,
        "why": requirement.why,
        "help": requirement.help,
        "note": requirement.note,
    })
}
