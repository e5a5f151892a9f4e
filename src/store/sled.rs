//! The embedded engine: sled, one tree. It makes sled durable and its damages readable faults.
//!
//! - sled 0.34's `flush` only starts the write-back of the file (its issue 1452), so `sync` also
//!   syncs an own handle of it.
//! - A process killed while opening can leave `*.generating`, with which no later opening succeeds.
//!   What it holds is rebuilt from the log, so it is removed first.
//! - Damaged pages can make sled panic: every call is guarded.
//! - Damage inside its log makes sled drop, without a word, everything written later. The commit
//!   log in front of it sees that frames are missing between the two.

use std::fs::{self, File};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::backend::{Backend, Row, Rows};
use super::directory::Directory;
use super::{Fault, Order};

/// sled's folder in the data directory.
pub const FOLDER: &str = "sled";
/// The file in it that holds everything.
const FILE: &str = "db";
/// Where one that is made anew is kept, until the next time.
const SET_ASIDE: &str = "sled.damaged";

/// Bytes of pages kept in memory: the goal is 150 MB in all with a million messages. A hint to
/// sled.
const CACHE_BYTES: u64 = 48 << 20;
/// Fixed when a store is made. Pages over a quarter of it become files that sled never syncs; rows
/// of at most 3 KiB, 16 a page, stay far below.
const SEGMENT_BYTES: usize = 2 << 20;
/// How often sled tidies its segments in the background; durability does not depend on it.
const TIDY_MS: u64 = 500;
/// A closed database lets go of its file when its last background thread ends, a moment after the
/// handle is dropped: that long it is waited for, in steps.
const RELEASE_STEPS: u32 = 500;
const RELEASE_STEP: Duration = Duration::from_millis(10);

/// An open database. Clones share it, and the last one closes it and then frees the directory.
#[derive(Clone)]
pub struct Sled(Arc<Inner>);

struct Inner {
    db: Option<::sled::Db>,
    file: File,
    /// Locked as long as the database is open.
    _directory: Arc<Directory>,
}

impl Drop for Inner {
    /// Whoever opens the directory next finds a file that nobody writes any more.
    fn drop(&mut self) {
        drop(self.db.take());
        wait_released(&self.file);
    }
}

impl Sled {
    /// Whether there is a database in a data directory.
    pub fn stands_in(directory: &Directory) -> bool {
        directory.path().join(FOLDER).join(FILE).exists()
    }

    /// Moves the database of a data directory out of the way, in the place of one moved earlier.
    pub fn set_aside(directory: &Directory) -> Result<(), Fault> {
        let (from, to) = (directory.path().join(FOLDER), directory.path().join(SET_ASIDE));
        let moved = || {
            if !from.exists() {
                return Ok(());
            }
            if to.exists() {
                fs::remove_dir_all(&to)?;
            }
            fs::rename(&from, &to)?;
            File::open(directory.path())?.sync_all()
        };
        moved().map_err(|cause| failed(&from, &cause))
    }

