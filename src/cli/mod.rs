//! The command line: the only room that prints, reads the environment and ends the program.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that reads the environment, profiles and arguments, and writes reports"
)]

mod args;
mod check;
mod config;
mod convert;
mod doctor;
mod explain;
mod help;
mod init;
mod inspect;
mod jury;
mod list;
mod live;
mod material;
mod measure;
mod output;
mod pack;
mod profile_check;
mod replay;
mod stored;
mod verify;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use self::args::{Cli, Command, ConfigCommand, ProfileCommand, SchemaOf};
use self::config::Config;
use crate::finding::Message;
use crate::locale::{Language, Locale};
use crate::profile::{BUILTIN, MoreLines, Profile};
use crate::report::Document;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// No submission is non-compliant.
    Clean,
    /// At least one is.
    Found,
}

impl Status {
    /// What a report says to a gate.
    fn of(document: &Document<'_>, require_complete: bool) -> Status {
        let summary = &document.summary;
        let bad = summary.non_compliant + if require_complete { summary.incomplete } else { 0 };
        if bad + summary.unreached > 0 { Status::Found } else { Status::Clean }
    }
}

/// Why the program could not do its job.
enum Trouble {
    /// To be told to the user.
    Told(String),
    /// Standard output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Output(error)
    }
}

