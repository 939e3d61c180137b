//! Prints of files: what is left of one that was saved again, cut or written over. They are for comparing works with one
//! another, and no report shows them.

use serde::{Deserialize, Serialize};

/// Prints of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prints {
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// Hashes of runs of words, the smallest of them, sorted. Empty if it is no text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<u64>,
    /// The picture, if it is one that can be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<ImagePrint>,
    /// Chromaprint of the sound, eight numbers a second. Empty if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sound: Vec<u32>,
}

/// A small grey picture of a picture, and where it grows brighter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImagePrint {
    /// 256 bits: of 16 x 16 neighbours from left to right, the right one is clearly brighter.
    pub gradient: [u64; 4],
    /// Brightness of 48 x 48 fields, row by row.
    pub gray: Vec<u8>,
}
