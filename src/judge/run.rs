//! The only file that knows threads: submissions side by side, and the entries of a large archive side by side.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::isolate::Isolated;
use super::{Counts, Examined, judge};
use crate::alike::{Comparison, Work, compare};
use crate::browser::Browsers;
use crate::facts::{Answer, CoverFacts, Facts, FileFacts, Kind, Origin, Record, Unread};
use crate::identify;
use crate::intake::{Submission, Thing};
use crate::locked;
use crate::probe::{self, Context, Deadline, Known, Limits, Listen, Member, Scanner, Workers};
use crate::profile::{Columns, Profile};
use crate::scan::Online;
use crate::source::{Source, disk::DiskFile, sha256};
use crate::store::{Stamp, Store};

/// Entries below this number are not worth sharing out.
const WORTH_SHARING: usize = 16;

/// Bytes of the stack of a thread.
pub(super) const STACK: usize = 16 << 20;

/// The column of the time at which a submission came in.
const RECEIVED: &str = "received-at";

/// Whether a person looked at a pair of works, by their paths.
pub type AreReviewed = dyn Fn(&str, &str) -> bool + Send + Sync;

/// What is measured of a submission, beside what scanners and browsers tell.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Manner {
    /// What every submission is to be judged as, if the caller says so.
    pub kind: Option<Kind>,
    /// Compute SHA-256 digests, which reads every byte.
    pub digests: bool,
    /// Budgets.
    pub limits: Limits,
    /// How much of the sound is to be listened to.
    pub listen: Listen,
    /// The files inside a submission are works of their own.
    pub works: bool,
    /// Read what text documents say.
    pub documents: bool,
    /// Make prints of files, for comparing works.
    pub prints: bool,
    /// Make small pictures and strips of loudness for the report.
    pub previews: bool,
}

/// How a run is done.
pub struct Options {
    /// Threads; 0 for as many as there are cores.
    pub jobs: usize,
    /// What is measured.
    pub manner: Manner,
    /// Time a submission may take.
    pub time: Duration,
    /// The time of a file stands for the time at which it came in, where nothing else tells that.
    pub file_times: bool,
    /// Works of earlier contests, to compare with.
    pub earlier: Vec<Work>,
    /// A person looked at a pair of works, by their paths, and found it to be none.
    pub reviewed: Box<AreReviewed>,
    /// Who looks for malware, if anybody.
    pub scanner: Option<Box<dyn Scanner>>,
    /// Rules of the organizer's own, if there are any.
    pub rules: Option<Box<dyn Scanner>>,
    /// Who measures in processes of their own, if that is wanted.
    pub isolated: Option<Isolated>,
    /// Who asks services about links, if anybody.
    pub online: Option<Online>,
    /// Who opens apps in browsers, if anybody.
    pub browsers: Option<Browsers>,
    /// Facts of earlier runs. What the first of them knows is not measured, and all keep what is new to them.
    pub stores: Vec<Box<dyn Store>>,
    /// What was judged is kept for whoever wants it at the end of the run. Else it is only counted.
    pub keep: bool,
    /// Set when nothing more is to be begun, and what is under way is to be left.
    pub stop: Option<&'static AtomicBool>,
    /// The day that decides about waivers.
    pub today: Date,
}

impl Options {
    /// One thread a core, nobody is asked, no store is used.
    #[must_use]
    pub fn new(manner: Manner, time: Duration, today: Date) -> Options {
        Options {
            jobs: 0,
            manner,
            time,
            file_times: false,
            earlier: Vec::new(),
            reviewed: Box::new(|_, _| false),
            scanner: None,
            rules: None,
            isolated: None,
            online: None,
            browsers: None,
            stores: Vec::new(),
            keep: true,
            stop: None,
            today,
        }
    }

    /// When a submission that is begun now has had its time.
    fn deadline(&self) -> Deadline {
        let deadline = Instant::now().checked_add(self.time).map_or(Deadline::never(), Deadline::at);
        self.stop.map_or(deadline, |stop| deadline.or_when(stop))
    }

    /// Everything but the bytes that decides what is measured, as a digest: facts measured under other settings are other
    /// facts. `more` is what the options hold in a form that cannot be read back, such as rules of an engine.
    #[must_use]
    pub fn digest(&self, more: &[Vec<u8>]) -> String {
        let scanner = self.scanner.as_ref().map(|scanner| scanner.engine());
        let rules = self.rules.as_ref().map(|rules| rules.engine());
        let browsers = self.browsers.as_ref().map(|browsers| browsers.engines().collect::<Vec<_>>());
        let said = format!(
            "{}{} {:?} {scanner:?} {rules:?} {browsers:?}",
            env!("CARGO_PKG_VERSION"),
            if cfg!(debug_assertions) { "-debug" } else { "" },
            self.manner,
        );
        let mut hash = Sha256::new();
        for part in std::iter::once(said.as_bytes()).chain(more.iter().map(Vec::as_slice)) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        crate::hex(&hash.finalize())
    }

