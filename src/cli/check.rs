//! `tekser check`: from arguments to a report and an exit status.

use std::io::{self, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::args::{Check, Checking, Measuring};
use super::config::{Config, MEMORY_LIMIT, TIME_LIMIT};
use super::live::{self, Live};
use super::output::{Outputs, unwritable};
use super::stored::{self, read};
use super::{Status, Trouble, doctor, profile_with};
use crate::browser::{Browsers, Installed};
use crate::facts::{Browser, Kind};
use crate::finding::{Finding, Message};
use crate::intake::registry::{self, Registry};
use crate::intake::reviewed::Reviewed;
use crate::intake::{self, Intake, Submission, Take};
use crate::judge::isolate::{Isolated, Rules, Setup};
use crate::judge::run::{Manner, Options, run as examine};
use crate::judge::{Counts, Examined, Judgement, waiver_findings};
use crate::locale::Locale;
use crate::probe::Scanner;
use crate::profile::{Division, MoreLines, Profile};
use crate::report::changes::changes;
use crate::report::document::{self, Run};
use crate::report::{Document, Format, Report};
use crate::scan::{Clamd, Online, Yara};
use crate::store::Store;
use crate::store::cache::Cache;
use crate::store::index::Index;
use crate::store::journal::Journal;

/// What is to be examined, and how.
pub(super) struct Prepared {
    pub profile: Profile,
    pub submissions: Vec<Submission>,
    skipped: Vec<String>,
    registry: Option<document::Registry>,
    registry_findings: Vec<Finding>,
    options: Options,
    index: Option<Index>,
    resumable: bool,
    run: Run,
}

/// What a run is for.
pub(super) struct Purpose<'a> {
    /// Somebody will look at small pictures.
    pub previews: bool,
    /// Files that will be written. Those of an earlier run are no submissions.
    pub written: Vec<&'a Path>,
}

/// What a run yields.
#[derive(Default)]
pub(super) struct Checked {
    pub submissions: Vec<Examined>,
    counts: Counts,
    pub unreached: usize,
    run: Run,
    profile_findings: Vec<Finding>,
}

pub(super) fn run(
    arguments: Check,
    config: &Config,
    locale: &Locale,
    out: &mut (dyn Write + Send),
) -> Result<Status, Trouble> {
    // Whatever can be wrong with the arguments is found before the work begins.
    let outputs = Outputs::parse(&arguments.output, locale)?;
    let baseline = arguments.baseline.as_deref();
    let old = baseline.map(|path| read(path, locale)).transpose()?;
    let old = baseline.zip(old.as_ref()).map(|(path, bytes)| stored::document(path, bytes, locale)).transpose()?;
    let written = outputs.paths().chain(baseline).collect();
    let purpose = Purpose { previews: outputs.has(Format::Html), written };
    let mut prepared = prepare(arguments.checking, arguments.profile.as_deref(), config, &purpose, locale)?;
    // What is written as it comes needs no memory, unless somebody wants all of it at the end.
    prepared.options.keep = outputs.format.stream().is_none() || !outputs.are_none() || old.is_some();
    let nothing = Checked { run: prepared.run.clone(), ..Checked::default() };
    let head = prepared.report(&nothing);
    let live = Live::new(prepared.submissions.len(), &prepared.profile, locale);
    // A form that can be written meanwhile is; others are when all is known.
    let (live, rest) = match outputs.format.stream() {
        Some(stream) => {
            let only = outputs.are_none() && prepared.options.stores.is_empty();
            (live.stream(stream, head.document(locale), out, only)?, None)
        }
        None => (live, Some(out)),
    };
    let checked = prepared.examine(&live, locale)?;
    let report = prepared.report(&checked);
    let document = since(old, report.document(locale), locale);
    let streamed = live.finish(&document);
    // The files are written even if nobody reads standard output any more.
    outputs.write_files(&document, locale)?;
    streamed?;
    if let Some(out) = rest {
        outputs.format.write(&document, locale, out)?;
    }
    if checked.unreached > 0 {
        return Err(prepared.stopped(checked.unreached, locale));
    }
    Ok(Status::of(&document, config.require_complete(arguments.require_complete)))
}

/// The report with what changed since an older one.
fn since<'a>(old: Option<Document<'_>>, mut document: Document<'a>, locale: &Locale) -> Document<'a> {
    if let Some(mut old) = old {
        old.retell(locale);
        document.changes = Some(changes(&old, &document));
    }
    document
}

/// The text of a list. Lists on the internet are UTF-8; what is not, stands in comments.
fn tracker_list(path: &Path, locale: &Locale) -> Result<String, Trouble> {
    std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).map_err(|error| {
        let message = Message::new("error-tracker-list").with("path", path.display().to_string());
        Trouble::Told(locale.text(&message.with("error", error.to_string())))
    })
}

