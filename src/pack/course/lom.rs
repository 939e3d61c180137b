//! What a material is, as Learning Object Metadata: in the form of IMS (SCORM 1.2) and in that of IEEE (all later ones).

use super::material::Material;
use super::xml::{Element, element};

/// How the same elements are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Binding {
    /// IMS Learning Resource Meta-data 1.2.1.
    Ims,
    /// IEEE 1484.12.3.
    Ieee,
}

impl Binding {
    /// The namespace that goes with the prefix of the elements.
    pub(super) const fn namespace(self) -> (&'static str, &'static str) {
        match self {
            Binding::Ims => ("xmlns:imsmd", "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"),
            Binding::Ieee => ("xmlns:lom", "http://ltsc.ieee.org/xsd/LOM"),
        }
    }

    /// An element by the name that IEEE gave it. The older form has no capital letters.
    fn element(self, name: &str) -> Element {
        match self {
            Binding::Ims => element(format!("imsmd:{}", name.to_lowercase())),
            Binding::Ieee => element(format!("lom:{name}")),
        }
    }

    /// Words in a language, if it is known.
    fn words(self, language: Option<&str>, words: &str) -> Element {
        let (name, attribute) = match self {
            Binding::Ims => ("langstring", "xml:lang"),
            Binding::Ieee => ("string", "language"),
        };
        let element = self.element(name).text(words);
        match language {
            Some(language) => element.attribute(attribute, language),
            None => element,
        }
    }

    /// A word of the vocabulary that the standard has. The older form writes it with capital letters, and as words of no
    /// language.
    fn vocabulary(self, name: &str, ieee: &str, ims: &str) -> Element {
        let part = |name: &str, value: &str| match self {
            Binding::Ims => self.element(name).with([self.words(Some("x-none"), value)]),
            Binding::Ieee => self.element(name).text(value),
        };
        let word = if self == Binding::Ims { ims } else { ieee };
        self.element(name).with([part("source", "LOMv1.0"), part("value", word)])
    }
}

/// The description of a material.
pub(super) fn lom(material: &Material, binding: Binding) -> Element {
    let language = material.language.as_deref();
    let say = |name: &str, words: &str| binding.element(name).with([binding.words(language, words)]);
    let general = binding
        .element("general")
        .with([say("title", &material.title)])
        .with(language.map(|language| binding.element("language").text(language)))
        .with(material.description.iter().map(|words| say("description", words)))
        .with(material.keywords.iter().map(|word| say("keyword", word)));
    let author = material.author.as_deref().map(|name| {
        let card = format!("BEGIN:VCARD\nVERSION:3.0\nN:{0};;;;\nFN:{0}\nEND:VCARD", escaped(name));
        let entity = match binding {
            Binding::Ims => binding.element("centity").with([binding.element("vcard").text(card)]),
            Binding::Ieee => binding.element("entity").text(card),
        };
        let contribute = binding.element("contribute").with([binding.vocabulary("role", "author", "Author"), entity]);
        binding.element("lifeCycle").with([contribute])
    });
    let source = material.source.as_deref().map(|source| {
        let resource = binding.element("resource").with([say("description", source)]);
        binding.element("relation").with([binding.vocabulary("kind", "isbasedon", "IsBasedOn"), resource])
    });
    let class = |ieee: &str, ims: &str, entry: &str| {
        let taxon = binding.element("taxon").with([say("entry", entry)]);
        let path = binding.element("taxonPath").with([taxon]);
        binding.element("classification").with([binding.vocabulary("purpose", ieee, ims), path])
    };
    binding
        .element("lom")
        .with([general])
        .with(author)
        .with(source)
        .with(material.subject.iter().map(|subject| class("discipline", "Discipline", subject)))
        .with(material.level.iter().map(|level| class("educational level", "Educational Level", level)))
}

/// A value of a vCard.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            ',' | ';' | '\\' => escaped.extend(['\\', letter]),
            letter => escaped.push(letter),
        }
    }
    escaped
}
