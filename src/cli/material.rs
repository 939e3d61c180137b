//! What an author says of a material: typed, written in `tekser.toml`, or asked for on the terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use unic_langid::LanguageIdentifier;

use super::Trouble;
use super::args::{MaterialArgs, Pack};
use super::config::Config;
use crate::facts::FileFacts;
use crate::finding::Message;
use crate::locale::{Locale, harmless};
use crate::pack::{Course, Item, Material, Target};

/// The course that is wanted, if one is. An app that is a course already lends its title.
pub(super) fn course(
    arguments: &Pack,
    config: &Config,
    app: &FileFacts,
    locale: &Locale,
) -> Result<Option<Course>, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    let Some(target) = arguments.target.as_deref().and_then(Target::of_id) else {
        if arguments.material.is_some() {
            return Err(told(Message::new("error-material-app").with("known", Target::ALL.map(Target::id).join(", "))));
        }
        return Ok(None);
    };
    let mut material = joined(arguments.material.clone().unwrap_or_default(), &config.material);
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        ask(&mut material, title_of(app), &mut io::stdin().lock(), &mut io::stderr(), locale)?;
    } else if material.title.is_empty() {
        material.title = title_of(app).unwrap_or_default().to_owned();
    }
    if material.title.is_empty() {
        return Err(told(Message::new("error-material-title")));
    }
    if let Some(language) = &material.language
        && language.parse::<LanguageIdentifier>().is_err()
    {
        return Err(told(Message::new("error-material-language").with("word", language.as_str())));
    }
    let reported = arguments.launch.as_deref().map(|launch| launch == "reported");
    Ok(Some(Course { target, material, reported }))
}

/// What was typed, and the rest as it is written.
fn joined(typed: MaterialArgs, written: &Material) -> Material {
    let written = written.clone();
    let list = |typed: Vec<String>, written: Vec<String>| if typed.is_empty() { written } else { typed };
    let items: Vec<Item> = typed.item.iter().map(|item| item_of(item)).collect();
    Material {
        title: typed.title.unwrap_or(written.title),
        description: typed.description.or(written.description),
        keywords: list(typed.keywords, written.keywords),
        level: typed.level.or(written.level),
        subject: typed.subject.or(written.subject),
        language: typed.language.or(written.language),
        author: typed.author.or(written.author),
        source: typed.taken_from.or(written.source),
        item: if items.is_empty() { written.item } else { items },
    }
}

/// `PAGE=TITLE`; a page without a title is called by its name.
fn item_of(typed: &str) -> Item {
    let (page, title) = typed.split_once('=').unwrap_or((typed, typed));
    Item { page: page.to_owned(), title: title.to_owned() }
}

/// The title that the manifest of an app gives.
fn title_of(app: &FileFacts) -> Option<&str> {
    let entries = app.bundle.iter().flat_map(|bundle| &bundle.entries);
    entries.filter_map(|entry| entry.file.as_ref()?.package.as_deref()?.title.as_deref()).next()
}

/// Asks for what nobody has said yet. An empty line leaves it unsaid, but for the title.
fn ask(
    material: &mut Material,
    title: Option<&str>,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    locale: &Locale,
) -> io::Result<()> {
    let mut question = |text: String| -> io::Result<Option<String>> {
        write!(out, "{text} ")?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        Ok(Some(line.trim().to_owned()).filter(|answer| !answer.is_empty()))
    };
    if material.title.is_empty() {
        let message = match title {
            Some(title) => locale.text(&Message::new("ask-title-known").with("title", title)),
            None => locale.plain("ask-title"),
        };
        material.title = question(harmless(&message))?.unwrap_or(title.unwrap_or_default().to_owned());
    }
    let fields = [
        (&mut material.description, locale.plain("ask-description")),
        (&mut material.level, locale.plain("ask-level")),
        (&mut material.subject, locale.plain("ask-subject")),
        (&mut material.language, locale.plain("ask-language")),
        (&mut material.author, locale.plain("ask-author")),
        (&mut material.source, locale.plain("ask-source")),
    ];
    for (field, text) in fields {
        if field.is_none() {
            *field = question(text)?;
        }
    }
    if material.keywords.is_empty() {
        let words = question(locale.plain("ask-keywords"))?.unwrap_or_default();
        material.keywords =
            words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn what_is_not_said_is_asked_for() {
        let mut material = Material { subject: Some("математика".to_owned()), ..Material::default() };
        let mut input = "Бөлшектер\n\n5-сынып\nkk\nА. Серік\n\nбөлшек, бөлім ,\n".as_bytes();
        let mut out = Vec::new();
        ask(&mut material, None, &mut input, &mut out, &Locale::new(Language::Kk)).expect("answers");
        assert_eq!(material.title, "Бөлшектер");
        assert_eq!(material.keywords, ["бөлшек", "бөлім"]);
        assert_eq!((material.description, material.level.as_deref()), (None, Some("5-сынып")));
        assert_eq!((material.language.as_deref(), material.source), (Some("kk"), None));
        let asked = String::from_utf8_lossy(&out);
        assert_eq!(asked.matches("): ").count(), 6, "the subject is known: {asked}");
    }
}
