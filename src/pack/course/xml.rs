//! A document of XML as a tree, to be written.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element.
pub(super) struct Element {
    name: String,
    attributes: Vec<(&'static str, String)>,
    inside: Inside,
}

enum Inside {
    Text(String),
    Elements(Vec<Element>),
}

/// An element without anything in it.
pub(super) fn element(name: impl Into<String>) -> Element {
    Element { name: name.into(), attributes: Vec::new(), inside: Inside::Elements(Vec::new()) }
}

impl Element {
    pub(super) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push((name, value.into()));
        self
    }

    pub(super) fn text(self, text: impl Into<String>) -> Element {
        Element { inside: Inside::Text(text.into()), ..self }
    }

    /// With these in it, behind those that are there.
    pub(super) fn with(mut self, more: impl IntoIterator<Item = Element>) -> Element {
        match &mut self.inside {
            Inside::Elements(elements) => elements.extend(more),
            Inside::Text(_) => self.inside = Inside::Elements(more.into_iter().collect()),
        }
        self
    }

    /// The document that consists of this element.
    pub(super) fn document(&self) -> String {
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
        // Memory takes everything that is written to it.
        let _ = xml
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
            .and_then(|()| self.write(&mut xml));
        let mut text = String::from_utf8_lossy(&xml.into_inner()).into_owned();
        text.push('\n');
        text
    }

    fn write(&self, xml: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(&*self.name);
        self.attributes.iter().for_each(|(name, value)| start.push_attribute((*name, &*allowed(value))));
        match &self.inside {
            Inside::Elements(elements) if elements.is_empty() => return xml.write_event(Event::Empty(start)),
            Inside::Elements(elements) => {
                xml.write_event(Event::Start(start))?;
                elements.iter().try_for_each(|element| element.write(xml))?;
            }
            Inside::Text(text) => {
                xml.write_event(Event::Start(start))?;
                xml.write_event(Event::Text(BytesText::new(&allowed(text))))?;
            }
        }
        xml.write_event(Event::End(BytesEnd::new(&*self.name)))
    }
}

/// What XML has a way to write.
fn allowed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\t' | '\n')).collect()
}
