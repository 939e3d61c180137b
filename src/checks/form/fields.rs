//! Labels and fields of a form.

use std::collections::BTreeMap;

use super::names::{Row, fold, folded, holds};
use crate::facts::{Block, DocumentFacts};

/// What a document says in the fields of a form.
#[derive(Default)]
pub(in super::super) struct Read {
    /// The fields by their ids; an empty text is a field that was left blank.
    pub values: BTreeMap<String, String>,
    /// The language of most of the printed labels.
    pub language: Option<&'static str>,
    /// It has a label that hardly anything but the form has.
    pub telling: bool,
    /// Words in front of the first field.
    pub before: usize,
}

/// Reads the fields of a form.
pub(super) fn of(said: &DocumentFacts, rows: &[Row]) -> Read {
    let labels = Labels::of(rows);
    let mut form = Filled::new(&labels);
    for unit in units(said, &labels) {
        match unit {
            Unit::Row(cells) => form.row(&cells),
            Unit::Line(line) => form.line(&line),
        }
    }
    form.finish()
}

/// A line of a paragraph, or a row.
enum Unit {
    Line(String),
    Row(Vec<String>),
}

/// Lines and rows, with labels that were broken over several of them put together.
fn units(said: &DocumentFacts, labels: &Labels<'_>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for block in &said.blocks {
        match block {
            Block::Row(cells) => {
                let goes_on = |above: &[String]| {
                    let mut pairs = above.iter().zip(cells);
                    pairs.position(|(above, cell)| labels.goes_on(above, cell)).filter(|_| above.len() > 1)
                };
                match units.last_mut() {
                    Some(Unit::Row(above)) if let Some(broken) = goes_on(above) => {
                        for (at, cell) in cells.iter().enumerate() {
                            let into = at.min(above.len() - 1);
                            let between = if at == broken { ' ' } else { '\n' };
                            above[into].extend([between]);
                            above[into].push_str(cell);
                        }
                    }
                    // A label whose first line stands above the answer.
                    Some(Unit::Line(above))
                        if cells.len() > 1 && labels.goes_on(above, cells.first().map_or("", String::as_str)) =>
                    {
                        let mut cells = cells.clone();
                        cells[0] = format!("{above} {}", cells[0]);
                        units.pop();
                        units.push(Unit::Row(cells));
                    }
                    _ => units.push(Unit::Row(cells.clone())),
                }
            }
            Block::Paragraph(text) => {
                for line in text.split('\n') {
                    match units.last_mut() {
                        Some(Unit::Line(above)) if labels.goes_on(above, line) => *above = format!("{above} {line}"),
                        Some(Unit::Row(above)) if above.len() > 1 && labels.goes_on(&above[0], line) => {
                            above[0] = format!("{} {line}", above[0]);
                        }
                        _ => units.push(Unit::Line(line.to_owned())),
                    }
                }
            }
        }
    }
    units
}

/// A form that is read.
struct Filled<'a> {
    labels: &'a Labels<'a>,
    /// What stands behind each occurrence of a label.
    values: BTreeMap<&'a str, Vec<String>>,
    /// What may be a label with an answer behind it, if the field is found nowhere else.
    perhaps: BTreeMap<&'a str, String>,
    /// The field that the lines which follow still belong to.
    open: Option<&'a Row>,
    /// What lines gave the open field, each with whether it stood on a drawn line.
    parts: Vec<(String, bool)>,
    /// The last line that belonged to nothing, if it stood on a drawn line.
    loose: Option<String>,
    /// The fields of the columns of a table whose first row holds the labels.
    columns: Vec<Option<&'a Row>>,
    /// The same, once there was a row of answers.
    listed: Vec<Option<&'a Row>>,
    /// The field whose label is all of the row above.
    below: Option<&'a Row>,
    /// The field of the row above and the column of its label: a merged cell goes on below it.
    beside: Option<(&'a Row, usize)>,
    languages: BTreeMap<&'static str, usize>,
    telling: bool,
    before: usize,
}

