//! What a reminder does when its time comes. What members say to one is in `commands::remind`.

use super::ledger;
use super::say;
use super::schedule::{Plan, Run};
use super::turn::Turn;
use crate::model::occurrence::{Of, Outcome, Why};
use crate::model::post::Due;
use crate::model::reminder::Reminder;
use crate::model::task::Named;
use crate::model::{Handle, Lane, Scope};
use crate::store::Table;

/// The handle of a reminder.
pub fn handle(number: u32) -> Handle {
    Handle { letter: 'J', number }
}

/// A regular occurrence has come.
pub fn occur(turn: &mut Turn, due: &Due) {
    let expected = turn.get::<Reminder>(due.number).is_some_and(|r| r.next_at == Some(due.at));
    if expected {
        catch_up(turn, due.number);
    }
}

/// Settles what is due by now: says what is to be said, puts the rest on record, and waits for what
/// comes next.
pub fn catch_up(turn: &mut Turn, number: u32) {
    again(turn, number);
    let Some(mut reminder) = turn.get::<Reminder>(number) else { return };
    if reminder.next_at.is_none_or(|at| at > turn.now()) {
        return;
    }
    let settled =
        ledger::settle(turn, Reminder::ID, number, Plan::of_reminder(&reminder, turn.calendar()));
    reminder.next_at = settled.next_at;
    reminder.done_at = reminder.done_at.filter(|_| settled.run.is_none());
    reminder.skip = reminder.skip.filter(|skip| settled.next_at.is_some_and(|n| n <= skip.through));
    turn.put(number, &reminder);
    if let Some(run) = settled.run {
        speak(turn, number, &reminder, run, reminder.exact);
    }
    if !settled.missed.is_empty() {
        turn.acting.lang = turn.unasked_lang(reminder.lang);
        let (voice, next) =
            (turn.voice(), Plan::of_reminder(&reminder, turn.calendar()).runs().next());
        let what = say::remind::what(&voice, handle(number), &reminder);
        let card = say::schedule::missed(&voice, &what, &settled.missed, next);
        turn.say(card.in_lane(Lane::Notice));
    }
}

/// The occurrence that was put off, if its time has come.
pub fn again(turn: &mut Turn, number: u32) {
    let Some(mut reminder) = turn.get::<Reminder>(number) else { return };
    let Some(at) = reminder.again_at.filter(|at| *at <= turn.now()) else { return };
    reminder.again_at = None;
    turn.put(number, &reminder);
    if ledger::outcome(turn, Reminder::ID, number, at).is_some() {
        return;
    }
    if reminder.enabled {
        ledger::record(turn, Reminder::ID, number, at, Outcome::Ran);
        let late = at.plus_ms(super::schedule::LATE_MS) < turn.now();
        // When it was put off, its new time was said.
        speak(turn, number, &reminder, Run { at, late, folded: 0 }, true);
    } else {
        ledger::record(turn, Reminder::ID, number, at, Outcome::Skipped(Why::Disabled));
    }
}

fn speak(turn: &mut Turn, number: u32, reminder: &Reminder, run: Run, exact: bool) {
    turn.acting.lang = turn.unasked_lang(reminder.lang);
    let of = Of { scope: turn.scope().clone(), table: Reminder::ID.0, number, at: run.at };
    let card = say::remind::comes(&turn.voice(), handle(number), reminder, run);
    let own =
        exact && turn.quiet_until().is_some() && is_own(turn, &reminder.creator, &reminder.to);
    let lane = if own { Lane::Urgent } else { Lane::Notice };
    ledger::say(turn, of, card.in_lane(lane));
}

/// Whether somebody reminds only themselves in their direct chat: at the time they said they want
/// to hear of it, quiet hours or not.
pub fn is_own(turn: &Turn, creator: &Named, to: &[Named]) -> bool {
    let alone = to.iter().all(|who| who.person == creator.person);
    alone && *turn.scope() == Scope::Person(creator.person.clone())
}
