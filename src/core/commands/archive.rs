//! `归档`: the quoted message, or `M3`, into a named cabinet. Archived is not deleted.

use super::tag::meant;
use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::text::cut;

/// Longest name of a cabinet, in characters.
pub const CABINET_CHARS_MAX: usize = 40;

/// Archives the message that is meant; the same again changes nothing.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let named = args.target.clone().unwrap_or_else(|| args.content.clone());
    let mut cabinet = cabinet(&named)?;
    if cabinet.is_empty() {
        cabinet = say::message::default_cabinet(&turn.voice()).to_owned();
    }
    let (number, mut message) = meant(turn, invocation, "archive")?;
    let before = message.cabinet.replace(cabinet.clone());
    turn.put(number, &message);
    let handle = Handle { letter: 'M', number };
    let again = before.as_ref() == Some(&cabinet);
    let card = say::message::archived(&turn.voice(), handle, &cabinet, again);
    turn.say(card);
    Ok(())
}

/// A cabinet's name as it is kept: one line, not too long.
pub fn cabinet(typed: &str) -> Result<String, Refusal> {
    let name = cut::one_line(typed);
    if name.chars().count() > CABINET_CHARS_MAX {
        return Err(Refusal::Limit { what: "cabinet", most: CABINET_CHARS_MAX });
    }
    Ok(name)
}
