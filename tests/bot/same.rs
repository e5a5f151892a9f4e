//! Two engines that must hold the same, and messages that must have been sent once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use steward::model::{Lane, Scope};
use steward::store::backend::{Backend, Rows};
use steward::store::memory::Memory;
use steward::store::table::id;
use steward::store::{Key, Order, ScopeHash, Sealed, Store};

use super::{ROWS_MAX, Said, master};

/// Two engines hold the same rows and, sealed each with its own nonces, the same values: records,
/// journals with their salts and hashes, dates, counts, names and revisions.
pub fn assert_same(is: &Memory, wanted: &Memory, context: &str) {
    let (is_rows, wanted_rows) = (raw_rows(is), raw_rows(wanted));
    let keys: BTreeSet<&Vec<u8>> = is_rows.keys().chain(wanted_rows.keys()).collect();
    let opened = |m: &Memory| -> Arc<dyn Store> {
        Arc::new(Sealed::open(m.clone(), &master()).expect("it opens").0)
    };
    let [is, wanted] = [is, wanted].map(opened);
    for key in keys.into_iter().filter(|key| is_rows.get(*key) != wanted_rows.get(*key)) {
        let there = is_rows.contains_key(key) == wanted_rows.contains_key(key);
        assert!(there, "{context}: a row of table {} only in one", key[0]);
        let revision = |store: &Arc<dyn Store>| store.revision(scope_of(key)).expect("readable");
        if key[0] == id::REVISION.0 {
            assert_eq!(revision(&is), revision(&wanted), "{context}");
        }
        let value = |store: &Arc<dyn Store>| store.get(&Key(key.clone())).expect("readable");
        assert!(value(&is) == value(&wanted), "{context}: another value in table {}", key[0]);
    }
}

/// Every wanted message was sent, in the same words, and in the order of its target and lane; again
/// only if that was in doubt. Returns how many were sent again.
///
/// Between lanes the order may be another: of what waits together after a cut, an answer goes
/// before a notice (`shell::outbox::plan::next`).
pub fn sent_once(said: &[Said], wanted: &[Said], context: &str) -> usize {
    let of = |said: &Said| (said.target.clone(), said.card.lane);
    let lines: BTreeSet<(Scope, Lane)> = said.iter().chain(wanted).map(of).collect();
    let mut copies = 0;
    for line in lines {
        let (mut seen, mut firsts) = (BTreeSet::new(), Vec::new());
        for said in said.iter().filter(|s| of(s) == line) {
            if seen.insert(&said.key) {
                firsts.push((&said.key, &said.card));
            } else {
                assert!(said.in_doubt, "{context}: sent again without a doubt");
                copies += 1;
            }
        }
        let wanted = wanted.iter().filter(|s| of(s) == line);
        assert_eq!(firsts, wanted.map(|s| (&s.key, &s.card)).collect::<Vec<_>>(), "{context}");
    }
    copies
}

/// The scope in a key that has one.
pub fn scope_of(key: &[u8]) -> ScopeHash {
    let mut scope = ScopeHash::default();
    scope.0.copy_from_slice(&key[1..17]);
    scope
}

fn raw_rows(memory: &Memory) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let rows = memory.scan(&[][..]..&[u8::MAX; 64][..], ROWS_MAX, Order::Up).expect("in memory");
    rows.into_iter().collect()
}

/// An engine of its own with the same rows.
pub fn copy(memory: &Memory) -> Memory {
    let copied = Memory::default();
    let rows: Rows = raw_rows(memory).into_iter().map(|(key, row)| (key, Some(row))).collect();
    copied.write(rows).expect("in memory");
    copied
}
