//! The playground page's way into the bot: the same platform, worker and durability as every
//! callback.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::accounts::Account;
use super::clock::Clock;
use super::intake::{self, Refused};
use super::ticker::Ticker;
use super::web::{Door, JumpError, SayError, Work};
use super::worker::Worker;
use crate::model::Timestamp;
use crate::platform::{Arrived, Raw};

/// The door of one playground account.
pub struct PlayDoor {
    account: Arc<Account>,
    clock: Arc<Clock>,
    worker: Arc<Worker>,
    ticker: Arc<Ticker>,
    jumping: Mutex<()>,
}

impl PlayDoor {
    /// To this account's platform.
    pub fn new(
        account: Arc<Account>,
        clock: Arc<Clock>,
        worker: Arc<Worker>,
        ticker: Arc<Ticker>,
    ) -> Self {
        Self { account, clock, worker, ticker, jumping: Mutex::default() }
    }

    async fn take(&self, raw: Raw) -> Result<(), SayError> {
        let now = self.clock.now();
        let account = &self.account;
        let received = account.platform.receive(Arrived::Callback(&raw), now);
        let refused = |refused| match refused {
            Refused::Rejected(_) => SayError::Malformed,
            Refused::Busy => SayError::Busy,
            Refused::Ending => SayError::NotStored,
        };
        let taking = intake::begin(&self.worker, &account.name, received, now).map_err(refused)?;
        taking.durable().await.map(|_| ()).map_err(refused)
    }

    async fn travel(&self, to: Timestamp) -> Result<(), JumpError> {
        let _jumping = self.jumping.try_lock().map_err(|_| JumpError::Busy)?;
        let ticker = Arc::clone(&self.ticker);
        // A jump blocks on turns and a flush, for as long as there are dates on the way.
        let arrived = tokio::task::spawn_blocking(move || ticker.jump(to)).await;
        let arrived = arrived.map_err(|_| JumpError::Unfinished)?.map_err(|fault| {
            tracing::error!(%fault, "the clock could not be moved");
            JumpError::Unfinished
        })?;
        if arrived < to { Err(JumpError::Unfinished) } else { Ok(()) }
    }
}

impl Door for PlayDoor {
    fn say(&self, raw: Raw) -> Work<'_, Result<(), SayError>> {
        Box::pin(self.take(raw))
    }

    fn jump(&self, to: Timestamp) -> Work<'_, Result<(), JumpError>> {
        Box::pin(self.travel(to))
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
