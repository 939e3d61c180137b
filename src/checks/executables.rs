//! Is a program among the files, whatever its name?

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opinion, Settings, inside};
use crate::facts::{Facts, Format};
use crate::finding::Message;

/// The check has no settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Executables {}

impl Settings for Executables {
    const CHECK: &'static str = "executables";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        inside::files(facts, &mut |route, entry| {
            let Some(found) = entry.file.as_ref().map(|file| file.identity.format) else { return };
            let message = match danger(found) {
                Some(Danger::Program) => "executable-inside",
                Some(Danger::Macros) => "macros-inside",
                None => return,
            };
            opinion.error(Message::new(message).with("found", found), inside::place(route));
        });
        inside::must_be_read(facts, opinion);
    }
}

/// What a format can do to a computer.
pub(super) enum Danger {
    /// A system runs it.
    Program,
    /// An office program runs what is in it.
    Macros,
}

/// The danger of a format, if it has one.
pub(super) fn danger(format: Format) -> Option<Danger> {
    match format {
        Format::Exe
        | Format::Dll
        | Format::Elf
        | Format::MachO
        | Format::Msi
        | Format::JavaClass
        | Format::Jar
        | Format::Apk
        | Format::Dex
        | Format::Shortcut
        | Format::Hta
        | Format::Script => Some(Danger::Program),
        Format::Docm | Format::Pptm | Format::Xlsm | Format::OleMacros => Some(Danger::Macros),
        _ => None,
    }
}
