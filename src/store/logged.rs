//! An engine behind the commit log: a batch is durable with the log's sync, and reaches the engine
//! later, many at once. The engine is a view of the log, caught up when it is opened.
//!
//! Worth its lines because a sync of sled costs far more than one of a file that only grows, and
//! because a row that is written again or removed soon, such as a scope's head or a message just
//! sent, reaches sled once or never.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{
    Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
use std::thread::JoinHandle;
use std::time::Duration;

use smallvec::SmallVec;

use super::backend::{Backend, Row, Rows};
use super::commit_log::{CommitLog, Known, encode};
use super::copy::{self, Copies, Copying};
use super::directory::Directory;
use super::merge;
use super::seal::Cipher;
use super::{Fault, Order};
use crate::model::Secret;

/// The log's folder in the data directory.
pub const FOLDER: &str = "log";
/// Key of the number of the last frame in the engine; below every table.
pub const VIEWED_AT: &[u8] = &[1];

/// Rows after which the engine is caught up at once.
const ROWS_FEW: usize = 32_768;
/// Rows at which writers wait for the engine: at most 3 KiB each.
const ROWS_MAX: usize = 4 * ROWS_FEW;
/// How long rows stay behind the log alone. A longer log takes longer to read at a start.
const CATCH_UP_EVERY: Duration = Duration::from_millis(500);
/// Rows handed to the engine at once: what is copied for it.
const BATCH_ROWS: usize = 1024;
/// The log grows to so many bytes, or to those of the base copy if that is larger, before another
/// copy is made: what a rebuild reads, and the space it costs.
pub const LOG_BYTES: u64 = 64 << 20;
/// In so many segments: what is read of it in vain at a start, and kept in vain after a copy.
const SEGMENTS: u64 = 8;
/// Chunks of a copy made at a time, so that the engine is caught up between.
const CHUNKS_AT_ONCE: usize = 8;
/// Bytes of a frame after which it is written even if nobody asks for a sync.
const FRAME_BYTES_MAX: usize = 16 << 20;

/// An engine and its log. Clones share both; the last one catches the engine up and closes.
#[derive(Clone)]
pub struct Logged<B: Backend + 'static>(Arc<Handle<B>>);

struct Handle<B: Backend + 'static> {
    shared: Arc<Shared<B>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared<B> {
    recent: RwLock<Recent>,
    /// Held by whoever appends.
    log: Mutex<CommitLog>,
    state: Mutex<State>,
    /// `state` has changed.
    changed: Condvar,
    engine: B,
    directory: Arc<Directory>,
    /// Seals base copies.
    cipher: Cipher,
    /// See [`LOG_BYTES`].
    log_bytes: u64,
}

/// Rows by keys that stand in place: thousands of them are compared for every row that is looked
/// for, and most are no longer than this.
type Newer = BTreeMap<SmallVec<[u8; 40]>, Option<Vec<u8>>>;

/// Rows that the engine does not have yet.
#[derive(Default)]
struct Recent {
    /// Written since the engine was last caught up.
    new: Newer,
    /// On their way to the engine: still answered from here.
    leaving: Arc<Newer>,
    /// The next frame: rows of `new` that are not in the log.
    frame: Vec<u8>,
}

#[derive(Default)]
struct State {
    /// There are too many rows.
    full: bool,
    closed: bool,
    /// Why the engine could not be caught up.
    fault: Option<String>,
    /// How often the past was to be forgotten, and how often it was.
    forget: (u64, u64),
}

/// A row whose key stands in place.
fn in_place((key, value): (Vec<u8>, Option<Vec<u8>>)) -> (SmallVec<[u8; 40]>, Option<Vec<u8>>) {
    (SmallVec::from_slice(&key), value)
}

impl Recent {
    fn get(&self, key: &[u8]) -> Option<&Option<Vec<u8>>> {
        self.new.get(key).or_else(|| self.leaving.get(key))
    }
}

impl<B: Backend + 'static> Logged<B> {
    /// Opens the log of a data directory in front of its engine. A log that is damaged, cut short
    /// or sealed with another key is [`Fault::Directory`] and is not changed. A log of more than
    /// `log_bytes` (usually [`LOG_BYTES`]) is followed by a base copy.
    pub fn open(
        engine: B,
        directory: Arc<Directory>,
        master: &Secret,
        log_bytes: u64,
    ) -> Result<Self, Fault> {
        let known =
            Known { viewed: viewed(&engine)?, durable: directory.marked()?.unwrap_or_default() };
        let mut recent = Recent::default();
        let folder = directory.path().join(FOLDER);
        let each = |rows: Rows| recent.new.extend(rows.into_iter().map(in_place));
        let log = CommitLog::open(&folder, master, &known, log_bytes / SEGMENTS, each)?;
        directory.mark(log.last()).map_err(|cause| unmarked(&folder, &cause))?;
        let newest = copy::remove_unfinished(&folder).and_then(|()| copy::newest(&folder));
        let newest = newest.map_err(|cause| unmarked(&folder, &cause))?;
        let shared = Arc::new(Shared {
            recent: RwLock::new(recent),
            log: Mutex::new(log),
            state: Mutex::default(),
            changed: Condvar::new(),
            engine,
            directory,
            cipher: Cipher::of_log(master),
            log_bytes,
        });
        let of_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("store-view".to_owned())
            .spawn(move || of_thread.run(Copies { newest, copying: None, forgets: 0 }))
            .map_err(|cause| Fault::Engine(cause.to_string()))?;
        Ok(Self(Arc::new(Handle { shared, thread: Some(thread) })))
    }
}

