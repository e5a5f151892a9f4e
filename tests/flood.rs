//! More than a platform takes, simulated: a clock that jumps from event to event, a fake platform
//! that counts what arrives in each span, and the outbox's own tray, gate, desk and merging. No
//! sockets, threads or real time.

mod pressure;

use pressure::{ALERTS, Flood, Outcome, cut, platform};
use steward::model::Lane;
use steward::platform::Limits;
use steward::platform::dingtalk::LIMITS;
use steward::store::faulty::PowerCut;

/// Longest that an urgent message may take while everything else piles up, in ms.
const URGENT_MS_MAX: i64 = 3_000;

/// What has to hold whatever the flood: nothing lost, nothing twice, no limit exceeded, in order.
fn check(outcome: &Outcome, limits: &Limits) {
    platform::within_limits(&outcome.arrived, limits);
    assert_eq!(outcome.left, 0, "messages that are still waiting");
    assert_eq!(outcome.refused, 0, "messages for which the month did not suffice");
    for (target, told) in &outcome.said {
        let accounted = outcome.accounted.get(target).copied().unwrap_or_default();
        assert_eq!(accounted, *told, "alerts of conversation {target}");
    }
    assert_eq!(outcome.said.values().sum::<u32>(), ALERTS);
    outcome.in_order();
    let urgent = outcome.delays.iter().filter(|(lane, ..)| *lane == Lane::Urgent);
    let (count, slowest) = (urgent.clone().count(), urgent.map(|(.., ms)| *ms).max());
    assert!(count >= 100, "{count} urgent messages");
    assert!(slowest.is_some_and(|ms| ms <= URGENT_MS_MAX), "an urgent one took {slowest:?} ms");
}

#[test]
fn ten_thousand_alerts_to_one_conversation_keep_all_limits() {
    let outcome = Flood { conversations: 1, over_ms: 60_000, seed: 1 }.run(LIMITS);
    check(&outcome, &LIMITS);
    assert!(outcome.arrived.len() < 1_000, "{} messages", outcome.arrived.len());
}

#[test]
fn ten_thousand_alerts_at_once_to_fifty_conversations_keep_all_limits() {
    let outcome = Flood { conversations: 50, over_ms: 0, seed: 2 }.run(LIMITS);
    check(&outcome, &LIMITS);
}

#[test]
fn ten_thousand_alerts_in_ten_minutes_to_five_hundred_conversations_keep_all_limits() {
    let outcome = Flood { conversations: 500, over_ms: 600_000, seed: 3 }.run(LIMITS);
    check(&outcome, &LIMITS);
}

#[test]
fn a_tight_minute_of_the_account_is_kept_too() {
    let limits = Limits { calls_per_s: 5, calls_per_min: 60, ..LIMITS };
    let outcome = Flood { conversations: 20, over_ms: 300_000, seed: 4 }.run(limits);
    check(&outcome, &limits);
}

#[test]
fn without_pressure_every_alert_goes_by_itself() {
    let flood = Flood { conversations: 2_000, over_ms: 24 * 3_600_000, seed: 5 };
    let outcome = flood.run(Limits { calls_per_month: 0, ..LIMITS });
    check(&outcome, &LIMITS_WITHOUT_MONTH);
    let merged = outcome.digests;
    assert!(merged < 100, "{merged} digests");
}

const LIMITS_WITHOUT_MONTH: Limits = Limits { calls_per_month: 0, ..LIMITS };

#[test]
fn a_small_quota_of_the_month_lasts_through_the_flood() {
    let limits = Limits { calls_per_month: 3_000, ..LIMITS };
    let outcome = Flood { conversations: 300, over_ms: 600_000, seed: 6 }.run(limits);
    check(&outcome, &limits);
}

#[test]
fn answers_go_before_alerts_of_other_conversations_and_these_before_digests() {
    let minute_ms = 60_000;
    let outcome = Flood { conversations: 300, over_ms: minute_ms, seed: 7 }.run(LIMITS);
    check(&outcome, &LIMITS);
    let median = |lane: Lane| {
        let of_lane = outcome.delays.iter().filter(|(of, at, _)| *of == lane && *at < minute_ms);
        let mut delays: Vec<i64> = of_lane.map(|(.., ms)| *ms).collect();
        delays.sort_unstable();
        delays[delays.len() / 2]
    };
    let (answer, notice, digest) =
        (median(Lane::Answer), median(Lane::Notice), median(Lane::Digest));
    assert!(answer < notice && notice < digest, "{answer} {notice} {digest} ms");
}

#[tokio::test]
async fn a_merge_that_is_cut_off_leaves_all_messages_or_the_one_that_counts_them() {
    let (mut durable, mut not) = (0, 0);
    for at_call in 1..=cut::CALLS {
        for survive in [0, 1, usize::MAX] {
            match cut::merged_while(PowerCut { at_call, survive }).await {
                true => durable += 1,
                false => not += 1,
            }
        }
    }
    assert!(durable > 0 && not > 0, "{durable} durable, {not} cut off");
}
