//! What may have been meant about a record by words that name no verb, as colleagues say it: to be
//! put off, opened again, brought back. Lines that would work, likeliest first; nothing is carried
//! out by them.

use super::catalogue::Catalogue;
use super::stranger::is_name;
use crate::model::Lang;

/// Says that it is to come later, before how much later. Longer spellings first.
const LATER: [&str; 22] = [
    "往后挪",
    "往后推",
    "往后拖",
    "向后推",
    "推后",
    "再宽限",
    "宽限",
    "再给我",
    "再给",
    "再缓",
    "缓一缓",
    "缓",
    "拖",
    "晚点",
    "晚",
    "延",
    "需要再",
    "还要",
    "再要",
    "give me",
    "another",
    "move back",
];

/// The same in English behind how much.
const LATER_BEHIND: [&str; 3] = ["later", "more", "longer"];

/// Said before a verb, and changes nothing of it. Longer spellings first.
const BEFORE: [&str; 9] = ["还是", "再", "就", "先", "又", "也", "都", "now", "please"];

/// Somebody more is to do it, behind their name. Longer spellings first.
const TOGETHER: [&str; 8] =
    ["也一起做", "也一起", "一起做", "一起", "也参与", "也参加", "也来", "也做"];

/// Says that it is not done after all.
const AGAIN: [&str; 27] = [
    "重新做",
    "重做",
    "返工",
    "没做好",
    "没弄好",
    "没搞定",
    "没弄完",
    "没写完",
    "没办完",
    "做错",
    "有问题",
    "不对",
    "不行",
    "要再改",
    "再改改",
    "又要做",
    "还得做",
    "还得改",
    "继续做",
    "没通过",
    "not right",
    "isn't done",
    "is not done",
    "wasn't done",
    "needs more work",
    "redo",
    "not ok",
];

/// Brings back what was removed.
const BACK: [&str; 6] = ["恢复", "找回", "还原", "restore", "bring back", "recover"];

/// Longest words that say that something was done, in characters.
const OVER_CHARS_MAX: usize = 4;

/// Before an order that is put as a question or a wish. Longer spellings first.
const POLITE: [&str; 22] = [
    "能不能帮我",
    "能不能",
    "能否",
    "可不可以",
    "可否",
    "是不是可以",
    "可以帮我",
    "可以",
    "麻烦",
    "帮我",
    "帮忙",
    "我想",
    "我要",
    "想要",
    "想",
    "要",
    "能",
    "请",
    "can we",
    "could we",
    "can you",
    "could you",
];

/// Somebody else is to do it. Longer spellings first.
const GIVES: [&str; 11] =
    ["交给", "转给", "改给", "派给", "还是给", "给", "换成", "换", "让", "由", "找"];

/// The same in English. Longer spellings first.
const GIVES_EN: [&str; 8] = [
    "is now ",
    "now goes to ",
    "should go to ",
    "goes to ",
    "belongs to ",
    "now for ",
    "for ",
    "is ",
];

/// Whoever speaks will do it.
const MINE: [&str; 12] = [
    "认领",
    "我来做",
    "我来",
    "我做",
    "我负责",
    "我来负责",
    "归我",
    "我接",
    "i'll do it",
    "i'll take it",
    "mine",
    "i take it",
];

/// Somebody more is to hear of it, before their name. Longer spellings first.
const TOO: [&str; 7] = ["也要提醒", "还要提醒", "也提醒", "也通知", "还提醒", "也给", "也叫上"];

/// Behind their name. Longer spellings first.
const DOES: [&str; 8] = ["来负责", "负责", "来做", "来弄", "来", "做", "弄", "处理"];

/// It is to say nothing for a while.
const SILENT: [&str; 8] =
    ["不用提醒", "不提醒", "别提醒", "不要提醒", "不用叫", "不要响", "don't remind", "no reminder"];

/// What a length of time ends with.
const LENGTHS: [&str; 20] = [
    "天",
    "周",
    "个月",
    "月",
    "小时",
    "钟头",
    "分钟",
    "星期",
    "礼拜",
    "钟",
    "半",
    "工作日",
    "day",
    "days",
    "week",
    "weeks",
    "hour",
    "hours",
    "minutes",
    "months",
];

/// Particles at the end.
const PARTICLES: [char; 7] = ['吧', '了', '啊', '呢', '。', '！', '啦'];

