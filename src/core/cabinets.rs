//! The cabinets of a conversation: which there are, what one is called, who takes messages out.

use std::collections::BTreeMap;

use super::refusal::{OfCabinet, Refusal};
use super::rights;
use super::tags::COUNTED_MAX;
use super::turn::Turn;
use crate::command::Role;
use crate::model::cabinet::{Cabinet, Charge};
use crate::model::message::{CABINET_CHARS_MAX, Message};
use crate::model::{Handle, PersonId};
use crate::store::Order;
use crate::text::cut;
use crate::text::fold::fold;
use crate::text::slip;

/// Most cabinets of a conversation: more nobody would tell apart.
pub const CABINETS_MAX: usize = 100;

/// How far a name may be from another to be taken for it mistyped, in hundredths of a slip: one
/// character that sounds or looks alike.
const SLIP_MAX: u32 = 40;

/// Asks which there are; folded.
const ASKS: &[&str] = &[
    "有哪些",
    "有哪些库",
    "哪些库",
    "库",
    "列表",
    "库列表",
    "了哪些",
    "了什么",
    "了几个库",
    "which",
    "list",
    "cabinets",
    "which cabinets",
];

/// Whether what stands behind the word asks which cabinets there are.
pub fn asks(content: &str) -> bool {
    let folded = fold(content).text;
    ASKS.contains(&folded.trim_matches(|c: char| c.is_whitespace() || "?？。.".contains(c)))
}

/// Every cabinet, the oldest first.
pub fn all(turn: &mut Turn) -> Vec<(u32, Cabinet)> {
    turn.list(CABINETS_MAX, Order::Up)
}

/// Who looks after a cabinet, and whether it takes more.
pub fn charge(turn: &mut Turn, number: u32) -> Charge {
    turn.get(number).unwrap_or_default()
}

/// A name as it is kept: one line, not too long.
pub fn name(typed: &str) -> Result<String, Refusal> {
    let name = cut::one_line(typed);
    match name.chars().count() <= CABINET_CHARS_MAX {
        true => Ok(name),
        false => Err(Refusal::Limit { what: "cabinet", most: CABINET_CHARS_MAX }),
    }
}

/// The cabinet of a name, of any width and case.
pub fn by_name(turn: &mut Turn, name: &str) -> Option<(u32, Cabinet)> {
    let wanted = fold(name).text;
    all(turn).into_iter().find(|(_, known)| fold(&known.name).text == wanted)
}

/// A cabinet to put messages in, as it is called here. In this line one that sounds or looks like
/// another was named; it is asked which is meant.
pub fn fit(turn: &mut Turn, typed: &str, line: &str) -> Result<String, Refusal> {
    let typed = name(typed)?;
    if let Some((number, known)) = by_name(turn, &typed) {
        return match charge(turn, number).closed {
            true => Err(Refusal::Cabinet(OfCabinet::Closed { handle: handle(number) })),
            false => Ok(known.name),
        };
    }
    let signs = slip::signs(&typed);
    let is_near = |known: &str| slip::distance(&signs, &slip::signs(known)) <= SLIP_MAX;
    match all(turn).into_iter().find(|(_, known)| is_near(&known.name)) {
        None => Ok(typed),
        Some((_, known)) => {
            let meant = line.replacen(&typed, &known.name, 1);
            let new = turn.voice().pick("库 新建", "cabinet new");
            let lines = vec![meant, format!("{new} {typed}")];
            Err(Refusal::Which { part: typed, lines })
        }
    }
}

/// The cabinet of this name, as it is called.
pub fn called(turn: &mut Turn, name: &str) -> Option<String> {
    by_name(turn, name.trim()).map(|(_, known)| known.name)
}

/// How many of the newest messages lie in each, and whether there are older ones, which were not
/// counted.
pub fn counts(turn: &mut Turn) -> (BTreeMap<String, usize>, bool) {
    let messages = turn.list::<Message>(COUNTED_MAX, Order::Down);
    let (cut, mut counts) = (messages.len() == COUNTED_MAX, BTreeMap::new());
    for (_, message) in messages.into_iter().filter(|(_, message)| message.is_shown()) {
        if let Some(cabinet) = message.cabinet {
            *counts.entry(cabinet).or_default() += 1;
        }
    }
    (counts, cut)
}

/// Keeps in mind that there is a cabinet of this name.
pub fn know(turn: &mut Turn, name: &str) -> Result<u32, Refusal> {
    if let Some((number, _)) = by_name(turn, name) {
        return Ok(number);
    }
    if all(turn).len() >= CABINETS_MAX {
        return Err(Refusal::Limit { what: "cabinets", most: CABINETS_MAX });
    }
    let number = turn.next_number::<Cabinet>();
    let (by, at) = (turn.acting.actor.clone(), turn.now());
    turn.put(number, &Cabinet { name: name.to_owned(), by, at });
    Ok(number)
}

/// That the acting person may take messages out of a cabinet.
pub fn opens(turn: &mut Turn, name: &str) -> Result<(), Refusal> {
    let Some((number, known)) = by_name(turn, name) else { return Ok(()) };
    let owners = charge(turn, number).owners;
    let people: Vec<PersonId> = owners.iter().map(|owner| owner.person.clone()).collect();
    if people.is_empty() || rights::has(turn, Role::Owner, Some(&people)) {
        return Ok(());
    }
    Err(Refusal::Cabinet(OfCabinet::NotYours { name: known.name, owners }))
}

/// The handle of a cabinet.
pub fn handle(number: u32) -> Handle {
    Handle { letter: 'C', number }
}
