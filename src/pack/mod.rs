//! From an app as it came to a package as it should be. [`plan`] decides, from facts alone, which files go in, under which
//! names, and what is exchanged in them; `write` (feature `cli`) does it. What it reads and where it writes to is given by
//! whoever calls.

mod address;
mod course;
mod index;
mod plan;
mod portable;
pub mod receipt;
mod rewrite;
mod tracker;
#[cfg(feature = "cli")]
mod write;

use std::collections::BTreeSet;

use crate::checks::Counter;
use crate::finding::Message;

pub use course::{Course, Item, Material, Target};
pub use plan::plan;
pub use rewrite::rewritten;
#[cfg(feature = "cli")]
pub use write::{Content, Failed, Left, Written, write};

/// Something that is put right on the way into a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// What systems, editors and version control leave in folders stays out.
    Litter,
    /// Names are UTF-8 in the composed form, with `/` between folders.
    Names,
    /// The app is taken out of folders that it lies in as a whole.
    TopFolder,
    /// The start page gets its name, or one is made that opens the only page there is.
    StartPage,
    /// What is loaded from outside is loaded from files of the app that the author points to.
    Local,
    /// Addresses get the spelling of the files that they mean.
    Links,
    /// Names are Latin letters, digits, `-`, `_` and dots, and addresses follow them.
    PortableNames,
    /// Addresses at which the app would report to services that count are emptied.
    Trackers,
    /// PNG pictures are written smaller, with the same points in the same colours.
    Png,
}

impl Repair {
    /// Every repair, in the order in which they are made.
    pub const ALL: [Repair; 9] = [
        Repair::Litter,
        Repair::Names,
        Repair::TopFolder,
        Repair::StartPage,
        Repair::Local,
        Repair::Links,
        Repair::PortableNames,
        Repair::Trackers,
        Repair::Png,
    ];

    /// Its name on the command line and in receipts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Repair::Litter => "litter",
            Repair::Names => "names",
            Repair::TopFolder => "top-folder",
            Repair::StartPage => "start-page",
            Repair::Local => "local",
            Repair::Links => "links",
            Repair::PortableNames => "portable-names",
            Repair::Trackers => "trackers",
            Repair::Png => "png",
        }
    }

    /// The repair of this name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Repair> {
        Repair::ALL.into_iter().find(|repair| repair.id() == id)
    }

    /// It changes nothing that a script could depend on, and takes no time.
    #[must_use]
    pub const fn is_safe(self) -> bool {
        !matches!(self, Repair::PortableNames | Repair::Trackers | Repair::Png)
    }
}

/// What a package is to be.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// What is put right.
    pub repairs: &'a BTreeSet<Repair>,
    /// What whoever found the app has left out already.
    pub left_out: &'a [String],
    /// The course that it becomes, if it becomes one.
    pub course: Option<&'a Course>,
    /// Addresses of services that it must not report to.
    pub counters: &'a [Counter<'a>],
    /// Addresses outside, each with the file of the app that is loaded instead.
    pub local: &'a [(String, String)],
}

/// What a step belongs to: something is put right, or made for a learning platform. In the order of what is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Means {
    /// Something is put right.
    Repair(Repair),
    /// Something is made for a platform.
    Target(Target),
}

impl Means {
    /// Its name on the command line and in receipts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Means::Repair(repair) => repair.id(),
            Means::Target(target) => target.id(),
        }
    }
}

/// What will be done, and nothing of it is done yet.
#[derive(Debug, PartialEq)]
pub struct Plan {
    /// The files of the package, by their names in it.
    pub files: Vec<Packed>,
    /// What is put right, in the order of [`Repair::ALL`], and then what is made for a platform.
    pub steps: Vec<Step>,
    /// Last parts of names that no file has any more, without their extensions. Where one of them is still to be read in
    /// the package, a script may ask for what is not there.
    pub given_up: Vec<String>,
}

/// A file of the package.
#[derive(Debug, PartialEq)]
pub struct Packed {
    /// Its name in the package.
    pub name: String,
    /// Where its content comes from.
    pub from: Origin,
    /// What is exchanged in it.
    pub edits: Vec<Edit>,
    /// It is a text in which names may stand.
    pub text: bool,
    /// Its format is packed already, so that packing it again would save nothing.
    pub packed: bool,
    /// It is a PNG picture that is to become smaller, if it can.
    pub shrunk: bool,
}

/// Where the content of a file of the package comes from.
#[derive(Debug, PartialEq)]
pub enum Origin {
    /// The entry of this number.
    Entry(usize),
    /// It is made.
    Made(String),
}

/// An address that is exchanged for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where it stands, or close before that; none if it is exchanged wherever it stands.
    pub at: Option<crate::facts::Spot>,
    /// The address as it was read.
    pub was: String,
    /// The new one, in letters that mean the same in every kind of text.
    pub becomes: String,
    /// Without it the package is worse than the app was; else it is only as bad.
    pub must: bool,
}

/// One thing that is done.
#[derive(Debug, PartialEq)]
pub struct Step {
    /// What it belongs to.
    pub means: Means,
    /// What is done and why, as a sentence.
    pub message: Message,
    /// What it is done to: names, or addresses with what they become; what is made.
    pub what: Vec<String>,
}
