//! The data directory: one process at a time, and a mark that it holds data. What lies in it is the
//! engine's. Unix only, for the rights of files.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::Fault;

const LOCK: &str = "lock";
const MARK: &str = "HOLDS-DATA";
const MARK_TEXT: &str = "Steward's data is in this directory. Without this file a lost database would pass \
                         for a new one. Restore single files from a backup only.\n";
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
}

impl Directory {
    /// Makes the directory if there is none, and locks it. [`Fault::Directory`] names the process that
    /// holds it already.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let failed = |cause: io::Error| {
            Fault::Directory(format!("cannot use the data directory {}: {cause}", path.display()))
        };
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
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a store has been opened here before.
    pub fn marked(&self) -> bool {
        self.path.join(MARK).exists()
    }

    /// Marks that a store has been opened here, durably.
    pub fn mark(&self) -> Result<(), Fault> {
        let write = || {
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(FILE_MODE)
                .open(self.path.join(MARK))?;
            file.write_all(MARK_TEXT.as_bytes())?;
            file.sync_all()?;
            File::open(&self.path)?.sync_all()
        };
        write().map_err(|cause: io::Error| {
            Fault::Directory(format!("cannot write to {}: {cause}", self.path.display()))
        })
    }
}

fn name_holder(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
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
        assert!(!second.marked());
        second.mark().unwrap();
        assert!(second.marked());
    }
}
