//! A tour: which lesson somebody is at, and what they have said to practise.

use serde::{Deserialize, Serialize};

use super::task::Named;
use super::{Incoming, Lang, Timestamp};

/// A person's tour in a conversation; they have one at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tour {
    /// Whose.
    pub who: Named,
    /// What is practised next.
    pub lesson: Lesson,
    /// What was said so far and led to something, in order: what practice knows is worked out from
    /// it.
    pub said: Vec<Practised>,
    /// Over after this.
    pub until: Timestamp,
    /// The language it is told in.
    pub lang: Lang,
}

/// A line that was said to practise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Practised {
    /// The message, without the address for answers and without what it replied to.
    pub message: Incoming,
    /// When it was said.
    pub at: Timestamp,
}

/// The lessons, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lesson {
    /// A task with a date.
    Task,
    /// The task is done.
    Done,
    /// A reminder.
    Reminder,
    /// A mistyped word, and the answer to what the bot asks then.
    Slip,
    /// Something is taken back.
    Undo,
}

/// All lessons.
pub const LESSONS: [Lesson; 5] =
    [Lesson::Task, Lesson::Done, Lesson::Reminder, Lesson::Slip, Lesson::Undo];

impl Lesson {
    /// Its number, from 1.
    pub fn number(self) -> usize {
        LESSONS.iter().take_while(|lesson| **lesson != self).count() + 1
    }

    /// The one after it; `None` behind the last.
    pub fn next(self) -> Option<Self> {
        LESSONS.get(self.number()).copied()
    }
}
