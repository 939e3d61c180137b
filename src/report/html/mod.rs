//! The dossier: the report as one page for a jury and for organizers. It asks for nothing outside itself, so that it works
//! from a memory stick. The page is in `page.html`, `page.css` and `page.js`; here the report is laid out for it as data, in
//! all three languages, and every word of a stranger goes through it as data and never as markup.

use std::collections::HashMap;
use std::io::{self, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::document::{Document, RequirementTexts, Submission, WrittenFinding};
use super::words::{self, Of};
use crate::facts::{Kind, Preview, Screen};
use crate::finding::{Level, Message};
use crate::judge::{Outcome, Verdict};
use crate::locale::{Language, Locale, harmless};
use crate::profile::Modality;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Pictures of one submission that are shown.
const PICTURES: usize = 6;

/// Sentences that only the page says, by the part of their id behind `html-`.
const WORDS: &[&str] = &[
    "answers-bad",
    "answers-file",
    "answers-load",
    "answers-saved",
    "any-kind",
    "any-requirement",
    "any-school",
    "any-verdict",
    "changes",
    "checklist",
    "checklist-note",
    "clear",
    "collapse",
    "criterion-met",
    "criterion-open",
    "criterion-unmet",
    "expand",
    "facts",
    "failures",
    "filters",
    "findings",
    "frequent",
    "generated",
    "images-preview",
    "kind",
    "language",
    "no-findings",
    "none-shown",
    "note",
    "others",
    "outcome",
    "passed",
    "print",
    "requirement",
    "requirements",
    "save",
    "school",
    "search",
    "shown",
    "skipped",
    "submissions",
    "unchanged",
    "unreached",
    "verdict",
    "verdicts",
    "wave",
];

/// Writes the page. It opens in the language of `locale`.
pub(super) fn write(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let locales = Language::ALL.map(Locale::new);
    let policy = format!(
        "default-src 'none'; img-src data:; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        fingerprint(STYLE),
        fingerprint(SCRIPT)
    );
    let title = format!("tekser · {} · {}", document.profile.id, document.run.started);
    for piece in PAGE.split_inclusive("}}") {
        let Some((before, name)) = piece.strip_suffix("}}").and_then(|piece| piece.rsplit_once("{{")) else {
            out.write_all(piece.as_bytes())?;
            continue;
        };
        out.write_all(before.as_bytes())?;
        match name {
            "lang" => out.write_all(locale.language().code().as_bytes())?,
            "policy" => out.write_all(policy.as_bytes())?,
            "title" => out.write_all(escaped(&title).as_bytes())?,
            "noscript" => {
                let notes: Vec<String> = locales.iter().map(|locale| escaped(&locale.plain("html-noscript"))).collect();
                out.write_all(notes.join("<br>").as_bytes())?;
            }
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "data" => Data { document, locales: &locales, texts: Texts::default() }.write(locale, out)?,
            other => out.write_all(other.as_bytes())?,
        }
    }
    Ok(())
}

/// What a browser holds a piece of the page against before it believes it.
fn fingerprint(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

fn escaped(text: &str) -> String {
    harmless(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A value inside a `<script>` that holds data: nothing in it ends the element.
fn inline(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    out.write_all(text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029").as_bytes())
}

/// Sentences in the three languages, each once: most submissions share theirs.
#[derive(Default)]
struct Texts {
    all: Vec<Value>,
    known: HashMap<String, usize>,
}

impl Texts {
    fn add(&mut self, key: String, texts: impl FnOnce() -> [String; 3]) -> usize {
        *self.known.entry(key).or_insert_with(|| {
            self.all.push(json!(texts()));
            self.all.len() - 1
        })
    }
}

struct Data<'a> {
    document: &'a Document<'a>,
    locales: &'a [Locale; 3],
    texts: Texts,
}

impl Data<'_> {
    fn write(mut self, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"submissions\":[")?;
        for (index, submission) in self.document.submissions.iter().enumerate() {
            if index > 0 {
                out.write_all(b",\n")?;
            }
            inline(&self.submission(&submission), out)?;
        }
        out.write_all(b"],\n\"rest\":")?;
        let rest = self.rest(locale);
        inline(&rest, out)?;
        out.write_all(b",\n\"texts\":")?;
        inline(&Value::Array(self.texts.all), out)?;
        out.write_all(b"}")
    }

    /// Everything but the submissions.
    fn rest(&mut self, locale: &Locale) -> Value {
        let document = self.document;
        let own = document.profile_findings.iter().chain(&document.registry_findings);
        let own: Vec<Value> = own.map(|finding| self.finding(finding, Of::Run)).collect();
        let summary = &document.summary;
        let changes = document.changes.as_ref().map(|changes| {
            let changed = changes.changed.iter().map(|change| {
                json!([
                    harmless(&change.path),
                    change.old.map(Verdict::id),
                    change.new.map(Verdict::id),
                    change.is_worse()
                ])
            });
            json!({ "since": changes.since, "unchanged": changes.unchanged, "changed": changed.collect::<Vec<_>>() })
        });
        json!({
            "language": locale.language().code(),
            "languages": Language::ALL.map(Language::code),
            "words": Language::ALL.iter().zip(self.locales).map(|(language, locale)| {
                (language.code().to_owned(), Value::Object(words_of_page(locale)))
            }).collect::<Map<_, _>>(),
            "tool": document.tool.version,
            "started": document.run.started,
            "scanner": document.run.scanner,
            "profile": {
                "id": document.profile.id,
                "version": document.profile.version,
                "sha256": document.profile.sha256,
                "title": document.profile.title,
            },
            "requirements": document.profile.requirements.iter().map(requirement).collect::<Vec<_>>(),
            "unreached": summary.unreached,
            "findings": own,
            "skipped": document.skipped.iter().map(|path| harmless(path)).collect::<Vec<_>>(),
            "columns": words::columns(self.document).map(|(heading, _)| harmless(heading)).collect::<Vec<_>>(),
            "school": words::columns(self.document).position(|(_, id)| id == "school"),
            "changes": changes,
        })
    }

    fn submission(&mut self, submission: &Submission<'_>) -> Value {
        // One letter an outcome: thousands of submissions have dozens each.
        let outcomes: String = submission.requirements.iter().map(|judged| letter(judged.outcome)).collect();
        let waived = submission.requirements.iter().enumerate().filter(|(_, judged)| judged.waived);
        let waived: Vec<usize> = waived.map(|(index, _)| index).collect();
        let mut reasons = Vec::new();
        for (index, judged) in submission.requirements.iter().enumerate() {
            let Some(text) = &judged.reason else { continue };
            let text = match &judged.reason_message {
                Some(reason) => self.text(&reason.message(), text),
                None => self.texts.add(text.clone(), || [text.clone(), text.clone(), text.clone()]),
            };
            reasons.push([index, text]);
        }
        let findings: Vec<Value> =
            submission.findings.iter().map(|finding| self.finding(finding, Of::Submission)).collect();
        let said = words::columns(self.document).map(|(_, id)| submission.said(id).map(harmless).unwrap_or_default());
        let record: Vec<String> = said.collect();
        let (pictures, loudness) = previews(submission);
        let mut value = json!({
            "p": harmless(&submission.path),
            "k": submission.kind.id(),
            "v": submission.verdict.id(),
            "s": submission.size,
            "o": outcomes,
            "f": findings,
        });
        if let Some(seconds) = words::length(submission) {
            value["d"] = json!(seconds);
        }
        if let Some(sha256) = &submission.sha256 {
            value["h"] = json!(sha256);
        }
        for (name, list) in [
            ("w", json!(waived)),
            ("r", json!(reasons)),
            ("c", json!(record)),
            ("t", json!(pictures)),
            ("e", json!(loudness)),
        ] {
            if list.as_array().is_some_and(|list| !list.is_empty()) {
                value[name] = list;
            }
        }
        value
    }

    /// Level, requirement, what was found, what to do, where, waived.
    fn finding(&mut self, finding: &WrittenFinding<'_>, of: Of) -> Value {
        let requirement = self.document.profile.position(finding);
        let message = finding.message();
        let text = self.text(&message, &finding.message);
        let help = self.locales.iter().map(|locale| locale.help(&message)).collect::<Option<Vec<String>>>();
        let help = match (help, &finding.help) {
            (Some(help), _) => {
                let key = format!("help {}", key(&message));
                Some(self.texts.add(key, || [0, 1, 2].map(|index| help[index].clone())))
            }
            (None, Some(help)) => Some(self.texts.add(help.clone(), || [help.clone(), help.clone(), help.clone()])),
            (None, None) => None,
        };
        let place = finding.place.line.map(|line| (line, finding.place.column));
        json!([
            finding.level.id(),
            requirement,
            text,
            help,
            words::route(finding, of),
            place.map(|(line, column)| column.map_or(line.to_string(), |column| format!("{line}:{column}"))),
            u8::from(finding.waived),
        ])
    }

    /// A message in the three languages. What the catalogues do not know stands as the report has it.
    fn text(&mut self, message: &Message, told: &str) -> usize {
        let locales = self.locales;
        if !locales[0].knows(message) {
            let told = harmless(told);
            return self.texts.add(told.clone(), || [told.clone(), told.clone(), told]);
        }
        self.texts.add(key(message), || [0, 1, 2].map(|index| locales[index].text(message)))
    }
}

/// Small pictures of what is in a submission, as addresses, and the strip of loudness of its first recording.
fn previews(submission: &Submission<'_>) -> (Vec<String>, Vec<u8>) {
    let mut all: Vec<&Preview> = submission.facts.preview.as_deref().into_iter().collect();
    submission.facts.walk(&mut |_, entry| all.extend(entry.file.as_ref().and_then(|file| file.preview.as_deref())));
    // Of an app that was opened, one window of each size.
    let shown = |screen| {
        let mut visits = submission.facts.visits.iter().filter(move |visit| visit.screen == screen);
        visits.find_map(|visit| visit.picture.as_ref())
    };
    let windows = Screen::ALL.into_iter().filter_map(shown);
    let pictures = windows.chain(all.iter().filter_map(|preview| preview.picture.as_ref()));
    let pictures = pictures.take(PICTURES).map(|picture| format!("data:image/jpeg;base64,{picture}"));
    let loudness = all.iter().map(|preview| &preview.loudness).find(|loudness| !loudness.is_empty());
    (pictures.collect(), loudness.cloned().unwrap_or_default())
}

fn key(message: &Message) -> String {
    format!("{} {}", message.id, serde_json::to_string(&message.arguments).unwrap_or_default())
}

fn letter(outcome: Outcome) -> char {
    match outcome {
        Outcome::Passed => 'p',
        Outcome::Failed => 'f',
        Outcome::NotApplicable => '-',
        Outcome::NotChecked => 'n',
        Outcome::Manual => 'm',
    }
}

fn requirement(requirement: &RequirementTexts<'_>) -> Value {
    json!({
        "id": requirement.id,
        "clause": requirement.clause,
        "must": requirement.modality == Modality::Must,
        "modality": requirement.modality.id(),
        "title": requirement.title,
        "why": requirement.why,
        "help": requirement.help,
        "quote": requirement.quote.iter().map(|(_, quote)| harmless(quote)).collect::<Vec<_>>(),
    })
}

/// Everything that the page says in a language.
fn words_of_page(locale: &Locale) -> Map<String, Value> {
    let mut words = Map::new();
    for word in WORDS {
        words.insert((*word).to_owned(), locale.named("html", word).into());
    }
    let mut named = |what: &str, id: &str| {
        words.insert(format!("{what}-{id}"), locale.named(what, id).into());
    };
    Outcome::ALL.iter().for_each(|outcome| named("outcome", outcome.id()));
    [Verdict::Compliant, Verdict::Incomplete, Verdict::NonCompliant]
        .iter()
        .for_each(|verdict| named("verdict", verdict.id()));
    [Level::Note, Level::Warning, Level::Error].iter().for_each(|level| named("level", level.id()));
    [Modality::Must, Modality::Should, Modality::May, Modality::Info]
        .iter()
        .for_each(|modality| named("modality", modality.id()));
    Kind::ALL.iter().for_each(|kind| named("kind", kind.id()));
    for id in ["report-help", "report-waived", "unit-byte", "unit-kib", "unit-mib", "unit-gib"] {
        words.insert(id.to_owned(), locale.text(&Message { id: id.into(), ..Message::new("") }).into());
    }
    words
}
