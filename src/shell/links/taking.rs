//! What a connection brought, handed to the same platform, worker and durability as a callback.

use std::pin::Pin;
use std::sync::Arc;

use crate::model::Timestamp;
use crate::platform::{Arrived, Link, Pushed};
use crate::shell::accounts::Account;
use crate::shell::clock::{Clock, Stopwatch};
use crate::shell::intake::{self, Refused};
use crate::shell::metrics::Metrics;
use crate::shell::worker::Worker;

/// The frame that answers, once it may go; `None`: nothing is answered, so that it is told again.
pub type Answer = Pin<Box<dyn Future<Output = Option<String>> + Send>>;

/// Who takes what a connection brings.
pub trait Taking: Send + Sync {
    /// Queues what was pushed before this returns; the answer comes once all it did is durable.
    fn take(&self, pushed: Pushed) -> Answer;

    /// Counts a frame that is not of the platform's form.
    fn malformed(&self, why: &'static str);
}

/// Takes for one account.
pub struct Takes {
    /// The account.
    pub account: Arc<Account>,
    /// Its connection, which makes the answers.
    pub link: Arc<dyn Link>,
    /// Takes the turns.
    pub worker: Arc<Worker>,
    /// What time it is.
    pub clock: Arc<Clock>,
    /// Counts.
    pub metrics: Arc<Metrics>,
}

impl Taking for Takes {
    fn take(&self, pushed: Pushed) -> Answer {
        let watch = Stopwatch::start();
        let now: Timestamp = self.clock.now();
        let received = self.account.platform.receive(Arrived::Pushed(&pushed), now);
        let begun = intake::begin(&self.worker, &self.account.name, received, now);
        let (account, link) = (Arc::clone(&self.account), Arc::clone(&self.link));
        let metrics = Arc::clone(&self.metrics);
        Box::pin(async move {
            let taken = match begun {
                Ok(taking) => taking.durable().await,
                Err(refused) => Err(refused),
            };
            let (answer, result) = match taken {
                Ok((passive, result)) => (Some(link.answer(pushed.id(), Ok(&passive))), result),
                Err(refused) => (refusal(&*link, &pushed, refused), refused.result()),
            };
            metrics.callback(&account.name, result);
            metrics.callback_seconds.observe(watch.seconds());
            answer
        })
    }

    fn malformed(&self, why: &'static str) {
        let from = &self.account.name;
        tracing::warn!(from, why, "a frame for {from} is malformed: {why}");
        self.metrics.callback(from, "malformed");
    }
}

/// The answer to what was refused, if telling it again would not help.
fn refusal(link: &dyn Link, pushed: &Pushed, refused: Refused) -> Option<String> {
    match refused {
        Refused::Rejected(reject) => Some(link.answer(pushed.id(), Err(reject))),
        Refused::Busy | Refused::Ending => None,
    }
}
