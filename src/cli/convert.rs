//! `tekser convert`: a recording or a picture turned into what documents accept, and checked.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget};

use super::args::Convert;
use super::config::Config;
use super::live;
use super::output::unwritable;
use super::{Status, Trouble, beside, check, doctor};
use crate::convert::{Failed, Ffmpeg, Recipe, Target, recipe};
use crate::finding::{Arg, Message};
use crate::judge::{Judgement, Verdict};
use crate::locale::{Locale, harmless};
use crate::report::{Format, paragraph};
use crate::source::disk::DiskFile;

/// Parts of the bar.
const STEPS: u64 = 1_000;

/// How often a file is made, until it is small enough.
const TRIES: u32 = 4;

/// Seconds before a limit within which a pause is worth telling.
const NEAR: f64 = 120.0;

pub(super) fn run(
    arguments: &Convert,
    config: &Config,
    locale: &Locale,
    out: &mut (dyn Write + Send),
) -> Result<Status, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let file = arguments.file.as_path();
    let shown = file.display().to_string();
    // A pipe would be waited for without end.
    if let Err(error) = DiskFile::open(file) {
        return Err(told(Message::new("error-argument").with("path", shown).with("error", error.to_string())));
    }
    let ffmpeg = Ffmpeg::find(doctor::find)
        .ok_or_else(|| told(Message::new("error-no-ffmpeg").with("command", doctor::FFMPEG)))?;
    let failed = |failed: Failed| match failed {
        Failed::Stopped => Trouble::Told(locale.plain("pack-stopped")),
        Failed::Refused(error) => told(Message::new("error-convert").with("path", shown.as_str()).with("error", error)),
        Failed::Io(error) => {
            told(Message::new("error-convert").with("path", shown.as_str()).with("error", error.to_string()))
        }
    };
    let input = ffmpeg.probe(file).map_err(failed)?;
    let target = match arguments.out.as_deref().and_then(Path::extension) {
        Some(extension) => {
            let extension = extension.to_string_lossy();
            Target::of_extension(&extension)
                .ok_or_else(|| told(Message::new("error-convert-target").with("word", &*extension)))?
        }
        None => Target::of(&input)
            .ok_or_else(|| told(Message::new("convert-nothing").with("target", "MP4, MP3, JPEG, PNG")))?,
    };
    let result = result(arguments, target, locale)?;
    live::stop_on_interrupt(locale);
    writeln!(out, "{} → {}", harmless(&shown), harmless(&result.display().to_string()))?;
    let temporary = beside(&result, &format!(".{}", target.extension()))
        .map_err(|error| unwritable(&result.display().to_string(), &error, locale))?;
    let scratch = tempfile::tempdir()?;
    let name = result.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (mut aim, mut tries, mut said) = (None, 1, Vec::new());
    let (prepared, checked) = loop {
        let recipe = recipe(&input, target, aim).map_err(told)?;
        show(&recipe, &mut said, locale, out)?;
        out.flush()?;
        let bar = bar();
        let progress = |share: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small number")]
            bar.set_position((share.clamp(0.0, 1.0) * STEPS as f64) as u64);
        };
        let places = (temporary.path(), scratch.path());
        let done = ffmpeg.convert(file, &recipe, input.duration(), places, &progress, &live::STOP);
        bar.finish_and_clear();
        done.map_err(failed)?;
        let checked = check::one(
            arguments.checking(temporary.path()),
            arguments.profile.as_deref(),
            &name,
            false,
            config,
            locale,
        )?;
        // What came out too large is made once more, as large as it may be. An encoder does not hit exactly.
        let limit = found(checked.1.only(), "size-over-limit", "limit");
        let again = tries < TRIES && matches!(target, Target::Mp4 | Target::Mp3);
        let (Some(Arg::Bytes(limit)), true) = (limit, again) else { break checked };
        tries += 1;
        let size = temporary.as_file().metadata()?.len().max(1);
        aim = Some(aim.map_or(limit, |aim: u64| aim.saturating_mul(limit) / size * 97 / 100));
    };
    writeln!(out)?;
    Format::Text.write(&prepared.report(&checked).document(locale), locale, out)?;
    let judgement = checked.only();
    if let (Some(Arg::Seconds(most)), Some(seconds)) =
        (found(judgement, "duration-over-limit", "limit"), input.duration())
    {
        too_long(&ffmpeg.pauses(file), most, seconds, locale, out)?;
    }
    let kept = if arguments.force { temporary.persist(&result) } else { temporary.persist_noclobber(&result) };
    kept.map_err(|error| unwritable(&result.display().to_string(), &error.error, locale))?;
    let bad = judgement.is_none_or(|judgement| judgement.verdict == Verdict::NonCompliant);
    Ok(if bad { Status::Found } else { Status::Clean })
}

/// Where the result will lie: never where the original does.
fn result(arguments: &Convert, target: Target, locale: &Locale) -> Result<PathBuf, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let result = arguments.out.clone().unwrap_or_else(|| arguments.file.with_extension(target.extension()));
    let full = |path: &Path| path.canonicalize().ok();
    let shown = result.display().to_string();
    if full(&result).is_some_and(|full_result| Some(full_result) == full(&arguments.file)) {
        return Err(told(Message::new("error-convert-original").with("path", shown)));
    }
    if result.exists() && !arguments.force {
        return Err(told(Message::new("error-pack-exists").with("path", shown)));
    }
    Ok(result)
}

/// What becomes of the file, each thing once.
fn show(recipe: &Recipe, said: &mut Vec<Message>, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    for message in &recipe.does {
        if !said.contains(message) {
            paragraph(out, 2, 4, &harmless(&locale.text(message)))?;
            said.push(message.clone());
        }
    }
    Ok(())
}

/// A bar on standard error for a person who waits.
fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    ProgressBar::with_draw_target(Some(STEPS), ProgressDrawTarget::stderr())
}

/// An argument of the first finding with this id.
fn found(judgement: Option<&Judgement>, id: &str, argument: &str) -> Option<Arg> {
    let mut findings = judgement?.findings.iter();
    findings.find(|finding| finding.message.id == id)?.message.arguments.get(argument).cloned()
}

/// Where a recording that is too long could be divided by its author; here nothing is cut.
fn too_long(pauses: &[f64], most: f64, seconds: f64, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let mut from = 0.0;
    let mut places = Vec::new();
    while seconds - from > most {
        let limit = from + most;
        let Some(pause) = pauses.iter().copied().rfind(|pause| *pause < limit && *pause > limit - NEAR.min(most / 2.0))
        else {
            break;
        };
        places.push(locale.clock(pause));
        from = pause;
    }
    let message = if places.is_empty() {
        Message::new("convert-no-pauses")
    } else {
        Message::new("convert-pauses").with("places", places.join(", "))
    };
    paragraph(out, 2, 2, &locale.text(&message))?;
    Ok(())
}
