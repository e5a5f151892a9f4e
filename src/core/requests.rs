//! `申请`: what somebody may not do is put to those who may; `同意` carries it out in the asker's name
//! with the rights of whoever agrees. How a command is carried out is handed in by `dispatch`.

use super::elsewhere;
use super::paging;
use super::question;
use super::read;
use super::refusal::Refusal;
use super::rights;
use super::say;
use super::tables::Mirror;
use super::turn::Turn;
use crate::command::{Invocation, Role, Shape};
use crate::model::journal::What;
use crate::model::outgoing::Lane;
use crate::model::post::Due;
use crate::model::request::{About, Request, RequestState};
use crate::model::task::Named;
use crate::model::{Handle, PersonId, Post, Scope};
use crate::store::Order;

/// How long a request is open, in ms: a day, so that everybody it concerns has seen it.
pub const OPEN_MS: i64 = question::REQUEST_MS;

/// Most open requests of a conversation: more would be a list nobody answers.
pub const OPEN_MAX: usize = 20;

/// Longest command that can be asked for, in characters: whoever agrees must see all of it.
pub const LINE_CHARS_MAX: usize = 200;

/// The verbs that answer one.
pub const ANSWERS: [&str; 2] = ["approve", "decline"];

/// How many of the newest requests are looked through.
const LOOKED_MAX: usize = 200;

/// Most people who are told of one: somebody has to feel meant.
const TOLD_MAX: usize = 3;

/// What `dispatch` does with the command inside a request.
pub struct Doors {
    /// Carries it out, or says why not; what a refused one wrote is still in the draft.
    pub attempt: fn(&mut Turn, &Invocation) -> Result<(), Refusal>,
    /// Whose the record is that it is about.
    pub owners: fn(&mut Turn, &Invocation) -> Option<Vec<PersonId>>,
}

/// Carries out a command on requests.
pub fn run(turn: &mut Turn, invocation: &Invocation, doors: &Doors) -> Result<(), Refusal> {
    match &invocation.shape {
        Shape::List | Shape::Create => {
            let asked = question::open(turn).map(|question| question.about);
            match asked {
                Some(About::Request(line)) => make(turn, &line, doors),
                Some(About::Meant(_)) | None => list(turn),
            }
        }
        Shape::Show(handle) => {
            let request = find(turn, *handle)?;
            let card = say::request::shown(&turn.voice(), *handle, &request);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) if verb == "approve" => approve(turn, *handle, doors),
        Shape::Act(handle, _) => decline(turn, *handle, doors),
    }
}

/// Whoever asked.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    turn.get::<Request>(number).map(|request| vec![request.asker.person])
}

