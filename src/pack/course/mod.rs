//! An app as a course of a learning platform: its manifest, and pages that report for apps that do not speak to a platform.

mod cmi5;
mod ims;
mod launch;
mod lom;
mod material;
mod xml;

use crate::facts::Standard;

pub(super) use launch::is_launch_folder;
pub use material::{Item, Material};

/// What is made of an app for a learning platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The standard of the package.
    pub target: Target,
    /// What its author says of it.
    pub material: Material,
    /// Pages that report are put before its own; if nobody says, they are unless the app speaks to the platform itself.
    pub reported: Option<bool>,
}

/// A standard that packages are made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// ADL SCORM 1.2.
    Scorm12,
    /// ADL SCORM 2004, 4th edition.
    Scorm2004,
    /// cmi5.
    Cmi5,
    /// IMS Content Packaging 1.1.4, which opens pages and hears nothing of them.
    ImsCp,
}

impl Target {
    /// Every one.
    pub const ALL: [Target; 4] = [Target::Scorm12, Target::Scorm2004, Target::Cmi5, Target::ImsCp];

    /// Its name on the command line and in receipts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Target::Scorm12 => "scorm-1.2",
            Target::Scorm2004 => "scorm-2004",
            Target::Cmi5 => "cmi5",
            Target::ImsCp => "ims-cp",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Target> {
        Target::ALL.into_iter().find(|target| target.id() == id)
    }

    /// The standard that a manifest of such a package is read as.
    #[must_use]
    pub const fn standard(self) -> Standard {
        match self {
            Target::Scorm12 => Standard::Scorm12,
            Target::Scorm2004 => Standard::Scorm2004,
            Target::Cmi5 => Standard::Cmi5,
            Target::ImsCp => Standard::ImsCp,
        }
    }

    /// The name of its manifest.
    #[must_use]
    pub const fn manifest(self) -> &'static str {
        match self {
            Target::Cmi5 => cmi5::NAME,
            Target::Scorm12 | Target::Scorm2004 | Target::ImsCp => ims::NAME,
        }
    }

    /// What a script has to name if it speaks to a platform of this standard by itself.
    pub(super) const fn interface(self) -> Option<&'static str> {
        match self {
            Target::Scorm12 => Some("LMSInitialize"),
            Target::Scorm2004 => Some("API_1484_11"),
            Target::Cmi5 | Target::ImsCp => None,
        }
    }

    /// Platforms of this standard hear when a part was opened and left.
    pub(super) const fn hears(self) -> bool {
        !matches!(self, Target::ImsCp)
    }
}

/// A part of a course that a platform lists.
pub(super) struct Part<'a> {
    /// The page of the app that it begins with, by its name in the package.
    pub page: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What the platform opens: the page, or one that reports and holds it.
    pub opened: String,
}

/// A file that is made: its name and its content.
pub(super) type Made = (String, String);

impl Course {
    /// What is made for an app with these files, whose parts begin with these pages. If it is to report, pages that do so
    /// are put before its own.
    pub(super) fn made(&self, pages: &[(&str, &str)], files: &[&str], report: bool) -> Vec<Made> {
        let mut parts: Vec<Part<'_>> =
            pages.iter().map(|(page, title)| Part { page, title, opened: (*page).to_owned() }).collect();
        let mut made = if report { launch::pages(self, &mut parts, files) } else { Vec::new() };
        let manifest = if self.target == Target::Cmi5 {
            cmi5::structure(self, &parts)
        } else {
            let all = files.iter().copied().chain(made.iter().map(|(name, _)| name.as_str()));
            ims::manifest(self, &parts, all)
        };
        made.insert(0, (self.target.manifest().to_owned(), manifest));
        made
    }
}

/// A text in a page, or in an attribute of it.
pub(super) fn markup(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
