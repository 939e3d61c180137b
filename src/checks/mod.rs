//! The checks, one file each: pure functions of facts and settings. They read no bytes, no clock and no environment.

mod accessibility;
pub(crate) mod address;
mod address_given;
mod answer_known;
mod answered_yes;
mod application_form;
mod archive_content;
pub(crate) mod authoring;
mod browser_matrix;
mod dates;
mod delivery_medium;
mod drawing_static;
mod executables;
mod forbidden_extensions;
mod forbidden_links;
pub(crate) mod form;
mod form_field;
mod format_allowed;
mod harmful_code;
mod hidden_content;
mod index_launches;
pub(crate) mod inside;
mod kind_accepted;
mod learning_package;
mod link_form;
mod link_given;
mod links;
pub(crate) mod malware;
mod max_duration;
mod max_size;
pub(crate) mod names;
mod needs_engine;
mod outside_resources;
mod part_named;
mod part_present;
mod personal_data;
mod platform_api;
mod plays_everywhere;
mod position_data;
mod reach;
mod received_within;
pub(crate) mod record;
pub(crate) mod root_index;
mod school_screen;
mod script_errors;
pub(crate) mod sent_once;
mod sent_to;
mod sound;
mod sound_audible;
mod subject_matrix;
mod trackers;
mod visits;
mod voice_heard;
mod whole;
mod zip_archive;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::facts::{Facts, Reference};
use crate::finding::{Level, Message, Place};
use crate::probe::Listen;
use crate::settings::keys;

/// What a check thinks of a submission. No error and nothing unchecked means that the requirement is met.
#[derive(Debug, Default, PartialEq)]
pub struct Opinion {
    /// What was seen, in the order in which it was seen.
    pub seen: Vec<Seen>,
    /// Why a part of the question, or all of it, stays open.
    pub unchecked: Option<Message>,
    /// The requirement speaks of something that this submission need not have.
    pub beside: bool,
}

/// One thing a check saw.
#[derive(Debug, PartialEq)]
pub struct Seen {
    /// An error breaks the requirement; the others do not.
    pub level: Level,
    /// What to say.
    pub message: Message,
    /// Where.
    pub place: Place,
}

impl Opinion {
    fn error(&mut self, message: Message, place: Place) {
        self.seen.push(Seen { level: Level::Error, message, place });
    }

    fn warning(&mut self, message: Message, place: Place) {
        self.seen.push(Seen { level: Level::Warning, message, place });
    }

    fn note(&mut self, message: Message, place: Place) {
        self.seen.push(Seen { level: Level::Note, message, place });
    }

    /// The first reason is kept: it is the nearest to the cause.
    fn unchecked(&mut self, reason: Message) {
        self.unchecked.get_or_insert(reason);
    }
}

/// Settings that do not fit, with the one that does not.
pub type SettingsError = serde_path_to_error::Error<serde_json::Error>;

/// A check with its settings filled in.
pub trait Bound: Send + Sync {
    /// What it thinks of a submission.
    fn opinion(&self, facts: &Facts) -> Opinion;

    /// The links of a submission that it would have services asked for, with the hosts that may be asked. Without the
    /// answers it decides by the form of the links.
    fn links<'a>(&'a self, facts: &'a Facts) -> Vec<Asked<'a>>;

    /// The addresses at which an app reports to services that count, follow or advertise.
    fn counters<'a>(&'a self, facts: &'a Facts) -> Vec<Counter<'a>>;
}

/// A link that a service is to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// As the participant wrote it.
    pub url: &'a str,
    /// The hosts that may be asked, with all below them. What leads elsewhere is not followed.
    pub hosts: Vec<&'a str>,
}

/// An address at which an app reports to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter<'a> {
    /// The file of the app that it stands in, by its name there.
    pub file: &'a str,
    /// The address.
    pub reference: &'a Reference,
    /// The service.
    pub service: String,
}

/// A check as the registry knows it.
pub struct Check {
    /// Kebab-case; the file of the check has the same name.
    pub id: &'static str,
    /// How much of the sound it needs to have been listened to.
    pub listen: Listen,
    /// It needs to know what text documents say.
    pub documents: bool,
    bind: fn(&Value) -> Result<Box<dyn Bound>, SettingsError>,
    schema: fn() -> Schema,
    keys: fn() -> &'static [&'static str],
}

impl Check {
    const fn new<S: Settings>() -> Check {
        Check {
            id: S::CHECK,
            listen: S::LISTEN,
            documents: S::DOCUMENTS,
            bind: bind::<S>,
            schema: schema::<S>,
            keys: keys::<S>,
        }
    }

    /// Fills in settings.
    ///
    /// # Errors
    /// The settings lack something, have something of a wrong type or something that is not known.
    pub fn bind(&self, settings: &Value) -> Result<Box<dyn Bound>, SettingsError> {
        (self.bind)(settings)
    }

    /// JSON Schema of the settings.
    #[must_use]
    pub fn schema(&self) -> Schema {
        (self.schema)()
    }

