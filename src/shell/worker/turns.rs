//! One turn from event to applied commit: decide, run again on a conflict, keep what panicked. No
//! queue, no waiting.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::core::index::Index;
use crate::core::outbox::{Wake, wake_due};
use crate::core::turn::Turn;
use crate::core::{Core, Input, remembered};
use crate::model::Event;
use crate::model::Timestamp;
use crate::shell::accounts::Accounts;
use crate::shell::bell::{Alarm, lock};
use crate::shell::clock::Clock;
use crate::shell::entropy;
use crate::shell::indexer::Indexer;
use crate::shell::metrics::Metrics;
use crate::shell::tray::Message;
use crate::store::table::{decode, id};
use crate::store::{Commit, Conflict, Fault, Key, KeyHasher, Position, ScopeHash, Store, View};

/// Runs side by side before a turn is run alone: conflicts are rare, five in a row are a crowd.
const CONFLICTS_MAX: usize = 5;

/// What turns need.
pub struct Turns {
    /// What decides.
    pub core: Core,
    /// Where it reads and writes.
    pub store: Arc<dyn Store>,
    /// Hashes names into keys.
    pub keys: KeyHasher,
    /// What time it is.
    pub clock: Arc<Clock>,
    /// Whose capabilities decisions see.
    pub accounts: Arc<Accounts>,
    /// Where turns are counted.
    pub metrics: Arc<Metrics>,
    /// Where kept messages are looked for; told of every turn.
    index: Option<Arc<Indexer>>,
    /// Rung when an export is to be written or a file of one is wanted no more.
    exports: Arc<Alarm>,
    /// Events that had their turns.
    seen: remembered::Memory,
    /// Position of the last commit. Held while applying: what a decision has seen is never above
    /// what this says.
    last: Mutex<Position>,
    /// Shared by turns side by side, taken alone by a turn that met too many conflicts.
    side_by_side: RwLock<()>,
}

/// An event and what came with it.
pub struct Job {
    /// The event.
    pub event: Event,
    /// Its wake row.
    pub wake: Option<Key>,
    /// The turn's instant.
    pub now: Timestamp,
}

/// A turn that is over: applied, not yet durable.
pub struct Over {
    /// Whatever leaves because of this turn waits until this is durable.
    pub position: Position,
    /// The event was seen before.
    pub duplicate: bool,
    /// Messages now in the outbox of the event's scope, in the order in which they were said.
    pub sends: Vec<Message>,
    /// Posts of this turn that are due already.
    pub due: Vec<(Key, Wake)>,
    /// Something of this turn is due later.
    pub later: bool,
}

impl Turns {
    /// With no turn taken yet.
    pub fn new(
        core: Core,
        store: Arc<dyn Store>,
        keys: KeyHasher,
        clock: Arc<Clock>,
        accounts: Arc<Accounts>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let (seen, last) = (remembered::Memory::default(), Mutex::default());
        let side_by_side = RwLock::default();
        let (index, exports) = (None, Arc::default());
        Self {
            core,
            store,
            keys,
            clock,
            accounts,
            metrics,
            index,
            exports,
            seen,
            last,
            side_by_side,
        }
    }

    /// With an index of what is kept; a store in memory has none.
    pub fn indexed(self, index: Option<Arc<Indexer>>) -> Self {
        Self { index, ..self }
    }

    /// With somebody who writes exports.
    pub fn exporting(self, exports: Arc<Alarm>) -> Self {
        Self { exports, ..self }
    }

    /// Position of the last commit applied by a turn.
    pub fn last(&self) -> Position {
        *lock(&self.last)
    }

    /// Takes the turn of a job. A `Fault` means that it was not taken: nothing of it is in the
    /// store.
    pub fn take(&self, job: &Job, scope: ScopeHash) -> Result<Over, Fault> {
        let fresh = entropy::fresh();
        let input = Input {
            event: &job.event,
            wake: job.wake.as_ref(),
            now: job.now,
            seed: fresh.seed,
            fresh_secret: &fresh.secret,
            capabilities: self.accounts.capabilities(&job.event.scope),
            seen: &self.seen,
            index: self.index.as_deref().map(|index| index as &dyn Index),
        };
        for _ in 0..CONFLICTS_MAX {
            let _shared = self.side_by_side.read().unwrap_or_else(PoisonError::into_inner);
            if let Ok(over) = self.once(&input, scope)? {
                return Ok(over);
            }
            self.metrics.conflicts.inc();
        }
        let _alone = self.side_by_side.write().unwrap_or_else(PoisonError::into_inner);
        self.once(&input, scope)?.map_err(|conflict| {
            // Nobody else is running: only a commit that expects what never was can get here.
            let scope = hex::encode(conflict.scope.0);
            Fault::Engine(format!("a turn alone met a conflict in scope {scope}"))
        })
    }

