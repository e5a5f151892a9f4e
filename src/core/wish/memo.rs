//! Something is not to be forgotten: `别忘了明天交房租`, or only `明天交房租`.

use super::plain::{CONTENT_CHARS_MIN, Wish, is_question, reminder};
use crate::command::Shape;
use crate::core::read;
use crate::core::turn::Turn;
use crate::text::when;

/// Said before something that is not to be forgotten. Longer spellings first.
const MEMO: [&str; 21] = [
    "不要忘记",
    "不要忘了",
    "别忘记",
    "别忘了",
    "不能忘",
    "要记得",
    "记得",
    "记一下",
    "记下来",
    "记下",
    "记住",
    "备忘",
    "don't forget to",
    "dont forget to",
    "do not forget to",
    "remember to",
    "make a note to",
    "note to self",
    "i need to",
    "i have to",
    "i must",
];

/// Asks for a change to what there is: that is nothing to be reminded of.
const ORDERS: [&str; 15] = [
    "提醒改",
    "提醒都",
    "提醒推",
    "任务都",
    "任务全",
    "任务推",
    "任务改",
    "任务顺延",
    "提醒顺延",
    "reminders",
    "all tasks",
    "all my tasks",
    "pause ",
    "暂停",
    "任务延",
];

/// Tells of a day and asks for nothing.
const FACTS: [&str; 6] = ["上班", "放假", "午休", "休息", "调休", "补班"];

/// `别忘了明天交房租`: to be reminded of, or to be done.
pub fn memo(turn: &mut Turn, text: &str) -> Option<Wish> {
    let lower = text.to_lowercase();
    let word = MEMO.iter().find(|word| lower.starts_with(**word))?;
    let rest = text.get(word.len()..)?.trim_start_matches([' ', ',', '，', ':', '：', '了']);
    lines(turn, rest, word.is_ascii(), true)
}

/// `明天交房租`: a time and something to do.
pub fn dated(turn: &mut Turn, text: &str) -> Option<Wish> {
    let latin = !text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    let lower = text.to_lowercase();
    let ends = text.trim_end_matches(['。', '.', '！', '!', '了', '吧']);
    let tells = ORDERS.iter().any(|word| lower.contains(word))
        || FACTS.iter().any(|word| ends.ends_with(word));
    // Hours of today alone (中午12点到1点半午休，别打扰) tell when something is.
    let hours = || when::hours_today(&when::Line::new(text), turn.reference()).is_some();
    if tells || is_question(text) || hours() { None } else { lines(turn, text, latin, false) }
}

/// A reminder of it, or a task; without a time only a task, if that is said to be wanted.
fn lines(turn: &mut Turn, text: &str, latin: bool, memo: bool) -> Option<Wish> {
    let (remind, task) = if latin { ("remind me", "task") } else { ("提醒我", "任务") };
    let (remind, task) = (format!("{remind} {text}"), format!("{task} {text}"));
    let timed = reminder(turn, &remind);
    let again = timed.as_ref().is_some_and(|read| read.args.when.is_none());
    let made = read::read(turn, &task).ok().filter(|read| read.shape == Shape::Create && !again);
    let made = made.filter(|read| read.args.content.chars().nth(CONTENT_CHARS_MIN - 1).is_some());
    let mut lines: Vec<String> = timed.map(|_| remind).into_iter().collect();
    lines.extend(made.map(|_| task).filter(|_| memo || !lines.is_empty()));
    (!lines.is_empty()).then_some(Wish::Ask(lines))
}
