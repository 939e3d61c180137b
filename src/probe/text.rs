//! Texts as characters: the byte order mark, then what the text itself declares, then what the bytes allow.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};

use super::Context;
use crate::facts::{Damage, DamageKind, FileFacts};
use crate::source::{self, Source};

/// Bytes at the front within which a page or drawing must declare its encoding.
const DECLARATION: usize = 1024;

/// Reads a whole text, as far as the limits go; notes what stopped it.
pub(super) fn read(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) -> String {
    let limit = usize::try_from(context.limits.text_bytes).unwrap_or(usize::MAX);
    if source.size() > context.limits.text_bytes {
        facts.damage.push(Damage::new(DamageKind::OverLimit).at(context.limits.text_bytes));
    }
    match source::read(source, 0, limit) {
        Ok(bytes) => decode(bytes),
        Err(error) => {
            facts.damage.push(Damage::new(DamageKind::ReadError).because(error));
            String::new()
        }
    }
}

fn decode(bytes: Vec<u8>) -> String {
    let encoding = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let encoding = encoding.or_else(|| declared(&bytes[..bytes.len().min(DECLARATION)])).unwrap_or(UTF_8);
    if encoding == UTF_8 {
        return match String::from_utf8(bytes) {
            Ok(text) => text,
            // An undeclared text that is no UTF-8 was written on an old Windows.
            Err(error) => WINDOWS_1251.decode(error.as_bytes()).0.into_owned(),
        };
    }
    encoding.decode(&bytes).0.into_owned()
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
    fn declared_and_undeclared_encodings() {
        let page = |charset: &str, body: &[u8]| {
            let mut bytes = format!("<meta charset=\"{charset}\">").into_bytes();
            bytes.extend_from_slice(body);
            decode(bytes)
        };
        let (old, ..) = WINDOWS_1251.encode("Урок");
        assert!(page("windows-1251", &old).ends_with("Урок"));
        assert!(page("utf-8", "Сабақ".as_bytes()).ends_with("Сабақ"));
        assert_eq!(decode(old.into_owned()), "Урок");
        assert_eq!(decode(vec![0xFF, 0xFE, 0x11, 0x04]), "Б");
    }
}
