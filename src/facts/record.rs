//! What is known of a submission from outside its files: a row of the organizer's table, a cover sheet, the time of a
//! file. Fields are named by the columns of the profile.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is known of a submission from outside its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Its rows in the table, from 1, as a spreadsheet numbers them. More than one if the table names it several times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<u64>,
    /// There is a table, and it does not know the submission.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unlisted: bool,
    /// By the id of the column. A field that is asked for and left blank has an empty text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Answer>,
    /// Keys of the cover sheet that the profile has no column for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// As it is written, without white space at the ends.
    pub text: String,
    /// Who says so.
    pub from: Origin,
}

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The organizer's table.
    Table,
    /// A cover sheet in the folder of the submission.
    Cover,
    /// A cover sheet in an archive, which its author packed: about the arrival of the archive it knows nothing.
    SentCover,
    /// The time at which a file was last written. Copying a file may change it.
    FileTime,
}

impl Origin {
    /// It says little about when something arrived.
    #[must_use]
    pub const fn is_weak(self) -> bool {
        matches!(self, Origin::SentCover | Origin::FileTime)
    }
}

/// What a cover sheet (`submission.toml` or `submission.json` beside the files) says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CoverFacts {
    /// Its keys and values, lists joined with `; `.
    pub pairs: BTreeMap<String, String>,
}

impl CoverFacts {
    /// A file with this name is a cover sheet: at the top of a submission, or in the one folder that was packed.
    #[must_use]
    pub fn is_cover(name: &str) -> bool {
        let file = name.split_once('/').map_or(name, |(_, file)| file);
        matches!(file.to_lowercase().as_str(), "submission.toml" | "submission.json")
    }
}
