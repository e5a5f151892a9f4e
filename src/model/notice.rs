//! That a task moved, as told to a person.

use serde::{Deserialize, Serialize};

use super::Lang;
use super::task::TaskState;

/// A task that changed its state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The conversation's title.
    pub place: String,
    /// The task's handle there.
    pub handle: String,
    /// Its title.
    pub title: String,
    /// The state it was in.
    pub from: TaskState,
    /// The state it is in.
    pub to: TaskState,
    /// Who moved it.
    pub by: String,
    /// The language of whoever moved it.
    pub lang: Lang,
}
