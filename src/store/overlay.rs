//! A store that lies over another: it shows some tables of the one below, and what is written to it
//! stays in memory and goes with it. Nothing reaches the one below.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Commit, Conflict, Fault, Key, Order, Position, Revision, ScopeHash, Store};
use super::{TableId, Value};

/// The store on top.
pub struct Overlay<'a> {
    below: &'a dyn Store,
    shown: &'a [TableId],
    own: Mutex<Own>,
}

/// What was written on top.
#[derive(Default)]
struct Own {
    /// Rows; `None` where one was removed.
    rows: BTreeMap<Key, Option<Value>>,
    revisions: BTreeMap<ScopeHash, Revision>,
    applied: u64,
}

impl<'a> Overlay<'a> {
    /// Over `below`, of which only the tables `shown` are seen.
    pub fn new(below: &'a dyn Store, shown: &'a [TableId]) -> Self {
        Self { below, shown, own: Mutex::default() }
    }

    fn own(&self) -> MutexGuard<'_, Own> {
        // Each commit is written after all its expectations were judged: what a panic left is
        // whole, and nobody but one turn sees it.
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shows(&self, key: &[u8]) -> bool {
        key.first().is_some_and(|table| self.shown.contains(&TableId(*table)))
    }
}

impl Store for Overlay<'_> {
    fn get(&self, key: &Key) -> Result<Option<Value>, Fault> {
        let own = self.own().rows.get(key).cloned();
        match own {
            Some(value) => Ok(value),
            None if self.shows(&key.0) => self.below.get(key),
            None => Ok(None),
        }
    }

    fn scan(
        &self,
        range: Range<Vec<u8>>,
        limit: usize,
        order: Order,
    ) -> Result<Vec<(Key, Value)>, Fault> {
        if range.start >= range.end {
            return Ok(Vec::new());
        }
        let own = self.own();
        let over = || own.rows.range(Key(range.start.clone())..Key(range.end.clone()));
        let mut rows = BTreeMap::new();
        if self.shows(&range.start) {
            // Each row on top hides at most one below.
            let asked = limit.saturating_add(over().count());
            rows.extend(self.below.scan(range.clone(), asked, order)?);
        }
        for (key, value) in over() {
            match value {
                Some(value) => rows.insert(key.clone(), value.clone()),
                None => rows.remove(key),
            };
        }
        Ok(match order {
            Order::Up => rows.into_iter().take(limit).collect(),
            Order::Down => rows.into_iter().rev().take(limit).collect(),
        })
    }

    fn revision(&self, scope: ScopeHash) -> Result<Revision, Fault> {
        let own = self.own().revisions.get(&scope).copied();
        own.map_or_else(|| self.below.revision(scope), Ok)
    }

    fn apply(&self, commits: Vec<Commit>) -> Result<Vec<Result<Position, Conflict>>, Fault> {
        let mut outcomes = Vec::with_capacity(commits.len());
        for commit in commits {
            let mut conflict = None;
            for (scope, expected) in &commit.expect {
                if self.revision(*scope)? != *expected {
                    conflict.get_or_insert(Conflict { scope: *scope });
                }
            }
            if let Some(conflict) = conflict {
                outcomes.push(Err(conflict));
                continue;
            }
            let mut own = self.own();
            own.rows.extend(commit.writes);
            own.revisions.extend(commit.revision.map(|revision| (commit.scope, revision)));
            own.applied += 1;
            outcomes.push(Ok(Position(own.applied)));
        }
        Ok(outcomes)
    }

    fn sync(&self, _: Position) -> Result<(), Fault> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCOPE: ScopeHash = ScopeHash([7; 16]);
    const SHOWN: TableId = TableId(40);
    const HIDDEN: TableId = TableId(41);

    fn key(table: TableId, rest: u8) -> Key {
        Key::new(table, SCOPE, &[rest])
    }

    fn write(store: &dyn Store, rows: &[(Key, Option<u8>)]) {
        let revision = store.revision(SCOPE).unwrap();
        let writes = rows.iter().map(|(key, value)| (key.clone(), value.map(|v| vec![v])));
        let commit = Commit {
            scope: SCOPE,
            expect: vec![(SCOPE, revision)],
            revision: Some(revision + 1),
            writes: writes.collect(),
            ..Commit::default()
        };
        assert!(store.apply(vec![commit]).unwrap()[0].is_ok());
    }

    fn values(store: &dyn Store, table: TableId, limit: usize, order: Order) -> Vec<u8> {
        let prefix = Key::new(table, SCOPE, &[]).0;
        let rows = store.scan(prefix.clone()..Key::after_prefix(&prefix), limit, order).unwrap();
        rows.into_iter().map(|(_, value)| value[0]).collect()
    }

    #[test]
    fn what_is_written_on_top_never_reaches_the_store_below() {
        // An overlay over an overlay: the lower one is as good a store as any.
        let nothing = crate::store::Sealed::open(
            crate::store::memory::Memory::default(),
            &crate::model::Secret::new([7; 32]),
        );
        let (nothing, _) = nothing.unwrap();
        let below = Overlay::new(&nothing, &[]);
        write(&below, &[(key(SHOWN, 1), Some(1)), (key(SHOWN, 3), Some(3))]);
        write(&below, &[(key(HIDDEN, 1), Some(9))]);
        let tables = [SHOWN];
        let top = Overlay::new(&below, &tables);
        assert_eq!(top.revision(SCOPE).unwrap(), 2);
        write(&top, &[(key(SHOWN, 1), None), (key(SHOWN, 2), Some(2)), (key(HIDDEN, 2), Some(8))]);
        assert_eq!(values(&top, SHOWN, 9, Order::Up), [2, 3]);
        assert_eq!(values(&top, SHOWN, 1, Order::Up), [2]);
        assert_eq!(values(&top, SHOWN, 1, Order::Down), [3]);
        assert_eq!(values(&top, HIDDEN, 9, Order::Up), [8]);
        assert_eq!(top.get(&key(SHOWN, 1)).unwrap(), None);
        assert_eq!(top.get(&key(SHOWN, 3)).unwrap(), Some(vec![3]));
        assert_eq!(top.get(&key(HIDDEN, 1)).unwrap(), None);
        assert_eq!(values(&below, SHOWN, 9, Order::Up), [1, 3]);
        assert_eq!(values(&below, HIDDEN, 9, Order::Up), [9]);
        assert_eq!((top.revision(SCOPE).unwrap(), below.revision(SCOPE).unwrap()), (3, 2));
    }

    #[test]
    fn a_commit_on_an_old_revision_conflicts() {
        let (nothing, _) = crate::store::Sealed::open(
            crate::store::memory::Memory::default(),
            &crate::model::Secret::new([7; 32]),
        )
        .unwrap();
        let top = Overlay::new(&nothing, &[]);
        write(&top, &[(key(SHOWN, 1), Some(1))]);
        let late = Commit { expect: vec![(SCOPE, 0)], ..Commit::default() };
        assert_eq!(top.apply(vec![late]).unwrap(), [Err(Conflict { scope: SCOPE })]);
    }
}
