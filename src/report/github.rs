//! Annotations for GitHub Actions: workflow commands, which GitHub shows beside the files they name.

use std::io::{self, Write};

use super::document::{Document, Submission, WrittenFinding};
use super::words::{self, Of};
use crate::finding::Level;
use crate::judge::Verdict;
use crate::locale::Locale;

pub(super) fn write(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    for finding in document.profile_findings.iter().chain(&document.registry_findings) {
        let file = words::route(finding, Of::Run);
        command(finding.level, &[("file", file)], &words::sentence(finding, Of::Run, locale), out)?;
    }
    for submission in document.submissions.iter() {
        of_submission(&submission, document, locale, out)?;
    }
    if document.summary.unreached > 0 {
        let text = words::count("summary-unreached", document.summary.unreached, locale);
        command(Level::Error, &[], &text, out)?;
    }
    Ok(())
}

fn of_submission(
    submission: &Submission<'_>,
    document: &Document<'_>,
    locale: &Locale,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in &submission.findings {
        let (file, has_line) = words::file(finding, submission);
        let mut properties = vec![("file", file)];
        if has_line {
            properties.extend(finding.place.line.map(|line| ("line", line.to_string())));
            properties.extend(finding.place.column.map(|column| ("col", column.to_string())));
        }
        properties.push(("title", title(finding, document, locale)));
        let level = if finding.waived { Level::Note } else { finding.level };
        command(level, &properties, &words::sentence(finding, Of::Submission, locale), out)?;
    }
    // A gate that shows nothing would say that all is well.
    if submission.verdict == Verdict::Incomplete {
        let file = submission.place().to_owned();
        let title = locale.named("verdict", submission.verdict.id());
        let reasons = words::unchecked(submission);
        let reasons = reasons.iter().map(|(_, text, ids)| format!("{} — {text}", ids.join(", ")));
        let text = reasons.collect::<Vec<_>>().join("\n");
        command(Level::Warning, &[("file", file), ("title", title)], &text, out)?;
    }
    Ok(())
}

fn title(finding: &WrittenFinding<'_>, document: &Document<'_>, locale: &Locale) -> String {
    match document.profile.of(finding) {
        Some(requirement) => words::requirement(requirement, locale),
        None => locale.named("level", finding.level.id()),
    }
}

fn command(level: Level, properties: &[(&str, String)], text: &str, out: &mut dyn Write) -> io::Result<()> {
    let name = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property =
        |(name, value): &(&str, String)| format!("{name}={}", escaped(value).replace(':', "%3A").replace(',', "%2C"));
    let properties: Vec<String> = properties.iter().map(property).collect();
    let space = if properties.is_empty() { "" } else { " " };
    writeln!(out, "::{name}{space}{}::{}", properties.join(","), escaped(text))
}
