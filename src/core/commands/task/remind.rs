//! A task's reminder.

use crate::core::due::{before, remind_at};
use crate::core::ledger;
use crate::core::reminders::is_own;
use crate::core::say;
use crate::core::tables::deadline_at;
use crate::core::turn::Turn;
use crate::model::occurrence::{Of, Outcome};
use crate::model::post::{Due, DueName};
use crate::model::task::{Deadline, Task, TaskState};
use crate::model::{Handle, Lane, Timestamp};
use crate::store::Table;

/// A task's date has come: those who are to do it are told, once.
pub fn remind(turn: &mut Turn, due: &Due) {
    let Some(mut task) = turn.get::<Task>(due.number) else { return };
    if task.state != TaskState::Open || task.remind_at != Some(due.at) {
        return;
    }
    let own = is_own_time(turn, &task, due.at);
    task.remind_at = after(turn, &task, due.at);
    turn.put(due.number, &task);
    if ledger::outcome(turn, Task::ID, due.number, due.at).is_some() {
        return;
    }
    ledger::record(turn, Task::ID, due.number, due.at, Outcome::Ran);
    let scope = turn.scope().clone();
    let of = Of { scope, table: Task::ID.0, number: due.number, at: due.at };
    let reference = turn.reference();
    let over = task.due.is_none_or(|d| deadline_at(d, reference) <= turn.now());
    turn.acting.lang = turn.unasked_lang(task.lang);
    let handle = Handle { letter: 'T', number: due.number };
    let card = say::task::reminder(&turn.voice(), handle, &task, over);
    let lane = if own { Lane::Urgent } else { Lane::Notice };
    ledger::say(turn, of, card.in_lane(lane));
}

/// Told before its deadline, it is told once more where that was said.
fn after(turn: &Turn, task: &Task, told_at: Timestamp) -> Option<Timestamp> {
    let (due, lead) = (task.due?, task.lead.filter(|lead| lead.also)?);
    let ahead = told_at == before(turn, due, lead);
    remind_at(turn, due, None).filter(|at| ahead && *at > told_at)
}

/// Its reminder, if that is due and has not been handed over yet.
pub fn catch_up(turn: &mut Turn, number: u32) {
    let at = turn.get::<Task>(number).and_then(|task| task.remind_at);
    if let Some(at) = at.filter(|at| *at <= turn.now()) {
        remind(turn, &Due { table: Task::ID.0, number, name: DueName::Remind, at });
    }
}

/// Whether quiet hours do not hold back what is due: somebody's own task in their direct chat, at a
/// time they said.
pub fn in_quiet_hours(turn: &mut Turn, due: &Due) -> bool {
    let task = turn.get::<Task>(due.number).filter(|_| due.table == Task::ID.0);
    task.is_some_and(|task| is_own_time(turn, &task, due.at))
}

fn is_own_time(turn: &Turn, task: &Task, at: Timestamp) -> bool {
    let said = match task.due {
        Some(due @ Deadline::On(day)) => {
            let nine = day.and_hms_opt(9, 0, 0).map(|w| Timestamp::from_local(w, turn.zone()));
            nine != Some(at) && deadline_at(due, turn.reference()) != at
        }
        Some(Deadline::At(_)) | None => true,
    };
    said && turn.quiet_until().is_some() && is_own(turn, &task.creator, &task.assignees)
}
