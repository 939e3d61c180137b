//! Commands that work with reports that were written before: judged again, told again, compared, joined. None of them
//! needs the files that were checked.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use super::args::{Diff, Judge, ListFormat, Merge, Render};
use super::output::Outputs;
use super::{Status, Trouble, json, profile};
use crate::finding::Message;
use crate::judge::run::judge_all;
use crate::judge::{Counts, waiver_findings};
use crate::locale::Locale;
use crate::report::Report;
use crate::report::changes::{changes, write as write_changes};
use crate::report::document::{Document, Run, Submission, Submissions, VERSION};

/// `tekser judge`: what was measured, judged by another profile.
pub(super) fn judge(arguments: &Judge, locale: &Locale, out: &mut dyn Write) -> Result<Status, Trouble> {
    let outputs = Outputs::parse(&arguments.output, locale)?;
    let profile = profile(&arguments.profile, locale)?;
    let texts = arguments.reports.iter().map(|path| read(path, locale)).collect::<Result<Vec<_>, _>>()?;
    let mut measured = Vec::new();
    let (mut skipped, mut run, mut registry) = (Vec::new(), Run::default(), None);
    for (path, bytes) in arguments.reports.iter().zip(&texts) {
        let submissions = match document(path, bytes, locale) {
            Ok(document) => {
                skipped.extend(document.skipped.iter().map(|path| path.clone().into_owned()));
                run = joined(run, &document.run);
                registry = registry.or(document.registry);
                written(document.submissions)
            }
            Err(trouble) => lines(path, bytes, trouble, locale)?,
        };
        measured.extend(submissions.into_iter().map(|submission| {
            let (path, file) = (submission.path.clone().into_owned(), submission.file.clone());
            (path, file.map(std::borrow::Cow::into_owned), submission.into_facts())
        }));
    }
    measured.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let today = jiff::Zoned::now().date();
    let examined = judge_all(measured, &profile, today);
    let counts: Counts = examined.iter().map(|examined| &examined.judgement).collect();
    let profile_findings = waiver_findings(&profile, today, &counts);
    let report = Report {
        profile: &profile,
        submissions: &examined,
        counts: &counts,
        unreached: 0,
        skipped: &skipped,
        profile_findings: &profile_findings,
        registry: registry.as_ref(),
        registry_findings: &[],
        run: &run,
    };
    let document = report.document(locale);
    outputs.write(&document, locale, out)?;
    Ok(Status::of(&document, arguments.require_complete))
}

/// `tekser render`: a report in another form or another language.
pub(super) fn render(arguments: &Render, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let outputs = Outputs::parse(&arguments.output, locale)?;
    let bytes = read(&arguments.report, locale)?;
    let mut document = document(&arguments.report, &bytes, locale)?;
    document.retell(locale);
    outputs.write(&document, locale, out)
}

/// `tekser diff`: what changed between two reports.
pub(super) fn diff(arguments: &Diff, locale: &Locale, out: &mut dyn Write) -> Result<Status, Trouble> {
    let (old, new) = (read(&arguments.old, locale)?, read(&arguments.new, locale)?);
    let mut documents = [document(&arguments.old, &old, locale)?, document(&arguments.new, &new, locale)?];
    documents.iter_mut().for_each(|document| document.retell(locale));
    let [old, new] = &documents;
    let changes = changes(old, new);
    match arguments.list.format {
        ListFormat::Text => write_changes(&changes, locale, out)?,
        ListFormat::Json => json(&changes, out)?,
    }
    Ok(if changes.are_worse() { Status::Found } else { Status::Clean })
}

