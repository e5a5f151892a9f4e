//! `消息`: the last kept messages, and one of them whole.

use crate::command::{Invocation, Shape};
use crate::core::masking;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::message::Message;
use crate::store::Order;

/// Shows kept messages.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let card = match &invocation.shape {
        Shape::List | Shape::Create => {
            let messages = turn.list::<Message>(say::voice::LISTED_MAX, Order::Down);
            let shown = |(n, message)| (n, masking::shown(turn, message));
            let messages: Vec<_> = messages.into_iter().map(shown).collect();
            say::message::list(&turn.voice(), &messages)
        }
        Shape::Show(handle) | Shape::Act(handle, _) => {
            let message = turn.get::<Message>(handle.number).ok_or(Refusal::NoSuch(*handle))?;
            let message = masking::shown(turn, message);
            say::message::shown(&turn.voice(), *handle, &message)
        }
    };
    turn.say(card);
    Ok(())
}
