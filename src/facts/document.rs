//! What was read in text documents: their words, in the order of reading, and nothing of how they look.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Unread;

/// The words of a text document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentFacts {
    /// Paragraphs and rows of tables, in the order of reading. What has no words is left out, but for rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Pictures in it, each time one is shown.
    #[serde(default)]
    pub pictures: u32,
    /// Pages: counted in a PDF; in others what the program that wrote it last said, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Why it was not read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
}

/// A part of a document.
///
/// White space in it is tidied: every run of it is one space, there is none at the ends, and marks that only say where a
/// word may break are gone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph, or a line of one where the author or the format ends lines by hand.
    Paragraph(String),
    /// A row of a table, cell by cell. Paragraphs in a cell stand on lines of their own (`\n`); a cell that is merged with
    /// one above it is empty, one that spans columns is there once. Rows of a table in a cell follow the row of that cell.
    Row(Vec<String>),
}

/// Letters and digits a page below which a document that shows pictures is taken for a scan: what a scanner or a page
/// number leaves there.
const FEW: usize = 40;

impl DocumentFacts {
    /// A document of which nothing was read.
    #[must_use]
    pub fn unread(why: Unread) -> DocumentFacts {
        DocumentFacts { unread: Some(why), ..DocumentFacts::default() }
    }

    /// Pictures of pages, and (nearly) no words: only a person, or a program that recognises letters, can read it.
    #[must_use]
    pub fn is_scan(&self) -> bool {
        let few = FEW * self.pages.unwrap_or(1).max(1) as usize;
        self.pictures > 0 && self.texts().flat_map(str::chars).filter(|c| c.is_alphanumeric()).take(few).count() < few
    }

    /// Every paragraph and every cell, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(text) => std::slice::from_ref(text).iter().map(String::as_str),
            Block::Row(cells) => cells.iter().map(String::as_str),
        })
    }
}
