//! `延后`: a reminder comes later, once: the one that has just come, or the next one.

use chrono::{NaiveDate, TimeDelta};

use crate::command::{Args, Invocation};
use crate::core::due::{deadline, remind_at};
use crate::core::ledger;
use crate::core::refusal::{Missing, OfTask, Refusal};
use crate::core::reminders;
use crate::core::say;
use crate::core::schedule::Plan;
use crate::core::tables::deadline_at;
use crate::core::timing;
use crate::core::turn::Turn;
use crate::model::occurrence::{Occurrence, Outcome};
use crate::model::reminder::{Reminder, Skip};
use crate::model::task::{Deadline, Task, TaskState};
use crate::model::{Handle, Lang, Timestamp};
use crate::store::Table;
use crate::text::when::{self, When};

/// Put off by this where nothing else is said, in ms.
const DEFAULT_MS: i64 = 10 * 60 * 1000;

/// So long after it came, `延后` means the one that came and not the next one, in ms.
const RECENT_MS: i64 = 2 * 60 * 60 * 1000;

/// What stands before the 后 of a distance, and not before that of 延后 and 今后.
const UNITS: [char; 8] = ['钟', '时', '分', '秒', '天', '周', '月', '刻'];

/// The names of the word that leave a task's deadline where it is.
const SNOOZES: [&str; 5] = ["稍后", "snooze", "snooze for", "snooze to", "snooze until"];

/// The names that put something forward.
const EARLIER: [&str; 3] = ["提前", "bring forward", "bring forward by"];

/// How late it is to be.
enum Later {
    /// By so many ms.
    By(i64),
    /// By so many days, at the same time of day.
    Days(i64),
    /// At this date.
    To(When),
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
        Put::Only => {
            reminder.next_at = Some(at);
            // Put off by hand, it does not lead up to its time any more, unless that comes as well.
            let also = reminder.lead.is_some_and(|lead| lead.also);
            if !also || reminder.due_at.is_none_or(|due| due <= at) {
                (reminder.lead, reminder.due_at) = (None, None);
            }
        }
        Put::Again => reminder.again_at = Some(at),
        Put::Next(through) => {
            reminder.skip = Some(Skip { through, put_off: true });
            reminder.again_at = Some(at);
        }
    }
    reminder.done_at = None;
    turn.put(handle.number, &reminder);
    let card = say::remind::put_off(&turn.voice(), handle, &reminder, at);
    let again = Reminder { every: None, next_at: None, again_at: Some(at), ..reminder };
    let note = reminders::quiet_note(turn, &again).filter(|_| again.again_at == Some(at));
    let card = note.into_iter().fold(card, |card, note| card.and_line(vec![note.into()]));
    turn.say(card);
    Ok(())
}

/// `T1 延后 两天`: a task's deadline moves. `T1 稍后 1小时`: its reminder comes again then, the
/// deadline stays.
pub fn task(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    task: Task,
) -> Result<(), Refusal> {
    match SNOOZES.contains(&invocation.typed.as_str()) {
        true => task_reminder(turn, invocation, handle, task),
        false => task_deadline(turn, invocation, handle, task),
    }
}

