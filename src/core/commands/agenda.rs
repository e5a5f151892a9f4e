//! `计划`: what comes here in the next days, and what became of a schedule's last times.

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::follow;
use super::remind::to_come;
use super::report::REPORTS_MAX;
use crate::command::Invocation;
use crate::core::numbers::TASKS_MAX;
use crate::core::paging;
use crate::core::refusal::Refusal;
use crate::core::say::agenda::{Item, Kind};
use crate::core::schedule::{Plan, RUNS_MAX, next_of};
use crate::core::tables::deadline_at;
use crate::core::turn::Turn;
use crate::core::{elsewhere, ledger, say};
use crate::model::follow::Follow;
use crate::model::reminder::Reminder;
use crate::model::report::Report;
use crate::model::task::{Task, TaskState};
use crate::model::{Handle, Timestamp};
use crate::store::{Order, Table};
use crate::text::when::When;

/// How far `计划` looks where nothing is said, in ms: seven days.
const AHEAD_MS: i64 = 7 * 86_400_000;

/// What comes more often on one day is told by how often it comes.
const A_DAY_MAX: usize = 3;

/// How many past times are shown: a week of working days, twice.
const PAST_MAX: usize = 10;

/// Shows what comes, or what became of what came.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    if let Some(handle) = args.handles.first() {
        return past(turn, *handle);
    }
    // `agenda for tomorrow`
    let said = ["for", "on", "of", "in", "please", "for please"].contains(&args.content.as_str());
    if let Some(refusal) = to_make(turn, invocation).filter(|_| !said) {
        return Err(refusal);
    }
    if !args.content.is_empty() && !said {
        return Err(Refusal::NotUnderstood { word: "agenda".into(), part: args.content.clone() });
    }
    let now = turn.now();
    let (from, until) = match &args.when {
        None => (now, now.plus_ms(AHEAD_MS)),
        Some(When::Range(from, until)) => {
            let from = from.unwrap_or(now).max(now);
            (from, until.unwrap_or(from.plus_ms(AHEAD_MS)))
        }
        Some(When::Date(day)) => {
            (midnight(turn, *day).max(now), midnight(turn, *day + Days::new(1)))
        }
        Some(When::Instant(until)) => (now, *until),
        Some(When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_)) => {
            let part = invocation.line.clone();
            return Err(Refusal::NotUnderstood { word: "agenda".into(), part });
        }
    };
    let mut items = items(turn, from, until);
    items.retain_mut(|item| item.within(from, until));
    // What comes all day long would push everything else out of sight.
    items.sort_by_key(|item| (item.often.is_some(), item.times[0]));
    let long = say::agenda::coming(&turn.voice(), &items, until);
    paging::say(turn, long);
    Ok(())
}

/// `计划明天3点开会`, `schedule a meeting tomorrow at 3`: to be told of, or to be done?
fn to_make(turn: &Turn, invocation: &Invocation) -> Option<Refusal> {
    let args = &invocation.args;
    let rest = invocation.line.get(invocation.typed.len()..)?.trim();
    let (remind, task) = turn.voice().pick(("提醒我", "任务"), ("remind me", "task"));
    let lines = vec![format!("{remind} {rest}"), format!("{task} {rest}")];
    (args.when.is_some() && !args.content.is_empty())
        .then(|| Refusal::Which { part: invocation.line.clone(), lines })
}

/// Where a day begins; right after the gap where the clocks skip its midnight.
fn midnight(turn: &Turn, day: NaiveDate) -> Timestamp {
    Timestamp::from_local(day.and_time(NaiveTime::MIN), turn.zone())
}

/// The times of a schedule within a stretch, as many as are counted.
fn runs(plan: Plan, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    plan.from(from).runs().take_while(|at| *at < until).take(RUNS_MAX).collect()
}

/// Whether these are more than a few on one day.
fn is_often(times: &[Timestamp], zone: Tz) -> bool {
    times.windows(A_DAY_MAX + 1).any(|few| few[0].day(zone) == few[A_DAY_MAX].day(zone))
}

