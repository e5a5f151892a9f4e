//! How much may be said within a time, as plain arithmetic: exact sliding windows of which each
//! lane has a share. It does not wait and has no clock; callers do.

use std::collections::VecDeque;

use crate::model::{Lane, Timestamp};

/// How much longer than the platform's a window is, in ms: what leaves evenly does not arrive so.
pub const SPREAD_MS: i64 = 200;

/// What of a hundred each lane leaves to those before it: first what answers leave to urgent
/// messages, then notices to answers, then digests to notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserves(pub [u32; 3]);

impl Reserves {
    /// Of a second's or a minute's worth: under pressure a lane stands still before it takes from
    /// the lanes before it.
    pub const OF_WINDOW: Self = Self([10, 20, 20]);
    /// Of a month's worth: less, for what is not used of it is lost.
    pub const OF_MONTH: Self = Self([2, 5, 5]);

    /// How many of `count` may be in use with one more of this lane: at least one, and less than
    /// the lane before it has where there are enough for that.
    pub fn share(self, count: u32, lane: Lane) -> u32 {
        let before = match lane {
            Lane::Urgent => 0,
            Lane::Answer => 1,
            Lane::Notice => 2,
            Lane::Digest => 3,
        };
        let part = |percent: &u32| (u64::from(count) * u64::from(*percent)).div_ceil(100);
        let kept: u64 = self.0.iter().take(before).map(part).sum();
        let share = u64::from(count).saturating_sub(kept).max(1).min(u64::from(count));
        u32::try_from(share).unwrap_or(count)
    }
}

/// At most so many within any span of this length.
#[derive(Debug, Clone)]
pub struct Window {
    count: u32,
    span_ms: i64,
    /// When each of those within the span was, the oldest first: never more than `count`.
    taken: VecDeque<i64>,
}

impl Window {
    /// Of a platform's limit: its own span is [`SPREAD_MS`] longer.
    pub fn new(count: u32, span_ms: i64) -> Self {
        Self { count, span_ms: span_ms.saturating_add(SPREAD_MS), taken: VecDeque::new() }
    }

    /// How many of this lane may go now.
    pub fn room(&mut self, lane: Lane, now: Timestamp) -> usize {
        self.settle(now);
        self.share(lane).saturating_sub(self.taken.len())
    }

    /// When the next of this lane may go: now, or once enough of those before it are a span old.
    pub fn free_at(&mut self, lane: Lane, now: Timestamp) -> Timestamp {
        self.settle(now);
        let over = self.taken.len().checked_sub(self.share(lane));
        let old = over.and_then(|over| self.taken.get(over));
        old.map_or(now, |at| Timestamp(at.saturating_add(self.span_ms)))
    }

    /// One goes now. To be asked before whether there is room.
    pub fn take(&mut self, now: Timestamp) {
        self.settle(now);
        self.taken.push_back(now.0);
    }

    /// How many went within the span.
    pub fn used(&mut self, now: Timestamp) -> usize {
        self.settle(now);
        self.taken.len()
    }

    fn share(&self, lane: Lane) -> usize {
        usize::try_from(Reserves::OF_WINDOW.share(self.count, lane)).unwrap_or(usize::MAX)
    }

    /// Forgets what is over. A clock that was set back takes everything back with it, or it would
    /// silence the account until it has caught up.
    fn settle(&mut self, now: Timestamp) {
        if let Some(ahead) = self.taken.back().map(|last| last - now.0).filter(|ms| *ms > 0) {
            self.taken.iter_mut().for_each(|at| *at -= ahead);
        }
        let until = now.0.saturating_sub(self.span_ms);
        while self.taken.front().is_some_and(|at| *at <= until) {
            self.taken.pop_front();
        }
    }
}

/// Several windows at once: a second's and a minute's. Without any there is no limit.
#[derive(Debug, Clone, Default)]
pub struct Limiter(Vec<Window>);

impl Limiter {
    /// Of limits and their spans in ms; 0 means that there is no such limit.
    pub fn new(limits: &[(u32, i64)]) -> Self {
        let known = limits.iter().filter(|(count, _)| *count > 0);
        Self(known.map(|(count, span_ms)| Window::new(*count, *span_ms)).collect())
    }

