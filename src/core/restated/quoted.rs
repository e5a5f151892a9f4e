//! What is said to a quoted message: about the record its card names (`10分钟后再提醒我`, `标签改成 报价`),
//! or about the kept message that it is (`取消归档`).

use super::again::{again, is_time, of_record};
use super::line::{Restated, reads, says_better};
use super::messages;
use super::words::Act;
use crate::command::{Invocation, ParseError, Shape};
use crate::core::quoted::{self, handle_quoted};
use crate::core::turn::Turn;
use crate::core::wish;
use crate::model::event::Incoming;
use crate::model::task::Task;

/// What is quoted, by a pronoun. Longer spellings first.
const THIS: &[&str] = &[
    "把这条消息",
    "把这件事",
    "把这个",
    "把这条",
    "把它",
    "将这条",
    "这条消息",
    "这件事",
    "这条",
    "这个",
    "make this into",
    "make this",
    "turn this into",
    "turn it into",
    "add this as",
    "save this as",
];

/// Between that and what becomes of it. Longer spellings first.
const BECOMES: &[&str] = &[
    "建一个",
    "建个",
    "加一个",
    "加个",
    "设一个",
    "设个",
    "记成",
    "记为",
    "建成",
    "转成",
    "转为",
    "变成",
    "做成",
    "设成",
    "设为",
    "加成",
    "当成",
    "当作",
    "作为",
    "an ",
    "a ",
];

/// The line that is meant.
pub fn meant(
    turn: &mut Turn,
    message: &Incoming,
    text: &str,
    whole: &Result<Invocation, ParseError>,
) -> Option<Restated> {
    let record = quoted::of_card(turn, message);
    let line = again(turn, record.as_deref(), text, whole);
    let line = line.or_else(|| of_record(turn, record.as_deref()?, text, whole));
    if let Some(line) = line {
        return reads(turn, &line).then_some(Restated::Same(line));
    }
    let open = match whole {
        Ok(read) => ["tag", "message", "archive"].contains(&read.word.as_str()),
        Err(error) => !matches!(error, ParseError::TooLong { .. }),
    };
    if !open {
        return about_its_message(turn, message, record.as_deref(), whole);
    }
    if let Some(line) = made(text).filter(|line| reads(turn, line)) {
        return Some(Restated::Same(line));
    }
    match record {
        Some(record) => of_a_card(turn, message, &record, text, whole),
        None => of_a_message(turn, message, text, whole),
    }
}

/// `把这个记成任务 周五前`, `turn this into a task`: the word that makes it, of what is quoted.
fn made(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let rest = THIS.iter().find_map(|this| lower.strip_prefix(this))?.trim_start();
    let rest = BECOMES.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let noun = ["任务", "待办", "提醒", "task", "todo", "reminder"];
    let noun = noun.iter().find(|noun| rest.starts_with(**noun))?;
    let behind = text.get(text.len().checked_sub(rest.len() - noun.len())?..)?;
    let behind = behind.trim_start_matches([' ', ',', '，', ':', '：']).trim_end_matches('吧');
    let behind = behind.strip_prefix("for ").unwrap_or(behind);
    let word = match *noun {
        "todo" => "task",
        "reminder" => "remind me",
        "待办" => "任务",
        "提醒" => "提醒我",
        other => other,
    };
    Some(format!("{word} {behind}").trim().to_owned())
}

/// What is done to the record that a card names.
fn of_a_card(
    turn: &mut Turn,
    message: &Incoming,
    record: &str,
    text: &str,
    whole: &Result<Invocation, ParseError>,
) -> Option<Restated> {
    if let Some(restated) = about_its_message(turn, message, Some(record), whole) {
        return Some(restated);
    }
    let (act, word, said) = messages::done(text.trim())?;
    if let Some(line) = messages::of(record, text).filter(|_| record.starts_with('M')) {
        return reads(turn, &line).then_some(Restated::Same(line));
    }
    if !record.starts_with(['T', 'R']) {
        return None;
    }
    let latin = word.is_ascii();
    let tags: Vec<String> = said
        .split(|c: char| c.is_whitespace() || "，,、".contains(c))
        .map(|tag| tag.trim_matches(['#', '＃', '/']))
        .filter(|tag| !tag.is_empty() && !["as", "with", "为", "成"].contains(tag))
        .map(|tag| format!("#{tag}"))
        .collect();
    let (add, drop) = if latin { ("add", "drop") } else { ("加", "减") };
    let on = format!("{record} {add} {}", tags.join(" "));
    let line = match act {
        Act::Tag | Act::Retag if tags.is_empty() => return None,
        Act::Tag => on,
        Act::Retag => match had(turn, record).as_slice() {
            [] => on,
            old => {
                let mark = if latin { "; " } else { "；" };
                format!("{record} {drop} {}{mark}{on}", old.join(" "))
            }
        },
        Act::Untag | Act::File | Act::Unfile | Act::Hold | Act::Release => return None,
    };
    reads(turn, &line).then_some(Restated::Same(line))
}

