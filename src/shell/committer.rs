//! Group flush: many turns wait, one thread makes all of them durable with one sync, and one task
//! then tells each, in the order in which they asked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::bell::lock;
use super::clock::Stopwatch;
use super::fatal::Fatal;
use crate::store::{Fault, Position, Store};

/// How long a flush waits for turns that are on their way: about what a flush costs on a slow disk.
const GATHER_MAX: Duration = Duration::from_millis(4);

/// What is done once a position is durable. Runs beside everything else of the runtime, so it must
/// be quick.
pub type Then = Box<dyn FnOnce() + Send>;
/// Writes what should be durable with the next flush, if there is anything.
type Along = Box<dyn Fn() -> Result<Option<(Position, Then)>, Fault> + Send + Sync>;

/// Handle of the flushing thread.
pub struct Committer {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Turns that will soon wait for a flush.
    coming: AtomicUsize,
    along: OnceLock<Along>,
    /// To the task that tells. What is sent there is bounded by who may wait.
    told: mpsc::UnboundedSender<Vec<Then>>,
}

/// Bounded by who may wait: the worker's queue and the senders.
#[derive(Default)]
struct State {
    waiting: Vec<(Position, Then)>,
    durable: Position,
    /// The thread sleeps until somebody waits.
    asleep: bool,
    /// The thread waits for turns on their way.
    gathering: bool,
    closed: bool,
}

impl Committer {
    /// Starts the thread, and the task that tells within the present tokio runtime. A fault goes to
    /// `fatal`; after it nobody is told anything any more.
    pub fn start(store: Arc<dyn Store>, fatal: Fatal) -> std::io::Result<Self> {
        let (told, groups) = mpsc::unbounded_channel();
        // One wake-up of the runtime for a whole group, whoever is woken by it.
        tokio::spawn(tell(groups));
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            coming: AtomicUsize::new(0),
            along: OnceLock::new(),
            told,
        });
        let of_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("committer".into())
            .spawn(move || of_thread.run(&*store, &fatal))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// `along` is asked before each flush for what should be durable with it. Once only.
    pub fn take_along(
        &self,
        along: impl Fn() -> Result<Option<(Position, Then)>, Fault> + Send + Sync + 'static,
    ) {
        // A second one would be a fault of the program; the first stands.
        let _ = self.shared.along.set(Box::new(along));
    }

    /// Does `then` once everything up to `position` is durable, behind what was asked for earlier
    /// positions; drops it undone if that can no longer be.
    pub fn when_durable(&self, position: Position, then: Then) {
        let mut state = lock(&self.shared.state);
        if position <= state.durable {
            self.shared.tell(vec![then]);
        } else if !state.closed {
            state.waiting.push((position, then));
            let asleep = std::mem::take(&mut state.asleep);
            drop(state);
            if asleep {
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
        if self.shared.coming.fetch_sub(1, Ordering::AcqRel) == 1
            && lock(&self.shared.state).gathering
        {
            self.shared.changed.notify_one();
        }
    }

    /// Resolves once everything up to `position` is durable; an error means that it never will be.
    pub fn durable(&self, position: Position) -> oneshot::Receiver<()> {
        let (told, waits) = oneshot::channel();
        let then = move || {
            // Nobody waits any more: that is theirs to decide.
            let _ = told.send(());
        };
        self.when_durable(position, Box::new(then));
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

async fn tell(mut groups: mpsc::UnboundedReceiver<Vec<Then>>) {
    while let Some(group) = groups.recv().await {
        group.into_iter().for_each(|then| then());
    }
}

impl Shared {
    /// To be called with the state locked: who asks later is told later.
    fn tell(&self, group: Vec<Then>) {
        // The runtime has ended: nobody is left who could hear it.
        let _ = self.told.send(group);
    }

    /// Waits for the turns that are on their way, so that they share the flush: without load there
    /// are none and nobody waits.
    fn gather<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let watch = Stopwatch::start();
        while !state.closed && self.coming.load(Ordering::Acquire) > 0 {
            let left = watch.left_of(GATHER_MAX);
            if left.is_zero() {
                break;
            }
            state.gathering = true;
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.gathering = false;
        state
    }

    fn run(&self, store: &dyn Store, fatal: &Fatal) {
        loop {
            let mut state = lock(&self.state);
            while state.waiting.is_empty() && !state.closed {
                state.asleep = true;
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.asleep = false;
            drop(self.gather(state));
            match self.flush(store) {
                Ok(true) => {}
                Ok(false) => return,
                Err(fault) => {
                    let mut state = lock(&self.state);
                    state.closed = true;
                    state.waiting.clear();
                    drop(state);
                    fatal(&fault);
                    return;
                }
            }
        }
    }

    /// Makes everything durable that is waited for, and what goes along; `false` if nobody waits.
    fn flush(&self, store: &dyn Store) -> Result<bool, Fault> {
        let along = self.along.get().map(|along| along()).transpose()?.flatten();
        let mut group = std::mem::take(&mut lock(&self.state).waiting);
        group.extend(along);
        let Some(upto) = group.iter().map(|(position, _)| *position).max() else {
            return Ok(false);
        };
        store.sync(upto)?;
        let mut state = lock(&self.state);
        state.durable = upto;
        self.tell(group.into_iter().map(|(_, then)| then).collect());
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Secret;
    use crate::store::memory::Memory;
    use crate::store::table::id;
    use crate::store::{Commit, Key, Sealed};

    fn write(store: &dyn Store, n: u8) -> Position {
        let writes = vec![(Key::global(id::SHELL, &[n]), Some(vec![1]))];
        let applied = store.apply(vec![Commit { writes, ..Commit::default() }]).unwrap();
        applied.into_iter().flatten().max().unwrap()
    }

    #[tokio::test]
    async fn who_asks_later_is_told_later() {
        let (store, _) = Sealed::open(Memory::default(), &Secret::new([7; 32])).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let fatal: Fatal = Arc::new(|fault| panic!("{fault}"));
        let committer = Committer::start(Arc::clone(&store), fatal).unwrap();
        let (told, mut heard) = mpsc::unbounded_channel();
        // Some ask for what is durable already, others have to wait: their order stays.
        for n in 0..100 {
            let position = if n % 3 == 0 { Position(1) } else { write(&*store, n) };
            let told = told.clone();
            committer.when_durable(position, Box::new(move || told.send(n).unwrap()));
            if n % 10 == 0 {
                committer.durable(position).await.unwrap();
            }
        }
        drop(told);
        let mut order = Vec::new();
        while let Some(n) = heard.recv().await {
            order.push(n);
        }
        let waited: Vec<u8> = order.iter().copied().filter(|n| n % 3 != 0).collect();
        assert!(waited.is_sorted(), "{order:?}");
        assert_eq!(order.len(), 100);
    }

    #[tokio::test]
    async fn what_goes_along_is_durable_with_the_next_flush() {
        let (store, _) = Sealed::open(Memory::default(), &Secret::new([7; 32])).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let fatal: Fatal = Arc::new(|fault| panic!("{fault}"));
        let committer = Committer::start(Arc::clone(&store), fatal).unwrap();
        let (told, mut heard) = mpsc::unbounded_channel();
        let (along, waiting) = (Arc::clone(&store), Mutex::new(Some(told)));
        committer.take_along(move || {
            let Some(told) = lock(&waiting).take() else { return Ok(None) };
            let then: Then = Box::new(move || told.send("along").unwrap());
            Ok(Some((write(&*along, 200), then)))
        });
        committer.durable(write(&*store, 1)).await.unwrap();
        assert_eq!(heard.recv().await, Some("along"));
    }
}
