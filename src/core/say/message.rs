//! Sentences about kept messages: tagged, archived, found.

use super::Voice;
use super::more::Long;
use super::voice::{LISTED_MAX, excerpt};
use crate::model::Handle;
use crate::model::message::Message;
use crate::model::outgoing::{Block, Outgoing, Span};

/// Where things go when no cabinet is named.
pub fn default_cabinet(voice: &Voice) -> &'static str {
    voice.pick("默认库", "default")
}

/// A message was tagged, or was so `before`; `alike` others carry one of the tags.
pub fn tagged(
    voice: &Voice,
    handle: Handle,
    tags: &[String],
    alike: usize,
    before: bool,
) -> Outgoing {
    let tags = tags.iter().map(|t| format!("#{t}")).collect::<Vec<_>>().join(" ");
    if before {
        return Outgoing::text(
            voice.pick(format!("{handle} 之前就有 {tags}"), format!("{handle} had {tags} before")),
        );
    }
    let alike = match alike {
        0 => String::new(),
        1 => voice.pick("；同类另有 1 条".to_owned(), "; 1 other like it".to_owned()),
        _ => voice.pick(format!("；同类另有 {alike} 条"), format!("; {alike} others like it")),
    };
    let text = voice
        .pick(format!("{handle} 已标 {tags}{alike}"), format!("{handle} tagged {tags}{alike}"));
    Outgoing::text(text).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// A message was archived, or was there already.
pub fn archived(voice: &Voice, handle: Handle, cabinet: &str, again: bool) -> Outgoing {
    let cabinet = voice.quote(cabinet);
    if again {
        return Outgoing::text(voice.pick(
            format!("{handle} 之前就在{cabinet}里"),
            format!("{handle} was in {cabinet} before"),
        ));
    }
    let text = voice
        .pick(format!("{handle} 已归档到{cabinet}"), format!("{handle} archived to {cabinet}"));
    Outgoing::text(text).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// The last messages.
pub fn list(voice: &Voice, messages: &[(u32, Message)]) -> Outgoing {
    if messages.is_empty() {
        return voice.lines("这里还没有留存的消息", "No messages are kept here yet");
    }
    let mut card = Outgoing::text(voice.pick("最近留存的消息", "Latest kept messages"));
    let many = messages.len() == LISTED_MAX;
    let shown = messages.len() - usize::from(many);
    card.blocks.push(Block::List(messages.iter().take(shown).map(|m| line(voice, m)).collect()));
    if many {
        card = card.and_line(vec![Span::from(voice.pick(
            "更早的用词、@人 或 #标签 来搜，例如：搜 @我",
            "Find earlier ones by words, @person or #tag: find @me",
        ))]);
    }
    card
}

/// One message, whole.
pub fn shown(voice: &Voice, handle: Handle, message: &Message) -> Outgoing {
    let who = message.sender.as_ref().map(|s| s.name.as_str()).unwrap_or_default();
    let mut about = format!("{handle} · {who} · {}", voice.at(message.sent_at));
    if let Some(cabinet) = &message.cabinet {
        let cabinet = voice.quote(cabinet);
        about.push_str(&voice.pick(format!(" · 在{cabinet}"), format!(" · in {cabinet}")));
    }
    for tagged in &message.tags {
        about.push_str(&format!(" #{}", tagged.tag));
    }
    let mut card = Outgoing::text(about);
    card.blocks.push(Block::Quote(message.text.clone()));
    card
}

/// Hits of what was `wanted`, newest first, and what could not be looked through.
pub fn found(
    voice: &Voice,
    wanted: &[String],
    hits: &[(u32, Message)],
    scanned: Option<usize>,
    hears_all: bool,
) -> Long {
    let count = hits.len();
    let head = match count {
        0 => none(voice, wanted),
        _ => voice.pick(format!("找到 {count} 条"), format!("{count} found")),
    };
    let mut card = Outgoing::text(head);
    if let Some(most) = scanned {
        card = card.and_line(vec![Span::from(voice.pick(
            format!("只查了最近 {most} 条"),
            format!("Only the latest {most} were searched"),
        ))]);
    }
    if !hears_all {
        card = card.and_line(vec![Span::from(voice.pick(
            "只含 @我 和被引用的消息",
            "Only messages that @ me, and quoted ones, are kept",
        ))]);
    }
    let lines = hits.iter().map(|hit| line(voice, hit)).collect();
    Long {
        head: card, lines, hint: Some(voice.pick("加词、@人、#标签", "words, @person, #tag"))
    }
}

/// Somebody's name was looked for: how what they said is found.
pub fn of_whom(voice: &Voice, name: &str) -> String {
    voice.pick(
        format!("这是提到「{name}」的；{name} 自己发的：搜 @{name}"),
        format!("These mention “{name}”; for what they said: find @{name}"),
    )
}

/// What was looked for is said, so that nobody wonders how the line was read.
fn none(voice: &Voice, wanted: &[String]) -> String {
    let all: Vec<String> = wanted.iter().map(|part| voice.quote(&excerpt(part))).collect();
    match all.as_slice() {
        [one] => voice.pick(format!("没找到{one}"), format!("Nothing found for {one}")),
        all => {
            let (zh, en) = (all.join(""), all.join(", "));
            voice.pick(format!("没找到同时有{zh}的消息"), format!("No message has all of {en}"))
        }
    }
}

fn line(voice: &Voice, (number, message): &(u32, Message)) -> Vec<Span> {
    let who = message.sender.as_ref().map(|s| s.name.as_str()).unwrap_or_default();
    let tags: String = message.tags.iter().map(|t| format!(" #{}", t.tag)).collect();
    let (said, at) = (excerpt(&message.text), voice.at(message.sent_at));
    vec![Span::from(voice.pick(
        format!("M{number} {at} {who}：{said}{tags}"),
        format!("M{number} {at} {who}: {said}{tags}"),
    ))]
}
