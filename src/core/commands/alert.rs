//! `告警`: the last alerts, and one of them whole.

use crate::command::{Invocation, Shape};
use crate::core::paging;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::source::Alert;
use crate::store::Order;

/// How many of the newest alerts are listed: what came before is no news.
const LATEST_MAX: usize = 50;

/// Shows alerts.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::List | Shape::Create => {
            let alerts = turn.list::<Alert>(LATEST_MAX, Order::Down);
            let long = say::source::alerts(&turn.voice(), &alerts);
            paging::say(turn, long);
        }
        Shape::Show(handle) | Shape::Act(handle, _) => {
            let alert = turn.get::<Alert>(handle.number).ok_or(Refusal::NoSuch(*handle))?;
            let card = say::source::alert_shown(&turn.voice(), *handle, &alert);
            turn.say(card);
        }
    }
    Ok(())
}
