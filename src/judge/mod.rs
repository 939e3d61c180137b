//! Facts and a profile to outcomes and a verdict. Waivers are settled here and nowhere else.

#[cfg(feature = "cli")]
pub mod isolate;
#[cfg(feature = "cli")]
pub mod run;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checks::malware::{self, By};
use crate::checks::{Bound, Opinion, inside, sent_once};
use crate::facts::{DamageKind, Facts, FileFacts, Kind, Unread};
use crate::finding::{Arg, Finding, Level, Message, Place, TOOL};
use crate::identify::{self, kind_of};
use crate::profile::{Modality, Profile, Requirement};

/// Works of the same author or school that are named; the rest is counted.
const SHOWN: usize = 5;

/// How a requirement came out for a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Looked at and met.
    Passed,
    /// Looked at and not met.
    Failed,
    /// It does not speak of this kind of material.
    NotApplicable,
    /// Not looked at, or not to the end; there is always a reason.
    NotChecked,
    /// A person decides.
    Manual,
}

impl Outcome {
    /// Every outcome, in the order of the type.
    pub const ALL: [Outcome; 5] =
        [Outcome::Passed, Outcome::Failed, Outcome::NotApplicable, Outcome::NotChecked, Outcome::Manual];

    /// The kebab-case id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::NotApplicable => "not-applicable",
            Outcome::NotChecked => "not-checked",
            Outcome::Manual => "manual",
        }
    }
}

/// How a submission came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every requirement that a machine can check was checked and is met.
    Compliant,
    /// None failed, but at least one was not checked.
    Incomplete,
    /// At least one failed.
    NonCompliant,
}

impl Verdict {
    /// The kebab-case id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Verdict::Compliant => "compliant",
            Verdict::Incomplete => "incomplete",
            Verdict::NonCompliant => "non-compliant",
        }
    }
}

/// A requirement's outcome for a submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Position in the profile's list.
    pub requirement: usize,
    /// How it came out.
    pub outcome: Outcome,
    /// Why it was not checked. In a box, because a large batch has hundreds of thousands without one.
    pub reason: Option<Box<Message>>,
    /// The profile waives it; it does not count.
    pub waived: bool,
}

/// What is thought of a submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// How it came out.
    pub verdict: Verdict,
    /// One for each requirement of the profile, in its order.
    pub requirements: Vec<Judged>,
    /// Sorted by place.
    pub findings: Vec<Finding>,
}

/// A submission with what was measured and thought.
pub struct Examined {
    /// Path for reports.
    pub path: String,
    /// Where it lies, as the arguments named it, if that is another path.
    pub file: Option<String>,
    /// What was measured.
    pub facts: Facts,
    /// What is thought of it.
    pub judgement: Judgement,
}

/// Submissions that were judged, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Submissions with each verdict.
    pub compliant: usize,
    /// See [`Verdict::NonCompliant`].
    pub non_compliant: usize,
    /// See [`Verdict::Incomplete`].
    pub incomplete: usize,
    /// Findings of each level.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level note.
    pub notes: usize,
    /// Positions of the requirements that a waiver was needed for.
    pub waived: BTreeSet<usize>,
}

impl Counts {
    /// Counts a submission with its findings.
    pub fn add(&mut self, judgement: &Judgement) {
        self.verdict(judgement.verdict);
        judgement.findings.iter().for_each(|finding| self.level(finding.level));
        let waived = judgement.requirements.iter().filter(|judged| judged.waived);
        self.waived.extend(waived.map(|judged| judged.requirement));
    }

    /// Submissions.
    #[must_use]
    pub fn submissions(&self) -> usize {
        self.compliant + self.non_compliant + self.incomplete
    }

    /// Counts a submission without its findings.
    pub fn verdict(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Compliant => self.compliant += 1,
            Verdict::NonCompliant => self.non_compliant += 1,
            Verdict::Incomplete => self.incomplete += 1,
        }
    }

    /// Counts a finding.
    pub fn level(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Note => self.notes += 1,
        }
    }
}

impl<'a> FromIterator<&'a Judgement> for Counts {
    fn from_iter<T: IntoIterator<Item = &'a Judgement>>(judgements: T) -> Counts {
        let mut counts = Counts::default();
        judgements.into_iter().for_each(|judgement| counts.add(judgement));
        counts
    }
}

