//! What was measured in sound recordings, and what was heard in any sound.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sound recording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AudioFacts {
    /// Seconds of sound, from the samples that are there and not from what a header declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Seconds of sound as the file declares it, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_duration: Option<f64>,
    /// Samples a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<u32>,
    /// Number of channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<u16>,
    /// The codec's usual name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// Bits of one sample, of a recording that is not packed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_depth: Option<u16>,
    /// Bits of sound a second, on average, tags not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_rate: Option<u64>,
    /// Its frames have more than one bit rate (VBR).
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub variable: bool,
}

/// What was heard in the sound of a recording or of a video. Levels are in dBFS: 0 is the loudest there can be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SoundFacts {
    /// Seconds of sound that were decoded. Listening ends as soon as the answer is sure.
    pub listened: f64,
    /// All of the track was listened to, so that what was not heard is not there.
    pub complete: bool,
    /// Loudest sample of each channel; none where a channel holds nothing but zeros.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub peaks: Vec<Option<f64>>,
    /// Decibels between the quieter and the louder tenths of seconds (their 5th and 95th of 100 parts). Below 3 the sound
    /// never changes: a tone, a hum or noise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<f64>,
    /// What a detector of voices says. It is a guess, never a proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speech: Option<Speech>,
    /// Why nothing, or not all that was wanted, was listened to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unheard: Option<Unheard>,
}

/// What a detector of voices says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Speech {
    /// Seconds that sound like speech, of those that were listened to.
    pub seconds: f64,
    /// Their share, from 0 to 1, of the seconds in which anything was to be heard.
    pub share: f64,
    /// Where they are, in order; the longest ones if there are many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

/// A part of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// Seconds from the beginning of the recording.
    pub start: f64,
    /// Seconds from the beginning of the recording, behind its end.
    pub end: f64,
}

/// Why sound was not listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unheard {
    /// It is packed in a way that this program cannot decode.
    Codec,
    /// The decoder gave up on it.
    Undecodable,
    /// A password or a key is needed.
    Encrypted,
    /// It is longer than this program listens to.
    Limit,
    /// The time allowed for the submission was up.
    Time,
    /// The system could not deliver its bytes.
    ReadError,
}

impl Unheard {
    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Unheard::Codec => "codec",
            Unheard::Undecodable => "undecodable",
            Unheard::Encrypted => "encrypted",
            Unheard::Limit => "limit",
            Unheard::Time => "time",
            Unheard::ReadError => "read-error",
        }
    }
}
