//! Keeps the index of kept messages behind the store: a thread that follows journals, and makes an
//! index anew where there is none or a damaged one. Turns never wait for it. What is found it does
//! not judge: `core` does.

pub mod follow;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use self::follow::{Follower, ROWS_AT_ONCE, Step, TURNS_A_BATCH};
use super::bell::lock;
use super::clock::{Clock, Stopwatch};
use super::rows;
use crate::core::index::{self, INDEXED_FROM, Looked};
use crate::core::journal::Head;
use crate::model::Secret;
use crate::store::table::{decode, encode, id};
use crate::store::{Commit, Fault, Key, KeyHasher, ScopeHash, Store, Table, TableId, random};
use crate::text::terms::Term;

/// The index's folder in the data directory.
pub const FOLDER: &str = "index";

/// Between two rounds: a busy scope's turns come to the index together.
const ROUND: Duration = Duration::from_secs(1);
/// Scopes whose turns are counted before all of them are looked at.
const COUNTED_MAX: usize = 1 << 16;

/// Handle of the thread.
pub struct Indexer {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    follower: Follower,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Turns of each scope since its index followed.
    turns: HashMap<ScopeHash, u32>,
    /// To be looked at in the next round.
    due: HashSet<ScopeHash>,
    /// To be made anew, with nothing left of what is there; whether that was done.
    anew: HashMap<ScopeHash, Option<bool>>,
    closed: bool,
}

/// The deployment's index key, as it is kept.
#[derive(Clone, Serialize, Deserialize)]
struct KeptKey {
    #[serde(with = "serde_bytes")]
    key: [u8; 32],
}

impl Table for KeptKey {
    const ID: TableId = id::SHELL;
}

