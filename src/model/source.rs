//! Outside systems that report events, and what conversations want of them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::field::Field;
use super::task::Named;
use super::{Lang, PersonId, Timestamp};

/// Whether a source is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceState {
    /// Its reports are taken.
    Enabled,
    /// Its reports are refused.
    Disabled,
    /// It is gone; its name may be used again.
    Removed,
}

/// A source's own record, number 1 of its `Scope::Source`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name, as members type it; the last part of its address.
    pub name: String,
    /// Its number in the organisation (`E…`).
    pub number: u32,
    /// Key of its signature.
    pub secret: String,
    /// Whether it is heard.
    pub state: SourceState,
    /// Who made it.
    pub creator: PersonId,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("number", &self.number).finish_non_exhaustive()
    }
}

/// A source as the organisation lists it, numbered `E…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceListed {
    /// Its name.
    pub name: String,
    /// Whether it is heard.
    pub state: SourceState,
}

/// A subscription of a conversation, numbered `S…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// The source's name.
    pub source: String,
    /// Which reports are wanted.
    pub condition: Condition,
    /// Not working while `false`.
    pub enabled: bool,
    /// Rises with each change.
    pub version: u32,
    /// Who made it; it belongs to the conversation all the same.
    pub creator: Named,
    /// When it was made.
    pub created_at: Timestamp,
    /// The language of its alerts.
    pub lang: Lang,
}

/// A report that a subscription let through, numbered `A…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// The source's name.
    pub source: String,
    /// The subscription that let it through (`S…`) and its version then.
    pub subscription: u32,
    /// That subscription's version.
    pub version: u32,
    /// What was reported.
    pub fields: Vec<(String, Field)>,
    /// When.
    pub at: Timestamp,
    /// The day it counts for.
    pub day: NaiveDate,
}