    /// How many of this lane may go now.
    pub fn room(&mut self, lane: Lane, now: Timestamp) -> usize {
        self.0.iter_mut().map(|w| w.room(lane, now)).min().unwrap_or(usize::MAX)
    }

    /// When the next of this lane may go.
    pub fn free_at(&mut self, lane: Lane, now: Timestamp) -> Timestamp {
        self.0.iter_mut().map(|w| w.free_at(lane, now)).max().unwrap_or(now)
    }

    /// One goes now.
    pub fn take(&mut self, now: Timestamp) {
        self.0.iter_mut().for_each(|w| w.take(now));
    }

    /// Whether nothing went within any span.
    pub fn is_idle(&mut self, now: Timestamp) -> bool {
        self.0.iter_mut().all(|w| w.used(now) == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp(1_790_000_000_000);
    const LANES: [Lane; 4] = [Lane::Urgent, Lane::Answer, Lane::Notice, Lane::Digest];

    #[test]
    fn each_lane_leaves_something_to_those_before_it() {
        for (count, shares) in [
            (20, [20, 18, 14, 10]),
            (1000, [1000, 900, 700, 500]),
            (4, [4, 3, 2, 1]),
            (3, [3, 2, 1, 1]),
            (2, [2, 1, 1, 1]),
            (1, [1, 1, 1, 1]),
        ] {
            let got = LANES.map(|lane| Reserves::OF_WINDOW.share(count, lane));
            assert_eq!(got, shares, "{count}");
        }
        let month = LANES.map(|lane| Reserves::OF_MONTH.share(5000, lane));
        assert_eq!(month, [5000, 4900, 4650, 4400]);
    }

    #[test]
    fn no_span_ever_holds_more_than_the_limit() {
        let mut window = Window::new(20, 1000);
        let (mut now, mut went) = (T0, Vec::new());
        while went.len() < 500 {
            // Lanes in no order, as often as they may.
            let lane = LANES[went.len() * 7 % 4];
            if window.room(lane, now) > 0 {
                window.take(now);
                went.push(now.0);
            } else {
                let free = window.free_at(lane, now);
                assert!(free > now, "a full window is free later");
                now = free;
            }
        }
        for from in &went {
            let within = went.iter().filter(|at| (*from..*from + 1000).contains(*at)).count();
            assert!(within <= 20, "{within}");
        }
    }

    #[test]
    fn a_lower_lane_never_takes_what_an_urgent_message_needs() {
        let mut window = Window::new(20, 1000);
        for lane in [Lane::Digest, Lane::Notice, Lane::Answer] {
            while window.room(lane, T0) > 0 {
                window.take(T0);
            }
        }
        assert_eq!((window.used(T0), window.room(Lane::Urgent, T0)), (18, 2));
    }

    #[test]
    fn all_windows_count_and_none_means_no_limit() {
        let mut both = Limiter::new(&[(20, 1000), (30, 60_000), (0, 1)]);
        (0..20).for_each(|_| both.take(T0));
        assert_eq!(both.room(Lane::Urgent, T0), 0);
        assert_eq!(both.free_at(Lane::Urgent, T0), T0.plus_ms(1000 + SPREAD_MS));
        let later = T0.plus_ms(2000);
        assert_eq!((both.room(Lane::Urgent, later), both.room(Lane::Answer, later)), (10, 7));
        let mut free = Limiter::new(&[(0, 1000)]);
        (0..1000).for_each(|_| free.take(T0));
        assert_eq!((free.room(Lane::Digest, T0), free.free_at(Lane::Digest, T0)), (usize::MAX, T0));
    }

    #[test]
    fn a_clock_set_back_does_not_silence_the_account() {
        let mut window = Window::new(1, 1000);
        window.take(T0);
        let before = T0.plus_ms(-86_400_000);
        assert_eq!(window.room(Lane::Urgent, before), 0);
        assert_eq!(window.free_at(Lane::Urgent, before), before.plus_ms(1000 + SPREAD_MS));
    }
}
