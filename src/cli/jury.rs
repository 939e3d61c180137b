//! `tekser jury`: a sheet for the jury of a contest, filled in with what the check found.

use super::args::Jury;
use super::check::{Purpose, prepare};
use super::config::Config;
use super::live::Live;
use super::output::unwritable;
use super::{Trouble, write_new};
use crate::finding::Message;
use crate::jury::{plan, write_csv, write_xlsx};
use crate::locale::Locale;

pub(super) fn run(arguments: Jury, config: &Config, locale: &Locale) -> Result<(), Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let path = &arguments.sheet;
    let shown = path.display().to_string();
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !matches!(extension.as_str(), "xlsx" | "csv") {
        return Err(told(Message::new("error-sheet-form").with("path", path.display().to_string())));
    }
    // Marks that a jury has written into the sheet must not be lost.
    if path.exists() && !arguments.force {
        return Err(told(Message::new("error-sheet-there").with("path", path.display().to_string())));
    }
    let purpose = Purpose { previews: false, written: vec![path] };
    let prepared = prepare(arguments.checking, Some(&arguments.profile), config, &purpose, locale)?;
    let checked = prepared.examine(&Live::new(prepared.submissions.len(), &prepared.profile, locale), locale)?;
    if checked.unreached > 0 {
        return Err(prepared.stopped(checked.unreached, locale));
    }
    let Some(plan) = plan(&prepared.profile, &checked.submissions, arguments.members, locale) else {
        return Err(told(Message::new("error-no-jury").with("profile", prepared.profile.id.as_str())));
    };
    let bytes = if extension == "csv" {
        let mut bytes = Vec::new();
        write_csv(&plan, locale, &mut bytes).map_err(|error| unwritable(&shown, &error, locale))?;
        bytes
    } else {
        write_xlsx(&plan, locale).map_err(|error| unwritable(&shown, &error, locale))?
    };
    write_new(path, &bytes, arguments.force).map_err(|error| unwritable(&shown, &error, locale))
}
