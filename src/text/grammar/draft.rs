//! What was read, before it is reckoned to moments.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, Weekday};
use chrono_tz::Tz;

use crate::model::preferences::Span;
use crate::model::{Calendar, Recurrence, Timestamp};
use crate::text::clock::{Clock, Part};
use crate::text::reference::Reference;

/// From where and for what a text is read.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Now.
    pub at: Timestamp,
    /// The wall clock of now.
    pub now: NaiveDateTime,
    /// The day of now.
    pub today: NaiveDate,
    /// The zone of the wall clock.
    pub zone: Tz,
    /// What is undecided lies in the past: a stretch of records is asked for.
    pub past: bool,
    /// The working hours of a day.
    pub work: Span,
    /// The days on which people work.
    pub calendar: &'a Calendar,
    /// It is the line of a command: 11.30 that stands apart is a date.
    pub command: bool,
}

/// A day and how it was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day, as far as could be told without the rest.
    pub date: NaiveDate,
    /// Which other days it could be.
    pub flex: Flex,
}

/// Which other days were named by the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flex {
    /// None: a date with its year.
    Fixed,
    /// None: 明天, 3天后.
    Near,
    /// None: a weekday of a week that was named, a day of a month that was.
    Relative,
    /// The same weekday of other weeks.
    Week,
    /// The same day of other months.
    Month,
    /// The same day of other years.
    Year,
}

/// A day, a clock time, a part of a day, or several of these.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moment {
    /// The day.
    pub day: Option<Day>,
    /// The clock time.
    pub clock: Option<Clock>,
    /// The part of the day, if it was said apart from the clock time.
    pub part: Option<Part>,
    /// The weekday that was said beside the date.
    pub weekday: Option<Weekday>,
    /// The zone that was said.
    pub zone: Option<Tz>,
    /// 七八点: the other hour.
    pub or_hour: Option<u32>,
    /// Whether the clock time stood before the day.
    pub clock_first: bool,
}

/// Whole days: a week, a month, a weekend, a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// The day behind the last.
    pub to: NaiveDate,
    /// Whether the same words name one in each year.
    pub yearly: bool,
    /// Named by itself (2018, 3月) and not from today: easily something else.
    pub bare: bool,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Calendar months.
    pub months: u32,
    /// Days.
    pub days: u32,
    /// Seconds.
    pub seconds: u32,
    /// Working days.
    pub workdays: u32,
    /// Half a day more: it is not of whole days for all that.
    pub fine: bool,
    /// Could be something else: 90日, 18年, 10分.
    pub loose: bool,
    /// The smallest unit said, in seconds.
    pub grain_s: u32,
}

/// Something read.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// A day, a clock time.
    Moment(Moment),
    /// Whole days.
    Period(Period),
    /// A moment reckoned from now; whether its seconds were meant.
    Point(Timestamp, bool),
    /// A stretch; how exactly its ends are meant, in seconds, if not to the second.
    Stretch(Option<Timestamp>, Option<Timestamp>, Option<u32>),
    /// A length.
    Length(Amount),
    /// Something that repeats.
    Every(Recurrence),
    /// It can mean several things, the likeliest first.
    Choices(Vec<Draft>),
    /// No calendar has it.
    Never,
    /// It repeats in a way that is not read: nothing is found in it.
    Unread,
}

impl<'a> Context<'a> {
    /// From where a text is reckoned, and whether what is undecided lies in the past.
    pub fn new(from: Reference<'a>, past: bool) -> Self {
        let Reference { now: at, zone, work, calendar } = from;
        let now = at.local(zone);
        Self { at, now, today: now.date(), zone, past, work, calendar, command: false }
    }

    /// The same by the wall clock of another zone.
    pub fn in_zone(&self, zone: Tz) -> Self {
        let now = self.at.local(zone);
        Self { now, today: now.date(), zone, ..*self }
    }

    /// The moment of a wall clock.
    pub fn instant(&self, wall: NaiveDateTime) -> Timestamp {
        Timestamp::from_local(wall, self.zone)
    }

    /// The moment a day begins.
    pub fn midnight(&self, day: NaiveDate) -> Timestamp {
        self.instant(day.and_time(chrono::NaiveTime::MIN))
    }

    /// Monday of this week.
    pub fn monday(&self) -> NaiveDate {
        let away = self.today.weekday().num_days_from_monday();
        self.today.checked_sub_days(Days::new(away.into())).unwrap_or(self.today)
    }
}

impl Day {
    /// A day that is none other.
    pub fn fixed(date: NaiveDate) -> Self {
        Self { date, flex: Flex::Fixed }
    }

    /// A day reckoned from today.
    pub fn near(date: NaiveDate) -> Self {
        Self { date, flex: Flex::Near }
    }

    /// The same day of the next (or an earlier) week, month or year; `None` for a fixed one.
    pub fn other(self, ahead: bool) -> Option<NaiveDate> {
        let date = self.date;
        match self.flex {
            Flex::Fixed | Flex::Near | Flex::Relative => None,
            Flex::Week => plus_days(date, if ahead { 7 } else { -7 }),
            // The 31st is looked for in the months that have one.
            Flex::Month => (1..=3).find_map(|n| {
                plus_months(date, if ahead { n } else { -n }).filter(|d| d.day() == date.day())
            }),
            Flex::Year => {
                (1..=8).find_map(|n| date.with_year(date.year() + if ahead { n } else { -n }))
            }
        }
    }
}

impl Moment {
    /// Only a day.
    pub fn day(day: Day) -> Self {
        Self { day: Some(day), ..Self::default() }
    }
}

impl Period {
    /// From a first day to the day behind the last.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from, to, yearly: false, bare: false }
    }

    /// The last day.
    pub fn last(self) -> NaiveDate {
        self.to.pred_opt().unwrap_or(self.to)
    }
}

impl Amount {
    /// Whether it is reckoned in days: 3天后 is a date.
    pub fn is_dayly(self) -> bool {
        self.seconds == 0 && !self.fine
    }

    /// Whether nothing was said.
    pub fn is_zero(self) -> bool {
        self.months == 0 && self.days == 0 && self.seconds == 0 && self.workdays == 0
    }
}

/// A day so many days away.
pub fn plus_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

/// The same day of a month so many months away, or that month's last.
pub fn plus_months(day: NaiveDate, months: i32) -> Option<NaiveDate> {
    let count = Months::new(months.unsigned_abs());
    if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) }
}

/// Whether dates can be reckoned from this moment: the years 1 to 9000.
pub fn reachable(at: Timestamp) -> bool {
    crate::text::reach::holds(at)
}
