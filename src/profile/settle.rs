//! From the written form to a valid profile: files are joined, `extends` is followed, changes are made, lists are filled
//! in, and checks are bound to their settings.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::builtin::BASE;
use super::columns::Columns;
use super::file::{self, NewLevel, Settings, Written, WrittenRequirement, unknown};
use super::syntax;
use super::{BUILTIN, Decision, Division, Modality, MoreLines, Problem, Problems, Profile, Requirement, Texts, Waiver};
use crate::checks::Check;
use crate::finding::{Level, Message};
use crate::settings::names::Row;

pub(super) fn builtin(id: &str, more: &[MoreLines<'_>]) -> Result<Profile, Problems> {
    let Some(builtin) = BUILTIN.iter().find(|builtin| builtin.id == id) else {
        let known: Vec<&str> = BUILTIN.iter().map(|builtin| builtin.id).collect();
        let message = unknown("profile-unknown", id, &known);
        return Err(Problems(vec![Problem { file: id.to_owned(), line: 1, message }]));
    };
    let mut draft = Draft::new();
    for (name, text) in builtin.files {
        draft.add(name, text);
    }
    draft.settle(id, more)
}

pub(super) fn custom(name: &str, text: &str, more: &[MoreLines<'_>]) -> Result<Profile, Problems> {
    let mut draft = Draft::new();
    let mut problems = Vec::new();
    let written = file::read(name, text, &mut problems);
    if let Some((base, line)) = &written.extends {
        match BUILTIN.iter().find(|builtin| builtin.id == base) {
            Some(builtin) => {
                for (name, text) in builtin.files {
                    draft.add(name, text);
                }
            }
            None => {
                let known: Vec<&str> = BUILTIN.iter().map(|builtin| builtin.id).collect();
                let message = unknown("profile-unknown", base, &known);
                problems.push(Problem { file: name.to_owned(), line: *line, message });
            }
        }
    }
    draft.problems.extend(problems);
    draft.hash.update(text);
    draft.merge(name, written);
    draft.settle(name, more)
}

/// The list of the columns of a table.
const COLUMNS: &str = "columns";

/// Lists that every profile has. A check that asks for one of them by its name is given it.
const GIVEN: [&str; 4] = ["allowed-hosts", COLUMNS, "link-services", "yes-no"];

/// A profile in the making.
#[derive(Default)]
struct Draft {
    id: Option<String>,
    version: Option<String>,
    title: Option<Texts>,
    source: Option<Texts>,
    division: Option<Division>,
    requirements: Vec<WrittenRequirement>,
    waivers: Vec<Waiver>,
    lists: BTreeMap<String, Value>,
    limits: Settings,
    alike: Settings,
    jury: Settings,
    hash: Sha256,
    problems: Vec<Problem>,
}

impl Draft {
    /// With the lists that every profile has.
    fn new() -> Draft {
        let mut draft = Draft::default();
        let (name, text) = BASE;
        draft.add(name, text);
        draft
    }

    fn add(&mut self, name: &str, text: &str) {
        if let Some(list) = name.strip_suffix(".txt") {
            self.extend_list(crate::last_part(list), text);
            return;
        }
        self.hash.update(text);
        let written = file::read(name, text, &mut self.problems);
        self.merge(name, written);
    }

    /// Adds the lines of a text to a list.
    fn extend_list(&mut self, name: &str, text: &str) {
        self.hash.update(text);
        let list = self.lists.entry(name.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = list {
            items.extend(text.lines().map(Value::from));
        }
    }

    /// Lays a file over what is there already.
    fn merge(&mut self, name: &str, written: Written) {
        self.id = written.id.or(self.id.take());
        self.version = written.version.or(self.version.take());
        self.title = written.title.or(self.title.take());
        self.source = written.source.or(self.source.take());
        self.division = written.submissions.or(self.division);
        for (name, list) in written.lists {
            match (name.as_str(), self.lists.get_mut(&name), list) {
                // To the columns that every profile has, a profile adds its own.
                (COLUMNS, Some(Value::Array(rows)), Value::Array(more)) => rows.extend(more),
                (_, _, list) => {
                    self.lists.insert(name, list);
                }
            }
        }
        self.limits.extend(written.limits);
        self.alike.extend(written.alike);
        self.jury.extend(written.jury);
        self.requirements.extend(written.requirements);
        let problem = |line, message| Problem { file: name.to_owned(), line, message };
        for change in written.changes {
            let Some(at) = self.requirements.iter().position(|requirement| requirement.id == change.requirement) else {
                let message = self.unknown_requirement(&change.requirement);
                self.problems.push(problem(change.line, message));
                continue;
            };
            let requirement = &mut self.requirements[at];
            requirement.settings.extend(change.settings);
            match change.level {
                Some(NewLevel::Of(level)) => {
                    requirement.level = level;
                    // A requirement whose findings are no errors does not bind.
                    requirement.modality = match level {
                        Level::Error => requirement.modality,
                        Level::Warning => Modality::Should,
                        Level::Note => Modality::May,
                    };
                }
                // What a document demands can be waived, with a reason and a date, and not be passed over in silence.
                Some(NewLevel::Off) if requirement.modality == Modality::Must => {
                    let message = Message::new("profile-off-must").with("id", change.requirement.as_str());
                    self.problems.push(problem(change.line, message));
                }
                Some(NewLevel::Off) => {
                    self.requirements.remove(at);
                }
                None => {}
            }
        }
        for waiver in written.waivers {
            if !self.requirements.iter().any(|requirement| requirement.id == waiver.requirement) {
                let message = self.unknown_requirement(&waiver.requirement);
                self.problems.push(problem(waiver.line, message));
            }
            self.waivers.push(Waiver {
                requirement: waiver.requirement.into(),
                reason: waiver.reason,
                expires: waiver.expires,
                place: (name.to_owned(), waiver.line),
            });
        }
    }

    fn unknown_requirement(&self, id: &str) -> Message {
        let known: Vec<&str> = self.requirements.iter().map(|requirement| requirement.id.as_str()).collect();
        unknown("profile-unknown-requirement", id, &known)
    }

    fn settle(mut self, name: &str, more: &[MoreLines<'_>]) -> Result<Profile, Problems> {
        for more in more {
            self.extend_list(more.list, more.text);
        }
        let mut problems = std::mem::take(&mut self.problems);
        let mut missing = |key: &str| {
            let message = Message::new("profile-missing-key").with("key", key);
            problems.push(Problem { file: name.to_owned(), line: 1, message });
        };
        for (key, absent) in [
            ("id", self.id.is_none()),
            ("version", self.version.is_none()),
            ("title", self.title.is_none()),
            ("source", self.source.is_none()),
            ("requirement", self.requirements.is_empty()),
        ] {
            if absent {
                missing(key);
            }
        }
        let limits = settle_table("limits", &self.limits, &self.lists, &mut problems).unwrap_or_default();
        let alike = settle_table("alike", &self.alike, &self.lists, &mut problems);
        let jury = settle_table("jury", &self.jury, &self.lists, &mut problems);
        let columns = settle_columns(self.lists.get(COLUMNS), name, &mut problems);
        let mut first_lines: HashMap<String, u64> = HashMap::new();
        let mut requirements = Vec::new();
        for written in self.requirements {
            let (file, line) = (written.file.clone(), written.line);
            if let Some(first) = first_lines.insert(written.id.clone(), line) {
                let message = Message::new("profile-duplicate").with("id", written.id.as_str());
                let message = message.with("first", crate::finding::Arg::Count(first));
                problems.push(Problem { file, line, message });
                continue;
            }
            requirements.push(settle_requirement(written, &self.lists, &mut problems));
        }
        if !problems.is_empty() {
            problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
            return Err(Problems(problems));
        }
        let texts =
            |texts: Option<Texts>| texts.unwrap_or(Texts { kk: String::new(), ru: String::new(), en: String::new() });
        Ok(Profile {
            id: self.id.unwrap_or_default(),
            version: self.version.unwrap_or_default(),
            title: texts(self.title),
            source: texts(self.source),
            division: self.division.unwrap_or_default(),
            sha256: crate::hex(&self.hash.finalize()),
            requirements,
            waivers: self.waivers,
            limits,
            columns,
            alike,
            jury,
        })
    }
}

fn settle_requirement(
    mut written: WrittenRequirement,
    lists: &BTreeMap<String, Value>,
    problems: &mut Vec<Problem>,
) -> Requirement {
    let settings = std::mem::take(&mut written.settings);
    let decision = match &written.check {
        Some((id, line)) => match Check::find(id) {
            Some(check) => decide(check, settings, &written, lists, problems),
            None => {
                let known: Vec<&str> = crate::checks::CHECKS.iter().map(|check| check.id).collect();
                let message = unknown("profile-unknown-check", id, &known);
                problems.push(Problem { file: written.file.clone(), line: *line, message });
                None
            }
        },
        None => None,
    };
    Requirement {
        id: Arc::from(written.id),
        clause: written.clause,
        derived: written.derived,
        modality: written.modality,
        level: written.level,
        applies_to: written.applies_to,
        parts: written.parts,
        quote: written.quote,
        title: written.title,
        why: written.why,
        help: written.help,
        note: written.note,
        decision,
    }
}

/// A table of the profile with settings that name lists, if it is there.
fn settle_table<T: DeserializeOwned>(
    name: &str,
    written: &Settings,
    lists: &BTreeMap<String, Value>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let Settings { mut values, lines } = written.clone();
    let place = |path: &str| lines.get(path).or(lines.values().next()).cloned().unwrap_or_default();
    let before = problems.len();
    for (key, value) in &mut values {
        if let Err(message) = fill_in(value, lists, 0) {
            let (file, line) = place(key);
            problems.push(Problem { file, line, message });
        }
    }
    if values.is_empty() || problems.len() > before {
        return None;
    }
    let settled: Result<T, _> = serde_path_to_error::deserialize(Value::Object(values));
    let told = |error: serde_path_to_error::Error<serde_json::Error>| {
        let path = error.path().to_string();
        let (file, line) = place(path.split(['.', '[']).next().unwrap_or_default());
        problems.push(Problem { file, line, message: syntax::setting(name, &path, &error.inner().to_string()) });
    };
    settled.map_err(told).ok()
}

fn settle_columns(list: Option<&Value>, file: &str, problems: &mut Vec<Problem>) -> Columns {
    let rows = serde_path_to_error::deserialize::<_, Vec<Row>>(list.unwrap_or(&Value::Null));
    match rows {
        Ok(rows) => Columns::of_rows(&rows),
        Err(error) => {
            let detail = format!("{}: {}", error.path(), error.inner());
            let message = Message::new("profile-bad-columns").with("detail", detail);
            problems.push(Problem { file: file.to_owned(), line: 1, message });
            Columns::default()
        }
    }
}

/// Puts lists where a value names them.
fn fill_in(value: &mut Value, lists: &BTreeMap<String, Value>, depth: u8) -> Result<(), Message> {
    /// Lists that name lists that name lists: nothing real is deeper, and one that names itself must end.
    const DEPTH: u8 = 6;

    let Value::Object(table) = value else { return Ok(()) };
    if let (1, Some(Value::String(name))) = (table.len(), table.get("list")) {
        if depth == DEPTH {
            return Err(Message::new("profile-list-in-itself").with("word", name.as_str()));
        }
        let names = || lists.keys().map(String::as_str).collect::<Vec<_>>();
        *value = lists.get(name).ok_or_else(|| unknown("profile-unknown-list", name, &names()))?.clone();
        return fill_in(value, lists, depth + 1);
    }
    table.values_mut().try_for_each(|value| fill_in(value, lists, depth))
}

/// A field that no column is for would never be filled in.
fn unknown_columns(values: &Map<String, Value>, place: &dyn Fn(&str) -> (String, u64), problems: &mut Vec<Problem>) {
    let Some(Value::Array(columns)) = values.get(COLUMNS) else { return };
    let ids: Vec<&str> = columns.iter().filter_map(|row| row.get("id")?.as_str()).collect();
    for key in ["answer", "answers", "instead", "medium"] {
        let Some(value) = values.get(key) else { continue };
        let named = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for id in named.iter().filter_map(Value::as_str).filter(|id| !ids.contains(id)) {
            let (file, line) = place(key);
            problems.push(Problem { file, line, message: unknown("profile-unknown-column", id, &ids) });
        }
    }
}

/// Settings that name a row of another setting by its id.
const ROWS: [(&str, &str); 4] = [("period", "dates"), ("host", "hosts"), ("address", "addresses"), ("part", "parts")];

/// A row that is named and not there would never be asked for.
fn unknown_rows(values: &Map<String, Value>, place: &dyn Fn(&str) -> (String, u64), problems: &mut Vec<Problem>) {
    for (key, rows) in ROWS {
        let (Some(Value::String(id)), Some(Value::Array(rows))) = (values.get(key), values.get(rows)) else { continue };
        let ids: Vec<&str> = rows.iter().filter_map(|row| row.get("id")?.as_str()).collect();
        if !ids.contains(&id.as_str()) {
            let (file, line) = place(key);
            problems.push(Problem { file, line, message: unknown("profile-unknown-value", id, &ids) });
        }
    }
}

fn decide(
    check: &'static Check,
    settings: Settings,
    written: &WrittenRequirement,
    lists: &BTreeMap<String, Value>,
    problems: &mut Vec<Problem>,
) -> Option<Decision> {
    let before = problems.len();
    let Settings { mut values, lines } = settings;
    let place = |key: &str| lines.get(key).cloned().unwrap_or((written.file.clone(), written.line));
    let known = check.keys();
    for (key, value) in &mut values {
        let (file, line) = place(key);
        if !known.contains(&key.as_str()) {
            problems.push(Problem { file, line, message: unknown("profile-unknown-setting", key, known) });
            continue;
        }
        // `{ list = "name" }` stands for a list that the profile keeps elsewhere.
        if let Err(message) = fill_in(value, lists, 0) {
            problems.push(Problem { file, line, message });
        }
    }
    for name in GIVEN.into_iter().filter(|name| known.contains(name)) {
        if let Some(list) = lists.get(name) {
            values.entry(name).or_insert_with(|| list.clone());
        }
    }
    unknown_columns(&values, &place, problems);
    unknown_rows(&values, &place, problems);
    if problems.len() > before {
        return None;
    }
    let settings = Value::Object(values);
    match check.bind(&settings) {
        Ok(bound) => Some(Decision { check, settings, bound }),
        Err(error) => {
            let path = error.path().to_string();
            let message = syntax::setting(check.id, &path, &error.inner().to_string());
            let (file, line) = place(path.split(['.', '[']).next().unwrap_or_default());
            problems.push(Problem { file, line, message });
            None
        }
    }
}
