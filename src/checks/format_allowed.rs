//! Is the file in an allowed format, by its bytes and by its name, and is it whole?

use super::whole::must_be_whole;
use super::{Opinion, Settings};
use crate::facts::{Facts, Format, VideoFacts};
use crate::finding::{Arg, Level, Message, Place};
use crate::settings::FormatAllowed;

impl Settings for FormatAllowed {
    const CHECK: &'static str = "format-allowed";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let identity = &facts.file.identity;
        let allowed = self.extensions.iter().map(|extension| extension.to_uppercase()).collect::<Vec<_>>().join(", ");
        match identity.format {
            Format::Empty => {
                opinion.error(Message::new("file-empty"), Place::whole());
                return;
            }
            Format::Unknown => {
                opinion.error(Message::new("format-unrecognised").with("allowed", allowed), Place::whole());
                return;
            }
            // A page under the name of a video needs another file, not another format.
            found if found.kind() != facts.kind => {
                let message = Message::new("format-of-other-kind").with("found", found).with("allowed", allowed);
                opinion.error(message.with("kind", Arg::Kind(facts.kind)), Place::whole());
                return;
            }
            found if !self.formats.contains(&found) => {
                let message = Message::new("format-not-allowed").with("found", found).with("allowed", allowed);
                opinion.error(message.with("advice", Arg::Advice(found)), Place::whole());
                return;
            }
            _ => {}
        }
        self.name(facts, &allowed, opinion);
        must_be_whole(&facts.file, "file-damaged", opinion);
        has_picture(facts, opinion);
    }
}

impl FormatAllowed {
    fn name(&self, facts: &Facts, allowed: &str, opinion: &mut Opinion) {
        let identity = &facts.file.identity;
        let right = identity.format.extensions().first().copied().unwrap_or_default();
        let Some(extension) = &identity.extension else {
            let message = Message::new("extension-missing").with("found", identity.format).with("right", right);
            opinion.warning(message, Place::whole());
            return;
        };
        let message = |id| Message::new(id).with("extension", extension.as_str()).with("found", identity.format);
        if !self.extensions.contains(extension) {
            let message = message("extension-not-allowed").with("allowed", allowed).with("right", right);
            opinion.error(message, Place::whole());
        } else if identity.promised != Some(identity.format) {
            opinion.warning(message("extension-disagrees").with("right", right), Place::whole());
        }
        // `clip.mp4.mp4` is clumsy; `photo.png.jpg` makes one wonder which it is.
        let inner =
            identity.inner_extension.as_deref().filter(|inner| Format::of_extension(inner) != identity.promised);
        if let Some(inner) = inner {
            opinion.warning(message("extension-doubled").with("inner", inner), Place::whole());
        }
    }
}

/// A film without a picture is no video, even if it is whole.
fn has_picture(facts: &Facts, opinion: &mut Opinion) {
    let pictures = |video: &VideoFacts| {
        video.pictures().any(|track| track.samples > 0 && track.codec.is_some() && track.duration.is_some())
    };
    let known = opinion.seen.iter().any(|seen| seen.level == Level::Error);
    if !known && facts.file.video.as_deref().is_some_and(|video| !pictures(video)) {
        opinion.error(Message::new("no-picture-track"), Place::whole());
    }
}
