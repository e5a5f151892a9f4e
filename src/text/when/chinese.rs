//! Days in Chinese words: `下周五`, `3月2日`. Reads no clock times.

use chrono::{Datelike, NaiveDate};

use super::draft::{Day, Draft, Moment};
use super::numeric::{dated, is_year};
use crate::text::clock::Part;
use crate::text::scan::{Cursor, digit_of};
use crate::text::weekday;

const DAYS: [(&str, (i64, Option<Part>)); 24] = [
    ("大大后天", (4, None)),
    ("大后天", (3, None)),
    ("大前天", (-3, None)),
    ("后天", (2, None)),
    ("后日", (2, None)),
    ("前天", (-2, None)),
    ("今天", (0, None)),
    ("今日", (0, None)),
    ("今儿", (0, None)),
    ("明天", (1, None)),
    ("明日", (1, None)),
    ("明儿", (1, None)),
    ("昨天", (-1, None)),
    ("昨日", (-1, None)),
    ("今晚", (0, Some(Part::Evening))),
    ("今夜", (0, Some(Part::Evening))),
    ("明晚", (1, Some(Part::Evening))),
    ("后晚", (2, Some(Part::Evening))),
    ("昨晚", (-1, Some(Part::Evening))),
    ("今早", (0, Some(Part::Morning))),
    ("今晨", (0, Some(Part::Morning))),
    ("明早", (1, Some(Part::Morning))),
    ("明晨", (1, Some(Part::Morning))),
    ("当天", (0, None)),
];

const WEEKS: [(&str, i64); 16] = [
    ("下下下个", 3),
    ("下下下", 3),
    ("下下个", 2),
    ("下下", 2),
    ("下一个", 1),
    ("下个", 1),
    ("下一", 1),
    ("下", 1),
    ("上上", -2),
    ("上个", -1),
    ("上一", -1),
    ("上", -1),
    ("这个", 0),
    ("这一", 0),
    ("这", 0),
    ("本", 0),
];

/// What a number before 号 counts when one of these follows: 5号楼.
const NUMBERED: &str = "楼线机店位桌门院库房间厅馆车厢仓码员床井柜台窗舱元件群厂站单服环球池";

/// Words that follow 日 when the number counts days or names a paper: 三日游.
const DAYS_LONG: &str = "游均志程报历内常期元本";

/// Eats a day.
pub fn day(cursor: &mut Cursor, today: NaiveDate) -> Option<Draft> {
    let mut next = *cursor;
    let readers = [named, weekday_of_week, of_relative_month];
    let draft = readers.iter().find_map(|reader| {
        next = *cursor;
        reader(&mut next)
    });
    let draft = draft.or_else(|| {
        next = *cursor;
        calendar(&mut next, today)
    })?;
    *cursor = next;
    Some(draft)
}

fn named(cursor: &mut Cursor) -> Option<Draft> {
    let (days, part) = cursor.one_of(&DAYS)?;
    Some(Draft::At(Moment { part, ..Moment::on(Day::Away(days)) }))
}

fn weekday_of_week(cursor: &mut Cursor) -> Option<Draft> {
    let counted = cursor
        .before()
        .is_some_and(|c| c.is_ascii_digit() || digit_of(c).is_some() || "每个".contains(c));
    let week = cursor.one_of(&WEEKS);
    if !weekday::week_word(cursor) || (week.is_none() && counted) {
        return None;
    }
    cursor.blanks();
    let day = weekday::chinese(cursor)?;
    // 两周一次 and 周三次 count.
    if cursor.peek().is_some_and(|c| "次回遍趟".contains(c)) {
        return None;
    }
    let moment = Moment::on(Day::Weekday(week, day));
    // 下周三点: of next week, three o'clock, or Wednesday.
    let clock = week.is_some() && cursor.peek() == Some('点');
    Some(if clock { Draft::Unclear(moment) } else { Draft::At(moment) })
}

