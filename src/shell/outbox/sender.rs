//! Sends what waits for one target, in order, then for another. One deals with a target at a time,
//! many side by side with many.

use std::sync::Arc;

use super::deliver::{Attempted, Deliver, NoRoom};
use super::desk::{self, Step};
use super::ledger::Ledger;
use super::plan::{self, After, DOUBTS_MAX};
use crate::core::merge::merge;
use crate::core::outbox::{Unsent, place};
use crate::core::undelivered::Undelivered;
use crate::model::event::SendFailed;
use crate::model::{Cause, Event, Timestamp};
use crate::platform::SendOutcome;
use crate::shell::accounts::Accounts;
use crate::shell::entropy;
use crate::shell::fatal::Fatal;
use crate::shell::gate::{End, Gate};
use crate::shell::metrics::Metrics;
use crate::shell::rows;
use crate::shell::tray::{Left, Message, SHARE_MAX, Tray, Work};
use crate::shell::worker::Worker;
use crate::store::table::id;
use crate::store::{Fault, Key, ScopeHash, Store};

/// How long a target rests whose messages cannot be read, in ms.
const DAMAGED_REST_MS: i64 = 10 * 60 * 1000;

/// Rest of a target whose sender broke off, in ms.
const BROKEN_REST_MS: i64 = 60 * 1000;

/// What senders share.
pub struct Sender {
    /// Where the messages are that were not handed over. Read from the senders' own tasks: a scan
    /// is served from memory in microseconds, a hop to a thread made for blocking would cost more.
    pub store: Arc<dyn Store>,
    /// Which account speaks to a target.
    pub accounts: Arc<Accounts>,
    /// Delivers.
    pub deliver: Deliver,
    /// Writes outcomes.
    pub ledger: Ledger,
    /// Takes the turns of failures.
    pub worker: Arc<Worker>,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// Called on a fault of the engine.
    pub fatal: Fatal,
}

struct Stopped;

/// A target in work: left as broken off unless something better is known when this goes.
struct InWork<'a> {
    sender: &'a Sender,
    tray: &'a Tray,
    target: ScopeHash,
    left: Option<Left>,
}

impl Drop for InWork<'_> {
    fn drop(&mut self) {
        let broken = || self.sender.deliver.clock.now().plus_ms(BROKEN_REST_MS);
        self.tray.left(self.target, self.left.unwrap_or_else(|| Left::Until(broken())));
    }
}

impl Sender {
    /// Deals with one target after the other until the end.
    pub async fn work(&self, tray: &Tray) {
        while let Some(work) = tray.next().await {
            let target = work.target;
            let mut in_work = InWork { sender: self, tray, target, left: None };
            let (left, gate) = self.run(tray, work).await;
            in_work.left = Some(left);
            drop(in_work);
            if let (Left::Held(lane, since), Some(gate)) = (left, gate) {
                // Not before it rests: called up while in work, it would be called in vain.
                gate.enter(target, lane, since);
                tray.nudge();
            }
        }
    }

    /// Sends what may go now; says how the target is left, and by whose gate.
    async fn run(&self, tray: &Tray, work: Work) -> (Left, Option<&Gate>) {
        let target = work.target;
        let (rows, full) = match work.messages {
            Some(messages) => (messages, false),
            None => match self.read(target, &work.upto) {
                Ok(read) => read,
                Err(fault) => return (self.unread(&fault), None),
            },
        };
        let gate = rows.first().and_then(|(_, row)| self.accounts.of(&row.target));
        let gate = gate.map(|account| &account.gate);
        if let Some(gate) = gate {
            gate.leave(target);
        }
        (self.send(tray, target, rows, full, gate).await, gate)
    }

    /// Deals with the messages of a target for as long as some may go.
    async fn send(
        &self,
        tray: &Tray,
        target: ScopeHash,
        mut rows: Vec<Message>,
        full: bool,
        gate: Option<&Gate>,
    ) -> Left {
        loop {
            let now = self.deliver.clock.now();
            match desk::next(target, &rows, full, gate, now) {
                Step::Leave(left) => return left,
                Step::Merge(pile) => {
                    if self.merge(target, &mut rows, &pile).await.is_err() {
                        return Left::Stopped;
                    }
                    // What is behind them in the store may belong to them.
                    if full {
                        return Left::More;
                    }
                }
                Step::Send(n) => {
                    let (key, row) = rows.remove(n);
                    match self.deal(target, &key, row, now).await {
                        Ok(None) => {}
                        Ok(Some(again)) => rows.insert(n, (key, again)),
                        Err(Stopped) => return Left::Stopped,
                    }
                    // What came meanwhile may have to go before what is left.
                    let lane = rows.iter().map(|(_, row)| row.card.lane).min();
                    if lane.is_some_and(|lane| tray.has_before(target, lane)) {
                        return Left::More;
                    }
                }
            }
        }
    }

    /// Makes one message of those of these indices, durably, in the place of the first.
    async fn merge(
        &self,
        target: ScopeHash,
        rows: &mut Vec<Message>,
        pile: &[usize],
    ) -> Result<(), Stopped> {
        let merged = merge(pile.iter().map(|n| &rows[*n].1));
        let (Some(row), Some((&first, others))) = (merged, pile.split_first()) else {
            return Ok(());
        };
        // From behind, so that indices stay.
        let gone = others.iter().rev().map(|n| rows.remove(*n).0).collect();
        let key = rows[first].0.clone();
        rows[first].1 = row.clone();
        self.metrics.merged.inc_by(others.len() as u64);
        self.note(&row, End::Merged, others.len() as u64);
        self.ledger.merge(target, key, row, gone).await.map_err(|_| Stopped)
    }

