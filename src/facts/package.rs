//! What the manifest of a learning package says: which page starts it, and which files belong to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The content of a manifest. Addresses are relative to the manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PackageFacts {
    /// The standard it follows.
    pub standard: Standard,
    /// The version as written: `1.2`, `2004 4th Edition`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The title of the course.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Addresses that a learning platform opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub launch: Vec<String>,
    /// Files that are said to belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

impl PackageFacts {
    /// A file of this name is a manifest: the standards fix the names, whatever folder the file lies in.
    #[must_use]
    pub fn is_manifest(name: &str) -> bool {
        matches!(crate::last_part(name), "imsmanifest.xml" | "cmi5.xml" | "tincan.xml" | "h5p.json")
    }
}

/// Standards of learning packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// ADL SCORM 1.2.
    #[serde(rename = "scorm-1.2")]
    Scorm12,
    /// ADL SCORM 2004, any edition.
    #[serde(rename = "scorm-2004")]
    Scorm2004,
    /// IMS Content Packaging.
    ImsCp,
    /// IMS Common Cartridge.
    CommonCartridge,
    /// cmi5, a profile of the Experience API.
    Cmi5,
    /// The Experience API's first form of packages.
    Tincan,
    /// H5P.
    H5p,
}

impl Standard {
    /// The name that people know it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Standard::Scorm12 => "SCORM 1.2",
            Standard::Scorm2004 => "SCORM 2004",
            Standard::ImsCp => "IMS Content Packaging",
            Standard::CommonCartridge => "IMS Common Cartridge",
            Standard::Cmi5 => "cmi5",
            Standard::Tincan => "xAPI (Tin Can)",
            Standard::H5p => "H5P",
        }
    }
}
