//! `认领 管理员`: the first admin, by the one-time code that the first start printed.

use crate::command::Invocation;
use crate::core::people::is_claim_code;
use crate::core::refusal::{Missing, Refusal};
use crate::core::rights;
use crate::core::say;
use crate::core::tables::{Count, counter_rest};
use crate::core::turn::Turn;
use crate::model::journal::What;
use crate::model::member::{Grant, Rank};
use crate::model::report::Counted;
use crate::model::task::Named;
use crate::model::{Lang, PersonId, Post, Scope};

/// Wrong codes that are looked at on one day, whoever gives them: somebody who has to copy one by
/// hand needs a few, and guessing needs billions. The next day there are as many again.
pub const WRONG_A_DAY_MAX: i64 = 20;

/// Hands a right code on to the organisation, which grants once.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    // The line holds the code: the journal keeps only that somebody tried.
    turn.draft.confidential = true;
    let code = invocation.args.content.split_whitespace().last();
    let code = code.ok_or(Refusal::Missing { word: "claim", what: Missing::Content })?;
    let today = counter_rest(turn.today(), Counted::WrongClaims);
    let wrong = turn.get_in::<Count>(&Scope::Organisation, &today).map_or(0, |c| c.count);
    if wrong >= WRONG_A_DAY_MAX {
        return Err(Refusal::WrongCode);
    }
    if !is_claim_code(turn, code) {
        // Refused here and not by the dispatcher, which would drop the count as well.
        turn.draft.what = What::Refused("claim".into());
        let (refusal, said) = (Refusal::WrongCode, say::lacking::Said::default());
        let card = say::refusal::card(&turn.voice(), &turn.core.catalogue, &refusal, said);
        turn.say(card);
        turn.post(Scope::Organisation, Post::ClaimFailed);
        return Ok(());
    }
    let Some(actor) = turn.acting.actor.clone() else { return Ok(()) };
    let (by, name, lang) = (actor.person, actor.name, turn.lang());
    let post = Post::AdminClaimed { by, lang, name };
    turn.post(Scope::Organisation, post);
    Ok(())
}

/// One more wrong code today.
pub fn count_failed(turn: &mut Turn) {
    let rest = counter_rest(turn.today(), Counted::WrongClaims);
    let count = turn.get_at::<Count>(&rest).map_or(0, |c| c.count);
    turn.put_at(&rest, &Count { count: count.saturating_add(1) });
}

/// Grants the first claim; the code is worth nothing afterwards.
pub fn grant(turn: &mut Turn, by: &PersonId, name: &str, lang: Lang) {
    turn.acting.lang = lang;
    let (person, name) = (by.clone(), name.to_owned());
    turn.acting.actor = Some(Named { person, name: name.clone() });
    let admin = |grant: &Grant| grant.rank == Rank::Admin;
    let first = !rights::grants(turn).iter().any(admin);
    if first {
        let (rest, since) = (rights::key(turn, by), turn.now());
        turn.put_at(&rest, &Grant { person: by.clone(), since, rank: Rank::Admin, name });
    }
    let card = say::hello::claimed(&turn.voice(), first);
    turn.post(Scope::Person(by.clone()), Post::Say(Box::new(card)));
}
