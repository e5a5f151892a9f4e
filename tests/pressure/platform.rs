//! A platform that counts: each call as it arrives, by whom it is for.

use steward::core::outbox::Unsent;
use steward::platform::Limits;
use steward::store::Key;

/// A call as it arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// When, in ms.
    pub at: i64,
    /// For which conversation.
    pub target: u32,
    /// The message.
    pub key: Key,
    /// What it was.
    pub row: Unsent,
}

/// Fails unless what arrived is within the limits: in any span, and in all.
pub fn within_limits(arrived: &[Arrived], limits: &Limits) {
    let all: Vec<i64> = arrived.iter().map(|call| call.at).collect();
    within(&all, limits.calls_per_s, 1_000, "a second of the account");
    within(&all, limits.calls_per_min, 60_000, "a minute of the account");
    let mut targets: Vec<u32> = arrived.iter().map(|call| call.target).collect();
    targets.sort_unstable();
    targets.dedup();
    for target in targets {
        let own = arrived.iter().filter(|call| call.target == target);
        let own: Vec<i64> = own.map(|call| call.at).collect();
        within(&own, limits.target_per_min, 60_000, "a minute of a conversation");
    }
    let most = usize::try_from(limits.calls_per_month).expect("a number");
    assert!(most == 0 || arrived.len() <= most, "{} calls a month", arrived.len());
}

fn within(times: &[i64], limit: u32, span_ms: i64, what: &str) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let limit = usize::try_from(limit).expect("a number");
    if limit > 0 {
        for pair in times.windows(limit + 1) {
            assert!(pair[limit] - pair[0] >= span_ms, "more than {limit} in {what}");
        }
    }
}
