//! A repeating date as we store it: rule, calendar, times and zone. `text::every` reads and prints
//! it.

use chrono::{NaiveTime, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// When something repeats. At least one time of day, in order, none twice (a cron rule has none).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// On which days.
    pub rule: Rule,
    /// At which wall-clock times of such a day.
    pub times: Vec<NaiveTime>,
    /// In which zone the wall clock runs.
    pub zone: Tz,
}

/// Which days a recurrence falls on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// Every day.
    Daily,
    /// Every working day. For now Monday to Friday; the calendar with 调休 replaces this reading.
    Workdays,
    /// On these days of each week, Monday first, none twice.
    Weekly(Vec<Weekday>),
    /// A cron expression of five fields, as typed.
    Cron(String),
}
