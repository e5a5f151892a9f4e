//! Keeps one account connected: asks for a place, connects, and connects anew before or after a
//! connection ends. What comes over one is for `line`.

use std::sync::Arc;

use rustls::ClientConfig;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

use super::backoff;
use super::line::{End, Line, News};
use super::socket::{self, Socket};
use super::stop;
use super::taking::Taking;
use crate::platform::Link;
use crate::shell::accounts::Account;
use crate::shell::entropy;
use crate::shell::metrics::Metrics;
use crate::shell::transport::{CallEnd, Transport};

/// Connections of one account at a time: the present one and those that the platform is leaving.
const LINES_MAX: usize = 4;

/// What a keeper works with.
pub struct Keeper {
    /// Whose connection it is.
    pub account: Arc<Account>,
    /// What is said over it.
    pub link: Arc<dyn Link>,
    /// Takes what it brings.
    pub taking: Arc<dyn Taking>,
    /// Asks for places.
    pub transport: Transport,
    /// How TLS is spoken.
    pub tls: Arc<ClientConfig>,
    /// Counts.
    pub metrics: Arc<Metrics>,
}

/// A connection that did not come about.
struct Failed {
    /// The step: a word for the counter.
    at: &'static str,
    /// For the log.
    why: String,
    /// How long the platform asks to wait.
    retry_after_s: Option<u64>,
}

impl Keeper {
    /// Keeps the account connected until `stopping`; returns when the last connection has ended.
    pub async fn run(self, mut stopping: watch::Receiver<bool>) {
        let mut lines = JoinSet::new();
        let mut wait = backoff::wait(0, None, 0);
        let mut failures = 0_u32;
        loop {
            let stop = stopping.clone();
            let next = async {
                tokio::time::sleep(wait).await;
                self.next(&mut lines, stop).await
            };
            let next = tokio::select! {
                next = next => next,
                () = stop::asked(&mut stopping) => break,
            };
            let spread_ms = entropy::up_to(backoff::JITTER_MS_MAX);
            wait = match next {
                // Announced connections end one by one: nothing to spread.
                Ok(News { end: End::Announced, steady: true }) => {
                    failures = 0;
                    backoff::wait(0, None, 0)
                }
                Ok(News { steady: true, .. }) => {
                    failures = 0;
                    backoff::wait(0, None, spread_ms)
                }
                Ok(News { steady: false, .. }) => {
                    failures = failures.saturating_add(1);
                    backoff::wait(failures, None, spread_ms)
                }
                Err(failed) => {
                    failures = failures.saturating_add(1);
                    backoff::wait(failures, self.note(&failed), spread_ms)
                }
            };
        }
        while lines.join_next().await.is_some() {}
    }

    /// One connection from the call for a place to the news that another is needed.
    async fn next(
        &self,
        lines: &mut JoinSet<()>,
        stopping: watch::Receiver<bool>,
    ) -> Result<News, Failed> {
        while lines.try_join_next().is_some() {}
        if lines.len() >= LINES_MAX {
            lines.join_next().await;
        }
        let socket = self.connect().await?;
        let name = &self.account.name;
        self.metrics.link(name, "connected");
        self.metrics.links_open(name, 1);
        tracing::info!(account = name, "{name} is connected");
        let (tell, told) = oneshot::channel();
        let line = Line::new(socket, Arc::clone(&self.link), Arc::clone(&self.taking), tell);
        let (metrics, account) = (Arc::clone(&self.metrics), name.clone());
        lines.spawn(async move {
            line.run(stopping).await;
            metrics.links_open(&account, -1);
        });
        // Dropped untold only if its task was cut off: then it is broken.
        let news = told.await.unwrap_or(News { end: End::Broken, steady: false });
        let why = news.end.name();
        self.metrics.link(name, why);
        tracing::info!(account = name, why, "{name} needs another connection: {why}");
        Ok(news)
    }

    async fn connect(&self) -> Result<Socket, Failed> {
        let failed = |at, why| Failed { at, why, retry_after_s: None };
        let reply = match self.transport.call(&self.account, self.link.place_call()).await {
            CallEnd::Reply(reply) => reply,
            CallEnd::NotMade(why) | CallEnd::Unreachable(why) | CallEnd::NoAnswer(why) => {
                return Err(failed("no_place", why.into()));
            }
        };
        let place = self.link.read_place(&reply).map_err(|no| Failed {
            at: "no_place",
            why: no.why,
            retry_after_s: reply.retry_after_s,
        })?;
        socket::open(&place, &self.tls).await.map_err(|why| failed("no_connection", why))
    }

    /// Logs and counts a failure; gives how long the platform asks to wait.
    fn note(&self, failed: &Failed) -> Option<u64> {
        let (name, why) = (&self.account.name, &failed.why);
        tracing::warn!(account = name, why, "{name} could not be connected: {why}");
        self.metrics.link(name, failed.at);
        failed.retry_after_s
    }
}
