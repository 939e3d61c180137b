//! The receipt of a package: what it is, what was said of it, and by which profile. Whoever has both can tell whether the
//! package is still the one that was checked. It is no signature: who can write the package can write a receipt too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::judge::Verdict;

/// What a receipt says it is.
pub const FORMAT: &str = "tekser-receipt";

/// The version of its format.
pub const VERSION: u32 = 1;

/// A receipt as it is written beside a package.
#[derive(Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// Always `tekser-receipt`.
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// The version of tekser that packed.
    pub tekser: String,
    /// When it was packed and checked, in UTC.
    pub packed: String,
    /// What it was packed from: the last part of the path.
    pub source: String,
    /// The package as a whole: the last part of its path.
    pub package: FileDigest,
    /// What it was judged by.
    pub profile: JudgedBy,
    /// What came of that.
    pub verdict: Verdict,
    /// What was put right on the way, and what was made for a learning platform.
    pub repairs: Vec<Repaired>,
    /// Every file in it, by name.
    pub files: Vec<FileDigest>,
}

/// A file and its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileDigest {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hexadecimal SHA-256.
    pub sha256: String,
}

/// A profile in a certain state.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedBy {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its files, lower-case hexadecimal.
    pub sha256: String,
}

/// Something that was put right or made.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repaired {
    /// The name of the repair, or of the standard that something was made for.
    pub repair: String,
    /// What it was done to, or what was made.
    pub what: Vec<String>,
}

/// How files differ from those that a receipt names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// They have another content.
    pub changed: Vec<String>,
    /// They are not there.
    pub gone: Vec<String>,
    /// They were not there.
    pub new: Vec<String>,
}

impl Receipt {
    /// Where these files differ from those of the package.
    #[must_use]
    pub fn differences(&self, files: &[FileDigest]) -> Differences {
        let mut differences = Differences::default();
        for known in &self.files {
            match files.iter().find(|file| file.name == known.name) {
                None => differences.gone.push(known.name.clone()),
                Some(file) if file != known => differences.changed.push(known.name.clone()),
                Some(_) => {}
            }
        }
        let new = files.iter().filter(|file| self.files.iter().all(|known| known.name != file.name));
        differences.new = new.map(|file| file.name.clone()).collect();
        differences
    }
}
