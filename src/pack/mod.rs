//! From an app as it came to a package as it should be. [`plan`] decides, from facts alone, which files go in, under which
//! names, and what is exchanged in them; `write` (feature `cli`) does it. What it reads and where it writes to is given by
//! whoever calls.

mod address;
mod index;
mod plan;
mod portable;
pub mod receipt;
mod rewrite;
#[cfg(feature = "cli")]
mod write;

use crate::finding::Message;

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
    /// Addresses get the spelling of the files that they mean.
    Links,
    /// Names are Latin letters, digits, `-`, `_` and dots, and addresses follow them.
    PortableNames,
}

impl Repair {
    /// Every repair, in the order in which they are made.
    pub const ALL: [Repair; 6] =
        [Repair::Litter, Repair::Names, Repair::TopFolder, Repair::StartPage, Repair::Links, Repair::PortableNames];

    /// Its name on the command line and in receipts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Repair::Litter => "litter",
            Repair::Names => "names",
            Repair::TopFolder => "top-folder",
            Repair::StartPage => "start-page",
            Repair::Links => "links",
            Repair::PortableNames => "portable-names",
        }
    }

    /// The repair of this name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Repair> {
        Repair::ALL.into_iter().find(|repair| repair.id() == id)
    }

    /// It changes nothing that a script could depend on.
    #[must_use]
    pub const fn is_safe(self) -> bool {
        !matches!(self, Repair::PortableNames)
    }
}

/// What will be done, and nothing of it is done yet.
#[derive(Debug, PartialEq)]
pub struct Plan {
    /// The files of the package, by their names in it.
    pub files: Vec<Packed>,
    /// What is put right, in the order of [`Repair::ALL`].
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

/// One thing that is put right.
#[derive(Debug, PartialEq)]
pub struct Step {
    /// Which repair.
    pub repair: Repair,
    /// What is done and why, as a sentence.
    pub message: Message,
    /// What it is done to: names, or addresses with what they become.
    pub what: Vec<String>,
}
