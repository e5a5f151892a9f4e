//! A look at a scope for somebody who reads it elsewhere than in the chat: what a turn would see,
//! and nothing comes of it.

use super::input::{Core, Input};
use super::turn::Turn;
use crate::store::{Fault, View};

impl Core {
    /// What `read` makes of the scope of the input's event; whatever it writes or says is dropped.
    pub fn look<T>(
        &self,
        input: &Input,
        view: View,
        read: impl FnOnce(&mut Turn) -> T,
    ) -> Result<T, Fault> {
        let mut turn = Turn::open(self, input, view)?;
        let found = read(&mut turn);
        turn.fault.map_or(Ok(found), Err)
    }
}
