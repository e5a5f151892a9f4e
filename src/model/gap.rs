//! What a conversation's archive lacks: messages that came in while nothing was to be recorded.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Messages of one day that were not recorded; of them nothing is known but that they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The day they count for, in the conversation's zone.
    pub day: NaiveDate,
    /// Since when recording was off.
    pub since: Timestamp,
    /// When the first of them came.
    pub first: Timestamp,
    /// When the last one did.
    pub last: Timestamp,
    /// How many they are.
    pub count: u32,
}
