//! Counting in working days. Which days those are is a [`Calendar`].

use chrono::{Days, NaiveDate};

use super::fold::fold;
use crate::model::Calendar;

/// More days in a row are never off: a search for a working day ends.
const OFF_IN_A_ROW_MAX: u64 = 40;
/// More working days ahead are not counted.
const WORKDAYS_MAX: u32 = 2_000;

/// Words whose meaning depends on the official days.
const SPOKEN: [&str; 8] =
    ["工作日", "节后", "节前", "后第", "长假", "workday", "working day", "business day"];

/// Whether a text speaks of working days or of breaks.
pub fn is_spoken_of(text: &str) -> bool {
    let folded = fold(text).text;
    SPOKEN.iter().any(|word| folded.contains(word))
}

/// The working day so many working days after (before, if negative) a day; that day itself does
/// not count.
pub fn away(calendar: &Calendar, day: NaiveDate, count: i32) -> Option<NaiveDate> {
    if count.unsigned_abs() > WORKDAYS_MAX {
        return None;
    }
    let mut at = day;
    for _ in 0..count.unsigned_abs() {
        at = step(at, count > 0)?;
        for _ in 0..OFF_IN_A_ROW_MAX {
            if calendar.is_workday(at) {
                break;
            }
            at = step(at, count > 0)?;
        }
    }
    Some(at)
}

/// The so many-th working day from a first to before a last day; from the end if negative.
pub fn nth(calendar: &Calendar, from: NaiveDate, to: NaiveDate, nth: i32) -> Option<NaiveDate> {
    let found = match nth {
        1.. => away(calendar, from.pred_opt()?, nth),
        _ => away(calendar, to, nth),
    }?;
    (from <= found && found < to).then_some(found)
}

/// The days off around a feast: the run of days off that holds `day`, half open.
pub fn break_around(calendar: &Calendar, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (mut from, mut to) = (day, day);
    for _ in 0..OFF_IN_A_ROW_MAX {
        let Some(before) = from.pred_opt().filter(|day| !calendar.is_workday(*day)) else {
            break;
        };
        from = before;
    }
    for _ in 0..OFF_IN_A_ROW_MAX {
        if calendar.is_workday(to) {
            break;
        }
        let Some(next) = to.succ_opt() else { break };
        to = next;
    }
    (from, to)
}

/// The listed days off of one feast around `day`, half open: without the weekend that only stands
/// beside them.
pub fn off_days(calendar: &Calendar, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    if !calendar.is_off(day) {
        return None;
    }
    let (mut from, mut to) = (day, day);
    while let Some(before) = from.pred_opt().filter(|day| calendar.is_off(*day)) {
        from = before;
    }
    while calendar.is_off(to) {
        to = to.succ_opt()?;
    }
    Some((from, to))
}

fn step(day: NaiveDate, ahead: bool) -> Option<NaiveDate> {
    if ahead { day.checked_add_days(Days::new(1)) } else { day.pred_opt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn days_off_are_skipped_and_make_up_days_count() {
        let official = Calendar::official();
        let away = |from: &str, count: i32| away(official, day(from), count);
        assert!(!official.is_workday(day("2026-10-01")));
        assert!(official.is_workday(day("2026-10-10")), "a make-up Saturday");
        assert_eq!(away("2026-09-30", 1), Some(day("2026-10-08")));
        assert_eq!(away("2026-09-18", 1), Some(day("2026-09-20")));
        assert_eq!(away("2026-10-08", -1), Some(day("2026-09-30")));
        let last = nth(official, day("2026-02-01"), day("2026-03-01"), -1);
        assert_eq!(last, Some(day("2026-02-28")));
    }
}
