//! `存档页`: the address of the page on which a conversation's messages are looked through, for
//! whoever asks and for them alone.

use crate::command::Invocation;
use crate::core::refusal::Refusal;
use crate::core::say;
use crate::core::turn::Turn;
use crate::core::visits;
use crate::text::fold::fold;

/// Words that end one's visits, folded.
const LEAVE: [&str; 10] =
    ["退出", "登出", "注销", "关闭", "关掉", "log out", "logout", "sign out", "close", "exit"];

/// Sends the address, or ends what is open.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let content = invocation.args.content.trim();
    let card = if LEAVE.contains(&fold(content).text.as_str()) {
        let actor = turn.acting.actor.clone();
        let count = actor.map_or(0, |by| visits::end_all(turn, &by.person));
        say::page::left(&turn.voice(), count)
    } else if content.is_empty() {
        return ask(turn);
    } else {
        return Err(Refusal::NotUnderstood { word: "page".into(), part: content.to_owned() });
    };
    turn.say(card);
    Ok(())
}

fn ask(turn: &mut Turn) -> Result<(), Refusal> {
    if turn.capabilities().is_some_and(|can| !can.private_send) {
        return Err(Refusal::PageNotPrivate);
    }
    let name = turn.acting.actor.as_ref().map(|by| by.name.clone()).unwrap_or_default();
    let Some(until) = visits::begin(turn) else { return Ok(()) };
    // In a direct chat the address is the answer.
    if !turn.scope().is_direct() {
        let card = say::page::sent(&turn.voice(), &name, until);
        turn.say(card);
    }
    Ok(())
}
