//! The report for tools that show what static analysis found: SARIF 2.1.0. Requirements are its rules, findings its results;
//! what was not checked is told as a notification, since a result would look like something found.

use std::collections::HashMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::document::{Document, RequirementTexts, Submission, WrittenFinding};
use super::explanation;
use super::words::{self, Of};
use crate::finding::TOOL;
use crate::judge::Outcome;
use crate::locale::{Locale, harmless};
use crate::profile::Modality;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What must not stand in the path of a URI as it is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(super) fn write(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let profile = &document.profile;
    let mut log = Log { document, locale, artifacts: Vec::new(), known: HashMap::new() };
    let mut results: Vec<Value> = Vec::new();
    let mut open: Vec<Value> = Vec::new();
    for finding in document.profile_findings.iter().chain(&document.registry_findings) {
        let text = words::sentence(finding, Of::Run, locale);
        open.push(json!({ "level": finding.level.id(), "message": { "text": text } }));
    }
    for submission in document.submissions.iter() {
        results.extend(submission.findings.iter().map(|finding| log.result(finding, &submission)));
        log.unchecked(&submission, &mut open);
    }
    if document.summary.unreached > 0 {
        let text = words::count("summary-unreached", document.summary.unreached, locale);
        open.push(json!({ "level": "error", "message": { "text": text } }));
    }
    let mut rules: Vec<Value> = profile.requirements.iter().map(|requirement| rule(requirement, locale)).collect();
    rules.push(json!({
        "id": TOOL,
        "shortDescription": { "text": locale.plain("sarif-tool") },
    }));
    let sarif = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": document.tool.name,
                "semanticVersion": document.tool.version,
                "language": document.report.language,
                "rules": rules,
            } },
            "automationDetails": { "id": format!("tekser/{}/", profile.id) },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": document.summary.unreached == 0,
                "startTimeUtc": document.run.started,
                "toolExecutionNotifications": open,
            }],
            "artifacts": log.artifacts,
            "results": results,
            "properties": { "profile": profile.id, "profileVersion": profile.version, "profileSha256": profile.sha256 },
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &sarif)?;
    out.write_all(b"\n")
}

/// A requirement as a rule.
fn rule(requirement: &RequirementTexts<'_>, locale: &Locale) -> Value {
    let language = locale.language();
    let parts = explanation(requirement, locale);
    let plain = parts.iter().map(|part| format!("{} {}", part.heading, part.lines.join("\n")));
    let marked = parts.iter().map(|part| match part.list {
        true => format!("**{}**\n\n- {}", part.heading, part.lines.join("\n- ")),
        false => format!("**{}** {}", part.heading, part.lines.join("\n\n")),
    });
    let (plain, marked) = (plain.collect::<Vec<_>>().join("\n"), marked.collect::<Vec<_>>().join("\n\n"));
    let level = match requirement.modality {
        Modality::Must => "error",
        Modality::Should => "warning",
        Modality::May | Modality::Info => "note",
    };
    json!({
        "id": requirement.id,
        "shortDescription": { "text": requirement.title.get(language) },
        "fullDescription": { "text": requirement.why.get(language) },
        "help": { "text": plain, "markdown": marked },
        "defaultConfiguration": { "level": level },
        "properties": {
            "tags": [requirement.modality.id()],
            "clause": requirement.clause,
            "check": requirement.check,
        },
    })
}

/// Files, as far as something was found in them: SARIF wants each once.
struct Log<'a> {
    document: &'a Document<'a>,
    locale: &'a Locale,
    artifacts: Vec<Value>,
    known: HashMap<Vec<String>, usize>,
}

