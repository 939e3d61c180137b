//! Mistakes of somebody who does not know TOML, told by what they did: the libraries speak of grammar, and in English.

use super::unknown;
use crate::finding::Message;

/// What is wrong in a line that is no TOML. `detail` is what the reader of TOML says.
pub(super) fn explained(line: &str, detail: &str) -> Message {
    let (key, value) = line.split_once('=').map_or((line, ""), |(key, value)| (key, value));
    let (key, value) = (key.trim(), value.trim());
    let value = value.trim_end_matches([',', ' ']);
    if detail.contains("duplicate key") {
        return Message::new("profile-key-twice").with("key", key.trim_matches(['[', ']', ' ']));
    }
    let odd_space = |c: char| c.is_whitespace() && !matches!(c, ' ' | '\t') || matches!(c, '\u{200b}' | '\u{feff}');
    if outside_quotes(line).any(odd_space) {
        return Message::new("profile-invisible");
    }
    if outside_quotes(line).any(|c| matches!(c, '«' | '»' | '“' | '”' | '„' | '‘' | '’')) {
        return Message::new("profile-curly-quotes");
    }
    if detail.contains("invalid basic string") && value.contains('"') {
        return Message::new("profile-unclosed");
    }
    if detail.contains("missing comma") || detail.contains("unclosed") {
        return Message::new("profile-comma");
    }
    if let Some(date) = dotted_date(line) {
        return Message::new("profile-dotted-date").with("value", date);
    }
    if detail.contains("unquoted key") {
        return Message::new("profile-key-letters").with("value", key);
    }
    if detail.contains("unicode value") || detail.contains("escape") {
        return Message::new("profile-backslash");
    }
    if value.starts_with('"') && outside_quotes(value).any(char::is_alphanumeric) {
        return Message::new("profile-inner-quotes");
    }
    if !line.contains('=') && !line.trim_start().starts_with('[') {
        return Message::new("profile-no-equals").with("value", key);
    }
    if let Some((key, value)) = bare(line) {
        return Message::new("profile-unquoted").with("key", key).with("value", value);
    }
    // The value that could not be read: behind the last `=` of the line, for it may be one of several in brackets.
    let value = outer(line);
    if value.starts_with(|c: char| c.is_ascii_digit()) {
        return Message::new("profile-number").with("value", value);
    }
    Message::new("profile-syntax").with("detail", detail)
}

/// The last value of a line, without the brackets around it.
fn outer(line: &str) -> &str {
    line.rsplit_once('=').map_or(line, |(_, value)| value).trim().trim_end_matches([' ', '}', ']', ','])
}

/// The first key of a line whose value is a word without quotation marks, and the value.
fn bare(line: &str) -> Option<(&str, &str)> {
    line.match_indices('=').find_map(|(at, _)| {
        let key = line[..at].trim().rsplit([' ', '{', ',']).next().filter(|key| !key.is_empty())?;
        let value = line[at + 1..].split([',', '}', ']']).next().unwrap_or_default().trim();
        let bare = value.starts_with(char::is_alphabetic) && !matches!(value, "true" | "false");
        bare.then_some((key, value))
    })
}

/// The characters of a line that stand in no quotation marks.
fn outside_quotes(line: &str) -> impl Iterator<Item = char> {
    let mut inside = false;
    line.chars().filter(move |c| {
        inside ^= *c == '"';
        !inside
    })
}

/// A day written as in a letter: `31.01.2027`.
fn dotted_date(line: &str) -> Option<&str> {
    let words = line.split(|c: char| !c.is_ascii_digit() && c != '.');
    words.filter(|word| word.len() >= 8).find(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
    })
}

/// What is wrong with a setting of a check. `path` leads to it; `detail` is what the reader of settings says.
pub(super) fn setting(check: &str, path: &str, detail: &str) -> Message {
    let words: Vec<&str> = detail.split('`').collect();
    if let [front, key, ..] = words.as_slice()
        && front.starts_with("missing field")
    {
        return match path {
            "." | "" => Message::new("profile-missing-setting").with("check", check).with("key", *key),
            path => Message::new("profile-missing-in").with("place", path).with("key", *key),
        };
    }
    for (front, id) in [("unknown variant `", "profile-unknown-value"), ("unknown field `", "profile-unknown-key")] {
        // The word is the author's, and may hold marks of its own.
        if let Some((word, expected)) = detail.strip_prefix(front).and_then(|rest| rest.rsplit_once("`, expected ")) {
            let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
            return unknown(id, word, &known);
        }
    }
    let numbers = ["expected u64", "expected u32", "expected usize", "expected i32", "expected f64", "expected u8"];
    if numbers.iter().any(|wanted| detail.contains(wanted)) {
        return Message::new("profile-wants-number").with("key", path);
    }
    if detail.contains("expected a string") {
        return Message::new("profile-wants-text").with("key", path);
    }
    if detail.contains("expected a sequence") {
        return Message::new("profile-wants-list").with("key", path);
    }
    if detail.contains("expected a boolean") {
        return Message::new("profile-wrong-type").with("key", path).with("wanted", "true, false");
    }
    let detail = format!("{path}: {detail}");
    Message::new("profile-bad-setting").with("check", check).with("detail", detail)
}

#[cfg(test)]
mod tests {
    use super::{explained, setting};
    use crate::finding::Arg;

    #[test]
    fn mistakes_are_told_by_what_was_done() {
        let string = "string values must be quoted, expected literal string";
        for (line, detail, expected) in [
            ("id = менің конкурсым", string, "profile-unquoted"),
            ("settings = { a = \"x\", period = submission, b = \"y\" }", string, "profile-unquoted"),
            ("title = «Байқау»", string, "profile-curly-quotes"),
            ("to = 31.01.2027", "invalid float, expected nothing", "profile-dotted-date"),
            ("settings = { max-bytes = 10 МБ }", string, "profile-number"),
            ("версия = \"1\"", "invalid unquoted key", "profile-key-letters"),
            ("version\u{a0}= \"1\"", "invalid unquoted key", "profile-invisible"),
            ("title = \"конкурс \"Үздік\" 2027\"", "unexpected key or value", "profile-inner-quotes"),
            ("modality \"must\"", "key with no value", "profile-no-equals"),
            ("a = [\"b\" \"c\"]", "missing comma between array elements", "profile-comma"),
        ] {
            assert_eq!(explained(line, detail).id, expected, "{line}");
        }
    }

    #[test]
    fn a_key_may_hold_marks() {
        let text = |text: &str| Arg::Text(text.to_owned());
        for (key, nearest) in [("minn", "min"), ("`", ""), ("a`b", ""), ("", "")] {
            let told = setting("size", "range", &format!("unknown field `{key}`, expected `min` or `max`"));
            assert_eq!(told.id, "profile-unknown-key");
            assert_eq!((&told.arguments["word"], &told.arguments["nearest"]), (&text(key), &text(nearest)));
            assert_eq!(told.arguments.get("known"), nearest.is_empty().then(|| text("min, max")).as_ref());
        }
    }
}