impl<'a> Filled<'a> {
    fn new(labels: &'a Labels<'a>) -> Filled<'a> {
        Filled {
            labels,
            values: BTreeMap::new(),
            perhaps: BTreeMap::new(),
            open: None,
            parts: Vec::new(),
            loose: None,
            columns: Vec::new(),
            listed: Vec::new(),
            below: None,
            beside: None,
            languages: BTreeMap::new(),
            telling: false,
            before: 0,
        }
    }

    /// A label was found: what follows is a new answer.
    fn begin(&mut self, found: &Found<'a, '_>) {
        let row = found.row;
        if row.beside {
            return;
        }
        self.telling |= row.telling || found.long;
        if let Some(language) = found.language {
            *self.languages.entry(language).or_default() += 1;
        }
        self.values.entry(&row.id).or_default().push(String::new());
        self.put(row, found.rest);
    }

    fn put(&mut self, row: &'a Row, words: &str) {
        if row.beside {
            return;
        }
        let words = self.labels.answer(words);
        let Some(value) = self.values.entry(&row.id).or_default().last_mut() else { return };
        if !words.is_empty() {
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(&words);
        }
    }

    fn is_blank(&self, row: &Row) -> bool {
        self.values.get(row.id.as_str()).is_none_or(|values| values.last().is_none_or(String::is_empty))
    }

    fn is_answered(&self, row: &Row) -> bool {
        self.values.get(row.id.as_str()).is_some_and(|values| values.iter().any(|value| !value.is_empty()))
    }

    fn count_before(&mut self, text: &str) {
        if self.values.is_empty() {
            self.before = self.before.saturating_add(text.split_whitespace().count());
        }
    }

    fn close(&mut self) {
        self.open = None;
        self.parts.clear();
    }

    /// A row holds a label and what belongs to it, perhaps several times; or labels alone, above what belongs to them.
    fn row(&mut self, cells: &[String]) {
        self.close();
        self.loose = None;
        let labels = self.labels;
        let sure = |line: &str| {
            let found = labels.begins(line).found().filter(|found| found.sure && !found.row.beside);
            found.map(|found| found.row.id.as_str())
        };
        for cell in cells {
            // A table that is only drawn around the form.
            let mut ids: Vec<&str> = cell.lines().filter_map(sure).collect();
            ids.sort_unstable();
            ids.dedup();
            if ids.len() > 1 {
                cells.iter().flat_map(|cell| cell.lines()).for_each(|line| self.line(line));
                self.close();
                return;
            }
        }
        let found: Vec<Option<Found<'a, '_>>> = cells.iter().map(|cell| labels.begins(cell).found()).collect();
        let listed = std::mem::take(&mut self.listed);
        let (columns, below, beside) = (std::mem::take(&mut self.columns), self.below.take(), self.beside.take());
        if is_head(&found) {
            for found in found.iter().flatten() {
                self.begin(found);
            }
            self.columns = found.iter().map(|found| found.as_ref().map(|found| found.row)).collect();
            return;
        }
        if let ([cell], Some(row)) = (cells, below)
            && found[0].as_ref().is_none_or(|found| !found.sure)
        {
            self.put(row, cell);
            return;
        }
        if found.iter().flatten().all(|found| !found.sure) && !columns.is_empty() {
            for (column, cell) in columns.iter().zip(cells) {
                if let Some(row) = column {
                    self.put(row, cell);
                }
            }
            self.listed = columns;
            return;
        }
        let more = listed.iter().zip(cells).filter(|(row, cell)| row.is_some() && !labels.answer(cell).is_empty());
        if found.iter().flatten().all(|found| !found.sure) && more.count() > 1 {
            // A table of several works is a list, and no form.
            for row in listed.iter().flatten() {
                if let Some(answers) = self.values.get_mut(row.id.as_str()) {
                    answers.pop();
                    if answers.is_empty() {
                        self.values.remove(row.id.as_str());
                    }
                }
            }
            return;
        }
        if let Some((row, column)) = beside
            && found.iter().all(Option::is_none)
            && cells.len() > column
            && cells[..=column].iter().all(|cell| labels.answer(cell).is_empty())
        {
            cells[column + 1..].iter().for_each(|cell| self.put(row, cell));
            self.beside = beside;
            return;
        }
        cells.iter().for_each(|cell| self.count_before(cell));
        let mut current: Option<&'a Row> = None;
        let mut waits = false;
        for (at, (found, cell)) in found.iter().zip(cells).enumerate() {
            // What stands beside a label is its answer, even if it begins with the same word.
            let found = found.as_ref().filter(|found| {
                !waits || found.is_bare() || (found.sure && current.is_none_or(|row| row.id != found.row.id))
            });
            match (found, current) {
                (Some(found), _) => {
                    let same = current.is_some_and(|row| row.id == found.row.id) && waits;
                    if !same || !found.is_bare() {
                        self.begin(found);
                    }
                    waits = found.is_bare();
                    current = Some(found.row);
                    self.beside = Some((found.row, at));
                }
                (None, Some(row)) => {
                    self.put(row, cell);
                    waits = waits && self.labels.answer(cell).is_empty();
                }
                (None, None) => {}
            }
        }
        if cells.len() == 1 && waits {
            self.below = current;
        }
    }

    fn line(&mut self, line: &str) {
        self.columns.clear();
        (self.below, self.beside) = (None, None);
        let drawn = line.contains("__");
        let loose = self.loose.take();
        let is_long = |row: Option<&Row>| row.is_some_and(|row| row.long);
        if self.labels.answer(line).is_empty() {
            // A line that was left free, behind an answer, is the end of it.
            let free = drawn && self.open.is_some_and(|row| !row.long && !self.is_blank(row));
            if free {
                self.close();
            }
            return;
        }
        if let Some((row, before)) = self.labels.ends(line)
            && !(is_long(self.open) && self.is_answered(row))
        {
            let above = (drawn && self.labels.answer(before).is_empty()).then(|| self.take_above()).flatten().or(loose);
            self.begin(&Found::plain(row, before));
            if let Some(above) = above.filter(|_| self.is_blank(row)) {
                self.put(row, &above);
            }
            self.close();
            return;
        }
        match self.labels.begins(line) {
            Label::Found(found) if !self.is_text(&found) => {
                self.begin(&found);
                self.parts.clear();
                if !self.labels.answer(found.rest).is_empty() {
                    self.parts.push((found.rest.to_owned(), drawn));
                }
                self.open = (!found.row.beside).then_some(found.row);
                return;
            }
            Label::Perhaps(found) if !is_long(self.open) => {
                let open_blank = self.open.is_some_and(|row| row.id == found.row.id && self.is_blank(row));
                if !open_blank {
                    if !found.row.beside && starts_answer(found.rest) {
                        self.perhaps.entry(&found.row.id).or_insert_with(|| found.rest.to_owned());
                    }
                    self.close();
                    return;
                }
            }
            _ => {}
        }
        self.count_before(line);
        match self.open {
            Some(row) => {
                let another = !row.long && !self.is_blank(row) && is_labelled(line);
                if another || (row.long && is_date(line)) {
                    self.close();
                    return;
                }
                self.put(row, line);
                self.parts.push((line.to_owned(), drawn));
            }
            None => self.loose = drawn.then(|| line.to_owned()),
        }
    }

    /// What looks like a label is a part of the answer that is being read.
    fn is_text(&self, found: &Found<'a, '_>) -> bool {
        let Some(open) = self.open else { return false };
        // "Школа - лицей" below the label of the school.
        let own = !found.printed && !found.is_bare() && !found.rest.trim_start().starts_with(':');
        if found.sure && !(own && open.id == found.row.id) {
            return false;
        }
        if open.id == found.row.id {
            return self.is_blank(open);
        }
        open.long && (!found.printed || self.is_answered(found.row))
    }

    /// The last line of the open answer, which stands on a line of its own, above the label of another field.
    fn take_above(&mut self) -> Option<String> {
        let open = self.open?;
        if self.parts.len() < 2 || !self.parts.iter().all(|(_, drawn)| *drawn) {
            return None;
        }
        let (last, _) = self.parts.pop()?;
        let rest: Vec<String> = self.parts.iter().map(|(part, _)| self.labels.answer(part)).collect();
        *self.values.get_mut(open.id.as_str())?.last_mut()? = rest.join(" ");
        Some(last)
    }

    fn finish(self) -> Read {
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        for (id, answers) in self.values {
            let mut kept: Vec<String> = Vec::new();
            for answer in answers.iter().map(|answer| chosen(answer)).filter(|answer| !answer.is_empty()) {
                if !kept.iter().any(|other| folded(other) == folded(&answer)) {
                    kept.push(answer);
                }
            }
            values.insert(id.to_owned(), kept.join(" / "));
        }
        for (id, answer) in self.perhaps {
            values.entry(id.to_owned()).or_insert_with(|| chosen(&self.labels.answer(&answer)));
        }
        let most = self.languages.iter().max_by_key(|(_, count)| **count);
        let single = most.filter(|(_, count)| self.languages.values().filter(|other| other == count).count() == 1);
        let language = single.map(|(language, _)| *language);
        Read { values, language, telling: self.telling, before: self.before }
    }
}

