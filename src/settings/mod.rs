//! What a profile may ask of each check. Keys are kebab-case; keys that are not here are refused. Every number and list
//! that a check compares with comes from here, so that a document can be read in a profile and not in code.

pub(crate) mod jury;
mod keys;
pub(crate) mod names;

pub(crate) use keys::keys;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::{Chroma, Color, Format, Kind};

/// Settings of `kind-accepted`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KindAccepted {
    /// Kinds that may be handed in as files.
    pub accepted: Vec<Kind>,
    /// Kinds that the document knows without saying in which file form they come; a person decides about them.
    #[serde(default)]
    pub unspecified: Vec<Kind>,
}

/// Settings of `format-allowed`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FormatAllowed {
    /// Formats that the bytes may have.
    pub formats: Vec<Format>,
    /// Extensions that the name may end with, lower case, without dots.
    pub extensions: Vec<String>,
}

/// Settings of `max-size`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MaxSize {
    /// Bytes a file may have.
    pub max_bytes: u64,
    /// Bytes above which a note is given, where a megabyte can be read in two ways.
    pub note_above_bytes: Option<u64>,
}

/// Settings of `max-duration`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MaxDuration {
    /// Seconds a recording may last.
    pub max_seconds: f64,
    /// Seconds more that are let pass, because containers round to whole frames of sound.
    #[serde(default)]
    pub tolerance_seconds: f64,
    /// Seconds that the length a file declares may differ from the one measured; both limits must be passed before
    /// anything is said. Without them what a file declares is not looked at.
    pub contradiction_seconds: Option<f64>,
    /// The same as a share of the length measured.
    pub contradiction_share: Option<f64>,
}

/// Settings of `plays-everywhere`. Codecs that are not listed are told.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlaysEverywhere {
    /// Containers of video that some browser does not open.
    pub rare_formats: Vec<Format>,
    /// Codecs of pictures in videos, by the four characters of the sample entry.
    pub picture_codecs: Vec<String>,
    /// Codecs of sound in videos, by the name that the facts give as profile or, without one, by the four characters.
    pub sound_codecs: Vec<String>,
    /// Codecs of sound recordings.
    pub recording_codecs: Vec<String>,
    /// How finely the colours of a video may be stored.
    pub chroma: Vec<Chroma>,
    /// Bits of one sample of a video.
    pub max_bit_depth: u8,
    /// How the colours of a picture may be stored.
    pub colors: Vec<Color>,
}

/// Settings of `school-screen`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SchoolScreen {
    /// Frames a second that old computers and projectors can follow.
    pub max_frame_rate: f64,
    /// Let pass what is stored as half pictures.
    #[serde(default)]
    pub interlaced: bool,
    /// Let pass what is higher than wide only because a mark turns it.
    #[serde(default)]
    pub turned_portrait: bool,
}

/// Settings of `sound-audible`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SoundAudible {
    /// A channel whose loudest sample stays below this many dBFS is silent.
    pub silence_dbfs: f64,
    /// Sound whose level moves by less than this many decibels from beginning to end is a tone, a hum or noise.
    pub steady_decibels: f64,
}

/// Settings of `voice-heard`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VoiceHeard {
    /// A channel whose loudest sample stays below this many dBFS is silent.
    pub silence_dbfs: f64,
    /// Sound whose level moves by less than this many decibels from beginning to end is a tone, a hum or noise.
    pub steady_decibels: f64,
    /// Seconds that must sound like speech before a voice is taken as heard.
    pub min_speech_seconds: f64,
    /// Share of the time in which anything is heard that must sound like speech.
    pub min_speech_share: f64,
}

/// Settings of `hidden-content`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HiddenContent {
    /// Formats that cameras attach to their pictures, which is only worth a note.
    pub cameras_attach: Vec<Format>,
}

/// Settings of `position-data`: none.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PositionData {}

/// Settings of `drawing-static`: none.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DrawingStatic {}

/// Settings of `archive-content`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ArchiveContent {
    /// Extensions that the document names or means.
    pub expected_extensions: Vec<String>,
    /// Extensions that ordinary apps hold beside them.
    #[serde(default)]
    pub usual_extensions: Vec<String>,
}

/// Settings of `root-index`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RootIndex {
    /// The file that must lie at the root, to the letter.
    pub name: String,
}

/// Settings of `index-launches`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndexLaunches {
    /// The page that starts the app.
    pub name: String,
}

/// Settings of `needs-engine`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NeedsEngine {
    /// What would have to be asked.
    pub engine: Engine,
}

/// A program outside this one that a requirement needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// Something that reads what is written on pictures and understands speech.
    Recognition,
}

/// Settings of `malware`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Malware {
    /// Rules of the organizer's own are enough, without a scanner that knows what malware there is.
    #[serde(default)]
    pub rules_suffice: bool,
}

/// Settings of `platform-api`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlatformApi {
    /// Hosts of the platform's interface.
    pub hosts: Vec<String>,
}

/// Settings of `forbidden-extensions`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ForbiddenExtensions {
    /// Extensions that the document forbids.
    pub extensions: Vec<ForbiddenExtension>,
    /// Extensions that are dangerous and that the document does not name.
    #[serde(default)]
    pub advice_extensions: Vec<AdviceExtension>,
}

/// Settings of `forbidden-links`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ForbiddenLinks {
    /// Extensions that a link must not end with.
    pub extensions: Vec<ForbiddenExtension>,
}

/// A forbidden extension and how the document prints it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ForbiddenExtension {
    /// What is printed, which a translation program may have garbled.
    pub printed: String,
    /// What is meant, lower case, without a dot.
    pub extension: String,
    /// How sure the reading is, from 0 to 1.
    pub confidence: f64,
    /// Why it is read so.
    pub reason: String,
}

/// A dangerous extension of a well-known list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AdviceExtension {
    /// Lower case, without a dot.
    pub extension: String,
    /// The list it is from.
    pub reason: String,
}

/// Settings of `harmful-code`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HarmfulCode {
    /// Hosts that serve code which harms.
    pub hosts: Vec<Host>,
}

/// A host that a list names.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Host {
    /// The host; hosts below it are meant too.
    pub host: String,
    /// What people call it.
    pub name: String,
    /// Only paths that begin so (or after a star, end so) are meant, where the host serves innocent things too.
    pub path: Option<String>,
}

/// Settings of `outside-resources`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OutsideResources {
    /// Hosts that apps may use.
    #[serde(default)]
    pub allowed_hosts: Vec<String>,
    /// Hosts that stand in code as names and are never loaded.
    #[serde(default)]
    pub namespace_hosts: Vec<Host>,
}

/// Settings of `personal-data`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PersonalData {
    /// Words in the names and labels of form fields that ask about a person.
    pub field_words: Vec<String>,
    /// Interfaces of the browser that tell about a person.
    pub interfaces: Vec<String>,
    /// Hosts that apps may send to.
    #[serde(default)]
    pub allowed_hosts: Vec<String>,
    /// Hosts that stand in code as names and are never loaded.
    #[serde(default)]
    pub namespace_hosts: Vec<Host>,
}
