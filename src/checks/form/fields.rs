//! The fields of a form, and what stands in each.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use super::labels::{Found, Label, Labels, filled, is_labelled, starts_answer};
use crate::facts::{Block, DocumentFacts};
use crate::settings::names::{Row, folded};

/// What a document says in the fields of a form.
#[derive(Clone, Default)]
pub(crate) struct Read {
    /// The fields by their ids; an empty text is a field that was left blank.
    pub values: BTreeMap<String, String>,
    /// The language of most of the printed labels.
    pub language: Option<&'static str>,
    /// It has a label that hardly anything but the form has.
    pub telling: bool,
    /// Words in front of the first field.
    pub before: usize,
}

/// Documents that are remembered: as many as a participant sends.
const REMEMBERED: usize = 8;

/// What the last documents of this thread said, by a hash of their words and of the fields that were looked for.
#[derive(Default)]
struct Last {
    state: RandomState,
    reads: Vec<(u64, Read)>,
}

thread_local! {
    static LAST: RefCell<Last> = RefCell::default();
}

/// Reads the fields of a form. Twenty requirements ask what stands in the same one, and so it is read once.
pub(super) fn of(said: &DocumentFacts, rows: &[Row]) -> Read {
    LAST.with_borrow_mut(|last| {
        let key = last.state.hash_one((&said.blocks, rows));
        if let Some((_, read)) = last.reads.iter().find(|(other, _)| *other == key) {
            return read.clone();
        }
        let read = read(said, rows);
        last.reads.truncate(REMEMBERED - 1);
        last.reads.insert(0, (key, read.clone()));
        read
    })
}

fn read(said: &DocumentFacts, rows: &[Row]) -> Read {
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

/// Lines and rows that are read for a form. Nobody fills in a form behind a hundred pages, and every field asks anew.
const MOST: usize = 4_000;

/// Lines and rows, with labels that were broken over several of them put together.
fn units(said: &DocumentFacts, labels: &Labels<'_>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for block in &said.blocks {
        if units.len() >= MOST {
            break;
        }
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
                for line in text.split('\n').take(MOST) {
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
            // A word with a hyphen may be broken there.
            let broken = value.ends_with('-') && words.starts_with(char::is_lowercase);
            if !value.is_empty() && !broken {
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
        let own = !found.printed && !found.is_bare() && !found.rest.trim_start().starts_with(':');
        if open.id == found.row.id {
            // "Школа - лицей" below the label of the school, or where an answer goes on.
            return own || (!found.sure && self.is_blank(open));
        }
        if found.sure {
            return false;
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

/// The line is a date, as forms end with.
fn is_date(line: &str) -> bool {
    let words = folded(line);
    let mut words = words.split(' ');
    let day = words.next().and_then(|word| word.parse::<u32>().ok()).is_some_and(|day| (1..=31).contains(&day));
    let rest: Vec<&str> = words.collect();
    let year = |word: &&str| word.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year));
    day && rest.len() <= 4 && rest.iter().any(year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::names::rows;

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
    fn what_stands_behind_a_hundred_pages_is_not_read() {
        let long = "Школа, область, район, город\n".repeat(300_000);
        let said = said(&long);
        let labels = rows("form-fields");
        assert!(units(&said, &Labels::of(&labels)).len() <= 2 * MOST);
        let one = Block::Paragraph(long);
        let said = DocumentFacts { blocks: vec![one], ..DocumentFacts::default() };
        assert!(units(&said, &Labels::of(&labels)).len() <= 2 * MOST);
    }

    #[test]
    fn prose_is_no_form() {
        let plan = "Сабақтың мақсаты\nПредмет изучается в третьем классе.\nНоминация лучших работ проводится в мае.\n\
                    Авторлар мен оқушылар жобаны қорғайды.";
        assert_eq!(filled_in(plan), []);
    }
}
