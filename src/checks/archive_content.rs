//! Does the archive hold pages, styles, scripts and multimedia, and what else does it hold?

use std::collections::{BTreeMap, HashSet};

use super::{Opinion, Settings, executables, inside};
use crate::facts::{Facts, Format, Kind};
use crate::finding::{Arg, Message, Place};
use crate::identify::extension;
use crate::last_part;
use crate::settings::ArchiveContent;

/// What wanted a plug-in that no browser has any more: Flash, Silverlight, Shockwave.
const PLUGINS: [&str; 3] = ["swf", "xap", "dcr"];

impl Settings for ArchiveContent {
    const CHECK: &'static str = "archive-content";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(bundle) = inside::bundle(facts, opinion) else { return };
        let page = |format| matches!(format, Format::Html);
        let has_page = bundle.entries.iter().any(|entry| entry.file.as_ref().is_some_and(|f| page(f.identity.format)));
        let unread = bundle.unread.is_some() || bundle.entries.iter().any(|entry| entry.unread.is_some());
        if !has_page && unread {
            inside::must_be_read(facts, opinion);
        } else if !has_page {
            opinion.error(Message::new("no-page"), Place::whole());
        }
        let mut named: Option<HashSet<String>> = None;
        // One finding for all files of an extension: a thousand of them are one question.
        let mut strange: BTreeMap<String, (&str, u64)> = BTreeMap::new();
        for entry in bundle.entries.iter().filter(|entry| !entry.folder) {
            let Some(extension) = extension(&entry.name) else { continue };
            let known = |list: &[String]| list.contains(&extension);
            // Programs have a requirement of their own.
            if Format::of_extension(&extension).is_some_and(|format| executables::danger(format).is_some()) {
                continue;
            }
            let format = entry.file.as_ref().map_or(Format::Unknown, |file| file.identity.format);
            // A picture is a picture by its bytes, whatever a program calls it.
            let media = matches!(format.kind(), Kind::Image | Kind::Audio | Kind::Video) || format == Format::Font;
            if known(&self.expected_extensions) || known(&self.usual_extensions) || media || is_litter(&entry.name) {
                continue;
            }
            // Data that the app itself loads belong to it.
            let named = named.get_or_insert_with(|| inside::names(facts));
            if PLUGINS.contains(&extension.as_str()) || !named.contains(&last_part(&entry.name).to_lowercase()) {
                strange.entry(extension).or_insert((&entry.name, 0)).1 += 1;
            }
        }
        for (extension, (first, count)) in strange {
            let plugin = PLUGINS.contains(&extension.as_str());
            let message =
                Message::new(if plugin { "plugin-content" } else { "unexpected-content" }).with("extension", extension);
            opinion.warning(message.with("count", Arg::Count(count)), inside::place(&[first]));
        }
    }
}

/// Leavings of version control and editors have names, not extensions.
fn is_litter(name: &str) -> bool {
    last_part(name).strip_prefix('.').is_some_and(|rest| !rest.contains('.'))
}
