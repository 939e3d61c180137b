//! Fonts: which letters the codes of a text stand for, and how wide they are.

use std::collections::HashMap;

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::file::Pdf;
use super::lexer::{Dict, Lexer, Object};

/// Codes that one font gives letters or widths to.
const CODES: usize = 70_000;

/// Letters that one code stands for.
const LETTERS: usize = 8;

/// Width of a letter that nothing is said of, in thousandths of the size of the font.
const WIDTH: f64 = 500.0;

/// A font, as far as its letters are concerned.
pub(super) struct Font {
    /// Codes have two bytes.
    wide: bool,
    /// What codes stand for, as the file tells readers.
    letters: HashMap<u32, Box<str>>,
    /// What single bytes stand for otherwise.
    plain: Option<Box<[char; 256]>>,
    widths: HashMap<u32, f64>,
    other_width: f64,
    /// The unit of widths.
    unit: f64,
}

/// One letter of a text, or several that are drawn as one.
pub(super) struct Glyph<'a> {
    /// None if the file does not tell.
    pub(super) text: Option<Letters<'a>>,
    /// Its width, with the size of the font as unit.
    pub(super) width: f64,
    /// It is a single byte 32, which word spacing goes by.
    pub(super) blank: bool,
}

pub(super) enum Letters<'a> {
    Told(&'a str),
    Plain(char),
}

impl Font {
    pub(super) fn new(pdf: &Pdf<'_>, dict: &Dict) -> Font {
        let wide = dict.is("Subtype", "Type0");
        let mut font = Font {
            wide,
            letters: HashMap::new(),
            plain: None,
            widths: HashMap::new(),
            other_width: WIDTH,
            unit: 0.001,
        };
        if let Some(stream) = dict.get("ToUnicode").and_then(|object| pdf.stream(object)) {
            font.read_letters(&pdf.unpack(&stream));
        }
        if wide {
            let descendant = pdf.array_in(dict, "DescendantFonts").and_then(|fonts| pdf.dict(fonts.first()?));
            if let Some(descendant) = descendant {
                font.read_wide_widths(pdf, &descendant);
            }
        } else {
            font.plain = Some(plain(pdf, dict));
            font.read_widths(pdf, dict);
        }
        font
    }

