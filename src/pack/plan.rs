//! What will be done to make a package of an app: decided from facts alone, so that it can be shown before anything is
//! written.

mod course;

use std::borrow::Cow;
use std::collections::hash_map::{Entry as Slot, HashMap};
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::address::{encoded, readdressed};
use super::index::Index;
use super::portable::portable;
use super::{Course, Edit, Means, Origin, Packed, Plan, Repair, Step, Wanted, tracker};
use crate::checks::address::resolve;
use crate::checks::root_index::is_nearly;
use crate::checks::{Counter, authoring, names};
use crate::facts::{
    Bundle, ConflictKind, DamageKind, Entry, FileFacts, Format, Kind, NameEncoding, PackageFacts, Reference, Spot,
    Unread, Via,
};
use crate::finding::{Arg, Message};
use crate::{START_PAGE, is_litter, last_part};
use course::list_of;

/// Bytes of a name. No system opens a longer one.
const NAME: usize = 1024;

/// Folders with pages in which a text of a script is tried as an address.
const PAGES: usize = 50;

/// Plans a package of an app.
///
/// # Errors
/// What keeps the app from being packed, a sentence each: a file that cannot be read, names that lead out of it or that two
/// files share, an address that cannot follow its file, a page that is not there.
pub fn plan(file: &FileFacts, wanted: &Wanted<'_>) -> Result<Plan, Vec<Message>> {
    let Some(bundle) = file.bundle.as_deref() else {
        return Err(vec![Message::new("pack-not-app").with("found", file.identity.format)]);
    };
    let mut draft = Draft::of(bundle, wanted);
    let refused = draft.refused();
    if !refused.is_empty() {
        return Err(refused);
    }
    draft.names();
    draft.top_folder();
    draft.parts(wanted.course)?;
    draft.start_page();
    let course = wanted.course.filter(|course| !draft.is_one_already(course.target));
    draft.portable_names();
    draft.shared_names().map_err(|message| vec![message])?;
    draft.addresses()?;
    draft.local(wanted.local)?;
    draft.trackers(wanted.counters);
    draft.plan(course).map_err(|message| vec![message])
}

/// A package in the making.
struct Draft<'a> {
    bundle: &'a Bundle,
    repairs: &'a BTreeSet<Repair>,
    /// The name of each entry in the package; none for what stays out.
    names: Vec<Option<String>>,
    /// The pages that a course is made of, with their titles; none if it is none, or is made of its start page alone.
    parts: Vec<(usize, &'a str)>,
    /// The pages that a start page is made for, if one is.
    opened: Vec<usize>,
    edits: BTreeMap<usize, Vec<Edit>>,
    steps: Vec<Step>,
}

