//! `撤销`: the asker's last step, several of them, or `U3`; `仍撤销` insists.

use crate::command::{Invocation, Role};
use crate::core::acted;
use crate::core::refusal::Refusal;
use crate::core::rights;
use crate::core::say;
use crate::core::schedules;
use crate::core::turn::Turn;
use crate::core::undo::{self, Stays};
use crate::model::journal::Step;
use crate::model::post::Typed;
use crate::model::{Handle, Post};

/// Undoes.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    if elsewhere(turn, invocation) {
        return Ok(());
    }
    let insist = ["仍撤销", "undo anyway"].contains(&invocation.typed.as_str());
    let steps = steps(turn, invocation)?;
    let mut undone = Vec::new();
    for number in steps {
        if insist {
            may_override(turn, number)?;
        }
        for handle in undo::records(turn, number) {
            schedules::catch_up(turn, handle);
        }
        // What was caught up with may have been in another language.
        turn.acting.lang = invocation.lang;
        match undo::undo(turn, number, insist) {
            Ok(done) => undone.push(done),
            Err(stays @ (Stays::Never | Stays::Gone)) => {
                let gone = stays == Stays::Gone;
                return Err(Refusal::CannotUndo { step: number, gone });
            }
            Err(Stays::Touched(later)) => {
                may_override(turn, number)?;
                let insist = say::undo::insist(&turn.voice(), number);
                return Err(Refusal::UndoConflict { step: number, later, insist });
            }
        }
    }
    let mut card = say::undo::undone(&turn.voice(), &undone);
    for (handle, _) in undone.iter().flat_map(|step| &step.records) {
        if let Some((first, count)) = schedules::outdate(turn, *handle) {
            let over = say::schedule::outdated(&turn.voice(), *handle, first, count);
            card = card.and_line(vec![over.into()]);
        }
    }
    turn.say(card);
    Ok(())
}

/// What was done last from a direct chat to a group's record is undone there; the answer comes from
/// there.
fn elsewhere(turn: &mut Turn, invocation: &Invocation) -> bool {
    let args = &invocation.args;
    let plain = args.handles.is_empty() && args.count.unwrap_or(1) == 1;
    let Some(actor) = turn.acting.actor.clone().filter(|_| plain && turn.scope().is_direct())
    else {
        return false;
    };
    let Some(acted) = acted::take_latest(turn) else { return false };
    let line =
        turn.voice().pick(format!("撤销 {}", acted.handle), format!("undo {}", acted.handle));
    let typed = Typed { by: actor.person, name: actor.name, line };
    turn.post(acted.to, Post::Typed(Box::new(typed)));
    true
}

/// Only an admin may undo what others did meanwhile along with a step of one's own.
fn may_override(turn: &mut Turn, number: u32) -> Result<(), Refusal> {
    let Some(actor) = turn.acting.actor.clone() else { return Err(Refusal::NothingToUndo) };
    match undo::overridden(turn, number, &actor.person) {
        Some(other) if !rights::has(turn, Role::Admin, None) => {
            Err(Refusal::WouldOverride { step: number, other })
        }
        Some(_) | None => Ok(()),
    }
}

/// Which steps: those named, if they are the asker's or the asker is an admin; else the asker's
/// last ones.
fn steps(turn: &mut Turn, invocation: &Invocation) -> Result<Vec<u32>, Refusal> {
    let Some(actor) = turn.acting.actor.clone() else { return Err(Refusal::NothingToUndo) };
    let mut named: Vec<Handle> = Vec::new();
    for handle in &invocation.args.handles {
        let step = match handle.letter {
            'U' => handle.number,
            // `撤销 T3` means the last thing that was done to it.
            _ => undo::last_touching(turn, *handle).ok_or(Refusal::NothingToUndo)?,
        };
        named.push(Handle { letter: 'U', number: step });
    }
    if named.is_empty() {
        let count = invocation.args.count.unwrap_or(1) as usize;
        let steps = undo::last_steps(turn, &actor.person, count);
        return if steps.is_empty() { Err(Refusal::NothingToUndo) } else { Ok(steps) };
    }
    for handle in &named {
        let step = turn.get::<Step>(handle.number).ok_or(Refusal::NoSuch(*handle))?;
        let own = step.actor.as_ref().is_some_and(|a| a.person == actor.person);
        if !own && !rights::has(turn, Role::Admin, None) {
            let records = undo::records(turn, handle.number);
            return Err(Refusal::NotYourStep { step: handle.number, records });
        }
    }
    Ok(named.into_iter().map(|handle| handle.number).collect())
}
