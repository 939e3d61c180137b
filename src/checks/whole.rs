//! What the checks of formats share: is the file whole?

use super::Opinion;
use crate::facts::{DamageKind, FileFacts};
use crate::finding::{Arg, Message, Place};

/// Says about each damage of a file what it means: a file that cannot be shown to its end breaks the requirement, told by
/// the sentence `broken`; one that was not read to its end leaves it open.
pub(super) fn must_be_whole(file: &FileFacts, broken: &'static str, opinion: &mut Opinion) {
    for damage in file.damage.iter().filter(|damage| !leaves_open(damage.what)) {
        let detail = damage.detail.clone().unwrap_or_default();
        let message = || Message::new(broken).with("damage", Arg::Damage(damage.what)).with("detail", detail);
        let place = Place { byte: damage.byte, line: damage.line, ..Place::whole() };
        match damage.what {
            DamageKind::TrailingData => opinion.warning(Message::new("file-trailing-data"), place),
            DamageKind::Unterminated => opinion.warning(Message::new("file-unterminated"), place),
            _ => opinion.error(message(), place),
        }
    }
    must_be_read(file, opinion);
}

/// What a check did not find in a file that was not read to its end may still be there.
pub(super) fn must_be_read(file: &FileFacts, opinion: &mut Opinion) {
    if let Some(damage) = file.damage.iter().find(|damage| leaves_open(damage.what)) {
        let detail = damage.detail.clone().unwrap_or_default();
        let message = Message::new("unchecked-damage").with("damage", Arg::Damage(damage.what)).with("detail", detail);
        opinion.unchecked(message);
    }
}

/// The program stopped reading, which says nothing against the file.
fn leaves_open(what: DamageKind) -> bool {
    matches!(what, DamageKind::Unsupported | DamageKind::OverLimit | DamageKind::OverTime | DamageKind::ReadError)
}
