//! Forgets failed messages that nobody cared for.

use crate::core::undelivered;
use crate::model::Timestamp;
use crate::store::table::id;
use crate::store::{Commit, Fault, Order, Store};

/// Rows removed at once: a small commit; the rest goes the next time.
const FORGET_MAX: usize = 2000;

/// Removes up to `FORGET_MAX` rows that may be forgotten. Not worth a flush of its own.
pub fn forget(store: &dyn Store, now: Timestamp) -> Result<(), Fault> {
    let old = vec![id::UNDELIVERED.0]..undelivered::forgettable(now).0;
    let rows = store.scan(old, FORGET_MAX, Order::Up)?;
    if !rows.is_empty() {
        let writes = rows.into_iter().map(|(key, _)| (key, None)).collect();
        store.apply(vec![Commit { at: now, writes, ..Commit::default() }])?;
    }
    Ok(())
}
