//! `延后`: a reminder comes later, once: the one that has just come, or the next one.

use chrono::Days;

use crate::command::{Args, Invocation};
use crate::core::ledger;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::schedule::Plan;
use crate::core::timing;
use crate::core::turn::Turn;
use crate::model::occurrence::{Occurrence, Outcome};
use crate::model::reminder::{Reminder, Skip};
use crate::model::task::{Task, TaskState};
use crate::model::{Handle, Lang, Timestamp};
use crate::store::Table;
use crate::text::when::{self, When};

/// Put off by this where nothing else is said, in ms.
const DEFAULT_MS: i64 = 10 * 60 * 1000;

/// So long after it came, `延后` means the one that came and not the next one, in ms.
const RECENT_MS: i64 = 2 * 60 * 60 * 1000;

/// What stands before the 后 of a distance, and not before that of 延后 and 今后.
const UNITS: [char; 8] = ['钟', '时', '分', '秒', '天', '周', '月', '刻'];

/// How late it is to be.
enum Later {
    /// By so many ms.
    By(i64),
    /// By so many days, at the same time of day.
    Days(u64),
    /// At this moment.
    At(Timestamp),
}

/// What is put off.
enum Put {
    /// The only regular one, which has not come yet.
    Only,
    /// One that came, or that was put off before.
    Again,
    /// The next regular one, which has not come yet; others follow.
    Next(Timestamp),
}

/// Puts a reminder off.
pub fn snooze(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut reminder: Reminder,
) -> Result<(), Refusal> {
    if !reminder.enabled {
        let state = say::status::switched(&turn.voice(), false);
        return Err(Refusal::Already { handle, state, instead: "enable" });
    }
    let (put, base) = put(turn, handle, &reminder);
    let at = until(turn, invocation, base)?;
    match put {
        Put::Only => reminder.next_at = Some(at),
        Put::Again => reminder.again_at = Some(at),
        Put::Next(through) => {
            reminder.skip = Some(Skip { through, put_off: true });
            reminder.again_at = Some(at);
        }
    }
    reminder.done_at = None;
    turn.put(handle.number, &reminder);
    let card = say::remind::put_off(&turn.voice(), handle, &reminder, at);
    turn.say(card);
    Ok(())
}

/// `T1 延后 1小时`: a task's reminder comes again then; its deadline stays.
pub fn task(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    if task.state == TaskState::Done {
        let state = say::task::state(&turn.voice(), task.state);
        return Err(Refusal::Already { handle, state, instead: "reopen" });
    }
    let base = task.remind_at.unwrap_or(turn.now());
    let at = until(turn, invocation, base)?;
    task.remind_at = Some(at);
    turn.put(handle.number, &task);
    let card = say::task::put_off(&turn.voice(), handle, &task, at);
    turn.say(card);
    Ok(())
}

/// The new time of something that would come at `base`, as typed; always ahead.
pub fn until(turn: &Turn, invocation: &Invocation, base: Timestamp) -> Result<Timestamp, Refusal> {
    let later = later(turn, &invocation.args, &invocation.line)?;
    let at = Some(moved(turn, base, &later)).filter(|at| *at > turn.now());
    let part = || invocation.line.clone();
    at.ok_or_else(|| Refusal::NotUnderstood { word: "snooze".into(), part: part() })
}

/// What is meant, and from when it is put off.
fn put(turn: &mut Turn, handle: Handle, reminder: &Reminder) -> (Put, Timestamp) {
    let now = turn.now();
    if let Some(again) = reminder.again_at {
        return (Put::Again, again);
    }
    let Some(next) = Plan::of_reminder(reminder, turn.calendar()).runs().next() else {
        return (Put::Again, now);
    };
    if reminder.every.is_none() {
        return (Put::Only, next);
    }
    let last = ledger::past(turn, Reminder::ID, handle.number, 1).into_iter().next();
    let came =
        |row: &Occurrence| row.outcome == Outcome::Ran && row.settled_at.plus_ms(RECENT_MS) >= now;
    match last {
        Some((_, row)) if came(&row) => (Put::Again, now),
        Some(_) | None => (Put::Next(next), next),
    }
}

/// The new time.
fn moved(turn: &Turn, base: Timestamp, later: &Later) -> Timestamp {
    let zone = turn.zone();
    match later {
        Later::By(ms) => base.plus_ms(*ms),
        Later::Days(days) => {
            let wall = base.local(zone);
            wall.checked_add_days(Days::new(*days))
                .map_or(base, |wall| Timestamp::from_local(wall, zone))
        }
        Later::At(at) => *at,
    }
}

/// Whether a line says how much later (`10分钟后`, `in 10 minutes`) and not when.
fn is_distance(line: &str) -> bool {
    line.match_indices('后').any(|(at, _)| line[..at].ends_with(UNITS))
        || line.to_lowercase().contains(" in ")
}

/// Reads `10分钟`, `半小时`, `1天`, `到明天9点`; ten minutes where nothing is said.
fn later(turn: &Turn, args: &Args, line: &str) -> Result<Later, Refusal> {
    if let Some(when) = &args.when {
        return match when {
            When::Instant(at) if is_distance(line) && *at > turn.now() => {
                Ok(Later::By(at.0 - turn.now().0))
            }
            _ => timing::moment(turn, when, line).map(Later::At),
        };
    }
    let content = args.content.trim();
    if content.is_empty() {
        return Ok(Later::By(DEFAULT_MS));
    }
    let distance = match turn.lang() {
        Lang::Zh => format!("{content}后"),
        Lang::En => format!("in {content}"),
    };
    let whole = when::find(&distance, turn.reference())
        .filter(|found| found.span == (0..distance.len()))
        .map(|found| found.when);
    match whole {
        Some(When::Instant(at)) if at > turn.now() => Ok(Later::By(at.0 - turn.now().0)),
        Some(When::Date(day)) if day > turn.today() => {
            Ok(Later::Days((day - turn.today()).num_days().unsigned_abs()))
        }
        Some(_) | None => {
            Err(Refusal::NotUnderstood { word: "snooze".into(), part: content.to_owned() })
        }
    }
}
