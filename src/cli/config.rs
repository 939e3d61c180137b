//! `tekser.toml`: what an organizer does not want to type every time. It is looked for beside the first path and upwards from
//! there, never inside what is checked: nothing that a participant hands in can alter how it is judged.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::Trouble;
use super::args::{Checking, ConfigShow};
use crate::finding::Message;
use crate::locale::{Language, Locale};
use crate::pack::Material;
use crate::profile::{Profile, Waiver, unknown};

/// The name of the file.
const NAME: &str = "tekser.toml";

/// The profile, if nobody names one.
pub(super) const PROFILE: &str = "order-121";

/// Seconds that a submission may take, if nobody says.
pub(super) const TIME_LIMIT: u64 = 120;

/// Mebibytes that a process of its own may have, if nobody says. The largest picture that is decoded takes half a gibibyte.
pub(super) const MEMORY_LIMIT: u64 = 2048;

/// What may stand in the file. Paths are relative to its folder.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Config {
    profile: Option<String>,
    lang: Option<String>,
    jobs: Option<usize>,
    time_limit: Option<u64>,
    isolate: Option<bool>,
    memory_limit: Option<u64>,
    clamd: Option<String>,
    #[serde(default)]
    yara: Vec<PathBuf>,
    #[serde(default)]
    tracker_list: Vec<PathBuf>,
    cache: Option<PathBuf>,
    #[serde(default)]
    browser: Vec<String>,
    online: Option<bool>,
    require_complete: Option<bool>,
    /// Outside hosts that apps may use.
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    waive: Vec<Waived>,
    /// What authors say of the material that they pack.
    #[serde(default)]
    pub material: Material,
    /// Where it was found, as the user is shown it.
    #[serde(skip)]
    pub path: Option<String>,
    #[serde(skip)]
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Waived {
    requirement: Spanned<String>,
    reason: String,
    expires: toml::value::Datetime,
}

