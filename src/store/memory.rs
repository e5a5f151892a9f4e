//! An engine in memory, for tests and throw-away runs. Nothing survives the process.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use super::backend::{Backend, Row, Rows};
use super::{Fault, Order};

/// A map that its clones share: a test "restarts" by opening a clone.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<RwLock<BTreeMap<Vec<u8>, Vec<u8>>>>);

impl Memory {
    fn map(&self) -> RwLockReadGuard<'_, BTreeMap<Vec<u8>, Vec<u8>>> {
        // Writers only insert and remove: a map left by a panic is still whole.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backend for Memory {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.map().get(key).cloned())
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        if range.start >= range.end {
            return Ok(Vec::new());
        }
        let map = self.map();
        let rows = map.range::<[u8], _>((
            std::ops::Bound::Included(range.start),
            std::ops::Bound::Excluded(range.end),
        ));
        let owned = |(key, bytes): (&Vec<u8>, &Vec<u8>)| (key.clone(), bytes.clone());
        Ok(match order {
            Order::Up => rows.take(limit).map(owned).collect(),
            Order::Down => rows.rev().take(limit).map(owned).collect(),
        })
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        let mut map = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (key, bytes) in rows {
            match bytes {
                Some(bytes) => map.insert(key, bytes),
                None => map.remove(&key),
            };
        }
        Ok(())
    }

    fn sync(&self) -> Result<(), Fault> {
        Ok(())
    }
}
