//! Budgets, the line and the robot, step by step.

use super::*;
use crate::model::told::{Kind, Told};
use crate::model::{Lang, Outgoing, Scope};

const T0: Timestamp = Timestamp(1_790_000_000_000);

fn target(n: u8) -> ScopeHash {
    ScopeHash([n; 16])
}

fn row(lane: Lane) -> Unsent {
    Unsent::new(Scope::Organisation, Outgoing::text("x").in_lane(lane), T0)
}

#[test]
fn a_target_has_a_minute_of_its_own() {
    let gate = Gate::new(Limits { calls_per_s: 100, target_per_min: 4, ..Limits::default() });
    for _ in 0..2 {
        gate.take(target(1), &row(Lane::Notice), T0).expect("there is room");
    }
    let full = gate.ask(target(1), &row(Lane::Notice), T0).expect_err("two are for others");
    assert!(matches!(full, Full::Target(at) if at > T0.plus_ms(MINUTE_MS)), "{full:?}");
    assert_eq!(gate.ask(target(1), &row(Lane::Urgent), T0), Ok(2));
    assert!(gate.ask(target(2), &row(Lane::Notice), T0).is_ok());
}

#[test]
fn the_months_quota_ends_for_digests_before_it_does_for_urgent_messages() {
    let gate = Gate::new(Limits { calls_per_month: 100, ..Limits::default() });
    for (lane, most) in [(Lane::Digest, 88), (Lane::Notice, 93), (Lane::Urgent, 100)] {
        while gate.take(target(1), &row(lane), T0).is_ok() {}
        let ended = gate.take(target(1), &row(lane), T0);
        assert_eq!((ended, gate.month().calls), (Err(Full::Month), most));
    }
    let next_month = T0.plus_ms(31 * 86_400_000);
    assert_eq!(gate.take(target(1), &row(Lane::Digest), next_month), Ok(()));
    assert_eq!(gate.month().calls, 1);
}

#[test]
fn what_can_be_merged_is_rationed_once_half_of_the_month_is_used() {
    let gate = Gate::new(Limits { calls_per_month: 100, ..Limits::default() });
    let mut alert = row(Lane::Notice);
    alert.card.told = Some(Told::one(Lang::Zh, Kind::Alert, "库存", 1));
    (0..50).for_each(|_| gate.take(target(1), &alert, T0).expect("there is room"));
    assert_eq!(gate.take(target(2), &alert, T0), Ok(()));
    let hour = T0.plus_ms(60 * MINUTE_MS);
    assert_eq!(gate.take(target(2), &alert, T0), Err(Full::Target(hour)));
    assert_eq!(gate.take(target(2), &row(Lane::Notice), T0), Ok(()), "a reminder is not");
    assert_eq!(gate.ask(target(2), &alert, hour), Ok(1));
}

#[test]
fn a_robot_that_had_too_much_is_shut_for_ten_minutes() {
    let ten_minutes = 10 * MINUTE_MS;
    let limits = Limits { robot_per_min: 20, robot_shut_ms: ten_minutes, ..Limits::default() };
    let gate = Gate::new(limits);
    let taken = (0..20).filter(|_| gate.take_robot(Lane::Notice, T0).is_ok()).count();
    assert_eq!(taken, 14, "six are for answers and urgent messages");
    assert_eq!(gate.take_robot(Lane::Urgent, T0), Ok(()));
    gate.shut_robot(T0);
    let until = T0.plus_ms(ten_minutes);
    assert_eq!(gate.take_robot(Lane::Urgent, until.plus_ms(-1)), Err(until));
    assert_eq!(gate.take_robot(Lane::Urgent, until), Ok(()));
}

#[test]
fn the_line_is_called_up_by_lane_then_by_age() {
    let gate = Gate::new(Limits { calls_per_s: 4, ..Limits::default() });
    for (n, lane, age) in [
        (1, Lane::Notice, 9),
        (2, Lane::Answer, 1),
        (3, Lane::Answer, 5),
        (4, Lane::Digest, 99),
        (5, Lane::Urgent, 0),
    ] {
        gate.enter(target(n), lane, T0.plus_ms(-age));
    }
    // One of four is for urgent messages alone, one more for answers.
    let (called, next) = gate.call_up(T0);
    assert_eq!(called, [5, 3, 2].map(target));
    assert!(next.is_some_and(|at| at > T0));
    called.iter().for_each(|t| gate.take(*t, &row(Lane::Urgent), T0).expect("there is room"));
    assert_eq!(gate.call_up(T0).0, []);
    let later = T0.plus_ms(2000);
    assert_eq!(gate.call_up(later).0, [1].map(target));
    gate.leave(target(4));
    assert!(!gate.is_crowded());
    assert_eq!(gate.call_up(later), (Vec::new(), None));
}

#[test]
fn reports_of_the_full_or_half_hour_are_spread_behind_it_and_nothing_else_is() {
    let gate = Gate::new(Limits { spread_ms: 120_000, ..Limits::default() });
    let hour = Timestamp(T0.0 - T0.0.rem_euclid(HALF_HOUR_MS));
    let report = Unsent { created_at: hour, ..row(Lane::Digest) };
    let spread: Vec<i64> = (0..60)
        .map(|n| gate.off_the_hour(target(n * 4), &report).0 - hour.0)
        .inspect(|ms| assert!((0..120_000).contains(ms), "{ms}"))
        .collect();
    let minutes = spread.iter().filter(|ms| **ms >= 60_000).count();
    assert!((15..=45).contains(&minutes), "{minutes} of 60 in the second minute");
    assert_eq!(gate.off_the_hour(target(1), &report), gate.off_the_hour(target(1), &report));
    for other in [
        Unsent { created_at: hour, ..row(Lane::Notice) },
        Unsent { created_at: hour.plus_ms(7 * MINUTE_MS), ..row(Lane::Digest) },
    ] {
        assert_eq!(gate.off_the_hour(target(9), &other), other.created_at);
    }
    let none = Gate::new(Limits::default());
    assert_eq!(none.off_the_hour(target(9), &report), hour);
}
