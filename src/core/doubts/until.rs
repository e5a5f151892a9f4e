//! What comes within the day until an hour, of which no day is said: `每半小时提醒我喝水直到下午6点`. Today, or
//! every day?

use super::typed::{REMIND, reminder};
use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::text::every;

/// Leads to the last hour.
const UNTIL: [&str; 5] = ["直到", "为止", "一直到", "until", "till"];

/// Says that it is for every day; work ends each day.
const DAILY: [&str; 18] = [
    "下班",
    "end of",
    "eod",
    "close of",
    "每天",
    "每日",
    "天天",
    "工作日",
    "周",
    "星期",
    "礼拜",
    "every day",
    "each day",
    "daily",
    "weekday",
    "from",
    "从",
    "between",
];

/// Asked where only the last hour was said.
pub fn until(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    let every = invocation.args.every.as_ref().filter(|_| invocation.word == REMIND)?;
    let plain = every.from.is_none() && every.until.is_none() && every.count.is_none();
    if every.window.is_none() || every.rule.seconds().is_none() || !plain {
        return None;
    }
    let lower = invocation.line.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if !says(&UNTIL) || says(&DAILY) {
        return None;
    }
    let content = &invocation.args.content;
    let daily = reminder(invocation, every, content);
    let often = every::print(every, invocation.lang);
    let today = turn.voice().pick("今天", "today");
    let once = daily.replacen(&often, &format!("{today} {often}"), 1);
    let lines = [once, daily];
    let said = UNTIL.iter().find_map(|until| invocation.line.get(lower.find(until)?..));
    let said = said.unwrap_or(&invocation.line).trim().to_owned();
    Some(Refusal::Which { part: said, lines: lines.to_vec() })
}
