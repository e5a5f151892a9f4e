//! A task done, by each of several people; accepted, sent back, reopened.

use super::title::actor;
use crate::command::{Invocation, Role};
use crate::core::due::remind_at;
use crate::core::people::resolve;
use crate::core::refusal::{OfTask, Refusal};
use crate::core::rights;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::{Named, Note, Task, TaskState};

/// Done: one's own part where several are to do it, the part of whoever is named, else all of it.
pub fn done(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    if task.state != TaskState::Open {
        return Err(already(turn, handle, task.state, "reopen"));
    }
    let who = actor(turn)?;
    let named = resolve(turn, &invocation.args.people)?;
    let ready = match named.is_empty() {
        true if task.assignees.len() > 1 && task.is_assigned(&who) => vec![who],
        true => task.assignees.clone(),
        false => named,
    };
    if let Some(other) = ready.iter().find(|who| !task.is_assigned(who)) {
        return Err(Refusal::Task(OfTask::NotAssigned { handle, name: other.name.clone() }));
    }
    if ready.iter().all(|who| task.done_parts.contains(&who.person)) {
        return Err(Refusal::Task(OfTask::PartDone { handle, open: task.open_parts() }));
    }
    for who in &ready {
        if !task.done_parts.contains(&who.person) {
            task.done_parts.push(who.person.clone());
        }
    }
    if !task.open_parts().is_empty() {
        turn.put(handle.number, &task);
        let card = say::task::part_done(&turn.voice(), handle, &task, &ready);
        turn.say(card);
        return Ok(());
    }
    let accepts = turn.acceptance() && !is_creator(turn, &task);
    let to = if accepts { TaskState::Submitted } else { TaskState::Done };
    move_to(turn, handle, task, to);
    Ok(())
}

/// Open again, for all who are to do it.
pub fn reopen(turn: &mut Turn, handle: Handle, mut task: Task) -> Result<(), Refusal> {
    if task.state == TaskState::Open && task.done_parts.is_empty() {
        return Err(already(turn, handle, task.state, "done"));
    }
    task.done_parts.clear();
    move_to(turn, handle, task, TaskState::Open);
    Ok(())
}

/// Accepted by whoever gave the task, or an admin.
pub fn accept(turn: &mut Turn, handle: Handle, task: Task) -> Result<(), Refusal> {
    judged(turn, handle, &task)?;
    move_to(turn, handle, task, TaskState::Done);
    Ok(())
}

/// Sent back by whoever gave the task, with a reason if one is said.
pub fn reject(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    judged(turn, handle, &task)?;
    let reason = invocation.args.content.trim().to_owned();
    task.done_parts.clear();
    if !reason.is_empty() {
        let by = actor(turn)?;
        let now = turn.now();
        task.note(Note { at: now, by, percent: None, blocked: None, text: reason });
    }
    move_to(turn, handle, task, TaskState::Open);
    Ok(())
}

/// Whether it waits for acceptance, and this person may give it.
fn judged(turn: &mut Turn, handle: Handle, task: &Task) -> Result<(), Refusal> {
    if task.state != TaskState::Submitted {
        let state = say::task::state(&turn.voice(), task.state);
        return Err(Refusal::Task(OfTask::NotSubmitted { handle, state }));
    }
    // Those who did it do not judge it, though they may change it otherwise.
    match rights::has(turn, Role::Owner, Some(std::slice::from_ref(&task.creator.person))) {
        true => Ok(()),
        false => Err(Refusal::NotAllowed { needs: Role::Lead }),
    }
}

fn is_creator(turn: &Turn, task: &Task) -> bool {
    turn.acting.actor.as_ref().is_some_and(|who| who.person == task.creator.person)
}

/// The task stands elsewhere now: said here, and told to those whom it concerns.
fn move_to(turn: &mut Turn, handle: Handle, mut task: Task, to: TaskState) {
    let from = std::mem::replace(&mut task.state, to);
    task.done_on = (to == TaskState::Done).then(|| turn.today());
    if to == TaskState::Open {
        task.remind_at = task.due.and_then(|due| remind_at(turn, due, task.lead));
    } else {
        let everybody = task.assignees.iter().map(|who: &Named| who.person.clone());
        task.done_parts = everybody.collect();
    }
    turn.put(handle.number, &task);
    let card = say::task::moved(&turn.voice(), handle, &task, from);
    turn.say(card);
}

fn already(turn: &Turn, handle: Handle, state: TaskState, instead: &'static str) -> Refusal {
    Refusal::Already { handle, state: say::task::state(&turn.voice(), state), instead }
}
