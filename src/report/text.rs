//! The report for a person at a terminal: a line for each submission, under it what was found and what to do, and a
//! summary at the end.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Report, paragraph};
use crate::finding::{Arg, Finding, Level, Message};
use crate::judge::{Examined, Outcome, Verdict};
use crate::locale::{Locale, clock, harmless};
use crate::profile::Profile;

/// Places shown of findings that say the same; the rest is counted.
const SHOWN: usize = 5;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const BLUE: Style = AnsiColor::Blue.on_default();

pub(super) fn write(report: &Report<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let profile = report.profile;
    writeln!(out, "{BOLD}{}{BOLD:#}", profile.title.get(locale.language()))?;
    writeln!(out, "{DIM}tekser {} · {} · {}{DIM:#}", env!("CARGO_PKG_VERSION"), profile.id, profile.version)?;
    writeln!(out)?;
    if let Some(registry) = &report.registry {
        let columns = registry.columns.iter().filter(|column| column.column.is_some());
        let columns: Vec<&str> = columns.map(|column| column.heading.as_str()).collect();
        let message = Message::new("report-registry").with("file", registry.file.as_str()).with("rows", registry.rows);
        paragraph(out, 0, 2, &harmless(&locale.text(&message.with("columns", columns.join(", ")))))?;
    }
    if report.registry.is_some() || !report.registry_findings.is_empty() {
        findings(report.registry_findings.iter().collect(), profile, locale, out)?;
        writeln!(out)?;
    }
    let mut reasons = Vec::new();
    for examined in report.submissions {
        submission(examined, profile, &mut reasons, locale, out)?;
    }
    if !report.profile_findings.is_empty() {
        writeln!(out, "{BOLD}{}{BOLD:#}", locale.plain("report-profile-findings"))?;
        findings(report.profile_findings.iter().collect(), profile, locale, out)?;
    }
    if !reasons.is_empty() {
        writeln!(out, "{BOLD}{}{BOLD:#}", locale.plain("report-reasons"))?;
        for (index, reason) in reasons.iter().enumerate() {
            paragraph(out, 2, 4, &format!("[{}] {}", index + 1, locale.text(reason)))?;
        }
        writeln!(out)?;
    }
    summary(report, locale, out)
}

/// `reasons` collects why things were not checked, to be told once for all submissions.
fn submission<'a>(
    examined: &'a Examined,
    profile: &Profile,
    reasons: &mut Vec<&'a Message>,
    locale: &Locale,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Examined { path, facts, judgement } = examined;
    let (mark, style) = match judgement.verdict {
        Verdict::Compliant => ("✓", GREEN),
        Verdict::NonCompliant => ("✗", RED),
        Verdict::Incomplete => ("?", YELLOW),
    };
    let kind = locale.named("kind", facts.kind.id());
    let verdict = locale.named("verdict", judgement.verdict.id());
    let mut line = format!("{style}{mark}{style:#} {BOLD}{}{BOLD:#} · {kind}", harmless(path));
    let media = &facts.file;
    let length = media.video.as_ref().map(|video| video.duration).or(media.audio.as_ref().map(|audio| audio.duration));
    if let Some(seconds) = length.flatten() {
        line.push_str(&format!(" · {}", clock(seconds)));
    }
    writeln!(out, "{line} · {style}{verdict}{style:#}")?;
    findings(judgement.findings.iter().collect(), profile, locale, out)?;
    unchecked(examined, profile, reasons, locale, out)?;
    // A blank line only where there was something to read.
    if !judgement.findings.is_empty() || judgement.verdict != Verdict::Compliant {
        writeln!(out)?;
    }
    Ok(())
}

/// Findings, the heaviest first; those that say the same stand together.
fn findings(mut all: Vec<&Finding>, profile: &Profile, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    all.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let same = |a: &Finding, b: &Finding| {
        a.message.id == b.message.id && a.requirement == b.requirement && a.level == b.level && a.waived == b.waived
    };
    while let Some(&first) = all.first() {
        let (group, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|finding| same(first, finding));
        all = rest;
        let style = match first.level {
            Level::Error => RED,
            Level::Warning => YELLOW,
            Level::Note => BLUE,
        };
        let level = locale.named("level", first.level.id());
        let waived = if first.waived { format!(" ({})", locale.plain("report-waived")) } else { String::new() };
        for finding in group.iter().take(SHOWN) {
            let place = place(finding, locale);
            let text = locale.text(&finding.message);
            paragraph(out, 2, 4, &format!("{style}{level}{style:#}{waived}: {place}{text}"))?;
        }
        if group.len() > SHOWN {
            writeln!(out, "  {DIM}… +{}{DIM:#}", group.len() - SHOWN)?;
        }
        if let Some(requirement) = first.requirement.as_deref().and_then(|id| profile.requirement(id)) {
            let title = requirement.title.get(locale.language());
            let word = locale.plain("report-requirement");
            paragraph(out, 4, 6, &format!("{DIM}{word} {title} ({}, {}){DIM:#}", requirement.clause, requirement.id))?;
        }
        if let Some(help) = locale.help(&first.message) {
            paragraph(out, 4, 6, &format!("{} {help}", locale.plain("report-help")))?;
        }
    }
    Ok(())
}

