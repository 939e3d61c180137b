//! Does the start page start the app? Only a browser can say; what reading shows is whether the files it loads are
//! there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Opinion, Settings, address, inside};
use crate::facts::{Entry, Facts, Format, Via};
use crate::finding::Message;
use crate::settings::IndexLaunches;

impl Settings for IndexLaunches {
    const CHECK: &'static str = "index-launches";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(bundle) = inside::bundle(facts, opinion) else { return };
        let files: BTreeMap<&str, &Entry> =
            bundle.entries.iter().filter(|entry| !entry.folder).map(|entry| (entry.name.as_str(), entry)).collect();
        let by_lower_case: BTreeMap<String, &str> = files.keys().map(|name| (name.to_lowercase(), *name)).collect();

        // From the start page along everything the browser loads and every page a user can get to.
        let mut seen = BTreeSet::from([self.name.clone()]);
        let mut queue = vec![self.name.clone()];
        while let Some(name) = queue.pop() {
            let Some(file) = files.get(name.as_str()).and_then(|entry| entry.file.as_ref()) else { continue };
            if !matches!(file.identity.format, Format::Html | Format::Css) {
                continue;
            }
            for reference in file.web.iter().flat_map(|web| &web.references) {
                if !reference.via.is_loaded() && reference.via != Via::Link {
                    continue;
                }
                let Some(target) = resolve(&name, &reference.url) else { continue };
                if files.contains_key(target.as_str()) {
                    if seen.insert(target.clone()) {
                        queue.push(target);
                    }
                } else if reference.via.is_loaded() && seen.insert(target.clone()) {
                    let place = inside::place(&[&name]).spot(reference.spot);
                    let message = |id| Message::new(id).with("url", reference.url.as_str());
                    match by_lower_case.get(&target.to_lowercase()) {
                        Some(actual) => opinion.warning(message("reference-case").with("actual", *actual), place),
                        None => opinion.warning(message("reference-missing"), place),
                    }
                }
            }
        }
        opinion.unchecked(Message::new("unchecked-needs-browser"));
    }
}

/// The entry that an address in the file `from` means; none if it leads out of the app or is put together elsewhere.
fn resolve(from: &str, url: &str) -> Option<String> {
    let address = address::Address::parse(url);
    let scheme = url.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    // Braces and angle brackets belong to templates that are filled in at run time.
    if address.host.is_some() || scheme || address.path.is_empty() || url.contains(['{', '<', '$']) {
        return None;
    }
    let mut parts: Vec<&str> = match address.path.starts_with('/') {
        true => Vec::new(),
        false => from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in address.path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    // A folder stands for a page that the server chooses.
    (!address.path.ends_with('/') && !parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn addresses_are_resolved_as_a_browser_does() {
        let resolved = |from, url| resolve(from, url).unwrap_or_default();
        assert_eq!(resolved("index.html", "css/a.css?v=2"), "css/a.css");
        assert_eq!(resolved("css/a.css", "../img/%D0%B0.png#x"), "img/а.png");
        assert_eq!(resolved("a/b.html", "/c.js"), "c.js");
        assert_eq!(resolved("a/b.html", "./c.js"), "a/c.js");
        for outside in ["https://x.example/", "//x.example/a", "../../up.js", "{{url}}", "about:blank", "#x", "dir/"] {
            assert_eq!(resolve("a/b.html", outside), None, "{outside}");
        }
    }
}
