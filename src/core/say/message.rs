//! Sentences about kept messages: tagged, archived, found.

use super::Voice;
use super::misread;
use super::voice::{LISTED_MAX, excerpt};
use crate::model::message::{Form, Message, Tagged};
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::{Handle, Timestamp};
use crate::text::cut;

/// What is to be done to many messages.
#[derive(Debug, Clone)]
pub struct Batch {
    /// How many they are.
    pub count: usize,
    /// There are more than one batch takes.
    pub most: bool,
    /// The newest of them, as the asker is shown them.
    pub newest: Vec<(u32, Message)>,
    /// Where they go.
    pub cabinet: String,
    /// The line that does it.
    pub line: String,
}

/// Where things go when no cabinet is named.
pub fn default_cabinet(voice: &Voice) -> &'static str {
    voice.pick("默认库", "default")
}

/// Messages were tagged, or were so `before`; `alike` others carry one of the tags.
pub fn tagged(
    voice: &Voice,
    handles: &[Handle],
    tags: &[String],
    alike: usize,
    before: bool,
) -> Outgoing {
    let (handles, tags) = (joined(voice, handles), hashed(tags.iter()));
    if before {
        return Outgoing::text(
            voice
                .pick(format!("{handles} 之前就有 {tags}"), format!("{handles} had {tags} before")),
        );
    }
    let alike = match alike {
        0 => String::new(),
        1 => voice.pick("；同类另有 1 条".to_owned(), "; 1 other like it".to_owned()),
        _ => voice.pick(format!("；同类另有 {alike} 条"), format!("; {alike} others like it")),
    };
    undoable(
        voice,
        voice.pick(
            format!("{handles} 已标 {tags}{alike}"),
            format!("{handles} tagged {tags}{alike}"),
        ),
    )
}

/// A message lost these tags, or never had them; those it has.
pub fn untagged(
    voice: &Voice,
    handle: Handle,
    tags: &[String],
    left: &[Tagged],
    taken: bool,
) -> Outgoing {
    let (tags, left) = (hashed(tags.iter()), hashed(left.iter().map(|tagged| &tagged.tag)));
    let has = match left.is_empty() {
        true => voice.pick("，现在没有标签".to_owned(), "; it has no tags now".to_owned()),
        false => voice.pick(format!("，现在是 {left}"), format!("; it has {left}")),
    };
    if !taken && tags.is_empty() {
        return Outgoing::text(
            voice.pick(format!("{handle} 没有标签"), format!("{handle} has no tags")),
        );
    }
    if !taken {
        let has = if left.is_empty() { String::new() } else { has };
        return Outgoing::text(voice.pick(
            format!("{handle} 没有 {tags} 这个标签{has}"),
            format!("{handle} isn’t tagged {tags}{has}"),
        ));
    }
    undoable(
        voice,
        voice
            .pick(format!("{handle} 去掉了 {tags}{has}"), format!("took {tags} off {handle}{has}")),
    )
}

/// Messages were archived, or were there already.
pub fn archived(voice: &Voice, handles: &[Handle], cabinet: &str, again: bool) -> Outgoing {
    let (handles, cabinet) = (joined(voice, handles), voice.quote(cabinet));
    if again {
        return Outgoing::text(voice.pick(
            format!("{handles} 之前就在{cabinet}里"),
            format!("{handles} was in {cabinet} before"),
        ));
    }
    undoable(
        voice,
        voice.pick(
            format!("{handles} 已归档到{cabinet}"),
            format!("{handles} archived to {cabinet}"),
        ),
    )
}

/// A message was taken out of its cabinet, or was in none.
pub fn unfiled(voice: &Voice, handle: Handle, cabinet: Option<&str>) -> Outgoing {
    let Some(cabinet) = cabinet.map(|cabinet| voice.quote(cabinet)) else {
        return Outgoing::text(
            voice.pick(format!("{handle} 没有归档"), format!("{handle} is in no cabinet")),
        );
    };
    undoable(
        voice,
        voice.pick(
            format!("{handle} 已从{cabinet}取出，消息还在"),
            format!("{handle} taken out of {cabinet}; the message stays"),
        ),
    )
}

