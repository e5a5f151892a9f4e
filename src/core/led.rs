//! What is told before its time, from what was typed: its lead, and what it makes of a time.

use super::refusal::{Missing, OfLead, Refusal};
use super::timing::{Timing, again_and_again};
use super::turn::Turn;
use super::{ahead, due};
use crate::command::args::Ahead;
use crate::model::Timestamp;
use crate::model::lead::Lead;
use crate::model::reminder::Reminder;
use crate::model::task::Deadline;
use crate::text::fold::fold;
use crate::text::lead;

/// A time that was typed, told before it: by the lead that was typed beside it, or the one it had.
pub fn led(
    turn: &Turn,
    timing: Timing,
    said: Option<Ahead>,
    had: Option<Lead>,
    line: &str,
) -> Result<Timing, Refusal> {
    let lead = match (said, had) {
        (Some(Ahead::Unread), _) => {
            return Err(unread(turn, line));
        }
        (Some(Ahead::By(lead)), _) | (None, Some(lead)) => lead,
        (None, None) => return Ok(timing),
    };
    let Timing { every, first, .. } = &timing;
    let (calendar, now) = (turn.calendar(), turn.now());
    let Some(every) = every else {
        let at = lead::before(lead, *first, turn.zone(), calendar);
        if at <= now {
            // It had a lead, and moves to where there is no time for it any more.
            return match said {
                None => Ok(timing),
                Some(_) => Err(over(turn, lead, at, line)),
            };
        }
        return Ok(Timing { first: at, lead: Some(lead), due_at: Some(*first), ..timing });
    };
    if let Some(step) = every.rule.seconds() {
        // Of what comes several times a day, one would be told before the one before it has come.
        let close = lead::is_dayly(lead) || lead.seconds >= step.saturating_mul(every.interval);
        if close {
            let part = words(turn, line);
            return Err(Refusal::NotUnderstood { word: "remind".into(), part });
        }
    }
    let first = ahead::next(Some(every), None, lead, now, calendar).ok_or(Refusal::Never)?;
    Ok(Timing { first, lead: Some(lead), ..timing })
}

/// When a reminder comes, without its lead.
pub fn of(turn: &Turn, reminder: &Reminder) -> Result<Timing, Refusal> {
    match (&reminder.every, reminder.due_at.or(reminder.next_at)) {
        (Some(every), _) => again_and_again(turn, every.clone()),
        (None, Some(at)) => Ok(Timing::once(at, reminder.exact)),
        (None, None) => Err(Refusal::Missing { word: "remind", what: Missing::When }),
    }
}

/// A reminder comes then from now on; what was put off or left out of it is forgotten.
pub fn put(reminder: &mut Reminder, timing: Timing) {
    let Timing { every, first, exact, lead, due_at } = timing;
    (reminder.every, reminder.next_at, reminder.exact) = (every, Some(first), exact);
    (reminder.lead, reminder.due_at) = (lead, due_at);
    (reminder.again_at, reminder.skip, reminder.done_at) = (None, None, None);
}

/// There is no time for the lead any more.
pub fn over(turn: &Turn, lead: Lead, at: Timestamp, line: &str) -> Refusal {
    Refusal::Lead(OfLead::Over { lead, at, line: without(turn, line) })
}

/// How long before was not said, or in several ways of which one can be kept.
fn unread(turn: &Turn, line: &str) -> Refusal {
    let folded = fold(line);
    let found = lead::find(&folded.text, turn.reference());
    let several = found.and_then(|found| lead::several(&folded.text, &found));
    let Some((span, leads)) = several else {
        return Refusal::Lead(OfLead::Unread { line: without(turn, line) });
    };
    let line = cut_out(line, folded.original(span));
    Refusal::Lead(OfLead::Several { line, leads })
}

/// The words of a line that are its lead.
fn words(turn: &Turn, line: &str) -> String {
    let folded = fold(line);
    let found = lead::find(&folded.text, turn.reference());
    let span = found.and_then(|found| line.get(folded.original(found.span)));
    span.unwrap_or(line).trim().to_owned()
}

/// The lead in a line that says that something is told then: `J1 提前一小时提醒`.
pub fn said(turn: &Turn, line: &str) -> Option<Ahead> {
    let found = lead::find(&fold(line).text, turn.reference()).filter(|found| found.told)?;
    Some(found.lead.map_or(Ahead::Unread, Ahead::By))
}

/// A line without its lead.
fn without(turn: &Turn, line: &str) -> String {
    let folded = fold(line);
    let Some(found) = lead::find(&folded.text, turn.reference()) else { return line.to_owned() };
    cut_out(line, folded.original(found.span))
}

/// A line without some of its words.
fn cut_out(line: &str, span: std::ops::Range<usize>) -> String {
    let (head, tail) = (&line[..span.start], &line[span.end..]);
    let head = head.trim_end_matches([' ', '，', ',']);
    format!("{head} {}", tail.trim_start_matches([' ', '，', ','])).trim().to_owned()
}

/// The lead of a task that was typed, which must leave time before the deadline.
pub fn of_task(
    turn: &Turn,
    said: Option<Ahead>,
    due: Option<Deadline>,
    line: &str,
) -> Result<Option<Lead>, Refusal> {
    let Some(said) = said else { return Ok(None) };
    let Ahead::By(lead) = said else {
        return Err(unread(turn, line));
    };
    let due = due.ok_or(Refusal::Missing { word: "task", what: Missing::When })?;
    let at = due::before(turn, due, lead);
    match at > turn.now() {
        true => Ok(Some(lead)),
        false => Err(over(turn, lead, at, line)),
    }
}
