//! The organizer's table of what came in: a row a submission. Its rows are joined to the files, and nothing of either is
//! lost.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::table::{self, Line, Sheet};
use super::{Intake, Submission, Thing};
use crate::facts::{Answer, Origin, Record};
use crate::finding::{Finding, Level, Message, Place, TOOL};
use crate::profile::Columns;

/// Rows in which the headings may stand: tables have titles above them.
const HEADINGS_WITHIN: usize = 30;

/// Remarks of one kind that are told: a slip in a column is in every row.
const REMARKS: usize = 20;

/// The column of the files.
const PATH: &str = "path";

/// A table, read.
#[derive(Debug)]
pub struct Registry {
    /// Its file name.
    pub name: String,
    /// The sheet, if it has sheets.
    pub sheet: Option<String>,
    /// The headings, each with the column that it was taken for.
    pub headings: Vec<(String, Option<String>)>,
    /// Rows below the headings that say something.
    pub len: usize,
    /// What is to be said of it, with the row, from 1.
    pub remarks: Vec<(u64, Message)>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    number: u64,
    answers: BTreeMap<String, Answer>,
}

impl Registry {
    /// What is to be said of it.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let finding = |(row, message): &(u64, Message)| Finding {
            check: TOOL,
            requirement: None,
            level: Level::Warning,
            message: message.clone(),
            place: Place { route: vec![self.name.clone()], line: Some(*row), ..Place::default() },
            waived: false,
        };
        self.remarks.iter().map(finding).collect()
    }

    /// It says which files belong to a row.
    #[must_use]
    pub fn has_paths(&self) -> bool {
        self.headings.iter().any(|(_, column)| column.as_deref() == Some(PATH))
    }
}

/// A table lies beside the submissions, and nobody asked for it to be read.
#[must_use]
pub fn unused(path: &str) -> Finding {
    let message = Message::new("registry-unused").with("path", path);
    let (check, level, place) = (TOOL, Level::Warning, Place { route: vec![path.to_owned()], ..Place::default() });
    Finding { check, requirement: None, level, message, place, waived: false }
}

