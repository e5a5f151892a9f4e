//! Something somebody waits for: who is to answer, and until when.

use serde::{Deserialize, Serialize};

use super::task::Named;
use super::{Lang, MessageId, Timestamp};

/// A question that is followed up, numbered `F…` within its conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Follow {
    /// What is asked, as written or quoted; one line.
    pub text: String,
    /// Who is to answer; never empty.
    pub whom: Vec<Named>,
    /// The quoted message, where its id is known: a reply to it is an answer.
    pub message: Option<MessageId>,
    /// Until when.
    pub until: Timestamp,
    /// When they are asked once more; `None` once they were, or when it is over.
    pub remind_at: Option<Timestamp>,
    /// Who answered; `None` while nobody has.
    pub answered: Option<Named>,
    /// Who waits.
    pub creator: Named,
    /// Since when.
    pub created_at: Timestamp,
    /// The language it speaks.
    pub lang: Lang,
    /// The conversation's title when it was made, for what is shown of it elsewhere.
    pub place: String,
}