impl<'a> Draft<'a> {
    /// What is no litter, under the names that it has.
    fn of(bundle: &'a Bundle, wanted: &Wanted<'a>) -> Draft<'a> {
        let repairs = wanted.repairs;
        let litter = repairs.contains(&Repair::Litter);
        let stays_out = |entry: &Entry| entry.folder || litter && is_left_behind(&entry.name);
        let names = bundle.entries.iter().map(|entry| (!stays_out(entry)).then(|| entry.name.clone())).collect();
        let mut draft = Draft {
            bundle,
            repairs,
            names,
            parts: Vec::new(),
            opened: Vec::new(),
            edits: BTreeMap::new(),
            steps: Vec::new(),
        };
        let out = draft.out().filter(|entry| !entry.folder).map(|entry| &entry.name);
        let left = wanted.left_out.iter().chain(out).cloned().collect();
        draft.step(Repair::Litter, Message::new("pack-litter"), left);
        draft
    }

    /// Entries that go into the package: number, entry, name in the package.
    fn packed(&self) -> impl Iterator<Item = (usize, &'a Entry, &str)> {
        let all = self.bundle.entries.iter().zip(&self.names).enumerate();
        all.filter_map(|(number, (entry, name))| Some((number, entry, name.as_deref()?)))
    }

    /// Those that do not.
    fn out(&self) -> impl Iterator<Item = &'a Entry> {
        self.bundle.entries.iter().zip(&self.names).filter(|(_, name)| name.is_none()).map(|(entry, _)| entry)
    }

    /// Tells what is done to these, if there are any.
    fn step(&mut self, repair: Repair, message: Message, what: Vec<String>) {
        self.tell(Means::Repair(repair), message, what);
    }

    fn tell(&mut self, means: Means, message: Message, what: Vec<String>) {
        if !what.is_empty() {
            let message = message.with("count", what.len());
            self.steps.push(Step { means, message, what });
        }
    }

    /// What keeps the app from being packed as it is.
    fn refused(&self) -> Vec<Message> {
        let mut refused = Vec::new();
        let archive = self.bundle.archive.iter();
        let mut conflicts =
            archive.flat_map(|archive| &archive.conflicts).filter(|conflict| changes_content(conflict.what));
        if let Some(conflict) = conflicts.next() {
            refused.push(Message::new("pack-refused-conflict").with("what", Arg::Conflict(conflict.what)));
        }
        if let Some(why) = self.bundle.unread {
            refused.push(Message::new("pack-refused-listing").with("why", Arg::Unread(why)));
        }
        for (_, entry, _) in self.packed() {
            if let Some(why) = entry.unread {
                let message = Message::new("pack-refused-unread").with("name", entry.name.as_str());
                refused.push(message.with("why", Arg::Unread(why)));
            } else if entry.name.len() > NAME {
                let start: String = entry.name.chars().take(80).collect();
                refused.push(Message::new("pack-refused-long").with("name", format!("{start}…")));
            } else if names::is_hostile(&entry.name) {
                refused.push(Message::new("pack-refused-name").with("name", entry.name.as_str()));
            }
        }
        if refused.is_empty() && self.packed().next().is_none() {
            refused.push(Message::new("pack-refused-empty"));
        }
        refused
    }

    fn names(&mut self) {
        if !self.repairs.contains(&Repair::Names) {
            return;
        }
        let mut changed = Vec::new();
        let encoding = self.bundle.archive.as_ref().and_then(|archive| archive.names);
        let foreign = encoding.is_some_and(|encoding| encoding != NameEncoding::Utf8);
        for (entry, name) in self.bundle.entries.iter().zip(&mut self.names) {
            let Some(name) = name else { continue };
            let parts = name.split('/').filter(|part| !matches!(*part, "" | "."));
            let composed: String = parts.collect::<Vec<_>>().join("/").nfc().collect();
            if composed != *name || entry.backslashes || foreign && !composed.is_ascii() {
                changed.push(composed.clone());
            }
            *name = composed;
        }
        self.step(Repair::Names, Message::new("pack-names"), changed);
    }

    fn top_folder(&mut self) {
        if !self.repairs.contains(&Repair::TopFolder) {
            return;
        }
        let mut folder = String::new();
        loop {
            let depth = folder.len();
            let tops = self.packed().map(move |(.., name)| name[depth..].split_once('/').map(|(top, _)| top));
            let tops: BTreeSet<Option<&str>> = tops.collect();
            // The only one, and no file lies beside it.
            let (Some(Some(top)), 1) = (tops.first(), tops.len()) else { break };
            folder = format!("{folder}{top}/");
        }
        if folder.is_empty() {
            return;
        }
        for name in self.names.iter_mut().flatten() {
            *name = name.split_off(folder.len());
        }
        self.step(Repair::TopFolder, Message::new("pack-top-folder"), vec![folder]);
    }

    fn start_page(&mut self) {
        if !self.repairs.contains(&Repair::StartPage) || self.packed().any(|(.., name)| name == START_PAGE) {
            return;
        }
        let top = |name: &str| !name.contains('/');
        let nearly =
            self.packed().filter(|(_, entry, name)| top(name) && is_page(entry) && is_nearly(name, START_PAGE));
        let nearly: Vec<usize> = nearly.map(|(number, ..)| number).collect();
        if let [number] = nearly[..] {
            let was = self.names[number].replace(START_PAGE.to_owned());
            self.step(Repair::StartPage, Message::new("pack-start-renamed"), was.into_iter().collect());
            return;
        }
        self.opened = match self.parts[..] {
            [] => self.only_start().into_iter().collect(),
            _ => self.parts.iter().map(|(number, _)| *number).collect(),
        };
        let start = self.opened.iter().filter_map(|number| self.names[*number].clone()).collect();
        self.step(Repair::StartPage, Message::new("pack-start-made"), start);
    }

    /// The page that people are meant to open, if there is no doubt about it: the one that the program which made the app,
    /// or the manifest of the package, starts with, or the only page that lies at the top.
    fn only_start(&self) -> Option<usize> {
        let named = |name: &str| self.packed().find(|(_, entry, _)| entry.name == name).map(|(number, ..)| number);
        let launch = || {
            let (manifest, package) = self.manifests().next()?;
            named(&resolve(manifest, None, package.launch.first()?)?)
        };
        let made = || authoring::of(self.bundle).and_then(|made| named(made.start?));
        let only = || {
            let mut pages = self.packed().filter(|(_, entry, name)| is_page(entry) && !name.contains('/'));
            let only = pages.next().map(|(number, ..)| number);
            only.filter(|_| pages.next().is_none())
        };
        launch().or_else(made).or_else(only)
    }

    /// Manifests of learning packages, by the name that they came with.
    fn manifests(&self) -> impl Iterator<Item = (&'a str, &'a PackageFacts)> {
        self.packed().filter_map(|(_, entry, _)| Some((entry.name.as_str(), entry.file.as_ref()?.package.as_deref()?)))
    }

    fn portable_names(&mut self) {
        if !self.repairs.contains(&Repair::PortableNames) {
            return;
        }
        let mut changed = Vec::new();
        // What has a good name keeps it, whoever else would like to have it.
        let mut taken = Taken::from([((String::new(), START_PAGE.to_owned()), FIRST)]);
        for name in self.names.iter().flatten() {
            let good = parts(name).filter(|(_, part)| portable(part) == *part);
            taken.extend(good.map(|(folder, part)| ((folder.to_owned(), part.to_lowercase()), FIRST)));
        }
        // Part by part, so that what shares a folder goes on to share it.
        let mut known: HashMap<String, String> = HashMap::new();
        for name in self.names.iter_mut().flatten() {
            let mut new = String::new();
            for (folder, part) in parts(name) {
                let path = &name[..folder.len() + part.len()];
                new.push_str(known.entry(path.to_owned()).or_insert_with(|| free(folder, part, &mut taken)));
                new.push('/');
            }
            new.pop();
            if new != *name {
                changed.push(format!("{name} → {new}"));
                *name = new;
            }
        }
        self.step(Repair::PortableNames, Message::new("pack-portable"), changed);
    }

    /// Two files must not come to the same name.
    fn shared_names(&self) -> Result<(), Message> {
        let mut seen = BTreeMap::new();
        let made = self.opened.first().map(|_| (START_PAGE, START_PAGE));
        for (old, new) in self.packed().map(|(_, entry, name)| (entry.name.as_str(), name)).chain(made) {
            if let Some(other) = seen.insert(new.to_owned(), old) {
                return Err(Message::new("pack-refused-shared").with("name", old).with("other", other));
            }
        }
        Ok(())
    }

    /// Lets addresses follow the files that they mean, and gives them the spelling of files that they nearly mean.
    fn addresses(&mut self) -> Result<(), Vec<Message>> {
        let entries = self.bundle.entries.iter().enumerate().filter(|(number, _)| self.names[*number].is_some());
        let index = Index::new(entries.map(|(number, entry)| (number, entry.name.as_str())));
        let pages = self.pages();
        let renamed = self.steps.iter().any(|step| match step.means {
            Means::Repair(Repair::PortableNames) => true,
            Means::Repair(Repair::StartPage) => self.opened.is_empty(),
            _ => false,
        });
        let (mut edits, mut respelt, mut refused) = (BTreeMap::<usize, Vec<Edit>>::new(), Vec::new(), Vec::new());
        for (number, entry, name) in self.packed() {
            let Some(file) = &entry.file else { continue };
            let incomplete =
                file.damage.iter().any(|damage| matches!(damage.what, DamageKind::OverLimit | DamageKind::OverTime));
            let unread = PackageFacts::is_manifest(&entry.name) && file.package.is_none();
            if renamed && (unread || incomplete && file.web.is_some()) {
                let message = Message::new("pack-refused-unread").with("name", entry.name.as_str());
                refused.push(message.with("why", Arg::Unread(if unread { Unread::Damaged } else { Unread::Limit })));
                continue;
            }
            for one in addresses(file) {
                let homes = homes(one.via, file.identity.format, (&entry.name, name), &pages);
                let Some(meant) = self.meant(&one, &homes, &index) else { continue };
                let edit = Edit { at: one.at, was: one.url.to_owned(), becomes: meant.address, must: !meant.respelt };
                if resolve(meant.home, one.base, &edit.becomes).as_deref() == Some(meant.target) {
                    if meant.respelt {
                        respelt.push(format!("{}: {} → {}", entry.name, edit.was, edit.becomes));
                    }
                    edits.entry(number).or_default().push(edit);
                } else if edit.must {
                    let message = Message::new("pack-refused-address").with("name", entry.name.as_str());
                    refused.push(message.with("url", edit.was));
                }
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        self.edits = edits;
        respelt.sort();
        respelt.dedup();
        self.step(Repair::Links, Message::new("pack-links"), respelt);
        Ok(())
    }

    /// Loads from files of the app what is loaded from outside.
    fn local(&mut self, local: &[(String, String)]) -> Result<(), Vec<Message>> {
        if !self.repairs.contains(&Repair::Local) {
            return Ok(());
        }
        let (mut refused, mut loaded) = (Vec::new(), Vec::new());
        for (url, file) in local {
            let target = self.packed().find(|(_, entry, name)| entry.name == *file || name == file);
            let Some((.., target)) = target else {
                refused.push(Message::new("pack-refused-local").with("name", file.as_str()));
                continue;
            };
            let target = target.to_owned();
            let before = loaded.len();
            for (number, entry) in self.bundle.entries.iter().enumerate() {
                let (Some(home), Some(found)) = (self.names[number].as_deref(), entry.file.as_ref()) else { continue };
                let Some(web) = &found.web else { continue };
                // Where a script runs is not told by where it lies.
                let fixed = found.identity.format != Format::JavaScript;
                let meant = web.references.iter().filter(|one| fixed && one.via.is_loaded() && is_same(&one.url, url));
                let becomes = readdressed("", &read_in(home, web.base.as_deref()), &target);
                let edits: Vec<Edit> = meant
                    .map(|one| Edit { at: Some(one.spot), was: one.url.clone(), becomes: becomes.clone(), must: true })
                    .collect();
                loaded.extend(edits.iter().map(|edit| format!("{}: {} → {}", entry.name, edit.was, edit.becomes)));
                self.edits.entry(number).or_default().extend(edits);
            }
            if loaded.len() == before {
                refused.push(Message::new("pack-refused-unloaded").with("url", url.as_str()));
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        self.step(Repair::Local, Message::new("pack-local"), loaded);
        Ok(())
    }

    /// Empties the addresses of services that the app must not report to.
    fn trackers(&mut self, counters: &[Counter<'_>]) {
        if !self.repairs.contains(&Repair::Trackers) {
            return;
        }
        let entries = self.bundle.entries.iter().enumerate().filter(|(number, _)| self.names[*number].is_some());
        let numbers: HashMap<&str, usize> = entries.map(|(number, entry)| (entry.name.as_str(), number)).collect();
        let mut emptied = Vec::new();
        for Counter { file, reference, service } in counters {
            let (Some(number), Some(nothing)) = (numbers.get(file), tracker::emptied(reference)) else { continue };
            let Reference { url, spot, .. } = reference;
            let edit = Edit { at: Some(*spot), was: url.clone(), becomes: nothing.to_owned(), must: true };
            self.edits.entry(*number).or_default().push(edit);
            emptied.push(format!("{file}:{}: {url} ({service})", spot.line));
        }
        self.step(Repair::Trackers, Message::new("pack-trackers"), emptied);
    }

    /// A page of each folder that has one, the nearest to the top first: the name that it came with, and its new one.
    fn pages(&self) -> Vec<(&'a str, &str)> {
        let mut seen = BTreeSet::new();
        let pages = self.packed().filter(|(_, entry, _)| is_page(entry));
        let mut pages: Vec<(&str, &str)> = pages
            .filter(|(_, entry, _)| seen.insert(folder_of(&entry.name)))
            .map(|(_, entry, name)| (entry.name.as_str(), name))
            .collect();
        pages.sort_by_key(|(name, _)| name.matches('/').count());
        pages.truncate(PAGES);
        pages
    }

    /// The file that an address means from the homes that it may be read in, if it has to be written anew to mean it.
    fn meant<'d>(&'d self, one: &Address<'_>, homes: &[(&str, &'d str)], index: &Index<'_>) -> Option<Meant<'d>> {
        // A text that is nearly a name may be a text, and is left alone.
        let respell = self.repairs.contains(&Repair::Links) && one.via != Via::Text;
        let find = |name: &str| match index.exact(name) {
            Some(number) => Some((number, false)),
            None => index.nearly(name).filter(|_| respell).map(|number| (number, true)),
        };
        let all = homes.iter().filter_map(|(old, new)| {
            let (number, respelt) = find(&resolve(old, one.base, one.url)?)?;
            Some((number, respelt, *new))
        });
        let all: Vec<(usize, bool, &str)> = all.collect();
        // A file of exactly this name goes before one of nearly this name; two of them leave it open which is meant.
        let best = all.iter().find(|(_, respelt, _)| !respelt).or(all.first())?;
        let (number, respelt, home) = *best;
        if all.iter().any(|(other, also, _)| *other != number && *also == respelt) {
            return None;
        }
        let target = self.names[number].as_deref()?;
        if resolve(home, one.base, one.url).as_deref() == Some(target) {
            return None;
        }
        let address = readdressed(one.url, &read_in(home, one.base), target);
        Some(Meant { address, home, target, respelt })
    }

    fn plan(mut self, course: Option<&Course>) -> Result<Plan, Message> {
        let name_of = |number: usize| self.names[number].as_deref();
        let mut files: Vec<Packed> = Vec::new();
        let mut given_up = BTreeSet::new();
        let opened: Vec<&str> = self.opened.iter().filter_map(|number| name_of(*number)).collect();
        let titles = self.parts.iter().map(|(_, title)| *title);
        let made = (!opened.is_empty()).then(|| match (&opened[..], course) {
            (parts, Some(course)) if parts.len() > 1 => list_of(course, opened.iter().copied().zip(titles)),
            (parts, _) => start_page(parts[0]),
        });
        files.extend(made.map(|text| Packed::made(START_PAGE.to_owned(), text)));
        for (number, entry, name) in self.packed() {
            let (old, new) = (last_part(&entry.name), last_part(name));
            if old != new && portable(old) != old {
                given_up.insert(old.rsplit_once('.').map_or(old, |(stem, _)| stem).to_owned());
            }
            let format = entry.file.as_ref().map_or(Format::Unknown, |file| file.identity.format);
            files.push(Packed {
                name: name.to_owned(),
                from: Origin::Entry(number),
                edits: self.edits.get(&number).cloned().unwrap_or_default(),
                text: entry.file.as_ref().is_some_and(|file| file.web.is_some() || file.package.is_some()),
                packed: is_packed(format),
                shrunk: self.repairs.contains(&Repair::Png) && format == Format::Png,
            });
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let shrunk = files.iter().filter(|file| file.shrunk).map(|file| file.name.clone()).collect();
        self.step(Repair::Png, Message::new("pack-png"), shrunk);
        if let Some(course) = course {
            self.course(course, &mut files)?;
        }
        self.steps.sort_by_key(|step| step.means);
        Ok(Plan { files, steps: self.steps, given_up: given_up.into_iter().collect() })
    }
}

impl Packed {
    /// A text that is made.
    fn made(name: String, text: String) -> Packed {
        Packed { name, from: Origin::Made(text), edits: Vec::new(), text: true, packed: false, shrunk: false }
    }
}

/// An address of a file, and what it is relative to.
struct Address<'a> {
    url: &'a str,
    via: Via,
    base: Option<&'a str>,
    /// Where it stands; none in a manifest, which says it in several places.
    at: Option<Spot>,
}

/// What an address means, and how it has to be written.
struct Meant<'a> {
    address: String,
    home: &'a str,
    target: &'a str,
    respelt: bool,
}

/// Every address that a file holds.
fn addresses(file: &FileFacts) -> Vec<Address<'_>> {
    let web = file.web.iter().flat_map(|web| {
        let base = web.base.as_deref();
        web.references.iter().map(move |one| Address { url: &one.url, via: one.via, base, at: Some(one.spot) })
    });
    let package = file.package.iter().flat_map(|package| package.launch.iter().chain(&package.files));
    web.chain(package.map(|url| Address { url, via: Via::Link, base: None, at: None })).collect()
}

