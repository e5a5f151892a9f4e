//! A command somebody may not give, handed to those who may; and a question the bot asked somebody.

use serde::{Deserialize, Serialize};

use super::task::Named;
use super::{Lang, PersonId, Timestamp};

/// A request, numbered `Q…` within its conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Who asks.
    pub asker: Named,
    /// The command.
    pub line: String,
    /// Those who are told of it; who may answer is judged when they do.
    pub to: Vec<PersonId>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Open until then.
    pub until: Timestamp,
    /// Where it stands.
    pub state: RequestState,
    /// Language of the command.
    pub lang: Lang,
    /// What those who are told in their direct chats call the place.
    pub place: String,
}

/// The states of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestState {
    /// Nobody has answered.
    Open,
    /// Carried out by this person's leave.
    Granted(Named),
    /// This person said no.
    Declined(Named),
    /// Nobody answered in time.
    Expired,
}

/// What the bot asked one person in one conversation; the next question replaces it. Keyed by the
/// keyed hash of their id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// What about.
    pub about: About,
    /// Not answered after this.
    pub until: Timestamp,
    /// The language it was asked in.
    pub lang: Lang,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// Whether to ask somebody who may for this command.
    Request(String),
    /// Which of these lines was meant; the first is what a yes means.
    Meant(Vec<String>),
}
