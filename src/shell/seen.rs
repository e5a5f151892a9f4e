//! Forgets events seen longer ago than any platform redelivers, and failed messages that nobody
//! cared for.

use crate::core::{seen, undelivered};
use crate::model::Timestamp;
use crate::store::table::id;
use crate::store::{Commit, Fault, Order, Store};

/// Rows removed at once: a small commit; the rest goes the next time.
const FORGET_MAX: usize = 2000;

/// Removes up to `FORGET_MAX` rows that may be forgotten; says how many. Not worth a flush of its
/// own.
pub fn forget(store: &dyn Store, now: Timestamp) -> Result<usize, Fault> {
    let mut rows = store.scan(vec![id::SEEN.0]..seen::forgettable(now).0, FORGET_MAX, Order::Up)?;
    let failed = vec![id::UNDELIVERED.0]..undelivered::forgettable(now).0;
    rows.extend(store.scan(failed, FORGET_MAX - rows.len(), Order::Up)?);
    let count = rows.len();
    if count > 0 {
        let writes = rows.into_iter().map(|(key, _)| (key, None)).collect();
        store.apply(vec![Commit { at: now, writes, ..Commit::default() }])?;
    }
    Ok(count)
}