/// Where an address may be read: names that a file or page came with, and those that it gets. What stands in a script is
/// relative to the page that runs it, which is not known; only what modules ask one another for is not.
fn homes<'a>(
    via: Via,
    format: Format,
    own: (&'a str, &'a str),
    pages: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    match (format, via) {
        (Format::JavaScript, via) if via != Via::Module => pages.iter().copied().chain([own]).collect(),
        (Format::Json, _) => pages.iter().copied().chain([own]).collect(),
        _ => vec![own],
    }
}

/// The name from which addresses lead in a file of this name: its own, unless it names a base.
fn read_in<'a>(home: &'a str, base: Option<&str>) -> Cow<'a, str> {
    let based = base.and_then(|base| resolve(home, None, &format!("{}x", folder_of(base))));
    based.map_or(Cow::Borrowed(home), Cow::Owned)
}

/// Two addresses outside are the same, whether or not they say by which protocol.
fn is_same(one: &str, other: &str) -> bool {
    let rest = |url| str::trim(url).split_once("//").map(|(_, rest)| rest);
    rest(one).is_some() && rest(one) == rest(other)
}

/// The folder of an address, with its slash.
fn folder_of(address: &str) -> &str {
    address.rfind('/').map_or("", |at| &address[..=at])
}

fn is_page(entry: &Entry) -> bool {
    entry.file.as_ref().is_some_and(|file| file.identity.format == Format::Html)
}

