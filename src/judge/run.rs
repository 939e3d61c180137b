//! The only file that knows threads: submissions side by side, and the entries of a large archive side by side.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Examined, judge};
use crate::alike::{Work, compare};
use crate::facts::{Answer, CoverFacts, Facts, FileFacts, Kind, Origin, Record, Unread};
use crate::identify;
use crate::intake::{Submission, Thing};
use crate::probe::{self, Context, Deadline, Known, Limits, Listen, Member, Scanner, Workers};
use crate::profile::{Columns, Profile};
use crate::scan::Online;
use crate::source::{Source, disk::DiskFile, sha256};

/// Entries below this number are not worth sharing out.
const WORTH_SHARING: usize = 16;

/// The column of the time at which a submission came in.
const RECEIVED: &str = "received-at";

/// Whether a person looked at a pair of works, by their paths.
pub type AreReviewed = dyn Fn(&str, &str) -> bool + Send + Sync;

/// How a run is done.
pub struct Options {
    /// Threads; 0 for as many as there are cores.
    pub jobs: usize,
    /// What every submission is to be judged as, if the caller says so.
    pub kind: Option<Kind>,
    /// Compute SHA-256 digests, which reads every byte.
    pub digests: bool,
    /// Time a submission may take.
    pub time: Duration,
    /// Budgets.
    pub limits: Limits,
    /// How much of the sound is to be listened to.
    pub listen: Listen,
    /// The files inside a submission are works of their own.
    pub works: bool,
    /// Read what text documents say.
    pub documents: bool,
    /// The time of a file stands for the time at which it came in, where nothing else tells that.
    pub file_times: bool,
    /// Make prints of files, for comparing works.
    pub prints: bool,
    /// Works of earlier contests, to compare with.
    pub earlier: Vec<Work>,
    /// A person looked at a pair of works, by their paths, and found it to be none.
    pub reviewed: Box<AreReviewed>,
    /// Who looks for malware, if anybody.
    pub scanner: Option<Box<dyn Scanner>>,
    /// Rules of the organizer's own, if there are any.
    pub rules: Option<Box<dyn Scanner>>,
    /// Who asks services about links, if anybody.
    pub online: Option<Online>,
    /// The day that decides about waivers.
    pub today: Date,
}

impl Options {
    /// When a submission that is begun now has had its time.
    fn deadline(&self) -> Deadline {
        Instant::now().checked_add(self.time).map_or(Deadline::never(), Deadline::at)
    }
}

/// What a run yields.
pub struct Ran {
    /// In the order of the submissions, whatever the number of threads.
    pub examined: Vec<Examined>,
    /// What was compared, if the profile compares works: those of this run, and then the earlier ones.
    pub works: Vec<Work>,
}

/// Measures all submissions, compares them with one another if the profile says so, and judges them. `done` is called
/// after each that was measured.
///
/// # Errors
/// The threads could not be started.
pub fn run(
    submissions: &[Submission],
    profile: &Profile,
    options: &Options,
    done: &(dyn Fn() + Sync),
) -> Result<Ran, rayon::ThreadPoolBuildError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs).stack_size(16 << 20).build()?;
    let known = Known::default();
    let measured = |submission: &Submission| {
        let mut facts = measure(submission, options, &known);
        facts.record = record(submission, &facts.file, &profile.columns, options);
        let ask = |online: &Online| online.ask(&profile.links(&facts), options.deadline());
        facts.links = options.online.as_ref().map(ask);
        let work = profile.alike.as_ref().map(|how| how.work(&submission.path, &mut facts));
        done();
        (facts, work)
    };
    Ok(pool.install(|| {
        let measured: Vec<(Facts, Option<Work>)> = submissions.par_iter().map(measured).collect();
        let (mut facts, works): (Vec<Facts>, Vec<Option<Work>>) = measured.into_iter().unzip();
        let mut works: Vec<Work> = works.into_iter().flatten().collect();
        if let Some(how) = &profile.alike {
            works.extend(options.earlier.iter().cloned());
            let alike = compare(&works, facts.len(), how, &*options.reviewed);
            facts.iter_mut().zip(alike).for_each(|(facts, alike)| facts.alike = Some(Box::new(alike)));
        }
        let judged = submissions.par_iter().zip(facts);
        let examined = judged.map(|(submission, facts)| examine(submission, facts, profile, options)).collect();
        Ran { examined, works }
    }))
}

/// Measures a submission without judging it.
#[must_use]
pub fn measure(submission: &Submission, options: &Options, known: &Known) -> Facts {
    guarded(submission, options, || facts(submission, options, known))
}

/// A library that panics on a stranger's file costs that one submission.
fn guarded(submission: &Submission, options: &Options, measure: impl FnOnce() -> Facts) -> Facts {
    let measured = catch_unwind(AssertUnwindSafe(measure));
    measured.unwrap_or_else(|_| unread(submission, options, Unread::Panic))
}

fn examine(submission: &Submission, facts: Facts, profile: &Profile, options: &Options) -> Examined {
    let judged = catch_unwind(AssertUnwindSafe(|| judge(profile, &facts, options.today)));
    let (facts, judgement) = match judged {
        Ok(judgement) => (facts, judgement),
        Err(_) => {
            let facts = Facts { record: facts.record, ..unread(submission, options, Unread::Panic) };
            let judgement = judge(profile, &facts, options.today);
            (facts, judgement)
        }
    };
    Examined { path: submission.path.clone(), facts, judgement }
}

