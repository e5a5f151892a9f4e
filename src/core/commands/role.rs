//! `角色`: who is known here and what they are; roles given, changed and taken back, in this
//! conversation or in the organisation.

use crate::command::{Invocation, Role, Shape};
use crate::core::people::resolve;
use crate::core::refusal::{Missing, Refusal};
use crate::core::rights;
use crate::core::say;
use crate::core::say::role::{Changed, Known};
use crate::core::turn::Turn;
use crate::model::member::{Given, Grant, Member, Rank};
use crate::model::post::RoleSet;
use crate::model::task::Named;
use crate::model::{PersonId, Post};
use crate::store::Order;
use crate::text::fold::fold;

/// Most people shown: beyond it a list is no answer any more.
pub const SHOWN_MAX: usize = 50;

/// Words for a role, folded, without blanks.
const RANKS: [(&str, Rank); 16] = [
    ("管理员", Rank::Admin),
    ("admin", Rank::Admin),
    ("administrator", Rank::Admin),
    ("负责人", Rank::Lead),
    ("lead", Rank::Lead),
    ("leader", Rank::Lead),
    ("成员", Rank::Member),
    ("普通成员", Rank::Member),
    ("member", Rank::Member),
    ("取消", Rank::Member),
    ("撤", Rank::Member),
    ("撤掉", Rank::Member),
    ("移除", Rank::Member),
    ("删", Rank::Member),
    ("无", Rank::Member),
    ("none", Rank::Member),
];

/// What is before them where the organisation is meant.
const EVERYWHERE: [&str; 8] =
    ["整个组织", "组织", "全公司", "公司", "organisation", "organization", "org", "company"];

/// Carries out a command on roles.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    match &invocation.shape {
        Shape::List | Shape::Show(_) | Shape::Act(..) => {
            let people = resolve(turn, &args.people)?;
            let people = if people.is_empty() { seen(turn) } else { people };
            list(turn, people);
            Ok(())
        }
        Shape::Create => {
            let (names, wish) = read(args.people.clone(), &args.content)?;
            let people = resolve(turn, &names)?;
            if people.is_empty() {
                return Err(Refusal::Missing { word: "role", what: Missing::People });
            }
            give(turn, &people, wish)
        }
    }
}

/// A role that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wish {
    rank: Rank,
    everywhere: bool,
}

/// Whose role, and which: `@甲 负责人`, `甲 组织管理员`.
fn read(people: Vec<String>, content: &str) -> Result<(Vec<String>, Wish), Refusal> {
    let content = content.trim_start_matches(['→', '=', '为', '是', ' ']);
    let unread = || Refusal::NotUnderstood { word: "role".into(), part: content.to_owned() };
    if let Some(wish) = wish(content) {
        return Ok((people, wish));
    }
    // Without the @, the names come first.
    let (names, last) = content.rsplit_once(' ').ok_or_else(unread)?;
    let wish = wish(last).filter(|_| people.is_empty()).ok_or_else(unread)?;
    Ok((names.split_whitespace().map(str::to_owned).collect(), wish))
}

fn wish(text: &str) -> Option<Wish> {
    let folded: String = fold(text).text.split_whitespace().collect();
    let everywhere = EVERYWHERE.iter().find_map(|word| folded.strip_prefix(word));
    let word = everywhere.unwrap_or(&folded).trim_start_matches('的');
    let (_, rank) = RANKS.iter().find(|(name, _)| *name == word)?;
    Some(Wish { rank: *rank, everywhere: everywhere.is_some() })
}

/// Everybody seen here.
fn seen(turn: &mut Turn) -> Vec<Named> {
    let members = turn.rows::<Member>(SHOWN_MAX, Order::Up);
    members.into_iter().map(|(_, m)| Named { person: m.person, name: m.name }).collect()
}

fn list(turn: &mut Turn, people: Vec<Named>) {
    let mut known: Vec<Known> = Vec::new();
    for who in people {
        let here = match turn.scope().is_direct() {
            true => Rank::Member,
            false => rights::rank_here(turn, &who.person),
        };
        let everywhere = rights::rank_everywhere(turn, &who.person);
        known.push(Known { name: who.name, here, everywhere });
    }
    known.sort_by(|a, b| a.name.cmp(&b.name));
    let card = say::role::list(&turn.voice(), &known);
    turn.say(card);
}

