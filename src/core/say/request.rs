//! Sentences about requests: offered, asked, answered, over.

use super::Voice;
use super::more::Long;
use super::voice::{excerpt, mentions};
use crate::core::tables::Mirror;
use crate::model::Handle;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::request::{Request, RequestState};
use crate::model::task::Named;

/// A refusal, and that somebody who may can be asked; on a line of its own behind a line to copy.
pub fn offered(voice: &Voice, mut card: Outgoing, apart: bool) -> Outgoing {
    let offer = voice.pick("要替你问吗？说：申请", "Shall I ask for you? Say: request");
    match card.blocks.last_mut().filter(|_| !apart) {
        Some(Block::Line(spans)) => {
            spans.push(Span::from(format!("{}{offer}", voice.pick("。", ". "))));
        }
        Some(Block::List(_) | Block::Fields(_) | Block::Quote(_) | Block::Code(_)) | None => {
            card = card.and_line(vec![Span::from(offer)]);
        }
    }
    card.and_button(voice.pick("申请", "Request"), voice.pick("申请", "request"))
}

/// It was asked: those who may are called, or it says that they are told in their direct chats. The
/// number comes before anything the asker wrote: whoever quotes this and agrees means that number.
/// The command is shown whole: nobody agrees to what they have not seen.
pub fn asked(voice: &Voice, handle: Handle, request: &Request, here: &[Named]) -> Outgoing {
    let line = voice.quote(&request.line);
    let name = &request.asker.name;
    if here.is_empty() {
        let text = voice.pick(
            format!("{handle} 已私聊转给能做主的人：{line}。24 小时内有效"),
            format!("{handle} went to those who may decide, directly: {line}. Open for 24 hours"),
        );
        let withdraw = format!("{handle} {}", voice.pick("拒绝", "decline"));
        return Outgoing::text(text).and_button(voice.pick("取消", "Withdraw"), withdraw);
    }
    let mut spans = mentions(here);
    spans.push(Span::from(voice.pick(
        format!(" {handle} {name} 申请{line}，24 小时内有效。可以说：同意 {handle}、拒绝 {handle}"),
        format!(
            " {handle} {name} asks for {line}, open for 24 hours. Say: approve {handle} or \
             decline {handle}"
        ),
    )));
    answers(voice, Outgoing::line(spans), &handle.to_string())
}

/// Several were answered in one line.
pub fn one_by_one(voice: &Voice, handle: Handle) -> String {
    voice.pick(
        format!("申请要一项一项答复，例如：{handle} 同意"),
        format!("Requests are answered one by one, as in: {handle} approve"),
    )
}

/// The same was asked before and nobody has answered yet.
pub fn asked_before(voice: &Voice, handle: Handle, request: &Request) -> Outgoing {
    let line = voice.quote(&excerpt(&request.line));
    Outgoing::text(voice.pick(
        format!("{handle} 已经在申请{line}了，还在等答复。不要了就说：{handle} 拒绝"),
        format!(
            "{handle} asks for {line} already, nobody has answered yet. To withdraw it: {handle} \
             decline"
        ),
    ))
}

/// The same in the direct chat of somebody who may.
pub fn asked_directly(voice: &Voice, handle: Handle, request: &Request) -> Outgoing {
    let line = voice.quote(&request.line);
    let (name, place) = (&request.asker.name, &request.place);
    let at = format!("{place} {handle}");
    let from = match name == place {
        true => voice.pick(" ", "").to_owned(),
        false => voice.pick(format!("（{place}）"), format!(" ({place})")),
    };
    let text = voice.pick(
        format!("{handle} {name}{from}申请{line}，24 小时内有效。可以说：{at} 同意、{at} 拒绝"),
        format!(
            "{handle} {name}{from} asks for {line}, open for 24 hours. Say: {at} approve or {at} \
             decline"
        ),
    );
    answers(voice, Outgoing::text(text), &at)
}

fn answers(voice: &Voice, card: Outgoing, at: &str) -> Outgoing {
    let (yes, no) = voice.pick(("同意", "拒绝"), ("approve", "decline"));
    let (label, other) = voice.pick(("同意", "拒绝"), ("Approve", "Decline"));
    card.and_button(label, format!("{at} {yes}")).and_button(other, format!("{at} {no}"))
}

