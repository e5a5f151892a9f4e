//! What is asked about kept messages in everyday words: `有哪些库`, `李雷昨天说了什么`, `退费的消息有哪些`, `what's in
//! aftersales`. All of it only looks.

use super::plain::{Wish, is_question};
use crate::command::{Invocation, Shape};
use crate::core::cabinets;
use crate::core::people;
use crate::core::read;
use crate::core::stretch;
use crate::core::turn::Turn;

/// Asks which tags or cabinets there are, with nothing else said.
const WHICH: &[&str] = &[
    "有哪些",
    "有什么",
    "都有哪些",
    "都有什么",
    "现在有哪些",
    "有几个",
    "列出所有",
    "列出",
    "看看有哪些",
    "看一下有哪些",
    "我们有哪些",
    "哪些",
    "所有",
    "查看所有",
    "查看",
    "看看",
    "which",
    "what",
    "list",
    "list all",
    "show",
    "show all",
    "show me all",
    "show me the",
    "list the",
    "all",
];

/// The same behind them.
const WHICH_BEHIND: &[&str] = &[
    "有哪些",
    "都有哪些",
    "有什么",
    "列表",
    "清单",
    "一览",
    "are there",
    "do we have",
    "exist",
    "there are",
    "list",
];

/// Asks what is in a cabinet, behind its name. Longer spellings first.
const INSIDE: &[&str] = &[
    "里面有什么",
    "里面有哪些消息",
    "里面有哪些",
    "里有哪些消息",
    "里有什么",
    "里有哪些",
    "里的消息",
    "里面的消息",
    "的消息",
    "有哪些消息",
    "有什么",
    "里都有啥",
    "里有啥",
    "",
];

/// Opens a cabinet, before its name. Longer spellings first.
const OPENS: &[&str] = &[
    "看一下",
    "看看",
    "查看",
    "打开",
    "翻一下",
    "翻翻",
    "看",
    "what's in the ",
    "what's in ",
    "what is in the ",
    "what is in ",
    "whats in ",
    "show me the ",
    "show me ",
    "show the ",
    "show ",
    "open the ",
    "open ",
    "",
];

/// Somebody said something, which is asked for. Longer spellings first.
const SAYS: &[&str] = &[
    "都说过什么",
    "都说了什么",
    "都发过什么",
    "都发了什么",
    "说过什么",
    "说了什么",
    "说了些什么",
    "说过些什么",
    "说什么了",
    "说啥了",
    "发过什么",
    "发了什么",
    "发了些什么",
    "提过什么",
    "提了什么",
    "讲了什么",
    "聊了什么",
    "说了啥",
    "发了啥",
];

/// Asks whether somebody said something. Longer spellings first.
const WHETHER: &[&str] = &[
    "有没有说过",
    "有没有提过",
    "有没有提到",
    "有没有发过",
    "说没说过",
    "说到过",
    "提到过",
    "说过",
    "提过",
    "发过",
    "聊过",
];

/// Somebody, of whom it is asked whether they said something. Longer spellings first.
const SOMEBODY: &[&str] = &["有谁", "都有谁", "谁", "有没有人", "有人", "哪些人", "哪个"];

/// What they did. Longer spellings first.
const MENTIONS: &[&str] = &[
    "提到过",
    "说到过",
    "提到",
    "说到",
    "提过",
    "说过",
    "问过",
    "聊过",
    "发过",
    "提了",
    "说了",
    "问了",
];

/// Asks for messages about something, behind it. Longer spellings first.
const ABOUT: &[&str] = &[
    "被提到过几次",
    "被提到几次",
    "出现过几次",
    "出现了几次",
    "提到过几次",
    "有多少条",
    "有几条",
    "相关的消息有哪些",
    "的消息都有哪些",
    "的消息有哪些",
    "的消息有什么",
    "的消息有多少",
    "的消息呢",
    "有哪些消息",
    "相关的消息",
    "的聊天记录",
    "的消息",
    "的记录",
];

