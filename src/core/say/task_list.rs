//! Sentences about lists of tasks.

use super::Voice;
use super::more::Long;
use super::task::{state, summary};
use super::voice::{excerpt, names};
use crate::core::tables::{Mirror, deadline_at};
use crate::model::outgoing::{Outgoing, Span};
use crate::model::task::{Deadline, Named, Task, TaskState};
use crate::model::{Handle, Timestamp};

/// A task in a list.
pub struct Listed {
    /// Its handle.
    pub handle: Handle,
    /// It.
    pub task: Task,
    /// Open, and its deadline is over.
    pub late: bool,
}

/// What was asked for, as far as an empty list says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// All that are open.
    Open,
    /// One's own.
    Mine,
    /// Those of others.
    Theirs(Vec<Named>),
    /// Those of a filter, by its key.
    Filter(String),
    /// Those of one tag.
    Tag(String),
    /// Those due in a stretch of time.
    Due,
    /// Those of one group.
    Group(String),
    /// Those that several of these fit.
    Several,
}

/// Tasks in the order given.
pub fn list(voice: &Voice, tasks: &[Listed], elsewhere: &[Mirror], asked: &Asked) -> Long {
    let count = tasks.len() + elsewhere.len();
    if count == 0 {
        return Long::none(Outgoing::text(none(voice, asked)));
    }
    let head = head(voice, tasks, elsewhere);
    let own = tasks.iter().map(|listed| (last(voice, listed.task.due), line(voice, listed)));
    let theirs = elsewhere.iter().map(|m| (last(voice, m.shown.due), mirrored(voice, m)));
    let mut lines: Vec<(Timestamp, Vec<Span>)> = own.chain(theirs).collect();
    // Stable: one's own come first among those that are due at the same time.
    lines.sort_by_key(|(last, _)| *last);
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    let hint = voice.pick("任务 @我、任务 #标签、任务 逾期", "task @me, task #tag, task overdue");
    let head = Outgoing::line(vec![Span::from(head)]);
    Long { head, lines, hint: Some(hint) }
}

fn none(voice: &Voice, asked: &Asked) -> String {
    let (zh, en) = match asked {
        Asked::Open => (
            "没有进行中的任务。新建一个：任务 明天18点 发报价单".to_owned(),
            "No open tasks. Make one: task send the quote tomorrow 18:00".to_owned(),
        ),
        Asked::Mine => ("你没有未完成的任务".to_owned(), "You have no open tasks".to_owned()),
        Asked::Theirs(people) => {
            let names = names(people);
            (format!("{names} 没有未完成的任务"), format!("No open tasks for {names}"))
        }
        Asked::Tag(tag) => (format!("没有带 #{tag} 的任务"), format!("No tasks with #{tag}")),
        Asked::Due => {
            ("这段时间没有要到期的任务".to_owned(), "No tasks are due in that time".to_owned())
        }
        Asked::Group(group) => (
            format!("{group} 里没有你没做完的任务。看全部：任务"),
            format!("You have no open tasks in {group}. See all: task"),
        ),
        Asked::Filter(key) => {
            let (zh, en) = of_filter(key);
            (zh.to_owned(), en.to_owned())
        }
        Asked::Several => (
            "没有符合条件的任务。看全部：任务".to_owned(),
            "No such tasks. See all: task".to_owned(),
        ),
    };
    voice.pick(zh, en)
}

/// By the keys of the word's filters.
fn of_filter(key: &str) -> (&'static str, &'static str) {
    match key {
        "overdue" => ("没有逾期的任务", "No overdue tasks"),
        "done" => ("还没有已完成的任务", "No finished tasks yet"),
        "submitted" => ("没有待验收的任务", "No tasks wait for acceptance"),
        "undated" => ("没做完的任务都有截止时间", "Every open task has a deadline"),
        "blocked" => ("没有卡住的任务", "No blocked tasks"),
        _ => ("还没有任务", "No tasks yet"),
    }
}

fn head(voice: &Voice, tasks: &[Listed], elsewhere: &[Mirror]) -> String {
    let count = tasks.len() + elsewhere.len();
    let late = tasks.iter().filter(|listed| listed.late).count()
        + elsewhere.iter().filter(|mirror| is_late(voice, mirror)).count();
    let overdue = match late {
        0 => String::new(),
        _ => voice.pick(format!("，{late} 项已逾期"), format!(", {late} overdue")),
    };
    let first = tasks.first().map_or(TaskState::Open, |listed| listed.task.state);
    match tasks.iter().all(|listed| listed.task.state == first) {
        true => {
            let state = state(voice, first);
            voice.pick(format!("{state} {count} 项{overdue}"), format!("{count} {state}{overdue}"))
        }
        false => voice.pick(format!("任务 {count} 项{overdue}"), format!("{count} tasks{overdue}")),
    }
}

fn line(voice: &Voice, listed: &Listed) -> Vec<Span> {
    let task = &listed.task;
    let short = Task { title: excerpt(&task.title), ..task.clone() };
    let mut spans = summary(voice, listed.handle, &short, false);
    if listed.late {
        spans.push(Span::from(voice.pick(" · 已逾期", " · overdue")));
    }
    match task.state {
        TaskState::Open => {
            if let Some(percent) = task.percent() {
                spans.push(Span::from(format!(" · {percent}%")));
            }
            if let Some(on) = task.blocked() {
                let on = excerpt(on);
                spans.push(Span::from(
                    voice.pick(format!(" · 卡在 {on}"), format!(" · blocked: {on}")),
                ));
            }
        }
        TaskState::Submitted => {
            spans.push(Span::from(voice.pick(" · 待验收", " · to be accepted")))
        }
        TaskState::Done => {}
    }
    spans
}

fn mirrored(voice: &Voice, mirror: &Mirror) -> Vec<Span> {
    let shown = &mirror.shown;
    let due = shown.due.map(|due| format!(" · {}", voice.due_elsewhere(due))).unwrap_or_default();
    let late = if is_late(voice, mirror) { voice.pick(" · 已逾期", " · overdue") } else { "" };
    let text = excerpt(&shown.text);
    vec![Span::from(format!("{} {} {text}{due}{late}", shown.title, shown.handle))]
}

/// A group shows only what is open.
fn is_late(voice: &Voice, mirror: &Mirror) -> bool {
    last(voice, mirror.shown.due) < voice.reference.now
}

/// The last moment of a deadline: what has none comes after all that have one.
fn last(voice: &Voice, due: Option<Deadline>) -> Timestamp {
    due.map_or(Timestamp(i64::MAX), |due| deadline_at(due, voice.reference))
}
