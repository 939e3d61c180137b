//! Does the archive hold pages, styles, scripts and multimedia, and what else does it hold?

use std::collections::BTreeMap;

use super::{Opinion, Settings, executables, inside};
use crate::facts::{Facts, Format};
use crate::finding::{Arg, Message, Place};
use crate::identify::extension;
use crate::settings::ArchiveContent;

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
        // One finding for all files of an extension: a thousand of them are one question.
        let mut strange: BTreeMap<String, (&str, u64)> = BTreeMap::new();
        for entry in bundle.entries.iter().filter(|entry| !entry.folder) {
            let Some(extension) = extension(&entry.name) else { continue };
            let known = |list: &[String]| list.contains(&extension);
            // Programs have a requirement of their own.
            if Format::of_extension(&extension).is_some_and(|format| executables::danger(format).is_some()) {
                continue;
            }
            if !known(&self.expected_extensions) && !known(&self.usual_extensions) && !is_litter(&entry.name) {
                strange.entry(extension).or_insert((&entry.name, 0)).1 += 1;
            }
        }
        for (extension, (first, count)) in strange {
            let message = Message::new("unexpected-content").with("extension", extension);
            opinion.warning(message.with("count", Arg::Count(count)), inside::place(&[first]));
        }
    }
}

/// Leavings of version control and editors have names, not extensions.
fn is_litter(name: &str) -> bool {
    crate::last_part(name).strip_prefix('.').is_some_and(|rest| !rest.contains('.'))
}
