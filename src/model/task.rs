//! A task of a conversation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Lang, PersonId, Timestamp};

/// A task, numbered `T…` within its conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// What is to be done, as written; 1 to `TITLE_CHARS_MAX` characters, one line.
    pub title: String,
    /// Who is to do it; never empty.
    pub assignees: Vec<Named>,
    /// By when.
    pub due: Option<Deadline>,
    /// Where it stands.
    pub state: TaskState,
    /// Who made it.
    pub creator: Named,
    /// When it was made.
    pub created_at: Timestamp,
    /// The day it was finished, in the conversation's zone: what the day's count counts.
    pub done_on: Option<NaiveDate>,
    /// When it is to be reminded; `None` once it was, or without a deadline.
    pub remind_at: Option<Timestamp>,
    /// The language its notices are in.
    pub lang: Lang,
    /// The conversation's title when it was made, for what is shown of it elsewhere.
    pub place: String,
    /// Its tags, without the `#`.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A person and the name they had when they were named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Their identity.
    pub person: PersonId,
    /// Their display name then.
    pub name: String,
}

/// A deadline: an instant, or a day without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deadline {
    /// Due at this instant, reminded then.
    At(Timestamp),
    /// Due by 18:00 of this day, reminded at 9:00.
    On(NaiveDate),
}

/// The states of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done,
}
