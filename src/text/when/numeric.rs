//! Dates in digits: `2026-12-01`, `2026/12/1`, `12/1`, `3/3/2027`. Reads no words.

use super::draft::{Day, Draft, Moment};
use crate::text::scan::Cursor;

/// Years that a date can be of.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// Words before `3/5` that make it a fraction or a count.
const COUNTED: [&str; 14] = [
    "进度",
    "完成",
    "完成了",
    "评分",
    "得分",
    "第",
    "比例",
    "概率",
    "占",
    "约",
    "有",
    "比分",
    "剩",
    "剩余",
];

/// What follows a fraction.
const PARTS: &str = "的个以份杯斤页条人次成";

/// Eats a date in digits.
pub fn read(cursor: &mut Cursor) -> Option<Draft> {
    let mut next = *cursor;
    let draft = year_first(&mut next).or_else(|| {
        next = *cursor;
        month_first(&mut next)
    })?;
    *cursor = next;
    Some(draft)
}

/// A day of a month as a draft; `Nowhere` if no year has it.
pub fn dated(year: Option<i32>, month: u32, day: u32) -> Draft {
    // A leap year stands for "some year".
    match chrono::NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day) {
        Some(_) => Draft::At(Moment::on(Day::Dated { year, month, day })),
        None => Draft::Nowhere,
    }
}

/// Whether a number can be a year.
pub fn is_year(value: u32) -> bool {
    YEARS.contains(&value)
}

fn year_first(cursor: &mut Cursor) -> Option<Draft> {
    let year = cursor.digits(4).filter(|year| year.count == 4 && is_year(year.value))?;
    let sign = cursor.peek().filter(|c| matches!(c, '-' | '/'))?;
    cursor.step();
    let month = cursor.digits(2)?;
    if cursor.peek() != Some(sign) {
        return None;
    }
    cursor.step();
    let day = cursor.digits(2)?;
    if cursor.eat("t") && !cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    ends(*cursor).then(|| dated(i32::try_from(year.value).ok(), month.value, day.value))
}

/// `12/1` is month/day; only where the first cannot be a month and both have two digits (`29/03`)
/// it is day/month.
fn month_first(cursor: &mut Cursor) -> Option<Draft> {
    if COUNTED.iter().any(|word| cursor.follows(word)) {
        return None;
    }
    let first = cursor.digits(2)?;
    if !cursor.eat("/") {
        return None;
    }
    let second = cursor.digits(2)?;
    let (month, day) = if first.value > 12 && second.count == 2 {
        (second.value, first.value)
    } else {
        (first.value, second.value)
    };
    let mut year = None;
    let mut behind = *cursor;
    if behind.eat("/") {
        let digits = behind.digits(4).filter(|year| year.count == 4 && is_year(year.value))?;
        year = i32::try_from(digits.value).ok();
        *cursor = behind;
    }
    match dated(year, month, day) {
        Draft::Nowhere if year.is_none() => None,
        draft => counts_nothing(*cursor).then_some(draft),
    }
}

/// Nothing goes on behind a date that would make it a part of something else.
fn ends(cursor: Cursor) -> bool {
    let glued = cursor
        .peek()
        .is_some_and(|c| matches!(c, '-' | '/' | '_' | '%') || c.is_ascii_alphanumeric());
    let after_t = cursor.before() == Some('t');
    let decimal =
        cursor.peek() == Some('.') && cursor.peek_after(1).is_some_and(|c| c.is_ascii_digit());
    after_t || !(glued || decimal)
}

fn counts_nothing(cursor: Cursor) -> bool {
    let mut behind = cursor;
    behind.blanks();
    ends(cursor)
        && !cursor.peek().is_some_and(|c| PARTS.contains(c))
        && !behind.any_word(&["of", "cup", "cups", "mile", "inch"])
}
