//! Works held against one another: which are the same, wholly or in part, within a batch and against earlier years. Only
//! prints are compared, and only those that share something rare, so that the time grows with the batch and not with its
//! square.

mod image;
mod sound;
mod text;

use std::collections::{BTreeSet, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::checks::form::{self, Recognition};
use crate::checks::record::Who;
use crate::facts::{Alike, Alikeness, Facts, FileFacts, Format, Kind, Likeness, Prints};
use crate::settings::names::folded;

/// Others that are told of one work. More of them say nothing new.
const MOST: usize = 20;

/// Letters of a name below which it is none.
const NAME: usize = 5;

/// How a profile wants works compared (`[alike]`).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Comparison {
    /// Share of the shorter text that must stand in the other, in runs of three words.
    text_share: f64,
    /// Runs of three words below which a text is too short to be compared.
    least_runs: usize,
    /// Bits of 256 in which the gradients of two pictures may differ.
    image_bits: u32,
    /// Steps of brightness, of 256, by which the fields of two pictures may differ on average...
    image_mean: f64,
    /// ...and the most different one.
    image_most: u32,
    /// Seconds that the same sound must last.
    sound_seconds: f64,
    /// Bits of 32 in which prints of sound may differ on average.
    sound_score: f64,
    /// What stands in more works than this, and in more than `common-share` of them, is a template or a library.
    common_works: usize,
    /// The same as a share of all works.
    common_share: f64,
    /// Bytes below which a file is not compared.
    least_bytes: u64,
    /// Columns of links to works.
    #[serde(default)]
    links: Vec<String>,
    /// How the application form is recognised, which is no work.
    form: Option<Recognition>,
    /// Where the author stands.
    author: Option<Who>,
    /// Where the school stands.
    school: Option<Who>,
}

/// A work as it is compared: its prints, without the rest of its facts.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, Deserialize)]
pub struct Work {
    /// Its path.
    pub path: String,
    /// The contest it was handed in to, if it is not of this run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<String>,
    /// Its parts.
    parts: Vec<Part>,
    /// Links to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<String>,
    /// Its author, folded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// The school, folded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    school: Option<String>,
}

/// A file of a work.
#[derive(Clone, Debug, PartialEq, serde::Serialize, Deserialize)]
struct Part {
    route: Vec<String>,
    /// It is a work in itself, and no piece that programs and templates bring along.
    whole: bool,
    prints: Prints,
}

impl Comparison {
    /// Takes what is compared out of the facts of a submission. The prints go with it: nobody else needs them.
    pub fn work(&self, path: &str, facts: &mut Facts) -> Work {
        let who = |who: &Option<Who>| {
            let name = who.as_ref()?.said(facts)?;
            Some(folded(&name)).filter(|name| name.chars().count() >= NAME)
        };
        let (author, school) = (who(&self.author), who(&self.school));
        let answers = facts.record.iter().map(|record| &record.answers);
        let links = answers.flat_map(|answers| self.links.iter().filter_map(|id| answers.get(id)));
        let links = links.filter_map(|answer| link(&answer.text)).collect();
        let forms: HashSet<Vec<String>> = self
            .form
            .iter()
            .flat_map(|how| form::forms(facts, how))
            .map(|form| form.document.route.iter().map(|&name| name.to_owned()).collect())
            .collect();
        let mut parts = Vec::new();
        self.parts(&mut facts.file, &mut Vec::new(), &mut parts);
        parts.retain(|part| !forms.contains(&part.route));
        Work { path: path.to_owned(), contest: None, parts, links, author, school }
    }

    fn parts(&self, file: &mut FileFacts, route: &mut Vec<String>, parts: &mut Vec<Part>) {
        let format = file.identity.format;
        if let Some(prints) = file.prints.take().filter(|_| file.size >= self.least_bytes) {
            let media = matches!(format.kind(), Kind::Audio | Kind::Video);
            // Pieces of apps are the same in many: scripts, styles, fonts. What an author wrote in them stands in pages.
            let piece = matches!(
                format,
                Format::JavaScript
                    | Format::Css
                    | Format::Json
                    | Format::Font
                    | Format::SourceMap
                    | Format::Wasm
                    | Format::Xml
            );
            if !piece && file.cover.is_none() {
                parts.push(Part { route: route.clone(), whole: media || route.is_empty(), prints: *prints });
            }
        }
        for entry in file.bundle.iter_mut().flat_map(|bundle| &mut bundle.entries) {
            if let Some(inner) = &mut entry.file {
                route.push(entry.name.clone());
                self.parts(inner, route, parts);
                route.pop();
            }
        }
    }
}

