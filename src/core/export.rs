//! An export as it is kept: what is asked for, by whom, and how it stands. What it is sealed with
//! and its address are not part of it: both stand in rows of their own that nobody journals.

use serde::{Deserialize, Serialize};

use super::derive::{Derived, Derives};
use crate::model::export::{Format, Holds, NoFile};
use crate::model::post::DueName;
use crate::model::task::Named;
use crate::model::{Calendar, Lang, PersonId, Scope, Timestamp};
use crate::store::table::id;
use crate::store::{Key, ScopeHash, Table, TableId};
use crate::text::sought::Sought;

/// How long the address of a file is good for, in ms: as long as somebody needs who waits for it.
pub const LINK_LIFE_MS: i64 = 10 * 60 * 1000;
/// How long a file may take to be written, in ms. After that nobody waits for it any more.
pub const WRITING_MAX_MS: i64 = 60 * 60 * 1000;

/// Under what name it is on record that somebody had one.
pub const OPENED: &str = "export opened";

/// An export, numbered `X…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// Who asked for it: the one person it is for.
    pub by: Named,
    /// By whose leave, where their own rights were not enough.
    pub leave: Option<Named>,
    /// As what.
    pub format: Format,
    /// Which messages.
    pub sought: Sought,
    /// The same in words.
    pub asked: String,
    /// The last message that was kept when it was asked for: later ones are not in it.
    pub upto: u32,
    /// What stands on every page.
    pub watermark: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// A stretch of time kept as it was, rather than a search.
    pub snapshot: bool,
    /// Personal data was shown to everybody when it was asked for.
    pub unmasked: bool,
    /// The platform handed over every message, and not only those that @ the bot.
    pub hears_all: bool,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Language of the command.
    pub lang: Lang,
    /// How it stands.
    pub state: State,
    /// What the file holds, once there was one.
    pub holds: Option<Holds>,
}

/// How an export stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum State {
    /// It is being written.
    Working,
    /// It can be had once, at an address that nobody keeps.
    Ready {
        /// Not from then on.
        until: Timestamp,
        /// Hash of the address.
        #[serde(with = "serde_bytes")]
        link: [u8; 16],
    },
    /// It was had.
    Fetched {
        /// When.
        at: Timestamp,
        /// By which of those who asked at the same time.
        #[serde(with = "serde_bytes")]
        claim: [u8; 16],
    },
    /// Nobody had it in time.
    Expired,
    /// Somebody did not want it any more.
    Removed,
    /// There was no file.
    Failed(NoFile),
}

impl Export {
    /// Whose rights count.
    pub fn in_name_of(&self) -> &PersonId {
        &self.leave.as_ref().unwrap_or(&self.by).person
    }
}

impl Table for Export {
    const ID: TableId = id::EXPORT;
}

impl Derives for Export {
    const LETTER: Option<char> = Some('X');

    /// Whatever it waits for has an end.
    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        let end = match self.state {
            State::Working => Some(self.asked_at.plus_ms(WRITING_MAX_MS)),
            State::Ready { until, .. } => Some(until),
            State::Fetched { .. } | State::Expired | State::Removed | State::Failed(_) => None,
        };
        let dates = end.into_iter().map(|at| (DueName::Expire, at)).collect();
        Derived { dates, ..Derived::default() }
    }
}

/// That an export is to be written; gone once it is, or need not be. Bookkeeping over all scopes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Whose.
    pub scope: Scope,
    /// Its number there.
    pub number: u32,
}

impl Table for Job {
    const ID: TableId = id::EXPORT_JOB;
}

/// The key of a job.
pub fn job_key(scope: ScopeHash, number: u32) -> Key {
    Key::global(id::EXPORT_JOB, &[&scope.0[..], &number.to_be_bytes()].concat())
}

/// What the hash of an address leads to; gone with the file. Bookkeeping over all scopes.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Whose.
    pub scope: Scope,
    /// Its number there.
    pub number: u32,
    /// The file.
    pub file: String,
    /// What it is sealed with.
    #[serde(with = "serde_bytes")]
    pub key: [u8; 32],
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Table for Link {
    const ID: TableId = id::EXPORT_LINK;
}

/// The key of an address's row.
pub fn link_key(link: &[u8; 16]) -> Key {
    Key::global(id::EXPORT_LINK, link)
}

/// What is kept of an address: who reads the rows does not learn it.
pub fn link_of(token: &str) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let mut link = [0; 16];
    link.copy_from_slice(&hash[..16]);
    link
}