/// `月底`, `下个月3号`.
fn of_relative_month(cursor: &mut Cursor) -> Option<Draft> {
    let inside = cursor
        .before()
        .is_some_and(|c| c.is_ascii_digit() || digit_of(c).is_some() || "个每十".contains(c));
    let months = cursor.one_of(&WEEKS).or_else(|| if cursor.eat("当") { Some(0) } else { None });
    if !cursor.eat("月") || (months.is_none() && inside) {
        return None;
    }
    let day = if cursor.any(&["底", "末"]) {
        None
    } else {
        months?;
        cursor.eat("的");
        Some(day_number(cursor)?)
    };
    Some(match day {
        Some(0 | 32..) => Draft::Nowhere,
        Some(_) | None => Draft::At(Moment::on(Day::InMonth(months.unwrap_or(0), day))),
    })
}

/// `2026年3月2日`, `明年3月2号`, `3月2日`, `11月底`, `5号`.
fn calendar(cursor: &mut Cursor, today: NaiveDate) -> Option<Draft> {
    let year = year(cursor, today);
    if year.is_some() {
        cursor.blanks();
        cursor.eat(",");
    }
    let mut next = *cursor;
    if let Some(month) = month(&mut next) {
        if next.any(&["底", "末"]) {
            *cursor = next;
            let exists = (1..=12).contains(&month);
            let moment = Moment::on(Day::EndOf { year, month });
            return Some(if exists { Draft::At(moment) } else { Draft::Nowhere });
        }
        next.blanks();
        let day = day_number(&mut next).or_else(|| bare_day(&mut next))?;
        *cursor = next;
        return Some(dated(year, month, day));
    }
    if year.is_some() || cursor.before() == Some('月') {
        return None;
    }
    let day = day_number(cursor)?;
    (1..=31).contains(&day).then(|| Draft::At(Moment::on(Day::OfMonth(day))))
}

fn year(cursor: &mut Cursor, today: NaiveDate) -> Option<i32> {
    if let Some(years) = cursor.one_of(&[("今年", 0), ("明年", 1), ("后年", 2), ("去年", -1)])
    {
        return Some(today.year() + years);
    }
    let mut next = *cursor;
    let value = match next.digits(4) {
        Some(digits) if digits.count == 4 => digits.value,
        Some(digits) if digits.count == 2 => 2000 + digits.value,
        Some(_) => return None,
        None => (0..4).try_fold(0, |value, _| Some(value * 10 + next.numeral_digit()?))?,
    };
    next.blanks();
    if !is_year(value) || !next.eat("年") {
        return None;
    }
    *cursor = next;
    i32::try_from(value).ok()
}

/// `3月`, but neither 3个月 nor 3月份.
fn month(cursor: &mut Cursor) -> Option<u32> {
    let mut next = *cursor;
    let digits = next.digits(2).map(|digits| digits.value);
    let month = digits.or_else(|| next.numeral())?;
    next.blanks();
    if !next.eat("月") {
        return None;
    }
    *cursor = next;
    Some(month)
}

/// `2日`, `31号`; not 5号楼 or 三日游.
fn day_number(cursor: &mut Cursor) -> Option<u32> {
    let mut next = *cursor;
    let digits = next.digits(2).map(|digits| digits.value);
    let day = digits.or_else(|| next.numeral())?;
    next.blanks();
    let numbered = next.eat("号");
    if !numbered && !next.eat("日") {
        return None;
    }
    let other = if numbered { NUMBERED } else { DAYS_LONG };
    if next.peek().is_some_and(|c| other.contains(c)) {
        return None;
    }
    *cursor = next;
    Some(day)
}

/// The 31 of 十月31, at the end of the phrase.
fn bare_day(cursor: &mut Cursor) -> Option<u32> {
    let mut next = *cursor;
    let day = next.digits(2)?;
    if next.peek().is_some_and(|c| !matches!(c, ' ' | ',' | '。' | '前' | '上' | '下')) {
        return None;
    }
    *cursor = next;
    Some(day.value)
}