fn facts(submission: &Submission, options: &Options, known: &Known) -> Facts {
    let context = Context {
        limits: &options.limits,
        deadline: options.deadline(),
        listen: options.listen,
        documents: options.documents,
        prints: options.prints,
        workers: &Shared,
        scanner: options.scanner.as_deref(),
        rules: options.rules.as_deref(),
        works: options.works,
        known: Some(known),
    };
    match &submission.thing {
        Thing::Unreadable => unread(submission, options, Unread::Refused),
        Thing::Link => unread(submission, options, Unread::Link),
        Thing::Missing => unread(submission, options, Unread::Missing),
        Thing::Row => probe::probe_folder(&[], options.kind, &context),
        Thing::Folder(files) => {
            let members: Vec<Member<'_>> = files
                .iter()
                .map(|file| Member {
                    name: file.name.clone(),
                    link: file.link,
                    size: file.size,
                    open: Box::new(|| Ok(Box::new(DiskFile::open(&file.path)?) as Box<dyn Source>)),
                })
                .collect();
            probe::probe_folder(&members, options.kind, &context)
        }
        Thing::File(path) => {
            let Ok(source) = DiskFile::open(path) else {
                return unread(submission, options, Unread::Refused);
            };
            let mut facts = probe::probe(&source, &submission.path, options.kind, &context);
            if options.digests {
                // Prints hold it already.
                let printed =
                    facts.file.prints.as_ref().map(|prints| prints.digest).filter(|digest| *digest != [0; 32]);
                match printed.map_or_else(|| sha256(&source), Ok) {
                    Ok(digest) => facts.sha256 = Some(crate::hex(&digest)),
                    Err(_) => return unread(submission, options, Unread::Refused),
                }
            }
            facts
        }
    }
}

/// What is known of a submission from outside its files. The table goes before a cover sheet, and both before the time of
/// a file.
fn record(submission: &Submission, file: &FileFacts, columns: &Columns, options: &Options) -> Option<Box<Record>> {
    let mut record = submission.record.clone();
    if let Some(cover) = cover(file) {
        let from = if matches!(submission.thing, Thing::Folder(_)) { Origin::Cover } else { Origin::SentCover };
        let record = record.get_or_insert_default();
        for (key, text) in &cover.pairs {
            let Some(id) = columns.exact(key) else {
                record.unknown.push(key.clone());
                continue;
            };
            let said = record.answers.get(id).is_some_and(|answer| !answer.text.is_empty());
            if !said {
                record.answers.insert(id.to_owned(), Answer { text: text.clone(), from });
            }
        }
    }
    let received = |record: &Record| record.answers.get(RECEIVED).is_some_and(|answer| !answer.text.is_empty());
    if options.file_times
        && !record.as_ref().is_some_and(received)
        && let Some(changed) = submission.changed().and_then(|changed| jiff::Timestamp::try_from(changed).ok())
    {
        let text = changed.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let answer = Answer { text, from: Origin::FileTime };
        record.get_or_insert_default().answers.insert(RECEIVED.to_owned(), answer);
    }
    record.map(Box::new)
}

/// The cover sheet of a submission: the one that lies least deep.
fn cover(file: &FileFacts) -> Option<&CoverFacts> {
    let entries = file.bundle.iter().flat_map(|bundle| &bundle.entries);
    let covers =
        entries.filter_map(|entry| Some((entry.name.matches('/').count(), entry.file.as_ref()?.cover.as_deref()?)));
    covers.min_by_key(|(depth, _)| *depth).map(|(_, cover)| cover)
}

/// Facts of a submission of which nothing but the name is known.
fn unread(submission: &Submission, options: &Options, why: Unread) -> Facts {
    let identity = identify::by_name(&submission.path);
    let mut facts = probe::submission(FileFacts::new(identity, 0), options.kind);
    facts.unread = Some(why);
    facts
}

/// The threads of the run.
struct Shared;

impl Workers for Shared {
    fn run(&self, count: usize, job: &(dyn Fn(usize) + Sync)) {
        if count < WORTH_SHARING {
            (0..count).for_each(job);
        } else {
            (0..count).into_par_iter().for_each(job);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Verdict;

    #[test]
    fn a_panic_is_a_finding_on_that_submission() {
        let submission = Submission::new("a/lesson.mp4".to_owned(), Thing::Unreadable);
        let today = jiff::civil::date(2026, 11, 23);
        let options = Options {
            jobs: 1,
            kind: None,
            digests: false,
            time: Duration::from_secs(1),
            limits: Limits::default(),
            listen: Listen::Nothing,
            works: false,
            documents: false,
            file_times: false,
            prints: false,
            earlier: Vec::new(),
            reviewed: Box::new(|_, _| false),
            scanner: None,
            rules: None,
            online: None,
            today,
        };
        let facts = guarded(&submission, &options, || panic!("on purpose"));
        let profile = Profile::builtin("order-121").expect("a valid profile");
        let judgement = judge(&profile, &facts, today);
        assert_eq!(judgement.verdict, Verdict::Incomplete);
        assert_eq!(judgement.findings[0].message.id, "tool-panicked");
        assert_eq!(facts.kind, Kind::Video, "the name still says what it was");
    }
}
