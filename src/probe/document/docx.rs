//! DOCX: the main part of the package. Headers, footers, notes and comments stand in parts of their own and are left out.

use quick_xml::events::BytesStart;

use super::super::Context;
use super::super::bundle::Budget;
use super::flow::Flow;
use super::package;
use super::xml::{Go, Reading, attribute, is_on, walk};
use crate::facts::{DocumentFacts, FileFacts};
use crate::source::Source;

/// Where the main part nearly always lies.
const MAIN: &str = "word/document.xml";

/// Bytes of the result of one field that wait for its end.
const RESULT: usize = 64 * 1024;

/// Entries of a list in a form that are kept.
const CHOICES: usize = 100;

pub(super) fn probe(
    source: &dyn Source,
    context: &Context<'_>,
    budget: &Budget,
    facts: &mut FileFacts,
    document: &mut DocumentFacts,
) {
    let Some(zip) = package::open(source, facts, document) else { return };
    let mut part = |name: &str| package::part(&zip, name, context, budget, facts);
    let mut relations = Relations::default();
    if let Ok(Some(text)) = part("_rels/.rels") {
        // What is damaged here is found out when the main part is missing.
        let _ = walk(&text, context, &mut relations);
    }
    let main = relations.main.as_deref().unwrap_or(MAIN);
    let text = part(main).and_then(|text| if text.is_some() { Ok(text) } else { part(MAIN) });
    let mut properties = Properties::default();
    if let Ok(Some(text)) = part("docProps/app.xml") {
        let _ = walk(&text, context, &mut properties);
    }
    let Some(text) = package::main(text, main, facts, document) else { return };
    document.pages = properties.pages.filter(|pages| *pages > 0);
    let mut words = Words::new();
    if let Err(damage) = walk(&text, context, &mut words) {
        facts.damage.push(damage);
    }
    document.pictures = words.pictures;
    words.flow.finish(facts, document);
}

/// `_rels/.rels`: which part is the document.
#[derive(Default)]
struct Relations {
    main: Option<String>,
}

impl Reading for Relations {
    const SPACES: &'static [(&'static str, &'static str)] = &[];

    fn start(&mut self, (_, name): (&str, &str), element: &BytesStart<'_>) -> Go {
        let main = name == "Relationship"
            && attribute(element, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"));
        if main && let Some(target) = attribute(element, "Target") {
            self.main = Some(target.trim_start_matches(['/', '.']).to_owned());
        }
        Go::In
    }

    fn end(&mut self, _: (&str, &str)) {}

    fn text(&mut self, _: &str) {}

    fn is_full(&self) -> bool {
        self.main.is_some()
    }
}

/// `docProps/app.xml`: how many pages the program counted.
#[derive(Default)]
struct Properties {
    inside: bool,
    pages: Option<u32>,
}

impl Reading for Properties {
    const SPACES: &'static [(&'static str, &'static str)] = &[];

    fn start(&mut self, (_, name): (&str, &str), _: &BytesStart<'_>) -> Go {
        self.inside = name == "Pages";
        Go::In
    }

    fn end(&mut self, _: (&str, &str)) {
        self.inside = false;
    }

    fn text(&mut self, text: &str) {
        if self.inside {
            self.pages = text.trim().parse().ok();
        }
    }

    fn is_full(&self) -> bool {
        self.pages.is_some()
    }
}

/// The main part.
struct Words {
    flow: Flow,
    pictures: u32,
    /// Names of the elements around, so that the same element can mean different things.
    path: Vec<Box<str>>,
    controls: Vec<Control>,
    /// Legacy fields that are not at their end.
    fields: Vec<Field>,
    /// The run is hidden.
    hidden: bool,
    /// Text stands in an element for text.
    inside: bool,
    /// Each `mc:AlternateContent` around: one of its choices was taken.
    taken: Vec<bool>,
    /// Each row around: it was taken out with changes tracked.
    dropped: Vec<bool>,
}

/// A content control.
#[derive(Default)]
struct Control {
    /// It shows the prompt, and nothing was filled in.
    empty: bool,
    /// It is a box to tick.
    ticked: Option<bool>,
    /// The box was written.
    written: bool,
}

/// A field that begins, has an instruction, and shows a result.
#[derive(Default)]
struct Field {
    /// What follows is its result.
    shown: bool,
    ticked: Option<bool>,
    /// What a field for text shows as long as nothing is filled in.
    prompt: Option<String>,
    /// The result of a field for text, written at its end.
    result: String,
    choices: Vec<String>,
    chosen: Option<usize>,
}

impl Words {
    fn new() -> Words {
        Words {
            flow: Flow::new(),
            pictures: 0,
            path: Vec::new(),
            controls: Vec::new(),
            fields: Vec::new(),
            hidden: false,
            inside: false,
            taken: Vec::new(),
            dropped: Vec::new(),
        }
    }

