//! When a reminder comes from now on, where an edit says so; asks where what repeats would end.

use chrono::Datelike;

use crate::command::Args;
use crate::core::refusal::Refusal;
use crate::core::timing::{self, Timing};
use crate::core::turn::Turn;
use crate::model::recurrence::Rule;
use crate::model::reminder::Reminder;
use crate::model::{Handle, Recurrence, Timestamp};
use crate::text::every;
use crate::text::when::{self, When};

/// When it comes from now on. A time of day alone leaves the days of one that repeats.
pub fn retimed(
    turn: &Turn,
    handle: Handle,
    args: &Args,
    before: &Reminder,
    said: &str,
) -> Result<Option<Timing>, Refusal> {
    let repeats = !matches!(args.when, Some(When::Recurrence(_)));
    if let (Some(every), None, Some(when)) = (&before.every, &args.every, &args.when)
        && repeats
    {
        let words = when::find(said, turn.reference()).and_then(|found| said.get(found.span));
        let words = words.unwrap_or_default();
        if let Some(every) = timing::at_another_time(turn, every, words) {
            return timing::again_and_again(turn, every).map(Some);
        }
        let at = timing::moment(turn, when, said)?;
        return Err(which_time(turn, handle, every, (when, words, at)));
    }
    // A day alone leaves the time of day of one that comes once.
    if let (None, true, Some(at), Some(When::Date(day)), None) =
        (&before.every, before.exact, before.due_at.or(before.next_at), &args.when, &args.every)
    {
        let time = at.local(turn.zone()).time();
        let first = Timestamp::from_local(day.and_time(time), turn.zone());
        if first > turn.now() {
            return Ok(Some(Timing::once(first, true)));
        }
    }
    if let Some(first) = hour_alone(turn, args, before, said) {
        return Ok(Some(Timing::once(first, true)));
    }
    timing::typed(turn, args, said)
}

/// An hour alone leaves the day of one that comes once, as long as that lies ahead.
fn hour_alone(turn: &Turn, args: &Args, before: &Reminder, said: &str) -> Option<Timestamp> {
    let (None, None, Some(When::Instant(_))) = (&before.every, &args.every, &args.when) else {
        return None;
    };
    let now_at = before.due_at.or(before.next_at)?;
    timing::hour_of_day(turn, now_at, said).filter(|at| *at > turn.now())
}

/// One that repeats is moved to a single date: only this time, or every week from now on? It is
/// asked, for it would not come again otherwise.
fn which_time(
    turn: &Turn,
    handle: Handle,
    every: &Recurrence,
    (when, words, at): (&When, &str, Timestamp),
) -> Refusal {
    let name = |verb: &str| {
        let word = turn.core.catalogue.word(verb);
        word.map(|word| word.names(turn.lang()).name.clone()).unwrap_or_default()
    };
    let wall = at.local(turn.zone());
    let days = match (&every.rule, when) {
        (Rule::Weekly(_), When::Date(_) | When::Instant(_)) => {
            Some(Rule::Weekly(vec![wall.weekday()]))
        }
        _ => None,
    };
    let times = match when {
        When::Date(_) => every.times.clone(),
        _ => vec![wall.time()],
    };
    let often = days.map(|rule| Recurrence { rule, times: times.clone(), ..every.clone() });
    let often = often.map(|every| every::print(&every, turn.lang()));
    let often = often.map(|every| format!("{handle} {} {every}", name("edit")));
    let once = times
        .first()
        .map_or(at, |time| Timestamp::from_local(wall.date().and_time(*time), turn.zone()));
    let until = turn.voice().pick("延后到", "snooze until");
    let once = format!("{handle} {until} {}", turn.voice().at(once));
    let lines = often.into_iter().chain([once]).collect();
    Refusal::Which { part: words.to_owned(), lines }
}
