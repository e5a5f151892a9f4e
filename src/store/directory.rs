//! The data directory: one process at a time, and a mark of what it holds. The data itself is the
//! engine's. Unix only, for the rights of files.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::Fault;

const LOCK: &str = "lock";
const MARK: &str = "DURABLE";
const DOUBT: &str = "REBUILD";
const RENEW: &str = "RENEW";
const RENEW_TEXT: &str = "Something was erased for good: the next start makes the database beside \
                          this file anew, without it.\n";
const DOUBT_TEXT: &str = "The database beside this file broke in use: the next start makes \
                          it anew from the commit log.\n";
const MARK_TEXT: &str = "frames of the commit log are durable. It shows when data beside this file \
                         is lost or cut short; never change or remove it alone.\n";
/// Digits of the largest count, so that it is always overwritten whole.
const COUNT_DIGITS: usize = 20;
/// Only the owner.
const DIRECTORY_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;
/// A process id and a line end are shorter.
const PID_BYTES_MAX: u64 = 32;

/// A data directory of which this process is the only user until it is dropped.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    /// The system frees the lock with the handle, also when the process dies.
    _lock: File,
    mark: OnceLock<File>,
}

impl Directory {
    /// Makes the directory if there is none, and locks it. [`Fault::Directory`] names the process
    /// that holds it already.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let failed = |cause: io::Error| unusable(path, &cause.to_string());
        DirBuilder::new().recursive(true).mode(DIRECTORY_MODE).create(path).map_err(failed)?;
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(FILE_MODE)
            .open(path.join(LOCK))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(path, &mut lock)),
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
        }
        name_holder(&mut lock).map_err(failed)?;
        Ok(Self { path: path.to_owned(), _lock: lock, mark: OnceLock::new() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many frames were durable here at the least; `None` if there never was a store.
    pub fn marked(&self) -> Result<Option<u64>, Fault> {
        let path = self.path.join(MARK);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(unusable(&path, &cause.to_string())),
        };
        if bytes.is_empty() {
            // Made, but not yet written, when the process died.
            return Ok(Some(0));
        }
        let digits = bytes.get(..COUNT_DIGITS).and_then(|digits| str::from_utf8(digits).ok());
        let count = digits.and_then(|digits| digits.parse().ok());
        count.map(Some).ok_or_else(|| {
            unusable(&path, "its count is damaged; put back the last copy of the whole directory")
        })
    }

    /// Notes that so many frames are durable. Only the first mark is synced: a later one that a
    /// power cut takes back is merely lower than it could be.
    pub fn mark(&self, count: u64) -> io::Result<()> {
        let count = format!("{count:0COUNT_DIGITS$}");
        if let Some(file) = self.mark.get() {
            return file.write_all_at(count.as_bytes(), 0);
        }
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(FILE_MODE)
            .open(self.path.join(MARK))?;
        file.write_all_at(format!("{count} {MARK_TEXT}").as_bytes(), 0)?;
        file.sync_all()?;
        File::open(&self.path)?.sync_all()?;
        // Another caller may have been first; either handle will do.
        self.mark.get_or_init(|| file);
        Ok(())
    }

    /// Notes that the engine is not to be trusted any more. If that fails, the next start meets
    /// what this one met.
    pub fn doubt(&self) {
        let _ = fs::write(self.path.join(DOUBT), DOUBT_TEXT);
    }

    /// Notes that the engine's files are to be made anew at the next start.
    pub fn renew(&self) -> io::Result<()> {
        fs::write(self.path.join(RENEW), RENEW_TEXT)?;
        File::open(&self.path)?.sync_all()
    }

    /// Whether they are.
    pub fn is_renewed(&self) -> bool {
        self.path.join(RENEW).exists()
    }

    /// They were.
    pub fn renewed(&self) -> io::Result<()> {
        fs::remove_file(self.path.join(RENEW))
    }

    /// Whether the engine is in doubt.
    pub fn in_doubt(&self) -> bool {
        self.path.join(DOUBT).exists()
    }

    /// The engine is whole again.
    pub fn trust(&self) -> io::Result<()> {
        match fs::remove_file(self.path.join(DOUBT)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

fn name_holder(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}

fn unusable(path: &Path, why: &str) -> Fault {
    Fault::Directory(format!("cannot use {}: {why}", path.display()))
}

fn held(path: &Path, lock: &mut File) -> Fault {
    let mut text = String::new();
    let holder = match lock.take(PID_BYTES_MAX).read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => format!("process {}", text.trim()),
        Ok(_) | Err(_) => "another process".to_owned(),
    };
    Fault::Directory(format!(
        "the data directory {} is in use by {holder}: stop it first, or give another directory",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_second_user_is_told_who_holds_the_directory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let first = Directory::open(&path).unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, DIRECTORY_MODE);
        let fault = Directory::open(&path).unwrap_err().to_string();
        assert!(fault.contains(&format!("process {}", std::process::id())), "{fault}");
        drop(first);
        let second = Directory::open(&path).unwrap();
        assert_eq!(second.marked().unwrap(), None);
    }

    #[test]
    fn the_mark_is_the_last_count_or_a_clear_fault() {
        let folder = tempfile::tempdir().unwrap();
        let directory = Directory::open(folder.path()).unwrap();
        for count in [7, u64::MAX, 0, 12] {
            directory.mark(count).unwrap();
            assert_eq!(directory.marked().unwrap(), Some(count));
        }
        fs::write(folder.path().join(MARK), "").unwrap();
        assert_eq!(directory.marked().unwrap(), Some(0));
        fs::write(folder.path().join(MARK), "00x").unwrap();
        assert!(directory.marked().unwrap_err().to_string().contains(MARK));
    }
}