impl Log<'_> {
    fn result(&mut self, finding: &WrittenFinding<'_>, submission: &Submission<'_>) -> Value {
        let index = self.document.profile.position(finding);
        let id = index.map_or(TOOL, |index| &self.document.profile.requirements[index].id);
        let mut result = json!({
            "ruleId": id,
            "ruleIndex": index.unwrap_or(self.document.profile.requirements.len()),
            "level": finding.level.id(),
            "message": { "text": words::sentence(finding, Of::Submission, self.locale) },
            "locations": [self.location(finding, submission)],
            "partialFingerprints": { "tekser/v1": fingerprint(finding) },
        });
        if finding.waived {
            let waiver = self.document.profile.waivers.iter().find(|waiver| waiver.requirement == id);
            let why = waiver.map_or("", |waiver| &waiver.reason);
            result["suppressions"] = json!([{ "kind": "external", "justification": why }]);
        }
        result
    }

    /// Where a finding is. A line is that of the file which is named; what lies in an archive is named beside it, and in
    /// the list of files as a part of the archive.
    fn location(&mut self, finding: &WrittenFinding<'_>, submission: &Submission<'_>) -> Value {
        let (file, has_line) = words::file(finding, submission);
        let mut physical =
            json!({ "artifactLocation": { "uri": uri(&file), "index": self.artifact(std::slice::from_ref(&file)) } });
        if has_line {
            let region = region(finding);
            if !region.is_empty() {
                physical["region"] = Value::Object(region);
            }
            return json!({ "physicalLocation": physical });
        }
        let mut route = vec![file];
        for name in finding.place.path.iter().skip(1) {
            route.push(name.to_string());
            self.artifact(&route);
        }
        let inner = words::place(finding, Of::Submission, self.locale).unwrap_or_default();
        json!({
            "physicalLocation": physical,
            "logicalLocations": [{ "fullyQualifiedName": format!("{}!/{inner}", harmless(&route[0])), "kind": "resource" }],
        })
    }

    /// The number of a file in the list.
    fn artifact(&mut self, route: &[String]) -> usize {
        if let Some(index) = self.known.get(route) {
            return *index;
        }
        let [parents @ .., name] = route else { return 0 };
        let mut artifact = json!({ "location": { "uri": uri(name) } });
        if let Some(parent) = self.known.get(parents) {
            artifact["parentIndex"] = json!(parent);
        }
        let index = self.artifacts.len();
        self.artifacts.push(artifact);
        self.known.insert(route.to_vec(), index);
        index
    }

    /// What was not checked.
    fn unchecked(&mut self, submission: &Submission<'_>, open: &mut Vec<Value>) {
        let file = submission.place().to_owned();
        for judged in submission.requirements.iter().filter(|judged| judged.outcome == Outcome::NotChecked) {
            let level = if judged.modality == Modality::Must { "warning" } else { "note" };
            let index = self.artifact(std::slice::from_ref(&file));
            open.push(json!({
                "level": level,
                "message": { "text": format!("{} {}", self.locale.plain("report-not-checked"), judged.reason.as_deref().unwrap_or_default()) },
                "associatedRule": { "id": judged.id },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&file), "index": index } } }],
            }));
        }
    }
}

fn region(finding: &WrittenFinding<'_>) -> Map<String, Value> {
    let place = &finding.place;
    let mut region = Map::new();
    if let Some(line) = place.line {
        region.insert("startLine".to_owned(), json!(line));
        region.extend(place.column.map(|column| ("startColumn".to_owned(), json!(column))));
    } else if let Some(byte) = place.byte {
        region.insert("byteOffset".to_owned(), json!(byte));
    }
    region
}

/// A path as the path of a URI.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH).to_string();
    // A colon before the first slash would end the name of a scheme.
    match encoded.split_once('/') {
        Some((first, rest)) => format!("{}/{rest}", first.replace(':', "%3A")),
        None => encoded.replace(':', "%3A"),
    }
}

/// What makes a finding the same in two runs, wherever the line has moved to.
fn fingerprint(finding: &WrittenFinding<'_>) -> String {
    let mut hash = Sha256::new();
    let arguments = serde_json::to_vec(&finding.arguments).unwrap_or_default();
    hash.update(finding.check.as_bytes());
    hash.update([0]);
    hash.update(finding.id.as_bytes());
    for name in &finding.place.path {
        hash.update([0]);
        hash.update(name.as_bytes());
    }
    hash.update([0]);
    hash.update(&arguments);
    hash.update(finding.level.id());
    crate::hex(&hash.finalize()[..16])
}
