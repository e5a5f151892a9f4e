//! A recurrence as the rule of RFC 5545 says it, for tools. Reads none.

use chrono::Weekday;

use crate::model::Recurrence;
use crate::model::recurrence::{MonthDay, Rule, Weeks};

/// The rule's parts without times and dates: `FREQ=WEEKLY;BYDAY=FR`. A cron rule has none.
pub fn rrule(every: &Recurrence) -> Option<String> {
    let (freq, interval) = match &every.rule {
        Rule::Secondly => ("SECONDLY", every.interval),
        Rule::Minutely => ("MINUTELY", every.interval),
        Rule::Hourly => ("HOURLY", every.interval),
        Rule::Daily | Rule::Workdays => ("DAILY", every.interval),
        // RFC 5545 knows numbers of weeks only of a year.
        Rule::Weekly(_) if every.weeks != Weeks::All => ("YEARLY", every.interval),
        Rule::Weekly(_) => ("WEEKLY", every.interval),
        Rule::Monthly(_) => ("MONTHLY", every.interval),
        Rule::Yearly(..) => ("YEARLY", every.interval),
        Rule::Cron(_) => return None,
    };
    let mut parts = vec![format!("FREQ={freq}")];
    if interval > 1 {
        parts.push(format!("INTERVAL={interval}"));
    }
    let join = |values: Vec<String>| values.join(",");
    let first = match every.weeks {
        Weeks::All => None,
        Weeks::Odd => Some(1),
        Weeks::Even => Some(2),
    };
    if let Some(first) = first {
        let weeks = (first..=53).step_by(2).map(|week| week.to_string()).collect();
        parts.push(format!("BYWEEKNO={}", join(weeks)));
    }
    match &every.rule {
        Rule::Weekly(days) if !days.is_empty() => {
            parts.push(format!("BYDAY={}", join(days.iter().map(|d| short(*d).into()).collect())));
        }
        Rule::Monthly(days) => month_days(&mut parts, days),
        Rule::Yearly(months, days) => {
            if !months.is_empty() {
                let months = months.iter().map(u32::to_string).collect();
                parts.push(format!("BYMONTH={}", join(months)));
            }
            month_days(&mut parts, days);
        }
        Rule::Secondly
        | Rule::Minutely
        | Rule::Hourly
        | Rule::Daily
        | Rule::Workdays
        | Rule::Weekly(_)
        | Rule::Cron(_) => {}
    }
    if let Some(count) = every.count {
        parts.push(format!("COUNT={count}"));
    }
    if let Some(until) = every.until {
        parts.push(format!("UNTIL={}", until.format("%Y%m%d")));
    }
    Some(parts.join(";"))
}

fn month_days(parts: &mut Vec<String>, days: &[MonthDay]) {
    let (mut plain, mut week, mut work) = (Vec::new(), Vec::new(), Vec::new());
    for day in days {
        match day {
            MonthDay::Day(nth) => plain.push(nth.to_string()),
            MonthDay::Weekday(nth, weekday) => {
                let name = u8::try_from(*weekday).ok().and_then(|n| Weekday::try_from(n).ok());
                let nth = if *nth == 0 { String::new() } else { nth.to_string() };
                week.extend(name.map(|name| format!("{nth}{}", short(name))));
            }
            MonthDay::Workday(nth) => work.push(nth.to_string()),
        }
    }
    for (key, values) in [("BYMONTHDAY", &plain), ("BYDAY", &week)] {
        if !values.is_empty() {
            parts.push(format!("{key}={}", values.join(",")));
        }
    }
    if !work.is_empty() {
        parts.push(format!("BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}", work.join(",")));
    }
}

fn short(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