/// A message is not in the cabinet it was to be taken out of.
pub fn not_in(voice: &Voice, handle: Handle, named: &str, own: Option<&str>) -> Outgoing {
    let named = voice.quote(named);
    let own = own.map(|own| voice.quote(own));
    let (zh, en) = match own {
        Some(own) => (format!("在{own}里"), format!("but in {own}")),
        None => ("没有归档".to_owned(), "nor in any other".to_owned()),
    };
    Outgoing::text(
        voice.pick(
            format!("{handle} 不在{named}里，{zh}"),
            format!("{handle} is not in {named}, {en}"),
        ),
    )
}

/// Many messages at once, before it is done: how many they are, the newest of them, and the line
/// that does it.
pub fn batch(voice: &Voice, batch: &Batch, direct: bool) -> Outgoing {
    let (count, cabinet) = (batch.count, voice.quote(&batch.cabinet));
    let head = match batch.most {
        false => voice.pick(
            format!("{count} 条会归档到{cabinet}，最新的："),
            format!("{count} would go to {cabinet}, the latest:"),
        ),
        true => voice.pick(
            format!("太多了，先归档最新的 {count} 条到{cabinet}："),
            format!("Too many at once: the latest {count} would go to {cabinet}:"),
        ),
    };
    let mut card = Outgoing::text(head);
    let newest = batch.newest.iter().map(|(n, m)| line(voice, *n, m)).collect();
    card.blocks.push(Block::List(newest));
    let yes = misread::reply(voice, voice.pick("确定", "yes"), direct);
    card.and_line(vec![Span::from(voice.pick(
        format!("一次撤销就能全部收回。确定就回：{yes}"),
        format!("One undo takes all of it back. If so, say: {yes}"),
    ))])
    .and_button(voice.pick("确定", "Yes"), batch.line.as_str())
}

/// Many messages were archived.
pub fn batched(voice: &Voice, count: usize, cabinet: &str) -> Outgoing {
    let cabinet = voice.quote(cabinet);
    undoable(
        voice,
        voice.pick(
            format!("{count} 条已归档到{cabinet}；反悔就回：撤销"),
            format!("{count} archived to {cabinet}; to take that back: undo"),
        ),
    )
}

/// Nothing is there to be archived.
pub fn none_to_archive(voice: &Voice, asked: &str) -> Outgoing {
    let asked = voice.quote(asked);
    voice.lines(
        &format!("没有可归档的：{asked}找不到还没归档的消息"),
        &format!("Nothing to archive: no message that fits {asked} is outside a cabinet"),
    )
}

fn undoable(voice: &Voice, text: String) -> Outgoing {
    Outgoing::text(text).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// Most handles of an answer; of more the first are said, and how many they are.
const NAMED_MAX: usize = 20;

fn joined(voice: &Voice, handles: &[Handle]) -> String {
    let count = handles.len();
    let shown = if count <= NAMED_MAX { count } else { LISTED_MAX };
    let named: Vec<String> = handles.iter().take(shown).map(Handle::to_string).collect();
    let named = named.join(" ");
    if count <= NAMED_MAX {
        return named;
    }
    voice.pick(format!("{named} 等 {count} 条"), format!("{named} … ({count} in all)"))
}

fn hashed<'t>(tags: impl Iterator<Item = &'t String>) -> String {
    tags.map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")
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
    match (message.versions.len(), message.recalled) {
        (0, None) => {}
        (count, None) => about.push_str(&voice.pick(
            format!(" · 已编辑 {count} 次"),
            if count == 1 { " · edited".to_owned() } else { format!(" · edited {count} times") },
        )),
        (_, Some(at)) => {
            let at = voice.at(at);
            about.push_str(&voice.pick(format!(" · {at}撤回"), format!(" · recalled {at}")));
        }
    }
    if let Some(form) = form(voice, message) {
        about.push_str(&format!(" · {form}"));
    }
    if message.imported {
        about.push_str(voice.pick(" · 导入的", " · imported"));
    }
    if message.held {
        about.push_str(voice.pick(" · 永久", " · held"));
    }
    for tagged in &message.tags {
        about.push_str(&format!(" #{}", tagged.tag));
    }
    let mut card = Outgoing::text(about);
    card.blocks.push(Block::Quote(match message.recalled {
        Some(_) => recalled(voice).to_owned(),
        None => message.text.clone(),
    }));
    card
}

