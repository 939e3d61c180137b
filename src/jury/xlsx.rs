//! The sheet as a workbook: a summary with the ranks, and a page for each member of the jury.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::{Plan, Work};
use crate::judge::Verdict;
use crate::locale::Locale;

/// Rows in front of the first work: the title, the headings.
const FIRST: u32 = 2;

/// Makes the workbook.
///
/// # Errors
/// It would be larger than the format allows.
pub fn write(plan: &Plan, locale: &Locale) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let looks = Looks::new();
    let names = sheet_names(plan, locale);
    let summary = Summary { plan, locale, looks: &looks, names: &names };
    summary.write(book.add_worksheet().set_name(locale.plain("jury-sheet-summary"))?)?;
    for (member, name) in plan.members.iter().zip(&names) {
        page(plan, member, locale, &looks, book.add_worksheet().set_name(name)?)?;
    }
    notes(plan, &looks, book.add_worksheet().set_name(locale.plain("jury-sheet-notes"))?)?;
    book.save_to_buffer()
}

/// How cells look.
struct Looks {
    title: Format,
    head: Format,
    cell: Format,
    open: Format,
}

impl Looks {
    fn new() -> Looks {
        let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        Looks {
            title: Format::new().set_bold().set_font_size(14),
            head: cell.clone().set_bold().set_background_color(0x00DD_E7F0),
            // What a person fills in.
            open: cell.clone().set_background_color(0x00FF_FBE6),
            cell,
        }
    }
}

/// Names of the pages of members: short, and without the signs that a name of a sheet must not have.
fn sheet_names(plan: &Plan, locale: &Locale) -> Vec<String> {
    let named = |(index, _): (usize, &String)| format!("{} {}", locale.plain("jury-sheet-member"), index + 1);
    plan.members.iter().enumerate().map(named).collect()
}

fn prepare(sheet: &mut Worksheet, title: &str, looks: &Looks) -> Result<(), XlsxError> {
    sheet.write_with_format(0, 0, title, &looks.title)?;
    // Programs show what stands here until somebody writes a mark.
    sheet.set_formula_result_default("");
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(FIRST - 1, FIRST - 1)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.set_row_height(FIRST - 1, 6.0 * LINE)?;
    Ok(())
}

/// Height of a line of text, in points.
const LINE: f64 = 15.0;

/// Makes a row as high as its longest text: programs do not when they open a sheet.
fn fit(sheet: &mut Worksheet, row: u32, texts: &[(&str, f64)]) -> Result<(), XlsxError> {
    let lines =
        texts.iter().map(|(text, width)| (text.chars().count() as f64 * 1.1 / width).ceil()).fold(1.0, f64::max);
    // Excel knows no higher row.
    sheet.set_row_height(row, (lines * LINE).min(400.0)).map(|_| ())
}

/// `B3`, or `B$3` with `fixed`.
fn cell(row: u32, column: u16, fixed: bool) -> String {
    format!("{}{}{}", rust_xlsxwriter::utility::column_number_to_name(column), if fixed { "$" } else { "" }, row + 1)
}

/// The page of a member.
fn page(plan: &Plan, member: &str, locale: &Locale, looks: &Looks, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    prepare(sheet, member, looks)?;
    let heading = |word| locale.named("jury-column", word);
    for (column, word) in (0..).zip(["number", "work", "author"]) {
        sheet.write_with_format(FIRST - 1, column, heading(word), &looks.head)?;
    }
    let total = MARKS + plan.criteria.len() as u16;
    for (column, (name, min, max)) in (MARKS..).zip(&plan.criteria) {
        sheet.write_with_format(FIRST - 1, column, format!("{name} ({min}–{max})"), &looks.head)?;
        if let Some(last) = last_row(plan) {
            let rule = DataValidation::new().allow_whole_number(DataValidationRule::Between(*min, *max));
            let rule = rule.set_error_message(format!("{min}–{max}"))?;
            sheet.add_data_validation(FIRST, column, last, column, &rule)?;
        }
    }
    sheet.write_with_format(FIRST - 1, total, heading("total"), &looks.head)?;
    for (row, work) in (FIRST..).zip(&plan.works) {
        sheet.write_with_format(row, 0, row - FIRST + 1, &looks.cell)?;
        sheet.write_string_with_format(row, 1, &work.path, &looks.cell)?;
        sheet.write_string_with_format(row, 2, author(work), &looks.cell)?;
        fit(sheet, row, &[(&work.path, 36.0), (author(work), 26.0)])?;
        for column in MARKS..total {
            sheet.write_blank(row, column, &looks.open)?;
        }
        let marks = format!("{}:{}", cell(row, MARKS, false), cell(row, total - 1, false));
        let sum = format!("=IF(COUNT({marks})=0,\"\",SUM({marks}))");
        sheet.write_formula_with_format(row, total, Formula::new(sum), &looks.cell)?;
    }
    for (column, width) in [(0, 5), (1, 36), (2, 26)] {
        sheet.set_column_width(column, width)?;
    }
    (MARKS..total).try_for_each(|column| sheet.set_column_width(column, 16).map(|_| ()))
}

