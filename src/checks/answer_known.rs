//! Is a question of the organizer answered, and with something that the document knows?

use schemars::JsonSchema;
use serde::Deserialize;

use super::record::{InForm, Lack, Said, When, label, said_anywhere};
use super::{Opinion, Settings};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::names::{self, Row, folded, holds};

/// Settings of `answer-known`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AnswerKnown {
    /// The columns of a table.
    columns: Vec<Row>,
    /// The columns of the answers. All of them are needed.
    answers: Vec<String>,
    /// The field of the form in which the first answer may stand too.
    in_form: Option<InForm>,
    /// What may be answered. Without a list anything may.
    values: Option<Vec<Row>>,
    /// Words with which a person has to look at the answer.
    #[serde(default)]
    doubtful: Vec<String>,
    /// What becomes of a blank answer.
    #[serde(default)]
    blank: Lack,
    /// Whom the requirement speaks of.
    when: Option<When>,
    /// The answer and the nomination have to go together.
    nomination: Option<Nomination>,
}

/// The nomination of the submission.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Nomination {
    /// Its column.
    answer: String,
    /// The field of the form in which it may stand too.
    in_form: Option<InForm>,
    /// The nominations that there are.
    values: Vec<Row>,
}

impl Settings for AnswerKnown {
    const CHECK: &'static str = "answer-known";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        if self.when.as_ref().is_some_and(|when| !when.holds(facts, &self.columns, opinion)) {
            return;
        }
        for (index, id) in self.answers.iter().enumerate() {
            let in_form = self.in_form.as_ref().filter(|_| index == 0);
            match said_anywhere(facts, id, &self.columns, in_form) {
                Said::Text(text, _) => self.look(facts, id, &text, opinion),
                Said::Blank => self.blank.tell(&self.columns, id, opinion),
                Said::Unasked(why) => opinion.unchecked(why),
            }
        }
    }
}

impl AnswerKnown {
    fn look(&self, facts: &Facts, id: &str, text: &str, opinion: &mut Opinion) {
        let message = |message| Message::new(message).with("column", label(&self.columns, id)).with("value", text);
        let words = folded(text);
        // A dash, a question mark: nothing that could be an answer.
        if words.is_empty() {
            self.blank.tell(&self.columns, id, opinion);
            return;
        }
        if let Some(word) = self.doubtful.iter().find(|word| holds(&words, &folded(word))) {
            opinion.unchecked(message("unchecked-answer-doubtful").with("word", word.as_str()));
        }
        let Some(values) = &self.values else { return };
        let Some(row) = names::row(text, values) else {
            match names::near(text, values) {
                Some(near) => opinion.error(message("answer-near").with("near", near), Place::whole()),
                None => {
                    let known: Vec<String> = values.iter().map(Row::label).collect();
                    opinion.error(message("answer-unknown").with("known", known.join("; ")), Place::whole());
                }
            }
            return;
        };
        if let Some(nomination) = &self.nomination {
            let said = said_anywhere(facts, &nomination.answer, &self.columns, nomination.in_form.as_ref());
            let named = said.text().and_then(|text| names::row(text, &nomination.values));
            if let Some(named) = named.filter(|named| !row.nominations.contains(&named.id)) {
                opinion.warning(message("answer-other-nomination").with("nomination", named.label()), Place::whole());
            }
        }
    }
}
