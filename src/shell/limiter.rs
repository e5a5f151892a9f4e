//! How fast an account may call its platform: a token bucket as plain arithmetic. It does not wait;
//! callers do.

use crate::model::Timestamp;

const US_PER_MS: i64 = 1000;

/// Calls are spread evenly; after a pause, up to a second's worth may go at once.
#[derive(Debug, Clone)]
pub struct Limiter {
    /// Microseconds between two calls; 0 means no limit.
    gap_us: i64,
    /// When the next call would go if calls came without pause, in microseconds since 1970.
    next_us: i64,
    /// How far `next_us` may lag behind: a full bucket.
    burst_us: i64,
    /// When it was last asked: a clock set back since then takes `next_us` back with it.
    asked_us: i64,
}

impl Limiter {
    /// At most so many calls a second; 0 means no limit.
    pub fn per_second(calls: u32) -> Self {
        let gap_us = if calls == 0 { 0 } else { 1_000_000 / i64::from(calls) };
        // The call at hand takes one place of the second's worth.
        let burst_us = gap_us * (i64::from(calls) - 1).max(0);
        Self { gap_us, next_us: i64::MIN, burst_us, asked_us: i64::MIN }
    }

    /// Takes a place and says how long to wait for it, in ms.
    pub fn reserve(&mut self, now: Timestamp) -> u64 {
        if self.gap_us == 0 {
            return 0;
        }
        let now_us = now.0.saturating_mul(US_PER_MS);
        let set_back_us = self.asked_us.saturating_sub(now_us).max(0);
        self.asked_us = now_us;
        let full = now_us.saturating_sub(self.burst_us);
        let at = self.next_us.saturating_sub(set_back_us).max(full);
        self.next_us = at.saturating_add(self.gap_us);
        let wait_us = at.saturating_sub(now_us).max(0);
        // Rounded up: a call a fraction of a millisecond early is still too early.
        u64::try_from((wait_us + US_PER_MS - 1) / US_PER_MS).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp(1_790_000_000_000);

    #[test]
    fn a_seconds_worth_goes_at_once_then_calls_are_spread() {
        let mut limiter = Limiter::per_second(20);
        let waits: Vec<u64> = (0..23).map(|_| limiter.reserve(T0)).collect();
        assert!(waits[..20].iter().all(|&w| w == 0), "{waits:?}");
        assert_eq!(waits[20..], [50, 100, 150]);
    }

    #[test]
    fn a_slow_account_keeps_its_pace_however_many_wait() {
        let mut limiter = Limiter::per_second(1);
        let waits: Vec<u64> = (0..64).map(|_| limiter.reserve(T0)).collect();
        assert_eq!(waits, (0..64).map(|n| n * 1000).collect::<Vec<_>>());
    }

    #[test]
    fn a_pause_fills_the_bucket_but_no_further() {
        let mut limiter = Limiter::per_second(2);
        let later = T0.plus_ms(3_600_000);
        assert_eq!([limiter.reserve(T0), limiter.reserve(T0), limiter.reserve(T0)], [0, 0, 500]);
        let waits = [limiter.reserve(later), limiter.reserve(later), limiter.reserve(later)];
        assert_eq!(waits, [0, 0, 500]);
    }

    #[test]
    fn no_limit_means_no_wait() {
        let mut limiter = Limiter::per_second(0);
        assert!((0..1000).all(|_| limiter.reserve(T0) == 0));
    }

    #[test]
    fn a_clock_set_back_does_not_silence_the_account() {
        let mut limiter = Limiter::per_second(1);
        limiter.reserve(T0);
        assert_eq!(limiter.reserve(T0.plus_ms(-86_400_000)), 1000);
        assert_eq!(limiter.reserve(T0.plus_ms(-86_400_000)), 2000);
    }
}
