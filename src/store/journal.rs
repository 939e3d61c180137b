//! The facts of a run as it goes, a line a submission, so that a run that was broken off can be taken up. Lines are only
//! ever appended, each in one piece; of a line that was broken off in the middle nothing is believed.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::{Stamp, Store};
use crate::facts::Facts;
use crate::finding::Message;
use crate::intake::Submission;
use crate::{json_line, locked};

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    journal: u32,
    settings: String,
}

/// Any other line.
#[derive(Serialize, Deserialize)]
struct Line<F> {
    path: String,
    stamp: String,
    facts: F,
}

/// Version of the form of a journal.
const VERSION: u32 = 1;

/// An open journal.
pub struct Journal {
    known: HashMap<String, Facts>,
    file: Mutex<File>,
    trouble: Mutex<Option<io::Error>>,
}

impl Journal {
    /// Opens a journal, or begins one, for facts measured under these settings.
    ///
    /// # Errors
    /// The file is no journal, belongs to other settings, is in use by another run, or cannot be read or written.
    pub fn open(path: &Path, settings: &str) -> Result<Journal, Message> {
        let told = |error: &dyn std::error::Error| {
            let message = Message::new("error-journal").with("path", path.display().to_string());
            message.with("error", error.to_string())
        };
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(path).map_err(|e| told(&e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Message::new("error-journal-busy").with("path", path.display().to_string()));
            }
            Err(TryLockError::Error(error)) => return Err(told(&error)),
        }
        let (head, known, whole) = read(&file).map_err(|error| told(&error))?;
        match head {
            Some(head) if head.journal == VERSION && head.settings == settings => {}
            Some(_) => return Err(Message::new("error-journal-other").with("path", path.display().to_string())),
            None if whole == 0 => {}
            None => return Err(Message::new("error-journal-none").with("path", path.display().to_string())),
        }
        // What follows the last whole line was broken off.
        let mut begin = || -> io::Result<()> {
            file.set_len(whole)?;
            file.seek(SeekFrom::End(0))?;
            if whole == 0 {
                file.write_all(&json_line(&Head { journal: VERSION, settings: settings.to_owned() })?)?;
            }
            Ok(())
        };
        begin().map_err(|error| told(&error))?;
        Ok(Journal { known, file: Mutex::new(file), trouble: Mutex::new(None) })
    }
}

/// The head, the facts by stamp, and the bytes up to the end of the last whole line. A first line that was broken off while
/// the journal was begun counts as nothing.
fn read(file: &File) -> io::Result<(Option<Head>, HashMap<String, Facts>, u64)> {
    let mut reader = BufReader::new(file);
    let (mut head, mut known, mut whole) = (None, HashMap::new(), 0);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let length = reader.read_until(b'\n', &mut bytes)?;
        if length == 0 || bytes.last() != Some(&b'\n') {
            let foreign = whole == 0 && length > 0 && !b"{\"journal\":".starts_with(&bytes[..length.min(11)]);
            return if foreign { Ok((None, known, length as u64)) } else { Ok((head, known, whole)) };
        }
        if whole == 0 {
            match serde_json::from_slice(&bytes) {
                Ok(first) => head = Some(first),
                Err(_) => return Ok((None, known, length as u64)),
            }
        } else if let Ok(Line { stamp, facts, .. }) = serde_json::from_slice::<Line<Facts>>(&bytes) {
            known.insert(stamp, facts);
        }
        whole += length as u64;
    }
}

impl Store for Journal {
    fn recall(&self, _: &Submission, stamp: &Stamp) -> Option<Facts> {
        self.known.get(&stamp.digest).cloned()
    }

    fn keep(&self, submission: &Submission, stamp: &Stamp, facts: &Facts) {
        let mut trouble = locked(&self.trouble);
        // After a line that could not be written whole, the next one would not stand at the beginning of a line.
        if trouble.is_some() {
            return;
        }
        let bytes = json_line(&Line { path: submission.path.clone(), stamp: stamp.digest.clone(), facts });
        let mut file = locked(&self.file);
        if let Err(error) = bytes.and_then(|bytes| file.write_all(&bytes)) {
            *trouble = Some(error);
        }
    }

    fn trouble(&self) -> Option<io::Error> {
        locked(&self.trouble).take()
    }
}
