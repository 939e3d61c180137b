//! Is the app a ZIP archive that anybody can open?

use schemars::JsonSchema;
use serde::Deserialize;

use super::whole::must_be_whole;
use super::{Opinion, Settings, inside};
use crate::facts::{DamageKind, Facts, Format, Unread};
use crate::finding::{Arg, Message, Place};

/// The check has no settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ZipArchive {}

impl Settings for ZipArchive {
    const CHECK: &'static str = "zip-archive";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let identity = &facts.file.identity;
        match identity.format {
            Format::Zip => {}
            Format::Folder => {
                opinion.note(Message::new("app-not-packed"), Place::whole());
                opinion.unchecked(Message::new("unchecked-not-packed"));
                return;
            }
            Format::Html | Format::Css | Format::JavaScript => {
                opinion.error(Message::new("page-not-packed").with("found", identity.format), Place::whole());
                return;
            }
            Format::Empty => {
                opinion.error(Message::new("file-empty"), Place::whole());
                return;
            }
            found => {
                let message = Message::new("not-a-zip").with("found", found).with("advice", Arg::Advice(found));
                opinion.error(message, Place::whole());
                return;
            }
        }
        if identity.extension.as_deref() != Some("zip") {
            let extension = identity.extension.clone().unwrap_or_default();
            opinion.warning(Message::new("zip-extension").with("extension", extension), Place::whole());
        }
        archive(facts, opinion);
        entries(facts, opinion);
    }
}

fn archive(facts: &Facts, opinion: &mut Opinion) {
    must_be_whole(&facts.file, "zip-damaged", opinion);
    inside::listing_must_be_read(facts, opinion);
    let empty = facts.file.bundle.as_ref().is_some_and(|bundle| bundle.entries.is_empty() && bundle.unread.is_none());
    if empty {
        opinion.error(Message::new("zip-empty"), Place::whole());
    }
}

/// What hinders opening the archive's own entries; nested archives are not opened to start the app.
fn entries(facts: &Facts, opinion: &mut Opinion) {
    let mut encrypted: Option<(String, u64)> = None;
    for entry in facts.file.bundle.iter().flat_map(|bundle| &bundle.entries) {
        let place = inside::place(&[&entry.name]);
        match entry.unread {
            Some(Unread::Encrypted) => encrypted.get_or_insert((entry.name.clone(), 0)).1 += 1,
            Some(Unread::Damaged) => opinion.error(Message::new("entry-damaged").with("detail", ""), place),
            Some(Unread::Method) => opinion.error(Message::new("entry-method"), place),
            Some(Unread::Link) => opinion.warning(Message::new("entry-link"), place),
            // Whether these can be opened is not known.
            Some(why @ (Unread::Time | Unread::Limit | Unread::Refused | Unread::Panic)) => {
                opinion.unchecked(inside::unread(1, &entry.name, why));
            }
            None => {
                let bad = entry.file.iter().flat_map(|file| &file.damage).find(|damage| {
                    matches!(damage.what, DamageKind::BadChecksum | DamageKind::Contradiction | DamageKind::Undecodable)
                });
                if let Some(damage) = bad {
                    let detail = damage.detail.clone().unwrap_or_default();
                    opinion.error(Message::new("entry-damaged").with("detail", detail), place);
                }
            }
        }
    }
    let backslashes: Vec<_> = facts.file.bundle.iter().flat_map(|b| &b.entries).filter(|e| e.backslashes).collect();
    if let Some(first) = backslashes.first() {
        let message = Message::new("names-with-backslashes").with("count", backslashes.len());
        opinion.warning(message, inside::place(&[&first.name]));
    }
    if let Some((first, count)) = encrypted {
        let message = Message::new("zip-encrypted").with("count", Arg::Count(count));
        opinion.error(message, inside::place(&[&first]));
    }
}
