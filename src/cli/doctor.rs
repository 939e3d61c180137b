//! `tekser doctor`: what this machine has for the requirements that other programs decide.

use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};

use super::args::Doctor;
use super::{Trouble, check};
use crate::browser::{self, Installed, installation};
use crate::convert::Ffmpeg;
use crate::facts::Browser;
use crate::finding::Message;
use crate::locale::Locale;
use crate::probe::Scanner;
use crate::scan::Clamd;

const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// How a converter is installed on Debian and Ubuntu.
pub(super) const FFMPEG: &str = "apt install ffmpeg";

/// Where clamd listens on Debian and Ubuntu, and where it listens if it was told to use the network.
const CLAMD: [&str; 2] = ["/run/clamav/clamd.ctl", "127.0.0.1:3310"];

pub(super) fn run(arguments: &Doctor, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    writeln!(out, "{}", locale.plain("doctor-title"))?;
    let built_in = locale.plain("doctor-built-in");
    writeln!(out, "{GREEN}✓{GREEN:#} {}: {built_in}", locale.plain("doctor-media"))?;
    scanner(arguments.clamd.as_deref(), locale, out)?;
    browsers(locale, out)?;
    let convert = locale.plain("doctor-convert");
    match Ffmpeg::find(find).and_then(|_| find("ffmpeg")) {
        Some(path) => found(&convert, &path.display().to_string(), "tekser convert".to_owned(), locale, out)?,
        None => missing(&convert, &locale.plain("doctor-missing"), FFMPEG, locale, out)?,
    }
    Ok(())
}

/// A line about something that is not here, with what brings it.
fn missing(what: &str, why: &str, command: &str, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let install = locale.text(&Message::new("doctor-install").with("command", command));
    writeln!(out, "{YELLOW}–{YELLOW:#} {what}: {why}. {install}")?;
    Ok(())
}

/// A line about something that is here, with how it is used.
fn found(what: &str, engine: &str, option: String, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let text = locale.text(&Message::new("doctor-found").with("engine", engine).with("option", option));
    writeln!(out, "{GREEN}✓{GREEN:#} {what}: {text}")?;
    Ok(())
}

/// Tells which browsers are here, and whether they can be kept from the network.
fn browsers(locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let installed = Installed::find(find);
    for browser in Browser::ALL {
        let purpose = locale.text(&Message::new("doctor-browser").with("browser", browser.name()));
        match installed.version(browser) {
            Some(version) => {
                found(&purpose, &version, format!("tekser check --browser {}", browser.id()), locale, out)?;
            }
            None => missing(&purpose, &locale.plain("doctor-missing"), installation(browser), locale, out)?,
        }
    }
    if Browser::ALL.into_iter().any(|browser| installed.has(browser)) {
        let apart = locale.plain("doctor-apart");
        match browser::can_be_apart() {
            true => writeln!(out, "{GREEN}✓{GREEN:#} {apart}")?,
            false => writeln!(out, "{YELLOW}–{YELLOW:#} {apart}: {}", locale.plain("doctor-not-apart"))?,
        }
    }
    Ok(())
}

/// Tells whether a clamd answers, at the address given or else where it usually is.
fn scanner(address: Option<&str>, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let purpose = locale.plain("doctor-scanner");
    // A wrong address of the user's is told; of the usual places, some systems do not know all.
    let found = match address {
        Some(address) => check::clamd(address, locale)?.engine().map(|engine| (engine, address)),
        None => CLAMD.into_iter().find_map(|address| Some((Clamd::at(address)?.engine()?, address))),
    };
    match found {
        Some((engine, address)) => {
            self::found(&purpose, &engine, format!("tekser check --clamd {address}"), locale, out)
        }
        None => missing(&purpose, &locale.plain("doctor-unreachable"), "apt install clamav-daemon", locale, out),
    }
}

/// The first program of this name on the search path.
pub(super) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| [folder.join(name), folder.join(format!("{name}.exe"))])
        .find(|file| file.is_file())
}
