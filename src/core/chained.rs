//! Several things done to one record in one line, of which only the first names it:
//! `J27 转给韩梅梅，改到后天`. Each as it would be typed alone; nothing that is left over is guessed.

use super::fields;
use super::read;
use super::several::Lines;
use super::turn::Turn;
use crate::command::{Invocation, Shape};

/// Marks between two of them.
const MARKS: [char; 4] = ['，', ',', '；', ';'];

/// Words between two, behind a mark or instead of one. Longer spellings first.
const JOINTS: [&str; 12] = [
    "并且",
    "然后",
    "同时",
    "另外",
    "并",
    "再",
    "也",
    "and then ",
    "and also ",
    "and ",
    "then ",
    "also ",
];

/// Most of them in one line.
const PARTS_MAX: usize = 6;

/// Verbs behind which anything may be written.
const FREE: [&str; 2] = ["progress", "reject"];

/// What an edit calls what it changes. Longer spellings first.
const FIELDS: [&str; 12] = [
    "截止时间",
    "截止日期",
    "截止",
    "时间",
    "日期",
    "负责人",
    "执行人",
    "deadline",
    "due date",
    "due",
    "date",
    "owner",
];

/// The commands of such a line; `None` for any other.
pub fn read(turn: &mut Turn, line: &str) -> Option<Lines> {
    let line = line.trim();
    if !line.contains(MARKS) || line.contains(['"', '“', '「', '『', '《', '\n']) {
        return None;
    }
    let head = &line[..head_end(line)];
    let rest = line[head.len()..].trim_start();
    turn.core.catalogue.noun_of(head.chars().next()?.to_ascii_uppercase())?;
    let parts: Vec<&str> = rest.split(MARKS).map(str::trim).filter(|p| !p.is_empty()).collect();
    if head.is_empty() || !(2..=PARTS_MAX).contains(&parts.len()) {
        return None;
    }
    let mut all = Lines::new();
    for (nth, part) in parts.iter().enumerate() {
        let mut part = *part;
        while let Some(shorter) = JOINTS.iter().find_map(|joint| part.strip_prefix(joint)) {
            part = shorter.trim_start();
        }
        let read = read::read(turn, &format!("{head} {part}")).ok()?;
        all.push(Some(read).filter(|read| is_one(read, nth == 0))?);
    }
    Some(all)
}

/// Where the numbers end that a line begins with: `T1、T2`.
fn head_end(line: &str) -> usize {
    let (mut end, mut rest) = (0, line);
    while let Some(behind) = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()) {
        let more = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        if more.len() == behind.len() || more.starts_with(|c: char| c.is_ascii_alphabetic()) {
            break;
        }
        end = line.len() - more.len();
        rest = more.trim_start_matches([' ', '、', '和']);
    }
    end
}

/// Whether it is one thing done and nothing is left over; a new title may come first.
fn is_one(read: &Invocation, first: bool) -> bool {
    let Shape::Act(_, verb) = &read.shape else { return false };
    let args = &read.args;
    let said = args.content.trim().to_lowercase();
    let said = FIELDS.iter().find_map(|field| said.strip_prefix(field)).unwrap_or(&said);
    let said = said.trim_start_matches([' ', ':', '：']);
    let clean = said.is_empty() || fields::says_no_more(said);
    match verb.as_str() {
        verb if FREE.contains(&verb) => false,
        "edit" => first || clean || !args.pairs.is_empty(),
        "snooze" | "skip" => clean || !args.content.is_empty() && first,
        _ => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::head_end;

    #[test]
    fn the_numbers_end_where_the_words_begin() {
        for (line, head) in [
            ("T1 转给王芳，改到后天", "T1"),
            ("T1、T2 和 T3改到后天", "T1、T2 和 T3"),
            ("J27转给韩梅梅", "J27"),
            ("提醒我", ""),
            ("T1a 完成", ""),
        ] {
            assert_eq!(&line[..head_end(line)], head, "{line}");
        }
    }
}
