//! Rows of the lists of a profile: things with names, and the many ways in which people write them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// A row of a list of a profile: something with a name, and the other ways in which people write it. Lists serve several
/// checks, so that a row may hold more than one of them asks.
#[derive(Clone, Debug, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Row {
    /// Kebab-case id.
    pub id: String,
    /// Its names by language.
    pub name: BTreeMap<String, String>,
    /// Labels of a field, as the form prints them.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Other ways to write it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What the form prints under the line of a field, by language.
    #[serde(default)]
    pub hint: BTreeMap<String, String>,
    /// Words with which a word of a file name begins.
    #[serde(default)]
    pub words: Vec<String>,
    /// Headings in a document.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Labels of a field that stand behind the line for the answer.
    #[serde(default)]
    pub behind: Vec<String>,
    /// What programs and people leave where nothing is filled in.
    #[serde(default)]
    pub prompts: Vec<String>,
    /// The document names it in one place alone.
    #[serde(default)]
    pub orphan: bool,
    /// Hardly anything but the form has this field.
    #[serde(default)]
    pub telling: bool,
    /// The answer is a text of several paragraphs.
    #[serde(default)]
    pub long: bool,
    /// Ids of the nominations that it goes with.
    #[serde(default)]
    pub nominations: Vec<String>,
    /// Hosts on which it lies.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// An address to which things are sent.
    pub email: Option<String>,
    /// It is no field of the form, but people write it beside them.
    #[serde(default)]
    pub beside: bool,
}

impl Row {
    /// What people call it, in Kazakh and Russian.
    pub(crate) fn label(&self) -> String {
        let names = ["kk", "ru"].map(|language| self.name.get(language).map(String::as_str).unwrap_or_default());
        match names {
            [kk, ru] if kk == ru || ru.is_empty() => kk.to_owned(),
            [kk, ru] => format!("{kk} / {ru}"),
        }
    }

    pub(crate) fn ways(&self) -> impl Iterator<Item = &String> {
        self.name.values().chain(&self.labels).chain(&self.aliases)
    }
}

/// A text as it is compared: small letters, one form of letters that look or are typed alike, words with single spaces.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| fold(c, &mut out));
    out.truncate(out.trim_end().len());
    out
}

/// Adds a character to a text as it is compared.
pub(crate) fn fold(c: char, out: &mut String) {
    for c in c.to_lowercase() {
        let c = match c {
            'ё' | 'e' => 'е',
            'ә' | 'a' => 'а',
            'ғ' => 'г',
            'қ' | 'k' => 'к',
            'ң' | 'h' => 'н',
            'ө' | 'o' => 'о',
            'ұ' | 'ү' | 'y' => 'у',
            'һ' | 'x' => 'х',
            'і' | 'i' | 'й' => 'и',
            'c' => 'с',
            'p' => 'р',
            'm' => 'м',
            't' => 'т',
            'b' => 'в',
            c => c,
        };
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
}

/// `words` stand in `text` as whole words; both are folded.
pub(crate) fn holds(text: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {text} ").contains(&format!(" {words} "))
}

/// The row that a text means: the one whose longest name it is or holds.
pub(crate) fn row<'a>(text: &str, rows: &'a [Row]) -> Option<&'a Row> {
    let text = folded(text);
    let named =
        |row: &&Row| row.ways().map(|way| folded(way)).filter(|way| holds(&text, way)).map(|way| way.len()).max();
    rows.iter().filter_map(|row| Some((named(&row)?, row))).max_by_key(|(length, _)| *length).map(|(_, row)| row)
}

/// Some other row that a text names beside `row`, in words of its own.
pub(crate) fn several<'a>(text: &str, row: &Row, rows: &'a [Row]) -> Option<&'a Row> {
    let mut rest = format!(" {} ", folded(text));
    let mut ways: Vec<String> = row.ways().map(|way| format!(" {} ", folded(way))).collect();
    ways.sort_by_key(|way| std::cmp::Reverse(way.len()));
    for way in ways.iter().filter(|way| way.len() > 2) {
        // Something stays in between, so that no new words come together.
        rest = rest.replace(way.as_str(), " · ");
    }
    rows.iter().find(|other| other.id != row.id && other.ways().any(|way| holds(&rest, &folded(way))))
}

/// The abbreviations in a text, as they are listed.
pub(crate) fn abbreviations<'a>(text: &str, rows: &'a [Row]) -> Vec<&'a str> {
    let text = folded(text);
    rows.iter().flat_map(|row| &row.aliases).filter(|way| holds(&text, &folded(way))).map(String::as_str).collect()
}

/// The name that somebody may have meant by a text that means none.
pub(crate) fn near(text: &str, rows: &[Row]) -> Option<String> {
    /// Letters of a name for which one may be wrong.
    const LETTERS: usize = 4;

    let text = folded(text);
    let ways = rows.iter().flat_map(|row| row.ways().map(move |way| (row, folded(way))));
    let distances = ways.map(|(row, way)| (strsim::osa_distance(&text, &way), way.chars().count(), row));
    let close = distances.filter(|(distance, length, _)| distance * LETTERS <= *length);
    let (_, _, row) = close.min_by_key(|(distance, ..)| *distance)?;
    Some(row.label())
}

/// The rows of a list of the profile `opiq-2019`.
#[cfg(test)]
pub(crate) fn rows(list: &str) -> Vec<Row> {
    let lists: toml::Value = toml::from_str(include_str!("../../rules/opiq-2019/lists.toml")).expect("TOML");
    lists["list"][list].clone().try_into().expect("rows")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_both_languages_and_with_the_letters_of_any_keyboard() {
        let nominations = rows("nominations");
        let known = |text: &str| row(text, &nominations).map(|row| row.id.clone());
        for text in ["Үздік мұғалім", "«үздік мұғалім»", "Уздик мугалим", "Лучший учитель", "номинация: лучший учитель"]
        {
            assert_eq!(known(text).as_deref(), Some("best-teacher"), "{text}");
        }
        // A Latin "o" and "e" among Cyrillic letters.
        assert_eq!(known("Прoдвинутый рoдитeль").as_deref(), Some("exemplary-parent"));
        assert_eq!(known("Лучший дворник"), None);
        assert_eq!(near("Лучший учитиль", &nominations), Some("Үздік мұғалім / Лучший учитель".to_owned()));
        assert_eq!(near("что-то другое", &nominations), None);
        let regions = rows("regions");
        assert_eq!(
            row("Школа №5, Карагандинская область, г. Темиртау", &regions).map(|row| row.id.as_str()),
            Some("karaganda-region")
        );
    }
}
