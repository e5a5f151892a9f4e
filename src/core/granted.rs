//! What becomes of a wish: words that are no command and may want something all the same.

use super::refusal::Refusal;
use super::say::lacking::Said;
use super::turn::Turn;
use super::wish::Wish;
use super::{dispatch, question, say, spoken};
use crate::model::journal::What;
use crate::model::request::About;

/// What only looks is shown; of what would change something it is asked whether it is meant.
/// `false` where the line may still be talk.
pub fn grant(turn: &mut Turn, text: &str, wish: Wish) -> bool {
    match wish {
        Wish::Do(invocation) => {
            question::close(turn);
            dispatch::dispatch(turn, &invocation);
            true
        }
        Wish::Leave(handle) => {
            question::close(turn);
            turn.acting.lang = spoken::spoken(turn, text);
            let card = say::hello::left_alone(&turn.voice(), handle);
            turn.say(card);
            true
        }
        Wish::Refuse(refusal) => {
            turn.draft.what = What::Refused("parse".into());
            turn.acting.lang = spoken::spoken(turn, text);
            refused(turn, text, &refusal);
            true
        }
        Wish::Bulk(bulk) => {
            turn.draft.what = What::Refused("parse".into());
            turn.acting.lang = spoken::spoken(turn, text);
            let direct = turn.scope().is_direct();
            let (of, records) = (bulk.of.as_deref(), bulk.records.as_slice());
            let card = say::misread::bulk(&turn.voice(), of, records, &bulk.line, direct);
            question::ask(turn, About::Meant(vec![bulk.line]));
            turn.say(card);
            true
        }
        Wish::Ask(lines) => {
            turn.draft.what = What::Refused("parse".into());
            turn.acting.lang = spoken::spoken(turn, text);
            let direct = turn.scope().is_direct();
            let card = say::misread::meant(&turn.voice(), text, &lines, direct);
            question::ask(turn, About::Meant(lines));
            turn.say(card);
            false
        }
    }
}

/// Says why not, and asks whether one of the lines that work is meant.
fn refused(turn: &mut Turn, text: &str, refusal: &Refusal) {
    let said = Said { line: text, handle: None };
    let mut card = say::refusal::card(&turn.voice(), &turn.core.catalogue, refusal, said);
    if let Refusal::Cannot { lines, .. } = refusal
        && !lines.is_empty()
    {
        let direct = turn.scope().is_direct();
        card = say::misread::asked(&turn.voice(), card, lines, direct);
        question::ask(turn, About::Meant(lines.clone()));
    }
    turn.say(card);
}
