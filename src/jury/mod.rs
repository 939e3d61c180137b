//! The sheet for the jury of a contest: who handed in what and how it came out, the marks or numbers that decide, and what
//! follows from them. Here it is planned as data; one file writes it as a workbook, the other as CSV.

#[cfg(feature = "cli")]
mod csv;
#[cfg(feature = "cli")]
mod xlsx;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::facts::{Facts, Origin};
use crate::finding::{Arg, Level, Message};
use crate::judge::{Examined, Outcome, Verdict};
use crate::locale::Locale;
use crate::profile::{Modality, Profile};
use crate::settings::jury::{Group, Jury};
use crate::settings::names;

#[cfg(feature = "cli")]
pub use csv::write as write_csv;
#[cfg(feature = "cli")]
pub use xlsx::write as write_xlsx;

/// The sheet, in words of one language.
#[derive(Debug, PartialEq)]
pub struct Plan {
    /// The contest.
    pub title: String,
    /// What people have to know who work with the sheet.
    pub notes: Vec<String>,
    /// Works, sorted by group and path.
    pub works: Vec<Work>,
    /// There are groups, within which works compete.
    pub grouped: bool,
    /// Headings of the numbers that every work has from the table.
    pub inputs: Vec<String>,
    /// What marks are given for: name, lowest and highest mark.
    pub criteria: Vec<(String, i32, i32)>,
    /// Members of the jury.
    pub members: Vec<String>,
    /// Headings of stages in which something is decided without marks.
    pub stages: Vec<String>,
    /// Awards by rank, the highest first, with the last rank that gets each; none for all that are left.
    pub awards: Vec<(String, Option<u32>)>,
    /// Awards for one kind of school, with their number.
    pub special: Vec<(String, u32)>,
}

/// A work on the sheet.
#[derive(Debug, PartialEq)]
pub struct Work {
    /// Its path.
    pub path: String,
    /// Its author.
    pub author: String,
    /// The school.
    pub school: String,
    /// The group within which it competes.
    pub group: String,
    /// How it came out.
    pub verdict: Verdict,
    /// The verdict and its reasons in words.
    pub reasons: String,
    /// The numbers from the table.
    pub inputs: Vec<Option<f64>>,
    /// The rank that follows from these numbers, and whether another work has it too; none without numbers.
    pub rank: Option<(u32, bool)>,
    /// For each special award, whether the school is of its kind.
    pub special: Vec<bool>,
}

/// Plans the sheet of a contest; none if its profile has no `[jury]`. `members` stands in the place of the number of members
/// that the profile names.
#[must_use]
pub fn plan(profile: &Profile, examined: &[Examined], members: Option<u32>, locale: &Locale) -> Option<Plan> {
    let jury = profile.jury.as_ref()?;
    let language = locale.language().code();
    let name = |names: &BTreeMap<String, String>| {
        names.get(language).or_else(|| names.values().next()).cloned().unwrap_or_default()
    };
    let special: Vec<_> = jury.awards.iter().filter(|award| award.school_kind.is_some()).collect();
    let mut works: Vec<Work> = examined
        .iter()
        .map(|one| Work {
            path: one.path.clone(),
            author: jury.author.as_ref().and_then(|who| who.said(&one.facts)).unwrap_or_default(),
            school: jury.school.as_ref().and_then(|who| who.said(&one.facts)).unwrap_or_default(),
            group: jury.group.as_ref().map(|group| of_group(group, &one.facts).1).unwrap_or_default(),
            verdict: one.judgement.verdict,
            reasons: reasons(profile, one, locale),
            inputs: jury.inputs.iter().map(|row| number(&one.facts, &row.id)).collect(),
            rank: None,
            special: special
                .iter()
                .map(|award| {
                    let kind = jury.school_kind.as_ref().map(|group| of_group(group, &one.facts).0);
                    kind.is_some() && kind.as_deref() == award.school_kind.as_deref()
                })
                .collect(),
        })
        .collect();
    works.sort_by(|a, b| (&a.group, &a.path).cmp(&(&b.group, &b.path)));
    let ranks: Vec<_> = works.iter().map(|work| rank(work, &works)).collect();
    works.iter_mut().zip(ranks).for_each(|(work, rank)| work.rank = rank);
    let mut last = 0;
    let awards = jury.awards.iter().filter(|award| award.school_kind.is_none()).map(|award| {
        let quota = award.quota.or(award.per_region);
        let rank = quota.map(|quota| {
            last += quota;
            last
        });
        (name(&award.name), rank)
    });
    Some(Plan {
        title: profile.title.get(locale.language()).to_owned(),
        notes: notes(jury, locale),
        awards: awards.collect(),
        special: special.iter().map(|award| (name(&award.name), award.quota.unwrap_or(1))).collect(),
        works,
        grouped: jury.group.is_some(),
        inputs: jury.inputs.iter().map(|row| name(&row.name)).collect(),
        criteria: jury.criteria.iter().map(|one| (name(&one.name), one.min, one.max)).collect(),
        members: member_names(jury, members, &name, locale),
        stages: jury.stages.iter().map(|row| name(&row.name)).collect(),
    })
}

