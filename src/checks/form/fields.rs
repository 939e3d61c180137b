//! Labels and fields of a form.

use std::collections::BTreeMap;

use super::names::{Row, folded};
use crate::facts::{Block, DocumentFacts};

/// The fields of a form with what is written in them; an empty text is a field that was left blank.
pub(super) fn of(said: &DocumentFacts, rows: &[Row]) -> BTreeMap<String, String> {
    let mut form = Filled { labels: Labels::of(rows), values: BTreeMap::new(), open: None, columns: Vec::new() };
    for block in &said.blocks {
        match block {
            Block::Row(cells) => form.row(cells),
            Block::Paragraph(text) => text.split('\n').for_each(|line| form.line(line)),
        }
    }
    form.values
}

/// A form that is read.
struct Filled {
    labels: Labels,
    values: BTreeMap<String, String>,
    /// The field that the lines which follow still belong to.
    open: Option<String>,
    /// The fields of the columns of a table whose first row holds the labels.
    columns: Vec<Option<String>>,
}

impl Filled {
    fn put(&mut self, id: &str, words: &str) {
        let words = filled(words);
        let value = self.values.entry(id.to_owned()).or_default();
        if words.is_empty() || self.labels.is_hint(&words) {
            return;
        }
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(&words);
    }

    /// A row holds a label and what belongs to it, perhaps several times; or labels alone, above what belongs to them.
    fn row(&mut self, cells: &[String]) {
        self.open = None;
        let found: Vec<Option<(String, String)>> =
            cells.iter().map(|cell| self.labels.begins(cell).map(|(id, rest)| (id, rest.to_owned()))).collect();
        let blank = |cell: &String| filled(cell).is_empty() || folded(cell).chars().all(|c| c.is_ascii_digit());
        let bare = |found: &Option<(String, String)>| found.as_ref().is_some_and(|(_, rest)| filled(rest).is_empty());
        let heads = found.iter().zip(cells).all(|(found, cell)| bare(found) || blank(cell));
        if heads && found.iter().flatten().count() > 1 {
            for (id, _) in found.iter().flatten() {
                self.put(id, "");
            }
            self.columns = found.into_iter().map(|found| found.map(|(id, _)| id)).collect();
        } else if found.iter().all(Option::is_none) && !self.columns.is_empty() {
            for (column, cell) in std::mem::take(&mut self.columns).iter().zip(cells) {
                if let Some(id) = column {
                    self.put(id, cell);
                }
            }
        } else {
            self.columns.clear();
            let mut current = None;
            for (found, cell) in found.into_iter().zip(cells) {
                if let Some((id, rest)) = found {
                    self.put(&id, &rest);
                    current = Some(id);
                } else if let Some(id) = &current {
                    self.put(id, cell);
                }
            }
        }
    }

    fn line(&mut self, line: &str) {
        self.columns.clear();
        if let Some((id, rest)) = self.labels.begins(line) {
            self.put(&id, rest);
            self.open = Some(id);
        } else if let Some((id, before)) = self.labels.ends(line) {
            self.put(&id, before);
            self.open = None;
        } else if let Some(id) = self.open.clone() {
            self.put(&id, line);
        }
    }
}

/// What is written, without the line that it was written on.
fn filled(text: &str) -> String {
    let blank = |c: char| matches!(c, '_' | '…' | '\u{2014}' | '\u{2013}' | '-' | '.' | ':' | ' ' | '\u{a0}' | '\t');
    let text = text.replace("__", " ");
    let text = text.trim_matches(blank);
    text.split_whitespace().filter(|word| !word.chars().all(|c| c == '_')).collect::<Vec<_>>().join(" ")
}

/// Words of a line that is a printed label and an answer to it.
const ANSWER: usize = 8;

/// The same for a label in words of the author's own.
const SHORT: usize = 4;

/// Labels of the fields, folded, the longest first.
struct Labels {
    labels: Vec<(String, String)>,
    /// Those that the form itself prints.
    printed: Vec<String>,
    hints: Vec<String>,
}

impl Labels {
    fn of(rows: &[Row]) -> Labels {
        let mut labels: Vec<(String, String)> =
            rows.iter().flat_map(|row| row.ways().map(|way| (folded(way), row.id.clone()))).collect();
        labels.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
        let hints = rows.iter().flat_map(|row| row.hint.values()).map(|hint| folded(hint)).collect();
        let printed = rows.iter().flat_map(|row| &row.labels).map(|label| folded(label)).collect();
        Labels { labels, printed, hints }
    }

    fn is_hint(&self, words: &str) -> bool {
        self.hints.contains(&folded(words))
    }

    /// The field whose label a line begins with, and the rest of the line. Behind a short label something has to show that
    /// it ends there, or else every sentence that begins with "Предмет" would be a field.
    fn begins<'t>(&self, line: &'t str) -> Option<(String, &'t str)> {
        let line = line.trim_start_matches([' ', '•', '-', '*']);
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = number.len() < line.len() && number.starts_with(['.', ')']);
        let line = if numbered { number[1..].trim_start() } else { line };
        let whole = folded(line);
        if self.hints.contains(&whole) {
            return None;
        }
        for (label, id) in &self.labels {
            if whole == *label {
                return Some((id.clone(), ""));
            }
            if !whole.starts_with(label.as_str()) {
                continue;
            }
            let Some(rest) = behind(line, label) else { continue };
            let mark = rest.trim_start();
            // A hyphen right behind it makes another word of it.
            let ended = mark.starts_with([':', '_', '–', '—', '…', '(', '\n']) || rest.starts_with(" - ");
            // Three words and more are nothing but the label. A printed label may have lost its line; then what follows is
            // an answer and no sentence.
            let most = if self.printed.contains(label) { ANSWER } else { SHORT };
            let answer = !line.ends_with('.') && line.split_whitespace().count() <= most;
            if ended || label.split(' ').count() > 2 || answer {
                return Some((id.clone(), rest));
            }
        }
        None
    }

    /// The field whose label stands behind the blank, as in `______ пәні`, and what is before it.
    fn ends<'t>(&self, line: &'t str) -> Option<(String, &'t str)> {
        let (before, last) = line.trim_end().rsplit_once([' ', '_'])?;
        let label = folded(last);
        let (_, id) = self.labels.iter().find(|(other, _)| *other == label && !label.contains(' '))?;
        let blank = line.contains("__") || before.split_whitespace().count() <= 4;
        blank.then(|| (id.clone(), before))
    }
}

/// What stands in a line behind the words that fold to `label`.
fn behind<'t>(line: &'t str, label: &str) -> Option<&'t str> {
    line.char_indices().map(|(at, c)| at + c.len_utf8()).find_map(|end| {
        let rest = &line[end..];
        let whole_word = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        (whole_word && folded(&line[..end]) == label).then_some(rest)
    })
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
        of(&said(text), &rows("form-fields")).into_iter().collect()
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
