//! Manifests of learning packages: SCORM and IMS, cmi5, Tin Can and H5P. Their names are fixed by the standards.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use serde::Deserialize;

use super::{Context, text};
use crate::facts::{Damage, DamageKind, FileFacts, PackageFacts, Standard};
use crate::last_part;
use crate::source::Source;

/// Elements below one another that are looked into. Real manifests nest fewer than twenty.
const DEPTH: usize = 200;

/// Characters of a title or an address that are kept.
const LENGTH: usize = 2048;

/// Reads the manifest called `name`.
pub(super) fn probe(source: &dyn Source, name: &str, context: &Context<'_>, facts: &mut FileFacts) {
    let text = text::read(source, context, facts);
    let read = match last_part(name) {
        "h5p.json" => h5p(&text),
        "imsmanifest.xml" => walk(&text, context, Manifest::default()),
        "cmi5.xml" => walk(&text, context, Course::new(Standard::Cmi5)),
        _ => walk(&text, context, Course::new(Standard::Tincan)),
    };
    match read {
        Ok(package) => facts.package = Some(Box::new(package)),
        Err(damage) => facts.damage.push(damage),
    }
}

/// Something that is built while a document is walked through.
trait Build {
    /// An element begins; `path` are the names of the elements around it, its own one last.
    fn element(&mut self, path: &[String], start: &BytesStart<'_>);
    /// Text stands in an element.
    fn text(&mut self, path: &[String], text: &str);
    /// How many things are kept so far.
    fn size(&self) -> usize;
    /// The document is read.
    fn finish(self) -> Option<PackageFacts>;
}

fn walk(text: &str, context: &Context<'_>, mut build: impl Build) -> Result<PackageFacts, Damage> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    // The text of an element comes in pieces, cut at every entity.
    let mut words = String::new();
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position();
        let here = |what| Damage::new(what).on_line(text::line_at(text, usize::try_from(at).unwrap_or(usize::MAX)));
        if matches!(event, Ok(Event::Start(_) | Event::Empty(_) | Event::End(_))) {
            build.text(&path, std::mem::take(&mut words).trim());
        }
        match event {
            Ok(Event::Start(start)) => {
                path.push(start.local_name().as_ref().to_owned());
                build.element(&path, &start);
            }
            Ok(Event::Empty(start)) => {
                path.push(start.local_name().as_ref().to_owned());
                build.element(&path, &start);
                path.pop();
            }
            Ok(Event::End(_)) => {
                path.pop();
            }
            Ok(Event::Text(piece)) => words.push_str(&piece),
            Ok(Event::CData(piece)) => words.push_str(&piece),
            Ok(Event::GeneralRef(name)) => words.extend(resolved(&name)),
            Ok(Event::Eof) if path.is_empty() => break,
            Ok(Event::Eof) => return Err(here(DamageKind::Truncated)),
            Ok(_) => {}
            Err(error) => return Err(here(DamageKind::Malformed).because(error)),
        }
        if path.len() > DEPTH || build.size() > context.limits.references {
            return Err(here(DamageKind::OverLimit));
        }
        if at.is_multiple_of(512) && context.deadline.is_over() {
            return Err(here(DamageKind::OverTime));
        }
    }
    build.finish().ok_or(Damage::new(DamageKind::MissingPart))
}

/// What an entity of XML itself stands for; those that a document declares are left out.
fn resolved(entity: &BytesRef<'_>) -> Option<String> {
    let character = || entity.resolve_char_ref().ok().flatten().map(String::from);
    quick_xml::escape::resolve_xml_entity(entity).map(str::to_owned).or_else(character)
}

/// The value of an attribute, whatever the prefix of its name.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref().eq_ignore_ascii_case(name))?;
    let value = quick_xml::escape::unescape(&found.value).unwrap_or(found.value.as_ref().into());
    Some(value.trim().chars().take(LENGTH).collect())
}

/// `imsmanifest.xml`.
#[derive(Default)]
struct Manifest {
    cartridge: bool,
    scorm: bool,
    version: Option<String>,
    title: Option<String>,
    bases: [String; 3],
    /// Address of each resource by its id.
    resources: HashMap<String, String>,
    /// Ids of the resources that items open.
    opened: HashSet<String>,
    files: Vec<String>,
}

