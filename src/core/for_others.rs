//! Reminders of a direct chat that are for somebody else: who is told directly, and what the chat
//! itself hears of it. Every reminder of a group is said in the group.

use super::refusal::Refusal;
use super::say;
use super::schedule::Run;
use super::turn::Turn;
use crate::model::occurrence::Of;
use crate::model::post::SayFor;
use crate::model::reminder::Reminder;
use crate::model::task::Named;
use crate::model::{Capabilities, Handle, Lane, Post, Scope};
use crate::store::Table;

/// Whom a reminder is for who does not read this direct chat; nobody in a group.
pub fn others(scope: &Scope, to: &[Named]) -> Vec<Named> {
    match scope {
        Scope::Person(own) => to.iter().filter(|who| who.person != *own).cloned().collect(),
        Scope::Conversation(_) | Scope::Organisation | Scope::Source(_) => Vec::new(),
    }
}

/// Whether all of it is for others: then the chat's own quiet hours hold nothing back.
pub fn only(scope: &Scope, to: &[Named]) -> bool {
    !to.is_empty() && others(scope, to).len() == to.len()
}

/// The same reminder as far as it is said in this chat.
pub fn own_part(scope: &Scope, reminder: &Reminder) -> Reminder {
    let others = others(scope, &reminder.to);
    let to = reminder.to.iter().filter(|who| !others.contains(who)).cloned().collect();
    Reminder { to, ..reminder.clone() }
}

/// Refused where nobody can be written to directly; `line` is what would work in a group.
pub fn reachable(
    scope: &Scope,
    capabilities: Option<&Capabilities>,
    to: &[Named],
    line: Option<&str>,
) -> Result<(), Refusal> {
    let others = others(scope, to);
    match capabilities {
        Some(can) if !can.private_send && !others.is_empty() => {
            Err(Refusal::OnlyYouHere { others, line: line.map(str::to_owned) })
        }
        Some(_) | None => Ok(()),
    }
}

/// Tells those who don't read this chat, each in their own direct chat; should it not arrive, that
/// is the occurrence's outcome. Where nobody else is reminded the chat hears that it was done.
pub fn pass_on(turn: &mut Turn, handle: Handle, reminder: &Reminder, run: Run) {
    let others = others(turn.scope(), &reminder.to);
    let of = Of {
        scope: turn.scope().clone(),
        table: Reminder::ID.0,
        number: handle.number,
        at: run.at,
    };
    let card = say::remind::asked_for(&turn.voice(), reminder, run).in_lane(Lane::Notice);
    for who in &others {
        let said = SayFor { card: card.clone(), of: of.clone() };
        turn.post(Scope::Person(who.person.clone()), Post::SayFor(Box::new(said)));
    }
    if only(turn.scope(), &reminder.to) {
        let card = say::remind::passed_on(&turn.voice(), handle, reminder, &others);
        turn.say(card.in_lane(Lane::Notice));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PersonId;
    use crate::model::capabilities::Unit;

    fn named(id: &str) -> Named {
        Named { person: PersonId { account: "a".into(), id: id.into() }, name: id.into() }
    }

    #[test]
    fn where_nobody_can_be_written_to_only_oneself_is_reminded() {
        let (me, other) = (named("甲"), named("王芳"));
        let scope = Scope::Person(me.person.clone());
        let can = |private_send| Capabilities {
            hears_all: true,
            can_quote: true,
            buttons_type: true,
            private_send,
            text_max: 1_000,
            text_unit: Unit::Chars,
        };
        let to = [me.clone(), other.clone()];
        let line = "提醒 @王芳 明天9点 交周报";
        let refused = reachable(&scope, Some(&can(false)), &to, Some(line));
        let expected = Refusal::OnlyYouHere { others: vec![other], line: Some(line.to_owned()) };
        assert_eq!(refused, Err(expected));
        assert_eq!(reachable(&scope, Some(&can(true)), &to, Some(line)), Ok(()));
        assert_eq!(reachable(&scope, Some(&can(false)), &[me], Some(line)), Ok(()));
        assert!(only(&scope, &to[1..]) && !only(&scope, &to) && !only(&scope, &[]));
    }
}
