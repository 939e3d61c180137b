//! Was a question of the organizer answered with yes: a consent, a confirmation?

use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{self, Recognition};
use super::record::{Lack, Said, label, said};
use super::{Opinion, Settings, inside};
use crate::facts::Facts;
use crate::finding::{Message, Place};
use crate::settings::names::{Row, folded, holds};

/// Settings of `answered-yes`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AnsweredYes {
    /// The columns of a table.
    columns: Vec<Row>,
    /// What people write for yes and for no.
    yes_no: Vec<Row>,
    /// The column of the answer.
    answer: String,
    /// Other words that mean yes to this question.
    #[serde(default)]
    yes_words: Vec<String>,
    /// A column that is filled in only by those who could say yes.
    instead: Option<String>,
    /// What becomes of a blank answer.
    #[serde(default)]
    blank: Lack,
    /// The answer follows from sending the work, so that a question nobody asked is only noted.
    #[serde(default)]
    implied: bool,
    /// A sentence in the application form that says yes.
    statement: Option<Statement>,
}

/// A sentence in the application form.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Statement {
    /// How the form is recognised.
    form: Recognition,
    /// Sentences with the words that they are known by.
    sentences: Vec<Row>,
}

impl Settings for AnsweredYes {
    const CHECK: &'static str = "answered-yes";
    const DOCUMENTS: bool = true;

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        let message = |id| Message::new(id).with("column", label(&self.columns, &self.answer));
        let answer = said(facts, &self.answer, &self.columns);
        if let Some(text) = answer.text() {
            match self.is_yes(text) {
                Some(true) => {}
                Some(false) => opinion.error(message("answer-no").with("value", text), Place::whole()),
                None => opinion.unchecked(message("unchecked-answer-unclear").with("value", text)),
            }
            return;
        }
        if self.instead.as_ref().is_some_and(|id| said(facts, id, &self.columns).text().is_some()) {
            return;
        }
        if let Some(statement) = &self.statement
            && statement.is_in(facts, opinion)
        {
            return;
        }
        match answer {
            Said::Unasked(_) if self.implied => Lack::Note.tell(&self.columns, &self.answer, opinion),
            Said::Unasked(why) => opinion.unchecked(why),
            _ => self.blank.tell(&self.columns, &self.answer, opinion),
        }
    }
}

impl AnsweredYes {
    fn is_yes(&self, text: &str) -> Option<bool> {
        let plain = text.trim().to_lowercase();
        let text = folded(text);
        let says =
            |row: &Row| row.ways().any(|way| plain == way.to_lowercase() || !text.is_empty() && text == folded(way));
        let told = |row: &Row| row.ways().any(|way| way.chars().count() > 2 && holds(&text, &folded(way)));
        let find = |id: &str| self.yes_no.iter().find(|row| row.id == id);
        let (yes, no) = (find("yes")?, find("no")?);
        if says(yes) || says(no) {
            return Some(says(yes));
        }
        // In a sentence "не согласен" holds "согласен".
        if told(no) {
            return Some(false);
        }
        let other = self.yes_words.iter().any(|word| holds(&text, &folded(word)));
        let refused = text.split(' ').any(|word| matches!(word, "не" | "нет" | "жок" | "емес"));
        ((told(yes) || other) && !refused).then_some(true)
    }
}

impl Statement {
    /// The sentence stands in a form; the opinion says where.
    fn is_in(&self, facts: &Facts, opinion: &mut Opinion) -> bool {
        let kind = self.form.kind(&self.form.kind);
        let forms = form::documents(facts).into_iter().filter(|document| kind.is_some_and(|kind| document.is_a(kind)));
        for document in forms {
            let said = document.said.iter().flat_map(|said| said.texts());
            for text in said {
                let words = folded(text);
                let stands = |word: &&String| holds(&words, &folded(word));
                if let Some(word) = self.sentences.iter().flat_map(|row| &row.words).find(stands) {
                    let message = Message::new("statement-taken").with("file", document.route.join("/"));
                    opinion.note(message.with("value", word.as_str()), inside::place(&document.route));
                    return true;
                }
            }
        }
        false
    }
}