impl Manifest {
    fn based(&self, href: &str) -> String {
        format!("{}{href}", self.bases.concat())
    }
}

impl Build for Manifest {
    fn element(&mut self, path: &[String], start: &BytesStart<'_>) {
        let base = || attribute(start, "base").unwrap_or_default();
        match path.last().map(String::as_str) {
            Some("manifest") if path.len() == 1 => {
                self.bases[0] = base();
                for space in start.attributes().with_checks(false).flatten() {
                    self.cartridge |= space.value.contains("imscc");
                    self.scorm |= space.value.contains("adlcp");
                }
            }
            Some("resources") => self.bases[1] = base(),
            Some("resource") => {
                self.bases[2] = base();
                if let (Some(id), Some(href)) = (attribute(start, "identifier"), attribute(start, "href")) {
                    let href = self.based(&href);
                    self.resources.insert(id, href);
                }
            }
            Some("file") => {
                if let Some(href) = attribute(start, "href") {
                    self.files.push(self.based(&href));
                }
            }
            Some("item") => self.opened.extend(attribute(start, "identifierref")),
            _ => {}
        }
    }

    fn text(&mut self, path: &[String], text: &str) {
        let slot = match path.last().map(String::as_str) {
            Some("schemaversion") => &mut self.version,
            Some("title") if path.iter().any(|name| name == "organization") => &mut self.title,
            _ => return,
        };
        if slot.is_none() && !text.is_empty() {
            *slot = Some(text.chars().take(LENGTH).collect());
        }
    }

    fn size(&self) -> usize {
        self.files.len() + self.resources.len() + self.opened.len()
    }

    fn finish(self) -> Option<PackageFacts> {
        let version = self.version.as_deref().unwrap_or_default();
        let standard = if self.cartridge {
            Standard::CommonCartridge
        } else if version.contains("2004") || version.contains("CAM") {
            Standard::Scorm2004
        } else if self.scorm {
            Standard::Scorm12
        } else {
            Standard::ImsCp
        };
        let mut launch: Vec<String> =
            self.resources.iter().filter(|(id, _)| self.opened.contains(*id)).map(|(_, href)| href.clone()).collect();
        launch.sort();
        let Manifest { version, title, files, .. } = self;
        Some(PackageFacts { standard, version, title, launch, files })
    }
}

/// `cmi5.xml` and `tincan.xml`.
struct Course {
    standard: Standard,
    title: Option<String>,
    launch: Vec<String>,
}

impl Course {
    fn new(standard: Standard) -> Course {
        Course { standard, title: None, launch: Vec::new() }
    }
}

