//! Forgets events seen longer ago than any platform redelivers.

use crate::core::decide::DEDUP_DAYS;
use crate::core::finish::DAY_MS;
use crate::core::turn::seen_day;
use crate::model::Timestamp;
use crate::store::table::id;
use crate::store::{Commit, Fault, Order, Store};

/// Rows removed at once: a small commit; the rest goes the next time.
const FORGET_MAX: usize = 2000;

/// Removes up to `FORGET_MAX` rows of days before the last `DEDUP_DAYS`; says how many. Not worth a
/// flush of its own.
pub fn forget(store: &dyn Store, now: Timestamp) -> Result<usize, Fault> {
    let end = seen_day(now.plus_ms(-DEDUP_DAYS * DAY_MS).0.div_euclid(DAY_MS)).0;
    let rows = store.scan(vec![id::SEEN.0]..end, FORGET_MAX, Order::Up)?;
    let count = rows.len();
    if count > 0 {
        let writes = rows.into_iter().map(|(key, _)| (key, None)).collect();
        store.apply(vec![Commit { at: now, writes, ..Commit::default() }])?;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_sort_as_keys() {
        assert!(seen_day(-1) < seen_day(0));
        assert!(seen_day(20_000) < seen_day(20_001));
    }
}
