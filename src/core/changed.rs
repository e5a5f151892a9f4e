//! Kept messages that their senders change or take back on the platform: each version is kept, and
//! what was recalled is shown to nobody but those who ask for it by right.

use super::gaps;
use super::keep;
use super::people;
use super::rights;
use super::turn::Turn;
use crate::command::Role;
use crate::model::MessageId;
use crate::model::event::{Edited, Recalled, Sender};
use crate::model::journal::What;
use crate::model::message::{CHARS_MAX, Message, VERSIONS_MAX, Version};
use crate::model::task::Named;
use crate::text::cut;

/// A message says something else now. A command is not carried out again.
pub fn edited(turn: &mut Turn, edited: &Edited) -> &'static str {
    turn.draft.what = What::Edited;
    let found = changeable(turn, &edited.id, &edited.sender);
    let Some((number, mut message)) = found.filter(|_| gaps::records(turn)) else {
        turn.draft.confidential = true;
        return "edited";
    };
    let theirs = message.sender.as_ref().is_some_and(|own| own.person == edited.sender.person);
    let text = cut::chars(edited.text.trim(), CHARS_MAX);
    if !theirs || text.is_empty() || text == message.text {
        turn.draft.confidential = true;
        return "edited";
    }
    let before = std::mem::replace(&mut message.text, text);
    // The first version stays, whatever comes: it is what people answered to.
    if message.versions.len() == VERSIONS_MAX {
        message.versions.remove(1);
    }
    message.versions.push(Version { text: before.clone(), until: turn.now() });
    keep::match_again(turn, &mut message, number, &before);
    turn.put(number, &message);
    "edited"
}

/// A message was taken back by its sender, or by somebody who leads here.
pub fn recalled(turn: &mut Turn, recalled: &Recalled) -> &'static str {
    turn.draft.what = What::Recalled;
    let Some((number, mut message)) = changeable(turn, &recalled.id, &recalled.by) else {
        return "recalled";
    };
    let by = &recalled.by.person;
    let theirs = message.sender.as_ref().is_some_and(|own| own.person == *by);
    if theirs || rights::may(turn, by, Role::Lead, None) {
        message.recalled = Some(turn.now());
        turn.put(number, &message);
    }
    "recalled"
}

/// The message, if it is kept and still says something.
fn changeable(turn: &mut Turn, id: &MessageId, by: &Sender) -> Option<(u32, Message)> {
    turn.acting.actor = Some(Named { person: by.person.clone(), name: people::shown(&by.name) });
    let number = keep::by_id(turn, id)?;
    let message = turn.get::<Message>(number)?;
    (message.gone.is_none() && message.recalled.is_none()).then_some((number, message))
}