/// The lines that words behind a record's head (`T1`) may have meant.
pub fn instead(catalogue: &Catalogue, head: &str, rest: &str, lang: Lang) -> Vec<String> {
    let name = |verb: &str| {
        catalogue.word(verb).map(|word| word.names(lang).name.clone()).unwrap_or_default()
    };
    let rest = rest.trim();
    if let Some(line) = polite(rest) {
        return vec![format!("{head} {line}")];
    }
    let lower = rest.trim_end_matches(PARTICLES).to_lowercase();
    if let Some(by) = later(&lower) {
        let verb = match lang {
            Lang::Zh => name("snooze"),
            Lang::En => "postpone".to_owned(),
        };
        return vec![format!("{head} {verb} {by}")];
    }
    if BACK.iter().any(|back| lower == *back) {
        let undo = format!("{} {head}", name("undo"));
        return vec![
            format!("{head} {}", name("enable")),
            undo,
            format!("{head} {}", name("reopen")),
        ];
    }
    if let Some(at) = SILENT.iter().find_map(|silent| lower.find(silent)) {
        // `J1 明天不用提醒`: which one, is said before it.
        let skip = format!("{head} {} {}", name("skip"), rest.get(..at).unwrap_or_default());
        return vec![skip.trim_end().to_owned(), format!("{head} {}", name("disable"))];
    }
    if MINE.contains(&lower.as_str()) {
        let me = if lower.is_ascii() { "@me" } else { "@我" };
        return vec![format!("{head} {} {me}", name("give"))];
    }
    let too = TOO.iter().find_map(|too| rest.strip_prefix(too));
    let too = too.map(|who| who.strip_prefix("一下").unwrap_or(who).trim_end_matches(PARTICLES));
    let together = || {
        let rest = rest.trim_end_matches(PARTICLES);
        TOGETHER.iter().find_map(|behind| rest.strip_suffix(behind)).map(str::trim)
    };
    if let Some(who) = too.or_else(together).filter(|who| is_name(who)) {
        return vec![format!("{head} {} {who}", name("add"))];
    }
    if let Some(who) = rest.split(['，', ',', '。', '；']).find_map(given) {
        return vec![format!("{head} {} {who}", name("give"))];
    }
    let owned = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).is_some();
    if let Some(who) = GIVES_EN.iter().find_map(|gives| {
        let said = rest.get(gives.len()..).filter(|_| lower.starts_with(gives))?;
        let name = said.trim_end_matches("'s").trim_end_matches("’s").trim();
        // `is done`, `for later` name nobody.
        (owned || name.starts_with('@')).then_some(name)
    }) {
        return vec![format!("{head} {} {who}", name("give"))];
    }
    if AGAIN.iter().any(|again| lower.contains(again)) {
        let note = format!("{head} {} {rest}", name("progress"));
        return vec![format!("{head} {}", name("reopen")), note];
    }
    if let Some(rest) = BEFORE.iter().find_map(|word| rest.strip_prefix(word))
        && !rest.trim().is_empty()
    {
        return vec![format!("{head} {}", rest.trim())];
    }
    if is_over(&lower) && rest.ends_with('了') || lower.starts_with('已') && is_over(&lower) {
        let note = format!("{head} {} {rest}", name("progress"));
        return vec![format!("{head} {}", name("done")), note];
    }
    Vec::new()
}

/// The order in a question whether it can be done: `能不能延到下周二`.
fn polite(said: &str) -> Option<String> {
    let lower = said.to_lowercase();
    let asks =
        said.trim_end_matches(['?', '？', '。', ' ']).trim_end_matches(['吗', '么', '吧', '不']);
    let word = POLITE.iter().find(|word| lower.starts_with(**word))?;
    let order = asks.get(word.len()..)?.trim();
    (!order.is_empty()).then(|| order.to_owned())
}

/// Who is to do it from now on: `给陈静吧`, `换陈静做`. Only what looks like a name is one.
fn given(clause: &str) -> Option<&str> {
    let clause = clause.trim().trim_end_matches(PARTICLES);
    let rest = GIVES.iter().find_map(|gives| clause.strip_prefix(gives))?;
    let rest = DOES.iter().find_map(|does| rest.strip_suffix(does)).unwrap_or(rest).trim();
    (is_name(rest) || rest.starts_with('@')).then_some(rest)
}

/// Whether a few words say that something was done: `已发`, `发了`.
fn is_over(said: &str) -> bool {
    let short = said.chars().count() <= OVER_CHARS_MAX && !said.contains(' ');
    short && !["没", "不", "未", "错", "开始", "卡"].iter().any(|not| said.contains(not))
}

/// By how much something is to come later, if that is all that is said.
fn later(said: &str) -> Option<String> {
    let front = LATER.iter().find_map(|word| said.strip_prefix(word));
    let behind = || LATER_BEHIND.iter().find_map(|word| said.strip_suffix(word));
    let by = front.or_else(behind)?.trim();
    let by = LATER_BEHIND.iter().find_map(|word| by.strip_suffix(word)).unwrap_or(by).trim();
    let by = by.strip_prefix("一下").unwrap_or(by).trim();
    let counts =
        by.starts_with(|c: char| c.is_ascii_digit() || "一两二三四五六七八九十几半".contains(c));
    let words = ["one ", "two ", "three ", "a ", "an ", "another ", "half "];
    let counts = counts || words.iter().any(|word| by.starts_with(word));
    (counts && LENGTHS.iter().any(|length| by.ends_with(length))).then(|| by.to_owned())
}
