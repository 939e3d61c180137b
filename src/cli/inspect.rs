//! `tekser inspect`: what was measured, without a word about what it means.

use std::io::Write;

use super::args::{Inspect, Listening};
use super::{Trouble, check, json};
use crate::intake::Take;
use crate::judge::run::measure;
use crate::locale::Locale;
use crate::probe::{Known, Listen};
use crate::report::json::Inspected;

pub(super) fn run(arguments: &Inspect, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let mut options = check::options(&arguments.measuring, locale)?;
    options.manner.listen = match arguments.listen {
        Listening::Nothing => Listen::Nothing,
        Listening::Sound => Listen::Sound,
        Listening::Speech => Listen::Speech,
    };
    options.manner.documents = arguments.documents;
    let known = Known::default();
    for submission in check::gather(&arguments.paths, Take::Files, locale)?.submissions {
        let facts = measure(&submission, &options, &known);
        let inspected = Inspected {
            path: &submission.path,
            kind: facts.kind,
            sha256: facts.sha256.as_deref(),
            unread: facts.unread,
            facts: &facts.file,
        };
        json(&inspected, out)?;
    }
    Ok(())
}
