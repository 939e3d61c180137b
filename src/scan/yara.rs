//! Rules of the organizer's own, in the language of YARA, held against every file in memory.

use std::path::{Path, PathBuf};

use boreal::Compiler;
use boreal::scanner::{ScanError, Scanner as Engine};

use crate::facts::{Scan, Unscanned};
use crate::probe::{Deadline, Scanner};
use crate::source::{Source, beginning};

/// Bytes of a file that are held in memory to be looked at. Archives are larger, but every file in them is looked at.
const HELD: usize = 64 << 20;

/// Names of matching rules that are told.
const NAMED: usize = 5;

/// Values that rules of others expect from the program that runs them. What a file is called says nothing here.
const EXPECTED: [&str; 6] = ["filename", "filepath", "extension", "filetype", "filemd5", "owner"];

/// Compiled rules.
pub struct Yara {
    rules: Engine,
    count: usize,
}

impl Yara {
    /// Reads rules; files that they include lie beside them.
    ///
    /// # Errors
    /// The file that cannot be read or compiled, and why, with the line.
    pub fn of(files: &[PathBuf]) -> Result<Yara, (&Path, String)> {
        let mut compiler = Compiler::new();
        for name in EXPECTED {
            compiler.define_symbol(name, "");
        }
        for (number, file) in files.iter().enumerate() {
            // Two files may each have a rule of the same name.
            let added = compiler.add_rules_file_in_namespace(file, format!("file{number}"));
            added.map_err(|error| (file.as_path(), error.to_string()))?;
        }
        let rules = compiler.finalize();
        let count = rules.rules().count();
        Ok(Yara { rules, count })
    }

    fn matching(&self, bytes: &[u8], deadline: Deadline) -> Scan {
        let mut rules = self.rules.clone();
        let parameters = rules.scan_params().clone().compute_full_matches(false).timeout_duration(deadline.left());
        rules.set_scan_params(parameters);
        let result = match rules.scan_mem(bytes) {
            Ok(result) => result,
            // What matched before the time was up, did match.
            Err((_, result)) if !result.rules.is_empty() => result,
            Err((ScanError::Timeout, _)) => return Scan::NotScanned(Unscanned::Time),
            Err(_) => return Scan::NotScanned(Unscanned::Failed),
        };
        let mut names: Vec<&str> = result.rules.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        if names.len() > NAMED {
            names.truncate(NAMED);
            names.push("…");
        }
        if names.is_empty() { Scan::Clean } else { Scan::Found(names.join(", ")) }
    }
}

impl Scanner for Yara {
    fn scan(&self, bytes: &dyn Source, deadline: Deadline) -> Scan {
        if deadline.is_over() {
            return Scan::NotScanned(Unscanned::Time);
        }
        if bytes.size() > HELD as u64 {
            return Scan::NotScanned(Unscanned::Limit);
        }
        match beginning(bytes, HELD) {
            Ok(bytes) => self.matching(&bytes, deadline),
            Err(_) => Scan::NotScanned(Unscanned::ReadError),
        }
    }

    fn engine(&self) -> Option<String> {
        Some(format!("YARA, {} rules", self.count))
    }
}
