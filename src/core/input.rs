//! What goes into a decision and what comes out of it.

use super::index::Index;
use super::outbox::Unsent;
use super::remembered;
use crate::command::Catalogue;
use crate::model::{Capabilities, Event, Settings, Timestamp};
use crate::store::{Commit, Key};

/// Everything a decision depends on besides the store.
pub struct Input<'a> {
    /// What happened.
    pub event: &'a Event,
    /// The wake row this event came from, if it is a post or a date: deleted by the turn, and if it
    /// is gone, nothing happens.
    pub wake: Option<&'a Key>,
    /// The turn's instant.
    pub now: Timestamp,
    /// Randomness for salts; never for secrets.
    pub seed: [u8; 32],
    /// A secret nobody has seen, for the turn to give away if it makes a source.
    pub fresh_secret: &'a str,
    /// What the platform of the scope can do.
    pub capabilities: Option<&'a Capabilities>,
    /// Events that had their turns, of this store alone; may be empty.
    pub seen: &'a remembered::Memory,
    /// Where kept messages are looked for, if there is an index.
    pub index: Option<&'a dyn Index>,
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
    /// The event was seen before: the answer waits until what it did then is durable, nothing else
    /// happens.
    pub duplicate: bool,
    /// Messages in the commit's outbox, for the scope of the event, in the order in which they were
    /// said.
    pub sends: Vec<(Key, Unsent)>,
    /// Name of the handler or pass that acted, for logs and metrics.
    pub acted: &'static str,
}
