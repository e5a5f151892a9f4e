//! Reading a recurrence at a cursor. Says nothing about when it falls due.

use chrono::{DateTime, NaiveTime, Weekday};
use chrono_tz::Tz;

use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::clock::{self, Part, Reading};
use crate::text::cron::Cron;
use crate::text::scan::Cursor;
use crate::text::weekday::{self, ENGLISH, WEEK};

/// More times than this a day are no longer read: use cron.
const TIMES_MAX: usize = 12;
/// Characters of a cron expression that are looked at.
const CRON_CHARS_MAX: usize = 120;

const PLURALS: [(&str, Weekday); 7] = [
    ("mondays", Weekday::Mon),
    ("tuesdays", Weekday::Tue),
    ("wednesdays", Weekday::Wed),
    ("thursdays", Weekday::Thu),
    ("fridays", Weekday::Fri),
    ("saturdays", Weekday::Sat),
    ("sundays", Weekday::Sun),
];

/// Eats a recurrence with its times: `每周一、三 9:00`, `9am every Monday`, `cron 0 18 * * 1-5`.
pub fn read_at(cursor: &mut Cursor, zone: Tz) -> Option<Recurrence> {
    if cursor.in_name() || !starts(*cursor) {
        return None;
    }
    let mut next = *cursor;
    let every = if let Some(rule) = cron(&mut next) {
        Recurrence { rule, times: Vec::new(), zone }
    } else if let Some((rule, part)) = days(&mut next) {
        let (rule, times) = at_times(&mut next, rule, part)?;
        Recurrence { rule, times, zone }
    } else {
        let times = list(&mut next, None)?;
        next.blanks();
        next.eat_word("on");
        next.blanks();
        let (rule, _) = days(&mut next).filter(|(_, part)| part.is_none())?;
        let (rule, times) = settle(rule, &times)?;
        Recurrence { rule, times, zone }
    };
    *cursor = next;
    Some(every)
}

/// Whether something that repeats begins here, read or not; then it is eaten as far as it is one
/// (`每月1号`).
pub fn opening(cursor: &mut Cursor) -> bool {
    let mut next = *cursor;
    if next.eat("每") {
        let start = next.at;
        while let Some(c) = next.peek() {
            let gap = c == ' ' && next.peek_after(1).is_some_and(|c| REPEATING.contains(c));
            if !gap && !REPEATING.contains(c) {
                break;
            }
            next.step();
        }
        let person = next.at == start + 1 && next.before() == Some('个');
        if next.at == start || person {
            return false;
        }
    } else if starts(next) && next.any_word(&["every", "each"]) {
        let start = next.at;
        while repeating_word(&mut next) {}
        if next.at == start {
            return false;
        }
    } else {
        return false;
    }
    *cursor = next;
    true
}

/// Characters that go on with what 每 began.
const REPEATING: &str = "0123456789:一二三四五六七八九十两半几个隔的第最后天日号周星期礼拜月年季度小时分钟秒点上下午早晚中凌晨工作末初底、和与及到至";

fn repeating_word(cursor: &mut Cursor) -> bool {
    const WORDS: [&str; 34] = [
        "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours",
        "minute", "minutes", "morning", "evening", "night", "weekday", "weekdays", "weekend",
        "other", "second", "first", "last", "third", "fourth", "on", "the", "of", "at", "and",
        "quarter", "am", "pm", "in", "noon",
    ];
    let mut next = *cursor;
    next.eat(",");
    if !next.blanks() {
        return false;
    }
    let word = next.any_word(&WORDS)
        || next.word_of(&ENGLISH).is_some()
        || clock::read(&mut next, false).is_some()
        || next
            .digits(2)
            .is_some_and(|_| next.any(&["st", "nd", "rd", "th", ""]) && next.at_word_end());
    if word {
        *cursor = next;
    }
    word
}

/// A Latin word or a number may begin here.
fn starts(cursor: Cursor) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '/' | '-' | '_');
    !cursor.peek().is_some_and(|c| c.is_ascii_alphanumeric())
        || !cursor.before().is_some_and(inside)
}

