//! Rules, quiet hours and plain commands in other words: `有人说投诉就告诉我`, `晚上10点以后别发消息`.

use super::plain::Wish;
use crate::command::Shape;
use crate::core::read;
use crate::core::turn::Turn;

/// Begins a wish to be told of what others say. Longer spellings first.
const OVERHEARD: [&str; 8] =
    ["有人说到", "有人提到", "有人问到", "有人说", "有人提", "有人问", "谁说", "谁提到"];

/// Behind what they say.
const THEN: [&str; 7] = ["的时候", "的话", "就", "时", "，", ",", "马上"];

/// Wants to hear nothing for a while.
const HUSH: [&str; 10] = [
    "别发消息",
    "不要发消息",
    "别打扰",
    "不要打扰",
    "别吵",
    "勿扰",
    "别@",
    "免打扰",
    "do not disturb",
    "don't disturb",
];

/// What is politely said of a message that is quoted.
const THIS: [&str; 8] =
    ["把这条消息", "把这条", "把这个", "把它", "将这条", "这条消息", "这条", "把上面这条"];

/// `有人说投诉就告诉我`: a keyword.
pub fn overheard(turn: &mut Turn, text: &str) -> Option<Wish> {
    let rest = OVERHEARD.iter().find_map(|word| text.strip_prefix(word))?;
    let rest = rest.trim_start_matches(['了', '「', '“', '"', ' ']);
    let (at, tell) = ["告诉", "通知", "提醒", "叫"]
        .iter()
        .filter_map(|tell| rest.find(tell).map(|at| (at, *tell)))
        .min_by_key(|(at, _)| *at)?;
    let mut word = rest.get(..at)?;
    while let Some(shorter) = THEN.iter().find_map(|then| word.strip_suffix(then)) {
        word = shorter;
    }
    let word = word.trim_matches(['」', '”', '"', ' ']);
    let whom = rest.get(at + tell.len()..)?.trim().trim_end_matches(['一', '下', '声', '。']);
    let line = format!("关键词 {word} → 通知 @{}", whom.trim_start_matches('@'));
    let reads = read::read(turn, &line).is_ok_and(|read| read.shape == Shape::Create);
    (reads && !word.is_empty() && !whom.is_empty()).then_some(Wish::Ask(vec![line]))
}

/// `晚上10点以后别发消息`: quiet hours.
pub fn hushed(text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let word = HUSH.iter().find(|word| lower.contains(**word))?;
    let line =
        if word.is_ascii() { "settings quiet 22:00-8:00" } else { "设置 免打扰 22:00-8:00" };
    Some(Wish::Ask(vec![line.to_owned()]))
}

/// A command behind more words of politeness than are passed over anyway.
pub fn ordered(turn: &mut Turn, whole: &str, text: &str) -> Option<Wish> {
    let order = THIS.iter().find_map(|this| text.strip_prefix(this)).unwrap_or(text);
    let order =
        order.trim_start_matches(['给', '都', ' ']).trim_end_matches(['吧', '吗', '？', '?']);
    let read = read::read(turn, order).ok().filter(|_| order != whole)?;
    let looks = matches!(read.shape, Shape::List | Shape::Show(_)) || read.word == "help";
    // A command said alone stands apart from talk.
    let apart = looks || read.args.content.is_empty() || read.word == "archive";
    // `你好，帮我建个任务：买咖啡` names the word, apart from what follows.
    let behind = order.get(read.typed.len()..).filter(|_| order.starts_with(&read.typed));
    let named = matches!(read.word.as_str(), "task" | "remind" | "follow")
        && behind.is_some_and(|rest| rest.starts_with([':', '：', ' ', '，']));
    let (looks, apart) = (looks || named, apart || named);
    let wish = if looks { Wish::Do(Box::new(read)) } else { Wish::Ask(vec![order.to_owned()]) };
    apart.then_some(wish)
}