/// The first line of the answer to a command that was carried out by somebody's leave.
pub fn granted(voice: &Voice, handle: Handle, request: &Request, by: &Named) -> Outgoing {
    let mut spans = mentions(std::slice::from_ref(&request.asker));
    spans.push(Span::from(voice.pick(
        format!(" {} 同意了 {handle}，已执行：", by.name),
        format!(" {} approved {handle}. It is done:", by.name),
    )));
    Outgoing::line(spans)
}

/// Somebody said no.
pub fn declined(voice: &Voice, handle: Handle, request: &Request, by: &Named) -> Outgoing {
    let line = voice.quote(&excerpt(&request.line));
    if by.person == request.asker.person {
        return Outgoing::text(
            voice.pick(format!("{handle} {line}已取消"), format!("{handle} {line} is withdrawn")),
        );
    }
    let mut spans = mentions(std::slice::from_ref(&request.asker));
    spans.push(Span::from(voice.pick(
        format!(" {} 没有同意 {handle}{line}", by.name),
        format!(" {} declined {handle} {line}", by.name),
    )));
    Outgoing::line(spans)
}

/// Nobody answered.
pub fn expired(voice: &Voice, handle: Handle, request: &Request) -> Outgoing {
    let line = voice.quote(&excerpt(&request.line));
    let mut spans = mentions(std::slice::from_ref(&request.asker));
    spans.push(Span::from(voice.pick(
        format!(" {handle}{line}一天没人处理，已过期。还要的话，再说一次"),
        format!(" Nobody answered {handle} {line} within a day. Say it again if you still want it"),
    )));
    Outgoing::line(spans)
}

/// How a request stands, in a word or two.
pub fn state(voice: &Voice, request: &Request) -> String {
    match &request.state {
        RequestState::Open => voice.pick("等待答复", "waiting").to_owned(),
        RequestState::Granted(by) => {
            voice.pick(format!("{} 已同意", by.name), format!("approved by {}", by.name))
        }
        RequestState::Declined(by) => {
            voice.pick(format!("{} 已拒绝", by.name), format!("declined by {}", by.name))
        }
        RequestState::Expired => voice.pick("已过期", "expired").to_owned(),
    }
}

/// One request.
pub fn shown(voice: &Voice, handle: Handle, request: &Request) -> Outgoing {
    let line = summary(voice, handle, request);
    let state = state(voice, request);
    let card = Outgoing::line(vec![Span::from(format!("{line} · {state}"))]);
    match request.state {
        RequestState::Open => answers(voice, card, &handle.to_string()),
        RequestState::Granted(_) | RequestState::Declined(_) | RequestState::Expired => card,
    }
}

/// Open requests.
pub fn list(voice: &Voice, open: &[(Handle, Request)], elsewhere: &[Mirror]) -> Long {
    let count = open.len() + elsewhere.len();
    if count == 0 {
        return Long::none(voice.lines(
            "没有等答复的申请。做不了的事我会问你要不要申请",
            "No requests are open. When you may not do something, I offer to ask",
        ));
    }
    let head = voice.pick(format!("等答复的申请 {count} 项"), format!("Open requests: {count}"));
    let own = open.iter().map(|(handle, request)| summary(voice, *handle, request));
    let theirs = elsewhere.iter().map(|mirror| {
        let shown = &mirror.shown;
        format!("{} {} {}", shown.title, shown.handle, voice.quote(&excerpt(&shown.text)))
    });
    let lines = own.chain(theirs).map(|line| vec![Span::from(line)]);
    Long::new(Outgoing::line(vec![Span::from(head)]), lines.collect())
}

fn summary(voice: &Voice, handle: Handle, request: &Request) -> String {
    let line = voice.quote(&request.line);
    format!("{handle} {} {line} · {}", request.asker.name, voice.at(request.asked_at))
}

/// It was answered, or is over.
pub fn settled(voice: &Voice, handle: Handle, state: &str) -> String {
    voice.pick(
        format!("{handle} 不用再答复了：{state}。看还在等的：申请"),
        format!("{handle} needs no answer any more: {state}. See the open ones: request"),
    )
}
