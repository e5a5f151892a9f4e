//! Which events a scope had, and which messages it keeps by the platform's ids: in rows of its own,
//! many of them in one. Events come in no order of their hashes, so a row for each would lie far
//! from all others, and a large store would be slower with each.

use serde::{Deserialize, Serialize};

use super::derive::{number_of, rest_of};
use super::journal::Head;
use crate::model::{Event, MessageId, Timestamp};
use crate::store::table::{self, id};
use crate::store::{Commit, Fault, Key, Order, Revision, ScopeHash, Table, TableId, View};

/// How long an event is remembered at the least, in days: longer than any platform's last
/// redelivery.
pub const DEDUP_DAYS: i64 = 7;
/// Entries of a row: few enough that it is read and written with every turn.
const ENTRIES_A_ROW: usize = 32;
/// Rows read at once, and how many in a row must be old before nothing later is expected behind
/// them: the clock may have been set back in between.
const ROWS_AT_ONCE: usize = 256;
/// Rows in which a message is looked for by its id: the last 130,000 events and messages.
const ROWS_LOOKED_MAX: usize = 4_096;

/// Some of a scope's events and messages, in the order in which they had their turns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// When the last one had its turn.
    pub last: Timestamp,
    #[serde(with = "serde_bytes")]
    entries: Vec<u8>,
}

impl Table for Seen {
    const ID: TableId = id::SEEN;
}

/// An event, a kept message, or both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Of its id: eight bytes of a keyed hash. A million events in a week and a scope have a chance
    /// of one in 18 million million that a new one is taken for one of them.
    pub hash: u64,
    /// The message's number; 0 where none is kept.
    number: u32,
    /// It had its turn; else it is known from a quote alone.
    pub heard: bool,
}

const ENTRY_BYTES: usize = 8 + 4 + 1;

impl Entry {
    fn bytes(self) -> [u8; ENTRY_BYTES] {
        let mut bytes = [0; ENTRY_BYTES];
        bytes[..8].copy_from_slice(&self.hash.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.number.to_be_bytes());
        bytes[12] = u8::from(self.heard);
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (hash, rest) = bytes.split_first_chunk()?;
        let (number, rest) = rest.split_first_chunk()?;
        let (hash, number) = (u64::from_be_bytes(*hash), u32::from_be_bytes(*number));
        Some(Self { hash, number, heard: rest == [1] })
    }
}

impl Seen {
    /// In their order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry> {
        self.entries.chunks_exact(ENTRY_BYTES).filter_map(Entry::read)
    }

    /// Whether entries may be added.
    pub fn has_room(&self) -> bool {
        self.entries.len() < ENTRIES_A_ROW * ENTRY_BYTES
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: Entry, now: Timestamp) {
        self.entries.extend_from_slice(&entry.bytes());
        self.last = self.last.max(now);
    }
}

/// By which an event or a message is known.
pub fn hash(view: View, id: &str) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = view.keys.name(&[id::SEEN.0], id.as_bytes());
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The number of the newest row; 0 where there is none.
pub fn newest(head: &Head) -> u32 {
    head.numbers.get(&id::SEEN.0).copied().unwrap_or_default()
}

/// Where a scope stands as a turn begins.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// Its rows are read through this.
    pub view: View<'a>,
    /// The scope.
    pub scope: ScopeHash,
    /// Its revision.
    pub revision: Revision,
    /// The number of its newest row; 0 where there is none.
    pub newest: u32,
    /// The turn's instant.
    pub now: Timestamp,
}

impl Standing<'_> {
    /// Up to `ROWS_AT_ONCE` rows with numbers below one, newest first.
    pub fn rows_below(&self, number: u32) -> Result<Vec<(u32, Seen)>, Fault> {
        let key = |rest: &[u8]| Key::new(Seen::ID, self.scope, rest).0;
        let range = key(&[])..key(&rest_of(number));
        let rows = self.view.store.scan(range, ROWS_AT_ONCE, Order::Down)?;
        let read = |(key, value): (Key, Vec<u8>)| {
            let row = table::decode(&key, &value)?;
            Ok((number_of(key.rest()).unwrap_or_default(), row))
        };
        rows.into_iter().map(read).collect()
    }

    /// The number under which a message is kept, by the platform's id.
    pub fn number(&self, message: &MessageId) -> Result<Option<u32>, Fault> {
        let (wanted, mut below) = (hash(self.view, &message.0), self.newest + 1);
        for _ in 0..ROWS_LOOKED_MAX / ROWS_AT_ONCE {
            let rows = self.rows_below(below)?;
            let Some((oldest, _)) = rows.last() else { break };
            below = *oldest;
            let mut entries = rows.iter().flat_map(|(_, row)| row.entries().rev());
            if let Some(found) = entries.find(|entry| entry.hash == wanted && entry.number > 0) {
                return Ok(Some(found.number));
            }
        }
        Ok(None)
    }
}

/// What a turn adds: its event had its turn, and messages are kept under these numbers.
pub fn added(view: View, event: Option<&str>, kept: &[(MessageId, u32)]) -> Vec<Entry> {
    let entry = |id: &str, number| {
        let heard = event == Some(id);
        Entry { hash: hash(view, id), number, heard }
    };
    let mut entries: Vec<_> = kept.iter().map(|(id, number)| entry(&id.0, *number)).collect();
    if let Some(id) = event.filter(|_| !entries.iter().any(|entry| entry.heard)) {
        entries.push(entry(id, 0));
    }
    entries
}

/// Adds to the commit of an event whose turn came to nothing that it had its turn.
pub fn put_alone(view: View, event: &Event, commit: &mut Commit) -> Result<(), Fault> {
    let Some(id) = &event.key else { return Ok(()) };
    let scope = commit.scope;
    commit.expect.push((scope, view.store.revision(scope)?));
    let mut head: Head = view.get(scope, &[])?.unwrap_or_default();
    let row = view.get(scope, &rest_of(newest(&head)))?.filter(Seen::has_room);
    let mut row: Seen = row.unwrap_or_else(|| {
        *head.numbers.entry(id::SEEN.0).or_default() += 1;
        Seen::default()
    });
    row.add(Entry { hash: hash(view, id), number: 0, heard: true }, commit.at);
    let at = Key::new(Seen::ID, scope, &rest_of(newest(&head)));
    commit.writes.push((at, Some(table::encode(&row))));
    commit.writes.push((Key::new(Head::ID, scope, &[]), Some(table::encode(&head))));
    Ok(())
}
