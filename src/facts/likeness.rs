//! What a work has in common with others of the batch, or of earlier years.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a work has in common with others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alike {
    /// Files and links of it that were compared.
    #[serde(default)]
    pub parts: usize,
    /// Works, or parts of them, that are the same or nearly so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub works: Vec<Likeness>,
    /// Other submissions of the same author, by their paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<String>,
    /// Other submissions of the same school, by their paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub school: Vec<String>,
}

/// Something that two works have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Likeness {
    /// The other submission, by its path.
    pub other: String,
    /// The contest of the other one, if it is not of this run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<String>,
    /// What is alike.
    pub what: Alikeness,
    /// How much, from 0 to 1: of bytes the share of files of the work that has fewer, of texts what stands in the shorter
    /// one of the other, of sound the same.
    pub share: f64,
    /// The file here, by names of entries from the outside in; empty for the submission itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub here: Vec<String>,
    /// The file there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub there: Vec<String>,
    /// Of sound: where it begins here and there, and how long it is the same, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<[f64; 3]>,
    /// The author is the same; none if an author is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_author: Option<bool>,
}

/// What two works have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Alikeness {
    /// Every byte.
    Bytes,
    /// The link.
    Link,
    /// Words.
    Text,
    /// The picture.
    Image,
    /// The sound.
    Sound,
}