/// The deadline moves by what is said, or to it; one that is over is reckoned from now.
fn task_deadline(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Task,
) -> Result<(), Refusal> {
    open(turn, handle, &before)?;
    if invocation.args.when.is_none() && said(&invocation.args).is_empty() {
        return Err(Refusal::Missing { word: "snooze", what: Missing::When });
    }
    let later = later(turn, invocation)?;
    let over = || too_early(turn, invocation, handle);
    let due = match (before.due, &later) {
        (now, Later::To(when)) => {
            let due = deadline(turn, when, &invocation.line)?;
            let due = timing::with_the_rest(turn, now, (due, when), &invocation.line);
            let due = weekday_after(turn, invocation, now, due);
            earlier(turn, invocation, handle, (now, due))?;
            due
        }
        (None, Later::By(_) | Later::Days(_)) => {
            return Err(Refusal::Task(OfTask::NoDeadline { handle }));
        }
        (Some(Deadline::On(day)), Later::Days(days)) => {
            // One that is over counts from today only where it would still be over.
            let by = |base: NaiveDate| base.checked_add_signed(TimeDelta::days(*days));
            let ahead = |day: &NaiveDate| *day >= turn.today();
            let from_today = || by(turn.today()).filter(|_| *days > 0);
            let day = by(day).filter(ahead).or_else(from_today).filter(ahead);
            Deadline::On(day.ok_or_else(over)?)
        }
        (Some(due), later) => {
            let base = deadline_at(due, turn.reference());
            let at = moved(turn, base, later);
            // Days leave the hour.
            let from_now = || match later {
                Later::Days(days) => {
                    let wall = base.local(turn.zone()).time();
                    let day = turn.today().checked_add_signed(TimeDelta::days(*days))?;
                    Some(Timestamp::from_local(day.and_time(wall), turn.zone()))
                }
                Later::By(_) | Later::To(_) => Some(moved(turn, turn.now(), later)),
            };
            let at = Some(at).filter(|at| *at > turn.now()).or_else(from_now);
            Deadline::At(at.filter(|at| *at > turn.now()).ok_or_else(over)?)
        }
    };
    let open = before.state == TaskState::Open;
    let remind_at = remind_at(turn, due, before.lead).filter(|_| open);
    let task = Task { due: Some(due), remind_at, ..before.clone() };
    if task.due == before.due {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    turn.put(handle.number, &task);
    let card = say::task::postponed(&turn.voice(), handle, &before, &task);
    turn.say(card);
    Ok(())
}

/// `push to Monday` of what is due on a Friday is the Monday after it: a day of the week that is
/// put off to comes behind the deadline there is.
fn weekday_after(
    turn: &Turn,
    invocation: &Invocation,
    now: Option<Deadline>,
    then: Deadline,
) -> Deadline {
    let words = when::find(&invocation.line, turn.reference());
    let words = words.and_then(|found| invocation.line.get(found.span)).unwrap_or_default();
    let forward = EARLIER.contains(&invocation.typed.as_str());
    let at = |due: Deadline| deadline_at(due, turn.reference());
    let (Some(now), true, false) = (now, is_weekday(words), forward) else { return then };
    let later = match then {
        _ if at(then) > at(now) => then,
        Deadline::On(day) => Deadline::On(day + TimeDelta::days(7)),
        Deadline::At(moment) => {
            let wall = moment.local(turn.zone()) + TimeDelta::days(7);
            Deadline::At(Timestamp::from_local(wall, turn.zone()))
        }
    };
    // Of a deadline weeks ahead it is asked.
    if at(later) > at(now) { later } else { then }
}

/// Whether words name a day of the week, and not of which week.
fn is_weekday(words: &str) -> bool {
    let lower = words.to_lowercase();
    let zh = ["周", "星期", "礼拜"].iter().any(|week| lower.starts_with(week));
    let en = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    zh && !lower.contains('末') || en.iter().any(|day| lower.starts_with(day))
}

/// Refused where what is to be put off would come earlier than it does now: it is asked whether
/// that is meant.
fn earlier(
    turn: &Turn,
    invocation: &Invocation,
    handle: Handle,
    (now, then): (Option<Deadline>, Deadline),
) -> Result<(), Refusal> {
    let forward = EARLIER.contains(&invocation.typed.as_str());
    let at = |due: Deadline| deadline_at(due, turn.reference());
    let Some(now) = now.filter(|now| !forward && at(*now) > turn.now() && at(then) < at(*now))
    else {
        return Ok(());
    };
    let edit = turn.core.catalogue.word("edit").map(|word| &word.names(invocation.lang).name);
    let edit = edit.map_or("", String::as_str);
    let day = match then {
        Deadline::At(at) => When::Instant(at),
        Deadline::On(day) => When::Date(day),
    };
    let day = say::when::printed(&turn.voice(), &day).unwrap_or_default();
    let line = format!("{handle} {edit} {}={day}", turn.voice().pick("截止", "due"));
    Err(Refusal::Earlier { handle, now, line })
}

/// The deadline would be over already: today may have been meant.
fn too_early(turn: &Turn, invocation: &Invocation, handle: Handle) -> Refusal {
    let edit = turn.core.catalogue.word("edit").map(|word| &word.names(invocation.lang).name);
    let today = say::when::printed(&turn.voice(), &When::Date(turn.today()));
    let (edit, today) = (edit.map_or("", String::as_str), today.unwrap_or_default());
    let (line, typed) = (&invocation.line, &invocation.typed);
    let part = line.find(typed.as_str()).and_then(|at| line.get(at..)).unwrap_or(line).to_owned();
    Refusal::Past { part, line: format!("{handle} {edit} {today}") }
}

/// Refused for a task that is done.
fn open(turn: &Turn, handle: Handle, task: &Task) -> Result<(), Refusal> {
    if task.state != TaskState::Done {
        return Ok(());
    }
    let state = say::task::state(&turn.voice(), task.state);
    Err(Refusal::Already { handle, state, instead: "reopen" })
}

fn task_reminder(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    open(turn, handle, &task)?;
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
    let later = later(turn, invocation)?;
    let at = match &later {
        Later::To(when) => match on_its_day(turn, invocation, when, base) {
            Some(at) => at,
            None => timing::moment(turn, when, &invocation.line)?,
        },
        Later::By(_) | Later::Days(_) => moved(turn, base, &later),
    };
    let at = Some(at).filter(|at| *at > turn.now());
    let part = || invocation.line.clone();
    at.ok_or_else(|| Refusal::NotUnderstood { word: "snooze".into(), part: part() })
}

/// An hour alone is one of the day of what is put off (`提前到8点半` of a Saturday's), if it says
/// which: later than now, and later or earlier than before as the word says.
fn on_its_day(
    turn: &Turn,
    invocation: &Invocation,
    when: &When,
    base: Timestamp,
) -> Option<Timestamp> {
    matches!(when, When::Instant(_)).then_some(())?;
    let at = timing::hour_of_day(turn, base, &invocation.line)?;
    let forward = EARLIER.iter().any(|word| invocation.typed.starts_with(word));
    let half_day = TimeDelta::hours(12).num_milliseconds();
    let near = [at, at.plus_ms(half_day), at.plus_ms(-half_day)];
    let fits = |at: &Timestamp| {
        let same_day = at.day(turn.zone()) == base.day(turn.zone());
        same_day && *at > turn.now() && (*at < base) == forward && *at != base
    };
    near.into_iter().find(fits)
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
            wall.checked_add_signed(TimeDelta::days(*days))
                .map_or(base, |wall| Timestamp::from_local(wall, zone))
        }
        Later::To(_) => base,
    }
}

