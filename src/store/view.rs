//! A typed, read-only look at the store for one turn.

use super::table::decode;
use super::{Fault, Key, KeyHasher, Order, ScopeHash, Store, Table, Value};

/// Reads through a store with the deployment's key hasher.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The store.
    pub store: &'a dyn Store,
    /// Hashes names into keys.
    pub keys: &'a KeyHasher,
}

impl View<'_> {
    /// A raw value.
    pub fn raw(&self, key: &Key) -> Result<Option<Value>, Fault> {
        self.store.get(key)
    }

    /// A record of a scope.
    pub fn get<T: Table>(&self, scope: ScopeHash, rest: &[u8]) -> Result<Option<T>, Fault> {
        let key = Key::new(T::ID, scope, rest);
        self.store.get(&key)?.map(|value| decode(&key, &value)).transpose()
    }

    /// Up to `limit` records of a scope, in the order of their keys or against it.
    pub fn list<T: Table>(
        &self,
        scope: ScopeHash,
        limit: usize,
        order: Order,
    ) -> Result<Vec<(Key, T)>, Fault> {
        let prefix = Key::new(T::ID, scope, &[]).0;
        let end = Key::after_prefix(&prefix);
        let rows = self.store.scan(prefix..end, limit, order)?;
        rows.into_iter()
            .map(|(key, value)| decode(&key, &value).map(|record| (key, record)))
            .collect()
    }
}
