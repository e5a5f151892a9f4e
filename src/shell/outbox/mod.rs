//! Sends what turns said: a fixed number of senders, each with one target at a time, and a look at
//! the targets that rest. Which message goes and what becomes of it is in `plan`.

mod deliver;
pub mod desk;
mod ledger;
pub mod plan;
mod sender;
mod tallies;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub use self::deliver::Deliver;
pub use self::ledger::Ledger;
pub use self::sender::Sender;
use super::bell::lock;
use super::clock::Clock;
use super::rows;
use super::tray::{SHARE_MAX, Tray};
use crate::core::outbox::{self, Unsent};
use crate::model::Timestamp;
use crate::store::table::{encode, id};
use crate::store::{Commit, Fault, Key, Position, ScopeHash, Store};

/// Targets sent to side by side: a hanging platform holds a place for 10 s, so there must be some
/// to spare.
pub const SENDERS_MAX: usize = 64;
/// Longest sleep before the resting targets are looked at again: the system's clock may be set.
const SLEEP_MAX: Duration = Duration::from_secs(30);

/// Handle of the senders.
pub struct Outbox {
    sender: Arc<Sender>,
    tray: Arc<Tray>,
    stopping: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Outbox {
    /// Starts sending, first of all what a former process left. Needs a running tokio runtime, and
    /// that no turn has been taken yet: what is found in the store is what was left.
    pub fn start(sender: Sender, tray: Arc<Tray>) -> Result<Self, Fault> {
        tallies::restore(&*sender.store, &sender.accounts)?;
        let clock = Arc::clone(&sender.deliver.clock);
        for (target, last) in left_behind(&*sender.store, &clock)? {
            tray.look(target, last);
        }
        let (stopping, stopped) = watch::channel(false);
        let sender = Arc::new(sender);
        let task = tokio::spawn(run(Arc::clone(&sender), Arc::clone(&tray), stopped));
        Ok(Self { sender, tray, stopping, task: Mutex::new(Some(task)) })
    }

    /// Lets the senders finish what may go now, at most `limit`; then writes the outcomes. What
    /// waits stays in the store.
    pub async fn stop(&self, limit: Duration) {
        self.tray.stop();
        // The task has ended by itself if nobody listens.
        let _ = self.stopping.send(true);
        let task = lock(&self.task).take();
        if let Some(mut task) = task
            && tokio::time::timeout(limit, &mut task).await.is_err()
        {
            // Dropping the set ends the senders; their messages are in doubt and stay.
            task.abort();
            let _ = task.await;
        }
        let sender = Arc::clone(&self.sender);
        // Fails only if the closure panics, which the hook has logged.
        let _ = tokio::task::spawn_blocking(move || {
            note(&sender, sender.deliver.clock.now(), 0);
            sender.ledger.stop();
        })
        .await;
    }
}

/// Keeps `SENDERS_MAX` senders at work and wakes targets that have rested, until it is stopped and
/// the senders have ended.
async fn run(sender: Arc<Sender>, tray: Arc<Tray>, mut stopped: watch::Receiver<bool>) {
    let mut running = JoinSet::new();
    let start = |running: &mut JoinSet<()>| {
        let (sender, tray) = (Arc::clone(&sender), Arc::clone(&tray));
        running.spawn(async move { sender.work(&tray).await });
    };
    (0..SENDERS_MAX).for_each(|_| start(&mut running));
    let clock = &sender.deliver.clock;
    loop {
        let now = clock.now();
        probe(&sender, &tray, now);
        note(&sender, now, tallies::EVERY_MS);
        let next =
            [tray.wake_rested(now), call_up(&sender, &tray, now)].into_iter().flatten().min();
        let sleep = next.map_or(SLEEP_MAX, |at| clock.until(at).min(SLEEP_MAX));
        tokio::select! {
            () = tray.nudged() => {}
            () = tokio::time::sleep(sleep) => {}
            Some(ended) = running.join_next() => {
                if ended.is_err() {
                    tracing::error!("a sender broke off");
                    start(&mut running);
                }
            }
            _ = stopped.wait_for(|stop| *stop) => break,
        }
    }
    while running.join_next().await.is_some() {}
}

/// Calls up the targets whose accounts have room for them; says when to look again.
fn call_up(sender: &Sender, tray: &Tray, now: Timestamp) -> Option<Timestamp> {
    let accounts = sender.accounts.all();
    let next = accounts.filter_map(|account| {
        let (called, next) = account.gate.call_up(now);
        called.into_iter().for_each(|target| tray.call(target));
        next
    });
    next.min()
}

/// Writes what was counted. It is read by nobody who decides: a fault shows with the next message.
fn note(sender: &Sender, now: Timestamp, every_ms: i64) {
    if let Err(fault) = tallies::note(&*sender.store, &sender.accounts, now, every_ms) {
        tracing::error!(%fault, "what was sent cannot be written");
    }
}

/// Asks each platform that is down whether it is back, when it is time to.
fn probe(sender: &Arc<Sender>, tray: &Arc<Tray>, now: Timestamp) {
    for account in sender.accounts.all() {
        sender.metrics.down(&account.name, account.gate.is_down());
        if account.gate.probe(now) {
            let (sender, tray, account) =
                (Arc::clone(sender), Arc::clone(tray), Arc::clone(account));
            // Ends by itself within the time that a call may take.
            tokio::spawn(async move {
                let answers = sender.deliver.transport.probe(&account).await;
                account.gate.probed(answers, sender.deliver.clock.now());
                let name = &account.name;
                tracing::info!(account = name, answers, "platform of {name} probed");
                tray.nudge();
            });
        }
    }
}

/// Looks at every message of a former process: one whose attempt had begun is in doubt from now on,
/// durably, before anything is sent. Returns the targets and the last message of each.
fn left_behind(store: &dyn Store, clock: &Clock) -> Result<BTreeMap<ScopeHash, Key>, Fault> {
    let (mut targets, mut last) = (BTreeMap::new(), None::<Position>);
    let mut from = vec![id::OUTBOX.0];
    loop {
        let end = Key::after_prefix(&[id::OUTBOX.0]);
        let rows = rows::read::<Unsent>(store, from..end, SHARE_MAX)?;
        let mut commits = Vec::new();
        for (key, row) in rows.records {
            let scope = outbox::target(&key);
            if let Some(row) = plan::found(&row, clock.now()) {
                let writes = vec![(key.clone(), Some(encode(&row)))];
                commits.push(Commit { scope, at: clock.now(), writes, ..Commit::default() });
            }
            // Keys come in order, so the last one of a target stands.
            targets.insert(scope, key);
        }
        last = last.max(store.apply(commits)?.into_iter().flatten().max());
        let Some(next) = rows.more_from else { break };
        from = next;
    }
    last.map(|position| store.sync(position)).transpose()?;
    Ok(targets)
}
