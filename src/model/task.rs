//! A task of a conversation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lead::Lead;
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
    /// So long before its deadline it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// The language its notices are in.
    pub lang: Lang,
    /// The conversation's title when it was made, for what is shown of it elsewhere.
    pub place: String,
    /// Its tags, without the `#`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Those of the assignees who have done their part.
    #[serde(default)]
    pub done_parts: Vec<PersonId>,
    /// What was said of its progress, oldest first; at most `NOTES_MAX`.
    #[serde(default)]
    pub progress: Vec<Note>,
}

/// Most notes kept with a task; the journal has those before.
pub const NOTES_MAX: usize = 20;

impl Task {
    /// Whether somebody is among those who are to do it.
    pub fn is_assigned(&self, who: &Named) -> bool {
        self.assignees.iter().any(|other| other.person == who.person)
    }

    /// Those whose part is still to be done.
    pub fn open_parts(&self) -> Vec<Named> {
        let open = |who: &&Named| !self.done_parts.contains(&who.person);
        self.assignees.iter().filter(open).cloned().collect()
    }

    /// Adds a note; the oldest goes when there are too many.
    pub fn note(&mut self, note: Note) {
        if self.progress.len() >= NOTES_MAX {
            self.progress.remove(0);
        }
        self.progress.push(note);
    }

    /// The share that is done as last said, in percent.
    pub fn percent(&self) -> Option<u8> {
        self.progress.iter().rev().find_map(|note| note.percent)
    }

    /// What holds it up, by the last note.
    pub fn blocked(&self) -> Option<&str> {
        self.progress.last()?.blocked.as_deref()
    }
}

/// What somebody said of a task's progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Named,
    /// The share that is done, 0 to 100.
    pub percent: Option<u8>,
    /// What it waits for.
    pub blocked: Option<String>,
    /// The rest of what was said.
    pub text: String,
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
    /// Done by those who were to do it, not yet accepted by whoever gave it.
    Submitted,
}
