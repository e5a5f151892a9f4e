//! What every engine must do under the store, run for each of them by one macro. What only a disk
//! can show is in `store_disk.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use steward::model::{Scope, Secret, Timestamp};
use steward::store::backend::{Backend, Rows};
use steward::store::directory::Directory;
use steward::store::logged::{LOG_BYTES, Logged};
use steward::store::memory::Memory;
use steward::store::packed::Packed;
use steward::store::sled::Sled;
use steward::store::{
    Commit, Conflict, Fault, Key, KeyHasher, Order, Position, ScopeHash, Sealed, Store, TableId,
    table::id,
};

const A: ScopeHash = ScopeHash([0xA; 16]);
const B: ScopeHash = ScopeHash([0xB; 16]);
/// Its rows share pages where an engine has them.
const TABLE: TableId = id::TASK;

macro_rules! contract {
    ($($claim:ident)*) => {
        engine!(memory, ((), super::Memory::default()), $($claim)*);
        engine!(sled, super::fresh_sled(), $($claim)*);
        engine!(logged, super::fresh_logged(), $($claim)*);
    };
}

macro_rules! engine {
    ($engine:ident, $fresh:expr, $($claim:ident)*) => {
        mod $engine {
            $(#[test]
            fn $claim() {
                let (_kept, engine) = $fresh;
                super::$claim(&engine);
            })*
        }
    };
}

contract! {
    what_is_written_is_read_and_what_is_removed_is_gone
    a_scan_keeps_range_order_and_limit
    a_turn_that_read_an_old_revision_conflicts
    a_later_commit_of_the_same_call_sees_the_earlier_one
    a_blind_commit_bumps_nothing
    a_refused_commit_writes_nothing
    long_values_come_back_whole_grow_shrink_and_go
    a_value_moved_to_another_key_does_not_open
    a_revision_moved_to_another_scope_does_not_open
    everything_is_there_after_opening_again
    a_wrong_master_key_is_refused_and_changes_nothing
    what_a_lost_key_sealed_is_unreadable_and_the_scope_goes_on
    what_a_damaged_key_sealed_is_unreadable_and_the_scope_goes_on
    the_stores_own_tables_are_out_of_reach
    a_large_group_of_commits_is_applied_in_order
    turns_racing_on_one_scope_lose_nothing
    random_operations_agree_with_a_plain_map
}

fn fresh_sled() -> (tempfile::TempDir, Sled) {
    fresh(|_, sled| sled)
}

fn fresh_logged() -> (tempfile::TempDir, Logged<Packed<Sled>>) {
    fresh(|directory, sled| {
        Logged::open(Packed(sled), directory, &Secret::new([7; 32]), LOG_BYTES).unwrap()
    })
}

fn fresh<E>(over: impl FnOnce(Arc<Directory>, Sled) -> E) -> (tempfile::TempDir, E) {
    let folder = tempfile::tempdir().unwrap();
    let directory = Arc::new(Directory::open(folder.path()).unwrap());
    let sled = Sled::open(Arc::clone(&directory)).unwrap();
    (folder, over(directory, sled))
}

fn open_with_keys<E: Backend + Clone>(engine: &E) -> (Sealed<E>, KeyHasher) {
    Sealed::open(engine.clone(), &Secret::new([7; 32])).unwrap()
}

fn open<E: Backend + Clone>(engine: &E) -> Sealed<E> {
    open_with_keys(engine).0
}

fn key(n: u16) -> Key {
    Key::new(TABLE, A, &u32::from(n).to_be_bytes())
}

fn blind(writes: Vec<(Key, Option<Vec<u8>>)>) -> Commit {
    Commit { scope: A, at: Timestamp(0), expect: vec![], revision: None, writes }
}

fn put(n: u16, value: impl Into<Vec<u8>>) -> Commit {
    blind(vec![(key(n), Some(value.into()))])
}

/// A turn of `scope` that began at `revision` and writes `n`.
fn turn(scope: ScopeHash, revision: u64, n: u16) -> Commit {
    Commit {
        scope,
        expect: vec![(scope, revision)],
        revision: Some(revision + 1),
        ..put(n, "turn")
    }
}

fn apply_one(store: &dyn Store, commit: Commit) -> Result<Position, Conflict> {
    store.apply(vec![commit]).unwrap().remove(0)
}

fn raw_rows(engine: &impl Backend) -> Vec<(Vec<u8>, Vec<u8>)> {
    engine.scan(&[]..&[0xFF; 64], usize::MAX, Order::Up).unwrap()
}

