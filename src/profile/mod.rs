//! Profiles: a document's requirements as data, read from TOML and validated as a whole.

mod builtin;
mod columns;
mod file;
mod settle;
mod syntax;

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::alike::Comparison;
use crate::checks::{Asked, Bound, Check, Counter};
use crate::facts::{Facts, Kind};
use crate::finding::{Level, Message};
use crate::probe::{Limits, Listen};
use crate::settings::jury::Jury;

pub use builtin::BUILTIN;
pub use columns::Columns;
pub use file::{schema, unknown};

/// A text in the three languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Texts {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

/// How binding a requirement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// Breaking it makes a submission non-compliant.
    Must,
    /// Advice.
    Should,
    /// Permission.
    May,
    /// Information.
    Info,
}

impl Modality {
    /// The kebab-case id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Modality::Must => "must",
            Modality::Should => "should",
            Modality::May => "may",
            Modality::Info => "info",
        }
    }
}

/// How what lies in a folder is divided into submissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Division {
    /// Every file in it, however deep, is a submission of its own kind.
    #[default]
    Files,
    /// Every entry of it is one participant's: a folder, an archive, a file. Its kind is `submission`.
    Entries,
}

/// The check that decides a requirement, with its settings.
pub struct Decision {
    /// The check.
    pub check: &'static Check,
    /// Its settings as the profile wrote them, lists filled in.
    pub settings: Value,
    /// The check bound to these settings.
    pub bound: Box<dyn Bound>,
}

/// One clause of a document.
pub struct Requirement {
    /// Kebab-case id, unique in its profile.
    pub id: Arc<str>,
    /// The clause, such as `A4 ¶45(1)`.
    pub clause: String,
    /// The program derived it; the document does not state it as a clause of its own.
    pub derived: bool,
    /// How binding it is, after the profile's changes.
    pub modality: Modality,
    /// The most that its findings may weigh.
    pub level: Level,
    /// The kinds of material it speaks of.
    pub applies_to: Vec<Kind>,
    /// The kinds of files in a submission that the check looks at, one by one; none if it looks at the whole.
    pub parts: Vec<Kind>,
    /// The words of the source, by language code.
    pub quote: Vec<(String, String)>,
    /// What is required, in a line.
    pub title: Texts,
    /// Why it matters.
    pub why: Texts,
    /// What to do when it is not met.
    pub help: Texts,
    /// How an unclear clause is read.
    pub note: Option<Texts>,
    /// What decides it; none for a checklist item.
    pub decision: Option<Decision>,
}

/// An organizer's decision that a requirement does not count for a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    /// The requirement's id.
    pub requirement: Arc<str>,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub expires: Date,
    /// Where it stands in the profile's file: name and line from 1.
    pub place: (String, u64),
}

/// A validated profile.
pub struct Profile {
    /// Kebab-case id.
    pub id: String,
    /// Version of the document or of the profile.
    pub version: String,
    /// Short name.
    pub title: Texts,
    /// Full name of the source.
    pub source: Texts,
    /// What is one submission.
    pub division: Division,
    /// Lower-case hexadecimal SHA-256 of all the files it was read from.
    pub sha256: String,
    /// In the order of the document.
    pub requirements: Vec<Requirement>,
    /// In the order of the file.
    pub waivers: Vec<Waiver>,
    /// How much may be read, unpacked and held of a submission.
    pub limits: Limits,
    /// The columns that a table of what came in may have.
    pub columns: Columns,
    /// How works are compared with one another, if they are.
    pub alike: Option<Comparison>,
    /// How the sheet for the jury looks, if there is one.
    pub(crate) jury: Option<Jury>,
}

impl Profile {
    /// How much of the sound of a submission its checks need to have been listened to.
    #[must_use]
    pub fn listen(&self) -> Listen {
        let checks = self.requirements.iter().filter_map(|requirement| requirement.decision.as_ref());
        checks.map(|decision| decision.check.listen).max().unwrap_or_default()
    }

    /// Its checks need to know what text documents say.
    #[must_use]
    pub fn documents(&self) -> bool {
        let mut checks = self.requirements.iter().filter_map(|requirement| requirement.decision.as_ref());
        checks.any(|decision| decision.check.documents)
    }

    /// The links of a submission that its checks would have services asked for, each once.
    #[must_use]
    pub fn links<'a>(&'a self, facts: &'a Facts) -> Vec<Asked<'a>> {
        let mut links: Vec<Asked<'_>> = Vec::new();
        for asked in self.checks_of(facts).flat_map(|check| check.links(facts)) {
            if !links.iter().any(|known| known.url == asked.url) {
                links.push(asked);
            }
        }
        links
    }

    /// The addresses at which an app reports to services that its checks refuse.
    #[must_use]
    pub fn counters<'a>(&'a self, facts: &'a Facts) -> Vec<Counter<'a>> {
        self.checks_of(facts).flat_map(|check| check.counters(facts)).collect()
    }

    /// The checks of the requirements that speak of a submission.
    fn checks_of(&self, facts: &Facts) -> impl Iterator<Item = &dyn Bound> {
        let speaking = self.requirements.iter().filter(|requirement| requirement.applies_to.contains(&facts.kind));
        speaking.filter_map(|requirement| Some(&*requirement.decision.as_ref()?.bound))
    }

    /// The built-in profile with this id.
    ///
    /// # Errors
    /// There is none, or it is broken, which a test excludes.
    pub fn builtin(id: &str) -> Result<Profile, Problems> {
        settle::builtin(id, &[])
    }

    /// The built-in profile with this id, with more lines in its lists.
    ///
    /// # Errors
    /// There is none, or it is broken, which a test excludes.
    pub fn builtin_with(id: &str, more: &[MoreLines<'_>]) -> Result<Profile, Problems> {
        settle::builtin(id, more)
    }

    /// A profile from the text of a TOML file; `name` is what problems call the file.
    ///
    /// # Errors
    /// Everything that is wrong with the file, at once.
    pub fn from_toml(name: &str, text: &str) -> Result<Profile, Problems> {
        settle::custom(name, text, &[])
    }

    /// A profile from the text of a TOML file, with more lines in its lists.
    ///
    /// # Errors
    /// Everything that is wrong with the file, at once.
    pub fn from_toml_with(name: &str, text: &str, more: &[MoreLines<'_>]) -> Result<Profile, Problems> {
        settle::custom(name, text, more)
    }

    /// The requirement with this id.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| &*requirement.id == id)
    }
}

/// Lines that an organizer adds to a list of a profile without writing a profile: more trackers, for one.
#[derive(Clone, Copy, Debug)]
pub struct MoreLines<'a> {
    /// The list.
    pub list: &'a str,
    /// Its lines.
    pub text: &'a str,
}

/// Something wrong in a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The file, as its reader called it.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub message: Message,
}

/// Everything wrong in a profile, in the order of its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            let (file, line, message) = (&problem.file, problem.line, &problem.message);
            writeln!(f, "{file}:{line}: {} {:?}", message.id, message.arguments)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
