//! A finding: one instance of something the reader should know, with its level and its place.

mod message;

pub use message::{Arg, Message};

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::Spot;

/// The name under which the program's own troubles are found.
pub const TOOL: &str = "tool";

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Likely to hurt somebody, but against no requirement.
    Warning,
    /// Against a requirement.
    Error,
}

impl Level {
    /// The kebab-case id used in reports, profiles and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// A spot inside a submission. The submission's own path is not part of it: whoever prints a place puts it in front.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub struct Place {
    /// Names of archive entries from the outside in; empty for the submission itself.
    pub route: Vec<String>,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Character in the line, from 1.
    pub column: Option<u64>,
    /// Byte offset, from 0.
    pub byte: Option<u64>,
    /// Seconds from the beginning of a recording.
    pub time: Option<f64>,
}

impl Place {
    /// The submission as a whole.
    #[must_use]
    pub fn whole() -> Place {
        Place::default()
    }

    /// A file inside the submission.
    #[must_use]
    pub fn inside(route: &[&str]) -> Place {
        Place { route: route.iter().map(|&name| name.to_owned()).collect(), ..Place::default() }
    }

    /// The same file at this line.
    #[must_use]
    pub fn line(self, line: u64) -> Place {
        Place { line: Some(line), ..self }
    }

    /// The same file at this line and column.
    #[must_use]
    pub fn spot(self, spot: Spot) -> Place {
        Place { line: Some(spot.line), column: Some(spot.column), ..self }
    }

    /// The same recording at this moment, in seconds.
    #[must_use]
    pub fn time(self, seconds: f64) -> Place {
        Place { time: Some(seconds), ..self }
    }
}

/// One instance: what a check saw, where, and how much it weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check that saw it.
    pub check: &'static str,
    /// The requirement on whose behalf the check ran; none for the program's own troubles.
    pub requirement: Option<Arc<str>>,
    /// How much it weighs.
    pub level: Level,
    /// What to say about it, without words of any language.
    pub message: Message,
    /// Where it is.
    pub place: Place,
    /// The profile waives the requirement, so that the finding is shown but does not count.
    pub waived: bool,
}
