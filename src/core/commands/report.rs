//! `报告`: a day's numbers, at set times, to a manager's direct chat.

use crate::command::{Invocation, Shape};
use crate::core::numbers;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::post::Due;
use crate::model::report::Report;
use crate::model::{Handle, Lane, PersonId, Post, Scope};
use crate::store::Order;
use crate::text::every;

/// Most reports of a conversation.
pub const REPORTS_MAX: usize = 50;

/// Carries out a command on reports.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        // `报告 给 @经理` was meant to make one.
        Shape::List if !invocation.args.people.is_empty() => create(turn, invocation),
        Shape::List => {
            let all = turn.list::<Report>(REPORTS_MAX, Order::Up);
            let long = say::report::list(&turn.voice(), &all);
            paging::say(turn, long);
            Ok(())
        }
        Shape::Create => create(turn, invocation),
        Shape::Show(handle) => {
            let report = find(turn, *handle)?;
            let card = say::report::shown(&turn.voice(), *handle, &report);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) => act(turn, *handle, verb),
    }
}

/// Whoever made it and whoever gets it.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    let report = turn.get::<Report>(number)?;
    let people = std::iter::once(&report.creator).chain(&report.to);
    Some(people.map(|who| who.person.clone()).collect())
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Report, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let missing = |what| Refusal::Missing { word: "report", what };
    let every = args.every.clone().ok_or(missing(Missing::Every))?;
    let next_at = every::next(&every, turn.now()).ok_or(missing(Missing::Every))?;
    let Some(creator) = turn.acting.actor.clone() else { return Ok(()) };
    let mut to = resolve(turn, &args.people)?;
    if to.is_empty() {
        to.push(creator.clone());
    }
    if turn.list::<Report>(REPORTS_MAX, Order::Up).len() >= REPORTS_MAX {
        return Err(Refusal::Limit { what: "reports", most: REPORTS_MAX });
    }
    let report = Report {
        every,
        next_at,
        to,
        enabled: true,
        creator,
        created_at: turn.now(),
        lang: turn.lang(),
        place: turn.title().to_owned(),
    };
    let number = turn.next_number::<Report>();
    turn.put(number, &report);
    let card = say::report::created(&turn.voice(), Handle { letter: 'D', number }, &report);
    turn.say(card);
    Ok(())
}

fn act(turn: &mut Turn, handle: Handle, verb: &str) -> Result<(), Refusal> {
    let mut report = find(turn, handle)?;
    let what = every::print(&report.every, turn.lang());
    if verb == "remove" {
        turn.remove::<Report>(handle.number);
        let card = say::task::removed(&turn.voice(), handle, &what);
        turn.say(card);
        return Ok(());
    }
    let on = verb == "enable";
    if report.enabled == on {
        let state = say::status::switched(&turn.voice(), on);
        let instead = if on { "disable" } else { "enable" };
        return Err(Refusal::Already { handle, state, instead });
    }
    report.enabled = on;
    if let Some(next) = every::next(&report.every, turn.now()).filter(|_| on) {
        report.next_at = next;
    }
    turn.put(handle.number, &report);
    let card = say::status::switch(&turn.voice(), &handle.to_string(), &what, on);
    turn.say(card);
    Ok(())
}

/// An occurrence has come: the numbers go to everyone who gets them; after a time without running,
/// once.
pub fn occur(turn: &mut Turn, due: &Due) {
    let Some(mut report) = turn.get::<Report>(due.number) else { return };
    if !report.enabled || report.next_at != due.at {
        return;
    }
    turn.acting.lang = report.lang;
    let numbers = numbers::of_day(turn, due.at);
    let handle = Handle { letter: 'D', number: due.number };
    let card = say::report::daily(&turn.voice(), handle, &report, due.at, &numbers);
    for who in &report.to {
        let card = Box::new(card.clone().in_lane(Lane::Digest));
        turn.post(Scope::Person(who.person.clone()), Post::Say(card));
    }
    match every::next(&report.every, turn.now()) {
        Some(next) => report.next_at = next,
        None => report.enabled = false,
    }
    turn.put(due.number, &report);
}
