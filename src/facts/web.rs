//! What was measured in pages, style sheets, scripts and SVG drawings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a page, style sheet, script or drawing refers to and uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebFacts {
    /// Addresses in it, in the order of the text. Inline data (`data:`) and places in the same page (`#a`) are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// Forms with fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
    /// Interfaces of the browser used by name that can send data away or read about the user.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apis: Vec<ApiUse>,
    /// Number of scripts: inline ones, ones loaded, and event handlers in attributes.
    #[serde(default)]
    pub scripts: u32,
}

/// How an address is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// The browser loads it by itself: `src`, a style sheet, `url()`.
    Load,
    /// The user follows it: `href` of a link.
    Link,
    /// A form sends to it.
    Form,
    /// It stands as a text in a script; what the script does with it only a run can tell.
    Script,
}

/// One address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// The address as written, entities and escapes decoded, at most 2,048 characters.
    pub url: String,
    /// How it is used.
    pub via: Via,
    /// The line it stands on, from 1.
    pub line: u64,
}

/// A form with fields a user can fill in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// Where it sends to, as written; none if it names nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Names, ids, types, autofill tokens and placeholders of its fields.
    pub fields: Vec<String>,
    /// The line its first tag stands on, from 1.
    pub line: u64,
}

/// An interface of the browser that a script uses by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApiUse {
    /// Its name: `fetch`, `sendBeacon`, `document.cookie` …
    pub name: String,
    /// The line, from 1.
    pub line: u64,
}

/// Characters of an address that are kept.
const URL_LENGTH: usize = 2048;

impl WebFacts {
    /// Adds an address; inline data and places in the same page are passed over. False if there is no room left.
    pub fn add(&mut self, url: &str, via: Via, line: u64, limit: usize) -> bool {
        let url = url.trim();
        let inline = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
        if url.is_empty() || url.starts_with('#') || inline {
            return true;
        }
        if self.references.len() >= limit {
            return false;
        }
        let url = url.chars().take(URL_LENGTH).collect();
        self.references.push(Reference { url, via, line });
        true
    }
}
