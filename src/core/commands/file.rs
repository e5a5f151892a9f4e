//! `文件`: files that were sent here, by their names, with their versions.

use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::turn::Turn;
use crate::core::{files, masking, paging, say};

/// Lists files; with a name their versions.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let name = invocation.args.content.trim();
    let mut found = files::named(turn, name);
    for (_, message) in found.iter_mut().flatten() {
        *message = masking::shown(turn, message.clone());
    }
    let long = say::file::list(&turn.voice(), name, &found);
    paging::say(turn, long);
    Ok(())
}
