//! Commands typed in a direct chat about a record of a group: sent there by a post, answered by
//! another.

use super::elsewhere::shown;
use super::refusal::Refusal;
use super::say::lacking::Said;
use super::tables::Mirror;
use super::turn::Turn;
use super::{acted, dispatch, read, say, several, undo};
use crate::command::{Invocation, ParseError, Shape};
use crate::model::journal::{Step, What};
use crate::model::post::Typed;
use crate::model::reminder::Reminder;
use crate::model::task::Named;
use crate::model::{Post, Scope};

/// In a direct chat, `群名 T1 完成` goes to the group it names; says whether the line was of that
/// kind.
pub fn forward(turn: &mut Turn, text: &str) -> bool {
    let Some(actor) = turn.acting.actor.clone().filter(|_| turn.scope().is_direct()) else {
        return false;
    };
    let named = |m: &Mirror| {
        let rest = text.strip_prefix(m.shown.title.as_str())?.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let fits = !m.shown.title.is_empty() && rest[..end].to_uppercase() == m.shown.handle;
        fits.then(|| (m.from.clone(), rest.to_owned()))
    };
    let found: Vec<(Scope, String)> = shown(turn).iter().filter_map(named).collect();
    let Some((to, line)) = found.first().cloned() else { return refused(turn, text) };
    if found.iter().any(|(other, _)| *other != to) {
        let (refusal, said) = (Refusal::SeveralGroups, Said::default());
        let card = say::refusal::card(&turn.voice(), &turn.core.catalogue, &refusal, said);
        turn.say(card);
        return true;
    }
    let acts = read::read(turn, &line).ok().map(|read| read.shape);
    // What was asked for is answered once.
    if let Some(Shape::Act(handle, _)) = acts.filter(|_| !line.starts_with(['Q', 'q'])) {
        acted::keep(turn, to.clone(), handle);
    }
    turn.post(to, Post::Typed(Box::new(Typed { by: actor.person, name: actor.name, line })));
    true
}

/// A record behind a name that shows none here: said, so that nobody waits for it.
fn refused(turn: &mut Turn, text: &str) -> bool {
    let core = turn.core;
    let Some((_, line)) = text.split_once(char::is_whitespace) else { return false };
    let read = read::read(turn, line);
    let (lang, word) = match read {
        Ok(invocation) => (invocation.lang, invocation.word),
        Err(ParseError::UnknownVerb { lang, .. }) => (lang, "parse".to_owned()),
        Err(
            ParseError::Talk
            | ParseError::Empty
            | ParseError::Unknown { .. }
            | ParseError::UnknownLetter { .. }
            | ParseError::VerbAlone { .. }
            | ParseError::TooLong { .. },
        ) => return false,
    };
    turn.acting.lang = lang;
    turn.draft.what = What::Refused(word);
    let refusal = Refusal::NoSuchGroup;
    let card = say::refusal::card(&turn.voice(), &core.catalogue, &refusal, Said::default());
    turn.say(card);
    true
}

/// A command typed in a direct chat about a record here: carried out in that person's name,
/// answered there.
pub fn typed(turn: &mut Turn, typed: &Typed) {
    turn.acting.actor = Some(Named { person: typed.by.clone(), name: typed.name.clone() });
    let core = turn.core;
    let read = read::read(turn, &typed.line);
    let undoes = |invocation: &Invocation| invocation.word == "undo";
    let acted = read.as_ref().is_ok_and(|i| undoes(i) || matches!(i.shape, Shape::Act(..)));
    let place = owner_named(turn, &read);
    match read {
        Ok(invocation) if !is_open_to(turn, &invocation, typed) => {
            turn.acting.lang = invocation.lang;
            turn.draft.what = What::Refused(invocation.word);
            let (refusal, said) = (Refusal::NoSuchGroup, Said::default());
            let card = say::refusal::card(&turn.voice(), &core.catalogue, &refusal, said);
            turn.say(card);
        }
        Ok(invocation) => {
            match others_step(turn, &invocation, typed).filter(|_| undoes(&invocation)) {
                Some(refusal) => {
                    turn.acting.lang = invocation.lang;
                    turn.draft.what = What::Refused(invocation.word);
                    let said = Said::default();
                    let card = say::refusal::card(&turn.voice(), &core.catalogue, &refusal, said);
                    turn.say(card);
                }
                None => dispatch::dispatch(turn, &invocation),
            }
        }
        Err(ParseError::Talk | ParseError::Empty) => {}
        Err(error) => {
            let refusal = Refusal::Parse(error);
            let said = Said { line: &typed.line, handle: None };
            let card = say::refusal::card(&turn.voice(), &core.catalogue, &refusal, said);
            turn.say(card);
        }
    }
    let changed = matches!(&turn.draft.what, What::Command(_)) && acted;
    for card in turn.draft.said.clone() {
        let place = place.as_deref().unwrap_or(turn.title());
        let post = Post::Say(Box::new(say::elsewhere(card, place)));
        turn.post(Scope::Person(typed.by.clone()), post);
    }
    // What changed is said in the group as well; what was only looked at or refused is not.
    if !changed {
        turn.draft.said.clear();
    }
    if place.is_some()
        && let Some(card) = turn.draft.said.pop()
    {
        let by = say::remind::by_receiver(&turn.voice(), &typed.name);
        turn.say(card.and_line(vec![by.into()]));
    }
}

/// Verbs by which whoever is reminded may stop what somebody else asked for.
const STOPS: [&str; 7] = ["done", "disable", "enable", "drop", "remove", "snooze", "skip"];

/// In somebody's direct chat others reach the reminders that are for them and nothing else.
fn is_open_to(turn: &mut Turn, invocation: &Invocation, typed: &Typed) -> bool {
    if !matches!(turn.scope(), Scope::Person(own) if *own != typed.by) || invocation.word == "undo"
    {
        return true;
    }
    let verb = match &invocation.shape {
        Shape::Act(_, verb) => STOPS.contains(&verb.as_str()),
        Shape::Show(_) => true,
        Shape::List | Shape::Create => false,
    };
    let handles = several::handles(invocation);
    // A request is put to them, and judged for itself.
    if !handles.is_empty() && handles.iter().all(|handle| handle.letter == 'Q') {
        return true;
    }
    let own = invocation.args.handles.is_empty()
        && handles.iter().all(|handle| {
            let reminder = turn.get::<Reminder>(handle.number).filter(|_| handle.letter == 'J');
            reminder.is_some_and(|r| r.to.iter().any(|who| who.person == typed.by))
        });
    verb && own
}

/// Whose direct chat this is, by the reminder that was typed about; `None` in a group.
fn owner_named(turn: &mut Turn, read: &Result<Invocation, ParseError>) -> Option<String> {
    let handle = read.as_ref().ok()?.handle().filter(|handle| handle.letter == 'J')?;
    let direct = turn.scope().is_direct();
    turn.get::<Reminder>(handle.number).filter(|_| direct).map(|reminder| reminder.creator.name)
}

/// Why what was done last to a record is not undone from elsewhere: somebody else did it, and
/// whoever is not there has not seen it.
fn others_step(turn: &mut Turn, invocation: &Invocation, typed: &Typed) -> Option<Refusal> {
    let handle = *invocation.args.handles.first()?;
    let Some(number) = undo::last_touching(turn, handle) else {
        return Some(Refusal::NothingToUndo);
    };
    let actor = turn.get::<Step>(number).and_then(|step| step.actor);
    let own = actor.is_some_and(|actor| actor.person == typed.by);
    (!own).then(|| Refusal::NotYourStep { step: number, records: vec![handle] })
}
