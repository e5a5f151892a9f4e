//! Group flush: many turns wait, one thread makes all of them durable with one sync, then tells
//! each.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use super::bell::lock;
use super::clock::Stopwatch;
use super::fatal::Fatal;
use crate::store::{Position, Store};

/// How long a flush waits for turns that are on their way: about what a flush costs on a slow disk.
const GATHER_MAX: Duration = Duration::from_millis(4);

/// What is done once a position is durable. Runs on the committer's thread, so it must be quick.
type Then = Box<dyn FnOnce() + Send>;

/// Handle of the flushing thread.
pub struct Committer {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Turns that will soon wait for a flush.
    coming: AtomicUsize,
}

/// Bounded by who may wait: the worker's queue and the senders.
#[derive(Default)]
struct State {
    waiting: Vec<(Position, Then)>,
    durable: Position,
    closed: bool,
}

impl Committer {
    /// Starts the thread. A fault goes to `fatal`; after it nobody is told anything any more.
    pub fn start(store: Arc<dyn Store>, fatal: Fatal) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let of_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("committer".into())
            .spawn(move || of_thread.run(&*store, &fatal))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Does `then` once everything up to `position` is durable; drops it undone if that can no
    /// longer be.
    pub fn when_durable(&self, position: Position, then: impl FnOnce() + Send + 'static) {
        let mut state = lock(&self.shared.state);
        if position <= state.durable {
            drop(state);
            then();
        } else if !state.closed {
            let first = state.waiting.is_empty();
            state.waiting.push((position, Box::new(then)));
            drop(state);
            if first {
                self.shared.changed.notify_one();
            }
        }
    }

    /// A turn is on its way: a flush may wait for it, `GATHER_MAX` at the most.
    pub fn expect(&self) {
        self.shared.coming.fetch_add(1, Ordering::AcqRel);
    }

    /// A turn that was expected has come, or will not.
    pub fn arrived(&self) {
        if self.shared.coming.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.shared.changed.notify_one();
        }
    }

    /// Resolves once everything up to `position` is durable; an error means that it never will be.
    pub fn durable(&self, position: Position) -> oneshot::Receiver<()> {
        let (told, waits) = oneshot::channel();
        self.when_durable(position, move || {
            // Nobody waits any more: that is theirs to decide.
            let _ = told.send(());
        });
        waits
    }

    /// Flushes for everybody who waits, then ends the thread.
    pub fn stop(&self) {
        lock(&self.shared.state).closed = true;
        self.shared.changed.notify_one();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of the thread has been logged by the hook.
            let _ = thread.join();
        }
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    /// Waits for the turns that are on their way, so that they share the flush: without load there
    /// are none and nobody waits.
    fn gather<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let watch = Stopwatch::start();
        while !state.closed && self.coming.load(Ordering::Acquire) > 0 {
            let left = watch.left_of(GATHER_MAX);
            if left.is_zero() {
                break;
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state
    }

    fn run(&self, store: &dyn Store, fatal: &Fatal) {
        loop {
            let mut state = lock(&self.state);
            while state.waiting.is_empty() && !state.closed {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            let mut state = self.gather(state);
            let group = std::mem::take(&mut state.waiting);
            drop(state);
            let Some(upto) = group.iter().map(|(position, _)| *position).max() else { return };
            if let Err(fault) = store.sync(upto) {
                let mut state = lock(&self.state);
                state.closed = true;
                state.waiting.clear();
                drop(state);
                fatal(&fault);
                return;
            }
            lock(&self.state).durable = upto;
            for (_, then) in group {
                then();
            }
        }
    }
}
