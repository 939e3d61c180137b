//! SVG: read as XML, never drawn. Drawing can be made to take for ever, and a teacher's question is whether the file is
//! whole and what it loads.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Context, css, script, text};
use crate::facts::{Active, ActiveKind, Damage, DamageKind, FileFacts, ImageFacts, Spot, Via, WebFacts};
use crate::source::Source;

/// Elements inside elements. Drawing programs stay below a hundred.
const DEPTH: usize = 1_000;

/// Attributes of one element that are looked at.
const ATTRIBUTES: usize = 1_000;

/// Things that act which are kept.
const ACTIVE: usize = 100;

/// Characters that the entities of a document may become in all. Drawing programs name a dozen addresses.
const EXPANDED: u64 = 10 << 20;

/// Elements between two looks at the clock.
const STRIDE: u64 = 4_096;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let text = text::read(source, context, facts);
    let mut drawing = Drawing {
        context,
        web: WebFacts::default(),
        image: ImageFacts::default(),
        complete: true,
        broken: None,
        has_doctype: false,
        entities: HashMap::new(),
        expanded: 0,
    };
    drawing.image.frames = Some(1);
    if let Err((damage, at)) = drawing.read(&text) {
        facts.damage.push(damage.on_line(text::line_at(&text, at)));
    } else if let Some(damage) = drawing.broken.take() {
        facts.damage.push(damage);
    } else if drawing.complete {
        drawing.image.decoded = true;
    } else {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    }
    facts.image = Some(Box::new(drawing.image));
    facts.web = Some(drawing.web.into());
}

struct Drawing<'a> {
    context: &'a Context<'a>,
    web: WebFacts,
    image: ImageFacts,
    complete: bool,
    /// The first thing that a browser would refuse to read on from.
    broken: Option<Damage>,
    /// A document type stands before the drawing and may name entities.
    has_doctype: bool,
    /// Characters that each entity becomes.
    entities: HashMap<String, u64>,
    /// Characters that all entities used so far become.
    expanded: u64,
}

#[derive(Clone, Copy, PartialEq)]
enum Raw {
    None,
    Script,
    Style,
}

/// Adds a piece of text to what came before it.
fn add(words: &mut Option<(String, Spot)>, piece: &str, spot: Spot) {
    words.get_or_insert_with(|| (String::new(), spot)).0.push_str(piece);
}

