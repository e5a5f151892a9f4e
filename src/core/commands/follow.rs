//! `跟进`: somebody is asked, once more if they have not replied in time; a reply ends it.

use super::{snooze, whom};
use crate::command::{Invocation, Role, Shape};
use crate::core::fields;
use crate::core::ledger;
use crate::core::paging;
use crate::core::people::resolve;
use crate::core::quoted::handle_quoted;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::tables::deadline_at;
use crate::core::timing;
use crate::core::turn::Turn;
use crate::model::event::Incoming;
use crate::model::follow::Follow;
use crate::model::occurrence::{Of, Outcome};
use crate::model::post::{Due, DueName};
use crate::model::task::Deadline;
use crate::model::{Handle, Lane, PersonId, Timestamp};
use crate::store::{Order, Table};
use crate::text::cut;
use crate::text::when::{self, When};

/// Most questions open in one conversation.
pub const FOLLOWS_MAX: usize = 200;

/// Most questions looked through for them, those that are over included.
const LOOKED_MAX: usize = 2_000;

/// Longest question, in characters.
const TEXT_CHARS_MAX: usize = 200;

/// How long is waited where nothing is said, in ms: two hours.
const WAIT_MS: i64 = 2 * 60 * 60 * 1000;

/// What an edit calls the time. Longer spellings first.
const TIME: [&str; 8] = ["截止时间", "截止", "时间", "日期", "到期", "time", "due", "when"];
/// The question.
const TEXT: [&str; 6] = ["内容", "标题", "问题", "text", "title", "question"];

/// Carries out a command on follow-ups.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    match &invocation.shape {
        // `跟进 @乙` behind a quote asks; the line alone would be a list.
        Shape::List if !invocation.args.people.is_empty() => create(turn, invocation),
        Shape::List => {
            let open = open(turn);
            let long = say::follow::list(&turn.voice(), &open);
            paging::say(turn, long);
            Ok(())
        }
        Shape::Create => create(turn, invocation),
        Shape::Show(handle) => {
            let follow = find(turn, *handle)?;
            let card = say::follow::shown(&turn.voice(), *handle, &follow);
            turn.say(card);
            Ok(())
        }
        Shape::Act(handle, verb) => act(turn, invocation, *handle, verb),
    }
}

/// Whoever waits and whoever is to answer.
pub fn owners(turn: &mut Turn, number: u32) -> Option<Vec<PersonId>> {
    let follow = turn.get::<Follow>(number)?;
    let people = std::iter::once(&follow.creator).chain(&follow.whom);
    Some(people.map(|who| who.person.clone()).collect())
}

/// Questions without an answer, the earliest first.
pub fn open(turn: &mut Turn) -> Vec<(u32, Follow)> {
    let mut all = turn.list::<Follow>(LOOKED_MAX, Order::Down);
    all.retain(|(_, follow)| follow.answered.is_none());
    all.sort_by_key(|(number, follow)| (follow.until, *number));
    all
}

/// A message that replies to a question, by somebody who is to answer it, ends it. Only replies are
/// looked at, so that other messages cost nothing.
pub fn answer(turn: &mut Turn, message: &Incoming) {
    let Some(quoted) = &message.quoted else { return };
    let named = handle_quoted(turn, message, None);
    let by = &message.sender.person;
    let fits = |(number, follow): &(u32, Follow)| {
        let asked = follow.whom.iter().any(|who| who.person == *by);
        let quotes = follow.message.is_some() && follow.message == quoted.id;
        asked && (quotes || named == Some(format!("F{number}")))
    };
    let Some((number, mut follow)) = open(turn).into_iter().find(fits) else { return };
    follow.answered = turn.acting.actor.clone();
    follow.remind_at = None;
    turn.put(number, &follow);
    turn.acting.lang = turn.unasked_lang(follow.lang);
    let card = say::follow::answered(&turn.voice(), handle(number), &follow);
    turn.say(card.in_lane(Lane::Notice));
}

/// Nobody has answered in time: they are asked once more, and whoever waits is told.
pub fn remind(turn: &mut Turn, due: &Due) {
    let Some(mut follow) = turn.get::<Follow>(due.number) else { return };
    if follow.remind_at != Some(due.at) {
        return;
    }
    follow.remind_at = None;
    turn.put(due.number, &follow);
    if ledger::outcome(turn, Follow::ID, due.number, due.at).is_some() {
        return;
    }
    ledger::record(turn, Follow::ID, due.number, due.at, Outcome::Ran);
    let scope = turn.scope().clone();
    let of = Of { scope, table: Follow::ID.0, number: due.number, at: due.at };
    turn.acting.lang = turn.unasked_lang(follow.lang);
    let card = say::follow::waits(&turn.voice(), handle(due.number), &follow);
    ledger::say(turn, of, card.in_lane(Lane::Notice));
}

/// Its reminder, if that is due and has not been handed over yet.
pub fn catch_up(turn: &mut Turn, number: u32) {
    let at = turn.get::<Follow>(number).and_then(|follow| follow.remind_at);
    if let Some(at) = at.filter(|at| *at <= turn.now()) {
        remind(turn, &Due { table: Follow::ID.0, number, name: DueName::Remind, at });
    }
}

fn handle(number: u32) -> Handle {
    Handle { letter: 'F', number }
}

fn find(turn: &mut Turn, handle: Handle) -> Result<Follow, Refusal> {
    turn.get(handle.number).ok_or(Refusal::NoSuch(handle))
}

