//! One person's messages that are erased at request, page by page, and what proves it.

use serde::{Deserialize, Serialize};

use super::task::Named;
use super::{Lang, Timestamp};

/// An erasure, numbered within its conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Erasure {
    /// Whose messages.
    pub who: Named,
    /// Not before this: when only one person stands behind it, the others have a day to say no.
    pub not_before: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// Language of the command.
    pub lang: Lang,
    /// Sequence and hash of the journal's last entry when it began.
    pub head: (u64, Hash),
    /// Messages that were erased.
    pub count: u32,
    /// The first and the last of them.
    pub numbers: Option<(u32, u32)>,
    /// Messages of theirs that are held, and stay.
    pub held: u32,
    /// Contents of entries that were erased.
    pub entries: u32,
    /// Hash over the erased contents' places and commitments, in order; the commitments stay in
    /// the chain, so that it can be reckoned again.
    pub digest: Hash,
}

/// A hash as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hash(#[serde(with = "serde_bytes")] pub [u8; 32]);

/// The stages of an erasure, each from a number on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It has not begun.
    Waiting,
    /// Messages.
    Messages(u32),
    /// Contents of journal entries.
    Entries(u64),
    /// Lines of undo steps.
    Steps(u32),
    /// It is done.
    Done(Timestamp),
    /// Somebody said no in time.
    Cancelled,
}
