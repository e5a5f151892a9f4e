//! What happens to a message, pass by pass: our own words? a command? keywords, then the archive.

use super::commands::follow;
use super::people;
use super::question::{self, Answer};
use super::quoted::handle_quoted;
use super::refusal::Refusal;
use super::requests;
use super::restated::{self, Restated};
use super::say;
use super::say::lacking::Said;
use super::turn::Turn;
use super::wish::{self, Wish};
use super::{
    dispatch, files, gaps, granted, keep, lines, misplaced, mistyped, read, spoken, tour, typed,
};
use crate::command::{Invocation, ParseError, Shape};
use crate::model::event::{Body, Incoming};
use crate::model::journal::What;
use crate::model::message::Form;
use crate::model::request::About;

/// Whether the passes go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// This pass was the last.
    Done,
    /// On to the next.
    Next,
}

/// A pass over a message.
type Pass = fn(&mut Turn, &Incoming, &str) -> Flow;

/// The passes in their order.
const PASSES: &[(&str, Pass)] = &[
    ("bot", of_a_bot),
    ("unreadable", unreadable),
    ("bare mention", bare_mention),
    ("tour", practised),
    ("answer", answered),
    ("command", command),
    ("reply", replied),
    ("keep", kept),
];

/// Runs the passes over a message; the name of the last one is for the log.
pub fn message(turn: &mut Turn, message: &Incoming) -> &'static str {
    turn.acting.actor = Some(crate::model::task::Named {
        person: message.sender.person.clone(),
        name: people::shown(&message.sender.name),
    });
    people::learn(turn, message);
    let text = match &message.body {
        Body::Text(text) | Body::Audio { transcript: Some(text) } => text.trim(),
        Body::Audio { transcript: None }
        | Body::Picture
        | Body::Video
        | Body::File { .. }
        | Body::Unknown { .. } => "",
    };
    let mut last = "nothing";
    for (name, pass) in PASSES {
        last = name;
        if pass(turn, message, text) == Flow::Done {
            break;
        }
    }
    if message.addressed {
        turn.draft.head.met = true;
    }
    last
}

/// A bot's message is never answered: two bots must not talk to each other for ever.
fn of_a_bot(_: &mut Turn, message: &Incoming, _: &str) -> Flow {
    if message.sender.is_bot { Flow::Done } else { Flow::Next }
}

/// What cannot be read gets a polite answer if it was meant for the bot.
fn unreadable(turn: &mut Turn, message: &Incoming, _: &str) -> Flow {
    if let Body::Text(_) | Body::Audio { transcript: Some(_) } = &message.body {
        return Flow::Next;
    }
    wordless(turn, message);
    Flow::Done
}

/// What holds no words is kept by what is known of it.
fn wordless(turn: &mut Turn, message: &Incoming) {
    let kept = match files::said(&message.body) {
        Some(_) if !gaps::records(turn) => {
            gaps::count(turn);
            None
        }
        Some((form, text)) => Some(keep::keep(turn, message, text, form)),
        None => None,
    };
    if !message.addressed {
        return;
    }
    let card = match kept {
        Some((number, file)) if matches!(file.form, Some(Form::File { .. })) => {
            say::file::kept(&turn.voice(), number, &file)
        }
        Some(_) | None => say::hello::unreadable(&turn.voice()),
    };
    turn.say(card);
}

/// Nothing but the bot's name, or a question mark: a greeting with three lines to try; behind a
/// quote, what can be done with it.
fn bare_mention(turn: &mut Turn, message: &Incoming, text: &str) -> Flow {
    let asks = message.addressed && text.chars().all(|c| matches!(c, '?' | '？'));
    if !text.is_empty() && !asks {
        return Flow::Next;
    }
    if message.addressed {
        let card = match message.quoted {
            Some(_) => say::hello::quoted(&turn.voice()),
            None => say::hello::greeting(&turn.voice()),
        };
        turn.say(card);
    }
    Flow::Done
}

/// What somebody on a tour says to practise is carried out in practice alone.
fn practised(turn: &mut Turn, message: &Incoming, text: &str) -> Flow {
    if message.addressed && tour::hear(turn, message, text) { Flow::Done } else { Flow::Next }
}

