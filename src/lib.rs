//! tekser (Kazakh тексер, "check it!") tells whether e-learning content keeps to the documents that govern it.
//!
//! The way of the data is one way, and so is the order of the rooms: each may use those before it and none after it.
//!
//! - [`facts`]: what was measured, plain data without opinions; [`finding`]: what is to be said about it, without words.
//! - [`source`]: the only door to bytes.
//! - [`identify`]: bytes to a format; the name is a hint.
//! - [`probe`]: bytes to facts, one format a file, bounded. It never judges and never fails: damage is a fact.
//! - [`settings`]: what a profile may ask; [`checks`]: pure functions of facts and settings, one file a check.
//! - [`alike`]: works held against one another by their prints.
//! - [`profile`]: `rules/*.toml` to a validated profile.
//! - [`judge`]: facts and a profile to outcomes and a verdict; `judge::run` is the only file that knows threads,
//!   `judge::isolate` the one that knows processes.
//! - [`locale`]: Kazakh, Russian and English.
//! - [`report`]: everything found, and its renderers, one format a file.
//! - [`pack`]: an app to a package, planned from facts.
//! - `scan`, `intake`, `browser`, `store`, `convert` and `cli` (feature `cli`): malware scanners over sockets, arguments to
//!   submissions, apps in real browsers, what is kept from run to run, media to what documents accept, and the only room that
//!   prints.
//!
//! Without its default features the library needs neither disk nor threads nor a clock:
//!
//! ```
//! use tekser::judge::{Verdict, judge};
//! use tekser::probe::{Context, Limits, probe};
//! use tekser::profile::Profile;
//! use tekser::source::Memory;
//!
//! let profile = Profile::builtin("order-121")?;
//! let limits = Limits::default();
//! let context = Context::alone(&limits);
//!
//! let drawing = Memory(b"<svg xmlns='http://www.w3.org/2000/svg'><circle r='9'/></svg>");
//! let facts = probe(&drawing, "circle.svg", None, &context);
//! let judgement = judge(&profile, &facts, jiff::civil::date(2026, 11, 23));
//! assert_eq!(judgement.verdict, Verdict::Compliant);
//!
//! // The same drawing cut short.
//! let cut = Memory(b"<svg xmlns='http://www.w3.org/2000/svg'><circle r=");
//! let judgement = judge(&profile, &probe(&cut, "circle.svg", None, &context), jiff::civil::date(2026, 11, 23));
//! assert_eq!(judgement.verdict, Verdict::NonCompliant);
//! # Ok::<(), tekser::profile::Problems>(())
//! ```

pub mod alike;
#[cfg(feature = "cli")]
pub mod browser;
pub mod checks;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod convert;
pub mod facts;
pub mod finding;
pub mod identify;
#[cfg(feature = "cli")]
pub mod intake;
pub mod judge;
pub mod jury;
pub mod locale;
pub mod pack;
pub mod probe;
#[cfg(feature = "cli")]
mod process;
pub mod profile;
pub mod report;
#[cfg(feature = "cli")]
pub mod scan;
pub mod settings;
pub mod source;
#[cfg(feature = "cli")]
pub mod store;

/// The page that starts an app, as every document and every server wants it.
const START_PAGE: &str = "index.html";

/// The part of a name behind its last `/`: the file without its folders.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

/// What systems, editors and version control leave in folders without being asked, by the last part of its name.
fn is_litter(name: &str, folder: bool) -> bool {
    if folder {
        matches!(
            name,
            "__MACOSX" | ".git" | ".svn" | ".hg" | ".idea" | ".vscode" | "$RECYCLE.BIN" | "System Volume Information"
        )
    } else {
        matches!(name.to_lowercase().as_str(), ".ds_store" | "thumbs.db" | "desktop.ini") || name.starts_with("~$")
    }
}

/// What a lock guards, even if a thread panicked while it held it: what is guarded here is whole at any time.
fn locked<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A line of JSON, for those who read one after the other.
#[cfg(feature = "cli")]
fn json_line(value: &impl serde::Serialize) -> std::io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