impl Config {
    /// The file that holds for these arguments; an empty one if there is none.
    pub(super) fn find(arguments: &Checking, locale: &Locale) -> Result<Config, Trouble> {
        if arguments.no_config {
            return Ok(Config::default());
        }
        if let Some(path) = &arguments.config {
            return Config::read(path, locale);
        }
        let registry = arguments.registry.iter().filter(|_| arguments.paths.is_empty());
        let found: BTreeSet<PathBuf> = arguments.paths.iter().chain(registry).filter_map(|path| above(path)).collect();
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (None, _) => Ok(Config::default()),
            (Some(path), None) => Config::read(&path, locale),
            (Some(a), Some(b)) => {
                let message = Message::new("error-config-two").with("a", a.display().to_string());
                Err(Trouble::Told(locale.text(&message.with("b", b.display().to_string()))))
            }
        }
    }

    fn read(path: &Path, locale: &Locale) -> Result<Config, Trouble> {
        let shown = path.display().to_string();
        let told = |line: Option<usize>, error: &str| {
            let place = line.map_or(shown.clone(), |line| format!("{shown}:{line}"));
            let message = Message::new("error-config").with("path", place).with("error", error);
            Trouble::Told(locale.text(&message))
        };
        let text = std::fs::read_to_string(path).map_err(|error| told(None, &error.to_string()))?;
        let mut config: Config = toml::from_str(&text).map_err(|error| {
            let line = error.span().map(|span| line_of(&text, span.start));
            told(line, error.message())
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let paths = config.yara.iter_mut().chain(&mut config.tracker_list).chain(&mut config.cache);
        paths.for_each(|path| *path = folder.join(&*path));
        // A profile is an id, or a file, which is named by its extension.
        let is_file = |profile: &String| Path::new(profile).extension().is_some_and(|extension| extension == "toml");
        config.profile = config
            .profile
            .map(|profile| if is_file(&profile) { folder.join(profile).display().to_string() } else { profile });
        if let Some(code) = &config.lang
            && Language::of_code(code).is_none()
        {
            return Err(told(None, &format!("lang = \"{code}\": kk, ru, en")));
        }
        (config.path, config.text) = (Some(shown), text);
        Ok(config)
    }

    /// The language that the file asks for.
    pub(super) fn language(&self) -> Option<Language> {
        self.lang.as_deref().and_then(Language::of_code)
    }

    /// What was typed, filled up with what stands in the file. What was typed goes first.
    pub(super) fn fill(&self, mut typed: Checking) -> Checking {
        let measuring = &mut typed.measuring;
        measuring.jobs = measuring.jobs.or(self.jobs);
        measuring.time_limit = measuring.time_limit.or(self.time_limit);
        measuring.clamd = measuring.clamd.take().or_else(|| self.clamd.clone());
        measuring.yara.extend(self.yara.iter().cloned());
        typed.tracker_list.extend(self.tracker_list.iter().cloned());
        typed.cache = typed.cache.take().or_else(|| self.cache.clone());
        if typed.browser.is_empty() {
            typed.browser.clone_from(&self.browser);
        }
        typed.isolate |= self.isolate.unwrap_or_default();
        typed.memory_limit = typed.memory_limit.or(self.memory_limit);
        typed.online |= self.online.unwrap_or_default();
        typed
    }

    /// The profile in force.
    pub(super) fn profile<'a>(&'a self, typed: Option<&'a str>) -> &'a str {
        typed.or(self.profile.as_deref()).unwrap_or(PROFILE)
    }

    pub(super) fn require_complete(&self, typed: bool) -> bool {
        typed || self.require_complete.unwrap_or_default()
    }

    /// Hosts that apps may use, a line each.
    pub(super) fn hosts(&self) -> String {
        self.hosts.join("\n")
    }

    /// Adds the waivers to the profile, which is then another one.
    pub(super) fn waive(&self, profile: &mut Profile, locale: &Locale) -> Result<(), Trouble> {
        let shown = self.path.clone().unwrap_or_default();
        for waived in &self.waive {
            let line = line_of(&self.text, waived.requirement.span().start);
            let told = |error: String| {
                let message = Message::new("error-config").with("path", format!("{shown}:{line}"));
                Trouble::Told(locale.text(&message.with("error", error)))
            };
            let Some(requirement) = profile.requirement(waived.requirement.as_ref()) else {
                let known: Vec<&str> = profile.requirements.iter().map(|requirement| &*requirement.id).collect();
                let message = unknown("profile-unknown-requirement", waived.requirement.as_ref(), &known);
                return Err(told(locale.text(&message)));
            };
            let expires = waived.expires.to_string().parse().map_err(|error: jiff::Error| told(error.to_string()))?;
            let requirement = requirement.id.clone();
            profile.waivers.push(Waiver {
                requirement,
                reason: waived.reason.clone(),
                expires,
                place: (shown.clone(), line as u64),
            });
        }
        if !self.waive.is_empty() {
            let mut hash = Sha256::new();
            hash.update(&profile.sha256);
            hash.update(&self.text);
            profile.sha256 = crate::hex(&hash.finalize());
        }
        Ok(())
    }
}

/// The file beside a path, or above it; never inside.
fn above(path: &Path) -> Option<PathBuf> {
    let whole = path.canonicalize().ok()?;
    whole.ancestors().skip(1).map(|folder| folder.join(NAME)).find(|file| file.is_file())
}

fn line_of(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(1, |before| before.matches('\n').count() + 1)
}

/// `tekser config show`: what is in force, and where each value comes from.
pub(super) fn show(arguments: &ConfigShow, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
    let config = match &arguments.config {
        Some(path) => Config::read(path, locale)?,
        None => above(&arguments.path).map_or_else(|| Ok(Config::default()), |path| Config::read(&path, locale))?,
    };
    let paths = |paths: &[PathBuf]| {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        (!paths.is_empty()).then(|| paths.join(", "))
    };
    let waived = config
        .waive
        .iter()
        .map(|waived| format!("{} ({}: {})", waived.requirement.as_ref(), waived.expires, waived.reason));
    let waived: Vec<String> = waived.collect();
    let rows = [
        ("profile", config.profile.clone(), PROFILE.to_owned()),
        ("lang", config.lang.clone(), locale.language().code().to_owned()),
        ("jobs", config.jobs.map(|jobs| jobs.to_string()), "0".to_owned()),
        ("time-limit", config.time_limit.map(|seconds| seconds.to_string()), TIME_LIMIT.to_string()),
        ("isolate", config.isolate.map(|isolate| isolate.to_string()), "false".to_owned()),
        ("memory-limit", config.memory_limit.map(|mebibytes| mebibytes.to_string()), MEMORY_LIMIT.to_string()),
        ("clamd", config.clamd.clone(), "-".to_owned()),
        ("yara", paths(&config.yara), "-".to_owned()),
        ("tracker-list", paths(&config.tracker_list), "-".to_owned()),
        ("cache", config.cache.as_ref().map(|path| path.display().to_string()), "-".to_owned()),
        ("browser", (!config.browser.is_empty()).then(|| config.browser.join(", ")), "-".to_owned()),
        ("online", config.online.map(|online| online.to_string()), "false".to_owned()),
        ("require-complete", config.require_complete.map(|complete| complete.to_string()), "false".to_owned()),
        ("hosts", (!config.hosts.is_empty()).then(|| config.hosts.join(", ")), "-".to_owned()),
        ("waive", (!waived.is_empty()).then(|| waived.join("; ")), "-".to_owned()),
        ("material.title", Some(config.material.title.clone()).filter(|title| !title.is_empty()), "-".to_owned()),
    ];
    let file = config.path.clone().unwrap_or_default();
    for (key, set, default) in rows {
        match set {
            Some(value) => writeln!(out, "{key} = {value}  # {file}")?,
            None => writeln!(out, "{key} = {default}  # {}", locale.plain("config-default"))?,
        }
    }
    Ok(())
}
