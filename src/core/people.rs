//! Who is meant by an @name. Names come from senders seen; rights never from names.

use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use super::turn::Turn;
use crate::model::PersonId;
use crate::model::event::Incoming;
use crate::model::member::Member;
use crate::model::task::Named;
use crate::store::{Order, Table};
use crate::text::{cut, fold, near};

/// Words that no display name changes the meaning of, where it stands without an @; folded.
const NO_NAMES: [&str; 16] = [
    "我",
    "自己",
    "我们",
    "大家",
    "所有人",
    "各位",
    "大伙",
    "全员",
    "全体",
    "me",
    "us",
    "all",
    "everyone",
    "everybody",
    "the team",
    "管家",
];

/// Most people looked through for one name: a large group's members.
pub const MEMBERS_MAX: usize = 2_000;

/// Most people named in one command: each may cost a look through all members.
pub const NAMED_MAX: usize = 20;
/// Most names suggested for one that fits nobody: what fits a line.
const NEAR_MAX: usize = 3;

/// Longest name that is shown, in characters.
pub const NAME_CHARS_MAX: usize = 32;

/// The directory: the sender and everyone @-ed by id and name, and the conversation's title.
pub fn learn(turn: &mut Turn, message: &Incoming) {
    if !message.title.is_empty() {
        turn.draft.head.title = cut::chars(&cut::one_line(&message.title), NAME_CHARS_MAX);
    }
    let sender = (&message.sender.person, message.sender.name.as_str());
    let mentioned =
        message.mentions.iter().filter_map(|m| m.person.as_ref().zip(m.name.as_deref()));
    for (person, name) in std::iter::once(sender).chain(mentioned) {
        let name = shown(name);
        let rest = turn.name_rest(Member::ID, person.id.as_bytes());
        let known = turn.get_at::<Member>(&rest);
        if !name.is_empty() && known.is_none_or(|m| m.name != name) {
            turn.put_at(&rest, &Member { person: person.clone(), name });
        }
    }
}

/// Everybody's name here, the longest first: members and those who are @-ed.
pub fn names(turn: &mut Turn) -> Vec<String> {
    let members = turn.rows::<Member>(MEMBERS_MAX, Order::Up);
    let mut names: Vec<String> = members.into_iter().map(|(_, member)| member.name).collect();
    let mentions = turn.incoming().map(|message| message.mentions.as_slice()).unwrap_or_default();
    names.extend(mentions.iter().filter_map(|mentioned| mentioned.name.as_deref()).map(shown));
    let word = |name: &String| NO_NAMES.contains(&fold::fold(name).text.as_str());
    names.retain(|name| !name.is_empty() && !word(name));
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    names
}

/// Whether somebody here is called so.
pub fn is_known(turn: &mut Turn, name: &str) -> bool {
    let wanted = fold::fold(name).text;
    names(turn).iter().any(|known| fold::fold(known).text == wanted)
}

/// A name fit to be shown: one line, short, without a leading @ of its own.
pub fn shown(name: &str) -> String {
    cut::chars(cut::one_line(name).trim_start_matches(['@', '＠']), NAME_CHARS_MAX)
}

/// The people behind @names, each once, in order.
pub fn resolve(turn: &mut Turn, names: &[String]) -> Result<Vec<Named>, Refusal> {
    if names.len() > NAMED_MAX {
        return Err(Refusal::Limit { what: "people", most: NAMED_MAX });
    }
    let mut people: Vec<Named> = Vec::new();
    for name in names {
        let who = resolve_one(turn, name, names.len())?;
        if !people.iter().any(|p| p.person == who.person) {
            people.push(who);
        }
    }
    Ok(people)
}

fn resolve_one(turn: &mut Turn, name: &str, asked: usize) -> Result<Named, Refusal> {
    let wanted = fold::fold(name).text;
    let me = turn.acting.actor.clone();
    if let Some(me) = me.clone().filter(|_| ["我", "me", "自己"].contains(&wanted.as_str())) {
        return Ok(me);
    }
    if let Some(message) = turn.incoming() {
        let fits = |m: &&crate::model::event::Mentioned| {
            m.name.as_deref().is_some_and(|n| fold::fold(n).text == wanted)
        };
        let by_name = message.mentions.iter().find(fits);
        // One name in the text and one person @-ed: it can only be them.
        let only = (asked == 1 && message.mentions.len() == 1).then(|| &message.mentions[0]);
        let found = by_name.or(only.filter(|m| m.name.is_none()));
        if let Some(person) = found.and_then(|m| m.person.clone()) {
            return Ok(Named { person, name: shown(name) });
        }
    }
    let members = turn.rows::<Member>(MEMBERS_MAX, Order::Up);
    let names: Vec<String> = members.iter().map(|(_, m)| m.name.clone()).collect();
    let fits: Vec<Member> = members
        .into_iter()
        .map(|(_, m)| m)
        .filter(|m| fold::fold(&m.name).text == wanted)
        .collect();
    match fits.as_slice() {
        [one] => Ok(Named { person: one.person.clone(), name: one.name.clone() }),
        [] => me.filter(|me| fold::fold(&me.name).text == wanted).ok_or_else(|| {
            let near = near::nearest(name, names.iter().map(String::as_str), NEAR_MAX);
            let near = near.into_iter().map(str::to_owned).collect();
            Refusal::NoSuchPerson { name: shown(name), near }
        }),
        [..] => Err(Refusal::SeveralPeople { name: shown(name), count: fits.len() }),
    }
}

/// A person as one line, unambiguous across accounts.
pub fn person_name(person: &PersonId) -> String {
    format!("{}\u{0}{}", person.account, person.id)
}

/// Whether this is the operator's one-time claim code. Compared by hash, so that time tells
/// nothing.
pub fn is_claim_code(turn: &Turn, code: &str) -> bool {
    // It is printed in capitals, and copied by hand.
    let hash: [u8; 32] = Sha256::digest(code.to_ascii_uppercase().as_bytes()).into();
    turn.core.settings.claim_code_hash == Some(hash)
}
