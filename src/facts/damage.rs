//! What is broken, without saying how bad that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that could not be read or is not as its format wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Damage {
    /// What is broken.
    pub what: DamageKind,
    /// Where, as a byte offset from the beginning of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// Where, as a line counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The format's own word for the spot or the reader's own message, for the experienced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Damage {
    /// Damage without a known spot.
    #[must_use]
    pub fn new(what: DamageKind) -> Damage {
        Damage { what, byte: None, line: None, detail: None }
    }

    /// The same damage at this byte.
    #[must_use]
    pub fn at(self, byte: u64) -> Damage {
        Damage { byte: Some(byte), ..self }
    }

    /// The same damage on this line.
    #[must_use]
    pub fn on_line(self, line: u64) -> Damage {
        Damage { line: Some(line), ..self }
    }

    /// The same damage with a reader's words, cut to a sane length.
    #[must_use]
    pub fn because(self, detail: impl std::fmt::Display) -> Damage {
        let detail: String = detail.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
        Damage { detail: Some(detail), ..self }
    }
}

/// The kinds of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DamageKind {
    /// The file has no bytes.
    Empty,
    /// The file ends before its content does.
    Truncated,
    /// The content is whole, but the mark that ends it is not there.
    Unterminated,
    /// A part without which the file cannot be played or shown is missing.
    MissingPart,
    /// The content cannot be decoded.
    Undecodable,
    /// A checksum does not agree with the bytes.
    BadChecksum,
    /// Bytes follow the end of the content.
    TrailingData,
    /// Lengths or counts inside the file contradict each other.
    Contradiction,
    /// The text breaks the grammar of its format.
    Malformed,
    /// It is written in a way this program cannot read.
    Unsupported,
    /// The content is larger than this program looks at.
    OverLimit,
    /// The time allowed was up before everything was read.
    OverTime,
    /// The system could not deliver the bytes.
    ReadError,
}

impl DamageKind {
    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            DamageKind::Empty => "empty",
            DamageKind::Truncated => "truncated",
            DamageKind::Unterminated => "unterminated",
            DamageKind::MissingPart => "missing-part",
            DamageKind::Undecodable => "undecodable",
            DamageKind::BadChecksum => "bad-checksum",
            DamageKind::TrailingData => "trailing-data",
            DamageKind::Contradiction => "contradiction",
            DamageKind::Malformed => "malformed",
            DamageKind::Unsupported => "unsupported",
            DamageKind::OverLimit => "over-limit",
            DamageKind::OverTime => "over-time",
            DamageKind::ReadError => "read-error",
        }
    }
}
