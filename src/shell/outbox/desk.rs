//! What a sender does next with the messages of its target: send one, make one of many, or leave.
//! Decides by values and the account's gate; it sends and writes nothing.

use super::plan::{self, Closed, Next};
use crate::core::outbox::Unsent;
use crate::model::{Lane, Timestamp};
use crate::shell::gate::{Full, Gate};
use crate::shell::tray::{Left, Message};
use crate::store::ScopeHash;

/// What to do.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Deal with the message of this index.
    Send(usize),
    /// Make one of those of these indices, in the place of the first.
    Merge(Vec<usize>),
    /// Leave the target so.
    Leave(Left),
}

/// The next step for `target`, whose messages are `rows`; `full`: the store may have more behind
/// them. Without a gate (nobody speaks there) each message is to be dealt with, which ends it.
pub fn next(
    target: ScopeHash,
    rows: &[Message],
    full: bool,
    gate: Option<&Gate>,
    now: Timestamp,
) -> Step {
    let mut room = usize::MAX;
    let open = |row: &Unsent| {
        let Some(gate) = gate else { return Ok(()) };
        if gate.is_down() {
            return Err(Closed::Held);
        }
        if plan::by_reply(row, now) {
            return Ok(());
        }
        let at = gate.off_the_hour(target, row);
        if at > now {
            return Err(Closed::Until(at));
        }
        match gate.ask(target, row, now) {
            Ok(found) => {
                // With others waiting for the same account, it is one each.
                room = if gate.is_crowded() { 1 } else { found };
                Ok(())
            }
            // Without a budget for the month it goes another way, or is refused.
            Err(Full::Month) => Ok(()),
            Err(Full::Account) => Err(Closed::Held),
            Err(Full::Target(until)) => Err(Closed::Until(until)),
        }
    };
    match plan::next(rows.iter().map(|(_, row)| row), now, open) {
        Next::Idle if full => Step::Leave(Left::More),
        Next::Idle => Step::Leave(Left::Idle),
        Next::Wait(until) => Step::Leave(Left::Until(until)),
        Next::Held(n) => {
            let row = &rows[n].1;
            Step::Leave(Left::Held(row.card.lane, row.created_at))
        }
        Next::Go(n) => {
            let pile = pile(rows, n, now);
            match pile.len() > 1 && pile.len() > room {
                true => Step::Merge(pile),
                false => Step::Send(n),
            }
        }
    }
}

/// The messages of one lane from the `n`th on that can be one: up to the first that cannot, so that
/// their order stays.
fn pile(rows: &[Message], n: usize, now: Timestamp) -> Vec<usize> {
    let Some((_, first)) = rows.get(n) else { return Vec::new() };
    let (lane, doubts): (Lane, u32) = (first.card.lane, first.doubts);
    let of_lane = rows.iter().enumerate().skip(n).filter(|(_, (_, row))| row.card.lane == lane);
    let fits =
        |row: &Unsent| row.card.told.is_some() && row.doubts == doubts && !plan::by_reply(row, now);
    of_lane.take_while(|(_, (_, row))| fits(row)).map(|(at, _)| at).collect()
}
