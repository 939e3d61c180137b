//! The program that an app was made with, by the marks in its pages and by the names of its files.

use crate::facts::{Bundle, Format, Standard, Tool};
use crate::last_part;

use super::learning_package;

/// A program, and the page that it makes people open.
pub(crate) struct Made<'a> {
    pub tool: Tool,
    pub start: Option<&'a str>,
}

/// How the app was made, if anything tells. Apps hold each other: a course has games in it, and a site a course. The page
/// nearest to the root speaks for the whole.
pub(crate) fn of(bundle: &Bundle) -> Option<Made<'_>> {
    let marked = bundle.entries.iter().filter_map(|entry| {
        let tool = entry.file.as_ref()?.web.as_ref()?.made_with?;
        Some((entry.name.as_str(), tool))
    });
    // Of the pages of a folder the shortest name: `story.html` before `story_flash.html`.
    let first = marked.min_by_key(|(name, _)| (name.matches('/').count(), name.len(), *name));
    let made = first.map(|(start, tool)| Made { tool, start: Some(start) });
    made.or_else(|| by_names(bundle).map(|tool| Made { tool, start: None }))
}

/// Names of files that hardly anybody else gives.
fn by_names(bundle: &Bundle) -> Option<Tool> {
    let names = || bundle.entries.iter().map(|entry| entry.name.as_str());
    let has =
        |end: &str| names().any(|name| name == end || name.strip_suffix(end).is_some_and(|rest| rest.ends_with('/')));
    let page =
        |entry: &crate::facts::Entry| entry.file.as_ref().is_some_and(|file| file.identity.format == Format::Html);
    if has("js/rmmz_core.js") || has("js/rpg_core.js") && has("js/rpg_managers.js") {
        Some(Tool::RpgMaker)
    } else if has("assets/js/CPM.js") && has("project.txt") {
        Some(Tool::Captivate)
    } else if has("img0.html") && has("text0.html") {
        Some(Tool::Impress)
    } else if learning_package::of(bundle).is_some_and(|package| package.standard == Standard::H5p) {
        Some(Tool::H5p)
    } else if names().any(|name| last_part(name).ends_with(".sb3"))
        || has("project.json") && !bundle.entries.iter().any(page)
    {
        Some(Tool::ScratchProject)
    } else {
        None
    }
}