/// Judges facts. `today` decides which waivers hold.
#[must_use]
pub fn judge(profile: &Profile, facts: &Facts, today: Date) -> Judgement {
    let mut findings = Vec::new();
    troubles(facts, &mut findings);
    infections(profile, facts, &mut findings);
    likenesses(profile, facts, &mut findings);
    let mut verdict = Verdict::Compliant;
    let mut requirements = Vec::with_capacity(profile.requirements.len());
    for (index, requirement) in profile.requirements.iter().enumerate() {
        let mut judged = Judged { requirement: index, outcome: Outcome::NotApplicable, reason: None, waived: false };
        if requirement.applies_to.contains(&facts.kind) {
            decide(requirement, facts, &mut judged, &mut findings);
            judged.waived = judged.outcome == Outcome::Failed && waived(profile, requirement, today);
            if judged.waived {
                let own = findings.iter_mut().filter(|finding| finding.requirement.as_ref() == Some(&requirement.id));
                own.for_each(|finding| {
                    finding.level = Level::Note;
                    finding.waived = true;
                });
            } else if requirement.modality == Modality::Must {
                verdict = verdict.max(match judged.outcome {
                    Outcome::Failed => Verdict::NonCompliant,
                    Outcome::NotChecked => Verdict::Incomplete,
                    _ => Verdict::Compliant,
                });
            }
        }
        requirements.push(judged);
    }
    // What nobody asks anything of has met nothing.
    if requirements.iter().all(|judged| judged.outcome == Outcome::NotApplicable) {
        verdict = verdict.max(Verdict::Incomplete);
        findings.push(Finding {
            check: TOOL,
            requirement: None,
            level: Level::Warning,
            message: Message::new("tool-nothing-applies").with("kind", Arg::Kind(facts.kind)),
            place: Place::whole(),
            waived: false,
        });
    }
    // What could not be looked at is not clean, even where no requirement asks for it.
    if facts.unread.is_some() {
        verdict = verdict.max(Verdict::Incomplete);
    }
    findings.sort_by(|a, b| {
        let place = a.place.partial_cmp(&b.place).unwrap_or(std::cmp::Ordering::Equal);
        place.then(b.level.cmp(&a.level)).then(a.requirement.cmp(&b.requirement)).then(a.message.id.cmp(&b.message.id))
    });
    Judgement { verdict, requirements, findings }
}

fn decide(requirement: &Requirement, facts: &Facts, judged: &mut Judged, findings: &mut Vec<Finding>) {
    let Some(decision) = &requirement.decision else {
        judged.outcome = Outcome::Manual;
        return;
    };
    if let Some(why) = facts.unread {
        judged.outcome = Outcome::NotChecked;
        judged.reason = Some(Box::new(Message::new("unchecked-unread").with("why", Arg::Unread(why))));
        return;
    }
    let opinion = if requirement.parts.is_empty() {
        decision.bound.opinion(facts)
    } else {
        of_parts(&*decision.bound, &requirement.parts, facts)
    };
    if opinion.beside {
        judged.outcome = Outcome::NotApplicable;
        return;
    }
    let failed = opinion.seen.iter().any(|seen| seen.level == Level::Error);
    findings.extend(opinion.seen.into_iter().map(|seen| Finding {
        check: decision.check.id,
        requirement: Some(Arc::clone(&requirement.id)),
        level: seen.level.min(requirement.level),
        message: seen.message,
        place: seen.place,
        waived: false,
    }));
    judged.outcome = match (failed, opinion.unchecked) {
        (true, _) => Outcome::Failed,
        (false, Some(reason)) => {
            judged.reason = Some(Box::new(reason));
            Outcome::NotChecked
        }
        (false, None) => Outcome::Passed,
    };
}

/// What a check thinks of the files of a submission that are of these kinds, each looked at as if it had come alone. If
/// there is none, the requirement does not speak of this submission; that there must be one is another requirement.
fn of_parts(bound: &dyn Bound, kinds: &[Kind], facts: &Facts) -> Opinion {
    let mut all = Opinion { beside: true, ..Opinion::default() };
    let mut look = |route: &[&str], file: &FileFacts, unread: Option<Unread>| {
        let kind = kind_of(&file.identity);
        if !kinds.contains(&kind) {
            return;
        }
        all.beside = false;
        if let Some(why) = unread {
            all.unchecked.get_or_insert_with(|| inside::unread(1, &route.join("!/"), why));
            return;
        }
        let part = Facts {
            kind,
            kind_given: false,
            sha256: None,
            unread: None,
            record: None,
            alike: None,
            links: None,
            file: file.clone(),
        };
        let opinion = bound.opinion(&part);
        all.seen.extend(opinion.seen.into_iter().map(|mut seen| {
            let outer = route.iter().map(|&name| name.to_owned());
            seen.place.route = outer.chain(std::mem::take(&mut seen.place.route)).collect();
            seen
        }));
        if let Some(reason) = opinion.unchecked {
            all.unchecked.get_or_insert(reason);
        }
    };
    if facts.file.bundle.is_none() {
        look(&[], &facts.file, None);
    }
    facts.file.walk(&mut |route, entry| match &entry.file {
        Some(file) => look(route, file, entry.unread),
        None if entry.folder => {}
        // What was not opened is known by its name alone.
        None => look(route, &FileFacts::new(identify::by_name(&entry.name), entry.size), entry.unread),
    });
    all
}

