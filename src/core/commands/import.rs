//! `导入`: an address to which an exported record is brought, for whoever may bring messages here.

use crate::command::Invocation;
use crate::core::importing;
use crate::core::refusal::{OfImport, Refusal};
use crate::core::turn::Turn;

/// Gives out an address.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let part = invocation.args.content.trim();
    if !part.is_empty() {
        return Err(Refusal::NotUnderstood { word: "import".into(), part: part.to_owned() });
    }
    if turn.capabilities().is_some_and(|can| !can.private_send) {
        return Err(Refusal::Import(OfImport::NotPrivate));
    }
    if !crate::core::gaps::records(turn) {
        return Err(Refusal::Import(OfImport::NotRecorded));
    }
    if let Some(by) = turn.acting.actor.clone() {
        importing::begin(turn, by, invocation.line.clone());
    }
    Ok(())
}
