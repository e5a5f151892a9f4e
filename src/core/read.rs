//! A line read as a command with what is known here: the clock, the language, the members' names.

use super::people;
use super::turn::Turn;
use crate::command::{Invocation, ParseError, parse};
use crate::text::fold::fold;

/// Reads a line; the directory is only looked at where a name may stand.
pub fn read(turn: &mut Turn, line: &str) -> Result<Invocation, ParseError> {
    let (core, reference, lang) = (turn.core, turn.reference(), turn.usual_lang());
    let mut names: Option<Vec<String>> = None;
    let mut known = |text: &str| {
        let folded = |turn: &mut Turn| {
            people::names(turn).iter().map(|name| fold(name).text).collect::<Vec<_>>()
        };
        let names = names.get_or_insert_with(|| folded(turn));
        names.iter().find(|name| text.starts_with(*name)).map(|name| name.chars().count())
    };
    parse::parse_among(&core.catalogue, line, reference, lang, &mut known)
}
