//! `tekser doctor`: what this machine has for the requirements that other programs decide.

use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};

use super::Trouble;
use crate::finding::Message;
use crate::locale::Locale;

const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// A program, what it is for, and how it is installed on Debian and Ubuntu.
struct Engine {
    names: &'static [&'static str],
    purpose: &'static str,
    install: &'static str,
}

const ENGINES: [Engine; 3] = [
    Engine {
        names: &["chromium", "google-chrome", "firefox", "firefox-esr"],
        purpose: "doctor-browser",
        install: "apt install chromium firefox-esr",
    },
    Engine { names: &["clamscan"], purpose: "doctor-scanner", install: "apt install clamav" },
    Engine { names: &["ffmpeg"], purpose: "doctor-convert", install: "apt install ffmpeg" },
];

pub(super) fn run(locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    writeln!(out, "{}", locale.plain("doctor-title"))?;
    let built_in = locale.plain("doctor-built-in");
    writeln!(out, "{GREEN}✓{GREEN:#} {}: {built_in}", locale.plain("doctor-media"))?;
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

/// The first program of this name on the search path.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| [folder.join(name), folder.join(format!("{name}.exe"))])
        .find(|file| file.is_file())
}
