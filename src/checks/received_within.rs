//! Did a submission come in time?

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::dates::days;
use super::record::{Said, label, said};
use super::{Opinion, Settings};
use crate::facts::{Facts, Origin};
use crate::finding::{Message, Place};
use crate::settings::names::Row;

/// Settings of `received-within`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ReceivedWithin {
    /// The columns of a table.
    columns: Vec<Row>,
    /// The column of the day, or of the moment.
    answer: String,
    /// Periods of the contest.
    dates: Vec<Period>,
    /// The one in which it has to come.
    period: String,
    /// The zone in which days begin and end, by its name in the IANA database.
    #[serde(deserialize_with = "zone")]
    #[schemars(with = "String")]
    time_zone: TimeZone,
    /// The document does not say whether the last day belongs to the period. It is let pass, and noted.
    #[serde(default)]
    last_day_noted: bool,
}

/// A period of the contest, its first and last day included. Lists serve several checks, so that a row may hold more than
/// this one asks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Period {
    id: String,
    /// Its names by language.
    #[serde(default)]
    #[serde(rename = "name")]
    _name: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "day")]
    #[schemars(with = "Option<String>")]
    from: Option<Date>,
    #[serde(default, deserialize_with = "day")]
    #[schemars(with = "Option<String>")]
    to: Option<Date>,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(deserializer)?;
    // In no language: whoever wrote 31.03.2027 sees what is wanted.
    let told = |_| serde::de::Error::custom(format!("{text:?} → 2027-03-31"));
    text.parse().map(Some).map_err(told)
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    TimeZone::get(&name).map_err(|_| serde::de::Error::custom(format!("{name:?} → Asia/Almaty")))
}

impl Settings for ReceivedWithin {
    const CHECK: &'static str = "received-within";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let Some(period) = self.dates.iter().find(|period| period.id == self.period) else { return };
        let (text, from) = match said(facts, &self.answer, &self.columns) {
            Said::Text(text, from) => (text, from),
            said => {
                said.leave_open(&self.columns, &self.answer, opinion);
                return;
            }
        };
        let message = |id| Message::new(id).with("value", &*text).with("column", label(&self.columns, &self.answer));
        let days = days(&text, &self.time_zone);
        let early = |day: &&Date| period.from.is_some_and(|from| **day < from);
        let late = |day: &&Date| period.to.is_some_and(|to| **day > to);
        let (earlies, lates) = (days.iter().filter(early).count(), days.iter().filter(late).count());
        let Some(day) = days.first() else {
            opinion.unchecked(message("unchecked-no-date"));
            return;
        };
        let weak = from.is_some_and(Origin::is_weak);
        let told = |id| message(id).with("date", written(day));
        let outside = match (earlies, lates) {
            (0, 0) => None,
            (count, 0) if count == days.len() => {
                Some(told("received-early").with("first", period.from.as_ref().map(written).unwrap_or_default()))
            }
            (0, count) if count == days.len() => {
                Some(told("received-late").with("last", period.to.as_ref().map(written).unwrap_or_default()))
            }
            _ => {
                opinion.unchecked(message("unchecked-two-dates"));
                return;
            }
        };
        match outside {
            // A file that was copied later is no proof that it came late.
            Some(outside) if weak => {
                opinion.warning(outside, Place::whole());
                opinion.unchecked(told("unchecked-weak-time"));
            }
            Some(outside) => opinion.error(outside, Place::whole()),
            None if weak => opinion.warning(told("received-weak"), Place::whole()),
            None if self.last_day_noted && period.to == Some(*day) => {
                opinion.note(told("received-on-last-day"), Place::whole());
            }
            None => {}
        }
    }
}

/// A day as it is written in Kazakhstan.
fn written(day: &Date) -> String {
    day.strftime("%d.%m.%Y").to_string()
}