impl Indexer {
    /// Starts the thread on a data directory's index; it looks at every scope once.
    pub fn start(
        data: PathBuf,
        store: Arc<dyn Store>,
        keys: KeyHasher,
        clock: &Clock,
    ) -> Result<Self, Fault> {
        let key = kept_key(&*store, clock)?;
        let follower = Follower::new(data.join(FOLDER), key, Arc::clone(&store), keys);
        let (state, changed) = Default::default();
        let shared = Arc::new(Shared { follower, state, changed });
        let of_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("indexer".into());
        let thread = thread.spawn(move || of_thread.run(&*store));
        let thread = thread.map_err(|cause| Fault::Engine(cause.to_string()))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// A scope had a turn.
    pub fn turned(&self, scope: ScopeHash) {
        let mut state = lock(&self.shared.state);
        let turns = state.turns.entry(scope).or_default();
        *turns += 1;
        if *turns >= TURNS_A_BATCH {
            state.turns.remove(&scope);
            state.due.insert(scope);
        } else if state.turns.len() > COUNTED_MAX {
            let all = std::mem::take(&mut state.turns);
            state.due.extend(all.into_keys());
        } else {
            return;
        }
        self.shared.changed.notify_all();
    }

    /// Begins a scope's index anew, without what was erased there. Whether nothing is left of the
    /// one before: else it is to be tried again.
    pub fn begin_anew(&self, scope: ScopeHash) -> bool {
        let mut state = lock(&self.shared.state);
        state.anew.insert(scope, None);
        state.due.insert(scope);
        self.shared.changed.notify_all();
        let waits = |state: &mut State| state.anew.get(&scope) == Some(&None) && !state.closed;
        let waited = self.shared.changed.wait_while(state, waits);
        let done = waited.unwrap_or_else(PoisonError::into_inner).anew.remove(&scope);
        done.flatten().unwrap_or(false)
    }

    /// Ends the thread after its present step.
    pub fn stop(&self) {
        lock(&self.shared.state).closed = true;
        self.shared.changed.notify_all();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of the thread has been logged by the hook; what it left is whole or is made
            // anew.
            let _ = thread.join();
        }
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl index::Index for Indexer {
    fn look(&self, scope: ScopeHash, wanted: &[Vec<Term>]) -> Option<Looked> {
        let looked = self.shared.follower.look(scope, wanted);
        if looked.is_none() {
            lock(&self.shared.state).due.insert(scope);
            self.shared.changed.notify_all();
        }
        looked
    }
}

impl Shared {
    fn run(&self, store: &dyn Store) {
        match many(store) {
            Ok(scopes) => lock(&self.state).due.extend(scopes),
            Err(fault) => tracing::error!(%fault, "no scope is looked at by itself: {fault}"),
        }
        let mut pause = Duration::ZERO;
        while let Some(due) = self.due(pause) {
            pause = ROUND;
            for scope in due {
                let watch = Stopwatch::start();
                if self.step(scope) {
                    lock(&self.state).due.insert(scope);
                    pause = Duration::ZERO;
                }
                // Half of a core at most: turns come first.
                if self.rest(Duration::from_secs_f64(watch.seconds())) {
                    return;
                }
            }
        }
    }

    /// Takes a scope's index further; whether there is more to do.
    fn step(&self, scope: ScopeHash) -> bool {
        let anew = lock(&self.state).anew.get(&scope) == Some(&None);
        let step =
            || if anew { self.follower.begin_anew(scope) } else { self.follower.step(scope) };
        let stepped = catch_unwind(AssertUnwindSafe(step));
        if anew {
            lock(&self.state).anew.insert(scope, Some(matches!(stepped, Ok(Ok(_)))));
            self.changed.notify_all();
        }
        match stepped {
            Ok(Ok(step)) => step == Step::More,
            // It is tried again after some turns of the scope, or when somebody searches there.
            Ok(Err(failed)) => {
                let name = hex::encode(scope.0);
                tracing::error!(scope = name, %failed, "no index of scope {name}: {failed}");
                false
            }
            // The hook has logged it. What is on disk is whole, or is made anew.
            Err(_) => false,
        }
    }

    /// The scopes that wait, after a pause; `None` at the end.
    fn due(&self, pause: Duration) -> Option<HashSet<ScopeHash>> {
        let waits = |state: &mut State| state.due.is_empty() && !state.closed;
        let waited = self.changed.wait_while(lock(&self.state), waits);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        (!self.rest(pause)).then(|| std::mem::take(&mut lock(&self.state).due))
    }

    /// Waits; `true` if that is cut short by the end.
    fn rest(&self, time: Duration) -> bool {
        let open = |state: &mut State| !state.closed;
        let waited = self.changed.wait_timeout_while(lock(&self.state), time, open);
        waited.unwrap_or_else(PoisonError::into_inner).0.closed
    }
}

/// Every scope that keeps many messages.
fn many(store: &dyn Store) -> Result<Vec<ScopeHash>, Fault> {
    let (mut found, mut from) = (Vec::new(), vec![id::HEAD.0]);
    let end = Key::after_prefix(&from);
    loop {
        let heads = rows::read::<Head>(store, from..end.clone(), ROWS_AT_ONCE)?;
        let many = heads.records.iter().filter(|(_, head)| index::messages(head) > INDEXED_FROM);
        found.extend(many.filter_map(|(key, _)| scope_of(key)));
        match heads.more_from {
            Some(more) => from = more,
            None => return Ok(found),
        }
    }
}

fn scope_of(key: &Key) -> Option<ScopeHash> {
    key.0.get(1..).and_then(|scope| scope.try_into().ok()).map(ScopeHash)
}

/// The key under which the index is blind and sealed: drawn once, kept sealed in the store.
fn kept_key(store: &dyn Store, clock: &Clock) -> Result<Secret, Fault> {
    let at = Key::global(id::SHELL, b"index");
    if let Some(value) = store.get(&at)? {
        return Ok(Secret::new(decode::<KeptKey>(&at, &value)?.key));
    }
    let kept = KeptKey { key: random()? };
    let commit = Commit {
        scope: ScopeHash::default(),
        at: clock.now(),
        writes: vec![(at, Some(encode(&kept)))],
        ..Commit::default()
    };
    store.apply(vec![commit])?;
    Ok(Secret::new(kept.key))
}
