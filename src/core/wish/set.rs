//! Settings in other words: `工作时间改成9点到18点`, `晚上10点以后别发消息`, `以后用英文回我`.

use super::plain::Wish;
use crate::command::asking;
use crate::core::commands::settings;
use crate::core::read;
use crate::core::setting::{self, Setting};
use crate::core::turn::Turn;
use crate::text::{hours, when};

/// Before the name of a setting.
const SETS: [&str; 12] = [
    "我们的",
    "我们",
    "咱们",
    "把",
    "将",
    "本群的",
    "群的",
    "我的",
    "change the ",
    "change ",
    "our ",
    "my ",
];

/// Between the name of a setting and its value. Longer spellings first.
const BECOMES: [&str; 16] = [
    "改成",
    "改为",
    "改到",
    "换成",
    "换为",
    "设置为",
    "设置成",
    "设为",
    "设成",
    "调整为",
    "调整到",
    "调到",
    "调成",
    "改一下",
    "to ",
    "are ",
];

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

/// The same where an hour is said: of reminders alone something else may be meant.
const HUSH_FROM: [&str; 8] = [
    "别发提醒",
    "不要发提醒",
    "不要再发",
    "别再发",
    "不要提醒",
    "别提醒",
    "no messages",
    "no reminders",
];

/// Begins the same where the hour comes before what is not wanted.
const NOT_THEN: [&str; 6] = ["别在", "不要在", "请勿在", "别", "don't", "do not"];

/// What is not wanted then.
const TELLS: [&str; 6] = ["提醒", "发消息", "叫我", "吵", "remind", "message"];

/// Wants to hear everything again.
const ENDS: [&str; 7] = ["关", "关闭", "取消", "解除", "不用", "turn off", "disable"];

/// Behind the hour from which nothing is to be heard. Longer spellings first.
const FROM_THEN: [&str; 3] = ["以后", "之后", "后"];

/// All that is said of a language that is to be spoken.
const SPEAKS: [&str; 27] = [
    "以后都",
    "以后",
    "从现在起",
    "请",
    "都用",
    "改用",
    "换成",
    "用",
    "跟我",
    "和我",
    "给我",
    "回复",
    "回答",
    "回话",
    "说话",
    "交流",
    "回",
    "说",
    "我",
    "吧",
    "from now on",
    "reply",
    "answer",
    "respond",
    "speak",
    "please",
    "in",
];

/// `工作时间改成9点到18点`: a setting.
pub fn set(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let mut from = 0;
    while let Some(word) = SETS.iter().find(|word| lower[from..].starts_with(**word)) {
        from += word.len();
    }
    let rest = text.get(from..)?;
    let (setting, at) = setting::read(rest)?;
    let value = rest.get(at..)?;
    // `上班时间是10点到19点`
    let is = rest.get(..at)?.ends_with(['是', '为']).then_some(value);
    let bare = value.trim().trim_end_matches(['吧', '。', '了']);
    let (zh, en) = setting.names();
    if bare.is_empty() && from == 0 {
        let line = if text.is_ascii() { format!("settings {en}") } else { format!("设置 {zh}") };
        return Some(Wish::Do(Box::new(read::read(turn, &line).ok()?)));
    }
    // `免打扰 23:00-7:00`
    let fits = settings::fits(setting, bare, turn.now()).then_some(bare);
    let value = BECOMES.iter().find_map(|word| value.strip_prefix(word)).or(is).or(fits)?.trim();
    let value = value.trim_end_matches(['吧', '。', '.', '了']);
    let line = match text.is_ascii() {
        true => format!("settings {en} {value}"),
        false => format!("设置 {zh} {value}"),
    };
    read::read(turn, &line).ok().filter(|_| !value.is_empty())?;
    Some(Wish::Ask(vec![line]))
}

/// Turns something off, before its name. Longer spellings first.
const OFF: &[&str] = &[
    "关闭",
    "关掉",
    "停止",
    "暂停",
    "不用再",
    "不要再",
    "别再",
    "不用",
    "不要",
    "取消",
    "别",
    "关",
    "turn off ",
    "switch off ",
    "disable ",
    "stop ",
    "pause ",
];

/// Turns it on.
const ON: &[&str] = &[
    "重新开始",
    "打开",
    "开启",
    "开始",
    "恢复",
    "启用",
    "继续",
    "turn on ",
    "switch on ",
    "enable ",
    "start ",
    "resume ",
];

/// Asks how a setting stands, behind its name.
const STANDS: &[&str] = &[
    "开着吗",
    "开着没",
    "开了吗",
    "开了没",
    "打开了吗",
    "关了吗",
    "关着吗",
    "是开着的吗",
    "是什么",
    "是多少",
    "是几点",
    "设的什么",
    "怎么设的",
];

/// `记录开着吗`, `is masking on`: how a setting stands.
pub fn stands(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let said = lower.trim_end_matches(|c: char| c.is_whitespace() || "。.？?".contains(c));
    let said = said.trim_start_matches("现在").trim_start_matches("目前");
    let en = said
        .strip_prefix("is ")
        .or_else(|| said.strip_prefix("are "))
        .and_then(|rest| rest.strip_suffix(" on").or_else(|| rest.strip_suffix(" off")));
    let name = en.or_else(|| STANDS.iter().find_map(|ends| said.strip_suffix(ends)))?.trim();
    let (setting, _) = setting::read(name).filter(|(_, at)| *at == name.len())?;
    let (zh, en) = setting.names();
    let line = if said.is_ascii() { format!("settings {en}") } else { format!("设置 {zh}") };
    Some(Wish::Do(Box::new(read::read(turn, &line).ok()?)))
}

