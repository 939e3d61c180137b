//! What a material is, in the words of its author: what ¶41 and ¶44 of the order of 2020 want to be said of each, and the
//! parts that a course is made of.

use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What an author says of a material.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Material {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The level of education, or the class that it is for.
    pub level: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The language that it is in, as a language tag: `kk`, `ru`.
    pub language: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// What it was taken from.
    pub source: Option<String>,
    /// The pages that a platform lists, in their order; none if there is only the start page.
    pub item: Vec<Item>,
}

/// A part of a course.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The page that it begins with, as its author knows it.
    pub page: String,
    /// Its title.
    pub title: String,
}

impl Material {
    /// What ¶44 wants and is not said, by the names of the fields.
    #[must_use]
    pub fn lacking(&self) -> Vec<&'static str> {
        let fields = [
            ("description", self.description.is_some()),
            ("keywords", !self.keywords.is_empty()),
            ("level", self.level.is_some()),
            ("subject", self.subject.is_some()),
            ("language", self.language.is_some()),
            ("author", self.author.is_some()),
        ];
        fields.into_iter().filter(|(_, said)| !said).map(|(name, _)| name).collect()
    }

    /// A name for the material, or for a page of it, that no other has and that stays from version to version, as long as
    /// its title, author, subject, level and language do. A UUID of version 8.
    pub(super) fn uuid(&self, page: &str) -> String {
        let Material { title, author, subject, level, language, .. } = self;
        let mut hash = Sha256::new();
        for field in [Some(title), author.as_ref(), subject.as_ref(), level.as_ref(), language.as_ref()] {
            hash.update(field.map_or("", String::as_str));
            hash.update([0]);
        }
        hash.update(page);
        let hex = crate::hex(&hash.finalize());
        format!("{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..30])
    }
}
