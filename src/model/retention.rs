//! How long a conversation keeps what was said, and how far a clearing has come.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Lang, Timestamp};

/// How long messages are kept; one record a scope, none where they are kept for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retention {
    /// Whole days for which a message is kept.
    pub days: u32,
    /// Nothing is announced or cleared at present.
    pub paused: bool,
    /// When it is next looked what is due.
    pub next_at: Timestamp,
    /// Language of the command that set it.
    pub lang: Lang,
}

/// How far clearing has come. Bookkeeping that no undo takes back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// What was announced and not cleared yet.
    pub announced: Option<Announced>,
    /// What is being cleared.
    pub clearing: Option<Clearing>,
    /// Messages below this number need not be looked at again.
    pub message: u32,
    /// Entries below this one need not be looked at again.
    pub entry: u64,
    /// Steps below this number need not be looked at again.
    pub step: u32,
}

/// What is to be cleared a day later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// When it was said.
    pub at: Timestamp,
    /// Messages of this day and before.
    pub upto: NaiveDate,
}

/// A clearing under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clearing {
    /// Messages of this day and before go.
    pub upto: NaiveDate,
    /// The end of that day: contents of entries before it go.
    pub before: Timestamp,
    /// What is looked at next.
    pub stage: Stage,
    /// Messages that went so far.
    pub cleared: u32,
    /// Messages of those days that stay.
    pub kept: u32,
    /// The first entry whose message waits to be announced.
    pub left: Option<u64>,
}

/// The stages of a clearing, each from a number on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Messages.
    Messages(u32),
    /// Contents of journal entries.
    Entries(u64),
    /// Undo steps of later days, which may hold what a message said before they changed it.
    Steps(u32),
}

/// Most messages that are counted for an announcement; beyond it there are "so many or more".
pub const OLD_MAX: usize = 5_000;

/// Messages that are older than they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Old {
    /// Those that are to go; at most [`OLD_MAX`].
    pub count: usize,
    /// Of these, so many bear tags.
    pub tagged: usize,
    /// Messages as old that stay.
    pub kept: usize,
}
