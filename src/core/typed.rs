//! Commands typed in a direct chat about a record of a group: sent there by a post, answered by
//! another.

use super::elsewhere::shown;
use super::refusal::Refusal;
use super::tables::Mirror;
use super::turn::Turn;
use super::{dispatch, say};
use crate::command::{ParseError, parse};
use crate::model::post::Typed;
use crate::model::task::Named;
use crate::model::{Post, Scope};

/// In a direct chat, `群名 T1 完成` goes to the group it names; says whether it did.
pub fn forward(turn: &mut Turn, text: &str) -> bool {
    let Some(actor) = turn.acting.actor.clone().filter(|_| turn.scope().is_direct()) else {
        return false;
    };
    let named = |m: &Mirror| {
        let rest = text.strip_prefix(m.shown.title.as_str())?.trim_start();
        (!m.shown.title.is_empty() && rest.to_uppercase().starts_with(&m.shown.handle))
            .then(|| (m.from.clone(), rest.to_owned()))
    };
    let Some((to, line)) = shown(turn).iter().find_map(named) else { return false };
    turn.post(to, Post::Typed(Box::new(Typed { by: actor.person, name: actor.name, line })));
    true
}

/// A command typed in a direct chat about a record here: carried out in that person's name,
/// answered there.
pub fn typed(turn: &mut Turn, typed: &Typed) {
    turn.acting.actor = Some(Named { person: typed.by.clone(), name: typed.name.clone() });
    let core = turn.core;
    let read = parse::parse(&core.catalogue, &typed.line, turn.reference(), core.settings.lang);
    match read {
        Ok(invocation) => dispatch::dispatch(turn, &invocation),
        Err(ParseError::Talk | ParseError::Empty) => {}
        Err(error) => {
            let refusal = Refusal::Parse(error);
            let card = say::refusal::card(&turn.voice(), &core.catalogue, &refusal);
            turn.say(card);
        }
    }
    for card in std::mem::take(&mut turn.draft.said) {
        turn.post(Scope::Person(typed.by.clone()), Post::Say(Box::new(card)));
    }
}
