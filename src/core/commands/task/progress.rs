//! How far a task is, and what holds it up: `T12 进度 60% 卡在法务`.

use super::title::actor;
use crate::command::Invocation;
use crate::core::people::resolve;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::{Note, Task, TaskState};
use crate::text::progress::read;

/// Longest note, in characters: one screen line or two.
const NOTE_CHARS_MAX: usize = 200;

/// The names of the word that say that something holds the task up.
const BLOCKED: [&str; 14] = [
    "卡住",
    "卡在",
    "受阻",
    "阻塞",
    "在等",
    "等待",
    "等",
    "blocked",
    "blocked by",
    "blocked on",
    "stuck",
    "stuck on",
    "waiting for",
    "waiting on",
];

/// The word for it that every note is read with.
const BLOCKED_SAID: &str = "卡住";

/// What stands before whatever it waits for, and says no more.
const WAITS: [&str; 10] =
    ["正在等", "在等待", "在等", "等待", "等着", "等", "在", "waiting for", "waiting on", "by"];

/// A share in words.
const HALF: [&str; 3] = ["一半", "一半了", "half"];

/// Ends a question how far it is.
const ASKS: [&str; 12] = [
    "怎么样",
    "怎样",
    "如何",
    "咋样",
    "多少",
    "到哪",
    "到哪一步",
    "哪一步",
    "几成",
    "吗",
    "how is it",
    "how far",
];

/// Keeps a note; without one, or asked for it, shows those that are kept.
pub fn report(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    mut task: Task,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let said = note(invocation);
    let asks = ASKS.iter().any(|ask| said.trim_end_matches(['?', '？', '了']).ends_with(ask));
    if (said.is_empty() || asks) && args.people.is_empty() {
        let card = say::task::history(&turn.voice(), handle, &task);
        turn.say(card);
        return Ok(());
    }
    if task.state != TaskState::Open {
        let state = say::task::state(&turn.voice(), task.state);
        return Err(Refusal::Already { handle, state, instead: "reopen" });
    }
    if said.chars().nth(NOTE_CHARS_MAX).is_some() {
        return Err(Refusal::Limit { what: "note", most: NOTE_CHARS_MAX });
    }
    let unread = |part: &str| Refusal::NotUnderstood { word: "progress".into(), part: part.into() };
    let found = read(&said).map_err(|part| unread(&part))?;
    let by = actor(turn)?;
    let asked = resolve(turn, &args.people)?;
    // `卡在 @王经理`: the person is what it waits for.
    let names = || asked.iter().map(|who| who.name.as_str()).collect::<Vec<_>>().join(" ");
    let blocked = found.blocked.map(|on| match waited_for(&on) {
        "" => names(),
        on => on.to_owned(),
    });
    let (at, percent, text) = (turn.now(), found.percent, found.text);
    task.note(Note { at, by, percent, blocked, text });
    turn.put(handle.number, &task);
    let card = say::task::progress(&turn.voice(), handle, &task, &asked);
    turn.say(card);
    Ok(())
}

/// What is noted: a bare number is a share, and `T12 卡住了 等法务` says what holds it up.
fn note(invocation: &Invocation) -> String {
    let content = invocation.args.content.trim();
    // `T12 80% done`: how much is done.
    let share = content.strip_suffix("% done").map(|share| share.len());
    let content = share.map_or(content, |length| &content[..=length]);
    // `进度到80%了`
    let bare =
        content.trim_start_matches(['到', '了', ' ', '已']).trim_end_matches(['了', ' ', '。']);
    let is_share = bare.strip_suffix('%').is_some_and(|n| n.trim().parse::<u32>().is_ok());
    let content = if is_share { bare } else { content };
    if !content.is_empty() && content.chars().all(|c| c.is_ascii_digit()) {
        return format!("{content}%");
    }
    if HALF.contains(&content) {
        return "50%".to_owned();
    }
    if !BLOCKED.contains(&invocation.typed.as_str()) {
        return content.to_owned();
    }
    let on =
        content.trim_start_matches(['了', '着', '，', ',', ':', '：', ' ']).trim_end_matches('了');
    format!("{} {on}", BLOCKED_SAID).trim_end().to_owned()
}

/// Without the words that only say that it is waited for.
fn waited_for(on: &str) -> &str {
    let found = WAITS.iter().find_map(|word| {
        let rest = on.strip_prefix(word)?;
        (!word.is_ascii() || rest.starts_with(' ')).then(|| rest.trim_start())
    });
    found.unwrap_or(on)
}
