//! What the checks of a record share: answers to what the table, the cover sheet or the application form asks.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Opinion;
use super::form::{self, Recognition};
use crate::facts::{Facts, Origin};
use crate::finding::{Message, Place};
use crate::settings::names::{self, Row};

/// What is known of a field.
pub(crate) enum Said<'a> {
    /// Something stands in it.
    Text(Cow<'a, str>, Option<Origin>),
    /// It is asked for, and nothing stands in it.
    Blank,
    /// Nobody asks for it, for this reason.
    Unasked(Message),
}

impl Said<'_> {
    /// What stands in it.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Said::Text(text, _) => Some(text),
            Said::Blank | Said::Unasked(_) => None,
        }
    }

    /// Leaves a question open whose answer is not there, and says why.
    pub(crate) fn leave_open(self, columns: &[Row], answer: &str, opinion: &mut Opinion) {
        match self {
            Said::Text(..) => {}
            Said::Blank => Lack::Open.tell(columns, answer, opinion),
            Said::Unasked(why) => opinion.unchecked(why),
        }
    }
}

/// What the table or the cover sheet says in a field.
pub(crate) fn said<'a>(facts: &'a Facts, answer: &str, columns: &[Row]) -> Said<'a> {
    let Some(record) = facts.record.as_deref() else {
        return Said::Unasked(Message::new("unchecked-needs-registry"));
    };
    match record.answers.get(answer) {
        Some(answer) if answer.text.is_empty() => Said::Blank,
        Some(answer) => Said::Text(Cow::Borrowed(&answer.text), Some(answer.from)),
        None if record.unlisted => Said::Unasked(Message::new("unchecked-unlisted")),
        None => {
            let message = Message::new("unchecked-no-column").with("column", label(columns, answer));
            Said::Unasked(message)
        }
    }
}

/// What people call a field.
pub(crate) fn label(columns: &[Row], answer: &str) -> String {
    columns.iter().find(|row| row.id == answer).map_or_else(|| answer.to_owned(), Row::label)
}

/// A field of the application form in which people write what a column asks for too.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct InForm {
    /// How the form is recognised.
    form: Recognition,
    /// The field of the form.
    field: String,
}

/// What the table or the cover sheet says in a field, or else the application form.
pub(crate) fn said_anywhere<'a>(facts: &'a Facts, answer: &str, columns: &[Row], in_form: Option<&InForm>) -> Said<'a> {
    let said = said(facts, answer, columns);
    if let (Said::Text(..), _) | (_, None) = (&said, in_form) {
        return said;
    }
    let Some(InForm { form: how, field }) = in_form else { return said };
    let forms = form::forms(facts, how);
    match forms.first().and_then(|form| form.read.values.get(field)) {
        Some(value) if value.is_empty() => match said {
            Said::Unasked(_) => Said::Blank,
            said => said,
        },
        Some(value) => Said::Text(Cow::Owned(value.clone()), None),
        None => said,
    }
}

/// Where something stands that is said of a submission: in a column of the table, or in a field of the form.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Who {
    /// The column.
    answer: String,
    /// The field of the form.
    in_form: Option<InForm>,
}

impl Who {
    /// What stands there.
    pub(crate) fn said(&self, facts: &Facts) -> Option<String> {
        said_anywhere(facts, &self.answer, &[], self.in_form.as_ref()).text().map(str::to_owned)
    }
}

/// A requirement speaks only of those who answered something else so.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct When {
    /// The column of the other answer.
    answer: String,
    /// The field of the form in which it may stand too.
    in_form: Option<InForm>,
    /// What may be answered.
    values: Vec<Row>,
    /// The ids of the answers that the requirement speaks of.
    ids: Vec<String>,
}

impl When {
    /// The requirement speaks of this submission. If not, or if it is not known, the opinion says so.
    pub(crate) fn holds(&self, facts: &Facts, columns: &[Row], opinion: &mut Opinion) -> bool {
        let said = said_anywhere(facts, &self.answer, columns, self.in_form.as_ref());
        let Some(text) = said.text() else {
            said.leave_open(columns, &self.answer, opinion);
            return false;
        };
        match names::row(text, &self.values) {
            Some(row) if names::several(text, row, &self.values).is_none() => {
                opinion.beside = !self.ids.contains(&row.id);
                !opinion.beside
            }
            _ => {
                let message = Message::new("unchecked-answer-unclear").with("column", label(columns, &self.answer));
                opinion.unchecked(message.with("value", text));
                false
            }
        }
    }
}

/// What becomes of a field that nobody filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Lack {
    /// It breaks the requirement.
    #[default]
    Error,
    /// It is noted; the requirement is met all the same.
    Note,
    /// It leaves the question open.
    Open,
}

impl Lack {
    /// Says what is to be said of a blank field.
    pub(crate) fn tell(self, columns: &[Row], answer: &str, opinion: &mut Opinion) {
        let column = label(columns, answer);
        match self {
            Lack::Error => opinion.error(Message::new("answer-blank").with("column", column), Place::whole()),
            Lack::Note => opinion.note(Message::new("answer-implied").with("column", column), Place::whole()),
            Lack::Open => opinion.unchecked(Message::new("unchecked-answer-blank").with("column", column)),
        }
    }
}
