//! When a task is due and reminded, from the date that was typed. Dates are read in `text`.

use chrono::{Datelike, NaiveTime, Timelike};

use super::refusal::Refusal;
use super::say;
use super::schedule::Plan;
use super::tables::deadline_at;
use super::turn::Turn;
use crate::command::Args;
use crate::model::Timestamp;
use crate::model::lead::Lead;
use crate::model::recurrence::{OffDays, Rule};
use crate::model::reminder::Reminder;
use crate::model::task::Deadline;
use crate::model::time::DAY_MS;
use crate::text::every;
use crate::text::lead;
use crate::text::when::{self, When};
use crate::text::workday;

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// A recurrence at either end of the content was meant as one; in the middle it is what the task
/// is about.
pub fn once(turn: &Turn, args: &Args) -> Result<(), Refusal> {
    if args.when.is_some() {
        return Ok(());
    }
    match every::at_an_end(&args.content, turn.reference()) {
        Some(span) => Err(Refusal::Recurring { part: args.content[span].to_owned() }),
        None => Ok(()),
    }
}

/// A deadline from a date that was typed.
pub fn deadline(turn: &Turn, when: &When, line: &str) -> Result<Deadline, Refusal> {
    match when {
        When::Instant(at) => Ok(Deadline::At(*at)),
        When::Date(day) => Ok(Deadline::On(*day)),
        When::Range(from, Some(end)) if *end > turn.now() => Ok(stretch_end(turn, *from, *end)),
        When::Recurrence(_) => {
            let span = when::find(line, turn.reference()).map(|found| found.span);
            let part = span.and_then(|span| line.get(span)).unwrap_or(line).to_owned();
            Err(Refusal::Recurring { part })
        }
        // Open, or over: 上周.
        When::Range(..) => {
            Err(Refusal::NotUnderstood { word: "task".into(), part: line.to_owned() })
        }
        When::Ambiguous(choices) => {
            let choices = choices.iter().filter_map(|c| say::when::printed(&turn.voice(), c));
            Err(Refusal::Unclear { choices: choices.collect() })
        }
        When::Impossible(meant) => {
            let meant = meant.as_deref().and_then(|m| say::when::printed(&turn.voice(), m));
            let span = when::find(line, turn.reference()).map(|found| found.span);
            let part = span.clone().and_then(|s| line.get(s)).unwrap_or(line).to_owned();
            if meant.is_none() && every::is_spoken_of(&part) {
                return Err(Refusal::Recurring { part });
            }
            Err(match (meant, span) {
                (Some(meant), Some(span)) => {
                    let mut line = line.to_owned();
                    line.replace_range(span, &meant);
                    Refusal::Past { part, line }
                }
                (Some(_) | None, _) => Refusal::NoSuchDay { part },
            })
        }
    }
}

/// The last day of whole days (下周), else the moment the stretch ends; an evening (今晚) ends with
/// its day, and not with the first minute of the next one.
fn stretch_end(turn: &Turn, from: Option<Timestamp>, end: Timestamp) -> Deadline {
    let wall = end.local(turn.zone());
    if wall.time() != NaiveTime::MIN {
        return Deadline::At(end);
    }
    let days = from.is_none_or(|from| from.plus_ms(DAY_MS) <= end);
    let last = days.then(|| wall.date().pred_opt()).flatten();
    last.map_or(Deadline::At(end.plus_ms(-MINUTE_MS)), Deadline::On)
}

/// Whether a wall time is the last minute of its day: what is to be done in the evening.
fn is_end_of_day(time: NaiveTime) -> bool {
    (time.hour(), time.minute()) == (23, 59)
}

/// When a deadline is reminded: a timed one at its time, an evening's at 20:00, a day's at 9:00, or
/// when work ends if that is over; with a lead so long before that, if there is time for it. Never
/// in the past.
pub fn remind_at(turn: &Turn, due: Deadline, lead: Option<Lead>) -> Option<Timestamp> {
    let at = deadline_at(due, turn.reference());
    let morning = match due {
        Deadline::At(at) => {
            let wall = at.local(turn.zone());
            let evening = wall.date().and_hms_opt(20, 0, 0);
            evening.filter(|_| is_end_of_day(wall.time()))
        }
        Deadline::On(day) => day.and_hms_opt(9, 0, 0),
    };
    let morning = morning.map(|wall| Timestamp::from_local(wall, turn.zone()));
    let led = lead.map(|lead| before(turn, due, lead));
    [led, morning, Some(at)].into_iter().flatten().find(|at| *at > turn.now())
}

/// So long before a deadline: a day's is reckoned from its morning in days, and from its end in
/// hours.
pub fn before(turn: &Turn, due: Deadline, lead: Lead) -> Timestamp {
    let at = match due {
        Deadline::On(day) if lead::is_dayly(lead) => {
            let wall = day.and_hms_opt(9, 0, 0).unwrap_or_default();
            Timestamp::from_local(wall, turn.zone())
        }
        Deadline::On(_) | Deadline::At(_) => deadline_at(due, turn.reference()),
    };
    lead::before(lead, at, turn.zone(), turn.calendar())
}

/// The year of a moment that was reckoned in working days, if its days off are not known.
pub fn guessed_year(turn: &Turn, at: Timestamp, line: &str) -> Option<i32> {
    let year = at.day(turn.zone()).year();
    (!turn.calendar().is_known(year) && workday::is_spoken_of(line)).then_some(year)
}

/// The first year of the next two times of a reminder that goes by days off, if they are not known.
pub fn guessed_years(turn: &Turn, reminder: &Reminder) -> Option<i32> {
    let every = reminder.every.as_ref()?;
    (every.off_days != OffDays::Keep || every.rule == Rule::Workdays).then_some(())?;
    let mut runs = Plan::of_reminder(reminder, turn.calendar()).runs().take(2);
    runs.find_map(|at| {
        let year = at.day(turn.zone()).year();
        (!turn.calendar().is_known(year)).then_some(year)
    })
}
