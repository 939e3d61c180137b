//! Texts as characters: the byte order mark, then what the text itself declares, then what the bytes allow.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};

use super::Context;
use crate::facts::{Damage, DamageKind, FileFacts, Spot};
use crate::source::{self, Source};

/// Bytes at the front within which a page or drawing must declare its encoding.
const DECLARATION: usize = 1024;

/// Turns offsets in a text into lines and columns. Cheap as long as the offsets grow.
pub(super) struct Spots<'a> {
    text: &'a str,
    /// Where the text begins in its file.
    origin: Spot,
    /// Bytes of the text already counted, and where they lead.
    counted: usize,
    spot: Spot,
}

impl<'a> Spots<'a> {
    pub(super) fn new(text: &'a str, origin: Spot) -> Spots<'a> {
        Spots { text, origin, counted: 0, spot: origin }
    }

    /// The place of the character at `offset`.
    pub(super) fn at(&mut self, offset: usize) -> Spot {
        if offset < self.counted {
            (self.counted, self.spot) = (0, self.origin);
        }
        let between = &self.text.as_bytes()[self.counted..offset.min(self.text.len())];
        let lines = memchr::memchr_iter(b'\n', between).count() as u64;
        let last = memchr::memrchr(b'\n', between).map_or(between, |at| &between[at + 1..]);
        // Bytes that go on with a character are none.
        let characters = last.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64;
        self.spot.line += lines;
        self.spot.column = characters + if lines > 0 { 1 } else { self.spot.column };
        self.counted = offset.min(self.text.len());
        self.spot
    }
}

/// The line of the character at `offset`, from 1. Places in a text are told by lines: where its bytes had another encoding, an
/// offset in it is none in the file.
pub(super) fn line_at(text: &str, offset: usize) -> u64 {
    Spots::new(text, START).at(offset).line
}

/// The beginning of a file.
pub(super) const START: Spot = Spot { line: 1, column: 1 };

/// Reads a whole text, as far as the limits go; notes what stopped it.
pub(super) fn read<'a>(source: &'a dyn Source, context: &Context<'_>, facts: &mut FileFacts) -> Cow<'a, str> {
    let limit = usize::try_from(context.limits.text_bytes).unwrap_or(usize::MAX);
    if source.size() > context.limits.text_bytes {
        facts.damage.push(Damage::new(DamageKind::OverLimit).at(context.limits.text_bytes));
    }
    match source::beginning(source, limit) {
        Ok(Cow::Borrowed(bytes)) => decode(bytes),
        Ok(Cow::Owned(bytes)) => Cow::Owned(decode(&bytes).into_owned()),
        Err(error) => {
            facts.damage.push(Damage::new(DamageKind::ReadError).because(error));
            Cow::default()
        }
    }
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    decoded(bytes).0
}

/// Bytes as characters, and the encoding in which they were.
pub(crate) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = encoding.or_else(|| declared(&bytes[..bytes.len().min(DECLARATION)])).unwrap_or(UTF_8);
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (Cow::Borrowed(text), UTF_8);
    }
    // An undeclared text that is no UTF-8 was written on an old Windows.
    let encoding = if encoding == UTF_8 { WINDOWS_1251 } else { encoding };
    (encoding.decode(bytes).0, encoding)
}

/// `charset=` of a page, `encoding=` of a drawing.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = ["charset", "encoding"].iter().find_map(|word| head.split_once(word).map(|(_, rest)| rest))?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    // A declaration that is itself readable as ASCII cannot be true if it says UTF-16.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let mut spots = Spots::new("аб\nвг\r\nд", Spot { line: 3, column: 7 });
        let at: Vec<(u64, u64)> = [0, 2, 5, 9, 11, 2].map(|offset| spots.at(offset)).map(|s| (s.line, s.column)).into();
        assert_eq!(at, [(3, 7), (3, 8), (4, 1), (4, 3), (5, 1), (3, 8)]);
    }

    #[test]
    fn declared_and_undeclared_encodings() {
        let page = |charset: &str, body: &[u8]| {
            let mut bytes = format!("<meta charset=\"{charset}\">").into_bytes();
            bytes.extend_from_slice(body);
            decode(&bytes).into_owned()
        };
        let (old, ..) = WINDOWS_1251.encode("Урок");
        assert!(page("windows-1251", &old).ends_with("Урок"));
        assert!(page("utf-8", "Сабақ".as_bytes()).ends_with("Сабақ"));
        assert_eq!(decode(&old), "Урок");
        assert_eq!(decode(&[0xFF, 0xFE, 0x11, 0x04]), "Б");
    }
}
