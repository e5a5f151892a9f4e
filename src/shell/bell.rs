//! A bell between threads that must not know each other: the worker rings, the ticker listens. It
//! carries no work, only that there is some; what there is to do stands in the store.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

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

    #[test]
    fn an_alarm_rung_early_keeps_the_sleeper_awake() {
        let alarm = Alarm::default();
        alarm.ring();
        // Would hang for an hour if the ring had been lost.
        alarm.wait(Duration::from_secs(3600));
    }
}
