//! ODT: `content.xml` of the package. Headers and footers stand in another part; notes and comments are left out.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::Context;
use super::super::bundle::Budget;
use super::flow::Flow;
use super::package;
use super::xml::{Go, Reading, attribute, walk};
use crate::facts::{DocumentFacts, FileFacts, Unread};
use crate::source::Source;

/// How often a cell may say that it is repeated; programs draw wide empty tables like that.
const REPEATED: usize = 50;

/// Controls of a form that are kept.
const CONTROLS: usize = 10_000;

/// Blanks in a row that one element stands for; more are as good as one.
const BLANK: &str = " ";

pub(super) fn probe(
    source: &dyn Source,
    context: &Context<'_>,
    budget: &Budget,
    facts: &mut FileFacts,
    document: &mut DocumentFacts,
) {
    let Some(zip) = package::open(source, facts, document) else { return };
    let mut part = |name: &str| package::part(&zip, name, context, budget, facts);
    // With a password the parts are no XML any more, and the list of them says so.
    let manifest = part("META-INF/manifest.xml").ok().flatten();
    if manifest.is_some_and(|text| text.contains("encryption-data")) {
        document.unread = Some(Unread::Encrypted);
        return;
    }
    let text = part("content.xml");
    let mut counted = Counted::default();
    if let Ok(Some(text)) = part("meta.xml") {
        // What is damaged here is no loss.
        let _ = walk(&text, context, &mut counted);
    }
    let Some(text) = package::main(text, "content.xml", facts, document) else { return };
    document.pages = counted.pages.filter(|pages| *pages > 0);
    let mut words = Words::new();
    if let Err(damage) = walk(&text, context, &mut words) {
        facts.damage.push(damage);
    }
    document.pictures = words.pictures;
    words.flow.finish(facts, document);
}

/// `meta.xml`: how many pages the program counted.
#[derive(Default)]
struct Counted {
    pages: Option<u32>,
}

impl Reading for Counted {
    const SPACES: &'static [(&'static str, &'static str)] = &[];

    fn start(&mut self, (_, name): (&str, &str), element: &BytesStart<'_>) -> Go {
        if name == "document-statistic" {
            self.pages = attribute(element, "page-count").and_then(|count| count.parse().ok());
        }
        Go::In
    }

    fn end(&mut self, _: (&str, &str)) {}

    fn text(&mut self, _: &str) {}

    fn is_full(&self) -> bool {
        self.pages.is_some()
    }
}

/// `content.xml`.
struct Words {
    flow: Flow,
    pictures: u32,
    body: bool,
    /// Paragraphs around, each with whether it is in a box of its own: shapes hold paragraphs without saying that they are
    /// a box.
    paragraphs: Vec<bool>,
    /// Text boxes and cells around hold paragraphs of their own; so many paragraphs lie outside of them.
    outside: Vec<usize>,
    /// Each frame around: its picture was counted. The same one stands there in several formats.
    frames: Vec<bool>,
    /// Columns that the last cell spans beside its own.
    spanned: usize,
    /// Each content control around that shows something else than a value.
    controls: Vec<Control>,
    /// A box of an old form: whether it is ticked, once it says.
    ticked: Option<bool>,
    /// What the controls of forms say, by their ids.
    values: HashMap<String, String>,
    /// The list that options are read of, and where its value goes.
    list: Option<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Control {
    Value,
    Prompt,
    Box,
}

impl Words {
    fn new() -> Words {
        Words {
            flow: Flow::new(),
            pictures: 0,
            body: false,
            paragraphs: Vec::new(),
            outside: Vec::new(),
            frames: Vec::new(),
            spanned: 0,
            controls: Vec::new(),
            ticked: None,
            values: HashMap::new(),
            list: None,
        }
    }

    fn shown(&mut self, text: &str) {
        let hidden = self.controls.iter().any(|control| *control != Control::Value);
        if !self.paragraphs.is_empty() && !hidden {
            self.flow.text(text);
        }
    }

    fn tick(&mut self, ticked: bool) {
        self.flow.char(if ticked { '☒' } else { '☐' });
    }

    fn open_paragraph(&mut self) {
        let boxed = self.paragraphs.len() > self.outside.last().copied().unwrap_or(0);
        if boxed {
            self.flow.open_box();
        }
        self.paragraphs.push(boxed);
    }

    fn close_paragraph(&mut self) {
        match self.paragraphs.pop() {
            Some(true) => self.flow.close_box(),
            _ => self.flow.end_line(),
        }
    }

    fn table(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "table-row" => {
                self.spanned = 0;
                self.flow.open_row();
            }
            "table-cell" => {
                let columns = number(element, "number-columns-spanned").unwrap_or(1).saturating_sub(1);
                let repeated = number(element, "number-columns-repeated").unwrap_or(1).saturating_sub(1);
                for _ in 0..repeated.min(REPEATED) {
                    self.flow.open_cell();
                    self.flow.close_cell();
                }
                self.spanned = columns;
                self.outside.push(self.paragraphs.len());
                self.flow.open_cell();
            }
            _ => {}
        }
    }

    /// Below a merged cell there is an empty one; beside it there is none.
    fn covered(&mut self, element: &BytesStart<'_>) {
        let repeated = number(element, "number-columns-repeated").unwrap_or(1).min(REPEATED);
        for _ in 0..repeated.saturating_sub(self.spanned) {
            self.flow.open_cell();
            self.flow.close_cell();
        }
        self.spanned = self.spanned.saturating_sub(repeated);
    }

