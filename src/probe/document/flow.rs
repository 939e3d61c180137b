//! What is read becomes paragraphs and rows. Here white space is tidied, tables in tables and boxes in paragraphs are
//! put into one order, and no more is kept than there is room for.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::facts::{Block, Damage, DamageKind, DocumentFacts, FileFacts};

/// Bytes of text kept of one document: thirty times an application form, and more than a novel.
const ROOM: usize = 1 << 20;

/// What a paragraph, a row or a cell costs of this room beside its text, so that empty ones are bounded too.
const EACH: usize = 8;

/// Boxes, rows and cells inside one another.
const DEPTH: usize = 64;

/// A line that grows. White space waits until a word follows.
#[derive(Default)]
struct Line {
    text: String,
    gap: bool,
}

/// The text under construction.
pub(super) struct Flow {
    blocks: Vec<Block>,
    levels: Vec<Level>,
    room: usize,
    over: bool,
}

/// Something that text stands in.
struct Level {
    what: What,
    line: Line,
    /// What waits until the line in front of it is at its end.
    after: Vec<Block>,
}

enum What {
    /// The document itself or a box in it; a box keeps what it holds until it ends.
    Body(Vec<Block>),
    /// Cells so far.
    Row(Vec<String>),
    /// Lines so far.
    Cell(String),
}

impl Level {
    fn new(what: What) -> Level {
        Level { what, line: Line::default(), after: Vec::new() }
    }
}

impl Flow {
    pub(super) fn new() -> Flow {
        Flow { blocks: Vec::new(), levels: Vec::new(), room: ROOM, over: false }
    }

    /// There is no room left: nothing that follows is kept.
    pub(super) fn is_full(&self) -> bool {
        self.over
    }

