//! The report for programs, format version 1. These types are the contract: they are kept apart from the inside of the
//! program, and their JSON Schema is `tekser schema report`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};

use super::Report;
use crate::facts::{Alike, FileFacts, Kind, Record, Unread};
use crate::finding::{Arg, Finding, Level};
use crate::judge::{Examined, Outcome, Verdict};
use crate::locale::Locale;
use crate::profile::{Modality, Profile, Requirement};

/// The whole report.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(title = "tekser report")]
pub struct Document<'a, S = Vec<Submission<'a>>> {
    /// What this file is.
    pub report: Header,
    /// The program that wrote it.
    pub tool: Tool,
    /// The profile it judged by.
    pub profile: ProfileName<'a>,
    /// Everything that may differ between two runs over the same files.
    pub run: Run,
    /// Counts.
    pub summary: Summary,
    /// Findings about the profile itself: waivers that ended or were not needed.
    #[serde(borrow)]
    pub profile_findings: Vec<WrittenFinding<'a>>,
    /// The table of what came in, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<Registry>,
    /// Findings about that table.
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty")]
    pub registry_findings: Vec<WrittenFinding<'a>>,
    /// Files left out because an operating system made them, sorted.
    pub skipped: Vec<Cow<'a, str>>,
    /// Sorted by path.
    pub submissions: S,
}

/// What this file is.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// Always `tekser`.
    pub format: String,
    /// Version of the format.
    pub version: u32,
}

/// The program that wrote the report.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The profile that was judged by.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct ProfileName<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// Its version.
    pub version: Cow<'a, str>,
    /// SHA-256 of its files, lower-case hexadecimal.
    pub sha256: Cow<'a, str>,
    /// What it requires, in the language of the report and in the order of the document. Each submission tells the
    /// outcomes in the same order.
    pub requirements: Vec<RequirementText<'a>>,
}

/// A requirement in words.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct RequirementText<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// The clause, such as `A4 ¶45(1)`.
    pub clause: Cow<'a, str>,
    /// What is required, in a line.
    pub title: Cow<'a, str>,
    /// What to do when it is not met; for a checklist item, what to look at.
    pub help: Cow<'a, str>,
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
    /// The organizer's own rules: by which engine, and how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<String>,
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
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Submissions examined.
    pub submissions: usize,
    /// With the verdict `compliant`.
    pub compliant: usize,
    /// With the verdict `non-compliant`.
    pub non_compliant: usize,
    /// With the verdict `incomplete`.
    pub incomplete: usize,
    /// Findings, those about the profile and the table included.
    pub findings: FindingCounts,
}

/// Findings by level.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct FindingCounts {
    /// Against a requirement.
    pub error: usize,
    /// Likely to hurt somebody.
    pub warning: usize,
    /// Worth knowing.
    pub note: usize,
}

/// One submission.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Submission<'a> {
    /// As given, with `/`, relative to the parent of the argument.
    pub path: Cow<'a, str>,
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
    /// What was measured.
    pub facts: Cow<'a, FileFacts>,
    /// One for each requirement of the profile, in its order.
    pub requirements: Vec<WrittenRequirement<'a>>,
    /// Sorted by place.
    pub findings: Vec<WrittenFinding<'a>>,
}

/// A requirement's outcome.
#[derive(Serialize, Deserialize, JsonSchema)]
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

/// A sentence without words of a language.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct WrittenMessage<'a> {
    /// Id of the sentence in the catalogues.
    pub id: Cow<'a, str>,
    /// What is filled in, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<Cow<'a, str>, Arg>,
}

/// A finding.
#[derive(Serialize, Deserialize, JsonSchema)]
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
#[derive(Serialize, Deserialize, JsonSchema)]
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

/// JSON Schema of the report.
#[must_use]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Document<'static>)
}

/// Writes the report; submissions are turned into text one by one, so that a large batch is never held twice.
pub(super) fn write(report: &Report<'_>, locale: &Locale, out: &mut dyn io::Write) -> io::Result<()> {
    let counts = report.counts();
    let document = Document {
        report: Header { format: "tekser".to_owned(), version: 1 },
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        profile: ProfileName {
            id: Cow::Borrowed(&report.profile.id),
            version: Cow::Borrowed(&report.profile.version),
            sha256: Cow::Borrowed(&report.profile.sha256),
            requirements: report.profile.requirements.iter().map(|requirement| in_words(requirement, locale)).collect(),
        },
        run: report.run.clone(),
        summary: Summary {
            submissions: report.submissions.len(),
            compliant: counts.compliant,
            non_compliant: counts.non_compliant,
            incomplete: counts.incomplete,
            findings: FindingCounts { error: counts.errors, warning: counts.warnings, note: counts.notes },
        },
        profile_findings: report.profile_findings.iter().map(|finding| written(None, finding, locale)).collect(),
        registry: report.registry.clone(),
        registry_findings: report.registry_findings.iter().map(|finding| written(None, finding, locale)).collect(),
        skipped: report.skipped.iter().map(|path| Cow::Borrowed(path.as_str())).collect(),
        submissions: OneByOne { report, locale },
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn in_words<'a>(requirement: &'a Requirement, locale: &Locale) -> RequirementText<'a> {
    RequirementText {
        id: Cow::Borrowed(&requirement.id),
        clause: Cow::Borrowed(&requirement.clause),
        title: Cow::Borrowed(requirement.title.get(locale.language())),
        help: Cow::Borrowed(requirement.help.get(locale.language())),
    }
}

/// The submissions of a report as a sequence.
struct OneByOne<'a> {
    report: &'a Report<'a>,
    locale: &'a Locale,
}

impl Serialize for OneByOne<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.report.submissions.len()))?;
        for examined in self.report.submissions {
            sequence.serialize_element(&submission(examined, self.report.profile, self.locale))?;
        }
        sequence.end()
    }
}

fn submission<'a>(examined: &'a Examined, profile: &'a Profile, locale: &Locale) -> Submission<'a> {
    let Examined { path, facts, judgement } = examined;
    let requirement = |judged: &'a crate::judge::Judged| {
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
        kind: facts.kind,
        kind_given: facts.kind_given,
        verdict: judgement.verdict,
        size: facts.file.size,
        sha256: facts.sha256.as_deref().map(Cow::Borrowed),
        unread: facts.unread,
        record: facts.record.as_deref().map(Cow::Borrowed),
        alike: facts.alike.as_deref().map(Cow::Borrowed),
        facts: Cow::Borrowed(&facts.file),
        requirements: judgement.requirements.iter().map(requirement).collect(),
        findings: judgement.findings.iter().map(|finding| written(Some(path), finding, locale)).collect(),
    }
}

fn written<'a>(path: Option<&'a str>, finding: &'a Finding, locale: &Locale) -> WrittenFinding<'a> {
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

/// What `tekser inspect` prints for a submission.
#[derive(Serialize)]
pub struct Inspected<'a> {
    /// As in a report.
    pub path: &'a str,
    /// As in a report.
    pub kind: Kind,
    /// As in a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<&'a str>,
    /// As in a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// As in a report.
    pub facts: &'a FileFacts,
}
