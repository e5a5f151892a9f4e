//! Rules, reports and plain commands in other words: `有人说投诉就告诉我`, `现在发一份报告给我`.

use super::plain::{Wish, names_only};
use crate::command::Shape;
use crate::core::named::{marked, names_at};
use crate::core::people;
use crate::core::read;
use crate::core::turn::Turn;
use crate::text::every;

/// Begins a wish to be told of what others say. Longer spellings first.
const OVERHEARD: [&str; 8] =
    ["有人说到", "有人提到", "有人问到", "有人说", "有人提", "有人问", "谁说", "谁提到"];

/// Behind what they say.
const THEN: [&str; 7] = ["的时候", "的话", "就", "时", "，", ",", "马上"];

/// Asks whether something was said. Longer spellings first.
const MENTIONED: [&str; 20] = [
    "有没有人提到过",
    "有没有人提到",
    "有没有人提过",
    "有没有人说到",
    "有没有人说过",
    "有没有人说",
    "有没有人聊过",
    "有没有人问过",
    "有没有人问",
    "有没有人发过",
    "谁提到过",
    "谁提到",
    "谁提过",
    "谁说过",
    "谁说到",
    "谁发过",
    "有人提到过",
    "有人提过",
    "有人说过",
    "有人发过",
];

/// The same in English, behind who is asked about.
const MENTIONED_EN: [&str; 9] = [
    "mentioned",
    "mention",
    "talked about",
    "talk about",
    "said anything about",
    "say anything about",
    "said",
    "say",
    "asked about",
];

/// Who is asked about in English.
const ANYBODY: [&str; 7] = [
    "did anyone ",
    "did anybody ",
    "did someone ",
    "has anyone ",
    "has anybody ",
    "has someone ",
    "who ",
];

/// Asks for the report at once. Longer spellings first.
const REPORT_NOW: [&str; 12] = [
    "现在",
    "马上",
    "立刻",
    "立即",
    "发一份",
    "发份",
    "给我",
    "right now",
    "now",
    "send me",
    "give me",
    "generate",
];

/// Begins a wish for a keyword. Longer spellings first.
const NEW_KEYWORD: [&str; 8] = [
    "加一个关键词",
    "加个关键词",
    "新增关键词",
    "添加关键词",
    "设置关键词",
    "设个关键词",
    "建个关键词",
    "监控关键词",
];

/// Wants to be told, in English.
const TELL_ME_EN: [&str; 8] = [
    "let me know when ",
    "let me know if ",
    "tell me when ",
    "tell me if ",
    "notify me when ",
    "notify me if ",
    "alert me when ",
    "alert me if ",
];

/// Whoever says it, in English.
const ANYONE_EN: [&str; 4] = ["someone ", "anyone ", "somebody ", "anybody "];

/// What sums up a time.
const SUMMARIES: [&str; 9] =
    ["总结", "汇总", "小结", "报告", "日报", "周报", "summary", "report", "digest"];

/// Says that it is sent.
const SENDS: [&str; 9] =
    ["给我发", "发给", "给我", "给@", "发我", "send me", "give me", "for me", "to me"];

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

/// `有没有人提到快递`, `did anyone mention the courier`: looked for in what was kept.
pub fn mentioned(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let zh = MENTIONED.iter().find_map(|word| text.strip_prefix(word));
    let en = || {
        let rest = ANYBODY.iter().find_map(|who| lower.strip_prefix(who))?;
        let rest = MENTIONED_EN.iter().find_map(|said| rest.strip_prefix(said))?;
        text.get(text.len() - rest.len()..).filter(|rest| rest.starts_with(' '))
    };
    let what = zh.or_else(en)?.trim();
    let what = what.trim_end_matches(['?', '？', '。', '.', '吗', '呢', '没', '了']).trim();
    let what = what.trim_end_matches("没有").trim_matches(['「', '」', '“', '”', '"', ' ']);
    let what = what.strip_prefix("the ").unwrap_or(what);
    // `有人提到退款就告诉我` is a rule.
    let tells = ["就", "告诉", "通知", "提醒"].iter().any(|tell| what.contains(tell));
    let line = format!("{} {what}", if zh.is_some() { "搜" } else { "find" });
    let read = read::read(turn, &line).ok().filter(|_| !what.is_empty() && !tells)?;
    Some(Wish::Do(Box::new(read)))
}

