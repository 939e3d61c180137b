//! The written form of a profile: what may stand in its TOML, with the line of everything, and every mistake noted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Division, Modality, Problem, Texts, syntax};
use crate::facts::Kind;
use crate::finding::{Level, Message};

/// One file as written.
#[derive(Default)]
pub(super) struct Written {
    pub extends: Option<(String, u64)>,
    pub id: Option<String>,
    pub version: Option<String>,
    pub title: Option<Texts>,
    pub source: Option<Texts>,
    pub submissions: Option<Division>,
    pub requirements: Vec<WrittenRequirement>,
    pub changes: Vec<WrittenChange>,
    pub waivers: Vec<WrittenWaiver>,
    pub lists: BTreeMap<String, Value>,
    pub limits: Settings,
    pub alike: Settings,
    pub jury: Settings,
}

pub(super) struct WrittenRequirement {
    pub file: String,
    pub line: u64,
    pub id: String,
    pub clause: String,
    pub derived: bool,
    pub modality: Modality,
    pub applies_to: Vec<Kind>,
    pub parts: Vec<Kind>,
    pub check: Option<(String, u64)>,
    pub settings: Settings,
    pub quote: Vec<(String, String)>,
    pub title: Texts,
    pub why: Texts,
    pub help: Texts,
    pub note: Option<Texts>,
    pub level: Level,
}

/// Settings with the line of each key.
#[derive(Clone, Default)]
pub(super) struct Settings {
    pub values: Map<String, Value>,
    pub lines: BTreeMap<String, (String, u64)>,
}

impl Settings {
    /// Lays other settings over these.
    pub(super) fn extend(&mut self, other: Settings) {
        self.values.extend(other.values);
        self.lines.extend(other.lines);
    }
}

pub(super) struct WrittenChange {
    pub line: u64,
    pub requirement: String,
    pub level: Option<NewLevel>,
    pub settings: Settings,
}

/// What a profile makes of the level of a requirement it takes over.
#[derive(Clone, Copy)]
pub(super) enum NewLevel {
    Of(Level),
    /// The requirement is left out.
    Off,
}

pub(super) struct WrittenWaiver {
    pub line: u64,
    pub requirement: String,
    pub reason: String,
    pub expires: jiff::civil::Date,
}

/// Reads one file; what is wrong with it goes to `problems`.
pub(super) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Written {
    let (table, errors) = DeTable::parse_recoverable(text);
    let lines = Lines::new(file, text);
    let mut broken = BTreeSet::new();
    for error in errors {
        let line = lines.of(error.span().map_or(0, |span| span.start));
        // One mistake may leave several marks on its line; the first is the nearest to it.
        if broken.insert(line) {
            problems.push(lines.problem(line, syntax::explained(lines.line(line), error.message())));
        }
    }
    let mut written = Written::default();
    let mut fields = Fields::new(&lines, table.get_ref(), 1, problems);
    written.extends = fields.text("extends").map(|text| (text, fields.line_of("extends")));
    written.id = fields.text("id");
    written.version = fields.text("version");
    written.title = fields.texts("title");
    written.source = fields.texts("source");
    written.submissions = fields.choice("submissions", &DIVISIONS);
    let requirements = fields.tables("requirement");
    let waivers = fields.tables("waive");
    let changes = fields.named_tables("change");
    let lists = fields.named("list");
    written.limits = fields.settings("limits");
    written.alike = fields.settings("alike");
    written.jury = fields.settings("jury");
    fields.finish();
    for (name, value, _) in lists {
        written.lists.insert(name, to_json(value));
    }
    for (line, table) in requirements {
        written.requirements.extend(requirement(&lines, line, table, problems));
    }
    for (name, line, table) in changes {
        let mut fields = Fields::new(&lines, table, line, problems);
        let level = fields.choice("level", &NEW_LEVELS);
        let settings = fields.settings("settings");
        fields.finish();
        written.changes.push(WrittenChange { line, requirement: name, level, settings });
    }
    for (line, table) in waivers {
        let mut fields = Fields::new(&lines, table, line, problems);
        let requirement = fields.required_text("requirement");
        let reason = fields.required_text("reason");
        let expires = fields.required_date("expires");
        fields.finish();
        if let (Some(requirement), Some(reason), Some(expires)) = (requirement, reason, expires) {
            written.waivers.push(WrittenWaiver { line, requirement, reason, expires });
        }
    }
    written
}

const NEW_LEVELS: [(&str, NewLevel); 4] = [
    ("error", NewLevel::Of(Level::Error)),
    ("warning", NewLevel::Of(Level::Warning)),
    ("note", NewLevel::Of(Level::Note)),
    ("off", NewLevel::Off),
];