/// Nobody answered in time: whoever asked is told, once.
pub fn expire(turn: &mut Turn, due: &Due) {
    let Some(mut request) = turn.get::<Request>(due.number) else { return };
    if request.state != RequestState::Open || request.until != due.at {
        return;
    }
    request.state = RequestState::Expired;
    turn.put(due.number, &request);
    turn.acting.lang = turn.unasked_lang(request.lang);
    let handle = Handle { letter: 'Q', number: due.number };
    let card = say::request::expired(&turn.voice(), handle, &request);
    turn.say(card.in_lane(Lane::Notice));
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Request, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

/// The requests nobody has answered, here and, in a direct chat, those that wait for this person.
fn list(turn: &mut Turn) -> Result<(), Refusal> {
    let open = open(turn);
    let elsewhere = waiting_elsewhere(turn);
    let long = say::request::list(&turn.voice(), &open, &elsewhere);
    paging::say(turn, long);
    Ok(())
}

/// The only request of another place that waits for this person, as they would name it here.
pub fn only_elsewhere(turn: &mut Turn) -> Option<String> {
    match waiting_elsewhere(turn).as_slice() {
        [only] => Some(format!("{} {}", only.shown.title, only.shown.handle)),
        [] | [_, ..] => None,
    }
}

/// The requests of other places that wait for the person whose direct chat this is.
fn waiting_elsewhere(turn: &mut Turn) -> Vec<Mirror> {
    let mut waiting = if turn.scope().is_direct() { elsewhere::shown(turn) } else { Vec::new() };
    waiting.retain(|mirror| mirror.shown.handle.starts_with('Q'));
    waiting
}

/// The open request, where there is only one.
pub fn only_open(turn: &mut Turn) -> Option<Handle> {
    match open(turn).as_slice() {
        [(handle, _)] => Some(*handle),
        [] | [_, ..] => None,
    }
}

/// The open requests of whoever acts.
pub fn own(turn: &mut Turn) -> Vec<Handle> {
    let me = turn.acting.actor.clone();
    let mine = |request: &Request| me.as_ref().is_some_and(|me| me.person == request.asker.person);
    open(turn).into_iter().filter(|(_, request)| mine(request)).map(|(handle, _)| handle).collect()
}

fn open(turn: &mut Turn) -> Vec<(Handle, Request)> {
    let is_open = |request: &Request| request.state == RequestState::Open;
    let all = turn.list::<Request>(LOOKED_MAX, Order::Down).into_iter();
    let open = all.filter(|(_, request)| is_open(request));
    open.map(|(number, request)| (Handle { letter: 'Q', number }, request)).collect()
}

/// Puts a refused command to those who may. It is tried first: one that would fail with their leave
/// too is refused for that reason, and one that is allowed by now is simply carried out.
fn make(turn: &mut Turn, line: &str, doors: &Doors) -> Result<(), Refusal> {
    question::close(turn);
    let invocation = read(turn, line)?;
    let before = (turn.draft.clone(), turn.preferences.clone());
    let Err(refusal) = (doors.attempt)(turn, &invocation) else { return Ok(()) };
    (turn.draft, turn.preferences) = before.clone();
    let needs = refusal.lacks().ok_or(refusal)?;
    let owners = (doors.owners)(turn, &invocation);
    let to = rights::who_may(turn, needs, owners.as_deref(), TOLD_MAX);
    let (Some(asker), Some(first)) = (turn.acting.actor.clone(), to.first()) else {
        return Err(Refusal::NotAllowed { needs });
    };
    turn.acting.leave = Some(first.clone());
    let tried = (doors.attempt)(turn, &invocation);
    turn.acting.leave = None;
    (turn.draft, turn.preferences) = before;
    tried?;
    let waiting = open(turn);
    let same =
        |(_, other): &&(Handle, Request)| other.line == line && other.asker.person == asker.person;
    if let Some((handle, request)) = waiting.iter().find(same) {
        let card = say::request::asked_before(&turn.voice(), *handle, request);
        turn.say(card);
        return Ok(());
    }
    if waiting.len() >= OPEN_MAX {
        return Err(Refusal::Limit { what: "requests", most: OPEN_MAX });
    }
    turn.draft.what = What::Command("request.create".into());
    turn.acting.line = line.to_owned();
    tell(turn, asker, line, &to);
    Ok(())
}

/// Keeps the request, and says it to those who may answer: here if they were seen here, else in
/// their direct chats.
fn tell(turn: &mut Turn, asker: Named, line: &str, to: &[Named]) {
    let direct = turn.scope().is_direct();
    let place = if direct { asker.name.clone() } else { turn.title().to_owned() };
    let request = Request {
        asker,
        line: line.to_owned(),
        to: to.iter().map(|who| who.person.clone()).collect(),
        asked_at: turn.now(),
        until: turn.now().plus_ms(OPEN_MS),
        state: RequestState::Open,
        lang: turn.lang(),
        place,
    };
    let number = turn.next_number::<Request>();
    turn.put(number, &request);
    let handle = Handle { letter: 'Q', number };
    let mut here: Vec<Named> = to.iter().filter(|who| !who.name.is_empty()).cloned().collect();
    if direct {
        here.clear();
    }
    let card = say::request::asked(&turn.voice(), handle, &request, &here);
    turn.say(card);
    if here.is_empty() {
        for who in to {
            let card = say::request::asked_directly(&turn.voice(), handle, &request);
            let card = Box::new(card.in_lane(Lane::Notice));
            turn.post(Scope::Person(who.person.clone()), Post::Say(card));
        }
    }
}

/// Carries the command out in the asker's name, with the rights of whoever agrees.
fn approve(turn: &mut Turn, handle: Handle, doors: &Doors) -> Result<(), Refusal> {
    let mut request = unanswered(turn, handle)?;
    let Some(by) = turn.acting.actor.clone() else { return Ok(()) };
    let invocation = read(turn, &request.line)?;
    let own = turn.acting.clone();
    turn.acting.actor = Some(request.asker.clone());
    turn.acting.leave = Some(by.clone());
    let said = turn.draft.said.len();
    if let Err(refusal) = (doors.attempt)(turn, &invocation) {
        turn.acting = own;
        return Err(refusal);
    }
    request.state = RequestState::Granted(by.clone());
    turn.put(handle.number, &request);
    let voice = turn.voice();
    let head = say::request::granted(&voice, handle, &request, &by);
    match turn.draft.said.get_mut(said) {
        Some(card) => card.blocks.splice(0..0, head.blocks).for_each(drop),
        None => turn.say(head),
    }
    Ok(())
}

/// Says no, if the person might have said yes.
fn decline(turn: &mut Turn, handle: Handle, doors: &Doors) -> Result<(), Refusal> {
    let mut request = unanswered(turn, handle)?;
    let Some(by) = turn.acting.actor.clone() else { return Ok(()) };
    let needs = needed(turn, &request, doors)?;
    let owners = read(turn, &request.line).ok().and_then(|i| (doors.owners)(turn, &i));
    if by.person != request.asker.person && !rights::has(turn, needs, owners.as_deref()) {
        return Err(Refusal::NotAllowed { needs });
    }
    request.state = RequestState::Declined(by.clone());
    turn.put(handle.number, &request);
    let card = say::request::declined(&turn.voice(), handle, &request, &by);
    turn.say(card);
    Ok(())
}

/// What the asker lacks for the command, found by trying it in their name.
fn needed(turn: &mut Turn, request: &Request, doors: &Doors) -> Result<Role, Refusal> {
    let invocation = read(turn, &request.line)?;
    let (own, draft) = (turn.acting.clone(), turn.draft.clone());
    let preferences = turn.preferences.clone();
    turn.acting.actor = Some(request.asker.clone());
    let tried = (doors.attempt)(turn, &invocation);
    (turn.acting, turn.draft, turn.preferences) = (own, draft, preferences);
    Ok(tried.err().and_then(|refusal| refusal.lacks()).unwrap_or(Role::Admin))
}

/// A request that can still be answered.
fn unanswered(turn: &mut Turn, handle: Handle) -> Result<Request, Refusal> {
    let request = find(turn, handle)?;
    match request.state {
        RequestState::Open if request.until > turn.now() => Ok(request),
        RequestState::Open
        | RequestState::Granted(_)
        | RequestState::Declined(_)
        | RequestState::Expired => {
            let state = say::request::state(&turn.voice(), &request);
            Err(Refusal::Settled { handle, state })
        }
    }
}

fn read(turn: &mut Turn, line: &str) -> Result<Invocation, Refusal> {
    read::read(turn, line).map_err(Refusal::Parse)
}
