//! `告警`: the last alerts, and one of them whole.

use crate::command::{Invocation, Shape};
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::source::Alert;
use crate::store::Order;

/// Shows alerts.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let card = match &invocation.shape {
        Shape::List | Shape::Create => {
            let alerts = turn.list::<Alert>(say::voice::LISTED_MAX, Order::Down);
            say::source::alerts(&turn.voice(), &alerts)
        }
        Shape::Show(handle) | Shape::Act(handle, _) => {
            let alert = turn.get::<Alert>(handle.number).ok_or(Refusal::NoSuch(*handle))?;
            say::source::alert_shown(&turn.voice(), *handle, &alert)
        }
    };
    turn.say(card);
    Ok(())
}
