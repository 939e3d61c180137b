//! Arguments to submissions, in a stable order: files, unpacked apps, and everything below other folders.

#![expect(clippy::disallowed_methods, reason = "this is the room that looks through folders")]

pub mod registry;
pub mod reviewed;
mod table;

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::facts::Record;

/// Folders inside folders. Nothing real is deeper, and a loop made with mounts must end.
const DEPTH: usize = 200;

/// Names under which an unpacked app starts, or was meant to.
const START_PAGES: [&str; 2] = ["index.html", "index.htm"];

/// What one participant handed in.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// Path for reports: `/` between the parts, relative to the parent of the argument it came from.
    pub path: String,
    /// Where it is.
    pub thing: Thing,
    /// What the organizer's table says of it, if there is a table. No part of what is measured.
    #[serde(skip)]
    pub record: Option<Record>,
}

impl Submission {
    /// A submission of which no table says anything.
    #[must_use]
    pub fn new(path: String, thing: Thing) -> Submission {
        Submission { path, thing, record: None }
    }

    /// Where it lies, as the arguments named it, with `/`; none if that is its path in reports.
    #[must_use]
    pub fn file(&self) -> Option<String> {
        let place = match &self.thing {
            Thing::File(path) => path.as_path(),
            Thing::Folder(files) => {
                let first = files.first()?;
                let depth = first.name.split('/').count();
                first.path.ancestors().nth(depth)?
            }
            Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => return None,
        };
        let place = place.display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
        let place = place.trim_start_matches("./");
        (place != self.path).then(|| place.to_owned())
    }

    /// When the youngest of its files was last written, as far as the disk knows.
    #[must_use]
    pub fn changed(&self) -> Option<SystemTime> {
        let changed = |path: &Path| std::fs::metadata(path).ok()?.modified().ok();
        match &self.thing {
            Thing::File(path) => changed(path),
            Thing::Folder(files) => files.iter().filter_map(|file| changed(&file.path)).max(),
            Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => None,
        }
    }
}

/// What a submission is on the disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Thing {
    /// A file.
    File(#[serde(with = "crate::process::path")] PathBuf),
    /// An unpacked app: its files, sorted by name.
    Folder(Vec<AppFile>),
    /// A link below an argument; links are not followed, since they may lead anywhere.
    Link,
    /// The system does not let it be read.
    Unreadable,
    /// A row of a table that names no file.
    Row,
    /// A row of a table that names a file which is not there.
    Missing,
}

/// A file of an unpacked app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppFile {
    /// Name relative to the app's folder, with `/`.
    pub name: String,
    /// Where it is.
    #[serde(with = "crate::process::path")]
    pub path: PathBuf,
    /// It is a link, or something that is no file.
    pub link: bool,
    /// Bytes, as the folder has it.
    pub size: u64,
}

/// Something an operating system leaves behind, which nobody hands in.
#[derive(Debug, PartialEq)]
pub struct Skipped {
    /// Path for reports.
    pub path: String,
}

/// What of an argument that is a folder is one submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// Every file in it, however deep, and every unpacked app.
    Files,
    /// Every entry of it.
    Entries,
    /// All of it.
    Whole,
}

/// What the arguments lead to.
#[derive(Debug, Default)]
pub struct Intake {
    /// Sorted by path.
    pub submissions: Vec<Submission>,
    /// Left out, sorted by path.
    pub skipped: Vec<Skipped>,
}

impl Intake {
    /// Leaves out tables of the organizer that lie beside the submissions, and returns their paths. A participant's folder
    /// may hold one of the same name: only those at the top are meant.
    pub fn leave_out_tables(&mut self) -> Vec<String> {
        let is_table = |submission: &Submission| {
            let name = crate::last_part(&submission.path).to_lowercase();
            let table = name.strip_prefix("registry.").is_some_and(|end| matches!(end, "csv" | "xlsx" | "xls" | "ods"));
            table && matches!(submission.thing, Thing::File(_))
        };
        let (tables, submissions) = std::mem::take(&mut self.submissions).into_iter().partition(is_table);
        self.submissions = submissions;
        let tables: Vec<Submission> = tables;
        tables.into_iter().map(|table| table.path).collect()
    }

    /// Leaves out files and folders that were handed to the program for another reason than to be checked: the table, an
    /// older report that is to be replaced, a cache.
    pub fn leave_out<'a>(&mut self, places: impl IntoIterator<Item = &'a Path>) {
        let places: Vec<PathBuf> = places.into_iter().filter_map(|place| place.canonicalize().ok()).collect();
        let may_be = |path: &Path| {
            let has_name = |place: &PathBuf| path.components().any(|part| Some(part.as_os_str()) == place.file_name());
            places.iter().any(has_name)
        };
        // The system is asked only about those that bear one of the names.
        let is_one = |path: &Path| {
            may_be(path) && path.canonicalize().is_ok_and(|path| places.iter().any(|place| path.starts_with(place)))
        };
        self.submissions.retain(|submission| match &submission.thing {
            Thing::File(path) => !is_one(path),
            Thing::Folder(files) => files.is_empty() || !files.iter().all(|file| is_one(&file.path)),
            Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => true,
        });
    }
}

