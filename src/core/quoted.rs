//! Which record a message that was replied to is about.

use super::say::tour::is_practice;
use super::turn::Turn;
use crate::model::event::Incoming;

/// The first handle in the message replied to; with a verb, the first that it goes with. What was
/// only practised names nothing.
pub fn handle_quoted(turn: &Turn, message: &Incoming, verb: Option<&String>) -> Option<String> {
    let text = message.quoted.as_ref()?.text.as_deref()?;
    if is_practice(text) { None } else { handle_in(turn, text, verb) }
}

/// The first handle a verb goes with in the answer of practice that is replied to.
pub fn practised_handle(turn: &Turn, message: &Incoming, verb: &String) -> Option<String> {
    let text = message.quoted.as_ref()?.text.as_deref()?;
    if is_practice(text) { handle_in(turn, text, Some(verb)) } else { None }
}

fn handle_in(turn: &Turn, text: &str, verb: Option<&String>) -> Option<String> {
    let is_handle = |word: &&str| {
        let mut chars = word.chars();
        let noun = chars.next().and_then(|letter| turn.core.catalogue.noun_of(letter));
        noun.is_some_and(|noun| verb.is_none_or(|verb| noun.verbs.contains(verb)))
            && word.len() > 1
            && chars.all(|c| c.is_ascii_digit())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).find(is_handle).map(str::to_owned)
}
