//! The report as a workbook: a sheet of submissions, one of findings, one of requirements, each with filters.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::document::Document;
use super::table::{
    Cell, Head, finding_rows, findings_head, requirement_rows, requirements_head, submission_row, submissions_head,
};
use crate::judge::Verdict;
use crate::locale::Locale;

/// Letters that a cell may have; the format allows some more.
const LETTERS: usize = 32_000;

/// Rows that a sheet may have below its headings.
const ROWS: usize = 1_048_575;

pub(super) fn write(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let bytes = book(document, locale).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn book(document: &Document<'_>, locale: &Locale) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let colour = |verdict| match verdict {
        Verdict::Compliant => Color::RGB(0x00DF_F2E1),
        Verdict::NonCompliant => Color::RGB(0x00FB_E0DE),
        Verdict::Incomplete => Color::RGB(0x00FD_F3D1),
    };
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let looks = |verdict| plain.clone().set_background_color(colour(verdict));

    let sheet = book.add_worksheet().set_name(locale.plain("sheet-submissions"))?;
    let all = document.submissions.iter();
    let rows = all.map(|submission| (submission_row(&submission, document, locale), Some(submission.verdict)));
    fill(sheet, &submissions_head(document, locale), rows, &plain, looks)?;

    let sheet = book.add_worksheet().set_name(locale.plain("sheet-findings"))?;
    let all = document.submissions.iter();
    let rows = all.flat_map(|submission| finding_rows(&submission, document, locale)).map(|cells| (cells, None));
    fill(sheet, &findings_head(locale), rows, &plain, looks)?;

    let sheet = book.add_worksheet().set_name(locale.plain("sheet-requirements"))?;
    let rows = requirement_rows(document, locale).into_iter().map(|cells| (cells, None));
    fill(sheet, &requirements_head(locale), rows, &plain, looks)?;
    book.save_to_buffer()
}

/// Writes a table. The third cell of a row with a verdict gets the colour of the verdict.
fn fill(
    sheet: &mut Worksheet,
    head: &Head,
    rows: impl Iterator<Item = (Vec<Cell>, Option<Verdict>)>,
    plain: &Format,
    looks: impl Fn(Verdict) -> Format,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_background_color(0x00DD_E7F0).set_align(FormatAlign::Top);
    for (column, (heading, width)) in (0..).zip(&head.0) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    let verdicts =
        [Verdict::Compliant, Verdict::Incomplete, Verdict::NonCompliant].map(|verdict| (verdict, looks(verdict)));
    let mut last = 0;
    let mut left_out = 0;
    for (cells, verdict) in rows {
        if last as usize == ROWS {
            left_out += 1;
            continue;
        }
        last += 1;
        for (column, cell) in (0..).zip(&cells) {
            let look = verdicts.iter().find(|(other, _)| column == VERDICT && verdict == Some(*other));
            let look = look.map_or(plain, |(_, look)| look);
            match cell {
                Cell::Text(text) => sheet.write_string_with_format(last, column, cut(text), look)?,
                Cell::Number(number) => sheet.write_number_with_format(last, column, *number, look)?,
                Cell::Empty => sheet,
            };
        }
    }
    if left_out > 0 {
        sheet.write_string_with_format(last, 0, format!("… +{}", left_out + 1), plain)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last, (head.0.len() as u16).saturating_sub(1))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// The column of the verdict.
const VERDICT: u16 = 2;

/// No more letters than a cell may have.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}
