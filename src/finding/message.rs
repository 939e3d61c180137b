//! Messages without words: an id of the catalogues and typed arguments, which every language puts its own way.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::{
    ConflictKind, DamageKind, Format, Kind, Obfuscation, Tool, Unanswered, Unheard, Unread, Unscanned, Unvisited, Via,
    Window,
};

/// A sentence of the catalogues in `src/locale/`, and what to fill into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// The id of the sentence.
    pub id: Cow<'static, str>,
    /// Arguments by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<Cow<'static, str>, Arg>,
}

impl Message {
    /// The sentence with this id and no arguments yet.
    #[must_use]
    pub const fn new(id: &'static str) -> Message {
        Message { id: Cow::Borrowed(id), arguments: BTreeMap::new() }
    }

    /// The same sentence with one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.arguments.insert(Cow::Borrowed(name), value.into());
        self
    }
}

/// A value in a sentence. Its type decides how a language writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Arg {
    /// Words of the file or of a profile, never translated.
    Text(String),
    /// A count, which chooses the plural form.
    Count(u64),
    /// A size in bytes.
    Bytes(u64),
    /// A length of time in seconds.
    Seconds(f64),
    /// A file format, written by its name.
    Format(Format),
    /// What to do with a file of this format that should be another one.
    Advice(Format),
    /// How to get a start page out of this program.
    Steps(Tool),
    /// A kind of material.
    Kind(Kind),
    /// A kind of damage, written as a clause.
    Damage(DamageKind),
    /// How an archive disagrees with itself, written as a clause.
    Conflict(ConflictKind),
    /// How addresses are used, written as a list.
    Uses(Vec<Via>),
    /// A sign that a script was made unreadable, written as a clause.
    Obfuscation(Obfuscation),
    /// A reason why something was not looked at, written as a clause.
    Unread(Unread),
    /// A reason why sound was not listened to, written as a clause.
    Unheard(Unheard),
    /// A reason why something was not scanned for malware, written as a clause.
    Unscanned(Unscanned),
    /// A reason why a link has no answer, written as a clause.
    Unanswered(Unanswered),
    /// A reason why a visit in a browser did not come to its end, written as a clause.
    Unvisited(Unvisited),
    /// Windows of browsers, written as a list.
    Windows(Vec<Window>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Arg {
        Arg::Count(count as u64)
    }
}

impl From<Format> for Arg {
    fn from(format: Format) -> Arg {
        Arg::Format(format)
    }
}
