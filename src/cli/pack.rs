//! `tekser pack`: an app put right, packed, checked, and given a receipt.

use std::collections::BTreeSet;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use tempfile::NamedTempFile;

use super::args::{Fix, Pack};
use super::config::Config;
use super::output::{Outputs, unwritable};
use super::{Status, Trouble, beside, check, live, material, replace};
use crate::finding::{Arg, Message};
use crate::intake::{Take, Thing};
use crate::judge::Verdict;
use crate::judge::run::{Options, measure};
use crate::locale::{Locale, harmless};
use crate::pack::receipt::{FORMAT, FileDigest, JudgedBy, Receipt, Repaired, VERSION};
use crate::pack::{Content, Course, Failed, Plan, Repair, Step, Wanted, Written, plan, write};
use crate::probe::Known;
use crate::profile::{Division, Profile};
use crate::report::{Format, paragraph};
use crate::source::zip::ZipFile;
use crate::source::{Source, disk::DiskFile, sha256};
use crate::{hex, last_part};

/// Names shown of what a step is done to; the rest is counted.
const SHOWN: usize = 5;

pub(super) fn run(
    arguments: &Pack,
    config: &Config,
    locale: &Locale,
    out: &mut (dyn Write + Send),
) -> Result<Status, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let mut repairs = repairs(arguments, locale)?;
    let typed = arguments.profile.as_deref();
    let checking = config.fill(arguments.checking(&arguments.source));
    let profile = check::profile(&checking, typed, config, locale)?;
    // What a participant hands in to a contest is no app, and opens nowhere.
    let contest = profile.division == Division::Entries;
    if contest {
        repairs.remove(&Repair::StartPage);
    }
    let output = Output::of(arguments, locale)?;
    let reports = Outputs::beside_text(&reports(arguments, contest), locale)?;
    live::stop_on_interrupt(locale);
    let intake = check::gather(std::slice::from_ref(&arguments.source), Take::Whole, locale)?;
    let Some(submission) = intake.submissions.first() else { return Ok(Status::Clean) };
    if let Thing::Folder(files) = &submission.thing
        && let Some(output) = &output
        && files.iter().any(|file| output.is(&file.path))
    {
        return Err(told(Message::new("error-pack-inside").with("path", output.shown())));
    }
    let left_out: Vec<String> = intake.skipped.into_iter().map(|skipped| skipped.path).collect();
    let mut options = Options { stop: Some(&live::STOP), ..check::options(&checking.measuring, locale)? };
    options.manner.digests = false;
    let facts = measure(submission, &options, &Known::default());
    let course = material::course(arguments, config, &facts.file, locale)?;
    writeln!(out, "{}", harmless(&submission.path))?;
    let counters = profile.counters(&facts);
    let wanted = Wanted {
        repairs: &repairs,
        left_out: &left_out,
        course: course.as_ref(),
        counters: &counters,
        local: &arguments.local,
    };
    let plan = match plan(&facts.file, &wanted) {
        Ok(plan) => plan,
        Err(refused) => return refuse(&refused, locale, out),
    };
    show(&plan, locale, out)?;
    if let Some(course) = &course {
        lacks(course, locale, out)?;
    }
    let Some(output) = output else { return Ok(Status::Clean) };
    out.flush()?;
    let temporary = beside(&output.package, ".zip").map_err(|error| output.unwritable(&error, locale))?;
    let written = written(&plan, &submission.thing, temporary.as_file(), &output, locale)?;
    left_over(&written, locale, out)?;
    let (prepared, checked) = check::one(
        arguments.checking(temporary.path()),
        typed,
        &output.name(),
        reports.has(Format::Html),
        config,
        locale,
    )?;
    let report = prepared.report(&checked);
    let document = report.document(locale);
    writeln!(out)?;
    Format::Text.write(&document, locale, out)?;
    let verdict = checked.only().map_or(Verdict::NonCompliant, |judgement| judgement.verdict);
    if verdict == Verdict::NonCompliant && !arguments.allow_findings {
        let message = Message::new("pack-not-kept").with("path", output.shown());
        paragraph(out, 0, 0, &harmless(&locale.text(&message)))?;
        return Ok(Status::Found);
    }
    let judged = (verdict, &prepared.profile, document.run.started.clone());
    let receipt = receipt(temporary.path(), &output, &submission.path, judged, plan, written)?;
    keep(temporary, &receipt, &output, arguments.force, locale)?;
    reports.write_files(&document, locale)?;
    let message = Message::new("pack-done").with("path", output.shown()).with("count", receipt.files.len());
    let message = message.with("size", Arg::Bytes(receipt.package.size));
    let message = message.with("receipt", output.receipt.display().to_string());
    paragraph(out, 0, 0, &harmless(&locale.text(&message)))?;
    Ok(if verdict == Verdict::NonCompliant { Status::Found } else { Status::Clean })
}

