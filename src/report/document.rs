//! The report as data, format version 1. These types are the contract with other programs: they are kept apart from the
//! inside of the program, their JSON Schema is `tekser schema report`, and every renderer reads them and nothing else.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::changes::Changes;
use crate::facts::{Alike, Facts, FileFacts, Kind, LinkFacts, Record, Unread};
use crate::finding::{Arg, Finding, Level, Message};
use crate::judge::{Counts, Examined, Judged, Outcome, Verdict};
use crate::locale::Locale;
use crate::profile::{Modality, Profile, Requirement, Texts};

/// The version of the format.
pub const VERSION: u32 = 1;

/// The whole report. What is known before the first submission is looked at stands before them, so that it can be written
/// while they come in.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(title = "tekser report")]
pub struct Document<'a> {
    /// What this file is.
    pub report: Header,
    /// The program that wrote it.
    pub tool: Tool,
    /// The profile it judged by.
    pub profile: ProfileTexts<'a>,
    /// The table of what came in, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<Registry>,
    /// Findings about that table.
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty")]
    pub registry_findings: Vec<WrittenFinding<'a>>,
    /// Files left out because an operating system made them, sorted.
    pub skipped: Vec<Cow<'a, str>>,
    /// Sorted by path.
    #[serde(borrow)]
    #[schemars(with = "Vec<Submission<'a>>")]
    pub submissions: Submissions<'a>,
    /// Everything that may differ between two runs over the same files.
    pub run: Run,
    /// Counts.
    pub summary: Summary,
    /// Findings about the profile itself: waivers that ended or were not needed.
    #[serde(borrow)]
    pub profile_findings: Vec<WrittenFinding<'a>>,
    /// What changed since an older report, if it was compared with one.
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes<'a>>,
}

/// What this file is.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// Always `tekser`.
    pub format: Cow<'static, str>,
    /// Version of the format.
    pub version: u32,
    /// The language of its sentences: `kk`, `ru` or `en`.
    pub language: Cow<'static, str>,
}

/// The program that wrote the report.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its version.
    pub version: Cow<'static, str>,
}

/// The profile that was judged by.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct ProfileTexts<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// Its version.
    pub version: Cow<'a, str>,
    /// SHA-256 of its files, lower-case hexadecimal.
    pub sha256: Cow<'a, str>,
    /// Its name.
    pub title: Cow<'a, Texts>,
    /// What it requires, in the order of the document. Each submission tells the outcomes in the same order.
    pub requirements: Vec<RequirementTexts<'a>>,
    /// Requirements that do not count for a while.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WrittenWaiver<'a>>,
}

impl ProfileTexts<'_> {
    /// The requirement with this id.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<&RequirementTexts<'_>> {
        self.requirements.iter().find(|requirement| requirement.id == id)
    }

    /// The requirement that a finding belongs to, by its place in the list.
    #[must_use]
    pub fn position(&self, finding: &WrittenFinding<'_>) -> Option<usize> {
        let id = finding.requirement.as_deref()?;
        self.requirements.iter().position(|requirement| requirement.id == id)
    }

    /// The requirement that a finding belongs to.
    #[must_use]
    pub fn of(&self, finding: &WrittenFinding<'_>) -> Option<&RequirementTexts<'_>> {
        self.requirement(finding.requirement.as_deref()?)
    }
}

/// A requirement in words.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct RequirementTexts<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// The clause, such as `A4 ¶45(1)`.
    pub clause: Cow<'a, str>,
    /// The program derived it; the document does not state it as a clause of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub derived: bool,
    /// The kinds of material it speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applies_to: Vec<Kind>,
    /// How binding it is.
    pub modality: Modality,
    /// The check that decides it; none if a person does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Cow<'a, str>>,
    /// What is required, in a line.
    pub title: Cow<'a, Texts>,
    /// Why it matters.
    pub why: Cow<'a, Texts>,
    /// What to do when it is not met; for a checklist item, what to look at.
    pub help: Cow<'a, Texts>,
    /// How an unclear clause is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Cow<'a, Texts>>,
    /// The words of the source, by language code.
    pub quote: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// A waiver of the profile.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct WrittenWaiver<'a> {
    /// The requirement.
    pub requirement: Cow<'a, str>,
    /// Why it does not count.
    pub reason: Cow<'a, str>,
    /// The last day on which it does not.
    pub expires: String,
}

/// Everything that may differ between two runs over the same files.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// Seconds it took.
    pub elapsed: f64,
    /// Threads asked for; 0 for one a core.
    pub jobs: usize,
    /// System and processor.
    pub host: String,
    /// The malware scanner with its version and that of its signatures, as it told them at the beginning of the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// The file of settings that was in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<String>,
    /// The organizer's own rules: by which engine, and how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<String>,
    /// The browsers that apps were opened in, if any were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browsers: Option<RunBrowsers>,
}

