//! What somebody may want who @-ed the bot in words that are no command: what only looks is carried
//! out, what changes something is asked about, in lines that work. Says nothing itself.

mod handed;
mod memo;
mod plain;
mod records;
mod rules;
mod timed;

pub use plain::Wish;
pub use records::verb_alone;

use super::asks;
use super::lines;
use super::turn::Turn;
use crate::text::cut::one_line;

/// What is asked, where nothing is to change: lists, and how something is written.
pub fn asked(turn: &mut Turn, text: &str) -> Option<Wish> {
    let text = plain::plain(text)?;
    let read = asks::how(turn, &text).or_else(|| asks::list(turn, &text))?;
    Some(Wish::Do(Box::new(read)))
}

/// What is wanted in words that cannot be a slip of the finger.
pub fn plainly(turn: &mut Turn, text: &str) -> Option<Wish> {
    let text = plain::plain(text)?;
    memo::memo(turn, &text).or_else(|| timed::timed(turn, &text))
}

/// What is wanted, asked or to be done.
pub fn wanted(turn: &mut Turn, text: &str) -> Option<Wish> {
    let order = plain::plain(text);
    let shown = text.contains("```") || text.trim_start().starts_with('>');
    if let Some(rest) = lines::behind_talk(turn, text).filter(|_| !shown) {
        return Some(Wish::Ask(vec![rest]));
    }
    let whole = one_line(text);
    if let Some(line) = handed::told(turn, &whole) {
        return Some(Wish::Ask(vec![line]));
    }
    let text = order?;
    records::brought_back(turn, &text)
        .or_else(|| records::mistaken(&text))
        .or_else(|| records::finished(turn, &text))
        .or_else(|| rules::overheard(turn, &text))
        .or_else(|| rules::hushed(&text))
        .or_else(|| rules::ordered(turn, &whole, &text))
        .or_else(|| timed::timed(turn, &text))
        .or_else(|| timed::whom_last(turn, &text))
        .or_else(|| timed::turned(turn, &text))
        .or_else(|| memo::memo(turn, &text))
        .or_else(|| handed::handed(turn, &text))
        .or_else(|| memo::dated(turn, &text))
}
