//! The next occurrence of a recurrence, right around changes of the clocks. Knows no ledger of what
//! was done.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Timelike};

use crate::model::recurrence::{MonthDay, OffDays, Rule, Weeks};
use crate::model::{Calendar, Recurrence, Timestamp};
use crate::text::cron::Cron;
use crate::text::reach;
use crate::text::workday;

/// How far ahead the next occurrence is looked for: 29 February.
const AHEAD_DAYS_MAX: i64 = 8 * 366;
/// How many wall-clock times of a cron rule are tried: more than the skipped or repeated minutes of
/// a change of the clocks.
const TRIES_MAX: usize = 1_000;
/// Days off in a row that an occurrence is moved over.
const MOVED_DAYS_MAX: i64 = 15;
/// Occurrences that are counted for a recurrence that ends after so many.
const COUNTED_MAX: u32 = 10_000;
/// How far a change of the clocks can set them back.
const BACK: Duration = Duration::hours(3);

/// The first occurrence strictly after `after`; `None` if there is none within eight years, or
/// `after` is outside the years 1 to 9000. A time that the clocks skip happens right after the gap,
/// one that they repeat happens the first time only.
pub fn next(every: &Recurrence, after: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
    if !reach::holds(after) {
        return None;
    }
    let counted = anchored(every, calendar);
    let every = counted.as_ref().unwrap_or(every);
    let Some(most) = every.count else { return uncounted(every, after, calendar) };
    // So many from the first day on; without a beginning, the count cannot be told from here.
    let Some(mut at) = beginning(every) else { return uncounted(every, after, calendar) };
    for _ in 0..most.min(COUNTED_MAX) {
        at = uncounted(every, at, calendar)?;
        if at > after {
            return Some(at);
        }
    }
    None
}

/// The same, counted from the day of its first occurrence, so that another time of day leaves the
/// days as they are.
pub fn rooted(every: &Recurrence, calendar: &Calendar) -> Recurrence {
    let each = Recurrence { interval: 1, off_days: OffDays::Keep, ..every.clone() };
    let first = beginning(every).and_then(|begin| uncounted(&each, begin, calendar));
    let midnight = |at: Timestamp| {
        let day = at.day(every.zone).and_time(NaiveTime::MIN);
        Timestamp::from_local(day, every.zone).plus_ms(-1)
    };
    let since = every.since.and(first).map(midnight).or(every.since);
    Recurrence { since, ..every.clone() }
}

/// The moment behind which the first occurrence lies, if that is known.
fn beginning(every: &Recurrence) -> Option<Timestamp> {
    let midnight = every.from.map(|from| {
        let before = from.and_time(NaiveTime::MIN) - Duration::seconds(1);
        Timestamp::from_local(before, every.zone)
    });
    midnight.max(every.since)
}

/// The same, its interval counted from its first occurrence; `None` where it is so already.
fn anchored(every: &Recurrence, calendar: &Calendar) -> Option<Recurrence> {
    let days = match every.rule {
        Rule::Daily | Rule::Weekly(_) | Rule::Monthly(_) | Rule::Yearly(..) => true,
        Rule::Workdays | Rule::Cron(_) | Rule::Secondly | Rule::Minutely | Rule::Hourly => false,
    };
    every.since.filter(|_| days && every.interval > 1)?;
    let each = Recurrence { interval: 1, off_days: OffDays::Keep, ..every.clone() };
    let first = uncounted(&each, beginning(every)?, calendar)?;
    Some(Recurrence { from: Some(first.day(every.zone)), ..every.clone() })
}

fn uncounted(every: &Recurrence, after: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
    // The wall clock may have been set back since: begin before any such change.
    let wall = after.local(every.zone) - BACK;
    if let Rule::Cron(expression) = &every.rule {
        return cron(every, expression, after);
    }
    let mut day = every.from.map_or(wall.date(), |from| from.max(wall.date()));
    for _ in 0..AHEAD_DAYS_MAX {
        if every.until.is_some_and(|until| day > until) {
            return None;
        }
        if happens_on(every, day, calendar) {
            let begin = if day == wall.date() { wall.time() } else { NaiveTime::MIN };
            if let Some(at) = times(every, day, begin, after) {
                return Some(at);
            }
        }
        day = day.succ_opt()?;
    }
    None
}

fn cron(every: &Recurrence, expression: &str, after: Timestamp) -> Option<Timestamp> {
    let cron = Cron::read(expression)?;
    let last = after.plus_ms(Duration::days(AHEAD_DAYS_MAX).num_milliseconds());
    let mut wall = after.local(every.zone) - BACK;
    for _ in 0..TRIES_MAX {
        wall = cron.next(wall)?;
        let at = Timestamp::from_local(wall, every.zone);
        if at > last || every.until.is_some_and(|until| wall.date() > until) {
            return None;
        }
        if at > after && every.from.is_none_or(|from| wall.date() >= from) {
            return Some(at);
        }
    }
    None
}