/// `关闭记录`, `turn on masking`: a setting that is on or off.
pub fn switched(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let said = lower.trim_end_matches(|c: char| c.is_whitespace() || "。.！!吧了".contains(c));
    let off = OFF.iter().find_map(|word| said.strip_prefix(word));
    let name = off.or_else(|| ON.iter().find_map(|word| said.strip_prefix(word)))?;
    let name = name.strip_prefix("the ").unwrap_or(name);
    let (setting, at) = setting::read(name)?;
    let switch = [Setting::Record, Setting::Masking, Setting::Acceptance, Setting::Quiet];
    let quiet_on = setting == Setting::Quiet && off.is_none();
    if at < name.len() || !switch.contains(&setting) || quiet_on {
        return None;
    }
    let (zh, en) = setting.names();
    let line = match (said.is_ascii(), off.is_some()) {
        (true, true) => format!("settings {en} off"),
        (true, false) => format!("settings {en} on"),
        (false, true) => format!("设置 {zh} 关"),
        (false, false) => format!("设置 {zh} 开"),
    };
    read::read(turn, &line).is_ok().then(|| Wish::Ask(vec![line]))
}

/// `晚上10点以后别发消息`: quiet hours, from the hour that is said.
pub fn hushed(turn: &Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let said = |words: &[&'static str]| words.iter().find(|word| lower.contains(**word)).copied();
    // Hours of one's own around noon are not those of the night.
    if ["午", "noon", "lunch", "上午", "morning"].iter().any(|day| lower.contains(day)) {
        return None;
    }
    let hour = from_hour(turn, text);
    // `别在晚上10点以后提醒我`
    let not = |word: &&str| lower.starts_with(word) && hour.is_some();
    let not = || NOT_THEN.iter().copied().find(not).filter(|_| said(&TELLS).is_some());
    let then = || said(&HUSH_FROM).filter(|_| hour.is_some());
    let word = said(&HUSH).or_else(then).or_else(not)?;
    let latin = word.is_ascii();
    let ends = lower.trim_end_matches(['了', '吧', '掉', '。', '.', '!', '！']);
    let stretch = || {
        let rest = lower.replacen(word, "", 1);
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || "，,了吧。我".contains(c));
        Some(hours::print(&[hours::read_quiet(rest)?], ""))
    };
    let hour = stretch().or(hour);
    let over = ENDS.iter().any(|end| ends.ends_with(end) || ends.starts_with(end));
    let hours = match (over && hour.is_none(), latin) {
        (true, true) => "off".to_owned(),
        (true, false) => "关".to_owned(),
        (false, _) => hour.unwrap_or_else(|| "22:00-8:00".to_owned()),
    };
    let name = if latin { "settings quiet" } else { "设置 免打扰" };
    Some(Wish::Ask(vec![format!("{name} {hours}")]))
}

/// Quiet hours from the hour that a text names until the morning.
fn from_hour(turn: &Turn, text: &str) -> Option<String> {
    let found = when::find(text, turn.reference())?;
    let hour = text.get(found.span.clone())?;
    let hour = FROM_THEN.iter().find_map(|then| hour.strip_suffix(then)).unwrap_or(hour).trim();
    let hour = hour.trim_start_matches(|c: char| c.is_ascii_alphabetic() || " 在".contains(c));
    let span = hours::read_quiet(&format!("{hour}-8:00"))?;
    Some(hours::print(&[span], ""))
}

/// `以后用英文回我`, `reply in Chinese from now on`: the language of what the bot says.
pub fn language(text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let names = [
        ("英文", "设置 语言 英文"),
        ("英语", "设置 语言 英文"),
        ("中文", "设置 语言 中文"),
        ("汉语", "设置 语言 中文"),
        ("english", "settings language English"),
        ("chinese", "settings language Chinese"),
    ];
    let (name, line) = names.iter().find(|(name, _)| lower.contains(name))?;
    let mut rest = lower.replace(name, " ");
    for word in SPEAKS {
        rest = rest.replace(word, " ");
    }
    let speaks = SPEAKS.iter().any(|word| lower.contains(word));
    (speaks && rest.trim().is_empty()).then(|| Wish::Ask(vec![(*line).to_owned()]))
}

/// Says that it is not wanted.
const NOT: [&str; 9] = ["不用", "不需要", "不必", "关闭", "取消", "关掉", "no ", "don't", "not "];

/// `任务做完要我验收才行`, `关闭任务验收`: whether finished tasks wait for acceptance here.
pub fn accepted(text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let named = says(&["任务", "待办", "tasks"]) && says(&["验收", "acceptance", "accepted"]);
    // `以后任务都要验收`, but not 任务 T1 验收通过.
    let rule = [
        "以后", "今后", "往后", "所有", "每个", "关闭", "开启", "打开", "取消", "关掉", "开", "关",
    ]
    .iter()
    .any(|word| lower.starts_with(word));
    let meant = asking::rules_acceptance(text) || named && rule;
    let digits = lower.contains(|c: char| c.is_ascii_digit());
    let asks = lower.trim_end().ends_with(['?', '？', '吗', '么', '呢']);
    if !meant || digits || asks {
        return None;
    }
    let line = match (says(&NOT), text.is_ascii()) {
        (true, true) => "settings acceptance off",
        (false, true) => "settings acceptance on",
        (true, false) => "设置 验收 关",
        (false, false) => "设置 验收 开",
    };
    Some(Wish::Ask(vec![line.to_owned()]))
}
