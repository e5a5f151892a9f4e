//! Working days. For now Monday to Friday; the official calendar with 调休 replaces this rule in
//! place.

use chrono::{Datelike, NaiveDate, Weekday};

/// Whether people work on this day.
pub fn is_workday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
