//! When a task is due and reminded, from the date that was typed. Dates are read in `text`.

use super::refusal::Refusal;
use super::say;
use super::tables::deadline_at;
use super::turn::Turn;
use crate::command::Args;
use crate::model::Timestamp;
use crate::model::task::Deadline;
use crate::text::every;
use crate::text::when::{self, When};

/// Most words at an end of the content looked at for a recurrence: `every weekday at 9:00`.
const ENDS_MAX: usize = 4;

/// A recurrence at either end of the content was meant as one; in the middle it is what the task
/// is about.
pub fn once(turn: &Turn, args: &Args) -> Result<(), Refusal> {
    match recurring(turn, &args.content).filter(|_| args.when.is_none()) {
        Some(part) => Err(Refusal::Recurring { part }),
        None => Ok(()),
    }
}

/// The words at either end of a content that are a recurrence, or would be with a time of day.
pub fn recurring(turn: &Turn, content: &str) -> Option<String> {
    let words: Vec<&str> = content.split_whitespace().collect();
    let ends = |count: usize| {
        let from = words.len().saturating_sub(count);
        [words.get(..count), words.get(from..)].into_iter().flatten().map(|part| part.join(" "))
    };
    // A time of day makes it whole: `每周五` alone is no recurrence yet.
    let whole = |part: &String| {
        let timed = [part.clone(), format!("{part} 9:00"), format!("{part} at 9:00")];
        timed
            .iter()
            .any(|t| every::find(t, turn.zone()).is_some_and(|(span, _)| span.len() == t.len()))
    };
    (1..words.len().min(ENDS_MAX + 1)).flat_map(ends).find(whole)
}

/// A deadline from a date that was typed.
pub fn deadline(turn: &Turn, when: &When, line: &str) -> Result<Deadline, Refusal> {
    match when {
        When::Instant(at) => Ok(Deadline::At(*at)),
        When::Date(day) => Ok(Deadline::On(*day)),
        When::Range(_, Some(end)) => Ok(Deadline::At(*end)),
        When::Recurrence(_) => {
            let span = when::find(line, turn.reference()).map(|found| found.span);
            let part = span.and_then(|span| line.get(span)).unwrap_or(line).to_owned();
            Err(Refusal::Recurring { part })
        }
        When::Range(_, None) => {
            Err(Refusal::NotUnderstood { word: "task".into(), part: line.to_owned() })
        }
        When::Ambiguous(choices) => {
            let choices = choices.iter().filter_map(|c| say::when::printed(&turn.voice(), c));
            Err(Refusal::Unclear { choices: choices.collect() })
        }
        When::Impossible(meant) => {
            let meant = meant.as_deref().and_then(|m| say::when::printed(&turn.voice(), m));
            let span = when::find(line, turn.reference()).map(|found| found.span);
            let part = span.clone().and_then(|s| line.get(s)).unwrap_or(line).to_owned();
            Err(match (meant, span) {
                (Some(meant), Some(span)) => {
                    let mut line = line.to_owned();
                    line.replace_range(span, &meant);
                    Refusal::Past { part, line }
                }
                (Some(_) | None, _) => Refusal::NoSuchDay { part },
            })
        }
    }
}

/// When a deadline is reminded: a timed one at its time, a day's at 9:00, or at its 18:00 if 9:00
/// is over; never in the past.
pub fn remind_at(turn: &Turn, due: Deadline) -> Option<Timestamp> {
    let at = deadline_at(due, turn.zone());
    let morning = match due {
        Deadline::At(_) => None,
        Deadline::On(day) => {
            day.and_hms_opt(9, 0, 0).map(|wall| Timestamp::from_local(wall, turn.zone()))
        }
    };
    [morning, Some(at)].into_iter().flatten().find(|at| *at > turn.now())
}
