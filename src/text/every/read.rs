//! Reading a recurrence at a cursor. Says nothing about when it falls due.

use chrono::{DateTime, NaiveTime};
use chrono_tz::Tz;

use super::days::{self, in_order};
use super::opening::starts;
use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::clock::{self, Part, Reading};
use crate::text::cron::Cron;
use crate::text::scan::Cursor;

/// More times than this a day are no longer read: use cron.
const TIMES_MAX: usize = 12;
/// Characters of a cron expression that are looked at.
const CRON_CHARS_MAX: usize = 120;

/// Eats a recurrence with its times: `每周一、三 9:00`, `9am every Monday`, `cron 0 18 * * 1-5`.
pub fn read_at(cursor: &mut Cursor, zone: Tz) -> Option<Recurrence> {
    if cursor.in_name() || !starts(*cursor) {
        return None;
    }
    let mut next = *cursor;
    let every = if let Some(rule) = cron(&mut next) {
        Recurrence { rule, times: Vec::new(), zone }
    } else if let Some((rule, part)) = days::read(&mut next) {
        let (rule, times) = at_times(&mut next, rule, part)?;
        Recurrence { rule, times, zone }
    } else {
        let times = list(&mut next, None)?;
        next.blanks();
        next.eat_word("on");
        next.blanks();
        let (rule, _) = days::read(&mut next).filter(|(_, part)| part.is_none())?;
        let (rule, times) = settle(rule, &times)?;
        Recurrence { rule, times, zone }
    };
    *cursor = next;
    Some(every)
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
    // A sixth field would be read as something else: seconds first.
    let mut sixth = next;
    if sixth.blanks() {
        let start = sixth.at;
        while sixth.peek().is_some_and(|c| c.is_ascii_digit() || "*,/-".contains(c)) {
            sixth.step();
        }
        if sixth.at > start && sixth.peek().is_none_or(|c| c == ' ') {
            return None;
        }
    }
    let cron = Cron::read(&expression)?;
    // 30 February never comes, from whenever it is reckoned.
    cron.next(DateTime::UNIX_EPOCH.naive_utc())?;
    *cursor = next;
    Some(Rule::Cron(expression))
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