/// The repairs that are asked for.
fn repairs(arguments: &Pack, locale: &Locale) -> Result<BTreeSet<Repair>, Trouble> {
    let mut repairs: BTreeSet<Repair> = match arguments.fix {
        Fix::All => Repair::ALL.into(),
        Fix::Safe => Repair::ALL.into_iter().filter(|repair| repair.is_safe()).collect(),
        Fix::None => BTreeSet::new(),
    };
    for word in &arguments.skip {
        let Some(repair) = Repair::of_id(word) else {
            let known: Vec<&str> = Repair::ALL.iter().map(|repair| repair.id()).collect();
            let message = Message::new("error-unknown-repair").with("word", word.as_str());
            return Err(Trouble::Told(locale.text(&message.with("known", known.join(", ")))));
        };
        repairs.remove(&repair);
    }
    Ok(repairs)
}

/// The reports that are kept. The organizers of a contest get one with the package, if nobody says which.
fn reports(arguments: &Pack, contest: bool) -> Vec<String> {
    match &arguments.out {
        Some(package) if contest && arguments.kept_report.is_empty() => {
            vec![format!("{}.report.html", package.display())]
        }
        _ => arguments.kept_report.clone(),
    }
}

/// What is written.
struct Output {
    package: PathBuf,
    receipt: PathBuf,
}

impl Output {
    /// Nothing, if only the plan is wanted.
    fn of(arguments: &Pack, locale: &Locale) -> Result<Option<Output>, Trouble> {
        let Some(package) = arguments.out.clone().filter(|_| !arguments.dry_run) else { return Ok(None) };
        let output = Output { receipt: receipt_of(&package), package };
        if !arguments.force
            && let Some(there) = [&output.package, &output.receipt].into_iter().find(|path| path.exists())
        {
            let message = Message::new("error-pack-exists").with("path", there.display().to_string());
            return Err(Trouble::Told(locale.text(&message)));
        }
        Ok(Some(output))
    }

    /// This file of the app is what would be written.
    fn is(&self, path: &Path) -> bool {
        let full = |path: &Path| std::path::absolute(path).ok();
        let path = full(path);
        [&self.package, &self.receipt].into_iter().any(|written| full(written) == path)
    }

    fn shown(&self) -> String {
        self.package.display().to_string()
    }

