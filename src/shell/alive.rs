//! Notes that the bot runs, so that the next start knows since when it did not.

use crate::core::outage::{Alive, BEAT_MS, alive_key, beat, begun};
use crate::model::Timestamp;
use crate::store::table::decode;
use crate::store::{Commit, Fault, Key, ScopeHash, Store, Value};

/// At the start, before the first turn: the outage before it is on record from here on.
pub fn begin(store: &dyn Store, now: Timestamp) -> Result<(), Fault> {
    let key = alive_key();
    let last = store.get(&key)?.map(|value| decode::<Alive>(&key, &value)).transpose()?;
    write(store, begun(last, now), now)
}

/// Whether it is time to note it again.
pub fn is_due(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| (now.0 - last.0).abs() >= BEAT_MS)
}

/// Notes it.
pub fn note(store: &dyn Store, now: Timestamp) -> Result<(), Fault> {
    write(store, vec![beat(now)], now)
}

fn write(store: &dyn Store, writes: Vec<(Key, Option<Value>)>, at: Timestamp) -> Result<(), Fault> {
    let commit = Commit { scope: ScopeHash::default(), at, writes, ..Commit::default() };
    store.apply(vec![commit]).map(|_| ())
}
