//! `任务`: made, listed, shown, edited, handed over, done, reopened, removed; and its reminder.

use super::tag;
use crate::command::{Invocation, Shape};
use crate::core::elsewhere;
use crate::core::numbers::TASKS_MAX;
use crate::core::people::resolve;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::tables::deadline_at;
use crate::core::turn::Turn;
use crate::model::post::Due;
use crate::model::task::{Deadline, Named, Task, TaskState};
use crate::model::{Handle, Lane, PersonId, Timestamp};
use crate::store::Order;
use crate::text::cut;
use crate::text::when::{self, When};

/// Longest title, in characters: one screen line or two.
pub const TITLE_CHARS_MAX: usize = 200;

/// Carries out a command on tasks.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    // With a message quoted, `任务 @乙` makes one of it; the line alone would be a list.
    let quotes = turn.incoming().is_some_and(|m| m.quoted.is_some());
    match &invocation.shape {
        Shape::List if quotes => create(turn, invocation),
        Shape::List => list(turn, invocation),
        Shape::Create => create(turn, invocation),
        Shape::Show(handle) => {
            let task = find(turn, *handle)?;
            let card = say::task::shown(&turn.voice(), *handle, &task);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) => act(turn, invocation, *handle, verb),
    }
}

/// Whoever made it and whoever is to do it.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    let task = turn.get::<Task>(number)?;
    let people = std::iter::once(&task.creator).chain(&task.assignees);
    Some(people.map(|who| who.person.clone()).collect())
}

/// A task's date has come: those who are to do it are told, once.
pub fn remind(turn: &mut Turn, due: &Due) {
    let Some(mut task) = turn.get::<Task>(due.number) else { return };
    if task.state != TaskState::Open || task.remind_at != Some(due.at) {
        return;
    }
    task.remind_at = None;
    let zone = turn.zone();
    let over = task.due.is_none_or(|d| deadline_at(d, zone) <= turn.now());
    turn.acting.lang = task.lang;
    let handle = Handle { letter: 'T', number: due.number };
    let card = say::task::reminder(&turn.voice(), handle, &task, over);
    turn.say(card.in_lane(Lane::Notice));
    turn.put(due.number, &task);
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Task, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let quoted = turn.incoming().and_then(|m| m.quoted.as_ref()).and_then(|q| q.text.clone());
    let content = Some(args.content.clone()).filter(|c| !c.is_empty()).or(quoted);
    let title = title(&content.ok_or(Refusal::Missing { word: "task", what: Missing::Content })?)?;
    let creator = actor(turn)?;
    let mut assignees = resolve(turn, &args.people)?;
    if assignees.is_empty() {
        assignees.push(creator.clone());
    }
    let due = args.when.as_ref().map(|w| deadline(turn, w, &invocation.line)).transpose()?;
    let task = Task {
        title,
        assignees,
        due,
        state: TaskState::Open,
        creator,
        created_at: turn.now(),
        done_on: None,
        remind_at: due.and_then(|due| remind_at(turn, due)),
        lang: turn.lang(),
        place: turn.title().to_owned(),
        tags: tag::fit(args.tags.iter().map(String::as_str))?,
    };
    let number = turn.next_number::<Task>();
    turn.put(number, &task);
    let card = say::task::created(&turn.voice(), Handle { letter: 'T', number }, &task);
    turn.say(card);
    Ok(())
}

fn list(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let people = resolve(turn, &invocation.args.people)?;
    let zone = turn.zone();
    let fits = |task: &Task| {
        let asked = |who: &Named| people.iter().any(|p| p.person == who.person);
        task.state == TaskState::Open
            && (people.is_empty() || task.assignees.iter().any(asked))
            && invocation.args.tags.iter().all(|tag| task.tags.contains(tag))
    };
    let mut tasks: Vec<(u32, Task)> =
        turn.list::<Task>(TASKS_MAX, Order::Down).into_iter().filter(|(_, t)| fits(t)).collect();
    let last = |task: &Task| task.due.map_or(Timestamp(i64::MAX), |due| deadline_at(due, zone));
    tasks.sort_by_key(|(number, task)| (last(task), *number));
    let now = turn.now();
    let late = tasks.iter().filter(|(_, task)| last(task) < now).count();
    let listed: Vec<(Handle, Task)> =
        tasks.into_iter().map(|(number, task)| (Handle { letter: 'T', number }, task)).collect();
    let mirrors = if turn.scope().is_direct() { elsewhere::shown(turn) } else { Vec::new() };
    let card = say::task::list(&turn.voice(), &listed, late, &mirrors);
    turn.say(card);
    Ok(())
}

