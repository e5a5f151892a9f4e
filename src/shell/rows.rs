//! Reads the rows of a range past those that do not open: one damaged record must not hold up all
//! others. It repairs nothing and removes nothing.

use std::ops::Range;

use crate::store::table::decode;
use crate::store::{Fault, Key, Order, Store, Table, Value};

/// What a range holds.
pub struct Rows<T> {
    /// Up to `limit` records, smallest key first.
    pub records: Vec<(Key, T)>,
    /// How many were passed over.
    pub damaged: usize,
    /// There may be more behind them; they begin here.
    pub more_from: Option<Vec<u8>>,
}

/// The first `limit` rows of a range as records. Each row that does not open is logged and passed
/// over. An error of another kind is passed on, and so is a row that lies outside the range: then
/// the store itself is damaged.
pub fn read<T: Table>(
    store: &dyn Store,
    range: Range<Vec<u8>>,
    limit: usize,
) -> Result<Rows<T>, Fault> {
    let (found, mut damaged) = openable(store, range, limit)?;
    let full = found.len() >= limit;
    let more_from = found.last().filter(|_| full).map(|(key, _)| after(&key.0));
    let record = |(key, value): (Key, Value)| match decode(&key, &value) {
        Ok(record) => Some((key, record)),
        Err(fault) => {
            passed_over(&fault);
            None
        }
    };
    let count = found.len();
    let records: Vec<_> = found.into_iter().filter_map(record).collect();
    damaged += count - records.len();
    Ok(Rows { records, damaged, more_from })
}

/// The smallest key above `key`.
pub fn after(key: &[u8]) -> Vec<u8> {
    [key, &[0]].concat()
}

fn openable(
    store: &dyn Store,
    range: Range<Vec<u8>>,
    limit: usize,
) -> Result<(Vec<(Key, Value)>, usize), Fault> {
    let (mut from, mut found, mut damaged) = (range.start, Vec::new(), 0);
    while found.len() < limit {
        let room = limit - found.len();
        let fault = match store.scan(from.clone()..range.end.clone(), room, Order::Up) {
            Ok(rows) => {
                found.extend(rows);
                break;
            }
            Err(fault) => fault,
        };
        let Fault::Unreadable { key, .. } = &fault else { return Err(fault) };
        let Some(bad) = hex::decode(key).ok().filter(|key| (&from..&range.end).contains(&key))
        else {
            return Err(fault);
        };
        passed_over(&fault);
        // Those before it may hold another one that is damaged in another way.
        let (before, others) = openable(store, from..bad.clone(), room)?;
        found.extend(before);
        damaged += others + 1;
        from = after(&bad);
    }
    Ok((found, damaged))
}

fn passed_over(fault: &Fault) {
    tracing::error!(%fault, "a row is passed over: {fault}");
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::model::Secret;
    use crate::store::backend::Backend;
    use crate::store::memory::Memory;
    use crate::store::table::{encode, id};
    use crate::store::{Commit, Sealed, TableId, backend};

    #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
    struct Number(u8);

    impl Table for Number {
        const ID: TableId = id::SHELL;
    }

    fn key(n: u8) -> Key {
        Key::global(id::SHELL, &[n])
    }

    fn numbers(store: &dyn Store, limit: usize) -> (Vec<u8>, bool) {
        let range = vec![id::SHELL.0]..Key::after_prefix(&[id::SHELL.0]);
        let rows = read::<Number>(store, range, limit).unwrap();
        (rows.records.iter().map(|(_, n)| n.0).collect(), rows.more_from.is_some())
    }

    #[test]
    fn rows_behind_a_damaged_one_are_still_read() {
        let memory = Memory::default();
        let (store, _) = Sealed::open(memory.clone(), &Secret::new([7; 32])).unwrap();
        let mut writes: Vec<_> = (1..=6).map(|n| (key(n), Some(encode(&Number(n))))).collect();
        writes.push((key(7), Some(vec![1, 0xC1])));
        store.apply(vec![Commit { writes, ..Commit::default() }]).unwrap();
        assert_eq!(numbers(&store, 9), (vec![1, 2, 3, 4, 5, 6], false), "7 is no number");
        for n in [2, 3, 6] {
            let mut row = memory.get(&key(n).0).unwrap().unwrap();
            *row.last_mut().unwrap() ^= 1;
            memory.write(backend::Rows::from([(key(n).0, Some(row))])).unwrap();
        }
        assert_eq!(numbers(&store, 9), (vec![1, 4, 5], false));
        assert_eq!(numbers(&store, 2), (vec![1, 4], true));
    }
}
