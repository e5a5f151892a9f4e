//! Sentences about what is erased at request: ordered, called off, done, with what proves it.

use super::Voice;
use super::voice::names;
use crate::model::erasure::{Erasure, Stage};
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::task::Named;

/// Bytes of a hash that are shown: nobody finds another one that begins so.
const SHOWN_BYTES: usize = 16;

/// It was ordered now, or before.
pub fn ordered(voice: &Voice, erasure: &Erasure, again: bool) -> Outgoing {
    let who = names(std::slice::from_ref(&erasure.who));
    let at_once = erasure.not_before <= voice.reference.now;
    if at_once {
        return Outgoing::text(voice.pick(
            format!("正在抹除 {who} 在这里的消息，完了会给出凭据"),
            format!("Erasing the messages of {who} here; the proof follows"),
        ));
    }
    let at = voice.at(erasure.not_before);
    let before =
        if again { voice.pick("之前就定好了：", "As ordered before: ") } else { "" };
    Outgoing::text(voice.pick(
        format!(
            "{before}{at} 抹除 {who} 在这里的消息，抹了找不回来。本人申请、管理员同意的马上就抹"
        ),
        format!(
            "{before}{at} the messages of {who} here are erased for good. If they ask themselves \
             and an admin agrees, it is done at once"
        ),
    ))
    .and_button(voice.pick("取消", "Cancel"), voice.pick("抹除 取消", "erase cancel"))
}

/// Those that were to be erased were called off.
pub fn cancelled(voice: &Voice, who: &[Named]) -> Outgoing {
    if who.is_empty() {
        return voice.lines("没有等着抹除的", "Nothing waits to be erased");
    }
    let who = names(who);
    Outgoing::text(voice.pick(
        format!("已取消，{who} 的消息不抹"),
        format!("Called off: the messages of {who} stay"),
    ))
}

/// It is done: how much, and what proves it.
pub fn done(voice: &Voice, erasure: &Erasure, after: (u64, [u8; 32])) -> Outgoing {
    let who = names(std::slice::from_ref(&erasure.who));
    let (count, entries) = (erasure.count, erasure.entries);
    let which = erasure.numbers.map(|(first, last)| match first == last {
        true => voice.pick(format!("（M{first}）"), format!(" (M{first})")),
        false => voice.pick(format!("（M{first} 到 M{last}）"), format!(" (M{first} to M{last})")),
    });
    let which = which.unwrap_or_default();
    let held = match erasure.held {
        0 => String::new(),
        held => voice.pick(format!("；标为永久的 {held} 条没动"), format!("; {held} held stay")),
    };
    let (many, contents) = (
        if count == 1 { "message" } else { "messages" },
        if entries == 1 { "content" } else { "contents" },
    );
    let head = voice.pick(
        format!("已抹除 {who} 的 {count} 条消息{which}，日志里 {entries} 处内容{held}"),
        format!(
            "Erased {count} {many} of {who}{which} and {entries} {contents} in the journal{held}"
        ),
    );
    let ((seq, hash), (last, now)) = (erasure.head, after);
    let proof = vec![
        vec![Span::from(voice.pick(
            format!("抹除前日志 #{seq}，指纹 {}", shown(&hash.0)),
            format!("Journal before: #{seq}, head {}", shown(&hash.0)),
        ))],
        vec![Span::from(voice.pick(
            format!("抹除后日志 #{last}，指纹 {}", shown(&now)),
            format!("Journal after: #{last}, head {}", shown(&now)),
        ))],
        vec![Span::from(voice.pick(
            format!("抹除清单指纹 {}", shown(&erasure.digest.0)),
            format!("Digest of what was erased {}", shown(&erasure.digest.0)),
        ))],
    ];
    let mut card = Outgoing::text(head);
    card.blocks.push(Block::List(proof));
    card.and_line(vec![
        voice
            .pick(
                "任务、提醒等记录不动。以前拷走的备份和别人手机里的，我够不着",
                "Tasks, reminders and the like stay. Copies made before, and those on phones, are \
                 beyond me",
            )
            .into(),
    ])
}

/// The last ones.
pub fn list(voice: &Voice, listed: &[(u32, Erasure)]) -> Outgoing {
    if listed.is_empty() {
        return voice.lines(
            "这里没有抹除过谁的消息。本人说：抹除 我的消息，再由管理员同意",
            "Nobody’s messages were erased here. Say: erase my messages; an admin must agree",
        );
    }
    let line = |(_, erasure): &(u32, Erasure)| {
        let who = names(std::slice::from_ref(&erasure.who));
        let state = match erasure.stage {
            Stage::Waiting => {
                let at = voice.at(erasure.not_before);
                voice.pick(format!("{at} 抹除"), format!("to be erased {at}"))
            }
            Stage::Messages(_) | Stage::Entries(_) | Stage::Steps(_) => {
                voice.pick("正在抹除", "being erased").to_owned()
            }
            Stage::Done(at) => {
                let (at, count) = (voice.at(at), erasure.count);
                voice.pick(format!("{at} 抹除了 {count} 条"), format!("{count} erased {at}"))
            }
            Stage::Cancelled => voice.pick("已取消", "called off").to_owned(),
        };
        vec![Span::from(format!("{who} {state}"))]
    };
    let mut card = Outgoing::text(voice.pick("最近的抹除", "Latest erasures"));
    card.blocks.push(Block::List(listed.iter().map(line).collect()));
    card
}

fn shown(hash: &[u8; 32]) -> String {
    hex::encode(&hash[..SHOWN_BYTES])
}
