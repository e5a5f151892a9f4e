//! Values read lately, open, so that what every turn asks for costs neither engine nor cipher. It
//! is never the only place of anything, and whoever writes tells it.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::Value;
use super::recent::Recent;

/// Rows a generation: what a hundred groups at work ask for again, most of it people and what they
/// were asked. Usual values are of 100 bytes; with the longest, two generations are 40 MiB.
const ROWS_MAX: usize = 16_384;
/// Longer values are read anew each time.
const VALUE_BYTES_MAX: usize = 1 << 10;

/// What stands at some keys, as of the last write; `None` inside where nothing does.
pub struct Lately(RwLock<Recent<Vec<u8>, Option<Value>>>);

impl Lately {
    /// That knows nothing yet.
    pub fn new() -> Self {
        Self(RwLock::new(Recent::new(ROWS_MAX)))
    }

    /// What stands at a key, if that is known.
    pub fn get(&self, key: &[u8]) -> Option<Option<Value>> {
        if let Some(value) = self.reading().peek(key) {
            return Some(value.clone());
        }
        self.writing().get(key).map(|value| value.clone())
    }

    /// Remembers what was read. No write may come between the reading and this.
    pub fn read(&self, key: &[u8], value: Option<&Value>) {
        if value.is_none_or(|value| value.len() <= VALUE_BYTES_MAX) {
            self.writing().put(key.to_vec(), value.cloned());
        }
    }

    /// Tells what was written.
    pub fn written(&self, rows: Vec<(Vec<u8>, Option<Value>)>) {
        let mut recent = self.writing();
        for (key, value) in rows {
            if value.as_ref().is_some_and(|value| value.len() > VALUE_BYTES_MAX) {
                recent.remove(&key);
            } else if let Some(known) = recent.get(&key) {
                *known = value;
            }
        }
    }

    fn reading(&self) -> RwLockReadGuard<'_, Recent<Vec<u8>, Option<Value>>> {
        // Changed by whole operations only: one left by a panic is whole.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, Recent<Vec<u8>, Option<Value>>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_replaces_what_was_read_and_long_values_are_forgotten() {
        let lately = Lately::new();
        assert_eq!(lately.get(b"k"), None);
        lately.written(vec![(b"k".to_vec(), Some(vec![1]))]);
        assert_eq!(lately.get(b"k"), None, "nobody reads it");
        lately.read(b"k", None);
        assert_eq!(lately.get(b"k"), Some(None));
        lately.written(vec![(b"k".to_vec(), Some(vec![2]))]);
        assert_eq!(lately.get(b"k"), Some(Some(vec![2])));
        lately.written(vec![(b"k".to_vec(), Some(vec![3; VALUE_BYTES_MAX + 1]))]);
        assert_eq!(lately.get(b"k"), None);
    }
}
