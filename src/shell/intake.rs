//! The one way in for what platforms tell, by whichever way it came: turns first, then their
//! durability. What the sender is answered is for the callers.

use tokio::sync::oneshot;

use super::worker::{NotTaken, Outcome, Worker};
use crate::model::Timestamp;
use crate::platform::{Passive, Received, Reject};

/// Turns under way, and the answer once they are durable.
#[derive(Debug)]
pub struct Taking {
    waits: Vec<oneshot::Receiver<Outcome>>,
    answer: Passive,
    /// The word it is counted under.
    result: &'static str,
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// By the platform: not proved, or not of its form.
    Rejected(Reject),
    /// By us: too much waits. The sender should tell it again.
    Busy,
    /// By us: the process is ending. The sender should tell it again.
    Ending,
}

impl Refused {
    /// The word it is counted under.
    pub fn result(self) -> &'static str {
        match self {
            Refused::Rejected(Reject::Unauthorized(why)) => why,
            Refused::Rejected(Reject::Malformed(_)) => "malformed",
            Refused::Busy => "busy",
            Refused::Ending => "not_taken",
        }
    }
}

/// Queues the turns of what was received, in its order and before this returns. `from` is a
/// configured name, for the log.
pub fn begin(
    worker: &Worker,
    from: &str,
    received: Received,
    now: Timestamp,
) -> Result<Taking, Refused> {
    match received {
        Received::Answer(answer) => Ok(Taking { waits: Vec::new(), answer, result: "answer" }),
        Received::Events { events, answer, left_out } => {
            if let Some(what) = left_out {
                tracing::warn!(from, what, "a callback of {from} holds a {what} that is not used");
            }
            // All are queued before the first is waited for: they share a flush. One that finds no
            // place makes the sender repeat all of them, and those taken are then duplicates.
            let mut waits = Vec::with_capacity(events.len());
            for event in events {
                waits.push(worker.submit(event, now).map_err(|why| match why {
                    NotTaken::Full => Refused::Busy,
                    NotTaken::Stopped => Refused::Ending,
                })?);
            }
            Ok(Taking { waits, answer, result: "ok" })
        }
        Received::Reject(reject) => {
            if let Reject::Malformed(why) = reject {
                tracing::warn!(from, why, "a callback of {from} is malformed: {why}");
            }
            Err(Refused::Rejected(reject))
        }
    }
}

impl Taking {
    /// The answer and the word it is counted under, once everything it did is durable.
    pub async fn durable(self) -> Result<(Passive, &'static str), Refused> {
        for wait in self.waits {
            wait.await.map_err(|_| Refused::Ending)?;
        }
        Ok((self.answer, self.result))
    }
}
