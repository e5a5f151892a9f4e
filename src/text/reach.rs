//! Between which moments dates are reckoned, so that no sum of days leaves the calendar.

use std::ops::RangeInclusive;

use crate::model::Timestamp;

/// The years 1 to 9000, in milliseconds since 1970.
const REACH_MS: RangeInclusive<i64> = -62_135_596_800_000..=221_845_392_000_000;

/// Whether dates can be reckoned from this moment.
pub fn holds(at: Timestamp) -> bool {
    REACH_MS.contains(&at.0)
}
