//! `认领 管理员`: the first admin, by the one-time code that the first start printed.

use crate::command::Invocation;
use crate::core::people::{is_claim_code, person_name};
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::member::Admin;
use crate::model::{Lang, PersonId, Post, Scope};
use crate::store::{Order, Table};

/// Hands a right code on to the organisation, which grants once.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    // The line holds the code: the journal keeps only that somebody tried.
    turn.draft.confidential = true;
    let code = invocation.args.content.split_whitespace().last();
    let code = code.ok_or(Refusal::Missing { word: "claim", what: Missing::Content })?;
    if !is_claim_code(turn, code) {
        return Err(Refusal::WrongCode);
    }
    let Some(actor) = turn.acting.actor.clone() else { return Ok(()) };
    let post = Post::AdminClaimed { by: actor.person, lang: turn.lang() };
    turn.post(Scope::Organisation, post);
    Ok(())
}

/// Grants the first claim; the code is worth nothing afterwards.
pub fn grant(turn: &mut Turn, by: &PersonId, lang: Lang) {
    turn.acting.lang = lang;
    let first = turn.rows::<Admin>(1, Order::Up).is_empty();
    if first {
        let rest = turn.name_rest(Admin::ID, person_name(by).as_bytes());
        let since = turn.now();
        turn.put_at(&rest, &Admin { person: by.clone(), since });
    }
    let card = say::hello::claimed(&turn.voice(), first);
    turn.post(Scope::Person(by.clone()), Post::Say(Box::new(card)));
}