    /// What `read` makes of a scope, and the position that has to be durable before anybody is
    /// told; nothing is written.
    pub fn look<T>(
        &self,
        event: &Event,
        read: impl FnOnce(&mut Turn) -> T,
    ) -> Result<(T, Position), Fault> {
        let input = Input {
            event,
            wake: None,
            now: self.clock.now(),
            // Nothing is made that would need either.
            seed: [0; 32],
            fresh_secret: "",
            capabilities: self.accounts.capabilities(&event.scope),
            seen: &self.seen,
            index: self.index.as_deref().map(|index| index as &dyn Index),
        };
        let view = View { store: &*self.store, keys: &self.keys };
        let found = self.core.look(&input, view, read)?;
        Ok((found, self.last()))
    }

    fn once(&self, input: &Input, scope: ScopeHash) -> Result<Result<Over, Conflict>, Fault> {
        let view = View { store: &*self.store, keys: &self.keys };
        // Decisions work on values of their own; what a panic leaves behind is dropped with them.
        match catch_unwind(AssertUnwindSafe(|| self.core.decide(input, view))) {
            Ok(decision) => {
                let decision = decision?;
                let over = self.apply(decision.commit, decision.sends, decision.duplicate)?;
                if over.is_ok() {
                    self.metrics.turn(decision.acted);
                }
                Ok(over)
            }
            Err(panic) => {
                let error = words(&*panic);
                let commit = self.core.dead_letter(input, error, view);
                let over = self.apply(Some(commit), Vec::new(), false)?;
                if over.is_ok() {
                    let (scope, key) = (hex::encode(scope.0), input.event.key.is_some());
                    tracing::error!(scope, key, "a turn of scope {scope} panicked: dead letter");
                    self.metrics.dead_letters.inc();
                }
                Ok(over)
            }
        }
    }

    fn apply(
        &self,
        commit: Option<Commit>,
        sends: Vec<Message>,
        duplicate: bool,
    ) -> Result<Result<Over, Conflict>, Fault> {
        let Some(commit) = commit else {
            // What was read may not be durable yet, so the answer waits for it too.
            let position = self.last();
            let (due, later) = (Vec::new(), false);
            return Ok(Ok(Over { position, duplicate, sends, due, later }));
        };
        let (due, later) = self.posts(&commit);
        let exports = commit.writes.iter().any(|(key, _)| is_export(key));
        let scope = commit.scope;
        let mut last = lock(&self.last);
        let applied = self.store.apply(vec![commit])?.pop();
        let Some(applied) = applied else {
            return Err(Fault::Engine("no result for a commit".into()));
        };
        if let (Ok(_), Some(index)) = (&applied, &self.index) {
            index.turned(scope);
        }
        if exports {
            self.exports.ring();
        }
        Ok(applied.map(|position| {
            *last = (*last).max(position);
            Over { position, duplicate, sends, due, later }
        }))
    }

    /// The posts of a commit that are due now, and whether others are due later.
    fn posts(&self, commit: &Commit) -> (Vec<(Key, Wake)>, bool) {
        let wakes = commit.writes.iter().filter(|(key, _)| key.table() == id::WAKE);
        let new = wakes.filter_map(|(key, value)| Some((key, value.as_ref()?)));
        let (mut due, mut later, now) = (Vec::new(), false, self.clock.now());
        for (key, value) in new {
            if wake_due(key).is_some_and(|at| at > now) {
                later = true;
            } else if let Ok(wake) = decode::<Wake>(key, value) {
                due.push((key.clone(), wake));
            }
        }
        (due, later)
    }
}

/// Whether a row says that an export is to be written, or where it is had.
fn is_export(key: &Key) -> bool {
    [id::EXPORT_JOB, id::EXPORT_LINK].contains(&key.table())
}

/// The words of a panic: kept sealed in the dead letter, never logged.
fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panicked")
}
