//! Sentences about tasks.

use super::Voice;
use super::lead;
use super::voice::{LISTED_MAX, excerpt, mentions, names};
use crate::core::tables::deadline_at;
use crate::model::notice::Moved;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::task::{Deadline, Named, Note, Task, TaskState};
use crate::model::{Handle, Timestamp};

/// `T1 写周报 · @乙 · 3月2日(周一)18:00`, with those asked mentioned.
pub fn summary(voice: &Voice, handle: Handle, task: &Task, call: bool) -> Vec<Span> {
    let mut spans =
        vec![Span::Strong(handle.to_string()), Span::from(format!(" {} · ", task.title))];
    if call {
        spans.extend(mentions(&task.assignees));
    } else {
        spans.push(Span::from(names(&task.assignees)));
    }
    if let Some(due) = task.due {
        spans.push(Span::from(format!(" · {}", due_and_lead(voice, task, due))));
    }
    if !task.tags.is_empty() {
        let tags: Vec<String> = task.tags.iter().map(|tag| format!("#{tag}")).collect();
        spans.push(Span::from(format!(" · {}", tags.join(" "))));
    }
    spans
}

/// A deadline, and when it is told before, as long as it has not been.
fn due_and_lead(voice: &Voice, task: &Task, due: Deadline) -> String {
    let due_at = deadline_at(due, voice.reference);
    let told = task.lead.zip(task.remind_at.filter(|at| *at < due_at));
    let said = told.map(|(lead, at)| lead::told(voice, &voice.due(due), lead, (due_at, at)));
    said.unwrap_or_else(|| voice.due(due))
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

/// Several dates were said: which of them is the deadline, and how to take another.
pub fn of_several_dates(voice: &Voice, handle: Handle, task: &Task) -> String {
    let due = task.due.map(|due| voice.due(due)).unwrap_or_default();
    voice.pick(
        format!("里面有几个时间，截止按 {due} 算。要换就说：{handle} 改 截止=周三"),
        format!(
            "Of its dates I took {due} as the deadline. To take another: {handle} edit due=Wed"
        ),
    )
}

/// A title begins with somebody's name: how it becomes theirs.
pub fn for_somebody(voice: &Voice, handle: Handle, names: &[String]) -> String {
    let (all, called) = (voice.joined(names.iter().cloned()), names.join(" @"));
    voice.pick(
        format!("要交给 {all} 就说：{handle} 转给 @{called}"),
        format!("To hand it to {all}: {handle} give @{called}"),
    )
}

/// One task, whole.
pub fn shown(voice: &Voice, handle: Handle, task: &Task) -> Outgoing {
    let state = state(voice, task.state);
    let by = voice.pick(
        format!("{} · {} 建于 {}", state, task.creator.name, voice.at(task.created_at)),
        format!("{} · made by {} on {}", state, task.creator.name, voice.at(task.created_at)),
    );
    let mut card =
        Outgoing::line(summary(voice, handle, task, false)).and_line(vec![Span::from(by)]);
    if let Some(parts) = parts(voice, task) {
        card = card.and_line(vec![Span::from(parts)]);
    }
    if let Some(note) = task.progress.last() {
        card = card.and_line(vec![Span::from(note_line(voice, note))]);
    }
    let button = |card: Outgoing, label: (&str, &str), verb: (&str, &str)| {
        let line = format!("{handle} {}", voice.pick(verb.0, verb.1));
        card.and_button(voice.pick(label.0, label.1), line)
    };
    match task.state {
        TaskState::Open => button(card, ("完成", "Done"), ("完成", "done")),
        TaskState::Submitted => {
            let card = button(card, ("验收", "Accept"), ("验收", "accept"));
            button(card, ("退回", "Send back"), ("退回", "return"))
        }
        TaskState::Done => button(card, ("重开", "Reopen"), ("重开", "reopen")),
    }
}

/// Whose part is done and whose is not, where several are to do it.
fn parts(voice: &Voice, task: &Task) -> Option<String> {
    let open = task.open_parts();
    let done = task.assignees.len() - open.len();
    (task.state == TaskState::Open && done > 0 && !open.is_empty()).then(|| {
        let (of, open) = (task.assignees.len(), names(&open));
        voice.pick(
            format!("已完成 {done}/{of}，还差 {open}"),
            format!("{done} of {of} done, still open: {open}"),
        )
    })
}

/// Some of several people have done their part.
pub fn part_done(voice: &Voice, handle: Handle, task: &Task, ready: &[Named]) -> Outgoing {
    let (ready, open) = (names(ready), task.open_parts());
    let (done, of, open) = (task.assignees.len() - open.len(), task.assignees.len(), names(&open));
    Outgoing::text(voice.pick(
        format!("{handle} {}：{ready} 的部分已完成（{done}/{of}），还差 {open}", task.title),
        format!("{handle} {}: {ready} finished ({done} of {of}), still open: {open}", task.title),
    ))
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// A note on progress was kept; those whose help is asked for are called.
pub fn progress(voice: &Voice, handle: Handle, task: &Task, asked: &[Named]) -> Outgoing {
    let said = task.progress.last().map(|note| note_words(voice, note)).unwrap_or_default();
    let mut spans = vec![Span::from(format!("{handle} {} · {said}", task.title))];
    if !asked.is_empty() {
        spans.push(Span::from(" "));
        spans.extend(mentions(asked));
    }
    let card = Outgoing::line(spans);
    let card = match task.percent() {
        Some(100) => card.and_button(
            voice.pick("完成", "Done"),
            format!("{handle} {}", voice.pick("完成", "done")),
        ),
        Some(_) | None => card,
    };
    card.and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// What was said of its progress, the latest first.
pub fn history(voice: &Voice, handle: Handle, task: &Task) -> Outgoing {
    if task.progress.is_empty() {
        return Outgoing::text(voice.pick(
            format!("{handle} 还没有进度。例如：{handle} 进度 60% 卡在法务"),
            format!("Nothing said about {handle} yet. Try: {handle} progress 60% blocked: legal"),
        ));
    }
    let head = voice.pick(format!("{handle} 的进度"), format!("Progress of {handle}"));
    let notes = task.progress.iter().rev().take(LISTED_MAX);
    let lines = notes.map(|note| vec![Span::from(note_line(voice, note))]).collect();
    let mut card = Outgoing::line(vec![Span::from(head)]);
    card.blocks.push(Block::List(lines));
    card
}

fn note_line(voice: &Voice, note: &Note) -> String {
    format!("{} {} {}", voice.at(note.at), note.by.name, note_words(voice, note))
}

fn note_words(voice: &Voice, note: &Note) -> String {
    let percent = note.percent.map(|percent| format!("{percent}%"));
    let text = Some(note.text.clone()).filter(|text| !text.is_empty());
    let blocked = note.blocked.as_ref().map(|on| match on.is_empty() {
        true => voice.pick("卡住了", "blocked").to_owned(),
        false => voice.pick(format!("卡在 {on}"), format!("blocked: {on}")),
    });
    [percent, text, blocked].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Tasks that concern somebody moved, elsewhere.
pub fn notice(voice: &Voice, moved: &[Moved], more: u32) -> Outgoing {
    let line = |moved: &Moved| {
        let (old, new) = (state(voice, moved.from), state(voice, moved.to));
        let Moved { place, handle, title, by, .. } = moved;
        let title = excerpt(title);
        voice.pick(
            format!("{place} {handle} 任务【{title}】已由【{old}】变为【{new}】（{by}）"),
            format!("{place} {handle} “{title}” went from {old} to {new} ({by})"),
        )
    };
    let lines: Vec<String> = moved.iter().take(LISTED_MAX).map(line).collect();
    let left = moved.len().saturating_sub(LISTED_MAX) + more as usize;
    let mut card = Outgoing::text(lines.first().map(String::as_str).unwrap_or_default().trim());
    for line in &lines[1..] {
        card = card.and_line(vec![Span::from(line.trim())]);
    }
    if left > 0 {
        card = card.and_line(vec![Span::from(voice.pick(
            format!("还有 {left} 项变化，在群里看：任务"),
            format!("{left} more changed, see in the groups: task"),
        ))]);
    }
    card
}

/// The word for a state.
pub fn state(voice: &Voice, state: TaskState) -> &'static str {
    match state {
        TaskState::Open => voice.pick("进行中", "open"),
        TaskState::Submitted => voice.pick("待验收", "waiting for acceptance"),
        TaskState::Done => voice.pick("已完成", "done"),
    }
}

/// A task changed its state; whoever is to accept it is called.
pub fn moved(voice: &Voice, handle: Handle, task: &Task, from: TaskState) -> Outgoing {
    let (old, new) = (state(voice, from), state(voice, task.state));
    let title = &task.title;
    let text = voice.pick(
        format!("{handle} 任务【{title}】已由【{old}】变为【{new}】"),
        format!("{handle} “{title}” went from {old} to {new}"),
    );
    let card = match task.state {
        TaskState::Open if from == TaskState::Submitted => sent_back(voice, task, text),
        TaskState::Open | TaskState::Done => Outgoing::text(text),
        TaskState::Submitted => {
            let mut spans = vec![Span::from(text), Span::from(voice.pick("，请 ", ". "))];
            spans.extend(mentions(std::slice::from_ref(&task.creator)));
            spans.push(Span::from(voice.pick(
                format!(" 验收：{handle} 验收"),
                format!(", please accept it: {handle} accept"),
            )));
            Outgoing::line(spans).and_button(
                voice.pick("验收", "Accept"),
                format!("{handle} {}", voice.pick("验收", "accept")),
            )
        }
    };
    card.and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// Not accepted: those who did it hear why.
fn sent_back(voice: &Voice, task: &Task, text: String) -> Outgoing {
    let reason = task.progress.last().map(|note| note.text.as_str()).unwrap_or_default();
    let why = match reason {
        "" => String::new(),
        reason => voice.pick(format!("：{reason}"), format!(": {reason}")),
    };
    let mut spans = vec![Span::from(format!("{text}{why} "))];
    spans.extend(mentions(&task.assignees));
    Outgoing::line(spans)
}

/// A task was edited: what it was and what it is.
pub fn edited(voice: &Voice, handle: Handle, before: &Task, after: &Task) -> Outgoing {
    let mut changes = Vec::new();
    if before.title != after.title {
        changes.push(format!("{} → {}", excerpt(&before.title), after.title));
    }
    if (before.due, before.lead) != (after.due, after.lead) {
        let due = |task: &Task| {
            let none = || voice.pick("无截止", "no deadline").to_owned();
            task.due.map_or_else(none, |due| due_and_lead(voice, task, due))
        };
        changes.push(format!("{} → {}", due(before), due(after)));
    }
    if before.assignees != after.assignees {
        changes.push(format!("{} → {}", names(&before.assignees), names(&after.assignees)));
    }
    let gone = before.tags.iter().filter(|t| !after.tags.contains(t));
    changes.extend(gone.map(|tag| voice.pick(format!("去掉 #{tag}"), format!("without #{tag}"))));
    changes.extend(after.tags.iter().filter(|t| !before.tags.contains(t)).map(|t| format!("#{t}")));
    Outgoing::text(format!("{handle} {}", changes.join(voice.pick("；", "; "))))
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// Somebody more is to do it, who is called, or it has a tag more.
pub fn added(
    voice: &Voice,
    handle: Handle,
    task: &Task,
    people: &[Named],
    tags: &[&String],
) -> Outgoing {
    let title = excerpt(&task.title);
    let mut spans = vec![Span::from(
        voice.pick(format!("{handle} {title}：加了 "), format!("{handle} {title}: added ")),
    )];
    spans.extend(mentions(people));
    spans.push(Span::from(rest_of(voice, task, people, tags)));
    Outgoing::line(spans).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// It is no longer somebody's to do, or lost a tag.
pub fn dropped(
    voice: &Voice,
    handle: Handle,
    task: &Task,
    people: &[Named],
    tags: &[&String],
) -> Outgoing {
    let (title, gone) = (excerpt(&task.title), names(people));
    let rest = rest_of(voice, task, people, tags);
    Outgoing::text(voice.pick(
        format!("{handle} {title}：去掉了 {gone}{rest}"),
        format!("{handle} {title}: took off {gone}{rest}"),
    ))
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// The tags that came or went with people, and whose the task is now.
fn rest_of(voice: &Voice, task: &Task, people: &[Named], tags: &[&String]) -> String {
    let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
    let tags = tags.join(" ");
    if people.is_empty() {
        return tags;
    }
    let gap = if tags.is_empty() { "" } else { " " };
    let now = names(&task.assignees);
    voice.pick(format!("{gap}{tags}，现在是 {now}"), format!("{gap}{tags}, now {now}"))
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

/// Its deadline moved back.
pub fn postponed(voice: &Voice, handle: Handle, before: &Task, after: &Task) -> Outgoing {
    let due = |task: &Task| task.due.map(|due| voice.due(due));
    let title = excerpt(&after.title);
    let times: Vec<String> = [due(before), due(after)].into_iter().flatten().collect();
    let times = times.join(" → ");
    Outgoing::text(
        voice.pick(
            format!("{handle} {title} 截止 {times}"),
            format!("{handle} {title}, due: {times}"),
        ),
    )
    .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
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
    let zone = voice.reference.zone;
    let due_at = task.due.map(|due| deadline_at(due, voice.reference));
    let ahead = due_at.is_some_and(|at| at.day(zone) > voice.reference.today());
    spans.push(Span::from(match over {
        false if ahead => voice.pick(
            format!(" {handle} {} 快到期了（{due}）", task.title),
            format!(" {handle} {} is due soon ({due})", task.title),
        ),
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
        .and_button(voice.pick("1小时后再提醒", "In 1 hour"), types("稍后 1小时", "snooze 1 hour"))
}
