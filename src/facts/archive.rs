//! What a ZIP archive says of itself: in its central directory, in the header before each entry, and by where its bytes
//! lie. Programs differ in which of the three they believe, so that a disagreement shows different files to different
//! readers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How an archive is put together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveFacts {
    /// The comment at its end, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// How the names that are not ASCII are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<NameEncoding>,
    /// Sizes or counts are written in 64 bits.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub zip64: bool,
    /// Where its descriptions of itself disagree, each kind once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// How names outside ASCII are written in an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NameEncoding {
    /// UTF-8, and the archive says so.
    Utf8,
    /// UTF-8 by the bytes alone; Windows Explorer shows such names garbled.
    Utf8Unmarked,
    /// IBM866, the DOS code page of a Russian or Kazakh Windows.
    Ibm866,
    /// windows-1251 with the Kazakh letters of KZ-1048.
    Windows1251,
}

/// A disagreement inside an archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// What disagrees.
    pub what: ConflictKind,
    /// How often.
    pub count: u64,
    /// The first entry it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Where the first one lies, as a byte offset from the beginning of the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// The values that disagree in the first one, for the experienced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The kinds of disagreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictKind {
    /// An entry has one name in the directory and another in its own header.
    Name,
    /// … two unpacked sizes.
    Size,
    /// … two packed sizes.
    PackedSize,
    /// … two checksums.
    Checksum,
    /// … two packing methods.
    Method,
    /// … is encrypted by the one and not by the other.
    Encryption,
    /// … two dates.
    Time,
    /// … what follows its data contradicts the directory.
    Descriptor,
    /// … extra fields that are broken or stand in one place alone.
    ExtraField,
    /// Two entries have the same name.
    Duplicate,
    /// The entry of a folder holds bytes, as if it were a file.
    Folder,
    /// An entry lies between the others and is not in the directory.
    Unlisted,
    /// Two entries share bytes.
    Overlap,
    /// Bytes between the entries belong to none.
    Gap,
    /// Bytes stand before the first entry.
    Prefix,
    /// A second end record stands in the comment of the first.
    SecondEnd,
    /// The end record says that the archive goes on in other files.
    Disks,
}

impl ConflictKind {
    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            ConflictKind::Name => "name",
            ConflictKind::Size => "size",
            ConflictKind::PackedSize => "packed-size",
            ConflictKind::Checksum => "checksum",
            ConflictKind::Method => "method",
            ConflictKind::Encryption => "encryption",
            ConflictKind::Time => "time",
            ConflictKind::Descriptor => "descriptor",
            ConflictKind::ExtraField => "extra-field",
            ConflictKind::Duplicate => "duplicate",
            ConflictKind::Folder => "folder",
            ConflictKind::Unlisted => "unlisted",
            ConflictKind::Overlap => "overlap",
            ConflictKind::Gap => "gap",
            ConflictKind::Prefix => "prefix",
            ConflictKind::SecondEnd => "second-end",
            ConflictKind::Disks => "disks",
        }
    }
}
