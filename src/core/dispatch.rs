//! The one door for commands: rights, then the handler, then a refusal that teaches and, where only
//! rights are missing, offers to ask somebody who has them.

use super::commands::LIST;
use super::conditions;
use super::doubts;
use super::draft::Draft;
use super::halves;
use super::handler::Handler;
use super::meant;
use super::question;
use super::refusal::Refusal;
use super::requests::{self, Doors};
use super::rights;
use super::say;
use super::several::{self, Lines};
use super::turn::Turn;
use crate::command::catalogue::Form;
use crate::command::{Invocation, Role, Shape};
use crate::model::PersonId;
use crate::model::journal::What;
use crate::model::request::About;

/// The word whose commands carry out commands; its own refusals offer no request.
const REQUEST: &str = "request";

/// Said behind a command, and wants nothing more.
const KIND: [&str; 14] = [
    "请验收",
    "请查收",
    "请确认",
    "请查看",
    "请看",
    "请知悉",
    "谢谢",
    "谢谢大家",
    "辛苦了",
    "麻烦了",
    "please",
    "thanks",
    "thank you",
    "thx",
];

/// What it is handed for that.
const DOORS: Doors = Doors { attempt, owners };

/// Carries a command out for the acting person, or refuses it; either way it is answered.
pub fn dispatch(turn: &mut Turn, invocation: &Invocation) {
    carry_out(turn, invocation, |turn| attempt(turn, invocation));
}

/// The same for several commands of one message: all of them or none, one answer, one step.
pub fn together(turn: &mut Turn, lines: &Lines) {
    let Some(first) = lines.first() else { return };
    carry_out(turn, first, |turn| several::lines(turn, lines, attempt));
}

fn carry_out(
    turn: &mut Turn,
    invocation: &Invocation,
    run: impl FnOnce(&mut Turn) -> Result<(), Refusal>,
) {
    let before = turn.draft.clone();
    if let Err(refusal) = run(turn) {
        let lacks = refusal.lacks().is_some();
        let other = if lacks { in_any_case(turn, invocation, &before) } else { None };
        let refusal = meant::better(turn, invocation, other.unwrap_or(refusal));
        let confidential = turn.draft.confidential;
        turn.draft = before;
        turn.draft.confidential = confidential;
        turn.draft.what = What::Refused(invocation.word.clone());
        let handle = match &invocation.shape {
            Shape::Show(handle) | Shape::Act(handle, _) => Some(*handle),
            Shape::List | Shape::Create => None,
        };
        // A line that holds a secret is not said again.
        let line = if confidential { "" } else { invocation.line.as_str() };
        let said = say::lacking::Said { line, handle };
        let mut card = say::refusal::card(&turn.voice(), &turn.core.catalogue, &refusal, said);
        let offers = !confidential && offers(turn, invocation, &refusal);
        if offers {
            let apart = !matches!(refusal, Refusal::NotAllowed { .. });
            card = say::request::offered(&turn.voice(), card, apart);
            question::ask(turn, About::Request(invocation.line.clone()));
        }
        let open = !confidential && !offers;
        let lines = if open { meant::lines(turn, invocation, &refusal) } else { Vec::new() };
        if !lines.is_empty() {
            let direct = turn.scope().is_direct();
            card = say::misread::asked(&turn.voice(), card, &lines, direct);
            question::ask(turn, About::Meant(lines));
        }
        turn.say(card);
    }
}

/// Why a command would be refused even by somebody's leave: nobody is asked to agree to what cannot
/// be. Of records of others nothing is told that way.
fn in_any_case(turn: &mut Turn, invocation: &Invocation, before: &Draft) -> Option<Refusal> {
    let makes = invocation.shape == Shape::Create && invocation.word != REQUEST;
    let needs = needs(turn, invocation);
    if !makes || turn.draft.confidential || rights::has(turn, needs, None) {
        return None;
    }
    let leave = rights::who_may(turn, needs, None, 1).into_iter().next()?;
    let kept = (turn.draft.clone(), turn.preferences.clone(), turn.acting.clone());
    turn.draft = before.clone();
    turn.acting.leave = Some(leave);
    let tried = attempt(turn, invocation);
    let lang = turn.acting.lang;
    (turn.draft, turn.preferences, turn.acting) = kept;
    turn.acting.lang = lang;
    tried.err().filter(|refusal| refusal.lacks().is_none())
}

/// Carries a command out, or says why not; what a refused one wrote is still in the draft.
pub fn attempt(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    if invocation.also.is_empty() {
        return one(turn, invocation);
    }
    several::attempt(turn, invocation, one)
}

