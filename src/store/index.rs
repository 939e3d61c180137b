//! Works of earlier contests and years: their prints in one file, an embedded database that a crash does not break.

use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

use super::{packed, unpacked};
use crate::alike::Work;
use crate::finding::Message;

/// The contest (profile and version), a zero and the path of the work, to its prints as packed JSON.
const WORKS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("works-1");

/// An open index.
pub struct Index {
    database: Database,
    path: String,
}

impl Index {
    /// Opens an index, or makes one.
    ///
    /// # Errors
    /// It cannot be opened: it is no index, or another program has it open.
    pub fn open(path: &Path) -> Result<Index, Message> {
        let shown = path.display().to_string();
        match Database::create(path) {
            Ok(database) => Ok(Index { database, path: shown }),
            Err(error) => Err(told(&shown, &error)),
        }
    }

    /// Works of all contests but this one.
    ///
    /// # Errors
    /// It is damaged.
    pub fn earlier(&self, contest: &str) -> Result<Vec<Work>, Message> {
        let read = || -> Result<Vec<Work>, Box<dyn std::error::Error>> {
            let transaction = self.database.begin_read()?;
            let table = match transaction.open_table(WORKS) {
                Ok(table) => table,
                Err(redb::TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
                Err(error) => return Err(error.into()),
            };
            let mut works = Vec::new();
            for row in table.iter()? {
                let (key, value) = row?;
                let other = key.value().split('\0').next().unwrap_or_default().to_owned();
                if other != contest {
                    let mut work: Work = unpacked(value.value())?;
                    work.contest = Some(other);
                    works.push(work);
                }
            }
            Ok(works)
        };
        read().map_err(|error| told(&self.path, &*error))
    }

    /// Keeps the works of a contest in the place of those that were kept of it before.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, contest: &str, works: &[Work]) -> Result<(), Message> {
        let write = || -> Result<(), Box<dyn std::error::Error>> {
            let transaction = self.database.begin_write()?;
            {
                let mut table = transaction.open_table(WORKS)?;
                let (from, to) = (format!("{contest}\0"), format!("{contest}\u{1}"));
                table.retain_in(from.as_str()..to.as_str(), |_, _| false)?;
                for work in works.iter().filter(|work| work.contest.is_none()) {
                    table.insert(format!("{from}{}", work.path).as_str(), packed(work)?.as_slice())?;
                }
            }
            transaction.commit()?;
            Ok(())
        };
        write().map_err(|error| told(&self.path, &*error))
    }
}

fn told(path: &str, error: &dyn std::error::Error) -> Message {
    Message::new("error-index").with("path", path).with("error", error.to_string())
}
