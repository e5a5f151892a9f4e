//! Sentences about tags as such: which there are, and what they are called now.

use super::Voice;
use super::more::Long;
use crate::core::refusal::OfTag;
use crate::model::outgoing::{Outgoing, Span};

/// How much bears a tag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Kept messages.
    pub messages: usize,
    /// Tasks.
    pub tasks: usize,
    /// Keyword rules.
    pub rules: usize,
}

/// Every tag and on how many messages it is; `cut`: older messages were not counted.
pub fn list(voice: &Voice, counted: &[(String, usize)], cut: bool) -> Long {
    if counted.is_empty() {
        return Long::none(voice.lines(
            "还没有标签。引用一条消息说：标 客户A/合同",
            "No tags yet. Quote a message and say: tag clientA/contract",
        ));
    }
    let count = counted.len();
    let of = match cut {
        true => voice.pick("（最近的消息里）", " on the latest messages"),
        false => "",
    };
    let many = if count == 1 { "" } else { "s" };
    let head = voice.pick(format!("标签 {count} 个{of}"), format!("{count} tag{many}{of}"));
    let line = |(tag, count): &(String, usize)| {
        vec![Span::from(voice.pick(format!("#{tag} · {count} 条"), format!("#{tag} · {count}")))]
    };
    let hint = Some(voice.pick("搜 #标签", "find #tag"));
    Long { head: Outgoing::text(head), lines: counted.iter().map(line).collect(), hint }
}

/// Tags are called otherwise now.
pub fn done(voice: &Voice, from: &[String], to: &str, count: &Count) -> Outgoing {
    let from: Vec<String> = from.iter().map(|tag| format!("#{tag}")).collect();
    let from = from.join(" ");
    let most = crate::core::hits::FOUND_MAX;
    let of = |count: usize, zh: &str, one: &str, many: &str| {
        let over = if count >= most { voice.pick(" 以上", "+") } else { "" };
        let en = if count == 1 { one } else { many };
        (count > 0)
            .then(|| voice.pick(format!("{count}{over} {zh}"), format!("{count}{over} {en}")))
    };
    let all = [
        of(count.messages, "条消息", "message", "messages"),
        of(count.tasks, "个任务", "task", "tasks"),
        of(count.rules, "条规则", "rule", "rules"),
    ];
    let all = voice.joined(all.into_iter().flatten());
    let text = voice.pick(
        format!("{from} → #{to}：{all}。旧名照样能搜"),
        format!("{from} → #{to}: {all}. The old name still finds them"),
    );
    Outgoing::text(text).and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// Why not.
pub fn refused(voice: &Voice, why: &OfTag) -> String {
    match why {
        OfTag::NoSuch { tag, near } if near.is_empty() => voice.pick(
            format!("没有 #{tag} 这个标签。看有哪些：标签"),
            format!("There is no tag #{tag}. See which there are: tag"),
        ),
        OfTag::NoSuch { tag, near } => {
            let near: Vec<String> = near.iter().map(|tag| format!("#{tag}")).collect();
            let near = near.join(" ");
            voice.pick(
                format!("没有 #{tag} 这个标签，有 {near}"),
                format!("There is no tag #{tag}, but {near}"),
            )
        }
        OfTag::BelowItself { from, to } => voice.pick(
            format!("#{to} 在 #{from} 下面，不能改到自己的下级"),
            format!("#{to} lies below #{from}; a tag can’t be moved below itself"),
        ),
        OfTag::Same { tag } => {
            voice.pick(format!("#{tag} 已经叫这个名字了"), format!("#{tag} is called that already"))
        }
    }
}
