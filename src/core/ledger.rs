//! The ledger of occurrences: what became of each time at which a schedule was due. Bookkeeping
//! that no undo takes back, so that nothing is carried out twice. Nothing is said here.

use serde::{Deserialize, Serialize};

use super::schedule::{Plan, Settled};
use super::turn::Turn;
use crate::model::event::SendFailed;
use crate::model::occurrence::{Occurrence, Of, Outcome, Why};
use crate::model::post::SayFor;
use crate::model::{Lane, Outgoing, Post, Timestamp};
use crate::store::table::id;
use crate::store::{Order, Table, TableId};

/// Most folded occurrences that are counted for the one that stands for them.
const FOLDED_MAX: usize = 1_000;

/// Rounds of [`SETTLED_MAX`](super::schedule::SETTLED_MAX) occurrences that an undo leaves out at
/// once: a month of one every five minutes, decades of a daily one.
const OUTDATED_ROUNDS: usize = 20;

/// How long a message's failure can still be put on record, in ms: longer than anything is tried.
const SAID_FOR_MS: i64 = 3 * 86_400_000;

/// Forgotten rows per new one: more than one, so that they dwindle.
const FORGOTTEN: usize = 2;

impl Table for Occurrence {
    const ID: TableId = id::OCCURRENCE;
}

/// For which occurrence a message was said, keyed by the message's place in the outbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaidFor {
    /// The occurrence.
    pub of: Of,
    /// When.
    pub said_at: Timestamp,
}

impl Table for SaidFor {
    const ID: TableId = id::SAID_FOR;
}

/// What became of an occurrence; `None` if its time has not come.
pub fn outcome(turn: &mut Turn, table: TableId, number: u32, at: Timestamp) -> Option<Outcome> {
    turn.get_at::<Occurrence>(&rest(table, number, at)).map(|occurrence| occurrence.outcome)
}

/// Puts an occurrence on record, once.
pub fn record(turn: &mut Turn, table: TableId, number: u32, at: Timestamp, outcome: Outcome) {
    let settled_at = turn.now();
    turn.put_at(&rest(table, number, at), &Occurrence { outcome, settled_at });
}

/// The last occurrences of a schedule, newest first.
pub fn past(
    turn: &mut Turn,
    table: TableId,
    number: u32,
    limit: usize,
) -> Vec<(Timestamp, Occurrence)> {
    let rows = turn.rows_under::<Occurrence>(&prefix(table, number), limit, Order::Down);
    let at = |rest: &[u8]| Some(unordered(rest.get(5..)?.try_into().ok()?));
    rows.into_iter().filter_map(|(rest, row)| at(&rest).map(|at| (at, row))).collect()
}

/// Settles the occurrences of a schedule whose time has come: each that has no outcome yet gets
/// one. Those with one have been carried out or left out before.
pub fn settle(turn: &mut Turn, table: TableId, number: u32, plan: Plan) -> Settled {
    let mut due = plan.due(turn.now());
    due.times.retain(|at| outcome(turn, table, number, *at).is_none());
    let mut settled = plan.settle(&due, turn.now());
    if let Some(run) = &mut settled.run {
        run.folded += folded_before(turn, table, number);
    }
    for (at, outcome) in &settled.outcomes {
        record(turn, table, number, *at, outcome.clone());
    }
    settled
}

/// Occurrences up to now that a schedule would catch up with, though at their time it was not in
/// effect: an undo brought it back. They are left out; the first and their number are for the
/// answer.
pub fn outdate(
    turn: &mut Turn,
    table: TableId,
    number: u32,
    plan: Plan,
) -> Option<(Timestamp, usize)> {
    let (mut plan, mut times) = (plan, Vec::new());
    for _ in 0..OUTDATED_ROUNDS {
        let due = plan.due(turn.now());
        plan.next_at = due.next_at;
        times.extend(due.times);
        if plan.next_at.is_none_or(|next| next > turn.now()) {
            break;
        }
    }
    times.retain(|at| outcome(turn, table, number, *at).is_none());
    for at in &times {
        record(turn, table, number, *at, Outcome::Skipped(Why::NotInEffect));
    }
    times.first().map(|first| (*first, times.len()))
}

