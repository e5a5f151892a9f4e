//! The verb of a record without a number, where no record is meant: 「暂停」 behind what was announced,
//! `删除 @甲 的消息`.

use super::read;
use super::retention;
use super::turn::Turn;
use crate::command::{Invocation, ParseError};
use crate::model::Lang;

/// What is meant by it; else that a number is missing.
pub fn read(turn: &mut Turn, text: &str, alone: ParseError) -> Result<Invocation, ParseError> {
    paused(turn, &alone).or_else(|| erasing(turn, text)).ok_or(alone)
}

/// 「暂停」 alone, where it was announced what is to be cleared.
fn paused(turn: &mut Turn, alone: &ParseError) -> Option<Invocation> {
    let ParseError::VerbAlone { verb, lang } = alone else { return None };
    let line = if *lang == Lang::Zh { "保留 暂停" } else { "keep pause" };
    let meant = verb == "disable" && retention::is_announced(turn);
    meant.then(|| read::read(turn, line).ok()).flatten()
}

/// `删除 @甲 的消息`, `delete my messages`: said with the verb that removes records.
fn erasing(turn: &mut Turn, text: &str) -> Option<Invocation> {
    let text = text.trim();
    let verbs = ["删除", "删掉", "删", "delete", "remove"];
    let rest = verbs.iter().find_map(|verb| text.strip_prefix(verb))?.trim();
    let ends = ["的消息", "的所有消息", "的全部消息", "说的话", " messages"];
    let means = ends.iter().any(|end| rest.ends_with(end));
    let word = if rest.ends_with('s') { "erase" } else { "抹除" };
    means.then(|| read::read(turn, &format!("{word} {rest}")).ok()).flatten()
}