/// Whether a line says how much later (`10分钟后`, `in 10 minutes`) and not when.
fn is_distance(line: &str) -> bool {
    line.match_indices('后').any(|(at, _)| line[..at].ends_with(UNITS))
        || line.to_lowercase().contains(" in ")
}

/// Whether the word that was typed leads to a moment, and not to a distance: `延后到`, `postpone to`.
fn typed_to(typed: &str) -> bool {
    ["到", " to", " until"].iter().any(|to| typed.ends_with(to))
}

/// How much later, or earlier, something is to be.
fn later(turn: &Turn, invocation: &Invocation) -> Result<Later, Refusal> {
    let later = distance(turn, &invocation.args, &invocation.line, &invocation.typed)?;
    Ok(match (later, EARLIER.contains(&invocation.typed.as_str())) {
        (Later::By(ms), true) => Later::By(-ms),
        (Later::Days(days), true) => Later::Days(-days),
        (later, _) => later,
    })
}

/// What is said of it besides a date, without what says no more.
fn said(args: &Args) -> &str {
    let said = args.content.trim().trim_end_matches(['吧', '了', '。']);
    let said =
        ["for ", "by ", "another "].iter().find_map(|lead| said.strip_prefix(lead)).unwrap_or(said);
    match ["一下", "一点", "点", "一会儿", "a bit", "a little"].contains(&said) {
        true => "",
        false => said,
    }
}

/// Reads `10分钟`, `半小时`, `1天`, `到明天9点`; ten minutes where nothing is said.
fn distance(turn: &Turn, args: &Args, line: &str, typed: &str) -> Result<Later, Refusal> {
    if let Some(when) = &args.when {
        return match when {
            When::Instant(at) if is_distance(line) && !typed_to(typed) && *at > turn.now() => {
                Ok(Later::By(at.0 - turn.now().0))
            }
            // `延后 3天后`: by three days; `延后到 3天后` is a day.
            When::Date(day) if is_distance(line) && !typed_to(typed) && *day > turn.today() => {
                Ok(Later::Days((*day - turn.today()).num_days()))
            }
            _ => Ok(Later::To(when.clone())),
        };
    }
    let content = said(args);
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
            Ok(Later::Days((day - turn.today()).num_days()))
        }
        Some(_) | None => {
            Err(Refusal::NotUnderstood { word: "snooze".into(), part: content.to_owned() })
        }
    }
}
