//! Tables of organizers: CSV in whatever encoding and with whatever separator a program on their computer writes, and the
//! workbooks of Excel and LibreOffice.

use std::io::{BufReader, Cursor};
use std::path::Path;

use calamine::{Data, DataRef, Dimensions, Ods, Reader, Xls, Xlsx};
use encoding_rs::{Encoding, WINDOWS_1251};

use crate::finding::{Arg, Message};
use crate::source::Memory;
use crate::source::zip::{ZipFile, kazakh};

/// Bytes of a table. 100,000 rows with 20 columns have a tenth of it.
const MOST_BYTES: u64 = 256 << 20;

/// Bytes a workbook may unpack to.
const MOST_UNPACKED: u64 = 1 << 30;

/// Rows of a table that are read.
const MOST_ROWS: usize = 1_000_000;

/// Columns of a row that are read: more are slips of a spreadsheet.
const MOST_COLUMNS: u32 = 512;

/// Characters of a cell, as many as Excel knows.
const MOST_CHARACTERS: usize = 32_767;

/// A row with its number, from 1, as a spreadsheet shows it.
pub(super) type Line = (u64, Vec<String>);

/// A sheet of a table. Rows without a word are left out.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its name; none in CSV.
    pub name: Option<String>,
    pub lines: Vec<Line>,
    /// What could not be read, with its row.
    pub remarks: Vec<(u64, Message)>,
}

/// Reads all sheets of a table.
pub(super) fn read(path: &Path) -> Result<Vec<Sheet>, Message> {
    let shown = path.display().to_string();
    let fail = |error: &dyn std::fmt::Display| {
        Message::new("error-registry-read").with("path", shown.as_str()).with("error", error.to_string())
    };
    let size = std::fs::metadata(path).map_err(|error| fail(&error))?.len();
    if size > MOST_BYTES {
        let message = Message::new("error-registry-large").with("path", shown.as_str());
        return Err(message.with("limit", Arg::Bytes(MOST_BYTES)));
    }
    let bytes = std::fs::read(path).map_err(|error| fail(&error))?;
    // What it is, its bytes say: tables are renamed by hand.
    let sheets = if bytes.starts_with(b"PK") {
        unpacks_to_little(&bytes).map_err(|()| {
            let message = Message::new("error-registry-large").with("path", shown.as_str());
            message.with("limit", Arg::Bytes(MOST_UNPACKED))
        })?;
        let ods = bytes.windows(8).take(200).any(|window| window == b"mimetype");
        let cursor = Cursor::new(bytes);
        if ods { whole(Ods::new(cursor).map_err(|error| fail(&error))?) } else { workbook(cursor) }
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        whole(Xls::new(BufReader::new(Cursor::new(bytes))).map_err(|error| fail(&error))?)
    } else {
        Ok(vec![text(&bytes)])
    };
    sheets.map_err(|error| fail(&error))
}

fn unpacks_to_little(bytes: &[u8]) -> Result<(), ()> {
    let source = Memory(bytes);
    // What is no ZIP, the reader of workbooks refuses.
    let Ok(zip) = ZipFile::open(&source, 100_000) else { return Ok(()) };
    let sum = zip.entries.iter().map(|entry| entry.size).fold(0u64, u64::saturating_add);
    if sum <= MOST_UNPACKED { Ok(()) } else { Err(()) }
}

/// Puts cells into rows, in the order of rows.
#[derive(Default)]
struct Rows {
    lines: Vec<Line>,
    cut: bool,
}

impl Rows {
    fn put(&mut self, row: u32, column: u32, text: &str) {
        let text = text.trim();
        if text.is_empty() || column >= MOST_COLUMNS {
            return;
        }
        let number = u64::from(row) + 1;
        if self.lines.last().is_none_or(|(last, _)| *last != number) {
            if self.lines.len() >= MOST_ROWS {
                self.cut = true;
                return;
            }
            self.lines.push((number, Vec::new()));
        }
        let Some((_, cells)) = self.lines.last_mut() else { return };
        let column = column as usize;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = match text.char_indices().nth(MOST_CHARACTERS) {
            Some((end, _)) => text[..end].to_owned(),
            None => text.to_owned(),
        };
    }

    fn into_sheet(mut self, name: Option<String>, mut remarks: Vec<(u64, Message)>) -> Sheet {
        if self.cut {
            remarks.push((MOST_ROWS as u64, Message::new("registry-cut").with("count", MOST_ROWS)));
        }
        self.lines.shrink_to_fit();
        Sheet { name, lines: self.lines, remarks }
    }
}

