//! Was a work sent once? What is alike in the batch is told; what is the same is an error, if it is the same author's.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opinion, Settings, inside};
use crate::facts::{Alikeness, Facts, Likeness};
use crate::finding::{Arg, Message};

/// Settings of `sent-once`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SentOnce {
    /// Share from which on two works are one and the same, unless a person sees more.
    same_share: f64,
}

impl Settings for SentOnce {
    const CHECK: &'static str = "sent-once";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(alike) = &facts.alike else {
            opinion.unchecked(Message::new("unchecked-not-compared"));
            return;
        };
        for found in alike.works.iter().filter(|found| found.contest.is_none()) {
            let here: Vec<&str> = found.here.iter().map(String::as_str).collect();
            if self.is_twice(found) {
                opinion.error(likeness(found), inside::place(&here));
            } else {
                opinion.warning(likeness(found), inside::place(&here));
                if found.share >= self.same_share {
                    opinion.unchecked(Message::new("unchecked-alike").with("other", found.other.as_str()));
                }
            }
        }
        if alike.parts == 0 {
            opinion.unchecked(Message::new("unchecked-nothing-to-compare"));
        }
    }
}

impl SentOnce {
    /// A copy of another author's work was sent once by each; which is the copy, a person has to find out.
    fn is_twice(&self, found: &Likeness) -> bool {
        let whole = match found.what {
            Alikeness::Bytes => found.share >= self.same_share,
            what => what == Alikeness::Link,
        };
        whole && found.same_author != Some(false)
    }
}

/// A sentence about what two works have in common.
pub(crate) fn likeness(found: &Likeness) -> Message {
    let message = Message::new(match found.what {
        Alikeness::Bytes => "alike-bytes",
        Alikeness::Link => "alike-link",
        Alikeness::Text => "alike-text",
        Alikeness::Image => "alike-image",
        Alikeness::Sound => "alike-sound",
    });
    let mut other = vec![found.other.clone()];
    other.extend(found.there.iter().cloned());
    let author = match found.same_author {
        Some(true) => "same",
        Some(false) => "other",
        None => "unknown",
    };
    let [here, there, long] = found.seconds.unwrap_or_default();
    let contest = found.contest.as_deref().unwrap_or("none");
    let share = Arg::Count((found.share * 100.0).round() as u64);
    let message = message.with("other", other.join("!/")).with("author", author).with("contest", contest);
    let message = message.with("share", share).with("here", Arg::Seconds(here)).with("there", Arg::Seconds(there));
    message.with("long", Arg::Seconds(long))
}