fn cron(cursor: &mut Cursor) -> Option<Rule> {
    let mut next = *cursor;
    if !next.eat_word("cron") {
        return None;
    }
    next.eat(":");
    next.blanks();
    let mut expression = String::new();
    let mut fields = 0;
    for _ in 0..CRON_CHARS_MAX {
        match next.peek() {
            Some(c) if c.is_ascii_alphanumeric() || matches!(c, '*' | ',' | '/' | '-') => {
                expression.push(c)
            }
            Some(' ' | '\t') | None if !expression.ends_with(' ') => {
                fields += 1;
                if fields == 5 {
                    break;
                }
                expression.push(' ');
            }
            Some(_) | None => break,
        }
        next.step();
    }
    let cron = Cron::read(&expression)?;
    // 30 February never comes, from whenever it is reckoned.
    cron.next(DateTime::UNIX_EPOCH.naive_utc())?;
    *cursor = next;
    Some(Rule::Cron(expression))
}

/// The days, and the part of the day that 每晚 says with them.
fn days(cursor: &mut Cursor) -> Option<(Rule, Option<Part>)> {
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
    if cursor.any(&["每早", "每天早上"]) {
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
        if !comma && !(gap && and) {
            break;
        }
        let Some(day) = next.word_of(&ENGLISH).or_else(|| next.word_of(&PLURALS)) else { break };
        days.push(day);
        *cursor = next;
    }
    in_order(days)
}

fn in_order(mut days: Vec<Weekday>) -> Vec<Weekday> {
    days.sort_by_key(|day| day.num_days_from_monday());
    days.dedup();
    days
}

fn at_times(cursor: &mut Cursor, rule: Rule, part: Option<Part>) -> Option<(Rule, Vec<NaiveTime>)> {
    cursor.eat("的");
    cursor.eat(",");
    cursor.blanks();
    let times = list(cursor, part)?;
    settle(rule, &times)
}

/// `9:00和18:00`, `at 9am and 6pm`, `上午10点，下午2点，4点`; not `9点到11点`.
fn list(cursor: &mut Cursor, part: Option<Part>) -> Option<Vec<Reading>> {
    let mut next = *cursor;
    let at = next.any_word(&["at", "@"]);
    next.blanks();
    let mut times = Vec::new();
    while times.len() < TIMES_MAX {
        let mut more = next;
        if !times.is_empty() {
            more.blanks();
            if !(more.any(&["和", "、", "及", "与", ","])
                || more.any_word(&["and", "&"])
                || more.eat("&"))
            {
                break;
            }
            more.blanks();
            more.eat_word("at");
            more.blanks();
        }
        let clock = clock::read(&mut more, false)
            .or_else(|| if at { clock::bare_hour(&mut more) } else { None });
        let Some(mut clock) = clock else { break };
        clock.part = clock.part.or(part);
        times.push(clock.reading()?);
        next = more;
    }
    let mut behind = next;
    behind.blanks();
    let range = behind.any(&["到", "至", "-", "~", "–", "—"]) || behind.any_word(&["to", "until"]);
    behind.blanks();
    if times.is_empty() || (range && clock::read(&mut behind, false).is_some()) {
        return None;
    }
    *cursor = next;
    Some(times)
}

/// Midnight at the end of a day belongs to the next one.
fn settle(rule: Rule, readings: &[Reading]) -> Option<(Rule, Vec<NaiveTime>)> {
    let mut times = Vec::new();
    let mut moved = 0;
    for reading in readings {
        let wall = match reading {
            Reading::One(wall) | Reading::Else(wall, _) => wall,
            Reading::Either(_, _) => return None,
        };
        moved += usize::from(wall.days > 0);
        times.push(wall.time);
    }
    let rule = match rule {
        Rule::Weekly(days) if moved == readings.len() => {
            Rule::Weekly(in_order(days.iter().map(|day| day.succ()).collect()))
        }
        Rule::Weekly(_) | Rule::Workdays if moved > 0 => return None,
        Rule::Daily | Rule::Weekly(_) | Rule::Workdays | Rule::Cron(_) => rule,
    };
    times.sort_unstable();
    times.dedup();
    Some((rule, times))
}
