//! Several things said of kept messages in one line: `M2 归档到退费库，M4 标 重要`, `归档 M2 并标 重要`. Each as a
//! command of its own, or none of them.

use super::messages;
use crate::command::{Invocation, Shape};
use crate::core::read;
use crate::core::turn::Turn;

/// Most parts of a line.
const PARTS_MAX: usize = 10;

/// Between two parts. Longer spellings first.
const BETWEEN: &[&str] = &[
    "，然后",
    "，并且",
    "，并",
    "并且",
    "然后",
    "，再",
    "；",
    ";",
    "。",
    "，",
    ",",
    "并",
    " and then ",
    " and ",
];

/// The commands of a line, if it holds more than one and each part of it is one.
pub fn read(turn: &mut Turn, text: &str) -> Option<Vec<Invocation>> {
    let parts = parts(text);
    if parts.len() < 2 || parts.len() > PARTS_MAX {
        return None;
    }
    let (mut all, mut handles) = (Vec::new(), None);
    for part in parts {
        let line = match messages::handles_of(part) {
            Some(own) => {
                handles = Some(own);
                messages::named(part).unwrap_or_else(|| part.to_owned())
            }
            None if messages::begins_with(part).is_some() => {
                messages::of(handles.as_deref()?, part)?
            }
            None => part.to_owned(),
        };
        let read = read::read(turn, &line).ok()?;
        let own = ["tag", "archive", "keep"].contains(&read.word.as_str());
        let whole = matches!(read.shape, Shape::Act(..)) && read.args.content.is_empty();
        let acts = matches!(&read.shape, Shape::Act(handle, _) if handle.letter == 'M');
        (own || whole || acts).then_some(())?;
        all.push(read);
    }
    Some(all)
}

/// The parts of a line: each but the first begins with what is done, or with a record.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut from) = (Vec::new(), 0);
    for (at, _) in text.char_indices() {
        let Some(between) = BETWEEN.iter().find(|word| text[at..].starts_with(**word)) else {
            continue;
        };
        let behind = text[at + between.len()..].trim_start();
        let joint = between.chars().any(char::is_alphabetic);
        if at <= from || !(begins(behind) || joint && behind.starts_with('标') || record(behind)) {
            continue;
        }
        parts.push(text[from..at].trim());
        from = text.len() - behind.len();
    }
    parts.push(text[from..].trim());
    parts
}

/// Whether a text begins with what is done with messages, in a word of its own.
fn begins(text: &str) -> bool {
    let apart = text.starts_with("标 ") || text.starts_with("标M") || text.starts_with("标 M");
    let word = messages::begins_with(text);
    apart || word.is_some_and(|word| word.chars().nth(1).is_some() || word.is_ascii())
}

/// Whether a text begins with the number of a record and something done to it.
fn record(text: &str) -> bool {
    let mut chars = text.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = chars.as_str().trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = letter && rest.len() < chars.as_str().len();
    // `M1，M2 归档` goes on with the numbers.
    let said = rest.trim_start();
    numbered
        && said.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii_uppercase())
        && !said.starts_with(['和', '及', '与', '到', '至', '的'])
        && !["and ", "to ", "through ", "in ", "into ", "under ", "with "]
            .iter()
            .any(|joint| said.starts_with(joint))
}
