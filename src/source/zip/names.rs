//! Names of entries as the person who packed them read them.
//!
//! The format knows UTF-8, if a flag says so, and an American code page. Programs on a Russian or Kazakh Windows write
//! the code page of that Windows all the same, without a word. One archive is written by one program, so all its names
//! decide together.

use encoding_rs::{IBM866, WINDOWS_1251};

use super::extra_field;
use crate::facts::NameEncoding;

/// Extra field of Info-ZIP: the name once more in UTF-8, behind a checksum of the name it stands for.
const UNICODE_PATH: u16 = 0x7075;

/// The encoding of an archive's unmarked names, from all of them together.
pub(super) fn encoding<'a>(names: impl Iterator<Item = &'a [u8]>) -> Option<NameEncoding> {
    // In the DOS code page these are lines of boxes and letters of other languages; in that of Windows they are capitals,
    // the end of the alphabet and Kazakh letters.
    let windows = |byte: &u8| matches!(byte, 0xB0..=0xDF | 0xF2..=0xFF);
    let mut found = None;
    for name in names.filter(|name| !name.is_ascii()) {
        if std::str::from_utf8(name).is_ok() {
            found.get_or_insert(NameEncoding::Utf8Unmarked);
        } else if name.iter().any(windows) {
            return Some(NameEncoding::Windows1251);
        } else {
            found = Some(NameEncoding::Ibm866);
        }
    }
    found
}

/// A name as it is to be read: `marked` as UTF-8 or not, with its extra fields.
pub(super) fn decode(raw: &[u8], marked: bool, extra: &[u8], encoding: Option<NameEncoding>) -> String {
    if let Some(name) = unicode_path(raw, extra) {
        return name;
    }
    match encoding {
        // A short name of a code page can be UTF-8 by chance, so that the other names decide.
        Some(NameEncoding::Windows1251) if !marked => {
            WINDOWS_1251.decode_without_bom_handling(raw).0.chars().map(kazakh).collect()
        }
        Some(NameEncoding::Ibm866) if !marked => IBM866.decode_without_bom_handling(raw).0.into_owned(),
        _ => String::from_utf8_lossy(raw).into_owned(),
    }
}

/// The name in an extra field, if the field was made for this very name.
pub(super) fn unicode_path(raw: &[u8], extra: &[u8]) -> Option<String> {
    let field = extra_field(extra, UNICODE_PATH)?;
    let [1, a, b, c, d, name @ ..] = field else { return None };
    let stands_for = u32::from_le_bytes([*a, *b, *c, *d]);
    (stands_for == crc32fast::hash(raw)).then(|| String::from_utf8(name.to_vec()).ok())?
}

/// KZ-1048 is windows-1251 with Kazakh letters where that has Serbian, Macedonian, Belarusian and Ukrainian ones.
pub(crate) fn kazakh(letter: char) -> char {
    match letter {
        'Ќ' => 'Қ',
        'ќ' => 'қ',
        'Ћ' => 'Һ',
        'ћ' => 'һ',
        'Ў' => 'Ұ',
        'ў' => 'ұ',
        'Ј' => 'Ә',
        'ј' => 'ә',
        'Ґ' => 'Ө',
        'ґ' => 'ө',
        'Є' => 'Ғ',
        'є' => 'ғ',
        'Ї' => 'Ү',
        'ї' => 'ү',
        'Ѕ' => 'Ң',
        'ѕ' => 'ң',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&[u8]]) -> Vec<String> {
        let encoding = encoding(names.iter().copied());
        names.iter().map(|name| decode(name, false, &[], encoding)).collect()
    }

    #[test]
    fn russian_names_of_dos_and_of_windows() {
        let words = ["Урок 5/Задание.html", "картинка.png", "ЖАТТЫГУ", "я.js", "Ёлка"];
        let dos: Vec<Vec<u8>> = words.iter().map(|word| IBM866.encode(word).0.into_owned()).collect();
        assert_eq!(read(&dos.iter().map(Vec::as_slice).collect::<Vec<_>>()), words);
        let windows: Vec<Vec<u8>> = words.iter().map(|word| WINDOWS_1251.encode(word).0.into_owned()).collect();
        assert_eq!(read(&windows.iter().map(Vec::as_slice).collect::<Vec<_>>()), words);
    }

    #[test]
    fn kazakh_names_of_windows() {
        // "Сабақ жоспары", "әөүұңғқһі" and the capitals in KZ-1048.
        let lesson = b"\xD1\xE0\xE1\xE0\x9D \xE6\xEE\xF1\xEF\xE0\xF0\xFB";
        let letters = b"\xBC\xB4\xBF\xA2\xBE\xBA\x9D\x9E\xB3 \xA3\xA5\xAF\xA1\xBD\xAA\x8D\x8E\xB2";
        assert_eq!(read(&[lesson, letters]), ["Сабақ жоспары", "әөүұңғқһі ӘӨҮҰҢҒҚҺІ"]);
    }

    #[test]
    fn utf8_is_believed_unmarked_too() {
        assert_eq!(encoding(["қосымша".as_bytes()].into_iter()), Some(NameEncoding::Utf8Unmarked));
        assert_eq!(encoding([b"index.html".as_slice()].into_iter()), None);
        assert_eq!(read(&["қосымша".as_bytes()]), ["қосымша"]);
    }

    #[test]
    fn the_extra_field_speaks_only_for_its_own_name() {
        let field = |raw: &[u8]| {
            let name = "Сабақ".as_bytes();
            let mut field = vec![0x75, 0x70, 5 + name.len() as u8, 0, 1];
            field.extend(crc32fast::hash(raw).to_le_bytes());
            field.extend(name);
            field
        };
        assert_eq!(decode(b"Sabak", false, &field(b"Sabak"), None), "Сабақ");
        assert_eq!(decode(b"Sabak", false, &field(b"Other"), None), "Sabak");
    }
}
