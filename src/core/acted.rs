//! The last thing somebody did from their direct chat to a record of a group, so that `撤销` there
//! finds it. Bookkeeping: what was done is the group's.

use serde::{Deserialize, Serialize};

use super::journal::Row;
use super::turn::Turn;
use super::undo;
use crate::model::journal::Step;
use crate::model::{Handle, Scope, Timestamp};
use crate::store::table::id;
use crate::store::{Table, TableId};

/// The one record of a person's scope.
const ONLY: u32 = 1;

/// Where something was done, to which record, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Acted {
    /// The group.
    pub to: Scope,
    /// The record.
    pub handle: Handle,
    /// When it was typed.
    pub at: Timestamp,
}

impl Table for Acted {
    const ID: TableId = id::ACTED;
}

/// Something is done there.
pub fn keep(turn: &mut Turn, to: Scope, handle: Handle) {
    let at = turn.now();
    turn.put(ONLY, &Acted { to, handle, at });
}

/// What was done elsewhere, if that is later than the last step of one's own here; it is forgotten,
/// for it is to be undone.
pub fn take_latest(turn: &mut Turn) -> Option<Acted> {
    let acted = turn.get::<Acted>(ONLY)?;
    let me = turn.acting.actor.clone()?;
    let last = undo::last_steps(turn, &me.person, 1).first().copied();
    let step = last.and_then(|number| turn.get::<Step>(number));
    let row = step.and_then(|step| turn.get_at::<Row>(&step.seq.to_be_bytes()));
    let later = row.is_none_or(|row| row.entry.at < acted.at);
    later.then(|| {
        turn.remove::<Acted>(ONLY);
        acted
    })
}
