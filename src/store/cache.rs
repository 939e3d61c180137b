//! A folder of facts, by content: what was measured once is not measured again, under whatever name or date it comes back.
//! Beside them stand the stamps of files whose content is known, so that an unchanged batch is not even read. Nothing in the
//! folder is needed; it can be deleted at any time.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use super::{Stamp, Store, packed, unpacked};
use crate::facts::Facts;
use crate::intake::{Submission, Thing};
use crate::source::{disk::DiskFile, sha256};
use crate::{last_part, locked};

/// An open cache.
pub struct Cache {
    folder: PathBuf,
    settings: String,
    trouble: Mutex<Option<io::Error>>,
}

impl Cache {
    /// Opens a cache, or makes one, for facts measured under these settings.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: &Path, settings: &str) -> io::Result<Cache> {
        std::fs::create_dir_all(folder)?;
        Ok(Cache { folder: folder.to_owned(), settings: settings.to_owned(), trouble: Mutex::new(None) })
    }

    /// Where a thing with this digest lies.
    fn path(&self, room: &str, digest: &str) -> PathBuf {
        self.folder.join(room).join(&digest[..2]).join(digest)
    }

    /// The file of the facts of a submission with this content. The name counts, because what it promises is a fact.
    fn facts(&self, submission: &Submission, content: &str) -> PathBuf {
        let name = last_part(&submission.path);
        let mut hash = Sha256::new();
        [&self.settings, content, name].into_iter().for_each(|part| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        });
        self.path("facts", &crate::hex(&hash.finalize()))
    }

    /// The digest of the content of a submission, as it was kept for its stamp.
    fn content(&self, stamp: &Stamp) -> Option<String> {
        let content = std::fs::read_to_string(self.path("stamps", &stamp.digest)).ok()?;
        (content.len() == 64).then_some(content)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        io::Write::write_all(&mut new, bytes)?;
        new.persist(path).map(|_| ()).map_err(|error| error.error)
    }
}

impl Store for Cache {
    fn recall(&self, submission: &Submission, stamp: &Stamp) -> Option<Facts> {
        let known = self.content(stamp);
        let content = known.clone().or_else(|| content(submission))?;
        let facts = unpacked(&std::fs::read(self.facts(submission, &content)).ok()?).ok()?;
        if known.is_none() && stamp.settled && Stamp::of(submission).as_ref() == Some(stamp) {
            // Nothing is lost if it cannot be kept: the content will be read once more.
            let _ = self.write(&self.path("stamps", &stamp.digest), content.as_bytes());
        }
        Some(facts)
    }

    fn keep(&self, submission: &Submission, stamp: &Stamp, facts: &Facts) {
        let whole = match (&submission.thing, &facts.sha256) {
            (Thing::File(_), Some(digest)) => Some(digest.clone()),
            _ => content(submission),
        };
        // What was changed in the meantime is measured anew the next time.
        let Some(content) = whole.filter(|_| Stamp::of(submission).as_ref() == Some(stamp)) else { return };
        let written = packed(facts).and_then(|bytes| {
            self.write(&self.facts(submission, &content), &bytes)?;
            self.write(&self.path("stamps", &stamp.digest), content.as_bytes())
        });
        if let Err(error) = written {
            locked(&self.trouble).get_or_insert(error);
        }
    }

    fn trouble(&self) -> Option<io::Error> {
        locked(&self.trouble).take()
    }
}

/// The digest of all bytes of a submission; of a folder, of the names and digests of its files.
fn content(submission: &Submission) -> Option<String> {
    let of_file = |path: &Path| sha256(&DiskFile::open(path).ok()?).ok();
    match &submission.thing {
        Thing::File(path) => of_file(path).map(|digest| crate::hex(&digest)),
        Thing::Folder(files) => {
            let mut hash = Sha256::new();
            for file in files {
                hash.update((file.name.len() as u64).to_le_bytes());
                hash.update(file.name.as_bytes());
                if file.link {
                    hash.update([0]);
                } else {
                    hash.update([1]);
                    hash.update(of_file(&file.path)?);
                }
            }
            Some(crate::hex(&hash.finalize()))
        }
        Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => None,
    }
}
