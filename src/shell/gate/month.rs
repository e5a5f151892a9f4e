//! The calls of a month, and what follows from how many there are.

use chrono::Datelike;
use chrono_tz::Tz;

use crate::model::Timestamp;

const MINUTE_MS: i64 = 60_000;
/// From such a part of the month's quota on (in hundredths), what can be merged goes to each target
/// this seldom, in ms: a flood then ends in few messages and not in an empty quota.
const THIN: [(u32, i64); 2] = [(75, 6 * 60 * MINUTE_MS), (50, 60 * MINUTE_MS)];

/// Such parts of the month's quota (in hundredths) are told to the operator once they are used.
const TOLD: [u32; 3] = [50, 80, 95];

/// Calls of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Month {
    /// Which month: twelve times the year and the month from 0.
    pub nth: i32,
    /// Calls in it.
    pub calls: u32,
}

impl Month {
    /// The month of an instant, in which nothing was called yet.
    pub fn of(now: Timestamp, zone: Tz) -> Self {
        let day = now.day(zone);
        let nth = day.year().saturating_mul(12).saturating_add(day.month0().cast_signed());
        Self { nth, calls: 0 }
    }

    /// How long a target has to wait between two messages that can be merged, in ms, if much of the
    /// quota is used.
    pub fn rationed(&self, quota: u32) -> Option<i64> {
        let used = u64::from(self.calls) * 100;
        let passed = |percent: u32| quota > 0 && used >= u64::from(quota) * u64::from(percent);
        THIN.iter().find(|(percent, _)| passed(*percent)).map(|(_, gap_ms)| *gap_ms)
    }

    /// Tells the operator, when the last call was one with which much of the quota is used.
    pub fn tell_of(&self, quota: u32, account: &str) {
        if let Some(percent) = self.reached(quota) {
            let calls = self.calls;
            tracing::warn!(account, calls, quota, "{percent} % of the month's calls are used");
        }
    }

    /// The part of the quota that is used since the last call.
    fn reached(&self, quota: u32) -> Option<u32> {
        let used_by = |percent: u32| (u64::from(quota) * u64::from(percent)).div_ceil(100);
        TOLD.into_iter().find(|percent| quota > 0 && u64::from(self.calls) == used_by(*percent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_quota_is_told_once() {
        let told = |quota| -> Vec<(u32, u32)> {
            let month = |calls| Month { nth: 0, calls };
            let told = |calls| month(calls).reached(quota).map(|percent| (calls, percent));
            (0..=5_000).filter_map(told).collect()
        };
        assert_eq!(told(5_000), [(2_500, 50), (4_000, 80), (4_750, 95)]);
        assert_eq!(told(7), [(4, 50), (6, 80), (7, 95)]);
        assert_eq!(told(0), []);
    }
}
