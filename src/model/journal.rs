//! A journal entry: what came in, who did it, what changed, what was said and why, chained by
//! hashes.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::task::Named;
use super::{Event, Lang, Outgoing, Timestamp};

/// The lasting part of an entry: ids, handles and commitments, no content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Place in the scope's journal, from 1.
    pub seq: u64,
    /// When the turn ran.
    pub at: Timestamp,
    /// Who caused it; `None` for dates and outside systems.
    pub actor: Option<Named>,
    /// By whose leave, where the actor's own rights were not enough. Left out of the stored form
    /// where there was none, so that entries older than this field keep their hashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leave: Option<Named>,
    /// What kind of thing came in, and through which command.
    pub what: What,
    /// Records touched, as `T12` or a table's name, in the order of their keys.
    pub touched: Vec<Touched>,
    /// Number of the undo step (`U…`), if the entry can be undone.
    pub step: Option<u32>,
    /// The steps this entry undid.
    pub undoes: Vec<u32>,
    /// How many messages were sent and how many posts left.
    pub sent: u16,
    /// Posts to other scopes.
    pub posted: u16,
    /// Rules that acted: `R…` or `S…` with version.
    pub rules: Vec<RuleRef>,
    /// Entries whose content this one erased, as first and last; the chain so vouches for it. Left
    /// out of the stored form where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<(u64, u64)>,
    /// Salted hash of the erasable part.
    #[serde(with = "serde_bytes")]
    pub commitment: [u8; 32],
    /// Hash of the entry before; zeros for the first.
    #[serde(with = "serde_bytes")]
    pub previous: [u8; 32],
}

/// What kind of event caused an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// A command, by its word's key and shape (`task.create`).
    Command(String),
    /// A command that was refused, by its word's key.
    Refused(String),
    /// A message that was no command.
    Message,
    /// A message that was changed.
    Edited,
    /// A message that was taken back.
    Recalled,
    /// A post or a date, by its kind.
    Post(String),
    /// A report of an outside system.
    Reported,
    /// A send that failed.
    SendFailed,
}

/// A record touched by an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// Table.
    pub table: u8,
    /// Rest of the key within the scope.
    #[serde(with = "serde_bytes")]
    pub rest: Vec<u8>,
    /// Hash of the value after (zeros: removed), to see whether something touched it since.
    #[serde(with = "serde_bytes")]
    pub after: [u8; 16],
}

/// A rule that acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRef {
    /// Its handle, such as `R3`.
    pub handle: String,
    /// Its version then.
    pub version: u32,
    /// What it matched, by position or field; never the text itself.
    pub matched: String,
}

/// The erasable part of an entry: content. Erasing it leaves the chain whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Makes the commitment unguessable; gone with the content.
    #[serde(with = "serde_bytes")]
    pub salt: [u8; 32],
    /// What came in; `None` where it held a secret.
    pub event: Option<Event>,
    /// Values before, in the order of `Entry::touched`; `None` where there was none.
    pub before: Vec<Option<ByteBuf>>,
    /// What was said; confidential messages are left out.
    pub said: Vec<Outgoing>,
}

/// An undo step of a scope, numbered `U…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its journal entry.
    pub seq: u64,
    /// Who did it.
    pub actor: Option<Named>,
    /// The line that did it, for the answer of `撤销`.
    pub line: String,
    /// It is itself an undo of these steps.
    pub undoes: Vec<u32>,
    /// The step that undid it, while that one is in effect.
    pub undone_by: Option<u32>,
    /// Language of the line.
    pub lang: Lang,
    /// By whose leave, where that was needed: it is theirs to take back, too. Left out of the
    /// stored form where there was none, so that older values keep their hashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leave: Option<Named>,
}
