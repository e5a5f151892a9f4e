//! `来源`: outside systems that report here. The organisation numbers and lists them; each has a
//! scope of its own.

use crate::command::{Invocation, Shape};
use crate::core::elsewhere;
use crate::core::paging;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::event::Report;
use crate::model::post::SourceNew;
use crate::model::source::{Source, SourceListed, SourceState};
use crate::model::{Handle, Post, Scope};
use crate::store::Order;
use crate::text::{cut, near};

/// Most sources of an organisation.
pub const SOURCES_MAX: usize = 500;

/// Longest name of a source, in characters.
pub const NAME_CHARS_MAX: usize = 32;

/// What a name may not hold: it is part of an address.
const NOT_IN_NAMES: [char; 6] = ['/', '?', '#', '%', ' ', '\\'];

/// A source's own record is the only one of its kind in its scope.
pub const OWN_NUMBER: u32 = 1;

/// Carries out a command on sources. What is to change goes to the organisation, which owns the
/// list.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::List => {
            let sources = listed(turn);
            let long = say::source::list(&turn.voice(), &sources);
            paging::say(turn, long);
            Ok(())
        }
        Shape::Create => create(turn, invocation),
        Shape::Show(handle) => {
            let source = find(turn, *handle)?;
            let card = say::source::shown(&turn.voice(), *handle, &source);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) => act(turn, *handle, verb),
    }
}

/// Every source there is.
pub fn listed(turn: &mut Turn) -> Vec<(u32, SourceListed)> {
    match turn.scope() {
        Scope::Organisation => turn.list(SOURCES_MAX, Order::Up),
        Scope::Conversation(_) | Scope::Person(_) | Scope::Source(_) => {
            turn.list_in(&Scope::Organisation, SOURCES_MAX)
        }
    }
}

/// The source of this name, or the names that are near.
pub fn named(turn: &mut Turn, name: &str) -> Result<(u32, SourceListed), Refusal> {
    let sources = listed(turn);
    if let Some(found) = sources.iter().find(|(_, s)| s.name == name) {
        return Ok(found.clone());
    }
    let names = sources.iter().map(|(_, s)| s.name.as_str());
    let mut near: Vec<String> =
        near::nearest(name, names.clone(), 3).into_iter().map(str::to_owned).collect();
    if near.is_empty() {
        near = names.take(3).map(str::to_owned).collect();
    }
    Err(Refusal::NoSuchSource { name: cut::chars(name, NAME_CHARS_MAX), near })
}

fn find(turn: &mut Turn, handle: Handle) -> Result<SourceListed, Refusal> {
    let sources = listed(turn);
    let found = sources.into_iter().find(|(number, _)| *number == handle.number);
    found.map(|(_, source)| source).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let name = cut::one_line(&invocation.args.content);
    if name.is_empty() {
        return Err(Refusal::Missing { word: "source", what: Missing::Name });
    }
    if name.chars().count() > NAME_CHARS_MAX || name.contains(NOT_IN_NAMES) {
        let fit = name.replace(NOT_IN_NAMES, "").chars().take(NAME_CHARS_MAX).collect();
        return Err(Refusal::BadName { name, fit, most: NAME_CHARS_MAX });
    }
    let sources = listed(turn);
    if sources.iter().any(|(_, s)| s.name == name) {
        return Err(Refusal::Taken { name });
    }
    if sources.len() >= SOURCES_MAX {
        return Err(Refusal::Limit { what: "sources", most: SOURCES_MAX });
    }
    // By somebody's leave it is theirs: whoever asked lacks the right to hold a secret.
    let Some(by) = turn.acting.in_name_of() else { return Ok(()) };
    let secret = turn.input.fresh_secret.to_owned();
    let other = turn.acting.leave.as_ref().map(|leave| leave.name.clone());
    let card = say::source::created(&turn.voice(), &name, other.as_deref());
    turn.say(card);
    let lang = turn.lang();
    let new = SourceNew { name, number: 0, by: by.person, secret, lang };
    turn.post(Scope::Organisation, Post::SourceNew(Box::new(new)));
    Ok(())
}

fn act(turn: &mut Turn, handle: Handle, verb: &str) -> Result<(), Refusal> {
    let source = find(turn, handle)?;
    let state = match verb {
        "enable" => SourceState::Enabled,
        "disable" => SourceState::Disabled,
        _ => SourceState::Removed,
    };
    let on = state == SourceState::Enabled;
    if source.state == state {
        let state = say::status::switched(&turn.voice(), on);
        let instead = if on { "disable" } else { "enable" };
        return Err(Refusal::Already { handle, state, instead });
    }
    let card = match state {
        SourceState::Removed => say::source::removed(&turn.voice(), handle, &source),
        SourceState::Enabled | SourceState::Disabled => {
            say::status::switch(&turn.voice(), &handle.to_string(), &source.name, on)
        }
    };
    turn.say(card);
    turn.post(Scope::Organisation, Post::SourceSet { number: handle.number, state });
    Ok(())
}

/// A source is to exist: the organisation numbers it and sends it on; its own scope keeps it and
/// gives the secret away.
pub fn make(turn: &mut Turn, new: &SourceNew) {
    turn.draft.confidential = true;
    turn.acting.lang = new.lang;
    if *turn.scope() == Scope::Organisation {
        // Somebody else may have been quicker with the same name.
        if listed(turn).iter().any(|(_, s)| s.name == new.name) {
            let card = say::source::taken(&turn.voice(), &new.name);
            turn.post(Scope::Person(new.by.clone()), Post::Say(Box::new(card)));
            return;
        }
        let number = turn.next_number::<SourceListed>();
        let name = new.name.clone();
        turn.put(number, &SourceListed { name, state: SourceState::Enabled });
        let numbered = SourceNew { number, ..new.clone() };
        let to = Scope::Source(new.name.clone());
        turn.post(to, Post::SourceNew(Box::new(numbered)));
        return;
    }
    let source = Source {
        name: new.name.clone(),
        number: new.number,
        secret: new.secret.clone(),
        state: SourceState::Enabled,
        creator: new.by.clone(),
    };
    turn.put(OWN_NUMBER, &source);
    let url = turn.core.settings.public_url.as_str();
    let card = say::source::secret(&turn.voice(), url, &source);
    turn.post(Scope::Person(new.by.clone()), Post::Say(Box::new(card)));
}

/// A source is to change its state: in the organisation's list, then in its own record.
pub fn set(turn: &mut Turn, number: u32, state: SourceState) {
    if *turn.scope() == Scope::Organisation {
        if let Some(mut source) = turn.get::<SourceListed>(number) {
            source.state = state;
            match state {
                SourceState::Removed => turn.remove::<SourceListed>(number),
                SourceState::Enabled | SourceState::Disabled => turn.put(number, &source),
            }
            turn.post(Scope::Source(source.name), Post::SourceSet { number, state });
        }
    } else if let Some(mut source) = turn.get::<Source>(OWN_NUMBER)
        && source.number == number
    {
        source.state = state;
        // A removed source's secret is of no more use to anybody.
        if state == SourceState::Removed {
            source.secret.clear();
        }
        turn.put(OWN_NUMBER, &source);
    }
}

/// A report goes to every scope that shows a subscription here.
pub fn pass_on(turn: &mut Turn, report: &Report) {
    let heard = |s: &Source| s.state == SourceState::Enabled;
    let Some(source) = turn.get::<Source>(OWN_NUMBER).filter(heard) else { return };
    for scope in elsewhere::showing(turn) {
        let (source, report) = (source.name.clone(), report.clone());
        turn.post(scope, Post::SourceReported { source, report });
    }
}
