//! What a conversation, or a person for their direct chat, set for themselves. What is not set is
//! as the operator's settings say.

use chrono::NaiveTime;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Lang, Timestamp};

/// The settings of a scope; one record a scope. New fields need a default, for records older than
/// they are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Preferences {
    /// Zone of the wall clock.
    #[serde(default)]
    pub zone: Option<Tz>,
    /// Language of what the bot says of its own accord.
    #[serde(default)]
    pub lang: Option<Lang>,
    /// Working hours of a day, in order, not overlapping; empty: the usual ones.
    #[serde(default)]
    pub hours: Vec<Span>,
    /// When notices wait.
    #[serde(default)]
    pub quiet: Option<Span>,
    /// A task that was done waits until its creator accepts it.
    #[serde(default)]
    pub acceptance: bool,
    /// What the bot calls itself here.
    #[serde(default)]
    pub name: Option<String>,
    /// The last line of what the bot says of its own accord.
    #[serde(default)]
    pub signature: Option<String>,
    /// Personal data in kept messages is shown as it is.
    #[serde(default)]
    pub unmasked: bool,
    /// What is said is neither kept nor looked at, since then.
    #[serde(default)]
    pub unrecorded_since: Option<Timestamp>,
}

/// A stretch of the day by the wall clock, its end left out. It goes over midnight if it does not
/// end behind its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Its first minute.
    pub from: NaiveTime,
    /// The minute behind its last.
    pub to: NaiveTime,
}
