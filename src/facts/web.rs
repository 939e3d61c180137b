//! What was measured in pages, style sheets, scripts and SVG drawings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Tool;

/// What a page, style sheet, script or drawing refers to and uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebFacts {
    /// Addresses in it, in the order of the text. Inline data (`data:`) and places in the same page (`#a`) are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// What addresses in it are relative to, if the page says so itself (`<base href>`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Forms with fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
    /// Interfaces of the browser that it uses and that can send data away, read about the user, keep data or run text as
    /// code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apis: Vec<ApiUse>,
    /// Errors that make a browser refuse a script, each script's first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub syntax_errors: Vec<SyntaxError>,
    /// Signs that a script was made unreadable on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obfuscated: Option<Obfuscated>,
    /// Where a script file imports or exports something, so that it runs as a module and not as a classic script.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<Spot>,
    /// Names that its classic scripts declare for the whole page with `let`, `const` or `class`. A browser refuses a script
    /// that declares one of them once more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<Declared>,
    /// The well-known library that the script says it is, with its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// The program that the page was made with, if it bears its mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_with: Option<Tool>,
    /// Number of scripts: inline ones, ones loaded, and event handlers in attributes.
    #[serde(default)]
    pub scripts: u32,
}

/// How an address is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// The browser runs it as a classic script.
    Script,
    /// … as a script that is a module.
    Module,
    /// … applies it as a style sheet.
    Style,
    /// … shows it as a picture.
    Image,
    /// … plays it.
    Media,
    /// … uses it as a font.
    Font,
    /// … shows it as a page or object inside the page.
    Frame,
    /// … shows it beside the title.
    Icon,
    /// … loads it for some other reason: a manifest, a page that a page turns into by itself.
    Load,
    /// A script asks for it or sends to it.
    Request,
    /// A form sends to it.
    Form,
    /// The user follows it: `href` of a link.
    Link,
    /// It stands as a text in a script or in an attribute for scripts; what is done with it only a run can tell.
    Text,
}

impl Via {
    /// The browser loads it by itself, without a script and without the user.
    #[must_use]
    pub const fn is_loaded(self) -> bool {
        matches!(
            self,
            Via::Script
                | Via::Module
                | Via::Style
                | Via::Image
                | Via::Media
                | Via::Font
                | Via::Frame
                | Via::Icon
                | Via::Load
        )
    }

    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Via::Script => "script",
            Via::Module => "module",
            Via::Style => "style",
            Via::Image => "image",
            Via::Media => "media",
            Via::Font => "font",
            Via::Frame => "frame",
            Via::Icon => "icon",
            Via::Load => "load",
            Via::Request => "request",
            Via::Form => "form",
            Via::Link => "link",
            Via::Text => "text",
        }
    }
}

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Spot {
    /// The line, from 1.
    pub line: u64,
    /// The character in the line, from 1.
    pub column: u64,
}

/// One address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// The address as written, entities and escapes decoded, at most 2,048 characters.
    pub url: String,
    /// How it is used.
    pub via: Via,
    /// Where it stands.
    #[serde(flatten)]
    pub spot: Spot,
}

/// A form with fields a user can fill in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// Where it sends to, as written; none if it names nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Names, ids, types, autofill tokens and placeholders of its fields.
    pub fields: Vec<String>,
    /// Where its first tag stands.
    #[serde(flatten)]
    pub spot: Spot,
}

/// An interface of the browser that a script uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApiUse {
    /// Its name: `fetch`, `sendBeacon`, `cookie` …
    pub name: String,
    /// The text given to it first, if that is written out: the key under which something is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument: Option<String>,
    /// Where it is first used.
    #[serde(flatten)]
    pub spot: Spot,
}

/// A name that a classic script declares for the whole page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Declared {
    /// The name.
    pub name: String,
    /// Where.
    #[serde(flatten)]
    pub spot: Spot,
}

/// What makes a browser refuse a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SyntaxError {
    /// The parser's words, in English, at most 200 characters.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub spot: Spot,
}

/// A sign that a script was made unreadable on purpose, which shrinking alone does not explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Obfuscated {
    /// What was seen.
    pub how: Obfuscation,
    /// Where it was first seen.
    #[serde(flatten)]
    pub spot: Spot,
}

/// Ways to make a script unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Obfuscation {
    /// Code is put together from an encoded text and run: `eval(atob(…))`.
    DecodedCode,
    /// Names are numbers (`_0x3f2a`), and texts come out of a shuffled list.
    NumberedNames,
    /// The code writes itself with `eval(function(p,a,c,k,e,d){…})`.
    Packed,
}

impl Obfuscation {
    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Obfuscation::DecodedCode => "decoded-code",
            Obfuscation::NumberedNames => "numbered-names",
            Obfuscation::Packed => "packed",
        }
    }
}

/// Characters of an address that are kept.
const URL_LENGTH: usize = 2048;

impl WebFacts {
    /// Adds an address; inline data and places in the same page are passed over. False if there is no room left.
    pub fn add(&mut self, url: &str, via: Via, spot: Spot, limit: usize) -> bool {
        let url = url.trim();
        let inline = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
        if url.is_empty() || url.starts_with('#') || inline {
            return true;
        }
        if self.references.len() >= limit {
            return false;
        }
        let url = url.chars().take(URL_LENGTH).collect();
        self.references.push(Reference { url, via, spot });
        true
    }
}
