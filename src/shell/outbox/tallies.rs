//! Keeps what each account has sent over restarts, as rows that others read. It counts nothing
//! itself; what a crash takes is the count of some seconds, never a message.

use crate::core::tally::{self, Tally};
use crate::model::Timestamp;
use crate::shell::accounts::Accounts;
use crate::shell::rows;
use crate::store::table::{encode, id};
use crate::store::{Commit, Fault, Key, Store};

/// A tally that changes is written this often, in ms.
pub const EVERY_MS: i64 = 10_000;
/// Tallies that are read: those of accounts that are gone may be among them.
const TALLIES_MAX: usize = 256;

/// Gives each account back what it had counted.
pub fn restore(store: &dyn Store, accounts: &Accounts) -> Result<(), Fault> {
    let range = vec![id::TALLY.0]..Key::after_prefix(&[id::TALLY.0]);
    for (_, tally) in rows::read::<Tally>(store, range, TALLIES_MAX)?.records {
        if let Some(account) = accounts.get(&tally.account) {
            account.gate.restore(&tally);
        }
    }
    Ok(())
}

/// Writes the tallies that have changed and were not written for `every_ms`. They are durable with
/// the next flush that is made for something else.
pub fn note(
    store: &dyn Store,
    accounts: &Accounts,
    now: Timestamp,
    every_ms: i64,
) -> Result<(), Fault> {
    let changed = accounts.all().filter_map(|account| {
        let tally = account.gate.changed(&account.name, now, every_ms)?;
        Some((tally::key(&account.name), Some(encode(&tally))))
    });
    let writes: Vec<_> = changed.collect();
    if !writes.is_empty() {
        store.apply(vec![Commit { at: now, writes, ..Commit::default() }])?;
    }
    Ok(())
}
