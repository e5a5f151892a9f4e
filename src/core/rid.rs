//! Rids messages, entries and steps of what was said: the records stay, and the chain of the
//! journal still holds. What stands in files behind the store is left to shell, which is told.

use serde::{Deserialize, Serialize};

use super::derive::number_of;
use super::journal::Row;
use super::turn::Turn;
use crate::model::journal::Entry;
use crate::model::message::{Gone, Message};
use crate::store::table::{self, id};
use crate::store::{Key, Order, ScopeHash, Table, TableId};

/// Records looked at in one turn: few enough that nobody waits for it.
pub const PAGE: usize = 200;

/// Something of a scope was erased, and its old form may still stand in files: in the commit log,
/// in the base copy, in the index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rid {
    /// Whose.
    #[serde(with = "serde_bytes")]
    scope: [u8; 16],
    /// The files of the database are to be made anew as well.
    pub thoroughly: bool,
}

impl Rid {
    /// Whose files are meant.
    pub fn scope(&self) -> ScopeHash {
        ScopeHash(self.scope)
    }
}

impl Table for Rid {
    const ID: TableId = id::RID;
}

/// Up to `limit` records of this scope from a rest of a key on, as they were before this turn.
pub fn from<T: Table>(turn: &mut Turn, rest: &[u8], limit: usize) -> Vec<(Vec<u8>, T)> {
    let first = turn.key(T::ID, rest).0;
    let end = Key::after_prefix(&turn.key(T::ID, &[]).0);
    let read = turn.view.store.scan(first..end, limit, Order::Up);
    let rows = turn.caught(read.map(Some)).unwrap_or_default();
    let decoded = rows.into_iter().map(|(key, value)| {
        let record = table::decode::<T>(&key, &value);
        record.map(|record| Some((key.rest().to_vec(), record)))
    });
    let decoded: Vec<_> = decoded.collect();
    decoded.into_iter().filter_map(|row| turn.caught(row)).collect()
}

/// Rids a message of what it said.
pub fn message(turn: &mut Turn, number: u32, message: Message, gone: Gone) {
    turn.put(number, &message.without_content(gone));
    let key = turn.key(Message::ID, &super::derive::rest_of(number));
    turn.draft.rid.insert(key);
}

/// Rids an entry of its content.
pub fn entry(turn: &mut Turn, row: Row) {
    let seq = row.entry.seq;
    turn.put_at(&seq.to_be_bytes(), &Row { content: None, ..row });
    turn.draft.blanked.insert(seq);
}

/// The messages that an entry touched and that are still there.
pub fn messages(turn: &mut Turn, entry: &Entry) -> Vec<(u32, Message)> {
    let touched = entry.touched.iter().filter(|touched| touched.table == Message::ID.0);
    let numbers: Vec<u32> = touched.filter_map(|touched| number_of(&touched.rest)).collect();
    numbers.into_iter().filter_map(|n| turn.get::<Message>(n).map(|m| (n, m))).collect()
}

/// Tells shell to rid files of what was erased.
pub fn tell(turn: &mut Turn, thoroughly: bool) {
    let next = turn.draft.head.seq + 1;
    let rest = [&turn.hash.0[..], &next.to_be_bytes()].concat();
    let rid = Rid { scope: turn.hash.0, thoroughly };
    turn.draft.writes.insert(Key::global(id::RID, &rest), Some(table::encode(&rid)));
}
