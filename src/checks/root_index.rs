//! Does the page that starts the app lie at the root, under its exact name?

use super::{Opinion, Settings, authoring, inside, learning_package};
use crate::facts::{Bundle, Entry, Facts, Format, Unread};
use crate::finding::{Arg, Message, Place};
use crate::settings::RootIndex;

impl Settings for RootIndex {
    const CHECK: &'static str = "root-index";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(bundle) = inside::bundle(facts, opinion) else { return };
        let message = |id| Message::new(id).with("name", self.name.as_str());
        let files = || bundle.entries.iter().filter(|entry| !entry.folder);
        if let Some(index) = files().find(|entry| entry.name == self.name) {
            self.content(index, opinion);
            return;
        }
        if bundle.unread.is_some() {
            inside::must_be_read(facts, opinion);
            return;
        }
        // The nearest miss tells the author most.
        let nearly = |name: &str| is_nearly(name, &self.name);
        if let Some(entry) = files().find(|entry| nearly(&entry.name)) {
            let message = message("index-misnamed").with("found", entry.name.as_str());
            opinion.error(message, inside::place(&[&entry.name]));
        } else if learning_package::at_root(bundle) {
            // Whatever lies in its folders, a package is opened by its manifest.
            opinion.error(self.missing(bundle), Place::whole());
        } else if let Some(entry) =
            files().filter(|entry| nearly(crate::last_part(&entry.name))).min_by_key(|e| e.name.matches('/').count())
        {
            let folder = entry.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            opinion.error(message("index-in-folder").with("folder", folder), inside::place(&[&entry.name]));
        } else {
            opinion.error(self.missing(bundle), Place::whole());
        }
    }
}

/// Somebody may have meant `wanted` by this name, which differs from it in what Windows and old servers do not mind.
pub(crate) fn is_nearly(name: &str, wanted: &str) -> bool {
    let (name, wanted) = (name.to_lowercase(), wanted.to_lowercase());
    // Windows hides the last extension, so that people write it once more.
    let doubled = name.strip_prefix(&wanted).is_some_and(|rest| matches!(rest, ".html" | ".htm" | ".txt"));
    name == wanted || doubled || Some(name.as_str()) == wanted.strip_suffix('l')
}

impl RootIndex {
    /// There is no start page: what to say depends on what the app was made with.
    fn missing(&self, bundle: &Bundle) -> Message {
        let message = |id| Message::new(id).with("name", self.name.as_str());
        let package =
            learning_package::of(bundle).and_then(|package| Some((package, package.launch.first()?.as_str())));
        if let Some(made) = authoring::of(bundle) {
            let start = package.map(|(_, launch)| launch).or(made.start).unwrap_or_default();
            let message = message("index-made-with").with("tool", made.tool.name()).with("start", start);
            message.with("steps", Arg::Steps(made.tool))
        } else if let Some((package, launch)) = package {
            message("index-package").with("standard", package.standard.name()).with("start", launch)
        } else {
            message("index-missing")
        }
    }

    fn content(&self, index: &Entry, opinion: &mut Opinion) {
        let place = inside::place(&[&index.name]);
        let message = |id| Message::new(id).with("name", self.name.as_str());
        match index.file.as_ref().map(|file| file.identity.format) {
            // A page that begins with plain words is a page to a browser.
            Some(Format::Html | Format::Text | Format::Xml) => {}
            Some(Format::Empty) => opinion.error(message("index-empty"), place),
            Some(found) => opinion.error(message("index-no-page").with("found", found), place),
            None => opinion.unchecked(inside::unread(1, &index.name, index.unread.unwrap_or(Unread::Damaged))),
        }
    }
}