/// The first column of marks on the page of a member.
const MARKS: u16 = 3;

fn author(work: &Work) -> &str {
    if work.author.is_empty() { &work.school } else { &work.author }
}

fn last_row(plan: &Plan) -> Option<u32> {
    (FIRST + plan.works.len() as u32).checked_sub(1).filter(|_| !plan.works.is_empty())
}

/// The first page.
struct Summary<'a> {
    plan: &'a Plan,
    locale: &'a Locale,
    looks: &'a Looks,
    names: &'a [String],
}

/// Where what stands on the first page.
struct Columns {
    group: Option<u16>,
    reasons: u16,
    part: u16,
    inputs: u16,
    members: u16,
    mean: Option<u16>,
    sum: Option<u16>,
    rank: Option<u16>,
    stages: u16,
    award: u16,
    special: u16,
    remarks: u16,
}

impl Columns {
    fn of(plan: &Plan) -> Columns {
        let mut next = 4;
        let mut take = |count: usize| {
            let column = next;
            next += count as u16;
            column
        };
        let group = plan.grouped.then(|| take(1));
        let (reasons, part) = (take(1), take(1));
        let (inputs, members) = (take(plan.inputs.len()), take(plan.members.len()));
        let marks = !plan.members.is_empty();
        let (sum, mean) = (marks.then(|| take(1)), marks.then(|| take(1)));
        let rank = (marks || !plan.inputs.is_empty()).then(|| take(1));
        let (stages, award) = (take(plan.stages.len()), take(1));
        let (special, remarks) = (take(plan.special.len()), take(1));
        Columns { group, reasons, part, inputs, members, mean, sum, rank, stages, award, special, remarks }
    }
}

