//! How long before its time something is told. `text::lead` reads, prints and reckons it.

use serde::{Deserialize, Serialize};

/// So long before its time; the parts add up, one of them is more than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lead {
    /// Calendar months, at the same time of day.
    #[serde(default)]
    pub months: u32,
    /// Days, at the same time of day.
    #[serde(default)]
    pub days: u32,
    /// Working days, at the same time of day.
    #[serde(default)]
    pub workdays: u32,
    /// Seconds.
    #[serde(default)]
    pub seconds: u32,
    /// At its time it is told once more.
    #[serde(default)]
    pub also: bool,
}
