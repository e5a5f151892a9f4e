//! What other scopes show here of their records: a group's tasks in a member's direct chat,
//! subscriptions at their source.

use super::tables::Mirror;
use super::turn::Turn;
use crate::model::Scope;
use crate::store::Order;

/// Most mirrors looked through: one person's open tasks in all groups.
pub const MIRRORS_MAX: usize = 500;

/// Most subscriptions of one source that are told of a report.
const SHOWING_MAX: usize = 10_000;

/// What other scopes show here, by group and handle.
pub fn shown(turn: &mut Turn) -> Vec<Mirror> {
    let mut mirrors: Vec<Mirror> =
        turn.rows::<Mirror>(MIRRORS_MAX, Order::Up).into_iter().map(|(_, m)| m).collect();
    let place = |m: &Mirror| (m.shown.title.clone(), m.shown.handle.len(), m.shown.handle.clone());
    mirrors.sort_by_key(place);
    mirrors
}

/// Those of one kind, by the letter of their handles.
pub fn of(turn: &mut Turn, letter: char) -> Vec<Mirror> {
    let mut mirrors = shown(turn);
    mirrors.retain(|m| m.shown.handle.starts_with(letter));
    mirrors
}

/// The scopes that show something here, each once.
pub fn showing(turn: &mut Turn) -> Vec<Scope> {
    let mirrors = turn.rows::<Mirror>(SHOWING_MAX, Order::Up);
    let mut scopes: Vec<Scope> = mirrors.into_iter().map(|(_, m)| m.from).collect();
    scopes.sort();
    scopes.dedup();
    scopes
}
