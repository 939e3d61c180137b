//! What changed between two reports: submissions that came and went, verdicts that became better or worse, findings that
//! are new and findings that are gone.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::{Document, Submission, Submissions, WrittenFinding};
use super::paragraph;
use super::text::{BOLD, GREEN, RED, YELLOW};
use super::words::{self, Of};
use crate::finding::Level;
use crate::judge::Verdict;
use crate::locale::{Locale, harmless};

/// What changed since an older report.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Changes<'a> {
    /// When the older run began.
    pub since: String,
    /// Submissions that are the same in both.
    pub unchanged: usize,
    /// The others, sorted by path.
    #[serde(borrow)]
    pub changed: Vec<Change<'a>>,
}

/// What changed in a submission.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Change<'a> {
    /// Its path.
    pub path: Cow<'a, str>,
    /// Its verdict in the older report; none if it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Verdict>,
    /// Its verdict in the newer report; none if it is not there any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Verdict>,
    /// Findings that are new.
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty")]
    pub appeared: Vec<WrittenFinding<'a>>,
    /// Findings that are gone.
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<WrittenFinding<'a>>,
}

impl Change<'_> {
    /// It was in both reports and is worse: its verdict, or it has an error that it did not have.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        let errors = self.appeared.iter().any(|finding| finding.level == Level::Error && !finding.waived);
        matches!((self.old, self.new), (Some(old), Some(new)) if new > old || (new == old && errors))
    }
}

impl Changes<'_> {
    /// Something is worse than it was, or came in and does not comply.
    #[must_use]
    pub fn are_worse(&self) -> bool {
        let came = |change: &Change<'_>| change.old.is_none() && change.new == Some(Verdict::NonCompliant);
        self.changed.iter().any(|change| change.is_worse() || came(change))
    }
}

/// Compares two reports. Submissions are the same if their paths are.
#[must_use]
pub fn changes(old: &Document<'_>, new: &Document<'_>) -> Changes<'static> {
    let by_path = |submissions: &Submissions<'_>| -> BTreeMap<String, Known> {
        submissions.iter().map(|submission| (submission.path.to_string(), Known::new(&submission))).collect()
    };
    let (mut before, mut after) = (by_path(&old.submissions), by_path(&new.submissions));
    let paths: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let mut changes = Changes { since: old.run.started.clone(), unchanged: 0, changed: Vec::new() };
    for path in paths {
        let (before, after) = (before.remove(&path), after.remove(&path));
        let (old, new) = (before.as_ref().map(|known| known.verdict), after.as_ref().map(|known| known.verdict));
        let (was, is) =
            (before.map_or(Vec::new(), |known| known.findings), after.map_or(Vec::new(), |known| known.findings));
        // Of a submission that is not in both, the verdict says enough.
        let both = old.is_some() && new.is_some();
        let (gone, appeared) = if both { (without(&was, &is), without(&is, &was)) } else { (Vec::new(), Vec::new()) };
        if old == new && gone.is_empty() && appeared.is_empty() {
            changes.unchanged += 1;
        } else {
            changes.changed.push(Change { path: path.into(), old, new, appeared, gone });
        }
    }
    changes
}

/// What is compared of a submission.
struct Known {
    verdict: Verdict,
    findings: Vec<WrittenFinding<'static>>,
}

impl Known {
    fn new(submission: &Submission<'_>) -> Known {
        let findings = submission.findings.iter().map(WrittenFinding::to_owned_words).collect();
        Known { verdict: submission.verdict, findings }
    }
}

/// Findings that have no counterpart among the others. A finding is the same if it says the same of the same file; lines
/// move, and so do numbers.
fn without(these: &[WrittenFinding<'static>], others: &[WrittenFinding<'static>]) -> Vec<WrittenFinding<'static>> {
    let same = |a: &WrittenFinding<'_>, b: &WrittenFinding<'_>| {
        (&a.check, &a.id, a.level, a.waived) == (&b.check, &b.id, b.level, b.waived)
            && a.requirement == b.requirement
            && a.place.path == b.place.path
    };
    let mut left: Vec<&WrittenFinding<'_>> = others.iter().collect();
    let mut rest = Vec::new();
    for finding in these {
        match left.iter().position(|other| same(finding, other)) {
            Some(position) => drop(left.swap_remove(position)),
            None => rest.push(finding.clone()),
        }
    }
    rest
}

/// A change as a sign and in words.
pub(super) fn in_words(change: &Change<'_>, locale: &Locale) -> (&'static str, String) {
    let verdict = |verdict: Verdict| locale.named("verdict", verdict.id());
    match (change.old, change.new) {
        (None, Some(new)) => ("+", format!("{} · {}", locale.plain("changes-came"), verdict(new))),
        (_, None) => ("-", locale.plain("changes-went")),
        (Some(old), Some(new)) if old == new => (if change.is_worse() { "▼" } else { "≈" }, verdict(new)),
        (Some(old), Some(new)) => (if new > old { "▼" } else { "▲" }, format!("{} → {}", verdict(old), verdict(new))),
    }
}

/// Writes the changes for a person at a terminal.
///
/// # Errors
/// What `out` says when it cannot take more.
pub fn write(changes: &Changes<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{BOLD}{} {}{BOLD:#}", locale.plain("changes-title"), changes.since)?;
    for change in &changes.changed {
        let (mark, words) = in_words(change, locale);
        let style = match mark {
            "▼" => RED,
            "▲" => GREEN,
            _ => YELLOW,
        };
        writeln!(out, "{style}{mark}{style:#} {BOLD}{}{BOLD:#} · {words}", harmless(&change.path))?;
        for (word, findings) in [("changes-gone", &change.gone), ("changes-appeared", &change.appeared)] {
            for finding in findings {
                let level = words::level(finding, locale);
                let place = words::place(finding, Of::Submission, locale).map(|place| format!("{place}: "));
                let place = place.unwrap_or_default();
                paragraph(out, 4, 6, &format!("{} {level}: {place}{}", locale.plain(word), finding.message))?;
            }
        }
    }
    writeln!(out, "{}", words::count("changes-unchanged", changes.unchanged, locale))
}
