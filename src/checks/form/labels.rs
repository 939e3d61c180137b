//! Labels of a form: where a line begins or ends with one, and what is written behind it.

use crate::settings::names::{Row, fold, folded, holds};

/// What is written, without the line that it was written on.
pub(super) fn filled(text: &str) -> String {
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

/// Words in front of a colon that make a label of a line.
const BEFORE_COLON: usize = 4;

/// The line begins with a label of something: it is no part of the answer above it.
pub(super) fn is_labelled(line: &str) -> bool {
    line.split_once(':').is_some_and(|(before, _)| before.split_whitespace().count() <= BEFORE_COLON)
}

/// An answer begins with a capital letter, a number or a quotation mark; a sentence goes on.
pub(super) fn starts_answer(rest: &str) -> bool {
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
pub(super) struct Found<'a, 't> {
    pub(super) row: &'a Row,
    pub(super) rest: &'t str,
    /// It is a label and no beginning of a sentence.
    pub(super) sure: bool,
    /// The form itself prints it.
    pub(super) printed: bool,
    /// The form prints it, and it is so long that nothing else begins like it.
    pub(super) long: bool,
    pub(super) language: Option<&'static str>,
}

impl<'a, 't> Found<'a, 't> {
    pub(super) fn plain(row: &'a Row, rest: &'t str) -> Found<'a, 't> {
        Found { row, rest, sure: true, printed: true, long: false, language: None }
    }

    pub(super) fn is_bare(&self) -> bool {
        filled(self.rest).is_empty()
    }
}

pub(super) enum Label<'a, 't> {
    None,
    /// The words of a label, and behind them what is hardly an answer.
    Perhaps(Found<'a, 't>),
    Found(Found<'a, 't>),
}

impl<'a, 't> Label<'a, 't> {
    pub(super) fn found(self) -> Option<Found<'a, 't>> {
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
pub(super) struct Labels<'a> {
    labels: Vec<Known<'a>>,
    /// Labels that stand behind the line for the answer.
    behind: Vec<(String, &'a Row)>,
    /// What the form says under a line, and what programs say where nothing is filled in.
    hints: Vec<String>,
}

impl<'a> Labels<'a> {
    pub(super) fn of(rows: &'a [Row]) -> Labels<'a> {
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
    pub(super) fn answer(&self, text: &str) -> String {
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
    pub(super) fn goes_on(&self, above: &str, line: &str) -> bool {
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
        let line: String = line.chars().take(LENGTH).collect();
        let both = format!("{front} {line}");
        let words = folded(&both);
        let whole = longer.any(|label| {
            // One more word of the label, but not all of it yet.
            let goes_on = label.folded.strip_prefix(words.as_str()).is_some_and(|rest| rest.starts_with(' '));
            goes_on
                || (words.starts_with(label.folded.as_str())
                    && behind(&both, &label.folded).is_some_and(|rest| is_ended(rest) || label.words >= LONG))
        });
        // Two labels, one below the other, are not one.
        let sure = |text| self.begins(text).found().is_some_and(|found| found.sure);
        whole && !(sure(above) && sure(&line))
    }

    /// The field whose label a line begins with, and the rest of the line. Behind a short label something has to show that
    /// it ends there, or else every sentence that begins with "Предмет" would be a field.
    pub(super) fn begins<'t>(&self, line: &'t str) -> Label<'a, 't> {
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
            if !long && is_other_word(rest) {
                continue;
            }
            let (rest, again) = self.strip_again(rest, label);
            let digits =
                label.row.beside && rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || "+,".contains(c));
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
                && (self.is_hint(&trimmed[..=end]) || self.same(&trimmed[1..end], label).is_some_and(str::is_empty))
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
            (!is_other_word(rest) && (other.printed || is_ended(rest))).then_some(rest)
        })
    }

    /// The field whose label stands behind the blank, as in `______ пәні`, and what is before it.
    pub(super) fn ends<'t>(&self, line: &'t str) -> Option<(&'a Row, &'t str)> {
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

/// Behind a label: a hyphen that makes another word of it.
fn is_other_word(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
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
