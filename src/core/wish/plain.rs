//! What is common to all wishes: what a text is taken for, the text without what is only polite,
//! and whether it can be an order at all.

use crate::command::{Args, Invocation};
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::core::{read, timing};
use crate::model::Handle;
use crate::text::cut::one_line;

/// What a text is taken for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// It only looks, or is a command in another order of words.
    Do(Box<Invocation>),
    /// One of these lines may have been meant.
    Ask(Vec<String>),
    /// It cannot be had; why, and what can.
    Refuse(Box<Refusal>),
    /// This record is to stay as it is.
    Leave(Handle),
    /// The same is to be done to all of these, as soon as that is confirmed.
    Bulk(Box<Bulk>),
}

/// Something to be done to several records at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    /// Whose they are, if somebody's.
    pub of: Option<String>,
    /// What they are.
    pub records: Vec<(Handle, String)>,
    /// The message that does it.
    pub line: String,
}

/// Longest text that is looked at, in characters: longer ones are told to colleagues.
const CHARS_MAX: usize = 80;

/// Fewest characters of what is to be done.
pub const CONTENT_CHARS_MIN: usize = 2;

/// Said before what is wanted, and adds nothing. Longer spellings first.
pub const POLITE: [&str; 29] = [
    "你好",
    "您好",
    "大家好",
    "嗨",
    "hello",
    "麻烦你帮我",
    "麻烦帮我",
    "麻烦你",
    "麻烦",
    "请帮我",
    "请你",
    "请",
    "帮我",
    "帮忙",
    "你能不能",
    "能不能",
    "可不可以",
    "能帮我",
    "可以帮我",
    "我想",
    "我要",
    "hey",
    "hi",
    "please",
    "could you",
    "can you",
    "pls",
    "i want to",
    "i'd like to",
];

/// Kind words: nothing is wanted.
const KIND: [&str; 21] = [
    "辛苦",
    "谢谢",
    "多谢",
    "感谢",
    "谢了",
    "愉快",
    "快乐",
    "再见",
    "回见",
    "明天见",
    "下周见",
    "晚安",
    "早安",
    "早上好",
    "下午好",
    "晚上好",
    "thank",
    "good morning",
    "good night",
    "see you",
    "have a nice",
];

/// A question is no order.
const ASKS: [&str; 20] = [
    "?",
    "？",
    "吗",
    "呢",
    "么",
    "怎么",
    "怎样",
    "如何",
    "为什么",
    "谁",
    "哪",
    "几",
    "多少",
    "是不是",
    "what ",
    "how ",
    "who ",
    "when ",
    "why ",
    "where ",
];

/// One line without what is only polite; `None` for what is too long to be an order, or only kind.
pub fn plain(text: &str) -> Option<String> {
    let line = one_line(text);
    let lower = line.to_lowercase();
    // What is quoted or stands in a code block is shown and not meant.
    if line.starts_with('>') || line.contains("```") {
        return None;
    }
    if line.chars().nth(CHARS_MAX).is_some() || KIND.iter().any(|kind| lower.contains(kind)) {
        return None;
    }
    let mut rest = line.trim_start_matches([',', '，', ' ', '。', '！']);
    // `能不能帮我…`: one may stand behind another.
    for word in POLITE.iter().chain(&POLITE) {
        if let Some(head) = rest.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)) {
            rest = rest[head.len()..].trim_start_matches([',', '，', ' ', '！', '!', '~']);
        }
    }
    Some(rest.to_owned())
}

/// Whether a text asks something, and orders nothing.
pub fn is_question(text: &str) -> bool {
    let lower = text.to_lowercase();
    ASKS.iter().any(|ask| lower.contains(ask))
}

/// Whether the only Chinese of a text are names.
pub fn names_only(names: &[String], text: &str) -> bool {
    let rest = names.iter().fold(text.to_owned(), |rest, name| rest.replace(name.as_str(), ""));
    !rest.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

/// A reminder with a time and something to say, if a line is one.
pub fn reminder(turn: &mut Turn, line: &str) -> Option<Invocation> {
    let read = read::read(turn, line).ok().filter(|read| read.word == "remind")?;
    let Args { when, every, content, .. } = &read.args;
    let letters = content.chars().filter(|c| c.is_alphanumeric());
    let says = letters.clone().nth(CONTENT_CHARS_MIN - 1).is_some();
    let repeats = timing::timeless(turn, content).ok().flatten();
    let repeats = repeats.is_some_and(|(_, rest)| !rest.is_empty());
    ((when.is_some() || every.is_some()) && says || repeats).then_some(read)
}

/// Said to somebody whom one only wants to greet; folded.
const GREETINGS: [&str; 22] = [
    "在吗",
    "在么",
    "在不在",
    "你在吗",
    "有人吗",
    "你好",
    "你好啊",
    "您好",
    "嗨",
    "哈喽",
    "哈罗",
    "hello",
    "hello there",
    "hi",
    "hi there",
    "hey",
    "hey there",
    "are you there",
    "you there",
    "anyone there",
    "管家在吗",
    "你好呀",
];

/// Whether a text says no more than hello.
pub fn greets(text: &str) -> bool {
    let bare = |c: char| c.is_whitespace() || "?？!！。.~～".contains(c);
    let greets = |part: &str| GREETINGS.contains(&part.trim_matches(bare).to_lowercase().as_str());
    text.split(['，', ',']).all(greets)
}