fn give(turn: &mut Turn, people: &[Named], wish: Wish) -> Result<(), Refusal> {
    let Wish { rank, everywhere } = wish;
    if everywhere && !rights::has(turn, Role::Organisation, None) {
        return Err(Refusal::NotAllowed { needs: Role::Organisation });
    }
    if !everywhere && turn.scope().is_direct() {
        return Err(Refusal::NoRolesHere);
    }
    let mut changed = Vec::new();
    for who in people {
        let before = match everywhere {
            true => rights::rank_everywhere(turn, &who.person),
            false => rights::rank_here(turn, &who.person),
        };
        if before == rank {
            return Err(Refusal::SameRank { name: who.name.clone(), rank, everywhere });
        }
        let elsewhere = rights::rank_everywhere(turn, &who.person);
        changed.push(Changed { who: who.clone(), from: before, to: rank, elsewhere });
    }
    if everywhere {
        may_lose(turn, people, rank)?;
    }
    for change in &changed {
        match everywhere {
            true => tell(turn, change),
            false => put(turn, &change.who, rank),
        }
    }
    let card = say::role::given(&turn.voice(), &changed, everywhere);
    turn.say(card);
    Ok(())
}

/// Whether these may become less than admins of the organisation: not those whom the operator
/// named, and not all who are left.
fn may_lose(turn: &mut Turn, people: &[Named], rank: Rank) -> Result<(), Refusal> {
    if rank == Rank::Admin {
        return Ok(());
    }
    if let Some(who) = people.iter().find(|who| rights::is_fixed(turn, &who.person)) {
        return Err(Refusal::FixedAdmin { name: who.name.clone() });
    }
    let loses = |person: &PersonId| people.iter().any(|who| who.person == *person);
    let left = rights::grants_everywhere(turn);
    let left = left.iter().any(|g| g.rank == Rank::Admin && !loses(&g.person))
        || !turn.core.settings.admins.is_empty();
    match people.iter().find(|_| !left) {
        Some(who) => Err(Refusal::LastAdmin { name: who.name.clone() }),
        None => Ok(()),
    }
}

/// The organisation owns its roles: the record here tells it, and its undo tells it the opposite.
fn tell(turn: &mut Turn, change: &Changed) {
    let rest = rights::key(turn, &change.who.person);
    let given = Given {
        who: change.who.clone(),
        from: change.from,
        to: change.to,
        since: turn.now(),
        at: turn.scope().clone(),
        lang: turn.lang(),
    };
    turn.put_at(&rest, &given);
}

fn put(turn: &mut Turn, who: &Named, rank: Rank) {
    let rest = rights::key(turn, &who.person);
    let (person, name, since) = (who.person.clone(), who.name.clone(), turn.now());
    match rank {
        Rank::Member => turn.remove_at::<Grant>(&rest),
        Rank::Lead | Rank::Admin => turn.put_at(&rest, &Grant { person, since, rank, name }),
    }
}

/// Somebody is to have a role in the organisation: judged now, for things may have changed since it
/// was said. Only a no is answered; the rest was said there.
pub fn set(turn: &mut Turn, set: &RoleSet) {
    turn.acting.lang = set.lang;
    turn.acting.actor.clone_from(&set.by);
    let people = std::slice::from_ref(&set.who);
    let judged = match rights::has(turn, Role::Organisation, None) {
        true => may_lose(turn, people, set.to),
        false => Err(Refusal::NotAllowed { needs: Role::Organisation }),
    };
    match judged {
        Ok(()) => put(turn, &set.who, set.to),
        Err(refusal) => {
            let said = say::lacking::Said::default();
            let why = say::refusal::card(&turn.voice(), &turn.core.catalogue, &refusal, said);
            let card = say::role::not_set(&turn.voice(), &set.who.name, set.to, &why.plain());
            turn.post(set.at.clone(), Post::Say(Box::new(card)));
        }
    }
}
