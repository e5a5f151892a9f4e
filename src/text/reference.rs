//! From where dates are reckoned: now, the zone, the working hours and the working days.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::hours::USUAL;
use crate::model::preferences::Span;
use crate::model::{Calendar, Timestamp};

/// From where a date is reckoned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference<'a> {
    /// Now.
    pub now: Timestamp,
    /// The zone of the wall clock.
    pub zone: Tz,
    /// The working hours of a day: 上班 and 下班.
    pub work: Span,
    /// The days on which people work.
    pub calendar: &'a Calendar,
}

impl Reference<'static> {
    /// With the usual hours and the official calendar.
    pub fn usual(now: Timestamp, zone: Tz) -> Self {
        Self { now, zone, work: USUAL, calendar: Calendar::official() }
    }
}

impl Reference<'_> {
    /// The calendar day of now.
    pub fn today(self) -> NaiveDate {
        self.now.day(self.zone)
    }
}
