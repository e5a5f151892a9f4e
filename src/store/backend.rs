//! What an engine must do: an ordered map of bytes with atomic batches. It knows no commits, no
//! revisions and no plain text; those are [`super::Sealed`]'s.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Fault, Order};

/// Raw rows of one atomic batch by key: bytes to write, or `None` to remove.
pub type Rows = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// A raw key and its bytes.
pub type Row = (Vec<u8>, Vec<u8>);

/// An engine. Keys are ordered bytewise; a batch is visible as soon as `write` returns.
///
/// [`super::Sealed`] runs one `write` at a time and lets no turn read during it, so an engine need
/// not give snapshots of its own; only single rows that never change (wrapped keys) are read beside
/// a write.
pub trait Backend: Send + Sync {
    /// The bytes at a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault>;

    /// Up to `limit` rows with `start <= key < end`, in the order asked for.
    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault>;

    /// Writes all rows or, after a crash or a `Fault`, none of them.
    fn write(&self, rows: Rows) -> Result<(), Fault>;

    /// Writes rows one by one: a crash or a `Fault` may leave some of them unwritten. For whoever
    /// can write them again, and must not keep readers waiting meanwhile.
    fn write_loose(&self, rows: Rows) -> Result<(), Fault> {
        self.write(rows)
    }

    /// See [`super::Store::forget_past`]. An engine without files of its own has no past.
    fn forget_past(&self, thoroughly: bool) -> Result<(), Fault> {
        let _ = thoroughly;
        Ok(())
    }

    /// Returns when every finished `write` survives a power cut.
    fn sync(&self) -> Result<(), Fault>;
}

/// The bytes at a key as they will be once `rows` are written.
pub fn pending(backend: &impl Backend, rows: &Rows, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    match rows.get(key) {
        Some(bytes) => Ok(bytes.clone()),
        None => backend.get(key),
    }
}
