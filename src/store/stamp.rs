//! What the disk tells of a submission without its bytes being read.

use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::intake::{Submission, Thing};

/// A file that was changed so short a time ago may be changed once more without its times telling.
const FRESH: Duration = Duration::from_secs(2);

/// Sizes, times and numbers of the files of a submission, as a digest. As long as it is the same, so are the bytes; on Unix
/// the time of the last change of a file counts too, which no program can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Lower-case hexadecimal SHA-256.
    pub digest: String,
    /// All files had been left alone for long enough when the stamp was taken.
    pub settled: bool,
}

impl Stamp {
    /// The stamp of a submission; none if it has no files, or one cannot be looked at.
    #[must_use]
    pub fn of(submission: &Submission) -> Option<Stamp> {
        let mut hash = Sha256::new();
        let mut youngest = SystemTime::UNIX_EPOCH;
        hash.update(submission.path.as_bytes());
        match &submission.thing {
            Thing::File(path) => add(path, &mut hash, &mut youngest)?,
            Thing::Folder(files) => {
                for file in files {
                    hash.update([0, u8::from(file.link)]);
                    hash.update(file.name.as_bytes());
                    if !file.link {
                        add(&file.path, &mut hash, &mut youngest)?;
                    }
                }
            }
            Thing::Link | Thing::Unreadable | Thing::Row | Thing::Missing => return None,
        }
        let settled = SystemTime::now().duration_since(youngest).is_ok_and(|age| age > FRESH);
        Some(Stamp { digest: crate::hex(&hash.finalize()), settled })
    }
}

fn add(path: &Path, hash: &mut Sha256, youngest: &mut SystemTime) -> Option<()> {
    let about = std::fs::metadata(path).ok()?;
    let modified = about.modified().ok()?;
    *youngest = (*youngest).max(modified);
    hash.update(std::path::absolute(path).ok()?.as_os_str().as_encoded_bytes());
    hash.update(about.len().to_le_bytes());
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    hash.update(since.as_nanos().to_le_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        for number in [about.dev(), about.ino(), about.ctime() as u64, about.ctime_nsec() as u64] {
            hash.update(number.to_le_bytes());
        }
        let changed = u64::try_from(about.ctime()).ok().map(Duration::from_secs)?;
        *youngest = (*youngest).max(SystemTime::UNIX_EPOCH + changed);
    }
    Some(())
}
