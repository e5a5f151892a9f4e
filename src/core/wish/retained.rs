//! How long messages are kept, and requests that are taken back, in everyday words: `消息只保留一周`,
//! `先别清了`, `keep messages for 90 days`, `取消申请`.

use super::plain::{Wish, is_question};
use crate::core::read;
use crate::core::requests;
use crate::core::retention;
use crate::core::turn::Turn;
use crate::text::period;

/// What is kept.
const MESSAGES: &[&str] = &[
    "群里的消息",
    "聊天记录",
    "历史消息",
    "群消息",
    "聊天消息",
    "所有消息",
    "全部消息",
    "消息记录",
    "消息",
    "记录",
    "all messages",
    "the messages",
    "messages",
    "chat history",
    "the chat",
    "history",
];

/// What is said of that. Longer spellings first.
const KEPT: &[&str] = &[
    "只保留最近",
    "最多保留",
    "只保留",
    "就保留",
    "都保留",
    "要保留",
    "保留期改成",
    "保留期",
    "保留时间",
    "保留改成",
    "保留",
    "留存",
    "只留最近",
    "只留",
    "最多留",
    "留",
];

/// Keeps, in English. Longer spellings first.
const KEEPS: &[&str] = &["only keep", "just keep", "keep only", "keep", "retain", "store"];

/// For ever, before or behind it.
const FOREVER: &[&str] = &["永久", "一直", "长期", "永远", "forever", "for ever", "permanently"];

/// Nothing is to be cleared for the time being.
const PAUSES: &[&str] = &[
    "先别清",
    "先不清",
    "先别清理",
    "暂停清理",
    "停止清理",
    "先停清理",
    "别清",
    "别清理",
    "不要清",
    "不要清理",
    "先别删",
    "stop clearing",
    "pause clearing",
    "don't clear",
    "do not clear",
    "stop clearing messages",
    "pause clearing messages",
    "don't clear the messages",
    "don't clear anything",
];

/// Nothing any more, or for the time being.
const ENDS: &[&str] =
    &["不清", "不清理", "不用清", "不用清理", "别再清", "别再清理", "不再清", "不再清理"];

/// Goes on with it.
const RESUMES: &[&str] = &[
    "恢复清理",
    "继续清理",
    "接着清理",
    "接着清",
    "继续清",
    "可以清",
    "resume clearing",
    "go on clearing",
    "continue clearing",
    "resume clearing messages",
];

/// Asks for how long.
const HOW_LONG: &[&str] = &[
    "保留多久",
    "保留多长时间",
    "消息保留多久",
    "消息会保留多久",
    "消息能保留多久",
    "保留期是多少",
    "保留期是多久",
    "保留期",
    "聊天记录保留多久",
    "消息保留几天",
    "保留几天",
    "消息多久清一次",
    "多久清一次",
    "how long are messages kept",
    "how long do you keep messages",
    "how long are messages kept for",
    "how long do we keep messages",
];

/// The line that sets how long messages are kept, pauses or resumes clearing.
pub fn kept(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let said = lower.trim_end_matches(|c: char| c.is_whitespace() || "。.！!吧啊呀".contains(c));
    let latin = said.is_ascii();
    if HOW_LONG.contains(&said) {
        return done(turn, if latin { "keep" } else { "保留" });
    }
    if is_question(said) {
        return None;
    }
    if let Some(line) = clearing(turn, said.trim_end_matches('了'), latin) {
        return line;
    }
    if let Some(period) = cleared(said).filter(|period| period::days(period).is_some()) {
        return Some(Wish::Ask(vec![format!("{} {period}", if latin { "keep" } else { "保留" })]));
    }
    let period = spoken(said).or_else(|| english(said))?;
    let line = match (FOREVER.contains(&period), latin) {
        (true, true) => "keep forever".to_owned(),
        (true, false) => "保留 永久".to_owned(),
        (false, _) => {
            period::days(period)?;
            format!("{} {period}", if latin { "keep" } else { "保留" })
        }
    };
    done(turn, &line)
}

fn done(turn: &mut Turn, line: &str) -> Option<Wish> {
    Some(Wish::Do(Box::new(read::read(turn, line).ok()?)))
}