    /// Adds text to the line.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            self.char(c);
        }
    }

    /// Adds a character to the line.
    pub(super) fn char(&mut self, c: char) {
        if self.over || is_no_text(c) {
            return;
        }
        if let Some(letters) = ligature(c) {
            self.text(letters);
            return;
        }
        self.begin();
        let Some(line) = self.levels.last_mut().map(|level| &mut level.line) else { return };
        if c.is_whitespace() || c.is_control() {
            line.gap = !line.text.is_empty();
            return;
        }
        let size = c.len_utf8() + usize::from(line.gap);
        if size > self.room {
            self.over = true;
            return;
        }
        self.room -= size;
        if std::mem::take(&mut line.gap) {
            line.text.push(' ');
        }
        line.text.push(known(c));
    }

    /// Makes sure that there is something to write a line into.
    fn begin(&mut self) {
        match self.levels.last() {
            None => self.levels.push(Level::new(What::Body(Vec::new()))),
            // Text between cells belongs to no table; what is damaged gets a cell.
            Some(Level { what: What::Row(_), .. }) => self.open_cell(),
            Some(_) => {}
        }
    }

    fn pay(&mut self) -> bool {
        if self.room < EACH {
            self.over = true;
        } else {
            self.room -= EACH;
        }
        !self.over
    }

    /// The line ends: a paragraph does, or the author began a new line in it.
    pub(super) fn end_line(&mut self) {
        let Some(level) = self.levels.last_mut() else { return };
        // What waits in a row waits for the end of the row.
        if matches!(level.what, What::Row(_)) {
            return;
        }
        let line = composed(std::mem::take(&mut level.line).text);
        let after = std::mem::take(&mut level.after);
        match &mut level.what {
            What::Cell(text) => {
                add_line(text, &line);
                // Paragraphs of a box become lines of the cell that it is in; rows wait for the end of its own row.
                for block in after {
                    match block {
                        Block::Paragraph(line) => add_line(text, &line),
                        row @ Block::Row(_) => level.after.push(row),
                    }
                }
            }
            What::Body(held) => {
                let paragraph = (!line.is_empty()).then_some(Block::Paragraph(line));
                held.extend(paragraph.into_iter().chain(after));
            }
            What::Row(_) => {}
        }
        self.settle();
    }

    /// What the document itself holds need not wait.
    fn settle(&mut self) {
        if let [Level { what: What::Body(held), .. }] = self.levels.as_mut_slice() {
            let count = held.len();
            self.blocks.append(held);
            for _ in 0..count {
                self.pay();
            }
        }
    }

    fn open(&mut self, what: What) -> bool {
        // A level that finds no room is not opened, and then nothing more is kept.
        if self.levels.len() >= DEPTH || !self.pay() {
            self.over = true;
            return false;
        }
        self.begin_body();
        self.levels.push(Level::new(what));
        true
    }

    fn begin_body(&mut self) {
        if self.levels.is_empty() {
            self.levels.push(Level::new(What::Body(Vec::new())));
        }
    }

    /// A box begins that stands beside the line, such as a text box.
    pub(super) fn open_box(&mut self) {
        self.open(What::Body(Vec::new()));
    }

    /// The box ends.
    pub(super) fn close_box(&mut self) {
        self.close(1, |what| matches!(what, What::Body(_)));
    }

    /// A row of a table begins.
    pub(super) fn open_row(&mut self) {
        // A table stands between paragraphs; only damage or a box lets one begin inside a line.
        if let Some(Level { what: What::Body(_), .. }) = self.levels.last() {
            self.end_line();
        }
        self.open(What::Row(Vec::new()));
    }

    /// The row ends.
    pub(super) fn close_row(&mut self) {
        self.close(0, |what| matches!(what, What::Row(_)));
    }

    /// The row was taken out by its author.
    pub(super) fn drop_row(&mut self) {
        if let Some(at) = self.levels.iter().rposition(|level| matches!(level.what, What::Row(_))) {
            self.levels.truncate(at);
        }
    }

    /// A cell begins.
    pub(super) fn open_cell(&mut self) {
        if let Some(Level { what: What::Cell(_), .. }) = self.levels.last() {
            self.close_cell();
        }
        if matches!(self.levels.last(), Some(Level { what: What::Row(_), .. })) {
            self.open(What::Cell(String::new()));
        }
    }

    /// A cell begins if the row is not in one.
    pub(super) fn ensure_cell(&mut self) {
        if matches!(self.levels.last(), Some(Level { what: What::Row(_), .. })) {
            self.open_cell();
        }
    }

    /// The cell ends.
    pub(super) fn close_cell(&mut self) {
        self.close(0, |what| matches!(what, What::Cell(_)));
    }

    /// Ends the innermost level of this sort, and what was left open in it; `lowest` is the first that may be ended.
    fn close(&mut self, lowest: usize, is: fn(&What) -> bool) {
        let Some(at) = self.levels.iter().rposition(|level| is(&level.what)).filter(|at| *at >= lowest) else { return };
        while self.levels.len() > at {
            self.close_last();
        }
        self.settle();
    }

    fn close_last(&mut self) {
        self.end_line();
        let Some(level) = self.levels.pop() else { return };
        let parent = self.levels.last_mut();
        match (level.what, parent) {
            (What::Cell(text), Some(Level { what: What::Row(cells), after, .. })) => {
                cells.push(text);
                after.extend(level.after);
            }
            (What::Row(cells), Some(parent)) => {
                // A cell that only frames other tables says nothing itself.
                let frame = !level.after.is_empty() && cells.iter().all(String::is_empty);
                let row = (!frame && !cells.is_empty()).then_some(Block::Row(cells));
                let all = row.into_iter().chain(level.after);
                match &mut parent.what {
                    What::Body(held) => held.extend(all),
                    _ => parent.after.extend(all),
                }
            }
            (What::Body(held), Some(parent)) => parent.after.extend(held),
            (What::Body(held), None) => self.blocks.extend(held),
            (_, None) | (What::Cell(_), _) => {}
        }
    }

    /// A paragraph that is there at once.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.text(text);
        self.end_line();
    }

    /// A row that is there at once.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.open_row();
        for cell in cells {
            self.open_cell();
            for line in cell.split('\n') {
                self.paragraph(line);
            }
            self.close_cell();
        }
        self.close_row();
    }

    /// The document ends.
    pub(super) fn finish(mut self, facts: &mut FileFacts, document: &mut DocumentFacts) {
        while !self.levels.is_empty() {
            self.close_last();
        }
        if self.over {
            facts.damage.push(Damage::new(DamageKind::OverLimit).because("text"));
        }
        document.blocks = self.blocks;
    }
}

