//! What is asked about kept messages in everyday words: `有哪些库`, `李雷昨天说了什么`, `退费的消息有哪些`, `what's in
//! aftersales`. All of it only looks.

use super::plain::{Wish, is_question};
use super::{many, talked};
use crate::command::{Invocation, Shape};
use crate::core::cabinets;
use crate::core::people;
use crate::core::read;
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
    "里有多少条消息",
    "里有几条消息",
    "有多少条消息",
    "有几条消息",
    "里有几条",
    "里有多少条",
    "有几条",
    "有多少条",
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
    "how many messages are in the ",
    "how many messages are in ",
    "list everything in the ",
    "list everything in ",
    "everything in ",
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
    "有没有",
    "找一下",
    "找找",
    "查一下",
    "查聊天记录",
    "查",
    "找",
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
    "when did we talk about ",
];

/// Looks for it in what was kept, or lists it.
pub fn looked(turn: &mut Turn, text: &str) -> Option<Wish> {
    let asked = text.trim_end_matches(|c: char| c.is_whitespace() || "?？。.!！呢".contains(c));
    let asked = asked.trim();
    if asked.is_empty() {
        return None;
    }
    if let Some(wish) = many::ordered(turn, asked) {
        return Some(wish);
    }
    let line = listed(asked)
        .or_else(|| of_a_record(turn, asked))
        .or_else(|| talked::of_all(turn, asked))
        .or_else(|| inside(turn, asked))
        .or_else(|| talked::said(turn, asked, text))
        .or_else(|| talked::mentioned(turn, asked))
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

/// `what did Ben say about the contract`, `messages about the refund`
fn english(turn: &mut Turn, asked: &str) -> Option<String> {
    let lower = asked.to_lowercase();
    if let Some(asks) = ASKS_EN.iter().find(|asks| lower.starts_with(**asks)) {
        let what = asked.get(asks.len()..)?.trim();
        let tagged = asks.contains("tagged") && !what.starts_with('#');
        return Some(format!("find {}{what}", if tagged { "#" } else { "" }));
    }
    let from = ["messages from ", "show me messages from ", "show messages from ", "messages by "];
    let names = people::names(turn);
    let own = lower.strip_suffix("'s messages").or_else(|| lower.strip_suffix("’s messages"));
    if own.is_some_and(|own| names.iter().any(|name| name.eq_ignore_ascii_case(own))) {
        return Some(format!("find {asked}"));
    }
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

/// `谁归档了 M3`, `who tagged M2`: its log; of what else is asked of a message, the message.
fn of_a_record(turn: &Turn, asked: &str) -> Option<String> {
    let mut handles = asked.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| {
        let letter = word.chars().next().filter(char::is_ascii_alphabetic);
        let noun = letter.and_then(|c| turn.core.catalogue.noun_of(c.to_ascii_uppercase()));
        let digits = word.get(1..).unwrap_or_default();
        noun.is_some() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    let handle = handles.next().filter(|_| handles.next().is_none())?.to_uppercase();
    let lower = asked.to_lowercase();
    if lower.starts_with("who ") && handle.starts_with(['M', 'R']) {
        return Some(format!("log {handle}"));
    }
    let who = lower.contains('谁')
        && ["标", "归档", "设", "建", "改", "加"].iter().any(|w| lower.contains(w));
    if who {
        return Some(format!("日志 {handle}"));
    }
    let shows = ["看", "查看", "看一下", "看看"].iter().any(|see| lower.starts_with(see));
    let of_message = handle.starts_with('M') && (shows || lower.starts_with("what tags"));
    of_message.then(|| format!("{} {handle}", if lower.is_ascii() { "message" } else { "消息" }))
}

/// `退费的消息有哪些`, `#退费 有哪些消息`
fn about(asked: &str) -> Option<String> {
    // `合同是谁发的`, `上次说到退费是什么时候`
    let by = ["是谁发的", "是谁说的", "是谁提的", "是谁提到的"];
    let last = [
        "最近一次提到",
        "最近一次说到",
        "上次提到",
        "上次说到",
        "上次说",
        "上一次提到",
        "谁说过",
        "谁说",
    ];
    let when = ["是什么时候", "是哪天", "是几号", "是哪一天", ""];
    let lasts = || {
        let rest = last.iter().find_map(|last| asked.strip_prefix(last))?;
        when.iter().find_map(|when| rest.strip_suffix(when))
    };
    let tells = ["告诉", "通知", "提醒", "叫"].iter().any(|tell| asked.contains(tell));
    if let Some(what) = by.iter().find_map(|by| asked.strip_suffix(by)).or_else(lasts) {
        let what = what.trim();
        let short = what.chars().nth(ABOUT_CHARS_MAX).is_none() && !what.is_empty() && !tells;
        return short.then(|| format!("搜 {what}"));
    }
    let stem = ABOUT.iter().find_map(|about| asked.strip_suffix(about));
    let rest = stem.unwrap_or(asked);
    let asks = ASKS_ABOUT.iter().find_map(|asks| rest.strip_prefix(asks));
    let what = asks.unwrap_or(rest).trim();
    let tag = what.starts_with(['#', '＃']) && !what.contains(' ');
    // `你的消息`, `等李雷的消息`: nobody looks for them.
    let loose = ["你", "他", "她", "它", "你们", "他们", "您", "谁"].contains(&what);
    let waits = ["等", "收到", "没", "看到", "发", "回"].iter().any(|w| what.starts_with(w));
    if loose || waits {
        return None;
    }
    if what == "我" {
        return Some("搜 @我".to_owned());
    }
    let what_asked = stem.is_some() || asks.is_some() && tag;
    // A word too many may be a mistyped command.
    let short = what.chars().nth(ABOUT_CHARS_MAX).is_none()
        && !what.starts_with('要')
        && !what.contains(' ');
    (what_asked && !what.is_empty() && short).then(|| format!("搜 {what}"))
}

/// Longest thing that messages are asked for about, in characters: more is a sentence.
const ABOUT_CHARS_MAX: usize = 20;
