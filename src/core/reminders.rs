//! What a reminder does when its time comes. What members say to one is in `commands::remind`.

use super::for_others;
use super::ledger;
use super::say;
use super::schedule::{Plan, Run};
use super::turn::Turn;
use crate::model::occurrence::{Of, Outcome, Why};
use crate::model::post::Due;
use crate::model::reminder::{Held, Reminder};
use crate::model::task::Named;
use crate::model::time::DAY_MS;
use crate::model::{Handle, Lane, Scope, Timestamp};
use crate::store::Table;
use crate::text::hours;

/// How many next times are looked at for whether they fall into quiet hours: a day of one that
/// comes every five minutes.
const LOOKED_AHEAD: usize = 288;

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
    if !for_others::others(turn.scope(), &reminder.to).is_empty() {
        // Their own quiet hours count, not those of this chat.
        turn.acting.lang = turn.unasked_lang(reminder.lang);
        for_others::pass_on(turn, handle(number), reminder, run);
    }
    if for_others::only(turn.scope(), &reminder.to) {
        return;
    }
    let reminder = &for_others::own_part(turn.scope(), reminder);
    let own =
        exact && turn.quiet_until().is_some() && is_own(turn, &reminder.creator, &reminder.to);
    let lane = if own { Lane::Urgent } else { Lane::Notice };
    let quiet = turn.quiet_until().filter(|_| !own && reminder.every.is_some());
    if let Some(until) = quiet {
        return hold(turn, number, run, until);
    }
    let mut waited = 0;
    if let Some(held) = release(turn, number) {
        waited = held.count;
        ledger::record(turn, Reminder::ID, number, held.at, Outcome::Skipped(Why::Quiet));
    }
    tell(turn, number, reminder, run, (lane, waited));
}

/// It came in quiet hours: it waits for their end, and stands for those that wait already.
fn hold(turn: &mut Turn, number: u32, run: Run, until: Timestamp) {
    let before = release(turn, number);
    let Some(mut reminder) = turn.get::<Reminder>(number) else { return };
    if let Some(held) = before {
        ledger::record(turn, Reminder::ID, number, held.at, Outcome::Skipped(Why::Quiet));
    }
    let count = before.map_or(0, |held| held.count) + run.folded + 1;
    reminder.held = Some(Held { at: run.at, count, until });
    turn.put(number, &reminder);
}

/// What waits is taken out of the record.
fn release(turn: &mut Turn, number: u32) -> Option<Held> {
    let mut reminder = turn.get::<Reminder>(number)?;
    let held = reminder.held.take()?;
    turn.put(number, &reminder);
    Some(held)
}

/// Nobody needs to hear any more of what waits.
pub fn forget_held(turn: &mut Turn, number: u32, why: Why) {
    if let Some(held) = release(turn, number) {
        ledger::record(turn, Reminder::ID, number, held.at, Outcome::Skipped(why));
    }
}

/// Quiet hours are over: what came in them is said once, together with what comes just now.
pub fn held(turn: &mut Turn, number: u32) {
    catch_up(turn, number);
    let Some(reminder) = turn.get::<Reminder>(number) else { return };
    let Some(held) = reminder.held else { return };
    if let Some(until) = turn.quiet_until() {
        let reminder = Reminder { held: Some(Held { until, ..held }), ..reminder };
        turn.put(number, &reminder);
    } else if reminder.enabled {
        release(turn, number);
        let run = Run { at: held.at, late: false, folded: 0 };
        if for_others::only(turn.scope(), &reminder.to) {
            // It has become theirs while it waited.
            turn.acting.lang = turn.unasked_lang(reminder.lang);
            return for_others::pass_on(turn, handle(number), &reminder, run);
        }
        // The others heard of each at its time.
        let reminder = for_others::own_part(turn.scope(), &reminder);
        tell(turn, number, &reminder, run, (Lane::Notice, held.count - 1));
    } else {
        forget_held(turn, number, Why::Disabled);
    }
}

/// Says it, with how many that came in quiet hours it stands for.
fn tell(
    turn: &mut Turn,
    number: u32,
    reminder: &Reminder,
    run: Run,
    (lane, waited): (Lane, usize),
) {
    turn.acting.lang = turn.unasked_lang(reminder.lang);
    let of = Of { scope: turn.scope().clone(), table: Reminder::ID.0, number, at: run.at };
    let mut card = say::remind::comes(&turn.voice(), handle(number), reminder, run);
    if waited > 0 {
        card = card.and_line(vec![say::remind::waited(&turn.voice(), waited).into()]);
    }
    ledger::say(turn, of, card.in_lane(lane));
}

/// What is to be known of a reminder that falls into quiet hours: that it waits for their end.
pub fn quiet_note(turn: &Turn, reminder: &Reminder) -> Option<String> {
    let quiet = turn.preferences.quiet?;
    if for_others::only(turn.scope(), &reminder.to) {
        return None;
    }
    let reminder = &for_others::own_part(turn.scope(), reminder);
    if reminder.exact && is_own(turn, &reminder.creator, &reminder.to) {
        return None;
    }
    let zone = turn.zone();
    let regular = Plan::of_reminder(reminder, turn.calendar()).runs().take(LOOKED_AHEAD);
    let times: Vec<Timestamp> = reminder.again_at.into_iter().chain(regular).collect();
    let first = times.iter().min().copied()?;
    let near = times.iter().filter(|at| **at < first.plus_ms(DAY_MS));
    let ends: Vec<Timestamp> = near.filter_map(|at| hours::end(quiet, *at, zone)).collect();
    let many =
        ends.len() > 1 || reminder.every.is_some() && hours::end(quiet, first, zone).is_none();
    let until = ends.first()?;
    Some(say::remind::in_quiet(&turn.voice(), quiet, *until, many))
}

/// Whether somebody reminds only themselves in their direct chat: at the time they said they want
/// to hear of it, quiet hours or not.
pub fn is_own(turn: &Turn, creator: &Named, to: &[Named]) -> bool {
    let alone = to.iter().all(|who| who.person == creator.person);
    alone && *turn.scope() == Scope::Person(creator.person.clone())
}
