//! Something is not to be done any more, or not at all: `别提醒我开会了`, `取消订阅库存`, `不要删T40`.

use super::plain::{CONTENT_CHARS_MIN, Wish};
use crate::command::Shape;
use crate::core::commands::remind;
use crate::core::refusal::{Cannot, Refusal};
use crate::core::turn::Turn;
use crate::core::{elsewhere, read};
use crate::model::Handle;
use crate::model::reminder::Reminder;
use crate::model::source::Subscription;
use crate::model::task::Named;
use crate::store::Order;

/// Most lines that are offered.
const LINES_MAX: usize = 3;

/// Most subscriptions looked through.
const SUBSCRIPTIONS_MAX: usize = 200;

/// Says that something is not to be done. Longer spellings first.
const NOT: [&str; 16] = [
    "千万别",
    "先不要",
    "先别",
    "不要再",
    "不用再",
    "不要",
    "不用",
    "不必",
    "不需要",
    "别再",
    "别",
    "勿",
    "please don't",
    "do not",
    "don't",
    "dont",
];

/// Ends reminding. Longer spellings first.
const STOPS: [&str; 15] = [
    "停止",
    "取消",
    "关掉",
    "关闭",
    "停掉",
    "stop reminding",
    "no more reminders",
    "don't remind",
    "dont remind",
    "do not remind",
    "cancel the reminder",
    "cancel my reminder",
    "stop the reminder",
    "stop my reminder",
    "remove the reminder",
];

/// Whom it reminded, and what leads to what it says. Longer spellings first.
const LEADS: [&str; 16] = [
    "我们",
    "我",
    "大家",
    "所有人",
    "关于",
    "去",
    "要",
    "me",
    "us",
    "everyone",
    "about",
    "of",
    "to",
    "for",
    "that",
    "the",
];

/// Ends a subscription. Longer spellings first.
const UNSUBSCRIBES: [&str; 18] = [
    "不用再关注",
    "不再关注",
    "取消关注",
    "别再关注",
    "stop following",
    "stop watching",
    "取消订阅",
    "取消对",
    "退订",
    "不再订阅",
    "不要订阅",
    "停止订阅",
    "别订阅",
    "unsubscribe from",
    "unsubscribe",
    "cancel subscription to",
    "cancel the subscription to",
    "stop subscribing to",
];

/// Days on which somebody is away.
const AWAY: [&str; 11] = [
    "周末", "请假", "休假", "年假", "出差", "放假", "休息", "weekend", "vacation", "on leave",
    "holiday",
];

/// Wants nothing to be heard then.
const SILENCED: [&str; 12] =
    ["不要", "别", "不用", "停", "暂停", "关掉", "免", "don't", "no ", "pause", "stop", "mute"];

/// `不要删T40`, `T40 先别删`: nothing is done.
pub fn left_alone(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let (at, not) = NOT.iter().filter_map(|not| Some((lower.find(not)?, *not))).min()?;
    let line = format!("{} {}", text.get(..at)?, text.get(at + not.len()..)?.trim());
    let line = line.trim().trim_end_matches(['了', '啊', '哦', '呀', '。', '!', '！']);
    let read = read::read(turn, line).ok()?;
    match read.shape {
        Shape::Act(handle, _) if read.args.content.is_empty() => Some(Wish::Leave(handle)),
        Shape::Act(..) | Shape::List | Shape::Create | Shape::Show(_) => None,
    }
}

