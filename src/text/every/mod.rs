//! Recurrences: reading `每个工作日18:00`, printing them, and their next occurrence.
//! Monthly and yearly rules are not read yet, other than as cron expressions.

mod days;
mod opening;
mod read;

use std::ops::Range;

use chrono::{Duration, NaiveTime, Timelike};
use chrono_tz::Tz;

use super::cron::Cron;
use super::reach;
use super::scan::Line;
use super::weekday;
use super::workday::is_workday;
use crate::model::recurrence::Rule;
use crate::model::{Lang, Recurrence, Timestamp};

pub(super) use opening::opening;
pub(super) use read::read_at;

/// How far ahead the next occurrence is looked for.
const AHEAD_DAYS_MAX: i64 = 4 * 366;
/// How many wall-clock times are tried for one occurrence: more than the days off in a row, or the
/// skipped or repeated minutes of a change of the clocks.
const TRIES_MAX: usize = 1_000;

/// The first recurrence in `text` with its byte span: `每天9:00`, `每个工作日18:00`, `每周一 9:30`, `every
/// weekday 18:00`, or a cron expression of five fields behind `cron`. It must name a time.
pub fn find(text: &str, zone: Tz) -> Option<(Range<usize>, Recurrence)> {
    let line = Line::new(text);
    (0..line.len()).find_map(|start| {
        let mut cursor = line.cursor(start);
        let every = read_at(&mut cursor, zone)?;
        Some((line.span(start..cursor.at), every))
    })
}

/// The first occurrence strictly after `after`; `None` if there is none within four years, or
/// `after` is outside the years 1 to 9000. A time that the clocks skip happens right after the gap,
/// one that they repeat happens the first time only.
pub fn next(every: &Recurrence, after: Timestamp) -> Option<Timestamp> {
    if !reach::holds(after) {
        return None;
    }
    let last = after.plus_ms(Duration::days(AHEAD_DAYS_MAX).num_milliseconds());
    let found = to_cron(every).into_iter().filter_map(|expression| {
        let cron = Cron::read(&expression)?;
        // The wall clock may have been set back since: begin before any such change.
        let mut wall = after.local(every.zone) - Duration::hours(3);
        for _ in 0..TRIES_MAX {
            wall = cron.next(wall)?;
            let at = Timestamp::from_local(wall, every.zone);
            if at > last {
                return None;
            }
            if at > after && (every.rule != Rule::Workdays || is_workday(wall.date())) {
                return Some(at);
            }
        }
        None
    });
    found.min()
}

/// The rule as cron expressions of five fields, one for each time of day. Working days become every
/// day.
pub fn to_cron(every: &Recurrence) -> Vec<String> {
    let days = match &every.rule {
        Rule::Cron(expression) => return vec![expression.clone()],
        Rule::Daily | Rule::Workdays => "*".to_owned(),
        Rule::Weekly(days) => {
            let numbers = days.iter().map(|day| day.num_days_from_sunday().to_string());
            numbers.collect::<Vec<_>>().join(",")
        }
    };
    let times = every.times.iter();
    times.map(|time| format!("{} {} * * {days}", time.minute(), time.hour())).collect()
}

/// As it is read back, in a form that `find` reads again.
pub fn print(every: &Recurrence, lang: Lang) -> String {
    let day = match (&every.rule, lang) {
        (Rule::Cron(expression), Lang::Zh | Lang::En) => return format!("cron {expression}"),
        (Rule::Daily, Lang::Zh) => "每天".to_owned(),
        (Rule::Daily, Lang::En) => "every day".to_owned(),
        (Rule::Workdays, Lang::Zh) => "每个工作日".to_owned(),
        (Rule::Workdays, Lang::En) => "every workday".to_owned(),
        (Rule::Weekly(days), Lang::Zh) => {
            let names = days.iter().map(|day| weekday::chinese_name(*day).to_string());
            format!("每周{}", names.collect::<Vec<_>>().join("、"))
        }
        (Rule::Weekly(days), Lang::En) => {
            let names: Vec<String> = days.iter().map(|day| weekday::print(*day, lang)).collect();
            format!("every {}", joined(&names, " and "))
        }
    };
    let times: Vec<String> = every.times.iter().map(|time| print_time(*time)).collect();
    match lang {
        Lang::Zh => format!("{day}{}", times.join("和")),
        Lang::En => format!("{day} at {}", joined(&times, " and ")),
    }
}

/// A time of day as members read it: `18:00`, `9:00`; the small hours padded, because `3:00` is
/// read as the afternoon.
pub fn print_time(time: NaiveTime) -> String {
    match time.hour() {
        1..=6 => format!("{:02}:{:02}", time.hour(), time.minute()),
        _ => format!("{}:{:02}", time.hour(), time.minute()),
    }
}

/// `a, b and c`.
fn joined(words: &[String], last: &str) -> String {
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{}{last}{end}", rest.join(", ")),
        Some(_) | None => words.concat(),
    }
}
