//! The days on which people work and those on which they don't, as far as they differ from Monday
//! to Friday. A value: what reckons with it is handed one. Reads no files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

/// The official days of mainland China as compiled in.
const OFFICIAL: &str = include_str!("../../assets/holidays_cn.csv");

/// Most days of one list: forty a year for a century.
const DAYS_MAX: usize = 4_000;

/// A list of one's own with fewer days of a year says nothing of that year: the notice of a year
/// also names a few days of the next January.
const KNOWN_DAYS_MIN: usize = 6;

/// The days that differ from Monday to Friday.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Whether each listed day is off.
    days: BTreeMap<NaiveDate, bool>,
}

impl Calendar {
    /// The official one, compiled in. What it holds never changes.
    pub fn official() -> &'static Self {
        static CALENDAR: LazyLock<Calendar> =
            LazyLock::new(|| Calendar::read(OFFICIAL).unwrap_or_default());
        &CALENDAR
    }

    /// Reads a list, `date,off|work,name` a line, in any order; the first line may name the
    /// columns. All errors come at once, each with its line (from 1).
    pub fn read(text: &str) -> Result<Self, Vec<(usize, String)>> {
        let (mut days, mut wrong) = (BTreeMap::new(), Vec::new());
        for (nth, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') || nth == 0 && line.starts_with("date,") {
                continue;
            }
            match row(line) {
                Ok((day, _)) if days.contains_key(&day) => {
                    wrong.push((nth + 1, format!("{day} is listed twice")));
                }
                Ok((day, off)) => {
                    days.insert(day, off);
                }
                Err(error) => wrong.push((nth + 1, error)),
            }
            if days.len() > DAYS_MAX {
                wrong.push((nth + 1, format!("more than {DAYS_MAX} days")));
                break;
            }
        }
        if wrong.is_empty() { Ok(Self { days }) } else { Err(wrong) }
    }

    /// This one where it knows a year, the other for all others.
    pub fn over(self, other: &Self) -> Self {
        let rest = other.days.iter().filter(|(day, _)| !self.is_known(day.year()));
        let mut days: BTreeMap<NaiveDate, bool> = rest.map(|(day, off)| (*day, *off)).collect();
        days.extend(self.days);
        Self { days }
    }

    /// Whether people work on this day.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(off) => !off,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// Whether a day is listed as off: no mere weekend.
    pub fn is_off(&self, day: NaiveDate) -> bool {
        self.days.get(&day).copied().unwrap_or(false)
    }

    /// The first listed day off from `day` on.
    pub fn next_off(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.days.range(day..).find(|(_, off)| **off).map(|(day, _)| *day)
    }

    /// Whether the days of this year are known; if not, Monday to Friday is a guess.
    pub fn is_known(&self, year: i32) -> bool {
        let (Some(first), Some(last)) =
            (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31))
        else {
            return false;
        };
        self.days.range(first..=last).count() >= KNOWN_DAYS_MIN
    }
}

/// A line as a day and whether it is off.
fn row(line: &str) -> Result<(NaiveDate, bool), String> {
    let mut parts = line.split(',').map(str::trim);
    let written = parts.next().unwrap_or_default();
    let day = written
        .parse()
        .map_err(|_| format!("{written:?} is no date; write it as 2027-01-01,off,元旦"))?;
    match parts.next() {
        Some("off") => Ok((day, true)),
        Some("work") => Ok((day, false)),
        other => Err(format!("{:?} is neither off nor work", other.unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_list_of_ones_own_replaces_the_years_it_knows() {
        let own = "date,kind,name\n2026-10-10,off,x\n2026-01-02,work,x\n2026-01-03,work,x\n\
                   2026-01-04,work,x\n2026-01-05,work,x\n2026-01-06,off,x\n2027-01-01,off,元旦\n";
        let own = Calendar::read(own).expect("a list");
        let both = own.over(Calendar::official());
        assert!(!both.is_workday(day("2026-10-10")) && both.is_workday(day("2026-01-02")));
        assert!(both.is_workday(day("2026-10-01")), "that year is as the list says, whole");
        assert!(!both.is_workday(day("2025-10-01")), "other years stay");
        assert!(!both.is_workday(day("2027-01-01")) && !both.is_known(2027));
    }

    #[test]
    fn every_wrong_line_is_named() {
        let wrong = Calendar::read("2027-01-01,off,元旦\n2027-13-01,off,x\n\n2027-01-02,free,x\n");
        let lines: Vec<usize> =
            wrong.expect_err("wrong lines").iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 4]);
        assert!(Calendar::official().is_known(2026) && !Calendar::official().is_known(2027));
    }
}
