//! `订阅`: which reports of a source this conversation wants; and the alerts that come of them.

use super::source;
use crate::command::{Invocation, Shape};
use crate::core::paging;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::condition::Condition;
use crate::model::event::Report;
use crate::model::journal::RuleRef;
use crate::model::source::{Alert, Subscription};
use crate::model::told::{Kind, Told};
use crate::model::{Handle, Lane, PersonId};
use crate::store::Order;
use crate::text::condition;

/// Most subscriptions of a conversation.
pub const SUBSCRIPTIONS_MAX: usize = 100;

/// Most comparisons of one subscription.
pub const TESTS_MAX: usize = 20;

/// Carries out a command on subscriptions.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::List => {
            let all = turn.list::<Subscription>(SUBSCRIPTIONS_MAX, Order::Up);
            let long = say::source::subscriptions(&turn.voice(), &all);
            paging::say(turn, long);
            Ok(())
        }
        Shape::Create => create(turn, invocation),
        Shape::Show(handle) => {
            let subscription = find(turn, *handle)?;
            let card = say::source::subscription(&turn.voice(), *handle, &subscription);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) => act(turn, *handle, verb),
    }
}

/// Whoever made it.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    Some(vec![turn.get::<Subscription>(number)?.creator.person])
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Subscription, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let mut parts = args.content.split_whitespace();
    let name = parts.next().ok_or(Refusal::Missing { word: "subscribe", what: Missing::Name })?;
    let (_, found) = source::named(turn, name)?;
    // What is left was meant as a condition and reads as none: better to ask than to let everything
    // through.
    let parts: Vec<&str> = parts.collect();
    let rest: Vec<&str> =
        parts.iter().copied().filter(|p| !["且", "and", "&&"].contains(p)).collect();
    let worded = condition::worded(&parts.join(" "));
    if !rest.is_empty() && worded.is_none() {
        return Err(Refusal::NotUnderstood { word: "subscribe".into(), part: rest.join(" ") });
    }
    if turn.list::<Subscription>(SUBSCRIPTIONS_MAX, Order::Up).len() >= SUBSCRIPTIONS_MAX {
        return Err(Refusal::Limit { what: "subscriptions", most: SUBSCRIPTIONS_MAX });
    }
    let tests: Vec<_> = args.tests.iter().cloned().chain(worded.into_iter().flatten()).collect();
    if tests.len() > TESTS_MAX {
        return Err(Refusal::Limit { what: "tests", most: TESTS_MAX });
    }
    let Some(creator) = turn.acting.actor.clone() else { return Ok(()) };
    let subscription = Subscription {
        source: found.name,
        condition: Condition { tests },
        enabled: true,
        version: 1,
        creator,
        created_at: turn.now(),
        lang: turn.lang(),
    };
    let number = turn.next_number::<Subscription>();
    turn.put(number, &subscription);
    let handle = Handle { letter: 'S', number };
    let card = say::source::subscribed(&turn.voice(), handle, &subscription);
    turn.say(card);
    Ok(())
}

fn act(turn: &mut Turn, handle: Handle, verb: &str) -> Result<(), Refusal> {
    let mut subscription = find(turn, handle)?;
    let what = say::source::wanted(&subscription);
    if verb == "remove" {
        turn.remove::<Subscription>(handle.number);
        let card = say::task::removed(&turn.voice(), handle, &what);
        turn.say(card);
        return Ok(());
    }
    let on = verb == "enable";
    if subscription.enabled == on {
        let state = say::status::switched(&turn.voice(), on);
        let instead = if on { "disable" } else { "enable" };
        return Err(Refusal::Already { handle, state, instead });
    }
    subscription.enabled = on;
    subscription.version += 1;
    turn.put(handle.number, &subscription);
    let card = say::status::switch(&turn.voice(), &handle.to_string(), &what, on);
    turn.say(card);
    Ok(())
}

/// A source reported: one alert for the first subscription that lets it through.
pub fn hear(turn: &mut Turn, source: &str, report: &Report) {
    let all = turn.list::<Subscription>(SUBSCRIPTIONS_MAX, Order::Up);
    let lets = |s: &Subscription| {
        s.enabled && s.source == source && condition::holds(&s.condition, &report.fields)
    };
    let Some((number, subscription)) = all.into_iter().find(|(_, s)| lets(s)) else { return };
    let alert = Alert {
        source: source.to_owned(),
        subscription: number,
        version: subscription.version,
        fields: report.fields.clone(),
        at: turn.now(),
        day: turn.today(),
    };
    let own = turn.next_number::<Alert>();
    turn.put(own, &alert);
    turn.draft.rules.push(RuleRef {
        handle: Handle { letter: 'S', number }.to_string(),
        version: subscription.version,
        matched: format!("A{own}"),
    });
    turn.acting.lang = turn.unasked_lang(subscription.lang);
    let handle = Handle { letter: 'A', number: own };
    let mut card = say::source::alert(&turn.voice(), handle, &alert, &subscription);
    card.told = Some(Told::one(turn.lang(), Kind::Alert, source, own));
    turn.say(card.in_lane(Lane::Notice));
}
