//! `tekser doctor`: what this machine has for the requirements that other programs decide.

use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};

use super::args::Doctor;
use super::{Trouble, check};
use crate::finding::Message;
use crate::locale::Locale;
use crate::probe::Scanner;
use crate::scan::Clamd;

const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// A program, what it is for, and how it is installed on Debian and Ubuntu.
struct Engine {
    names: &'static [&'static str],
    purpose: &'static str,
    install: &'static str,
}

const ENGINES: [Engine; 2] = [
    Engine {
        names: &["chromium", "google-chrome", "firefox", "firefox-esr"],
        purpose: "doctor-browser",
        install: "apt install chromium firefox-esr",
    },
    Engine { names: &["ffmpeg"], purpose: "doctor-convert", install: "apt install ffmpeg" },
];

/// Where clamd listens on Debian and Ubuntu, and where it listens if it was told to use the network.
const CLAMD: [&str; 2] = ["/run/clamav/clamd.ctl", "127.0.0.1:3310"];

pub(super) fn run(arguments: &Doctor, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    writeln!(out, "{}", locale.plain("doctor-title"))?;
    let built_in = locale.plain("doctor-built-in");
    writeln!(out, "{GREEN}✓{GREEN:#} {}: {built_in}", locale.plain("doctor-media"))?;
    scanner(arguments.clamd.as_deref(), locale, out)?;
    for engine in ENGINES {
        let found: Vec<String> =
            engine.names.iter().filter_map(|name| find(name)).map(|path| path.display().to_string()).collect();
        let purpose = locale.plain(engine.purpose);
        if found.is_empty() {
            let missing = locale.plain("doctor-missing");
            let install = locale.text(&Message::new("doctor-install").with("command", engine.install));
            writeln!(out, "{YELLOW}–{YELLOW:#} {purpose}: {missing}. {install}")?;
        } else {
            let not_used = locale.plain("doctor-not-used");
            writeln!(out, "{YELLOW}–{YELLOW:#} {purpose}: {not_used}: {}", found.join(", "))?;
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
    if let Some((engine, address)) = found {
        let option = format!("tekser check --clamd {address}");
        let text = locale.text(&Message::new("doctor-clamd").with("engine", engine).with("option", option));
        writeln!(out, "{GREEN}✓{GREEN:#} {purpose}: {text}")?;
    } else {
        let missing = locale.plain("doctor-unreachable");
        let install = locale.text(&Message::new("doctor-install").with("command", "apt install clamav-daemon"));
        writeln!(out, "{YELLOW}–{YELLOW:#} {purpose}: {missing}. {install}")?;
    }
    Ok(())
}

/// The first program of this name on the search path.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| [folder.join(name), folder.join(format!("{name}.exe"))])
        .find(|file| file.is_file())
}