    /// The element around is this one.
    fn below(&self, name: &str) -> bool {
        self.path.last().is_some_and(|last| &**last == name)
    }

    /// Text that is shown, unless a control shows it in place of a value.
    fn shown(&mut self, text: &str) {
        if self.hidden || self.controls.iter().any(|control| control.empty) {
            return;
        }
        if self.controls.iter().any(|control| control.ticked.is_some()) {
            // The mark in the control is what its font makes of it; what it means, the control says.
            self.tick();
            return;
        }
        // The result of a field for text is held until it is known whether it is the prompt.
        match self.fields.last_mut().filter(|field| field.shown && field.prompt.is_some()) {
            Some(field) if field.result.len() + text.len() <= RESULT => field.result.push_str(text),
            _ => self.flow.text(text),
        }
    }

    /// Writes the box of the innermost control that is one, if that was not done yet.
    fn tick(&mut self) {
        let open = self.controls.iter_mut().rev().find(|control| control.ticked.is_some() && !control.written);
        if let Some(control) = open {
            control.written = true;
            self.flow.char(if control.ticked == Some(true) { '☒' } else { '☐' });
        }
    }

    fn close_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        if field.prompt.is_some_and(|prompt| prompt.trim() != field.result.trim()) {
            self.shown(&field.result);
        }
        if let Some(chosen) = field.chosen.and_then(|chosen| field.choices.get(chosen)) {
            self.shown(chosen);
        }
    }

    fn field(&mut self, name: &str, element: &BytesStart<'_>) {
        let Some(field) = self.fields.last_mut() else { return };
        let value = || attribute(element, "val");
        match name {
            "checkBox" => field.ticked = Some(field.ticked.unwrap_or(false)),
            "textInput" => field.prompt = Some(String::new()),
            "checked" => field.ticked = Some(is_on(element)),
            "default" => match self.path.last().map(|last| &**last) {
                Some("checkBox") => field.ticked = Some(is_on(element)),
                Some("textInput") => field.prompt = value(),
                _ => {}
            },
            "result" => field.chosen = value().and_then(|value| value.parse().ok()),
            "listEntry" if field.choices.len() < CHOICES => field.choices.extend(value()),
            _ => {}
        }
    }

    fn word(&mut self, name: &str, element: &BytesStart<'_>) -> Go {
        match name {
            // What was deleted or moved away with changes tracked; ruby says the same once more.
            "del" | "moveFrom" if !matches!(self.path.last().map(|last| &**last), Some("rPr" | "trPr")) => {
                return Go::Over;
            }
            "del" if self.below("trPr") => {
                if let Some(dropped) = self.dropped.last_mut() {
                    *dropped = true;
                }
            }
            "rt" | "sectPr" | "instrText" | "delText" => return Go::Over,
            "r" => self.hidden = false,
            "vanish" if self.below("rPr") && self.path.iter().rev().nth(1).is_some_and(|outer| &**outer == "r") => {
                self.hidden = is_on(element);
            }
            "t" => self.inside = true,
            "tab" if self.below("r") => self.shown(" "),
            "ptab" => self.shown(" "),
            // A result that waits for the end of its field stays in one piece.
            "br" | "cr" if self.fields.last().is_some_and(|field| field.shown && field.prompt.is_some()) => {
                self.shown(" ");
            }
            "br" | "cr" => self.flow.end_line(),
            "noBreakHyphen" => self.shown("-"),
            "sym" => {
                if let Some(symbol) = symbol(element) {
                    self.shown(symbol.encode_utf8(&mut [0; 4]));
                }
            }
            "tr" => {
                self.dropped.push(false);
                self.flow.open_row();
            }
            "tc" => self.flow.open_cell(),
            "txbxContent" => self.flow.open_box(),
            "sdt" => self.controls.push(Control::default()),
            "showingPlcHdr" => {
                if let Some(control) = self.controls.last_mut() {
                    control.empty = is_on(element);
                }
            }
            "fldChar" => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => self.separate(),
                Some("end") => {
                    self.separate();
                    self.close_field();
                }
                _ => {}
            },
            _ => self.field(name, element),
        }
        Go::In
    }

    /// The result of a field begins; a box to tick is one itself.
    fn separate(&mut self) {
        let Some(field) = self.fields.last_mut() else { return };
        if !std::mem::replace(&mut field.shown, true)
            && let Some(ticked) = field.ticked
        {
            self.shown(if ticked { "☒" } else { "☐" });
        }
    }
}