/// `css/style.css:12: ` for a finding inside; nothing for one about the whole submission.
fn place(finding: &Finding, locale: &Locale) -> String {
    let route: Vec<String> = finding.place.route.iter().map(|name| harmless(name)).collect();
    let text = match (route.is_empty(), finding.place.line) {
        (true, None) => return String::new(),
        (true, Some(line)) => locale.text(&Message::new("place-line").with("line", Arg::Text(line.to_string()))),
        (false, None) => route.join("!/"),
        (false, Some(line)) => {
            let column = finding.place.column.map(|column| format!(":{column}")).unwrap_or_default();
            format!("{}:{line}{column}", route.join("!/"))
        }
    };
    format!("{BOLD}{text}{BOLD:#}: ")
}

/// What was not checked. A reason that names nothing of this submission is told once, at the end of the report, and
/// stands here as its number.
fn unchecked<'a>(
    examined: &'a Examined,
    profile: &Profile,
    reasons: &mut Vec<&'a Message>,
    locale: &Locale,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut groups: Vec<(&Message, Vec<&str>)> = Vec::new();
    for judged in &examined.judgement.requirements {
        let (Outcome::NotChecked, Some(reason)) = (judged.outcome, &judged.reason) else { continue };
        let id: &str = &profile.requirements[judged.requirement].id;
        match groups.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, ids)) => ids.push(id),
            None => groups.push((reason, vec![id])),
        }
    }
    let word = locale.plain("report-not-checked");
    let (own, general): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(reason, _)| !reason.arguments.is_empty());
    for (reason, ids) in own {
        let reason = locale.text(reason);
        paragraph(out, 2, 4, &format!("{YELLOW}{word}{YELLOW:#} {} {DIM}— {reason}{DIM:#}", ids.join(", ")))?;
    }
    let mut parts = Vec::new();
    for (reason, ids) in general {
        let number = reasons.iter().position(|other| *other == reason).unwrap_or_else(|| {
            reasons.push(reason);
            reasons.len() - 1
        });
        parts.push(format!("{} [{}]", ids.join(", "), number + 1));
    }
    if !parts.is_empty() {
        paragraph(out, 2, 4, &format!("{YELLOW}{word}{YELLOW:#} {}", parts.join(", ")))?;
    }
    Ok(())
}

fn summary(report: &Report<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let counts = report.counts();
    let count = |id: &'static str, count: usize| locale.text(&Message::new(id).with("count", Arg::from(count)));
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}: {}",
        locale.plain("summary-title"),
        count("summary-submissions", report.submissions.len())
    )?;
    writeln!(out, "  {GREEN}✓{GREEN:#} {}", count("summary-compliant", counts.compliant))?;
    writeln!(out, "  {RED}✗{RED:#} {}", count("summary-non-compliant", counts.non_compliant))?;
    writeln!(out, "  {YELLOW}?{YELLOW:#} {}", count("summary-incomplete", counts.incomplete))?;
    let message = Message::new("summary-findings")
        .with("errors", counts.errors)
        .with("warnings", counts.warnings)
        .with("notes", counts.notes);
    writeln!(out, "  {}", locale.text(&message))?;
    let all = report.submissions.iter().flat_map(|examined| &examined.judgement.requirements);
    let manual: BTreeSet<usize> =
        all.filter(|judged| judged.outcome == Outcome::Manual).map(|judged| judged.requirement).collect();
    if !manual.is_empty() {
        writeln!(out, "  {}", count("report-manual", manual.len()))?;
    }
    if !report.skipped.is_empty() {
        writeln!(out, "  {}", count("summary-skipped", report.skipped.len()))?;
    }
    Ok(())
}
