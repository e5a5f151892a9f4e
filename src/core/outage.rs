//! Stretches of time in which the bot did not run: what was said in them it never heard. They hold
//! for all conversations at once, so a conversation asks for those within its own time.

use serde::{Deserialize, Serialize};

use super::journal::Row;
use super::turn::Turn;
use crate::model::{Scope, Timestamp};
use crate::store::table::{self, id};
use crate::store::{Fault, Key, Order, ScopeHash, Table, TableId, Value, View};

/// How often it is noted that the bot runs, in ms.
pub const BEAT_MS: i64 = 60_000;
/// Shorter ones are restarts: what was said then platforms mostly deliver again.
const SHORTEST_MS: i64 = 3 * BEAT_MS;
/// Outages that are looked through: one a day for years.
const OUTAGES_MAX: usize = 2_000;

/// When it was noted last that the bot runs. One row over all scopes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alive {
    /// Then.
    pub at: Timestamp,
}

impl Table for Alive {
    const ID: TableId = id::ALIVE;
}

/// A stretch in which it did not run. Over all scopes, by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// When it last ran before.
    pub from: Timestamp,
    /// When it ran again.
    pub to: Timestamp,
}

impl Table for Outage {
    const ID: TableId = id::OUTAGE;
}

/// What is missing of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// In how many outages.
    pub count: u32,
    /// From where to where, the longest stretch from the first to the last.
    pub span: Option<(Timestamp, Timestamp)>,
    /// How long they were together, in ms.
    pub ms: i64,
}

/// Where it stands when the bot ran last.
pub fn alive_key() -> Key {
    Key::global(id::ALIVE, &[])
}

/// That it runs now.
pub fn beat(now: Timestamp) -> (Key, Option<Value>) {
    (alive_key(), Some(table::encode(&Alive { at: now })))
}

/// What a start writes: that it runs now, and the outage before it.
pub fn begun(last: Option<Alive>, now: Timestamp) -> Vec<(Key, Option<Value>)> {
    let outage = last.map(|last| Outage { from: last.at, to: now });
    let outage = outage.filter(|outage| outage.to.0 - outage.from.0 >= SHORTEST_MS);
    let key = |outage: &Outage| Key::global(id::OUTAGE, &outage.from.0.to_be_bytes());
    let outage = outage.map(|outage| (key(&outage), Some(table::encode(&outage))));
    outage.into_iter().chain([beat(now)]).collect()
}

/// What this conversation lacks of a stretch of time. Where the platform does not hand over all
/// that is said, that is missing anyway.
pub fn within(turn: &mut Turn, from: Option<Timestamp>, to: Option<Timestamp>) -> Missing {
    let hears_all = turn.capabilities().is_some_and(|can| can.hears_all);
    let is_group = matches!(turn.scope(), Scope::Conversation(_));
    if !hears_all || !is_group {
        return Missing::default();
    }
    let read = between(turn.view, turn.hash, from, to);
    turn.caught(read.map(Some)).unwrap_or_default()
}

/// The same of a scope that hears all.
pub fn between(
    view: View,
    scope: ScopeHash,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<Missing, Fault> {
    // Before its first entry there was nobody to be heard.
    let Some(first) = view.get::<Row>(scope, &1u64.to_be_bytes())? else {
        return Ok(Missing::default());
    };
    let from = from.unwrap_or_default().max(first.entry.at);
    let to = to.unwrap_or(Timestamp(i64::MAX));
    let range = vec![id::OUTAGE.0]..Key::after_prefix(&[id::OUTAGE.0]);
    let mut missing = Missing::default();
    for (key, value) in view.store.scan(range, OUTAGES_MAX, Order::Down)? {
        let outage: Outage = table::decode(&key, &value)?;
        let (begin, end) = (outage.from.max(from), outage.to.min(to));
        if begin >= end {
            continue;
        }
        let (first, last) = missing.span.unwrap_or((begin, end));
        missing.count += 1;
        missing.ms += end.0 - begin.0;
        missing.span = Some((first.min(begin), last.max(end)));
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_is_no_outage_and_a_clock_set_back_is_none() {
        let at = |minutes: i64| Timestamp(minutes * 60_000);
        let rows = |last: i64, now: i64| begun(Some(Alive { at: at(last) }), at(now)).len();
        assert_eq!(begun(None, at(9)).len(), 1, "the first start");
        assert_eq!((rows(0, 2), rows(0, 3), rows(9, 2)), (1, 2, 1));
    }
}
