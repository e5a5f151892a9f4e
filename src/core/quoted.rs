//! Which record a message that was replied to is about.

use super::turn::Turn;
use crate::model::event::Incoming;

/// The first handle in the message replied to.
pub fn handle_quoted(turn: &Turn, message: &Incoming) -> Option<String> {
    let text = message.quoted.as_ref()?.text.as_deref()?;
    let is_handle = |word: &&str| {
        let mut chars = word.chars();
        let noun = chars.next().and_then(|letter| turn.core.catalogue.noun_of(letter));
        noun.is_some() && word.len() > 1 && chars.all(|c| c.is_ascii_digit())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).find(is_handle).map(str::to_owned)
}
