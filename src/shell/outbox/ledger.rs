//! Writes what became of messages, many in one commit. Remembers what has ended but is not yet
//! removed.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::core::outbox::Unsent;
use crate::core::undelivered::{self, Undelivered};
use crate::shell::bell::lock;
use crate::shell::clock::{Clock, Stopwatch};
use crate::shell::committer::{Committer, Then};
use crate::shell::fatal::Fatal;
use crate::store::table::encode;
use crate::store::{Commit, Fault, Key, Position, ScopeHash, Store};

/// Changes that wait to be written. Beyond it senders wait: the writing thread needs none of them.
const QUEUE_MAX: usize = 8192;
/// Changes in one commit.
const BATCH_MAX: usize = 256;
/// How long a change waits for a flush that is made for something else, to go along with it. Only
/// after that it gets one of its own.
const GATHER: Duration = Duration::from_millis(10);

/// Handle of the writing thread.
pub struct Ledger {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// There is a first change, a full batch, or the end.
    work: Condvar,
    /// There is room again.
    room: Condvar,
}

#[derive(Default)]
struct State {
    changes: Vec<Change>,
    /// When the first of them came.
    since: Option<Stopwatch>,
    /// Messages that have ended and whose rows may still be there, by target.
    ended: HashMap<ScopeHash, Vec<Key>>,
    closed: bool,
}

enum Change {
    /// The message has ended.
    End(ScopeHash, Key),
    /// The message has failed for good and is kept so.
    Bury(ScopeHash, Key, Box<Undelivered>),
    /// The message is now this, and those are gone; told when that is durable.
    Set(ScopeHash, Key, Box<Unsent>, Vec<Key>, oneshot::Sender<()>),
}

