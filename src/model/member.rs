//! People seen in a conversation, so that an @name finds its person, and the roles they were given.

use serde::{Deserialize, Serialize};

use super::task::Named;
use super::{Lang, PersonId, Scope, Timestamp};

/// Somebody who spoke or was @-ed by id; keyed by the keyed hash of their id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Their identity.
    pub person: PersonId,
    /// The display name last seen.
    pub name: String,
}

/// What somebody is in a conversation or in the whole organisation; each may do what those before
/// may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rank {
    /// Everybody.
    Member,
    /// Sets up a conversation: its settings, rules and reports.
    Lead,
    /// Gives roles, too.
    Admin,
}

/// A role somebody was given, in the scope of the record: a conversation or the organisation. Keyed
/// by the keyed hash of their id; whoever has no record is a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// Their identity.
    pub person: PersonId,
    /// Since when.
    pub since: Timestamp,
    /// The role; records older than the roles are of admins.
    #[serde(default = "admin")]
    pub rank: Rank,
    /// Their name when they got it; empty where it was not known.
    #[serde(default)]
    pub name: String,
}

fn admin() -> Rank {
    Rank::Admin
}

/// That a role in the organisation was given from this conversation: the organisation is told when
/// the record appears, and told the opposite when an undo takes it away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// To whom.
    pub who: Named,
    /// What they were before.
    pub from: Rank,
    /// What they are to be.
    pub to: Rank,
    /// When it was given.
    pub since: Timestamp,
    /// Where it was said: there the organisation answers if it cannot be.
    pub at: Scope,
    /// Language of the command.
    pub lang: Lang,
}