/// The same before it. Longer spellings first.
const ASKS_ABOUT: &[&str] = &[
    "有哪些关于",
    "有没有关于",
    "有哪些提到",
    "有哪些",
    "看一下",
    "看看",
    "查看",
    "关于",
    "有关",
    "带",
    "含",
];

/// The same in English. Longer spellings first.
const ASKS_EN: &[&str] = &[
    "show me all messages about ",
    "show me messages about ",
    "show me the messages about ",
    "show messages about ",
    "any messages about ",
    "messages about ",
    "anything about ",
    "show me messages tagged ",
    "show messages tagged ",
    "which messages are tagged ",
    "messages tagged ",
    "what did we say about ",
    "what was said about ",
];

/// Looks for it in what was kept, or lists it.
pub fn looked(turn: &mut Turn, text: &str) -> Option<Wish> {
    let asked = text.trim_end_matches(|c: char| c.is_whitespace() || "?？。.!！呢".contains(c));
    let asked = asked.trim();
    if asked.is_empty() {
        return None;
    }
    let line = listed(asked)
        .or_else(|| inside(turn, asked))
        .or_else(|| said(turn, asked, text))
        .or_else(|| mentioned(turn, asked))
        .or_else(|| english(turn, asked))
        .or_else(|| about(asked))?;
    let read = read::read(turn, &line).ok()?;
    (read.shape != Shape::List || read.word == "tag").then(|| Wish::Do(Box::new(read)))
}

/// `消息 退费`: a list cannot be narrowed down, but searched.
pub fn searched(turn: &mut Turn, list: &Invocation) -> Option<Wish> {
    let word = turn.core.catalogue.word("find")?.names(list.lang).name.clone();
    let line = format!("{word} {}", list.args.content);
    let apart = list.line.trim().contains(' ') && !is_question(&list.args.content);
    (apart && read::read(turn, &line).is_ok()).then(|| Wish::Ask(vec![line]))
}

/// `有哪些库`, `which tags are there`
fn listed(asked: &str) -> Option<String> {
    let lower = asked.to_lowercase();
    let kinds = [
        ("标签", "标签"),
        ("归档库", "归档 有哪些"),
        ("档案库", "归档 有哪些"),
        ("库", "归档 有哪些"),
        ("归档", "归档 有哪些"),
        ("tags", "tag"),
        ("cabinets", "archive which"),
    ];
    kinds.iter().find_map(|(kind, line)| {
        let (before, behind) = lower.split_once(kind)?;
        let (before, behind) = (before.trim(), behind.trim());
        let which =
            WHICH.contains(&before) && (behind.is_empty() || WHICH_BEHIND.contains(&behind));
        let alone = before.is_empty() && WHICH_BEHIND.contains(&behind);
        let bare = before.is_empty() && behind.is_empty() && kind.contains('库');
        (which || alone || bare).then(|| (*line).to_owned())
    })
}

/// `售后库里有什么`, `what's in aftersales`
fn inside(turn: &mut Turn, asked: &str) -> Option<String> {
    let latin = !asked.contains(|c: char| ('\u{3400}'..='\u{9fff}').contains(&c));
    let lower = asked.to_lowercase();
    let opens = ["what", "show", "open"].iter().any(|word| lower.starts_with(word));
    if !asked.contains('库') && !opens && !asked.contains("cabinet") {
        return None;
    }
    let from = OPENS.iter().find(|open| lower.starts_with(**open)).map_or(0, |open| open.len());
    let rest = asked.get(from..)?;
    let name = INSIDE.iter().find_map(|inside| rest.strip_suffix(inside))?;
    let name = name.strip_suffix(" cabinet").unwrap_or(name).trim();
    let called = cabinets::called(turn, name)?;
    Some(if latin { format!("find in:{called}") } else { format!("搜 库:{called}") })
}

