//! Files on the disk. Nothing else in the library opens one.

#![expect(clippy::disallowed_methods, reason = "this is the room that opens files")]

use std::fs::File;
use std::io;
use std::path::Path;

use super::Source;

/// A regular file, open for reading.
pub struct DiskFile {
    file: File,
    size: u64,
}

impl DiskFile {
    /// Opens a regular file.
    ///
    /// # Errors
    /// The file is not there, may not be read, or is no regular file (a pipe would never end).
    pub fn open(path: &Path) -> io::Result<DiskFile> {
        // Opening a pipe or a device can block for ever, so it is looked at before.
        if !std::fs::metadata(path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok(DiskFile { file, size })
    }
}

impl Source for DiskFile {
    fn size(&self) -> u64 {
        self.size
    }

    #[cfg(unix)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, buffer, offset)
    }
}
