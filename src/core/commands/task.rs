//! `任务`: made, listed, shown, edited, handed over, done, reopened, removed; and its reminder.

use super::{snooze, tag};
use crate::command::{Invocation, Shape};
use crate::core::due::{deadline, once, remind_at};
use crate::core::elsewhere;
use crate::core::ledger;
use crate::core::numbers::TASKS_MAX;
use crate::core::people::resolve;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::tables::deadline_at;
use crate::core::turn::Turn;
use crate::model::occurrence::{Of, Outcome};
use crate::model::post::{Due, DueName};
use crate::model::task::{Named, Task, TaskState};
use crate::model::{Handle, Lane, PersonId, Timestamp};
use crate::store::{Order, Table};
use crate::text::cut;
use crate::text::when;

/// Longest title, in characters: one screen line or two.
pub const TITLE_CHARS_MAX: usize = 200;

/// The names of the word that list the asker's tasks alone.
const MINE: [&str; 2] = ["我的任务", "my tasks"];

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
    turn.put(due.number, &task);
    if ledger::outcome(turn, Task::ID, due.number, due.at).is_some() {
        return;
    }
    ledger::record(turn, Task::ID, due.number, due.at, Outcome::Ran);
    let scope = turn.scope().clone();
    ledger::say_for(turn, Of { scope, table: Task::ID.0, number: due.number, at: due.at });
    let zone = turn.zone();
    let over = task.due.is_none_or(|d| deadline_at(d, zone) <= turn.now());
    turn.acting.lang = task.lang;
    let handle = Handle { letter: 'T', number: due.number };
    let card = say::task::reminder(&turn.voice(), handle, &task, over);
    turn.say(card.in_lane(Lane::Notice));
}

/// Its reminder, if that is due and has not been handed over yet.
pub fn catch_up(turn: &mut Turn, number: u32) {
    let at = turn.get::<Task>(number).and_then(|task| task.remind_at);
    if let Some(at) = at.filter(|at| *at <= turn.now()) {
        remind(turn, &Due { table: Task::ID.0, number, name: DueName::Remind, at });
    }
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Task, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let quoted = turn.incoming().and_then(|m| m.quoted.as_ref()).and_then(|q| q.text.clone());
    let missing = Refusal::Missing { word: "task", what: Missing::Content };
    let title = match args.content.is_empty() {
        false => title(&args.content)?,
        // What somebody else said at length is cut, not refused.
        true => cut::chars(&title_line(&quoted.ok_or(missing)?)?, TITLE_CHARS_MAX),
    };
    once(turn, args)?;
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
    let mut people = resolve(turn, &invocation.args.people)?;
    if MINE.contains(&invocation.typed.as_str()) {
        people.push(actor(turn)?);
    }
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
    let mirrors = if turn.scope().is_direct() { elsewhere::of(turn, 'T') } else { Vec::new() };
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
        "snooze" => snooze::task(turn, invocation, handle, task),
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
        let instead = if to == TaskState::Done { "reopen" } else { "done" };
        return Err(Refusal::Already { handle, state, instead });
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
    let args = &invocation.args;
    let named: Vec<String> = match args.people.is_empty() {
        false if !args.content.is_empty() => {
            let part = args.content.clone();
            return Err(Refusal::NotUnderstood { word: "give".into(), part });
        }
        false => args.people.clone(),
        // `转给 乙` without the @ is clear enough.
        true => args.content.split_whitespace().map(str::to_owned).collect(),
    };
    let people = resolve(turn, &named)?;
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
    let title = title_line(text)?;
    match title.chars().nth(TITLE_CHARS_MAX) {
        None => Ok(title),
        Some(_) => Err(Refusal::Limit { what: "title", most: TITLE_CHARS_MAX }),
    }
}

fn title_line(text: &str) -> Result<String, Refusal> {
    let line = cut::one_line(text);
    let line = Some(line.trim_end_matches('。').to_owned()).filter(|line| !line.is_empty());
    line.ok_or(Refusal::Missing { word: "task", what: Missing::Content })
}

fn actor(turn: &Turn) -> Result<Named, Refusal> {
    // Dates and sources type no commands.
    turn.acting.actor.clone().ok_or(Refusal::NotAllowed { needs: crate::command::Role::Member })
}
