//! RTF: words that begin with a backslash, in groups, and text between them in the code page of the font.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

use super::super::Context;
use super::flow::Flow;
use crate::facts::{Damage, DamageKind, DocumentFacts, FileFacts};
use crate::source::Source;

/// Groups inside groups. Word stays below fifty.
const DEPTH: usize = 500;

/// Fonts that are known by their code page.
const FONTS: usize = 10_000;

/// Tables inside tables that are told apart.
const NESTED: i32 = 10;

/// Bytes of one run of text before it is decoded.
const RUN: usize = 4096;

/// Steps between two looks at the clock.
const STRIDE: u64 = 16_384;

/// What stands in these groups is no text of the document, or is there a second time for older programs.
const OTHERS: [&str; 40] = [
    "colortbl",
    "stylesheet",
    "listtable",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
    "atndate",
    "atnref",
    "fldinst",
    "shprslt",
    "sp",
    "nonshppict",
    "listtext",
    "pntext",
    "pntxtb",
    "pntxta",
    "nonesttables",
    "xe",
    "tc",
    "rxe",
    "txe",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
    "private",
    "themedata",
    "datastore",
    "revtbl",
    "objdata",
    "bkmkstart",
];

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts, document: &mut DocumentFacts) {
    let bytes = super::held(source, context, facts);
    let mut reader = Reader::new(&bytes);
    if let Some(damage) = reader.read(context) {
        facts.damage.push(damage);
    }
    document.pictures = reader.pictures;
    document.pages = reader.pages.filter(|pages| *pages > 0);
    reader.flow.finish(facts, document);
}