    /// When the run is to end, however long a submission takes.
    fn stopped(&self) -> Deadline {
        self.stop.map_or(Deadline::never(), |stop| Deadline::never().or_when(stop))
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}

/// What a run yields.
pub struct Ran {
    /// In the order of the submissions, whatever the number of threads; none if they were not to be kept.
    pub examined: Vec<Examined>,
    /// All that were judged, counted.
    pub counts: Counts,
    /// Submissions that the run did not come to, because it was stopped.
    pub unreached: usize,
    /// What was compared, if the profile compares works: those of this run, and then the earlier ones.
    pub works: Vec<Work>,
}

/// Somebody who follows a run. Called from many threads.
pub trait Watch: Sync {
    /// A submission is being measured; the number is its place among all.
    fn begun(&self, number: usize, submission: &Submission);

    /// It was measured, or its facts were known.
    fn measured(&self, number: usize);

    /// It was judged. Comes in the order of the submissions: as soon as all before it are judged, or, where works are
    /// compared with one another, when all are.
    /// `counts` holds all so far, with this one.
    fn judged(&self, examined: &Examined, counts: &Counts);
}

/// What was measured of a submission, and what it is compared by.
type Measured = (Facts, Option<Work>);

/// Measures all submissions, compares them with one another if the profile says so, and judges them.
///
/// # Errors
/// The threads could not be started.
pub fn run(
    submissions: &[Submission],
    profile: &Profile,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Ran, rayon::ThreadPoolBuildError> {
    let pool = threads(options.jobs)?;
    let known = Known::default();
    let next = AtomicUsize::new(0);
    let (measured, judged) = (Mutex::new(Vec::new()), Mutex::new(InOrder::new(watch, options.keep)));
    let work = || {
        while !options.is_stopped() {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(submission) = submissions.get(number) else { return };
            watch.begun(number, submission);
            let Some(facts) = recalled_or_measured(submission, profile, options, &known) else { return };
            watch.measured(number);
            match &profile.alike {
                // Judged when all are measured.
                Some(how) => {
                    let mut facts = facts;
                    let work = how.work(&submission.path, &mut facts);
                    locked(&measured).push((number, (facts, Some(work))));
                }
                None => {
                    // Before the lock is taken, so that one thread does not wait while another judges.
                    let examined = examine(submission, facts, profile, options);
                    locked(&judged).add(number, examined);
                }
            }
        }
    };
    Ok(pool.install(|| {
        // Each thread takes the next submission when it is done with one, so that they are done nearly in order.
        rayon::scope(|scope| (0..rayon::current_num_threads()).for_each(|_| scope.spawn(|_| work())));
        let mut works = Vec::new();
        if let Some(how) = &profile.alike {
            let mut measured = std::mem::take(&mut *locked(&measured));
            measured.sort_by_key(|(number, _)| *number);
            works = compare_all(&mut measured, how, options);
            measured.into_par_iter().for_each(|(number, (facts, _))| {
                let examined = examine(&submissions[number], facts, profile, options);
                locked(&judged).add(number, examined);
            });
        }
        let (examined, counts) = std::mem::replace(&mut *locked(&judged), InOrder::new(watch, false)).all();
        Ran { unreached: submissions.len() - counts.submissions(), examined, counts, works }
    }))
}

/// The threads of a run, or of a process that measures for one; 0 for as many as there are cores.
///
/// # Errors
/// They could not be started.
pub fn threads(jobs: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build()
}

/// Submissions as they are judged, put in order.
struct InOrder<'a> {
    watch: &'a dyn Watch,
    keep: bool,
    counts: Counts,
    done: Vec<Examined>,
    waiting: BTreeMap<usize, Examined>,
}

impl<'a> InOrder<'a> {
    fn new(watch: &'a dyn Watch, keep: bool) -> InOrder<'a> {
        InOrder { watch, keep, counts: Counts::default(), done: Vec::new(), waiting: BTreeMap::new() }
    }

    fn add(&mut self, number: usize, examined: Examined) {
        self.waiting.insert(number, examined);
        while let Some(examined) = self.waiting.remove(&self.counts.submissions()) {
            self.push(examined);
        }
    }

    fn push(&mut self, examined: Examined) {
        self.counts.add(&examined.judgement);
        self.watch.judged(&examined, &self.counts);
        if self.keep {
            self.done.push(examined);
        }
    }

    /// All of them; of a run that was stopped some are missing.
    fn all(mut self) -> (Vec<Examined>, Counts) {
        std::mem::take(&mut self.waiting).into_values().for_each(|examined| self.push(examined));
        (self.done, self.counts)
    }
}

/// Facts of a submission, from a store or measured; none if the run was stopped in the meantime.
fn recalled_or_measured(submission: &Submission, profile: &Profile, options: &Options, known: &Known) -> Option<Facts> {
    let stamp = if options.stores.is_empty() { None } else { Stamp::of(submission) };
    let recall = |stamp: &Stamp| {
        let mut stores = options.stores.iter().enumerate();
        stores.find_map(|(index, store)| Some((index, store.recall(submission, stamp)?)))
    };
    let recalled = stamp.as_ref().and_then(recall);
    let knows = recalled.as_ref().map(|(index, _)| *index);
    let mut facts = match recalled {
        Some((_, facts)) => facts,
        None => measure(submission, options, known),
    };
    if !facts.is_settled() {
        // What was broken off is not what the submission is.
        if options.is_stopped() {
            return None;
        }
    } else if let Some(stamp) = stamp.filter(|stamp| stamp.settled) {
        let others = options.stores.iter().enumerate().filter(|(index, _)| Some(*index) != knows);
        others.for_each(|(_, store)| store.keep(submission, &stamp, &facts));
    }
    facts.record = record(submission, &facts.file, &profile.columns, options);
    let ask = |online: &Online| online.ask(&profile.links(&facts), options.deadline());
    facts.links = options.online.as_ref().map(ask);
    Some(facts)
}

/// Compares works with one another and with earlier ones; yields what was compared.
fn compare_all(measured: &mut [(usize, Measured)], how: &Comparison, options: &Options) -> Vec<Work> {
    let mut works: Vec<Work> = measured.iter_mut().filter_map(|(_, (_, work))| work.take()).collect();
    works.extend(options.earlier.iter().cloned());
    let alike = compare(&works, measured.len(), how, &*options.reviewed);
    measured.iter_mut().zip(alike).for_each(|((_, (facts, _)), alike)| facts.alike = Some(Box::new(alike)));
    works
}

/// Judges what was measured before: a path, where it lies, facts.
#[must_use]
pub fn judge_all(measured: Vec<(String, Option<String>, Facts)>, profile: &Profile, today: Date) -> Vec<Examined> {
    let examined = |(path, file, facts): (String, Option<String>, Facts)| {
        let judgement = judge(profile, &facts, today);
        Examined { path, file, facts, judgement }
    };
    measured.into_par_iter().map(examined).collect()
}

/// Measures a submission without judging it.
#[must_use]
pub fn measure(submission: &Submission, options: &Options, known: &Known) -> Facts {
    guarded(submission, options, || {
        let mut facts = match &options.isolated {
            Some(isolated) => {
                isolated.measure(submission, options.stopped()).unwrap_or_else(|why| unread(submission, options, why))
            }
            None => facts(submission, options, known),
        };
        if let Some(browsers) = &options.browsers {
            // Opening an app takes the time it takes, which is bounded; only an end of the run ends it.
            open_apps(browsers, &submission.thing, &mut facts, options.stopped());
        }
        facts
    })
}

/// Opens an app, or the apps among the files of a contest's submission, in browsers.
fn open_apps(browsers: &Browsers, thing: &Thing, facts: &mut Facts, stop: Deadline) {
    if facts.kind == Kind::App {
        if facts.file.bundle.is_some() {
            facts.file.visits = browsers.visit(thing, &facts.file, stop);
        }
        return;
    }
    let (Thing::Folder(files), Some(bundle)) = (thing, &mut facts.file.bundle) else { return };
    for entry in &mut bundle.entries {
        let is_app = |file: &&mut FileFacts| file.bundle.is_some() && identify::kind_of(&file.identity) == Kind::App;
        let Some(app) = entry.file.as_mut().filter(is_app) else { continue };
        if let Some(file) = files.iter().find(|file| file.name == entry.name && !file.link) {
            app.visits = browsers.visit(&Thing::File(file.path.clone()), app, stop);
        }
    }
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
    Examined { path: submission.path.clone(), file: submission.file(), facts, judgement }
}

fn facts(submission: &Submission, options: &Options, known: &Known) -> Facts {
    let manner = &options.manner;
    let context = Context {
        limits: &manner.limits,
        deadline: options.deadline(),
        listen: manner.listen,
        documents: manner.documents,
        prints: manner.prints,
        previews: manner.previews,
        workers: &Shared,
        scanner: options.scanner.as_deref(),
        rules: options.rules.as_deref(),
        works: manner.works,
        known: Some(known),
    };
    match &submission.thing {
        Thing::Unreadable => unread(submission, options, Unread::Refused),
        Thing::Link => unread(submission, options, Unread::Link),
        Thing::Missing => unread(submission, options, Unread::Missing),
        Thing::Row => probe::probe_folder(&[], manner.kind, &context),
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
            probe::probe_folder(&members, manner.kind, &context)
        }
        Thing::File(path) => {
            let Ok(source) = DiskFile::open(path) else {
                return unread(submission, options, Unread::Refused);
            };
            let mut facts = probe::probe(&source, &submission.path, manner.kind, &context);
            if manner.digests {
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
    probe::unread(0, &submission.path, options.manner.kind, why)
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
        let options = Options::new(Manner::default(), Duration::from_secs(1), today);
        let facts = guarded(&submission, &options, || panic!("on purpose"));
        let profile = Profile::builtin("order-121").expect("a valid profile");
        let judgement = judge(&profile, &facts, today);
        assert_eq!(judgement.verdict, Verdict::Incomplete);
        assert_eq!(judgement.findings[0].message.id, "tool-panicked");
        assert_eq!(facts.kind, Kind::Video, "the name still says what it was");
    }
}
