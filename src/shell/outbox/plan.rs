//! What happens to a message next, as plain values: which of a target's messages goes, and what an
//! outcome leads to.

use crate::core::outbox::Unsent;
use crate::model::Timestamp;
use crate::platform::SendOutcome;

/// Attempts before a message that nobody takes is given up: with the longest pauses, a day.
pub const ATTEMPTS_MAX: u32 = 60;
/// Attempts in doubt: one may be repeated, so at most one copy can exist.
pub const DOUBTS_MAX: u32 = 1;
/// How many lanes there are.
const LANES: usize = 4;
/// First pause between attempts, in ms; doubles each time.
const PAUSE_MS_MIN: i64 = 1000;
/// Longest pause between attempts, in ms.
const PAUSE_MS_MAX: i64 = 30 * 60 * 1000;

/// What to do for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Deal with the message of this index.
    Go(usize),
    /// Everything waits: until then.
    Wait(Timestamp),
    /// The message of this index is the first that waits for its account.
    Held(usize),
    /// There is nothing.
    Idle,
}

/// Why a message that could go must not go yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Its target has had enough: until then.
    Until(Timestamp),
    /// Its account has: until it is called up.
    Held,
}

/// The next of a target's messages, which are in the order in which they were said: the first of
/// the most urgent lane that may go. One that waits for another attempt holds back those behind it
/// and those of lesser lanes. `open` is asked for the first of each lane at the most.
pub fn next<'a>(
    rows: impl Iterator<Item = &'a Unsent>,
    now: Timestamp,
    mut open: impl FnMut(&Unsent) -> Result<(), Closed>,
) -> Next {
    let mut heads: [Option<(usize, &Unsent)>; LANES] = [None; LANES];
    for (n, row) in rows.enumerate() {
        heads[row.card.lane as usize].get_or_insert((n, row));
    }
    let (mut held, mut until) = (None, None::<Timestamp>);
    let mut wait = |at: Timestamp| until = Some(until.map_or(at, |t| t.min(at)));
    for (n, row) in heads.into_iter().flatten() {
        if is_expired(row, now) {
            return Next::Go(n);
        }
        if row.not_before > now {
            wait(row.not_before);
            break;
        }
        match open(row) {
            Ok(()) => return Next::Go(n),
            Err(Closed::Until(at)) => wait(at),
            Err(Closed::Held) => held = held.or(Some(n)),
        }
    }
    match (held, until) {
        (Some(n), _) => Next::Held(n),
        (None, Some(until)) => Next::Wait(until),
        (None, None) => Next::Idle,
    }
}

/// Whether a message is no longer worth sending.
pub fn is_expired(row: &Unsent, now: Timestamp) -> bool {
    row.expires_at.is_some_and(|at| at <= now)
}

/// Whether a message waits for another attempt; otherwise its present attempt has begun, or is the
/// first.
pub fn is_waiting(row: &Unsent) -> bool {
    row.not_before > row.created_at
}

/// The same message as its next attempt begins.
pub fn begun(row: &Unsent) -> Unsent {
    let attempts = row.attempts.saturating_add(1);
    Unsent { attempts, not_before: row.created_at, ..row.clone() }
}

/// The same message as it waits for room, an attempt of it not made; without the way that turned
/// out to be closed.
pub fn put_back(row: &Unsent, now: Timestamp) -> Unsent {
    let not_before = now.max(row.created_at.plus_ms(1));
    Unsent { attempts: row.attempts.saturating_sub(1), reply: None, not_before, ..row.clone() }
}

/// The same message as its next part waits: the one that was sent is there and in no doubt.
pub fn next_part(row: &Unsent, now: Timestamp) -> Unsent {
    let not_before = now.max(row.created_at.plus_ms(1));
    let parts = row.parts.saturating_add(1);
    Unsent { parts, attempts: 0, doubts: 0, not_before, ..row.clone() }
}

