//! `抹除`: one person's messages, as they ask; an admin must agree. What that comes to is `erasure`.

use crate::command::{Invocation, Role, Shape};
use crate::core::erasure;
use crate::core::people::resolve;
use crate::core::refusal::Refusal;
use crate::core::rights;
use crate::core::say;
use crate::core::turn::Turn;
use crate::model::erasure::{Erasure, Stage};
use crate::text::fold::fold;

/// Words for whoever says them; folded.
const MINE: [&str; 12] = [
    "我",
    "我的",
    "我的消息",
    "我的所有消息",
    "我说的话",
    "我说过的话",
    "我的记录",
    "me",
    "mine",
    "my messages",
    "all my messages",
    "my data",
];
/// Words that may stand beside a person.
const BESIDE: [&str; 12] = [
    "",
    "的",
    "的消息",
    "的所有消息",
    "的全部消息",
    "说的话",
    "说过的话",
    "的记录",
    "messages",
    "’s messages",
    "'s messages",
    "messages of",
];
/// Words that call it off.
const CANCEL: [&str; 7] = ["取消", "停", "不抹了", "算了", "cancel", "stop", "never mind"];

/// Carries out a command on erasures.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let args = &invocation.args;
    let folded = fold(&args.content).text;
    let said = folded.trim();
    if matches!(invocation.shape, Shape::List) && said.is_empty() && args.people.is_empty() {
        let listed = erasure::list(turn);
        let card = say::erase::list(&turn.voice(), &listed);
        turn.say(card);
        return Ok(());
    }
    // As its file has it: `抹除 @甲` alone has the shape of a list.
    if !rights::has(turn, Role::Admin, None) {
        return Err(Refusal::NotAllowed { needs: Role::Admin });
    }
    if CANCEL.contains(&said) {
        return cancel(turn);
    }
    let unread = || Refusal::NotUnderstood { word: "erase".into(), part: args.content.clone() };
    let people = resolve(turn, &args.people)?;
    let who = match people.as_slice() {
        [] if MINE.contains(&said) => turn.acting.actor.clone().ok_or_else(unread)?,
        [one] if BESIDE.contains(&said) => one.clone(),
        [] | [_, ..] => return Err(unread()),
    };
    let waits = |(_, e): &&(u32, Erasure)| {
        !matches!(e.stage, Stage::Done(_) | Stage::Cancelled) && e.who.person == who.person
    };
    let under_way = erasure::list(turn).iter().find(waits).map(|(_, erasure)| erasure.clone());
    let again = under_way.is_some();
    let erasure = under_way.unwrap_or_else(|| erasure::order(turn, who));
    let card = say::erase::ordered(&turn.voice(), &erasure, again);
    turn.say(card);
    Ok(())
}

/// Calls off what has not begun.
fn cancel(turn: &mut Turn) -> Result<(), Refusal> {
    let mut cancelled = Vec::new();
    for (number, mut erasure) in erasure::list(turn) {
        if erasure.stage == Stage::Waiting {
            erasure.stage = Stage::Cancelled;
            turn.put(number, &erasure);
            cancelled.push(erasure.who);
        }
    }
    let card = say::erase::cancelled(&turn.voice(), &cancelled);
    turn.say(card);
    Ok(())
}
