//! Which files of an app the others lead to. What nothing leads to, no browser runs.

use std::collections::HashSet;

use super::address;
use super::address::Address;
use crate::facts::{Facts, Format, Via};
use crate::last_part;

/// Names of the files of the app that others lead to.
#[derive(Default)]
pub(super) struct Reached {
    /// As scripts.
    scripts: HashSet<String>,
    /// As pages.
    pages: HashSet<String>,
    /// Last parts of the names that scripts and data hold as texts; what they are relative to is not known.
    named: HashSet<String>,
}

impl Reached {
    pub(super) fn of(facts: &Facts) -> Reached {
        let mut reached = Reached::default();
        for entry in facts.file.bundle.iter().flat_map(|bundle| &bundle.entries) {
            let Some(web) = entry.file.as_ref().and_then(|file| file.web.as_deref()) else { continue };
            for reference in &web.references {
                let names = match reference.via {
                    Via::Script | Via::Module => &mut reached.scripts,
                    Via::Link | Via::Frame | Via::Load => &mut reached.pages,
                    Via::Text | Via::Request => {
                        let address = Address::parse(&reference.url);
                        let name = last_part(&address.path);
                        // A file that names itself leads nowhere.
                        if address.host.is_none() && name != last_part(&entry.name) {
                            reached.named.insert(name.to_owned());
                        }
                        continue;
                    }
                    _ => continue,
                };
                names.extend(address::resolve(&entry.name, web.base.as_deref(), &reference.url));
            }
        }
        reached
    }

    /// A browser surely runs the scripts of this file. A page that nothing leads to may be a template, with marks in its
    /// scripts that are filled in before they run.
    pub(super) fn runs(&self, name: &str, format: Format) -> bool {
        let script = self.scripts.contains(name);
        match format {
            Format::JavaScript => script,
            _ => last_part(name).starts_with("index.") || self.pages.contains(name) && !script,
        }
    }

    /// No browser runs this script: nothing leads to it or so much as names it.
    pub(super) fn is_idle_script(&self, name: &str, format: Format) -> bool {
        format == Format::JavaScript && !self.scripts.contains(name) && !self.named.contains(last_part(name))
    }
}
