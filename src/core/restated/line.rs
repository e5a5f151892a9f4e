//! What a line may stand for, and whether that is a command at all.

use crate::command::{Invocation, ParseError};
use crate::core::read;
use crate::core::turn::Turn;

/// A line for another.
pub enum Restated {
    /// It says the same.
    Same(String),
    /// It says these, one behind the other.
    Several(Vec<Invocation>),
    /// It may be what is meant.
    Perhaps(Vec<String>),
    /// This verb is meant, and of no record.
    Alone(ParseError),
}

/// Whether a line is a command, and not what was read anyway; a day is no cabinet.
pub fn says_better(turn: &mut Turn, line: &str, whole: &Result<Invocation, ParseError>) -> bool {
    let Ok(read) = read::read(turn, line) else { return false };
    let same = |whole: &Invocation| (&whole.args, &whole.shape) == (&read.args, &read.shape);
    let dated = read.word == "archive" && read.args.when.is_some();
    !dated && !whole.as_ref().is_ok_and(same)
}

/// Whether a line, or each part of it, is a command.
pub fn reads(turn: &mut Turn, line: &str) -> bool {
    line.split(['；', ';']).all(|part| read::read(turn, part).is_ok())
}
