//! The passes.
use super::{Core, Decision, Input};
use crate::store::{Commit, Fault, View};

pub(super) fn decide(core: &Core, input: &Input, view: View) -> Result<Decision, Fault> {
    let _ = (core, input.now, view.keys);
    todo!()
}

pub(super) fn dead_letter(input: &Input, error: &str, view: View) -> Commit {
    let _ = (input.now, error, view.keys);
    todo!()
}