fn in_report(registry: &Registry) -> document::Registry {
    let column = |(heading, column): &(String, Option<String>)| document::RegistryColumn {
        heading: heading.clone(),
        column: column.clone(),
    };
    document::Registry {
        file: registry.name.clone(),
        sheet: registry.sheet.clone(),
        rows: registry.len,
        columns: registry.headings.iter().map(column).collect(),
    }
}

/// Takes in what the arguments lead to.
pub(super) fn prepare(
    typed: Checking,
    profile: Option<&str>,
    config: &Config,
    purpose: &Purpose<'_>,
    locale: &Locale,
) -> Result<Prepared, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let arguments = &config.fill(typed);
    let profile = self::profile(arguments, profile, config, locale)?;
    let given = options(&arguments.measuring, locale)?;
    let entries = profile.division == Division::Entries;
    // `--as submission` says that each path is one, whatever lies in it.
    let take = match given.manner.kind {
        Some(Kind::Submission) => Take::Whole,
        _ if entries => Take::Entries,
        _ => Take::Files,
    };
    let kind = given.manner.kind.or(entries.then_some(Kind::Submission));
    if profile.alike.is_none() && (arguments.index.is_some() || arguments.reviewed.is_some()) {
        return Err(told(Message::new("error-not-compared").with("profile", profile.id.as_str())));
    }
    let index = arguments.index.as_deref().map(Index::open).transpose().map_err(told)?;
    let reviewed = arguments.reviewed.as_deref().map(Reviewed::read).transpose().map_err(told)?.unwrap_or_default();
    let manner = Manner {
        kind,
        digests: given.manner.digests,
        works: kind == Some(Kind::Submission),
        documents: profile.documents(),
        listen: profile.listen(),
        limits: profile.limits.clone(),
        prints: profile.alike.is_some(),
        previews: purpose.previews,
    };
    let mut options = Options {
        isolated: isolated(arguments, &manner, &given)?,
        manner,
        file_times: arguments.file_times,
        online: arguments.online.then(Online::default),
        browsers: browsers(&arguments.browser, purpose.previews, given.jobs, locale)?,
        earlier: index
            .as_ref()
            .map(|index| index.earlier(&contest(&profile)))
            .transpose()
            .map_err(told)?
            .unwrap_or_default(),
        reviewed: Box::new(move |a, b| reviewed.has(a, b)),
        stop: Some(&live::STOP),
        ..given
    };
    options.stores = stores(arguments, &options, locale)?;
    let Came { intake, registry, findings } = came(arguments, &profile, take, &purpose.written, locale)?;
    let run = Run {
        started: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        elapsed: 0.0,
        jobs: options.jobs,
        host: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        scanner: options.scanner.as_ref().and_then(|scanner| scanner.engine()),
        browsers: options.browsers.as_ref().map(|browsers| document::RunBrowsers {
            engines: browsers.engines().map(|(browser, engine)| (browser.id().to_owned(), engine.to_owned())).collect(),
            apart: browsers.are_apart(),
        }),
        rules: options.rules.as_ref().and_then(|rules| rules.engine()),
        config: config.path.clone(),
    };
    Ok(Prepared {
        submissions: intake.submissions,
        skipped: intake.skipped.into_iter().map(|skipped| skipped.path).collect(),
        registry: registry.as_ref().map(in_report),
        registry_findings: findings,
        options,
        index,
        resumable: arguments.resume.is_some(),
        run,
        profile,
    })
}

/// The profile that is judged by, with the lists and waivers of whoever runs the program.
pub(super) fn profile(
    arguments: &Checking,
    typed: Option<&str>,
    config: &Config,
    locale: &Locale,
) -> Result<Profile, Trouble> {
    let lists = arguments.tracker_list.iter().map(|path| tracker_list(path, locale)).collect::<Result<Vec<_>, _>>()?;
    let hosts = config.hosts();
    let mut more: Vec<MoreLines<'_>> = lists.iter().map(|text| MoreLines { list: "trackers", text }).collect();
    if !hosts.is_empty() {
        more.push(MoreLines { list: "allowed-hosts", text: &hosts });
    }
    let mut profile = profile_with(config.profile(typed), &more, locale)?;
    config.waive(&mut profile, locale)?;
    Ok(profile)
}

/// Facts of earlier runs that may be used.
fn stores(arguments: &Checking, options: &Options, locale: &Locale) -> Result<Vec<Box<dyn Store>>, Trouble> {
    let mut stores: Vec<Box<dyn Store>> = Vec::new();
    let rules = arguments.measuring.yara.iter().map(std::fs::read).collect::<io::Result<Vec<_>>>().unwrap_or_default();
    let settings = options.digest(&rules);
    if let Some(path) = &arguments.resume {
        let journal = Journal::open(path, &settings);
        stores.push(Box::new(journal.map_err(|message| Trouble::Told(locale.text(&message)))?));
    }
    if let Some(path) = &arguments.cache {
        let cache = Cache::open(path, &settings);
        stores.push(Box::new(cache.map_err(|error| unwritable(&path.display().to_string(), &error, locale))?));
    }
    Ok(stores)
}

