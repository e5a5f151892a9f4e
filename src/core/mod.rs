//! What the bot decides: one event in, one commit out. Values only: no clock, no randomness, no I/O.

pub mod commands;
pub mod decide;
pub mod journal;
pub mod outbox;
pub mod refusal;
pub mod rules;
pub mod say;
pub mod tables;
pub mod turn;

use crate::command::Catalogue;
use crate::model::{Event, Scope, Settings, Timestamp};
use crate::platform::Capabilities;
use crate::store::{Commit, Fault, Key, View};

/// Everything a decision depends on besides the store.
pub struct Input<'a> {
    /// What happened.
    pub event: &'a Event,
    /// The wake row this event came from, if it is a post or a date: deleted by the turn, and if it is gone, nothing happens.
    pub wake: Option<&'a Key>,
    /// The turn's instant.
    pub now: Timestamp,
    /// Randomness for salts; never for secrets.
    pub seed: [u8; 32],
    /// A secret nobody has seen, for the turn to give away if it makes a source.
    pub fresh_secret: &'a str,
    /// What the platform of the scope can do.
    pub capabilities: Option<&'a Capabilities>,
}

/// What stays the same from turn to turn.
pub struct Core {
    /// The operator's settings.
    pub settings: Settings,
    /// The vocabulary.
    pub catalogue: Catalogue,
}

/// What a turn came to.
#[derive(Debug)]
pub struct Decision {
    /// To be applied, if there is anything to write.
    pub commit: Option<Commit>,
    /// The event was seen before: the answer waits until what it did then is durable, nothing else happens.
    pub duplicate: bool,
    /// Messages in the commit's outbox, for the scope of the event.
    pub sends: usize,
    /// Posts and dates in the commit: to whom and when due.
    pub wakes: Vec<(Scope, Timestamp)>,
    /// Name of the handler or pass that acted, for logs and metrics.
    pub acted: &'static str,
}

impl Core {
    /// Decides an event against a view of the store. A `Fault` means that the store could not be read.
    pub fn decide(&self, input: &Input, view: View) -> Result<Decision, Fault> {
        decide::decide(self, input, view)
    }

    /// The commit that keeps an event whose decision panicked, so that nothing accepted is lost.
    pub fn dead_letter(&self, input: &Input, error: &str, view: View) -> Commit {
        decide::dead_letter(input, error, view)
    }
}
