//! Sends what turns said: wakes a sender for each target that has messages, not too many side by
//! side, and lets targets rest whose messages wait. Which message goes and what becomes of it is in
//! `plan`.

mod deliver;
mod ledger;
pub mod plan;
mod sender;

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinHandle, JoinSet};

pub use self::deliver::Deliver;
pub use self::ledger::Ledger;
use self::sender::Left;
use self::sender::OUTBOX_SCAN_MAX;
pub use self::sender::Sender;
use super::bell::{TargetBell, lock};
use super::clock::Clock;
use super::rows;
use crate::core::outbox::{self, Unsent};
use crate::model::Timestamp;
use crate::store::table::{encode, id};
use crate::store::{Commit, Fault, Key, Position, ScopeHash, Store};

/// Targets sent to side by side: a hanging platform holds a place for 10 s, so there must be some
/// to spare.
pub const SENDERS_MAX: usize = 64;
/// Longest sleep before the resting targets are looked at again: the system's clock may be set.
const SLEEP_MAX: Duration = Duration::from_secs(30);
/// Rest of a target whose sender broke off, in ms.
const BROKEN_REST_MS: i64 = 60 * 1000;

/// Handle of the dispatching task.
pub struct Outbox {
    sender: Arc<Sender>,
    stopping: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Outbox {
    /// Starts sending, first of all what a former process left. Needs a running tokio runtime.
    pub fn start(sender: Sender, bell: Arc<TargetBell>) -> Result<Self, Fault> {
        let leftover = left_behind(&*sender.store, &sender.deliver.clock)?;
        let (stopping, stopped) = watch::channel(false);
        let sender = Arc::new(sender);
        let desk = Desk::new(Arc::clone(&sender), leftover);
        let task = tokio::spawn(desk.run(bell, stopped));
        Ok(Self { sender, stopping, task: Mutex::new(Some(task)) })
    }

    /// Lets the senders finish what may go now, at most `limit`; then writes the outcomes. What
    /// waits stays in the store.
    pub async fn stop(&self, limit: Duration) {
        // The task has ended by itself if nobody listens.
        let _ = self.stopping.send(true);
        let task = lock(&self.task).take();
        if let Some(mut task) = task
            && tokio::time::timeout(limit, &mut task).await.is_err()
        {
            // Dropping the desk ends its senders; their messages are in doubt and stay.
            task.abort();
            let _ = task.await;
        }
        let sender = Arc::clone(&self.sender);
        // Fails only if the closure panics, which the hook has logged.
        let _ = tokio::task::spawn_blocking(move || sender.ledger.stop()).await;
    }
}

/// The state of sending, owned by one task.
struct Desk {
    sender: Arc<Sender>,
    /// Targets that have a sender; `true`: rung meanwhile, so to be looked at again.
    active: HashMap<ScopeHash, bool>,
    running: JoinSet<Left>,
    whose: HashMap<Id, ScopeHash>,
    /// Targets that wait for a free place. Bounded by the number of targets: each is there once.
    waiting: VecDeque<ScopeHash>,
    /// Targets whose messages wait, by when.
    resting: BTreeSet<(Timestamp, ScopeHash)>,
}

impl Desk {
    fn new(sender: Arc<Sender>, targets: BTreeSet<ScopeHash>) -> Self {
        let mut desk = Self {
            sender,
            active: HashMap::new(),
            running: JoinSet::new(),
            whose: HashMap::new(),
            waiting: VecDeque::new(),
            resting: BTreeSet::new(),
        };
        targets.into_iter().for_each(|target| desk.want(target));
        desk
    }

    async fn run(mut self, bell: Arc<TargetBell>, mut stopped: watch::Receiver<bool>) {
        let mut stopping = false;
        loop {
            self.fill();
            if self.active.is_empty() {
                bell.dealt_with();
                if stopping {
                    return;
                }
            }
            let sleep = self.sleep();
            tokio::select! {
                targets = bell.heard() => targets.into_iter().for_each(|t| self.want(t)),
                Some(left) = self.running.join_next_with_id() => self.left(left),
                () = tokio::time::sleep(sleep) => {}
                _ = stopped.changed(), if !stopping => stopping = true,
            }
            if !stopping {
                self.wake_rested();
            }
        }
    }

    fn want(&mut self, target: ScopeHash) {
        match self.active.get_mut(&target) {
            Some(again) => *again = true,
            None => {
                self.active.insert(target, false);
                self.waiting.push_back(target);
            }
        }
    }

    fn fill(&mut self) {
        while self.running.len() < SENDERS_MAX {
            let Some(target) = self.waiting.pop_front() else { return };
            let sender = Arc::clone(&self.sender);
            let handle = self.running.spawn(async move { sender.run(target).await });
            self.whose.insert(handle.id(), target);
        }
    }

    fn left(&mut self, ended: Result<(Id, Left), tokio::task::JoinError>) {
        let (id, left) = match ended {
            Ok(ended) => ended,
            Err(broken) => {
                tracing::error!("a sender broke off");
                let rest = self.sender.deliver.clock.now().plus_ms(BROKEN_REST_MS);
                (broken.id(), Left::Until(rest))
            }
        };
        let Some(target) = self.whose.remove(&id) else { return };
        let again = self.active.remove(&target).unwrap_or(false);
        match left {
            Left::More => self.want(target),
            Left::Idle if again => self.want(target),
            // Rung while it ended in waiting: what came may be urgent.
            Left::Until(_) if again => self.want(target),
            Left::Until(at) => {
                self.resting.insert((at, target));
            }
            Left::Idle | Left::Stopped => {}
        }
    }

    fn sleep(&self) -> Duration {
        let clock = &self.sender.deliver.clock;
        self.resting.first().map_or(SLEEP_MAX, |(at, _)| clock.until(*at).min(SLEEP_MAX))
    }

    fn wake_rested(&mut self) {
        let now = self.sender.deliver.clock.now();
        while let Some((at, target)) = self.resting.pop_first() {
            if at > now {
                self.resting.insert((at, target));
                return;
            }
            self.want(target);
        }
    }
}

/// Looks at every message of a former process: one whose attempt had begun is in doubt from now on,
/// durably, before anything is sent. Returns the targets.
fn left_behind(store: &dyn Store, clock: &Clock) -> Result<BTreeSet<ScopeHash>, Fault> {
    let (mut targets, mut last) = (BTreeSet::new(), None::<Position>);
    let mut from = vec![id::OUTBOX.0];
    loop {
        let end = Key::after_prefix(&[id::OUTBOX.0]);
        let rows = rows::read::<Unsent>(store, from..end, OUTBOX_SCAN_MAX)?;
        let mut commits = Vec::new();
        for (key, row) in rows.records {
            let scope = outbox::target(&key);
            targets.insert(scope);
            if let Some(row) = plan::found(&row, clock.now()) {
                let writes = vec![(key, Some(encode(&row)))];
                commits.push(Commit { scope, at: clock.now(), writes, ..Commit::default() });
            }
        }
        last = last.max(store.apply(commits)?.into_iter().flatten().max());
        let Some(next) = rows.more_from else { break };
        from = next;
    }
    last.map(|position| store.sync(position)).transpose()?;
    Ok(targets)
}
