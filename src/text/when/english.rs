//! Days in English words: `next Friday`, `Dec 1`. Reads no clock times.

use chrono::Weekday;

use super::draft::{Day, Draft, Moment};
use super::numeric::{dated, is_year};
use crate::text::clock::Part;
use crate::text::scan::Cursor;
use crate::text::weekday::ENGLISH;

const DAYS: [(&str, (i64, Option<Part>)); 13] = [
    ("the day after tomorrow", (2, None)),
    ("day after tomorrow", (2, None)),
    ("today", (0, None)),
    ("tomorrow", (1, None)),
    ("tmrw", (1, None)),
    ("tmr", (1, None)),
    ("yesterday", (-1, None)),
    ("tonight", (0, Some(Part::Evening))),
    ("this morning", (0, Some(Part::Morning))),
    ("this afternoon", (0, Some(Part::Afternoon))),
    ("this evening", (0, Some(Part::Evening))),
    ("last night", (-1, Some(Part::Evening))),
    ("the next day", (1, None)),
];

const MONTHS: [(&str, u32); 24] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("sept", 9),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Words before a weekday that pick one out of many (`the second Friday of May`): not read.
const PICKED: [&str; 15] = [
    "1st", "2nd", "3rd", "4th", "5th", "first", "second", "third", "fourth", "fifth", "two",
    "three", "four", "other", "every",
];

/// Eats a day.
pub fn day(cursor: &mut Cursor) -> Option<Draft> {
    let mut next = *cursor;
    if let Some((days, part)) = next.word_of(&DAYS) {
        *cursor = next;
        return Some(Draft::At(Moment { part, ..Moment::on(Day::Away(days)) }));
    }
    let readers = [weekday_of_week, month_day, day_month, ordinal];
    let draft = readers.iter().find_map(|reader| {
        next = *cursor;
        reader(&mut next)
    })?;
    *cursor = next;
    Some(draft)
}

/// Whether a word is the name of a month.
pub fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|(name, _)| *name == word)
}

/// Eats `in the morning`, `at night` and the like behind a clock time, or `morning` behind a day.
pub fn part(cursor: &mut Cursor) -> Option<Part> {
    let mut next = *cursor;
    next.blanks();
    if next.eat_word("at night") {
        *cursor = next;
        return Some(Part::Evening);
    }
    next.any_word(&["in the", "in"]);
    next.blanks();
    let parts = [
        ("morning", Part::Morning),
        ("afternoon", Part::Afternoon),
        ("evening", Part::Evening),
        ("night", Part::Evening),
    ];
    let part = next.word_of(&parts)?;
    *cursor = next;
    Some(part)
}

fn weekday_of_week(cursor: &mut Cursor) -> Option<Draft> {
    if PICKED.contains(&cursor.word_before().as_str()) {
        return None;
    }
    let capital = cursor.is_capital();
    let mut week = week_word(cursor);
    let start = cursor.at;
    let day = cursor.word_of(&ENGLISH)?;
    let short = cursor.at - start == 3;
    if week.is_none() {
        let mut behind = *cursor;
        behind.eat(",");
        behind.blanks();
        behind.eat_word("of");
        behind.blanks();
        if behind.eat_word("this week") {
            week = Some(0);
            *cursor = behind;
        } else if behind.eat_word("next week") {
            week = Some(1);
            *cursor = behind;
        } else if short
            && !capital
            && matches!(day, Weekday::Sat | Weekday::Sun)
            && !time_follows(*cursor)
        {
            // "sat down", "in the sun".
            return None;
        }
    }
    let mut behind = *cursor;
    behind.blanks();
    let named = behind.eat_word("the") && behind.blanks() && behind.digits(2).is_none();
    if named
        || behind.any_word(&["of", "in", "from", "after"])
        || behind.eat("+")
        || numbers_follow(behind)
    {
        return None;
    }
    Some(Draft::At(Moment::on(Day::Weekday(week, day))))
}

/// Eats `next`, `this`, `this coming`, `next week`.
fn week_word(cursor: &mut Cursor) -> Option<i64> {
    let words = [
        ("next week", 1),
        ("this week", 0),
        ("next", 1),
        ("this coming", 0),
        ("this", 0),
        ("last", -1),
    ];
    let week = cursor.word_of(&words)?;
    cursor.eat("'s");
    cursor.blanks();
    Some(week)
}

fn time_follows(mut cursor: Cursor) -> bool {
    cursor.blanks();
    cursor.peek().is_some_and(|c| c.is_ascii_digit())
        || cursor.any_word(&["at", "by", "before", "noon"])
}

/// `Friday 12-30-16` is a date we don't read.
fn numbers_follow(mut cursor: Cursor) -> bool {
    cursor.digits(2).is_some() && cursor.eat("-")
}

/// `Dec 1`, `December 1st, 2026`.
fn month_day(cursor: &mut Cursor) -> Option<Draft> {
    let month = cursor.one_of(&MONTHS)?;
    cursor.eat(".");
    cursor.blanks();
    cursor.eat_word("the");
    cursor.blanks();
    let day = day_number(cursor)?;
    let mut behind = *cursor;
    // `Dec 1:` and `May 5-6` go on.
    if behind.peek().is_some_and(|c| matches!(c, ':' | '-' | '/' | '%')) {
        return None;
    }
    behind.eat(",");
    let year = if behind.blanks() { year(&mut behind) } else { None };
    if year.is_some() {
        *cursor = behind;
    }
    Some(dated(year, month, day))
}

/// `1 December`, `the 14th of August 2027`.
fn day_month(cursor: &mut Cursor) -> Option<Draft> {
    cursor.eat_word("the");
    cursor.blanks();
    let day = cursor.digits(2)?.value;
    cursor.any_word(&["st", "nd", "rd", "th"]);
    cursor.blanks();
    cursor.eat_word("of");
    cursor.blanks();
    let month = cursor.word_of(&MONTHS)?;
    let mut behind = *cursor;
    behind.eat(",");
    let year = if behind.blanks() { year(&mut behind) } else { None };
    if year.is_some() {
        *cursor = behind;
    }
    Some(dated(year, month, day))
}

/// `the 3rd`, as a day of the month; only behind `on` or a weekday, which the caller sees to.
fn ordinal(cursor: &mut Cursor) -> Option<Draft> {
    let by =
        ["on", "by", "before", "until", "friday", "monday", "tuesday", "wednesday", "thursday"];
    let on = by.contains(&cursor.word_before().as_str());
    if !on || !cursor.eat_word("the") {
        return None;
    }
    cursor.blanks();
    let day = cursor.digits(2)?.value;
    let ends = cursor.any_word(&["st", "nd", "rd", "th"]);
    let mut behind = *cursor;
    let last = behind.blanks() && behind.peek().is_some_and(|c| c.is_ascii_alphabetic());
    let time = behind.any_word(&["at", "by", "before"]);
    (ends && (1..=31).contains(&day) && (!last || time))
        .then(|| Draft::At(Moment::on(Day::OfMonth(day))))
}

fn day_number(cursor: &mut Cursor) -> Option<u32> {
    let day = cursor.digits(2)?.value;
    cursor.any_word(&["st", "nd", "rd", "th"]);
    cursor.at_word_end().then_some(day)
}

fn year(cursor: &mut Cursor) -> Option<i32> {
    let year = cursor.digits(4).filter(|year| year.count == 4 && is_year(year.value))?;
    let ends = cursor.at_word_end() && !cursor.peek().is_some_and(|c| matches!(c, ':' | '-' | '/'));
    if ends { i32::try_from(year.value).ok() } else { None }
}
