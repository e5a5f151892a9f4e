//! A tour: what somebody says to practise is told apart from what they mean, carried out in
//! practice alone (`practice`), and answered together with the next lesson. Only the tour itself is
//! kept.

use super::practice::{Outcome, Practice};
use super::question;
use super::quoted;
use super::read;
use super::refusal::Refusal;
use super::say;
use super::turn::Turn;
use crate::command::{Invocation, ParseError, Shape};
use crate::model::event::{Body, Incoming};
use crate::model::journal::What;
use crate::model::post::Due;
use crate::model::tour::{Lesson, Practised, Tour};
use crate::model::{Lane, Scope};
use crate::store::{Fault, Order, Table};
use crate::text::fold::fold;

/// How long a tour waits for its next line, in ms: by then they are at something else, and would
/// mean what they say.
const LIFE_MS: i64 = 60 * 60 * 1000;

/// Most tours of a conversation at once: more people would talk over each other.
const TOURS_MAX: usize = 20;

/// Most lines practised in one tour: each later line carries all of them out again.
const SAID_MAX: usize = 20;

/// The words that are practised.
const PRACTISED: [&str; 3] = ["task", "remind", "undo"];

/// What the tour itself is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To begin, or to go on.
    Start,
    /// To be shown this step.
    Next,
    /// To end it.
    Leave,
    /// To begin anew.
    Anew,
}

const NEXT: [&str; 6] = ["下一步", "下一个", "跳过", "继续", "next", "skip"];
const LEAVE: [&str; 9] =
    ["退出", "退出试玩", "结束", "结束试玩", "不玩了", "quit", "exit", "leave", "stop"];
const ANEW: [&str; 5] = ["重来", "从头来", "重新开始", "start over", "restart"];
const START: [&str; 5] = ["", "一下", "开始", "吧", "start"];

/// The wish that a text is; `None` where it says something else.
pub fn wish(text: &str) -> Option<Wish> {
    let said = fold(text).text;
    let said = said.trim_matches(|c: char| c.is_whitespace() || "。.!~".contains(c));
    let wishes = [
        (Wish::Start, &START[..]),
        (Wish::Next, &NEXT[..]),
        (Wish::Leave, &LEAVE[..]),
        (Wish::Anew, &ANEW[..]),
    ];
    wishes.into_iter().find(|(_, words)| words.contains(&said)).map(|(wish, _)| wish)
}

/// Does what the tour was told.
pub fn obey(turn: &mut Turn, wish: Wish) -> Result<(), Refusal> {
    match (wish, open(turn)) {
        (Wish::Start, None) | (Wish::Anew, _) => start(turn),
        (Wish::Start, Some((number, mut tour))) => {
            tour.lang = turn.lang();
            let practice = Practice::after(turn, &tour.said);
            let went = practice.and_then(|practice| again(turn, number, tour, &practice));
            caught(turn, went);
            Ok(())
        }
        (Wish::Next, Some((number, tour))) => {
            let went = show(turn, number, tour);
            caught(turn, went);
            Ok(())
        }
        (Wish::Leave, Some((number, tour))) => {
            turn.acting.lang = tour.lang;
            turn.remove::<Tour>(number);
            let card = say::tour::left(&turn.voice(), &place(turn, &tour));
            turn.say(card);
            Ok(())
        }
        (Wish::Next | Wish::Leave, None) => {
            let card = say::tour::none(&turn.voice());
            turn.say(card);
            Ok(())
        }
    }
}

/// Hears a line of somebody who may be on a tour; whether it was one for practice, or for the tour
/// itself.
pub fn hear(turn: &mut Turn, message: &Incoming, text: &str) -> bool {
    // Nothing is read where nobody ever took one.
    if !turn.draft.head.numbers.contains_key(&Tour::ID.0) {
        return false;
    }
    let Some((number, tour)) = open(turn) else {
        // Among others it may be meant for them; the other words mean something elsewhere.
        let next = ["下一步", "next"].contains(&fold(text).text.as_str());
        let asks = next && message.quoted.is_none() && turn.scope().is_direct();
        return asks && obey(turn, Wish::Next).is_ok();
    };
    let quoted = message.quoted.as_ref().map(|quoted| quoted.text.as_deref().unwrap_or_default());
    // What replies to something real is real.
    if quoted.is_some_and(|text| !say::tour::is_practice(text)) {
        return false;
    }
    if let Some(wish) = wish(text).filter(|wish| *wish != Wish::Start) {
        turn.acting.lang = tour.lang;
        turn.draft.what = What::Command("tour.create".into());
        // None of these can be refused while a tour is open.
        return obey(turn, wish).is_ok();
    }
    let heard = listen(turn, number, tour, message, text);
    caught(turn, heard).unwrap_or(true)
}

