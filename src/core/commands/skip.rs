//! `跳过`: the next run of a reminder or report is left out, once; the schedule stays.

use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::schedule::Plan;
use crate::core::turn::Turn;
use crate::model::reminder::{Reminder, Skip};
use crate::model::report::Report;
use crate::model::{Handle, Timestamp};

/// Of a reminder.
pub fn reminder(turn: &mut Turn, handle: Handle, mut reminder: Reminder) -> Result<(), Refusal> {
    let next = next(turn, handle, Plan::of_reminder(&reminder, turn.calendar()))?;
    reminder.skip = Some(Skip { through: next, put_off: false });
    turn.put(handle.number, &reminder);
    said(turn, handle, &reminder.text, next, Plan::of_reminder(&reminder, turn.calendar()));
    Ok(())
}

/// Of a report.
pub fn report(turn: &mut Turn, handle: Handle, mut report: Report) -> Result<(), Refusal> {
    let next = next(turn, handle, Plan::of_report(&report, turn.calendar()))?;
    report.skip_through = Some(next);
    turn.put(handle.number, &report);
    let what = say::report::name(&turn.voice());
    said(turn, handle, what, next, Plan::of_report(&report, turn.calendar()));
    Ok(())
}

/// The run to leave out; refused where there is no other one behind it, or none at all.
fn next(turn: &Turn, handle: Handle, plan: Plan) -> Result<Timestamp, Refusal> {
    if !plan.enabled {
        let state = say::status::switched(&turn.voice(), false);
        return Err(Refusal::Already { handle, state, instead: "enable" });
    }
    if plan.every.is_none() {
        return Err(Refusal::ComesOnce(handle));
    }
    plan.runs().next().ok_or(Refusal::ComesOnce(handle))
}

fn said(turn: &mut Turn, handle: Handle, what: &str, skipped: Timestamp, plan: Plan) {
    let next: Vec<Timestamp> = plan.runs().take(1).collect();
    let card = say::schedule::skipped(&turn.voice(), handle, what, skipped, &next);
    turn.say(card);
}