/// Labels stand side by side, each above its answer.
fn is_head(found: &[Option<Found<'_, '_>>]) -> bool {
    found.windows(2).any(|pair| match pair {
        [Some(left), Some(right)] => left.is_bare() && right.is_bare() && left.row.id != right.row.id,
        _ => false,
    })
}

/// What is written, without the line that it was written on.
fn filled(text: &str) -> String {
    let text = text.replace("__", " ");
    let words = text.split_whitespace().filter(|word| !word.chars().all(|c| c == '_')).collect::<Vec<_>>().join(" ");
    // E-mail quotes with angle brackets.
    let text = words.trim_start_matches(|c| c == '>' || is_line(c));
    // The full stop behind a word is the author's own.
    let end = text.trim_end_matches(is_line);
    let stop = text[end.len()..].starts_with('.') && !text[end.len()..].starts_with("..") && !end.is_empty();
    if stop { format!("{end}.") } else { end.to_owned() }
}

/// What lines to write on are made of, and what stands between a label and an answer.
fn is_line(c: char) -> bool {
    matches!(c, '_' | '…' | '—' | '–' | '-' | '.' | ':' | '*' | '=' | '|') || c.is_whitespace()
}

/// Of boxes to tick, what belongs to those that are; other texts as they are.
fn chosen(text: &str) -> String {
    let ticked = |c: char| matches!(c, '☒' | '☑' | '✓' | '✔' | '🗹' | '🗷');
    let is_box = |c: char| ticked(c) || matches!(c, '☐' | '□');
    if !text.contains(is_box) {
        return text.to_owned();
    }
    // A box stands in front of what it is for, unless the first one stands behind it.
    let in_front = text.trim_start().starts_with(is_box);
    let mut chosen = Vec::new();
    let mut rest = text;
    let mut before = "";
    while let Some((at, mark)) = rest.char_indices().find(|(_, c)| is_box(*c)) {
        before = if in_front { before } else { &rest[..at] };
        rest = &rest[at + mark.len_utf8()..];
        if ticked(mark) {
            chosen.push(if in_front { &rest[..rest.find(is_box).unwrap_or(rest.len())] } else { before });
        }
    }
    let chosen: Vec<String> = chosen.into_iter().map(|words| filled(words.trim_matches([',', ';', ' ']))).collect();
    chosen.join(", ")
}

