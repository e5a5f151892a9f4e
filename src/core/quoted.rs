//! Which record a message that was replied to is about.

use super::keep;
use super::say::tour::is_practice;
use super::turn::Turn;
use crate::model::event::Incoming;
use crate::model::message::Message;
use crate::model::reminder::Reminder;
use crate::model::task::Task;
use crate::text::fold::fold;

/// The first handle in the message replied to; with a verb, the first that it goes with. What was
/// only practised names nothing.
pub fn handle_quoted(turn: &Turn, message: &Incoming, verb: Option<&String>) -> Option<String> {
    let text = message.quoted.as_ref()?.text.as_deref()?;
    if is_practice(text) { None } else { handle_in(turn, text, verb) }
}

/// The first handle a verb goes with in the answer of practice that is replied to.
pub fn practised_handle(turn: &Turn, message: &Incoming, verb: &String) -> Option<String> {
    let text = message.quoted.as_ref()?.text.as_deref()?;
    if is_practice(text) { handle_in(turn, text, Some(verb)) } else { None }
}

fn handle_in(turn: &Turn, text: &str, verb: Option<&String>) -> Option<String> {
    let is_handle = |word: &&str| {
        let mut chars = word.chars();
        let noun = chars.next().and_then(|letter| turn.core.catalogue.noun_of(letter));
        noun.is_some_and(|noun| verb.is_none_or(|verb| noun.verbs.contains(verb)))
            && word.len() > 1
            && chars.all(|c| c.is_ascii_digit())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).find(is_handle).map(str::to_owned)
}

/// The number of the message that is quoted, if it was kept.
pub fn kept(turn: &mut Turn, message: &Incoming) -> Option<u32> {
    let id = message.quoted.as_ref()?.id.as_ref()?;
    keep::by_id(turn, id)
}

/// The record a quoted card of ours names; none of what somebody said and was kept.
pub fn of_card(turn: &mut Turn, message: &Incoming) -> Option<String> {
    let record = handle_quoted(turn, message, None)?;
    let said = kept(turn, message).and_then(|number| turn.get::<Message>(number));
    let theirs = said.is_some_and(|said| said.heard);
    (!theirs).then_some(record)
}

/// What is quoted, as the title of something: the record its card names, or what was said; with
/// nothing, or no more than a pronoun, typed.
pub fn title(turn: &mut Turn) -> Option<String> {
    let message = turn.incoming()?;
    let text = message.quoted.as_ref()?.text.clone();
    let Some(record) = of_card(turn, message) else { return text };
    let (letter, number) = record.split_at(1);
    let number: u32 = number.parse().ok()?;
    let titled = match letter {
        "T" => turn.get::<Task>(number).map(|task| format!("{record} {}", task.title)),
        "J" => turn.get::<Reminder>(number).map(|reminder| reminder.text),
        _ => None,
    };
    titled.or(text)
}

/// Words that only point at what is quoted.
const POINTS: &[&str] = &[
    "这个",
    "这件事",
    "这事",
    "此事",
    "这条",
    "这条消息",
    "这个事",
    "这个消息",
    "它",
    "一下这个",
    "看这个",
    "看看这个",
    "看一下这个",
    "做这个",
    "处理这个",
    "跟进这个",
    "弄这个",
    "办这个",
    "这个任务",
    "看这条",
    "处理这条",
    "of this",
    "about this",
    "this",
    "about it",
    "of it",
    "it",
    "to do this",
    "this one",
    "about that",
    "that",
    "to do it",
    "about this one",
    "to look at this",
    "to check this",
    "check this",
];

/// Whether a content only points at what is quoted.
pub fn points(turn: &Turn, content: &str) -> bool {
    let quotes = turn.incoming().is_some_and(|message| message.quoted.is_some());
    quotes && POINTS.contains(&fold(content).text.trim())
}
