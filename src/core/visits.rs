//! Visits to the archive page: asked for, begun, over. What is done during one is `on_page`'s, what
//! is read `visitor`'s.

use super::rights;
use super::say;
use super::turn::Turn;
use super::visit::{
    LINK_LIFE_MS, State, VISIT_LIFE_MS, Visit, VisitKey, hash_of, reply_key, visit_key,
};
use crate::command::Role;
use crate::model::post::Due;
use crate::model::{PersonId, Post, Scope, Timestamp};
use crate::store::{Order, table};

/// Who may look through a conversation's archive; one's own direct chat is one's own.
pub const NEEDS: Role = Role::Lead;

/// Most visits of a conversation at once: more leads and admins it has not.
pub const VISITS_MAX: usize = 200;

/// Why nobody is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// There is no such visit, or not any more.
    Over,
    /// Whoever it is for may not any more.
    NotAllowed,
}

/// A new visit of whoever acts; until when its address is good. Another address that they did not
/// use is void.
pub fn begin(turn: &mut Turn) -> Option<Timestamp> {
    let by = turn.acting.actor.clone()?;
    let waits = |visit: &Visit| matches!(visit.state, State::Asked { .. });
    for (number, visit) in of(turn, &by.person) {
        if waits(&visit) {
            remove(turn, number, &visit);
        }
    }
    let token = turn.input.fresh_secret;
    let until = turn.now().plus_ms(LINK_LIFE_MS);
    let number = turn.next_number::<Visit>();
    let state = State::Asked { link: hash_of(token) };
    let (leave, lang) = (turn.acting.leave.clone(), turn.lang());
    let visit = Visit { by: by.clone(), leave, lang, until, state };
    put(turn, number, &visit);
    let place = turn.title().to_owned();
    let url = format!("{}/archive#{token}", turn.core.settings.public_url);
    let card = say::page::link(&turn.voice(), &place, &url, until);
    turn.post(Scope::Person(by.person), Post::Say(Box::new(card)));
    Some(until)
}

/// Somebody used an address. Whether the visit is theirs is read from the record afterwards.
pub fn opened(turn: &mut Turn, number: u32, link: &[u8; 16], session: &[u8; 16]) {
    turn.draft.confidential = true;
    let Some(visit) = turn.get::<Visit>(number) else { return };
    let waits = visit.state == State::Asked { link: *link } && visit.until > turn.now();
    if !waits {
        return;
    }
    turn.acting.actor = Some(visit.by.clone());
    remove(turn, number, &visit);
    if rights::may(turn, visit.in_name_of(), NEEDS, None) {
        let until = turn.now().plus_ms(VISIT_LIFE_MS);
        put(turn, number, &Visit { until, state: State::Open { session: *session }, ..visit });
    }
}

/// The visit of a session, if it still stands; its visitor acts from here on.
pub fn admit(turn: &mut Turn, number: u32, session: &[u8; 16]) -> Result<Visit, Denied> {
    let visit = turn.get::<Visit>(number).ok_or(Denied::Over)?;
    if visit.state != (State::Open { session: *session }) || visit.until <= turn.now() {
        return Err(Denied::Over);
    }
    if !rights::may(turn, visit.in_name_of(), NEEDS, None) {
        return Err(Denied::NotAllowed);
    }
    turn.acting.actor = Some(visit.by.clone());
    Ok(visit)
}

/// All visits of a person here are over; how many they were.
pub fn end_all(turn: &mut Turn, person: &PersonId) -> usize {
    let visits = of(turn, person);
    for (number, visit) in &visits {
        remove(turn, *number, visit);
    }
    visits.len()
}

/// A visit is over.
pub fn end(turn: &mut Turn, number: u32) {
    if let Some(visit) = turn.get::<Visit>(number) {
        turn.acting.actor = Some(visit.by.clone());
        remove(turn, number, &visit);
    }
}

/// Its time is over.
pub fn expire(turn: &mut Turn, due: &Due) {
    let now = turn.now();
    if let Some(visit) = turn.get::<Visit>(due.number).filter(|visit| visit.until <= now) {
        remove(turn, due.number, &visit);
    }
}

fn of(turn: &mut Turn, person: &PersonId) -> Vec<(u32, Visit)> {
    let mut visits = turn.list::<Visit>(VISITS_MAX, Order::Down);
    visits.retain(|(_, visit)| visit.by.person == *person);
    visits
}

fn put(turn: &mut Turn, number: u32, visit: &Visit) {
    let to = VisitKey { scope: turn.scope().clone(), number };
    turn.draft.writes.insert(visit_key(visit.key()), Some(table::encode(&to)));
    turn.put(number, visit);
}

fn remove(turn: &mut Turn, number: u32, visit: &Visit) {
    turn.draft.writes.insert(visit_key(visit.key()), None);
    if let State::Open { session } = &visit.state {
        turn.draft.writes.insert(reply_key(session), None);
    }
    turn.remove::<Visit>(number);
}
