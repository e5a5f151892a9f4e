//! `试玩`: five steps to practise, which leave nothing behind.

use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::tour;
use crate::core::turn::Turn;

/// Begins a tour, goes on with it, or ends it.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let content = &invocation.args.content;
    let unknown = || Refusal::NotUnderstood { word: "tour".into(), part: content.clone() };
    let wish = tour::wish(content).ok_or_else(unknown)?;
    tour::obey(turn, wish)
}