/// The answer to what the bot asked this person is the line it asked about.
fn answered(turn: &mut Turn, message: &Incoming, text: &str) -> Flow {
    if !message.addressed {
        return Flow::Next;
    }
    match question::answer(turn, text) {
        None => Flow::Next,
        Some((Answer::Line(line), _)) => {
            question::close(turn);
            command(turn, message, &line)
        }
        Some((Answer::Request, lang)) => {
            let word = turn.core.catalogue.word("request").map(|w| w.names(lang).name.clone());
            command(turn, message, &word.unwrap_or_default())
        }
        Some((Answer::No, lang)) => {
            question::close(turn);
            turn.acting.lang = lang;
            let card = say::hello::nothing_done(&turn.voice());
            turn.say(card);
            Flow::Done
        }
    }
}

/// A command is carried out and goes no further: it is not kept, matched or counted.
fn command(turn: &mut Turn, message: &Incoming, text: &str) -> Flow {
    if !message.addressed {
        return Flow::Next;
    }
    let asked = question::pass_over(turn);
    let mut whole = read::read(turn, text);
    let line = match said_otherwise(turn, message, text, &mut whole) {
        Ok(line) => line,
        Err(flow) => return flow,
    };
    let text = line.as_deref().unwrap_or(text);
    if let Some(several) = lines::read(turn, text, &whole) {
        question::close(turn);
        dispatch::together(turn, &several);
        return Flow::Done;
    }
    let understood = match whole {
        // `完成` to a message that names T1 means T1.
        Err(alone @ ParseError::VerbAlone { .. }) => {
            match misplaced::handle_meant(turn, message, &alone) {
                Some(handle) => read::read(turn, &format!("{handle} {text}")).map_err(|_| alone),
                None => misplaced::read(turn, text, alone),
            }
        }
        Err(error @ ParseError::UnknownVerb { .. }) => misplaced::read(turn, text, error),
        read => read,
    };
    if let Some(wish) = is_doubted(&understood).then(|| wish::left(turn, text)).flatten() {
        return granted(turn, text, wish);
    }
    if let Some(wish) = meant_of(turn, message, &understood, text) {
        return granted(turn, text, wish);
    }
    match understood {
        Ok(invocation) => obeyed(turn, &invocation, asked),
        Err(ParseError::Talk | ParseError::Empty) => wished(turn, text),
        Err(ParseError::Unknown { word, near, lang: spoken }) => {
            if let Some(wish) = wish::asked(turn, text).or_else(|| wish::plainly(turn, text)) {
                return granted(turn, text, wish);
            }
            let lines = mistyped::near(turn, text, &word, &near, spoken);
            if lines.is_empty() {
                return wished(turn, text);
            }
            turn.acting.lang = spoken;
            turn.draft.what = What::Refused("parse".into());
            let direct = turn.scope().is_direct();
            let card = say::misread::meant(&turn.voice(), &word, &lines, direct);
            question::ask(turn, About::Meant(lines));
            turn.say(card);
            Flow::Next
        }
        Err(error) if misplaced::is_everyday(turn, message, &error, text) => talk(turn, text),
        Err(error) => {
            // `同意` in a direct chat, where one request of a group waits.
            if let ParseError::VerbAlone { verb, .. } = &error
                && requests::ANSWERS.contains(&verb.as_str())
                && let Some(waiting) = requests::only_elsewhere(turn)
            {
                return talk(turn, &format!("{waiting} {text}"));
            }
            if let Some(wish) = wish::retagged(turn, text) {
                return granted(turn, text, wish);
            }
            turn.draft.what = What::Refused("parse".into());
            mistyped::not_read(turn, text, error);
            Flow::Done
        }
    }
}

/// Whether a record may be meant to stay as it is.
fn is_doubted(understood: &Result<Invocation, ParseError>) -> bool {
    match understood {
        Ok(read) => {
            matches!(&read.shape, Shape::Act(_, verb) if verb == "remove")
                && !read.args.content.is_empty()
        }
        Err(error) => matches!(error, ParseError::UnknownVerb { .. }),
    }
}