impl Ledger {
    /// Starts the thread.
    pub fn start(
        store: Arc<dyn Store>,
        clock: Arc<Clock>,
        committer: Arc<Committer>,
        fatal: Fatal,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let writer = Arc::new(Writer { store, clock, shared: Arc::clone(&shared) });
        let along = Arc::clone(&writer);
        committer.take_along(move || along.write(usize::MAX));
        let thread = std::thread::Builder::new().name("outcomes".into()).spawn(move || {
            if let Err(fault) = writer.run(&committer) {
                writer.shared.close();
                fatal(&fault);
            }
        })?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// The messages of a target that have ended although a scan may still find them. To be asked
    /// *before* the scan: what is removed in between is then in neither.
    pub fn ended(&self, target: ScopeHash) -> Vec<Key> {
        lock(&self.shared.state).ended.get(&target).cloned().unwrap_or_default()
    }

    /// The message has ended, its row goes with the next batch.
    pub fn end(&self, target: ScopeHash, key: Key) {
        let mut state = self.shared.with_room();
        state.ended.entry(target).or_default().push(key.clone());
        self.shared.push(state, Change::End(target, key));
    }

    /// The message has failed for good: with the next batch its row goes and this one stands.
    pub fn bury(&self, target: ScopeHash, key: Key, row: Undelivered) {
        let mut state = self.shared.with_room();
        state.ended.entry(target).or_default().push(key.clone());
        self.shared.push(state, Change::Bury(target, key, Box::new(row)));
    }

    /// Writes the message anew; resolves when that is durable, fails if it never will be.
    pub fn set(&self, target: ScopeHash, key: Key, row: Unsent) -> oneshot::Receiver<()> {
        self.merge(target, key, row, Vec::new())
    }

    /// Writes a message in the place of several, of which the others go in the same commit.
    pub fn merge(
        &self,
        target: ScopeHash,
        key: Key,
        row: Unsent,
        gone: Vec<Key>,
    ) -> oneshot::Receiver<()> {
        let (told, waits) = oneshot::channel();
        let state = self.shared.with_room();
        self.shared.push(state, Change::Set(target, key, Box::new(row), gone, told));
        waits
    }

    /// Writes what waits and ends the thread.
    pub fn stop(&self) {
        self.shared.close();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of the thread has been logged by the hook.
            let _ = thread.join();
        }
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn with_room(&self) -> MutexGuard<'_, State> {
        let full = |state: &mut State| state.changes.len() >= QUEUE_MAX && !state.closed;
        let state = self.room.wait_while(lock(&self.state), full);
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// After the end a row stays as it was: its message is in doubt, not lost.
    fn push(&self, mut state: MutexGuard<'_, State>, change: Change) {
        if !state.closed {
            state.since.get_or_insert_with(Stopwatch::start);
            state.changes.push(change);
            if matches!(state.changes.len(), 1 | BATCH_MAX) {
                self.work.notify_one();
            }
        }
    }

    fn close(&self) {
        lock(&self.state).closed = true;
        self.work.notify_one();
        self.room.notify_all();
    }

    /// Waits until there is a full batch or a change that has waited for `GATHER`; `false` at the
    /// end, when there is none.
    fn wait(&self) -> bool {
        let mut state = lock(&self.state);
        loop {
            if state.closed || state.changes.len() >= BATCH_MAX {
                return !state.changes.is_empty();
            }
            let Some(since) = state.since else {
                state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = since.left_of(GATHER);
            if left.is_zero() {
                return true;
            }
            let waited = self.work.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Takes up to `count` changes, the oldest first.
    fn take(&self, count: usize) -> Vec<Change> {
        let mut state = lock(&self.state);
        let count = state.changes.len().min(count);
        if count == 0 {
            return Vec::new();
        }
        if state.changes.len() >= QUEUE_MAX {
            self.room.notify_all();
        }
        let taken = state.changes.drain(..count).collect();
        if state.changes.is_empty() {
            state.since = None;
        }
        taken
    }
}

/// Writes changes: on its own thread, and on the committer's before each flush.
struct Writer {
    store: Arc<dyn Store>,
    clock: Arc<Clock>,
    shared: Arc<Shared>,
}

impl Writer {
    fn run(&self, committer: &Committer) -> Result<(), Fault> {
        while self.shared.wait() {
            if let Some((position, told)) = self.write(BATCH_MAX)? {
                // Asked for even if nobody waits: the sooner a removal is durable, the fewer sends
                // are in doubt after a crash.
                committer.when_durable(position, told);
            }
        }
        Ok(())
    }

    /// Writes up to `count` changes. Returns where they are and what is to be done once that is
    /// durable; `None` if there were none.
    fn write(&self, count: usize) -> Result<Option<(Position, Then)>, Fault> {
        let batch = self.shared.take(count);
        if batch.is_empty() {
            return Ok(None);
        }
        let at = self.clock.now();
        let (mut commits, mut removed, mut told) = (Vec::new(), Vec::new(), Vec::new());
        for change in batch {
            match change {
                Change::End(target, key) => removed.push((target, key)),
                Change::Bury(scope, key, row) => {
                    let kept = undelivered::key(row.at, &key);
                    let writes = vec![(kept, Some(encode(&*row))), (key.clone(), None)];
                    commits.push(Commit { scope, at, writes, ..Commit::default() });
                    removed.push((scope, key));
                }
                Change::Set(scope, key, row, gone, waits) => {
                    let mut writes = vec![(key, Some(encode(&*row)))];
                    writes.extend(gone.into_iter().map(|key| (key, None)));
                    commits.push(Commit { scope, at, writes, ..Commit::default() });
                    told.push(waits);
                }
            }
        }
        // Removals come last: a message that was set and has ended within one batch has ended.
        let writes = removed.iter().map(|(_, key)| (key.clone(), None)).collect();
        commits.push(Commit { at, writes, ..Commit::default() });
        let applied = self.store.apply(commits)?;
        let position: Position = applied.into_iter().flatten().max().unwrap_or_default();
        self.removed(removed);
        let then = Box::new(move || {
            for waits in told {
                // The sender has been stopped: the row says what it was about to do.
                let _ = waits.send(());
            }
        });
        Ok(Some((position, then)))
    }

    fn removed(&self, rows: Vec<(ScopeHash, Key)>) {
        let ended = &mut lock(&self.shared.state).ended;
        for (target, key) in rows {
            if let Some(keys) = ended.get_mut(&target) {
                keys.retain(|k| *k != key);
                if keys.is_empty() {
                    ended.remove(&target);
                }
            }
        }
    }
}