/// Runs the program with the arguments of the process. Exit status: 0 nothing non-compliant, 1 something is, 2 the
/// program could not do its job.
#[must_use]
pub fn main() -> ExitCode {
    // A panic costs one submission and is told as a finding; the place is for whoever mends it.
    std::panic::set_hook(Box::new(|panic| {
        let _ = writeln!(io::stderr(), "tekser: internal error: {panic}");
    }));
    // The language is needed before the arguments are understood: their help is written in it, and so is what is wrong
    // with them. Most are right, and then the help of every command need not be put together.
    let locale = Locale::new(language());
    let translated = |_| help::translated(Cli::command(), &locale).get_matches();
    let matches = Cli::command().try_get_matches().unwrap_or_else(translated);
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let typed = cli.lang.is_some();
    match run(cli.command, typed, locale) {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Found) => ExitCode::from(1),
        // Whoever reads the report may stop reading, as `head` does.
        Err(Trouble::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Trouble::Output(error)) => {
            let _ = writeln!(io::stderr(), "tekser: {error}");
            ExitCode::from(2)
        }
        Err(Trouble::Told(text)) => {
            let _ = writeln!(io::stderr(), "tekser: {text}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, language_typed: bool, locale: Locale) -> Result<Status, Trouble> {
    let config = match &command {
        Command::Check(arguments) => Config::find(&arguments.checking, &locale)?,
        Command::Jury(arguments) => Config::find(&arguments.checking, &locale)?,
        Command::Convert(arguments) => Config::find(&arguments.checking(&arguments.file), &locale)?,
        Command::Pack(arguments) => Config::find(&arguments.checking(&arguments.source), &locale)?,
        _ => Config::default(),
    };
    let locale = match config.language().filter(|_| !language_typed) {
        Some(language) => Locale::new(language),
        None => locale,
    };
    let (config, locale) = (&config, &locale);
    let mut out = io::BufWriter::new(anstream::stdout());
    let status = match command {
        Command::Check(arguments) => check::run(arguments, config, locale, &mut out)?,
        Command::Convert(arguments) => convert::run(&arguments, config, locale, &mut out)?,
        Command::Pack(arguments) => pack::run(&arguments, config, locale, &mut out)?,
        Command::Verify(arguments) => verify::run(&arguments, locale, &mut out)?,
        Command::Judge(arguments) => stored::judge(&arguments, locale, &mut out)?,
        Command::Render(arguments) => stored::render(&arguments, locale, &mut out).map(|()| Status::Clean)?,
        Command::Diff(arguments) => stored::diff(&arguments, locale, &mut out)?,
        Command::Replay(arguments) => replay::run(&arguments, locale, &mut out)?,
        Command::Merge(arguments) => stored::merge(&arguments, locale, &mut out)?,
        Command::Jury(arguments) => jury::run(arguments, config, locale).map(|()| Status::Clean)?,
        Command::Init(arguments) => init::run(&arguments, locale, &mut out).map(|()| Status::Clean)?,
        Command::Profile(arguments) => match arguments.what {
            ProfileCommand::Check(check) => profile_check::run(&check, locale, &mut out).map(|()| Status::Clean)?,
        },
        Command::Explain(arguments) => explain::run(&arguments, locale, &mut out).map(|()| Status::Clean)?,
        Command::Reference => explain::reference(locale, &mut out).map(|()| Status::Clean)?,
        Command::Profiles(list) => list::profiles(list.format, locale, &mut out).map(|()| Status::Clean)?,
        Command::Requirements(arguments) => list::requirements(&arguments, locale, &mut out).map(|()| Status::Clean)?,
        Command::Checks(list) => list::checks(list.format, locale, &mut out).map(|()| Status::Clean)?,
        Command::Inspect(arguments) => inspect::run(&arguments, locale, &mut out).map(|()| Status::Clean)?,
        Command::Config(arguments) => match arguments.what {
            ConfigCommand::Show(show) => config::show(&show, locale, &mut out).map(|()| Status::Clean)?,
        },
        Command::Completions(arguments) => {
            let mut command = help::translated(Cli::command(), locale);
            clap_complete::generate(arguments.shell, &mut command, "tekser", &mut out);
            Status::Clean
        }
        Command::Man(arguments) => {
            let folder = &arguments.man_folder;
            let written = std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(help::translated(Cli::command(), locale), folder));
            written.map_err(|error| output::unwritable(&folder.display().to_string(), &error, locale))?;
            Status::Clean
        }
        Command::Browse => {
            crate::browser::work(&mut io::stdin().lock(), &mut io::stdout().lock())?;
            Status::Clean
        }
        Command::Measure => measure::run(io::stdin(), &mut io::stdout().lock(), locale).map(|()| Status::Clean)?,
        Command::Doctor(arguments) => doctor::run(&arguments, locale, &mut out).map(|()| Status::Clean)?,
        Command::Schema(arguments) => {
            let schema = match arguments.what {
                SchemaOf::Report => crate::report::document::schema().to_value(),
                SchemaOf::Profile => crate::profile::schema(),
                SchemaOf::Record => schemars::schema_for!(crate::facts::Record).to_value(),
                SchemaOf::Receipt => schemars::schema_for!(crate::pack::receipt::Receipt).to_value(),
            };
            json(&schema, &mut out)?;
            Status::Clean
        }
    };
    out.flush()?;
    Ok(status)
}

/// What was asked for, else what the environment speaks, else Russian, which every teacher in Kazakhstan reads.
fn language() -> Language {
    let typed: Vec<String> = std::env::args().take_while(|argument| argument != "--").collect();
    let after = typed.iter().skip_while(|argument| *argument != "--lang").nth(1);
    let asked = typed.iter().find_map(|argument| argument.strip_prefix("--lang=")).or(after.map(String::as_str));
    if let Some(language) = asked.and_then(Language::of_code) {
        return language;
    }
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    Language::of_locale(&locale).unwrap_or(Language::Ru)
}

/// A built-in profile, or one from a file.
fn profile(name: &str, locale: &Locale) -> Result<Profile, Trouble> {
    profile_with(name, &[], locale)
}

/// The profile with more lines in its lists.
fn profile_with(name: &str, more: &[MoreLines<'_>], locale: &Locale) -> Result<Profile, Trouble> {
    let builtin = BUILTIN.iter().any(|builtin| builtin.id == name);
    let looks_like_file = name.contains(['/', '\\', '.']) || Path::new(name).is_file();
    let read = if builtin || !looks_like_file {
        Profile::builtin_with(name, more)
    } else {
        match std::fs::read(name) {
            Ok(bytes) => {
                let not_utf_8 =
                    |_| Trouble::Told(locale.text(&Message::new("error-profile-encoding").with("path", name)));
                let text = String::from_utf8(bytes).map_err(not_utf_8)?;
                Profile::from_toml_with(name, text.trim_start_matches('\u{feff}'), more)
            }
            Err(error) => {
                let message = Message::new("error-profile-read").with("path", name).with("error", error.to_string());
                return Err(Trouble::Told(locale.text(&message)));
            }
        }
    };
    read.map_err(|problems| {
        let mut text = locale.plain("error-profile");
        for problem in &problems.0 {
            text.push_str(&format!("\n  {}:{}: {}", problem.file, problem.line, locale.text(&problem.message)));
        }
        Trouble::Told(text)
    })
}

/// Writes a file that must not be there yet, unless somebody says that it may be lost.
fn write_new(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create_new(!force).create(true).truncate(true);
    options.open(path).and_then(|mut file| file.write_all(bytes))
}

/// Writes a file as a whole: it is there when it is complete, and until then what was there before.
fn replace(path: &Path, write: impl FnOnce(std::fs::File) -> io::Result<()>) -> io::Result<()> {
    // A pipe or a device is written to, not replaced.
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return write(std::fs::File::options().write(true).open(path)?);
    }
    let new = beside(path, "")?;
    write(new.reopen()?)?;
    new.persist(path).map(|_| ()).map_err(|error| error.error)
}

/// A new file in the folder of `path`, which is gone unless it takes that name in the end.
fn beside(path: &Path, suffix: &str) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    new.suffix(suffix).tempfile_in(folder)
}

fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<(), Trouble> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