fn act(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    verb: &str,
) -> Result<(), Refusal> {
    let task = find(turn, handle)?;
    match verb {
        "done" => set_state(turn, handle, task, TaskState::Done),
        "reopen" => set_state(turn, handle, task, TaskState::Open),
        "edit" => edit(turn, invocation, handle, task),
        "give" => give(turn, invocation, handle, task),
        "remove" => {
            turn.remove::<Task>(handle.number);
            let card = say::task::removed(&turn.voice(), handle, &task.title);
            turn.say(card);
            Ok(())
        }
        other => Err(Refusal::NotUnderstood { word: "task".into(), part: other.to_owned() }),
    }
}

fn set_state(
    turn: &mut Turn,
    handle: Handle,
    mut task: Task,
    to: TaskState,
) -> Result<(), Refusal> {
    if task.state == to {
        let state = say::task::state(&turn.voice(), to);
        return Err(Refusal::Already { handle, state });
    }
    let from = std::mem::replace(&mut task.state, to);
    task.done_on = (to == TaskState::Done).then(|| turn.today());
    if to == TaskState::Open {
        task.remind_at = task.due.and_then(|due| remind_at(turn, due));
    }
    turn.put(handle.number, &task);
    let card = say::task::moved(&turn.voice(), handle, &task, from);
    turn.say(card);
    Ok(())
}

fn edit(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Task,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let mut task = before.clone();
    let mut due = args.when.clone();
    for (key, value) in &args.pairs {
        match key.as_str() {
            "截止" | "时间" | "到期" | "due" | "by" => {
                let found = when::find(value, turn.reference());
                let unread = || Refusal::NotUnderstood { word: "edit".into(), part: value.clone() };
                due = Some(found.ok_or_else(unread)?.when);
            }
            "内容" | "标题" | "title" => task.title = title(value)?,
            _ => return Err(Refusal::NotUnderstood { word: "edit".into(), part: key.clone() }),
        }
    }
    if !args.content.is_empty() {
        task.title = title(&args.content)?;
    }
    let people = resolve(turn, &args.people)?;
    if !people.is_empty() {
        task.assignees = people;
    }
    task.tags = tag::fit(task.tags.iter().chain(&args.tags).map(String::as_str))?;
    if let Some(when) = due {
        let due = deadline(turn, &when, &invocation.line)?;
        task.due = Some(due);
        task.remind_at = remind_at(turn, due).filter(|_| task.state == TaskState::Open);
    }
    if task == before {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    turn.put(handle.number, &task);
    let card = say::task::edited(&turn.voice(), handle, &before, &task);
    turn.say(card);
    Ok(())
}

fn give(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    let people = resolve(turn, &invocation.args.people)?;
    if people.is_empty() {
        return Err(Refusal::Missing { word: "give", what: Missing::People });
    }
    let from = std::mem::replace(&mut task.assignees, people);
    turn.put(handle.number, &task);
    let card = say::task::given(&turn.voice(), handle, &from, &task);
    turn.say(card);
    Ok(())
}

/// A title: one line, not empty, not too long.
fn title(text: &str) -> Result<String, Refusal> {
    let title = cut::one_line(text);
    match title.chars().count() {
        0 => Err(Refusal::Missing { word: "task", what: Missing::Content }),
        1..=TITLE_CHARS_MAX => Ok(title),
        _ => Err(Refusal::Limit { what: "title", most: TITLE_CHARS_MAX }),
    }
}

fn actor(turn: &Turn) -> Result<Named, Refusal> {
    // Dates and sources type no commands.
    turn.acting.actor.clone().ok_or(Refusal::NotAllowed { needs: crate::command::Role::Member })
}

/// A deadline from a date that was typed.
fn deadline(turn: &Turn, when: &When, line: &str) -> Result<Deadline, Refusal> {
    match when {
        When::Instant(at) => Ok(Deadline::At(*at)),
        When::Date(day) => Ok(Deadline::On(*day)),
        When::Range(_, Some(end)) => Ok(Deadline::At(*end)),
        When::Range(_, None) | When::Recurrence(_) => {
            Err(Refusal::NotUnderstood { word: "task".into(), part: line.to_owned() })
        }
        When::Ambiguous(choices) => {
            let choices = choices.iter().filter_map(|c| say::when::printed(&turn.voice(), c));
            Err(Refusal::Unclear { choices: choices.collect() })
        }
        When::Impossible(meant) => {
            let meant = meant.as_deref().and_then(|m| say::when::printed(&turn.voice(), m));
            Err(Refusal::Past { meant })
        }
    }
}

/// When a deadline is reminded: a timed one at its time, a day's at 9:00, or at its 18:00 if 9:00
/// is over; never in the past.
fn remind_at(turn: &Turn, due: Deadline) -> Option<Timestamp> {
    let at = deadline_at(due, turn.zone());
    let morning = match due {
        Deadline::At(_) => None,
        Deadline::On(day) => {
            day.and_hms_opt(9, 0, 0).map(|wall| Timestamp::from_local(wall, turn.zone()))
        }
    };
    [morning, Some(at)].into_iter().flatten().find(|at| *at > turn.now())
}
