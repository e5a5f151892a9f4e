//! `为什么`: what brought a record to where it stands: the command, or the rule, its version and its
//! word.

use super::log::touching;
use crate::command::Invocation;
use crate::core::keep;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::journal::Step;
use crate::model::message::Message;

/// Explains a record or the quoted message.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let quoted = turn.incoming().and_then(|m| m.quoted.as_ref());
    let handle = match (invocation.args.handles.first(), quoted) {
        (Some(handle), _) => *handle,
        (None, Some(quoted)) => {
            let number = quoted.id.as_ref().and_then(|id| keep::by_id(turn, id));
            Handle { letter: 'M', number: number.ok_or(Refusal::QuoteHidden)? }
        }
        (None, None) => return Err(Refusal::Missing { word: "why", what: Missing::Quote }),
    };
    let entry = touching(turn, Some(handle)).into_iter().next().ok_or(Refusal::NoSuch(handle))?;
    let line = entry.step.and_then(|number| turn.get::<Step>(number)).map(|step| step.line);
    let tags = match handle.letter {
        'M' => turn.get::<Message>(handle.number).map(|m| m.tags).unwrap_or_default(),
        _ => Vec::new(),
    };
    let card = say::log::why(&turn.voice(), handle, &entry, line.as_deref(), &tags);
    turn.say(card);
    Ok(())
}
