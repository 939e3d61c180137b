//! What was measured: plain public data without opinions. Probes write it, checks read it, reports show it.

mod archive;
mod audio;
mod damage;
mod document;
mod format;
mod image;
mod likeness;
mod link;
mod package;
mod preview;
mod prints;
mod record;
mod scan;
mod tool;
mod video;
mod visit;
mod web;

pub use archive::{ArchiveFacts, Conflict, ConflictKind, NameEncoding};
pub use audio::{AudioFacts, SoundFacts, Span, Speech, Unheard};
pub use damage::{Damage, DamageKind};
pub use document::{Block, DocumentFacts};
pub use format::{Format, Kind};
pub use image::{Active, ActiveKind, Color, ImageFacts};
pub use likeness::{Alike, Alikeness, Likeness};
pub use link::{LinkAnswer, LinkFacts, LinkSaid, Unanswered};
pub use package::{PackageFacts, Standard};
pub use preview::Preview;
pub use prints::{ImagePrint, Prints};
pub use record::{Answer, CoverFacts, Origin, Record};
pub use scan::{Scan, Unscanned};
pub use tool::Tool;
pub use video::{Chroma, PictureTrack, SoundTrack, Track, TrackKind, VideoFacts};
pub use visit::{
    Action, Barrier, Browser, ErrorKind, OutsideRequest, RunError, Screen, Step, Unvisited, Use, Visit, Window,
};
pub use web::{ApiUse, Declared, Form, Obfuscated, Obfuscation, Reference, Spot, SyntaxError, Via, WebFacts};

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a file says it is, and what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Identity {
    /// What the bytes are.
    pub format: Format,
    /// The last extension of the name, lower case, without trailing dots and spaces; none if the name has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// The format this extension promises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<Format>,
    /// The extension before the last one, lower case, if it promises a format too, as in `photo.png.jpg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inner_extension: Option<String>,
}

/// Another file in the bytes of a file: behind its end, or at the same place in another reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attached {
    /// What it is.
    pub format: Format,
    /// Where it begins, as a byte offset from the beginning of the outer file.
    pub byte: u64,
}

/// Everything measured in one file, be it on the disk or inside an archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileFacts {
    /// What the file is.
    pub identity: Identity,
    /// Bytes; of a folder the sum of its files.
    pub size: u64,
    /// Bytes the probes asked for; digests are not counted. 0 inside an archive.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bytes_read: u64,
    /// Measured if the file is a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Box<ImageFacts>>,
    /// Measured if the file is a sound recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio: Option<Box<AudioFacts>>,
    /// Measured if the file is a video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<Box<VideoFacts>>,
    /// What was heard, if the file has sound and the profile asks what is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<Box<SoundFacts>>,
    /// Measured if the file is a page, a style sheet, a script, an SVG or JSON. Files with the same bytes share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<Arc<WebFacts>>,
    /// Measured if the file is the manifest of a learning package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<Box<PackageFacts>>,
    /// Read if the file is a text document and somebody asks what such documents say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Box<DocumentFacts>>,
    /// What was seen in browsers, if the file is an app and somebody wants it opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<Visit>,
    /// Read if the file is the cover sheet of a submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Box<CoverFacts>>,
    /// Measured if the file is an archive or a folder that was looked into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle: Option<Box<Bundle>>,
    /// Prints for comparing works, if somebody compares them. They are taken away before anything is judged, so that no
    /// report shows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub prints: Option<Box<Prints>>,
    /// What a person is shown of it in a report, if somebody asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Box<Preview>>,
    /// Other files in the bytes of a picture, a recording or a video.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<Attached>,
    /// What a malware scanner said, if one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<Scan>,
    /// What the organizer's own rules said of its bytes, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Scan>,
    /// What could not be read, or is not as its format wants it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<Damage>,
}

impl FileFacts {
    /// Facts of a file of which no more than its identity and size is known.
    #[must_use]
    pub fn new(identity: Identity, size: u64) -> FileFacts {
        FileFacts {
            identity,
            size,
            bytes_read: 0,
            image: None,
            audio: None,
            video: None,
            sound: None,
            web: None,
            package: None,
            document: None,
            visits: Vec::new(),
            cover: None,
            bundle: None,
            prints: None,
            preview: None,
            attached: Vec::new(),
            scan: None,
            rules: None,
            damage: Vec::new(),
        }
    }