    /// Controls stand in front of the text, and where they are shown their ids do.
    fn form(&mut self, name: &str, element: &BytesStart<'_>) {
        let id = || attribute(element, "id");
        let value = || attribute(element, "current-value").or_else(|| attribute(element, "value")).unwrap_or_default();
        match name {
            "text" | "textarea" | "combobox" | "formatted-text" | "number" | "date" | "time" => {
                self.keep(id(), value());
            }
            "checkbox" | "radio" => {
                let state = attribute(element, "current-state").or_else(|| attribute(element, "state"));
                let selected = attribute(element, "current-selected").or_else(|| attribute(element, "selected"));
                let ticked = state.as_deref() == Some("checked") || selected.as_deref() == Some("true");
                let label = attribute(element, "label").unwrap_or_default();
                self.keep(id(), format!("{} {label}", if ticked { '☒' } else { '☐' }));
            }
            "listbox" => self.list = id(),
            "option" => {
                let selected =
                    attribute(element, "current-selected").or_else(|| attribute(element, "selected")).as_deref()
                        == Some("true");
                if selected && let Some(list) = self.list.clone() {
                    self.keep(Some(list), attribute(element, "label").unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, id: Option<String>, value: String) {
        if let Some(id) = id.filter(|_| self.values.len() < CONTROLS) {
            self.values.insert(id, value);
        }
    }

    fn drawing(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "frame" => self.frames.push(false),
            "image" => {
                let counted = self.frames.last_mut().is_some_and(|counted| std::mem::replace(counted, true));
                self.pictures = self.pictures.saturating_add(u32::from(!counted));
            }
            "text-box" => {
                self.outside.push(self.paragraphs.len());
                self.flow.open_box();
            }
            "control" => {
                let value = attribute(element, "control").and_then(|id| self.values.get(&id).cloned());
                self.flow.text(&value.unwrap_or_default());
            }
            _ => {}
        }
    }

    /// What LibreOffice adds to the standard: content controls, and the fields of old forms of Word.
    fn extension(&mut self, name: &str, element: &BytesStart<'_>) {
        let on = |name: &str| attribute(element, name).as_deref() == Some("true");
        match name {
            "content-control" => {
                let control = if on("checkbox") {
                    Control::Box
                } else if on("showing-place-holder") {
                    Control::Prompt
                } else {
                    Control::Value
                };
                if control == Control::Box && self.controls.iter().all(|control| *control == Control::Value) {
                    self.tick(on("checked"));
                }
                self.controls.push(control);
            }
            "fieldmark" | "fieldmark-start" => {
                let kind = attribute(element, "type").unwrap_or_default();
                self.ticked = kind.ends_with("FORMCHECKBOX").then_some(false);
            }
            "param" if self.ticked.is_some() && attribute(element, "name").as_deref() == Some("Checkbox_Checked") => {
                self.ticked = Some(on("value"));
            }
            _ => {}
        }
    }
}

impl Reading for Words {
    const SPACES: &'static [(&'static str, &'static str)] = &[
        ("xmlns:office:1.0", "office"),
        ("xmlns:text:1.0", "text"),
        ("xmlns:table:1.0", "table"),
        ("xmlns:drawing:1.0", "draw"),
        ("xmlns:form:1.0", "form"),
        ("xmlns:field:1.0", "field"),
        ("xmlns:loext:1.0", "loext"),
    ];

    fn start(&mut self, (space, name): (&str, &str), element: &BytesStart<'_>) -> Go {
        match (space, name) {
            ("office", "text") => self.body = true,
            ("office", "automatic-styles" | "font-face-decls" | "scripts" | "annotation") => return Go::Over,
            _ if !self.body => {}
            // What was deleted, what is said elsewhere, and what nobody sees.
            ("text", "tracked-changes" | "note" | "placeholder" | "hidden-text" | "ruby-text")
            | ("svg", "title" | "desc")
            | ("math" | "style", _) => return Go::Over,
            ("text", "p" | "h") => self.open_paragraph(),
            ("text", "s" | "tab") => self.shown(BLANK),
            ("text", "line-break") => self.flow.end_line(),
            ("table", "covered-table-cell") => {
                self.covered(element);
                return Go::Over;
            }
            ("table", name) => self.table(name, element),
            ("form", name) => {
                self.form(name, element);
                return if name == "textarea" { Go::Over } else { Go::In };
            }
            ("draw", name) => self.drawing(name, element),
            ("field" | "loext", name) => self.extension(name, element),
            _ => {}
        }
        Go::In
    }

    fn end(&mut self, (space, name): (&str, &str)) {
        match (space, name) {
            ("office", "text") => self.body = false,
            _ if !self.body => {}
            ("text", "p" | "h") => self.close_paragraph(),
            ("table", "table-row") => self.flow.close_row(),
            ("table", "table-cell") => {
                self.outside.pop();
                self.flow.close_cell();
            }
            ("form", "listbox") => self.list = None,
            ("draw", "frame") => {
                self.frames.pop();
            }
            ("draw", "text-box") => {
                self.outside.pop();
                self.flow.close_box();
            }
            ("loext", "content-control") => {
                self.controls.pop();
            }
            ("field", "fieldmark" | "fieldmark-start") => {
                if let Some(ticked) = self.ticked.take() {
                    self.tick(ticked);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.body {
            self.shown(text);
        }
    }

    fn is_full(&self) -> bool {
        self.flow.is_full()
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute(element, name)?.parse().ok()
}