fn raw_put(engine: &impl Backend, key: Vec<u8>, row: Option<Vec<u8>>) {
    engine.write(Rows::from([(key, row)])).unwrap();
}

fn what_is_written_is_read_and_what_is_removed_is_gone(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    assert_eq!(store.get(&key(1)).unwrap(), None);
    apply_one(&store, blind(vec![(key(1), Some(vec![])), (key(2), Some(b"two".to_vec()))]))
        .unwrap();
    assert_eq!(store.get(&key(1)).unwrap(), Some(vec![]));
    assert_eq!(store.get(&key(2)).unwrap(), Some(b"two".to_vec()));
    apply_one(&store, blind(vec![(key(1), None), (key(2), Some(b"zwei".to_vec()))])).unwrap();
    assert_eq!(store.get(&key(1)).unwrap(), None);
    assert_eq!(store.get(&key(2)).unwrap(), Some(b"zwei".to_vec()));
}

fn a_scan_keeps_range_order_and_limit(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    for n in [5, 1, 4, 2, 3] {
        // One of them is long: its parts must not show.
        apply_one(&store, put(n, vec![n as u8; if n == 3 { 9000 } else { 1 }])).unwrap();
    }
    let scan = |range, limit, order| -> Vec<u8> {
        store.scan(range, limit, order).unwrap().iter().map(|(_, value)| value[0]).collect()
    };
    let all = || vec![]..vec![0xFF; 64];
    assert_eq!(scan(all(), 99, Order::Up), [1, 2, 3, 4, 5]);
    assert_eq!(scan(all(), 99, Order::Down), [5, 4, 3, 2, 1]);
    assert_eq!(scan(key(2).0..key(5).0, 2, Order::Up), [2, 3]);
    assert_eq!(scan(key(2).0..key(5).0, 2, Order::Down), [4, 3]);
    assert!(scan(key(2).0..key(5).0, 0, Order::Down).is_empty());
    assert!(scan(key(5).0..key(2).0, 9, Order::Up).is_empty());
    assert_eq!(store.scan(key(3).0..key(4).0, 1, Order::Up).unwrap(), [(key(3), vec![3; 9000])]);
}

fn a_turn_that_read_an_old_revision_conflicts(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    assert_eq!(store.revision(A).unwrap(), 0);
    assert_eq!(apply_one(&store, turn(A, 0, 1)), Ok(Position(1)));
    assert_eq!(apply_one(&store, turn(A, 0, 2)), Err(Conflict { scope: A }));
    assert_eq!(store.revision(A).unwrap(), 1);
    // Read another scope, which then moved on.
    let mut reader = turn(A, 1, 3);
    reader.expect.push((B, 0));
    assert_eq!(apply_one(&store, turn(B, 0, 4)), Ok(Position(2)));
    assert_eq!(apply_one(&store, reader.clone()), Err(Conflict { scope: B }));
    reader.expect[1].1 = 1;
    assert_eq!(apply_one(&store, reader), Ok(Position(3)));
    assert_eq!((store.revision(A).unwrap(), store.revision(B).unwrap()), (2, 1));
}

fn a_later_commit_of_the_same_call_sees_the_earlier_one(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    let mut stale = turn(B, 0, 3);
    stale.expect.push((A, 0));
    let outcomes = store.apply(vec![turn(A, 0, 1), turn(A, 0, 2), stale, turn(A, 1, 2)]).unwrap();
    let conflict = Err(Conflict { scope: A });
    assert_eq!(outcomes, [Ok(Position(1)), conflict, conflict, Ok(Position(2))]);
    store.sync(Position(2)).unwrap();
}

fn a_blind_commit_bumps_nothing(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    apply_one(&store, turn(A, 0, 1)).unwrap();
    apply_one(&store, put(2, "post")).unwrap();
    assert_eq!(store.revision(A).unwrap(), 1);
    assert_eq!(apply_one(&store, turn(A, 1, 3)), Ok(Position(3)));
}

fn a_refused_commit_writes_nothing(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    apply_one(&store, turn(A, 0, 1)).unwrap();
    let before = raw_rows(engine);
    apply_one(&store, turn(A, 0, 2)).unwrap_err();
    assert_eq!(raw_rows(engine), before);
}

