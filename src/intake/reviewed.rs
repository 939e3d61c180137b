//! Pairs of works that a person looked at and found to be no duplicates: a table with two columns, the paths as reports
//! write them.

use std::collections::HashSet;
use std::path::Path;

use super::registry::folded;
use super::table;
use crate::finding::Message;

/// Pairs that were looked at.
#[derive(Debug, Default)]
pub struct Reviewed(HashSet<(String, String)>);

impl Reviewed {
    /// Reads the pairs.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn read(path: &Path) -> Result<Reviewed, Message> {
        let mut pairs = HashSet::new();
        for sheet in table::read(path)? {
            for (_, cells) in sheet.lines {
                if let [a, b, ..] = cells.as_slice() {
                    pairs.insert(ordered(a, b));
                }
            }
        }
        Ok(Reviewed(pairs))
    }

    /// A person looked at this pair.
    #[must_use]
    pub fn has(&self, a: &str, b: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&ordered(a, b))
    }
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (a, b) = (folded(a), folded(b));
    if a < b { (a, b) } else { (b, a) }
}