fn create(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let quoted = turn.incoming().and_then(|m| m.quoted.clone());
    let whom = resolve(turn, &args.people)?;
    if whom.is_empty() {
        return Err(Refusal::Missing { word: "follow", what: Missing::People });
    }
    let said = quoted.as_ref().and_then(|quoted| quoted.text.clone()).unwrap_or_default();
    let text = if args.content.is_empty() { said } else { args.content.clone() };
    let text = cut::chars(&cut::one_line(&text), TEXT_CHARS_MAX);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Refusal::Missing { word: "follow", what: Missing::Content });
    }
    let until = match &args.when {
        Some(When::Recurrence(_)) | None => turn.now().plus_ms(WAIT_MS),
        Some(When::Date(day)) if is_deadline(turn, &invocation.line) => {
            let end = deadline_at(Deadline::On(*day), turn.reference());
            let when = When::Date(*day);
            Some(end)
                .filter(|end| *end > turn.now())
                .map_or_else(|| timing::moment(turn, &when, &invocation.line), Ok)?
        }
        Some(when) => timing::moment(turn, when, &invocation.line)?,
    };
    if open(turn).len() >= FOLLOWS_MAX {
        return Err(Refusal::Limit { what: "follows", most: FOLLOWS_MAX });
    }
    let Some(creator) = turn.acting.actor.clone() else {
        return Err(Refusal::NotAllowed { needs: Role::Member });
    };
    let follow = Follow {
        text,
        whom,
        message: quoted.and_then(|quoted| quoted.id),
        until,
        remind_at: Some(until),
        answered: None,
        creator,
        created_at: turn.now(),
        lang: turn.lang(),
        place: turn.title().to_owned(),
    };
    let number = turn.next_number::<Follow>();
    turn.put(number, &follow);
    let card = say::follow::asked(&turn.voice(), handle(number), &follow);
    turn.say(card);
    Ok(())
}

/// Whether the day of a line is until when an answer is waited for, `周五前`, and not when it is asked
/// for again.
fn is_deadline(turn: &Turn, line: &str) -> bool {
    let Some(span) = when::find(line, turn.reference()).map(|found| found.span) else {
        return false;
    };
    let (before, words) = (line[..span.start].trim_end(), &line[span.clone()]);
    let by = |text: &str| ["by", "before"].iter().any(|by| text.ends_with(by));
    words.ends_with('前') || by(before) || words.starts_with("by ") || words.starts_with("before ")
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
    let mut follow = find(turn, handle)?;
    if verb == "remove" {
        turn.remove::<Follow>(handle.number);
        let card = say::task::removed(&turn.voice(), handle, &follow.text);
        turn.say(card);
        return Ok(());
    }
    if whom::VERBS.contains(&verb) {
        follow.whom = whom::changed(turn, &invocation.args, handle, verb, &follow.whom)?;
        turn.put(handle.number, &follow);
        let card = say::follow::asked(&turn.voice(), handle, &follow);
        turn.say(card);
        return Ok(());
    }
    if verb == "edit" {
        return edit(turn, invocation, handle, follow);
    }
    let (open, reopens) = (follow.answered.is_none(), verb == "reopen");
    if open == reopens {
        let state = say::follow::state(&turn.voice(), open);
        let instead = if open { "done" } else { "reopen" };
        return Err(Refusal::Already { handle, state, instead });
    }
    let card = match verb {
        "snooze" => {
            let base = follow.remind_at.unwrap_or(turn.now());
            wait(&mut follow, snooze::until(turn, invocation, base)?);
            say::follow::put_off(&turn.voice(), handle, &follow)
        }
        "reopen" => {
            wait(&mut follow, turn.now().plus_ms(WAIT_MS));
            say::follow::put_off(&turn.voice(), handle, &follow)
        }
        _ => {
            follow.answered.clone_from(&turn.acting.actor);
            follow.remind_at = None;
            say::follow::answered(&turn.voice(), handle, &follow)
        }
    };
    turn.put(handle.number, &follow);
    turn.say(card);
    Ok(())
}

/// `F1 改 明天9点`, `F1 改 内容=报价定了吗`, `F1 改 @李雷`.
fn edit(
    turn: &mut Turn,
    invocation: &Invocation,
    handle: Handle,
    before: Follow,
) -> Result<(), Refusal> {
    let args = &invocation.args;
    let mut follow = before.clone();
    let (pairs, content) = fields::said(args, &[&TIME, &TEXT], &TIME);
    let mut when = args.when.clone();
    let mut text = content;
    for (key, value) in pairs {
        let unread = || Refusal::NotUnderstood { word: "edit".into(), part: value.clone() };
        match key.as_str() {
            key if TIME.contains(&key) => {
                when = Some(fields::date(&value, turn.reference()).ok_or_else(unread)?);
            }
            key if TEXT.contains(&key) => text = value,
            _ => return Err(unread()),
        }
    }
    if let Some(when) = when {
        let until = timing::moment(turn, &when, &invocation.line)?;
        wait(&mut follow, until);
    }
    let people = resolve(turn, &args.people)?;
    if !people.is_empty() {
        follow.whom = people;
    }
    if !text.is_empty() {
        follow.text = cut::chars(&cut::one_line(&text), TEXT_CHARS_MAX);
    }
    if follow == before {
        return Err(Refusal::Missing { word: "edit", what: Missing::Pairs });
    }
    turn.put(handle.number, &follow);
    let card = say::follow::asked(&turn.voice(), handle, &follow);
    turn.say(card);
    Ok(())
}

/// Nobody has answered, and until this moment nobody is asked again.
fn wait(follow: &mut Follow, until: Timestamp) {
    (follow.until, follow.remind_at, follow.answered) = (until, Some(until), None);
}

/// Until when somebody's answer is waited for, for the agenda.
pub fn to_come(turn: &mut Turn) -> Vec<(u32, Follow, Timestamp)> {
    let open = open(turn).into_iter();
    open.filter_map(|(number, follow)| follow.remind_at.map(|at| (number, follow, at))).collect()
}
