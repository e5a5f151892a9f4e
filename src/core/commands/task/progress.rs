//! How far a task is, and what holds it up: `T12 进度 60% 卡在法务`.

use super::title::actor;
use crate::command::Invocation;
use crate::core::people::resolve;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::{Note, Task, TaskState};
use crate::text::progress::read;

/// Longest note, in characters: one screen line or two.
const NOTE_CHARS_MAX: usize = 200;

/// Keeps a note; without one, shows those that are kept.
pub fn report(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    if args.content.is_empty() && args.people.is_empty() {
        let card = say::task::history(&turn.voice(), handle, &task);
        turn.say(card);
        return Ok(());
    }
    if task.state != TaskState::Open {
        let state = say::task::state(&turn.voice(), task.state);
        return Err(Refusal::Already { handle, state, instead: "reopen" });
    }
    if args.content.chars().nth(NOTE_CHARS_MAX).is_some() {
        return Err(Refusal::Limit { what: "note", most: NOTE_CHARS_MAX });
    }
    let unread = |part: &str| Refusal::NotUnderstood { word: "progress".into(), part: part.into() };
    let found = read(&args.content).map_err(|part| unread(&part))?;
    let by = actor(turn)?;
    let asked = resolve(turn, &args.people)?;
    // `卡在 @王经理`: the person is what it waits for.
    let names = || asked.iter().map(|who| who.name.as_str()).collect::<Vec<_>>().join(" ");
    let blocked = found.blocked.map(|on| if on.is_empty() { names() } else { on });
    let (at, percent, text) = (turn.now(), found.percent, found.text);
    task.note(Note { at, by, percent, blocked, text });
    turn.put(handle.number, &task);
    let card = say::task::progress(&turn.voice(), handle, &task, &asked);
    turn.say(card);
    Ok(())
}