impl Summary<'_> {
    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        prepare(sheet, &self.plan.title, self.looks)?;
        let columns = Columns::of(self.plan);
        self.headings(&columns, sheet)?;
        for (row, work) in (FIRST..).zip(&self.plan.works) {
            self.row(row, work, &columns, sheet)?;
        }
        let Some(last) = last_row(self.plan) else { return Ok(()) };
        let yes_no = ["yes", "no"].map(|word| self.locale.named("jury-part", word));
        let rule = DataValidation::new().allow_list_strings(&yes_no)?;
        sheet.add_data_validation(FIRST, columns.part, last, columns.part, &rule)?;
        // A list in a rule may hold 255 characters; longer ones people type.
        let names: Vec<&str> = self.plan.awards.iter().map(|(name, _)| name.as_str()).collect();
        if let (None, Ok(rule)) = (columns.rank, DataValidation::new().allow_list_strings(&names)) {
            sheet.add_data_validation(FIRST, columns.award, last, columns.award, &rule)?;
        }
        sheet.autofilter(FIRST - 1, 0, last, columns.remarks)?;
        Ok(())
    }

    fn headings(&self, columns: &Columns, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let word = |word| self.locale.named("jury-column", word);
        let mut head: Vec<(u16, String, f64)> = [("number", 5.0), ("work", 34.0), ("author", 24.0), ("school", 24.0)]
            .into_iter()
            .zip(0..)
            .map(|((name, width), column)| (column, word(name), width))
            .collect();
        head.extend(columns.group.map(|column| (column, word("group"), 20.0)));
        head.push((columns.reasons, word("verdict"), 44.0));
        head.push((columns.part, word("part"), 10.0));
        head.extend((columns.inputs..).zip(&self.plan.inputs).map(|(column, name)| (column, name.clone(), 14.0)));
        head.extend((columns.members..).zip(&self.plan.members).map(|(column, name)| (column, name.clone(), 16.0)));
        let counted = [(columns.sum, "sum"), (columns.mean, "mean"), (columns.rank, "rank")];
        head.extend(counted.into_iter().filter_map(|(column, name)| Some((column?, word(name), 10.0))));
        head.extend((columns.stages..).zip(&self.plan.stages).map(|(column, name)| (column, name.clone(), 18.0)));
        head.push((columns.award, word("award"), 24.0));
        head.extend(
            (columns.special..).zip(&self.plan.special).map(|(column, (name, _))| (column, name.clone(), 24.0)),
        );
        head.push((columns.remarks, word("remarks"), 24.0));
        for (column, text, width) in head {
            sheet.write_string_with_format(FIRST - 1, column, text, &self.looks.head)?;
            sheet.set_column_width(column, width)?;
        }
        Ok(())
    }

    fn row(&self, row: u32, work: &Work, columns: &Columns, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let Looks { cell: look, open, .. } = self.looks;
        sheet.write_with_format(row, 0, row - FIRST + 1, look)?;
        for (column, text) in [(1, &work.path), (2, &work.author), (3, &work.school), (columns.reasons, &work.reasons)]
        {
            sheet.write_string_with_format(row, column, text, look)?;
        }
        let texts: [(&str, f64); 5] = [
            (&work.path, 34.0),
            (&work.author, 24.0),
            (&work.school, 24.0),
            (&work.group, 20.0),
            (&work.reasons, 44.0),
        ];
        fit(sheet, row, &texts)?;
        if let Some(column) = columns.group {
            sheet.write_string_with_format(row, column, &work.group, look)?;
        }
        let part = if work.verdict == Verdict::NonCompliant { "no" } else { "yes" };
        sheet.write_string_with_format(row, columns.part, self.locale.named("jury-part", part), open)?;
        for (column, number) in (columns.inputs..).zip(&work.inputs) {
            match number {
                Some(number) => sheet.write_number_with_format(row, column, *number, open)?,
                None => sheet.write_blank(row, column, open)?,
            };
        }
        let formula = |text: String| Formula::new(text);
        let total = MARKS + self.plan.criteria.len() as u16;
        for (column, name) in (columns.members..).zip(self.names) {
            let text = format!("='{}'!{}", name.replace('\'', "''"), cell(row, total, false));
            sheet.write_formula_with_format(row, column, formula(text), look)?;
        }
        if let (Some(sum), Some(mean)) = (columns.sum, columns.mean) {
            let last = columns.members + self.plan.members.len() as u16 - 1;
            let totals = format!("{}:{}", cell(row, columns.members, false), cell(row, last, false));
            for (column, what) in [(sum, format!("SUM({totals})")), (mean, format!("ROUND(AVERAGE({totals}),2)"))] {
                let text = format!("=IF(COUNT({totals})=0,\"\",{what})");
                sheet.write_formula_with_format(row, column, formula(text), look)?;
            }
        }
        for column in columns.stages..columns.award {
            sheet.write_blank(row, column, open)?;
        }
        match columns.rank {
            Some(rank) => self.ranks(row, work, columns, rank, sheet)?,
            None => {
                sheet.write_blank(row, columns.award, open)?;
            }
        }
        sheet.write_blank(row, columns.remarks, open)?;
        Ok(())
    }

    /// The rank among those who take part, in the same group, and the award that goes with it.
    fn ranks(
        &self,
        row: u32,
        work: &Work,
        columns: &Columns,
        rank: u16,
        sheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let Some(last) = last_row(self.plan) else { return Ok(()) };
        let all = |column: u16| format!("{}:{}", cell(FIRST, column, true), cell(last, column, true));
        let own = |column: u16| cell(row, column, false);
        let yes = self.locale.named("jury-part", "yes");
        let mut among = format!("({}=\"{yes}\")", all(columns.part));
        if let Some(group) = columns.group {
            among.push_str(&format!("*({}={})", all(group), own(group)));
        }
        // Marks decide by their mean, so that a member who has not marked yet does not count as one who gave nothing.
        let (counts, better, same) = match columns.mean {
            Some(mean) => {
                let numbers = format!("ISNUMBER({})", all(mean));
                let better = format!("{numbers}*({}>{})", all(mean), own(mean));
                (format!("ISNUMBER({})", own(mean)), better, format!("{numbers}*({}={})", all(mean), own(mean)))
            }
            None => {
                let inputs: Vec<u16> = (columns.inputs..columns.members).collect();
                let equal = |columns: &[u16]| {
                    columns.iter().map(|column| format!("({}={})", all(*column), own(*column))).collect::<Vec<_>>()
                };
                let better = inputs.iter().enumerate().map(|(index, column)| {
                    let mut parts = equal(&inputs[..index]);
                    parts.push(format!("({}>{})", all(*column), own(*column)));
                    parts.join("*")
                });
                let better = format!("({})", better.collect::<Vec<_>>().join("+"));
                (format!("ISNUMBER({})", own(columns.inputs)), better, equal(&inputs).join("*"))
            }
        };
        let condition = format!("AND({}=\"{yes}\",{counts})", own(columns.part));
        let formula = |text: String| Formula::new(text);
        // What is known already is written beside the formula: not every program computes a sheet when it opens it.
        let known = work.rank.filter(|_| columns.mean.is_none());
        let shown = known.map(|(rank, _)| rank.to_string()).unwrap_or_default();
        let text = format!("=IF({condition},1+SUMPRODUCT({among}*{better}),\"\")");
        sheet.write_formula_with_format(row, rank, formula(text).set_result(shown), &self.looks.cell)?;

        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut award = "\"\"".to_owned();
        for (name, until) in self.plan.awards.iter().rev() {
            award = match until {
                Some(until) => format!("IF({}<={until},{},{award})", own(rank), quoted(name)),
                None => quoted(name),
            };
        }
        let tie = quoted(&format!(" ({})", self.locale.plain("jury-tie")));
        // While members have not marked yet, an award is no more than a state of things.
        let marked = columns.mean.map_or_else(String::new, |_| {
            let count = self.plan.members.len();
            let last = columns.members + count as u16 - 1;
            let totals = format!("{}:{}", own(columns.members), own(last));
            format!("&IF(COUNT({totals})<{count},\" (\"&COUNT({totals})&\"/{count})\",\"\")")
        });
        let text = format!(
            "=IF(ISNUMBER({rank}),{award}{marked}&IF(AND({award}<>\"\",SUMPRODUCT({among}*{same})>1),{tie},\"\"),\"\")",
            rank = own(rank)
        );
        let shown = known.and_then(|_| self.plan.award(work, self.locale));
        let award = formula(text).set_result(shown.unwrap_or_default());
        sheet.write_formula_with_format(row, columns.award, award, &self.looks.cell)?;

        for (index, (column, (name, quota))) in (0..).zip((columns.special..).zip(&self.plan.special)) {
            // Which schools are of the kind stands in a hidden column.
            let kind = columns.remarks + 1 + index;
            sheet.write_number(row, kind, f64::from(u8::from(work.special[usize::from(index)])))?;
            sheet.set_column_hidden(kind)?;
            let ahead = format!("({}=1)*ISNUMBER({1})*({1}<{2})", all(kind), all(rank), own(rank));
            let wins = format!("SUMPRODUCT({ahead})<{quota}");
            let text =
                format!("=IF(AND({}=1,ISNUMBER({})),IF({wins},{},\"\"),\"\")", own(kind), own(rank), quoted(name));
            sheet.write_formula_with_format(row, column, formula(text), &self.looks.cell)?;
        }
        Ok(())
    }
}

fn notes(plan: &Plan, looks: &Looks, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.write_with_format(0, 0, &plan.title, &looks.title)?;
    sheet.set_column_width(0, 110)?;
    for (row, note) in (1..).zip(&plan.notes) {
        fit(sheet, row, &[(note, 110.0)])?;
        sheet.write_string_with_format(row, 0, note, &looks.cell)?;
    }
    Ok(())
}
