//! A line in other words or another order as the command that it is: what is said of kept messages,
//! and of what is quoted. Carries nothing out.

mod again;
mod line;
mod messages;
mod quoted;
mod several;
mod words;

pub use line::Restated;

use line::says_better;

use super::turn::Turn;
use crate::command::{Invocation, ParseError, Shape};
use crate::model::event::Incoming;

/// The line that is meant by one that is read otherwise or not at all.
pub fn restated(
    turn: &mut Turn,
    message: &Incoming,
    text: &str,
    whole: &Result<Invocation, ParseError>,
) -> Option<Restated> {
    if text.contains(['\n', '>', '`']) {
        return None;
    }
    if messages::may_name(text) {
        if let Some(several) = several::read(turn, text) {
            return Some(Restated::Several(several));
        }
        let line = messages::named(text).filter(|_| may_be_of_messages(whole))?;
        return says_better(turn, &line, whole).then_some(Restated::Same(line));
    }
    message.quoted.as_ref()?;
    quoted::meant(turn, message, text, whole)
}

/// Whether a line that names a message may be read better: it is not understood, or tags with words
/// that only join.
fn may_be_of_messages(whole: &Result<Invocation, ParseError>) -> bool {
    whole.as_ref().map_or_else(
        |error| !matches!(error, ParseError::TooLong { .. }),
        |read| {
            let left = matches!(&read.shape, Shape::Act(_, verb) if verb == "drop");
            let words = ["tag", "message", "archive", "keep", "settings", "rename"];
            left && !read.args.content.is_empty() || words.contains(&read.word.as_str())
        },
    )
}
