//! Sentences about tasks.

use super::Voice;
use super::voice::{LISTED_MAX, excerpt, mentions, names};
use crate::core::tables::Mirror;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::task::{Named, Task, TaskState};
use crate::model::{Handle, Timestamp};

/// `T1 写周报 · @乙 · 3月2日(周一)18:00`, with those asked mentioned.
fn summary(voice: &Voice, handle: Handle, task: &Task, call: bool) -> Vec<Span> {
    let mut spans =
        vec![Span::Strong(handle.to_string()), Span::from(format!(" {} · ", task.title))];
    if call {
        spans.extend(mentions(&task.assignees));
    } else {
        spans.push(Span::from(names(&task.assignees)));
    }
    if let Some(due) = task.due {
        spans.push(Span::from(format!(" · {}", voice.due(due))));
    }
    spans
}

/// A task was made.
pub fn created(voice: &Voice, handle: Handle, task: &Task) -> Outgoing {
    // Whoever makes a task for themselves needs no call.
    let call = task.assignees != [task.creator.clone()];
    let mut card = Outgoing::line(summary(voice, handle, task, call));
    if task.due.is_some() && task.remind_at.is_none() {
        card = card.and_line(vec![Span::from(voice.pick(
            format!("已过提醒时间，不会再提醒。要改期：{handle} 改 明天9:00"),
            format!("Too late for a reminder. To move it: {handle} edit tomorrow 9:00"),
        ))]);
    }
    card.and_button(voice.pick("完成", "Done"), format!("{handle} {}", voice.pick("完成", "done")))
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// One task, whole.
pub fn shown(voice: &Voice, handle: Handle, task: &Task) -> Outgoing {
    let state = state(voice, task.state);
    let by = voice.pick(
        format!("{} · {} 建于 {}", state, task.creator.name, voice.at(task.created_at)),
        format!("{} · made by {} on {}", state, task.creator.name, voice.at(task.created_at)),
    );
    let card = Outgoing::line(summary(voice, handle, task, false)).and_line(vec![Span::from(by)]);
    match task.state {
        TaskState::Open => card.and_button(
            voice.pick("完成", "Done"),
            format!("{handle} {}", voice.pick("完成", "done")),
        ),
        TaskState::Done => card.and_button(
            voice.pick("重开", "Reopen"),
            format!("{handle} {}", voice.pick("重开", "reopen")),
        ),
    }
}

/// The word for a state.
pub fn state(voice: &Voice, state: TaskState) -> &'static str {
    match state {
        TaskState::Open => voice.pick("进行中", "open"),
        TaskState::Done => voice.pick("已完成", "done"),
    }
}

/// Open tasks, soonest first; the first `late` of them are overdue.
pub fn list(
    voice: &Voice,
    tasks: &[(Handle, Task)],
    late: usize,
    elsewhere: &[Mirror],
) -> Outgoing {
    let count = tasks.len() + elsewhere.len();
    if count == 0 {
        return voice.lines(
            "没有进行中的任务。新建一个：任务 明天18点 发报价单",
            "No open tasks. Make one: task send the quote tomorrow 18:00",
        );
    }
    let overdue = match late {
        0 => String::new(),
        _ => voice.pick(format!("，{late} 项已逾期"), format!(", {late} overdue")),
    };
    let head = voice.pick(format!("进行中 {count} 项{overdue}"), format!("{count} open{overdue}"));
    let own = tasks.iter().enumerate().map(|(at, (handle, task))| {
        let short = Task { title: excerpt(&task.title), ..task.clone() };
        let mut spans = summary(voice, *handle, &short, false);
        if at < late {
            spans.push(Span::from(voice.pick(" · 已逾期", " · overdue")));
        }
        spans
    });
    let theirs = elsewhere.iter().map(|m| vec![Span::from(mirrored(voice, m))]);
    let mut lines: Vec<Vec<Span>> = own.chain(theirs).take(LISTED_MAX).collect();
    if count > LISTED_MAX {
        let more = count - LISTED_MAX;
        lines.push(vec![Span::from(voice.pick(
            format!("还有 {more} 项，可以筛选：任务 @我、任务 #标签"),
            format!("{more} more, narrow them down: task @me, task #tag"),
        ))]);
    }
    let mut card = Outgoing::line(vec![Span::from(head)]);
    card.blocks.push(Block::List(lines));
    card
}

