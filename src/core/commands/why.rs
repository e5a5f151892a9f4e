//! `为什么`: what brought a record to where it stands: the command, or the rule, its version and its
//! word.

use super::log::{self, touching};
use crate::command::Invocation;
use crate::core::keep;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::journal::Step;
use crate::model::message::Message;
use crate::model::source::{Alert, Subscription};

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
    log::is_here(turn, handle)?;
    let entry = touching(turn, Some(handle)).into_iter().next().ok_or(Refusal::NoSuch(handle))?;
    let line = entry.step.and_then(|number| turn.get::<Step>(number)).map(|step| step.line);
    let causes = causes(turn, handle);
    let card = say::log::why(&turn.voice(), handle, &entry, line.as_deref(), &causes);
    turn.say(card);
    Ok(())
}

/// What a record itself knows of its cause.
fn causes(turn: &mut Turn, handle: Handle) -> Vec<String> {
    match handle.letter {
        'M' => {
            let tags = turn.get::<Message>(handle.number).map(|m| m.tags).unwrap_or_default();
            tags.iter().filter_map(|tagged| say::log::tag_cause(&turn.voice(), tagged)).collect()
        }
        'A' => turn.get::<Alert>(handle.number).map_or_else(Vec::new, |alert| {
            let by = turn.get::<Subscription>(alert.subscription);
            vec![say::log::alert_cause(&turn.voice(), &alert, by.as_ref())]
        }),
        _ => Vec::new(),
    }
}