/// What a submission has in common with others, as far as no requirement asks for it.
fn likenesses(profile: &Profile, facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(alike) = &facts.alike else { return };
    let asks = |requirement: &Requirement| {
        let asks = requirement.decision.as_ref().is_some_and(|decision| decision.check.id == "sent-once");
        asks && requirement.applies_to.contains(&facts.kind)
    };
    let asked = profile.requirements.iter().any(asks);
    let mut add = |level, message, place| {
        findings.push(Finding { check: TOOL, requirement: None, level, message, place, waived: false });
    };
    for found in alike.works.iter().filter(|found| !asked || found.contest.is_some()) {
        let place = Place { route: found.here.clone(), ..Place::default() };
        add(Level::Warning, sent_once::likeness(found), place);
    }
    for (id, others) in [("same-author", &alike.author), ("same-school", &alike.school)] {
        if !others.is_empty() {
            let mut shown = others.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
            if others.len() > SHOWN {
                shown.push_str(&format!("; … +{}", others.len() - SHOWN));
            }
            add(Level::Note, Message::new(id).with("others", shown), Place::whole());
        }
    }
}

/// The program's own troubles with a submission.
fn troubles(facts: &Facts, findings: &mut Vec<Finding>) {
    let mut add = |level, message| {
        let place = Place::whole();
        findings.push(Finding { check: TOOL, requirement: None, level, message, place, waived: false });
    };
    match facts.unread {
        Some(Unread::Link) => add(Level::Warning, Message::new("tool-link")),
        Some(Unread::Panic) => add(Level::Error, Message::new("tool-panicked")),
        Some(Unread::Crashed) => add(Level::Error, Message::new("tool-crashed")),
        Some(Unread::Missing) => add(Level::Error, Message::new("tool-missing")),
        Some(Unread::Limit) => add(Level::Warning, Message::new("tool-over-limit")),
        // What was late is said below, in whole or in part.
        Some(Unread::Time) | None => {}
        Some(_) => add(Level::Error, Message::new("tool-unreadable")),
    }
    if let Some(record) = &facts.record {
        if record.unlisted {
            add(Level::Warning, Message::new("tool-unlisted"));
        }
        if record.rows.len() > 1 {
            let rows: Vec<String> = record.rows.iter().map(u64::to_string).collect();
            add(Level::Warning, Message::new("tool-rows-repeated").with("rows", rows.join(", ")));
        }
        if !record.unknown.is_empty() {
            add(Level::Warning, Message::new("tool-cover-unknown").with("keys", record.unknown.join(", ")));
        }
    }
    for entry in facts.file.bundle.iter().flat_map(|bundle| &bundle.entries) {
        let Some(file) = entry.file.as_ref().filter(|file| file.cover.is_some()) else { continue };
        for damage in &file.damage {
            let message = Message::new("tool-cover-broken").with("file", entry.name.as_str());
            add(Level::Error, message.with("detail", damage.detail.clone().unwrap_or_default()));
        }
    }
    let mut late = facts.unread == Some(Unread::Time);
    late |= facts.file.damage.iter().any(|damage| damage.what == DamageKind::OverTime);
    facts.file.walk(&mut |_, entry| {
        let damage = entry.file.iter().flat_map(|file| &file.damage);
        late |= entry.unread == Some(Unread::Time) || damage.into_iter().any(|d| d.what == DamageKind::OverTime);
    });
    if late {
        add(Level::Warning, Message::new("tool-over-time"));
    }
}

/// What a scanner found is told, even where no requirement asks for it.
fn infections(profile: &Profile, facts: &Facts, findings: &mut Vec<Finding>) {
    let asks = |requirement: &Requirement| {
        let asks = requirement.decision.as_ref().is_some_and(|decision| decision.check.id == "malware");
        asks && requirement.applies_to.contains(&facts.kind)
    };
    if profile.requirements.iter().any(asks) {
        return;
    }
    for (by, id) in [(By::Scanner, "tool-malware"), (By::Rules, "tool-rules")] {
        findings.extend(malware::infections(&facts.file, by).into_iter().map(|(route, name)| Finding {
            check: TOOL,
            requirement: None,
            level: Level::Warning,
            message: Message::new(id).with("name", name),
            place: Place::inside(&route),
            waived: false,
        }));
    }
}

fn waived(profile: &Profile, requirement: &Requirement, today: Date) -> bool {
    profile.waivers.iter().any(|waiver| waiver.requirement == requirement.id && today <= waiver.expires)
}

/// What is to be said about the profile's waivers after a run: expired ones, and ones that no submission needed.
#[must_use]
pub fn waiver_findings(profile: &Profile, today: Date, counts: &Counts) -> Vec<Finding> {
    let used = |id: &str| counts.waived.iter().any(|position| &*profile.requirements[*position].id == id);
    let finding = |message: Message, waiver: &crate::profile::Waiver| Finding {
        check: TOOL,
        requirement: Some(Arc::clone(&waiver.requirement)),
        level: Level::Warning,
        message,
        place: Place { route: vec![waiver.place.0.clone()], line: Some(waiver.place.1), ..Place::default() },
        waived: false,
    };
    let say = |waiver: &crate::profile::Waiver| {
        if today > waiver.expires {
            let message = Message::new("waiver-expired").with("date", waiver.expires.to_string());
            Some(finding(message.with("id", &*waiver.requirement), waiver))
        } else if !used(&waiver.requirement) {
            Some(finding(Message::new("waiver-unused").with("id", &*waiver.requirement), waiver))
        } else {
            None
        }
    };
    profile.waivers.iter().filter_map(say).collect()
}
