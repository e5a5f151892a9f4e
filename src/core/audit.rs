//! Who gave which role to whom and when, and who used the claim code: read from the journal of this
//! conversation or of the organisation, from the newest entry back. Says nothing itself.

use std::collections::BTreeMap;

use super::journal::Row;
use super::turn::Turn;
use crate::model::journal::{Content, Entry, What};
use crate::model::member::{Grant, Rank};
use crate::model::task::Named;
use crate::model::{Scope, Timestamp};
use crate::store::{Key, Order, ScopeHash, Table, table};

/// How many of the newest entries are looked through.
pub const ENTRIES_MAX: usize = 2_000;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shift {
    /// Somebody became something else.
    Role { whom: String, from: Rank, to: Rank },
    /// Somebody became the first admin by the claim code.
    Claimed,
    /// Somebody had the right code when it was used up.
    UsedUp,
    /// Somebody tried a wrong code.
    WrongCode,
}

/// An entry about roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// When.
    pub at: Timestamp,
    /// Who did it; `None` where that was not kept.
    pub by: Option<Named>,
    /// By whose leave.
    pub leave: Option<Named>,
    /// What.
    pub shift: Shift,
    /// The step that undoes it.
    pub step: Option<u32>,
    /// It undid something.
    pub undid: bool,
}

/// What happened to roles in this conversation, newest first.
pub fn here(turn: &mut Turn) -> Vec<Audited> {
    let rows = turn.rows::<Row>(ENTRIES_MAX, Order::Down);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    read(turn, rows, |turn, rest| turn.get_at::<Grant>(rest))
}

/// The same in the organisation.
pub fn everywhere(turn: &mut Turn) -> Vec<Audited> {
    let rows = turn.rows_in::<Row>(&Scope::Organisation, ENTRIES_MAX, Order::Down);
    read(turn, rows, |turn, rest| turn.get_in::<Grant>(&Scope::Organisation, rest))
}

/// The value of a record behind an entry is the one before the next entry that touched it.
fn read(
    turn: &mut Turn,
    rows: Vec<Row>,
    now: impl Fn(&mut Turn, &[u8]) -> Option<Grant>,
) -> Vec<Audited> {
    let mut after: BTreeMap<Vec<u8>, Option<Grant>> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows {
        let entry = row.entry.into_value();
        let content = row.content.map(|content| content.into_value());
        let mut shifts = Vec::new();
        for (nth, touched) in entry.touched.iter().enumerate() {
            if touched.table != Grant::ID.0 {
                continue;
            }
            let later = after.remove(&touched.rest).unwrap_or_else(|| now(turn, &touched.rest));
            let earlier = content.as_ref().and_then(|content| before(content, nth));
            let rank = |grant: &Option<Grant>| grant.as_ref().map_or(Rank::Member, |g| g.rank);
            let whom = later.as_ref().or(earlier.as_ref()).map(|grant| grant.name.clone());
            let (from, to) = (rank(&earlier), rank(&later));
            shifts.push(Shift::Role { whom: whom.unwrap_or_default(), from, to });
            after.insert(touched.rest.clone(), earlier);
        }
        let shifts = claimed(&entry, shifts.is_empty()).map_or(shifts, |shift| vec![shift]);
        found.extend(shifts.into_iter().map(|shift| Audited {
            at: entry.at,
            by: entry.actor.clone(),
            leave: entry.leave.clone(),
            shift,
            step: entry.step,
            undid: !entry.undoes.is_empty(),
        }));
    }
    found
}

/// A record as it was before an entry.
fn before(content: &Content, nth: usize) -> Option<Grant> {
    let bytes = content.before.get(nth)?.as_ref()?;
    table::decode(&Key::new(Grant::ID, ScopeHash::default(), &[]), bytes).ok()
}

/// What became of a claim, if the entry is of one; a code that is used up touches nothing.
fn claimed(entry: &Entry, untouched: bool) -> Option<Shift> {
    let What::Post(name) = &entry.what else { return None };
    match (name.as_str(), untouched) {
        ("admin claimed", false) => Some(Shift::Claimed),
        ("admin claimed", true) => Some(Shift::UsedUp),
        ("claim failed", _) => Some(Shift::WrongCode),
        _ => None,
    }
}
