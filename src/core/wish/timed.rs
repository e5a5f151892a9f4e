//! To be told at a time, where the time stands before the word: `20分钟后叫我开会`.

use super::plain::{Wish, is_question, reminder};
use crate::command::Shape;
use crate::core::reminded::whom;
use crate::core::turn::Turn;
use crate::core::{led, people, read, say, timing};
use crate::text::cut::one_line;
use crate::text::when::{self, When};

/// Asks to be told at a time, wherever it stands. Longer spellings first.
const ME: [&str; 9] = [
    "提醒我一下",
    "提醒一下我",
    "提醒我",
    "通知我",
    "叫我",
    "喊我",
    "叫醒我",
    "remind me",
    "wake me",
];

/// Those that name the word itself.
const OWN: [&str; 4] = ["提醒我一下", "提醒一下我", "提醒我", "remind me"];

/// Some time, and nobody knows when.
const LATER: [&str; 14] = [
    "等会儿",
    "等会",
    "等一下",
    "等下",
    "待会儿",
    "待会",
    "一会儿",
    "过一会儿",
    "过会儿",
    "稍后",
    "晚点",
    "回头",
    "later",
    "in a bit",
];

/// `15分钟后`, `in half an hour`: of what, is asked.
pub fn time_alone(turn: &mut Turn, text: &str) -> Option<Wish> {
    let text = text.trim_end_matches(['。', '.', '!', '！', '吧', ' ']);
    // `开会前10分钟叫我`
    if !text.is_ascii() && led::said(turn, text).is_some() {
        let read = read::read(turn, &format!("提醒我 {text}")).ok()?;
        return Some(Wish::Do(Box::new(read)));
    }
    let later = text.ends_with('后') || text.to_lowercase().starts_with("in ");
    if !later || when::at_start(text, turn.reference())? != text.len() {
        return None;
    }
    let name = if text.is_ascii() { "remind me" } else { "提醒我" };
    let read = read::read(turn, &format!("{name} {text}")).ok()?;
    Some(Wish::Do(Box::new(read)))
}

/// Nobody wants to be told then.
const NOT: [&str; 9] = ["别", "不要", "请勿", "勿", "不用", "不需要", "don't", "do not", "never"];

/// `20分钟后叫我开会`, `每个月5号提醒我交房租`: the time stands before the word.
pub fn timed(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let (at, word) = ME.iter().find_map(|word| Some((lower.find(word)?, *word)))?;
    let (head, tail) = (text.get(..at)?.trim(), text.get(at + word.len()..)?);
    let tail = tail.trim_start_matches([' ', ',', '，', ':', '：']);
    let tail = tail.strip_prefix("一下").unwrap_or(tail).trim_end_matches(['。', '.', '吧']);
    // `别在晚上10点以后提醒我` wants the opposite.
    if NOT.iter().any(|not| head.to_lowercase().starts_with(not)) {
        return None;
    }
    let name = if word.is_ascii() { "remind me" } else { "提醒我" };
    let own = OWN.contains(&word);
    if let Some(line) = of_the_same_day(turn, name, head, tail) {
        return reminder(turn, &line).map(|_| Wish::Ask(vec![line]));
    }
    let mut line = one_line(&format!("{name} {head} {tail}"));
    if LATER.contains(&head) {
        // When is asked.
        let line = one_line(&format!("{name} {tail}"));
        return read::read(turn, &line).ok().map(|read| Wish::Do(Box::new(read)));
    }
    if reminder(turn, &line).is_none() {
        // `20分钟后叫我`: of what is not said.
        let waking = word.is_ascii() || word == "叫醒我";
        let said = if waking { ("起床", "wake up") } else { ("时间到了", "time is up") };
        line = format!("{line} {}", if word.is_ascii() { said.1 } else { said.0 });
    }
    // `1月8号到10号每天提醒我打卡`, `每月中旬提醒我查社保`: nine o'clock, or what is asked about it.
    if own && reminder(turn, &line).is_none() {
        let line = one_line(&format!("{name} {head} {tail}"));
        if head.ends_with("每天") && !tail.is_empty() {
            let timed = one_line(&format!("{name} {head}9点 {tail}"));
            if reminder(turn, &timed).is_some_and(|read| read.args.every.is_some()) {
                return Some(Wish::Ask(vec![timed]));
            }
        }
        if head.starts_with("每") && head.contains("月") && head.contains("旬") {
            return read::read(turn, &line).ok().map(|read| Wish::Do(Box::new(read)));
        }
    }
    let Some(read) = reminder(turn, &line) else {
        // 每周三次提醒我跑步: what cannot be kept is refused.
        (own && cannot_be_kept(head)).then_some(())?;
        let line = one_line(&format!("{name} {head} {tail}"));
        return read::read(turn, &line).ok().map(|read| Wish::Do(Box::new(read)));
    };
    // All that stood before the word was a time.
    let alone = read::read(turn, &format!("{name} {tail}")).ok()?;
    let rest = read.args.content.strip_suffix(alone.args.content.as_str()).unwrap_or("-").trim();
    let whole = rest.is_empty()
        || timing::timeless(turn, rest).is_ok_and(|t| t.is_some_and(|(_, left)| left.is_empty()));
    Some(if own && whole { Wish::Do(Box::new(read)) } else { Wish::Ask(vec![line]) })
}

/// More characters say more than how often.
const OFTEN_CHARS_MAX: usize = 12;