/// The tags of a task.
fn had(turn: &mut Turn, record: &str) -> Vec<String> {
    let number = record.strip_prefix('T').and_then(|number| number.parse().ok());
    let task = number.and_then(|number| turn.get::<Task>(number));
    task.into_iter().flat_map(|task| task.tags).map(|tag| format!("#{tag}")).collect()
}

/// `归档 到 退费库`, `标 退费` to a card that names messages: those are meant, and not the card.
fn about_its_message(
    turn: &mut Turn,
    message: &Incoming,
    record: Option<&str>,
    whole: &Result<Invocation, ParseError>,
) -> Option<Restated> {
    record?;
    let read = whole.as_ref().ok().filter(|read| {
        let of_messages = ["tag", "archive", "keep"].contains(&read.word.as_str());
        of_messages && read.shape != Shape::List && read.args.handles.is_empty()
    })?;
    let text = message.quoted.as_ref()?.text.as_deref()?;
    let mut named: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| {
            let digits = word.strip_prefix('M');
            digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
        })
        .collect();
    named.dedup();
    let head = &read.line[..read.line.len() - read.behind().len()];
    let line = format!("{} {} {}", head.trim(), named.join(" "), read.behind().trim());
    let line = line.trim().to_owned();
    if named.is_empty() || !reads(turn, &line) {
        return None;
    }
    Some(match named.len() {
        1 => Restated::Same(line),
        _ => Restated::Perhaps(vec![line]),
    })
}

/// What is done to a message that was kept; of what is done to tasks it is asked which.
fn of_a_message(
    turn: &mut Turn,
    message: &Incoming,
    text: &str,
    whole: &Result<Invocation, ParseError>,
) -> Option<Restated> {
    let this = THIS.iter().find_map(|this| text.trim().strip_prefix(this));
    let text = this.unwrap_or(text).trim_start_matches(['给', '都', ' ']);
    if let Some((act, _, said)) = messages::done(text.trim()) {
        let number = quoted::kept(turn, message);
        let plain = matches!(act, Act::Tag | Act::Retag | Act::File);
        let joins = JOINS.iter().any(|join| said.starts_with(join));
        if plain && whole.is_ok() && !joins || act == Act::Tag && said.is_empty() {
            return None;
        }
        let line = match number {
            Some(number) => messages::of(&format!("M{number}"), text)?,
            // One that was not kept is, by the command.
            None => messages::of("", text).filter(|_| plain || act == Act::Hold)?,
        };
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        // `move to next Tuesday` names no cabinet.
        if !dated(turn, &said) {
            let better = says_better(turn, &line, whole);
            return better.then_some(Restated::Same(line));
        }
    }
    // `改到下周二`, `转给韩梅梅`: of which task?
    let error = whole.as_ref().err()?;
    let talk = matches!(error, ParseError::Talk | ParseError::Unknown { .. });
    let (verb, lang) = talk.then(|| wish::verb_of_a_task(turn, text)).flatten()?;
    let names = handle_quoted(turn, message, None).is_some();
    (!names).then_some(Restated::Alone(ParseError::VerbAlone { verb, lang }))
}

/// Between what is done and the tag or cabinet: no part of its name.
const JOINS: &[&str] = &["this", "it ", "as ", "with ", "under ", "in ", "into ", "这条", "这个"];

/// Whether a day is said, and no cabinet.
fn dated(turn: &Turn, said: &str) -> bool {
    let said = said.strip_prefix("to ").unwrap_or(said);
    is_time(turn, said.trim_start_matches('到').trim())
}
