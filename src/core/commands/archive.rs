//! `归档`: the quoted message, `M3`, or all that are found, into a named cabinet. Archived is not
//! deleted.

use super::tag::{handle, meant};
use crate::command::{Args, Invocation};
use crate::core::batch;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::seek;
use crate::core::turn::Turn;
use crate::text::cut;

/// Longest name of a cabinet, in characters.
pub const CABINET_CHARS_MAX: usize = 40;

/// Archives the messages that are meant; the same again changes nothing.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let pointed = turn.incoming().is_some_and(|message| message.quoted.is_some())
        || args.handles.iter().any(|handle| handle.letter == 'M');
    if !pointed {
        return found(turn, invocation);
    }
    let narrowed = args.tags.first().map(|tag| format!("#{tag}"));
    let narrowed = narrowed.or_else(|| args.people.first().map(|name| format!("@{name}")));
    if let Some(part) = narrowed {
        return Err(Refusal::NotUnderstood { word: "archive".into(), part });
    }
    let named = args.target.clone().unwrap_or_else(|| args.content.clone());
    let cabinet = cabinet_or_default(turn, &named)?;
    let messages = meant(turn, invocation, "archive")?;
    let handles: Vec<_> = messages.iter().map(|(number, _)| handle(*number)).collect();
    let mut again = true;
    for (number, mut message) in messages {
        let before = message.cabinet.replace(cabinet.clone());
        again &= before.as_ref() == Some(&cabinet);
        turn.put(number, &message);
    }
    let card = say::message::archived(&turn.voice(), &handles, &cabinet, again);
    turn.say(card);
    Ok(())
}

/// `归档 #已解决 上周 到 售后问题库`: all that are found. A word alone may be a cabinet as well, then no
/// message is named.
fn found(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let (content, sure) = batch::sure(&invocation.args.content);
    let args = Args { content: content.to_owned(), ..invocation.args.clone() };
    let asks = Invocation { args, ..invocation.clone() };
    let missing = || Refusal::Missing { word: "archive", what: Missing::Quote };
    let seek = match seek::read(turn, &asks) {
        Err(Refusal::Missing { .. }) => return Err(missing()),
        seek => seek?,
    };
    let target = invocation.args.target.as_deref();
    if target.is_none() && seek.only_words() {
        return Err(missing());
    }
    let cabinet = cabinet_or_default(turn, target.unwrap_or_default())?;
    batch::archive(turn, invocation, seek, cabinet, sure)
}

fn cabinet_or_default(turn: &Turn, typed: &str) -> Result<String, Refusal> {
    let name = cabinet(typed)?;
    Ok(match name.is_empty() {
        true => say::message::default_cabinet(&turn.voice()).to_owned(),
        false => name,
    })
}

/// A cabinet's name as it is kept: one line, not too long.
pub fn cabinet(typed: &str) -> Result<String, Refusal> {
    let name = cut::one_line(typed);
    if name.chars().count() > CABINET_CHARS_MAX {
        return Err(Refusal::Limit { what: "cabinet", most: CABINET_CHARS_MAX });
    }
    Ok(name)
}