const LEVELS: [(&str, Level); 3] = [("error", Level::Error), ("warning", Level::Warning), ("note", Level::Note)];

const DIVISIONS: [(&str, Division); 2] = [("files", Division::Files), ("entries", Division::Entries)];

const MODALITIES: [(&str, Modality); 4] =
    [("must", Modality::Must), ("should", Modality::Should), ("may", Modality::May), ("info", Modality::Info)];

fn requirement(
    lines: &Lines<'_>,
    line: u64,
    table: &DeTable<'_>,
    problems: &mut Vec<Problem>,
) -> Option<WrittenRequirement> {
    let mut fields = Fields::new(lines, table, line, problems);
    let id = fields.required_text("id");
    let clause = fields.required_text("clause");
    let derived = fields.flag("derived");
    let modality = fields.required_choice("modality", &MODALITIES);
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| (kind.id(), *kind)).collect();
    let applies_to = fields.choices("applies-to", &kinds);
    let parts = if table.contains_key("parts") { fields.choices("parts", &kinds) } else { None };
    let check = fields.text("check").map(|check| (check, fields.line_of("check")));
    let settings = fields.settings("settings");
    let quote = fields.languages("quote").unwrap_or_default();
    let title = fields.required_texts("title");
    let why = fields.required_texts("why");
    let help = fields.required_texts("help");
    let note = fields.texts("note");
    let level = fields.choice("level", &LEVELS);
    fields.finish();
    let modality = modality?;
    Some(WrittenRequirement {
        file: lines.file.to_owned(),
        line,
        id: id?,
        clause: clause?,
        derived,
        modality,
        applies_to: applies_to?,
        parts: parts.unwrap_or_default(),
        check,
        settings,
        quote,
        title: title?,
        why: why?,
        help: help?,
        note,
        level: level.unwrap_or(if modality == Modality::Must { Level::Error } else { Level::Warning }),
    })
}

/// The file's name and its lines.
struct Lines<'a> {
    file: &'a str,
    text: &'a str,
    /// Where the line breaks are. Every value of a profile is asked for its line.
    breaks: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(file: &'a str, text: &'a str) -> Lines<'a> {
        Lines { file, text, breaks: memchr::memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    fn of(&self, offset: usize) -> u64 {
        1 + self.breaks.partition_point(|at| *at < offset) as u64
    }

    /// The text of a line, from 1.
    fn line(&self, line: u64) -> &str {
        let at = usize::try_from(line).unwrap_or_default().saturating_sub(1);
        self.text.lines().nth(at).unwrap_or_default()
    }

    fn problem(&self, line: u64, message: Message) -> Problem {
        Problem { file: self.file.to_owned(), line, message }
    }
}

/// The keys of a table, taken one by one; what is left at the end is not known.
struct Fields<'p, 'a, 'i> {
    lines: &'p Lines<'p>,
    table: &'a DeTable<'i>,
    line: u64,
    known: Vec<&'static str>,
    problems: &'p mut Vec<Problem>,
}

impl<'p, 'a, 'i> Fields<'p, 'a, 'i> {
    fn new(lines: &'p Lines<'p>, table: &'a DeTable<'i>, line: u64, problems: &'p mut Vec<Problem>) -> Self {
        Fields { lines, table, line, known: Vec::new(), problems }
    }

    fn problem(&mut self, line: u64, message: Message) {
        self.problems.push(self.lines.problem(line, message));
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn line_of(&self, key: &str) -> u64 {
        self.table.get(key).map_or(self.line, |value| self.lines.of(value.span().start))
    }

    fn wrong_type(&mut self, key: &str, wanted: &'static str) {
        let line = self.line_of(key);
        self.problem(line, Message::new("profile-wrong-type").with("key", key).with("wanted", wanted));
    }

    fn missing(&mut self, key: &str) {
        let line = self.line;
        self.problem(line, Message::new("profile-missing-key").with("key", key));
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(key, "\"…\"");
        }
        text
    }

