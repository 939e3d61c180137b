//! Bytes to facts, one format a file. A probe measures and never judges, and it never fails: what is broken or too
//! large is itself a fact ([`Damage`]). Budgets come before allocation.

mod archive;
mod attached;
mod authoring;
pub(crate) mod bundle;
mod cover;
mod css;
mod document;
mod ear;
mod exif;
mod gif;
mod html;
mod jpeg;
mod json;
mod known;
mod listen;
mod mp3;
mod mp4;
mod package;
mod picture;
mod png;
mod preview;
pub(crate) mod prints;
mod script;
mod svg;
mod text;
mod wav;

pub use bundle::Member;
pub use known::Known;
pub(crate) use text::decoded;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::{
    CoverFacts, Damage, DamageKind, Facts, FileFacts, Format, Kind, PackageFacts, Scan, TrackKind, Unread,
};
use crate::identify::{by_name, identify, kind_of};
use crate::source::{Counted, Shortage, Source};

/// How much a probe may read, unpack and hold. A limit that is met is told as [`DamageKind::OverLimit`]. A profile can set
/// each of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limits {
    /// Entries of an archive that are listed, nested ones counted anew.
    pub entries: usize,
    /// Bytes of one entry that are held in memory to be probed; larger ones are unpacked and checked, not held.
    pub held_bytes: u64,
    /// Unpacked bytes of a whole submission.
    pub unpacked_bytes: u64,
    /// How many times its packed size a submission may unpack to before it counts as a bomb.
    pub unpacked_ratio: u64,
    /// Unpacked bytes below which the ratio is not looked at: small things pack well.
    pub ratio_from_bytes: u64,
    /// Archives inside archives that are opened.
    pub depth: u8,
    /// Pixels of one picture that are decoded.
    pub pixels: u64,
    /// Bytes of one file on the disk that are read to measure it; those that are read twice count twice. What reads every byte
    /// once, digests and scanners, is not counted.
    pub read_bytes: u64,
    /// Bytes of a text (page, script, drawing) that are read.
    pub text_bytes: u64,
    /// Addresses kept from one page or script.
    pub references: usize,
    /// Seconds of one recording that are listened to.
    pub sound_seconds: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            entries: 100_000,
            held_bytes: 32 << 20,
            unpacked_bytes: 4 << 30,
            unpacked_ratio: 200,
            ratio_from_bytes: 256 << 20,
            depth: 3,
            pixels: 120_000_000,
            read_bytes: 16 << 30,
            text_bytes: 128 << 20,
            references: 20_000,
            sound_seconds: 3_600.0,
        }
    }
}

/// When a submission has had its time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deadline {
    moment: Option<Instant>,
    stop: Option<&'static AtomicBool>,
}

impl Deadline {
    /// At this moment.
    #[must_use]
    pub fn at(moment: Instant) -> Deadline {
        Deadline { moment: Some(moment), stop: None }
    }

    /// Never; also what a system without a clock uses.
    #[must_use]
    pub fn never() -> Deadline {
        Deadline { moment: None, stop: None }
    }

    /// The same, or as soon as somebody wants it.
    #[must_use]
    pub fn or_when(self, stop: &'static AtomicBool) -> Deadline {
        Deadline { stop: Some(stop), ..self }
    }

    /// The time is up.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.moment.is_some_and(|moment| Instant::now() >= moment)
            || self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// The time that is left; none if it never ends.
    #[must_use]
    pub fn left(self) -> Option<Duration> {
        let left = self.moment.map(|moment| moment.saturating_duration_since(Instant::now()));
        if self.is_over() { Some(Duration::ZERO) } else { left }
    }
}

/// Runs jobs that do not depend on each other. The library itself knows no threads: whoever calls it brings them.
pub trait Workers: Sync {
    /// Calls `job` once with every number below `count`, in any order.
    fn run(&self, count: usize, job: &(dyn Fn(usize) + Sync));
}

/// One job after the other.
pub struct Sequential;

impl Workers for Sequential {
    fn run(&self, count: usize, job: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(job);
    }
}

/// Looks for malware in bytes. Like a probe it never fails: what it could not look at is itself a fact.
pub trait Scanner: Send + Sync {
    /// Scans all bytes of a source.
    fn scan(&self, bytes: &dyn Source, deadline: Deadline) -> Scan;

    /// Its name and version, as it tells them itself; none if it does not answer.
    fn engine(&self) -> Option<String>;
}

/// How much of the sound of a submission is to be listened to. Decoding costs time, so a profile has to ask for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Listen {
    /// Not at all.
    #[default]
    Nothing,
    /// Until it is sure whether something that changes can be heard on every side.
    Sound,
    /// As above, and until it is told how much of it sounds like speech.
    Speech,
}

/// What every probe is given.
pub struct Context<'a> {
    /// How much may be read and held.
    pub limits: &'a Limits,
    /// When to stop.
    pub deadline: Deadline,
    /// How much of the sound is to be listened to.
    pub listen: Listen,
    /// Read what text documents say.
    pub documents: bool,
    /// Make prints of files, for comparing works.
    pub prints: bool,
    /// Make small pictures and strips of loudness, for a person who reads the report.
    pub previews: bool,
    /// Who does the work.
    pub workers: &'a dyn Workers,
    /// Who looks for malware, if anybody.
    pub scanner: Option<&'a dyn Scanner>,
    /// Rules of the organizer's own, that all bytes are held against.
    pub rules: Option<&'a dyn Scanner>,
    /// The files inside a submission are works of their own, each to be measured as if it had come alone.
    pub works: bool,
    /// What is known from other submissions of the same run, if anybody keeps it.
    pub known: Option<&'a Known>,
}

