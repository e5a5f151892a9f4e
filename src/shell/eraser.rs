//! Rids files of what turns erased: the index of its scope, the commit log, the base copy. A thread
//! of its own, for it takes as long as copying the store. What is erased it does not decide.

use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::bell::lock;
use super::clock::Clock;
use super::indexer::Indexer;
use super::rows;
use crate::core::rid::Rid;
use crate::store::table::id;
use crate::store::{Commit, Fault, Key, Position, Store};

/// How often it is looked for something to do.
const ROUND: Duration = Duration::from_secs(20);
/// Marks seen to at once; the rest goes in the next round.
const MARKS_MAX: usize = 1_000;

/// Handle of the thread.
pub struct Eraser {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    store: Arc<dyn Store>,
    index: Option<Arc<Indexer>>,
    clock: Arc<Clock>,
    closed: Mutex<bool>,
    changed: Condvar,
}

impl Eraser {
    /// Starts the thread.
    pub fn start(
        store: Arc<dyn Store>,
        index: Option<Arc<Indexer>>,
        clock: Arc<Clock>,
    ) -> std::io::Result<Self> {
        let (closed, changed) = Default::default();
        let shared = Arc::new(Shared { store, index, clock, closed, changed });
        let of_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("eraser".into());
        let thread = thread.spawn(move || of_thread.run())?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Ends the thread; what is not done is done after the next start.
    pub fn stop(&self) {
        *lock(&self.shared.closed) = true;
        self.shared.changed.notify_all();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of the thread has been logged by the hook; its marks stay.
            let _ = thread.join();
        }
    }
}

impl Drop for Eraser {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn run(&self) {
        loop {
            if let Err(fault) = erase(&*self.store, self.index.as_deref(), &self.clock) {
                tracing::error!(%fault, "files may still hold what was erased: {fault}");
            }
            let open = |closed: &mut bool| !*closed;
            let waited = self.changed.wait_timeout_while(lock(&self.closed), ROUND, open);
            if *waited.unwrap_or_else(PoisonError::into_inner).0 {
                return;
            }
        }
    }
}

/// Sees to what turns have marked; a mark goes only when its files are rid of it. Blocks.
pub fn erase(store: &dyn Store, index: Option<&Indexer>, clock: &Clock) -> Result<(), Fault> {
    let range = vec![id::RID.0]..Key::after_prefix(&[id::RID.0]);
    let marks = rows::read::<Rid>(store, range, MARKS_MAX)?.records;
    if marks.is_empty() {
        return Ok(());
    }
    let scopes: HashSet<_> = marks.iter().map(|(_, mark)| mark.scope()).collect();
    for scope in scopes {
        if index.is_some_and(|index| !index.begin_anew(scope)) {
            tracing::warn!("an index is not rid of what was erased yet: it is tried again");
            return Ok(());
        }
    }
    store.forget_past(marks.iter().any(|(_, mark)| mark.thoroughly))?;
    let writes = marks.into_iter().map(|(key, _)| (key, None)).collect();
    store.apply(vec![Commit { at: clock.now(), writes, ..Commit::default() }])?;
    store.sync(Position(u64::MAX))
}