    /// One attempt at one message, and what follows from it: the row as it waits for another, if it
    /// does.
    async fn deal(
        &self,
        target: ScopeHash,
        key: &Key,
        mut row: Unsent,
        now: Timestamp,
    ) -> Result<Option<Unsent>, Stopped> {
        let Some(account) = self.accounts.of(&row.target) else {
            return self.failed(target, key, row, "refused", "no account speaks there").await;
        };
        if plan::is_expired(&row, now) {
            self.count(target, key, &row, "expired", "");
            self.note(&row, End::Expired, 1);
            self.end(target, key);
            return Ok(None);
        }
        if row.doubts > DOUBTS_MAX {
            return self.failed(target, key, row, "unclear", "in doubt twice").await;
        }
        if plan::is_waiting(&row) {
            row = plan::begun(&row);
            self.set(target, key, &row).await?;
            if row.doubts > 0 {
                self.metrics.copies.inc();
                self.note(&row, End::Copied, 1);
            }
        }
        let attempted = self.deliver.attempt(account, key, &row).await;
        let now = self.deliver.clock.now();
        let again = match &attempted {
            Err(NoRoom) => Some(plan::put_back(&row, now)),
            Ok(Attempted { outcome: SendOutcome::Sent { .. }, more: true }) => {
                Some(plan::next_part(&row, now))
            }
            Ok(_) => None,
        };
        if let Some(again) = again {
            // Before the next attempt begins: what is there is not sent again.
            self.set(target, key, &again).await?;
            return Ok(Some(again));
        }
        let Ok(Attempted { outcome, .. }) = attempted else { return Ok(None) };
        let spread = entropy::up_to(99);
        match plan::after(outcome, &row, now, spread) {
            After::Done => {
                self.metrics.send(&account.name, "sent");
                account.gate.count(row.card.lane, End::Sent, 1);
                self.end(target, key);
                Ok(None)
            }
            After::Again(again) => {
                self.count(target, key, &row, "retry", "");
                self.set(target, key, &again).await?;
                Ok(Some(*again))
            }
            After::Failed(word, why) => self.failed(target, key, row, word, &why).await,
        }
    }

    /// The scope learns of it first, then the row goes: a crash in between tells it again, under
    /// the same key.
    async fn failed(
        &self,
        target: ScopeHash,
        key: &Key,
        row: Unsent,
        word: &'static str,
        why: &str,
    ) -> Result<Option<Unsent>, Stopped> {
        self.count(target, key, &row, word, why);
        self.note(&row, End::Failed, 1);
        let (revision, nth) = place(key);
        let cause = Cause::SendFailed(SendFailed { revision, nth, why: word.into() });
        let known = Some(format!("send-failed/{revision}/{nth}"));
        let event = Event { scope: row.target.clone(), key: known, cause };
        // At most one a sender is under way, so the queue's limit need not apply.
        let told = self.worker.submit_own(event, self.deliver.clock.now());
        told.map_err(|_| Stopped)?.await.map_err(|_| Stopped)?;
        let at = self.deliver.clock.now();
        self.ledger.bury(target, key.clone(), Undelivered::new(row, word, why, at));
        Ok(None)
    }

    fn note(&self, row: &Unsent, end: End, by: u64) {
        if let Some(account) = self.accounts.of(&row.target) {
            account.gate.count(row.card.lane, end, by);
        }
    }

    fn end(&self, target: ScopeHash, key: &Key) {
        self.ledger.end(target, key.clone());
    }

    async fn set(&self, target: ScopeHash, key: &Key, row: &Unsent) -> Result<(), Stopped> {
        self.ledger.set(target, key.clone(), row.clone()).await.map_err(|_| Stopped)
    }

    /// The messages of a target up to one, and whether there may be more of them. Those behind it
    /// may not be durable yet.
    fn read(&self, target: ScopeHash, upto: &Key) -> Result<(Vec<Message>, bool), Fault> {
        let ended = self.ledger.ended(target);
        let range = Key::new(id::OUTBOX, target, &[]).0..rows::after(&upto.0);
        // What has ended is read over, so it must not use up the share of what has not.
        let limit = SHARE_MAX + ended.len();
        let read = rows::read::<Unsent>(&*self.store, range, limit)?;
        let open = read.records.into_iter().filter(|(key, _)| !ended.contains(key));
        let open: Vec<_> = open.collect();
        // With nothing left of a full share, looking again at once would go on for ever.
        let full = read.more_from.is_some() && !open.is_empty();
        Ok((open, full))
    }

    fn unread(&self, fault: &Fault) -> Left {
        tracing::error!(%fault, "messages to send cannot be read");
        match fault {
            Fault::Unreadable { .. } => {
                Left::Until(self.deliver.clock.now().plus_ms(DAMAGED_REST_MS))
            }
            Fault::Engine(_) | Fault::Directory(_) => {
                (self.fatal)(fault);
                Left::Stopped
            }
        }
    }

    fn count(&self, target: ScopeHash, key: &Key, row: &Unsent, word: &'static str, why: &str) {
        let account = row.target.account().unwrap_or_default();
        let known = self.accounts.get(account).map_or("", |account| account.name.as_str());
        self.metrics.send(known, word);
        let ((revision, nth), target) = (place(key), hex::encode(target.0));
        let (attempts, doubts) = (row.attempts, row.doubts);
        tracing::warn!(
            account,
            target,
            revision,
            nth,
            attempts,
            doubts,
            why,
            "message {revision}/{nth} to {target}: {word}"
        );
    }
}
