//! `角色`: who is known here, and who of them is an admin.

use crate::command::Invocation;
use crate::core::people;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::member::Member;
use crate::store::Order;

/// Most people shown: beyond it a list is no answer any more.
pub const SHOWN_MAX: usize = 50;

/// Shows the people seen here by role.
pub fn run(turn: &mut Turn, _: &Invocation) -> Result<(), Refusal> {
    let (mut admins, mut members) = (Vec::new(), Vec::new());
    for (_, member) in turn.rows::<Member>(SHOWN_MAX, Order::Up) {
        let names = if people::is_admin(turn, &member.person) { &mut admins } else { &mut members };
        names.push(member.name);
    }
    admins.sort();
    members.sort();
    let card = say::status::roles(&turn.voice(), &admins, &members);
    turn.say(card);
    Ok(())
}
