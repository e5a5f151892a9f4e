//! Commands that can be read, and may well mean something else: how often a day without the
//! hours, so many days in a row, this one or that one. They are asked about, in lines that say it
//! plainly; most lines are passed over at a glance. Says nothing itself.

mod days;
mod either;
mod hours;
mod last;
mod often;
mod runs;
mod span;
mod typed;
mod until;

use super::itemized;
use super::refusal::Refusal;
use super::turn::Turn;
use crate::command::{Invocation, Shape};
use typed::{REMIND, TASK};

/// The question about a command that may mean something else than what it would be read as.
pub fn doubted(turn: &mut Turn, invocation: &Invocation) -> Option<Refusal> {
    if invocation.args.quoted {
        return None;
    }
    if let Some(refusal) = either::either(turn, invocation) {
        return Some(refusal);
    }
    let timed = [REMIND, TASK].contains(&invocation.word.as_str());
    if !timed || invocation.shape != Shape::Create {
        return None;
    }
    if invocation.word == TASK
        && let Some(refusal) = itemized::doubted(turn, invocation)
    {
        return Some(refusal);
    }
    last::last(turn, invocation)
        .or_else(|| until::until(turn, invocation))
        .or_else(|| often::often(turn, invocation))
        .or_else(|| often::third(turn, invocation))
        .or_else(|| runs::runs(turn, invocation))
        .or_else(|| span::span(turn, invocation))
        .or_else(|| days::days(turn, invocation))
        .or_else(|| hours::hours(turn, invocation))
}
