//! Elements and texts of the XML in office documents, one after the other.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Context;
use crate::facts::{Damage, DamageKind};

/// Elements inside elements. Tables in tables in text boxes stay below a hundred.
const DEPTH: usize = 1_000;

/// Events between two looks at the clock.
const STRIDE: u64 = 4_096;

/// Characters of an attribute that are kept.
const LENGTH: usize = 2048;

/// What to do with an element.
#[derive(PartialEq)]
pub(super) enum Go {
    /// Look into it.
    In,
    /// Pass it over with all that is in it.
    Over,
}

/// Who reads a document. Names come with the usual prefix of their name space, whatever the file calls it.
pub(super) trait Reading {
    /// Ends of the name spaces that this reader knows, each with its usual prefix.
    const SPACES: &'static [(&'static str, &'static str)];
    /// An element begins.
    fn start(&mut self, name: (&str, &str), element: &BytesStart<'_>) -> Go;
    /// An element ends that was looked into.
    fn end(&mut self, name: (&str, &str));
    /// Text stands in it.
    fn text(&mut self, text: &str);
    /// Nothing that follows would be kept.
    fn is_full(&self) -> bool;
}

/// Reads all of `text`; the damage if it is not whole.
pub(super) fn walk<R: Reading>(text: &str, context: &Context<'_>, reading: &mut R) -> Result<(), Damage> {
    let mut reader = Reader::from_str(text);
    let mut spaces: HashMap<String, &'static str> = HashMap::new();
    // Depth of the element that is passed over.
    let (mut depth, mut over) = (0usize, None);
    for count in 0u64.. {
        let event = reader.read_event().map_err(|error| {
            let kind = match error {
                quick_xml::Error::Syntax(_) => DamageKind::Truncated,
                _ => DamageKind::Malformed,
            };
            Damage::new(kind).because(error)
        })?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if over.is_none() {
                    declare::<R>(&start, &mut spaces);
                    if reading.start(named(&spaces, start.name().as_ref()), &start) == Go::Over {
                        over = Some(depth);
                    }
                }
                if depth > DEPTH {
                    return Err(Damage::new(DamageKind::OverLimit));
                }
            }
            Event::Empty(start) if over.is_none() => {
                declare::<R>(&start, &mut spaces);
                let name = start.name();
                let name = named(&spaces, name.as_ref());
                if reading.start(name, &start) == Go::In {
                    reading.end(name);
                }
            }
            Event::End(end) => {
                if over.is_none() {
                    reading.end(named(&spaces, end.name().as_ref()));
                } else if over == Some(depth) {
                    over = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(words) if over.is_none() => reading.text(&words),
            Event::CData(words) if over.is_none() => reading.text(&words),
            Event::GeneralRef(name) if over.is_none() => {
                let character = name.resolve_char_ref().ok().flatten();
                if let Some(character) = character {
                    reading.text(character.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = quick_xml::escape::resolve_xml_entity(&name) {
                    reading.text(text);
                }
            }
            Event::Eof if depth > 0 => return Err(Damage::new(DamageKind::Truncated)),
            Event::Eof => break,
            _ => {}
        }
        if reading.is_full() {
            // What is full tells so itself.
            break;
        }
        if count % STRIDE == STRIDE - 1 && context.deadline.is_over() {
            return Err(Damage::new(DamageKind::OverTime));
        }
    }
    Ok(())
}

/// Notes the name spaces that an element declares. A prefix stands for one thing in all of a document that a program wrote.
fn declare<R: Reading>(start: &BytesStart<'_>, spaces: &mut HashMap<String, &'static str>) {
    for attribute in start.attributes().with_checks(false).flatten() {
        let key: &str = attribute.key.as_ref();
        let prefix = match key.strip_prefix("xmlns") {
            Some("") => "",
            Some(prefix) => prefix.strip_prefix(':').unwrap_or(prefix),
            None => continue,
        };
        let known = R::SPACES.iter().find(|(end, _)| attribute.value.ends_with(end));
        if let Some((_, usual)) = known
            && *usual != prefix
        {
            spaces.insert(prefix.to_owned(), usual);
        }
    }
}

fn named<'a>(spaces: &HashMap<String, &'static str>, name: &'a str) -> (&'a str, &'a str) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    (spaces.get(prefix).copied().unwrap_or(prefix), local)
}

/// The value of an attribute, whatever the prefix of its name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = quick_xml::escape::unescape(&found.value).unwrap_or(found.value.as_ref().into());
    Some(value.chars().take(LENGTH).collect())
}

/// What an element that switches something on says: without a value it does.
pub(super) fn is_on(start: &BytesStart<'_>) -> bool {
    !attribute(start, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
}