/// Clearing is to stop or to go on; only where there is any.
fn clearing(turn: &mut Turn, said: &str, latin: bool) -> Option<Option<Wish>> {
    let said = ["消息", "the ", "这些"].iter().fold(said, |said, word| {
        said.strip_prefix(word).or_else(|| said.strip_suffix(word)).unwrap_or(said)
    });
    let (pauses, ends) = (PAUSES.contains(&said), ENDS.contains(&said));
    if !pauses && !ends && !RESUMES.contains(&said) {
        return None;
    }
    retention::set(turn)?;
    Some(match (pauses, ends, latin) {
        (true, _, true) => done(turn, "keep pause"),
        (true, _, false) => done(turn, "保留 暂停"),
        (false, true, _) => Some(Wish::Ask(vec!["保留 暂停".to_owned(), "保留 永久".to_owned()])),
        (false, false, true) => done(turn, "keep resume"),
        (false, false, false) => done(turn, "保留 继续"),
    })
}

/// `消息只保留一周`, `保留消息90天`, `消息永久保留`
fn spoken(said: &str) -> Option<&str> {
    let said = said.strip_prefix("以后").unwrap_or(said).trim();
    let named = MESSAGES.iter().find_map(|what| said.strip_prefix(what)).map(str::trim);
    let turned = || {
        let rest = KEPT.iter().find_map(|kept| said.strip_prefix(kept))?.trim();
        let renamed = said.starts_with("保留期") || said.starts_with("保留时间");
        let what = MESSAGES.iter().find_map(|what| rest.strip_prefix(what)).map(str::trim);
        what.or(renamed.then_some(rest))
    };
    let rest = match named {
        Some(rest) => {
            if let Some(forever) = FOREVER.iter().find(|ever| rest == format!("{ever}保留")) {
                return Some(forever);
            }
            KEPT.iter().find_map(|kept| rest.strip_prefix(kept))?
        }
        None => turned()?,
    };
    let rest = rest.trim().trim_start_matches(['改', '到', '为', '成', '是', '设']);
    let rest = ["就行", "就好", "就够", "即可", "以内", "内"]
        .iter()
        .fold(rest, |rest, end| rest.strip_suffix(end).unwrap_or(rest));
    Some(rest.trim())
}

/// `90天以前的消息清掉`, `delete messages older than 90 days`
fn cleared(said: &str) -> Option<&str> {
    let said = said.trim_start_matches(['把', '将']);
    if let Some((period, rest)) = said.split_once("以前的").or_else(|| said.split_once("前的"))
    {
        let what = MESSAGES.iter().find_map(|what| rest.strip_prefix(what))?;
        let what = what.trim_start_matches(['都', '全']).trim_start_matches("自动");
        let clears =
            what.starts_with(['清', '删']) && what.chars().count() <= "清理掉".chars().count();
        return clears.then(|| period.trim_end_matches('之').trim());
    }
    let rest = ["delete", "clear", "remove"].iter().find_map(|word| said.strip_prefix(word))?;
    let rest = MESSAGES.iter().find_map(|what| rest.trim_start().strip_prefix(what))?.trim_start();
    ["older than ", "after "].iter().find_map(|older| rest.strip_prefix(older))
}

/// `keep messages for 90 days`
fn english(said: &str) -> Option<&str> {
    let rest = KEEPS.iter().find_map(|keeps| said.strip_prefix(keeps))?.trim_start();
    let rest = MESSAGES.iter().find_map(|what| rest.strip_prefix(what))?.trim_start();
    let rest = rest.strip_prefix("only ").unwrap_or(rest);
    Some(rest.strip_prefix("for ").filter(|rest| *rest != "ever").unwrap_or(rest).trim())
}

/// Takes back what was asked for.
const WITHDRAWS: &[&str] = &[
    "申请取消",
    "申请 取消",
    "取消申请",
    "撤回申请",
    "申请撤回",
    "申请 撤回",
    "不申请了",
    "撤销申请",
    "申请算了",
    "取消我的申请",
    "撤回我的申请",
    "withdraw",
    "withdraw my request",
    "cancel my request",
    "cancel the request",
    "request cancel",
    "withdraw the request",
];

/// `取消申请`: the only one that the asker has open; else which there are.
pub fn withdrawn(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let said = lower.trim_end_matches(|c: char| c.is_whitespace() || "。.！!吧了".contains(c));
    if !WITHDRAWS.contains(&said) {
        return None;
    }
    let latin = said.is_ascii();
    let line = match requests::own(turn).as_slice() {
        [only] => format!("{only} {}", if latin { "decline" } else { "拒绝" }),
        [] | [_, ..] => if latin { "request" } else { "申请" }.to_owned(),
    };
    done(turn, &line)
}