fn mirrored(voice: &Voice, mirror: &Mirror) -> String {
    let shown = &mirror.shown;
    let due = shown.due.map(|due| format!(" · {}", voice.due(due))).unwrap_or_default();
    format!("{} {} {}{due}", shown.title, shown.handle, excerpt(&shown.text))
}

/// A task changed its state.
pub fn moved(voice: &Voice, handle: Handle, task: &Task, from: TaskState) -> Outgoing {
    let (old, new) = (state(voice, from), state(voice, task.state));
    let title = &task.title;
    let text = voice.pick(
        format!("{handle} 任务【{title}】已由【{old}】变为【{new}】"),
        format!("{handle} “{title}” went from {old} to {new}"),
    );
    Outgoing::text(text).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// A task was edited: what it was and what it is.
pub fn edited(voice: &Voice, handle: Handle, before: &Task, after: &Task) -> Outgoing {
    let mut changes = Vec::new();
    if before.title != after.title {
        changes.push(format!("{} → {}", excerpt(&before.title), after.title));
    }
    if before.due != after.due {
        let due = |task: &Task| {
            task.due
                .map_or_else(|| voice.pick("无截止", "no deadline").to_owned(), |d| voice.due(d))
        };
        changes.push(format!("{} → {}", due(before), due(after)));
    }
    if before.assignees != after.assignees {
        changes.push(format!("{} → {}", names(&before.assignees), names(&after.assignees)));
    }
    changes.extend(after.tags.iter().filter(|t| !before.tags.contains(t)).map(|t| format!("#{t}")));
    Outgoing::text(format!("{handle} {}", changes.join(voice.pick("；", "; "))))
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// A task was handed over.
pub fn given(voice: &Voice, handle: Handle, from: &[Named], task: &Task) -> Outgoing {
    let mut spans = vec![Span::from(voice.pick(
        format!("{handle} {} 已由 {} 转给 ", task.title, names(from)),
        format!("{handle} {} handed over from {} to ", task.title, names(from)),
    ))];
    spans.extend(mentions(&task.assignees));
    if let Some(due) = task.due {
        spans.push(Span::from(format!(" · {}", voice.due(due))));
    }
    Outgoing::line(spans)
}

/// Its reminder was put off.
pub fn put_off(voice: &Voice, handle: Handle, task: &Task, at: Timestamp) -> Outgoing {
    let (title, at) = (excerpt(&task.title), voice.at(at));
    Outgoing::text(voice.pick(
        format!("{handle} {title} 到 {at} 再提醒，截止不变"),
        format!("{handle} {title}: a reminder on {at}, the deadline stays"),
    ))
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// A record was removed and can be had back.
pub fn removed(voice: &Voice, handle: Handle, title: &str) -> Outgoing {
    Outgoing::text(voice.pick(
        format!("已删 {handle} {}。要恢复就说：撤销", excerpt(title)),
        format!("Removed {handle} {}. To bring it back: undo", excerpt(title)),
    ))
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// A task's reminder: those who are to do it are called.
pub fn reminder(voice: &Voice, handle: Handle, task: &Task, over: bool) -> Outgoing {
    let mut spans = mentions(&task.assignees);
    let due = task.due.map(|due| voice.due(due)).unwrap_or_default();
    spans.push(Span::from(match over {
        true => voice.pick(
            format!(" {handle} {} 到期了（{due}）", task.title),
            format!(" {handle} {} is due ({due})", task.title),
        ),
        false => voice.pick(
            format!(" {handle} {} 今天要完成（{due}）", task.title),
            format!(" {handle} {} is due today ({due})", task.title),
        ),
    }));
    let types = |zh: &str, en: &str| format!("{handle} {}", voice.pick(zh, en));
    Outgoing::line(spans)
        .and_button(voice.pick("完成", "Done"), types("完成", "done"))
        .and_button(voice.pick("1小时后再提醒", "In 1 hour"), types("延后 1小时", "snooze 1 hour"))
}