/// The name under which the works of a contest are kept in an index.
fn contest(profile: &Profile) -> String {
    format!("{}@{}", profile.id, profile.version)
}

/// Checks a file that this program made and that nobody has seen yet, under the name that it will get, as if it had come from
/// somebody else.
pub(super) fn one(
    typed: Checking,
    profile: Option<&str>,
    name: &str,
    previews: bool,
    config: &Config,
    locale: &Locale,
) -> Result<(Prepared, Checked), Trouble> {
    let purpose = Purpose { previews, written: Vec::new() };
    let mut prepared = prepare(typed, profile, config, &purpose, locale)?;
    for submission in &mut prepared.submissions {
        name.clone_into(&mut submission.path);
    }
    let live = Live::new(prepared.submissions.len(), &prepared.profile, locale);
    let checked = prepared.examine(&live, locale)?;
    if checked.unreached > 0 {
        return Err(prepared.stopped(checked.unreached, locale));
    }
    Ok((prepared, checked))
}

impl Checked {
    /// What became of the only submission.
    pub(super) fn only(&self) -> Option<&Judgement> {
        self.submissions.first().map(|examined| &examined.judgement)
    }
}

impl Prepared {
    /// Measures, compares and judges.
    pub(super) fn examine(&self, live: &Live<'_>, locale: &Locale) -> Result<Checked, Trouble> {
        let told = |message: Message| Trouble::Told(locale.text(&message));
        live::stop_on_interrupt(locale);
        let clock = Instant::now();
        let ran = examine(&self.submissions, &self.profile, &self.options, live);
        live.clear();
        let ran = ran.map_err(|error| told(Message::new("error-threads").with("error", error.to_string())))?;
        for error in self.options.stores.iter().filter_map(|store| store.trouble()) {
            // The report is worth more than the store.
            let message = Message::new("store-trouble").with("error", error.to_string());
            let _ = writeln!(io::stderr(), "tekser: {}", locale.text(&message));
        }
        if let Some(index) = self.index.as_ref().filter(|_| ran.unreached == 0) {
            index.keep(&contest(&self.profile), &ran.works).map_err(told)?;
        }
        Ok(Checked {
            unreached: ran.unreached,
            run: Run { elapsed: clock.elapsed().as_secs_f64(), ..self.run.clone() },
            profile_findings: waiver_findings(&self.profile, self.options.today, &ran.counts),
            submissions: ran.examined,
            counts: ran.counts,
        })
    }

    pub(super) fn report<'a>(&'a self, checked: &'a Checked) -> Report<'a> {
        Report {
            profile: &self.profile,
            submissions: &checked.submissions,
            counts: &checked.counts,
            unreached: checked.unreached,
            skipped: &self.skipped,
            profile_findings: &checked.profile_findings,
            registry: self.registry.as_ref(),
            registry_findings: &self.registry_findings,
            run: &checked.run,
        }
    }

    /// What is said when a run was stopped. A gate must not take it for one that found nothing.
    pub(super) fn stopped(&self, unreached: usize, locale: &Locale) -> Trouble {
        let message = if self.resumable { Message::new("stopped-resumable") } else { Message::new("stopped") };
        Trouble::Told(locale.text(&message.with("count", unreached)))
    }
}

/// What came in.
struct Came {
    intake: Intake,
    registry: Option<Registry>,
    /// What is to be said of the table.
    findings: Vec<Finding>,
}

/// The submissions that the paths and the table lead to.
fn came(
    arguments: &Checking,
    profile: &Profile,
    take: Take,
    written: &[&Path],
    locale: &Locale,
) -> Result<Came, Trouble> {
    let beside = [&arguments.registry, &arguments.index, &arguments.reviewed, &arguments.cache, &arguments.resume];
    let beside = || beside.into_iter().filter_map(Option::as_deref).chain(written.iter().copied());
    let Some(path) = &arguments.registry else {
        let mut intake = gather(&arguments.paths, take, locale)?;
        intake.leave_out(beside());
        let tables = if take == Take::Entries { intake.leave_out_tables() } else { Vec::new() };
        let findings = tables.iter().map(|path| registry::unused(path)).collect();
        return Ok(Came { intake, registry: None, findings });
    };
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let shown = || path.display().to_string();
    let mut registry = registry::read(path, &profile.columns).map_err(told)?;
    let mut intake = match (registry.has_paths(), arguments.paths.is_empty()) {
        (true, true) => return Err(told(Message::new("error-registry-no-paths").with("path", shown()))),
        (false, false) => {
            let label = profile.columns.label("path").unwrap_or_default();
            return Err(told(Message::new("error-registry-no-column").with("path", shown()).with("column", label)));
        }
        (true, false) => gather(&arguments.paths, take, locale)?,
        (false, true) => Intake::default(),
    };
    intake.leave_out(beside());
    registry.join(&mut intake);
    if intake.submissions.is_empty() {
        return Err(told(Message::new("error-nothing").with("paths", shown())));
    }
    let findings = registry.findings();
    Ok(Came { intake, registry: Some(registry), findings })
}