impl Build for Course {
    fn element(&mut self, _: &[String], _: &BytesStart<'_>) {}

    fn text(&mut self, path: &[String], text: &str) {
        let is = |end: &[&str]| path.len() >= end.len() && path[path.len() - end.len()..].iter().eq(end);
        if text.is_empty() {
            return;
        }
        let text: String = text.chars().take(LENGTH).collect();
        if is(&["au", "url"]) || is(&["launch"]) {
            self.launch.push(text);
        } else if self.title.is_none() && (is(&["title", "langstring"]) || is(&["activity", "name"])) {
            self.title = Some(text);
        }
    }

    fn size(&self) -> usize {
        self.launch.len()
    }

    fn finish(self) -> Option<PackageFacts> {
        let Course { standard, title, launch } = self;
        (!launch.is_empty()).then_some(PackageFacts { standard, version: None, title, launch, files: Vec::new() })
    }
}

fn h5p(text: &str) -> Result<PackageFacts, Damage> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Written {
        title: Option<String>,
        main_library: String,
    }
    let written: Written =
        serde_json::from_str(text).map_err(|error| Damage::new(DamageKind::Malformed).because(error))?;
    Ok(PackageFacts {
        standard: Standard::H5p,
        version: Some(written.main_library.chars().take(LENGTH).collect()),
        title: written.title.map(|title| title.chars().take(LENGTH).collect()),
        launch: Vec::new(),
        files: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Format, Identity};
    use crate::probe::Limits;
    use crate::source::Memory;

    fn read(name: &str, text: impl AsRef<[u8]>) -> FileFacts {
        let text = text.as_ref();
        let limits = Limits::default();
        let identity = Identity { format: Format::Xml, extension: None, promised: None, inner_extension: None };
        let mut facts = FileFacts::new(identity, text.len() as u64);
        probe(&Memory(text), name, &Context::alone(&limits), &mut facts);
        facts
    }

    fn package(name: &str, text: &str) -> PackageFacts {
        let facts = read(name, text);
        *facts.package.unwrap_or_else(|| panic!("no package: {:?}", facts.damage))
    }

    const SCORM: &str = r#"<?xml version="1.0"?>
        <manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
            xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
          <organizations><organization><title>Fractions &amp; more</title>
            <item identifierref="r1"><title>One</title></item></organization></organizations>
          <resources xml:base="course/"><resource identifier="r1" adlcp:scormtype="sco" href="start.html?a=1" xml:base="a/">
            <file href="start.html"/><file href="img/b.png"/></resource>
            <resource identifier="r2" href="unused.html"/></resources></manifest>"#;

    #[test]
    fn scorm_names_its_start_and_its_files() {
        let read = package("imsmanifest.xml", SCORM);
        assert_eq!((read.standard, read.version.as_deref()), (Standard::Scorm12, Some("1.2")));
        assert_eq!(read.launch, ["course/a/start.html?a=1"]);
        assert_eq!(read.files, ["course/a/start.html", "course/a/img/b.png"]);
        let later = SCORM.replace("<schemaversion>1.2<", "<schemaversion>2004 4th Edition<");
        assert_eq!(package("a/imsmanifest.xml", &later).standard, Standard::Scorm2004);
    }

    #[test]
    fn what_is_broken_is_told_with_its_line_whatever_the_encoding() {
        // In windows-1251, where a letter is one byte and in the text that is made of it two.
        let manifest = b"<manifest>\n<title>\xCF\xF0\xE8\xE2\xE5\xF2 &amp</title></manifest>";
        let damage = &read("imsmanifest.xml", manifest).damage[0];
        assert_eq!((damage.what, damage.byte, damage.line), (DamageKind::Malformed, None, Some(2)));
    }

    #[test]
    fn the_other_standards_are_told_apart() {
        let cmi5 = "<courseStructure><course><title><langstring lang='kk'>Тіл &amp; әдебиет&#33;</langstring></title></course>\
                    <au id='a'><url>content/index.html?x=1&amp;y=2</url></au></courseStructure>";
        let cmi5 = package("cmi5.xml", cmi5);
        assert_eq!((cmi5.standard, cmi5.title.as_deref()), (Standard::Cmi5, Some("Тіл & әдебиет!")));
        assert_eq!(cmi5.launch, ["content/index.html?x=1&y=2"]);
        let tincan = "<tincan><activities><activity><name>T</name><launch lang='en'>story.html</launch></activity></activities></tincan>";
        assert_eq!(package("tincan.xml", tincan).launch, ["story.html"]);
        let h5p = package("h5p.json", r#"{"title": "Quiz", "mainLibrary": "H5P.QuestionSet", "other": [1]}"#);
        assert_eq!((h5p.standard, h5p.title.as_deref()), (Standard::H5p, Some("Quiz")));
        let cartridge = "<manifest xmlns='http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1'><resources/></manifest>";
        assert_eq!(package("imsmanifest.xml", cartridge).standard, Standard::CommonCartridge);
    }

    #[test]
    fn hostile_manifests_end() {
        for text in [
            "<a>".repeat(100_000),
            "<manifest>".to_owned(),
            "not XML".to_owned(),
            "<".repeat(9_999),
            format!("<manifest><resources>{}", "<file href='a'/>".repeat(100_000)),
            String::new(),
        ] {
            let facts = read("imsmanifest.xml", &text);
            assert!(facts.package.is_none_or(|package| package.files.is_empty()), "{}", &text[..text.len().min(30)]);
        }
        let laughs = "<!DOCTYPE m [<!ENTITY a '1234567890'><!ENTITY b '&a;&a;&a;'>]><manifest><x>&b;</x></manifest>";
        assert!(read("imsmanifest.xml", laughs).package.is_some(), "entities are not expanded");
        assert!(read("h5p.json", "[".repeat(100_000)).package.is_none());
    }
}
