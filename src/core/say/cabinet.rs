//! Sentences about cabinets.

use super::Voice;
use super::more::Long;
use super::voice::names;
use crate::core::refusal::OfCabinet;
use crate::model::Handle;
use crate::model::cabinet::{Cabinet, Charge};
use crate::model::message::Message;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::task::Named;

/// What lies in a cabinet.
pub struct Inside {
    /// How many messages; if they were not counted to the end, at least so many.
    pub count: Result<usize, usize>,
    /// The newest of them as they are shown.
    pub newest: Vec<(u32, Message)>,
    /// Keyword rules that put messages there.
    pub rules: Vec<Handle>,
}

/// Every cabinet, who looks after it and how many messages lie there; `cut`: older messages were
/// not counted.
pub fn list(voice: &Voice, all: &[(u32, String, Charge, usize)], cut: bool) -> Long {
    if all.is_empty() {
        return Long::none(voice.lines(
            "还没有库。引用一条消息说「归档 到 售后问题库」，或：库 新建 售后问题库 负责人@乙",
            "No cabinets yet. Quote a message and say “archive to aftersales”, or: cabinet new \
             aftersales owner @b",
        ));
    }
    let line = |(number, name, charge, count): &(u32, String, Charge, usize)| {
        let count = voice.pick(format!("{count} 条"), count.to_string());
        let mut line = format!("C{number} {name} · {count}");
        if !charge.owners.is_empty() {
            line.push_str(&format!(" · {}", names(&charge.owners)));
        }
        if charge.closed {
            line.push_str(voice.pick(" · 停用", " · closed"));
        }
        vec![Span::from(line)]
    };
    let (count, many) = (all.len(), if all.len() == 1 { "" } else { "s" });
    let of = match cut {
        true => voice.pick("（最近的消息里）", " on the latest messages"),
        false => "",
    };
    let head = voice.pick(format!("库 {count} 个{of}"), format!("{count} cabinet{many}{of}"));
    let hint = Some(voice.pick("搜 库:名字", "find in:name"));
    Long { head: Outgoing::text(head), lines: all.iter().map(line).collect(), hint }
}

/// A cabinet was made.
pub fn made(voice: &Voice, handle: Handle, name: &str, owners: &[Named]) -> Outgoing {
    let quoted = voice.quote(name);
    let head = voice.pick(format!("{handle} 新建了{quoted}"), format!("{handle} is {quoted}"));
    let text = match owners.is_empty() {
        true => voice.pick(
            format!("{head}，存消息就说：归档 到 {name}"),
            format!("{head}. To put messages there: archive to {name}"),
        ),
        false => format!("{head}\n{}", looked_after(voice, owners)),
    };
    Outgoing::text(text).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

fn looked_after(voice: &Voice, owners: &[Named]) -> String {
    let people = names(owners);
    voice.pick(
        format!("负责人 {people}：谁都能存，取出只有他们和管理员能做"),
        format!("Owners: {people}. Anybody may put messages there; they and admins take them out"),
    )
}

/// Its number and its name in quotation marks, which in Chinese bring their own room.
fn named(voice: &Voice, handle: Handle, quoted: &str) -> String {
    voice.pick(format!("{handle}{quoted}"), format!("{handle} {quoted}"))
}

/// Who looks after it from now on.
pub fn charged(voice: &Voice, handle: Handle, name: &str, owners: &[Named]) -> Outgoing {
    let name = voice.quote(name);
    Outgoing::text(match owners.is_empty() {
        true => voice.pick(
            format!("{handle}{name}没有负责人了，谁都能存取"),
            format!("{handle} {name} has no owner any more: anybody may put in and take out"),
        ),
        false => format!("{}\n{}", named(voice, handle, &name), looked_after(voice, owners)),
    })
}

/// It takes more, or does not.
pub fn closed(voice: &Voice, handle: Handle, name: &str, closed: bool) -> Outgoing {
    let name = voice.quote(name);
    Outgoing::text(match closed {
        true => voice.pick(
            format!("{handle}{name}已停用：不再收，里面的照样能搜"),
            format!("{handle} {name} is closed: it takes nothing more; what is inside is found"),
        ),
        false => voice
            .pick(format!("{handle}{name}又能归档了"), format!("{handle} {name} is open again")),
    })
}

/// One cabinet, and what lies inside.
pub fn shown(
    voice: &Voice,
    handle: Handle,
    (known, charge): (&Cabinet, &Charge),
    inside: &Inside,
) -> Outgoing {
    let name = voice.quote(&known.name);
    let count = match inside.count {
        Ok(count) => voice.pick(format!("{count} 条"), format!("{count} inside")),
        Err(least) => voice.pick(format!("{least} 条以上"), format!("{least} or more inside")),
    };
    let mut head = format!("{} · {count}", named(voice, handle, &name));
    if charge.closed {
        head.push_str(voice.pick(" · 停用", " · closed"));
    }
    let mut card = Outgoing::text(head);
    if !charge.owners.is_empty() {
        let owners = names(&charge.owners);
        let line = voice.pick(format!("负责人 {owners}"), format!("Owners: {owners}"));
        card = card.and_line(vec![Span::from(line)]);
    }
    if !inside.rules.is_empty() {
        let rules = inside.rules.iter().map(Handle::to_string).collect::<Vec<_>>().join(" ");
        let line = voice.pick(format!("自动归档：{rules}"), format!("Filed by rules: {rules}"));
        card = card.and_line(vec![Span::from(line)]);
    }
    if !inside.newest.is_empty() {
        let line = |(n, message): &(u32, Message)| super::message::line(voice, *n, message);
        card.blocks.push(Block::List(inside.newest.iter().map(line).collect()));
        let all = voice.pick("搜 库:", "find in:");
        let line = format!("{all}{}", known.name);
        card = card.and_line(vec![Span::from(
            voice.pick(format!("看全部：{line}"), format!("All of them: {line}")),
        )]);
    }
    card
}

/// Why it stays as it is.
pub fn refused(voice: &Voice, refusal: &OfCabinet) -> String {
    match refusal {
        OfCabinet::Closed { handle } => voice.pick(
            format!("{handle} 停用了，不再收消息。要恢复就说：{handle} 启用"),
            format!("{handle} is closed and takes nothing more. To open it: {handle} enable"),
        ),
        OfCabinet::NotYours { name, owners } => {
            let (name, owners) = (voice.quote(name), names(owners));
            voice.pick(
                format!("{name}由 {owners} 负责，取出要他们或管理员来"),
                format!("{name} is looked after by {owners}: they or an admin take messages out"),
            )
        }
        OfCabinet::NoSuch { name } => voice.pick(
            format!("还没有叫「{name}」的库。新建就说：库 新建 {name}"),
            format!("No cabinet is called “{name}”. To make it: cabinet new {name}"),
        ),
    }
}
