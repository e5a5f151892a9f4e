//! How long to wait before the next connection, as plain arithmetic. It does not wait; callers do.

use std::time::Duration;

/// The first wait after a failure; each further one doubles it.
const WAIT_MS_MIN: u64 = 1000;
/// Longest wait: after an outage of the platform the bot hears again within a minute.
const WAIT_MS_MAX: u64 = 60_000;
/// After so many the longest wait is reached.
const DOUBLINGS_MAX: u32 = 6;
/// Connections that were lost together come back spread over this time.
pub const JITTER_MS_MAX: u64 = 1000;
/// A `Retry-After` is followed up to this; a longer one is not believed.
const RETRY_S_MAX: u64 = 600;

/// The wait after so many failures in a row; `spread_ms` is up to `JITTER_MS_MAX`.
pub fn wait(failures: u32, retry_after_s: Option<u64>, spread_ms: u64) -> Duration {
    let doubled = match failures {
        0 => 0,
        n => (WAIT_MS_MIN << (n - 1).min(DOUBLINGS_MAX)).min(WAIT_MS_MAX),
    };
    let asked = retry_after_s.map_or(0, |s| s.min(RETRY_S_MAX) * 1000);
    Duration::from_millis(doubled.max(asked) + spread_ms.min(JITTER_MS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute_and_never_wrap() {
        let seconds = |failures| wait(failures, None, 0).as_secs();
        assert_eq!([0, 1, 2, 3, 6, 7, 8].map(seconds), [0, 1, 2, 4, 32, 60, 60]);
        assert_eq!([64, 65, 1000, u32::MAX].map(seconds), [60; 4]);
    }

    #[test]
    fn a_wait_asked_for_is_kept_unless_it_is_absurd() {
        assert_eq!(wait(1, Some(30), 0).as_secs(), 30);
        assert_eq!(wait(7, Some(30), 0).as_secs(), 60);
        assert_eq!(wait(1, Some(u64::MAX), 0).as_secs(), RETRY_S_MAX);
    }

    #[test]
    fn what_was_lost_together_comes_back_spread() {
        assert_eq!(wait(0, None, 700).as_millis(), 700);
        assert_eq!(wait(2, None, u64::MAX).as_millis(), 3000);
    }
}
