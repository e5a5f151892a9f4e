//! A task's reminder.

use crate::core::say;
use crate::core::tables::{Reminded, deadline_at};
use crate::core::turn::Turn;
use crate::model::post::Due;
use crate::model::task::{Task, TaskState};
use crate::model::{Handle, Lane};

/// A task's date has come: those who are to do it are told, once.
pub fn remind(turn: &mut Turn, due: &Due) {
    let Some(mut task) = turn.get::<Task>(due.number) else { return };
    if task.state != TaskState::Open || task.remind_at != Some(due.at) {
        return;
    }
    task.remind_at = None;
    turn.put(due.number, &task);
    if turn.get::<Reminded>(due.number).is_some_and(|before| before.at >= due.at) {
        return;
    }
    turn.put(due.number, &Reminded { at: due.at });
    let zone = turn.zone();
    let over = task.due.is_none_or(|d| deadline_at(d, zone) <= turn.now());
    turn.acting.lang = task.lang;
    let handle = Handle { letter: 'T', number: due.number };
    let card = say::task::reminder(&turn.voice(), handle, &task, over);
    turn.say(card.in_lane(Lane::Notice));
}