/// Words in front of a colon that make a label of a line.
const BEFORE_COLON: usize = 4;

/// The line begins with a label of something: it is no part of the answer above it.
fn is_labelled(line: &str) -> bool {
    line.split_once(':').is_some_and(|(before, _)| before.split_whitespace().count() <= BEFORE_COLON)
}

/// The line is a date, as forms end with.
fn is_date(line: &str) -> bool {
    let words = folded(line);
    let mut words = words.split(' ');
    let day = words.next().and_then(|word| word.parse::<u32>().ok()).is_some_and(|day| (1..=31).contains(&day));
    let rest: Vec<&str> = words.collect();
    let year = |word: &&str| word.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year));
    day && rest.len() <= 4 && rest.iter().any(year)
}

/// An answer begins with a capital letter, a number or a quotation mark; a sentence goes on.
fn starts_answer(rest: &str) -> bool {
    rest.trim_start()
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '«' | '"' | '“' | '№' | '+'))
}

/// Words of a line that is a printed label and an answer to it.
const ANSWER: usize = 8;

/// The same for a label in words of the author's own.
const SHORT: usize = 6;

/// The same where the answer begins with a small letter.
const SMALL: usize = 4;

/// Words that are nothing but a label.
const LONG: usize = 3;

/// A label that a line begins with.
struct Found<'a, 't> {
    row: &'a Row,
    rest: &'t str,
    /// It is a label and no beginning of a sentence.
    sure: bool,
    /// The form itself prints it.
    printed: bool,
    /// The form prints it, and it is so long that nothing else begins like it.
    long: bool,
    language: Option<&'static str>,
}

