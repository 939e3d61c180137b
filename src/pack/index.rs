//! The files of an app by their names, as addresses in it spell them.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Finds files by name.
pub(super) struct Index<'a> {
    exact: HashMap<&'a str, usize>,
    /// By what is left where case and the way to put letters together do not count; none if several files share it.
    folded: HashMap<String, Option<usize>>,
}

impl<'a> Index<'a> {
    /// Of names with their numbers.
    pub(super) fn new(names: impl Iterator<Item = (usize, &'a str)> + Clone) -> Index<'a> {
        let mut folded = HashMap::new();
        for (number, name) in names.clone() {
            folded.entry(fold(name)).and_modify(|only| *only = None).or_insert(Some(number));
        }
        Index { exact: names.map(|(number, name)| (name, number)).collect(), folded }
    }

    /// The file of exactly this name.
    pub(super) fn exact(&self, name: &str) -> Option<usize> {
        self.exact.get(name).copied()
    }

    /// The only file whose name differs in case alone, or in how its letters are put together.
    pub(super) fn nearly(&self, name: &str) -> Option<usize> {
        self.folded.get(&fold(name)).copied().flatten()
    }
}

fn fold(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}
