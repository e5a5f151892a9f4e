//! One command about several records, `T4、T7 完成`, and several commands of one message: all of
//! them or none, one answer, one step to undo. How one is carried out is handed in by `dispatch`.

use super::refusal::Refusal;
use super::schedules;
use super::turn::Turn;
use crate::command::{Args, HANDLES_MAX, Invocation, Shape};
use crate::model::outgoing::Lane;
use crate::model::{Handle, Lang};
use crate::text::mask;

/// Carries out a command about one record, or says why not.
type One = fn(&mut Turn, &Invocation) -> Result<(), Refusal>;

/// The letter of requests: each is answered for itself, so that nobody agrees to what they have not
/// read.
const REQUEST_LETTER: char = 'Q';

/// The word behind which a text stands that nobody is to keep.
const MASK: &str = "mask";

/// Every record a command is about.
pub fn handles(invocation: &Invocation) -> Vec<Handle> {
    let first = match &invocation.shape {
        Shape::Show(handle) | Shape::Act(handle, _) => Some(*handle),
        Shape::List | Shape::Create => None,
    };
    first.into_iter().chain(invocation.also.iter().copied()).collect()
}

/// The same command about one of its records.
pub fn of(turn: &Turn, invocation: &Invocation, handle: Handle) -> Invocation {
    let noun = turn.core.catalogue.noun_of(handle.letter);
    let shape = match &invocation.shape {
        Shape::Act(_, verb) => Shape::Act(handle, verb.clone()),
        Shape::Show(_) | Shape::List | Shape::Create => Shape::Show(handle),
    };
    let word = noun.map_or_else(|| invocation.word.clone(), |noun| noun.key.clone());
    Invocation { word, shape, also: Vec::new(), ..invocation.clone() }
}

/// Carries a command out for each of its records. If any refuses, so does the whole.
pub fn attempt(turn: &mut Turn, invocation: &Invocation, one: One) -> Result<(), Refusal> {
    turn.acting.lang = invocation.lang;
    let handles = handles(invocation);
    if handles.len() > HANDLES_MAX {
        return Err(Refusal::Limit { what: "handles", most: HANDLES_MAX });
    }
    if let Some(request) = handles.iter().find(|handle| handle.letter == REQUEST_LETTER) {
        return Err(Refusal::OneByOne(*request));
    }
    // What is said on the way is said first: the answers become one behind it.
    for handle in &handles {
        schedules::catch_up(turn, *handle);
    }
    let (said, mut failed) = (turn.draft.said.len(), Vec::new());
    for handle in &handles {
        let before = (turn.draft.clone(), turn.preferences.clone());
        if let Err(refusal) = one(turn, &of(turn, invocation, *handle)) {
            (turn.draft, turn.preferences) = before;
            failed.push((*handle, refusal));
        }
    }
    if failed.is_empty() {
        one_answer(turn, said);
        return Ok(());
    }
    let left = |handle: &&Handle| !failed.iter().any(|(other, _)| other == *handle);
    let rest: Vec<Handle> = handles.iter().filter(left).copied().collect();
    let rest = line(invocation, &rest);
    Err(Refusal::Several { failed, rest })
}

/// Several commands of one message, each as it was read from its line.
pub type Lines = Vec<Invocation>;

/// Words whose commands go with others in one message: what they do is one step, and nothing they
/// say or ask stands in the way of the next.
const TOGETHER: [&str; 14] = [
    "task",
    "remind",
    "follow",
    "agenda",
    "keyword",
    "report",
    "subscribe",
    "settings",
    "role",
    "tag",
    "find",
    "help",
    "status",
    "log",
];

/// Carries out several commands. If any refuses, so does the whole.
pub fn lines(turn: &mut Turn, lines: &Lines, one: One) -> Result<(), Refusal> {
    if lines.len() > HANDLES_MAX {
        return Err(Refusal::Limit { what: "lines", most: HANDLES_MAX });
    }
    // Messages that are named are no batch that is asked about.
    let named = |line: &Invocation| {
        let all = line.handle().into_iter().chain(line.args.handles.iter().copied());
        ["archive", "keep", "message"].contains(&line.word.as_str())
            && all.into_iter().any(|handle| handle.letter == 'M')
    };
    let alone = |line: &&Invocation| !TOGETHER.contains(&line.word.as_str()) && !named(line);
    // A text to mask is not kept, nor repeated as it is, among other commands either.
    turn.draft.confidential |= lines.iter().any(|line| line.word == MASK);
    if let Some(alone) = lines.iter().find(alone) {
        return Err(Refusal::Apart { line: mask::mask(&alone.line).into_owned() });
    }
    for handle in lines.iter().flat_map(handles) {
        schedules::catch_up(turn, handle);
    }
    let (said, mut failed) = (turn.draft.said.len(), Vec::new());
    // One answer is in one language.
    let lang = lines.first().map_or(turn.lang(), |first| first.lang);
    for line in lines.iter().map(|line| Invocation { lang, ..line.clone() }) {
        let line = &line;
        let before = (turn.draft.clone(), turn.preferences.clone());
        if let Err(refusal) = one(turn, line) {
            (turn.draft, turn.preferences) = before;
            failed.push((line.line.clone(), refusal));
        }
    }
    let first = &lines[0];
    turn.acting.lang = first.lang;
    if !failed.is_empty() {
        return Err(Refusal::Lines { failed });
    }
    let all: Vec<&str> = lines.iter().map(|line| line.line.as_str()).collect();
    turn.acting.line = all.join(turn.voice().pick("；", "; "));
    one_answer(turn, said);
    Ok(())
}

/// The line that leaves out what refused; `None` where nothing is left, or not all of the line can
/// be said again.
fn line(invocation: &Invocation, handles: &[Handle]) -> Option<String> {
    let tail = match invocation.args == Args::default() {
        true => "",
        false => invocation.line.split_once(&invocation.typed)?.1.trim(),
    };
    // The verb came first, and they stand behind it.
    let names_some = |handle: &Handle| tail.to_uppercase().contains(&handle.to_string());
    if handles.is_empty() || self::handles(invocation).iter().any(names_some) {
        return None;
    }
    let names: Vec<String> = handles.iter().map(Handle::to_string).collect();
    let names = match invocation.lang {
        Lang::Zh => names.join("、"),
        Lang::En => names.join(", "),
    };
    Some(match &invocation.shape {
        Shape::Act(..) => format!("{names} {} {tail}", invocation.typed).trim_end().to_owned(),
        Shape::Show(_) | Shape::List | Shape::Create => names,
    })
}

/// Makes one answer of those said from `from` on, with the buttons that all of them bear.
fn one_answer(turn: &mut Turn, from: usize) {
    let said = turn.draft.said.split_off(from);
    let (answers, rest): (Vec<_>, Vec<_>) =
        said.into_iter().partition(|card| card.lane == Lane::Answer);
    let everywhere = answers.clone();
    let one = answers.into_iter().reduce(|mut one, card| {
        one.blocks.extend(card.blocks);
        one
    });
    if let Some(mut one) = one {
        one.buttons.retain(|button| everywhere.iter().all(|card| card.buttons.contains(button)));
        turn.draft.said.push(one);
    }
    turn.draft.said.extend(rest);
}
