//! Who is at what, and a record told by what it says: `谁在做报价`, `who owns the pricing sheet`,
//! `删掉刚才那个提醒`.

use super::plain::{CONTENT_CHARS_MIN, Wish};
use crate::command::Shape;
use crate::core::read;
use crate::core::turn::Turn;
use crate::model::reminder::Reminder;
use crate::model::task::{Task, TaskState};
use crate::store::Order;
use crate::text::when;

/// Most tasks among which one is looked for by its title.
const TITLES_MAX: usize = 200;
/// Most reminders among which the last one of somebody is looked for.
const REMINDERS_MAX: usize = 50;
/// Most records shown at once.
const SHOWN_MAX: usize = 3;

/// What somebody does who is at something. Longer spellings first.
const AT_WORK: [&str; 12] = [
    "正在做",
    "在负责",
    "负责",
    "在处理",
    "处理",
    "在跟进",
    "跟进",
    "在跟",
    "跟",
    "在写",
    "在做",
    "做",
];

/// Who is at something, in English, before what it is.
const WHO_EN: [&str; 11] = [
    "who is working on",
    "who's working on",
    "whos working on",
    "who works on",
    "who is doing",
    "who's doing",
    "who is responsible for",
    "who's responsible for",
    "who is on",
    "who owns",
    "who does",
];

/// Does away with something. Longer spellings first.
const GONE: [&str; 9] =
    ["取消掉", "取消", "删除", "删掉", "删了", "删", "cancel", "delete", "remove"];

/// The reminder that was just made. Longer spellings first.
const LAST: [&str; 15] = [
    "刚才那个提醒",
    "刚才的那个提醒",
    "刚才的提醒",
    "刚刚那个提醒",
    "刚刚的提醒",
    "刚设的提醒",
    "刚才设的提醒",
    "上一个提醒",
    "上个提醒",
    "最后一个提醒",
    "my last reminder",
    "the last reminder",
    "last reminder",
    "the reminder i just set",
    "that reminder",
];

/// `谁在做报价`, `报价是谁在跟`, `who is working on the quote`: the open tasks that say so.
pub fn whose_work(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let asked = lower.trim_end_matches(['?', '？', '。', '.', '呢', '啊', '的', ' ']);
    let what = work(asked)?.trim().trim_matches(['「', '」', '“', '”', '"']);
    what.chars().nth(CONTENT_CHARS_MIN - 1)?;
    let says =
        |task: &Task| task.state == TaskState::Open && task.title.to_lowercase().contains(what);
    let tasks = turn.list::<Task>(TITLES_MAX, Order::Down).into_iter();
    let found = tasks.filter(|(_, task)| says(task)).take(SHOWN_MAX);
    let mut handles: Vec<String> = found.map(|(number, _)| format!("T{number}")).collect();
    handles.reverse();
    // With the word before them, so that the answer is in its language.
    let noun = if text.is_ascii() { "task" } else { "任务" };
    let line = format!("{noun} {}", handles.join(" "));
    let read = read::read(turn, &line).ok().filter(|_| !handles.is_empty())?;
    Some(Wish::Do(Box::new(read)))
}

/// What somebody is asked to be at.
fn work(text: &str) -> Option<&str> {
    if let Some(what) = WHO_EN.iter().find_map(|who| text.strip_prefix(who)) {
        return what.strip_prefix(" the ").or_else(|| what.strip_prefix(' '));
    }
    let (before, behind) = text.split_once('谁')?;
    let before = before.trim_end_matches(['是', '由', '归', ' ']);
    let does = AT_WORK.iter().find_map(|does| behind.strip_prefix(does))?;
    match (before.is_empty(), does.is_empty()) {
        (true, false) => Some(does),
        (false, true) => Some(before),
        (true, true) | (false, false) => None,
    }
}

/// `删掉刚才那个提醒`, `cancel my last reminder`: the newest one that the asker made.
pub fn last_reminder(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let lower = lower.trim_end_matches(['了', '吧', '。', '.', '!', '！']);
    let lower = lower.strip_prefix('把').unwrap_or(lower);
    let latin = lower.is_ascii();
    let last = |what: &str| LAST.contains(&what.trim());
    let gone = GONE.iter().any(|gone| {
        lower.strip_prefix(gone).is_some_and(last) || lower.strip_suffix(gone).is_some_and(last)
    });
    if !gone {
        return None;
    }
    let me = turn.acting.actor.clone()?;
    let mine = |reminder: &Reminder| reminder.creator.person == me.person;
    let all = turn.list::<Reminder>(REMINDERS_MAX, Order::Down);
    let (number, _) = all.into_iter().find(|(_, reminder)| mine(reminder))?;
    Some(Wish::Ask(vec![format!("J{number} {}", if latin { "remove" } else { "删" })]))
}

/// `明天的J1跳过`: the day stands before the number.
pub fn skipped(turn: &mut Turn, text: &str) -> Option<Wish> {
    let (day, rest) = text.split_at_checked(when::at_start(text, turn.reference())?)?;
    let rest = rest.trim_start_matches(['的', ' ']);
    let read = read::read(turn, rest).ok()?;
    let Shape::Act(handle, verb) = &read.shape else { return None };
    if verb != "skip" || !read.args.content.is_empty() {
        return None;
    }
    let skip = turn.core.catalogue.word(verb)?.names(read.lang).name.as_str();
    Some(Wish::Ask(vec![format!("{handle} {skip} {}", day.trim())]))
}

/// `改名 #旧 → #新`, `把#旧改名为#新`: a tag is renamed; a record would stand there by its number.
pub fn retagged(turn: &mut Turn, text: &str) -> Option<Wish> {
    let apart = |text: &str, word: &str| Some(text.strip_prefix(word)?.trim().to_owned());
    let joints = ["改名为", "改名成", "改名叫", "改名", "重命名为", "合并到", "并到"];
    let line = if let Some(rest) = text.strip_prefix('把') {
        let (from, to) = joints.iter().find_map(|joint| rest.split_once(joint))?;
        Some(("标签改名", format!("{} → {}", from.trim(), to.trim())))
    } else if let Some(tags) = apart(text, "rename ") {
        Some(("retag", tags))
    } else {
        ["改名", "重命名"].iter().find_map(|word| Some(("标签改名", apart(text, word)?)))
    };
    let (word, tags) = line.filter(|(_, tags)| tags.starts_with(['#', '＃']))?;
    Some(Wish::Do(Box::new(read::read(turn, &format!("{word} {tags}")).ok()?)))
}