impl<'a, 't> Found<'a, 't> {
    fn plain(row: &'a Row, rest: &'t str) -> Found<'a, 't> {
        Found { row, rest, sure: true, printed: true, long: false, language: None }
    }

    fn is_bare(&self) -> bool {
        filled(self.rest).is_empty()
    }
}

enum Label<'a, 't> {
    None,
    /// The words of a label, and behind them what is hardly an answer.
    Perhaps(Found<'a, 't>),
    Found(Found<'a, 't>),
}

impl<'a, 't> Label<'a, 't> {
    fn found(self) -> Option<Found<'a, 't>> {
        match self {
            Label::Found(found) => Some(found),
            _ => None,
        }
    }
}

struct Known<'a> {
    folded: String,
    row: &'a Row,
    words: usize,
    printed: bool,
    language: Option<&'static str>,
}

/// Labels of the fields, folded, the longest first.
struct Labels<'a> {
    labels: Vec<Known<'a>>,
    /// Labels that stand behind the line for the answer.
    behind: Vec<(String, &'a Row)>,
    /// What the form says under a line, and what programs say where nothing is filled in.
    hints: Vec<String>,
}

impl<'a> Labels<'a> {
    fn of(rows: &'a [Row]) -> Labels<'a> {
        let known = |row: &'a Row, way: &str| {
            let folded = folded(way);
            let is = |language: &str| row.name.get(language).is_some_and(|name| name == way);
            let language = match (is("kk"), is("ru")) {
                (true, false) => Some("kk"),
                (false, true) => Some("ru"),
                _ => None,
            };
            let printed = row.labels.iter().any(|label| label == way);
            Known { words: folded.split(' ').count(), folded, row, printed, language }
        };
        let mut labels: Vec<Known<'a>> =
            rows.iter().flat_map(|row| row.ways().map(move |way| known(row, way))).collect();
        labels.retain(|label| !label.folded.is_empty());
        labels.sort_by_key(|label| (std::cmp::Reverse(label.folded.len()), !label.printed));
        let hints =
            rows.iter().flat_map(|row| row.hint.values().chain(&row.prompts)).map(|hint| folded(hint)).collect();
        let behind = rows.iter().flat_map(|row| row.behind.iter().map(move |way| (folded(way), row))).collect();
        Labels { labels, behind, hints }
    }

