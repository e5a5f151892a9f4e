//! Forgets events seen longer ago than any platform redelivers.

use crate::core::decide::DEDUP_DAYS;
use crate::model::Timestamp;
use crate::store::table::id;
use crate::store::{Commit, Fault, Key, Order, Store};

/// Rows removed at once: a small commit; the rest goes the next time.
const FORGET_MAX: usize = 2000;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// Removes up to `FORGET_MAX` rows of days before the last `DEDUP_DAYS`; says how many. Not worth a
/// flush of its own.
pub fn forget(store: &dyn Store, now: Timestamp) -> Result<usize, Fault> {
    let end = day_key(day(now.plus_ms(-DEDUP_DAYS * DAY_MS))).0;
    let rows = store.scan(vec![id::SEEN.0]..end, FORGET_MAX, Order::Up)?;
    let count = rows.len();
    if count > 0 {
        let writes = rows.into_iter().map(|(key, _)| (key, None)).collect();
        store.apply(vec![Commit { at: now, writes, ..Commit::default() }])?;
    }
    Ok(count)
}

/// The day of an instant: days since 1970-01-01 UTC.
fn day(at: Timestamp) -> i32 {
    i32::try_from(at.0.div_euclid(DAY_MS)).unwrap_or(i32::MAX)
}

/// Where the rows of a day begin: the day with its sign bit flipped, so that keys sort as days do.
fn day_key(day: i32) -> Key {
    Key::global(id::SEEN, &((day as u32) ^ (1 << 31)).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_sort_as_keys() {
        assert!(day_key(-1) < day_key(0));
        assert!(day_key(20_000) < day_key(20_001));
        assert_eq!(day(Timestamp(-1)), -1);
        assert_eq!(day(Timestamp(DAY_MS)), 1);
    }
}
