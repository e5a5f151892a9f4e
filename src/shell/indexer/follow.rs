//! One step after another, until a scope's index has what the store has. No thread, no waiting.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::core::derive::{number_of, rest_of};
use crate::core::index::{self, BEHIND_MAX, INDEXED_FROM, Looked};
use crate::core::journal::Head;
use crate::model::Secret;
use crate::model::indexed::Place;
use crate::model::message::Message;
use crate::search::{Fault as IndexFault, Index};
use crate::shell::rows;
use crate::store::table::{decode, id};
use crate::store::{Fault, Key, KeyHasher, Position, ScopeHash, Store, View};
use crate::text::terms::Term;

/// Turns of a scope after which its index follows. Until then a search reads them in the journal.
pub const TURNS_A_BATCH: u32 = 128;
/// Messages put into the index at once when it is made anew: about 20 MB while it is done.
const MESSAGES_A_BATCH: u32 = 16_384;
/// Rows read at once: turns that write wait as long.
pub const ROWS_AT_ONCE: usize = 256;

/// The index and what it follows.
pub struct Follower {
    index: Index,
    store: Arc<dyn Store>,
    keys: KeyHasher,
}

/// What came of a step for one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its index has all there is, but for a few turns.
    Done,
    /// There is more to do.
    More,
}

/// Why a step came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] Fault),
    /// The index cannot be read or written.
    #[error(transparent)]
    Index(#[from] IndexFault),
}

impl Follower {
    /// Of a store, with its index in a folder and under a key.
    pub fn new(folder: PathBuf, key: Secret, store: Arc<dyn Store>, keys: KeyHasher) -> Self {
        Self { index: Index::new(folder, key), store, keys }
    }

    /// Takes a scope's index one batch further.
    pub fn step(&self, scope: ScopeHash) -> Result<Step, Failed> {
        let key = Key::new(id::HEAD, scope, &[]);
        let Some(head) = self.store.get(&key)? else { return Ok(Step::Done) };
        let head: Head = decode(&key, &head)?;
        let kept = index::messages(&head);
        if kept <= INDEXED_FROM {
            return Ok(Step::Done);
        }
        let view = View { store: &*self.store, keys: &self.keys };
        let followed = match self.index.place(scope) {
            Some(place) => index::behind(view, scope, &place, BEHIND_MAX)?.map(|b| (place, b)),
            None => None,
        };
        let Some((place, behind)) = followed else {
            let place = Place { seq: head.seq, hash: head.hash, below: kept + 1 };
            self.index.begin(scope, place)?;
            return Ok(Step::More);
        };
        if behind.last.0 - place.seq >= u64::from(TURNS_A_BATCH) {
            let (seq, hash) = behind.last;
            let place = Place { seq, hash, ..place };
            self.add(scope, behind.touched.iter().map(|number| *number..number + 1), place)?;
            return Ok(more_if(place.below > 1 || seq < head.seq));
        }
        if place.below <= 1 {
            return Ok(Step::Done);
        }
        // Newest first: what was said lately is looked for most.
        let below = place.below.saturating_sub(MESSAGES_A_BATCH).max(1);
        self.add(scope, std::iter::once(below..place.below), Place { below, ..place })?;
        Ok(more_if(below > 1))
    }

    /// Begins a scope's index anew, if it has one.
    pub fn begin_anew(&self, scope: ScopeHash) -> Result<Step, Failed> {
        let key = Key::new(id::HEAD, scope, &[]);
        let Some(head) = self.store.get(&key)? else { return Ok(Step::Done) };
        let head: Head = decode(&key, &head)?;
        let kept = index::messages(&head);
        if kept > INDEXED_FROM {
            let place = Place { seq: head.seq, hash: head.hash, below: kept + 1 };
            self.index.begin(scope, place)?;
        }
        Ok(Step::More)
    }

    /// Puts messages into a scope's index.
    fn add(
        &self,
        scope: ScopeHash,
        numbers: impl IntoIterator<Item = Range<u32>>,
        place: Place,
    ) -> Result<(), Failed> {
        let missing = IndexFault::Damaged("it is not there any more");
        let mut batch = self.index.batch(scope).ok_or(missing)?;
        for numbers in numbers {
            let key = |number| Key::new(id::MESSAGE, scope, &rest_of(number)).0;
            let (mut from, end) = (key(numbers.start), key(numbers.end));
            loop {
                let read = rows::read::<Message>(&*self.store, from..end.clone(), ROWS_AT_ONCE)?;
                for (key, message) in &read.records {
                    if let Some(number) = number_of(key.rest()) {
                        batch.add(number, message);
                    }
                }
                match read.more_from {
                    Some(more) => from = more,
                    None => break,
                }
            }
        }
        // Nothing is to be in the index that a power cut could still take from the store.
        self.store.sync(Position(u64::MAX))?;
        Ok(self.index.add(scope, batch, place)?)
    }
}

impl index::Index for Follower {
    fn look(&self, scope: ScopeHash, wanted: &[Vec<Term>]) -> Option<Looked> {
        let looked = self.index.look(scope, wanted)?;
        Some(Looked { place: looked.place, numbers: looked.numbers })
    }
}

fn more_if(more: bool) -> Step {
    if more { Step::More } else { Step::Done }
}