    /// Nothing is written there: it is what the form says under a line, or what a program shows where nothing is filled in.
    fn is_hint(&self, text: &str) -> bool {
        let words = folded(text);
        let text = text.trim();
        let inside = [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}')]
            .into_iter()
            .any(|(open, close)| text.starts_with(open) && text.ends_with(close));
        self.hints.iter().any(|hint| words == *hint || (inside && holds(&words, hint)))
    }

    /// What was written, without lines and hints.
    fn answer(&self, text: &str) -> String {
        let mut lines = Vec::new();
        for line in text.split('\n') {
            let mut line = filled(line);
            while let Some(end) = line.starts_with(['(', '[']).then(|| line.find([')', ']'])).flatten()
                && self.is_hint(&line[..=end])
            {
                line = filled(&line[end + 1..]);
            }
            while let Some(start) = line.ends_with([')', ']']).then(|| line.rfind(['(', '['])).flatten()
                && self.is_hint(&line[start..])
            {
                line = filled(&line[..start]);
            }
            if !line.is_empty() && !self.is_hint(&line) {
                lines.push(line);
            }
        }
        lines.join(" ")
    }

    /// A label is broken between these two: neither is one, and both together are.
    fn goes_on(&self, above: &str, line: &str) -> bool {
        /// Letters of a label that are worth looking at.
        const LENGTH: usize = 200;

        if above.len() > LENGTH {
            return false;
        }
        let front = strip_number(above);
        let start = folded(front);
        let before = format!("{start} ");
        let mut longer = self.labels.iter().filter(|label| label.folded.starts_with(&before)).peekable();
        if start.is_empty() || longer.peek().is_none() {
            return false;
        }
        // Two labels, one below the other.
        let sure = |text| self.begins(text).found().is_some_and(|found| found.sure);
        if sure(above) && sure(line) {
            return false;
        }
        let line: String = line.chars().take(LENGTH).collect();
        let both = format!("{front} {line}");
        longer.any(|label| {
            // One more word of the label, but not all of it yet.
            let words = folded(&both);
            let goes_on = label.folded.starts_with(&format!("{words} "));
            goes_on || behind(&both, &label.folded).is_some_and(|rest| is_ended(rest) || label.words >= LONG)
        })
    }

