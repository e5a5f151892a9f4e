//! Gathers batches in memory and hands them to an engine as one when they are to be durable.
//! Nothing that a caller was promised is lost by that: what has not been synced has left nobody's
//! hands.
//!
//! Worth its lines because sled pays per batch (it seals and writes a log buffer for each) and
//! because a row that is written again or removed before the next sync, such as a scope's head or a
//! message just sent, reaches it once.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::backend::{Backend, Row, Rows};
use super::{Fault, Order};

/// Rows gathered before they are handed on even if nobody asks for a sync.
const GATHERED_MAX: usize = 50_000;

/// An engine behind a gathering of batches.
#[derive(Debug)]
pub struct Grouped<B> {
    engine: B,
    gathered: RwLock<Gathered>,
    /// Held by whoever hands rows on: one at a time, in order.
    handing: Mutex<()>,
}

#[derive(Debug, Default)]
struct Gathered {
    /// Written since rows were last handed on.
    new: Rows,
    /// Being handed on: still answered from here, so that nobody sees them half written.
    leaving: Rows,
}

impl Gathered {
    fn get(&self, key: &[u8]) -> Option<&Option<Vec<u8>>> {
        self.new.get(key).or_else(|| self.leaving.get(key))
    }

    /// The gathered rows of a range, the newer before the older.
    fn range(&self, range: &Range<&[u8]>) -> BTreeMap<Vec<u8>, Option<Vec<u8>>> {
        let bounds = (Bound::Included(range.start), Bound::Excluded(range.end));
        let owned = |(key, bytes): (&Vec<u8>, &Option<Vec<u8>>)| (key.clone(), bytes.clone());
        let mut rows: BTreeMap<_, _> = self.leaving.range::<[u8], _>(bounds).map(owned).collect();
        rows.extend(self.new.range::<[u8], _>(bounds).map(owned));
        rows
    }
}

impl<B: Backend> Grouped<B> {
    /// In front of an engine.
    pub fn new(engine: B) -> Self {
        Self { engine, gathered: RwLock::default(), handing: Mutex::default() }
    }

    /// Hands everything gathered to the engine as one batch. After a `Fault` the rows stay readable
    /// here; the store above writes nothing any more.
    fn hand_on(&self) -> Result<(), Fault> {
        let mut gathered = self.writing();
        if gathered.new.is_empty() {
            return Ok(());
        }
        gathered.leaving = std::mem::take(&mut gathered.new);
        let rows = gathered.leaving.clone();
        drop(gathered);
        self.engine.write(rows)?;
        self.writing().leaving.clear();
        Ok(())
    }

    fn reading(&self) -> RwLockReadGuard<'_, Gathered> {
        // Maps are changed by whole operations only: one left by a panic is whole.
        self.gathered.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, Gathered> {
        self.gathered.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B: Backend> Backend for Grouped<B> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        if let Some(bytes) = self.reading().get(key) {
            return Ok(bytes.clone());
        }
        // Rows leave the gathering only when the engine has them.
        self.engine.get(key)
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        if range.start >= range.end {
            return Ok(Vec::new());
        }
        let gathered = self.reading().range(&range);
        if gathered.is_empty() {
            return self.engine.scan(range, limit, order);
        }
        // Each gathered row hides at most one of the engine's.
        let found = self.engine.scan(range, limit.saturating_add(gathered.len()), order)?;
        let mut rows: BTreeMap<Vec<u8>, Option<Vec<u8>>> =
            found.into_iter().map(|(key, bytes)| (key, Some(bytes))).collect();
        rows.extend(gathered);
        let present = rows.into_iter().filter_map(|(key, bytes)| Some((key, bytes?)));
        Ok(match order {
            Order::Up => present.take(limit).collect(),
            Order::Down => present.rev().take(limit).collect(),
        })
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        let mut gathered = self.writing();
        gathered.new.extend(rows);
        let full = gathered.new.len() >= GATHERED_MAX;
        drop(gathered);
        if full {
            let _handing = self.handing.lock().unwrap_or_else(PoisonError::into_inner);
            self.hand_on()?;
        }
        Ok(())
    }

    fn sync(&self) -> Result<(), Fault> {
        let _handing = self.handing.lock().unwrap_or_else(PoisonError::into_inner);
        self.hand_on()?;
        self.engine.sync()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Memory;

    fn rows(keys: &[(u8, Option<u8>)]) -> Rows {
        keys.iter().map(|(key, value)| (vec![*key], value.map(|v| vec![v]))).collect()
    }

    fn keys(engine: &impl Backend, limit: usize, order: Order) -> Vec<u8> {
        let found = engine.scan(&[0][..]..&[255][..], limit, order).unwrap();
        found.into_iter().map(|(key, _)| key[0]).collect()
    }

    #[test]
    fn what_is_gathered_is_seen_and_reaches_the_engine_with_the_sync() {
        let engine = Memory::default();
        let grouped = Grouped::new(engine.clone());
        grouped.write(rows(&[(1, Some(1)), (2, Some(2))])).unwrap();
        assert_eq!(grouped.get(&[1]).unwrap(), Some(vec![1]));
        assert_eq!(engine.get(&[1]).unwrap(), None);
        grouped.sync().unwrap();
        assert_eq!(engine.get(&[1]).unwrap(), Some(vec![1]));
        assert_eq!(grouped.get(&[1]).unwrap(), Some(vec![1]));
    }

    #[test]
    fn a_removal_hides_the_engines_row_and_the_limit_is_still_filled() {
        let grouped = Grouped::new(Memory::default());
        grouped.write(rows(&[(1, Some(1)), (2, Some(2)), (3, Some(3)), (4, Some(4))])).unwrap();
        grouped.sync().unwrap();
        grouped.write(rows(&[(1, None), (2, None), (5, Some(5))])).unwrap();
        assert_eq!(keys(&grouped, 2, Order::Up), [3, 4]);
        assert_eq!(keys(&grouped, 2, Order::Down), [5, 4]);
        assert_eq!(grouped.get(&[1]).unwrap(), None);
        grouped.sync().unwrap();
        assert_eq!(keys(&grouped, 9, Order::Up), [3, 4, 5]);
    }
}
