//! `imsmanifest.xml`: a content package of IMS, and SCORM, which is made of one.

use super::lom::{Binding, lom};
use super::xml::{Element, element};
use super::{Course, Part, Target};
use crate::pack::address::encoded;

/// Its name, which the standard fixes.
pub(super) const NAME: &str = "imsmanifest.xml";

/// The id of the resource that all files belong to.
const FILES: &str = "files";

/// How the manifests of a standard differ from one another.
struct Dialect {
    /// The namespace of the manifest itself.
    namespace: &'static str,
    /// What it calls itself, and its version.
    schema: (&'static str, &'static str),
    metadata: Binding,
    /// What SCORM adds: its namespace, and the name of the attribute that tells what reports from what is only shown.
    scorm: Option<(&'static str, &'static str)>,
}

impl Dialect {
    fn of(target: Target) -> Dialect {
        let newer = |schema, scorm| Dialect {
            namespace: "http://www.imsglobal.org/xsd/imscp_v1p1",
            schema,
            metadata: Binding::Ieee,
            scorm,
        };
        match target {
            Target::Scorm12 => Dialect {
                namespace: "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
                schema: ("ADL SCORM", "1.2"),
                metadata: Binding::Ims,
                scorm: Some(("http://www.adlnet.org/xsd/adlcp_rootv1p2", "adlcp:scormtype")),
            },
            Target::Scorm2004 => newer(
                ("ADL SCORM", "2004 4th Edition"),
                Some(("http://www.adlnet.org/xsd/adlcp_v1p3", "adlcp:scormType")),
            ),
            Target::ImsCp | Target::Cmi5 => newer(("IMS Content", "1.1.4"), None),
        }
    }
}

/// The manifest of a package with these files, which a platform opens at these parts.
pub(super) fn manifest<'a>(course: &Course, parts: &[Part<'_>], files: impl Iterator<Item = &'a str>) -> String {
    let material = &course.material;
    let dialect = Dialect::of(course.target);
    let (prefix, metadata) = dialect.metadata.namespace();
    let mut root = element("manifest")
        .attribute("identifier", format!("tekser-{}", material.uuid("")))
        .attribute("version", "1.0")
        .attribute("xmlns", dialect.namespace)
        .attribute(prefix, metadata);
    if let Some((namespace, _)) = dialect.scorm {
        root = root.attribute("xmlns:adlcp", namespace);
    }
    let sequenced = course.target == Target::Scorm2004;
    if sequenced {
        root = root.attribute("xmlns:imsss", "http://www.imsglobal.org/xsd/imsss");
    }
    // Whoever learns may go from part to part as they like, and on and back.
    let free = sequenced.then(|| {
        let mode = element("imsss:controlMode").attribute("choice", "true").attribute("flow", "true");
        element("imsss:sequencing").with([mode])
    });
    let (schema, version) = dialect.schema;
    let about = element("metadata").with([
        element("schema").text(schema),
        element("schemaversion").text(version),
        lom(material, dialect.metadata),
    ]);
    let items = parts.iter().enumerate().map(|(number, part)| {
        element("item")
            .attribute("identifier", format!("item-{}", number + 1))
            .attribute("identifierref", format!("part-{}", number + 1))
            .with([element("title").text(part.title)])
    });
    let organization =
        element("organization").attribute("identifier", "course").with([element("title").text(&material.title)]);
    let organizations =
        element("organizations").attribute("default", "course").with([organization.with(items).with(free)]);
    let resource = |id: String, kind| {
        let resource = element("resource").attribute("identifier", id).attribute("type", "webcontent");
        match dialect.scorm {
            Some((_, attribute)) => resource.attribute(attribute, kind),
            None => resource,
        }
    };
    let file = |name: &str| element("file").attribute("href", encoded(name));
    let opened = parts.iter().enumerate().map(|(number, part)| {
        resource(format!("part-{}", number + 1), "sco")
            .attribute("href", encoded(&part.opened))
            .with([file(&part.opened), element("dependency").attribute("identifierref", FILES)])
    });
    let all: Vec<Element> = files.map(file).collect();
    let resources = element("resources").with(opened).with([resource(FILES.to_owned(), "asset").with(all)]);
    root.with([about, organizations, resources]).document()
}
