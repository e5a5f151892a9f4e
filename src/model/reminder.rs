//! A reminder of a conversation or a direct chat: once, or again and again.

use serde::{Deserialize, Serialize};

use super::lead::Lead;
use super::occurrence::Missed;
use super::task::Named;
use super::{Lang, Recurrence, Timestamp};

/// A reminder, numbered `J…` within its scope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reminder {
    /// Of what, as written; 1 to `TEXT_CHARS_MAX` characters, one line.
    pub text: String,
    /// Who is reminded; empty: everybody here.
    pub to: Vec<Named>,
    /// How it repeats; `None` if it comes once.
    pub every: Option<Recurrence>,
    /// Its next regular occurrence, also while it is disabled; `None` when there is none any more.
    pub next_at: Option<Timestamp>,
    /// An occurrence that was put off: it comes once more at this time.
    pub again_at: Option<Timestamp>,
    /// Occurrences up to this one are left out.
    pub skip: Option<Skip>,
    /// When somebody said it was done, since it last came.
    pub done_at: Option<Timestamp>,
    /// Does not speak while `false`.
    pub enabled: bool,
    /// Its time of day was said, and not only its day.
    #[serde(default)]
    pub exact: bool,
    /// It is told so long before its time. Left out of the stored form where there is none, like
    /// the next ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// Its time, of one that comes once and has a lead: it is told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// What came in quiet hours and waits for their end. Left out of the stored form where there
    /// is nothing, so that older values keep their hashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// What it does about occurrences that were missed.
    pub missed: Missed,
    /// Who made it.
    pub creator: Named,
    /// When it was made.
    pub created_at: Timestamp,
    /// The language it speaks.
    pub lang: Lang,
    /// The conversation's title when it was made, for what is shown of it elsewhere.
    pub place: String,
}

/// Occurrences that somebody decided to leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// The last of them.
    pub through: Timestamp,
    /// It was put off and comes later.
    pub put_off: bool,
}

/// Occurrences of one that repeats which came in quiet hours: one message stands for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The last of them.
    pub at: Timestamp,
    /// How many.
    pub count: usize,
    /// When quiet hours end.
    pub until: Timestamp,
}