    fn required_text(&mut self, key: &'static str) -> Option<String> {
        let present = self.table.contains_key(key);
        let text = self.text(key);
        if !present || text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            self.missing(key);
            return None;
        }
        text
    }

    fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else { return false };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, "true, false");
        }
        flag.unwrap_or(false)
    }

    fn required_date(&mut self, key: &'static str) -> Option<jiff::civil::Date> {
        let Some(value) = self.get(key) else {
            self.missing(key);
            return None;
        };
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.wrong_type(key, "2027-01-31");
        }
        date
    }

    fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let line = self.line_of(key);
        self.pick(&text, choices, line)
    }

    fn required_choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.choice(key, choices)
    }

    fn choices<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<Vec<T>> {
        let Some(value) = self.get(key) else {
            self.missing(key);
            return None;
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "[\"…\"]");
            return None;
        };
        let mut picked = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => picked.extend(self.pick(text, choices, self.lines.of(item.span().start))),
                None => self.wrong_type(key, "[\"…\"]"),
            }
        }
        Some(picked)
    }

    fn pick<T: Copy>(&mut self, text: &str, choices: &[(&str, T)], line: u64) -> Option<T> {
        let picked = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if picked.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.problem(line, unknown("profile-unknown-value", text, &names));
        }
        picked
    }

    /// A text in each of the languages it is written in.
    fn languages(&mut self, key: &'static str) -> Option<Vec<(String, String)>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut texts = Vec::new();
                for (language, text) in table {
                    match text.get_ref().as_str() {
                        Some(text) if ["kk", "ru", "en"].contains(&language.get_ref().as_ref()) => {
                            texts.push((language.get_ref().to_string(), text.trim().to_owned()));
                        }
                        Some(_) => {
                            let line = self.lines.of(language.span().start);
                            self.problem(line, unknown("profile-unknown-key", language.get_ref(), &["kk", "ru", "en"]));
                        }
                        None => self.wrong_type(key, "\"…\""),
                    }
                }
                Some(texts)
            }
            _ => {
                self.wrong_type(key, "kk = \"…\", ru = \"…\", en = \"…\"");
                None
            }
        }
    }

    /// A text in all three languages; one text alone stands for all.
    fn texts(&mut self, key: &'static str) -> Option<Texts> {
        if let Some(text) = self.table.get(key).and_then(|value| value.get_ref().as_str()) {
            self.known.push(key);
            let text = text.trim().to_owned();
            return Some(Texts { kk: text.clone(), ru: text.clone(), en: text });
        }
        let texts: BTreeMap<String, String> = self.languages(key)?.into_iter().collect();
        let mut get = |language: &str| {
            let text = texts.get(language).filter(|text| !text.is_empty()).cloned();
            if text.is_none() {
                self.missing(&format!("{key}.{language}"));
            }
            text
        };
        let (kk, ru, en) = (get("kk"), get("ru"), get("en"));
        Some(Texts { kk: kk?, ru: ru?, en: en? })
    }

    fn required_texts(&mut self, key: &'static str) -> Option<Texts> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.texts(key)
    }

    fn settings(&mut self, key: &'static str) -> Settings {
        let mut settings = Settings::default();
        let Some(value) = self.get(key) else { return settings };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, "{ … }");
            return settings;
        };
        for (name, value) in table {
            let place = (self.lines.file.to_owned(), self.lines.of(name.span().start));
            settings.lines.insert(name.get_ref().to_string(), place);
            settings.values.insert(name.get_ref().to_string(), to_json(value.get_ref()));
        }
        settings
    }

    /// The tables of `[[key]]`, with their lines.
    fn tables(&mut self, key: &'static str) -> Vec<(u64, &'a DeTable<'i>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = value.get_ref().as_array().map(|items| items.iter().collect::<Vec<_>>());
        let tables = items.and_then(|items| {
            let table = |item: &&'a Spanned<DeValue<'i>>| {
                item.get_ref().as_table().map(|table| (self.lines.of(item.span().start), table))
            };
            items.iter().map(table).collect::<Option<Vec<_>>>()
        });
        tables.unwrap_or_else(|| {
            self.wrong_type(key, "[[…]]");
            Vec::new()
        })
    }

    /// The values of `[key.name]`, with their names and lines.
    fn named(&mut self, key: &'static str) -> Vec<(String, &'a DeValue<'i>, u64)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, "[….…]");
            return Vec::new();
        };
        let named = |(name, value): (&Spanned<std::borrow::Cow<'_, str>>, &'a Spanned<DeValue<'i>>)| {
            (name.get_ref().to_string(), value.get_ref(), self.lines.of(name.span().start))
        };
        table.iter().map(named).collect()
    }

    fn named_tables(&mut self, key: &'static str) -> Vec<(String, u64, &'a DeTable<'i>)> {
        let mut tables = Vec::new();
        for (name, value, line) in self.named(key) {
            match value.as_table() {
                Some(table) => tables.push((name, line, table)),
                None => self.wrong_type(key, "[….…]"),
            }
        }
        tables
    }

    fn finish(self) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if !self.known.contains(&name) {
                let line = self.lines.of(key.span().start);
                self.problems.push(self.lines.problem(line, unknown("profile-unknown-key", name, &self.known)));
            }
        }
    }
}