/// The submissions that the paths lead to; none at all is a trouble, since a gate that checks nothing lets all pass.
pub(super) fn gather(paths: &[PathBuf], take: Take, locale: &Locale) -> Result<Intake, Trouble> {
    let intake = intake::gather(paths, take).map_err(|error| {
        let message = Message::new("error-argument").with("path", error.path.display().to_string());
        Trouble::Told(locale.text(&message.with("error", error.error.to_string())))
    })?;
    if intake.submissions.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let message = Message::new("error-nothing").with("paths", names.join(", "));
        return Err(Trouble::Told(locale.text(&message)));
    }
    Ok(intake)
}

pub(super) fn options(measuring: &Measuring, locale: &Locale) -> Result<Options, Trouble> {
    let kind = measuring.kind.as_deref().map(|id| {
        Kind::of_id(id).ok_or_else(|| {
            let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
            let message = Message::new("error-unknown-kind").with("word", id).with("known", known.join(", "));
            Trouble::Told(locale.text(&message))
        })
    });
    let manner = Manner { kind: kind.transpose()?, digests: !measuring.no_digests, ..Manner::default() };
    let time = Duration::from_secs(measuring.time_limit.unwrap_or(TIME_LIMIT));
    Ok(Options {
        jobs: measuring.jobs.unwrap_or_default(),
        scanner: measuring.clamd.as_deref().map(|address| clamd(address, locale)).transpose()?,
        rules: yara(&measuring.yara, locale)?,
        ..Options::new(manner, time, jiff::Zoned::now().date())
    })
}

/// Who measures in processes of their own, if that is wanted.
fn isolated(arguments: &Checking, manner: &Manner, options: &Options) -> Result<Option<Isolated>, Trouble> {
    /// Bytes in the unit that memory is given in.
    const MEBIBYTE: u64 = 1 << 20;

    if !arguments.isolate && arguments.memory_limit.is_none() {
        return Ok(None);
    }
    let setup = Setup {
        manner: manner.clone(),
        time: options.time,
        jobs: options.jobs,
        memory: arguments.memory_limit.unwrap_or(MEMORY_LIMIT).saturating_mul(MEBIBYTE),
        clamd: arguments.measuring.clamd.clone(),
        yara: arguments.measuring.yara.iter().cloned().map(Rules).collect(),
    };
    Ok(Some(Isolated::new(std::env::current_exe()?, setup)))
}

/// Who opens apps in these browsers, if any are named.
pub(super) fn browsers(
    names: &[String],
    pictures: bool,
    jobs: usize,
    locale: &Locale,
) -> Result<Option<Browsers>, Trouble> {
    let named = names.iter().map(|name| {
        Browser::of_id(name).ok_or_else(|| {
            let known = Browser::ALL.map(Browser::id).join(", ");
            let message = Message::new("error-unknown-browser").with("word", name.as_str()).with("known", known);
            Trouble::Told(locale.text(&message))
        })
    });
    let mut wanted = named.collect::<Result<Vec<_>, _>>()?;
    wanted.sort();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(None);
    }
    let program = std::env::current_exe()?;
    let jobs = if jobs == 0 { std::thread::available_parallelism().map_or(1, NonZero::get) } else { jobs };
    Ok(Some(Browsers::new(program, Installed::find(doctor::find), wanted, pictures, jobs)))
}

/// The rules of these files, or none where there are none.
pub(super) fn yara(files: &[PathBuf], locale: &Locale) -> Result<Option<Box<dyn Scanner>>, Trouble> {
    if files.is_empty() {
        return Ok(None);
    }
    let rules = Yara::of(files).map_err(|(path, error)| {
        let message = Message::new("error-yara").with("path", path.display().to_string());
        Trouble::Told(locale.text(&message.with("error", error)))
    })?;
    Ok(Some(Box::new(rules)))
}

pub(super) fn clamd(address: &str, locale: &Locale) -> Result<Box<dyn Scanner>, Trouble> {
    let clamd = Clamd::at(address).map(|clamd| Box::new(clamd) as Box<dyn Scanner>);
    clamd.ok_or_else(|| Trouble::Told(locale.text(&Message::new("error-clamd").with("word", address))))
}
