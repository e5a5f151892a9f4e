//! A task changed or handed over.

use super::title::title;
use crate::command::Invocation;
use crate::core::commands::tag;
use crate::core::due::{deadline, remind_at};
use crate::core::people::resolve;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::{Task, TaskState};
use crate::text::when;

/// Changes text, date, people or tags.
pub fn edit(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Task,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let mut task = before.clone();
    let mut due = args.when.clone();
    for (key, value) in &args.pairs {
        match key.as_str() {
            "截止" | "时间" | "到期" | "due" | "by" => {
                let found = when::find(value, turn.reference());
                let unread = || Refusal::NotUnderstood { word: "edit".into(), part: value.clone() };
                due = Some(found.ok_or_else(unread)?.when);
            }
            "内容" | "标题" | "title" => task.title = title(value)?,
            _ => return Err(Refusal::NotUnderstood { word: "edit".into(), part: key.clone() }),
        }
    }
    if !args.content.is_empty() {
        task.title = title(&args.content)?;
    }
    let people = resolve(turn, &args.people)?;
    if !people.is_empty() {
        task.assignees = people;
    }
    task.tags = tag::fit(task.tags.iter().chain(&args.tags).map(String::as_str))?;
    if let Some(when) = due {
        let due = deadline(turn, &when, &invocation.line)?;
        task.due = Some(due);
        task.remind_at = remind_at(turn, due).filter(|_| task.state == TaskState::Open);
    }
    if task == before {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    turn.put(handle.number, &task);
    let card = say::task::edited(&turn.voice(), handle, &before, &task);
    turn.say(card);
    Ok(())
}

/// Hands it to others.
pub fn give(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let named: Vec<String> = match args.people.is_empty() {
        false if !args.content.is_empty() => {
            let part = args.content.clone();
            return Err(Refusal::NotUnderstood { word: "give".into(), part });
        }
        false => args.people.clone(),
        // `转给 乙` without the @ is clear enough.
        true => args.content.split_whitespace().map(str::to_owned).collect(),
    };
    let people = resolve(turn, &named)?;
    if people.is_empty() {
        return Err(Refusal::Missing { word: "give", what: Missing::People });
    }
    let from = std::mem::replace(&mut task.assignees, people);
    turn.put(handle.number, &task);
    let card = say::task::given(&turn.voice(), handle, &from, &task);
    turn.say(card);
    Ok(())
}