/// What holds inside a group and is as before behind it.
#[derive(Clone)]
struct State {
    /// Nothing here is text.
    other: bool,
    /// The group lists fonts.
    fonts: bool,
    /// The font, by its number.
    font: i32,
    /// Characters that stand in for one of Unicode.
    substitutes: u32,
    hidden: bool,
    deleted: bool,
    /// How many tables the paragraph is in.
    tables: i32,
    /// The group is the description of a form's field.
    field: bool,
    /// The group is a text box.
    boxed: bool,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    state: State,
    outer: Vec<State>,
    flow: Flow,
    /// Bytes of text that are not decoded yet, and how they are to be.
    run: Vec<u8>,
    /// The code page where a font names none.
    page: &'static Encoding,
    /// Code pages of fonts; none for a font of symbols.
    fonts: HashMap<i32, Option<&'static Encoding>>,
    /// The first half of a character outside the basic plane.
    half: Option<u16>,
    /// Characters to pass over: they stand for the one of Unicode before.
    skip: u32,
    /// The group has just begun with `\*`: it may be passed over if its word is not known.
    optional: bool,
    /// Rows that are open, one in another.
    rows: i32,
    /// Rows that are open around each text box.
    around: Vec<i32>,
    pictures: u32,
    pages: Option<u32>,
    /// The kind of the form's field that is described, what it says, and what it says if nobody chose.
    field: (Option<i32>, Option<i32>, i32),
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader {
            bytes,
            at: 0,
            state: State {
                other: false,
                fonts: false,
                font: -1,
                substitutes: 1,
                hidden: false,
                deleted: false,
                tables: 0,
                field: false,
                boxed: false,
            },
            outer: Vec::new(),
            flow: Flow::new(),
            run: Vec::new(),
            page: WINDOWS_1252,
            fonts: HashMap::new(),
            half: None,
            skip: 0,
            optional: false,
            rows: 0,
            around: Vec::new(),
            pictures: 0,
            pages: None,
            field: (None, None, 0),
        }
    }

    fn read(&mut self, context: &Context<'_>) -> Option<Damage> {
        for count in 0u64.. {
            let Some(&byte) = self.bytes.get(self.at) else {
                self.flush();
                return (!self.outer.is_empty()).then_some(Damage::new(DamageKind::Truncated));
            };
            if self.flow.is_full() {
                return None;
            }
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    self.skip = 0;
                    if self.outer.len() >= DEPTH {
                        return Some(Damage::new(DamageKind::OverLimit).at(self.at as u64));
                    }
                    self.outer.push(self.state.clone());
                    (self.state.field, self.state.boxed) = (false, false);
                }
                b'}' => {
                    self.flush();
                    self.skip = 0;
                    self.close();
                    // What follows the document is not read by anybody.
                    if self.outer.is_empty() {
                        return None;
                    }
                }
                b'\\' => self.word(),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
            if count % STRIDE == STRIDE - 1 && context.deadline.is_over() {
                return Some(Damage::new(DamageKind::OverTime).at(self.at as u64));
            }
        }
        None
    }

    fn close(&mut self) {
        if self.state.field {
            // 25 says that nobody chose.
            let (kind, result, default) = std::mem::take(&mut self.field);
            if kind == Some(1) {
                let ticked = result.filter(|result| *result != 25).unwrap_or(default) == 1;
                let other = std::mem::take(&mut self.state.other);
                self.show(if ticked { '☒' } else { '☐' });
                self.state.other = other;
            }
        }
        if self.state.boxed {
            self.flow.close_box();
            self.rows = self.around.pop().unwrap_or(0);
        }
        if let Some(outer) = self.outer.pop() {
            self.state = outer;
        }
    }

    /// Text that is shown can be written now.
    fn is_shown(&self) -> bool {
        !(self.state.other || self.state.fonts || self.state.hidden || self.state.deleted)
    }

    fn show(&mut self, c: char) {
        if self.is_shown() {
            self.fit();
            self.flow.char(c);
        }
    }

    /// A byte of text in the code page of the font.
    fn byte(&mut self, byte: u8) {
        self.optional = false;
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_shown() {
            self.run.push(byte);
            if self.run.len() >= RUN && byte.is_ascii() {
                self.flush();
            }
        }
    }

    /// Decodes the text that was gathered.
    fn flush(&mut self) {
        self.half = None;
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        self.fit();
        match self.fonts.get(&self.state.font).copied().unwrap_or(Some(self.page)) {
            Some(encoding) => self.flow.text(&encoding.decode_without_bom_handling(&run).0),
            None => {
                for byte in &run {
                    self.flow.char(char::from_u32(0xF000 + u32::from(*byte)).unwrap_or(' '));
                }
            }
        }
        self.run = run;
        self.run.clear();
    }

    /// Opens and closes rows until as many are open as the paragraph is tables deep.
    fn fit(&mut self) {
        let wanted = self.state.tables.clamp(0, NESTED);
        while self.rows > wanted {
            self.flow.close_row();
            self.rows -= 1;
        }
        while self.rows < wanted {
            self.flow.open_row();
            self.flow.open_cell();
            self.rows += 1;
        }
    }

    fn hex(&mut self) -> Option<u8> {
        let digits = self.bytes.get(self.at..self.at + 2)?;
        let number = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        self.at += 2;
        Some(number)
    }

    /// What follows a backslash.
    fn word(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    if let Some(byte) = self.hex() {
                        self.byte(byte);
                    }
                }
                b'\\' | b'{' | b'}' => self.byte(first),
                b'~' => self.byte(b' '),
                b'_' => self.byte(b'-'),
                b'\r' | b'\n' => self.control("par", None),
                b'*' => self.optional = true,
                _ => {}
            }
            return;
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        let after = &rest[length..];
        let sign = usize::from(after.first() == Some(&b'-'));
        let digits = after[sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = (digits > 0)
            .then(|| std::str::from_utf8(&after[..sign + digits]).ok()?.parse::<i64>().ok())
            .flatten()
            .map(|number| i32::try_from(number).unwrap_or(0));
        let mut used = length + if digits > 0 { sign + digits } else { 0 };
        // One blank belongs to the word.
        used += usize::from(rest.get(used) == Some(&b' '));
        self.at += used;
        if self.skip > 0 && name != "bin" {
            self.skip -= 1;
            return;
        }
        self.control(name, number);
    }

    fn control(&mut self, name: &str, number: Option<i32>) {
        let optional = std::mem::take(&mut self.optional);
        let on = number != Some(0);
        if name != "u" {
            self.flush();
        }
        match name {
            "bin" => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            "ansi" => self.page = WINDOWS_1252,
            "mac" => self.page = MACINTOSH,
            "ansicpg" => self.page = number.and_then(code_page).unwrap_or(self.page),
            "fonttbl" => self.state.fonts = true,
            "f" => self.state.font = number.unwrap_or(0),
            "fcharset" if self.state.fonts && self.fonts.len() < FONTS => {
                let encoding = match number {
                    Some(2) => None,
                    number => Some(number.and_then(charset).unwrap_or(self.page)),
                };
                self.fonts.insert(self.state.font, encoding);
            }
            "uc" => self.state.substitutes = number.and_then(|number| u32::try_from(number).ok()).unwrap_or(1).min(16),
            "u" => self.unicode(number.unwrap_or(0)),
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "plain" => (self.state.hidden, self.state.deleted) = (false, false),
            "pard" => self.state.tables = 0,
            "intbl" => self.state.tables = self.state.tables.max(1),
            "itap" => self.state.tables = number.unwrap_or(1),
            // They stand inside of what is passed over.
            "pict" => {
                let seen = self.outer.last().is_some_and(|outer| outer.other);
                self.pictures = self.pictures.saturating_add(u32::from(!seen));
                self.state.other = true;
            }
            "formfield" => self.state.field = true,
            "fftype" => self.field.0 = number,
            "ffres" => self.field.1 = number,
            "ffdefres" => self.field.2 = number.unwrap_or(0),
            "nofpages" => self.pages = number.and_then(|pages| u32::try_from(pages).ok()),
            "info" => self.state.other = true,
            // Pictures and texts of shapes, and rows of tables in tables, are what is looked for in these.
            "shppict" | "shpinst" | "nesttableprops" => {}
            "shptxt" if self.is_shown() => {
                self.fit();
                self.around.push(std::mem::take(&mut self.rows));
                self.state.boxed = true;
                self.state.tables = 0;
                self.flow.open_box();
            }
            _ if OTHERS.contains(&name) => self.state.other = true,
            _ if optional => self.state.other = true,
            _ if self.is_shown() => self.show_word(name),
            _ => {}
        }
    }

    fn show_word(&mut self, name: &str) {
        match name {
            "par" | "line" | "sect" | "page" | "column" => {
                self.fit();
                self.flow.end_line();
            }
            "cell" => {
                self.state.tables = self.state.tables.max(1);
                self.end_cell(1);
            }
            "nestcell" => self.end_cell(self.state.tables.max(2)),
            "row" => self.end_row(1),
            "nestrow" => self.end_row(self.state.tables.max(2)),
            "tab" | "emspace" | "enspace" | "qmspace" => self.show(' '),
            "bullet" => self.show('•'),
            "endash" => self.show('–'),
            "emdash" => self.show('—'),
            "lquote" => self.show('‘'),
            "rquote" => self.show('’'),
            "ldblquote" => self.show('“'),
            "rdblquote" => self.show('”'),
            _ => {}
        }
    }

    fn end_cell(&mut self, level: i32) {
        let level = level.min(NESTED);
        while self.rows > level {
            self.flow.close_row();
            self.rows -= 1;
        }
        while self.rows < level {
            self.flow.open_row();
            self.flow.open_cell();
            self.rows += 1;
        }
        // The first cell was opened with its row, others are with their text; an empty one is not until it ends.
        self.flow.ensure_cell();
        self.flow.close_cell();
    }

    fn end_row(&mut self, level: i32) {
        while self.rows >= level.min(NESTED) {
            self.flow.close_row();
            self.rows -= 1;
        }
    }

    /// A character of Unicode, or half of one, with its substitutes behind it.
    fn unicode(&mut self, number: i32) {
        self.skip = self.state.substitutes;
        let half = self.half.take();
        let unit = (number & 0xFFFF) as u16;
        if !self.run.is_empty() {
            self.flush();
        }
        let units = half.into_iter().chain([unit]);
        for c in char::decode_utf16(units) {
            match c {
                Ok(c) => self.show(c),
                Err(_) => self.half = (0xD800..0xDC00).contains(&unit).then_some(unit),
            }
        }
    }
}

/// The encoding of a Windows code page.
fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        437 | 1252 | 850 => WINDOWS_1252,
        866 => encoding_rs::IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        65001 => encoding_rs::UTF_8,
        10000 => MACINTOSH,
        10007 => encoding_rs::X_MAC_CYRILLIC,
        _ => return None,
    })
}

/// The encoding of a set of characters of Windows fonts; none where the document's own holds.
fn charset(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        128 => SHIFT_JIS,
        129 => EUC_KR,
        134 => GBK,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        _ => return None,
    })
}
