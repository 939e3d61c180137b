//! Can people who see badly, hear badly or have no mouse use the app? axe-core looks at the start page in a browser.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opinion, Settings, inside, visits};
use crate::facts::{Barrier, Facts, Visit};
use crate::finding::{Arg, Message, Place};

/// Settings of `accessibility`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Accessibility {
    /// The smallest text that can be read, in CSS pixels.
    smallest_text_px: f64,
}

impl Settings for Accessibility {
    const CHECK: &'static str = "accessibility";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if inside::bundle(facts, opinion).is_none() {
            return;
        }
        visits::must_be_made(facts, opinion);
        let looked = facts.file.visits.iter().find_map(|visit| Some((visit, visit.barriers.as_ref()?)));
        match looked {
            Some((visit, barriers)) => barriers.iter().for_each(|barrier| tell(visit, barrier, opinion)),
            None => opinion.unchecked(Message::new("unchecked-barriers")),
        }
        self.small(facts, opinion);
    }
}

impl Accessibility {
    /// Text that is too small for the window.
    fn small(&self, facts: &Facts, opinion: &mut Opinion) {
        let size = |visit: &Visit| visit.smallest_text.filter(|size| *size < self.smallest_text_px);
        let small: Vec<&Visit> = visits::sound(facts).filter(|visit| size(visit).is_some()).collect();
        let Some(smallest) = small.iter().copied().filter_map(size).min_by(f64::total_cmp) else { return };
        let message = Message::new("text-small").with("size", format!("{smallest:.0}"));
        opinion.error(message.with("windows", visits::windows(small)), Place::whole());
    }
}

/// Tells of a barrier, in words for those that are found most often.
fn tell(visit: &Visit, barrier: &Barrier, opinion: &mut Opinion) {
    let message = match barrier.rule.as_str() {
        "color-contrast" | "link-in-text-block" => Message::new("barrier-contrast"),
        "image-alt" | "input-image-alt" | "svg-img-alt" | "role-img-alt" | "area-alt" | "object-alt" => {
            Message::new("barrier-picture")
        }
        "button-name" | "input-button-name" | "aria-command-name" | "aria-toggle-field-name" | "summary-name" => {
            Message::new("barrier-button")
        }
        "link-name" => Message::new("barrier-link"),
        "label" | "select-name" | "aria-input-field-name" => Message::new("barrier-field"),
        "html-has-lang" | "html-lang-valid" | "html-xml-lang-mismatch" => Message::new("barrier-language"),
        "document-title" => Message::new("barrier-title"),
        "frame-title" => Message::new("barrier-frame"),
        "meta-viewport" => Message::new("barrier-zoom"),
        "video-caption" => Message::new("barrier-captions"),
        "scrollable-region-focusable" | "nested-interactive" | "frame-focusable-content" => {
            Message::new("barrier-keyboard")
        }
        _ => Message::new("barrier-other"),
    };
    let message = message.with("rule", barrier.rule.as_str()).with("element", barrier.markup.as_str());
    let message = message.with("count", Arg::Count(barrier.count)).with("windows", visits::windows([visit]));
    opinion.error(message, Place::whole());
}
