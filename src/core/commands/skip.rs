//! `跳过`: the next run of a reminder or report is left out, once; the schedule stays.

use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::schedule::Plan;
use crate::core::turn::Turn;
use crate::model::reminder::{Reminder, Skip};
use crate::model::report::Report;
use crate::model::{Handle, Timestamp};
use crate::text::when::When;

/// Of a reminder.
pub fn reminder(
    turn: &mut Turn,
    day: Option<&When>,
    handle: Handle,
    mut reminder: Reminder,
) -> Result<(), Refusal> {
    let next = next(turn, day, handle, Plan::of_reminder(&reminder, turn.calendar()))?;
    reminder.skip = Some(Skip { through: next, put_off: false });
    turn.put(handle.number, &reminder);
    said(turn, handle, &reminder.text, next, Plan::of_reminder(&reminder, turn.calendar()));
    Ok(())
}

/// Of a report.
pub fn report(
    turn: &mut Turn,
    day: Option<&When>,
    handle: Handle,
    mut report: Report,
) -> Result<(), Refusal> {
    let next = next(turn, day, handle, Plan::of_report(&report, turn.calendar()))?;
    report.skip_through = Some(next);
    turn.put(handle.number, &report);
    let what = say::report::name(&turn.voice());
    said(turn, handle, what, next, Plan::of_report(&report, turn.calendar()));
    Ok(())
}

/// The run to leave out; refused where there is no other one behind it, or none at all, or it is
/// not the one of the day that was said.
fn next(turn: &Turn, day: Option<&When>, handle: Handle, plan: Plan) -> Result<Timestamp, Refusal> {
    if !plan.enabled {
        let state = say::status::switched(&turn.voice(), false);
        return Err(Refusal::Already { handle, state, instead: "enable" });
    }
    let next = plan.every.is_some().then(|| plan.runs().next()).flatten();
    let next = next.ok_or(Refusal::OnlyNext { handle, next: None })?;
    let meant = match day {
        None => true,
        Some(When::Date(day)) => next.day(turn.zone()) == *day,
        Some(When::Instant(at)) => next == *at,
        Some(When::Range(..) | When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_)) => {
            false
        }
    };
    if meant { Ok(next) } else { Err(Refusal::OnlyNext { handle, next: Some(next) }) }
}

fn said(turn: &mut Turn, handle: Handle, what: &str, skipped: Timestamp, plan: Plan) {
    let next: Vec<Timestamp> = plan.runs().take(1).collect();
    let card = say::schedule::skipped(&turn.voice(), handle, what, skipped, &next);
    turn.say(card);
}
