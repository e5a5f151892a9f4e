//! What other scopes show here of their records: a group's tasks in a member's direct chat,
//! subscriptions at their source.

use super::tables::Mirror;
use super::turn::Turn;
use crate::model::Scope;
use crate::model::post::Mirrored;
use crate::store::{Order, Table};

/// Most mirrors looked through: one person's open tasks in all groups.
pub const MIRRORS_MAX: usize = 500;

/// What other scopes show here, by group and handle.
pub fn shown(turn: &mut Turn) -> Vec<Mirror> {
    let mut mirrors: Vec<Mirror> =
        turn.rows::<Mirror>(MIRRORS_MAX, Order::Up).into_iter().map(|(_, m)| m).collect();
    let place = |m: &Mirror| (m.shown.title.clone(), m.shown.handle.len(), m.shown.handle.clone());
    mirrors.sort_by_key(place);
    mirrors
}

/// Keeps or drops what another scope shows here.
pub fn keep(turn: &mut Turn, from: &Scope, key: &[u8], shown: Option<&Mirrored>) {
    let mut name = from.path().into_bytes();
    name.push(0);
    name.extend_from_slice(key);
    let rest = turn.name_rest(Mirror::ID, &name);
    match shown {
        Some(shown) => turn.put_at(&rest, &Mirror { from: from.clone(), shown: shown.clone() }),
        None => turn.remove_at::<Mirror>(&rest),
    }
}

/// The scopes that show something here, each once.
pub fn showing(turn: &mut Turn) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = shown(turn).into_iter().map(|m| m.from).collect();
    scopes.sort();
    scopes.dedup();
    scopes
}
