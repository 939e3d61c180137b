//! Kazakh, Russian and English. The sentences are in the catalogues beside this file; here they are filled in.

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, FluentValue};

use crate::facts::{Browser, Screen, Window};
use crate::finding::{Arg, Message};
use crate::profile::Texts;

/// A language of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 3] = [Language::Kk, Language::Ru, Language::En];

    /// The two-letter code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Language::Kk => "kk",
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// The language with this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The language of a locale name such as `kk_KZ.UTF-8`, if it is one of the three.
    #[must_use]
    pub fn of_locale(name: &str) -> Option<Language> {
        let code = name.split(['_', '.', '-', '@']).next()?;
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The sentences as Fluent text.
    #[must_use]
    pub const fn catalogue(self) -> &'static str {
        match self {
            Language::Kk => include_str!("kk.ftl"),
            Language::Ru => include_str!("ru.ftl"),
            Language::En => include_str!("en.ftl"),
        }
    }
}

impl Texts {
    /// The text in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}

/// The sentences of one language.
pub struct Locale {
    language: Language,
    parts: Vec<Part>,
    /// The part in which each sentence stands.
    part_of: HashMap<&'static str, usize>,
}

/// What stands below a heading of a catalogue. It is read when something in it is said: a run says little of a catalogue,
/// and to read all of it would take a tenth of the start.
struct Part {
    text: &'static str,
    sentences: OnceLock<FluentBundle<FluentResource>>,
}

impl Part {
    fn sentences(&self, language: Language) -> &FluentBundle<FluentResource> {
        self.sentences.get_or_init(|| {
            let id = language.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            // Marks around filled-in words would show up as junk in terminals and logs.
            bundle.set_use_isolating(false);
            // A test excludes broken catalogues; whatever can be read of one is used.
            let resource = FluentResource::try_new(self.text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
            bundle
        })
    }
}

/// A catalogue cut before each of its headings.
fn parts(catalogue: &'static str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let mut rest = catalogue;
    while let Some(at) = rest.find("\n###") {
        let (part, after) = rest.split_at(at + 1);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// The ids of the sentences in a text. Whatever else there is begins with a space or a sign.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    let sentences = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    sentences.filter_map(|line| line.split([' ', '=']).next())
}

impl Locale {
    /// The catalogue of a language.
    #[must_use]
    pub fn new(language: Language) -> Locale {
        let texts = parts(language.catalogue());
        let part_of =
            texts.iter().enumerate().flat_map(|(number, text)| ids(text).map(move |id| (id, number))).collect();
        let parts = texts.into_iter().map(|text| Part { text, sentences: OnceLock::new() }).collect();
        Locale { language, parts, part_of }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence, filled in. An id without a sentence stands for itself, so that nothing is lost.
    #[must_use]
    pub fn text(&self, message: &Message) -> String {
        self.sentence(&message.id, None, message).unwrap_or_else(|| harmless(&message.id))
    }

    /// There is a sentence for this message: it may be one of another version of the program.
    #[must_use]
    pub fn knows(&self, message: &Message) -> bool {
        self.entry(&message.id).is_some_and(|(_, entry)| entry.value().is_some())
    }

    /// What to do about it, if the catalogue says.
    #[must_use]
    pub fn help(&self, message: &Message) -> Option<String> {
        self.sentence(&message.id, Some("help"), message)
    }

    /// A sentence without arguments.
    #[must_use]
    pub fn plain(&self, id: &'static str) -> String {
        self.text(&Message::new(id))
    }

    /// What the catalogue says of something that has an id, if it says anything.
    #[must_use]
    pub fn known(&self, what: &str, id: &str) -> Option<String> {
        let message = Message { id: format!("{what}-{id}").into(), ..Message::new("") };
        self.sentence(&message.id, None, &message)
    }

    /// The name of something that has an id: `named("verdict", "compliant")`.
    #[must_use]
    pub fn named(&self, what: &str, id: &str) -> String {
        self.known(what, id).unwrap_or_else(|| id.to_owned())
    }

    /// What stands under an id, and what it stands among.
    fn entry(&self, id: &str) -> Option<(&FluentBundle<FluentResource>, FluentMessage<'_>)> {
        let part = self.part_of.get(id).and_then(|part| self.parts.get(*part))?;
        let sentences = part.sentences(self.language);
        Some((sentences, sentences.get_message(id)?))
    }

    fn sentence(&self, id: &str, attribute: Option<&str>, message: &Message) -> Option<String> {
        let (sentences, entry) = self.entry(id)?;
        let pattern = match attribute {
            Some(name) => entry.get_attribute(name)?.value(),
            None => entry.value()?,
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in &message.arguments {
            arguments.set(name.clone(), self.value(value));
        }
        let mut errors = Vec::new();
        let text = sentences.format_pattern(pattern, Some(&arguments), &mut errors);
        Some(text.trim().to_owned())
    }

    fn value(&self, value: &Arg) -> FluentValue<'static> {
        match value {
            // A selector can ask whether there is a text at all.
            Arg::Text(text) if text.is_empty() => "none".into(),
            Arg::Text(text) => harmless(text).into(),
            Arg::Count(count) => FluentValue::from(*count as f64),
            Arg::Bytes(bytes) => self.size(*bytes).into(),
            Arg::Seconds(seconds) => self.clock(*seconds).into(),
            Arg::Format(format) => self.named("format", format.id()).into(),
            Arg::Advice(format) => {
                let id = format!("advice-{}", format.id());
                let message = Message { id: id.into(), ..Message::new("") };
                let advice = self.sentence(&message.id, None, &message);
                advice.unwrap_or_else(|| self.plain("advice-other")).into()
            }
            Arg::Steps(tool) => self.named("steps", tool.id()).into(),
            Arg::Kind(kind) => self.named("kind", kind.id()).into(),
            Arg::Damage(damage) => self.named("damage", damage.id()).into(),
            Arg::Uses(uses) => {
                let names: Vec<String> = uses.iter().map(|via| self.named("via", via.id())).collect();
                names.join(", ").into()
            }
            Arg::Obfuscation(how) => self.named("obfuscation", how.id()).into(),
            Arg::Conflict(conflict) => self.named("conflict", conflict.id()).into(),
            Arg::Unread(why) => {
                let id = serde_json::to_value(why).ok();
                self.named("unread", id.as_ref().and_then(|id| id.as_str()).unwrap_or_default()).into()
            }
            Arg::Unheard(why) => self.named("unheard", why.id()).into(),
            Arg::Unanswered(why) => self.named("unanswered", why.id()).into(),
            Arg::Unscanned(why) => self.named("unscanned", why.id()).into(),
            Arg::Unvisited(why) => self.named("unvisited", why.id()).into(),
            Arg::Windows(windows) => self.windows(windows).into(),
        }
    }

    /// Windows of browsers as a list; a browser whose windows are all meant stands alone.
    fn windows(&self, windows: &[Window]) -> String {
        let names = Browser::ALL.into_iter().filter_map(|browser| {
            let of = windows.iter().filter(|window| window.browser == browser);
            let mut screens: Vec<Screen> = of.map(|window| window.screen).collect();
            screens.sort();
            screens.dedup();
            match screens.as_slice() {
                [] => None,
                [screen] => Some(format!("{} ({})", browser.name(), self.named("screen", screen.id()))),
                _ => Some(browser.name().to_owned()),
            }
        });
        names.collect::<Vec<_>>().join(", ")
    }

    /// A size for people: exact bytes, and binary units where they are shorter.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        const UNITS: [(&str, u64); 3] = [("unit-gib", 1 << 30), ("unit-mib", 1 << 20), ("unit-kib", 1 << 10)];

        let exact = format!("{} {}", grouped(bytes), self.plain("unit-byte"));
        match UNITS.into_iter().find(|(_, unit)| bytes >= *unit) {
            Some((name, unit)) => {
                let rounded = format!("{:.1}", bytes as f64 / unit as f64);
                let rounded = rounded.replace('.', &self.decimal_mark().to_string());
                format!("{rounded} {} ({exact})", self.plain(name))
            }
            None => exact,
        }
    }

    /// Seconds as a player shows them: `10:01`, `1:02:03`, with tenths where they are not whole.
    #[must_use]
    pub fn clock(&self, seconds: f64) -> String {
        let tenths = (seconds.max(0.0) * 10.0).round() as u64;
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
        let mut text = match hours {
            0 => format!("{minutes}:{seconds:02}"),
            _ => format!("{hours}:{minutes:02}:{seconds:02}"),
        };
        if tenth > 0 {
            text.push_str(&format!("{}{tenth}", self.decimal_mark()));
        }
        text
    }

    /// What stands before the tenths of a number.
    fn decimal_mark(&self) -> char {
        if self.language == Language::En { '.' } else { ',' }
    }
}

/// Digits in groups of three, kept together by spaces that do not break.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// Words of a stranger's file made safe to show: characters that steer a terminal or turn the reading direction are
/// written as escapes.
#[must_use]
pub fn harmless(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
    };
    if !text.contains(steers) {
        return text.to_owned();
    }
    text.chars().map(|c| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Ids of a catalogue with the variables of each.
    fn sentences(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let catalogue = language.catalogue();
        FluentResource::try_new(catalogue.to_owned()).map_err(|(_, errors)| errors).expect("a catalogue that parses");
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut id = String::new();
        for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.starts_with([' ', '[', '*', '}'])) {
                id = name.to_owned();
                assert!(found.insert(id.clone(), BTreeSet::new()).is_none(), "{} has {id} twice", language.code());
            } else if let Some(name) = line.trim().strip_prefix('.').and_then(|line| line.split_once(" =")) {
                id = format!("{}.{}", id.split('.').next().unwrap_or_default(), name.0);
                found.insert(id.clone(), BTreeSet::new());
            }
            for piece in line.split('$').skip(1) {
                let variable = piece.chars().take_while(|c| c.is_alphanumeric()).collect();
                found.get_mut(&id).expect("a sentence before its variables").insert(variable);
            }
        }
        found
    }