    /// Removes what was moved out of the way.
    pub fn remove_set_aside(directory: &Directory) -> Result<(), Fault> {
        let aside = directory.path().join(SET_ASIDE);
        match fs::remove_dir_all(&aside) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(failed(&aside, &cause))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Opens or makes the database in a data directory. What cannot be opened is
    /// [`Fault::Directory`].
    pub fn open(directory: Arc<Directory>) -> Result<Self, Fault> {
        let folder = directory.path().join(FOLDER);
        let file = folder.join(FILE);
        remove_unfinished_snapshots(&folder).map_err(|cause| failed(&folder, &cause))?;
        let db = open_guarded(folder.clone(), &file)?;
        let durable = || {
            let handle = File::open(&file)?;
            handle.sync_all()?;
            File::open(&folder)?.sync_all()?;
            File::open(directory.path())?.sync_all()?;
            Ok::<_, std::io::Error>(handle)
        };
        let handle = durable().map_err(|cause| failed(&file, &cause))?;
        Ok(Self(Arc::new(Inner { db: Some(db), file: handle, _directory: directory })))
    }

    /// A call of the database; a panic in it is a fault.
    fn call<T>(&self, work: impl FnOnce(&::sled::Db) -> ::sled::Result<T>) -> Result<T, Fault> {
        // Taken out by the drop alone.
        let db = self.0.db.as_ref().ok_or_else(|| Fault::Engine("it is closed".to_owned()))?;
        guarded(|| work(db))
    }
}

impl Backend for Sled {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.call(|db| db.get(key))?.map(|bytes| bytes.to_vec()))
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        if range.start >= range.end {
            return Ok(Vec::new());
        }
        self.call(|db| {
            let rows = db.range(range);
            let owned = |row: ::sled::Result<(::sled::IVec, ::sled::IVec)>| {
                row.map(|(key, bytes)| (key.to_vec(), bytes.to_vec()))
            };
            match order {
                Order::Up => rows.take(limit).map(owned).collect(),
                Order::Down => rows.rev().take(limit).map(owned).collect(),
            }
        })
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        let mut batch = ::sled::Batch::default();
        for (key, bytes) in rows {
            match bytes {
                Some(bytes) => batch.insert(key, bytes),
                None => batch.remove(key),
            }
        }
        self.call(|db| db.apply_batch(batch))
    }

    fn write_loose(&self, rows: Rows) -> Result<(), Fault> {
        self.call(|db| {
            for (key, bytes) in rows {
                match bytes {
                    Some(bytes) => db.insert(key, bytes)?,
                    None => db.remove(key)?,
                };
            }
            Ok(())
        })
    }

    fn sync(&self) -> Result<(), Fault> {
        self.call(|db| db.flush())?;
        self.0.file.sync_data().map_err(|cause| Fault::Engine(format!("sync: {cause}")))
    }
}

fn remove_unfinished_snapshots(folder: &Path) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "generating") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// On a thread of its own: a panic in sled must not leave half-entered state on the caller's.
fn open_guarded(folder: PathBuf, file: &Path) -> Result<::sled::Db, Fault> {
    let open = move || {
        ::sled::Config::new()
            .path(folder)
            .cache_capacity(CACHE_BYTES)
            .segment_size(SEGMENT_BYTES)
            .flush_every_ms(Some(TIDY_MS))
            .open()
    };
    let thread = thread::Builder::new()
        .name("store-open".to_owned())
        .spawn(move || catch_unwind(AssertUnwindSafe(open)))
        .map_err(|cause| Fault::Engine(cause.to_string()))?;
    match thread.join() {
        Ok(Ok(Ok(opened))) => Ok(opened),
        Ok(Ok(Err(::sled::Error::Io(cause)))) => Err(failed(file, &cause)),
        Ok(Ok(Err(cause))) => Err(damaged(file, &cause.to_string())),
        Ok(Err(panic)) | Err(panic) => Err(damaged(file, said(panic.as_ref()))),
    }
}

/// Waits until nobody holds the file's lock. It is taken and given back.
fn wait_released(file: &File) {
    for _ in 0..RELEASE_STEPS {
        if file.try_lock().is_ok() {
            // An error leaves it to the end of the handle, which follows.
            let _ = file.unlock();
            return;
        }
        thread::park_timeout(RELEASE_STEP);
    }
}

fn guarded<T>(work: impl FnOnce() -> ::sled::Result<T>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Err(::sled::Error::Io(cause))) => Err(Fault::Engine(format!("the database: {cause}"))),
        Ok(done) => done.map_err(|cause| Fault::Engine(cause.to_string())),
        Err(panic) => Err(Fault::Engine(format!("damaged? {}", said(panic.as_ref())))),
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("it panicked")
}

fn failed(file: &Path, cause: &std::io::Error) -> Fault {
    Fault::of_room(file, cause).unwrap_or_else(|| damaged(file, &cause.to_string()))
}

fn damaged(file: &Path, cause: &str) -> Fault {
    Fault::Directory(format!(
        "cannot open the store's file {}: {cause}. Move the data directory away (keep it), put the \
         last copy of the whole directory in its place, and start again with the same key file",
        file.display()
    ))
}
