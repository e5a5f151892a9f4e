//! Several things done to one record in one line, of which only the first names it:
//! `J27 转给韩梅梅，改到后天`. Each as it would be typed alone; nothing that is left over is guessed.

use super::fields;
use super::named::{marked, names_at};
use super::people;
use super::read;
use super::several::Lines;
use super::turn::Turn;
use crate::command::{Invocation, Shape, guess};
use crate::text::when;

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
    let parts = parts(turn, rest);
    if head.is_empty() || !(2..=PARTS_MAX).contains(&parts.len()) {
        return None;
    }
    let mut all = Lines::new();
    for (nth, part) in parts.iter().enumerate() {
        let mut part = *part;
        while let Some(shorter) = JOINTS.iter().find_map(|joint| part.strip_prefix(joint)) {
            part = shorter.trim_start();
        }
        let read = one(turn, head, part, nth > 0)?;
        all.push(Some(read).filter(|read| is_one(read, nth == 0))?);
    }
    Some(all)
}

/// What stands between the marks, but for the comma of a date: Tue, Dec 1.
fn parts<'l>(turn: &Turn, line: &'l str) -> Vec<&'l str> {
    let date = when::find(line, turn.reference()).map(|found| found.span);
    let within = |at: usize| date.as_ref().is_some_and(|date| date.contains(&at));
    let marks = line.match_indices(MARKS).filter(|(at, _)| !within(*at));
    let (mut all, mut from) = (Vec::new(), 0);
    for (at, mark) in marks {
        all.push(line[from..at].trim());
        from = at + mark.len();
    }
    all.push(line[from..].trim());
    all.retain(|part| !part.is_empty());
    all
}

/// Before those who are to hear of it as well, behind something else.
const ALSO: [&str; 6] = ["通知", "告诉", "叫上", "喊上", "带上", "抄送"];

/// What one of them says: a date or somebody's name may be all of it.
fn one(turn: &mut Turn, head: &str, part: &str, later: bool) -> Option<Invocation> {
    let line = format!("{head} {part}");
    let error = match read::read(turn, &line) {
        Ok(read) => return Some(read),
        Err(error) => error,
    };
    if let Some(rest) = ALSO.iter().find_map(|also| part.strip_prefix(also)).filter(|_| later) {
        let rest = rest.trim_start_matches('一').trim_start_matches('下').trim();
        let found = names_at(&people::names(turn), rest).filter(|f| f.end == rest.len())?;
        return read::read(turn, &format!("{head} 加 {}", marked(&found.names))).ok();
    }
    let meant = guess::meant(&turn.core.catalogue, &error, &line, turn.reference());
    let read = read::read(turn, meant.first()?).ok()?;
    let moves = matches!(&read.shape, Shape::Act(_, verb) if verb == "edit" || verb == "give");
    moves.then_some(read)
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
        // `加急`
        "add" => clean || said == "急",
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
