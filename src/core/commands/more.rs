//! `更多`: the next lines of a long list.

use crate::command::Invocation;
use crate::core::paging;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;

/// Says the next lines.
pub fn run(turn: &mut Turn, _: &Invocation) -> Result<(), Refusal> {
    paging::more(turn);
    Ok(())
}