fn long_values_come_back_whole_grow_shrink_and_go(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    apply_one(&store, put(1, "")).unwrap();
    let rows = raw_rows(engine).len();
    for len in [3 << 10, 100_000, 3001, 50_000, 10] {
        let value: Vec<u8> = (0..len).map(|i| i as u8).collect();
        apply_one(&store, put(1, value.clone())).unwrap();
        assert_eq!(store.get(&key(1)).unwrap(), Some(value));
        assert!(raw_rows(engine).iter().all(|(_, row)| row.len() <= 3 << 10));
    }
    assert_eq!(raw_rows(engine).len(), rows, "no part is left");
    // Long, then short, in one call; and removed after opening again.
    store.apply(vec![put(1, vec![1; 20_000]), put(1, vec![2; 5000])]).unwrap();
    assert_eq!(store.get(&key(1)).unwrap(), Some(vec![2; 5000]));
    apply_one(&open(engine), blind(vec![(key(1), None)])).unwrap();
    assert_eq!(raw_rows(engine).len(), rows - 1);
}

fn a_value_moved_to_another_key_does_not_open(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    apply_one(&store, put(1, "mine")).unwrap();
    raw_put(engine, key(2).0, engine.get(&key(1).0).unwrap());
    let fault = store.get(&key(2)).unwrap_err();
    assert!(matches!(&fault, Fault::Unreadable { key: at, .. } if *at == hex::encode(key(2).0)));
    assert_eq!(store.get(&key(1)).unwrap(), Some(b"mine".to_vec()));
    let mut bent = engine.get(&key(1).0).unwrap().unwrap();
    *bent.last_mut().unwrap() ^= 1;
    raw_put(engine, key(1).0, Some(bent));
    assert!(store.scan(key(1).0..key(2).0, 1, Order::Up).is_err());
}

fn a_revision_moved_to_another_scope_does_not_open(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    apply_one(&store, turn(A, 0, 1)).unwrap();
    let at = |scope| Key::new(steward::store::table::id::REVISION, scope, &[]).0;
    raw_put(engine, at(B), engine.get(&at(A)).unwrap());
    assert!(matches!(store.revision(B), Err(Fault::Unreadable { .. })));
    assert_eq!(store.revision(A).unwrap(), 1);
}

fn everything_is_there_after_opening_again(engine: &(impl Backend + Clone)) {
    let (store, keys) = open_with_keys(engine);
    let scope = Scope::Organisation;
    let month = 31 * 24 * 3_600_000;
    apply_one(&store, turn(A, 0, 1)).unwrap();
    apply_one(&store, Commit { at: Timestamp(month), ..put(2, "next month") }).unwrap();
    drop(store);
    let (store, again) = open_with_keys(engine);
    assert_eq!(keys.scope(&scope), again.scope(&scope));
    assert_eq!(store.revision(A).unwrap(), 1);
    apply_one(&store, Commit { at: Timestamp(month), ..put(3, "same key") }).unwrap();
    apply_one(&store, Commit { scope: B, ..put(4, "new key") }).unwrap();
    let values: Vec<_> = (1..=4).map(|n| store.get(&key(n)).unwrap().unwrap()).collect();
    assert_eq!(values, [&b"turn"[..], b"next month", b"same key", b"new key"]);
    assert_eq!(data_keys(engine).len(), 3);
}

fn a_wrong_master_key_is_refused_and_changes_nothing(engine: &(impl Backend + Clone)) {
    apply_one(&open(engine), put(1, "sealed")).unwrap();
    let before = raw_rows(engine);
    let Err(fault) = Sealed::open(engine.clone(), &Secret::new([8; 32])) else {
        panic!("opened with a wrong key");
    };
    assert!(matches!(&fault, Fault::Directory(text) if text.contains("master key")), "{fault}");
    assert_eq!(raw_rows(engine), before);
}

/// Raw rows of wrapped keys, with the scope in front.
fn data_keys(engine: &impl Backend) -> Vec<(Vec<u8>, Vec<u8>)> {
    engine.scan(&[1, b'D']..&[1, b'E'], usize::MAX, Order::Up).unwrap()
}

fn what_a_lost_key_sealed_is_unreadable_and_the_scope_goes_on(engine: &(impl Backend + Clone)) {
    without_its_key(engine, |_| None);
}

fn what_a_damaged_key_sealed_is_unreadable_and_the_scope_goes_on(engine: &(impl Backend + Clone)) {
    without_its_key(engine, |row| Some(row[..row.len() - 1].to_vec()));
}

