//! `tekser pack`: an app put right, packed, checked, and given a receipt.

use std::collections::BTreeSet;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::args::{Fix, Pack};
use super::config::Config;
use super::live;
use super::output::unwritable;
use super::{Status, Trouble, beside, check, replace};
use crate::finding::{Arg, Message};
use crate::intake::{Take, Thing};
use crate::judge::Verdict;
use crate::judge::run::{Options, measure};
use crate::locale::{Locale, harmless};
use crate::pack::receipt::{FORMAT, FileDigest, JudgedBy, Receipt, Repaired, VERSION};
use crate::pack::{Content, Failed, Plan, Repair, Step, Written, plan, write};
use crate::probe::Known;
use crate::profile::Profile;
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
    let repairs = repairs(arguments, locale)?;
    let target = Target::of(arguments, locale)?;
    live::stop_on_interrupt(locale);
    let intake = check::gather(std::slice::from_ref(&arguments.source), Take::Whole, locale)?;
    let Some(submission) = intake.submissions.first() else { return Ok(Status::Clean) };
    if let Thing::Folder(files) = &submission.thing
        && let Some(target) = &target
        && files.iter().any(|file| target.is(&file.path))
    {
        return Err(told(Message::new("error-pack-inside").with("path", target.shown())));
    }
    let left_out: Vec<String> = intake.skipped.into_iter().map(|skipped| skipped.path).collect();
    let options = check::options(&config.fill(arguments.checking(&arguments.source)).measuring, locale)?;
    let facts = measure(submission, &Options { stop: Some(&live::STOP), digests: false, ..options }, &Known::default());
    writeln!(out, "{}", harmless(&submission.path))?;
    let plan = match plan(&facts.file, &left_out, &repairs) {
        Ok(plan) => plan,
        Err(refused) => {
            for message in refused.iter().take(SHOWN) {
                paragraph(out, 2, 4, &harmless(&format!("✗ {}", locale.text(message))))?;
            }
            paragraph(out, 2, 2, &locale.plain("pack-refused"))?;
            return Ok(Status::Found);
        }
    };
    show(&plan, locale, out)?;
    let Some(target) = target else { return Ok(Status::Clean) };
    out.flush()?;
    let temporary = beside(&target.package, ".zip").map_err(|error| target.unwritable(&error, locale))?;
    let written = written(&plan, &submission.thing, temporary.as_file(), &target, locale)?;
    for left in written.left.iter().take(SHOWN) {
        let message = Message::new("pack-left").with("name", left.name.as_str()).with("file", left.file.as_str());
        paragraph(out, 2, 4, &harmless(&format!("! {}", locale.text(&message))))?;
    }
    if written.left.len() > SHOWN {
        let message = Message::new("pack-more").with("count", written.left.len() - SHOWN);
        paragraph(out, 2, 4, &locale.text(&message))?;
    }
    let (prepared, checked) =
        check::one(arguments.checking(temporary.path()), arguments.profile.as_deref(), &target.name(), config, locale)?;
    let report = prepared.report(&checked);
    let document = report.document(locale);
    writeln!(out)?;
    Format::Text.write(&document, locale, out)?;
    let verdict = checked.only().map_or(Verdict::NonCompliant, |judgement| judgement.verdict);
    if verdict == Verdict::NonCompliant && !arguments.allow_findings {
        let message = Message::new("pack-not-kept").with("path", target.shown());
        paragraph(out, 0, 0, &harmless(&locale.text(&message)))?;
        return Ok(Status::Found);
    }
    let judged = (verdict, &prepared.profile, document.run.started.clone());
    let receipt = receipt(temporary.path(), &target, &submission.path, judged, plan, written)?;
    let kept =
        if arguments.force { temporary.persist(&target.package) } else { temporary.persist_noclobber(&target.package) };
    kept.map_err(|error| target.unwritable(&error.error, locale))?;
    let json = serde_json::to_vec_pretty(&receipt).map_err(io::Error::from)?;
    replace(&target.receipt, |mut file| file.write_all(&json))
        .map_err(|error| unwritable(&target.receipt.display().to_string(), &error, locale))?;
    let message = Message::new("pack-done").with("path", target.shown()).with("count", receipt.files.len());
    let message = message.with("size", Arg::Bytes(receipt.package.size));
    let message = message.with("receipt", target.receipt.display().to_string());
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

/// What is written.
struct Target {
    package: PathBuf,
    receipt: PathBuf,
}

impl Target {
    /// Nothing, if only the plan is wanted.
    fn of(arguments: &Pack, locale: &Locale) -> Result<Option<Target>, Trouble> {
        let Some(package) = arguments.out.clone().filter(|_| !arguments.dry_run) else { return Ok(None) };
        let target = Target { receipt: receipt_of(&package), package };
        if !arguments.force
            && let Some(there) = [&target.package, &target.receipt].into_iter().find(|path| path.exists())
        {
            let message = Message::new("error-pack-exists").with("path", there.display().to_string());
            return Err(Trouble::Told(locale.text(&message)));
        }
        Ok(Some(target))
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
        let text = format!("{}: {}", step.repair.id(), locale.text(&step.message));
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

/// Writes the package into a file that nobody sees yet.
fn written(
    plan: &Plan,
    thing: &Thing,
    file: &std::fs::File,
    target: &Target,
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
            return Err(unreadable(&target.shown(), &io::Error::from(io::ErrorKind::Unsupported)));
        }
    };
    done.map_err(|failed| match failed {
        Failed::Unreadable { name, error } => unreadable(&name, &error),
        Failed::Address { name, url } => told(Message::new("error-pack-address").with("name", name).with("url", url)),
        Failed::Output(_) if live::STOP.load(Ordering::Relaxed) => Trouble::Told(locale.plain("pack-stopped")),
        Failed::Output(error) => target.unwritable(&error, locale),
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
    target: &Target,
    source: &str,
    (verdict, profile, packed): (Verdict, &Profile, String),
    plan: Plan,
    written: Written,
) -> io::Result<Receipt> {
    let disk = DiskFile::open(package)?;
    let repaired = |step: Step| Repaired { repair: step.repair.id().to_owned(), what: step.what };
    let Profile { id, version, sha256: digest, .. } = profile;
    Ok(Receipt {
        format: FORMAT.to_owned(),
        version: VERSION,
        tekser: env!("CARGO_PKG_VERSION").to_owned(),
        packed,
        source: last_part(source).to_owned(),
        package: FileDigest { name: target.name(), size: disk.size(), sha256: hex(&sha256(&disk)?) },
        profile: JudgedBy { id: id.clone(), version: version.clone(), sha256: digest.clone() },
        verdict,
        repairs: plan.steps.into_iter().map(repaired).collect(),
        files: written.files,
    })
}
