//! SVG: read as XML, never drawn. Drawing can be made to take for ever, and a teacher's question is whether the file is
//! whole and what it loads.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Context, css, script, text};
use crate::facts::{Damage, DamageKind, FileFacts, ImageFacts, Via, WebFacts};
use crate::source::Source;

/// Elements inside elements. Drawing programs stay below a hundred.
const DEPTH: usize = 1_000;

/// Attributes of one element that are looked at.
const ATTRIBUTES: usize = 1_000;

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
    };
    drawing.image.frames = Some(1);
    if let Err((damage, at)) = drawing.read(&text) {
        let line = 1 + text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count() as u64;
        facts.damage.push(damage.on_line(line));
    } else if let Some(damage) = drawing.broken.take() {
        facts.damage.push(damage);
    } else if drawing.complete {
        drawing.image.decoded = true;
    } else {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    }
    facts.image = Some(Box::new(drawing.image));
    facts.web = Some(Box::new(drawing.web));
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
}

#[derive(Clone, Copy, PartialEq)]
enum Raw {
    None,
    Script,
    Style,
}

impl Drawing<'_> {
    /// Reads the whole drawing; the damage and the byte where reading stopped if it is not whole.
    fn read(&mut self, text: &str) -> Result<(), (Damage, usize)> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut lines = Lines { text, at: 0, line: 1 };
        let (mut depth, mut elements) = (0usize, 0u64);
        let mut raw = Raw::None;
        let mut closed = false;
        loop {
            let position = usize::try_from(reader.buffer_position()).unwrap_or(0);
            let line = lines.of(position);
            let event = reader.read_event().map_err(|error| {
                let kind = match error {
                    quick_xml::Error::Syntax(_) => DamageKind::Truncated,
                    _ => DamageKind::Malformed,
                };
                (Damage::new(kind).because(error), usize::try_from(reader.error_position()).unwrap_or(0))
            })?;
            match event {
                Event::Start(start) => {
                    if closed {
                        return Err((Damage::new(DamageKind::TrailingData), position));
                    }
                    depth += 1;
                    raw = self.element(&start, line, elements == 0);
                    elements += 1;
                    if depth > DEPTH {
                        return Err((Damage::new(DamageKind::OverLimit), position));
                    }
                }
                Event::Empty(start) => {
                    self.element(&start, line, elements == 0);
                    elements += 1;
                    closed |= depth == 0;
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    closed |= depth == 0;
                    raw = Raw::None;
                }
                Event::Text(content) if raw != Raw::None => self.raw(raw, &content, line),
                Event::CData(content) if raw != Raw::None => self.raw(raw, &content, line),
                Event::GeneralRef(name) => self.entity(&name, line),
                Event::DocType(_) => self.has_doctype = true,
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

    fn raw(&mut self, raw: Raw, text: &str, line: u64) {
        self.complete &= match raw {
            Raw::Script => script::scan(text, line, self.context, &mut self.web),
            Raw::Style => css::scan(text, line, self.context, &mut self.web),
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
    }

    fn element(&mut self, start: &BytesStart<'_>, line: u64, root: bool) -> Raw {
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
            let value = quick_xml::escape::unescape(&attribute.value).unwrap_or(attribute.value.as_ref().into());
            let value = value.trim();
            match local.as_ref() {
                "width" if root => self.image.width = length(value),
                "height" if root => self.image.height = length(value),
                "style" => self.complete &= css::scan(value, line, self.context, &mut self.web),
                "href" | "src" => {
                    let via = if element == "a" { Via::Link } else { Via::Load };
                    self.complete &= self.web.add(value, via, line, self.context.limits.references);
                }
                local if local.starts_with("on") && local.len() > 2 => {
                    self.web.scripts += 1;
                    self.complete &= script::scan(value, line, self.context, &mut self.web);
                }
                _ => {}
            }
        }
        match element {
            "script" => {
                self.web.scripts += 1;
                Raw::Script
            }
            "style" => Raw::Style,
            _ => Raw::None,
        }
    }
}

/// A length in user units or pixels; other units say nothing about pixels.
fn length(value: &str) -> Option<u32> {
    let number: f64 = value.strip_suffix("px").unwrap_or(value).trim().parse().ok()?;
    (number.is_finite() && (0.0..1e9).contains(&number)).then(|| number.round() as u32)
}

/// Line numbers of ever larger offsets, counted once over the whole text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> u64 {
        let offset = offset.clamp(self.at, self.text.len());
        self.line += self.text.as_bytes()[self.at..offset].iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.at = offset;
        self.line
    }
}
