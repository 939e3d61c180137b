//! JSON: data that scripts read, and manifests that the browser reads itself.

use serde::Deserialize;

use super::{Context, script, text};
use crate::facts::{Damage, DamageKind, FileFacts, Via, WebFacts};
use crate::last_part;
use crate::source::Source;

/// Files for programmers and their tools. Pages do not load them, and they are full of addresses.
const FOR_TOOLS: [&str; 8] = [
    "package.json",
    "package-lock.json",
    "bower.json",
    "composer.json",
    "component.json",
    "library.json",
    "tsconfig.json",
    "lerna.json",
];

/// Reads the file called `name`.
pub(super) fn probe(source: &dyn Source, name: &str, context: &Context<'_>, facts: &mut FileFacts) {
    let file = last_part(name);
    if FOR_TOOLS.contains(&file) {
        return;
    }
    let text = text::read(source, context, facts);
    let mut web = WebFacts::default();
    let complete = if let Some(manifest) = WebManifest::of(file, &text) {
        manifest.add_to(&mut web, context)
    } else {
        script::scan(&text, script::Kind::Data, text::START, context, &mut web)
    };
    if !complete {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    }
    facts.web = (web != WebFacts::default()).then(|| web.into());
}

/// What a web app manifest refers to. What it says beside that, no document asks.
#[derive(Deserialize)]
struct WebManifest {
    start_url: Option<String>,
    #[serde(default)]
    icons: Vec<Picture>,
    #[serde(default)]
    screenshots: Vec<Picture>,
    #[serde(default)]
    shortcuts: Vec<Shortcut>,
}

#[derive(Deserialize)]
struct Picture {
    src: String,
}

#[derive(Deserialize)]
struct Shortcut {
    url: String,
}

impl WebManifest {
    /// The manifest that a file of this name holds, if it is one. Other things are called `manifest.json` too.
    fn of(file: &str, text: &str) -> Option<WebManifest> {
        let named = file.ends_with(".webmanifest") || file == "manifest.json";
        let manifest: WebManifest = serde_json::from_str(named.then_some(text)?).ok()?;
        (manifest.start_url.is_some() || !manifest.icons.is_empty()).then_some(manifest)
    }

    /// A browser loads these when somebody installs the app, and not before, so that they are links.
    fn add_to(&self, web: &mut WebFacts, context: &Context<'_>) -> bool {
        let pictures = self.icons.iter().chain(&self.screenshots).map(|picture| &picture.src);
        let pages = self.start_url.iter().chain(self.shortcuts.iter().map(|shortcut| &shortcut.url));
        let mut all = pictures.chain(pages);
        all.all(|url| web.add(url, Via::Link, text::START, context.limits.references))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Format, Identity};
    use crate::probe::Limits;
    use crate::source::Memory;

    fn addresses(name: &str, text: &str) -> Vec<(String, Via)> {
        let limits = Limits::default();
        let identity = Identity { format: Format::Json, extension: None, promised: None, inner_extension: None };
        let mut facts = FileFacts::new(identity, text.len() as u64);
        probe(&Memory(text.as_bytes()), name, &Context::alone(&limits), &mut facts);
        let references = facts.web.iter().flat_map(|web| &web.references);
        references.map(|reference| (reference.url.clone(), reference.via)).collect()
    }

    #[test]
    fn data_names_what_scripts_may_load() {
        let data = r#"{"sound": "audio/a.mp3", "next": ["https:\/\/a.example\/x", "a word"], "audio/key.mp3": 1}"#;
        let text = |url: &str| (url.to_owned(), Via::Text);
        assert_eq!(
            addresses("data/words.json", data),
            ["audio/a.mp3", "https://a.example/x", "audio/key.mp3"].map(text)
        );
        assert_eq!(addresses("x/package.json", r#"{"homepage": "https://a.example/"}"#), []);
        assert_eq!(addresses("broken.json", r#"{"a": "b.png", "#), [text("b.png")]);
    }

    #[test]
    fn a_web_manifest_names_icons_and_a_start() {
        let manifest =
            r#"{"name": "Сабақ", "start_url": "./index.html", "icons": [{"src": "img/192.png", "sizes": "192x192"}]}"#;
        let link = |url: &str| (url.to_owned(), Via::Link);
        assert_eq!(addresses("manifest.json", manifest), ["img/192.png", "./index.html"].map(link));
        assert_eq!(
            addresses("manifest.json", r#"{"files": {"main.js": "static/main.js"}}"#).len(),
            2,
            "another manifest"
        );
    }
}
