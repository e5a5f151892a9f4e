//! What is counted, as Prometheus text. Labels are configured names and fixed words: nothing that
//! anybody sent.

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// Labels of a callback.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct CallbackLabels {
    /// Name of the account; empty if there is none of the name asked for.
    pub account: String,
    /// `ok`, `answer`, `malformed`, `broken`, `too_big`, `busy`, `not_taken`, or why it was not
    /// authorized.
    pub result: &'static str,
}

/// Label of a turn.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct TurnLabels {
    /// The handler or pass that acted.
    pub acted: &'static str,
}

/// Labels of the end of a send.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct SendLabels {
    /// Name of the account; empty if it is gone.
    pub account: String,
    /// `sent`, `retry`, `refused`, `unclear` or `expired`.
    pub outcome: &'static str,
}

/// Label of what is counted for each account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct AccountLabels {
    /// Name of the account.
    pub account: String,
}

/// Labels of what became of a long connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct LinkLabels {
    /// Name of the account.
    pub account: String,
    /// `connected`, `no_place`, `no_connection`, or why another one is needed.
    pub what: &'static str,
}

/// All counters of the process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// Callbacks and reports of outside systems by result.
    pub callbacks: Family<CallbackLabels, Counter>,
    /// Seconds from the body's end to the answer.
    pub callback_seconds: Histogram,
    /// Turns by what acted.
    pub turns: Family<TurnLabels, Counter>,
    /// Turns run again because another scope moved on.
    pub conflicts: Counter,
    /// Events whose turn panicked.
    pub dead_letters: Counter,
    /// Ends of sends.
    pub sends: Family<SendLabels, Counter>,
    /// Sends begun although an earlier one may have arrived.
    pub copies: Counter,
    /// Messages that became part of another one.
    pub merged: Counter,
    /// 1 while an account's platform does not answer and nothing is sent to it.
    pub platform_down: Family<AccountLabels, Gauge>,
    /// Events waiting for their turn.
    pub queue_depth: Gauge,
    /// Open long connections by account.
    pub links: Family<AccountLabels, Gauge>,
    /// What became of long connections.
    pub link_events: Family<LinkLabels, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("steward"),
            callbacks: Family::default(),
            // 0.5 ms to 16 s: the goal is 50 ms, the limit 10 s.
            callback_seconds: Histogram::new(exponential_buckets(0.0005, 2.0, 16)),
            turns: Family::default(),
            conflicts: Counter::default(),
            dead_letters: Counter::default(),
            sends: Family::default(),
            copies: Counter::default(),
            merged: Counter::default(),
            platform_down: Family::default(),
            queue_depth: Gauge::default(),
            links: Family::default(),
            link_events: Family::default(),
        };
        let all = &mut metrics.registry;
        all.register("callbacks", "Callbacks by account and result", metrics.callbacks.clone());
        all.register(
            "callback_seconds",
            "Seconds to answer a callback",
            metrics.callback_seconds.clone(),
        );
        all.register("turns", "Turns by what acted", metrics.turns.clone());
        all.register("conflicts", "Turns run again", metrics.conflicts.clone());
        all.register("dead_letters", "Events whose turn panicked", metrics.dead_letters.clone());
        all.register("sends", "Ends of sends by account and outcome", metrics.sends.clone());
        all.register("possible_copies", "Sends repeated in doubt", metrics.copies.clone());
        all.register("merged", "Messages made part of another", metrics.merged.clone());
        let down = metrics.platform_down.clone();
        all.register("platform_down", "1 while a platform does not answer", down);
        all.register("queue_depth", "Events waiting for their turn", metrics.queue_depth.clone());
        all.register("links", "Open long connections by account", metrics.links.clone());
        let what = "What became of long connections by account";
        all.register("link_events", what, metrics.link_events.clone());
        metrics
    }
}

impl Metrics {
    /// Counts a callback's result.
    pub fn callback(&self, account: &str, result: &'static str) {
        let account = account.to_owned();
        self.callbacks.get_or_create(&CallbackLabels { account, result }).inc();
    }

    /// Counts a turn.
    pub fn turn(&self, acted: &'static str) {
        self.turns.get_or_create(&TurnLabels { acted }).inc();
    }

    /// Counts the end of a send.
    pub fn send(&self, account: &str, outcome: &'static str) {
        let account = account.to_owned();
        self.sends.get_or_create(&SendLabels { account, outcome }).inc();
    }

    /// Counts what became of a long connection.
    pub fn link(&self, account: &str, what: &'static str) {
        let account = account.to_owned();
        self.link_events.get_or_create(&LinkLabels { account, what }).inc();
    }

    /// So many long connections more, or fewer, are open.
    pub fn links_open(&self, account: &str, more: i64) {
        let account = account.to_owned();
        self.links.get_or_create(&AccountLabels { account }).inc_by(more);
    }

    /// Says whether an account's platform is down.
    pub fn down(&self, account: &str, down: bool) {
        let account = account.to_owned();
        self.platform_down.get_or_create(&AccountLabels { account }).set(i64::from(down));
    }

    /// Everything in the text format of OpenMetrics.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_can_be_read() {
        let metrics = Metrics::default();
        metrics.callback("main", "ok");
        metrics.callback("main", "ok");
        metrics.dead_letters.inc();
        let text = metrics.text();
        let line = "steward_callbacks_total{account=\"main\",result=\"ok\"} 2";
        assert!(text.contains(line), "{text}");
        assert!(text.contains("steward_dead_letters_total 1"), "{text}");
    }
}
