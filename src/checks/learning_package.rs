//! Is a learning package complete: can its manifest be read, and are the files there that it names?

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opinion, Settings, address, inside};
use crate::facts::{Bundle, Facts, PackageFacts};
use crate::finding::{Arg, Message};
use crate::identify::extension;

/// Settings of `learning-package`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LearningPackage {
    /// Files that may lie beside the manifest without being named in it.
    #[serde(default)]
    unnamed: Vec<String>,
}

impl Settings for LearningPackage {
    const CHECK: &'static str = "learning-package";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(bundle) = inside::bundle(facts, opinion) else { return };
        for entry in &bundle.entries {
            let Some(file) = entry.file.as_ref().filter(|_| PackageFacts::is_manifest(&entry.name)) else { continue };
            let place = inside::place(&[&entry.name]);
            if let Some(package) = file.package.as_deref() {
                let message = |id| Message::new(id).with("standard", package.standard.name());
                if is_wrapped(bundle, &entry.name) {
                    opinion.error(message("package-in-folder"), place);
                }
                complete(bundle, &entry.name, package, opinion);
                self.unlisted(bundle, &entry.name, package, opinion);
            } else {
                opinion.error(Message::new("package-unreadable"), place);
            }
        }
        inside::must_be_read(facts, opinion);
    }
}

/// The whole app lies in the folder of this manifest. Packages in folders beside other things are content of the app.
fn is_wrapped(bundle: &Bundle, manifest: &str) -> bool {
    let Some((folder, _)) = manifest.rsplit_once('/') else { return false };
    bundle.entries.iter().all(|entry| entry.name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

/// The manifest of a package lies at the root.
pub(super) fn at_root(bundle: &Bundle) -> bool {
    bundle
        .entries
        .iter()
        .any(|entry| !entry.name.contains('/') && entry.file.as_ref().is_some_and(|file| file.package.is_some()))
}

/// What the manifest of an app says, if it has one.
pub(super) fn of(bundle: &Bundle) -> Option<&PackageFacts> {
    bundle.entries.iter().find_map(|entry| entry.file.as_ref()?.package.as_deref())
}

fn complete(bundle: &Bundle, manifest: &str, package: &PackageFacts, opinion: &mut Opinion) {
    let there: BTreeSet<&str> =
        bundle.entries.iter().filter(|entry| !entry.folder).map(|entry| entry.name.as_str()).collect();
    let missing =
        |url: &&String| address::resolve(manifest, None, url).is_some_and(|name| !there.contains(name.as_str()));
    let place = || inside::place(&[manifest]);
    let named = |id, url: &str| Message::new(id).with("standard", package.standard.name()).with("url", url);
    if let Some(launch) = package.launch.iter().find(missing) {
        opinion.error(named("package-start-missing", launch), place());
    }
    let mut files = package.files.iter().filter(missing);
    if let Some(first) = files.next() {
        let count = 1 + files.count() as u64;
        opinion.error(named("package-files-missing", first).with("count", Arg::Count(count)), place());
    }
}

impl LearningPackage {
    /// Files that the manifest does not name: a platform that keeps to the standard leaves them out. Schemas and
    /// descriptions of the package lie beside it unnamed.
    fn unlisted(&self, bundle: &Bundle, manifest: &str, package: &PackageFacts, opinion: &mut Opinion) {
        if package.files.is_empty() {
            return;
        }
        let listed: BTreeSet<String> =
            package.files.iter().filter_map(|url| address::resolve(manifest, None, url)).collect();
        let folder = manifest.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut rest = bundle.entries.iter().filter(|entry| {
            let Some(name) = entry.name.strip_prefix(folder) else { return false };
            let below = folder.is_empty() || name.starts_with('/');
            let unnamed = self.unnamed.iter().any(|unnamed| name.trim_start_matches('/') == unnamed);
            let described = matches!(extension(name).as_deref(), Some("xsd" | "dtd" | "xml"));
            !entry.folder && below && !unnamed && !described && !listed.contains(&entry.name)
        });
        if let Some(first) = rest.next() {
            let message = Message::new("package-files-unlisted").with("standard", package.standard.name());
            let message = message.with("count", Arg::Count(1 + rest.count() as u64));
            opinion.note(message, inside::place(&[&first.name]));
        }
    }
}
