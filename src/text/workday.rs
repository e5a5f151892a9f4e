//! Working days of mainland China: the official days off and the make-up days, compiled in; other
//! years Monday to Friday. Reads no files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::fold::fold;

/// The official days, one a line: `date,off|work,name`.
const OFFICIAL: &str = include_str!("../../assets/holidays_cn.csv");
/// More days in a row are never off: a search for a working day ends.
const OFF_IN_A_ROW_MAX: u64 = 40;
/// More working days ahead are not counted.
const WORKDAYS_MAX: u32 = 2_000;

static CALENDAR: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::read(OFFICIAL).unwrap_or_default());

/// The days that differ from Monday to Friday.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, Special>,
}

/// A listed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Special {
    off: bool,
}

impl Calendar {
    /// Reads a list; an error names the line (from 1) that is wrong.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut days = BTreeMap::new();
        for (nth, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with("date,") {
                continue;
            }
            let mut parts = line.split(',');
            let day = parts.next().and_then(|day| day.parse().ok()).ok_or(nth + 1)?;
            let off = match parts.next() {
                Some("off") => true,
                Some("work") => false,
                Some(_) | None => return Err(nth + 1),
            };
            days.insert(day, Special { off });
        }
        Ok(Self { days })
    }

    fn is_workday(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(special) => !special.off,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }
}

/// Whether people work on this day.
pub fn is_workday(day: NaiveDate) -> bool {
    CALENDAR.is_workday(day)
}

/// Words whose meaning depends on the official days.
const SPOKEN: [&str; 6] = ["工作日", "节后", "节前", "workday", "working day", "business day"];

/// Whether a text speaks of working days or of breaks.
pub fn is_spoken_of(text: &str) -> bool {
    let folded = fold(text).text;
    SPOKEN.iter().any(|word| folded.contains(word))
}

/// Whether the official days of this year are known; if not, Monday to Friday is a guess.
pub fn is_known(year: i32) -> bool {
    let (Some(first), Some(last)) =
        (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31))
    else {
        return false;
    };
    // A few days of the next January stand in each year's notice.
    CALENDAR.days.range(first..=last).count() > 5
}

/// The working day so many working days after (before, if negative) a day; that day itself does
/// not count.
pub fn away(day: NaiveDate, count: i32) -> Option<NaiveDate> {
    if count.unsigned_abs() > WORKDAYS_MAX {
        return None;
    }
    let mut at = day;
    for _ in 0..count.unsigned_abs() {
        at = step(at, count > 0)?;
        for _ in 0..OFF_IN_A_ROW_MAX {
            if CALENDAR.is_workday(at) {
                break;
            }
            at = step(at, count > 0)?;
        }
    }
    Some(at)
}

/// The so many-th working day from a first to before a last day; from the end if negative.
pub fn nth(from: NaiveDate, to: NaiveDate, nth: i32) -> Option<NaiveDate> {
    let found = if nth > 0 { away(from.pred_opt()?, nth) } else { away(to, nth) }?;
    (from <= found && found < to).then_some(found)
}

/// The days off around a feast: the run of days off that holds `day`, half open.
pub fn break_around(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (mut from, mut to) = (day, day);
    for _ in 0..OFF_IN_A_ROW_MAX {
        let Some(before) = from.pred_opt().filter(|day| !CALENDAR.is_workday(*day)) else {
            break;
        };
        from = before;
    }
    for _ in 0..OFF_IN_A_ROW_MAX {
        if CALENDAR.is_workday(to) {
            break;
        }
        let Some(next) = to.succ_opt() else { break };
        to = next;
    }
    (from, to)
}

/// The official days off of one feast of a year around `day`, half open: without the weekend that
/// only stands beside them.
pub fn off_days(day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let off = |day: &NaiveDate| CALENDAR.days.get(day).is_some_and(|special| special.off);
    if !off(&day) {
        return None;
    }
    let (mut from, mut to) = (day, day);
    while let Some(before) = from.pred_opt().filter(off) {
        from = before;
    }
    while off(&to) {
        to = to.succ_opt()?;
    }
    Some((from, to))
}

/// The first official day off from `day` on that is known.
pub fn next_off(day: NaiveDate) -> Option<NaiveDate> {
    let mut ahead = CALENDAR.days.range(day..).filter(|(_, special)| special.off);
    ahead.next().map(|(day, _)| *day)
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
        assert!(!is_workday(day("2026-10-01")));
        assert!(is_workday(day("2026-10-10")), "a make-up Saturday");
        assert_eq!(away(day("2026-09-30"), 1), Some(day("2026-10-08")));
        assert_eq!(away(day("2026-09-18"), 1), Some(day("2026-09-20")));
        assert_eq!(away(day("2026-10-08"), -1), Some(day("2026-09-30")));
        assert_eq!(nth(day("2026-02-01"), day("2026-03-01"), -1), Some(day("2026-02-28")));
        assert!(is_known(2026) && !is_known(2027));
    }

    #[test]
    fn a_list_of_ones_own_is_read_and_a_wrong_line_is_named() {
        let own = Calendar::read("date,kind,name\n2027-01-01,off,元旦\n").expect("a list");
        assert!(!own.is_workday(day("2027-01-01")));
        assert_eq!(Calendar::read("2027-01-01,off,元旦\n2027-13-01,off,x"), Err(2));
    }
}