/// An argument that is not there or cannot be read at all.
#[derive(Debug)]
pub struct ArgumentError {
    /// The argument.
    pub path: PathBuf,
    /// What the system says.
    pub error: io::Error,
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for ArgumentError {}

/// Finds the submissions.
///
/// # Errors
/// An argument is not there. Anything that cannot be read below an argument is a submission of its own, so that nothing
/// is lost.
pub fn gather(arguments: &[PathBuf], take: Take) -> Result<Intake, ArgumentError> {
    let names: Vec<String> = arguments.iter().map(|argument| display_name(argument)).collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    names.iter().for_each(|name| *uses.entry(name).or_default() += 1);

    let mut intake = Intake::default();
    for (argument, name) in arguments.iter().zip(&names) {
        // Two arguments that end alike are told apart by all that was typed.
        let name = if uses[name.as_str()] > 1 { slashes(argument) } else { name.clone() };
        let fail = |error| ArgumentError { path: argument.clone(), error };
        let metadata = std::fs::metadata(argument).map_err(fail)?;
        if !metadata.is_dir() {
            intake.submissions.push(Submission::new(name, Thing::File(argument.clone())));
        } else if take == Take::Whole || take == Take::Files && holds_start_page(argument) {
            let thing = app(argument, &name, &mut intake.skipped);
            intake.submissions.push(Submission::new(name, thing));
        } else {
            std::fs::read_dir(argument).map_err(fail)?;
            match take {
                Take::Entries => entries(argument, &name, &mut intake),
                Take::Files | Take::Whole => folder(argument, &name, &mut intake),
            }
        }
    }
    intake.submissions.sort_by(|a, b| a.path.cmp(&b.path));
    // The same thing named twice is one submission; different things never are, even if their names look alike.
    intake.submissions.dedup_by(|a, b| a == b);
    intake.skipped.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(intake)
}

fn walk(root: &Path) -> WalkDir {
    WalkDir::new(root).min_depth(1).max_depth(DEPTH).follow_links(false).sort_by_file_name()
}

/// Every entry of a folder is a submission, and so is what lies loose beside the others.
fn entries(root: &Path, name: &str, intake: &mut Intake) {
    for entry in walk(root).max_depth(1) {
        let Ok(entry) = entry else {
            intake.submissions.push(Submission::new(name.to_owned(), Thing::Unreadable));
            continue;
        };
        let path = below(root, name, entry.path());
        let kind = entry.file_type();
        if left_behind(&entry) {
            intake.skipped.push(Skipped { path });
            continue;
        }
        let thing = if kind.is_dir() {
            app(entry.path(), &path, &mut intake.skipped)
        } else if kind.is_symlink() {
            Thing::Link
        } else {
            Thing::File(entry.into_path())
        };
        intake.submissions.push(Submission::new(path, thing));
    }
}

/// Every file below a folder is a submission; a folder with a start page is one.
fn folder(root: &Path, name: &str, intake: &mut Intake) {
    let mut entries = walk(root).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(|| name.to_owned(), |path| below(root, name, path));
                intake.submissions.push(Submission::new(path, Thing::Unreadable));
                continue;
            }
        };
        let path = below(root, name, entry.path());
        let kind = entry.file_type();
        if left_behind(&entry) {
            intake.skipped.push(Skipped { path });
            if kind.is_dir() {
                entries.skip_current_dir();
            }
        } else if kind.is_dir() {
            if holds_start_page(entry.path()) {
                entries.skip_current_dir();
                let thing = app(entry.path(), &path, &mut intake.skipped);
                intake.submissions.push(Submission::new(path, thing));
            }
        } else {
            let thing = if kind.is_symlink() { Thing::Link } else { Thing::File(entry.into_path()) };
            intake.submissions.push(Submission::new(path, thing));
        }
    }
}

fn app(root: &Path, name: &str, skipped: &mut Vec<Skipped>) -> Thing {
    let mut files = Vec::new();
    let mut entries = walk(root).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) => {
                let kind = entry.file_type();
                if left_behind(&entry) {
                    skipped.push(Skipped { path: below(root, name, entry.path()) });
                    if kind.is_dir() {
                        entries.skip_current_dir();
                    }
                } else if !kind.is_dir() {
                    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
                    let (name, link) = (slashes(relative), !kind.is_file());
                    let size = entry.metadata().map_or(0, |metadata| metadata.len());
                    files.push(AppFile { name, link, size, path: entry.into_path() });
                }
            }
            Err(error) => {
                // A folder that cannot be opened stands as a file that cannot be opened.
                let path = error.path().unwrap_or(root).to_owned();
                let relative = path.strip_prefix(root).unwrap_or(&path);
                files.push(AppFile { name: slashes(relative), link: false, size: 0, path });
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Thing::Folder(files)
}

fn holds_start_page(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        START_PAGES.contains(&name.as_str()) && entry.file_type().is_ok_and(|kind| kind.is_file())
    })
}

fn left_behind(entry: &DirEntry) -> bool {
    crate::is_litter(&entry.file_name().to_string_lossy(), entry.file_type().is_dir())
}

/// What reports call an argument: its last part, or where that is `.` or `..`, the name of the folder it means.
fn display_name(argument: &Path) -> String {
    match argument.components().next_back() {
        Some(Component::Normal(name)) => name.to_string_lossy().into_owned(),
        _ => {
            let full = argument.canonicalize().unwrap_or_else(|_| argument.to_owned());
            full.file_name().map_or_else(|| slashes(argument), |name| name.to_string_lossy().into_owned())
        }
    }
}

fn below(root: &Path, name: &str, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(relative) if !relative.as_os_str().is_empty() => format!("{name}/{}", slashes(relative)),
        _ => name.to_owned(),
    }
}

fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}
