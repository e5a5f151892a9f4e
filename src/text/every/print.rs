//! Recurrences as they are read back, in forms that `find` reads again.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use crate::model::recurrence::{MonthDay, OffDays, Rule, Weeks};
use crate::model::{Lang, Recurrence};
use crate::text::weekday;

const WORK_WEEK: [Weekday; 5] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
const QUARTER_STARTS: [u32; 4] = [1, 4, 7, 10];
const QUARTER_ENDS: [u32; 4] = [3, 6, 9, 12];

/// As it is read back, in a form that `find` reads again.
pub fn print(every: &Recurrence, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("{}{}{}", chinese_days(every), chinese_times(every), chinese_limits(every))
        }
        Lang::En => {
            format!("{}{}{}", english_days(every), english_times(every), english_limits(every))
        }
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

fn chinese_days(every: &Recurrence) -> String {
    let n = every.interval;
    let one = n <= 1;
    match &every.rule {
        Rule::Cron(expression) => format!("cron {expression}"),
        Rule::Secondly if one => "每秒".into(),
        Rule::Secondly => format!("每{n}秒"),
        Rule::Minutely if one => "每分钟".into(),
        Rule::Minutely => format!("每{n}分钟"),
        Rule::Hourly if one => "每小时".into(),
        Rule::Hourly => format!("每{n}小时"),
        Rule::Daily if one => "每天".into(),
        Rule::Daily => format!("每{n}天"),
        Rule::Workdays => "每个工作日".into(),
        Rule::Weekly(days) => {
            let week = match every.weeks {
                Weeks::Odd => "单数周的周".to_owned(),
                Weeks::Even => "双数周的周".to_owned(),
                Weeks::All if one => "每周".to_owned(),
                Weeks::All => format!("每{n}周"),
            };
            if days.is_empty() {
                return week;
            }
            let names = if days[..] == WORK_WEEK {
                "一到周五".to_owned()
            } else {
                let names = days.iter().map(|day| weekday::chinese_name(*day).to_string());
                names.collect::<Vec<_>>().join("、")
            };
            if one { format!("{week}{names}") } else { format!("{week}的周{names}") }
        }
        Rule::Monthly(days) => {
            let month = if one { "每月".to_owned() } else { format!("每{n}个月") };
            let days = chinese_month_days(days);
            if one || days.is_empty() {
                format!("{month}{days}")
            } else {
                format!("{month}的{days}")
            }
        }
        Rule::Yearly(months, days) => {
            let days = chinese_month_days(days);
            if months[..] == QUARTER_STARTS || months[..] == QUARTER_ENDS {
                return format!("每季度{}", days.replace("1号", "第一天"));
            }
            let year = if one { "每年".to_owned() } else { format!("每{n}年") };
            let months: Vec<String> = months.iter().map(|month| format!("{month}月")).collect();
            let of = if days.starts_with('周') { "的" } else { "" };
            format!("{year}{}{of}{days}", months.join("、"))
        }
    }
}

fn chinese_month_days(days: &[MonthDay]) -> String {
    let printed: Vec<String> = days
        .iter()
        .map(|day| match day {
            MonthDay::Day(-1) => "最后一天".to_owned(),
            MonthDay::Day(nth @ 1..) => format!("{nth}号"),
            MonthDay::Day(nth) => format!("倒数第{}天", -nth),
            MonthDay::Weekday(0, day) => format!("周{}", name(*day)),
            MonthDay::Weekday(nth, day) => format!("{}周{}", chinese_nth(*nth), name(*day)),
            MonthDay::Workday(nth) => format!("{}工作日", chinese_nth(*nth)),
        })
        .collect();
    printed.join("和")
}

fn chinese_nth(nth: i32) -> String {
    match nth {
        -1 => "最后一个".to_owned(),
        1.. => format!("第{nth}个"),
        _ => format!("倒数第{}个", -nth),
    }
}

fn of_number(day: u32) -> Option<Weekday> {
    u8::try_from(day).ok().and_then(|n| Weekday::try_from(n).ok())
}

fn name(day: u32) -> char {
    of_number(day).map_or('?', weekday::chinese_name)
}

fn chinese_times(every: &Recurrence) -> String {
    if let Some((from, to)) = every.window {
        return format!("({}到{})", print_time(from), print_time(to));
    }
    let mut text = every.times.iter().map(|time| print_time(*time)).collect::<Vec<_>>().join("和");
    if let (Some(end), [_]) = (end(every), &every.times[..]) {
        text.push_str(&format!("到{end}"));
    }
    text
}

/// When an occurrence that lasts ends.
fn end(every: &Recurrence) -> Option<String> {
    let seconds = every.duration_s?;
    let start = every.times.first()?;
    let (end, _) = start.overflowing_add_signed(chrono::Duration::seconds(seconds.into()));
    Some(print_time(end))
}

/// The day of the month that not every month has, if it is the only one.
fn late_day(every: &Recurrence) -> Option<i32> {
    match &every.rule {
        Rule::Monthly(days) => match days[..] {
            [MonthDay::Day(day @ 29..=31)] => Some(day),
            _ => None,
        },
        _ => None,
    }
}