    /// The names of its settings.
    #[must_use]
    pub fn keys(&self) -> &'static [&'static str] {
        (self.keys)()
    }

    /// The check with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Check> {
        CHECKS.iter().find(|check| check.id == id)
    }
}

/// Settings that belong to a check.
trait Settings: DeserializeOwned + JsonSchema + Send + Sync + 'static {
    const CHECK: &'static str;
    /// How much of the sound it needs to have been listened to.
    const LISTEN: Listen = Listen::Nothing;
    /// It needs to know what text documents say.
    const DOCUMENTS: bool = false;

    fn check(&self, facts: &Facts, opinion: &mut Opinion);

    fn links<'a>(&'a self, _facts: &'a Facts) -> Vec<Asked<'a>> {
        Vec::new()
    }

    fn counters<'a>(&'a self, _facts: &'a Facts) -> Vec<Counter<'a>> {
        Vec::new()
    }
}

impl<S: Settings> Bound for S {
    fn opinion(&self, facts: &Facts) -> Opinion {
        let mut opinion = Opinion::default();
        self.check(facts, &mut opinion);
        opinion
    }

    fn links<'a>(&'a self, facts: &'a Facts) -> Vec<Asked<'a>> {
        Settings::links(self, facts)
    }

    fn counters<'a>(&'a self, facts: &'a Facts) -> Vec<Counter<'a>> {
        Settings::counters(self, facts)
    }
}

fn bind<S: Settings>(value: &Value) -> Result<Box<dyn Bound>, SettingsError> {
    let settings: S = serde_path_to_error::deserialize(value)?;
    Ok(Box::new(settings))
}

fn schema<S: Settings>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<S>()
}

/// Every check, sorted by id.
pub static CHECKS: &[Check] = &[
    Check::new::<accessibility::Accessibility>(),
    Check::new::<address_given::AddressGiven>(),
    Check::new::<answer_known::AnswerKnown>(),
    Check::new::<answered_yes::AnsweredYes>(),
    Check::new::<application_form::ApplicationForm>(),
    Check::new::<crate::settings::ArchiveContent>(),
    Check::new::<browser_matrix::BrowserMatrix>(),
    Check::new::<delivery_medium::DeliveryMedium>(),
    Check::new::<crate::settings::DrawingStatic>(),
    Check::new::<executables::Executables>(),
    Check::new::<crate::settings::ForbiddenExtensions>(),
    Check::new::<crate::settings::ForbiddenLinks>(),
    Check::new::<form_field::FormField>(),
    Check::new::<crate::settings::FormatAllowed>(),
    Check::new::<crate::settings::HarmfulCode>(),
    Check::new::<crate::settings::HiddenContent>(),
    Check::new::<crate::settings::IndexLaunches>(),
    Check::new::<crate::settings::KindAccepted>(),
    Check::new::<learning_package::LearningPackage>(),
    Check::new::<link_form::LinkForm>(),
    Check::new::<link_given::LinkGiven>(),
    Check::new::<crate::settings::Malware>(),
    Check::new::<crate::settings::MaxDuration>(),
    Check::new::<crate::settings::MaxSize>(),
    Check::new::<crate::settings::NeedsEngine>(),
    Check::new::<crate::settings::OutsideResources>(),
    Check::new::<part_named::PartNamed>(),
    Check::new::<part_present::PartPresent>(),
    Check::new::<crate::settings::PersonalData>(),
    Check::new::<crate::settings::PlatformApi>(),
    Check::new::<crate::settings::PlaysEverywhere>(),
    Check::new::<crate::settings::PositionData>(),
    Check::new::<received_within::ReceivedWithin>(),
    Check::new::<crate::settings::RootIndex>(),
    Check::new::<crate::settings::SchoolScreen>(),
    Check::new::<script_errors::ScriptErrors>(),
    Check::new::<sent_once::SentOnce>(),
    Check::new::<sent_to::SentTo>(),
    Check::new::<crate::settings::SoundAudible>(),
    Check::new::<subject_matrix::SubjectMatrix>(),
    Check::new::<trackers::Trackers>(),
    Check::new::<crate::settings::VoiceHeard>(),
    Check::new::<zip_archive::ZipArchive>(),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn checks_are_sorted_and_each_has_its_file() {
        assert!(CHECKS.is_sorted_by(|a, b| a.id < b.id));
        for check in CHECKS {
            let file = format!("{}/src/checks/{}.rs", env!("CARGO_MANIFEST_DIR"), check.id.replace('-', "_"));
            assert!(Path::new(&file).is_file(), "{file}");
        }
    }

    #[test]
    fn the_keys_of_settings_are_those_of_their_schema() {
        for check in CHECKS {
            let schema = check.schema();
            let properties = schema.as_value().get("properties").and_then(Value::as_object);
            let mut known: Vec<&str> = properties.iter().flat_map(|all| all.keys()).map(String::as_str).collect();
            let mut keys = check.keys().to_vec();
            known.sort_unstable();
            keys.sort_unstable();
            assert_eq!(keys, known, "{}", check.id);
        }
    }
}