    /// The field whose label a line begins with, and the rest of the line. Behind a short label something has to show that
    /// it ends there, or else every sentence that begins with "Предмет" would be a field.
    fn begins<'t>(&self, line: &'t str) -> Label<'a, 't> {
        let line = strip_number(line);
        let whole = folded(line);
        if whole.is_empty() || self.is_hint(line) {
            return Label::None;
        }
        let mut perhaps = Label::None;
        for label in &self.labels {
            if !whole.starts_with(label.folded.as_str()) {
                continue;
            }
            let Some(rest) = behind(line, &label.folded) else { continue };
            let long = label.words >= LONG;
            // A hyphen right behind it makes another word of it.
            if !long && rest.starts_with('-') && rest[1..].starts_with(char::is_alphanumeric) {
                continue;
            }
            let (rest, again) = self.strip_again(rest, label);
            let digits = label.row.beside && rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '+');
            let sure = again || is_ended(rest) || long || digits;
            let found = Found {
                row: label.row,
                rest,
                sure,
                printed: label.printed,
                long: long && label.printed,
                language: label.language,
            };
            if sure {
                return Label::Found(found);
            }
            // "Предмет исследования:" is a label of something else.
            let count = line.split_whitespace().count();
            let most = match (label.printed, starts_answer(rest)) {
                (true, true) => ANSWER,
                (true, false) => SMALL,
                (false, true) => SHORT,
                (false, false) => 0,
            };
            if !is_labelled(rest) && !line.ends_with('.') && count <= most {
                return Label::Found(found);
            }
            if matches!(perhaps, Label::None) && !is_labelled(rest) {
                perhaps = Label::Perhaps(found);
            }
        }
        perhaps
    }

    /// Behind a label may stand what it asks for in brackets, and the same label in the other language.
    fn strip_again<'t>(&self, mut rest: &'t str, label: &Known<'_>) -> (&'t str, bool) {
        let mut again = false;
        loop {
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
            if trimmed.starts_with(['(', '['])
                && let Some(end) = trimmed.find([')', ']'])
                && (self.is_hint(&trimmed[..=end])
                    || self.same(&trimmed[1..end], label).is_some_and(|rest| rest.is_empty()))
            {
                rest = &trimmed[end + 1..];
                again = true;
                continue;
            }
            let next = trimmed.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | '\\' | ';'));
            if let Some(behind) = self.same(next, label)
                && (next.len() < trimmed.len() || is_ended(behind))
            {
                rest = behind;
                again = true;
                continue;
            }
            return (rest, again);
        }
    }

    /// Another label of the same field that a text begins with.
    fn same<'t>(&self, text: &'t str, label: &Known<'_>) -> Option<&'t str> {
        let others = self.labels.iter().filter(|other| other.row.id == label.row.id);
        others.into_iter().find_map(|other| {
            let rest = behind(text, &other.folded)?;
            let other_word = rest.starts_with('-') && rest[1..].starts_with(char::is_alphanumeric);
            (!other_word && (other.printed || is_ended(rest))).then_some(rest)
        })
    }

    /// The field whose label stands behind the blank, as in `______ пәні`, and what is before it.
    fn ends<'t>(&self, line: &'t str) -> Option<(&'a Row, &'t str)> {
        /// Words of an answer in front of such a label.
        const WORDS: usize = 6;

        let (before, last) = line.trim_end().rsplit_once([' ', '_'])?;
        let last = folded(last);
        let (_, row) = self.behind.iter().find(|(label, _)| *label == last)?;
        let count = filled(before).split_whitespace().count();
        (count <= WORDS && (line.contains("__") || count > 0)).then_some((row, before))
    }
}

/// A line without what stands in front of its label: a number, a mark of a list, a quotation.
fn strip_number(line: &str) -> &str {
    let marks = [' ', '\u{a0}', '•', '·', '-', '–', '*', '>', '_', '|', '…', '#'];
    let line = line.trim_start_matches(marks);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < line.len() && number.starts_with(['.', ')']);
    if numbered { number[1..].trim_start_matches(marks) } else { line }
}

/// Behind a label: something that shows that it is at its end.
fn is_ended(rest: &str) -> bool {
    let mark = rest.trim_start();
    mark.is_empty()
        || mark.starts_with([':', '_', '–', '—', '…', '(', '[', '=', '☐', '☒', '☑', '□'])
        || mark.starts_with("..")
        || mark.starts_with("- ")
        || rest.starts_with('\n')
}

