//! Who said what, asked in everyday words: `李雷昨天说了什么`, `今天大家说了什么`, `最近有谁提到合同`. As a search.

use crate::core::people;
use crate::core::stretch;
use crate::core::turn::Turn;

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

/// `李雷昨天说了什么`, `李雷有没有说过合同`
pub fn said(turn: &mut Turn, asked: &str, text: &str) -> Option<String> {
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
pub fn mentioned(turn: &Turn, asked: &str) -> Option<String> {
    let (at, who) = SOMEBODY.iter().find_map(|who| Some((asked.find(who)?, *who)))?;
    let (when, rest) = (asked[..at].trim(), &asked[at + who.len()..]);
    stretch::past(when, turn.reference())?;
    let what = MENTIONS.iter().find_map(|said| rest.strip_prefix(said))?;
    let what = what.trim().trim_end_matches(['吗', '么', '没', '了']).trim();
    (!what.is_empty()).then(|| format!("搜 {what} {when}"))
}

/// Those whose talk is asked for, where all are meant. Longer spellings first.
const EVERYBODY: &[&str] = &["大家都", "大家", "群里都", "群里", "我们", "咱们", "都"];

/// All that was kept, by its time.
const CHAT: &[&str] =
    &["聊天记录", "群聊记录", "群消息", "最近的消息", "最近消息", "最新消息", "最近的聊天记录"];

/// `今天大家说了什么`, `what was said today`, `聊天记录`
pub fn of_all(turn: &Turn, asked: &str) -> Option<String> {
    let lower = asked.to_lowercase();
    let bare =
        ["看一下", "看看", "查看", "看", "查", ""].iter().find_map(|sees| lower.strip_prefix(sees));
    if bare.is_some_and(|bare| CHAT.contains(&bare)) {
        return Some("消息".to_owned());
    }
    let en = ["what was said ", "what did we say ", "what did people say ", "what happened "];
    let time = en.iter().find_map(|said| lower.strip_prefix(said));
    let shown = || {
        let rest = lower.strip_prefix("show me ").or_else(|| lower.strip_prefix("show "));
        let rest = rest.unwrap_or(&lower);
        rest.strip_suffix("'s messages").or_else(|| rest.strip_suffix("’s messages"))
    };
    if let Some(time) = time.or_else(shown) {
        return seek_past(turn, time).then(|| format!("find {time}"));
    }
    let head = SAYS.iter().find_map(|says| asked.strip_suffix(says))?;
    let time = EVERYBODY.iter().find_map(|all| head.strip_suffix(all)).unwrap_or(head);
    let time = EVERYBODY.iter().find_map(|all| time.strip_prefix(all)).unwrap_or(time).trim();
    seek_past(turn, time).then(|| format!("搜 {time}"))
}

fn seek_past(turn: &Turn, text: &str) -> bool {
    stretch::past(text, turn.reference()).is_some()
}
