//! `steward outbox`: the messages that failed for good, on a store that no bot is running on.
//! Printing is for the caller.

use chrono_tz::Tz;

use crate::core::outbox::Unsent;
use crate::core::undelivered::{self, Undelivered};
use crate::model::Timestamp;
use crate::shell::rows;
use crate::store::table::encode;
use crate::store::{Commit, Fault, Key, Position, Store, Table};

/// Most that are read: more than a month of a bad platform leaves.
const READ_MAX: usize = 100_000;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Lists them.
    List,
    /// Shows one.
    Show(String),
    /// Puts one back among those to send.
    Resend(String),
    /// Removes one.
    Drop(String),
}

/// Does it; the lines are for the operator, times in `zone`.
pub fn run(
    store: &dyn Store,
    verb: &Verb,
    now: Timestamp,
    zone: Tz,
) -> Result<Vec<String>, Vec<String>> {
    let fault = |fault: Fault| vec![fault.to_string()];
    let all = all::<Undelivered>(store).map_err(fault)?;
    let named = |id: &String| {
        let found = all.iter().find(|(key, _)| undelivered::name(key) == *id);
        let unknown =
            || vec![format!("no failed message {id:?}; `steward outbox list` names them")];
        found.ok_or_else(unknown)
    };
    match verb {
        Verb::List => {
            let waiting = self::all::<Unsent>(store).map_err(fault)?.len();
            let mut lines: Vec<String> =
                all.iter().map(|(key, row)| line(key, row, zone)).collect();
            lines.push(format!("{} failed, {waiting} waiting to be sent", all.len()));
            Ok(lines)
        }
        Verb::Show(id) => named(id).map(|(key, row)| shown(key, row, zone)),
        Verb::Resend(id) => {
            let (key, row) = named(id)?;
            if row.unsent.card.confidential {
                let why = "it was confidential: its words are gone, so it cannot be sent again";
                return Err(vec![format!("{id}: {why}")]);
            }
            let again = (undelivered::outbox_key(key), Some(encode(&row.again(now))));
            write(store, key, vec![again], now).map_err(fault)?;
            let copy = if row.outcome == "unclear" { "; it may arrive twice" } else { "" };
            Ok(vec![format!("{id} will be sent at the next start{copy}")])
        }
        Verb::Drop(id) => {
            let (key, _) = named(id)?;
            write(store, key, Vec::new(), now).map_err(fault)?;
            Ok(vec![format!("{id} is dropped")])
        }
    }
}

/// Removes the row and writes others, in one commit, durably.
fn write(
    store: &dyn Store,
    key: &Key,
    mut writes: Vec<(Key, Option<Vec<u8>>)>,
    now: Timestamp,
) -> Result<(), Fault> {
    let scope = crate::core::outbox::target(&undelivered::outbox_key(key));
    writes.push((key.clone(), None));
    store.apply(vec![Commit { scope, at: now, writes, ..Commit::default() }])?;
    store.sync(Position(u64::MAX))
}

fn all<T: Table>(store: &dyn Store) -> Result<Vec<(Key, T)>, Fault> {
    let id = T::ID.0;
    Ok(rows::read::<T>(store, vec![id]..Key::after_prefix(&[id]), READ_MAX)?.records)
}

fn line(key: &Key, row: &Undelivered, zone: Tz) -> String {
    let at = row.at.local(zone).format("%Y-%m-%d %H:%M:%S");
    let (name, scope) = (undelivered::name(key), row.unsent.target.path());
    let lane = format!("{:?}", row.unsent.card.lane).to_lowercase();
    format!("{name}  {at}  {lane}  {}  {}  {scope}", row.outcome, row.why)
}

fn shown(key: &Key, row: &Undelivered, zone: Tz) -> Vec<String> {
    let Unsent { card, created_at, attempts, doubts, parts, .. } = &row.unsent;
    let said = created_at.local(zone).format("%Y-%m-%d %H:%M:%S");
    let mut lines = vec![
        line(key, row, zone),
        format!("said {said}; attempts {attempts}, in doubt {doubts}, parts that arrived {parts}"),
        String::new(),
    ];
    match card.confidential {
        true => lines.push("(confidential: its words are gone)".into()),
        false => lines.extend(card.plain().lines().map(str::to_owned)),
    }
    lines
}
