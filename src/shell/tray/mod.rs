//! Messages on their way from turns to senders: which targets have some, and who deals with which.
//! It holds durable messages only, and no more than a limit: what it does not hold stands in the
//! store, and the target is marked to be read from there. It sends nothing.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};

use crate::core::outbox::Unsent;
use crate::model::{Lane, Timestamp};
use crate::shell::bell::lock;
use crate::store::{Key, ScopeHash};

/// Messages held in memory, all targets together: seconds of the fastest sending. The others stay
/// in the store alone until their target's turn comes.
const HELD_MAX: usize = 20_000;
/// Messages held for one target: a sender's fair share.
pub const SHARE_MAX: usize = 256;

/// A message and the key of its row.
pub type Message = (Key, Unsent);

/// Shared by those who hand messages over and those who send them.
#[derive(Debug)]
pub struct Tray {
    state: Mutex<State>,
    /// As many permits as targets are ready; closed at the end.
    work: Semaphore,
    /// The resting targets are to be looked at: the clock has moved, or one more rests.
    nudged: Notify,
    idle: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Targets with something to do: ready, in work or resting.
    targets: HashMap<ScopeHash, Slot>,
    /// Targets that wait for a sender, each once.
    ready: VecDeque<ScopeHash>,
    /// Targets whose messages wait, by when. One that was woken early may still be there.
    resting: BTreeSet<(Timestamp, ScopeHash)>,
    /// Messages in all slots.
    held: usize,
    in_work: usize,
    /// Threads that wait until nothing is ready or in work.
    watchers: usize,
    stopping: bool,
}

#[derive(Debug)]
struct Slot {
    stands: Stands,
    /// It rests until it is called, and this lane waits: only a more urgent one wakes it.
    held: Option<Lane>,
    /// In the order in which they were said.
    messages: Vec<Message>,
    /// The store has messages that are not here: all are to be read from there.
    unread: bool,
    /// The last message handed over. Rows behind it may not be durable yet, and are handed over
    /// themselves once they are.
    upto: Key,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Resting,
    Ready,
    InWork,
}

/// What a sender deals with.
#[derive(Debug, PartialEq)]
pub struct Work {
    /// Whose messages.
    pub target: ScopeHash,
    /// Its messages; `None`: they are to be read from the store.
    pub messages: Option<Vec<Message>>,
    /// The last message that may go.
    pub upto: Key,
}

/// How a target was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nothing waits.
    Idle,
    /// Something waits until then.
    Until(Timestamp),
    /// Something of this lane waits, since then, until the target is called.
    Held(Lane, Timestamp),
    /// More may be in the store than was read.
    More,
    /// The process is ending.
    Stopped,
}

impl Default for Tray {
    fn default() -> Self {
        let (state, nudged, idle) = <_>::default();
        Self { state, work: Semaphore::new(0), nudged, idle }
    }
}

impl Tray {
    /// Takes durable messages of a turn of `target`, behind those of its earlier turns.
    pub fn hand(&self, target: ScopeHash, messages: Vec<Message>) {
        let Some((last, _)) = messages.last() else { return };
        let most_urgent = messages.iter().map(|(_, row)| row.card.lane).min();
        let mut state = lock(&self.state);
        let room = HELD_MAX.saturating_sub(state.held);
        let slot = state.slot(target, last.clone());
        let waits = slot.held.is_some_and(|held| most_urgent >= Some(held));
        if slot.unread || messages.len() > room.min(SHARE_MAX - slot.messages.len()) {
            state.leave_to_store(target);
        } else {
            let count = messages.len();
            slot.messages.extend(messages);
            state.held += count;
        }
        if !waits {
            self.want(state, target, most_urgent == Some(Lane::Urgent));
        }
    }

    /// The store has messages of `target`, up to this one.
    pub fn look(&self, target: ScopeHash, upto: Key) {
        let mut state = lock(&self.state);
        state.slot(target, upto);
        state.leave_to_store(target);
        self.want(state, target, false);
    }

    /// A target that rests until it is called may go on.
    pub fn call(&self, target: ScopeHash) {
        let state = lock(&self.state);
        self.want(state, target, false);
    }

    /// Whether a target that is in work has got messages before this lane, or so many that nobody
    /// knows.
    pub fn has_before(&self, target: ScopeHash, lane: Lane) -> bool {
        let state = lock(&self.state);
        let before = |slot: &Slot| slot.messages.iter().any(|(_, row)| row.card.lane < lane);
        state.targets.get(&target).is_some_and(|slot| slot.unread || before(slot))
    }

    fn want(&self, mut state: MutexGuard<'_, State>, target: ScopeHash, urgent: bool) {
        if state.want(target, urgent) {
            drop(state);
            self.work.add_permits(1);
        }
    }

    /// The next target with something to do; `None` at the end. Whoever takes one must say how it
    /// was [`Tray::left`].
    pub async fn next(&self) -> Option<Work> {
        if let Ok(permit) = self.work.acquire().await {
            permit.forget();
        }
        // At the end there are no permits any more, and what is ready is still dealt with.
        lock(&self.state).take()
    }

