//! What may have been meant about a record by words that name no verb, as colleagues say it: to be
//! put off, opened again, brought back. Lines that would work, likeliest first; nothing is carried
//! out by them.

use super::catalogue::Catalogue;
use super::sooner;
use super::stranger::is_name;
use crate::model::Lang;

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
const GIVES_EN: [&str; 9] = [
    "to ",
    "is now ",
    "now goes to ",
    "should go to ",
    "goes to ",
    "belongs to ",
    "now for ",
    "for ",
    "is ",
];

/// It goes to somebody, before their name. Longer spellings first.
const SENT_TO: [&str; 10] = [
    "也发给",
    "同时发给",
    "抄送给",
    "抄送",
    "发送给",
    "发给",
    "also send to ",
    "send it to ",
    "send to ",
    "cc ",
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

/// All of several are meant. Longer spellings first.
const EACH: [&str; 5] = ["全都", "全部", "统统", "都", "all "];

/// Nobody is to be reminded of a task.
const QUIET: [&str; 6] =
    ["别提醒", "不用提醒", "不要提醒", "别再提醒", "don't remind me", "no reminder"];

/// Whoever speaks will not do it.
const WITHOUT_ME: [&str; 13] = [
    "我不参",
    "我不做",
    "我不干",
    "我退出",
    "把我去掉",
    "去掉我",
    "我做不了",
    "i'm out",
    "count me out",
    "take me off",
    "i'm not doing it",
    "i am not doing it",
    "i can't do it",
];

/// Particles at the end.
const PARTICLES: [char; 7] = ['吧', '了', '啊', '呢', '。', '！', '啦'];

/// The lines that words behind a record's head (`T1`) may have meant.
pub fn instead(catalogue: &Catalogue, head: &str, rest: &str, lang: Lang) -> Vec<String> {
    let name = |verb: &str| {
        catalogue.word(verb).map(|word| word.names(lang).name.clone()).unwrap_or_default()
    };
    let rest = rest.trim();
    let rest = EACH.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim();
    if let Some(line) = polite(rest) {
        return vec![format!("{head} {line}")];
    }
    let lower = rest.trim_end_matches(PARTICLES).to_lowercase();
    if let Some(by) = sooner::later(&lower) {
        let verb = match lang {
            Lang::Zh => name("snooze"),
            Lang::En => "postpone".to_owned(),
        };
        return vec![format!("{head} {verb} {by}")];
    }
    if let Some(by) = sooner::earlier(&lower) {
        let sooner = if lang == Lang::Zh { "提前" } else { "bring forward by" };
        return vec![format!("{head} {sooner} {by}")];
    }
    if BACK.iter().any(|back| lower == *back) {
        let undo = format!("{} {head}", name("undo"));
        return vec![
            format!("{head} {}", name("enable")),
            undo,
            format!("{head} {}", name("reopen")),
        ];
    }
    if head.starts_with(['T', 't'])
        && let Some((verb, what)) = of_a_task(&lower, lang)
    {
        return vec![format!("{head} {} {what}", name(verb))];
    }
    if let Some((skipped, rests)) = sooner::silent(rest, &lower) {
        let skip = format!("{head} {} {}", name("skip"), skipped).trim_end().to_owned();
        let disable = format!("{head} {}", name("disable"));
        return if rests { vec![disable, skip] } else { vec![skip, disable] };
    }
    if let Some(who) = sent_to(rest).filter(|_| head.starts_with('D')) {
        let add = format!("{head} {} {who}", name("add"));
        return vec![add, format!("{head} {} {who}", name("give"))];
    }
    if MINE.contains(&lower.as_str()) {
        let me = if lower.is_ascii() { "@me" } else { "@我" };
        return vec![format!("{head} {} {me}", name("give"))];
    }
    if let Some(who) = one_more(rest) {
        return vec![format!("{head} {} {who}", name("add"))];
    }
    let given = rest.split(['，', ',', '。', '；']).find_map(given);
    if let Some(who) = given.or_else(|| taken_over(rest)) {
        return vec![format!("{head} {} {who}", name("give"))];
    }
    if let Some(line) = reminder(head, rest) {
        return vec![line];
    }
    if let Some(who) = given_in_english(rest, &lower) {
        return vec![format!("{head} {} {who}", name("give"))];
    }
    if let Some(rest) = BEFORE.iter().find_map(|word| rest.strip_prefix(word))
        && !rest.trim().is_empty()
        && !AGAIN.iter().any(|again| lower.contains(again))
    {
        return vec![format!("{head} {}", rest.trim())];
    }
    how_it_went(head, rest, &lower, &name)
}

/// What was said of the work: it is done, or not after all.
fn how_it_went(head: &str, rest: &str, lower: &str, name: &dyn Fn(&str) -> String) -> Vec<String> {
    if AGAIN.iter().any(|again| lower.contains(again)) {
        let note = format!("{head} {} {rest}", name("progress"));
        return vec![format!("{head} {}", name("reopen")), note];
    }
    if let Some(lines) = over_with_more(head, rest, (name("done"), name("progress"))) {
        return lines;
    }
    if is_over(lower) && (rest.ends_with('了') || lower.starts_with('已')) {
        let note = format!("{head} {} {rest}", name("progress"));
        return vec![format!("{head} {}", name("done")), note];
    }
    Vec::new()
}

/// Whom a report goes to as well: `发给王芳`.
fn sent_to(rest: &str) -> Option<&str> {
    let who = SENT_TO.iter().find_map(|to| rest.strip_prefix(to))?;
    let who = who.trim_end_matches(PARTICLES).trim_end_matches(" too").trim();
    (is_name(who) || who.is_ascii() && !who.contains(' ')).then_some(who)
}

/// Who is to do it or to hear of it as well: `也通知李雷`, `李雷也一起做`.
fn one_more(rest: &str) -> Option<&str> {
    let too = TOO.iter().find_map(|too| rest.strip_prefix(too));
    let too = too.map(|who| who.strip_prefix("一下").unwrap_or(who).trim_end_matches(PARTICLES));
    let together = || {
        let rest = rest.trim_end_matches(PARTICLES);
        TOGETHER.iter().find_map(|behind| rest.strip_suffix(behind)).map(str::trim)
    };
    let needs = ["also needs ", "also for ", "needs "];
    let needs = || needs.iter().find_map(|word| rest.strip_prefix(word));
    let needs = || needs().filter(|who| is_capital(who));
    too.or_else(together).filter(|who| is_name(who)).or_else(needs)
}

/// `李雷来做`: whose it is from now on.
fn taken_over(rest: &str) -> Option<&str> {
    let rest = rest.trim().trim_end_matches(PARTICLES);
    let who = ["来负责", "负责", "来做", "来弄", "来跟", "来处理", "来接手", "接手", "接", "做"]
        .iter()
        .find_map(|does| rest.strip_suffix(does))?;
    is_name(who).then_some(who)
}

/// What is said of a task alone: `别提醒了` leaves it without a deadline, `我退出` with one less.
fn of_a_task(lower: &str, lang: Lang) -> Option<(&'static str, &'static str)> {
    let zh = lang == Lang::Zh;
    if QUIET.iter().any(|quiet| lower.ends_with(quiet)) {
        return Some(("edit", if zh { "不限时" } else { "no deadline" }));
    }
    let out = WITHOUT_ME.iter().any(|without| lower.contains(without));
    out.then_some(("drop", if zh { "@我" } else { "@me" }))
}

/// Longest time that is looked for, in characters.
const TIME_CHARS_MAX: usize = 24;

/// `明天10点提醒我`: whoever speaks is told of the task then; a reminder is put off.
fn reminder(head: &str, rest: &str) -> Option<String> {
    let rest = rest.trim().trim_end_matches(PARTICLES);
    let rest = ["一下", "一声"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let (zh, time) = match (rest.strip_suffix("提醒我"), rest.strip_suffix(" remind me")) {
        (Some(time), _) => (true, time),
        (None, Some(time)) => (false, time),
        (None, None) => match rest.strip_prefix("remind me ") {
            Some(time) => (false, time),
            None => (true, rest.strip_prefix("提醒我")?),
        },
    };
    let time = time.trim();
    let task = head.starts_with(['T', 't']);
    // 如果李雷没交报告就提醒我 says no time.
    let begins = |c: char| {
        c.is_ascii_digit() || "今明后下周星礼早上中晚一二两三四五六七八九十半".contains(c)
    };
    let words = ["tomorrow", "today", "at ", "on ", "in ", "next "];
    let timed = time.starts_with(begins) || words.iter().any(|word| time.starts_with(word));
    let short = time.chars().nth(TIME_CHARS_MAX).is_none();
    (timed && short).then(|| match (task, zh) {
        (true, true) => format!("提醒我 {time} {head}"),
        (true, false) => format!("remind me {time} {head}"),
        (false, true) => format!("{head} 稍后 {time}"),
        (false, false) => format!("{head} snooze {time}"),
    })
}

/// `is now Ben's`: whose it is from now on.
fn given_in_english<'r>(rest: &'r str, lower: &str) -> Option<&'r str> {
    let owned = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).is_some();
    GIVES_EN.iter().find_map(|gives| {
        let said = rest.get(gives.len()..).filter(|_| lower.starts_with(gives))?;
        let name = said.trim_end_matches("'s").trim_end_matches("’s").trim();
        // `is done`, `for later` name nobody.
        let named = *gives == "to " && is_capital(name);
        (owned || named || name.starts_with('@')).then_some(name)
    })
}

/// Whether a word is written as Latin names are.
fn is_capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(char::is_alphabetic)
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
    let not = [
        "没", "不", "未", "错", "开始", "卡", "快", "差", "半", "点", "刚", "才", "要", "完不",
        "成", "%", "哪", "几", "什么", "谁", "怎", "咋", "样",
    ];
    short && !not.iter().any(|not| said.contains(not))
}

/// `买完了，花了288`: it is done, and the rest is a note; or all of it is one.
fn over_with_more(head: &str, rest: &str, (done, note): (String, String)) -> Option<Vec<String>> {
    let (first, more) = rest.split_once(['，', ',', '。', '；'])?;
    let first = first.trim();
    let over = first.ends_with('了') && is_over(first.trim_end_matches('了'));
    let more = more.trim_matches(|c: char| c.is_whitespace() || "。！!".contains(c));
    if !over || more.is_empty() || more.contains(['没', '未', '还', '但']) {
        return None;
    }
    let noted = format!("{head} {note} {first}，{more}");
    Some(vec![format!("{noted}；{head} {done}"), noted])
}
