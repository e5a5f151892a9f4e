//! A fixed pool of plain threads that takes turns: in order within a scope, scopes side by side.
//! What a turn's commit makes visible outside waits for the committer.

mod queue;
mod turns;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use self::queue::Queue;
pub use self::turns::{Job, Over, Turns};
use super::bell::{Alarm, lock};
use super::committer::Committer;
use super::fatal::Fatal;
use super::tray::Tray;
use crate::core::outbox::Wake;
use crate::core::turn::Turn;
use crate::model::{Cause, Event, Timestamp};
use crate::store::{Fault, Key, Position, ScopeHash};

/// Outside events waiting for their turn: some seconds of work. More is answered 503.
pub const QUEUE_MAX: usize = 20_000;
/// Posts and dates handed over and not yet taken; the rest stays in the store until the ticker's
/// next look.
pub const WAKES_MAX: usize = 4096;
/// Most threads: turns are short and compute only, more threads than cores gain nothing.
const THREADS_MAX: usize = 16;

/// A turn's end, told once it is durable. A dropped sender means that the turn was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Where the commit is; for a duplicate, the last one at that time.
    pub position: Position,
    /// The event was seen before: nothing happened again.
    pub duplicate: bool,
}

/// An event that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// Too many wait.
    Full,
    /// The process is ending.
    Stopped,
}

/// Whom the worker tells of what its turns did.
pub struct Told {
    /// Makes commits durable.
    pub committer: Arc<Committer>,
    /// Takes what is to be sent.
    pub outbox: Arc<Tray>,
    /// Rung when something is due later.
    pub ticker: Arc<Alarm>,
    /// Called on a fault of the engine.
    pub fatal: Fatal,
}

/// Handle of the pool.
pub struct Worker {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    turns: Turns,
    told: Told,
    state: Mutex<State>,
    work: Condvar,
    quiet: Condvar,
}

/// A job and who waits for its end.
type Waited = (Job, oneshot::Sender<Outcome>);

#[derive(Default)]
struct State {
    queue: Queue<Waited>,
    /// Wake rows handed over whose turn has not ended. One that could not be read stays, so that it
    /// is not tried for ever.
    wakes: HashSet<Key>,
    /// Threads that sleep and that nobody has woken yet: nobody else is worth a call of the system.
    asleep: usize,
    /// Threads that wait for quiet.
    watchers: usize,
    /// No events from outside any more.
    closed: bool,
    /// Threads end.
    ended: bool,
}