impl Drawing<'_> {
    /// Reads the whole drawing; the damage and the byte where reading stopped if it is not whole.
    fn read(&mut self, text: &str) -> Result<(), (Damage, usize)> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut spots = text::Spots::new(text, text::START);
        let (mut depth, mut elements) = (0usize, 0u64);
        let mut raw = Raw::None;
        // The text of a script or style, which comes in pieces, cut at every entity, and where it began.
        let mut words: Option<(String, Spot)> = None;
        let mut closed = false;
        loop {
            let position = usize::try_from(reader.buffer_position()).unwrap_or(0);
            let spot = spots.at(position);
            let event = reader.read_event().map_err(|error| {
                let kind = match error {
                    quick_xml::Error::Syntax(_) => DamageKind::Truncated,
                    _ => DamageKind::Malformed,
                };
                (Damage::new(kind).because(error), usize::try_from(reader.error_position()).unwrap_or(0))
            })?;
            if matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_))
                && let Some((words, began)) = words.take()
            {
                self.raw(raw, &words, began);
            }
            match event {
                // Two roots, words outside the only one, and a declaration that does not come first are no XML, and browsers
                // show nothing but an error.
                Event::Start(_) | Event::Empty(_) if closed => {
                    return Err((Damage::new(DamageKind::Malformed), position));
                }
                Event::Decl(_) if !text[..position].trim_matches('\u{feff}').is_empty() => {
                    return Err((Damage::new(DamageKind::Malformed), position));
                }
                Event::Text(words) if depth == 0 && !words.trim().trim_matches('\u{feff}').is_empty() => {
                    return Err((Damage::new(DamageKind::Malformed), position));
                }
                Event::Start(start) => {
                    depth += 1;
                    raw = self.element(&start, spot, elements == 0);
                    elements += 1;
                    if depth > DEPTH {
                        return Err((Damage::new(DamageKind::OverLimit), position));
                    }
                }
                Event::Empty(start) => {
                    self.element(&start, spot, elements == 0);
                    elements += 1;
                    closed |= depth == 0;
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    closed |= depth == 0;
                    raw = Raw::None;
                }
                Event::Text(content) if raw != Raw::None => add(&mut words, &content, spot),
                Event::CData(content) if raw != Raw::None => add(&mut words, &content, spot),
                Event::GeneralRef(name) => {
                    self.entity(&name, spot.line);
                    if raw != Raw::None {
                        add(&mut words, quick_xml::escape::resolve_xml_entity(&name).unwrap_or(" "), spot);
                    }
                }
                Event::DocType(doctype) => {
                    self.has_doctype = true;
                    self.declare(&doctype);
                }
                Event::Eof => break,
                _ => {}
            }
            if elements % STRIDE == STRIDE - 1 && self.context.deadline.is_over() {
                return Err((Damage::new(DamageKind::OverTime), position));
            }
        }
        if depth > 0 || elements == 0 {
            return Err((Damage::new(DamageKind::Truncated), text.len()));
        }
        Ok(())
    }

    fn raw(&mut self, raw: Raw, text: &str, spot: Spot) {
        self.complete &= match raw {
            Raw::Script => script::scan(text, script::Kind::Classic, spot, self.context, &mut self.web),
            Raw::Style => css::scan(text, spot, self.context, &mut self.web),
            Raw::None => true,
        };
    }

    /// XML knows five entities by itself; a browser stops at any other that no document type names.
    fn entity(&mut self, name: &str, line: u64) {
        let known = name.starts_with('#') || quick_xml::escape::resolve_xml_entity(name).is_some();
        if !known && !self.has_doctype {
            let damage = || Damage::new(DamageKind::Malformed).because(format!("&{name};")).on_line(line);
            self.broken.get_or_insert_with(damage);
        }
        self.expand(name, line);
    }

    /// Entities that the document type declares, each with what it becomes. It is counted and never done: ten lines can
    /// become gigabytes.
    fn declare(&mut self, doctype: &str) {
        for declaration in doctype.split("<!ENTITY").skip(1) {
            let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(rest)) = (words.next(), words.next()) else { continue };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { continue };
            let Some((value, _)) = rest[1..].split_once(quote) else { continue };
            let size = self.expanded_size(value);
            self.entities.insert(name.to_owned(), size);
        }
    }

    /// Characters of a text once the entities known so far are put in. An entity that names itself is not yet known.
    fn expanded_size(&self, text: &str) -> u64 {
        let mut parts = text.split('&');
        let first = parts.next().map_or(0, str::len) as u64;
        parts.fold(first, |sum, part| {
            let (name, rest) = part.split_once(';').unwrap_or(("", part));
            sum.saturating_add(self.entities.get(name).copied().unwrap_or(1)).saturating_add(rest.len() as u64)
        })
    }

    /// Notes that an entity is used.
    fn expand(&mut self, name: &str, line: u64) {
        self.expanded = self.expanded.saturating_add(self.entities.get(name).copied().unwrap_or(1));
        if self.expanded > EXPANDED {
            // Browsers refuse what grows without bound.
            let damage = || Damage::new(DamageKind::Malformed).because(format!("&{name};")).on_line(line);
            self.broken.get_or_insert_with(damage);
        }
    }

    fn act(&mut self, what: ActiveKind, line: u64) {
        if self.image.active.len() < ACTIVE {
            self.image.active.push(Active { what, line });
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, spot: Spot, root: bool) -> Raw {
        let line = spot.line;
        let name = start.local_name();
        let element: &str = name.as_ref();
        let mut attributes = start.attributes();
        // Comparing each attribute with all before it takes the square of their number.
        attributes.with_checks(false);
        for (count, attribute) in attributes.enumerate() {
            if count >= ATTRIBUTES {
                self.complete = false;
                break;
            }
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    self.broken.get_or_insert_with(|| Damage::new(DamageKind::Malformed).because(error).on_line(line));
                    continue;
                }
            };
            let key = attribute.key;
            let local = key.local_name();
            for entity in attribute.value.split('&').skip(1).filter_map(|part| part.split_once(';')) {
                self.expand(entity.0, line);
            }
            let value = quick_xml::escape::unescape(&attribute.value).unwrap_or(attribute.value.as_ref().into());
            let value = value.trim();
            match local.as_ref() {
                "width" if root => self.image.width = length(value),
                "height" if root => self.image.height = length(value),
                "style" => self.complete &= css::scan(value, spot, self.context, &mut self.web),
                "href" | "src" => {
                    let via = match element {
                        "a" => Via::Link,
                        "image" | "feImage" => Via::Image,
                        "script" => Via::Script,
                        _ => Via::Load,
                    };
                    if value.get(..11).is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:")) {
                        self.act(ActiveKind::CodeLink, line);
                    }
                    self.complete &= self.web.add(value, via, spot, self.context.limits.references);
                }
                local if local.starts_with("on") && local.len() > 2 => {
                    self.web.scripts += 1;
                    self.act(ActiveKind::Handler, line);
                    self.complete &= script::scan(value, script::Kind::Handler, spot, self.context, &mut self.web);
                }
                _ => {}
            }
        }
        match element {
            "script" => {
                self.web.scripts += 1;
                self.act(ActiveKind::Script, line);
                Raw::Script
            }
            "style" => Raw::Style,
            "foreignObject" => {
                self.act(ActiveKind::ForeignObject, line);
                Raw::None
            }
            _ => Raw::None,
        }
    }
}

/// A length in user units or pixels; other units say nothing about pixels.
fn length(value: &str) -> Option<u32> {
    let number: f64 = value.strip_suffix("px").unwrap_or(value).trim().parse().ok()?;
    (number.is_finite() && (0.0..1e9).contains(&number)).then(|| number.round() as u32)
}
