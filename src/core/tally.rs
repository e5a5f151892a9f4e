//! What each account has sent, as kept: written by shell from time to time, read by whoever asks.
//! Nothing is decided by it.

use serde::{Deserialize, Serialize};

use crate::model::Timestamp;
use crate::store::table::id;
use crate::store::{Key, Table, TableId};

/// How many lanes there are.
pub const LANES: usize = 4;

/// The tally of one account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// The account's name.
    pub account: String,
    /// When it was written.
    pub at: Timestamp,
    /// Which month the calls are of: twelve times the year and the month from 0.
    pub month: i32,
    /// Calls of the API in that month.
    pub calls: u32,
    /// How many calls the month has; 0: no limit.
    pub quota: u32,
    /// Since when the platform does not answer.
    pub down_since: Option<Timestamp>,
    /// By lane, the most urgent first; since the first start.
    pub lanes: [Sends; LANES],
}

/// Ends of messages of one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sends {
    /// That arrived.
    pub sent: u64,
    /// That failed for good.
    pub failed: u64,
    /// Answers that nobody waits for any more.
    pub expired: u64,
    /// Sent once more although they may have arrived.
    pub copies: u64,
    /// That became part of another one.
    pub merged: u64,
}

impl Table for Tally {
    const ID: TableId = id::TALLY;
}

/// The key of an account's tally.
pub fn key(account: &str) -> Key {
    Key::global(id::TALLY, account.as_bytes())
}
