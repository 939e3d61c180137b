//! Pages that hold an app and tell a learning platform when it was opened and left, for an app that does not do so itself.
//! They speak to the platform by a library that others keep (`third-party/`).

use super::{Course, Made, Part, Target, markup};
use crate::pack::address::readdressed;

/// The page; its braces are filled in.
const PAGE: &str = include_str!("launch.html");

const PIPWERKS: &str = include_str!("../../../third-party/pipwerks/index.js");
const CMI5: &str = include_str!("../../../third-party/cmi5/cmi5.js");

/// Puts a page before each part, and yields those pages with what they need.
pub(super) fn pages(course: &Course, parts: &mut [Part<'_>], files: &[&str]) -> Vec<Made> {
    let folder = free(files);
    let file = |name: &str, text: &str| (format!("{folder}/{name}"), text.to_owned());
    let mut made = if course.target == Target::Cmi5 {
        vec![
            file("cmi5.js", CMI5),
            file("report.js", include_str!("report-cmi5.js")),
            file("LICENSE.md", include_str!("../../../third-party/cmi5/LICENSE.md")),
            file("NOTICE", include_str!("../../../third-party/cmi5/NOTICE")),
        ]
    } else {
        vec![file("pipwerks.js", PIPWERKS), file("report.js", include_str!("report-scorm.js"))]
    };
    let library = made[0].0.clone();
    let language = course.material.language.as_ref().map(|language| format!(" lang=\"{}\"", markup(language)));
    for (number, part) in parts.iter_mut().enumerate() {
        part.opened = format!("{folder}/{}.html", number + 1);
        let to = |name: &str| markup(&readdressed("", &part.opened, name));
        let page = PAGE
            .replace("{language}", language.as_deref().unwrap_or_default())
            .replace("{library}", &to(&library))
            .replace("{version}", if course.target == Target::Scorm12 { "1.2" } else { "2004" })
            .replace("{page}", &to(part.page))
            // Last, because an author can write anything.
            .replace("{title}", &markup(part.title));
        made.push((part.opened.clone(), page));
    }
    made
}

/// The name of the folder that they lie in, if the app has none of that name.
const FOLDER: &str = "launch";

/// They could lie in a folder of this name.
pub(in crate::pack) fn is_launch_folder(name: &str) -> bool {
    let rest = name.strip_prefix(FOLDER).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A folder that the app does not have.
fn free(files: &[&str]) -> String {
    let taken = |folder: &str| {
        files.iter().any(|name| name.split('/').next().is_some_and(|top| top.eq_ignore_ascii_case(folder)))
    };
    let mut names = std::iter::once(FOLDER.to_owned()).chain((2u64..).map(|number| format!("{FOLDER}-{number}")));
    names.find(|folder| !taken(folder)).unwrap_or_default()
}