    /// Every file below this one with its route of entry names, nested archives included, in archive order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&[&'a str], &'a Entry)) {
        fn descend<'a>(file: &'a FileFacts, route: &mut Vec<&'a str>, visit: &mut dyn FnMut(&[&'a str], &'a Entry)) {
            for entry in file.bundle.iter().flat_map(|bundle| &bundle.entries) {
                route.push(&entry.name);
                visit(route, entry);
                if let Some(inner) = &entry.file {
                    descend(inner, route, visit);
                }
                route.pop();
            }
        }
        descend(self, &mut Vec::new(), visit);
    }
}

/// The inside of an archive or of an unpacked app.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bundle {
    /// Files and folders, in the order of the central directory; of an unpacked app, sorted by name.
    pub entries: Vec<Entry>,
    /// Sum of the unpacked sizes in bytes, as found (not as declared).
    pub unpacked_size: u64,
    /// How the archive is put together; none for a folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<Box<ArchiveFacts>>,
    /// Why the inside, or a part of it that the entries do not show, was not looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
}

/// One file or folder inside a bundle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The name with `/` between folders, as a person reads it. Never used to write to a disk.
    pub name: String,
    /// The name holds backslashes where the format wants `/`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub backslashes: bool,
    /// It is a folder.
    #[serde(default, skip_serializing_if = "is_false")]
    pub folder: bool,
    /// It is a symbolic link.
    #[serde(default, skip_serializing_if = "is_false")]
    pub link: bool,
    /// It cannot be read without a password.
    #[serde(default, skip_serializing_if = "is_false")]
    pub encrypted: bool,
    /// Unpacked size in bytes as the archive declares it.
    pub size: u64,
    /// Why the bytes were not looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// What the bytes are; none for folders and for entries that were not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileFacts>,
}

/// Why something was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unread {
    /// A password is needed.
    Encrypted,
    /// A packing method or an archive format this program cannot unpack.
    Method,
    /// A limit on sizes, counts or depth stopped it.
    Limit,
    /// It unpacks to so many times its packed size that it is made to fill a computer.
    Bomb,
    /// The time allowed for the submission was up.
    Time,
    /// The bytes are damaged.
    Damaged,
    /// A link, which is never followed.
    Link,
    /// The system refused to give the bytes.
    Refused,
    /// The program failed on it.
    Panic,
    /// The process that measured it ended: it broke down, or the system ended it because it wanted too much memory.
    Crashed,
    /// A table names it, and it is not there.
    Missing,
}

/// Everything measured in one submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Facts {
    /// What the submission is judged as.
    pub kind: Kind,
    /// The kind was set by the caller and not found by content.
    #[serde(default, skip_serializing_if = "is_false")]
    pub kind_given: bool,
    /// Lower-case hexadecimal SHA-256 of the whole file; none for folders and when digests are off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The submission could not be looked at, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// What is known of it from outside its files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Box<Record>>,
    /// What it has in common with others, if somebody compared them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike: Option<Box<Alike>>,
    /// What services said about its links, if they were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Vec<LinkFacts>>,
    /// What was measured in it.
    pub file: FileFacts,
}

impl Facts {
    /// They are what the submission is. Others depend on the day: the time was up, the system or a scanner did not answer.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let passes = |why: Option<Unread>| {
            use Unread::{Crashed, Link, Missing, Panic, Refused, Time};
            !matches!(why, Some(Time | Refused | Panic | Crashed | Missing | Link))
        };
        let mut settled = passes(self.unread) && self.file.is_settled();
        self.file.walk(&mut |_, entry| {
            settled &= passes(entry.unread) || entry.link;
            settled &= entry.file.as_ref().is_none_or(FileFacts::is_settled);
        });
        settled
    }
}

impl FileFacts {
    fn is_settled(&self) -> bool {
        let late = |damage: &Damage| matches!(damage.what, DamageKind::OverTime | DamageKind::ReadError);
        let heard = self.sound.as_ref().and_then(|sound| sound.unheard);
        let passing = |visit: &Visit| visit.broke_off.is_some_and(Unvisited::is_passing);
        let scans = [&self.scan, &self.rules].into_iter().flatten();
        !self.damage.iter().any(late)
            && !self.visits.iter().any(passing)
            && !matches!(heard, Some(Unheard::Time | Unheard::ReadError))
            && !scans.into_iter().any(|scan| matches!(scan, Scan::NotScanned(_)))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}
