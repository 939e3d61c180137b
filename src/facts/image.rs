//! What was measured in pictures and drawings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImageFacts {
    /// Pixels across, from the header; of an SVG its user units, if it names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down, from the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Pictures in an animation; 1 for a still picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frames: Option<u32>,
    /// How its colours are stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    /// Bits of one sample of a pixel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_depth: Option<u8>,
    /// It is stored so that it shows as a whole before all of it has come: progressive, interlaced.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub progressive: bool,
    /// How a viewer has to turn or mirror it, as EXIF numbers it, 1 to 8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orientation: Option<u8>,
    /// Its metadata tell where on earth it was taken. The place itself is not kept: reports are handed around.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub position: bool,
    /// All pixels were decoded without an error; a drawing was read to its end.
    pub decoded: bool,
    /// What a drawing (SVG) holds beside shapes, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub active: Vec<Active>,
}

/// How colours are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Color {
    /// Shades of grey.
    Gray,
    /// Red, green, blue, or what is the same to a viewer (`YCbCr`).
    Rgb,
    /// Numbers of a palette.
    Indexed,
    /// Four inks for print; browsers and projectors show it with wrong colours or not at all.
    Cmyk,
}

/// Something in a drawing that acts or is no drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Active {
    /// What it is.
    pub what: ActiveKind,
    /// The line it stands on, from 1.
    pub line: u64,
}

/// The kinds of things in a drawing that act or are no drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActiveKind {
    /// A script.
    Script,
    /// Code in an attribute that runs on an event.
    Handler,
    /// A link whose address is code (`javascript:`).
    CodeLink,
    /// Another language inside the drawing, usually HTML.
    ForeignObject,
}

impl ActiveKind {
    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            ActiveKind::Script => "script",
            ActiveKind::Handler => "handler",
            ActiveKind::CodeLink => "code-link",
            ActiveKind::ForeignObject => "foreign-object",
        }
    }
}
