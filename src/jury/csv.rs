//! The sheet as CSV, for programs and for those who have no spreadsheet: semicolons, and a mark that makes Excel read UTF-8.

use std::io::{self, Write};

use super::Plan;
use crate::judge::Verdict;
use crate::locale::Locale;
use crate::report::csv::{Separator, harmless, writer};

/// Writes the sheet. Cells for marks are empty, and there are no formulas: ranks by numbers are counted.
///
/// # Errors
/// What `out` says when it cannot take more.
pub fn write(plan: &Plan, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = writer(Separator::Semicolon, out)?;
    let mut head: Vec<String> = ["number", "work", "author", "school", "group", "verdict", "part"]
        .into_iter()
        .filter(|word| plan.grouped || *word != "group")
        .map(|word| locale.named("jury-column", word))
        .collect();
    head.extend(plan.inputs.iter().cloned());
    for member in &plan.members {
        head.extend(plan.criteria.iter().map(|(name, min, max)| format!("{member}: {name} ({min}–{max})")));
    }
    head.extend(plan.stages.iter().cloned());
    head.extend((!plan.inputs.is_empty()).then(|| locale.named("jury-column", "rank")));
    head.extend(["award", "remarks"].map(|word| locale.named("jury-column", word)));
    let blank = plan.members.len() * plan.criteria.len() + plan.stages.len();
    rows.write_record(head.iter().map(|cell| harmless(cell)))?;
    for (number, work) in plan.works.iter().enumerate() {
        let mut cells = vec![(number + 1).to_string(), work.path.clone(), work.author.clone(), work.school.clone()];
        cells.extend(plan.grouped.then(|| work.group.clone()));
        let part = if work.verdict == Verdict::NonCompliant { "no" } else { "yes" };
        cells.extend([work.reasons.clone(), locale.named("jury-part", part)]);
        cells.extend(work.inputs.iter().map(|number| number.map(|number| number.to_string()).unwrap_or_default()));
        cells.extend(std::iter::repeat_n(String::new(), blank));
        if !plan.inputs.is_empty() {
            cells.push(work.rank.map(|(rank, _)| rank.to_string()).unwrap_or_default());
        }
        cells.extend([plan.award(work, locale).unwrap_or_default(), String::new()]);
        rows.write_record(cells.iter().map(|cell| harmless(cell)))?;
    }
    rows.flush()
}
