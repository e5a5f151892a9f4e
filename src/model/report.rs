//! A scheduled summary of a conversation.

use serde::{Deserialize, Serialize};

use super::occurrence::Missed;
use super::task::Named;
use super::{Lang, Recurrence, Timestamp};

/// A scheduled report, numbered `D…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// When it is due.
    pub every: Recurrence,
    /// Its next occurrence, also while it is disabled; `None` when there is none any more.
    pub next_at: Option<Timestamp>,
    /// Occurrences up to this one are left out.
    #[serde(default)]
    pub skip_through: Option<Timestamp>,
    /// What it does about occurrences that were missed.
    #[serde(default)]
    pub missed: Missed,
    /// Who gets it, in their direct chats; never empty.
    pub to: Vec<Named>,
    /// Not working while `false`.
    pub enabled: bool,
    /// Who made it.
    pub creator: Named,
    /// When it was made.
    pub created_at: Timestamp,
    /// The language it is in.
    pub lang: Lang,
    /// The conversation's title, for its heading.
    pub place: String,
}

/// What a day's counter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Counted {
    /// Messages heard.
    Messages = 1,
    /// Tasks finished.
    TasksDone = 2,
    /// Keyword hits in messages heard.
    KeywordHits = 3,
    /// Alerts let through.
    Alerts = 4,
    /// Messages that came while nothing was recorded.
    Unrecorded = 5,
    /// Wrong claim codes; the organisation's counter.
    WrongClaims = 6,
}
