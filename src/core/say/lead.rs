//! Sentences about what is told before its time.

use super::Voice;
use super::voice::excerpt;
use crate::core::refusal::OfLead;
use crate::model::lead::Lead;
use crate::model::{Lang, Timestamp};
use crate::text::lead;

/// `11月24日(周二)15:00，提前1小时，14:00 提醒`: a time and when it is told. On the same day the hour says it.
pub fn told(voice: &Voice, time: &str, lead: Lead, (due, at): (Timestamp, Timestamp)) -> String {
    let zone = voice.reference.zone;
    let (before, wall) = (lead::print(lead, voice.lang), at.local(zone));
    let hour = match voice.lang {
        Lang::Zh => wall.format("%-H:%M").to_string(),
        Lang::En => format!("at {}", wall.format("%-H:%M")),
    };
    let told = if due.day(zone) == wall.date() { hour } else { voice.at(at) };
    match lead.also {
        false => voice.pick(
            format!("{time}，提前{before}，{told} 提醒"),
            format!("{time}; reminding {before} before, {told}"),
        ),
        true => voice.pick(
            format!("{time}，另外提前{before}，{told} 也提醒"),
            format!("{time}, and also {before} before, {told}"),
        ),
    }
}

/// The same of what repeats.
pub fn repeats(voice: &Voice, every: &str, lead: Lead) -> String {
    let before = lead::print(lead, voice.lang);
    match lead.also {
        false => voice.pick(
            format!("{every}，提前{before}提醒"),
            format!("{every}; reminding {before} before"),
        ),
        true => voice.pick(
            format!("{every}，另外提前{before}也提醒"),
            format!("{every}, and also {before} before"),
        ),
    }
}

/// It cannot be told so long before its time.
pub fn refused(voice: &Voice, refusal: &OfLead) -> String {
    match refusal {
        OfLead::Over { lead, at, line } => over(voice, *lead, *at, line),
        OfLead::Unread { line } => unread(voice, line),
        OfLead::Several { line, leads } => several(voice, line, leads),
    }
}

/// It would have to be told at a time that is over.
fn over(voice: &Voice, lead: Lead, at: Timestamp, line: &str) -> String {
    let (before, at, line) = (lead::print(lead, voice.lang), voice.at(at), excerpt(line));
    voice.pick(
        format!("提前{before}是 {at}，已经过了。不提前就说：{line}"),
        format!("{before} before is {at}, which has passed. Without it: {line}"),
    )
}

/// It was not said how long before.
fn unread(voice: &Voice, line: &str) -> String {
    let line = excerpt(line);
    voice.pick(
        format!("提前多久？例如：{line} 提前10分钟提醒"),
        format!("How long before? Try: {line}, remind 10 minutes before"),
    )
}

/// Each of several leads in a line of its own.
fn several(voice: &Voice, line: &str, leads: &[Lead]) -> String {
    let line = excerpt(line);
    let each = leads.iter().map(|lead| {
        let before = lead::print(*lead, voice.lang);
        voice.pick(format!("{line} 提前{before}提醒"), format!("{line}, remind {before} before"))
    });
    let lines: Vec<String> = each.collect();
    voice.pick(
        format!("提前提醒只能设一个。可以选一个，也可以分成几条：\n{}", lines.join("\n")),
        format!(
            "I can remind you ahead of time only once. Pick one, or send each:\n{}",
            lines.join("\n")
        ),
    )
}
