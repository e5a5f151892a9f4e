//! A visit to the archive page as it is kept: whose, and how it stands. Address and session are
//! kept as hashes alone.

use serde::{Deserialize, Serialize};

use super::derive::{Derived, Derives};
use crate::model::post::DueName;
use crate::model::task::Named;
use crate::model::{Calendar, Lang, PersonId, Scope, Timestamp};
use crate::store::table::id;
use crate::store::{Key, Table, TableId};

/// How long the address of a visit is good for, in ms: as long as somebody needs who waits for it.
pub const LINK_LIFE_MS: i64 = 10 * 60 * 1000;
/// How long a visit lasts, in ms: a longer piece of work asks again, a forgotten window is closed.
pub const VISIT_LIFE_MS: i64 = 60 * 60 * 1000;

/// A visit. It is removed when it is over; the journal knows of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// Whose.
    pub by: Named,
    /// By whose leave, where their own rights were not enough.
    pub leave: Option<Named>,
    /// Language of the command that asked for it.
    pub lang: Lang,
    /// Not from then on.
    pub until: Timestamp,
    /// How it stands.
    pub state: State,
}

/// How a visit stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Its address waits.
    Asked {
        /// The address's hash.
        #[serde(with = "serde_bytes")]
        link: [u8; 16],
    },
    /// Somebody used the address.
    Open {
        /// The session's hash.
        #[serde(with = "serde_bytes")]
        session: [u8; 16],
    },
}

impl Visit {
    /// Whose rights count.
    pub fn in_name_of(&self) -> &PersonId {
        &self.leave.as_ref().unwrap_or(&self.by).person
    }

    /// The hash that leads here now.
    pub fn key(&self) -> &[u8; 16] {
        match &self.state {
            State::Asked { link } => link,
            State::Open { session } => session,
        }
    }
}

impl Table for Visit {
    const ID: TableId = id::VISIT;
}

impl Derives for Visit {
    const LETTER: Option<char> = None;

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        Derived { dates: vec![(DueName::Expire, self.until)], ..Derived::default() }
    }
}

/// What the hash of an address or a session leads to. Bookkeeping over all scopes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitKey {
    /// The conversation.
    pub scope: Scope,
    /// Number of the visit there.
    pub number: u32,
}

impl Table for VisitKey {
    const ID: TableId = id::VISIT_KEY;
}

/// The key of the row that a hash leads to.
pub fn visit_key(hash: &[u8; 16]) -> Key {
    Key::global(id::VISIT_KEY, hash)
}

/// What was answered last to a visit; gone with it. Bookkeeping over all scopes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// To what.
    #[serde(with = "serde_bytes")]
    pub claim: [u8; 16],
    /// It was done.
    pub done: bool,
    /// What the bot said.
    pub said: String,
    /// Its entry in the journal, and the number its step has if it made one.
    pub seq: u64,
    /// See `seq`.
    pub step: u32,
}

impl Table for Reply {
    const ID: TableId = id::VISIT_REPLY;
}

/// The key of the last answer to a session.
pub fn reply_key(session: &[u8; 16]) -> Key {
    Key::global(id::VISIT_REPLY, session)
}

/// What is kept of an address or a session: who reads the rows does not learn it.
pub fn hash_of(token: &str) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let mut hash = [0; 16];
    hash.copy_from_slice(&digest[..16]);
    hash
}
