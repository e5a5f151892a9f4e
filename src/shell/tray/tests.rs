//! Who deals with which target, step by step.

use super::*;
use crate::core::outbox::key;
use crate::model::{Outgoing, Scope};

const A: ScopeHash = ScopeHash([1; 16]);
const B: ScopeHash = ScopeHash([2; 16]);
const T0: Timestamp = Timestamp(1_790_000_000_000);

fn message(target: ScopeHash, revision: u64) -> Message {
    (key(target, revision, 0), Unsent::new(Scope::Organisation, Outgoing::text("x"), T0))
}

fn take(tray: &Tray) -> Option<(ScopeHash, Option<usize>)> {
    let work = lock(&tray.state).take()?;
    Some((work.target, work.messages.map(|messages| messages.len())))
}

#[test]
fn a_target_has_one_sender_and_what_comes_meanwhile_waits() {
    let tray = Tray::default();
    tray.hand(A, vec![message(A, 1)]);
    tray.hand(B, vec![message(B, 1)]);
    tray.hand(A, vec![message(A, 2)]);
    assert_eq!(take(&tray), Some((A, Some(2))));
    tray.hand(A, vec![message(A, 3)]);
    assert_eq!(take(&tray), Some((B, Some(1))));
    assert_eq!(take(&tray), None);
    tray.left(A, Left::Idle);
    tray.left(B, Left::Idle);
    assert_eq!(take(&tray), Some((A, Some(1))));
    tray.left(A, Left::Idle);
    let state = lock(&tray.state);
    assert_eq!((state.held, state.targets.len()), (0, 0), "a quiet target costs nothing");
}

#[test]
fn a_target_with_waiting_messages_is_read_from_the_store() {
    let tray = Tray::default();
    tray.hand(A, vec![message(A, 1)]);
    take(&tray);
    tray.left(A, Left::Until(T0.plus_ms(9)));
    assert_eq!((tray.wake_rested(T0), take(&tray)), (Some(T0.plus_ms(9)), None));
    tray.hand(A, vec![message(A, 2)]);
    assert_eq!(take(&tray), Some((A, None)), "what waits comes first");
    tray.left(A, Left::Until(T0.plus_ms(9)));
    assert_eq!(tray.wake_rested(T0.plus_ms(9)), None);
    assert_eq!(take(&tray), Some((A, None)));
    tray.left(A, Left::More);
    assert_eq!(take(&tray), Some((A, None)));
}

#[test]
fn what_comes_beside_a_waiting_message_is_looked_at_at_once() {
    let tray = Tray::default();
    tray.hand(A, vec![message(A, 1)]);
    take(&tray);
    tray.hand(A, vec![message(A, 2)]);
    tray.left(A, Left::Until(T0.plus_ms(9)));
    assert_eq!(take(&tray), Some((A, None)));
}

#[test]
fn a_held_target_waits_for_its_call_or_for_something_more_urgent() {
    let of_lane = |revision, lane| {
        let (key, unsent) = message(A, revision);
        (key, Unsent { card: unsent.card.in_lane(lane), ..unsent })
    };
    let tray = Tray::default();
    tray.hand(A, vec![of_lane(1, Lane::Notice)]);
    take(&tray);
    tray.left(A, Left::Held(Lane::Notice, T0));
    tray.hand(A, vec![of_lane(2, Lane::Notice)]);
    assert_eq!((take(&tray), tray.wake_rested(T0)), (None, None));
    tray.call(A);
    assert_eq!(take(&tray), Some((A, None)), "all of it is read, in its order");
    assert!(!tray.has_before(A, Lane::Notice));
    tray.hand(A, vec![of_lane(3, Lane::Answer)]);
    assert!(tray.has_before(A, Lane::Notice));
    tray.left(A, Left::Held(Lane::Notice, T0));
    assert_eq!(take(&tray), Some((A, None)), "what came meanwhile is more urgent");
    tray.left(A, Left::Held(Lane::Notice, T0));
    tray.hand(B, vec![message(B, 1)]);
    tray.hand(A, vec![of_lane(4, Lane::Urgent)]);
    assert_eq!(take(&tray), Some((A, None)), "before those who came earlier");
}

#[test]
fn more_than_there_is_room_for_is_left_to_the_store() {
    let tray = Tray::default();
    for revision in 0..=SHARE_MAX as u64 {
        tray.hand(A, vec![message(A, revision)]);
    }
    assert_eq!(lock(&tray.state).held, 0);
    let work = lock(&tray.state).take().expect("it is ready");
    assert_eq!((work.messages, work.upto), (None, key(A, SHARE_MAX as u64, 0)));
}

#[tokio::test]
async fn every_sender_hears_of_the_end() {
    let tray = std::sync::Arc::new(Tray::default());
    let ends: Vec<_> = (0..3)
        .map(|_| {
            let tray = std::sync::Arc::clone(&tray);
            tokio::spawn(async move { tray.next().await })
        })
        .collect();
    tokio::task::yield_now().await;
    tray.stop();
    for end in ends {
        assert_eq!(end.await.expect("no panic"), None);
    }
    // Would hang for an hour if something still counted as under way.
    tray.wait_idle(Duration::from_secs(3600));
}