impl Reading for Words {
    const SPACES: &'static [(&'static str, &'static str)] = &[
        ("wordprocessingml/2006/main", "w"),
        ("ooxml/wordprocessingml/main", "w"),
        ("markup-compatibility/2006", "mc"),
        ("office/word/2010/wordml", "w14"),
        ("drawingml/2006/picture", "pic"),
        ("drawingml/picture", "pic"),
        ("officeDocument/2006/math", "m"),
        ("officeDocument/math", "m"),
        ("microsoft-com:vml", "v"),
    ];

    fn start(&mut self, (space, name): (&str, &str), element: &BytesStart<'_>) -> Go {
        let go = match (space, name) {
            ("w", name) => self.word(name, element),
            ("mc", "AlternateContent") => {
                self.taken.push(false);
                Go::In
            }
            // The same thing for programs of different age: the first is the best.
            ("mc", "Choice") if self.taken.last_mut().is_some_and(|taken| !std::mem::replace(taken, true)) => Go::In,
            ("mc", "Choice" | "Fallback") => Go::Over,
            ("w14", "checkbox") => {
                if let Some(control) = self.controls.last_mut() {
                    control.ticked = Some(false);
                }
                Go::In
            }
            ("w14", "checked") => {
                if let Some(control) = self.controls.last_mut() {
                    control.ticked = Some(is_on(element));
                }
                Go::In
            }
            ("m", "t") => {
                self.inside = true;
                Go::In
            }
            ("pic", "pic") | ("v", "imagedata") => {
                self.pictures = self.pictures.saturating_add(1);
                Go::In
            }
            _ => Go::In,
        };
        if go == Go::In {
            self.path.push(name.into());
        }
        go
    }

    fn end(&mut self, (space, name): (&str, &str)) {
        self.path.pop();
        match (space, name) {
            ("w" | "m", "t") => self.inside = false,
            ("w", "r") => self.hidden = false,
            ("w", "p") => self.flow.end_line(),
            ("w", "tc") => self.flow.close_cell(),
            ("w", "tr") => {
                if self.dropped.pop() == Some(true) {
                    self.flow.drop_row();
                } else {
                    self.flow.close_row();
                }
            }
            ("w", "txbxContent") => self.flow.close_box(),
            // A box without a mark in it, before the paragraph that it is alone in ends.
            ("w", "sdtContent") => self.tick(),
            ("w", "sdt") => {
                self.controls.pop();
            }
            ("mc", "AlternateContent") => {
                self.taken.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.inside {
            self.shown(text);
        }
    }

    fn is_full(&self) -> bool {
        self.flow.is_full()
    }
}

/// A character of a font of symbols. Old documents tick boxes with Wingdings.
fn symbol(element: &BytesStart<'_>) -> Option<char> {
    let code = u32::from_str_radix(&attribute(element, "char")?, 16).ok()?;
    let second = attribute(element, "font").is_some_and(|font| font.eq_ignore_ascii_case("Wingdings 2"));
    Some(match code & 0xFF {
        0x52..=0x55 if second => '☒',
        0x2A | 0x30 | 0x35 | 0x81 | 0xA3 if second => '☐',
        low if code < 0x100 => char::from_u32(0xF000 + low)?,
        _ => char::from_u32(code)?,
    })
}
