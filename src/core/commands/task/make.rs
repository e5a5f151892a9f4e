//! A new task.

use super::title::{TITLE_CHARS_MAX, actor, title, title_line};
use crate::command::Invocation;
use crate::core::commands::tag;
use crate::core::due::{deadline, once, remind_at};
use crate::core::people::resolve;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::Handle;
use crate::model::task::{Task, TaskState};
use crate::text::cut;

/// Makes a task of a line, or of the message it quotes.
pub fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let quoted = turn.incoming().and_then(|m| m.quoted.as_ref()).and_then(|q| q.text.clone());
    let missing = Refusal::Missing { word: "task", what: Missing::Content };
    let title = match args.content.is_empty() {
        false => title(&args.content)?,
        // What somebody else said at length is cut, not refused.
        true => cut::chars(&title_line(&quoted.ok_or(missing)?)?, TITLE_CHARS_MAX),
    };
    once(turn, args)?;
    let creator = actor(turn)?;
    let mut assignees = resolve(turn, &args.people)?;
    if assignees.is_empty() {
        assignees.push(creator.clone());
    }
    let due = args.when.as_ref().map(|w| deadline(turn, w, &invocation.line)).transpose()?;
    let task = Task {
        title,
        assignees,
        due,
        state: TaskState::Open,
        creator,
        created_at: turn.now(),
        done_on: None,
        remind_at: due.and_then(|due| remind_at(turn, due)),
        lang: turn.lang(),
        place: turn.title().to_owned(),
        tags: tag::fit(args.tags.iter().map(String::as_str))?,
        done_parts: Vec::new(),
        progress: Vec::new(),
    };
    let number = turn.next_number::<Task>();
    turn.put(number, &task);
    let card = say::task::created(&turn.voice(), Handle { letter: 'T', number }, &task);
    turn.say(card);
    Ok(())
}
