//! The same for all of somebody's tasks: `把王芳的任务都转给韩梅梅`. They are counted and shown first, and
//! the line that does it names each, so that nothing is done to others.

use super::plain::{Bulk, Wish, is_question};
use crate::command::{HANDLES_MAX, Shape};
use crate::core::numbers::TASKS_MAX;
use crate::core::people;
use crate::core::read;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::{Task, TaskState};
use crate::store::Order;
use crate::text::fold::fold;

/// Before the owner. Longer spellings first.
const BEFORE: [&str; 9] = [
    "把",
    "将",
    "reassign all of",
    "hand all of",
    "move all of",
    "give all of",
    "reassign",
    "move",
    "mark all of",
];

/// Says that all are meant. Longer spellings first.
const ALL: [&str; 10] =
    ["所有的", "所有", "全部的", "全部", "没做完的", "未完成的", "手上的", "名下的", "all", "open"];

/// What they are.
const TASKS: [&str; 4] = ["任务", "待办", "tasks", "todos"];

/// Behind them. Longer spellings first.
const EACH: [&str; 8] = ["全都", "全部", "都", "全", "统统", "一起", "over", "all"];

/// What may be done to all at once; the others are named one by one.
const VERBS: [&str; 6] = ["give", "done", "snooze", "add", "drop", "remove"];

/// All of somebody's, and what is to be done.
pub fn bulk(turn: &mut Turn, text: &str) -> Option<Wish> {
    if is_question(text) {
        return None;
    }
    let names = people::names(turn);
    let folded = fold(text).text;
    let latin = !folded
        .chars()
        .any(|c| ('\u{3400}'..='\u{9fff}').contains(&c) && !names.iter().any(|n| n.contains(c)));
    let mut rest = BEFORE.iter().find_map(|word| folded.strip_prefix(word))?.trim_start();
    rest = rest.trim_start_matches(['@', ' ']);
    let me = turn.acting.actor.clone()?;
    let named = names.iter().find_map(|name| {
        let behind = rest.strip_prefix(&*fold(name).text)?;
        Some((Some(name.clone()), behind))
    });
    let mine = ["我的", "我", "my"]
        .iter()
        .find_map(|word| Some((Some(me.name.clone()), rest.strip_prefix(word)?)));
    let (of, behind) = named.or(mine).unwrap_or((None, rest));
    rest = behind.trim_start_matches("'s").trim_start_matches(['的', ' ']);
    let mut all = folded.starts_with("reassign all") || folded.contains(" all of ");
    while let Some(shorter) = ALL.iter().find_map(|word| rest.strip_prefix(word)) {
        (rest, all) = (shorter.trim_start(), true);
    }
    rest = TASKS.iter().find_map(|word| rest.strip_prefix(word))?.trim_start();
    if let Some(shorter) = EACH.iter().find_map(|word| rest.strip_prefix(word)) {
        (rest, all) = (shorter.trim_start(), true);
    }
    if of.is_none() && !all {
        return None;
    }
    // Names are said as they were typed.
    let same = folded.len() == text.len();
    let typed = text.get(text.len() - rest.len().min(text.len())..).filter(|_| same);
    let typed = typed.unwrap_or(rest);
    let action = match latin {
        true => match typed.get(..3).filter(|to| to.eq_ignore_ascii_case("to ")) {
            Some(_) => format!("give {}", &typed[3..]),
            None => typed.to_owned(),
        },
        false => typed.to_owned(),
    };
    made(turn, of, &action, latin)
}

/// The message that does it, if it is something that may be done to all at once.
fn made(turn: &mut Turn, of: Option<String>, action: &str, latin: bool) -> Option<Wish> {
    let one = read::read(turn, &format!("T1 {action}")).ok()?;
    let Shape::Act(_, verb) = &one.shape else { return None };
    let names = one.args.people.is_empty() && !one.args.content.is_empty();
    let known = !names || people::is_known(turn, &one.args.content);
    if !VERBS.contains(&verb.as_str()) || names && !known && verb != "snooze" {
        return None;
    }
    let whom = of.clone().map(|name| people::resolve(turn, &[name]));
    let whom = whom.transpose().ok()?.and_then(|who| who.into_iter().next());
    let tasks = turn.list::<Task>(TASKS_MAX, Order::Up);
    let theirs = |task: &Task| {
        task.state == TaskState::Open && whom.as_ref().is_none_or(|who| task.is_assigned(who))
    };
    let found: Vec<(u32, Task)> = tasks.into_iter().filter(|(_, task)| theirs(task)).collect();
    if found.is_empty() {
        let task = if latin { "task" } else { "任务" };
        let line = of.map_or_else(|| task.to_owned(), |name| format!("{task} @{name}"));
        return Some(Wish::Do(Box::new(read::read(turn, &line).ok()?)));
    }
    // Of what several do only this one's part goes to somebody else.
    let shared = |task: &Task| verb == "give" && of.is_some() && task.assignees.len() > 1;
    let (parts, whole): (Vec<_>, Vec<_>) = found.iter().partition(|(_, task)| shared(task));
    if found.len() > HANDLES_MAX || parts.len() * 2 >= HANDLES_MAX {
        let limit = Refusal::Limit { what: "handles", most: HANDLES_MAX };
        return Some(Wish::Refuse(Box::new(limit)));
    }
    let handles = |tasks: &[&(u32, Task)]| {
        let all: Vec<String> = tasks.iter().map(|(number, _)| format!("T{number}")).collect();
        all.join(if latin { ", " } else { "、" })
    };
    let mut lines = Vec::new();
    if !whole.is_empty() {
        lines.push(format!("{} {action}", handles(&whole)));
    }
    let to = match one.args.people.first() {
        Some(name) => name.clone(),
        None => one.args.content.clone(),
    };
    if !parts.is_empty() {
        let name = of.clone().unwrap_or_default();
        let (add, drop) = if latin { ("add", "drop") } else { ("加", "减") };
        let new = people::resolve(turn, std::slice::from_ref(&to)).ok()?.into_iter().next()?;
        let lacks = |task: &Task| !task.is_assigned(&new);
        let without: Vec<_> = parts.iter().filter(|(_, task)| lacks(task)).copied().collect();
        if !without.is_empty() {
            lines.push(format!("{} {add} @{to}", handles(&without)));
        }
        lines.push(format!("{} {drop} @{name}", handles(&parts)));
    }
    let records = found
        .iter()
        .map(|(number, task)| (Handle { letter: 'T', number: *number }, task.title.clone()));
    let bulk =
        Bulk { of, records: records.collect(), line: lines.join(if latin { "; " } else { "；" }) };
    Some(Wish::Bulk(Box::new(bulk)))
}