/// Reads a table.
///
/// # Errors
/// It cannot be read, or none of its rows looks like headings.
pub fn read(path: &Path, columns: &Columns) -> Result<Registry, Message> {
    // The readers of workbooks are strangers' code, as all readers are.
    let sheets = catch_unwind(AssertUnwindSafe(|| table::read(path))).unwrap_or_else(|_| {
        let message = Message::new("error-registry-read").with("path", path.display().to_string());
        Err(message.with("error", "?"))
    })?;
    let known = |line: &Line| columns.of(&line.1).into_iter().flatten().count();
    // The first of the rows with the most known headings, of the first sheet with the most.
    let mut best: Option<(usize, usize, usize)> = None;
    for (index, sheet) in sheets.iter().enumerate() {
        for (at, line) in sheet.lines.iter().take(HEADINGS_WITHIN).enumerate() {
            let count = known(line);
            if count > best.map_or(0, |(count, ..)| count) {
                best = Some((count, index, at));
            }
        }
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some((_, chosen, head)) = best else {
        let labels = columns.ids().take(8).filter_map(|id| columns.label(id)).collect::<Vec<_>>().join("; ");
        let message = Message::new("error-registry-headings").with("path", path.display().to_string());
        return Err(message.with("known", labels));
    };
    let mut remarks = Vec::new();
    for (_, sheet) in sheets.iter().enumerate().filter(|(index, _)| *index != chosen) {
        if let (Some(name), false) = (&sheet.name, sheet.lines.is_empty()) {
            remarks.push((1, Message::new("registry-sheet-left").with("sheet", name.as_str())));
        }
    }
    let sheet = sheets.into_iter().nth(chosen).unwrap_or_default();
    Ok(of_sheet(name, sheet, head, columns, remarks))
}

fn of_sheet(name: String, sheet: Sheet, head: usize, columns: &Columns, mut remarks: Vec<(u64, Message)>) -> Registry {
    let (number, headings) = sheet.lines[head].clone();
    let ids: Vec<Option<String>> = columns.of(&headings).into_iter().map(|id| id.map(str::to_owned)).collect();
    let unknown: Vec<&str> = headings
        .iter()
        .zip(&ids)
        .filter(|(heading, id)| id.is_none() && heading.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .map(|(heading, _)| heading.as_str())
        .collect();
    if !unknown.is_empty() {
        remarks.push((number, Message::new("registry-columns-unknown").with("columns", unknown.join("; "))));
    }
    remarks.extend(sheet.remarks);
    let mut rows = Vec::new();
    for (number, cells) in &sheet.lines[head + 1..] {
        if cells.iter().skip(headings.len()).any(|cell| !cell.is_empty()) {
            remarks.push((*number, Message::new("registry-row-long").with("row", number.to_string())));
        }
        let mut answers = BTreeMap::new();
        for (index, id) in ids.iter().enumerate() {
            if let Some(id) = id {
                let text = cells.get(index).cloned().unwrap_or_default();
                answers.insert(id.clone(), Answer { text, from: Origin::Table });
            }
        }
        // A line of totals below the table says nothing of anybody.
        if answers.values().any(|answer| !answer.text.is_empty()) {
            rows.push(Row { number: *number, answers });
        }
    }
    let mut told: HashMap<String, usize> = HashMap::new();
    remarks.retain(|(_, message)| {
        let count = told.entry(message.id.to_string()).or_default();
        *count += 1;
        *count <= REMARKS
    });
    let headings = headings.into_iter().zip(ids).filter(|(heading, _)| !heading.is_empty()).collect();
    Registry { name, sheet: sheet.name, headings, len: rows.len(), remarks, rows }
}

impl Registry {
    /// Joins the rows to the submissions. A row without files becomes a submission of its own; a submission without a row
    /// is marked.
    pub fn join(&mut self, intake: &mut Intake) {
        let has_paths = self.has_paths();
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, submission) in intake.submissions.iter().enumerate() {
            for key in keys(&submission.path) {
                let places = index.entry(key).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        let mut records: Vec<Option<Record>> = intake.submissions.iter().map(|_| None).collect();
        let mut more = Vec::new();
        for row in std::mem::take(&mut self.rows) {
            let path = row.answers.get(PATH).map(|answer| answer.text.clone()).unwrap_or_default();
            match find(&path, &index) {
                Found::One(at) => merge(records[at].get_or_insert_default(), row),
                found => {
                    let thing = if path.is_empty() { Thing::Row } else { Thing::Missing };
                    if let Found::Several(count) = found {
                        let message = Message::new("registry-path-several").with("value", path.as_str());
                        self.remarks.push((row.number, message.with("count", count)));
                    }
                    let mut record = Record::default();
                    let path = self.path_of(&row);
                    merge(&mut record, row);
                    more.push(Submission { record: Some(record), ..Submission::new(path, thing) });
                }
            }
        }
        for (submission, record) in intake.submissions.iter_mut().zip(records) {
            submission.record = record.or_else(|| has_paths.then(|| Record { unlisted: true, ..Record::default() }));
        }
        intake.submissions.extend(more);
        intake.submissions.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// What reports call a row without files.
    fn path_of(&self, row: &Row) -> String {
        let text = |id: &str| row.answers.get(id).map(|answer| answer.text.as_str()).filter(|text| !text.is_empty());
        let named = [PATH, "author-full-name", "work", "school", "email"].into_iter().find_map(text);
        let named: String = named.unwrap_or_default().chars().filter(|c| !c.is_control()).take(80).collect();
        format!("{}:{:05} {named}", self.name, row.number).trim_end().to_owned()
    }
}

/// Adds a row to what is known. Of two rows the first counts, and the second where the first is blank.
fn merge(record: &mut Record, row: Row) {
    record.rows.push(row.number);
    for (id, answer) in row.answers {
        let old = record.answers.entry(id).or_insert_with(|| Answer { text: String::new(), from: Origin::Table });
        if old.text.is_empty() {
            *old = answer;
        }
    }
}

/// Names by which a table may mean a submission, the most exact first: with or without the folder that was given, and
/// without an extension.
fn keys(path: &str) -> Vec<String> {
    let path = folded(path);
    let mut keys = vec![path.clone()];
    if let Some((_, rest)) = path.split_once('/') {
        keys.push(rest.to_owned());
    }
    if let Some((_, last)) = path.rsplit_once('/') {
        keys.push(last.to_owned());
    }
    let short: Vec<String> = keys.iter().filter_map(|key| without_extension(key)).collect();
    keys.extend(short);
    keys
}

/// Extensions that people leave out are short; "02 А. Образцова" has none.
fn without_extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let short = (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (short && !stem.is_empty()).then(|| stem.to_owned())
}

/// A name as it is compared: one form of composed letters, small letters, `/` between folders.
pub(super) fn folded(path: &str) -> String {
    let path: String = path.nfc().flat_map(char::to_lowercase).map(|c| if c == '\\' { '/' } else { c }).collect();
    let words: Vec<&str> = path.split_whitespace().collect();
    words.join(" ").trim_start_matches("./").trim_matches('/').to_owned()
}

enum Found {
    One(usize),
    Several(usize),
    None,
}

/// The submission that a path means: by its own name, or as a file inside it.
fn find(path: &str, index: &HashMap<String, Vec<usize>>) -> Found {
    let mut path = folded(path);
    loop {
        if path.is_empty() {
            return Found::None;
        }
        let short = without_extension(&path);
        match index.get(&path).or_else(|| index.get(&short?)).map(Vec::as_slice) {
            Some([only]) => return Found::One(*only),
            Some(places) => return Found::Several(places.len()),
            None => {}
        }
        match path.rsplit_once('/') {
            Some((outer, _)) => path = outer.to_owned(),
            None => return Found::None,
        }
    }
}
