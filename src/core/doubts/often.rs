//! How often within a day, a week or a month, without the hours or days: `每天三次`, `twice a day`.

use chrono::{NaiveTime, Timelike, Weekday};

use super::typed::{count, reminder, without};
use crate::command::Invocation;
use crate::core::read;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::model::Recurrence;
use crate::model::recurrence::{MonthDay, Rule};
use crate::text::every;
use crate::text::when::When;

/// Within what it is done so often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Day,
    Week,
    Month,
}

/// The same in Chinese. Longer spellings first.
const WITHIN: [(&str, Within); 13] = [
    ("每个星期", Within::Week),
    ("每个礼拜", Within::Week),
    ("每星期", Within::Week),
    ("每礼拜", Within::Week),
    ("每个月", Within::Month),
    ("一个月", Within::Month),
    ("每天", Within::Day),
    ("每日", Within::Day),
    ("一天", Within::Day),
    ("一日", Within::Day),
    ("每周", Within::Week),
    ("一周", Within::Week),
    ("每月", Within::Month),
];

/// In English, behind how often.
const WITHIN_EN: [(&str, Within); 12] = [
    ("a day", Within::Day),
    ("per day", Within::Day),
    ("each day", Within::Day),
    ("every day", Within::Day),
    ("daily", Within::Day),
    ("a week", Within::Week),
    ("per week", Within::Week),
    ("each week", Within::Week),
    ("every week", Within::Week),
    ("weekly", Within::Week),
    ("a month", Within::Month),
    ("monthly", Within::Month),
];

/// Between the stretch and how often. Longer spellings first.
const BETWEEN: [&str; 5] = ["提醒大家", "提醒我", "提醒", "各", "要"];

/// What is counted.
const TIMES: [char; 4] = ['次', '回', '遍', '顿'];

/// Parts of a day, each of which is one time. Longer spellings first.
const PARTS: [(&str, u32); 4] = [("早中晚各", 3), ("早中晚", 3), ("早晚各", 2), ("早晚", 2)];

/// Thirds of a month, with a day in each.
const THIRDS: [(&str, i32); 6] = [
    ("月上旬", 5),
    ("月中旬", 15),
    ("月下旬", 25),
    ("月初几天", 1),
    ("月中左右", 15),
    ("月底左右", 28),
];

/// `每月中旬`: which day is asked, with one of them.
pub fn third(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let line = invocation.line.as_str();
    if !line.contains('月') {
        return None;
    }
    let (at, word, day) =
        THIRDS.iter().find_map(|(word, day)| Some((line.find(word)?, *word, *day)))?;
    let head = &line[..at];
    let start = ["每个", "每"].iter().find_map(|every| Some(head.strip_suffix(every)?.len()))?;
    let said = &line[start..at + word.len()];
    let daily = every::whole("每天9:00", turn.reference())?;
    let times = hour(turn, invocation).map_or(daily.times.clone(), |hour| vec![hour]);
    let every = Recurrence { rule: Rule::Monthly(vec![MonthDay::Day(day)]), times, ..daily };
    let content = without(&invocation.args.content, said);
    let lines = vec![reminder(invocation, &every, &content)];
    (!content.is_empty()).then(|| Refusal::Which { part: said.to_owned(), lines })
}

/// Asked with the hours that are usual.
pub fn often(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let line = invocation.line.as_str();
    let (said, within, times) = chinese(line).or_else(|| english(line))?;
    let args = &invocation.args;
    if times == 1 && args.every.as_ref().is_none_or(|every| every.count != Some(1)) {
        return None;
    }
    let daily = every::whole("每天9:00", turn.reference())?;
    let every = match &args.every {
        // Each hour was said: 8点、12点和18点，每天三次.
        Some(every) if every.times.len() == times as usize && within == Within::Day => {
            Some(Recurrence { count: None, since: None, ..every.clone() })
        }
        _ => spread(daily, within, times, hour(turn, invocation)),
    };
    if let Some(line) = with_hours(turn, line, &said, times) {
        return Some(Refusal::Which { part: said, lines: vec![line] });
    }
    let mut content = args.content.clone();
    for part in [said.as_str(), strip(&said)] {
        content = without(&content, part);
    }
    let lines = every.filter(|_| !content.is_empty() && args.lead.is_none());
    let lines = lines.map(|every| reminder(invocation, &every, &content));
    Some(match lines {
        Some(line) => Refusal::Which { part: said, lines: vec![line] },
        None => Refusal::NotUnderstood { word: super::typed::REMIND.into(), part: said },
    })
}

/// `一日三次，8点、13点、19点`: the line with as many hours as were counted in place of the count.
fn with_hours(turn: &mut Turn, line: &str, said: &str, times: u32) -> Option<String> {
    let (head, tail) = line.split_once(said)?;
    let tail = tail.trim_start_matches(|c: char| c.is_whitespace() || "，,：:".contains(c));
    let line = match said.is_ascii() {
        true => format!("{head}every day {tail}"),
        false => format!("{head}每天{tail}"),
    };
    let read = read::read(turn, &line).ok()?;
    let hours = read.args.every?.times.len();
    (hours == times as usize && !read.args.content.is_empty()).then_some(line)
}

