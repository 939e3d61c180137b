//! The columns that a table of an organizer may have: headings, in three languages, to the fields that checks ask for.

use crate::settings::names::{Row, folded, holds};

/// The columns a profile knows.
#[derive(Clone, Debug, Default)]
pub struct Columns(Vec<Column>);

#[derive(Clone, Debug)]
struct Column {
    id: String,
    label: String,
    /// Every way to write its heading, as it is compared.
    ways: Vec<String>,
}

impl Columns {
    pub(super) fn of_rows(rows: &[Row]) -> Columns {
        let mut columns: Vec<Column> = Vec::new();
        for row in rows {
            let ways = row.ways().map(|way| folded(way)).chain([folded(&row.id)]);
            // A profile adds other headings to a column that every profile has.
            match columns.iter_mut().find(|column| column.id == row.id) {
                Some(column) => column.ways.extend(ways),
                None => columns.push(Column { id: row.id.clone(), label: row.label(), ways: ways.collect() }),
            }
        }
        Columns(columns)
    }

    /// The ids, in the order of the profile.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|column| column.id.as_str())
    }

    /// What people call a column.
    #[must_use]
    pub fn label(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|column| column.id == id).map(|column| column.label.as_str())
    }

    /// The column that has this name and no other.
    #[must_use]
    pub fn exact(&self, heading: &str) -> Option<&str> {
        let heading = folded(heading);
        let column = self.0.iter().find(|column| column.ways.contains(&heading))?;
        Some(&column.id)
    }

    /// The column of each heading. A heading that is a name of a column goes before one that only holds it, as a question of
    /// a form does, and a longer name before a shorter one; each column is there once.
    #[must_use]
    pub fn of<S: AsRef<str>>(&self, headings: &[S]) -> Vec<Option<&str>> {
        let folded: Vec<String> = headings.iter().map(|heading| folded(heading.as_ref())).collect();
        let mut claims = Vec::new();
        for (at, heading) in folded.iter().enumerate() {
            for (index, column) in self.0.iter().enumerate() {
                let named = column.ways.iter().filter(|way| holds(heading, way));
                if let Some(way) = named.max_by_key(|way| way.len()) {
                    claims.push((way != heading, usize::MAX - way.len(), at, index));
                }
            }
        }
        claims.sort_unstable();
        let mut taken: Vec<Option<&str>> = vec![None; headings.len()];
        let mut used = vec![false; self.0.len()];
        for (_, _, at, index) in claims {
            if taken[at].is_none() && !used[index] {
                taken[at] = Some(&self.0[index].id);
                used[index] = true;
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;

    #[test]
    fn headings_are_known_in_three_languages_and_as_questions_of_a_form() {
        let columns = Profile::builtin("bjb-2020").expect("a profile").columns;
        let of = |headings: &[&str]| -> Vec<String> {
            columns.of(headings).into_iter().map(|id| id.unwrap_or("-").to_owned()).collect()
        };
        assert_eq!(
            of(&["№", "Аты-жөні", "Мектебі", "Облысы", "Пәні", "Сыныбы", "Жұмыстың сілтемесі"]),
            ["-", "author-full-name", "school", "region", "subject", "grade", "link"]
        );
        assert_eq!(
            of(&[
                "Отметка времени",
                "Адрес электронной почты",
                "Укажите ФИО участника полностью",
                "Даю согласие на обработку персональных данных",
                "Даю согласие на публикацию работы на сайте",
                "Ссылка на запись в Facebook"
            ]),
            [
                "received-at",
                "email",
                "author-full-name",
                "consent-personal-data",
                "consent-publication",
                "facebook-link"
            ]
        );
        assert_eq!(
            of(&["received-at", "Path", "E-mail", "Full name"]),
            ["received-at", "path", "email", "author-full-name"]
        );
        // Each column once: the second is told as unknown, not mixed in.
        assert_eq!(of(&["Школа", "Школа"]), ["school", "-"]);
    }
}
