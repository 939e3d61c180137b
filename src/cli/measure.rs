//! What the program does when it was started by itself to measure: a line comes in for each submission, and its facts go out.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::atomic::Ordering;
use std::sync::mpsc;

use super::{Trouble, check, live};
use crate::intake::Submission;
use crate::judge::isolate::Setup;
use crate::judge::run::{Options, measure, threads};
use crate::locale::Locale;
use crate::probe::Known;
use crate::process::say;

pub(super) fn run(input: impl Read + Send + 'static, output: &mut dyn Write, locale: &Locale) -> Result<(), Trouble> {
    let mut lines = BufReader::new(input).lines();
    let Some(setup) = lines.next() else { return Ok(()) };
    let setup: Setup = serde_json::from_str(&setup?).map_err(io::Error::from)?;
    let threads = threads(setup.jobs).map_err(io::Error::other)?;
    setup.confine(threads.current_num_threads())?;
    let files: Vec<_> = setup.yara.into_iter().map(|rules| rules.0).collect();
    let options = Options {
        scanner: setup.clamd.as_deref().map(|address| check::clamd(address, locale)).transpose()?,
        rules: check::yara(&files, locale)?,
        stop: Some(&live::STOP),
        ..Options::new(setup.manner, setup.time, jiff::Zoned::now().date())
    };
    let (sender, submissions) = mpsc::channel();
    // When nobody asks any more, what is under way is of no use to anybody.
    std::thread::spawn(move || {
        let _ = lines.map_while(Result::ok).try_for_each(|line| sender.send(line));
        live::STOP.store(true, Ordering::Relaxed);
    });
    let known = Known::default();
    for line in submissions {
        let submission: Submission = serde_json::from_str(&line).map_err(io::Error::from)?;
        say(output, &threads.install(|| measure(&submission, &options, &known)))?;
    }
    Ok(())
}
