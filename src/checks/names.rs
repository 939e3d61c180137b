//! Names of the entries of an archive: those that lead out of it or deceive, and those that other systems cannot keep.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::{Opinion, inside};
use crate::facts::{Bundle, Entry, NameEncoding};
use crate::finding::{Arg, Message};

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What is wrong with a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Trouble {
    /// It leads out of the folder that the archive is unpacked to.
    LeadsOut,
    /// It has characters that nobody can see or type.
    Unseen,
    /// It has characters that turn the direction of reading, so that it is read as another name.
    Deceives,
    /// Windows cannot keep it.
    Windows,
}

impl Trouble {
    const fn message(self) -> &'static str {
        match self {
            Trouble::LeadsOut => "name-leads-out",
            Trouble::Unseen => "name-unseen",
            Trouble::Deceives => "name-deceives",
            Trouble::Windows => "name-windows",
        }
    }
}

fn trouble(name: &str) -> Option<Trouble> {
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if name.is_empty() || name.starts_with('/') || drive || name.split('/').any(|part| part == "..") {
        return Some(Trouble::LeadsOut);
    }
    if name.chars().any(char::is_control) {
        return Some(Trouble::Unseen);
    }
    if name.contains(['\u{202A}', '\u{202B}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}']) {
        return Some(Trouble::Deceives);
    }
    name.split('/').any(|part| !fits_windows(part)).then_some(Trouble::Windows)
}

/// No package may hold such a name: it leads out, or it is not the name that people see.
pub(crate) fn is_hostile(name: &str) -> bool {
    trouble(name).is_some_and(|trouble| trouble != Trouble::Windows)
}

fn fits_windows(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let port = port.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']));
    !part.contains(['<', '>', ':', '"', '|', '?', '*'])
        && !part.ends_with([' ', '.'])
        && !DEVICES.contains(&&*stem)
        && !port
        || part == "."
}

/// Looks at all names of an archive. Each kind of trouble is told once, with the first name and their number.
pub(super) fn check(bundle: &Bundle, opinion: &mut Opinion) {
    let mut troubles: Vec<(Trouble, &Entry, u64)> = Vec::new();
    for entry in &bundle.entries {
        let Some(trouble) = trouble(&entry.name) else { continue };
        match troubles.iter_mut().find(|(known, ..)| *known == trouble) {
            Some((_, _, count)) => *count += 1,
            None => troubles.push((trouble, entry, 1)),
        }
    }
    troubles.sort_by_key(|(trouble, ..)| *trouble);
    for (trouble, entry, count) in troubles {
        let message =
            Message::new(trouble.message()).with("count", Arg::Count(count)).with("name", entry.name.as_str());
        let place = inside::place(&[&entry.name]);
        if trouble == Trouble::Windows {
            opinion.warning(message, place);
        } else {
            opinion.error(message, place);
        }
    }
    colliding(bundle, opinion);
    backslashes(bundle, opinion);
    encoding(bundle, opinion);
}

/// Files that take each other's place where case does not count, or where letters are put together in one way alone.
fn colliding(bundle: &Bundle, opinion: &mut Opinion) {
    let mut seen: HashMap<String, &Entry> = HashMap::new();
    let mut first: Option<(&Entry, &Entry)> = None;
    let mut count = 0u64;
    for entry in bundle.entries.iter().filter(|entry| !entry.folder) {
        let folded: String = entry.name.nfc().flat_map(char::to_lowercase).collect();
        let folded = folded.split('/').map(|part| part.trim_end_matches([' ', '.'])).collect::<Vec<_>>().join("/");
        if let Some(other) = seen.get(&folded) {
            // The same name twice is a contradiction of the archive, told as such.
            if other.name != entry.name {
                count += 1;
                first.get_or_insert((other, entry));
            }
        } else {
            seen.insert(folded, entry);
        }
    }
    if let Some((one, other)) = first {
        let message = Message::new("names-collide").with("count", Arg::Count(count));
        let message = message.with("name", other.name.as_str()).with("other", one.name.as_str());
        opinion.warning(message, inside::place(&[&other.name]));
    }
}

fn backslashes(bundle: &Bundle, opinion: &mut Opinion) {
    let mut with = bundle.entries.iter().filter(|entry| entry.backslashes);
    if let Some(first) = with.next() {
        let message = Message::new("names-with-backslashes").with("count", Arg::Count(1 + with.count() as u64));
        opinion.warning(message, inside::place(&[&first.name]));
    }
}

/// Names of a code page are read by nobody outside Windows of the same country.
fn encoding(bundle: &Bundle, opinion: &mut Opinion) {
    let old = match bundle.archive.as_ref().and_then(|archive| archive.names) {
        Some(NameEncoding::Ibm866) => "IBM866",
        Some(NameEncoding::Windows1251) => "windows-1251",
        Some(NameEncoding::Utf8 | NameEncoding::Utf8Unmarked) | None => return,
    };
    let mut foreign = bundle.entries.iter().filter(|entry| !entry.folder && !entry.name.is_ascii());
    if let Some(first) = foreign.next() {
        let message = Message::new("names-in-code-page").with("count", Arg::Count(1 + foreign.count() as u64));
        opinion.warning(message.with("encoding", old), inside::place(&[&first.name]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_deceive_or_do_not_fit() {
        for (name, expected) in [
            ("../x.html", Trouble::LeadsOut),
            ("a/../../x", Trouble::LeadsOut),
            ("/etc/passwd", Trouble::LeadsOut),
            ("C:/x.html", Trouble::LeadsOut),
            ("", Trouble::LeadsOut),
            ("a\0.html", Trouble::Unseen),
            ("photo\u{202E}gpj.exe", Trouble::Deceives),
            ("aux.html", Trouble::Windows),
            ("img/COM1.png", Trouble::Windows),
            ("what?.html", Trouble::Windows),
            ("folder./a.html", Trouble::Windows),
        ] {
            assert_eq!(trouble(name), Some(expected), "{name:?}");
        }
        for name in
            ["index.html", "./a.js", "Сабақ 1/әріп.png", "common.js", "console.js", "a..b/c", "com10.js", ".nojekyll"]
        {
            assert_eq!(trouble(name), None, "{name:?}");
        }
    }
}
