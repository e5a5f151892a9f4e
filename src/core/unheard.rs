//! What surely did not reach a group goes to the organisation's admins directly: the last way there
//! is. Answers don't: whoever asked will ask again.

use super::outbox::{Unsent, place_rest};
use super::rights;
use super::say;
use super::turn::Turn;
use crate::command::Role;
use crate::model::event::SendFailed;
use crate::model::{Lane, Post, Scope};

/// Admins who are told.
const TOLD_MAX: usize = 3;
/// The word of an outcome that leaves no doubt.
const SURE: &str = "refused";

/// Passes the message on, if it was for a group and nobody can have seen it.
pub fn tell_admins(turn: &mut Turn, failed: &SendFailed) {
    let group = matches!(turn.scope(), Scope::Conversation(_));
    let rest = place_rest(failed.revision, failed.nth);
    let Some(unsent) = turn.get_at::<Unsent>(&rest).filter(|_| group && failed.why == SURE) else {
        return;
    };
    let card = unsent.card;
    if card.lane == Lane::Answer || card.confidential {
        return;
    }
    let title = turn.title().to_owned();
    let card = say::unheard::card(&turn.voice(), &title, card).in_lane(Lane::Notice);
    for admin in rights::who_may(turn, Role::Organisation, None, TOLD_MAX) {
        turn.post(Scope::Person(admin.person), Post::Say(Box::new(card.clone())));
    }
}