    #[test]
    fn no_message_lacks_a_language() {
        let english = sentences(Language::En);
        assert!(english.len() > 200, "the catalogue was read");
        for language in [Language::Kk, Language::Ru] {
            let other = sentences(language);
            let missing: Vec<_> = english.keys().filter(|id| !other.contains_key(*id)).collect();
            let extra: Vec<_> = other.keys().filter(|id| !english.contains_key(*id)).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{}: missing {missing:?}, extra {extra:?}",
                language.code()
            );
            for (id, variables) in &english {
                assert_eq!(variables, &other[id], "variables of {id} in {}", language.code());
            }
        }
    }

    #[test]
    fn a_sentence_names_no_other_but_of_its_part() {
        for language in Language::ALL {
            let mut named = 0;
            for part in parts(language.catalogue()) {
                for name in part.split("{ ").skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase())) {
                    let name = name.split([' ', '.']).next().unwrap_or_default();
                    assert!(ids(part).any(|id| id == name), "{}: {name} stands in another part", language.code());
                    named += 1;
                }
            }
            assert!(named > 0, "{} names some", language.code());
        }
    }

    #[test]
    fn every_thing_with_an_id_has_a_name_in_every_language() {
        use crate::facts::{Format, Kind, Tool};

        let catalogue = sentences(Language::En);
        let has = |id: String| assert!(catalogue.contains_key(&id), "{id}");
        Format::ALL.iter().for_each(|format| has(format!("format-{}", format.id())));
        Kind::ALL.iter().for_each(|kind| has(format!("kind-{}", kind.id())));
        Tool::ALL.iter().for_each(|tool| has(format!("steps-{}", tool.id())));
        crate::checks::CHECKS.iter().for_each(|check| has(format!("check-{}", check.id)));
    }

    #[test]
    fn plurals_follow_each_language() {
        let say = |language, count| {
            let message = Message::new("summary-submissions").with("count", Arg::Count(count));
            Locale::new(language).text(&message)
        };
        assert_ne!(say(Language::Ru, 1), say(Language::Ru, 2).replace('2', "1"));
        assert_ne!(say(Language::Ru, 2), say(Language::Ru, 5).replace('5', "2"));
        assert_ne!(say(Language::En, 1), say(Language::En, 2).replace('2', "1"));
    }

    #[test]
    fn lengths_are_written_as_players_do() {
        let en = Locale::new(Language::En);
        assert_eq!(en.clock(601.0), "10:01");
        assert_eq!(en.clock(600.96), "10:01");
        assert_eq!(en.clock(599.5), "9:59.5");
        assert_eq!(Locale::new(Language::Kk).clock(599.5), "9:59,5");
        assert_eq!(en.clock(3723.0), "1:02:03");
    }

    #[test]
    fn a_file_name_cannot_steer_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31m.mp4"), "a\\u{1b}[31m.mp4");
        assert_eq!(harmless("photo\u{202e}gpj.exe"), "photo\\u{202e}gpj.exe");
    }
}