/// `别提醒我T4了`: the record says nothing more.
pub fn silenced(text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let stops = ["别提醒", "别再提醒", "不要提醒", "不用提醒", "don't remind", "stop reminding"];
    let stop = stops.iter().find(|stop| lower.starts_with(**stop))?;
    let rest = lower[stop.len()..].trim_start_matches(['我', ' ', '了']);
    let rest = rest.strip_prefix("me ").unwrap_or(rest);
    let rest = ["about ", "of ", "关于"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    let handle = rest.trim_end_matches(['了', '吧', '。', '.', ' ']).to_uppercase();
    let number = handle.strip_prefix(['T', 'J'])?.parse::<u32>().is_ok();
    let (none, off) = match text.is_ascii() {
        true => ("edit no deadline", "disable"),
        false => ("改 不限时", "停用"),
    };
    let does = if handle.starts_with('T') { none } else { off };
    number.then(|| Wish::Ask(vec![format!("{handle} {does}")]))
}

/// `别提醒我开会了`, `取消开会的提醒`: the reminders that say so.
pub fn stopped(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let lower = lower.trim_end_matches(['。', '.', '!', '！', '了', '啦', '吧']);
    let latin = text.is_ascii();
    let rest = unreminded(lower)?;
    let mut what = rest.trim();
    while let Some(shorter) = LEADS.iter().find_map(|lead| {
        let rest = what.strip_prefix(lead)?;
        (!lead.is_ascii() || rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
    }) {
        what = shorter;
    }
    let what = what.trim_end_matches(['的', '了']).trim();
    let list = if latin { "remind" } else { "提醒" };
    let shown = |turn: &mut Turn| Some(Wish::Do(Box::new(read::read(turn, list).ok()?)));
    if what.chars().nth(CONTENT_CHARS_MIN - 1).is_none() {
        // `取消提醒`: of which, is asked elsewhere.
        let not = NOT.iter().any(|not| lower.starts_with(not)) || lower.starts_with("stop");
        return if not { shown(turn) } else { None };
    }
    let me = turn.acting.actor.clone()?;
    let says = |text: &str| {
        let text = text.to_lowercase();
        text.contains(what) || what.contains(&text)
    };
    let line = |(number, reminder): &(u32, Reminder)| {
        let handle = Handle { letter: 'J', number: *number };
        let others = reminder.to.iter().any(|who| who.person != me.person);
        let mine = reminder.to.iter().any(|who| who.person == me.person);
        let verb = match (reminder.every.is_some(), latin) {
            _ if mine && others => format!("{} @{}", if latin { "drop" } else { "减" }, me.name),
            (true, true) => "disable".to_owned(),
            (true, false) => "停用".to_owned(),
            (false, true) => "remove".to_owned(),
            (false, false) => "删".to_owned(),
        };
        format!("{handle} {verb}")
    };
    let all = remind::to_come(turn);
    // What is for everybody is not done away with for one of them.
    let ours = ["大家", "我们", "所有人", "us", "everyone"].iter().any(|us| rest.contains(us));
    let meant = |reminder: &Reminder| ours || !reminder.to.is_empty();
    let fits = |reminder: &Reminder| reminder.enabled && meant(reminder) && says(&reminder.text);
    let found = all.iter().filter(|(_, reminder)| fits(reminder));
    let mut lines: Vec<String> = found.map(line).collect();
    if turn.scope().is_direct() {
        let drop = if latin { "drop @me" } else { "减 @我" };
        let mirrors = elsewhere::of(turn, 'J').into_iter().map(|mirror| mirror.shown);
        let fits = mirrors.filter(|shown| says(&shown.text));
        lines.extend(fits.map(|shown| format!("{} {} {drop}", shown.title, shown.handle)));
    }
    lines.truncate(LINES_MAX);
    if lines.is_empty() { shown(turn) } else { Some(Wish::Ask(lines)) }
}

/// `周末不要提醒我`, `我下周请假，提醒先停一下`: no reminders on some days, which only disabling them does.
pub fn away(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if !(says(&AWAY) && says(&["提醒", "remind", "打扰", "disturb"]) && says(&SILENCED)) {
        return None;
    }
    let me = turn.acting.actor.clone()?;
    let mine = |to: &[Named]| matches!(to, [only] if only.person == me.person);
    let all = remind::to_come(turn).into_iter();
    let found = all.filter(|(_, r)| r.enabled && r.every.is_some() && mine(&r.to)).take(LINES_MAX);
    let verb = if text.is_ascii() { "disable" } else { "停用" };
    let lines = found.map(|(number, _)| format!("J{number} {verb}")).collect();
    let refusal = Refusal::Cannot { what: Cannot::Days, part: text.to_owned(), lines };
    Some(Wish::Refuse(Box::new(refusal)))
}

/// What is not to be reminded of any more.
fn unreminded(text: &str) -> Option<&str> {
    let not = NOT.iter().find_map(|not| text.strip_prefix(not)).map(str::trim_start);
    if let Some(rest) = not.and_then(|rest| rest.strip_prefix("提醒")) {
        return Some(rest);
    }
    let rest = STOPS.iter().find_map(|stop| text.strip_prefix(stop))?.trim_start();
    if let Some(what) = rest.strip_suffix("的提醒").or_else(|| rest.strip_suffix("提醒")) {
        return Some(what);
    }
    rest.strip_prefix("提醒").or_else(|| text.is_ascii().then_some(rest))
}

/// `取消订阅库存`: the subscriptions to it.
pub fn unsubscribed(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let word = UNSUBSCRIBES.iter().find(|word| lower.starts_with(**word))?;
    let name = text.get(word.len()..)?.trim();
    let name = name.trim_end_matches(['了', '吧', '。', '.']).trim_end_matches("的订阅").trim();
    let latin = word.is_ascii();
    let all = turn.list::<Subscription>(SUBSCRIPTIONS_MAX, Order::Up);
    let fits = |subscription: &Subscription| {
        name.is_empty() || subscription.source.to_lowercase() == name.to_lowercase()
    };
    let found = all.into_iter().filter(|(_, subscription)| fits(subscription));
    let remove = if latin { "remove" } else { "删" };
    let lines: Vec<String> =
        found.take(LINES_MAX).map(|(number, _)| format!("S{number} {remove}")).collect();
    if !lines.is_empty() {
        return Some(Wish::Ask(lines));
    }
    let list = if latin { "subscribe" } else { "订阅" };
    Some(Wish::Do(Box::new(read::read(turn, list).ok()?)))
}
