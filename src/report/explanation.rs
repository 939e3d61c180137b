//! Everything that is to be said of a requirement: what, why, where it stands, how to meet it in the programs that teachers have.
//! `tekser explain`, the reference and the help of SARIF are this text in three forms.

use super::document::RequirementTexts;
use crate::facts::Kind;
use crate::locale::Locale;

/// A part of an explanation: its heading, and paragraphs or the items of a list.
pub struct Part {
    /// The heading.
    pub heading: String,
    /// What stands below it.
    pub lines: Vec<String>,
    /// The lines are items of a list.
    pub list: bool,
}

/// The parts of the explanation of a requirement, in the order in which they are read.
#[must_use]
pub fn explanation(requirement: &RequirementTexts<'_>, locale: &Locale) -> Vec<Part> {
    let language = locale.language();
    let mut parts = Vec::new();
    let mut add = |heading: &'static str, lines: Vec<String>, list: bool| {
        if !lines.is_empty() {
            parts.push(Part { heading: locale.plain(heading), lines, list });
        }
    };
    let derived = if requirement.derived { format!(" ({})", locale.plain("explain-derived")) } else { String::new() };
    add("explain-clause", vec![format!("{}{derived}", requirement.clause)], false);
    add("explain-quote", requirement.quote.iter().map(|(_, quote)| format!("«{quote}»")).collect(), false);
    add("explain-modality", vec![locale.named("modality", requirement.modality.id())], false);
    let kinds: Vec<String> = requirement.applies_to.iter().map(|kind| locale.named("kind", kind.id())).collect();
    add("explain-applies-to", (!kinds.is_empty()).then(|| kinds.join(", ")).into_iter().collect(), false);
    add("explain-why", vec![requirement.why.get(language).to_owned()], false);
    add("explain-help", vec![requirement.help.get(language).to_owned()], false);
    // Some checks want other steps for other kinds of material.
    let tools = requirement.check.as_deref().and_then(|check| {
        let of_kind = |kind: &Kind| locale.known("tools", &format!("{check}-{}", kind.id()));
        requirement.applies_to.first().and_then(of_kind).or_else(|| locale.known("tools", check))
    });
    let tools = tools.unwrap_or_default();
    add("explain-tools", tools.lines().map(|line| line.trim().to_owned()).collect(), true);
    let note = requirement.note.as_ref().map(|note| note.get(language).to_owned());
    add("explain-note", note.into_iter().collect(), false);
    let check = match &requirement.check {
        Some(check) => format!("{check} — {}", locale.named("check", check)),
        None => locale.plain("explain-no-check"),
    };
    add("explain-check", vec![check], false);
    parts
}
