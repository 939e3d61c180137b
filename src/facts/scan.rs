//! What a malware scanner said.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a malware scanner said about the bytes of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scan {
    /// It looked at all of them and found nothing.
    Clean,
    /// It found malware; the name is that of its signature, or of the rules that match.
    Found(String),
    /// It did not look at all of them, which is not the same as clean.
    NotScanned(Unscanned),
}

/// Why something was not scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unscanned {
    /// The scanner could not be reached.
    Unreachable,
    /// The connection broke off before the scanner had answered.
    Lost,
    /// The scanner did not answer in time, or the time allowed for the submission was up.
    Time,
    /// Larger than the scanner takes.
    TooLarge,
    /// The scanner said that it failed.
    Failed,
    /// The answer is none that a scanner gives.
    NotUnderstood,
    /// The scanner's limits kept it from looking at all of it.
    ScannerLimit,
    /// The scanner needs a password.
    Encrypted,
    /// Larger than this program holds in memory.
    Limit,
    /// It could not be unpacked whole.
    Damaged,
    /// The system could not deliver the bytes.
    ReadError,
}

impl Unscanned {
    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Unscanned::Unreachable => "unreachable",
            Unscanned::Lost => "lost",
            Unscanned::Time => "time",
            Unscanned::TooLarge => "too-large",
            Unscanned::Failed => "failed",
            Unscanned::NotUnderstood => "not-understood",
            Unscanned::ScannerLimit => "scanner-limit",
            Unscanned::Encrypted => "encrypted",
            Unscanned::Limit => "limit",
            Unscanned::Damaged => "damaged",
            Unscanned::ReadError => "read-error",
        }
    }
}
