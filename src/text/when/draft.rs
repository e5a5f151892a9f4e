//! A date as written, before it is reckoned from now. No text, no calendar.

use chrono::{Duration, Weekday};

use crate::text::clock::{Clock, Part};

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Draft {
    /// A day, a clock time, or both.
    At(Moment),
    /// So long from now, to the minute.
    After(Duration),
    /// A day or time that does not exist.
    Nowhere,
    /// Recognised, but it can be read in more ways than one; the likeliest.
    Unclear(Moment),
}

/// A day, a clock time, or both.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moment {
    /// The day; today or tomorrow if only a clock time was written.
    pub day: Option<Day>,
    /// A weekday written beside a date: `3月2日(周一)`.
    pub weekday: Option<Weekday>,
    /// The part of the day that the day's word says: 今晚.
    pub part: Option<Part>,
    /// The clock time.
    pub clock: Option<Clock>,
}

/// A day as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Day {
    /// So many days from today.
    Away(i64),
    /// So many months from today.
    MonthsAway(u32),
    /// A weekday: of the week so many weeks from this one, or the next one.
    Weekday(Option<i64>, Weekday),
    /// A day of a named month, of a year if one was written.
    Dated { year: Option<i32>, month: u32, day: u32 },
    /// The last day of a named month.
    EndOf { year: Option<i32>, month: u32 },
    /// A day of the month, this month or the next that has it.
    OfMonth(u32),
    /// A day (`None`: the last) of the month so many months from this one.
    InMonth(i64, Option<u32>),
}

impl Moment {
    /// A day and nothing else.
    pub fn on(day: Day) -> Self {
        Self { day: Some(day), ..Self::default() }
    }
}