/// `tekser merge`: the reports of several machines as one.
pub(super) fn merge(arguments: &Merge, locale: &Locale, out: &mut dyn Write) -> Result<Status, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let outputs = Outputs::parse(&arguments.output, locale)?;
    let texts = arguments.reports.iter().map(|path| read(path, locale)).collect::<Result<Vec<_>, _>>()?;
    let mut all: Option<Document<'_>> = None;
    let mut submissions: BTreeMap<String, Submission<'_>> = BTreeMap::new();
    for (path, bytes) in arguments.reports.iter().zip(&texts) {
        let mut next = document(path, bytes, locale)?;
        next.retell(locale);
        for submission in written(std::mem::replace(&mut next.submissions, Submissions::Written(Vec::new()))) {
            let known = submissions.get(&*submission.path);
            // The same submission may come from two machines; two different ones of the same name are a mistake.
            if known.is_some_and(|known| serde_json::to_value(known).ok() != serde_json::to_value(&submission).ok()) {
                let message = Message::new("error-merge-twice").with("path", path.display().to_string());
                return Err(told(message.with("submission", &*submission.path)));
            }
            submissions.insert(submission.path.clone().into_owned(), submission);
        }
        all = Some(match all {
            None => next,
            Some(first) if first.profile.sha256 != next.profile.sha256 => {
                let message = Message::new("error-merge-profile").with("path", path.display().to_string());
                return Err(told(message.with("profile", &*next.profile.id).with("other", &*first.profile.id)));
            }
            Some(mut first) => {
                first.run = joined(first.run, &next.run);
                first.summary.unreached += next.summary.unreached;
                first.skipped.extend(next.skipped);
                first.registry_findings.extend(next.registry_findings);
                first.registry = first.registry.or(next.registry);
                first
            }
        });
    }
    let Some(mut document) = all else { return Ok(Status::Clean) };
    let own = submissions.values().flat_map(|submission| &submission.findings);
    let findings = own.chain(&document.profile_findings).chain(&document.registry_findings);
    let mut counts = Counts::default();
    submissions.values().for_each(|submission| counts.verdict(submission.verdict));
    findings.for_each(|finding| counts.level(finding.level));
    document.summary = crate::report::document::Summary { unreached: document.summary.unreached, ..counts.into() };
    document.skipped.sort();
    document.submissions = Submissions::Written(submissions.into_values().collect());
    outputs.write(&document, locale, out)?;
    Ok(Status::of(&document, arguments.require_complete))
}

/// Two runs as one: as long as the longer one, and wherever they were.
fn joined(a: Run, b: &Run) -> Run {
    let either = |a: Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) if a != *b => Some(format!("{a}; {b}")),
        // Where one did without, the whole cannot claim it.
        (a, b) => a.or_else(|| b.clone()),
    };
    let browsers = match (a.browsers, &b.browsers) {
        (Some(mut all), Some(more)) => {
            all.engines.extend(more.engines.clone());
            all.apart &= more.apart;
            Some(all)
        }
        (all, more) => all.or_else(|| more.clone()),
    };
    let started = if a.started.is_empty() { b.started.clone() } else { a.started.min(b.started.clone()) };
    let host = if a.host.is_empty() || a.host == b.host { b.host.clone() } else { format!("{}; {}", a.host, b.host) };
    Run {
        started,
        elapsed: a.elapsed.max(b.elapsed),
        jobs: a.jobs + b.jobs,
        host,
        scanner: either(a.scanner, &b.scanner),
        browsers,
        config: either(a.config, &b.config),
        rules: either(a.rules, &b.rules),
    }
}

/// The submissions of a report that was read.
fn written(submissions: Submissions<'_>) -> Vec<Submission<'_>> {
    match submissions {
        Submissions::Written(all) => all,
        Submissions::Examined { .. } => Vec::new(),
    }
}

/// The bytes of a report.
pub(super) fn read(path: &Path, locale: &Locale) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|error| unreadable(path, &error.to_string(), locale))
}

/// A report.
pub(super) fn document<'a>(path: &Path, bytes: &'a [u8], locale: &Locale) -> Result<Document<'a>, Trouble> {
    let document: Document<'_> =
        serde_json::from_slice(bytes).map_err(|error| unreadable(path, &error.to_string(), locale))?;
    if document.report.format != "tekser" || document.report.version != VERSION {
        let error = format!("{} {}", document.report.format, document.report.version);
        return Err(unreadable(path, &error, locale));
    }
    Ok(document)
}

/// Submissions from JSON Lines. If the first line is none, `trouble` is what is wrong with the file.
fn lines<'a>(path: &Path, bytes: &'a [u8], trouble: Trouble, locale: &Locale) -> Result<Vec<Submission<'a>>, Trouble> {
    let mut submissions = Vec::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(submission) => submissions.push(submission),
            Err(_) if submissions.is_empty() => return Err(trouble),
            Err(error) => {
                let shown = format!("{}:{}", path.display(), index + 1);
                return Err(unreadable(Path::new(&shown), &error.to_string(), locale));
            }
        }
    }
    Ok(submissions)
}

fn unreadable(path: &Path, error: &str, locale: &Locale) -> Trouble {
    let message = Message::new("error-report").with("path", path.display().to_string()).with("error", error);
    Trouble::Told(locale.text(&message))
}