/// A file, or something in a folder, that nobody meant to hand in.
fn is_left_behind(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let (file, folders) = parts.split_last().unwrap_or((&"", &[]));
    is_litter(file, false) || folders.iter().any(|folder| is_litter(folder, true))
}

/// Programs disagree about what the archive holds, and a package must hold what everybody saw.
fn changes_content(what: ConflictKind) -> bool {
    !matches!(
        what,
        ConflictKind::Time
            | ConflictKind::ExtraField
            | ConflictKind::Gap
            | ConflictKind::Prefix
            | ConflictKind::Descriptor
            | ConflictKind::PackedSize
    )
}

/// The parts of a path, each with the folder that it lies in and its slash.
fn parts(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = name.match_indices('/').map(|(at, _)| at).chain([name.len()]);
    let begins = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1));
    begins.zip(ends).map(|(begin, end)| (&name[..begin], &name[begin..end]))
}

/// Names by folder, in small letters, and the number that the next who wants the same name gets.
type Taken = HashMap<(String, String), u64>;

/// The number of the second of a name.
const FIRST: u64 = 2;

/// A portable name for a part of a path that no other has in its folder.
fn free(folder: &str, part: &str, taken: &mut Taken) -> String {
    let wanted = portable(part);
    if wanted == part {
        return wanted;
    }
    let (stem, extension) = match wanted.rfind('.').filter(|at| *at > 0) {
        Some(at) => wanted.split_at(at),
        None => (wanted.as_str(), ""),
    };
    let key = |name: &str| (folder.to_owned(), name.to_lowercase());
    let Some(mut number) = taken.get(&key(&wanted)).copied() else {
        taken.insert(key(&wanted), FIRST);
        return wanted;
    };
    loop {
        let name = format!("{stem}-{number}{extension}");
        number += 1;
        if let Slot::Vacant(vacant) = taken.entry(key(&name)) {
            vacant.insert(FIRST);
            taken.insert(key(&wanted), number);
            return name;
        }
    }
}

/// Packing makes these hardly smaller.
fn is_packed(format: Format) -> bool {
    match format.kind() {
        Kind::Image => !matches!(format, Format::Svg | Format::Bmp),
        Kind::Audio => format != Format::Wav,
        Kind::Video => true,
        _ => matches!(format, Format::Zip),
    }
}

/// A page that opens another one at once. It says nothing in a language of its own beyond one word, which both languages of
/// the country have.
fn start_page(target: &str) -> String {
    let address = encoded(target);
    let title = "Бастау · Старт";
    let head = format!("<meta http-equiv=\"refresh\" content=\"0; url={address}\">\n");
    page("kk", title, &head, &format!("<p><a href=\"{address}\">{title}</a></p>\n"))
}

/// A page of these parts, which are markup.
fn page(language: &str, title: &str, head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{head}</head>\n<body>\n{body}</body>\n\
         </html>\n"
    )
}