/// The browsers of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunBrowsers {
    /// What each says of itself; empty for one that is not installed.
    pub engines: BTreeMap<String, String>,
    /// They had a network of their own with nothing in it; else only a proxy kept them from the one of the computer.
    pub apart: bool,
}

/// The organizer's table of what came in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Registry {
    /// Its file name.
    pub file: String,
    /// The sheet that was read, if it has sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Rows below the headings.
    pub rows: usize,
    /// Its headings, in order.
    pub columns: Vec<RegistryColumn>,
}

/// A heading of the table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RegistryColumn {
    /// As it is written.
    pub heading: String,
    /// The column that it was taken for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

/// Counts.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Submissions examined.
    pub submissions: usize,
    /// With the verdict `compliant`.
    pub compliant: usize,
    /// With the verdict `non-compliant`.
    pub non_compliant: usize,
    /// With the verdict `incomplete`.
    pub incomplete: usize,
    /// Not examined, because the run was stopped before it came to them. They are not among the submissions.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unreached: usize,
    /// Findings, those about the profile and the table included.
    pub findings: FindingCounts,
}

/// Findings by level.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct FindingCounts {
    /// Against a requirement.
    pub error: usize,
    /// Likely to hurt somebody.
    pub warning: usize,
    /// Worth knowing.
    pub note: usize,
}

/// One submission.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Submission<'a> {
    /// As given, with `/`, relative to the parent of the argument.
    pub path: Cow<'a, str>,
    /// Where it lies, as the arguments named it; left out where that is `path`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Cow<'a, str>>,
    /// What it was judged as.
    pub kind: Kind,
    /// The kind was set with `--as`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kind_given: bool,
    /// How it came out.
    pub verdict: Verdict,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the file, lower-case hexadecimal; none for folders and when digests are off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Cow<'a, str>>,
    /// Why it could not be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// What is known of it from outside its files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Cow<'a, Record>>,
    /// What it has in common with others, if they were compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike: Option<Cow<'a, Alike>>,
    /// What services said about its links, if they were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Cow<'a, [LinkFacts]>>,
    /// What was measured.
    pub facts: Cow<'a, FileFacts>,
    /// One for each requirement of the profile, in its order.
    pub requirements: Vec<WrittenRequirement<'a>>,
    /// Sorted by place.
    pub findings: Vec<WrittenFinding<'a>>,
}

/// A requirement's outcome.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct WrittenRequirement<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// How it came out.
    pub outcome: Outcome,
    /// How binding it is.
    pub modality: Modality,
    /// Why it was not checked, in the language of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The reason without words of a language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_message: Option<WrittenMessage<'a>>,
    /// It failed, and the profile waives it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waived: bool,
}

impl WrittenRequirement<'_> {
    /// It is binding and was not met, and no waiver holds: it makes the submission non-compliant.
    #[must_use]
    pub fn counts_as_failed(&self) -> bool {
        self.outcome == Outcome::Failed && self.modality == Modality::Must && !self.waived
    }
}

/// A sentence without words of a language.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WrittenMessage<'a> {
    /// Id of the sentence in the catalogues.
    pub id: Cow<'a, str>,
    /// What is filled in, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<Cow<'a, str>, Arg>,
}

/// A finding.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct WrittenFinding<'a> {
    /// The check that saw it; `tool` for the program's own troubles.
    pub check: Cow<'a, str>,
    /// The requirement it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<Cow<'a, str>>,
    /// How much it weighs.
    pub level: Level,
    /// What was found, in the language of the report.
    pub message: String,
    /// What to do, in the language of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Id of the sentence, the same in every language.
    pub id: Cow<'a, str>,
    /// What is filled into the sentence, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<Cow<'a, str>, Arg>,
    /// The profile waives the requirement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waived: bool,
    /// Where it is.
    pub place: WrittenPlace<'a>,
}

/// Where a finding is.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct WrittenPlace<'a> {
    /// The submission, then names of entries from the outside in.
    pub path: Vec<Cow<'a, str>>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// Offset from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// The submissions of a report, one at a time: those of a large batch are never held twice.
pub enum Submissions<'a> {
    /// They were read from a report.
    Written(Vec<Submission<'a>>),
    /// They were examined just now, and are put into words as they are asked for.
    Examined {
        /// What was examined.
        examined: &'a [Examined],
        /// What they were judged by.
        profile: &'a Profile,
        /// The words.
        locale: &'a Locale,
    },
}

impl<'a> Submissions<'a> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Submissions::Written(all) => all.len(),
            Submissions::Examined { examined, .. } => examined.len(),
        }
    }

    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, Submission<'a>>> {
        (0..self.len()).map(|index| match self {
            Submissions::Written(all) => Cow::Borrowed(&all[index]),
            Submissions::Examined { examined, profile, locale } => {
                Cow::Owned(submission(&examined[index], profile, locale))
            }
        })
    }
}