/// A link as it is compared; none if it leads to no work.
fn link(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/');
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/')?;
    (host.contains('.') && !path.is_empty()).then(|| format!("{}/{path}", host.to_lowercase()))
}

/// A pair of works, the first of them of this run, and what they have in common.
struct Pair {
    works: (usize, usize),
    what: Alikeness,
    share: f64,
    parts: Option<(usize, usize)>,
    seconds: Option<[f64; 3]>,
}

/// Compares the first `own` works with one another and with the others, and tells of each of the first what it has in
/// common with whom. `reviewed` tells whether a person looked at a pair and found nothing.
#[must_use]
pub fn compare(works: &[Work], own: usize, how: &Comparison, reviewed: &dyn Fn(&str, &str) -> bool) -> Vec<Alike> {
    let common = how.common_works.max((how.common_share * works.len() as f64) as usize);
    let batch = Batch { works, own, how, common };
    let mut pairs = Vec::new();
    batch.bytes(&mut pairs);
    batch.links(&mut pairs);
    text::pairs(&batch, &mut pairs);
    image::pairs(&batch, &mut pairs);
    sound::pairs(&batch, &mut pairs);

    let compared = |work: &Work| Alike { parts: work.parts.len() + work.links.len(), ..Alike::default() };
    let mut alike: Vec<Alike> = works[..own].iter().map(compared).collect();
    // What is the same byte for byte is so in every other way.
    let is_same = |pair: &&Pair| pair.what == Alikeness::Bytes;
    let same: HashSet<_> = pairs.iter().filter(is_same).map(|pair| (pair.works, pair.parts)).collect();
    // Two works that share the text of the rules are not the same: it counts how much of them is.
    let mut shared: HashMap<(usize, usize), BTreeSet<usize>> = HashMap::new();
    for pair in pairs.iter().filter(is_same) {
        shared.entry(pair.works).or_default().extend(pair.parts.map(|(here, _)| here));
    }
    pairs.retain(|pair| {
        matches!(pair.what, Alikeness::Bytes | Alikeness::Link) || !same.contains(&(pair.works, pair.parts))
    });
    for pair in pairs.iter_mut().filter(|pair| pair.what == Alikeness::Bytes) {
        let least = works[pair.works.0].parts.len().min(works[pair.works.1].parts.len());
        pair.share = (shared[&pair.works].len() as f64 / least.max(1) as f64).min(1.0);
    }
    for pair in &pairs {
        let (a, b) = pair.works;
        if works[b].contest.is_none() && reviewed(&works[a].path, &works[b].path) {
            continue;
        }
        if a < own {
            batch.tell(pair, false, &mut alike[a].works);
        }
        if b < own {
            batch.tell(pair, true, &mut alike[b].works);
        }
    }
    for one in &mut alike {
        one.works.sort_by(|a, b| {
            let share = b.share.partial_cmp(&a.share).unwrap_or(std::cmp::Ordering::Equal);
            share.then_with(|| (&a.other, a.what, &a.here).cmp(&(&b.other, b.what, &b.here)))
        });
        let mut seen = BTreeSet::new();
        one.works.retain(|likeness| {
            seen.len() < MOST && seen.insert((likeness.other.clone(), likeness.contest.clone(), likeness.what))
        });
    }
    batch.persons(&mut alike, |work| work.author.as_ref(), |alike| &mut alike.author);
    batch.persons(&mut alike, |work| work.school.as_ref(), |alike| &mut alike.school);
    alike
}

/// What is compared.
struct Batch<'a> {
    works: &'a [Work],
    /// Works of this run; those behind them are of earlier years.
    own: usize,
    how: &'a Comparison,
    /// What is in more works than this is a template or a library.
    common: usize,
}

impl<'a> Batch<'a> {
    /// Every part of every work, with its position.
    fn parts(&self) -> impl Iterator<Item = (usize, usize, &'a Part)> {
        let works = self.works.iter().enumerate();
        works.flat_map(|(work, one)| one.parts.iter().enumerate().map(move |(part, found)| (work, part, found)))
    }

    /// At least one of two works is of this run, and they are not the same one.
    fn may_pair(&self, a: usize, b: usize) -> bool {
        a != b && a.min(b) < self.own
    }

