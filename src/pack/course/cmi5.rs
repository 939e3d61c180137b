//! `cmi5.xml`: the structure of a course that reports by the Experience API.

use super::xml::{Element, element};
use super::{Course, Part};
use crate::pack::address::encoded;

/// Its name, which the standard fixes.
pub(super) const NAME: &str = "cmi5.xml";

/// The structure of a course with these parts.
pub(super) fn structure(course: &Course, parts: &[Part<'_>]) -> String {
    let material = &course.material;
    let say = |name: &str, words: &str| {
        let words = element("langstring").text(words);
        element(name).with([match &material.language {
            Some(language) => words.attribute("lang", language),
            None => words,
        }])
    };
    // The standard wants a description of everything.
    let described = |element: Element, title: &str, description: &str| {
        element.with([say("title", title), say("description", description)])
    };
    let description = material.description.as_deref().unwrap_or(&material.title);
    let head = element("course").attribute("id", urn(course, ""));
    let units = parts.iter().map(|part| {
        let unit = element("au").attribute("id", urn(course, part.page)).attribute("moveOn", "CompletedOrPassed");
        described(unit, part.title, if parts.len() == 1 { description } else { part.title })
            .with([element("url").text(encoded(&part.opened))])
    });
    element("courseStructure")
        .attribute("xmlns", "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd")
        .with([described(head, &material.title, description)])
        .with(units)
        .document()
}

fn urn(course: &Course, page: &str) -> String {
    format!("urn:uuid:{}", course.material.uuid(page))
}
