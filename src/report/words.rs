//! What several renderers say in the same words.

use super::document::{Document, FindingCounts, RequirementTexts, Submission, WrittenFinding, WrittenMessage};
use crate::facts::Format;
use crate::finding::{Arg, Message};
use crate::judge::Outcome;
use crate::locale::{Locale, harmless};

/// A sentence with a count in it.
pub(super) fn count(id: &'static str, count: usize, locale: &Locale) -> String {
    locale.text(&Message::new(id).with("count", Arg::from(count)))
}

/// Findings by level, in a sentence.
pub(super) fn findings(counts: &FindingCounts, locale: &Locale) -> String {
    let message = Message::new("summary-findings")
        .with("errors", counts.error)
        .with("warnings", counts.warning)
        .with("notes", counts.note);
    locale.text(&message)
}

/// How much a finding weighs, and whether it counts.
pub(super) fn level(finding: &WrittenFinding<'_>, locale: &Locale) -> String {
    let level = locale.named("level", finding.level.id());
    if finding.waived { format!("{level} ({})", locale.plain("report-waived")) } else { level }
}

/// A requirement by its title and its clause.
pub(super) fn requirement(requirement: &RequirementTexts<'_>, locale: &Locale) -> String {
    format!("{} ({})", requirement.title.get(locale.language()), requirement.clause)
}

/// Seconds that a recording lasts.
pub(super) fn length(submission: &Submission<'_>) -> Option<f64> {
    let facts = &submission.facts;
    let video = facts.video.as_ref().map(|video| video.duration);
    video.or(facts.audio.as_ref().map(|audio| audio.duration)).flatten()
}

/// The file inside the submission that a finding is about, safe to show; empty if it is about the whole. A finding that is
/// about no submission has its file in the place of it.
pub(super) fn route(finding: &WrittenFinding<'_>, of: Of) -> String {
    let route: Vec<String> = finding.place.path.iter().skip(of as usize).map(|name| harmless(name)).collect();
    route.join("!/")
}

/// What a finding is about.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// The profile or the table.
    Run = 0,
    /// A submission, whose path the reader knows.
    Submission = 1,
}

/// `css/style.css:12` for a finding inside; none for one about the whole submission.
pub(super) fn place(finding: &WrittenFinding<'_>, of: Of, locale: &Locale) -> Option<String> {
    let route = route(finding, of);
    match (route.is_empty(), finding.place.line) {
        (true, None) => None,
        (true, Some(line)) => Some(locale.text(&Message::new("place-line").with("line", Arg::Text(line.to_string())))),
        (false, None) => Some(route),
        (false, Some(line)) => {
            let column = finding.place.column.map(|column| format!(":{column}")).unwrap_or_default();
            Some(format!("{route}:{line}{column}"))
        }
    }
}

/// A finding in a paragraph: the place inside, what was found, what to do.
pub(super) fn sentence(finding: &WrittenFinding<'_>, of: Of, locale: &Locale) -> String {
    let mut text = place(finding, of, locale).map(|place| format!("{place}: ")).unwrap_or_default();
    text.push_str(&finding.message);
    if let Some(help) = &finding.help {
        text.push_str(&format!(" {} {help}", locale.plain("report-help")));
    }
    text
}

/// What of a submission was not checked: why, in words too, and the requirements. The same reason is told once; those
/// that name something of this submission come first.
pub(super) fn unchecked<'a>(submission: &'a Submission<'_>) -> Vec<(&'a WrittenMessage<'a>, &'a str, Vec<&'a str>)> {
    let mut groups: Vec<(&WrittenMessage<'_>, &str, Vec<&str>)> = Vec::new();
    for requirement in submission.requirements.iter().filter(|judged| judged.outcome == Outcome::NotChecked) {
        let (Some(reason), Some(text)) = (&requirement.reason_message, &requirement.reason) else { continue };
        match groups.iter_mut().find(|(other, ..)| *other == reason) {
            Some((.., ids)) => ids.push(&requirement.id),
            None => groups.push((reason, text, vec![&requirement.id])),
        }
    }
    groups.sort_by_key(|(reason, ..)| reason.arguments.is_empty());
    groups
}

/// The file on the disk that a finding is about, from where the program was started, and whether the line of the
/// finding is a line of that file: what lies in an archive is no file.
pub(super) fn file(finding: &WrittenFinding<'_>, submission: &Submission<'_>) -> (String, bool) {
    let outer = submission.place();
    let inner = &finding.place.path[1.min(finding.place.path.len())..];
    match (submission.facts.identity.format, inner) {
        (_, []) => (outer.to_owned(), true),
        (Format::Folder, [name]) => (format!("{outer}/{name}"), true),
        (Format::Folder, [name, ..]) => (format!("{outer}/{name}"), false),
        _ => (outer.to_owned(), false),
    }
}

/// Headings and ids of the columns of the organizer's table that were understood.
pub(super) fn columns<'a>(document: &'a Document<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let columns = document.registry.iter().flat_map(|registry| &registry.columns);
    let known = columns.filter_map(|column| Some((column.heading.as_str(), column.column.as_deref()?)));
    known.filter(|(_, id)| *id != "path")
}
