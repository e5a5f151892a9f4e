//! Sentences about kept messages: tagged, archived, found.

use super::Voice;
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
    card.blocks
        .push(Block::List(messages.iter().take(shown).map(|(n, m)| line(voice, *n, m)).collect()));
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

/// A message as a line of a list.
pub fn line(voice: &Voice, number: u32, message: &Message) -> Vec<Span> {
    let who = message.sender.as_ref().map(|s| s.name.as_str()).unwrap_or_default();
    let tags: String = message.tags.iter().map(|t| format!(" #{}", t.tag)).collect();
    let (said, at) = (excerpt(&message.text), voice.at(message.sent_at));
    vec![Span::from(voice.pick(
        format!("M{number} {at} {who}：{said}{tags}"),
        format!("M{number} {at} {who}: {said}{tags}"),
    ))]
}
