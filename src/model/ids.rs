//! Who and where: newtypes for every identity, so that none is taken for another.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A conversation of one account, as the platform names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConversationId {
    /// The `name` of the `[[account]]` through which the bot is in this conversation.
    pub account: String,
    /// The platform's own id, opaque to us.
    pub id: String,
}

/// A person as one account's platform knows them (DingTalk: the staff id).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId {
    /// The `name` of the `[[account]]` that knows this person.
    pub account: String,
    /// The platform's own user id, opaque to us.
    pub id: String,
}

/// A platform's message id, unique within its conversation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageId(pub String);

/// What owns a log of its own. A turn appends to exactly one scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// A group conversation.
    Conversation(ConversationId),
    /// A person, and the direct chat with them.
    Person(PersonId),
    /// A source of outside events, by its name.
    Source(String),
    /// The one organisation of this deployment.
    Organisation,
}

impl Scope {
    /// The scope as one unambiguous line: what is hashed into keys, never what is stored or shown.
    pub fn path(&self) -> String {
        match self {
            Scope::Conversation(c) => format!("c\u{0}{}\u{0}{}", c.account, c.id),
            Scope::Person(p) => format!("p\u{0}{}\u{0}{}", p.account, p.id),
            Scope::Source(name) => format!("s\u{0}{name}"),
            Scope::Organisation => "o".into(),
        }
    }

    /// The account through which this scope can be spoken to; none for sources and the
    /// organisation.
    pub fn account(&self) -> Option<&str> {
        match self {
            Scope::Conversation(c) => Some(&c.account),
            Scope::Person(p) => Some(&p.account),
            Scope::Source(_) | Scope::Organisation => None,
        }
    }

    /// Whether this is a direct chat.
    pub fn is_direct(&self) -> bool {
        matches!(self, Scope::Person(_))
    }
}

/// A short id that members type, such as `T12`: a letter for the kind and a number within the
/// scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Handle {
    /// Upper-case Latin letter of the noun, as its `commands/*.toml` says.
    pub letter: char,
    /// From 1; never used twice within a scope.
    pub number: u32,
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letter, self.number)
    }
}
