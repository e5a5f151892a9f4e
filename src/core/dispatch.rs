//! The one door for commands: rights, then the handler, then a refusal that teaches.

use super::commands::LIST;
use super::handler::Handler;
use super::people;
use super::refusal::Refusal;
use super::say;
use super::turn::Turn;
use crate::command::catalogue::Form;
use crate::command::{Invocation, Role, Shape};
use crate::model::journal::What;

/// Carries a command out for the acting person, or refuses it; either way it is answered.
pub fn dispatch(turn: &mut Turn, invocation: &Invocation) {
    turn.acting.lang = invocation.lang;
    turn.acting.line.clone_from(&invocation.line);
    let before = turn.draft.clone();
    turn.draft.what = What::Command(name(invocation));
    if let Err(refusal) = checked(turn, invocation) {
        let confidential = turn.draft.confidential;
        turn.draft = before;
        turn.draft.confidential = confidential;
        turn.draft.what = What::Refused(invocation.word.clone());
        let handle = match &invocation.shape {
            Shape::Show(handle) | Shape::Act(handle, _) => Some(*handle),
            Shape::List | Shape::Create => None,
        };
        // A line that holds a secret is not said again.
        let line = if confidential { "" } else { invocation.line.as_str() };
        let said = say::lacking::Said { line, handle };
        let card = say::refusal::card(&turn.voice(), &turn.core.catalogue, &refusal, said);
        turn.say(card);
    }
}

fn checked(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    // The parser gives only words of the catalogue, and the catalogue is read from this list.
    let Some(handler) = LIST.iter().find(|h| h.key == invocation.word) else { return Ok(()) };
    let needs = needs(turn, invocation);
    if !allowed(turn, handler, invocation, needs) {
        return Err(Refusal::NotAllowed { needs });
    }
    understood(turn, invocation)?;
    (handler.run)(turn, invocation)
}

/// Words left over where none are taken are asked about, never dropped.
fn understood(turn: &Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let key = match &invocation.shape {
        Shape::List | Shape::Create | Shape::Show(_) => &invocation.word,
        Shape::Act(_, verb) => verb,
    };
    let word = turn.core.catalogue.word(key);
    let takes = word.is_none_or(|w| w.takes.contains(&Form::Content));
    let part = &invocation.args.content;
    if takes || part.is_empty() {
        return Ok(());
    }
    Err(Refusal::NotUnderstood { word: key.clone(), part: part.clone() })
}

fn needs(turn: &Turn, invocation: &Invocation) -> Role {
    let shape = match &invocation.shape {
        Shape::List => "list",
        Shape::Create => "create",
        Shape::Show(_) => "show",
        Shape::Act(_, verb) => verb,
    };
    let word = turn.core.catalogue.word(&invocation.word);
    word.and_then(|w| w.roles.get(shape)).copied().unwrap_or(Role::Member)
}

fn allowed(turn: &mut Turn, handler: &Handler, invocation: &Invocation, needs: Role) -> bool {
    let owners = match &invocation.shape {
        Shape::Show(handle) | Shape::Act(handle, _) => {
            let Some(owners) = (handler.owners)(turn, handle.number) else {
                // No such record: the handler says so, to everybody alike.
                return needs != Role::Admin || people::has_role(turn, needs, None);
            };
            Some(owners)
        }
        Shape::List | Shape::Create => None,
    };
    people::has_role(turn, needs, owners.as_deref())
}

/// Key and shape of a command, for the journal: `task.create`, `task.done`.
fn name(invocation: &Invocation) -> String {
    let shape = match &invocation.shape {
        Shape::List => "list",
        Shape::Create => "create",
        Shape::Show(_) => "show",
        Shape::Act(_, verb) => verb,
    };
    format!("{}.{shape}", invocation.word)
}
