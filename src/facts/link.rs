//! What services said when they were asked for links.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A link of a submission, and what its service said about it. Only headers were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LinkFacts {
    /// As the participant wrote it.
    pub url: String,
    /// What was said.
    pub said: LinkSaid,
}

/// What a service said about a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkSaid {
    /// It answered.
    Answer(LinkAnswer),
    /// It did not answer, or not so that one could tell anything.
    Nothing(Unanswered),
}

/// The headers of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LinkAnswer {
    /// Status of HTTP, as 200 or 404. One of 300 to 399 says that the link leads to a host that was not asked.
    pub status: u16,
    /// The host that the link leads to in the end, lower case.
    pub host: String,
    /// What lies there, as `video/mp4`, lower case; none if the service does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The service wants it to be saved as a file, not shown.
    #[serde(default)]
    pub attachment: bool,
    /// Bytes of it, if the service says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// Why a link has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unanswered {
    /// It could not be connected to: no network, or the host is down.
    Unreachable,
    /// It did not answer in time.
    Time,
    /// It leads from one address to the next without an end.
    Circle,
    /// The answer is none that a service gives, or the address is none that can be asked.
    NotUnderstood,
    /// The service had not answered several times in a row, and was not asked any more.
    GivenUp,
}

impl Unanswered {
    /// The kebab-case id used in reports and message catalogues.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Unanswered::Unreachable => "unreachable",
            Unanswered::Time => "time",
            Unanswered::Circle => "circle",
            Unanswered::NotUnderstood => "not-understood",
            Unanswered::GivenUp => "given-up",
        }
    }
}