/// What stands in a line behind the words that fold to `label`.
fn behind<'t>(line: &'t str, label: &str) -> Option<&'t str> {
    let mut words = String::with_capacity(label.len() + 8);
    for (at, c) in line.char_indices() {
        fold(c, &mut words);
        if words.trim_end().len() > label.len() {
            return None;
        }
        let rest = &line[at + c.len_utf8()..];
        if c.is_alphanumeric() && words == label && !rest.starts_with(char::is_alphanumeric) {
            // A full stop of an abbreviation belongs to the label.
            return Some(rest.strip_prefix('.').filter(|rest| !rest.starts_with('.')).unwrap_or(rest));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::names::rows;
    use super::*;

    /// Lines are paragraphs, lines with `|` are rows.
    fn said(text: &str) -> DocumentFacts {
        let block = |line: &str| match line.contains('|') {
            true => Block::Row(line.split('|').map(|cell| cell.trim().to_owned()).collect()),
            false => Block::Paragraph(line.trim().to_owned()),
        };
        DocumentFacts { blocks: text.lines().map(block).collect(), ..DocumentFacts::default() }
    }

    fn filled_in(text: &str) -> Vec<(String, String)> {
        of(&said(text), &rows("form-fields")).values.into_iter().collect()
    }

    fn expected(values: [&str; 5]) -> Vec<(String, String)> {
        let ids = ["author-full-name", "nomination", "school-location", "subject", "video-summary"];
        ids.into_iter().zip(values).map(|(id, value)| (id.to_owned(), value.to_owned())).collect()
    }

    const ANSWERS: [&str; 5] = [
        "Сәрсенова Айгүл Болатқызы",
        "Үздік мұғалім",
        "№62 мектеп-лицей, Астана қаласы",
        "Математика",
        "Оқушылар платформада жұмыс істейді",
    ];

    #[test]
    fn forms_are_read_however_they_are_filled_in() {
        let kazakh = "Өтініш\nМектеп, облыс, аудан, қала №62 мектеп-лицей, Астана қаласы\n(толық жазылсын)\n\
            Номинация: Үздік мұғалім\nКонкурс материалдарын жасаушы автор____Сәрсенова Айгүл Болатқызы___\n(аты-жөні толық)\n\
            ______\nМатематика пәні\nБейнематериалдың қысқаша сипаттамасы ____\nОқушылар платформада жұмыс істейді\n_____";
        let russian = "Заявка\nШкола, область, район, город: №62 мектеп-лицей, Астана қаласы\nНоминация Үздік мұғалім\n\
            Автор разработки материалов конкурса\nСәрсенова Айгүл Болатқызы\n(ФИО полностью)\nПредмет_Математика__\n\
            Краткое описание видеоматериала\nОқушылар платформада\nжұмыс істейді";
        let table = "№ | Школа, область, район, город (полностью) | №62 мектеп-лицей, Астана қаласы\n\
            2. | Номинация | Үздік мұғалім\n3 | Автор разработки материалов конкурса | Сәрсенова Айгүл Болатқызы\n\
            4 | Предмет | Математика\n5 | Краткое описание видеоматериала | Оқушылар платформада жұмыс істейді";
        let columns = "Мектеп, облыс, аудан, қала | Номинация | Аты-жөні | Пән | Қысқаша сипаттама\n\
            №62 мектеп-лицей, Астана қаласы | Үздік мұғалім | Сәрсенова Айгүл Болатқызы | Математика | Оқушылар платформада жұмыс істейді";
        let typed = "Мектеп, облыс, аудан, кала: №62 мектеп-лицей, Астана қаласы\n1) Номинациясы: Үздік мұғалім\n\
            Аты-жони: Сәрсенова Айгүл Болатқызы\nПәні: Математика\nКыскаша сипаттама: Оқушылар платформада жұмыс істейді";
        for form in [kazakh, russian, table, columns, typed] {
            assert_eq!(filled_in(form), expected(ANSWERS), "{form}");
        }
    }

    #[test]
    fn a_blank_form_has_its_fields_and_nothing_in_them() {
        let blank = "Өтініш\nМектеп, облыс, аудан, қала ________\n(толық жазылсын)\n________\n\nНоминация ________\n\
            Конкурс материалдарын жасаушы автор________\n(аты-жөні толық)\n________\n________\n________ пәні\n\
            Бейнематериалдың қысқаша сипаттамасы ________\n________";
        assert_eq!(filled_in(blank), expected([""; 5]));
        let table = "Школа, область, район, город | \nНоминация | ___\nФИО | \nПредмет | …\nКраткое описание | -";
        assert_eq!(filled_in(table), expected([""; 5]));
    }

    #[test]
    fn prose_is_no_form() {
        let plan = "Сабақтың мақсаты\nПредмет изучается в третьем классе.\nНоминация лучших работ проводится в мае.\n\
                    Авторлар мен оқушылар жобаны қорғайды.";
        assert_eq!(filled_in(plan), []);
    }
}
