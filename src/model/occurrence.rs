//! One time at which a schedule was due, and what became of it.

use serde::{Deserialize, Serialize};

use super::{Scope, Timestamp};

/// What became of an occurrence, keyed by table, number and due time of its schedule. Written once,
/// when its time has come; an undo does not take it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// What became of it.
    pub outcome: Outcome,
    /// When that was settled.
    pub settled_at: Timestamp,
}

/// What becomes of an occurrence: exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was carried out.
    Ran,
    /// It was left out on purpose.
    Skipped(Why),
    /// It was carried out, and its message did not arrive: why, in the words of the send's outcome.
    Failed(String),
}

/// Why an occurrence was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It fell on a day off, and its recurrence leaves those out.
    Holiday,
    /// Somebody said so (`跳过`).
    ByHand,
    /// Somebody put it off (`延后`).
    PutOff,
    /// The schedule was disabled.
    Disabled,
    /// The bot was not running at its time; a later one stands for it.
    Folded,
    /// The bot was not running at its time, and the schedule does not make up for that.
    Missed,
    /// At its time the schedule had been removed, moved or not been made; an undo came later.
    NotInEffect,
    /// It came in quiet hours; a later one stands for it.
    Quiet,
}

/// What a schedule does about occurrences whose time passed while the bot was not running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Missed {
    /// The last one is made up for at once, and says so; it stands for those before it.
    #[default]
    Once,
    /// None is made up for; what was missed is said.
    Skip,
    /// The next regular one stands for them, and says so.
    Fold,
}

/// An occurrence of a schedule of any scope: whose failed message is to be put on its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    /// Whose schedule.
    pub scope: Scope,
    /// Its table.
    pub table: u8,
    /// Its number.
    pub number: u32,
    /// The occurrence.
    pub at: Timestamp,
}
