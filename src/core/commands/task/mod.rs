//! `任务`: which part of it a line asks for. Each part has its file.

mod edit;
mod list;
mod make;
mod progress;
mod remind;
mod state;
mod title;

pub use self::remind::{catch_up, in_quiet_hours, remind};
pub use self::title::TITLE_CHARS_MAX;

use super::snooze;
use crate::command::{Invocation, Shape};
use crate::core::led;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::task::Task;
use crate::model::{Handle, PersonId};

/// Carries out a command on tasks.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    // With a message quoted, `任务 @乙` makes one of it; the line alone would be a list. A question
    // (`有哪些任务`) is one all the same.
    let typed = invocation.line.to_lowercase().starts_with(&invocation.typed.to_lowercase());
    let quotes = turn.incoming().is_some_and(|m| m.quoted.is_some()) && typed;
    match &invocation.shape {
        Shape::List if quotes => make::create(turn, invocation),
        Shape::List => list::list(turn, invocation),
        Shape::Create => {
            let asked = list::of_somebody(turn, invocation);
            let asked = asked.or_else(|| list::of_a_day(invocation).filter(|_| !quotes));
            match asked.or_else(|| list::of_group(turn, invocation)) {
                Some(asked) => list::list(turn, &asked),
                None => make::create(turn, invocation),
            }
        }
        Shape::Show(handle) => {
            let task = find(turn, *handle)?;
            let card = say::task::shown(&turn.voice(), *handle, &task);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) => act(turn, invocation, *handle, verb),
    }
}

/// Whoever made it and whoever is to do it.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    let task = turn.get::<Task>(number)?;
    let people = std::iter::once(&task.creator).chain(&task.assignees);
    Some(people.map(|who| who.person.clone()).collect())
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Task, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn act(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    verb: &str,
) -> Result<(), Refusal> {
    let task = find(turn, handle)?;
    match verb {
        "done" => state::done(turn, invocation, handle, task),
        "reopen" => state::reopen(turn, handle, task),
        "accept" => state::accept(turn, handle, task),
        "reject" => state::reject(turn, invocation, handle, task),
        "progress" => progress::report(turn, invocation, handle, task),
        "edit" => edit::edit(turn, invocation, handle, task),
        "give" => edit::give(turn, invocation, handle, task),
        "add" => edit::add(turn, invocation, handle, task),
        "drop" => edit::drop(turn, invocation, handle, task),
        "snooze" => match led::said(turn, &invocation.line) {
            Some(lead) => edit::lead(turn, &invocation.line, handle, (task, lead)),
            None => snooze::task(turn, invocation, handle, task),
        },
        "remove" => {
            turn.remove::<Task>(handle.number);
            let card = say::task::removed(&turn.voice(), handle, &task.title);
            turn.say(card);
            Ok(())
        }
        other => Err(Refusal::NotUnderstood { word: "task".into(), part: other.to_owned() }),
    }
}
