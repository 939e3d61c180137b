//! Has a file of the app one of the extensions that the document forbids?

use super::{Opinion, Settings, inside};
use crate::facts::Facts;
use crate::finding::Message;
use crate::identify::extension;
use crate::settings::{ForbiddenExtension, ForbiddenExtensions};

/// Files of these extensions are text to the system, so that a second extension before it deceives nobody.
const WEB: [&str; 8] = ["js", "mjs", "css", "html", "htm", "json", "map", "svg"];

impl Settings for ForbiddenExtensions {
    const CHECK: &'static str = "forbidden-extensions";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        inside::files(facts, &mut |route, entry| {
            let Some(last) = extension(&entry.name) else { return };
            if let Some(forbidden) = find(&self.extensions, &last) {
                opinion.error(message("forbidden-extension", forbidden), inside::place(route));
            } else if self.advice_extensions.iter().any(|advice| advice.extension == last) {
                opinion.warning(Message::new("dangerous-extension").with("extension", last), inside::place(route));
            } else if !WEB.contains(&last.as_str())
                && let Some(forbidden) = inner(&entry.name).and_then(|inner| find(&self.extensions, &inner))
            {
                opinion.warning(message("forbidden-extension-inside", forbidden), inside::place(route));
            }
        });
        inside::must_be_read(facts, opinion);
    }
}

fn find<'a>(list: &'a [ForbiddenExtension], extension: &str) -> Option<&'a ForbiddenExtension> {
    list.iter().find(|forbidden| forbidden.extension == extension)
}

fn message(id: &'static str, forbidden: &ForbiddenExtension) -> Message {
    let message = Message::new(id).with("extension", forbidden.extension.as_str());
    message.with("printed", forbidden.printed.trim())
}

/// The extension before the last one: `exe` of `photo.exe.jpg`.
fn inner(name: &str) -> Option<String> {
    let (stem, _) = name.trim_end_matches(['.', ' ']).rsplit_once('.')?;
    extension(stem)
}