/// Everything that waits for a time here; in a direct chat also what groups show of theirs.
fn items(turn: &mut Turn, from: Timestamp, until: Timestamp) -> Vec<Item> {
    let zone = turn.zone();
    let mut items = Vec::new();
    for (number, reminder) in to_come(turn) {
        let runs = runs(Plan::of_reminder(&reminder, turn.calendar()), from, until);
        let often = reminder.every.as_ref().filter(|_| is_often(&runs, zone));
        let often = often.map(|every| say::schedule::every(&turn.voice(), every));
        let mut times: Vec<Timestamp> = reminder.again_at.into_iter().chain(runs).collect();
        times.sort();
        let handle = Handle { letter: 'J', number }.to_string();
        items.push(Item {
            kind: Kind::Reminder,
            handle,
            text: reminder.text,
            to: Some(reminder.to),
            times,
            often,
        });
    }
    for (number, report) in turn.list::<Report>(REPORTS_MAX, Order::Up) {
        let times = runs(Plan::of_report(&report, turn.calendar()), from, until);
        let handle = Handle { letter: 'D', number }.to_string();
        items.push(Item {
            kind: Kind::Report,
            handle,
            text: String::new(),
            to: Some(report.to),
            times,
            often: None,
        });
    }
    let open = |task: &Task| task.state == TaskState::Open;
    for (number, task) in turn.list::<Task>(TASKS_MAX, Order::Down) {
        let Some(due) = task.due.filter(|_| open(&task)) else { continue };
        let times = vec![deadline_at(due, turn.reference())];
        let handle = Handle { letter: 'T', number }.to_string();
        items.push(Item {
            kind: Kind::Task,
            handle,
            text: task.title,
            to: Some(task.assignees),
            times,
            often: None,
        });
    }
    for (number, asked, at) in follow::to_come(turn) {
        let handle = Handle { letter: 'F', number }.to_string();
        let (text, to) = (asked.text, Some(asked.whom));
        let (times, often) = (vec![at], None);
        items.push(Item { kind: Kind::Follow, handle, text, to, times, often });
    }
    if turn.scope().is_direct() {
        for mirror in elsewhere::shown(turn) {
            let shown = mirror.shown;
            let kind = match shown.handle.chars().next() {
                Some('J') => Kind::Reminder,
                Some('D') => Kind::Report,
                Some('F') => Kind::Follow,
                _ => Kind::Task,
            };
            let times =
                shown.due.map(|due| deadline_at(due, turn.reference())).into_iter().collect();
            let handle = format!("{} {}", shown.title, shown.handle);
            let (text, to, often) = (shown.text, None, None);
            items.push(Item { kind, handle, text, to, times, often });
        }
    }
    items
}

/// What became of the last times of a reminder, a report or a task's date.
fn past(turn: &mut Turn, handle: Handle) -> Result<(), Refusal> {
    let number = handle.number;
    let (table, known, next) = match handle.letter {
        'J' => {
            let reminder = turn.get::<Reminder>(number);
            (
                Reminder::ID,
                reminder.is_some(),
                reminder.as_ref().and_then(|r| next_of(r, turn.calendar())),
            )
        }
        'D' => {
            let report = turn.get::<Report>(number);
            let next = report
                .as_ref()
                .and_then(|report| Plan::of_report(report, turn.calendar()).runs().next());
            (Report::ID, report.is_some(), next)
        }
        'T' => {
            let task = turn.get::<Task>(number);
            (Task::ID, task.is_some(), task.and_then(|task| task.remind_at))
        }
        'F' => {
            let follow = turn.get::<Follow>(number);
            (Follow::ID, follow.is_some(), follow.and_then(|follow| follow.remind_at))
        }
        _ => {
            let part = handle.to_string();
            return Err(Refusal::NotUnderstood { word: "agenda".into(), part });
        }
    };
    let past = ledger::past(turn, table, number, PAST_MAX);
    // Of one that was removed the record remains.
    if past.is_empty() && !known {
        return Err(Refusal::NoSuch(handle));
    }
    let card = say::agenda::past(&turn.voice(), handle, &past, next);
    turn.say(card);
    Ok(())
}