/// Letters with their marks in one piece: macOS writes й as и and a breve.
fn composed(line: String) -> String {
    if is_nfc_quick(line.chars()) == IsNormalized::Yes { line } else { line.nfc().collect() }
}

fn add_line(text: &mut String, line: &str) {
    if !line.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}

/// Marks that say where a word may break or how letters join, and nothing to a reader.
fn is_no_text(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffd}')
}

/// Letters that are drawn as one, in PDF most of all.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        _ => return None,
    })
}

/// Boxes and bullets of Wingdings and Symbol, which stand at places that Unicode leaves to each font.
fn known(c: char) -> char {
    match c {
        '\u{f06f}' | '\u{f071}' | '\u{f0a8}' => '☐',
        '\u{f0fd}' | '\u{f0fe}' => '☒',
        '\u{f0fc}' => '✓',
        '\u{f0a7}' | '\u{f0b7}' | '\u{f076}' | '\u{f0d8}' => '•',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Format, Identity};

    fn blocks(write: impl FnOnce(&mut Flow)) -> (Vec<Block>, bool) {
        let identity = Identity { format: Format::Docx, extension: None, promised: None, inner_extension: None };
        let (mut facts, mut document) = (FileFacts::new(identity, 0), DocumentFacts::default());
        let mut flow = Flow::new();
        write(&mut flow);
        flow.finish(&mut facts, &mut document);
        (document.blocks, !facts.damage.is_empty())
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    fn row(cells: &[&str]) -> Block {
        Block::Row(cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn white_space_is_tidied_and_lines_stay() {
        let (read, over) = blocks(|flow| {
            flow.text("\u{a0} Но\u{ad}ми ");
            flow.text("\t на  ция:____ ");
            flow.end_line();
            flow.end_line();
            flow.text("ﬁrst и\u{306}");
        });
        assert_eq!(read, [paragraph("Номи на ция:____"), paragraph("first й")]);
        assert!(!over);
    }

    #[test]
    fn boxes_follow_their_paragraph_and_tables_in_cells_their_row() {
        let (read, _) = blocks(|flow| {
            flow.text("before ");
            flow.open_box();
            flow.paragraph("in the box");
            flow.row(["a", "b"]);
            flow.close_box();
            flow.text("after");
            flow.end_line();
            flow.open_row();
            flow.open_cell();
            flow.paragraph("label");
            flow.paragraph("hint");
            flow.close_cell();
            flow.open_cell();
            flow.row(["x", ""]);
            flow.open_box();
            flow.paragraph("boxed");
            flow.close_box();
            flow.paragraph("value");
            flow.close_cell();
            flow.close_row();
            flow.open_row();
            flow.open_cell();
            flow.row(["only", "inner"]);
            flow.close_row();
        });
        assert_eq!(
            read,
            [
                paragraph("before after"),
                paragraph("in the box"),
                row(&["a", "b"]),
                row(&["label\nhint", "value\nboxed"]),
                row(&["x", ""]),
                row(&["only", "inner"]),
            ]
        );
    }

    #[test]
    fn nothing_grows_without_end() {
        let (read, over) = blocks(|flow| (0..3 << 20).for_each(|_| flow.text("а")));
        assert!(over && read.len() == 1);
        let (read, over) = blocks(|flow| (0..1 << 20).for_each(|_| flow.row(["", ""])));
        assert!(over && read.len() < 1 << 17, "{}", read.len());
        let (_, over) = blocks(|flow| (0..10_000).for_each(|_| flow.open_box()));
        assert!(over);
        let (read, _) = blocks(|flow| {
            flow.close_row();
            flow.close_box();
            flow.open_cell();
            flow.text("a");
            flow.close_cell();
            flow.open_row();
            flow.text("b");
        });
        assert_eq!(read, [paragraph("a"), row(&["b"])]);
    }
}
