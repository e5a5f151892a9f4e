//! Tables of what goes and what proves it: how long messages are kept, whose are erased, when the
//! head of the journal is said. What follows from their records is a date each.

use super::derive::{Derived, Derives};
use crate::model::erasure::{Erasure, Stage};
use crate::model::post::DueName;
use crate::model::retention::{Progress, Retention};
use crate::model::witness::Witness;
use crate::model::{Calendar, Scope};
use crate::store::table::id;
use crate::store::{Table, TableId};

impl Table for Retention {
    const ID: TableId = id::RETENTION;
}

impl Derives for Retention {
    const LETTER: Option<char> = None;

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        Derived { dates: vec![(DueName::Clear, self.next_at)], ..Derived::default() }
    }
}

impl Table for Witness {
    const ID: TableId = id::WITNESS;
}

impl Derives for Witness {
    const LETTER: Option<char> = None;

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        Derived { dates: vec![(DueName::Head, self.next_at)], ..Derived::default() }
    }
}

impl Table for Erasure {
    const ID: TableId = id::ERASURE;
}

impl Derives for Erasure {
    const LETTER: Option<char> = None;

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        let waits = self.stage == Stage::Waiting;
        let dates = waits.then_some((DueName::Clear, self.not_before)).into_iter().collect();
        Derived { dates, ..Derived::default() }
    }
}

impl Table for Progress {
    const ID: TableId = id::CLEARING;
}
