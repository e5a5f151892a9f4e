//! Power cuts while many messages become one.

use std::sync::Arc;

use steward::core::merge::merge;
use steward::core::outbox::{Unsent, key};
use steward::model::told::{Kind, Told};
use steward::model::{Lane, Lang, Outgoing, Scope, Secret, Timestamp};
use steward::shell::clock::Clock;
use steward::shell::committer::Committer;
use steward::shell::fatal::Fatal;
use steward::shell::outbox::Ledger;
use steward::store::faulty::{Cut, PowerCut};
use steward::store::memory::Memory;
use steward::store::table::{decode, encode};
use steward::store::{Commit, Key, Order, ScopeHash, Sealed, Store, Table};

/// Messages that are merged.
const COUNT: u32 = 6;
/// More calls of the engine than a merge makes.
pub const CALLS: u64 = 12;
const TARGET: ScopeHash = ScopeHash([1; 16]);
const T0: Timestamp = Timestamp(1_790_000_000_000);

/// Merges what a store holds while the power goes; afterwards either all messages are there, or the
/// one that counts them. Says whether it was durable.
pub async fn merged_while(cut: PowerCut) -> bool {
    let disk = Memory::default();
    let rows = (1..=COUNT).map(alert).collect::<Vec<_>>();
    let store = open(Cut::new(disk.clone(), None).expect("in memory")).expect("it opens");
    let write = |(key, row): &(Key, Unsent)| (key.clone(), Some(encode(row)));
    let writes = rows.iter().map(write).collect();
    let commit = Commit { scope: TARGET, at: T0, writes, ..Commit::default() };
    let position = store.apply(vec![commit]).expect("written").remove(0).expect("no conflict");
    store.sync(position).expect("durable");
    let durable = match open(Cut::new(disk.clone(), Some(cut)).expect("in memory")) {
        Some(store) => merged(store, &rows).await,
        None => false,
    };
    let store = open(Cut::new(disk, None).expect("in memory")).expect("it opens");
    let range = vec![Unsent::ID.0]..Key::after_prefix(&[Unsent::ID.0]);
    let left = store.scan(range, 100, Order::Up).expect("readable").into_iter();
    let left: Vec<Unsent> = left.map(|(key, value)| decode(&key, &value).expect("a row")).collect();
    let told = left.iter().filter_map(|row| row.card.told.as_ref());
    assert_eq!(told.map(Told::count).sum::<u32>(), COUNT, "each counted once");
    assert!(left.len() == 1 || left.len() == rows.len(), "all of it or nothing");
    assert!(!durable || left.len() == 1, "what was durable stays");
    durable
}

async fn merged(store: Arc<dyn Store>, rows: &[(Key, Unsent)]) -> bool {
    let fatal: Fatal = Arc::new(|_| {});
    let committer = Committer::start(Arc::clone(&store), Arc::clone(&fatal)).expect("a thread");
    let (committer, clock) = (Arc::new(committer), Arc::new(Clock::default()));
    let ledger = Ledger::start(store, clock, committer, fatal).expect("a thread");
    let one = merge(rows.iter().map(|(_, row)| row)).expect("they can be merged");
    let gone = rows.iter().skip(1).map(|(key, _)| key.clone()).collect();
    ledger.merge(TARGET, rows[0].0.clone(), one, gone).await.is_ok()
}

fn open(engine: Cut) -> Option<Arc<dyn Store>> {
    let (store, _) = Sealed::open(engine, &Secret::new([7; 32])).ok()?;
    Some(Arc::new(store))
}

fn alert(n: u32) -> (Key, Unsent) {
    let mut card = Outgoing::text(format!("A{n} 库存 上报")).in_lane(Lane::Notice);
    card.told = Some(Told::one(Lang::Zh, Kind::Alert, "库存", n));
    (key(TARGET, n.into(), 0), Unsent::new(Scope::Organisation, card, T0))
}