/// The first time of a day after a moment.
fn times(
    every: &Recurrence,
    day: NaiveDate,
    begin: NaiveTime,
    after: Timestamp,
) -> Option<Timestamp> {
    let at = |time: NaiveTime| Timestamp::from_local(day.and_time(time), every.zone);
    let Some(step) = step_s(every) else {
        return every.times.iter().map(|time| at(*time)).filter(|at| *at > after).min();
    };
    let (from, to) = every.window.map_or((0, 86_399), |(from, to)| {
        (from.num_seconds_from_midnight(), to.num_seconds_from_midnight())
    });
    let past = begin.num_seconds_from_midnight().saturating_sub(from);
    let mut second = from + past / step * step;
    while second <= to {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0)?;
        let at = at(time);
        if at > after {
            return Some(at);
        }
        second += step;
    }
    None
}

/// The step of a rule within the day; of more than a day, a day.
fn step_s(every: &Recurrence) -> Option<u32> {
    let unit = every.rule.seconds()?;
    Some(every.interval.max(1).saturating_mul(unit).min(86_400))
}

/// Whether it happens on a day, after moves around days off.
fn happens_on(every: &Recurrence, day: NaiveDate, calendar: &Calendar) -> bool {
    match every.off_days {
        OffDays::Keep => falls_on(every, day, calendar),
        OffDays::Skip => calendar.is_workday(day) && falls_on(every, day, calendar),
        OffDays::Earlier | OffDays::Later => {
            if !calendar.is_workday(day) {
                return false;
            }
            let step = if every.off_days == OffDays::Later { -1 } else { 1 };
            let mut from = day;
            for _ in 0..MOVED_DAYS_MAX {
                if falls_on(every, from, calendar) {
                    return true;
                }
                let Some(other) = from.checked_add_signed(Duration::days(step)) else {
                    return false;
                };
                if calendar.is_workday(other) {
                    return false;
                }
                from = other;
            }
            false
        }
    }
}

/// Whether a day is one of the rule's.
fn falls_on(every: &Recurrence, day: NaiveDate, calendar: &Calendar) -> bool {
    if every.except.contains(&day.weekday()) {
        return false;
    }
    let interval = i64::from(every.interval.max(1));
    // Counted from the first day, or from the same day for everybody.
    let first = every.from.unwrap_or_default();
    let on = |passed: i64| passed.rem_euclid(interval) == 0;
    match &every.rule {
        Rule::Secondly | Rule::Minutely | Rule::Hourly => true,
        Rule::Daily => on((day - first).num_days()),
        Rule::Workdays => calendar.is_workday(day) && interval == 1,
        Rule::Weekly(days) => {
            let weeks = (monday(day) - monday(first)).num_days() / 7;
            let number = day.iso_week().week();
            let in_week = match every.weeks {
                Weeks::All => true,
                Weeks::Odd => !number.is_multiple_of(2),
                Weeks::Even => number.is_multiple_of(2),
            };
            in_week && days.contains(&day.weekday()) && on(weeks)
        }
        Rule::Monthly(days) => {
            let months = i64::from(day.year() - first.year()) * 12 + i64::from(day.month0())
                - i64::from(first.month0());
            on(months) && days.iter().any(|of| is_day(*of, day, calendar))
        }
        Rule::Yearly(months, days) => {
            on((day.year() - first.year()).into())
                && months.contains(&day.month())
                && days.iter().any(|of| is_day(*of, day, calendar))
        }
        Rule::Cron(_) => false,
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    let away = i64::from(day.weekday().num_days_from_monday());
    day.checked_sub_signed(Duration::days(away)).unwrap_or(day)
}

fn is_day(of: MonthDay, day: NaiveDate, calendar: &Calendar) -> bool {
    let number = i32::try_from(day.day()).unwrap_or(0);
    let length = i32::from(day.num_days_in_month());
    match of {
        MonthDay::Day(nth) if nth > 0 => number == nth,
        MonthDay::Day(nth) => number == length + 1 + nth,
        MonthDay::Weekday(nth, weekday) => {
            let here = day.weekday().num_days_from_monday() == weekday;
            here && match nth {
                0 => true,
                1.. => (number - 1) / 7 + 1 == nth,
                _ => (length - number) / 7 + 1 == -nth,
            }
        }
        MonthDay::Workday(nth) => {
            let Some(first) = day.with_day(1) else { return false };
            let Some(to) = first.checked_add_months(chrono::Months::new(1)) else { return false };
            workday::nth(calendar, first, to, nth) == Some(day)
        }
    }
}
