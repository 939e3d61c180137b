//! What a person is shown of a file in a report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A small picture, a strip of loudness.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Preview {
    /// The picture as JPEG in Base64, 160 pixels on the longer side at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// Loudest sample of each of a hundred and some parts of the recording, of 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loudness: Vec<u8>,
}
