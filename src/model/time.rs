//! Instants as stored and compared: milliseconds since 1970 UTC. No clock is asked here.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Milliseconds of a day without a change of the clock.
pub const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00:00Z. Any value is valid; arithmetic saturates.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// As a chrono instant; out-of-range values become the nearest representable one.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// The wall clock at this instant in `zone`. At the ends of what chrono can hold, the clock of
    /// UTC.
    pub fn local(self, zone: Tz) -> NaiveDateTime {
        let utc = self.to_utc().naive_utc();
        let offset = zone.offset_from_utc_datetime(&utc).fix();
        utc.checked_add_offset(offset).unwrap_or(utc)
    }

    /// The calendar day at this instant in `zone`.
    pub fn day(self, zone: Tz) -> NaiveDate {
        self.local(zone).date()
    }

    /// The instant of a wall clock in `zone`: the first of a repeated hour, right after a skipped
    /// one.
    pub fn from_local(wall: NaiveDateTime, zone: Tz) -> Self {
        let found = (0..=180).find_map(|minute| {
            zone.from_local_datetime(&(wall + chrono::Duration::minutes(minute))).earliest()
        });
        Self(found.map_or_else(|| wall.and_utc().timestamp_millis(), |t| t.timestamp_millis()))
    }

    /// Later by `ms` (earlier if negative), saturating.
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}
