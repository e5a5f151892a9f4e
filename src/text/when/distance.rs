//! Distances from now: `半小时后`, `3天内`, `in 2 hours`. Reads no days and no clock times.

use chrono::Duration;

use super::draft::{Day, Draft, Moment};
use crate::text::scan::Cursor;

/// Units of a distance: in minutes, days or months.
#[derive(Clone, Copy)]
enum Unit {
    Seconds(i64),
    Days(u32),
    Months(u32),
}

const CHINESE: [(&str, Unit); 20] = [
    ("秒钟", Unit::Seconds(1)),
    ("秒", Unit::Seconds(1)),
    ("分钟", Unit::Seconds(60)),
    ("分", Unit::Seconds(60)),
    ("刻钟", Unit::Seconds(900)),
    ("个小时", Unit::Seconds(3_600)),
    ("小时", Unit::Seconds(3_600)),
    ("个钟头", Unit::Seconds(3_600)),
    ("钟头", Unit::Seconds(3_600)),
    ("天", Unit::Days(1)),
    ("日", Unit::Days(1)),
    ("个星期", Unit::Days(7)),
    ("星期", Unit::Days(7)),
    ("个礼拜", Unit::Days(7)),
    ("礼拜", Unit::Days(7)),
    ("个周", Unit::Days(7)),
    ("周", Unit::Days(7)),
    ("个月", Unit::Months(1)),
    ("年", Unit::Months(12)),
    ("个年头", Unit::Months(12)),
];

/// Eats a distance: `半小时后`, `3天内`, `2小时30分钟后`.
pub fn chinese(cursor: &mut Cursor) -> Option<Draft> {
    let mut next = *cursor;
    let mut seconds = 0;
    let (mut days, mut months, mut terms) = (0, 0, 0);
    while let Some((count, half, unit)) = term(&mut next) {
        let quarter_hours = if half { 2 } else { 0 };
        match unit {
            Unit::Seconds(unit) => seconds += i64::from(count) * unit + quarter_hours * unit / 4,
            Unit::Days(unit) if !half => days += count * unit,
            Unit::Months(unit) if !half => months += count * unit,
            Unit::Days(_) | Unit::Months(_) => return None,
        }
        terms += 1;
    }
    if terms == 0 || !ahead(&mut next) {
        return None;
    }
    *cursor = next;
    match (seconds, days, months) {
        (_, 0, 0) => Some(Draft::After(Duration::seconds(seconds))),
        (0, _, 0) => Some(Draft::At(Moment::on(Day::Away(i64::from(days))))),
        (0, 0, _) => Some(Draft::At(Moment::on(Day::MonthsAway(months)))),
        (_, _, 0) => {
            Some(Draft::After(Duration::seconds(seconds) + Duration::days(i64::from(days))))
        }
        (_, _, _) => None,
    }
}

/// `3小时`, `半个小时`, `一个半小时`.
fn term(cursor: &mut Cursor) -> Option<(u32, bool, Unit)> {
    let mut next = *cursor;
    let (count, half) = if next.any(&["半个", "半"]) {
        (0, true)
    } else {
        let count = next.number()?;
        next.blanks();
        (count, next.any(&["个半", "半"]))
    };
    let unit = next.one_of(&CHINESE)?;
    *cursor = next;
    Some((count, half, unit))
}

/// Eats 后, 之后, 内 and the like; 后天 and 内容 are none.
fn ahead(cursor: &mut Cursor) -> bool {
    let mut next = *cursor;
    next.blanks();
    let plain = next.any(&["以后", "之后", "过后", "之内", "以内"]);
    let short = !plain && next.any(&["后", "内"]);
    if short && next.peek().is_some_and(|c| "容部存外测端台悔果续勤面".contains(c)) {
        return false;
    }
    if plain || short {
        *cursor = next;
    }
    plain || short
}

const ENGLISH: [(&str, Unit); 20] = [
    ("seconds", Unit::Seconds(1)),
    ("second", Unit::Seconds(1)),
    ("secs", Unit::Seconds(1)),
    ("minutes", Unit::Seconds(60)),
    ("minute", Unit::Seconds(60)),
    ("mins", Unit::Seconds(60)),
    ("min", Unit::Seconds(60)),
    ("hours", Unit::Seconds(3_600)),
    ("hour", Unit::Seconds(3_600)),
    ("hrs", Unit::Seconds(3_600)),
    ("hr", Unit::Seconds(3_600)),
    ("h", Unit::Seconds(3_600)),
    ("days", Unit::Days(1)),
    ("day", Unit::Days(1)),
    ("weeks", Unit::Days(7)),
    ("week", Unit::Days(7)),
    ("months", Unit::Months(1)),
    ("month", Unit::Months(1)),
    ("years", Unit::Months(12)),
    ("year", Unit::Months(12)),
];

/// Eats a distance: `in 2 hours`, `within 3 days`, `2 hours from now`, `in half an hour`.
pub fn english(cursor: &mut Cursor) -> Option<Draft> {
    let mut next = *cursor;
    let lead = next.any_word(&["in", "within", "after"]) && next.blanks();
    let half = next.any_word(&["half an", "half a"]);
    let count = if half {
        Some(0)
    } else {
        next.digits(4).map(|d| d.value).or_else(|| next.word_of(&NUMBERS))
    };
    let count = count?;
    next.blanks();
    let unit = next.word_of(&ENGLISH)?;
    let mut behind = next;
    behind.blanks();
    if behind.any_word(&["from now", "later"]) {
        next = behind;
    } else if !lead || behind.any_word(&["from", "after", "before", "ago", "and"]) {
        return None;
    }
    *cursor = next;
    match unit {
        Unit::Seconds(unit) if half => Some(Draft::After(Duration::seconds(unit / 2))),
        Unit::Days(_) | Unit::Months(_) if half => None,
        Unit::Seconds(unit) => Some(Draft::After(Duration::seconds(i64::from(count) * unit))),
        Unit::Days(unit) => Some(Draft::At(Moment::on(Day::Away(i64::from(count * unit))))),
        Unit::Months(unit) => Some(Draft::At(Moment::on(Day::MonthsAway(count * unit)))),
    }
}

const NUMBERS: [(&str, u32); 15] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("a couple of", 2),
    ("an", 1),
    ("a", 1),
];
