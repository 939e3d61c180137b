//! `tekser check`: from arguments to a report and an exit status.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Check, Checking, Measuring};
use super::{Status, Trouble, profile_with};
use crate::facts::Kind;
use crate::finding::{Finding, Message};
use crate::intake::index::Index;
use crate::intake::registry::{self, Registry};
use crate::intake::reviewed::Reviewed;
use crate::intake::{self, Intake, Take};
use crate::judge::run::{Options, run as examine};
use crate::judge::{Examined, Verdict, waiver_findings};
use crate::locale::Locale;
use crate::probe::{Limits, Listen, Scanner};
use crate::profile::{Division, MoreLines, Profile};
use crate::report::json::{self, Run};
use crate::report::{Format, Report};
use crate::scan::{Clamd, Online, Yara};

/// A run shorter than this shows no progress.
const QUIET: Duration = Duration::from_secs(1);

/// What a run yields, before anything is written.
pub(super) struct Checked {
    pub profile: Profile,
    pub submissions: Vec<Examined>,
    skipped: Vec<String>,
    registry: Option<Registry>,
    registry_findings: Vec<Finding>,
    today: jiff::civil::Date,
    run: Run,
}

pub(super) fn run(arguments: &Check, locale: &Locale, out: &mut dyn Write) -> Result<Status, Trouble> {
    // Whatever can be wrong with the arguments is found before the work begins.
    let format = format(&arguments.format, locale)?;
    let outputs = arguments.output.iter().map(|output| parse_output(output, locale)).collect::<Result<Vec<_>, _>>()?;
    let checked = checked(&arguments.checking, &arguments.profile, locale)?;
    let Checked { profile, submissions, .. } = &checked;

    let waived = |id: &str| {
        let judged = submissions.iter().flat_map(|examined| &examined.judgement.requirements);
        judged.into_iter().any(|judged| judged.waived && &*profile.requirements[judged.requirement].id == id)
    };
    let profile_findings = waiver_findings(profile, checked.today, waived);
    let report = Report {
        profile,
        submissions,
        skipped: &checked.skipped,
        profile_findings: &profile_findings,
        registry: checked.registry.as_ref().map(in_report),
        registry_findings: &checked.registry_findings,
        run: checked.run.clone(),
    };
    for (format, path) in &outputs {
        let written = File::create(path).and_then(|file| {
            let mut file = io::BufWriter::new(anstream::StripStream::new(file));
            report.write(*format, locale, &mut file)?;
            file.flush()
        });
        written.map_err(|error| {
            let message = Message::new("error-output").with("path", path.as_str()).with("error", error.to_string());
            Trouble::Told(locale.text(&message))
        })?;
    }
    report.write(format, locale, out)?;
    let bad = |examined: &Examined| match examined.judgement.verdict {
        Verdict::NonCompliant => true,
        Verdict::Incomplete => arguments.require_complete,
        Verdict::Compliant => false,
    };
    Ok(if submissions.iter().any(bad) { Status::Found } else { Status::Clean })
}

/// The text of a list. Lists on the internet are UTF-8; what is not, stands in comments.
fn tracker_list(path: &Path, locale: &Locale) -> Result<String, Trouble> {
    std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).map_err(|error| {
        let message = Message::new("error-tracker-list").with("path", path.display().to_string());
        Trouble::Told(locale.text(&message.with("error", error.to_string())))
    })
}

fn in_report(registry: &Registry) -> json::Registry {
    let column = |(heading, column): &(String, Option<String>)| json::RegistryColumn {
        heading: heading.clone(),
        column: column.clone(),
    };
    json::Registry {
        file: registry.name.clone(),
        sheet: registry.sheet.clone(),
        rows: registry.len,
        columns: registry.headings.iter().map(column).collect(),
    }
}

