//! A verb with no record, or with one that does not know it, where something else is meant: 「暂停」
//! behind what was announced, `删除 @甲 的消息`, `M4 归档到 售后库`.

use super::read;
use super::retention;
use super::turn::Turn;
use crate::command::{Invocation, ParseError};
use crate::model::Lang;

/// What of a kept message is said behind its number, and the line that says it the other way round.
/// Longer spellings first.
const OF_MESSAGE: [(&str, &str, &str); 15] = [
    ("归档", "归档", ""),
    ("存档", "归档", ""),
    ("存到", "归档", "到"),
    ("archive", "archive", ""),
    ("不用永久", "保留", "取消"),
    ("取消永久", "保留", "取消"),
    ("解除永久", "保留", "取消"),
    ("永久", "保留", "永久"),
    ("一直保留", "保留", "永久"),
    ("一直留着", "保留", "永久"),
    ("keep forever", "keep", "forever"),
    ("forever", "keep", "forever"),
    ("标成", "标", ""),
    ("标为", "标", ""),
    ("标", "标", ""),
];

/// What is meant by it; else what was wrong with it.
pub fn read(turn: &mut Turn, text: &str, error: ParseError) -> Result<Invocation, ParseError> {
    let meant = match &error {
        ParseError::VerbAlone { .. } => paused(turn, &error).or_else(|| erasing(turn, text)),
        ParseError::UnknownVerb { handle, .. } if handle.letter == 'M' => message(turn, text),
        ParseError::UnknownVerb { .. }
        | ParseError::UnknownLetter { .. }
        | ParseError::Unknown { .. }
        | ParseError::TooLong { .. }
        | ParseError::Talk
        | ParseError::Empty => None,
    };
    meant.ok_or(error)
}

/// `M4 归档到 售后库`: the number stands before the word.
fn message(turn: &mut Turn, text: &str) -> Option<Invocation> {
    let text = text.trim();
    let digits = text.get(1..)?.bytes().take_while(u8::is_ascii_digit).count();
    let (handle, rest) = text.split_at_checked(1 + digits)?;
    let rest = rest.trim_start_matches([' ', '：', ':', '，', ',']);
    let lower = rest.to_ascii_lowercase();
    let (said, word, then) = OF_MESSAGE.iter().find(|(said, ..)| lower.starts_with(said))?;
    let behind = rest[said.len()..].trim_start();
    let behind = if then.is_empty() || *then == "到" { behind } else { "" };
    read::read(turn, &format!("{word} {handle} {then} {behind}")).ok()
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
