//! What a store promises: atomic commits that stand on what they saw, visible at once, durable on
//! request. Every engine passes the same suite, `tests/store_contract.rs`.

use std::ops::Range;

use super::fault::Fault;
use super::key::{Key, ScopeHash};
use crate::model::Timestamp;

/// A plain value: one version byte, then the record in MessagePack with field names. Sealed below
/// [`Store`].
pub type Value = Vec<u8>;

/// How many turns a scope has taken; 0 before the first.
pub type Revision = u64;

/// Store-wide place of a commit in the order of application, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position(pub u64);

/// Direction of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest key first.
    Up,
    /// Largest key first.
    Down,
}

/// One turn's writes: all or none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Commit {
    /// Scope whose data key seals the values.
    pub scope: ScopeHash,
    /// When: chooses the month of the data key.
    pub at: Timestamp,
    /// Scopes read, with the revision they had; the own scope first. Applied only if all still
    /// stand. Blind writes (posts, outcomes) expect nothing.
    pub expect: Vec<(ScopeHash, Revision)>,
    /// The own scope's next revision, written with the rest; `None` for commits that are no turn.
    pub revision: Option<Revision>,
    /// Records to write or remove, no key twice.
    pub writes: Vec<(Key, Option<Value>)>,
}

/// Some scope moved on since the turn began: run it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// Which scope.
    pub scope: ScopeHash,
}

/// The store. Synchronous: turns run on plain threads.
pub trait Store: Send + Sync {
    /// The value at a key.
    fn get(&self, key: &Key) -> Result<Option<Value>, Fault>;

    /// Up to `limit` pairs within a range of raw keys, in the order asked for.
    fn scan(
        &self,
        range: Range<Vec<u8>>,
        limit: usize,
        order: Order,
    ) -> Result<Vec<(Key, Value)>, Fault>;

    /// The revision of a scope: 0 if it never had a turn.
    fn revision(&self, scope: ScopeHash) -> Result<Revision, Fault>;

    /// Applies each commit atomically and makes it visible at once, in order. A `Fault` of the
    /// engine ends the process.
    fn apply(&self, commits: Vec<Commit>) -> Result<Vec<Result<Position, Conflict>>, Fault>;

    /// Removes what files beside the rows still hold of values that were written over or removed:
    /// returns once none of them has any, but for the database's own, which are made anew at the
    /// next start if that is wanted `thoroughly`. Costs as much as copying the store.
    fn forget_past(&self, thoroughly: bool) -> Result<(), Fault> {
        let _ = thoroughly;
        Ok(())
    }

    /// Returns when everything up to `upto` is durable. Never retried: a `Fault` ends the process.
    fn sync(&self, upto: Position) -> Result<(), Fault>;
}