/// How it was said, where the words alone do not tell.
fn form(voice: &Voice, message: &Message) -> Option<String> {
    match message.form? {
        Form::Voice => Some(voice.pick("语音转写", "transcribed speech").to_owned()),
        Form::File { version } => {
            Some(voice.pick(format!("文件第 {version} 版"), format!("file, version {version}")))
        }
        Form::Picture | Form::Video => None,
    }
}

/// In place of what was taken back.
fn recalled(voice: &Voice) -> &'static str {
    voice.pick("（发送者已撤回）", "(recalled by its sender)")
}

/// What a message said one after another, for one person; `place` is where it was said.
pub fn versions(voice: &Voice, handle: Handle, place: &str, message: &Message) -> Outgoing {
    let who = message.sender.as_ref().map(|s| s.name.as_str()).unwrap_or_default();
    let from = match place {
        "" => String::new(),
        place => voice.quote(place),
    };
    let mut card = Outgoing::text(voice.pick(
        format!("{from}{handle} · {who} 说过的："),
        format!("{handle} {from} · said by {who}:"),
    ));
    let begun = std::iter::once(message.sent_at).chain(message.versions.iter().map(|v| v.until));
    let texts = message.versions.iter().map(|v| &v.text).chain([&message.text]);
    let line = |(at, text): (Timestamp, &String)| {
        let (at, text) = (voice.at(at), cut::one_line(text));
        vec![Span::from(voice.pick(format!("{at}：{text}"), format!("{at}: {text}")))]
    };
    let mut lines: Vec<Vec<Span>> = begun.zip(texts).map(line).collect();
    if let Some(at) = message.recalled {
        let at = voice.at(at);
        lines.push(vec![Span::from(voice.pick(format!("{at} 撤回"), format!("{at}: recalled")))]);
    }
    card.blocks.push(Block::List(lines));
    card.confidential = true;
    card
}

/// It never said anything else.
pub fn never_edited(voice: &Voice, handle: Handle) -> Outgoing {
    Outgoing::text(voice.pick(format!("{handle} 没有改过"), format!("{handle} was never edited")))
}

/// Its versions went to whoever asked; or cannot, where nobody can be written to.
pub fn versions_sent(voice: &Voice, handle: Handle, sent: bool) -> Outgoing {
    Outgoing::text(match sent {
        true => voice.pick(
            format!("{handle} 的各个版本已私信给你"),
            format!("The versions of {handle} came to you directly"),
        ),
        false => voice.pick(
            format!("{handle} 的版本只能私信给你，而我在这个平台上发不了私信"),
            format!("The versions of {handle} go to you alone, and I can’t write to people here"),
        ),
    })
}

/// A message as a line of a list.
pub fn line(voice: &Voice, number: u32, message: &Message) -> Vec<Span> {
    let who = message.sender.as_ref().map(|s| s.name.as_str()).unwrap_or_default();
    let tags: String = message.tags.iter().map(|t| format!(" #{}", t.tag)).collect();
    let at = voice.at(message.sent_at);
    let spoken = match message.form {
        Some(Form::Voice) if message.is_shown() => voice.pick("（语音）", "(spoken) "),
        Some(Form::Voice | Form::Picture | Form::Video | Form::File { .. }) | None => "",
    };
    let said = match (message.recalled, message.versions.is_empty()) {
        (Some(_), _) => recalled(voice).to_owned(),
        (None, true) => excerpt(&message.text),
        (None, false) => {
            format!("{}{}", excerpt(&message.text), voice.pick("（已编辑）", " (edited)"))
        }
    };
    vec![Span::from(voice.pick(
        format!("M{number} {at} {who}：{spoken}{said}{tags}"),
        format!("M{number} {at} {who}: {spoken}{said}{tags}"),
    ))]
}