impl<B: Backend + 'static> Drop for Handle<B> {
    fn drop(&mut self) {
        lock(&self.shared.state).closed = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been logged by the hook; the log has all rows.
            let _ = thread.join();
        }
    }
}

impl<B: Backend> Shared<B> {
    fn reading(&self) -> RwLockReadGuard<'_, Recent> {
        // Maps are changed by whole operations only: one left by a panic is whole.
        self.recent.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, Recent> {
        self.recent.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether rows may be written: not after the engine or the log failed.
    fn running(&self, state: &State) -> Result<(), Fault> {
        match &state.fault {
            Some(fault) => Err(Fault::Engine(fault.clone())),
            None => Ok(()),
        }
    }

    /// Waits until there is room for rows.
    fn wait_for_room(&self) -> Result<(), Fault> {
        let mut state = lock(&self.state);
        state.full = true;
        self.changed.notify_all();
        let full = |state: &mut State| state.full && state.fault.is_none();
        let waited = self.changed.wait_while(state, full);
        self.running(&waited.unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes every written row durable. `leave` also sends them all on their way to the engine.
    fn sync(&self, leave: bool) -> Result<u64, Fault> {
        let mut log = self.log.lock().map_err(|_| Fault::Engine("the log broke off".to_owned()))?;
        let mut recent = self.writing();
        // Together, so that what leaves is exactly what the log has after this.
        // The next one will be about as long.
        let next = Vec::with_capacity(recent.frame.len());
        let frame = std::mem::replace(&mut recent.frame, next);
        if leave {
            recent.leaving = Arc::new(std::mem::take(&mut recent.new));
        }
        drop(recent);
        if !frame.is_empty() {
            let number = log.append(&frame)?;
            let marked = self.directory.mark(number);
            marked.map_err(|cause| unmarked(self.directory.path(), &cause))?;
        }
        Ok(log.last())
    }

    /// Brings the engine up to the log.
    fn catch_up(&self) -> Result<(), Fault> {
        if self.reading().new.is_empty() {
            return Ok(());
        }
        let upto = self.sync(true)?;
        // One by one, for sled lets nobody read during a batch: if it breaks off, the log brings
        // all of them again.
        let leaving = Arc::clone(&self.reading().leaving);
        let mut rows = leaving.iter().map(|(key, value)| (key.to_vec(), value.clone())).peekable();
        while rows.peek().is_some() {
            let some = rows.by_ref().take(BATCH_ROWS).collect();
            self.doubted(self.engine.write_loose(some))?;
        }
        self.doubted(self.engine.sync())?;
        // Only when all of them are durable.
        let mark = Rows::from([(VIEWED_AT.to_vec(), Some(upto.to_be_bytes().to_vec()))]);
        self.doubted(self.engine.write(mark).and_then(|()| self.engine.sync()))?;
        // Freed without the lock, with `leaving`.
        self.writing().leaving = Arc::default();
        Ok(())
    }

    /// Begins a base copy for a wish to forget the past, if there is one: with the copy, nothing of
    /// the log so far is needed any more. One that was under way may hold what is to be forgotten.
    fn forget(&self, copies: &mut Copies) -> Result<(), Fault> {
        let (wanted, done) = lock(&self.state).forget;
        if wanted == done || copies.forgets == wanted {
            return Ok(());
        }
        self.sync(false)?;
        lock(&self.log).turn_over()?;
        self.catch_up()?;
        copies.copying = None;
        let removed = copy::remove_unfinished(&self.folder());
        removed.map_err(|cause| unmarked(&self.folder(), &cause))?;
        self.begin(copies)?;
        copies.forgets = wanted;
        Ok(())
    }

    fn begin(&self, copies: &mut Copies) -> Result<(), Fault> {
        let from = [VIEWED_AT, &[0]].concat();
        let viewed = self.doubted(viewed(&self.engine))?;
        let begun = Copying::begin(&self.folder(), viewed, from);
        copies.copying = Some(begun.map_err(|cause| unmarked(&self.folder(), &cause))?);
        Ok(())
    }

    /// Goes on with a base copy, or begins one if the log has grown long; once it is whole, what it
    /// replaces goes.
    fn copy(&self, copies: &mut Copies) -> Result<(), Fault> {
        let Some(copying) = &mut copies.copying else {
            let limit = copies.newest.as_ref().map_or(0, |copy| copy.bytes).max(self.log_bytes);
            let log = lock(&self.log);
            let wanted = log.bytes() > limit || log.is_hurt();
            drop(log);
            return if wanted { self.begin(copies) } else { Ok(()) };
        };
        for _ in 0..CHUNKS_AT_ONCE {
            let rows = self.doubted(copying.next(&self.engine))?;
            if let Some(copy) = copying.step(rows, &self.cipher)? {
                lock(&self.log).forget(copy.frame);
                copies.copying = None;
                let frame = copy.frame;
                if let Some(older) = copies.newest.replace(copy).filter(|c| c.frame != frame) {
                    older.remove();
                }
                lock(&self.state).forget.1 = copies.forgets;
                self.changed.notify_all();
                break;
            }
        }
        Ok(())
    }

    fn folder(&self) -> PathBuf {
        self.directory.path().join(FOLDER)
    }

    /// Catches the engine up from time to time, and at the end.
    fn run(&self, mut copies: Copies) {
        loop {
            let waits = |state: &State| state.forget.0 != state.forget.1;
            let idle = |state: &mut State| !state.full && !state.closed && !waits(state);
            let waited = self.changed.wait_timeout_while(lock(&self.state), CATCH_UP_EVERY, idle);
            let closed = waited.unwrap_or_else(PoisonError::into_inner).0.closed;
            let done = self.catch_up().and_then(|()| match closed {
                // One that is not whole is begun anew at the next start.
                true => Ok(()),
                false => self.forget(&mut copies).and_then(|()| self.copy(&mut copies)),
            });
            let failed = done.is_err();
            let mut state = lock(&self.state);
            state.full = false;
            state.fault = done.err().map(|fault| fault.to_string());
            drop(state);
            self.changed.notify_all();
            if closed || failed {
                return;
            }
        }
    }

    /// What the engine answers. It is made anew at the next start if it fails: it would again.
    fn doubted<T>(&self, answer: Result<T, Fault>) -> Result<T, Fault> {
        if matches!(answer, Err(Fault::Engine(_))) {
            self.directory.doubt();
        }
        answer
    }
}

impl<B: Backend> Backend for Logged<B> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let shared = &self.0.shared;
        if let Some(bytes) = shared.reading().get(key) {
            return Ok(bytes.clone());
        }
        // Rows leave only when the engine has them.
        shared.doubted(shared.engine.get(key))
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        let shared = &self.0.shared;
        let recent = shared.reading();
        let layers = [&recent.new, &*recent.leaving];
        shared.doubted(merge::scan(&shared.engine, layers, range, limit, order))
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        let shared = &self.0.shared;
        shared.running(&lock(&shared.state))?;
        let mut recent = shared.writing();
        encode(&rows, &mut recent.frame);
        recent.new.extend(rows.into_iter().map(in_place));
        let (rows, bytes) = (recent.new.len(), recent.frame.len());
        drop(recent);
        if bytes >= FRAME_BYTES_MAX {
            shared.sync(false)?;
        }
        if rows >= ROWS_MAX {
            shared.wait_for_room()?;
        } else if rows >= ROWS_FEW {
            let mut state = lock(&shared.state);
            if !state.full {
                state.full = true;
                shared.changed.notify_all();
            }
        }
        Ok(())
    }

    fn forget_past(&self, thoroughly: bool) -> Result<(), Fault> {
        let shared = &self.0.shared;
        if thoroughly {
            let noted = shared.directory.renew();
            noted.map_err(|cause| unmarked(shared.directory.path(), &cause))?;
        }
        let mut state = lock(&shared.state);
        state.forget.0 += 1;
        let wanted = state.forget.0;
        shared.changed.notify_all();
        let under_way =
            |state: &mut State| state.forget.1 < wanted && state.fault.is_none() && !state.closed;
        let waited = shared.changed.wait_while(state, under_way);
        let state = waited.unwrap_or_else(PoisonError::into_inner);
        shared.running(&state)
    }

    fn sync(&self) -> Result<(), Fault> {
        self.0.shared.running(&lock(&self.0.shared.state))?;
        self.0.shared.sync(false).map(drop)
    }
}

fn viewed(engine: &impl Backend) -> Result<u64, Fault> {
    let Some(row) = engine.get(VIEWED_AT)? else { return Ok(0) };
    let number = row.as_slice().try_into().map(u64::from_be_bytes);
    number.map_err(|_| Fault::Engine("its place in the commit log is damaged".to_owned()))
}

fn unmarked(path: &Path, cause: &std::io::Error) -> Fault {
    Fault::Engine(format!("{}: {cause}", path.display()))
}

/// A lock's content is changed by whole operations only: one left by a panic is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
