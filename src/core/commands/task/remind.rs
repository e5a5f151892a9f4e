//! A task's reminder.

use crate::core::ledger;
use crate::core::say;
use crate::core::tables::deadline_at;
use crate::core::turn::Turn;
use crate::model::occurrence::{Of, Outcome};
use crate::model::post::{Due, DueName};
use crate::model::task::{Task, TaskState};
use crate::model::{Handle, Lane};
use crate::store::Table;

/// A task's date has come: those who are to do it are told, once.
pub fn remind(turn: &mut Turn, due: &Due) {
    let Some(mut task) = turn.get::<Task>(due.number) else { return };
    if task.state != TaskState::Open || task.remind_at != Some(due.at) {
        return;
    }
    task.remind_at = None;
    turn.put(due.number, &task);
    if ledger::outcome(turn, Task::ID, due.number, due.at).is_some() {
        return;
    }
    ledger::record(turn, Task::ID, due.number, due.at, Outcome::Ran);
    let scope = turn.scope().clone();
    let of = Of { scope, table: Task::ID.0, number: due.number, at: due.at };
    let zone = turn.zone();
    let over = task.due.is_none_or(|d| deadline_at(d, zone) <= turn.now());
    turn.acting.lang = turn.unasked_lang(task.lang);
    let handle = Handle { letter: 'T', number: due.number };
    let card = say::task::reminder(&turn.voice(), handle, &task, over);
    ledger::say(turn, of, card.in_lane(Lane::Notice));
}

/// Its reminder, if that is due and has not been handed over yet.
pub fn catch_up(turn: &mut Turn, number: u32) {
    let at = turn.get::<Task>(number).and_then(|task| task.remind_at);
    if let Some(at) = at.filter(|at| *at <= turn.now()) {
        remind(turn, &Due { table: Task::ID.0, number, name: DueName::Remind, at });
    }
}
