//! What the questions about a doubtful command share: the line that says it plainly, and counts in
//! words.

use crate::command::everybody::EVERYBODY;
use crate::command::{Invocation, joints};
use crate::model::{Lang, Recurrence};
use crate::text::every;

/// The word whose records come again and again.
pub const REMIND: &str = "remind";

/// The one whose records are done once.
pub const TASK: &str = "task";

/// The reminder that is meant, as it would be typed: for the same people, at another time.
pub fn reminder(invocation: &Invocation, every: &Recurrence, content: &str) -> String {
    let time = every::print(every, invocation.lang);
    // 每天8:00、12:00和18:00.
    let time = time.replacen("和", "、", every.times.len().saturating_sub(2));
    let content = content.strip_prefix("to ").unwrap_or(content);
    let people = &invocation.args.people;
    let all = people.iter().any(|name| name == EVERYBODY);
    let mine = people.is_empty() || joints::is_mine(&invocation.typed) && people.is_empty();
    let names: Vec<String> = people.iter().map(|name| format!("@{name}")).collect();
    let line = match invocation.lang {
        Lang::Zh if all => format!("提醒大家 {time} {content}"),
        Lang::Zh if mine => format!("提醒我 {time} {content}"),
        Lang::Zh => format!("提醒 {} {time} {content}", names.join(" ")),
        Lang::En if all => format!("remind everyone {time} to {content}"),
        Lang::En if mine => format!("remind me {time} to {content}"),
        Lang::En => format!("remind {} {time} to {content}", names.join(" ")),
    };
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is left of a content without some words of it.
pub fn without(content: &str, words: &str) -> String {
    let loose = |c: char| c.is_whitespace() || "，,；;、".contains(c);
    let rest = content.replacen(words, " ", 1);
    let rest = rest.trim_matches(loose);
    let rest = rest.strip_prefix("to ").unwrap_or(rest);
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A count in figures or words, and what stands behind it.
pub fn count(text: &str) -> Option<(u32, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    let words = COUNTS.iter().filter_map(|(word, count)| Some((*count, text.strip_prefix(word)?)));
    words.min_by_key(|(_, rest)| rest.len())
}

/// Counts in words.
const COUNTS: [(&str, u32); 25] = [
    ("一", 1),
    ("二", 2),
    ("两", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
    ("十", 10),
    ("十五", 15),
    ("二十", 20),
    ("三十", 30),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("fourteen", 14),
];
