//! Bells between parts that must not know each other: the worker rings, outbox and ticker listen.
//! A bell carries no work, only that there is some; what there is to do stands in the store.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::store::ScopeHash;

/// Targets that have messages to send. A target rung twice before anybody looks is there once.
#[derive(Debug, Default)]
pub struct TargetBell {
    state: Mutex<Rung>,
    rung: Notify,
    idle: Condvar,
}

#[derive(Debug, Default)]
struct Rung {
    targets: HashSet<ScopeHash>,
    /// The listener is dealing with what it heard.
    busy: bool,
}

impl TargetBell {
    /// There is something to send to `target`.
    pub fn ring(&self, target: ScopeHash) {
        lock(&self.state).targets.insert(target);
        self.rung.notify_one();
    }

    /// Wakes the listener without a target: the clock has moved.
    pub fn nudge(&self) {
        self.rung.notify_one();
    }

    /// The targets rung since the last call; waits for a ring. Nothing is lost if it is cancelled.
    pub async fn heard(&self) -> HashSet<ScopeHash> {
        self.rung.notified().await;
        let mut state = lock(&self.state);
        state.busy |= !state.targets.is_empty();
        std::mem::take(&mut state.targets)
    }

    /// The listener has dealt with everything it heard.
    pub fn dealt_with(&self) {
        lock(&self.state).busy = false;
        self.idle.notify_all();
    }

    /// Blocks until everything rung so far is dealt with, at most `limit`.
    pub fn wait_idle(&self, limit: Duration) {
        let going_on = |state: &mut Rung| state.busy || !state.targets.is_empty();
        // Whether it is idle or the time is up, nobody has anything else to do.
        drop(self.idle.wait_timeout_while(lock(&self.state), limit, going_on));
    }
}

/// Tells a sleeping thread that something changed.
#[derive(Debug, Default)]
pub struct Alarm {
    rung: Mutex<bool>,
    changed: Condvar,
}

impl Alarm {
    /// Wakes the sleeper, or keeps it from falling asleep once.
    pub fn ring(&self) {
        *lock(&self.rung) = true;
        self.changed.notify_all();
    }

    /// Sleeps until rung, at most `limit`.
    pub fn wait(&self, limit: Duration) {
        let mut rung = lock(&self.rung);
        if !*rung {
            let woken = self.changed.wait_timeout_while(rung, limit, |rung| !*rung);
            rung = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        *rung = false;
    }
}

/// The guard of a mutex. A panic while it was held leaves plain data that is still whole, so poison
/// is ignored.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn rings_before_anybody_listens_are_heard_once() {
        let bell = TargetBell::default();
        let (a, b) = (ScopeHash([1; 16]), ScopeHash([2; 16]));
        bell.ring(a);
        bell.ring(b);
        bell.ring(a);
        assert_eq!(bell.heard().await, HashSet::from([a, b]));
        bell.nudge();
        assert!(bell.heard().await.is_empty());
        bell.dealt_with();
        // Would hang for an hour if what was heard still counted as under way.
        bell.wait_idle(Duration::from_secs(3600));
    }

    #[test]
    fn an_alarm_rung_early_keeps_the_sleeper_awake() {
        let alarm = Alarm::default();
        alarm.ring();
        // Would hang for an hour if the ring had been lost.
        alarm.wait(Duration::from_secs(3600));
    }
}