/// Says something for an occurrence: should it not arrive, that is its outcome. A notice waits
/// until quiet hours are over.
pub fn say(turn: &mut Turn, of: Of, card: Outgoing) {
    let unasked = matches!(card.lane, Lane::Notice | Lane::Digest);
    if let Some(until) = turn.quiet_until().filter(|_| unasked) {
        let to = turn.scope().clone();
        let said = Box::new(SayFor { card, of });
        turn.draft.posts.push((to, until, Post::SayFor(said)));
        return;
    }
    let said_at = turn.now();
    let forgotten = turn.rows::<SaidFor>(FORGOTTEN, Order::Up);
    for (rest, _) in forgotten.iter().filter(|(_, s)| s.said_at.plus_ms(SAID_FOR_MS) < said_at) {
        turn.remove_at::<SaidFor>(rest);
    }
    let nth = u16::try_from(turn.draft.said.len()).unwrap_or(u16::MAX);
    turn.put_at(&place(turn.revision + 1, nth), &SaidFor { of, said_at });
    turn.say(card);
}

/// A message did not arrive: if it was for an occurrence, that is on record from now on.
pub fn send_failed(turn: &mut Turn, failed: &SendFailed) {
    let place = place(failed.revision, failed.nth);
    let Some(SaidFor { of, .. }) = turn.get_at::<SaidFor>(&place) else { return };
    turn.remove_at::<SaidFor>(&place);
    let why = failed.why.clone();
    if of.scope == *turn.scope() {
        not_said(turn, &of, &why);
    } else {
        turn.post(of.scope.clone(), Post::NotSaid { of, why });
    }
}

/// An occurrence of this scope was carried out, and its message did not arrive.
pub fn not_said(turn: &mut Turn, of: &Of, why: &str) {
    let table = TableId(of.table);
    if outcome(turn, table, of.number, of.at) == Some(Outcome::Ran) {
        record(turn, table, of.number, of.at, Outcome::Failed(why.to_owned()));
    }
}

/// How many of the last occurrences wait for the one that stands for them.
fn folded_before(turn: &mut Turn, table: TableId, number: u32) -> usize {
    let carried = |outcome: &Outcome| !matches!(outcome, Outcome::Ran | Outcome::Failed(_));
    if !past(turn, table, number, 1).iter().any(|(_, last)| carried(&last.outcome)) {
        return 0;
    }
    let past = past(turn, table, number, FOLDED_MAX);
    let since = past.iter().map(|(_, row)| &row.outcome).take_while(|outcome| carried(outcome));
    since.filter(|outcome| **outcome == Outcome::Skipped(Why::Folded)).count()
}

/// Table and number of the schedule, then the due time.
fn rest(table: TableId, number: u32, at: Timestamp) -> Vec<u8> {
    let mut rest = prefix(table, number);
    // The sign bit is flipped so that negative instants would still sort first.
    rest.extend_from_slice(&((at.0 as u64) ^ (1 << 63)).to_be_bytes());
    rest
}

fn prefix(table: TableId, number: u32) -> Vec<u8> {
    let mut prefix = vec![table.0];
    prefix.extend_from_slice(&number.to_be_bytes());
    prefix
}

fn unordered(bytes: [u8; 8]) -> Timestamp {
    Timestamp((u64::from_be_bytes(bytes) ^ (1 << 63)) as i64)
}

/// Revision of the turn and number within it.
fn place(revision: u64, nth: u16) -> Vec<u8> {
    let mut rest = revision.to_be_bytes().to_vec();
    rest.extend_from_slice(&nth.to_be_bytes());
    rest
}
