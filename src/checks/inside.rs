//! What the checks of apps share: the entries that are there, and the parts that were not looked at.

use std::collections::HashSet;

use super::Opinion;
use super::address::Address;
use crate::facts::{Bundle, ConflictKind, DamageKind, Entry, Facts, FileFacts, Format, Unread, WebFacts};
use crate::finding::{Arg, Message, Place};

/// The inside of the app, or none with the reason why it is not known.
pub(super) fn bundle<'a>(facts: &'a Facts, opinion: &mut Opinion) -> Option<&'a Bundle> {
    let bundle = facts.file.bundle.as_deref().filter(|bundle| bundle.unread.is_none() || !bundle.entries.is_empty());
    if bundle.is_none() {
        opinion.unchecked(Message::new("unchecked-not-opened").with("found", facts.file.identity.format));
    }
    bundle
}

/// Calls `visit` with every file of the app that is no folder, nested archives included.
pub(super) fn files<'a>(facts: &'a Facts, visit: &mut dyn FnMut(&[&'a str], &'a Entry)) {
    facts.file.walk(&mut |route, entry| {
        if !entry.folder {
            visit(route, entry);
        }
    });
}

/// Calls `visit` with what every page, style sheet, script and drawing of the app refers to.
pub(super) fn web<'a>(facts: &'a Facts, visit: &mut dyn FnMut(&[&'a str], &'a WebFacts)) {
    web_files(facts, &mut |route, _, web| visit(route, web));
}

/// The same, with the file that it was found in.
pub(super) fn web_files<'a>(facts: &'a Facts, visit: &mut dyn FnMut(&[&'a str], &'a FileFacts, &'a WebFacts)) {
    // A page handed in without its archive is still a page.
    if let Some(web) = &facts.file.web {
        visit(&[], &facts.file, web);
    }
    files(facts, &mut |route, entry| {
        if let Some(file) = &entry.file
            && let Some(web) = &file.web
        {
            visit(route, file, web);
        }
    });
}

/// Last parts of all names that pages, styles, scripts and data hold, in lower case. What lies under a name that is not
/// among them, nothing in the app asks for by its name.
pub(super) fn names(facts: &Facts) -> HashSet<String> {
    let mut names = HashSet::new();
    web(facts, &mut |_, web| {
        for reference in &web.references {
            let path = Address::parse(&reference.url).path;
            names.extend(path.rsplit('/').find(|part| !part.is_empty()).map(str::to_lowercase));
        }
    });
    names
}

/// Leaves the question open if there may be entries that the listing does not show.
pub(super) fn listing_must_be_read(facts: &Facts, opinion: &mut Opinion) {
    if let Some(why) = facts.file.bundle.as_deref().and_then(unlisted) {
        opinion.unchecked(Message::new("unchecked-archive").with("why", Arg::Unread(why)));
    }
}

/// Why a listing does not show all: it broke off, or there are entries or bytes that it conceals.
fn unlisted(bundle: &Bundle) -> Option<Unread> {
    let conceals = |what| {
        use ConflictKind::{Disks, Folder, SecondEnd, Unlisted};
        matches!(what, Folder | Unlisted | SecondEnd | Disks)
    };
    let conflicts = bundle.archive.iter().flat_map(|archive| &archive.conflicts);
    let mut concealed = conflicts.filter(|conflict| conceals(conflict.what));
    bundle.unread.or_else(|| concealed.next().map(|_| Unread::Damaged))
}

/// Why a question stays open: `count` entries were not read, the first of them for this reason.
pub(crate) fn unread(count: u64, first: &str, why: Unread) -> Message {
    let message = Message::new("unchecked-entries").with("count", Arg::Count(count));
    message.with("first", first).with("why", Arg::Unread(why))
}

/// Leaves the question open if a file of the app was not read to its end: what was not looked at is not clean.
pub(super) fn must_be_read(facts: &Facts, opinion: &mut Opinion) {
    listing_must_be_read(facts, opinion);
    let mut first: Option<(String, Unread)> = None;
    let mut count = 0u64;
    let mut miss = |route: &[&str], why: Unread| {
        count += 1;
        first.get_or_insert((route.join("!/"), why));
    };
    files(facts, &mut |route, entry| {
        let file = entry.file.as_ref();
        let inner = file.and_then(|file| file.bundle.as_deref()).and_then(unlisted);
        let format = file.map(|file| file.identity.format);
        // Packed in a way that this program cannot open.
        let sealed = matches!(format, Some(Format::Rar | Format::SevenZip | Format::Tar | Format::Gzip));
        let partly = file.is_some_and(|file| {
            file.damage.iter().any(|damage| matches!(damage.what, DamageKind::OverLimit | DamageKind::OverTime))
        });
        if let Some(why) = entry.unread.or(inner) {
            miss(route, why);
        } else if sealed {
            miss(route, Unread::Method);
        } else if partly {
            miss(route, Unread::Limit);
        }
    });
    if let Some((name, why)) = first {
        opinion.unchecked(unread(count, &name, why));
    }
}

/// The place of an entry.
pub(super) fn place(route: &[&str]) -> Place {
    Place::inside(route)
}
