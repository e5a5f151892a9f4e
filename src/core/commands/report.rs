//! `报告`: a day's numbers, at set times, to a manager's direct chat.

use super::{skip, whom};
use crate::command::{Invocation, Role, Shape};
use crate::core::fields;
use crate::core::ledger;
use crate::core::numbers;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::policy::policy;
use crate::core::refusal::{Missing, Refusal};
use crate::core::rights;
use crate::core::say;
use crate::core::schedule::{Plan, Run};
use crate::core::timing::{self, Timing};
use crate::core::turn::Turn;
use crate::model::occurrence::{Missed, Of};
use crate::model::post::{Due, SayFor};
use crate::model::report::Report;
use crate::model::{Handle, Lane, PersonId, Post, Scope};
use crate::store::{Order, Table};
use crate::text::every;

/// Most reports of a conversation.
pub const REPORTS_MAX: usize = 50;

/// The filter that asks for today's numbers at once.
const NOW: &str = "now";

/// Carries out a command on reports.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::List if invocation.args.filters.iter().any(|key| key == NOW) => {
            now(turn, invocation)
        }
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
        Shape::Act(handle, verb) => act(turn, invocation, *handle, verb),
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

/// Today's numbers so far, to whoever asks or to those named, in their direct chats.
fn now(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    if !rights::has(turn, Role::Lead, None) {
        return Err(Refusal::NotAllowed { needs: Role::Lead });
    }
    let mut to = resolve(turn, &invocation.args.people)?;
    if to.is_empty() {
        to.extend(turn.acting.actor.clone());
    }
    let run = Run { at: turn.now(), late: false, folded: 0 };
    let numbers = numbers::of_day(turn, run.at);
    let place = turn.title().to_owned();
    let card = say::report::daily(&turn.voice(), None, &place, run, &numbers);
    for who in &to {
        turn.post(Scope::Person(who.person.clone()), Post::Say(Box::new(card.clone())));
    }
    let card = say::report::sent(&turn.voice(), &to);
    turn.say(card);
    Ok(())
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let missing = |what| Refusal::Missing { word: "report", what };
    let every = args.every.clone().ok_or(missing(Missing::Every))?;
    let Timing { every: Some(every), first, .. } = timing::again_and_again(turn, every)? else {
        return Err(missing(Missing::Every));
    };
    let Some(creator) = turn.acting.actor.clone() else { return Ok(()) };
    let mut to = resolve(turn, &args.people)?;
    if to.is_empty() {
        to.push(creator.clone());
    }
    let all = turn.list::<Report>(REPORTS_MAX, Order::Up);
    let same = |report: &Report| report.enabled && report.every == every && report.to == to;
    if let Some((number, _)) = all.iter().find(|(_, report)| same(report)) {
        return Err(Refusal::Exists(Handle { letter: 'D', number: *number }));
    }
    if all.len() >= REPORTS_MAX {
        return Err(Refusal::Limit { what: "reports", most: REPORTS_MAX });
    }
    let report = Report {
        every,
        next_at: Some(first),
        skip_through: None,
        missed: Missed::default(),
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

fn act(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    verb: &str,
) -> Result<(), Refusal> {
    catch_up(turn, handle.number);
    // What was caught up with may have been in another language.
    turn.acting.lang = invocation.lang;
    let report = find(turn, handle)?;
    match verb {
        verb if whom::VERBS.contains(&verb) => {
            let to = whom::changed(turn, &invocation.args, handle, verb, &report.to)?;
            let report = Report { to, ..report };
            turn.put(handle.number, &report);
            let card = say::report::shown(&turn.voice(), handle, &report);
            turn.say(card);
            Ok(())
        }
        "edit" => edit(turn, invocation, handle, report),
        "skip" => skip::report(turn, invocation.args.when.as_ref(), handle, report),
        "remove" => {
            turn.remove::<Report>(handle.number);
            let what = every::print(&report.every, turn.lang());
            let card = say::task::removed(&turn.voice(), handle, &what);
            turn.say(card);
            Ok(())
        }
        _ => switch(turn, handle, report, verb == "enable"),
    }
}

/// `D1 改 每天9:00 @经理`, `D1 改 错过=不补`.
fn edit(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Report,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let unread = |part: &str| Refusal::NotUnderstood { word: "report".into(), part: part.into() };
    let mut report = before.clone();
    if !args.content.is_empty() {
        return Err(unread(&args.content));
    }
    for (key, value) in &args.pairs {
        match key.as_str() {
            "错过" | "missed" => report.missed = policy(value).ok_or_else(|| unread(value))?,
            _ => return Err(unread(key)),
        }
    }
    // `D1 改到19:00`: the days stay.
    let hour = fields::behind_verb(&invocation.line, &invocation.typed)
        .filter(|_| args.every.is_none() && args.when.is_some())
        .and_then(|hour| timing::at_another_time(turn, &before.every, hour));
    if let Some(every) = hour {
        let Timing { every, first, .. } = timing::again_and_again(turn, every)?;
        report.every = every.ok_or_else(|| unread(&invocation.line))?;
        (report.next_at, report.skip_through) = (Some(first), None);
    } else if let Some(Timing { every, first, .. }) = timing::typed(turn, args, &invocation.line)? {
        report.every = every.ok_or_else(|| unread(&invocation.line))?;
        (report.next_at, report.skip_through) = (Some(first), None);
    }
    let people = resolve(turn, &args.people)?;
    if !people.is_empty() {
        report.to = people;
    }
    if report == before {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    turn.put(handle.number, &report);
    let card = say::report::shown(&turn.voice(), handle, &report);
    turn.say(card);
    Ok(())
}

fn switch(turn: &mut Turn, handle: Handle, mut report: Report, on: bool) -> Result<(), Refusal> {
    if report.enabled == on {
        let state = say::status::switched(&turn.voice(), on);
        let instead = if on { "disable" } else { "enable" };
        return Err(Refusal::Already { handle, state, instead });
    }
    report.enabled = on;
    turn.put(handle.number, &report);
    let what = every::print(&report.every, turn.lang());
    let card = say::status::switch(&turn.voice(), &handle.to_string(), &what, on);
    turn.say(card);
    Ok(())
}

/// An occurrence has come.
pub fn occur(turn: &mut Turn, due: &Due) {
    let expected = turn.get::<Report>(due.number).is_some_and(|r| r.next_at == Some(due.at));
    if expected {
        catch_up(turn, due.number);
    }
}

/// Settles what is due by now: the numbers go to everyone who gets them, once, also after a time
/// without running; the rest is on record.
pub fn catch_up(turn: &mut Turn, number: u32) {
    let Some(mut report) = turn.get::<Report>(number) else { return };
    if report.next_at.is_none_or(|at| at > turn.now()) {
        return;
    }
    let settled =
        ledger::settle(turn, Report::ID, number, Plan::of_report(&report, turn.calendar()));
    report.next_at = settled.next_at;
    report.skip_through =
        report.skip_through.filter(|through| settled.next_at.is_some_and(|n| n <= *through));
    turn.put(number, &report);
    turn.acting.lang = turn.unasked_lang(report.lang);
    let handle = Handle { letter: 'D', number };
    if let Some(run) = settled.run {
        let numbers = numbers::of_day(turn, run.at);
        let card = say::report::daily(&turn.voice(), Some(handle), &report.place, run, &numbers);
        let scope = turn.scope().clone();
        let of = Of { scope, table: Report::ID.0, number, at: run.at };
        let card = card.in_lane(Lane::Digest);
        for who in &report.to {
            let said = SayFor { card: card.clone(), of: of.clone() };
            turn.post(Scope::Person(who.person.clone()), Post::SayFor(Box::new(said)));
        }
    }
    if !settled.missed.is_empty() {
        let next = Plan::of_report(&report, turn.calendar()).runs().next();
        let what = format!("{} {handle} {}", report.place, say::report::name(&turn.voice()));
        let card = say::schedule::missed(&turn.voice(), &what, &settled.missed, next);
        for who in &report.to {
            let card = card.clone().in_lane(Lane::Digest);
            turn.post(Scope::Person(who.person.clone()), Post::Say(Box::new(card)));
        }
    }
}
