//! What the checks of formats share: is the file whole?

use super::Opinion;
use crate::facts::{DamageKind, FileFacts};
use crate::finding::{Arg, Message, Place};

/// Says about each damage of a file what it means: a file that cannot be shown to its end breaks the requirement, told by
/// the sentence `broken`; one that was not read to its end leaves it open.
pub(super) fn must_be_whole(file: &FileFacts, broken: &'static str, opinion: &mut Opinion) {
    for damage in &file.damage {
        let detail = damage.detail.clone().unwrap_or_default();
        let message = |id| Message::new(id).with("damage", Arg::Damage(damage.what)).with("detail", detail);
        let place = Place { byte: damage.byte, line: damage.line, ..Place::whole() };
        match damage.what {
            DamageKind::TrailingData => opinion.warning(Message::new("file-trailing-data"), place),
            DamageKind::Unterminated => opinion.warning(Message::new("file-unterminated"), place),
            DamageKind::Unsupported | DamageKind::OverLimit | DamageKind::OverTime | DamageKind::ReadError => {
                opinion.unchecked(message("unchecked-damage"));
            }
            DamageKind::Empty
            | DamageKind::Truncated
            | DamageKind::MissingPart
            | DamageKind::Undecodable
            | DamageKind::BadChecksum
            | DamageKind::Contradiction
            | DamageKind::Malformed => opinion.error(message(broken), place),
        }
    }
}
