//! `归档`: the quoted message, `M3`, or all that are found, into a named cabinet. Archived is not
//! deleted.

use std::collections::BTreeSet;

use super::tag::{handle, meant};
use crate::command::{Args, Invocation};
use crate::core::batch;
use crate::core::cabinets;
use crate::core::keep;
use crate::core::refusal::{Missing, Refusal};
use crate::core::say;
use crate::core::sayer;
use crate::core::seek::{self, Seek};
use crate::core::turn::Turn;

/// Archives the messages that are meant; the same again changes nothing.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let pointed = turn.incoming().is_some_and(|message| message.quoted.is_some())
        || args.handles.iter().any(|handle| handle.letter == 'M');
    if !pointed {
        return found(turn, invocation);
    }
    let narrowed = args.tags.first().map(|tag| format!("#{tag}"));
    let narrowed = narrowed.or_else(|| args.people.first().map(|name| format!("@{name}")));
    if let Some(part) = narrowed {
        return Err(Refusal::NotUnderstood { word: "archive".into(), part });
    }
    // A name may hold blanks: `归档 M3 到 售后 问题库`.
    let named = [args.target.as_deref().unwrap_or_default(), &args.content].join(" ");
    let line = numbered(turn, invocation);
    let cabinet = cabinet_or_default(turn, named.trim(), &line)?;
    let messages = meant(turn, invocation, "archive")?;
    let handles: Vec<_> = messages.iter().map(|(number, _)| handle(*number)).collect();
    let others = messages.iter().filter_map(|(_, m)| m.cabinet.as_ref().filter(|c| **c != cabinet));
    for other in others.cloned().collect::<BTreeSet<_>>() {
        cabinets::opens(turn, &other)?;
    }
    cabinets::know(turn, &cabinet)?;
    let mut again = true;
    for (number, mut message) in messages {
        let before = message.cabinet.replace(cabinet.clone());
        again &= before.as_ref() == Some(&cabinet);
        turn.put(number, &message);
    }
    let card = say::message::archived(&turn.voice(), &handles, &cabinet, again);
    turn.say(card);
    Ok(())
}

/// The line with the number of the message that is quoted, for it may be said again without it.
fn numbered(turn: &mut Turn, invocation: &Invocation) -> String {
    let quoted = turn.incoming().and_then(|message| message.quoted.as_ref()?.id.clone());
    let number = quoted.and_then(|id| keep::by_id(turn, &id));
    match number.filter(|_| invocation.args.handles.is_empty()) {
        Some(number) => {
            let behind = invocation.behind();
            let head = invocation.line[..invocation.line.len() - behind.len()].trim_end();
            format!("{head} {} {behind}", handle(number))
        }
        None => invocation.line.clone(),
    }
}

/// `归档 #已解决 上周 到 售后问题库`: all that are found. A word alone may be a cabinet as well, then no
/// message is named.
fn found(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    if invocation.args.target.is_none() && cabinets::asks(&invocation.args.content) {
        return super::cabinet::list(turn);
    }
    let (content, sure) = batch::sure(&invocation.args.content);
    // `归档今天所有消息到总库`
    let named = invocation.args.target.as_deref();
    let (content, glued) = match content.split_once("消息到").filter(|_| named.is_none()) {
        Some((content, behind)) => {
            let (cabinet, rest) = behind.split_once(' ').unwrap_or((behind, ""));
            (format!("{content} {rest}"), Some(cabinet.to_owned()))
        }
        None => (content.to_owned(), None),
    };
    let all = everything(&content).1;
    let (content, _) = everything(&sayer::plain(&content));
    let args = Args { content, ..invocation.args.clone() };
    let asks = Invocation { args, ..invocation.clone() };
    let missing = || Refusal::Missing { word: "archive", what: Missing::Quote };
    let seek = match seek::read(turn, &asks) {
        Err(Refusal::Missing { .. }) if all => Seek::default(),
        Err(Refusal::Missing { .. }) => return Err(missing()),
        seek => seek?,
    };
    let target = named.or(glued.as_deref());
    if target.is_none() && seek.only_words() && !all {
        return Err(missing());
    }
    let cabinet = cabinet_or_default(turn, target.unwrap_or_default(), &invocation.line)?;
    batch::archive(turn, invocation, seek, cabinet, sure)
}

/// A content without the words that say that all is meant, and whether they were said.
fn everything(content: &str) -> (String, bool) {
    let all = ["所有消息", "全部消息", "所有的消息", "全部", "所有", "all messages", "everything"];
    let lower = content.to_lowercase();
    match all.iter().find_map(|word| Some((lower.find(word)?, word.len()))) {
        Some((at, length)) if lower.len() == content.len() => {
            let (before, behind) = (&content[..at], &content[at + length..]);
            (format!("{} {}", before.trim(), behind.trim()).trim().to_owned(), true)
        }
        _ => (content.trim().to_owned(), false),
    }
}

fn cabinet_or_default(turn: &mut Turn, typed: &str, line: &str) -> Result<String, Refusal> {
    match cabinets::name(typed)?.is_empty() {
        true => Ok(say::message::default_cabinet(&turn.voice()).to_owned()),
        false => cabinets::fit(turn, typed, line),
    }
}
