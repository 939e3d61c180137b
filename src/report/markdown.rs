//! The report for a comment on a pull request: counts, a table of what does not comply, and details that unfold. GitHub
//! takes no more than 65,536 letters, so that the rest is counted.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::changes::in_words;
use super::document::{Document, Submission};
use super::words::{self, Of};
use crate::judge::Verdict;
use crate::locale::{Locale, harmless};

/// Letters after which no more submissions are told.
const LETTERS: usize = 60_000;

/// Changed submissions that are told.
const CHANGES: usize = 100;

/// Findings of one submission that are told.
const FINDINGS: usize = 20;

pub(super) fn write(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let summary = &document.summary;
    let count = |id, count| words::count(id, count, locale);
    writeln!(out, "## {}\n", safe(document.profile.title.get(locale.language())))?;
    let mut counts = vec![
        format!("✅ {}", count("summary-compliant", summary.compliant)),
        format!("❌ {}", count("summary-non-compliant", summary.non_compliant)),
        format!("❔ {}", count("summary-incomplete", summary.incomplete)),
    ];
    if summary.unreached > 0 {
        counts.push(format!("⚠️ {}", count("summary-unreached", summary.unreached)));
    }
    writeln!(out, "{}\n\n{}\n", counts.join(" · "), words::findings(&summary.findings, locale))?;
    for finding in document.profile_findings.iter().chain(&document.registry_findings) {
        writeln!(out, "- {}", safe(&words::sentence(finding, Of::Run, locale)))?;
    }
    if let Some(changes) = &document.changes {
        writeln!(out, "<details><summary>{} {}</summary>\n", locale.plain("changes-title"), safe(&changes.since))?;
        for change in changes.changed.iter().take(CHANGES) {
            let (mark, words) = in_words(change, locale);
            writeln!(out, "- {} {} · {words}", safe(mark), safe(&change.path))?;
        }
        if changes.changed.len() > CHANGES {
            writeln!(out, "- … +{}", changes.changed.len() - CHANGES)?;
        }
        writeln!(out, "\n{}\n\n</details>\n", count("changes-unchanged", changes.unchanged))?;
    }
    // What does not comply comes first, so that it is told before there is no room any more.
    let mut parts = Vec::new();
    for verdict in [Verdict::NonCompliant, Verdict::Incomplete] {
        let all = document.submissions.iter();
        for submission in all.filter(|submission| submission.verdict == verdict) {
            parts.push(part(&submission, document, locale).unwrap_or_default());
        }
    }
    let mut used = 0;
    let fits = |part: &&String| {
        used += part.chars().count();
        used <= LETTERS
    };
    let told: Vec<&String> = parts.iter().take_while(fits).collect();
    for part in &told {
        out.write_all(part.as_bytes())?;
    }
    if told.len() < parts.len() {
        writeln!(out, "\n{}", count("markdown-more", parts.len() - told.len()))?;
    }
    let (tool, profile) = (&document.tool, &document.profile);
    writeln!(out, "\n<sub>tekser {} · {} · {}</sub>", tool.version, safe(&profile.id), safe(&profile.version))
}

fn part(submission: &Submission<'_>, document: &Document<'_>, locale: &Locale) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let mark = if submission.verdict == Verdict::NonCompliant { "❌" } else { "❔" };
    let verdict = locale.named("verdict", submission.verdict.id());
    writeln!(text, "<details><summary>{mark} {} · {verdict}</summary>\n", safe(&submission.path))?;
    let mut findings: Vec<_> = submission.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    for finding in findings.iter().take(FINDINGS) {
        let level = words::level(finding, locale);
        let clause = document.profile.of(finding);
        let clause = clause.map(|requirement| format!(" ({})", safe(&requirement.clause))).unwrap_or_default();
        writeln!(text, "- **{level}** {}{clause}", safe(&words::sentence(finding, Of::Submission, locale)))?;
    }
    if findings.len() > FINDINGS {
        writeln!(text, "- … +{}", findings.len() - FINDINGS)?;
    }
    for (_, reason, ids) in words::unchecked(submission) {
        writeln!(text, "- {} {} — {}", locale.plain("report-not-checked"), ids.join(", "), safe(reason))?;
    }
    writeln!(text, "\n</details>\n")?;
    Ok(text)
}

/// Words that stay words: neither Markdown nor HTML, no mention of a person, no reference to an issue.
fn safe(text: &str) -> String {
    let mut safe = String::new();
    for c in harmless(&text.replace(['\r', '\n'], " ")).chars() {
        match c {
            '<' | '>' | '&' | '@' | '#' | '*' | '_' | '`' | '[' | ']' | '|' | '\\' | '~' | '!' | ':' => {
                safe.push_str(&format!("&#{};", u32::from(c)));
            }
            c => safe.push(c),
        }
    }
    safe
}