    fn bytes(&self, pairs: &mut Vec<Pair>) {
        let mut same: HashMap<&[u8; 32], Vec<(usize, usize, bool)>> = HashMap::new();
        for (work, part, found) in self.parts().filter(|(.., found)| found.prints.digest != [0; 32]) {
            same.entry(&found.prints.digest).or_default().push((work, part, found.whole));
        }
        for group in same.values() {
            let works: BTreeSet<usize> = group.iter().map(|(work, ..)| *work).collect();
            let whole = group.iter().any(|(.., whole)| *whole);
            if !whole && works.len() > self.common {
                continue;
            }
            self.chained(group, |(work, part, _)| (*work, Some(*part)), Alikeness::Bytes, pairs);
        }
    }

    fn links(&self, pairs: &mut Vec<Pair>) {
        let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
        for (work, one) in self.works.iter().enumerate() {
            one.links.iter().for_each(|link| same.entry(link).or_default().push(work));
        }
        for group in same.values() {
            self.chained(group, |work| (*work, None), Alikeness::Link, pairs);
        }
    }

    /// Pairs in a group of the same: each with the ones that follow it, so that a thousand copies are not half a million
    /// pairs.
    fn chained<T>(
        &self,
        group: &[T],
        place: impl Fn(&T) -> (usize, Option<usize>),
        what: Alikeness,
        pairs: &mut Vec<Pair>,
    ) {
        for (index, first) in group.iter().enumerate() {
            for second in group[index + 1..].iter().take(MOST) {
                let ((a, part), (b, other)) = (place(first), place(second));
                if self.may_pair(a, b) {
                    let parts = part.zip(other);
                    pairs.push(Pair { works: (a, b), what, share: 1.0, parts, seconds: None });
                }
            }
        }
    }

    /// Adds a pair to what is told of one of its works: of the second, if `turned`.
    fn tell(&self, pair: &Pair, turned: bool, told: &mut Vec<Likeness>) {
        let turn = |(a, b): (usize, usize)| if turned { (b, a) } else { (a, b) };
        let (own, other) = turn(pair.works);
        let (own, other) = (&self.works[own], &self.works[other]);
        let parts = pair.parts.map(turn);
        let route =
            |work: &Work, part: Option<usize>| part.map(|part| work.parts[part].route.clone()).unwrap_or_default();
        let seconds =
            pair.seconds.map(|[here, there, long]| if turned { [there, here, long] } else { [here, there, long] });
        told.push(Likeness {
            other: other.path.clone(),
            contest: other.contest.clone(),
            what: pair.what,
            share: (pair.share * 100.0).round() / 100.0,
            here: route(own, parts.map(|(here, _)| here)),
            there: route(other, parts.map(|(_, there)| there)),
            seconds,
            same_author: own.author.as_ref().zip(other.author.as_ref()).map(|(a, b)| a == b),
        });
    }

    /// Tells who else of this run has the same name.
    fn persons(
        &self,
        alike: &mut [Alike],
        name: impl Fn(&Work) -> Option<&String>,
        told: impl Fn(&mut Alike) -> &mut Vec<String>,
    ) {
        let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
        for (work, one) in self.works[..self.own].iter().enumerate() {
            if let Some(name) = name(one) {
                same.entry(name).or_default().push(work);
            }
        }
        for group in same.values().filter(|group| group.len() > 1) {
            for work in group {
                let others = group.iter().filter(|other| *other != work).take(MOST);
                told(&mut alike[*work]).extend(others.map(|other| self.works[*other].path.clone()));
            }
        }
    }
}

/// Pairs that share keys, with the number of keys they share. Keys of too many works are passed over.
fn sharing<K: std::hash::Hash + Eq>(
    keys: &HashMap<K, Vec<u32>>,
    common: usize,
    works: impl Fn(u32) -> usize,
    may_pair: impl Fn(usize, usize) -> bool,
) -> HashMap<(u32, u32), u32> {
    let mut counts = HashMap::new();
    for items in keys.values().filter(|items| items.len() > 1) {
        let different: HashSet<usize> = items.iter().map(|item| works(*item)).collect();
        if different.len() > common || items.len() > 4 * common.max(16) {
            continue;
        }
        for (index, a) in items.iter().enumerate() {
            for b in &items[index + 1..] {
                if may_pair(works(*a), works(*b)) {
                    *counts.entry((*a.min(b), *a.max(b))).or_insert(0) += 1;
                }
            }
        }
    }
    counts
}