/// Every sheet of a workbook of Excel, cell by cell.
fn workbook(bytes: Cursor<Vec<u8>>) -> Result<Vec<Sheet>, Box<dyn std::error::Error>> {
    let mut book = Xlsx::new(bytes)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        // Sheets of charts have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows = Rows::default();
        let mut remarks = Vec::new();
        let mut tops: Vec<((u32, u32), String)> = Vec::new();
        while let Some(cell) = cells.next_cell_with_formula()? {
            let (row, column) = cell.pos;
            if let DataRef::Error(error) = &cell.value {
                let message = Message::new("registry-cell-error").with("cell", cell_name(cell.pos));
                remarks.push((u64::from(row) + 1, message.with("value", error.to_string())));
                continue;
            }
            let mut text = shown(&Data::from(cell.value));
            if cell.formula.is_some() && text.is_empty() {
                let message = Message::new("registry-formula-empty").with("cell", cell_name(cell.pos));
                remarks.push((u64::from(row) + 1, message));
            }
            match merged.iter().find(|merged| merged.start.0 < merged.end.0 && merged.contains(row, column)) {
                Some(merged) if merged.start == (row, column) => tops.push((merged.start, text.clone())),
                // What is merged over several rows is said of each of them.
                Some(merged) if text.is_empty() => text = top(&tops, merged),
                _ => {}
            }
            rows.put(row, column, &text);
        }
        fill_down(&mut rows.lines, &merged, &tops);
        sheets.push(rows.into_sheet(Some(name), remarks));
    }
    Ok(sheets)
}

fn top(tops: &[((u32, u32), String)], merged: &Dimensions) -> String {
    tops.iter().find(|(start, _)| *start == merged.start).map(|(_, text)| text.clone()).unwrap_or_default()
}

/// Programs leave out the cells below the first of a merged area.
fn fill_down(lines: &mut [Line], merged: &[Dimensions], tops: &[((u32, u32), String)]) {
    for area in merged.iter().filter(|area| area.start.0 < area.end.0 && area.start.1 < MOST_COLUMNS) {
        let text = top(tops, area);
        let column = area.start.1 as usize;
        let first = lines.partition_point(|(number, _)| *number <= u64::from(area.start.0) + 1);
        for (_, cells) in lines[first..].iter_mut().take_while(|(number, _)| *number <= u64::from(area.end.0) + 1) {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if cells[column].is_empty() {
                cells[column].clone_from(&text);
            }
        }
    }
}

/// `B12`.
fn cell_name((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// Every sheet of another workbook.
fn whole<R: Reader<B>, B: std::io::Read + std::io::Seek>(mut book: R) -> Result<Vec<Sheet>, Box<dyn std::error::Error>>
where
    R::Error: std::error::Error + 'static,
{
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (row, column, value) in range.used_cells() {
            let at = |first: u32, index: usize| first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
            rows.put(at(first_row, row), at(first_column, column), &shown(value));
        }
        sheets.push(rows.into_sheet(Some(name), Vec::new()));
    }
    Ok(sheets)
}

/// A value as text. Dates are written as ISO does, whatever the sheet shows.
fn shown(value: &Data) -> String {
    match value {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
        }
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Bool(true) => "yes".to_owned(),
        Data::Bool(false) => "no".to_owned(),
        Data::Error(_) | Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// A table as text.
fn text(bytes: &[u8]) -> Sheet {
    let (text, lost) = decoded(bytes);
    let mut remarks = Vec::new();
    if let Some(line) = lost {
        remarks.push((line, Message::new("registry-letters-lost")));
    }
    let (separator, skip) = separator(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(&text.as_bytes()[skip..]);
    let mut rows = Rows::default();
    let before = text[..skip].matches('\n').count() as u64;
    for record in reader.records().flatten() {
        // A row may take several lines of the text, but a spreadsheet counts rows: people look there.
        let row = record.position().map_or(0, csv::Position::record) + before;
        for (column, cell) in record.iter().enumerate() {
            rows.put(u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX), cell);
        }
    }
    rows.into_sheet(None, remarks)
}

/// The text of a table, and the first line in which letters were lost before it came here.
fn decoded(bytes: &[u8]) -> (String, Option<u64>) {
    let text = if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned()
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // Excel on a Kazakh or Russian Windows.
            Err(_) => WINDOWS_1251.decode_without_bom_handling(bytes).0.chars().map(kazakh).collect(),
        }
    };
    // A program that does not have a Kazakh letter writes a question mark in its place.
    let letters: Vec<char> = text.chars().collect();
    let lost = letters
        .windows(3)
        .position(|three| three[1] == '\u{fffd}' || three[1] == '?' && is_cyrillic(three[0]) && is_cyrillic(three[2]));
    let line = lost.map(|at| 1 + letters[..at].iter().filter(|letter| **letter == '\n').count() as u64);
    (text, line)
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&letter)
}

/// What stands between the cells, and the length of a line that says so.
fn separator(text: &str) -> (u8, usize) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some(separator) = rest.bytes().next().filter(u8::is_ascii)
    {
        return (separator, text.find('\n').map_or(text.len(), |at| at + 1));
    }
    let count = |separator: char| {
        let mut quoted = false;
        let mut most = 0;
        // A title above the table has no separators: the row with the most of them counts.
        for line in text.lines().filter(|line| !line.trim().is_empty()).take(30) {
            let count = line.chars().filter(|c| {
                quoted ^= *c == '"';
                *c == separator && !quoted
            });
            most = most.max(count.count());
        }
        most
    };
    let best = [';', '\t', ','].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(';');
    (best as u8, 0)
}
