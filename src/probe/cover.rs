//! Cover sheets: `submission.toml` or `submission.json` at the top of a submission, which says what the table of the
//! organizer says elsewhere.

use serde_json::Value;

use crate::facts::{CoverFacts, Damage, DamageKind, FileFacts};
use crate::source::{self, Source};

/// Bytes of a cover sheet. A form with every field filled in has a hundredth of it.
const MOST: u64 = 256 << 10;

/// Reads a cover sheet.
pub(super) fn probe(source: &dyn Source, name: &str, facts: &mut FileFacts) {
    let mut cover = CoverFacts::default();
    if source.size() > MOST {
        facts.damage.push(Damage::new(DamageKind::OverLimit).at(MOST));
    } else {
        match source::beginning(source, MOST as usize) {
            Ok(bytes) => match pairs(&String::from_utf8_lossy(&bytes), name) {
                Ok(Value::Object(object)) => {
                    cover.pairs = object.iter().map(|(key, value)| (key.clone(), text(value))).collect();
                }
                Ok(_) => facts.damage.push(Damage::new(DamageKind::Malformed).because("no keys and values")),
                Err(error) => facts.damage.push(Damage::new(DamageKind::Malformed).because(error)),
            },
            Err(error) => facts.damage.push(Damage::new(DamageKind::ReadError).because(error)),
        }
    }
    facts.cover = Some(Box::new(cover));
}

fn pairs(text: &str, name: &str) -> Result<Value, String> {
    // Editors on Windows begin a text with a mark that neither format knows.
    let text = text.trim_start_matches('\u{feff}');
    if name.to_lowercase().ends_with(".json") {
        serde_json::from_str(text).map_err(|error| error.to_string())
    } else {
        toml::from_str::<toml::Table>(text)
            .map_err(|error| error.message().to_owned())
            .and_then(|table| serde_json::to_value(table).map_err(|error| error.to_string()))
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(words) => words.trim().to_owned(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("; "),
        // TOML writes a date as a table with one key when it is turned into JSON.
        Value::Object(object) => object.values().map(text).collect::<Vec<_>>().join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identify::identify;
    use crate::source::Memory;

    fn read(name: &str, text: &str) -> FileFacts {
        let source = Memory(text.as_bytes().to_vec());
        let mut facts = FileFacts::new(identify(&source, name), source.size());
        probe(&source, name, &mut facts);
        facts
    }

    #[test]
    fn both_forms_say_the_same() {
        let toml = "\u{feff}received-at = 2019-02-18T10:00:00+06:00\nnomination = \" Үздік мұғалім \"\n\
                    consent-publication = true\nsent-to = [\"a@example.kz\", \"b@example.kz\"]\ngrade = 3\n";
        let json = r#"{"received-at": "2019-02-18T10:00:00+06:00", "nomination": "Үздік мұғалім",
                       "consent-publication": true, "sent-to": ["a@example.kz", "b@example.kz"], "grade": 3}"#;
        let (toml, json) = (read("submission.toml", toml), read("Submission.JSON", json));
        assert_eq!((&toml.damage, &json.damage), (&vec![], &vec![]));
        assert_eq!(toml.cover, json.cover);
        let pairs = &toml.cover.as_ref().expect("a cover sheet").pairs;
        assert_eq!(pairs["sent-to"], "a@example.kz; b@example.kz");
        assert_eq!((pairs["consent-publication"].as_str(), pairs["grade"].as_str()), ("yes", "3"));
    }

    #[test]
    fn what_cannot_be_read_is_damage() {
        for (name, text) in [("submission.toml", "nomination = Үздік"), ("submission.json", "[1, 2]")] {
            let facts = read(name, text);
            assert_eq!(facts.damage[0].what, DamageKind::Malformed, "{name}");
            assert!(facts.cover.is_some_and(|cover| cover.pairs.is_empty()));
        }
    }
}
