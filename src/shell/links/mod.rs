//! Long connections to platforms, for accounts that are not called back: one keeper an account.
//! What they bring goes the way of every callback.

mod backoff;
mod keeper;
mod line;
mod socket;
mod stop;
mod taking;
#[cfg(test)]
mod tests;

pub use socket::FRAME_BYTES_MAX;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use self::keeper::Keeper;
use self::taking::{Takes, Taking};
use super::accounts::Accounts;
use super::clock::Clock;
use super::metrics::Metrics;
use super::transport::Transport;
use super::worker::Worker;

/// What links are made of.
pub struct Parts {
    /// Those with a link are connected.
    pub accounts: Arc<Accounts>,
    /// Takes the turns.
    pub worker: Arc<Worker>,
    /// What time it is.
    pub clock: Arc<Clock>,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// Asks for places.
    pub transport: Transport,
}

/// The running connections. Dropped without [`Links::stop`], they break off; nothing accepted is
/// lost.
pub struct Links {
    stopping: watch::Sender<bool>,
    keepers: JoinSet<()>,
}

impl Links {
    /// Connects every account that has a link, within the present tokio runtime. Returns at once:
    /// an account that cannot be connected is tried again. The error is that of TLS itself.
    pub fn start(parts: &Parts) -> Result<Self, rustls::Error> {
        let (stopping, stopped) = watch::channel(false);
        let mut keepers = JoinSet::new();
        for account in parts.accounts.all() {
            let Some(link) = account.platform.link() else { continue };
            let taking: Arc<dyn Taking> = Arc::new(Takes {
                account: Arc::clone(account),
                link: Arc::clone(&link),
                worker: Arc::clone(&parts.worker),
                clock: Arc::clone(&parts.clock),
                metrics: Arc::clone(&parts.metrics),
            });
            let keeper = Keeper {
                account: Arc::clone(account),
                link,
                taking,
                transport: parts.transport.clone(),
                tls: socket::tls()?,
                metrics: Arc::clone(&parts.metrics),
            };
            keepers.spawn(keeper.run(stopped.clone()));
        }
        Ok(Self { stopping, keepers })
    }

    /// Reads nothing more, answers what is durable, closes; at most `limit`.
    pub async fn stop(self, limit: Duration) {
        self.stopping.send_replace(true);
        let mut keepers = self.keepers;
        let ended = async { while keepers.join_next().await.is_some() {} };
        if tokio::time::timeout(limit, ended).await.is_err() {
            tracing::warn!("connections did not end in time");
        }
    }
}