fn without_its_key(engine: &(impl Backend + Clone), spoil: fn(&[u8]) -> Option<Vec<u8>>) {
    let store = open(engine);
    apply_one(&store, turn(A, 0, 1)).unwrap();
    apply_one(&store, turn(B, 0, 2)).unwrap();
    drop(store);
    for (at, row) in data_keys(engine) {
        if row.starts_with(&A.0) {
            raw_put(engine, at, spoil(&row));
        }
    }
    let store = open(engine);
    let fault = store.get(&key(1)).unwrap_err();
    assert!(matches!(&fault, Fault::Unreadable { key: at, .. } if *at == hex::encode(key(1).0)));
    assert_eq!(store.get(&key(2)).unwrap(), Some(b"turn".to_vec()));
    assert_eq!(apply_one(&store, turn(A, 1, 3)), Ok(Position(1)));
    assert_eq!(store.get(&key(3)).unwrap(), Some(b"turn".to_vec()));
    assert!(matches!(store.get(&key(1)), Err(Fault::Unreadable { .. })), "its id is not reused");
}

fn the_stores_own_tables_are_out_of_reach(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    apply_one(&store, turn(A, 0, 1)).unwrap();
    let before = raw_rows(engine);
    for table in [0, 1, 2, 0xFE, 0xFF] {
        let own = Key::global(TableId(table), b"x");
        assert!(store.apply(vec![blind(vec![(own, Some(vec![]))])]).is_err());
    }
    assert!(store.apply(vec![blind(vec![(Key(vec![]), Some(vec![]))])]).is_err());
    assert_eq!(raw_rows(engine), before);
    for (raw, _) in before {
        assert_eq!(store.get(&Key(raw.clone())).unwrap().is_some(), raw == key(1).0);
    }
}

fn a_large_group_of_commits_is_applied_in_order(engine: &(impl Backend + Clone)) {
    let store = open(engine);
    let commits = (0..5000).map(|n| turn(A, u64::from(n), n)).collect();
    let outcomes = store.apply(commits).unwrap();
    assert!(outcomes.iter().zip(1..).all(|(outcome, n)| *outcome == Ok(Position(n))));
    assert_eq!(store.revision(A).unwrap(), 5000);
    assert_eq!(store.scan(key(0).0..key(5000).0, 9999, Order::Up).unwrap().len(), 5000);
}

fn turns_racing_on_one_scope_lose_nothing(engine: &(impl Backend + Clone)) {
    const TURNS: u64 = 50;
    let store = open(engine);
    let counter = Key::new(TABLE, B, b"counter");
    let count = || store.get(&counter).unwrap().map_or(0, |value| value[0]);
    let race = || {
        let mut done = 0;
        while done < TURNS {
            let revision = store.revision(A).unwrap();
            let value = Some(vec![count() + 1]);
            let writes = vec![(counter.clone(), value)];
            let commit = Commit { writes, ..turn(A, revision, 0) };
            if let Ok(position) = apply_one(&store, commit) {
                store.sync(position).unwrap();
                done += 1;
            }
        }
    };
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(race);
        }
    });
    assert_eq!((count(), store.revision(A).unwrap()), (200, 200));
}

/// Knuth's MMIX generator; the seed is in the panic message of whatever fails.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn random_operations_agree_with_a_plain_map(engine: &(impl Backend + Clone)) {
    const SEED: u64 = 20_261_121;
    println!("seed {SEED}");
    let mut random = Seeded(SEED);
    let mut store = open(engine);
    let mut plain = BTreeMap::new();
    for step in 0..300 {
        let mut commits = Vec::new();
        for _ in 0..=random.below(4) {
            let mut writes = BTreeMap::new();
            for _ in 0..random.below(6) {
                let bound = if random.below(4) == 0 { 12_000 } else { 300 };
                let len = random.below(bound);
                let value = (random.below(3) > 0).then(|| vec![step as u8; len as usize]);
                writes.insert(key(random.below(40) as u16), value);
            }
            plain.extend(writes.clone());
            let at = Timestamp(random.below(9_000_000_000) as i64);
            commits.push(Commit { at, ..blind(writes.into_iter().collect()) });
        }
        store.apply(commits).unwrap();
        if random.below(20) == 0 {
            store = open(engine);
        }
        let (low, high) = (random.below(40) as u16, random.below(41) as u16);
        let limit = random.below(30) as usize;
        let found = store.scan(key(low).0..key(high).0, limit, Order::Down).unwrap();
        let wanted = plain.iter().rev().filter(|(at, _)| (key(low)..key(high)).contains(at));
        let wanted = wanted.filter_map(|(at, value)| Some((at.clone(), value.clone()?)));
        assert_eq!(found, wanted.take(limit).collect::<Vec<_>>(), "step {step}");
    }
}