impl<'a> Context<'a> {
    /// Somebody asks for what can be heard.
    pub(crate) fn hears(&self) -> bool {
        self.prints || self.previews || self.listen > Listen::Nothing
    }

    /// One thread, no clock, nothing listened to, no documents read, no prints, no previews, no scanner, no rules, nothing known.
    #[must_use]
    pub fn alone(limits: &'a Limits) -> Context<'a> {
        let deadline = Deadline::never();
        Context {
            limits,
            deadline,
            listen: Listen::Nothing,
            documents: false,
            prints: false,
            previews: false,
            workers: &Sequential,
            scanner: None,
            rules: None,
            works: false,
            known: None,
        }
    }
}

/// Measures one file. `name` is what the author calls it; it may be a path. `kind` is what it was handed in as, if that
/// is known from elsewhere.
#[must_use]
pub fn probe(source: &dyn Source, name: &str, kind: Option<Kind>, context: &Context<'_>) -> Facts {
    let budget = bundle::Budget::new(context.limits, source.size());
    match probe_nested(source, name, context, &budget, 0) {
        Ok(file) => submission(file, kind),
        Err(why) => unread(source.size(), name, kind, why),
    }
}

/// Measures an unpacked app: `members` are its files, sorted by name.
#[must_use]
pub fn probe_folder(members: &[Member<'_>], kind: Option<Kind>, context: &Context<'_>) -> Facts {
    submission(bundle::probe_folder(members, context), kind)
}

/// The facts of a submission of which nothing but the name and the size is known.
pub(crate) fn unread(size: u64, name: &str, kind: Option<Kind>, why: Unread) -> Facts {
    Facts { unread: Some(why), ..submission(FileFacts::new(by_name(name), size), kind) }
}

/// The facts of a submission that consists of this file.
fn submission(file: FileFacts, kind: Option<Kind>) -> Facts {
    let found = kind_of(&file.identity);
    Facts {
        kind: kind.unwrap_or(found),
        kind_given: kind.is_some(),
        sha256: None,
        unread: None,
        record: None,
        alike: None,
        links: None,
        file,
    }
}

/// Measures a file that may lie `depth` archives deep and shares the `budget` of its submission. Of one that could not be
/// read nothing is known.
fn probe_nested(
    source: &dyn Source,
    name: &str,
    context: &Context<'_>,
    budget: &bundle::Budget,
    depth: u8,
) -> Result<FileFacts, Unread> {
    let counted = Counted::new(source, context.limits.read_bytes);
    let mut facts = FileFacts::new(identify(&counted, name), source.size());
    let manifest = depth > 0 && PackageFacts::is_manifest(name);
    if context.works && depth == 1 && CoverFacts::is_cover(name) {
        cover::probe(&counted, name, &mut facts);
    } else if manifest {
        package::probe(&counted, name, context, &mut facts);
    } else if depth == 0 || context.works || bundle::needs_reading(&facts.identity, context) {
        measure(&counted, name, context, budget, depth, &mut facts);
    }
    facts.bytes_read = counted.count();
    // Readers take bytes that did not come for the end of the file or for damage, or go on without them. Nothing of that
    // says anything about the file.
    match counted.shortage() {
        None => {}
        Some(Shortage::Failed) => return Err(Unread::Refused),
        Some(Shortage::Spent) => return Err(Unread::Limit),
    }
    if context.prints {
        prints::finish(source, &mut facts);
    }
    // Last, so that a scanner that hangs takes no time from the probes.
    facts.scan = context.scanner.map(|scanner| scanner.scan(source, context.deadline));
    facts.rules = context.rules.map(|rules| rules.scan(source, context.deadline));
    Ok(facts)
}

/// Adds to the facts of an identified file what its format has to tell.
fn measure(
    source: &dyn Source,
    name: &str,
    context: &Context<'_>,
    budget: &bundle::Budget,
    depth: u8,
    facts: &mut FileFacts,
) {
    match facts.identity.format {
        Format::Empty => facts.damage.push(Damage::new(DamageKind::Empty)),
        Format::Jpeg => jpeg::probe(source, context, facts),
        Format::Png => png::probe(source, context, facts),
        Format::Gif => gif::probe(source, context, facts),
        Format::Svg => svg::probe(source, context, facts),
        Format::Mp3 => mp3::probe(source, context, facts),
        Format::Wav => wav::probe(source, context, facts),
        Format::Mp4 | Format::Mov | Format::ThreeGp | Format::M4a => mp4::probe(source, context, facts),
        Format::Html => html::probe(source, context, facts),
        Format::Css => css::probe(source, context, facts),
        Format::JavaScript => script::probe(source, context, facts),
        Format::Json => json::probe(source, name, context, facts),
        _ if document::is_asked(&facts.identity, context) => document::probe(source, context, budget, facts),
        Format::Zip => bundle::probe_zip(source, context, budget, depth, facts),
        _ => {}
    }
    if depth == 0 && matches!(facts.identity.format.kind(), Kind::Image | Kind::Audio | Kind::Video) {
        attached::whole(source, facts);
    }
    // A file with the brand of a film and nothing but sound in it is a sound recording.
    if matches!(facts.identity.format, Format::Mp4)
        && let Some(video) = &facts.video
        && !video.tracks.iter().any(|track| track.kind == TrackKind::Video)
        && video.tracks.iter().any(|track| track.kind == TrackKind::Audio)
    {
        facts.identity.format = Format::M4a;
    }
}
