//! What the page needs of the running bot, and nothing more. Implemented where the bot is put
//! together.

use std::pin::Pin;

use crate::model::Timestamp;
use crate::platform::Raw;

/// Work under way.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The one way into the bot.
pub trait Door: Send + Sync {
    /// Has the playground's platform receive this and submits its events; ready once they are
    /// durable.
    /// The same `Raw` may come twice and changes nothing the second time.
    fn say(&self, raw: Raw) -> Work<'_, Result<(), SayError>>;

    /// Moves the virtual clock forward; ready once everything due until then has run.
    fn jump(&self, to: Timestamp) -> Work<'_, Result<(), JumpError>>;

    /// The virtual clock.
    fn now(&self) -> Timestamp;
}

/// Why something said was not taken. The text for the person at the page is the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SayError {
    /// The platform found it malformed.
    #[error("not of the playground's form")]
    Malformed,
    /// The queue is full: again in a moment.
    #[error("too busy")]
    Busy,
    /// It could not be made durable.
    #[error("not stored")]
    NotStored,
}

/// Why the clock did not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JumpError {
    /// Another jump is under way.
    #[error("another jump is under way")]
    Busy,
    /// What was due could not be run to its end.
    #[error("not finished")]
    Unfinished,
}
