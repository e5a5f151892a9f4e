//! When the head of a conversation's journal is said there, for people to have seen it.

use serde::{Deserialize, Serialize};

use super::{Lang, Recurrence, Timestamp};

/// How often the head is said; one record a scope, none where it is not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// When.
    pub every: Recurrence,
    /// Its next time.
    pub next_at: Timestamp,
    /// Language of the command that set it.
    pub lang: Lang,
}