impl Serialize for Submissions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Submissions<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Submissions::Written)
    }
}

/// JSON Schema of the report.
#[must_use]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Document<'static>)
}

impl Header {
    /// A report in this language.
    pub(crate) fn new(locale: &Locale) -> Header {
        Header { format: Cow::Borrowed("tekser"), version: VERSION, language: Cow::Borrowed(locale.language().code()) }
    }
}

impl Tool {
    /// This program.
    pub(crate) const fn this() -> Tool {
        Tool { name: Cow::Borrowed(env!("CARGO_PKG_NAME")), version: Cow::Borrowed(env!("CARGO_PKG_VERSION")) }
    }
}

impl<'a> ProfileTexts<'a> {
    /// A profile in words.
    pub(crate) fn new(profile: &'a Profile) -> ProfileTexts<'a> {
        ProfileTexts {
            id: Cow::Borrowed(&profile.id),
            version: Cow::Borrowed(&profile.version),
            sha256: Cow::Borrowed(&profile.sha256),
            title: Cow::Borrowed(&profile.title),
            requirements: profile.requirements.iter().map(RequirementTexts::new).collect(),
            waivers: profile
                .waivers
                .iter()
                .map(|waiver| WrittenWaiver {
                    requirement: Cow::Borrowed(&waiver.requirement),
                    reason: Cow::Borrowed(&waiver.reason),
                    expires: waiver.expires.to_string(),
                })
                .collect(),
        }
    }
}

impl<'a> RequirementTexts<'a> {
    /// A requirement in words.
    pub(crate) fn new(requirement: &'a Requirement) -> RequirementTexts<'a> {
        let quote = requirement.quote.iter().map(|(code, text)| (Cow::Borrowed(&**code), Cow::Borrowed(&**text)));
        RequirementTexts {
            id: Cow::Borrowed(&requirement.id),
            clause: Cow::Borrowed(&requirement.clause),
            derived: requirement.derived,
            applies_to: requirement.applies_to.clone(),
            modality: requirement.modality,
            check: requirement.decision.as_ref().map(|decision| Cow::Borrowed(decision.check.id)),
            title: Cow::Borrowed(&requirement.title),
            why: Cow::Borrowed(&requirement.why),
            help: Cow::Borrowed(&requirement.help),
            note: requirement.note.as_ref().map(Cow::Borrowed),
            quote: quote.collect(),
        }
    }
}

impl From<Counts> for Summary {
    fn from(counts: Counts) -> Summary {
        Summary {
            submissions: counts.compliant + counts.non_compliant + counts.incomplete,
            compliant: counts.compliant,
            non_compliant: counts.non_compliant,
            incomplete: counts.incomplete,
            unreached: 0,
            findings: FindingCounts { error: counts.errors, warning: counts.warnings, note: counts.notes },
        }
    }
}

impl WrittenMessage<'_> {
    /// The message, to be put into words again.
    #[must_use]
    pub fn message(&self) -> Message {
        message(&self.id, &self.arguments)
    }
}

impl WrittenFinding<'_> {
    /// The message, to be put into words again.
    #[must_use]
    pub fn message(&self) -> Message {
        message(&self.id, &self.arguments)
    }
}

fn message(id: &str, arguments: &BTreeMap<Cow<'_, str>, Arg>) -> Message {
    let arguments = arguments.iter().map(|(name, value)| (Cow::Owned(name.clone().into_owned()), value.clone()));
    Message { id: Cow::Owned(id.to_owned()), arguments: arguments.collect() }
}

impl Submission<'_> {
    /// Where it lies, as the arguments named it.
    #[must_use]
    pub fn place(&self) -> &str {
        self.file.as_deref().unwrap_or(&self.path)
    }

    /// What the organizer's table or a cover sheet says in a column.
    #[must_use]
    pub fn said(&self, column: &str) -> Option<&str> {
        self.record.as_ref()?.answers.get(column).map(|answer| answer.text.as_str())
    }

    /// What was measured, to be judged again.
    #[must_use]
    pub fn into_facts(self) -> Facts {
        Facts {
            kind: self.kind,
            kind_given: self.kind_given,
            sha256: self.sha256.map(Cow::into_owned),
            unread: self.unread,
            record: self.record.map(|record| Box::new(record.into_owned())),
            alike: self.alike.map(|alike| Box::new(alike.into_owned())),
            links: self.links.map(Cow::into_owned),
            file: self.facts.into_owned(),
        }
    }
}