/// The same for a command about one record at most.
fn one(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    turn.acting.lang = invocation.lang;
    turn.acting.line.clone_from(&invocation.line);
    turn.draft.what = What::Command(name(invocation));
    // The parser gives only words of the catalogue, and the catalogue is read from this list.
    let Some(handler) = handler(invocation) else { return Ok(()) };
    let needs = needs(turn, invocation);
    if !allowed(turn, handler, invocation, needs) {
        return Err(Refusal::NotAllowed { needs });
    }
    understood(turn, invocation)?;
    match invocation.word.as_str() {
        REQUEST => requests::run(turn, invocation, &DOORS),
        _ => (handler.run)(turn, invocation),
    }
}

/// Whose the record is that a command is about, of several who owns each; `None` where it is about
/// none.
pub fn owners(turn: &mut Turn, invocation: &Invocation) -> Option<Vec<PersonId>> {
    let mut all: Option<Vec<PersonId>> = None;
    for handle in several::handles(invocation) {
        let about = several::of(turn, invocation, handle);
        let Some(owners) = handler(&about).and_then(|h| (h.owners)(turn, handle.number)) else {
            continue;
        };
        all = Some(match all {
            None => owners,
            Some(all) => all.into_iter().filter(|person| owners.contains(person)).collect(),
        });
    }
    all
}

/// Whether somebody else may do what was refused, and can be asked from here.
fn offers(turn: &mut Turn, invocation: &Invocation, refusal: &Refusal) -> bool {
    let Some(needs) = refusal.lacks() else { return false };
    let long = invocation.line.chars().nth(requests::LINE_CHARS_MAX).is_some();
    if invocation.word == REQUEST || long || turn.incoming().is_none() {
        return false;
    }
    let owners = owners(turn, invocation);
    !rights::who_may(turn, needs, owners.as_deref(), 1).is_empty()
}

fn handler(invocation: &Invocation) -> Option<&'static Handler> {
    LIST.iter().find(|h| h.key == invocation.word)
}

/// Words left over where none are taken are asked about, never dropped.
fn understood(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let key = match &invocation.shape {
        Shape::List | Shape::Create | Shape::Show(_) => &invocation.word,
        Shape::Act(_, verb) => verb,
    };
    let word = turn.core.catalogue.word(key);
    let takes = word.is_none_or(|w| w.takes.contains(&Form::Content));
    let part = &invocation.args.content;
    let kind = part.trim_start_matches(['了', '啦']);
    let kind = KIND.contains(&kind.trim_matches(['，', ',', '。', '！', '!', ' ']));
    if let Shape::Act(handle, verb) = &invocation.shape
        && !kind
        && let Some(part) =
            halves::unread(&invocation.word, verb, &invocation.args, &invocation.line)
    {
        return Err(Refusal::SecondHalf { handle: *handle, part });
    }
    if let Some(line) = meant::corrected(turn, invocation) {
        return Err(Refusal::Which { part: invocation.line.clone(), lines: vec![line] });
    }
    if let Some(refusal) = conditions::refused(turn, invocation) {
        return Err(refusal);
    }
    if let Some(refusal) = doubts::doubted(turn, invocation) {
        return Err(refusal);
    }
    if takes || kind || part.is_empty() {
        return Ok(());
    }
    Err(Refusal::NotUnderstood { word: key.clone(), part: part.clone() })
}

fn needs(turn: &Turn, invocation: &Invocation) -> Role {
    let word = turn.core.catalogue.word(&invocation.word);
    word.and_then(|w| w.roles.get(shape(invocation))).copied().unwrap_or(Role::Member)
}

fn allowed(turn: &mut Turn, handler: &Handler, invocation: &Invocation, needs: Role) -> bool {
    let owners = match &invocation.shape {
        Shape::Show(handle) | Shape::Act(handle, _) => {
            let Some(owners) = (handler.owners)(turn, handle.number) else {
                // No such record: the handler says so, to everybody alike.
                return needs < Role::Lead || rights::has(turn, needs, None);
            };
            Some(owners)
        }
        Shape::List | Shape::Create => None,
    };
    rights::has(turn, needs, owners.as_deref())
}

/// Key and shape of a command, for the journal: `task.create`, `task.done`.
fn name(invocation: &Invocation) -> String {
    format!("{}.{}", invocation.word, shape(invocation))
}

fn shape(invocation: &Invocation) -> &str {
    match &invocation.shape {
        Shape::List => "list",
        Shape::Create => "create",
        Shape::Show(_) => "show",
        Shape::Act(_, verb) => verb,
    }
}
