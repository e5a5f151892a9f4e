//! A task's title, and who asks.

use crate::core::refusal::{Missing, Refusal};
use crate::core::turn::Turn;
use crate::model::task::Named;
use crate::text::cut;

/// Longest title, in characters: one screen line or two.
pub const TITLE_CHARS_MAX: usize = 200;

/// A title: one line with a word in it, not too long.
pub fn title(text: &str) -> Result<String, Refusal> {
    let title = title_line(text)?;
    if !title.chars().any(char::is_alphanumeric) {
        return Err(match title.chars().all(is_mark) {
            true => Refusal::Missing { word: "task", what: Missing::Content },
            false => Refusal::NoWords { word: "task", part: title },
        });
    }
    match title.chars().nth(TITLE_CHARS_MAX) {
        None => Ok(title),
        Some(_) => Err(Refusal::Limit { what: "title", most: TITLE_CHARS_MAX }),
    }
}

/// A mark of punctuation, of half, full or Chinese width: it says nothing and shows nothing.
fn is_mark(c: char) -> bool {
    let general = matches!(c, '\u{2000}'..='\u{206f}');
    let wide = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    c.is_ascii_punctuation() || c.is_whitespace() || general || wide
}

/// One line of whatever was written, not empty.
pub fn title_line(text: &str) -> Result<String, Refusal> {
    let line = cut::one_line(text);
    let line = Some(line.trim_end_matches('。').to_owned()).filter(|line| !line.is_empty());
    line.ok_or(Refusal::Missing { word: "task", what: Missing::Content })
}

/// Whoever typed the command.
pub fn actor(turn: &Turn) -> Result<Named, Refusal> {
    // Dates and sources type no commands.
    turn.acting.actor.clone().ok_or(Refusal::NotAllowed { needs: crate::command::Role::Member })
}