    /// The letters of a text, code by code.
    pub(super) fn glyphs<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Glyph<'a>> {
        text.chunks(if self.wide { 2 } else { 1 }).map(|code| {
            let number = code.iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte));
            let told = self.letters.get(&number).map(|letters| Letters::Told(letters));
            let plain = || self.plain.as_ref().map(|plain| plain[number as usize & 0xFF]).filter(|c| *c != '\0');
            Glyph {
                text: told.or_else(|| plain().map(Letters::Plain)),
                width: self.widths.get(&number).copied().unwrap_or(self.other_width) * self.unit,
                blank: code == b" ",
            }
        })
    }

    /// A table that gives codes letters (`ToUnicode`).
    fn read_letters(&mut self, table: &[u8]) {
        let mut lexer = Lexer::content(table);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(object) = lexer.next() {
            let Object::Word(word) = &object else {
                if operands.len() < CODES {
                    operands.push(object);
                }
                continue;
            };
            match &**word {
                "endcodespacerange" => {
                    let bytes = operands.first().and_then(text).map(<[u8]>::len);
                    // A font of single bytes may come with a table of two, and is still one of single bytes.
                    self.wide &= bytes != Some(1);
                }
                "endbfchar" => {
                    for pair in operands.chunks_exact(2) {
                        if let (Some(code), Some(letters)) = (code(&pair[0]), text(&pair[1])) {
                            self.tell(code, &utf16(letters));
                        }
                    }
                }
                "endbfrange" => {
                    for range in operands.chunks_exact(3) {
                        self.read_range(range);
                    }
                }
                _ => {}
            }
            operands.clear();
        }
    }

    fn read_range(&mut self, range: &[Object]) {
        let (Some(first), Some(last)) = (code(&range[0]), code(&range[1])) else { return };
        match &range[2] {
            Object::Array(all) => {
                for (code, letters) in (first..=last).zip(all) {
                    if let Some(letters) = text(letters) {
                        self.tell(code, &utf16(letters));
                    }
                }
            }
            Object::Text(start) => {
                let letters = utf16(start);
                let mut front = letters;
                let Some(end) = front.pop() else { return };
                for (code, offset) in (first..=last).zip(0u32..).take(CODES) {
                    if self.letters.len() >= CODES {
                        break;
                    }
                    let end = char::from_u32(end as u32 + offset).unwrap_or(end);
                    self.tell(code, &format!("{front}{end}"));
                }
            }
            _ => {}
        }
    }

    fn tell(&mut self, code: u32, letters: &str) {
        // Nothing, or the mark for something unknown, is no letter.
        let told = letters.chars().any(|c| c != '\0' && c != '\u{fffd}');
        if told && self.letters.len() < CODES {
            self.letters.insert(code, letters.chars().take(LETTERS).collect::<String>().into());
        }
    }

    fn read_widths(&mut self, pdf: &Pdf<'_>, dict: &Dict) {
        if dict.is("Subtype", "Type3")
            && let Some(matrix) = pdf.array_in(dict, "FontMatrix")
            && let Some(unit) = matrix.first().and_then(Object::number)
        {
            self.unit = unit.abs();
        }
        let descriptor = pdf.dict_in(dict, "FontDescriptor");
        if let Some(width) = descriptor.and_then(|dict| pdf.get(&dict, "MissingWidth")).and_then(|width| width.number())
            && width > 0.0
        {
            self.other_width = width;
        }
        let first = pdf.get(dict, "FirstChar").and_then(|first| first.count()).unwrap_or(0);
        let widths = pdf.array_in(dict, "Widths").unwrap_or_default();
        for (code, width) in (first as u32..=255).zip(&widths) {
            if let Some(width) = pdf.resolve(width).number() {
                self.widths.insert(code, width);
            }
        }
    }

    /// Widths of a font with many letters: `code [width …]` and `first last width`.
    fn read_wide_widths(&mut self, pdf: &Pdf<'_>, dict: &Dict) {
        self.other_width = pdf.get(dict, "DW").and_then(|width| width.number()).unwrap_or(1000.0);
        let all = pdf.array_in(dict, "W").unwrap_or_default();
        let mut rest = all.as_slice();
        while let [first, second, after @ ..] = rest {
            let Some(first) = first.count() else { break };
            let first = u32::try_from(first).unwrap_or(u32::MAX);
            match (pdf.resolve(second), after) {
                (Object::Array(widths), _) => {
                    for (code, width) in (first..).zip(&widths) {
                        self.set_width(code, width);
                    }
                    rest = after;
                }
                (last, [width, after @ ..]) => {
                    let last = last.count().and_then(|last| u32::try_from(last).ok()).unwrap_or(first);
                    for code in first..=last.min(0xFFFF) {
                        self.set_width(code, width);
                    }
                    rest = after;
                }
                _ => break,
            }
        }
    }

    fn set_width(&mut self, code: u32, width: &Object) {
        if let Some(width) = width.number()
            && self.widths.len() < CODES
        {
            self.widths.insert(code, width);
        }
    }
}

fn text(object: &Object) -> Option<&[u8]> {
    if let Object::Text(text) = object { Some(text) } else { None }
}

fn code(object: &Object) -> Option<u32> {
    let bytes = text(object).filter(|bytes| bytes.len() <= 4)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

fn utf16(bytes: &[u8]) -> String {
    match bytes {
        [byte] => char::from(*byte).to_string(),
        bytes => {
            let units = bytes.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).take(LETTERS).collect()
        }
    }
}

/// What single bytes stand for: a known table, and the differences to it.
fn plain(pdf: &Pdf<'_>, dict: &Dict) -> Box<[char; 256]> {
    let encoding = pdf.get(dict, "Encoding");
    let base = match &encoding {
        Some(Object::Name(name)) => Some(name.to_string()),
        Some(Object::Dict(dict)) => pdf.get(dict, "BaseEncoding").and_then(|base| base.name().map(str::to_owned)),
        _ => None,
    };
    let mac = base.as_deref() == Some("MacRomanEncoding");
    let page = if mac { MACINTOSH } else { WINDOWS_1252 };
    let mut table = Box::new(['\0'; 256]);
    for byte in 32..=255u8 {
        let c = page.decode_without_bom_handling(&[byte]).0.chars().next();
        table[usize::from(byte)] = c.filter(|c| !c.is_control()).unwrap_or('\0');
    }
    let differences = encoding.and_then(|encoding| match encoding {
        Object::Dict(dict) => pdf.array_in(&dict, "Differences"),
        _ => None,
    });
    let mut code = 0usize;
    for difference in differences.unwrap_or_default() {
        match pdf.resolve(&difference) {
            Object::Name(name) => {
                if let Some(slot) = table.get_mut(code) {
                    *slot = named(&name).unwrap_or('\0');
                }
                code += 1;
            }
            object => code = object.count().unwrap_or(256),
        }
    }
    table
}