/// A message about a word that is not known, with the known word nearest to it.
#[must_use]
pub fn unknown(id: &'static str, word: &str, known: &[&str]) -> Message {
    /// Below this likeness a suggestion confuses more than it helps.
    const ALIKE: f64 = 0.75;

    let likeness = |known: &&str| strsim::jaro_winkler(known, word);
    let nearest = known
        .iter()
        .copied()
        .filter(|known| likeness(known) >= ALIKE)
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let message = Message::new(id).with("word", word);
    match nearest {
        Some(nearest) => message.with("nearest", nearest),
        None => message.with("nearest", "").with("known", known.join(", ")),
    }
}

fn to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix())
                .map_or_else(|_| json!(number.to_string()), |number| json!(number))
        }
        DeValue::Float(number) => {
            let digits = number.as_str().replace('_', "");
            digits.parse::<f64>().map_or_else(|_| json!(number.as_str()), |number| json!(number))
        }
        DeValue::Boolean(value) => json!(value),
        DeValue::Datetime(date) => json!(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| to_json(item.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(
            table.iter().map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref()))).collect(),
        ),
    }
}

/// JSON Schema of a profile file, for editors. The reader above is the judge; this is its description.
#[must_use]
pub fn schema() -> Value {
    let text = json!({ "type": "string" });
    let texts = json!({
        "anyOf": [
            { "type": "string" },
            {
                "type": "object",
                "properties": { "kk": text, "ru": text, "en": text },
                "required": ["kk", "ru", "en"],
                "additionalProperties": false
            }
        ]
    });
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    let levels: Vec<&str> = LEVELS.iter().map(|(name, _)| *name).collect();
    let new_levels: Vec<&str> = NEW_LEVELS.iter().map(|(name, _)| *name).collect();
    let modalities: Vec<&str> = MODALITIES.iter().map(|(name, _)| *name).collect();
    let checks: Vec<&str> = crate::checks::CHECKS.iter().map(|check| check.id).collect();
    let list = json!({ "type": "object", "properties": { "list": text }, "required": ["list"] });
    let settings = |check: &crate::checks::Check| {
        let mut schema = check.schema().to_value();
        or_list(&mut schema, &list);
        let own = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        json!({
            "if": { "properties": { "check": { "const": check.id } }, "required": ["check"] },
            "then": { "properties": { "settings": { "properties": own, "additionalProperties": false } } }
        })
    };
    let settings: Vec<Value> = crate::checks::CHECKS.iter().map(settings).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tekser profile",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "submissions": { "type": "string", "enum": DIVISIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>() },
            "extends": { "type": "string", "enum": super::BUILTIN.iter().map(|profile| profile.id).collect::<Vec<_>>() },
            "id": text,
            "version": text,
            "title": texts,
            "source": texts,
            "requirement": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["id", "clause", "modality", "applies-to", "title", "why", "help"],
                    "properties": {
                        "id": text,
                        "clause": text,
                        "derived": { "type": "boolean" },
                        "modality": { "enum": modalities },
                        "level": { "enum": levels },
                        "applies-to": { "type": "array", "items": { "enum": kinds } },
                        "parts": { "type": "array", "items": { "enum": kinds } },
                        "check": { "enum": checks },
                        "settings": { "type": "object" },
                        "quote": { "type": "object", "additionalProperties": text },
                        "title": texts,
                        "why": texts,
                        "help": texts,
                        "note": texts
                    },
                    "allOf": settings
                }
            },
            "change": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": { "level": { "enum": new_levels }, "settings": { "type": "object" } }
                }
            },
            "waive": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["requirement", "reason", "expires"],
                    "properties": { "requirement": text, "reason": text, "expires": { "description": "a date" } }
                }
            },
            "list": { "type": "object", "additionalProperties": { "type": ["array", "object"] } },
            "limits": schemars::schema_for!(crate::probe::Limits),
            "alike": table_schema::<crate::alike::Comparison>(&list),
            "jury": table_schema::<crate::settings::jury::Jury>(&list)
        }
    })
}

/// The schema of a table whose settings may name lists.
fn table_schema<T: schemars::JsonSchema>(list: &Value) -> Value {
    let inline = schemars::generate::SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = inline.into_generator().into_root_schema_for::<T>().to_value();
    or_list(&mut schema, list);
    schema
}

/// Lets the name of a list stand in the place of every setting, and of what settings consist of.
fn or_list(schema: &mut Value, list: &Value) {
    for (key, inner) in schema.as_object_mut().into_iter().flatten() {
        match key.as_str() {
            "properties" => {
                for property in inner.as_object_mut().into_iter().flat_map(Map::values_mut) {
                    or_list(property, list);
                    let own = property.take();
                    *property = json!({ "anyOf": [own, list] });
                }
            }
            "anyOf" => inner.as_array_mut().into_iter().flatten().for_each(|one| or_list(one, list)),
            _ => {}
        }
    }
}
