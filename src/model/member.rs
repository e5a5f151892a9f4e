//! People seen in a conversation, so that an @name finds its person.

use serde::{Deserialize, Serialize};

use super::{PersonId, Timestamp};

/// Somebody who spoke or was @-ed by id; keyed by the keyed hash of their id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Their identity.
    pub person: PersonId,
    /// The display name last seen.
    pub name: String,
}

/// Somebody with a role in the organisation; keyed by the keyed hash of their id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Admin {
    /// Their identity.
    pub person: PersonId,
    /// Since when.
    pub since: Timestamp,
}
