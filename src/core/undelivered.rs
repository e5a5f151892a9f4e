//! Messages that failed for good, as kept for whoever looks after them. Kept and sent again by
//! shell.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::outbox::Unsent;
use crate::model::{Outgoing, Timestamp};
use crate::store::table::id;
use crate::store::{Key, Table, TableId};

/// How long they are kept, in ms: a month.
pub const KEPT_MS: i64 = 30 * 86_400_000;

/// A message that will not go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undelivered {
    /// The message, as it was last tried; without its words if they were confidential.
    pub unsent: Unsent,
    /// `refused`, or `unclear`: then it may have arrived.
    pub outcome: String,
    /// The platform's or our own word for why.
    pub why: String,
    /// When.
    pub at: Timestamp,
}

impl Table for Undelivered {
    const ID: TableId = id::UNDELIVERED;
}

impl Undelivered {
    /// What is kept of a message.
    pub fn new(mut unsent: Unsent, outcome: &str, why: &str, at: Timestamp) -> Self {
        if unsent.card.confidential {
            let lane = unsent.card.lane;
            unsent.card = Outgoing { lane, confidential: true, ..Outgoing::default() };
        }
        Self { unsent, outcome: outcome.into(), why: why.into(), at }
    }

    /// The message as it goes once more: from the part that failed on, and whatever its age.
    pub fn again(&self, now: Timestamp) -> Unsent {
        Unsent {
            attempts: 0,
            doubts: 0,
            expires_at: None,
            reply: None,
            not_before: now.max(self.unsent.created_at.plus_ms(1)),
            ..self.unsent.clone()
        }
    }
}

/// The key of a message that failed, from that of its row in the outbox.
pub fn key(at: Timestamp, outbox: &Key) -> Key {
    let mut rest = ((at.0 as u64) ^ (1 << 63)).to_be_bytes().to_vec();
    rest.extend_from_slice(outbox.0.get(1..).unwrap_or_default());
    Key::global(id::UNDELIVERED, &rest)
}

/// The key of its row in the outbox.
pub fn outbox_key(key: &Key) -> Key {
    Key::global(id::OUTBOX, key.0.get(9..).unwrap_or_default())
}

/// The name by which an operator calls it: eight digits that stay the same.
pub fn name(key: &Key) -> String {
    let hash = Sha256::digest(&key.0);
    hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// Where those end that need not be kept any more.
pub fn forgettable(now: Timestamp) -> Key {
    key(now.plus_ms(-KEPT_MS), &Key(Vec::new()))
}
