//! The stored form of a message to send. Written by turns, read and ended by shell.

use serde::{Deserialize, Serialize};

use crate::model::event::ReplyRoute;
use crate::model::{Outgoing, Scope, Timestamp};
use crate::store::table::id;
use crate::store::{Key, ScopeHash, Table, TableId};

/// How long an answer is worth sending, in ms: nobody reads a chat answer after ten minutes.
pub const ANSWER_LIFE_MS: i64 = 10 * 60 * 1000;

/// A message on its way, keyed by target, revision of its turn and number within it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    /// To whom.
    pub target: Scope,
    /// What.
    pub card: Outgoing,
    /// The short-lived way that came with the event.
    pub reply: Option<ReplyRoute>,
    /// When the turn ran.
    pub created_at: Timestamp,
    /// Not to be sent after this.
    pub expires_at: Option<Timestamp>,
    /// Attempts begun. The first is counted by the turn's own commit: a message found after a crash
    /// is in doubt.
    pub attempts: u32,
    /// Attempts of which nobody knows whether they arrived.
    #[serde(default)]
    pub doubts: u32,
    /// Parts of a long message that are there: what is tried is the one behind them, and attempts
    /// and doubts are of that one.
    #[serde(default)]
    pub parts: u16,
    /// Not before this. Later than `created_at` while the message waits for another attempt; an
    /// attempt that begins sets it back, so that after a crash the two can be told apart.
    pub not_before: Timestamp,
}

impl Unsent {
    /// A message as its turn says it: on its first attempt, in no doubt, for ever worth sending.
    pub fn new(target: Scope, card: Outgoing, created_at: Timestamp) -> Self {
        Self {
            target,
            card,
            reply: None,
            created_at,
            expires_at: None,
            attempts: 1,
            doubts: 0,
            parts: 0,
            not_before: created_at,
        }
    }
}

impl Table for Unsent {
    const ID: TableId = id::OUTBOX;
}

/// The key of a message.
pub fn key(target: ScopeHash, revision: u64, nth: u16) -> Key {
    Key::new(id::OUTBOX, target, &place_rest(revision, nth))
}

/// The rest of such a key.
pub fn place_rest(revision: u64, nth: u16) -> Vec<u8> {
    let mut rest = revision.to_be_bytes().to_vec();
    rest.extend_from_slice(&nth.to_be_bytes());
    rest
}

/// The revision of the turn and the number within it in such a key.
pub fn place(key: &Key) -> (u64, u16) {
    let rest = key.rest();
    let revision = rest.get(..8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_be_bytes);
    let nth = rest.get(8..10).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes);
    (revision, nth)
}

/// The target in such a key.
pub fn target(key: &Key) -> ScopeHash {
    let hash = key.0.get(1..17).and_then(|bytes| bytes.try_into().ok());
    ScopeHash(hash.unwrap_or_default())
}

/// The key of a post or date: due time first, so that one scan finds what is due.
pub fn wake_key(due: Timestamp, target: ScopeHash, rest: &[u8]) -> Key {
    // Negative instants do not occur; the sign bit is flipped so that they would still sort first.
    let mut bytes = ((due.0 as u64) ^ (1 << 63)).to_be_bytes().to_vec();
    bytes.extend_from_slice(&target.0);
    bytes.extend_from_slice(rest);
    Key::global(id::WAKE, &bytes)
}

/// The due time in a wake key.
pub fn wake_due(key: &Key) -> Option<Timestamp> {
    let bytes: [u8; 8] = key.0.get(1..9)?.try_into().ok()?;
    Some(Timestamp((u64::from_be_bytes(bytes) ^ (1 << 63)) as i64))
}

/// A post or date to come: to whom and what. Value of a wake row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wake {
    /// Whose turn it becomes.
    pub target: Scope,
    /// What it says.
    pub post: crate::model::Post,
}

impl Table for Wake {
    const ID: TableId = id::WAKE;
}

/// An event whose decision panicked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dead {
    /// The event.
    pub event: crate::model::Event,
    /// The panic's message.
    pub error: String,
    /// When.
    pub at: Timestamp,
}

impl Table for Dead {
    const ID: TableId = id::DEAD;
}