/// `李雷昨天说了什么`, `李雷有没有说过合同`
fn said(turn: &mut Turn, asked: &str, text: &str) -> Option<String> {
    let says = SAYS.iter().chain(WHETHER).any(|says| asked.contains(says));
    if !says {
        return None;
    }
    let bare = asked.trim_start_matches('@');
    let names = people::names(turn);
    let (name, rest) =
        names.iter().find_map(|name| Some((name, bare.strip_prefix(name.as_str())?)))?;
    let past = |turn: &Turn, text: &str| {
        text.trim().is_empty() || stretch::past(text, turn.reference()).is_some()
    };
    let all = SAYS.iter().find_map(|says| rest.split_once(says));
    if let Some((when, behind)) = all {
        let behind = behind.trim_start_matches("关于").trim();
        return past(turn, when).then(|| format!("搜 @{name} {} {behind}", when.trim()));
    }
    // `王芳说过这个事` tells it.
    let asks = text.ends_with(['?', '？', '吗', '么', '没']) || text.contains("没有");
    let (when, what) = WHETHER.iter().filter(|_| asks).find_map(|said| rest.split_once(said))?;
    let what = what.trim().trim_end_matches(['吗', '么', '没']).trim();
    (past(turn, when) && !what.is_empty()).then(|| format!("搜 @{name} {} {what}", when.trim()))
}

/// `最近有谁提到合同`: a time before it.
fn mentioned(turn: &Turn, asked: &str) -> Option<String> {
    let (at, who) = SOMEBODY.iter().find_map(|who| Some((asked.find(who)?, *who)))?;
    let (when, rest) = (asked[..at].trim(), &asked[at + who.len()..]);
    stretch::past(when, turn.reference())?;
    let what = MENTIONS.iter().find_map(|said| rest.strip_prefix(said))?;
    let what = what.trim().trim_end_matches(['吗', '么', '没', '了']).trim();
    (!what.is_empty()).then(|| format!("搜 {what} {when}"))
}

/// `what did Ben say about the contract`, `messages about the refund`
fn english(turn: &mut Turn, asked: &str) -> Option<String> {
    let lower = asked.to_lowercase();
    if let Some(asks) = ASKS_EN.iter().find(|asks| lower.starts_with(**asks)) {
        let what = asked.get(asks.len()..)?.trim();
        let tagged = asks.contains("tagged") && !what.starts_with('#');
        return Some(format!("find {}{what}", if tagged { "#" } else { "" }));
    }
    let from = ["messages from ", "show me messages from ", "messages by "];
    if let Some(from) = from.iter().find(|from| lower.starts_with(**from)) {
        return Some(format!("find messages from {}", asked.get(from.len()..)?));
    }
    let did = ["what did ", "did ", "has "].iter().find(|did| lower.starts_with(**did))?;
    let rest = asked.get(did.len()..)?.trim_start_matches('@');
    let names = people::names(turn);
    let name = names.iter().find(|name| rest.to_lowercase().starts_with(&name.to_lowercase()))?;
    let said = rest.get(name.len()..)?.trim();
    let says = [
        "say anything about",
        "said anything about",
        "say about",
        "talk about",
        "mention",
        "mentioned",
        "say",
        "said",
        "post",
        "send",
    ];
    let what = says.iter().find_map(|says| said.strip_prefix(says))?.trim();
    let what = what.strip_prefix("the ").unwrap_or(what);
    Some(format!("find @{name} {what}"))
}

/// `退费的消息有哪些`, `#退费 有哪些消息`
fn about(asked: &str) -> Option<String> {
    let stem = ABOUT.iter().find_map(|about| asked.strip_suffix(about));
    let rest = stem.unwrap_or(asked);
    let asks = ASKS_ABOUT.iter().find_map(|asks| rest.strip_prefix(asks));
    let what = asks.unwrap_or(rest).trim();
    let tag = what.starts_with(['#', '＃']) && !what.contains(' ');
    let what_asked = stem.is_some() || asks.is_some() && tag;
    let short = what.chars().nth(ABOUT_CHARS_MAX).is_none();
    (what_asked && !what.is_empty() && short).then(|| format!("搜 {what}"))
}

/// Longest thing that messages are asked for about, in characters: more is a sentence.
const ABOUT_CHARS_MAX: usize = 20;
