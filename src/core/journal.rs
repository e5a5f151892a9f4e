//! The head of a scope's log, and entries chained by hashes over salted commitments: content can be
//! erased later without breaking the chain.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::Timestamp;
use crate::model::journal::{Content, Entry, Step};
use crate::store::stored::Stored;
use crate::store::table::id;
use crate::store::{Table, TableId};

/// Where a scope's log stands. Bookkeeping: an undo never turns it back, so ids never come back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Head {
    /// Sequence of the last entry.
    pub seq: u64,
    /// Hash of the last entry.
    #[serde(with = "serde_bytes")]
    pub hash: [u8; 32],
    /// Last number given, by table.
    pub numbers: BTreeMap<u8, u32>,
    /// The conversation's title, as last seen.
    pub title: String,
    /// Somebody has @-ed the bot here before.
    pub met: bool,
    /// Nobody here has an open question from then on.
    #[serde(default)]
    pub asked_until: Timestamp,
    /// Revision of the keyword rules here: rises with each turn that changes one.
    #[serde(default, skip_serializing_if = "is_none")]
    pub rules: u32,
}

fn is_none(revision: &u32) -> bool {
    *revision == 0
}

impl Table for Head {
    const ID: TableId = id::HEAD;
}

/// A turn's row: the entry and, until it is erased, its content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The lasting part.
    pub entry: Stored<Entry>,
    /// The erasable part.
    pub content: Option<Stored<Content>>,
}

impl Table for Row {
    const ID: TableId = id::JOURNAL;
}

impl Table for Step {
    const ID: TableId = id::STEP;
}

/// The commitment to content: its salt is inside, so that it cannot be guessed once the content is
/// gone.
pub fn commitment(content: &Stored<Content>) -> [u8; 32] {
    Sha256::digest(content.bytes()).into()
}

/// The hash of an entry.
pub fn hash(entry: &Stored<Entry>) -> [u8; 32] {
    Sha256::digest(entry.bytes()).into()
}

/// The short hash of a record's value, to see later whether something touched it since; zeros for
/// none.
pub fn value_hash(value: Option<&[u8]>) -> [u8; 16] {
    let mut short = [0; 16];
    if let Some(value) = value {
        short.copy_from_slice(&Sha256::digest(value)[..16]);
    }
    short
}

/// A salt that only somebody with the turn's seed could know.
pub fn salt(seed: &[u8; 32], seq: u64) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"salt")
        .chain_update(seed)
        .chain_update(seq.to_be_bytes())
        .finalize()
        .into()
}

/// Numbers as first and last of each run.
pub fn ranges(numbers: &BTreeSet<u64>) -> Vec<(u64, u64)> {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match ranges.last_mut().filter(|(_, last)| last.checked_add(1) == Some(*number)) {
            Some((_, last)) => *last = *number,
            None => ranges.push((*number, *number)),
        }
    }
    ranges
}

/// A stretch of a journal, sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first and its last entry.
    pub seqs: (u64, u64),
    /// When they were.
    pub times: (Timestamp, Timestamp),
    /// Hash of the last.
    pub head: [u8; 32],
}

/// What a broken chain looks like: the first entry that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// This entry does not follow the one before it.
    Link(u64),
    /// This entry's content is not what was committed to.
    Content(u64),
}

/// Checks a run of rows that begins with the first; erased content is no fault.
pub fn verify(rows: &[Row]) -> Result<[u8; 32], Broken> {
    let mut previous = [0; 32];
    for (n, Row { entry, content }) in rows.iter().enumerate() {
        if entry.previous != previous || entry.seq != n as u64 + 1 {
            return Err(Broken::Link(entry.seq));
        }
        if content.as_ref().is_some_and(|content| commitment(content) != entry.commitment) {
            return Err(Broken::Content(entry.seq));
        }
        previous = hash(entry);
    }
    Ok(previous)
}
