//! A page: which letters stand where, and which lines are drawn. Together they make lines of text and rows of tables.

use std::collections::HashMap;
use std::rc::Rc;

use super::file::Pdf;
use super::font::{Font, Letters};
use super::lexer::{Dict, Lexer, Object, is_space};
use crate::probe::document::flow::Flow;

/// Pieces of text on a page.
const RUNS: usize = 50_000;

/// Drawn lines on a page.
const RULES: usize = 20_000;

/// Forms in forms.
const DEPTH: usize = 8;

/// States of graphics that are kept.
const SAVED: usize = 100;

/// Comparisons of text with lines on one page; beyond that it is no table that somebody filled in.
const COMPARED: usize = 20_000_000;

/// Points within which two places are the same.
const NEAR: f64 = 2.5;

/// Points below which nothing is a column.
const NARROW: f64 = 8.0;

/// How wide a gap must be to part columns, with the size of the font as unit. Justified lines stay below it.
const COLUMN: f64 = 2.5;

/// A gap that parts words, if no blank is written.
const WORD: f64 = 0.18;

/// a b c d e f: x becomes a·x + c·y + e, y becomes b·x + d·y + f.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const SAME: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This, and then `next`.
    fn then(self, next: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Matrix([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    fn of(numbers: &[f64]) -> Option<Matrix> {
        numbers.try_into().ok().map(Matrix)
    }
}

/// Text on one line without gaps.
struct Run {
    text: String,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    /// Quarters that it is turned by.
    turn: u8,
}

/// A line drawn along an edge: between which ends, and where across.
#[derive(Clone, Copy)]
struct Rule {
    from: f64,
    to: f64,
    at: f64,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// Fonts that were read, by the numbers of their objects.
pub(super) type Fonts = HashMap<u32, Rc<Font>>;

/// What is on a page.
pub(super) struct Page<'a> {
    pdf: &'a Pdf<'a>,
    fonts: &'a mut Fonts,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    runs: Vec<Run>,
    horizontal: Vec<Rule>,
    vertical: Vec<Rule>,
    /// Corners of the path that is drawn, each part of it.
    path: Vec<Vec<(f64, f64)>>,
    pub(super) pictures: u32,
    /// Letters that the file does not tell.
    pub(super) unknown: usize,
    pub(super) known: usize,
}

impl<'a> Page<'a> {
    pub(super) fn new(pdf: &'a Pdf<'a>, fonts: &'a mut Fonts) -> Page<'a> {
        let state = State {
            matrix: Matrix::SAME,
            font: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Page {
            pdf,
            fonts,
            state,
            saved: Vec::new(),
            text: Matrix::SAME,
            line: Matrix::SAME,
            runs: Vec::new(),
            horizontal: Vec::new(),
            vertical: Vec::new(),
            path: Vec::new(),
            pictures: 0,
            unknown: 0,
            known: 0,
        }
    }

    /// Does what the content of a page or a form says.
    pub(super) fn draw(&mut self, content: &[u8], resources: &Dict, depth: usize) {
        let mut lexer = Lexer::content(content);
        let mut operands: Vec<Object> = Vec::new();
        let mut start = 0;
        while let Some(object) = lexer.next() {
            if !self.pdf.work(lexer.at - start) || self.runs.len() >= RUNS {
                break;
            }
            start = lexer.at;
            let Object::Word(word) = object else {
                if operands.len() < 100 {
                    operands.push(object);
                }
                continue;
            };
            if &*word == "BI" {
                self.pictures = self.pictures.saturating_add(1);
                skip_picture(&mut lexer);
            } else {
                self.operate(&word, &operands, resources, depth);
            }
            operands.clear();
        }
    }

    fn operate(&mut self, word: &str, operands: &[Object], resources: &Dict, depth: usize) {
        let numbers: Vec<f64> = operands.iter().take(6).filter_map(Object::number).collect();
        match (word, numbers.as_slice()) {
            ("q", _) if self.saved.len() < SAVED => self.saved.push(self.state.clone()),
            ("Q", _) => self.state = self.saved.pop().unwrap_or(self.state.clone()),
            ("cm", numbers) => {
                if let Some(matrix) = Matrix::of(numbers) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            ("BT", _) => (self.text, self.line) = (Matrix::SAME, Matrix::SAME),
            ("Tf", &[size]) => {
                self.state.size = size;
                self.state.font = operands.first().and_then(Object::name).and_then(|name| self.font(resources, name));
            }
            ("Tc", &[gap]) => self.state.letter_gap = gap,
            ("Tw", &[gap]) => self.state.word_gap = gap,
            ("Tz", &[scale]) => self.state.scale = scale / 100.0,
            ("TL", &[leading]) => self.state.leading = leading,
            ("Ts", &[rise]) => self.state.rise = rise,
            ("Td", &[x, y]) => self.move_line(x, y),
            ("TD", &[x, y]) => {
                self.state.leading = -y;
                self.move_line(x, y);
            }
            ("T*", _) => self.move_line(0.0, -self.state.leading),
            ("Tm", numbers) => {
                if let Some(matrix) = Matrix::of(numbers) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            ("Tj", _) => self.show_all(operands),
            ("'", _) => {
                self.move_line(0.0, -self.state.leading);
                self.show_all(operands);
            }
            ("\"", &[word, letter]) => {
                (self.state.word_gap, self.state.letter_gap) = (word, letter);
                self.move_line(0.0, -self.state.leading);
                self.show_all(operands);
            }
            ("TJ", _) => {
                if let Some(Object::Array(parts)) = operands.first() {
                    self.show_all(parts);
                }
            }
            ("Do", _) => {
                if let Some(name) = operands.first().and_then(Object::name) {
                    self.draw_object(name, resources, depth);
                }
            }
            (word, numbers) => self.trace(word, numbers),
        }
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line);
        self.text = self.line;
    }

    fn font(&mut self, resources: &Dict, name: &str) -> Option<Rc<Font>> {
        let fonts = self.pdf.dict_in(resources, "Font")?;
        let object = fonts.get(name)?;
        let number = if let Object::Reference(number) = object { Some(*number) } else { None };
        if let Some(font) = number.and_then(|number| self.fonts.get(&number)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::new(self.pdf, &self.pdf.dict(object)?));
        if let Some(number) = number {
            self.fonts.insert(number, Rc::clone(&font));
        }
        Some(font)
    }

    fn draw_object(&mut self, name: &str, resources: &Dict, depth: usize) {
        let Some(objects) = self.pdf.dict_in(resources, "XObject") else { return };
        let Some(stream) = objects.get(name).and_then(|object| self.pdf.stream(object)) else { return };
        if stream.dict.is("Subtype", "Image") {
            self.pictures = self.pictures.saturating_add(1);
        } else if stream.dict.is("Subtype", "Form") && depth < DEPTH {
            let content = self.pdf.unpack(&stream);
            let matrix = self
                .pdf
                .array_in(&stream.dict, "Matrix")
                .and_then(|matrix| Matrix::of(&matrix.iter().filter_map(Object::number).collect::<Vec<f64>>()));
            let own = self.pdf.dict_in(&stream.dict, "Resources");
            let before = (self.state.clone(), self.text, self.line, self.saved.len());
            self.state.matrix = matrix.unwrap_or(Matrix::SAME).then(self.state.matrix);
            self.draw(&content, own.as_ref().unwrap_or(resources), depth + 1);
            self.saved.truncate(before.3);
            (self.state, self.text, self.line) = (before.0, before.1, before.2);
        }
    }

    /// Texts, and between them how far to go back, in thousandths.
    fn show_all(&mut self, parts: &[Object]) {
        for part in parts {
            match part {
                Object::Text(text) => self.show(text),
                Object::Number(back) => self.advance(-back / 1000.0 * self.state.size * self.state.scale),
                _ => {}
            }
        }
    }

    fn advance(&mut self, x: f64) {
        self.text = Matrix([1.0, 0.0, 0.0, 1.0, x, 0.0]).then(self.text);
    }

    fn show(&mut self, text: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        for glyph in font.glyphs(text) {
            let State { size, scale, letter_gap, word_gap, rise, .. } = self.state;
            let width = glyph.width * size * scale;
            let matrix = self.text.then(self.state.matrix);
            let (from, to) = (matrix.apply(0.0, rise), matrix.apply(width, rise));
            let [a, b, c, d, ..] = matrix.0;
            // Which way the text runs, and which way is up, decide how it is turned.
            let turn = if a.abs() >= b.abs() {
                if a >= 0.0 { 0 } else { 2 }
            } else if b >= 0.0 {
                1
            } else {
                3
            };
            let height = (c * c + d * d).sqrt() * size.abs();
            match &glyph.text {
                Some(Letters::Told(letters)) => self.put(letters, from, to, height, turn),
                Some(Letters::Plain(letter)) => self.put(letter.encode_utf8(&mut [0; 4]), from, to, height, turn),
                None => self.unknown += 1,
            }
            self.advance(width + (letter_gap + if glyph.blank { word_gap } else { 0.0 }) * scale);
        }
    }

    /// Puts letters in their place, behind the last ones if they go on with them.
    fn put(&mut self, letters: &str, from: (f64, f64), to: (f64, f64), size: f64, turn: u8) {
        let turned = |(x, y): (f64, f64)| match turn {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        let ((left, base), (right, _)) = (turned(from), turned(to));
        if ![left, base, right, size].iter().all(|number| number.is_finite()) || size <= 0.0 {
            return;
        }
        self.known += 1;
        if let Some(last) = self.runs.last_mut() {
            let gap = (left - last.right) / size;
            let beside =
                last.turn == turn && (base - last.base).abs() < 0.1 * size && (last.size - size).abs() < 0.2 * size;
            if beside && gap.abs() < WORD {
                last.text.push_str(letters);
                last.right = right;
                return;
            }
        }
        if self.runs.len() < RUNS {
            self.runs.push(Run { text: letters.to_owned(), left, right, base, size, turn });
        }
    }

    /// Paths: the lines of tables are drawn with them, or are thin boxes filled.
    fn trace(&mut self, word: &str, numbers: &[f64]) {
        let matrix = self.state.matrix;
        match (word, numbers) {
            ("m", &[x, y]) if self.path.len() < RULES => self.path.push(vec![matrix.apply(x, y)]),
            ("l", &[x, y]) => {
                if let Some(part) = self.path.last_mut().filter(|part| part.len() < 100) {
                    part.push(matrix.apply(x, y));
                }
            }
            ("c" | "v" | "y", _) => {
                // What is bent is no line of a table.
                self.path.pop();
            }
            ("h", _) => {
                if let Some(part) = self.path.last_mut()
                    && let Some(first) = part.first().copied()
                {
                    part.push(first);
                }
            }
            ("re", &[x, y, width, height]) if self.path.len() < RULES => {
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                self.path.push(corners.iter().map(|(x, y)| matrix.apply(*x, *y)).collect());
            }
            ("f" | "F" | "f*", _) => self.rules(false),
            ("S" | "s" | "B" | "B*" | "b" | "b*", _) => self.rules(true),
            ("n", _) => self.path.clear(),
            _ => {}
        }
    }

    fn rules(&mut self, stroked: bool) {
        for part in std::mem::take(&mut self.path) {
            let bounds = |axis: fn(&(f64, f64)) -> f64| {
                let all = part.iter().map(axis);
                all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
            };
            let ((left, right), (bottom, top)) = (bounds(|corner| corner.0), bounds(|corner| corner.1));
            if right - left <= NEAR || top - bottom <= NEAR {
                self.rule((left, bottom), (right, top));
            } else if stroked {
                for side in part.windows(2) {
                    let ((a, b), (c, d)) = (side[0], side[1]);
                    if (a - c).abs() <= NEAR || (b - d).abs() <= NEAR {
                        self.rule((a.min(c), b.min(d)), (a.max(c), b.max(d)));
                    }
                }
            }
        }
    }

    fn rule(&mut self, (left, bottom): (f64, f64), (right, top): (f64, f64)) {
        let (width, height) = (right - left, top - bottom);
        if !(width.is_finite() && height.is_finite()) || width.max(height) < NEAR {
            return;
        }
        if width >= height && self.horizontal.len() < RULES {
            self.horizontal.push(Rule { from: left, to: right, at: f64::midpoint(bottom, top) });
        } else if width < height && self.vertical.len() < RULES {
            self.vertical.push(Rule { from: bottom, to: top, at: f64::midpoint(left, right) });
        }
    }

    /// Writes what is on the page, from top to bottom.
    pub(super) fn write(self, flow: &mut Flow) {
        let Page { mut runs, horizontal, vertical, .. } = self;
        // Blanks alone only tell that there is a gap, and where it is they do not.
        runs.retain(|run| !run.text.trim().is_empty());
        // Nearly all text runs one way; what runs another, such as the heads of narrow columns, comes last.
        let mut count = [0usize; 4];
        for run in &runs {
            count[usize::from(run.turn & 3)] += run.text.len();
        }
        let main = (0..4u8).max_by_key(|turn| (count[usize::from(*turn)], 3 - *turn)).unwrap_or(0);
        let (straight, turned): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.turn == main);
        let small = straight.len().saturating_mul(horizontal.len() + vertical.len()) <= COMPARED;
        let grid = (main == 0 && small).then(|| Grid::new(horizontal, vertical));
        write_straight(straight, grid.as_ref(), flow);
        let mut rest = turned;
        rest.sort_by_key(|run| run.turn);
        while let Some(turn) = rest.first().map(|run| run.turn) {
            let others = rest.iter().position(|run| run.turn != turn).unwrap_or(rest.len());
            let after = rest.split_off(others);
            write_straight(rest, None, flow);
            rest = after;
        }
    }
}

/// The data of a picture that stands in the content ends with EI between blanks.
fn skip_picture(lexer: &mut Lexer<'_>) {
    loop {
        match lexer.next() {
            Some(object) if object.is_word("ID") => break,
            Some(_) => {}
            None => return,
        }
    }
    let mut at = lexer.at;
    while let Some(found) = memchr::memmem::find(&lexer.bytes[at..], b"EI").map(|found| at + found) {
        at = found + 2;
        let before = lexer.bytes.get(found.wrapping_sub(1)).is_none_or(|byte| is_space(*byte));
        if before && lexer.bytes.get(at).is_none_or(|byte| is_space(*byte)) {
            break;
        }
    }
    lexer.at = at.max(lexer.at);
}

/// The lines of the tables of a page.
struct Grid {
    horizontal: Vec<Rule>,
    vertical: Vec<Rule>,
}

/// Edges of a cell: left, top, right, bottom.
type Cell = [f64; 4];

impl Grid {
    fn new(horizontal: Vec<Rule>, vertical: Vec<Rule>) -> Grid {
        Grid { horizontal, vertical }
    }

    /// The cell around a place: the nearest line on every side that passes by it.
    fn cell(&self, x: f64, y: f64) -> Option<Cell> {
        let near = |rules: &[Rule], along: f64, across: f64| {
            let mut sides = (f64::NEG_INFINITY, f64::INFINITY);
            for rule in rules.iter().filter(|rule| rule.from - NEAR <= along && along <= rule.to + NEAR) {
                if rule.at <= across {
                    sides.0 = sides.0.max(rule.at);
                } else {
                    sides.1 = sides.1.min(rule.at);
                }
            }
            (sides.0.is_finite() && sides.1.is_finite()).then_some(sides)
        };
        let (left, right) = near(&self.vertical, y, x)?;
        let (bottom, top) = near(&self.horizontal, x, y)?;
        Some([left, top, right, bottom])
    }

    /// Where columns begin in the row that lies between these heights and has this cell in it.
    fn columns(&self, [left, top, right, bottom]: Cell) -> Vec<f64> {
        let middle = f64::midpoint(top, bottom);
        let mut at: Vec<f64> = self
            .vertical
            .iter()
            .filter(|rule| rule.from - NEAR <= middle && middle <= rule.to + NEAR)
            .map(|rule| rule.at)
            .collect();
        at.sort_by(f64::total_cmp);
        // The edge of a table in a cell stands close to that of the cell.
        at.dedup_by(|next, before| *next - *before <= NARROW);
        // The same table goes on as long as there are lines on all sides.
        let joined = |x: f64| self.cell(x, middle).is_some();
        let mut columns = vec![left];
        for pair in at.windows(2).rev().filter(|pair| pair[1] <= left + NARROW) {
            if !joined(f64::midpoint(pair[0], pair[1])) {
                break;
            }
            columns.insert(0, pair[0]);
        }
        for pair in at.windows(2).filter(|pair| pair[0] >= right - NARROW) {
            if !joined(f64::midpoint(pair[0], pair[1])) {
                break;
            }
            columns.push(pair[0]);
        }
        columns
    }
}

/// Sizes of letters between a line and the next of the same text.
const LEADING: f64 = 2.0;

/// Columns of a row that the lines below are held against. Forms have a handful; the work grows with their square.
const MOST_COLUMNS: usize = 64;

/// A line of text, or what stands in one cell of a table.
struct Piece {
    top: f64,
    runs: Vec<Run>,
    cell: Option<Cell>,
}

fn write_straight(runs: Vec<Run>, grid: Option<&Grid>, flow: &mut Flow) {
    let (mut free, mut cells): (Vec<Run>, Vec<Piece>) = (Vec::new(), Vec::new());
    // Cells by their corners, in whole points.
    let mut known: HashMap<[i64; 4], usize> = HashMap::new();
    for run in runs {
        let middle = (f64::midpoint(run.left, run.right), run.base + run.size * 0.25);
        match grid.and_then(|grid| grid.cell(middle.0, middle.1)) {
            Some(cell) => {
                let index = *known.entry(cell.map(|edge| edge.round() as i64)).or_insert_with(|| {
                    cells.push(Piece { top: cell[1], runs: Vec::new(), cell: Some(cell) });
                    cells.len() - 1
                });
                cells[index].runs.push(run);
            }
            None => free.push(run),
        }
    }
    let mut pieces: Vec<Piece> =
        lines(free).into_iter().map(|runs| Piece { top: height(&runs), runs, cell: None }).collect();
    pieces.extend(cells);
    // From top to bottom, and cells of one row from left to right.
    pieces.sort_by(|a, b| b.top.total_cmp(&a.top));
    let mut rest = pieces.into_iter().peekable();
    let mut above = None;
    while let Some(piece) = rest.next() {
        let Some(cell) = piece.cell else {
            write_line(&piece.runs, &mut above, flow);
            continue;
        };
        above = None;
        let mut row = vec![(cell, piece.runs)];
        while let Some(next) = rest.next_if(|next| next.cell.is_some_and(|next| (next[1] - cell[1]).abs() <= NEAR)) {
            if let Some(cell) = next.cell {
                row.push((cell, next.runs));
            }
        }
        write_row(row, grid, flow);
    }
}

fn height(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.base + run.size * 0.25).fold(f64::NEG_INFINITY, f64::max)
}

/// Runs that stand on one line, from top to bottom, each line from left to right.
fn lines(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    runs.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut lines: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            // Raised and lowered letters belong to the line beside them.
            Some(line) if line[0].base - run.base < 0.45 * line[0].size.max(run.size) => line.push(run),
            _ => lines.push(vec![run]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}

/// The texts of a line, each with where it begins: wide gaps part them, narrow ones are blanks, unless a column of the row
/// above begins there.
fn parts(line: &[Run], columns: &[f64]) -> Vec<(f64, String)> {
    let mut parts: Vec<(f64, String)> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for run in line {
        let gap = (run.left - end) / run.size;
        let begins = gap >= WORD && columns.iter().any(|column| (column - run.left).abs() <= NEAR);
        match parts.last_mut() {
            Some((_, part)) if gap < COLUMN && !begins => {
                if gap >= WORD {
                    part.push(' ');
                }
                part.push_str(&run.text);
            }
            _ => parts.push((run.left, run.text.clone())),
        }
        end = end.max(run.right);
    }
    parts
}

/// A row that its gaps told, for what goes on below it.
struct Above {
    /// Where its texts begin.
    columns: Vec<f64>,
    base: f64,
}

impl Above {
    /// The columns below which the parts of a line stand, if it is the next line and does not begin in the first of them.
    fn below(&self, parts: &[(f64, String)], line: &Run) -> Option<Vec<usize>> {
        let near = self.base - line.base <= LEADING * line.size;
        let column = |left: f64| self.columns.iter().position(|column| (column - left).abs() <= NEAR);
        let found: Vec<usize> = parts.iter().map(|(left, _)| column(*left)).collect::<Option<_>>()?;
        (near && found.first() > Some(&0) && found.is_sorted_by(|a, b| a < b)).then_some(found)
    }
}

fn write_line(line: &[Run], above: &mut Option<Above>, flow: &mut Flow) {
    let Some(first) = line.first() else { return };
    let near = above.as_ref().filter(|row| row.base - first.base <= LEADING * first.size);
    let parts = parts(line, near.map_or(&[], |row| row.columns.as_slice()));
    if let Some(row) = above
        && let Some(found) = row.below(&parts, first)
    {
        row.base = first.base;
        let mut cells = vec![""; row.columns.len()];
        for (column, (_, text)) in found.iter().zip(&parts) {
            cells[*column] = text;
        }
        flow.row(cells);
        return;
    }
    match parts.as_slice() {
        [] => {}
        [(left, text)] => {
            // What begins where the row does may be the rest of its first cell; others may still go on below it.
            *above = above.take().filter(|row| {
                let first_column = row.columns.first().is_some_and(|column| (column - left).abs() <= NEAR);
                first_column && row.base - first.base <= LEADING * first.size
            });
            if let Some(row) = above {
                row.base = first.base;
            }
            flow.paragraph(text);
        }
        parts => {
            let columns = || parts.iter().map(|(left, _)| *left).collect();
            *above = (parts.len() <= MOST_COLUMNS).then(|| Above { columns: columns(), base: first.base });
            flow.row(parts.iter().map(|(_, text)| text.as_str()));
        }
    }
}

fn write_row(mut row: Vec<(Cell, Vec<Run>)>, grid: Option<&Grid>, flow: &mut Flow) {
    row.sort_by(|a, b| a.0[0].total_cmp(&b.0[0]));
    let lowest = row.iter().map(|(cell, _)| cell[3]).fold(f64::NEG_INFINITY, f64::max);
    let Some((first, _)) = row.first() else { return };
    let band = [first[0], first[1], first[2], lowest];
    let columns = grid.map(|grid| grid.columns(band)).unwrap_or_default();
    let mut cells: Vec<(f64, String)> = row
        .into_iter()
        .map(|(cell, runs)| {
            let mut words = String::new();
            for (_, text) in lines(runs).iter().flat_map(|line| parts(line, &[])) {
                // A word with a hyphen may be broken there.
                let broken = words.ends_with('-') && !words.ends_with(" -") && text.starts_with(char::is_lowercase);
                if !words.is_empty() && !broken {
                    words.push(' ');
                }
                words.push_str(&text);
            }
            (cell[0], words)
        })
        .collect();
    // Where nothing is written there is a cell too.
    for column in columns {
        if cells.iter().all(|(left, _)| (left - column).abs() > NARROW) {
            cells.push((column, String::new()));
        }
    }
    cells.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let [(_, text)] = cells.as_slice() {
        // A frame around text is no table.
        flow.paragraph(text);
    } else {
        flow.row(cells.iter().map(|(_, text)| text.as_str()));
    }
}