fn chinese_limits(every: &Recurrence) -> String {
    let mut text = String::new();
    if let Some(day) = late_day(every) {
        text.push_str(&format!("，没有{day}号的月份跳过"));
    }
    let date = |day: NaiveDate| format!("{}年{}月{}日", day.year(), day.month(), day.day());
    match every.except[..] {
        [] => {}
        [Weekday::Sat, Weekday::Sun] => text.push_str("，周末除外"),
        _ => {
            let names = every.except.iter().map(|day| weekday::print(*day, Lang::Zh));
            text.push_str(&format!("，除{}外", names.collect::<Vec<_>>().join("、")));
        }
    }
    text.push_str(match every.off_days {
        OffDays::Keep => "",
        OffDays::Skip if every.rule.seconds().is_some() => "，仅工作日",
        OffDays::Skip => "，节假日除外",
        OffDays::Earlier => "，遇周末和节假日提前",
        OffDays::Later => "，遇周末和节假日顺延",
    });
    if let Some(from) = every.from {
        text.push_str(&format!("，从{}起", date(from)));
    }
    if let Some(until) = every.until {
        text.push_str(&format!("，到{}为止", date(until)));
    }
    if let Some(count) = every.count {
        text.push_str(&format!("，共{count}次"));
    }
    text
}

fn english_days(every: &Recurrence) -> String {
    let n = every.interval;
    let units = |unit: &str| match n {
        0 | 1 => format!("every {unit}"),
        _ => format!("every {n} {unit}s"),
    };
    match &every.rule {
        Rule::Cron(expression) => format!("cron {expression}"),
        Rule::Secondly => units("second"),
        Rule::Minutely => units("minute"),
        Rule::Hourly => units("hour"),
        Rule::Daily => units("day"),
        Rule::Workdays => "every workday".into(),
        Rule::Weekly(days) if days[..] == WORK_WEEK && n <= 1 && every.weeks == Weeks::All => {
            "every weekday".into()
        }
        Rule::Weekly(days) => {
            let names: Vec<String> =
                days.iter().map(|day| weekday::print(*day, Lang::En)).collect();
            let in_weeks = |which: &str| format!("{which} weeks on {}", joined(&names));
            match every.weeks {
                Weeks::All => {}
                Weeks::Odd => return in_weeks("odd"),
                Weeks::Even => return in_weeks("even"),
            }
            match (names.is_empty(), n) {
                (true, _) => units("week"),
                (false, 0 | 1) => format!("every {}", joined(&names)),
                (false, _) => format!("{} on {}", units("week"), joined(&names)),
            }
        }
        Rule::Monthly(days) if days.is_empty() => units("month"),
        Rule::Monthly(days) => format!("{} on {}", units("month"), english_month_days(days)),
        Rule::Yearly(months, days) => {
            let days = english_month_days(days);
            if months[..] == QUARTER_STARTS || months[..] == QUARTER_ENDS {
                return format!("{days} of every quarter");
            }
            let names: Vec<String> = months
                .iter()
                .filter_map(|month| NaiveDate::from_ymd_opt(2000, *month, 1))
                .map(|first| first.format("%b").to_string())
                .collect();
            match (names.is_empty(), days.is_empty()) {
                (true, _) => units("year"),
                (false, true) => format!("{} on {}", units("year"), joined(&names)),
                (false, false) => format!("{} on {} on {days}", units("year"), joined(&names)),
            }
        }
    }
}

fn english_month_days(days: &[MonthDay]) -> String {
    let printed: Vec<String> = days
        .iter()
        .map(|day| match day {
            MonthDay::Day(-1) => "the last day".to_owned(),
            MonthDay::Day(nth @ 1..) => format!("the {}", ordinal(*nth)),
            MonthDay::Day(nth) => format!("the {} last day", ordinal(-nth)),
            MonthDay::Weekday(0, day) => english_name(*day),
            MonthDay::Weekday(nth, day) => format!("{} {}", english_nth(*nth), english_name(*day)),
            MonthDay::Workday(nth) => format!("{} workday", english_nth(*nth)),
        })
        .collect();
    joined(&printed)
}

fn english_name(day: u32) -> String {
    of_number(day).map_or_else(String::new, |day| weekday::print(day, Lang::En))
}

fn english_nth(nth: i32) -> String {
    match nth {
        -1 => "the last".to_owned(),
        1.. => format!("the {}", ordinal(nth)),
        _ => format!("the {} last", ordinal(-nth)),
    }
}

fn ordinal(n: i32) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

fn english_times(every: &Recurrence) -> String {
    if let Some((from, to)) = every.window {
        return format!(" from {} to {}", print_time(from), print_time(to));
    }
    if let (Some(end), [start]) = (end(every), &every.times[..]) {
        return format!(" from {} to {end}", print_time(*start));
    }
    let times: Vec<String> = every.times.iter().map(|time| print_time(*time)).collect();
    if times.is_empty() { String::new() } else { format!(" at {}", joined(&times)) }
}

fn english_limits(every: &Recurrence) -> String {
    let mut text = String::new();
    if late_day(every).is_some() {
        text.push_str(", skipping shorter months");
    }
    let date = |day: NaiveDate| day.format("%b %-d, %Y").to_string();
    if !every.except.is_empty() {
        let names: Vec<String> =
            every.except.iter().map(|day| weekday::print(*day, Lang::En)).collect();
        text.push_str(&format!(", except {}", joined(&names)));
    }
    text.push_str(match every.off_days {
        OffDays::Keep => "",
        OffDays::Skip if every.rule.seconds().is_some() => ", workdays only",
        OffDays::Skip => ", except holidays",
        OffDays::Earlier => ", on weekends and holidays the previous workday",
        OffDays::Later => ", on weekends and holidays the next workday",
    });
    if let Some(from) = every.from {
        text.push_str(&format!(", starting {}", date(from)));
    }
    if let Some(until) = every.until {
        text.push_str(&format!(", until {}", date(until)));
    }
    if let Some(count) = every.count {
        text.push_str(&format!(", for {count} times"));
    }
    text
}

/// `a, b and c`.
fn joined(words: &[String]) -> String {
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} and {end}", rest.join(", ")),
        Some(_) | None => words.concat(),
    }
}
