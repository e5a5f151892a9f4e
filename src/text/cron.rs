//! Cron expressions of five fields (minute, hour, day, month, weekday) on a wall clock. Knows no
//! zone. Weekdays count from Sunday = 0 or 7, and a day matches either field if both are
//! restricted, as in Unix cron.

use std::str::FromStr;

use chrono::NaiveDateTime;
use cron::Schedule;

/// Longer expressions are refused before they are taken apart.
const EXPRESSION_BYTES_MAX: usize = 200;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// A cron rule ready to be asked: the union of one or two schedules.
pub struct Cron {
    schedules: Vec<Schedule>,
}

/// One of the five fields: its values and their names.
struct Field {
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { least: 0, most: 59, names: &[] },
    Field { least: 0, most: 23, names: &[] },
    Field { least: 1, most: 31, names: &[] },
    Field { least: 1, most: 12, names: &MONTHS },
    Field { least: 0, most: 7, names: &WEEKDAYS },
];

impl Cron {
    /// Reads five fields; `None` if they are none.
    pub fn read(expression: &str) -> Option<Self> {
        if expression.len() > EXPRESSION_BYTES_MAX {
            return None;
        }
        let words: Vec<&str> = expression.split_ascii_whitespace().collect();
        if words.len() != FIELDS.len() {
            return None;
        }
        let values: Option<Vec<Vec<u32>>> =
            words.iter().zip(&FIELDS).map(|(word, field)| field.expand(word)).collect();
        let values = values?;
        let list = |nth: usize| {
            if words[nth] == "*" {
                return "*".to_owned();
            }
            values[nth].iter().map(u32::to_string).collect::<Vec<_>>().join(",")
        };
        let (minutes, hours, months) = (list(0), list(1), list(3));
        // The crate numbers Sunday 1 and joins both day fields with "and": names, and one schedule
        // for each field.
        let mut weekdays: Vec<&str> = values[4].iter().map(|n| WEEKDAYS[*n as usize % 7]).collect();
        weekdays.sort_unstable();
        weekdays.dedup();
        let weekdays = weekdays.join(",");
        let any = |nth: usize| words[nth].starts_with('*');
        let days = match (any(2), any(4)) {
            (false, false) => vec![(list(2), "*".to_owned()), ("*".to_owned(), weekdays)],
            (true, _) | (_, true) => vec![(list(2), weekdays)],
        };
        let schedules: Result<Vec<Schedule>, _> = days
            .iter()
            .map(|(day, week)| {
                Schedule::from_str(&format!("0 {minutes} {hours} {day} {months} {week}"))
            })
            .collect();
        Some(Self { schedules: schedules.ok()? })
    }

    /// The first time strictly after `wall`, on the wall clock; `None` if there is none (30
    /// February).
    pub fn next(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        // The wall clock is handed in as if it were UTC, so that no change of the clocks is met
        // inside the crate.
        let after = wall.and_utc();
        self.schedules.iter().filter_map(|s| s.after(&after).next()).min().map(|t| t.naive_utc())
    }
}

impl Field {
    /// All values of a field such as `1-5`, `*/15`, `mon,fri` or `9,18`, in order.
    fn expand(&self, word: &str) -> Option<Vec<u32>> {
        let mut values = Vec::new();
        for part in word.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, Some(plain(step).filter(|step| *step > 0)?)),
                None => (part, None),
            };
            let (from, to) = if range == "*" {
                (self.least, self.most)
            } else if let Some((from, to)) = range.split_once('-') {
                (self.value(from)?, self.value(to)?)
            } else {
                let from = self.value(range)?;
                (from, if step.is_some() { self.most } else { from })
            };
            if from > to {
                return None;
            }
            values.extend((from..=to).step_by(step.unwrap_or(1) as usize));
        }
        values.sort_unstable();
        values.dedup();
        Some(values)
    }

    fn value(&self, word: &str) -> Option<u32> {
        let named = self.names.iter().position(|name| word.eq_ignore_ascii_case(name));
        let value = match named {
            Some(nth) => u32::try_from(nth).ok()? + self.least,
            None => plain(word)?,
        };
        (self.least..=self.most).contains(&value).then_some(value)
    }
}

/// Up to three digits and nothing else.
fn plain(word: &str) -> Option<u32> {
    let digits = (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    if digits { word.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(expression: &str, after: &str) -> Option<String> {
        let after = NaiveDateTime::parse_from_str(after, "%Y-%m-%d %H:%M").expect("a date");
        let next = Cron::read(expression).expect("an expression").next(after)?;
        Some(next.format("%a %Y-%m-%d %H:%M").to_string())
    }

    #[test]
    fn the_next_time_is_that_of_unix_cron() {
        for (expression, after, expected) in [
            ("0 18 * * 1-5", "2026-11-20 18:00", "Mon 2026-11-23 18:00"),
            ("0 18 * * 1-5", "2026-11-20 17:59", "Fri 2026-11-20 18:00"),
            ("0 9 * * 0", "2026-11-20 10:00", "Sun 2026-11-22 09:00"),
            ("0 9 * * 7", "2026-11-20 10:00", "Sun 2026-11-22 09:00"),
            ("0 9 * * sat,MON", "2026-11-22 10:00", "Mon 2026-11-23 09:00"),
            ("*/15 9-10 * * *", "2026-11-20 10:45", "Sat 2026-11-21 09:00"),
            ("30 8 1 jan *", "2026-11-20 10:00", "Fri 2027-01-01 08:30"),
            ("0 0 13 * 5", "2026-11-21 00:00", "Fri 2026-11-27 00:00"),
            ("0 0 29 2 *", "2026-11-21 00:00", "Tue 2028-02-29 00:00"),
            ("5/20 12 * * *", "2026-11-21 12:05", "Sat 2026-11-21 12:25"),
        ] {
            assert_eq!(next(expression, after).as_deref(), Some(expected), "{expression}");
        }
        assert_eq!(next("0 0 30 2 *", "2026-11-21 00:00"), None);
    }

    #[test]
    fn what_is_no_five_field_expression_is_refused() {
        for expression in [
            "",
            "0 18 * *",
            "0 18 * * * *",
            "60 * * * *",
            "* 24 * * *",
            "*/0 * * * *",
            "5-1 * * * *",
            "a b c d e",
            "* * L * *",
            "-1 * * * *",
            "* * * * 1#2",
            "99999999999 * * * *",
        ] {
            assert!(Cron::read(expression).is_none(), "{expression}");
        }
    }
}