    fn name(&self) -> String {
        self.package.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn unwritable(&self, error: &io::Error, locale: &Locale) -> Trouble {
        unwritable(&self.shown(), error, locale)
    }
}

/// Where the receipt of a package lies.
pub(super) fn receipt_of(package: &Path) -> PathBuf {
    let mut name = package.as_os_str().to_owned();
    name.push(".tekser.json");
    name.into()
}

/// The plan as a list.
fn show(plan: &Plan, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    for step in &plan.steps {
        let text = format!("{}: {}", step.means.id(), locale.text(&step.message));
        paragraph(out, 2, 4, &harmless(&text))?;
        for what in step.what.iter().take(SHOWN) {
            paragraph(out, 6, 8, &harmless(what))?;
        }
        if step.what.len() > SHOWN {
            let message = Message::new("pack-more").with("count", step.what.len() - SHOWN);
            paragraph(out, 6, 8, &locale.text(&message))?;
        }
    }
    if plan.steps.is_empty() {
        paragraph(out, 2, 4, &locale.plain("pack-as-it-is"))?;
    }
    Ok(())
}

/// Why nothing is packed.
fn refuse(refused: &[Message], locale: &Locale, out: &mut dyn Write) -> Result<Status, Trouble> {
    for message in refused.iter().take(SHOWN) {
        paragraph(out, 2, 4, &harmless(&format!("✗ {}", locale.text(message))))?;
    }
    paragraph(out, 2, 2, &locale.plain("pack-refused"))?;
    Ok(Status::Found)
}

/// Names that no file has any more and that are still to be read in the package.
fn left_over(written: &Written, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    for left in written.left.iter().take(SHOWN) {
        let message = Message::new("pack-left").with("name", left.name.as_str()).with("file", left.file.as_str());
        paragraph(out, 2, 4, &harmless(&format!("! {}", locale.text(&message))))?;
    }
    if written.left.len() > SHOWN {
        let message = Message::new("pack-more").with("count", written.left.len() - SHOWN);
        paragraph(out, 2, 4, &locale.text(&message))?;
    }
    Ok(())
}

/// Gives the package its name, and writes its receipt.
fn keep(
    package: NamedTempFile,
    receipt: &Receipt,
    output: &Output,
    force: bool,
    locale: &Locale,
) -> Result<(), Trouble> {
    let kept = if force { package.persist(&output.package) } else { package.persist_noclobber(&output.package) };
    kept.map_err(|error| output.unwritable(&error.error, locale))?;
    let json = serde_json::to_vec_pretty(receipt).map_err(io::Error::from)?;
    replace(&output.receipt, |mut file| file.write_all(&json))
        .map_err(|error| unwritable(&output.receipt.display().to_string(), &error, locale))
}

/// What the order wants to be said of a material and is not.
fn lacks(course: &Course, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let lacking = course.material.lacking();
    if lacking.is_empty() {
        return Ok(());
    }
    let flags: Vec<String> = lacking.into_iter().map(|field| format!("--{field}")).collect();
    let message = Message::new("pack-course-lacks").with("fields", flags.join(", "));
    paragraph(out, 2, 4, &format!("! {}", locale.text(&message)))
}

/// Writes the package into a file that nobody sees yet.
fn written(
    plan: &Plan,
    thing: &Thing,
    file: &std::fs::File,
    output: &Output,
    locale: &Locale,
) -> Result<Written, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let unreadable = |name: &str, error: &dyn std::fmt::Display| {
        told(Message::new("error-pack-read").with("name", name).with("error", error.to_string()))
    };
    let out = Interruptible(io::BufWriter::new(file));
    let done = match thing {
        Thing::Folder(files) => write(plan, &Content::Folder(files), out),
        Thing::File(path) => {
            let shown = path.display().to_string();
            let disk = DiskFile::open(path).map_err(|error| unreadable(&shown, &error))?;
            let zip = ZipFile::open(&disk, usize::MAX).map_err(|error| unreadable(&shown, &error))?;
            write(plan, &Content::Archive(zip), out)
        }
        Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => {
            return Err(unreadable(&output.shown(), &io::Error::from(io::ErrorKind::Unsupported)));
        }
    };
    done.map_err(|failed| match failed {
        Failed::Unreadable { name, error } => unreadable(&name, &error),
        Failed::Address { name, url } => told(Message::new("error-pack-address").with("name", name).with("url", url)),
        Failed::Output(_) if live::STOP.load(Ordering::Relaxed) => Trouble::Told(locale.plain("pack-stopped")),
        Failed::Output(error) => output.unwritable(&error, locale),
    })
}

/// A file that takes nothing more once somebody pressed Ctrl-C.
struct Interruptible<W>(W);

impl<W: Write> Write for Interruptible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if live::STOP.load(Ordering::Relaxed) {
            // Not `Interrupted`, after which it would be tried again.
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Seek> Seek for Interruptible<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

/// The receipt of a package.
fn receipt(
    package: &Path,
    output: &Output,
    source: &str,
    (verdict, profile, packed): (Verdict, &Profile, String),
    plan: Plan,
    written: Written,
) -> io::Result<Receipt> {
    let disk = DiskFile::open(package)?;
    let repaired = |step: Step| Repaired { repair: step.means.id().to_owned(), what: step.what };
    let Profile { id, version, sha256: digest, .. } = profile;
    Ok(Receipt {
        format: FORMAT.to_owned(),
        version: VERSION,
        tekser: env!("CARGO_PKG_VERSION").to_owned(),
        packed,
        source: last_part(source).to_owned(),
        package: FileDigest { name: output.name(), size: disk.size(), sha256: hex(&sha256(&disk)?) },
        profile: JudgedBy { id: id.clone(), version: version.clone(), sha256: digest.clone() },
        verdict,
        repairs: plan.steps.into_iter().map(repaired).collect(),
        files: written.files,
    })
}