/// Whether all that words say is how often, in a way of which no days can be made: 每周三次, 每月15号前一天.
fn cannot_be_kept(words: &str) -> bool {
    let ends = ["次", "前一天", "后一天", "前两天", "后两天"];
    let unit = ["天", "周", "月", "年", "星期", "礼拜", "季度"];
    let often = words.starts_with('每') && words.chars().count() <= OFTEN_CHARS_MAX;
    let plain = words.chars().all(char::is_alphanumeric);
    often
        && plain
        && ends.iter().any(|end| words.ends_with(end))
        && unit.iter().any(|unit| words.contains(unit))
}

/// Marks between what happens and when it is told.
const MARKS: [char; 3] = ['，', ',', ' '];

/// `明天10点开评审会，9点半提醒我`: the hour alone before the word is one of the day of what happens, and
/// before it. The line as it would be typed.
fn of_the_same_day(turn: &Turn, name: &str, head: &str, tail: &str) -> Option<String> {
    let (event, hour) = head.rsplit_once(MARKS)?;
    let (event, hour) = (event.trim_end_matches(MARKS), hour.trim());
    let found = when::find(event, turn.reference()).filter(|found| found.also.is_none())?;
    let When::Instant(at) = found.when else { return None };
    let said = timing::hour_of_day(turn, at, hour)?;
    (when::at_start(hour, turn.reference()) == Some(hour.len())).then_some(())?;
    // 9点半 before 22:00 is 21:30.
    let bare = hour.contains('点') && !hour.starts_with(|c: char| "上早下中晚凌傍".contains(c));
    let later = Some(said.plus_ms(HALF_DAY_MS)).filter(|_| bare);
    let earlier = Some(said.plus_ms(-HALF_DAY_MS)).filter(|_| bare);
    let told = [later, Some(said), earlier].into_iter().flatten().find(|told| *told < at)?;
    let same_day = told.day(turn.zone()) == at.day(turn.zone()) && told > turn.now();
    let told = say::when::printed(&turn.voice(), &When::Instant(told)).filter(|_| same_day)?;
    // What happens keeps its hour; the day would be another one when it is told.
    let words = event.get(found.span.clone())?;
    let only = words.char_indices().find_map(|(from, _)| {
        let hour = words.get(from..)?;
        (when::at_start(hour, turn.reference()) == Some(hour.len())).then_some(())?;
        (timing::hour_of_day(turn, at, hour)? == at).then_some(hour)
    })?;
    let (before, behind) = (event.get(..found.span.start)?, event.get(found.span.end..)?);
    let tail = if tail.is_empty() { String::new() } else { format!("，{tail}") };
    Some(one_line(&format!("{name} {told} “{before}{only}{behind}{tail}”")))
}

/// From a morning hour to the same of the evening, in ms.
const HALF_DAY_MS: i64 = 12 * 60 * 60 * 1000;

/// `定个明早7点的闹钟`: an alarm, where the time stands before the word.
pub fn alarm(turn: &mut Turn, text: &str) -> Option<Wish> {
    let sets = ["定一个", "设一个", "订一个", "定个", "设个", "订个", "加个"];
    let rest = sets.iter().find_map(|sets| text.strip_prefix(sets))?;
    let rest = rest.trim_end_matches(['吧', '。', '！']).strip_suffix("闹钟")?;
    let line = format!("闹钟 {}", rest.trim_end_matches('的').trim());
    let read = read::read(turn, &line).ok().filter(|read| read.shape == Shape::Create)?;
    (read.args.when.is_some() || read.args.every.is_some()).then(|| Wish::Ask(vec![line]))
}

/// `明天18点 任务 发报价单`: a time, then the word.
pub fn turned(turn: &mut Turn, text: &str) -> Option<Wish> {
    let (time, rest) = text.split_at_checked(when::at_start(text, turn.reference())?)?;
    let rest = rest.trim_start_matches([' ', ',', '，']);
    let read = read::read(turn, rest).ok().filter(|read| read.shape == Shape::Create)?;
    let behind = rest.get(read.typed.len()..).filter(|_| rest.starts_with(&read.typed))?;
    let line = one_line(&format!("{} {time} {behind}", read.typed));
    read::read(turn, &line).ok().filter(|read| read.args.when.is_some())?;
    Some(Wish::Ask(vec![line]))
}

/// `每周一提醒陈静发排班表`, `下周一十点开会，提醒大家`: the time stands before the word, and somebody
/// behind it.
pub fn whom_last(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let (at, word) = ["提醒", "通知", "remind "]
        .iter()
        .find_map(|word| lower.find(word).filter(|at| *at > 0).map(|at| (at, *word)))?;
    let (head, tail) = (text.get(..at)?, text.get(at + word.len()..)?.trim());
    let head = head.trim_matches([' ', ',', '，', '：', ':']);
    let name = if word.is_ascii() { "remind" } else { "提醒" };
    let glue = if word.is_ascii() { " " } else { "" };
    let line = one_line(&format!("{name}{glue}{tail} {head}"));
    let read = reminder(turn, &line)?;
    let (to, _) = whom(turn, &read.args.people, &read.args.content).ok()?;
    // Either a time is all that stands before, or a name all that stands behind.
    let time = when::at_start(head, turn.reference()) == Some(head.len())
        || timing::timeless(turn, head).is_ok_and(|t| t.is_some_and(|(_, left)| left.is_empty()));
    let (_, only) = whom(turn, &[], tail).ok()?;
    let named = only.trim().is_empty() || people::is_known(turn, tail);
    let asks = is_question(text);
    (to.is_some() && (time || named) && !asks).then_some(Wish::Ask(vec![line]))
}