/// The letter that a name stands for. Latin letters are named by themselves, and what is not known has no letter.
fn named(name: &str) -> Option<char> {
    const NAMES: [(&str, char); 74] = [
        ("space", ' '),
        ("exclam", '!'),
        ("quotedbl", '"'),
        ("numbersign", '#'),
        ("dollar", '$'),
        ("percent", '%'),
        ("ampersand", '&'),
        ("quotesingle", '\''),
        ("parenleft", '('),
        ("parenright", ')'),
        ("asterisk", '*'),
        ("plus", '+'),
        ("comma", ','),
        ("hyphen", '-'),
        ("minus", '−'),
        ("period", '.'),
        ("slash", '/'),
        ("zero", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("colon", ':'),
        ("semicolon", ';'),
        ("less", '<'),
        ("equal", '='),
        ("greater", '>'),
        ("question", '?'),
        ("at", '@'),
        ("bracketleft", '['),
        ("backslash", '\\'),
        ("bracketright", ']'),
        ("asciicircum", '^'),
        ("underscore", '_'),
        ("grave", '`'),
        ("braceleft", '{'),
        ("bar", '|'),
        ("braceright", '}'),
        ("asciitilde", '~'),
        ("quoteleft", '‘'),
        ("quoteright", '’'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("quotedblbase", '„'),
        ("quotesinglbase", '‚'),
        ("guillemotleft", '«'),
        ("guillemotright", '»'),
        ("guilsinglleft", '‹'),
        ("guilsinglright", '›'),
        ("endash", '–'),
        ("emdash", '—'),
        ("bullet", '•'),
        ("ellipsis", '…'),
        ("section", '§'),
        ("degree", '°'),
        ("copyright", '©'),
        ("registered", '®'),
        ("trademark", '™'),
        ("multiply", '×'),
        ("plusminus", '±'),
        ("nbspace", ' '),
        ("fi", 'ﬁ'),
        ("fl", 'ﬂ'),
        ("dotlessi", 'ı'),
        ("periodcentered", '·'),
        ("afii61352", '№'),
        ("numero", '№'),
        ("afii10110", 'ў'),
        ("afii10062", 'Ў'),
    ];
    // The letters that Adobe numbers beside the alphabet of Russian.
    const BESIDE: [(u32, char); 22] = [
        (10050, 'Ґ'),
        (10051, 'Ђ'),
        (10052, 'Ѓ'),
        (10053, 'Є'),
        (10054, 'Ѕ'),
        (10055, 'І'),
        (10056, 'Ї'),
        (10057, 'Ј'),
        (10058, 'Љ'),
        (10059, 'Њ'),
        (10098, 'ґ'),
        (10099, 'ђ'),
        (10100, 'ѓ'),
        (10101, 'є'),
        (10102, 'ѕ'),
        (10103, 'і'),
        (10104, 'ї'),
        (10105, 'ј'),
        (10106, 'љ'),
        (10107, 'њ'),
        (10846, 'ә'),
        (10060, 'Ћ'),
    ];
    let mut characters = name.chars();
    if let (Some(c), None) = (characters.next(), characters.next()) {
        return Some(c);
    }
    if let Some((_, c)) = NAMES.iter().find(|(other, _)| *other == name) {
        return Some(*c);
    }
    if let Some(number) = name.strip_prefix("afii").and_then(|number| number.parse::<u32>().ok()) {
        // А to Я with Ё in its place, then а to я.
        let letter = |first: char, offset: u32, yo: char| match offset {
            0..=5 => char::from_u32(first as u32 + offset),
            6 => Some(yo),
            _ => char::from_u32(first as u32 + offset - 1),
        };
        return match number {
            10017..=10049 => letter('А', number - 10017, 'Ё'),
            10065..=10097 => letter('а', number - 10065, 'ё'),
            number => BESIDE.iter().find(|(other, _)| *other == number).map(|(_, c)| *c),
        };
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let digits = digits.get(..digits.len().min(if name.starts_with("uni") { 4 } else { 6 }))?;
    (digits.len() >= 4).then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_letters() {
        let read: String = [
            "afii10017",
            "afii10049",
            "afii10023",
            "afii10065",
            "afii10097",
            "afii10071",
            "uni04D9",
            "u0493",
            "A",
            "comma",
        ]
        .into_iter()
        .filter_map(named)
        .collect();
        assert_eq!(read, "АЯЁаяёәғA,");
        assert_eq!(named("g123"), None);
    }
}
