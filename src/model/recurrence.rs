//! A repeating date as we store it: rule, times, zone and limits. `text::every` reads and prints
//! it and tells its next occurrence.

use chrono::{NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::time::Timestamp;

/// When something repeats. Records written before a field existed decode with its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// On which days, or after which time.
    pub rule: Rule,
    /// At which wall-clock times of such a day, in order, none twice; none if none was said, or for
    /// a rule within the day.
    pub times: Vec<NaiveTime>,
    /// In which zone the wall clock runs.
    pub zone: Tz,
    /// Every so many days, weeks, months … of the rule; 1 is each.
    #[serde(default = "one")]
    pub interval: u32,
    /// No occurrence before this day; what an interval is counted from.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// No occurrence after this day.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// How many times in all.
    #[serde(default)]
    pub count: Option<u32>,
    /// When it was said, if that matters: an interval and a number of times are counted from the
    /// first occurrence behind this moment.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// How long each occurrence lasts, in seconds.
    #[serde(default)]
    pub duration_s: Option<u32>,
    /// For rules within the day: from and to which time of the day, both included.
    #[serde(default)]
    pub window: Option<(NaiveTime, NaiveTime)>,
    /// Days of the week that are left out.
    #[serde(default)]
    pub except: Vec<Weekday>,
    /// What happens with an occurrence on a day that is no working day.
    #[serde(default)]
    pub off_days: OffDays,
    /// In which weeks of the year, for a rule of weeks.
    #[serde(default)]
    pub weeks: Weeks,
}

/// Which days a recurrence falls on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// Every day.
    Daily,
    /// Every official working day of mainland China, make-up days included.
    Workdays,
    /// On these days of each week, Monday first, none twice; empty: once a week, no day was said.
    Weekly(Vec<Weekday>),
    /// A cron expression of five fields, as typed.
    Cron(String),
    /// Every second.
    Secondly,
    /// Every minute.
    Minutely,
    /// Every hour.
    Hourly,
    /// On these days of each month; empty: once a month, no day was said.
    Monthly(Vec<MonthDay>),
    /// On these days of these months (1 to 12, in order) of each year; empty as above.
    Yearly(Vec<u32>, Vec<MonthDay>),
}

impl Rule {
    /// Seconds from one occurrence to the next for what comes within the day; `None` for what comes
    /// on days.
    pub fn seconds(&self) -> Option<u32> {
        match self {
            Rule::Secondly => Some(1),
            Rule::Minutely => Some(60),
            Rule::Hourly => Some(3_600),
            Rule::Daily
            | Rule::Workdays
            | Rule::Weekly(_)
            | Rule::Monthly(_)
            | Rule::Yearly(..)
            | Rule::Cron(_) => None,
        }
    }
}

/// A day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MonthDay {
    /// 1 to 31, or from the end: -1 is the last.
    Day(i32),
    /// Which weekday of the month, -1 the last, 0 each; Monday is 0.
    Weekday(i32, u32),
    /// Which working day of the month, -1 the last.
    Workday(i32),
}

/// What happens with an occurrence on a day that is no working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OffDays {
    /// It happens all the same.
    #[default]
    Keep,
    /// It is left out.
    Skip,
    /// It happens on the last working day before.
    Earlier,
    /// It happens on the next working day.
    Later,
}

/// Weeks of the year by their number (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Weeks {
    /// Every week.
    #[default]
    All,
    /// 单数周.
    Odd,
    /// 双数周.
    Even,
}

impl Recurrence {
    /// Without limits and exceptions.
    pub fn new(rule: Rule, times: Vec<NaiveTime>, zone: Tz) -> Self {
        Self {
            rule,
            times,
            zone,
            interval: 1,
            from: None,
            until: None,
            count: None,
            since: None,
            duration_s: None,
            window: None,
            except: Vec::new(),
            off_days: OffDays::Keep,
            weeks: Weeks::All,
        }
    }
}

fn one() -> u32 {
    1
}
