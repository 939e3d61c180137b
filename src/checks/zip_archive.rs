//! Is the app a ZIP archive that anybody can open?

use schemars::JsonSchema;
use serde::Deserialize;

use super::whole::must_be_whole;
use super::{Opinion, Seen, Settings, inside, names};
use crate::facts::{ConflictKind, DamageKind, Facts, Format, Unread};
use crate::finding::{Arg, Level, Message, Place};

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
    let Some(bundle) = facts.file.bundle.as_deref() else { return };
    if bundle.entries.is_empty() && bundle.unread.is_none() {
        opinion.error(Message::new("zip-empty"), Place::whole());
    }
    for conflict in bundle.archive.iter().flat_map(|archive| &archive.conflicts) {
        let place = conflict.entry.as_deref().map_or(Place::whole(), |entry| inside::place(&[entry]));
        let message = Message::new(match weight(conflict.what) {
            Level::Error => "zip-inconsistent",
            Level::Warning | Level::Note => "zip-untidy",
        });
        let message = message.with("what", Arg::Conflict(conflict.what)).with("count", Arg::Count(conflict.count));
        let message = message.with("detail", conflict.detail.clone().unwrap_or_default());
        opinion.seen.push(Seen { level: weight(conflict.what), message, place });
    }
    names::check(bundle, opinion);
}

/// How bad it is when an archive disagrees with itself. An error is what shows different files to different programs.
const fn weight(conflict: ConflictKind) -> Level {
    match conflict {
        ConflictKind::Name
        | ConflictKind::Size
        | ConflictKind::PackedSize
        | ConflictKind::Checksum
        | ConflictKind::Method
        | ConflictKind::Encryption
        | ConflictKind::Descriptor
        | ConflictKind::Duplicate
        | ConflictKind::Folder
        | ConflictKind::Unlisted
        | ConflictKind::Overlap
        | ConflictKind::SecondEnd
        | ConflictKind::Disks => Level::Error,
        ConflictKind::Gap | ConflictKind::Prefix => Level::Warning,
        ConflictKind::Time | ConflictKind::ExtraField => Level::Note,
    }
}

/// What hinders opening the archive's own entries; nested archives are not opened to start the app.
fn entries(facts: &Facts, opinion: &mut Opinion) {
    let mut encrypted: Option<(String, u64)> = None;
    let mut bomb = false;
    for entry in facts.file.bundle.iter().flat_map(|bundle| &bundle.entries) {
        let place = inside::place(&[&entry.name]);
        match entry.unread {
            Some(Unread::Encrypted) => encrypted.get_or_insert((entry.name.clone(), 0)).1 += 1,
            Some(Unread::Damaged) => opinion.error(Message::new("entry-damaged").with("detail", ""), place),
            Some(Unread::Method) => opinion.error(Message::new("entry-method"), place),
            // One entry is enough to tell: the others were not looked at for the same reason.
            Some(Unread::Bomb) if bomb => {}
            Some(Unread::Bomb) => {
                bomb = true;
                opinion.error(Message::new("zip-bomb").with("size", Arg::Bytes(facts.file.size)), place);
            }
            Some(Unread::Link) => opinion.warning(Message::new("entry-link"), place),
            None => {
                let bad = entry.file.iter().flat_map(|file| &file.damage).find(|damage| {
                    matches!(damage.what, DamageKind::BadChecksum | DamageKind::Contradiction | DamageKind::Undecodable)
                });
                if let Some(damage) = bad {
                    let detail = damage.detail.clone().unwrap_or_default();
                    opinion.error(Message::new("entry-damaged").with("detail", detail), place);
                }
            }
            // Whether the others can be opened is not known.
            Some(why) => opinion.unchecked(inside::unread(1, &entry.name, why)),
        }
    }
    if let Some((first, count)) = encrypted {
        let message = Message::new("zip-encrypted").with("count", Arg::Count(count));
        opinion.error(message, inside::place(&[&first]));
    }
}