/// Whether a message goes by the way that came with its event, which has no budget.
pub fn by_reply(row: &Unsent, now: Timestamp) -> bool {
    row.reply.as_ref().is_some_and(|reply| reply.expires_at > now)
}

/// A message found at the start of the process: an attempt that had begun is in doubt. `None` if
/// nothing changes.
pub fn found(row: &Unsent, now: Timestamp) -> Option<Unsent> {
    (!is_waiting(row)).then(|| {
        let not_before = now.max(row.created_at.plus_ms(1));
        Unsent { doubts: row.doubts.saturating_add(1), not_before, ..row.clone() }
    })
}

/// What an outcome leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum After {
    /// It is there.
    Done,
    /// Another attempt, as this row says.
    Again(Box<Unsent>),
    /// It will not go: `refused` or `unclear`, for the scope; the second is for the log.
    Failed(&'static str, String),
}

/// The step after an attempt of `row`. `spread` is a random part of a pause, 0 to 99 hundredths of
/// it.
pub fn after(outcome: SendOutcome, row: &Unsent, now: Timestamp, spread: u64) -> After {
    let pause = |asked_ms: u64| {
        let doubled = PAUSE_MS_MIN.saturating_mul(1 << row.attempts.saturating_sub(1).min(20));
        let own = doubled.min(PAUSE_MS_MAX);
        let asked = i64::try_from(asked_ms).unwrap_or(i64::MAX).min(PAUSE_MS_MAX);
        // Spread above what was asked for, never below it.
        let base = own.max(asked);
        let part = i64::try_from(spread.min(99)).unwrap_or(0);
        now.plus_ms(base + base / 4 * part / 100)
    };
    match outcome {
        SendOutcome::Sent { .. } => After::Done,
        SendOutcome::Refused { why } => After::Failed("refused", why),
        SendOutcome::Unclear { why } if row.doubts >= DOUBTS_MAX => After::Failed("unclear", why),
        SendOutcome::Unclear { .. } => {
            let doubts = row.doubts + 1;
            After::Again(Box::new(Unsent { doubts, not_before: pause(0), ..row.clone() }))
        }
        SendOutcome::RetryAfter { .. } if row.attempts >= ATTEMPTS_MAX => {
            After::Failed("refused", "not taken in any attempt".into())
        }
        SendOutcome::RetryAfter { delay_ms } => {
            After::Again(Box::new(Unsent { not_before: pause(delay_ms), ..row.clone() }))
        }
        // `deliver` has tried both ways and a new token: what is left is to try later, or not at
        // all.
        SendOutcome::Moved => After::Failed("refused", "no way is open".into()),
        SendOutcome::TokenExpired => {
            after(SendOutcome::RetryAfter { delay_ms: 0 }, row, now, spread)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lane, Outgoing, Scope};

    const T0: Timestamp = Timestamp(1_790_000_000_000);

    fn row(lane: Lane, wait_ms: i64) -> Unsent {
        let card = Outgoing::text("x").in_lane(lane);
        let said = Unsent::new(Scope::Organisation, card, T0.plus_ms(-5));
        Unsent { not_before: T0.plus_ms(wait_ms), ..said }
    }

    fn next_of(rows: &[(Lane, i64)], open: impl FnMut(&Unsent) -> Result<(), Closed>) -> Next {
        let rows: Vec<Unsent> = rows.iter().map(|&(lane, ms)| row(lane, ms)).collect();
        next(rows.iter(), T0, open)
    }

    #[test]
    fn a_waiting_message_holds_back_all_but_more_urgent_ones() {
        use Lane::{Answer, Digest, Notice, Urgent};
        let cases: [(&[(Lane, i64)], Next); 9] = [
            (&[], Next::Idle),
            (&[(Answer, 0), (Answer, 0)], Next::Go(0)),
            (&[(Answer, 9), (Notice, 0)], Next::Wait(T0.plus_ms(9))),
            (&[(Answer, 9), (Notice, 0), (Urgent, 0)], Next::Go(2)),
            (&[(Answer, 0), (Urgent, 0)], Next::Go(1)),
            (&[(Answer, 9), (Urgent, 4)], Next::Wait(T0.plus_ms(4))),
            (&[(Notice, 9), (Notice, 0), (Answer, 0)], Next::Go(2)),
            (&[(Digest, 0), (Notice, 0), (Answer, 0)], Next::Go(2)),
            (&[(Digest, 0), (Notice, 0)], Next::Go(1)),
        ];
        for (rows, want) in cases {
            assert_eq!(next_of(rows, |_| Ok(())), want, "{rows:?}");
        }
    }

    #[test]
    fn what_is_held_gives_way_to_what_is_not() {
        use Lane::{Answer, Digest, Notice};
        let rows = [(Digest, 0), (Notice, 0), (Notice, 0), (Answer, 0)];
        let by_lane = |held: &'static [Lane]| {
            move |row: &Unsent| match held.contains(&row.card.lane) {
                true => Err(Closed::Held),
                false => Ok(()),
            }
        };
        assert_eq!(next_of(&rows, by_lane(&[Answer])), Next::Go(1));
        assert_eq!(next_of(&rows, by_lane(&[Answer, Notice, Digest])), Next::Held(3));
        let at = T0.plus_ms(7);
        assert_eq!(next_of(&rows, |_| Err(Closed::Until(at))), Next::Wait(at));
    }

    #[test]
    fn an_expired_message_holds_nobody_back() {
        let mut old = row(Lane::Answer, 60_000);
        old.expires_at = Some(T0);
        let next = next([old, row(Lane::Answer, 0)].iter(), T0, |_| Ok(()));
        assert_eq!(next, Next::Go(0));
    }

    #[test]
    fn pauses_grow_are_spread_upwards_and_have_a_limit() {
        let wait = |attempts, delay_ms, spread| {
            let row = Unsent { attempts, ..row(Lane::Notice, 0) };
            match after(SendOutcome::RetryAfter { delay_ms }, &row, T0, spread) {
                After::Again(row) => row.not_before.0 - T0.0,
                step => panic!("{step:?}"),
            }
        };
        assert_eq!((wait(1, 0, 0), wait(2, 0, 0), wait(5, 0, 0)), (1000, 2000, 16_000));
        assert_eq!(wait(1, 7000, 0), 7000);
        assert_eq!(wait(1, 0, 80), 1200);
        assert_eq!(wait(50, u64::MAX, 0), PAUSE_MS_MAX);
    }

    #[test]
    fn a_doubt_allows_one_copy_and_no_more() {
        let unclear = || SendOutcome::Unclear { why: "time-out".into() };
        let After::Again(second) = after(unclear(), &row(Lane::Notice, 0), T0, 0) else {
            panic!("one more attempt is allowed")
        };
        let second = begun(&second);
        assert_eq!((second.attempts, second.doubts), (2, 1));
        assert!(!is_waiting(&second));
        assert_eq!(after(unclear(), &second, T0, 0), After::Failed("unclear", "time-out".into()));
    }

    #[test]
    fn a_begun_attempt_found_at_start_is_in_doubt_a_waiting_one_is_not() {
        let begun_row = Unsent { not_before: T0.plus_ms(-5), ..row(Lane::Notice, 0) };
        let in_doubt = found(&begun_row, T0).expect("it had begun");
        assert_eq!(in_doubt.doubts, 1);
        assert!(is_waiting(&in_doubt));
        assert_eq!(found(&in_doubt, T0.plus_ms(1)), None, "a second start finds it waiting");
    }

    #[test]
    fn a_message_nobody_takes_is_given_up() {
        let row = Unsent { attempts: ATTEMPTS_MAX, ..row(Lane::Notice, 0) };
        let step = after(SendOutcome::TokenExpired, &row, T0, 0);
        assert!(matches!(step, After::Failed("refused", _)), "{step:?}");
    }
}
