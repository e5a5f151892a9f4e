//! The only place that asks the system for the time. The virtual clock is the same clock with an
//! offset that is kept. It schedules nothing: `ticker` waits.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::model::Timestamp;
use crate::store::table::{decode, encode, id};
use crate::store::{Commit, Fault, Key, ScopeHash, Store, Table, TableId};

/// System time plus an offset. Shared by reference; the offset may be moved at any time.
#[derive(Debug, Default)]
pub struct Clock {
    offset_ms: AtomicI64,
}

/// The offset as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Offset {
    /// Milliseconds ahead of the system.
    ms: i64,
}

impl Table for Offset {
    const ID: TableId = id::SHELL;
}

impl Clock {
    /// A clock that is ahead of the system by so many milliseconds.
    pub fn ahead_ms(offset_ms: i64) -> Self {
        Self { offset_ms: AtomicI64::new(offset_ms) }
    }

    /// The clock of a deployment: ahead by what [`Clock::keep`] wrote, else not at all.
    pub fn load(store: &dyn Store) -> Result<Self, Fault> {
        let key = offset_key();
        let offset = store.get(&key)?.map(|value| decode::<Offset>(&key, &value)).transpose()?;
        Ok(Self::ahead_ms(offset.map_or(0, |o| o.ms)))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        Timestamp(system_ms()).plus_ms(self.offset_ms())
    }

    /// The present instant of the system, whatever the virtual clock says.
    pub fn system(&self) -> Timestamp {
        Timestamp(system_ms())
    }

    /// How far the clock is ahead of the system, in ms.
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms.load(Ordering::SeqCst)
    }

    /// Moves the clock so that it is `to` now and runs on from there.
    pub fn set(&self, to: Timestamp) {
        self.offset_ms.store(to.0.saturating_sub(system_ms()), Ordering::SeqCst);
    }

    /// The commit that keeps the present offset over restarts.
    pub fn keep(&self) -> Commit {
        let value = encode(&Offset { ms: self.offset_ms() });
        Commit {
            scope: ScopeHash::default(),
            at: self.now(),
            writes: vec![(offset_key(), Some(value))],
            ..Commit::default()
        }
    }

    /// How long until `at`: zero if it is over.
    pub fn until(&self, at: Timestamp) -> Duration {
        let ms = at.0.saturating_sub(self.now().0);
        Duration::from_millis(u64::try_from(ms).unwrap_or(0))
    }
}

/// Measures how long something takes, untouched by the virtual clock.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "the home of this call")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds since the start.
    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }

    /// What is left of `limit` since the start; zero when it is used up.
    pub fn left_of(self, limit: Duration) -> Duration {
        limit.saturating_sub(self.0.elapsed())
    }
}

fn offset_key() -> Key {
    Key::global(id::SHELL, b"clock")
}

/// A system clock before 1970 reads as 1970.
#[expect(clippy::disallowed_methods, reason = "the home of this call")]
fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_runs_on_from_there() {
        let clock = Clock::default();
        let day = 24 * 3600 * 1000;
        let to = clock.now().plus_ms(400 * day);
        clock.set(to);
        assert!(clock.now() >= to);
        assert!(clock.now() < to.plus_ms(day), "it runs on, it does not leap");
        assert_eq!(clock.until(to.plus_ms(-1)), Duration::ZERO);
    }

    #[test]
    fn extreme_targets_saturate() {
        let clock = Clock::default();
        clock.set(Timestamp(i64::MAX));
        assert!(clock.now() > Timestamp(i64::MAX / 2));
        clock.set(Timestamp(i64::MIN));
        assert!(clock.now() < Timestamp(0));
    }
}
