//! Reading the days of a recurrence at a cursor: `每周一、三`, `every weekday`. Reads no clock times.

use chrono::Weekday;

use crate::model::recurrence::Rule;
use crate::text::clock::{self, Part};
use crate::text::scan::Cursor;
use crate::text::weekday::{self, ENGLISH, WEEK};

const PLURALS: [(&str, Weekday); 7] = [
    ("mondays", Weekday::Mon),
    ("tuesdays", Weekday::Tue),
    ("wednesdays", Weekday::Wed),
    ("thursdays", Weekday::Thu),
    ("fridays", Weekday::Fri),
    ("saturdays", Weekday::Sat),
    ("sundays", Weekday::Sun),
];

/// The days, and the part of the day that 每晚 says with them.
pub fn read(cursor: &mut Cursor) -> Option<(Rule, Option<Part>)> {
    let mut next = *cursor;
    let found = chinese_days(&mut next).or_else(|| {
        next = *cursor;
        english_days(&mut next).map(|rule| (rule, None))
    })?;
    *cursor = next;
    Some(found)
}

fn chinese_days(cursor: &mut Cursor) -> Option<(Rule, Option<Part>)> {
    // 5个工作日后 and 下一工作日 count days, they don't repeat.
    let counted =
        cursor.before().is_some_and(|c| matches!(c, '个' | '一' | '第') || c.is_numeric());
    if cursor.any(&["每个工作日", "每工作日"]) || (!counted && cursor.eat("工作日")) {
        cursor.eat("每天");
        return Some((Rule::Workdays, None));
    }
    if cursor.any(&["每天", "每日", "天天"]) {
        return Some((Rule::Daily, None));
    }
    if cursor.eat("每晚") {
        cursor.eat("上");
        return Some((Rule::Daily, Some(Part::Evening)));
    }
    if cursor.eat("每早") {
        cursor.eat("上");
        return Some((Rule::Daily, Some(Part::Morning)));
    }
    let every = cursor.any(&["每个", "每"]);
    if !weekday::week_word(cursor) {
        return None;
    }
    if every && cursor.eat("末") {
        return Some((Rule::Weekly(vec![Weekday::Sat, Weekday::Sun]), None));
    }
    let days = chinese_list(cursor, every)?;
    cursor.eat("每天");
    cursor.eat("的");
    Some((Rule::Weekly(days), None))
}

/// `一三五`, `一、三、五`, `一到五`; without 每 only a stretch of days repeats (周一到周五).
fn chinese_list(cursor: &mut Cursor, every: bool) -> Option<Vec<Weekday>> {
    let mut days = vec![weekday::chinese(cursor)?];
    let mut next = *cursor;
    if next.any(&["到", "至", "-", "~"]) {
        weekday::week_word(&mut next);
        if let Some(last) = weekday::chinese(&mut next) {
            *cursor = next;
            let from = days[0].num_days_from_monday() as usize;
            let to = last.num_days_from_monday() as usize;
            return (from < to).then(|| WEEK[from..=to].to_vec());
        }
    }
    if !every {
        return None;
    }
    while days.len() < WEEK.len() {
        let mut next = *cursor;
        next.any(&["、", "和", "及", "与", ",", "/"]);
        next.eat("每");
        weekday::week_word(&mut next);
        // 每周一三点: the 三 is of the clock.
        if clock::read(&mut next.clone(), false).is_some() {
            break;
        }
        let Some(day) = weekday::chinese(&mut next) else { break };
        days.push(day);
        *cursor = next;
    }
    Some(in_order(days))
}

fn english_days(cursor: &mut Cursor) -> Option<Rule> {
    cursor.eat_word("on");
    cursor.blanks();
    if cursor.any_word(&["daily", "everyday"]) {
        return Some(Rule::Daily);
    }
    if cursor.any_word(&["weekdays", "workdays"]) {
        return Some(Rule::Workdays);
    }
    if let Some(day) = cursor.word_of(&PLURALS) {
        return Some(Rule::Weekly(english_list(cursor, day)));
    }
    let weekly = cursor.eat_word("weekly");
    if !weekly && !cursor.any_word(&["every", "each"]) {
        return None;
    }
    cursor.blanks();
    if weekly {
        cursor.any_word(&["on", "every"]);
        cursor.blanks();
    } else if cursor.any_word(&["day"]) {
        return Some(Rule::Daily);
    } else if cursor.any_word(&["weekday", "workday", "working day", "business day"]) {
        return Some(Rule::Workdays);
    } else if cursor.eat_word("weekend") {
        return Some(Rule::Weekly(vec![Weekday::Sat, Weekday::Sun]));
    }
    let day = cursor.word_of(&ENGLISH).or_else(|| cursor.word_of(&PLURALS))?;
    Some(Rule::Weekly(english_list(cursor, day)))
}

/// `, Wed and Fri` behind the first day.
fn english_list(cursor: &mut Cursor, first: Weekday) -> Vec<Weekday> {
    let mut days = vec![first];
    while days.len() < WEEK.len() {
        let mut next = *cursor;
        let comma = next.eat(",");
        let gap = next.blanks();
        let and = next.any_word(&["and", "&"]) || next.eat("&");
        next.blanks();
        if !(comma || gap && and) {
            break;
        }
        let Some(day) = next.word_of(&ENGLISH).or_else(|| next.word_of(&PLURALS)) else { break };
        days.push(day);
        *cursor = next;
    }
    in_order(days)
}

/// Monday first, none twice.
pub fn in_order(mut days: Vec<Weekday>) -> Vec<Weekday> {
    days.sort_by_key(|day| day.num_days_from_monday());
    days.dedup();
    days
}
