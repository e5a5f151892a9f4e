//! A verb with no record, or with one that does not know it, where something else is meant: 「暂停」
//! behind what was announced, `删除 @甲 的消息`, `验收 开`, `Q1 取消`.

use super::commands::settings;
use super::quoted::handle_quoted;
use super::read;
use super::requests;
use super::retention;
use super::turn::Turn;
use crate::command::{Invocation, ParseError};
use crate::model::Lang;
use crate::model::event::Incoming;

/// What is meant by it; else what was wrong with it.
pub fn read(turn: &mut Turn, text: &str, error: ParseError) -> Result<Invocation, ParseError> {
    let meant = match &error {
        ParseError::VerbAlone { .. } => paused(turn, &error)
            .or_else(|| erasing(turn, text))
            .or_else(|| accepting(turn, &error, text)),
        ParseError::UnknownVerb { handle, .. } if handle.letter == 'Q' => withdrawn(turn, text),
        ParseError::UnknownVerb { .. }
        | ParseError::UnknownLetter { .. }
        | ParseError::Unknown { .. }
        | ParseError::TooLong { .. }
        | ParseError::Talk
        | ParseError::Empty => None,
    };
    meant.ok_or(error)
}

/// 「暂停」 alone, where it was announced what is to be cleared.
fn paused(turn: &mut Turn, alone: &ParseError) -> Option<Invocation> {
    let ParseError::VerbAlone { verb, lang } = alone else { return None };
    let line = if *lang == Lang::Zh { "保留 暂停" } else { "keep pause" };
    let meant = verb == "disable" && retention::is_announced(turn);
    meant.then(|| read::read(turn, line).ok()).flatten()
}

/// `验收 开`: the setting, and no task.
fn accepting(turn: &mut Turn, alone: &ParseError, text: &str) -> Option<Invocation> {
    let ParseError::VerbAlone { verb, lang } = alone else { return None };
    let (_, value) = text.trim().split_once(char::is_whitespace)?;
    let meant = verb == "accept" && settings::is_switch(value);
    let name = if *lang == Lang::Zh { "设置 验收" } else { "settings acceptance" };
    meant.then(|| read::read(turn, &format!("{name} {}", value.trim())).ok()).flatten()
}

/// `Q1 取消`: whoever asked takes it back.
fn withdrawn(turn: &mut Turn, text: &str) -> Option<Invocation> {
    let (handle, said) = text.trim().split_once(char::is_whitespace)?;
    let said = said.trim().to_lowercase();
    let zh = ["取消", "撤回", "撤销", "不用了", "算了", "删", "删除"].contains(&said.as_str());
    let en = ["cancel", "withdraw", "remove", "delete"].contains(&said.as_str());
    let verb = if zh { "拒绝" } else { "decline" };
    (zh || en).then(|| read::read(turn, &format!("{handle} {verb}")).ok()).flatten()
}

/// `删除 @甲 的消息`, `delete my messages`: said with the verb that removes records.
pub fn erasing(turn: &mut Turn, text: &str) -> Option<Invocation> {
    let text = text.trim();
    let verbs = ["删除", "删掉", "删", "delete", "remove"];
    let rest = verbs.iter().find_map(|verb| text.strip_prefix(verb))?.trim();
    let ends = ["的消息", "的所有消息", "的全部消息", "说的话", " messages"];
    let means = ends.iter().any(|end| rest.ends_with(end));
    let word = if rest.ends_with('s') { "erase" } else { "抹除" };
    means.then(|| read::read(turn, &format!("{word} {rest}")).ok()).flatten()
}

/// Whether a short name of a verb stands alone in a sentence that quotes nothing: `等 一下`, `加 油`.
pub fn is_everyday(turn: &Turn, message: &Incoming, error: &ParseError, text: &str) -> bool {
    let ParseError::VerbAlone { verb, .. } = error else { return false };
    let Some((first, _)) = text.split_once(char::is_whitespace) else { return false };
    let name = turn.core.catalogue.word(verb).map(|word| word.zh.name.as_str());
    message.quoted.is_none() && first.chars().count() == 1 && name != Some(first)
}

/// What a verb without a number is about: the first record the quoted message names; for consent
/// the only request that waits for it.
pub fn handle_meant(turn: &mut Turn, message: &Incoming, alone: &ParseError) -> Option<String> {
    let ParseError::VerbAlone { verb, .. } = alone else { return None };
    let only = requests::ANSWERS.contains(&verb.as_str());
    let quoted = handle_quoted(turn, message, Some(verb));
    quoted.or_else(|| only.then(|| requests::only_open(turn)).flatten().map(|h| h.to_string()))
}