    /// The next target, if one has something to do now.
    pub fn try_next(&self) -> Option<Work> {
        self.work.try_acquire().ok()?.forget();
        lock(&self.state).take()
    }

    /// The sender of `target` has left it so.
    pub fn left(&self, target: ScopeHash, left: Left) {
        let mut state = lock(&self.state);
        state.in_work -= 1;
        let again = state.leave(target, left);
        if again {
            self.want(state, target, false);
            return;
        }
        if state.is_idle() && state.watchers > 0 {
            self.idle.notify_all();
        }
        if matches!(left, Left::Until(_)) {
            self.nudged.notify_one();
        }
    }

    /// Wakes the targets that have rested until `now`; says until when the next one rests.
    pub fn wake_rested(&self, now: Timestamp) -> Option<Timestamp> {
        loop {
            let mut state = lock(&self.state);
            let &(at, target) = state.resting.first()?;
            if at > now || state.stopping {
                return Some(at);
            }
            state.resting.pop_first();
            self.want(state, target, false);
        }
    }

    /// The resting targets are to be looked at: the clock has moved.
    pub fn nudge(&self) {
        self.nudged.notify_one();
    }

    /// Waits until they are to be looked at.
    pub async fn nudged(&self) {
        self.nudged.notified().await;
    }

    /// No target is woken any more, and senders end when none is ready.
    pub fn stop(&self) {
        lock(&self.state).stopping = true;
        self.work.close();
    }

    /// Blocks until everything handed over so far is dealt with, at most `limit`.
    pub fn wait_idle(&self, limit: Duration) {
        let going_on = |state: &mut State| !state.is_idle();
        let mut state = lock(&self.state);
        state.watchers += 1;
        // Whether it is idle or the time is up, nobody has anything else to do.
        let waited = self.idle.wait_timeout_while(state, limit, going_on);
        waited.unwrap_or_else(PoisonError::into_inner).0.watchers -= 1;
    }
}

impl State {
    /// The slot of a target, whose last message this is now.
    fn slot(&mut self, target: ScopeHash, upto: Key) -> &mut Slot {
        let new = || Slot {
            stands: Stands::Resting,
            held: None,
            messages: Vec::new(),
            unread: false,
            upto: Key(Vec::new()),
        };
        let slot = self.targets.entry(target).or_insert_with(new);
        slot.upto = upto;
        slot
    }

    /// Holds nothing of a target any more: all of it is read again, in its order.
    fn leave_to_store(&mut self, target: ScopeHash) {
        if let Some(slot) = self.targets.get_mut(&target) {
            slot.unread = true;
            self.held -= std::mem::take(&mut slot.messages).len();
        }
    }

    /// Puts a resting target up for a sender, before all others if it is urgent; whether that is
    /// news.
    fn want(&mut self, target: ScopeHash, urgent: bool) -> bool {
        let slot = self.targets.get_mut(&target);
        let Some(slot) = slot.filter(|slot| slot.stands == Stands::Resting) else { return false };
        slot.stands = Stands::Ready;
        slot.held = None;
        match urgent {
            true => self.ready.push_front(target),
            false => self.ready.push_back(target),
        }
        true
    }

    fn take(&mut self) -> Option<Work> {
        let target = self.ready.pop_front()?;
        let slot = self.targets.get_mut(&target)?;
        slot.stands = Stands::InWork;
        self.in_work += 1;
        let messages = std::mem::take(&mut slot.messages);
        self.held -= messages.len();
        let unread = std::mem::take(&mut slot.unread);
        Some(Work { target, messages: (!unread).then_some(messages), upto: slot.upto.clone() })
    }

    /// What follows from how a target was left; whether it is wanted again at once.
    fn leave(&mut self, target: ScopeHash, left: Left) -> bool {
        let Some(slot) = self.targets.get_mut(&target) else { return false };
        slot.stands = Stands::Resting;
        // What came meanwhile may be urgent, even if what was there waits.
        let came = slot.unread || !slot.messages.is_empty();
        match left {
            Left::Idle => {
                if !came {
                    self.targets.remove(&target);
                }
                came
            }
            Left::More => {
                self.leave_to_store(target);
                true
            }
            Left::Until(at) => {
                self.leave_to_store(target);
                if !came {
                    self.resting.insert((at, target));
                }
                came
            }
            Left::Held(lane, _) => {
                // What came of lesser lanes waits with it.
                slot.held = Some(lane);
                let before = slot.messages.iter().any(|(_, row)| row.card.lane < lane);
                let again = slot.unread || before;
                self.leave_to_store(target);
                again
            }
            Left::Stopped => {
                self.leave_to_store(target);
                false
            }
        }
    }

    fn is_idle(&self) -> bool {
        self.in_work == 0 && self.ready.is_empty()
    }
}

#[cfg(test)]
mod tests;