/// The rank of a work by its numbers, among those of its group that take part.
fn rank(work: &Work, works: &[Work]) -> Option<(u32, bool)> {
    let takes_part = |work: &Work| work.verdict != Verdict::NonCompliant;
    if !takes_part(work) || work.inputs.first()?.is_none() {
        return None;
    }
    // A blank cell counts as nothing, as it does in a spreadsheet.
    let numbers = |work: &Work| work.inputs.iter().map(|number| number.unwrap_or(0.0)).collect::<Vec<_>>();
    let own = numbers(work);
    let others = works.iter().filter(|other| other.group == work.group && takes_part(other)).map(numbers);
    let (mut ahead, mut same) = (0, 0);
    for other in others {
        match other.partial_cmp(&own) {
            Some(Ordering::Greater) => ahead += 1,
            Some(Ordering::Equal) => same += 1,
            _ => {}
        }
    }
    Some((ahead + 1, same > 1))
}

#[cfg(feature = "cli")]
impl Plan {
    /// The award that goes with the rank of a work, marked if another work has that rank too.
    fn award(&self, work: &Work, locale: &Locale) -> Option<String> {
        let (rank, tie) = work.rank?;
        let (name, _) = self.awards.iter().find(|(_, until)| until.is_none_or(|until| rank <= until))?;
        Some(if tie { format!("{name} ({})", locale.plain("jury-tie")) } else { name.clone() })
    }
}

fn member_names(
    jury: &Jury,
    members: Option<u32>,
    name: &dyn Fn(&BTreeMap<String, String>) -> String,
    locale: &Locale,
) -> Vec<String> {
    /// Sheets of one workbook. No jury is larger.
    const MOST: u32 = 50;

    if jury.criteria.is_empty() {
        return Vec::new();
    }
    let from: Vec<String> = jury
        .members
        .iter()
        .flat_map(|group| std::iter::repeat_n(name(&group.name), group.members.min(MOST) as usize))
        .collect();
    let count = members.map_or(from.len(), |members| members as usize).clamp(1, MOST as usize);
    let numbered = |index: usize| {
        let member = locale.text(&Message::new("jury-member").with("number", Arg::Text((index + 1).to_string())));
        from.get(index).map_or(member.clone(), |place| format!("{member}: {place}"))
    };
    (0..count).map(numbered).collect()
}

fn notes(jury: &Jury, locale: &Locale) -> Vec<String> {
    let mut notes = vec![locale.plain("jury-note-part")];
    if !jury.criteria.is_empty() {
        notes.push(locale.plain("jury-note-marks"));
    }
    if !jury.inputs.is_empty() {
        notes.push(locale.plain("jury-note-inputs"));
    }
    if jury.stages.is_empty() {
        notes.push(locale.plain("jury-note-ties"));
    }
    notes
}

/// The id and the name of the group a submission is in; what is not in the list stands as it is written.
fn of_group(group: &Group, facts: &Facts) -> (String, String) {
    let Some(text) = group.who.said(facts) else { return Default::default() };
    match names::row(&text, &group.values) {
        Some(row) => (row.id.clone(), row.label()),
        None => (String::new(), text),
    }
}

/// A number that stands in a column of the table.
fn number(facts: &Facts, column: &str) -> Option<f64> {
    let answer = facts.record.as_ref()?.answers.get(column).filter(|answer| answer.from == Origin::Table)?;
    let digits: String = answer.text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

/// The verdict in words, what failed, and how much was not checked.
fn reasons(profile: &Profile, examined: &Examined, locale: &Locale) -> String {
    let judgement = &examined.judgement;
    let mut text = locale.named("verdict", judgement.verdict.id());
    let binding = judgement
        .requirements
        .iter()
        .filter(|one| !one.waived && profile.requirements[one.requirement].modality == Modality::Must);
    let failed: Vec<&str> = binding
        .clone()
        .filter(|one| one.outcome == Outcome::Failed)
        .map(|one| profile.requirements[one.requirement].title.get(locale.language()))
        .collect();
    let own = judgement.findings.iter().filter(|one| one.requirement.is_none() && one.level == Level::Error);
    let own: Vec<String> = own.map(|one| locale.text(&one.message)).collect();
    let told = failed.iter().map(|title| (*title).to_owned()).chain(own).collect::<Vec<_>>().join("; ");
    if !told.is_empty() {
        text.push_str(&format!("; {} {told}", locale.plain("jury-not-met")));
    }
    let open = binding.filter(|one| one.outcome == Outcome::NotChecked).count();
    if open > 0 {
        text.push_str(&format!("; {}", locale.text(&Message::new("jury-open").with("count", open))));
    }
    text
}