/// Without the stretch, as it may be left in the content: 三次.
fn strip(said: &str) -> &str {
    let rest = WITHIN.iter().find_map(|(word, _)| said.strip_prefix(word)).unwrap_or(said);
    BETWEEN.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest)
}

/// The hour that was said, if one was.
fn hour(turn: &Turn, invocation: &Invocation) -> Option<NaiveTime> {
    match (&invocation.args.when, &invocation.args.every) {
        (Some(When::Instant(at)), _) => Some(at.local(turn.zone()).time()),
        (_, Some(every)) if every.count.is_none() => every.times.first().copied(),
        (_, _) => None,
    }
}

/// As often as that, at usual hours.
fn spread(
    daily: Recurrence,
    within: Within,
    times: u32,
    hour: Option<NaiveTime>,
) -> Option<Recurrence> {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    let first = hour.or(at(9))?;
    let weekly = |days: &[Weekday]| Some(Rule::Weekly(days.to_vec()));
    let (rule, times) = match (within, times) {
        (Within::Day, 1) => (Some(Rule::Daily), vec![Some(first)]),
        (Within::Day, 2) if first.hour() < 12 => (Some(Rule::Daily), vec![Some(first), at(21)]),
        (Within::Day, 3) => (Some(Rule::Daily), vec![at(8), at(12), at(18)]),
        (Within::Day, 4) => (Some(Rule::Daily), vec![at(8), at(12), at(16), at(20)]),
        (Within::Week, 1) => (weekly(&[Weekday::Mon]), vec![Some(first)]),
        (Within::Week, 2) => (weekly(&[Weekday::Tue, Weekday::Thu]), vec![Some(first)]),
        (Within::Week, 3) => {
            (weekly(&[Weekday::Mon, Weekday::Wed, Weekday::Fri]), vec![Some(first)])
        }
        (Within::Month, 1) => (Some(Rule::Monthly(vec![MonthDay::Day(1)])), vec![Some(first)]),
        (Within::Month, 2) => {
            (Some(Rule::Monthly(vec![MonthDay::Day(1), MonthDay::Day(15)])), vec![Some(first)])
        }
        (Within::Day | Within::Week | Within::Month, _) => (None, Vec::new()),
    };
    let times: Option<Vec<NaiveTime>> = times.into_iter().collect();
    Some(Recurrence { rule: rule?, times: times?, ..daily })
}

/// `每天三次`, `一天提醒我两次`, `每天早晚各一次`.
fn chinese(line: &str) -> Option<(String, Within, u32)> {
    if !line.contains(TIMES) && !line.contains("早晚") && !line.contains("早中晚") {
        return None;
    }
    WITHIN.iter().find_map(|(word, within)| {
        let at = line.find(word)?;
        let mut rest = &line[at + word.len()..];
        if let Some((parts, times)) = PARTS.iter().find(|(parts, _)| rest.starts_with(parts)) {
            rest = &rest[parts.len()..];
            let once = rest.strip_prefix("一").and_then(|rest| rest.strip_prefix(TIMES));
            let rest = once.unwrap_or(rest);
            return Some((line[at..line.len() - rest.len()].to_owned(), *within, *times));
        }
        for word in BETWEEN {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        let (times, rest) = count(rest)?;
        let rest = rest.strip_prefix(TIMES)?;
        let plain = !rest.starts_with(['的', '会', '性', '日']);
        plain.then(|| (line[at..line.len() - rest.len()].to_owned(), *within, times))
    })
}

/// `3 times a day`, `twice daily`.
fn english(line: &str) -> Option<(String, Within, u32)> {
    if !line.contains("times") && !line.contains("twice") && !line.contains("Twice") {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    WITHIN_EN.iter().find_map(|(word, within)| {
        let end = lower.find(&format!(" {word}"))? + 1 + word.len();
        let head = lower[..end - word.len()].trim_end();
        if lower[end..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let (from, times) = match head.strip_suffix("twice") {
            Some(head) => (head.len(), 2),
            None => {
                let head = head.strip_suffix("times")?.trim_end();
                let from = head.rfind(' ').map_or(0, |at| at + 1);
                let (times, rest) = count(&head[from..])?;
                (from, Some(times).filter(|_| rest.is_empty())?)
            }
        };
        Some((line[from..end].to_owned(), *within, times))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_is_told_from_what_is_counted() {
        for (line, said, times) in [
            ("提醒我每天三次吃药", "每天三次", 3),
            ("提醒我 吃药 一日2次", "一日2次", 2),
            ("每天提醒我两次喝水", "每天提醒我两次", 2),
            ("提醒我每天早晚各一次吃药", "每天早晚各一次", 2),
            ("remind me three times a week to run", "three times a week", 3),
            ("remind me twice daily to stretch", "twice daily", 2),
        ] {
            let found = chinese(line).or_else(|| english(line)).map(|(said, _, n)| (said, n));
            assert_eq!(found, Some((said.to_owned(), times)), "{line}");
        }
        for line in
            ["每天9点 第三次会议", "每周三次日开会", "remind me of all times", "每天下午3点"]
        {
            assert!(chinese(line).or_else(|| english(line)).is_none(), "{line}");
        }
    }
}