/// The line that is meant by one that says it otherwise, and what it is read as; the answer, where
/// one is asked or refused.
fn said_otherwise(
    turn: &mut Turn,
    message: &Incoming,
    text: &str,
    whole: &mut Result<Invocation, ParseError>,
) -> Result<Option<String>, Flow> {
    match restated::restated(turn, message, text, whole) {
        None => Ok(None),
        Some(Restated::Same(line)) => {
            *whole = read::read(turn, &line);
            Ok(Some(line))
        }
        Some(Restated::Several(lines)) => {
            question::close(turn);
            dispatch::together(turn, &lines);
            Err(Flow::Done)
        }
        Some(Restated::Perhaps(lines)) => {
            granted(turn, text, Wish::Ask(lines));
            Err(Flow::Done)
        }
        Some(Restated::Alone(error)) => {
            turn.draft.what = What::Refused("parse".into());
            mistyped::not_read(turn, text, error);
            Err(Flow::Done)
        }
    }
}

/// What a line wants that was read as something new, or not at all: a list, or something about the
/// record of the message that is quoted.
fn meant_of(
    turn: &mut Turn,
    message: &Incoming,
    understood: &Result<Invocation, ParseError>,
    text: &str,
) -> Option<Wish> {
    match understood {
        Ok(read) => wish::listed(turn, text, read).or_else(|| wish::left_over(turn, text, read)),
        Err(ParseError::Talk | ParseError::Unknown { .. } | ParseError::VerbAlone { .. }) => {
            let handle = handle_quoted(turn, message, None)?;
            wish::replied(turn, &handle, text)
        }
        Err(_) => None,
    }
}

/// Whoever gives another command has done with the question they were asked.
fn obeyed(turn: &mut Turn, invocation: &Invocation, asked: bool) -> Flow {
    if asked && invocation.word != "request" {
        question::close(turn);
    }
    dispatch::dispatch(turn, invocation);
    Flow::Done
}

/// Words that are no command: what they may want all the same, else talk. In a direct chat they may
/// be about a record of a group.
fn wished(turn: &mut Turn, text: &str) -> Flow {
    if let Some(erasing) = misplaced::erasing(turn, text) {
        return obeyed(turn, &erasing, true);
    }
    if let Some(wish) = wish::asked(turn, text) {
        return granted(turn, text, wish);
    }
    if typed::forward(turn, text) {
        return Flow::Done;
    }
    if let Some(wish) = wish::wanted(turn, text) {
        return granted(turn, text, wish);
    }
    let Some((verb, handle, lang)) = wish::verb_alone(turn, text) else {
        return greeted(turn, text);
    };
    turn.draft.what = What::Refused("parse".into());
    turn.acting.lang = lang;
    let refusal = Refusal::Parse(ParseError::VerbAlone { verb: verb.into(), lang });
    let said = Said { line: text, handle: Some(handle) };
    let card = say::refusal::card(&turn.voice(), &turn.core.catalogue, &refusal, said);
    turn.say(card);
    Flow::Done
}

fn granted(turn: &mut Turn, text: &str, wish: Wish) -> Flow {
    if granted::grant(turn, text, wish) { Flow::Done } else { Flow::Next }
}

/// A reply may be what somebody waits for; it goes on all the same.
fn replied(turn: &mut Turn, message: &Incoming, _: &str) -> Flow {
    follow::answer(turn, message);
    Flow::Next
}

/// What is left is matched against the keywords and kept.
fn kept(turn: &mut Turn, message: &Incoming, text: &str) -> Flow {
    if !gaps::records(turn) {
        gaps::count(turn);
    } else if !text.is_empty() {
        let form = files::said(&message.body).and_then(|(form, _)| form);
        keep::keep(turn, message, text, form);
    }
    Flow::Done
}

/// An @ that is no command: in a direct chat it may be about a record of a group.
fn talk(turn: &mut Turn, text: &str) -> Flow {
    if typed::forward(turn, text) { Flow::Done } else { greeted(turn, text) }
}

/// Talk; at the first meeting it is greeted, and so is whoever says no more than hello.
fn greeted(turn: &mut Turn, text: &str) -> Flow {
    if !turn.draft.head.met || wish::greets(text) {
        turn.acting.lang = spoken::script(text);
        let card = say::hello::greeting(&turn.voice());
        turn.say(card);
    }
    Flow::Next
}
