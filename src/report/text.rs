//! The report for a person at a terminal: a line for each submission, under it what was found and what to do, and a
//! summary at the end.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::document::{Document, ProfileTexts, Submission, WrittenFinding, WrittenMessage};
use super::words::{self, Of};
use super::{Stream, changes, paragraph};
use crate::finding::{Level, Message};
use crate::judge::{Outcome, Verdict};
use crate::locale::{Locale, harmless};

/// Places shown of findings that say the same; the rest is counted.
const SHOWN: usize = 5;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default().bold();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(super) const GREEN: Style = AnsiColor::Green.on_default();
const BLUE: Style = AnsiColor::Blue.on_default();

/// The report in full.
#[derive(Default)]
pub(super) struct Text {
    /// Why things were not checked, as far as it is told once for all submissions.
    reasons: Vec<(WrittenMessage<'static>, String)>,
    /// Requirements that a person decides.
    manual: BTreeSet<String>,
}

impl Stream for Text {
    fn begin(&mut self, document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
        let profile = &document.profile;
        title(document, locale, out)?;
        if let Some(registry) = &document.registry {
            let columns = registry.columns.iter().filter(|column| column.column.is_some());
            let columns: Vec<&str> = columns.map(|column| column.heading.as_str()).collect();
            let message = Message::new("report-registry").with("file", registry.file.as_str());
            let message = message.with("rows", registry.rows).with("columns", columns.join(", "));
            paragraph(out, 0, 2, &harmless(&locale.text(&message)))?;
        }
        if document.registry.is_some() || !document.registry_findings.is_empty() {
            findings(document.registry_findings.iter().collect(), Of::Run, profile, locale, out)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn submission(
        &mut self,
        submission: &Submission<'_>,
        document: &Document<'_>,
        locale: &Locale,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(out, "{}", line(submission, locale))?;
        findings(submission.findings.iter().collect(), Of::Submission, &document.profile, locale, out)?;
        self.unchecked(submission, locale, out)?;
        let manual = submission.requirements.iter().filter(|requirement| requirement.outcome == Outcome::Manual);
        manual.for_each(|requirement| {
            if !self.manual.contains(&*requirement.id) {
                self.manual.insert(requirement.id.clone().into_owned());
            }
        });
        // A blank line only where there was something to read.
        if !submission.findings.is_empty() || submission.verdict != Verdict::Compliant {
            writeln!(out)?;
        }
        Ok(())
    }

    fn end(&mut self, document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
        if !document.profile_findings.is_empty() {
            writeln!(out, "{BOLD}{}{BOLD:#}", locale.plain("report-profile-findings"))?;
            findings(document.profile_findings.iter().collect(), Of::Run, &document.profile, locale, out)?;
        }
        if !self.reasons.is_empty() {
            writeln!(out, "{BOLD}{}{BOLD:#}", locale.plain("report-reasons"))?;
            for (index, (_, reason)) in self.reasons.iter().enumerate() {
                paragraph(out, 2, 4, &format!("[{}] {reason}", index + 1))?;
            }
            writeln!(out)?;
        }
        if let Some(changes) = &document.changes {
            changes::write(changes, locale, out)?;
            writeln!(out)?;
        }
        summary(document, locale, out)?;
        if !self.manual.is_empty() {
            writeln!(out, "  {}", words::count("report-manual", self.manual.len(), locale))?;
        }
        Ok(())
    }
}

impl Text {
    /// What was not checked. A reason that names nothing of this submission is told once, at the end of the report, and
    /// stands here as its number.
    fn unchecked(&mut self, submission: &Submission<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
        let word = locale.plain("report-not-checked");
        let mut parts = Vec::new();
        for (reason, text, ids) in words::unchecked(submission) {
            if !reason.arguments.is_empty() {
                paragraph(out, 2, 4, &format!("{YELLOW}{word}{YELLOW:#} {} {DIM}— {text}{DIM:#}", ids.join(", ")))?;
                continue;
            }
            let number = self.reasons.iter().position(|(other, _)| other.id == reason.id).unwrap_or_else(|| {
                let kept = WrittenMessage { id: reason.id.to_string().into(), arguments: Default::default() };
                self.reasons.push((kept, text.to_owned()));
                self.reasons.len() - 1
            });
            parts.push(format!("{} [{}]", ids.join(", "), number + 1));
        }
        if !parts.is_empty() {
            paragraph(out, 2, 4, &format!("{YELLOW}{word}{YELLOW:#} {}", parts.join(", ")))?;
        }
        Ok(())
    }
}

/// The profile and the program.
pub(super) fn title(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let profile = &document.profile;
    writeln!(out, "{BOLD}{}{BOLD:#}", profile.title.get(locale.language()))?;
    writeln!(out, "{DIM}tekser {} · {} · {}{DIM:#}", document.tool.version, profile.id, profile.version)?;
    if let Some(config) = &document.run.config {
        writeln!(out, "{DIM}{} {}{DIM:#}", locale.plain("report-config"), harmless(config))?;
    }
    writeln!(out)
}

/// A submission in a line: what it is and how it came out.
pub(super) fn line(submission: &Submission<'_>, locale: &Locale) -> String {
    let (mark, style) = match submission.verdict {
        Verdict::Compliant => ("✓", GREEN),
        Verdict::NonCompliant => ("✗", RED),
        Verdict::Incomplete => ("?", YELLOW),
    };
    let kind = locale.named("kind", submission.kind.id());
    let verdict = locale.named("verdict", submission.verdict.id());
    let mut line = format!("{style}{mark}{style:#} {BOLD}{}{BOLD:#} · {kind}", harmless(&submission.path));
    if let Some(seconds) = words::length(submission) {
        line.push_str(&format!(" · {}", locale.clock(seconds)));
    }
    format!("{line} · {style}{verdict}{style:#}")
}

/// Findings, the heaviest first; those that say the same stand together.
fn findings(
    mut all: Vec<&WrittenFinding<'_>>,
    of: Of,
    profile: &ProfileTexts<'_>,
    locale: &Locale,
    out: &mut dyn Write,
) -> io::Result<()> {
    all.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let same = |a: &WrittenFinding<'_>, b: &WrittenFinding<'_>| {
        a.id == b.id && a.requirement == b.requirement && a.level == b.level && a.waived == b.waived
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
            let place = match words::place(finding, of, locale) {
                Some(place) => format!("{BOLD}{place}{BOLD:#}: "),
                None => String::new(),
            };
            let text = &finding.message;
            paragraph(out, 2, 4, &format!("{style}{level}{style:#}{waived}: {place}{text}"))?;
        }
        if group.len() > SHOWN {
            writeln!(out, "  {DIM}… +{}{DIM:#}", group.len() - SHOWN)?;
        }
        if let Some(requirement) = profile.of(first) {
            let title = requirement.title.get(locale.language());
            let word = locale.plain("report-requirement");
            paragraph(out, 4, 6, &format!("{DIM}{word} {title} ({}, {}){DIM:#}", requirement.clause, requirement.id))?;
        }
        if let Some(help) = &first.help {
            paragraph(out, 4, 6, &format!("{} {help}", locale.plain("report-help")))?;
        }
    }
    Ok(())
}

/// Counts of verdicts and findings.
pub(super) fn summary(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let summary = &document.summary;
    let count = |id: &'static str, count: usize| words::count(id, count, locale);
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}: {}",
        locale.plain("summary-title"),
        count("summary-submissions", summary.submissions)
    )?;
    writeln!(out, "  {GREEN}✓{GREEN:#} {}", count("summary-compliant", summary.compliant))?;
    writeln!(out, "  {RED}✗{RED:#} {}", count("summary-non-compliant", summary.non_compliant))?;
    writeln!(out, "  {YELLOW}?{YELLOW:#} {}", count("summary-incomplete", summary.incomplete))?;
    if summary.unreached > 0 {
        writeln!(out, "  {RED}!{RED:#} {}", count("summary-unreached", summary.unreached))?;
    }
    writeln!(out, "  {}", words::findings(&summary.findings, locale))?;
    if !document.skipped.is_empty() {
        writeln!(out, "  {}", count("summary-skipped", document.skipped.len()))?;
    }
    Ok(())
}
