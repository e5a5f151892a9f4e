//! The index of kept messages as a decision sees it: a cache that says where to look, and is never
//! believed. What it cannot know yet stands in the journal behind its place.

use serde::{Deserialize, Serialize};

use super::derive::number_of;
use super::journal::{self, Head};
use crate::model::indexed::Place;
use crate::model::journal::Entry;
use crate::store::stored::Stored;
use crate::store::table::{self, id};
use crate::store::{Fault, Key, Order, ScopeHash, Table, TableId, View};
use crate::text::terms::Term;

/// Scopes with no more messages are looked through one by one: that takes a few milliseconds.
pub const INDEXED_FROM: u32 = 1_000;

/// Entries behind an index's place that are read instead; with more it is too far behind.
pub const BEHIND_MAX: usize = 4_096;

/// Finds messages by their terms.
pub trait Index: Send + Sync {
    /// Messages of a scope that may have a term of each group, up to the index's place. `None`
    /// where there is no index at present; then it is on its way.
    fn look(&self, scope: ScopeHash, wanted: &[Vec<Term>]) -> Option<Looked>;
}

/// What an index knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Up to where it knows it.
    pub place: Place,
    /// Numbers of all messages that may fit, ascending, none twice; of those below `place.below`
    /// some may be missing.
    pub numbers: Vec<u32>,
}

/// A journal's row without its content.
#[derive(Clone, Serialize, Deserialize)]
struct Lasting {
    entry: Stored<Entry>,
}

impl Table for Lasting {
    const ID: TableId = id::JOURNAL;
}

/// What a stretch of a journal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// Numbers of the messages it touched, ascending, none twice.
    pub touched: Vec<u32>,
    /// Its last entry and that one's hash.
    pub last: (u64, [u8; 32]),
}

/// How many messages a scope numbered.
pub fn messages(head: &Head) -> u32 {
    head.numbers.get(&id::MESSAGE.0).copied().unwrap_or_default()
}

/// Up to `most` entries behind a place; `None` if the journal is not the one that the place was
/// taken in, or has a gap.
pub fn behind(
    view: View,
    scope: ScopeHash,
    place: &Place,
    most: usize,
) -> Result<Option<Behind>, Fault> {
    let from = Key::new(id::JOURNAL, scope, &place.seq.to_be_bytes()).0;
    let end = Key::after_prefix(&Key::new(id::JOURNAL, scope, &[]).0);
    // The entry at the place itself comes first; a journal has none at 0.
    let begun = place.seq > 0;
    let rows = match view.store.scan(from..end, most + usize::from(begun), Order::Up) {
        Ok(rows) => rows,
        Err(Fault::Unreadable { .. }) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let mut found = Behind { touched: Vec::new(), last: (place.seq, place.hash) };
    for (nth, (key, value)) in rows.iter().enumerate() {
        let Ok(Lasting { entry }) = table::decode(key, value) else { return Ok(None) };
        if nth == 0 && begun {
            if entry.seq != place.seq || journal::hash(&entry) != place.hash {
                return Ok(None);
            }
            continue;
        }
        if entry.seq != found.last.0 + 1 {
            return Ok(None);
        }
        let touched = entry.touched.iter().filter(|touched| touched.table == id::MESSAGE.0);
        found.touched.extend(touched.filter_map(|touched| number_of(&touched.rest)));
        found.last = (entry.seq, journal::hash(&entry));
    }
    if begun && rows.is_empty() {
        return Ok(None);
    }
    found.touched.sort_unstable();
    found.touched.dedup();
    Ok(Some(found))
}