/// Nobody went on.
pub fn expire(turn: &mut Turn, due: &Due) {
    let Some(tour) = turn.get::<Tour>(due.number).filter(|tour| tour.until == due.at) else {
        return;
    };
    turn.remove::<Tour>(due.number);
    turn.acting.lang = turn.unasked_lang(tour.lang);
    let card = say::tour::expired(&turn.voice(), &place(turn, &tour), tour.lesson);
    turn.say(card.in_lane(Lane::Notice));
}

fn start(turn: &mut Turn) -> Result<(), Refusal> {
    let (Some(who), Some(_)) = (turn.acting.actor.clone(), turn.incoming()) else { return Ok(()) };
    let tours = turn.list::<Tour>(TOURS_MAX, Order::Up);
    let own = tours.iter().find(|(_, tour)| tour.who.person == who.person).map(|(n, _)| *n);
    if own.is_none() && tours.len() >= TOURS_MAX {
        return Err(Refusal::Limit { what: "tours", most: TOURS_MAX });
    }
    let number = own.unwrap_or_else(|| turn.next_number::<Tour>());
    let lesson = Lesson::Task;
    let until = turn.now().plus_ms(LIFE_MS);
    let tour = Tour { who, lesson, said: Vec::new(), until, lang: turn.lang() };
    turn.put(number, &tour);
    let card = say::tour::begun(&turn.voice(), &place(turn, &tour));
    turn.say(card);
    Ok(())
}

/// Says once more where they are.
fn again(turn: &mut Turn, number: u32, tour: Tour, practice: &Practice) -> Result<(), Fault> {
    let stand = stand(turn, &tour, practice)?;
    let card = say::tour::again(&turn.voice(), &place(turn, &tour), &stand);
    turn.say(card);
    keep(turn, number, tour);
    Ok(())
}

/// Says the lesson's line in their place, so that they see what comes of it.
fn show(turn: &mut Turn, number: u32, tour: Tour) -> Result<(), Fault> {
    let Some(message) = turn.incoming() else { return Ok(()) };
    turn.acting.lang = tour.lang;
    let practice = Practice::after(turn, &tour.said)?;
    let stand = stand(turn, &tour, &practice)?;
    let mut lines = vec![say::tour::line(&turn.voice(), &stand)];
    if stand.lesson == Lesson::Slip && !stand.asks {
        lines.push(say::tour::yes(&turn.voice()).to_owned());
    }
    practise(turn, number, tour, &practice, message, Lines { said: lines, theirs: false })
}

/// Carries the line out in practice, if it is one to practise.
fn listen(
    turn: &mut Turn,
    number: u32,
    tour: Tour,
    message: &Incoming,
    text: &str,
) -> Result<bool, Fault> {
    let practice = Practice::after(turn, &tour.said)?;
    let Some(line) = meant(turn, &practice, message, text)? else { return Ok(false) };
    question::close(turn);
    turn.draft.what = What::Command("tour.create".into());
    if tour.said.len() >= SAID_MAX {
        turn.acting.lang = tour.lang;
        let card = say::tour::enough(&turn.voice(), &place(turn, &tour));
        turn.say(card);
        return Ok(true);
    }
    practise(turn, number, tour, &practice, message, Lines { said: vec![line], theirs: true })?;
    Ok(true)
}

/// The line to practise that a text is; `None` where it is meant.
fn meant(
    turn: &mut Turn,
    practice: &Practice,
    message: &Incoming,
    text: &str,
) -> Result<Option<String>, Fault> {
    // A question of the real bot is newer than any of practice: a practised line closes it.
    let asks = practice.asks(turn.now())? && question::open(turn).is_none();
    let line = Some(text.to_owned());
    if asks && question::is_answer(text) {
        return Ok(line);
    }
    let practised = |key: &str| PRACTISED.contains(&key);
    let ours = match read::read(turn, text) {
        Ok(Invocation { word, .. }) if word == "request" => asks,
        Ok(Invocation { word, shape, .. }) if practised(&word) => match shape {
            Shape::Create if word != "undo" => true,
            Shape::Create | Shape::List => practice.has_steps()?,
            Shape::Show(handle) | Shape::Act(handle, _) => practice.has(handle)?,
        },
        Ok(_) => false,
        Err(ParseError::Unknown { word, near, .. }) => {
            let repaired = near.iter().map(|right| text.replacen(&word, right, 1));
            match repaired.filter_map(|line| read::read(turn, &line).ok()).next() {
                Some(Invocation { word, shape: Shape::Act(handle, _), .. }) => {
                    practised(&word) && practice.has(handle)?
                }
                Some(repaired) => practised(&repaired.word),
                None => false,
            }
        }
        Err(ParseError::UnknownVerb { handle, .. }) => practice.has(handle)?,
        Err(ParseError::VerbAlone { verb, .. }) => {
            let named = match message.quoted {
                Some(_) => quoted::practised_handle(turn, message, &verb),
                // `完成` alone: the task there is.
                None => {
                    let fits =
                        turn.core.catalogue.noun_of('T').is_some_and(|t| t.verbs.contains(&verb));
                    practice.open_task()?.filter(|_| fits).map(|handle| handle.to_string())
                }
            };
            return Ok(named.map(|handle| format!("{handle} {text}")));
        }
        Err(
            ParseError::Talk
            | ParseError::Empty
            | ParseError::UnknownLetter { .. }
            | ParseError::TooLong { .. },
        ) => false,
    };
    Ok(line.filter(|_| ours))
}

