//! A line of the talk as the page shows it. Kept in memory only, for as long as the hub keeps it.

use crate::model::{Outgoing, Scope, Timestamp};
use crate::platform::Page;

/// A line and its place among all lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Rises from line to line, over all conversations and over restarts.
    pub id: u64,
    /// What was said.
    pub said: Said,
}

/// Something said by a member or the bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// In which group or direct chat.
    pub target: Scope,
    /// When, by the virtual clock.
    pub at: Timestamp,
    /// Who; `None` is the bot.
    pub speaker: Option<Author>,
    /// Its identity within the target, for quoting; a second line with the same one is not shown.
    pub message_id: String,
    /// What, as plain text.
    pub text: String,
    /// The same in structure, where the bot says it.
    pub card: Option<Outgoing>,
    /// The line it replies to.
    pub quoted: Option<Reference>,
    /// It was delivered to the bot twice on purpose.
    pub twice: bool,
}

impl Said {
    /// What the bot says, as its outbox hands it over.
    pub fn by_bot(page: Page, at: Timestamp) -> Self {
        Self {
            target: page.target,
            at,
            speaker: None,
            message_id: page.idempotency_key,
            text: page.card.plain(),
            card: Some(page.card),
            quoted: None,
            twice: false,
        }
    }
}

/// Who said a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The member's id.
    pub id: String,
    /// The member's name.
    pub name: String,
}

/// A line that is replied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its `message_id`.
    pub message_id: String,
    /// Who said it; `None` is the bot.
    pub speaker: Option<Author>,
    /// What it said.
    pub text: String,
}
