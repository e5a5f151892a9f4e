//! Who may do what: the one place that compares what a person is with what a command needs. Where
//! nothing says otherwise, what touches others is denied.

use super::people::person_name;
use super::turn::Turn;
use crate::command::Role;
use crate::model::member::{Grant, Member, Rank};
use crate::model::task::Named;
use crate::model::{PersonId, Scope};
use crate::store::{Order, Table};

/// Most roles of a conversation or of the organisation: more people would not know of each other.
pub const GRANTS_MAX: usize = 200;

/// What a person is here: by a role in the organisation or in this conversation. One's own direct
/// chat is one's own to set up.
pub fn rank(turn: &mut Turn, person: &PersonId) -> Rank {
    rank_here(turn, person).max(rank_everywhere(turn, person))
}

/// What a person is in this conversation alone.
pub fn rank_here(turn: &mut Turn, person: &PersonId) -> Rank {
    match turn.scope() {
        Scope::Person(own) if own == person => Rank::Lead,
        Scope::Conversation(_) => {
            let rest = key(turn, person);
            turn.get_at::<Grant>(&rest).map_or(Rank::Member, |grant| grant.rank)
        }
        Scope::Person(_) | Scope::Source(_) | Scope::Organisation => Rank::Member,
    }
}

/// What a person is in the organisation: by the operator's settings or by its own record.
pub fn rank_everywhere(turn: &mut Turn, person: &PersonId) -> Rank {
    if is_fixed(turn, person) {
        return Rank::Admin;
    }
    let rest = key(turn, person);
    turn.get_in::<Grant>(&Scope::Organisation, &rest).map_or(Rank::Member, |grant| grant.rank)
}

/// Whether a person is an admin by the operator's settings, which no command changes.
pub fn is_fixed(turn: &Turn, person: &PersonId) -> bool {
    turn.core.settings.admins.contains(person)
}

/// Whether the acting person may; `Owner` needs to know whose the record is. With somebody's leave,
/// theirs are the rights that count.
pub fn has(turn: &mut Turn, needs: Role, owners: Option<&[PersonId]>) -> bool {
    let Some(acting) = turn.acting.in_name_of() else { return false };
    may(turn, &acting.person, needs, owners)
}

/// Whether a person may.
pub fn may(turn: &mut Turn, person: &PersonId, needs: Role, owners: Option<&[PersonId]>) -> bool {
    match needs {
        Role::Member => true,
        Role::Owner => {
            owners.is_some_and(|o| o.contains(person)) || rank(turn, person) >= Rank::Lead
        }
        Role::Lead => rank(turn, person) >= Rank::Lead,
        Role::Admin => rank(turn, person) >= Rank::Admin,
        Role::Organisation => rank_everywhere(turn, person) >= Rank::Admin,
    }
}

/// The highest role of the acting person, for help.
pub fn highest(turn: &mut Turn) -> Role {
    let all = [Role::Organisation, Role::Admin, Role::Lead];
    all.into_iter().find(|role| has(turn, *role, None)).unwrap_or(Role::Owner)
}

/// Up to `most` people who may, the nearest first: owners, then those with a role here, then those
/// of the organisation. A name is empty where nobody here has seen them.
pub fn who_may(
    turn: &mut Turn,
    needs: Role,
    owners: Option<&[PersonId]>,
    most: usize,
) -> Vec<Named> {
    let owners = owners.filter(|_| needs == Role::Owner).unwrap_or_default();
    let mut found: Vec<PersonId> = owners.to_vec();
    let mut here = grants(turn);
    here.sort_by_key(|grant| grant.rank);
    let mut everywhere = grants_everywhere(turn);
    everywhere.sort_by_key(|grant| grant.rank);
    found.extend(here.into_iter().chain(everywhere).map(|grant| grant.person));
    found.extend(turn.core.settings.admins.iter().cloned());
    let mut people: Vec<Named> = Vec::new();
    for person in found {
        let new = people.len() < most && !people.iter().any(|p| p.person == person);
        if new && may(turn, &person, needs, Some(owners)) {
            let name = known_name(turn, &person);
            people.push(Named { person, name });
        }
    }
    people
}

/// The roles given here.
pub fn grants(turn: &mut Turn) -> Vec<Grant> {
    turn.rows::<Grant>(GRANTS_MAX, Order::Up).into_iter().map(|(_, grant)| grant).collect()
}

/// The roles given in the organisation.
pub fn grants_everywhere(turn: &mut Turn) -> Vec<Grant> {
    match turn.scope() {
        Scope::Organisation => grants(turn),
        Scope::Conversation(_) | Scope::Person(_) | Scope::Source(_) => {
            turn.rows_in::<Grant>(&Scope::Organisation, GRANTS_MAX, Order::Up)
        }
    }
}

/// The name under which a person was seen here; empty where they were not.
pub fn known_name(turn: &mut Turn, person: &PersonId) -> String {
    let rest = turn.name_rest(Member::ID, person.id.as_bytes());
    let known = turn.get_at::<Member>(&rest).filter(|member| member.person == *person);
    known.map(|member| member.name).unwrap_or_default()
}

/// The rest of the key of a person's role.
pub fn key(turn: &Turn, person: &PersonId) -> [u8; 16] {
    turn.name_rest(Grant::ID, person_name(person).as_bytes())
}
