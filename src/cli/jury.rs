//! `tekser jury`: a sheet for the jury of a contest, filled in with what the check found.

use std::path::Path;

use super::args::Jury;
use super::check::checked;
use super::{Trouble, write_new};
use crate::finding::Message;
use crate::jury::{plan, write_csv, write_xlsx};
use crate::locale::Locale;

pub(super) fn run(arguments: &Jury, locale: &Locale) -> Result<(), Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let path = &arguments.sheet;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !matches!(extension.as_str(), "xlsx" | "csv") {
        return Err(told(Message::new("error-sheet-form").with("path", path.display().to_string())));
    }
    // Marks that a jury has written into the sheet must not be lost.
    if path.exists() && !arguments.force {
        return Err(told(Message::new("error-sheet-there").with("path", path.display().to_string())));
    }
    let checked = checked(&arguments.checking, &arguments.profile, locale)?;
    let Some(plan) = plan(&checked.profile, &checked.submissions, arguments.members, locale) else {
        return Err(told(Message::new("error-no-jury").with("profile", checked.profile.id.as_str())));
    };
    let bytes = if extension == "csv" {
        let mut bytes = Vec::new();
        write_csv(&plan, locale, &mut bytes).map_err(|error| unwritable(path, &error, locale))?;
        bytes
    } else {
        write_xlsx(&plan, locale).map_err(|error| unwritable(path, &error, locale))?
    };
    write_new(path, &bytes, arguments.force).map_err(|error| unwritable(path, &error, locale))
}

fn unwritable(path: &Path, error: &dyn std::error::Error, locale: &Locale) -> Trouble {
    let message = Message::new("error-output").with("path", path.display().to_string());
    Trouble::Told(locale.text(&message.with("error", error.to_string())))
}
