//! What all schedules have in common where it does not matter of what they are: catching up, and
//! what an undo must not bring back.

use super::commands::{follow, report, task};
use super::ledger;
use super::reminders;
use super::schedule::Plan;
use super::turn::Turn;
use crate::model::follow::Follow;
use crate::model::occurrence::Missed;
use crate::model::reminder::Reminder;
use crate::model::report::Report;
use crate::model::task::Task;
use crate::model::{Handle, Timestamp};
use crate::store::Table;

/// Settles what is due by now of the schedule of this handle, before something else changes it.
pub fn catch_up(turn: &mut Turn, handle: Handle) {
    match handle.letter {
        'J' => reminders::catch_up(turn, handle.number),
        'D' => report::catch_up(turn, handle.number),
        'T' => task::catch_up(turn, handle.number),
        'F' => follow::catch_up(turn, handle.number),
        _ => {}
    }
}

/// After an undo: times of this schedule that passed while it was not as it is now are left out.
/// The first of them and their number, for the answer.
pub fn outdate(turn: &mut Turn, handle: Handle) -> Option<(Timestamp, usize)> {
    let number = handle.number;
    match handle.letter {
        'J' => {
            let mut reminder = turn.get::<Reminder>(number)?;
            // What waited for the end of quiet hours was said then.
            if reminder.held.is_some_and(|held| held.until <= turn.now()) {
                reminder.held = None;
                turn.put(number, &reminder);
            }
            let again = Plan { next_at: reminder.again_at, ..once(turn) };
            let regular = Plan::of_reminder(&reminder, turn.calendar());
            let put_off = ledger::outdate(turn, Reminder::ID, number, again);
            ledger::outdate(turn, Reminder::ID, number, regular).or(put_off)
        }
        'D' => {
            let report = turn.get::<Report>(number)?;
            ledger::outdate(turn, Report::ID, number, Plan::of_report(&report, turn.calendar()))
        }
        'T' => {
            let task = turn.get::<Task>(number)?;
            let reminder = Plan { next_at: task.remind_at, ..once(turn) };
            ledger::outdate(turn, Task::ID, number, reminder)
        }
        'F' => {
            let follow = turn.get::<Follow>(number)?;
            let reminder = Plan { next_at: follow.remind_at, ..once(turn) };
            ledger::outdate(turn, Follow::ID, number, reminder)
        }
        _ => None,
    }
}

fn once<'a>(turn: &Turn<'a>) -> Plan<'a> {
    let (missed, calendar) = (Missed::Once, turn.calendar());
    let (lead, due_at) = (None, None);
    Plan { every: None, next_at: None, enabled: true, skip: None, missed, lead, due_at, calendar }
}
