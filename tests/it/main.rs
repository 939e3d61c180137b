//! The tests of the whole program, as one binary: it links once.
//!
//! Witnesses such as `ffprobe` must be on the machine; `tests/run` installs them. No test passes without its witness.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

mod alike;
mod apps;
mod archives;
mod browsers;
mod build;
mod cli;
mod common;
mod config;
mod contests;
mod convert;
mod course;
mod documents;
mod dossier;
#[cfg(unix)]
mod faults;
mod forms;
mod hostile;
mod intake;
#[cfg(unix)]
mod isolate;
mod jury;
mod matrix;
mod media;
mod messages;
mod online;
mod pack;
mod pictures;
mod profiles;
mod registry;
mod reports;
mod samples;
mod scale;
mod scan;
mod sound;
mod stored;