/// What is said to practise, and by whom.
struct Lines {
    said: Vec<String>,
    /// They said it themselves.
    theirs: bool,
}

/// Carries lines out in practice and answers with the last one's answer and what comes next.
fn practise(
    turn: &mut Turn,
    number: u32,
    mut tour: Tour,
    practice: &Practice,
    message: &Incoming,
    lines: Lines,
) -> Result<(), Fault> {
    let mut passed = !lines.theirs;
    let mut answer = Vec::new();
    for line in &lines.said {
        let asked = practice.asks(turn.now())?;
        let line = as_said(turn, message, line);
        let outcome = practice.hear(&line)?;
        passed |= passes(tour.lesson, asked, &outcome);
        if outcome.changed || asked != practice.asks(turn.now())? {
            tour.said.push(line);
        }
        answer = outcome.said;
    }
    turn.acting.lang = tour.lang;
    let place = place(turn, &tour);
    let shown = (!lines.theirs).then(|| lines.said.join(say::tour::then(&turn.voice())));
    let answer = say::tour::Answer { cards: &answer, shown };
    let next = if passed { tour.lesson.next() } else { Some(tour.lesson) };
    // Where everything is taken back already, there is nothing left to practise that with.
    let over = next == Some(Lesson::Undo) && !practice.can_undo()?;
    let Some(lesson) = next.filter(|_| !over) else {
        turn.remove::<Tour>(number);
        let card = say::tour::over(&turn.voice(), &place, answer);
        turn.say(card);
        return Ok(());
    };
    tour.lesson = lesson;
    if tour.lesson == Lesson::Done && practice.open_task()?.is_none() {
        tour.lesson = Lesson::Task;
    }
    let stand = stand(turn, &tour, practice)?;
    let card = say::tour::went(&turn.voice(), &place, answer, &stand, passed);
    turn.say(card);
    keep(turn, number, tour);
    Ok(())
}

/// Whether a line was what the lesson is about.
fn passes(lesson: Lesson, asked: bool, outcome: &Outcome) -> bool {
    let What::Command(name) = &outcome.what else { return false };
    match lesson {
        Lesson::Task => name == "task.create",
        Lesson::Done => name.starts_with("task.") && outcome.changed && name != "task.create",
        Lesson::Reminder => name == "remind.create",
        Lesson::Slip => asked,
        Lesson::Undo => outcome.undid,
    }
}

/// Where a tour stands, for the sentence that says it.
fn stand(turn: &Turn, tour: &Tour, practice: &Practice) -> Result<say::tour::Stand, Fault> {
    Ok(say::tour::Stand {
        lesson: tour.lesson,
        task: practice.open_task()?,
        asks: practice.asks(turn.now())?,
    })
}

/// A line as if the message had said it.
fn as_said(turn: &Turn, message: &Incoming, line: &str) -> Practised {
    let body = Body::Text(line.to_owned());
    let message = Incoming { body, quoted: None, reply_route: None, ..message.clone() };
    Practised { message, at: turn.now() }
}

/// In a group it is said whose tour it is.
fn place(turn: &Turn, tour: &Tour) -> say::tour::Place {
    match turn.scope() {
        Scope::Conversation(_) => say::tour::Place::Group(tour.who.name.clone()),
        Scope::Person(_) | Scope::Source(_) | Scope::Organisation => say::tour::Place::Direct,
    }
}

/// The acting person's tour.
fn open(turn: &mut Turn) -> Option<(u32, Tour)> {
    let who = turn.acting.actor.clone()?;
    let now = turn.now();
    let own = |tour: &Tour| tour.who.person == who.person && tour.until > now;
    turn.list::<Tour>(TOURS_MAX, Order::Up).into_iter().find(|(_, tour)| own(tour))
}

fn keep(turn: &mut Turn, number: u32, mut tour: Tour) {
    tour.until = turn.now().plus_ms(LIFE_MS);
    turn.put(number, &tour);
}

/// A store that cannot be read brings the turn to nothing.
fn caught<T>(turn: &mut Turn, read: Result<T, Fault>) -> Option<T> {
    read.map_err(|fault| turn.fault.get_or_insert(fault)).ok()
}
