//! `tekser init`: a profile to begin with, in the language of the user, with explanations.

use std::io::{ErrorKind, Write};

use super::args::Init;
use super::{Trouble, write_new};
use crate::finding::Message;
use crate::locale::{Language, Locale};

pub(super) fn run(arguments: &Init, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let template = match locale.language() {
        Language::Kk => include_str!("../../rules/templates/contest.kk.toml"),
        Language::Ru => include_str!("../../rules/templates/contest.ru.toml"),
        Language::En => include_str!("../../rules/templates/contest.en.toml"),
    };
    let path = arguments.new_profile.display().to_string();
    write_new(&arguments.new_profile, template.as_bytes(), false).map_err(|error| {
        let message = if error.kind() == ErrorKind::AlreadyExists {
            Message::new("error-there").with("path", path.as_str())
        } else {
            Message::new("error-output").with("path", path.as_str()).with("error", error.to_string())
        };
        Trouble::Told(locale.text(&message))
    })?;
    writeln!(out, "{}", locale.text(&Message::new("init-written").with("path", path.as_str())))?;
    Ok(())
}