/// Takes in, measures, compares and judges what the arguments lead to.
pub(super) fn checked(arguments: &Checking, profile: &str, locale: &Locale) -> Result<Checked, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let lists = arguments.tracker_list.iter().map(|path| tracker_list(path, locale)).collect::<Result<Vec<_>, _>>()?;
    let more: Vec<MoreLines<'_>> = lists.iter().map(|text| MoreLines { list: "trackers", text }).collect();
    let profile = profile_with(profile, &more, locale)?;
    let given = options(&arguments.measuring, locale)?;
    let entries = profile.division == Division::Entries;
    // `--as submission` says that each path is one, whatever lies in it.
    let take = match given.kind {
        Some(Kind::Submission) => Take::Whole,
        _ if entries => Take::Entries,
        _ => Take::Files,
    };
    let kind = given.kind.or(entries.then_some(Kind::Submission));
    if profile.alike.is_none() && (arguments.index.is_some() || arguments.reviewed.is_some()) {
        return Err(told(Message::new("error-not-compared").with("profile", profile.id.as_str())));
    }
    let contest = format!("{}@{}", profile.id, profile.version);
    let index = arguments.index.as_deref().map(Index::open).transpose().map_err(told)?;
    let reviewed = arguments.reviewed.as_deref().map(Reviewed::read).transpose().map_err(told)?.unwrap_or_default();
    let options = Options {
        kind,
        works: kind == Some(Kind::Submission),
        documents: profile.documents(),
        listen: profile.listen(),
        limits: profile.limits.clone(),
        file_times: arguments.file_times,
        online: arguments.online.then(Online::default),
        prints: profile.alike.is_some(),
        earlier: index.as_ref().map(|index| index.earlier(&contest)).transpose().map_err(told)?.unwrap_or_default(),
        reviewed: Box::new(move |a, b| reviewed.has(a, b)),
        ..given
    };
    let Came { intake, registry, findings } = came(arguments, &profile, take, locale)?;

    let started = jiff::Timestamp::now();
    let clock = Instant::now();
    let scanner = options.scanner.as_ref().and_then(|scanner| scanner.engine());
    let rules = options.rules.as_ref().and_then(|rules| rules.engine());
    let progress = Progress::new(intake.submissions.len(), locale);
    let ran = examine(&intake.submissions, &profile, &options, &|| progress.step());
    progress.finish();
    let ran = ran.map_err(|error| told(Message::new("error-threads").with("error", error.to_string())))?;
    if let Some(index) = &index {
        index.keep(&contest, &ran.works).map_err(told)?;
    }
    Ok(Checked {
        submissions: ran.examined,
        skipped: intake.skipped.into_iter().map(|skipped| skipped.path).collect(),
        registry,
        registry_findings: findings,
        today: options.today,
        run: Run {
            started: started.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            elapsed: clock.elapsed().as_secs_f64(),
            jobs: options.jobs,
            host: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            scanner,
            rules,
        },
        profile,
    })
}

/// What came in.
struct Came {
    intake: Intake,
    registry: Option<Registry>,
    /// What is to be said of the table.
    findings: Vec<Finding>,
}

/// The submissions that the paths and the table lead to.
fn came(arguments: &Checking, profile: &Profile, take: Take, locale: &Locale) -> Result<Came, Trouble> {
    let Some(path) = &arguments.registry else {
        let mut intake = gather(&arguments.paths, take, locale)?;
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
    intake.leave_out(path);
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
    Ok(Options {
        jobs: measuring.jobs,
        kind: kind.transpose()?,
        digests: !measuring.no_digests,
        time: Duration::from_secs(measuring.time_limit),
        limits: Limits::default(),
        listen: Listen::Nothing,
        works: false,
        documents: false,
        file_times: false,
        prints: false,
        earlier: Vec::new(),
        reviewed: Box::new(|_, _| false),
        scanner: measuring.clamd.as_deref().map(|address| clamd(address, locale)).transpose()?,
        rules: yara(&measuring.yara, locale)?,
        online: None,
        today: jiff::Zoned::now().date(),
    })
}

/// The rules of these files, or none where there are none.
fn yara(files: &[PathBuf], locale: &Locale) -> Result<Option<Box<dyn Scanner>>, Trouble> {
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

fn format(id: &str, locale: &Locale) -> Result<Format, Trouble> {
    Format::of_id(id).ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.iter().map(|format| format.id()).collect();
        let message = Message::new("error-unknown-format").with("word", id).with("known", known.join(", "));
        Trouble::Told(locale.text(&message))
    })
}

fn parse_output(output: &str, locale: &Locale) -> Result<(Format, String), Trouble> {
    let (id, path) = output.split_once('=').unwrap_or((output, ""));
    let format = format(id, locale)?;
    if path.is_empty() {
        let message = Message::new("error-output-form").with("word", output);
        return Err(Trouble::Told(locale.text(&message)));
    }
    Ok((format, path.to_owned()))
}

/// A bar on standard error, once a run has taken long enough to make one wonder.
struct Progress {
    bar: ProgressBar,
    started: Instant,
    wanted: bool,
}

impl Progress {
    fn new(total: usize, locale: &Locale) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {elapsed} (~{eta})");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(locale.plain("progress"));
        Progress { bar, started: Instant::now(), wanted: io::stderr().is_terminal() }
    }

    fn step(&self) {
        if self.wanted && self.bar.is_hidden() && self.started.elapsed() > QUIET {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