impl Document<'_> {
    /// All but the submissions, for whoever writes them one by one.
    pub(super) fn without_submissions(&self) -> Document<'_> {
        Document {
            report: self.report.clone(),
            tool: self.tool.clone(),
            profile: self.profile.clone(),
            registry: self.registry.clone(),
            registry_findings: self.registry_findings.clone(),
            skipped: self.skipped.clone(),
            submissions: Submissions::Written(Vec::new()),
            run: self.run.clone(),
            summary: self.summary.clone(),
            profile_findings: self.profile_findings.clone(),
            changes: self.changes.clone(),
        }
    }

    /// Puts the sentences of a report that was read into another language.
    pub fn retell(&mut self, locale: &Locale) {
        self.report.language = Cow::Borrowed(locale.language().code());
        let own = self.profile_findings.iter_mut().chain(&mut self.registry_findings);
        own.for_each(|finding| finding.retell(locale));
        let Submissions::Written(submissions) = &mut self.submissions else { return };
        for submission in submissions {
            submission.findings.iter_mut().for_each(|finding| finding.retell(locale));
            for requirement in &mut submission.requirements {
                let reason = requirement.reason_message.as_ref().map(WrittenMessage::message);
                if let Some(reason) = reason.filter(|reason| locale.knows(reason)) {
                    requirement.reason = Some(locale.text(&reason));
                }
            }
        }
    }
}

impl WrittenFinding<'_> {
    /// The same finding, independent of the report it stands in.
    pub(super) fn to_owned_words(&self) -> WrittenFinding<'static> {
        let owned = |text: &Cow<'_, str>| Cow::Owned(text.clone().into_owned());
        WrittenFinding {
            check: owned(&self.check),
            requirement: self.requirement.as_ref().map(owned),
            level: self.level,
            message: self.message.clone(),
            help: self.help.clone(),
            id: owned(&self.id),
            arguments: self.arguments.iter().map(|(name, value)| (owned(name), value.clone())).collect(),
            waived: self.waived,
            place: WrittenPlace { path: self.place.path.iter().map(owned).collect(), ..self.place },
        }
    }

    fn retell(&mut self, locale: &Locale) {
        let message = self.message();
        // What another version of the program said stands as it was written.
        if locale.knows(&message) {
            self.message = locale.text(&message);
            self.help = locale.help(&message);
        }
    }
}

/// A submission as the report has it.
pub(crate) fn submission<'a>(examined: &'a Examined, profile: &'a Profile, locale: &Locale) -> Submission<'a> {
    let Examined { path, file, facts, judgement } = examined;
    let requirement = |judged: &'a Judged| {
        let requirement = &profile.requirements[judged.requirement];
        WrittenRequirement {
            id: Cow::Borrowed(&requirement.id),
            outcome: judged.outcome,
            modality: requirement.modality,
            reason: judged.reason.as_ref().map(|reason| locale.text(reason)),
            reason_message: judged
                .reason
                .as_ref()
                .map(|reason| WrittenMessage { id: Cow::Borrowed(&reason.id), arguments: borrowed(&reason.arguments) }),
            waived: judged.waived,
        }
    };
    Submission {
        path: Cow::Borrowed(path),
        file: file.as_deref().map(Cow::Borrowed),
        kind: facts.kind,
        kind_given: facts.kind_given,
        verdict: judgement.verdict,
        size: facts.file.size,
        sha256: facts.sha256.as_deref().map(Cow::Borrowed),
        unread: facts.unread,
        record: facts.record.as_deref().map(Cow::Borrowed),
        alike: facts.alike.as_deref().map(Cow::Borrowed),
        links: facts.links.as_deref().map(Cow::Borrowed),
        facts: Cow::Borrowed(&facts.file),
        requirements: judgement.requirements.iter().map(requirement).collect(),
        findings: judgement.findings.iter().map(|finding| written(Some(path), finding, locale)).collect(),
    }
}

/// A finding in words; `path` is that of its submission.
pub(crate) fn written<'a>(path: Option<&'a str>, finding: &'a Finding, locale: &Locale) -> WrittenFinding<'a> {
    let place = &finding.place;
    let route = place.route.iter().map(|name| Cow::Borrowed(name.as_str()));
    WrittenFinding {
        check: Cow::Borrowed(finding.check),
        requirement: finding.requirement.as_deref().map(Cow::Borrowed),
        level: finding.level,
        message: locale.text(&finding.message),
        help: locale.help(&finding.message),
        id: Cow::Borrowed(&finding.message.id),
        arguments: borrowed(&finding.message.arguments),
        waived: finding.waived,
        place: WrittenPlace {
            path: path.map(Cow::Borrowed).into_iter().chain(route).collect(),
            line: place.line,
            column: place.column,
            byte: place.byte,
            time: place.time,
        },
    }
}

fn borrowed<'a>(arguments: &'a BTreeMap<Cow<'static, str>, Arg>) -> BTreeMap<Cow<'a, str>, Arg> {
    arguments.iter().map(|(name, value)| (Cow::Borrowed(name.as_ref()), value.clone())).collect()
}