/// `现在发一份报告给我`: the report of today so far.
pub fn reported(text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let found = ["报告", "日报", "report"].iter().find(|word| lower.contains(**word))?;
    let asks = REPORT_NOW.iter().any(|word| lower.contains(word));
    let known =
        ["报告", "日报", "发", "一份", "份", "我", "吧", "今天的", "今天", "给", "一下", "看"];
    let known_en = [
        "the", "a", "report", "today's", "todays", "please", "me", "to", "of", "today", "daily",
        "send", "for",
    ];
    let mut rest = lower.clone();
    for word in REPORT_NOW.iter().chain(&known) {
        rest = rest.replace(word, " ");
    }
    let says = |word: &&str| !known_en.contains(word) && word.chars().any(char::is_alphanumeric);
    if !asks || rest.split_whitespace().any(|word| says(&word)) {
        return None;
    }
    let line = if found.is_ascii() { "report now" } else { "报告 现在" };
    // It is sent to somebody.
    Some(Wish::Ask(vec![line.to_owned()]))
}

/// `加个关键词退款，谁提到就通知我`: a keyword of the asker's own.
pub fn keyword(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let zh = NEW_KEYWORD.iter().find_map(|word| text.strip_prefix(word));
    let line = match zh {
        Some(rest) => {
            let (word, then) = rest.split_once(['，', ',', '；', '。'])?;
            let told = ["告诉我", "通知我", "提醒我", "叫我", "@我"];
            told.iter().any(|told| then.contains(told)).then_some(())?;
            format!(
                "关键词 {} → 通知 @我",
                word.trim_matches([' ', '「', '」', '“', '”', '"', ':', '：'])
            )
        }
        None => {
            let rest = TELL_ME_EN.iter().find_map(|tell| lower.strip_prefix(tell))?;
            let rest = ANYONE_EN.iter().find_map(|who| rest.strip_prefix(who))?;
            let word =
                MENTIONED_EN.iter().chain(&["mentions", "says", "talks about", "asks about"]);
            let word = word.filter_map(|said| rest.strip_prefix(said)?.strip_prefix(' ')).next()?;
            format!("keyword {} -> notify @me", word.trim_end_matches(['.', '!', ' ']))
        }
    };
    let read = read::read(turn, &line).ok()?;
    (read.shape == Shape::Create && !read.args.content.is_empty()).then(|| Wish::Ask(vec![line]))
}

/// `每周五下午5点给我发一份总结`, `send me a summary every Friday at 5pm`: a report.
pub fn summary(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let named = SUMMARIES.iter().any(|word| lower.contains(word));
    let sent = SENDS.iter().any(|word| lower.contains(word));
    let (span, _) = every::find(text, turn.reference()).filter(|_| named && sent)?;
    let said = text.get(span)?.trim();
    // `给我和王芳`
    let known = people::names(turn);
    let to = text.split('给').nth(1).and_then(|rest| names_at(&known, rest.trim()));
    let to = to.map_or_else(|| "@我".to_owned(), |names| marked(&names.names));
    let line = if said.is_ascii() && names_only(&known, text) {
        format!("report {said} to @me")
    } else {
        format!("报告 {said} 给 {to}")
    };
    let read = read::read(turn, &line).ok()?;
    (read.shape == Shape::Create && read.args.every.is_some()).then(|| Wish::Ask(vec![line]))
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

/// Makes several tasks. Longer spellings first.
const MAKES: [&str; 9] = ["新建", "创建", "添加", "建立", "建", "加", "记", "create ", "add "];

/// `建3个任务：写方案、订机票、对账`: each of them a task.
pub fn counted(turn: &mut Turn, text: &str) -> Option<Wish> {
    let made = MAKES.iter().find_map(|makes| text.strip_prefix(makes))?;
    let (count, rest) = made.split_once([':', '：'])?;
    let latin = count.is_ascii();
    let noun = if latin { "task" } else { "任务" };
    let count = count.trim().trim_end_matches('s');
    let nouns = ["任务", "待办", "task", "todo"];
    let count = nouns.iter().find_map(|noun| count.strip_suffix(noun))?.trim();
    if count.chars().count() > COUNT_CHARS_MAX {
        return None;
    }
    let items = rest.split(['、', '，', ',', '；', ';']).map(str::trim);
    let lines: Vec<String> =
        items.filter(|item| !item.is_empty()).map(|item| format!("{noun} {item}")).collect();
    let line = lines.join(if latin { "; " } else { "；" });
    let makes =
        |line: &String| read::read(turn, line).is_ok_and(|read| read.shape == Shape::Create);
    (lines.len() > 1 && lines.iter().all(makes)).then_some(Wish::Ask(vec![line]))
}

/// Longest count of them: `这三个`, `the following three`.
const COUNT_CHARS_MAX: usize = 16;