impl Worker {
    /// Starts the pool: one thread a core.
    pub fn start(turns: Turns, told: Told) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            turns,
            told,
            state: Mutex::default(),
            work: Condvar::new(),
            quiet: Condvar::new(),
        });
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = (0..count.clamp(1, THREADS_MAX)).map(|n| {
            let shared = Arc::clone(&shared);
            std::thread::Builder::new().name(format!("turns-{n}")).spawn(move || shared.run())
        });
        let threads = Mutex::new(threads.collect::<Result<_, _>>()?);
        Ok(Self { shared, threads })
    }

    /// Queues an event from outside. The receiver resolves when its turn is durable.
    pub fn submit(
        &self,
        event: Event,
        now: Timestamp,
    ) -> Result<oneshot::Receiver<Outcome>, NotTaken> {
        self.shared.submit(Job { event, wake: None, now }, true)
    }

    /// Queues an event of the bot's own. Whoever calls this has a limit of its own: the queue's
    /// does not apply.
    pub fn submit_own(
        &self,
        event: Event,
        now: Timestamp,
    ) -> Result<oneshot::Receiver<Outcome>, NotTaken> {
        self.shared.submit(Job { event, wake: None, now }, false)
    }

    /// Hands a due wake row over; `None` if it is under way already or too many are.
    pub fn wake(&self, key: Key, wake: Wake, now: Timestamp) -> Option<oneshot::Receiver<Outcome>> {
        self.shared.wake(key, wake, now)
    }

    /// A look at a scope beside its turns, on the caller's thread; see [`Turns::look`].
    pub fn look<T>(
        &self,
        event: &Event,
        read: impl FnOnce(&mut Turn) -> T,
    ) -> Result<(T, Position), Fault> {
        self.shared.turns.look(event, read)
    }

    /// Events that wait.
    pub fn depth(&self) -> usize {
        lock(&self.shared.state).queue.waiting()
    }

    /// Whether an outside event would be taken now.
    pub fn is_open(&self) -> bool {
        let state = lock(&self.shared.state);
        !state.closed && state.queue.waiting() < QUEUE_MAX
    }

    /// Position of the last commit that a turn applied.
    pub fn last(&self) -> Position {
        self.shared.turns.last()
    }

    /// Blocks until no turn waits or runs; `false` if that took longer than `limit`.
    pub fn wait_quiet(&self, limit: Duration) -> bool {
        let mut state = lock(&self.shared.state);
        let busy = |state: &mut State| !state.queue.is_quiet() && !state.ended;
        state.watchers += 1;
        let waited = self.shared.quiet.wait_timeout_while(state, limit, busy);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        state.watchers -= 1;
        state.queue.is_quiet()
    }

    /// Takes no more events from outside; those queued are still taken.
    pub fn close(&self) {
        lock(&self.shared.state).closed = true;
    }

    /// Ends the threads after their present turns. What still waits was never answered.
    pub fn stop(&self) {
        self.shared.end();
        for thread in lock(&self.threads).drain(..) {
            // A panic of the thread has been logged by the hook.
            let _ = thread.join();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn submit(&self, job: Job, outside: bool) -> Result<oneshot::Receiver<Outcome>, NotTaken> {
        let scope = self.turns.keys.scope(&job.event.scope);
        let (told, waits) = oneshot::channel();
        let state = lock(&self.state);
        if state.ended || (state.closed && outside) {
            return Err(NotTaken::Stopped);
        }
        if outside && state.queue.waiting() >= QUEUE_MAX {
            return Err(NotTaken::Full);
        }
        self.push(state, scope, job, told);
        Ok(waits)
    }

    fn wake(&self, key: Key, wake: Wake, now: Timestamp) -> Option<oneshot::Receiver<Outcome>> {
        let scope = self.turns.keys.scope(&wake.target);
        let (told, waits) = oneshot::channel();
        let mut state = lock(&self.state);
        if state.ended || state.wakes.len() >= WAKES_MAX || !state.wakes.insert(key.clone()) {
            return None;
        }
        let event = Event { scope: wake.target, key: None, cause: Cause::Post(wake.post) };
        self.push(state, scope, Job { event, wake: Some(key), now }, told);
        Some(waits)
    }

    fn push(
        &self,
        mut state: MutexGuard<'_, State>,
        scope: ScopeHash,
        job: Job,
        told: oneshot::Sender<Outcome>,
    ) {
        self.told.committer.expect();
        state.queue.push(scope, (job, told));
        self.turns.metrics.queue_depth.set(gauge(state.queue.waiting()));
        self.wake_one(state);
    }

    /// Wakes a thread if one sleeps.
    fn wake_one(&self, mut state: MutexGuard<'_, State>) {
        if state.asleep > 0 {
            state.asleep -= 1;
            drop(state);
            self.work.notify_one();
        }
    }

    fn run(&self) {
        while let Some((scope, job)) = self.next() {
            self.turn(scope, job);
        }
    }

    /// The next job; sleeps until there is one. `None` at the end.
    fn next(&self) -> Option<(ScopeHash, Waited)> {
        let mut state = lock(&self.state);
        loop {
            if state.ended {
                return None;
            }
            if let Some(next) = state.queue.take() {
                return Some(next);
            }
            state.asleep += 1;
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn turn(&self, scope: ScopeHash, (job, told): Waited) {
        // A panic of a decision ends in a dead letter; one beyond it would leave the scope out for
        // ever and its events unanswered, so it ends the process like a fault.
        let taken = catch_unwind(AssertUnwindSafe(|| self.turns.take(&job, scope)))
            .unwrap_or_else(|_| Err(Fault::Engine("a turn's commit panicked".into())));
        let done = taken.is_ok();
        match taken {
            Ok(over) => self.tell(over, scope, told),
            Err(fault) => self.failed(&fault, scope),
        }
        self.told.committer.arrived();
        let mut state = lock(&self.state);
        if let Some(key) = job.wake.filter(|_| done) {
            state.wakes.remove(&key);
        }
        state.queue.finish(scope);
        self.turns.metrics.queue_depth.set(gauge(state.queue.waiting()));
        if state.watchers > 0 && state.queue.is_quiet() {
            self.quiet.notify_all();
        }
        if state.queue.waiting() > 0 {
            self.wake_one(state);
        }
    }

    /// Hands over what is due at once, then lets answer and sends wait for the commit. The turn of
    /// a post may run before this commit is durable: its own commit is later, so it is never
    /// durable without this one.
    fn tell(&self, over: Over, scope: ScopeHash, told: oneshot::Sender<Outcome>) {
        let now = self.turns.clock.now();
        let mut later = over.later;
        for (key, wake) in over.due {
            later |= self.wake(key, wake, now).is_none();
        }
        if later {
            self.told.ticker.ring();
        }
        let outbox = Arc::clone(&self.told.outbox);
        let outcome = Outcome { position: over.position, duplicate: over.duplicate };
        let sends = over.sends;
        let then = move || {
            outbox.hand(scope, sends);
            // Whoever waited may have gone (a time-out): the turn stands all the same.
            let _ = told.send(outcome);
        };
        self.told.committer.when_durable(over.position, Box::new(then));
    }

    fn failed(&self, fault: &Fault, scope: ScopeHash) {
        match fault {
            Fault::Unreadable { key, why } => {
                // One damaged record must not take the other scopes down.
                let scope = hex::encode(scope.0);
                tracing::error!(scope, key, why, "scope {scope} has a record that does not open");
            }
            Fault::Engine(_) | Fault::Directory(_) => {
                self.end();
                (self.told.fatal)(fault);
            }
        }
    }

    fn end(&self) {
        let mut state = lock(&self.state);
        state.closed = true;
        state.ended = true;
        state.queue.clear();
        drop(state);
        self.work.notify_all();
        self.quiet.notify_all();
    }
}

fn gauge(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
