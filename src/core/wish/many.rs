//! Something is to be done to many kept messages: `把退费的消息都归档到退费库`,
//! `把退费的消息导出来`. As the command that counts them first.

use super::plain::Wish;
use crate::core::cabinets;
use crate::core::read;
use crate::core::turn::Turn;

/// Puts many into a cabinet. Longer spellings first.
const FILES: &[&str] = &[
    "归档到",
    "归档进",
    "存档到",
    "存到",
    "存进",
    "移到",
    "移进",
    "挪到",
    "转到",
    "放到",
    "放进",
    "归到",
];

/// `把退费的消息都归档到退费库`, `把售后库的消息移到维修库`, `把退费的消息导出来`: with the word before it; they
/// are counted first, and a file is asked about.
pub fn ordered(turn: &mut Turn, asked: &str) -> Option<Wish> {
    let rest = asked.strip_prefix('把').or_else(|| asked.strip_prefix('将'))?.trim();
    if let Some((what, form)) = rest.split_once("导出") {
        let what = messages_of(turn, what);
        let form = form.trim_start_matches(['来', '成', '为', '到']).trim();
        let line = format!("导出 {what} {form}");
        let fits = !what.is_empty() && form.chars().nth(FORM_CHARS_MAX).is_none();
        return (fits && read::read(turn, line.trim()).is_ok())
            .then(|| Wish::Ask(vec![line.trim().to_owned()]));
    }
    let (at, files) = FILES.iter().find_map(|files| Some((rest.find(files)?, *files)))?;
    let (what, cabinet) = (rest[..at].trim(), rest[at + files.len()..].trim());
    let what = messages_of(turn, what.trim_end_matches(['都', '全', '部']));
    // `把这个移到下周` names no cabinet.
    let named = cabinet.ends_with('库') || cabinets::called(turn, cabinet).is_some();
    if what.is_empty() || !named {
        return None;
    }
    let read = read::read(turn, &format!("归档 {what} 到 {cabinet}")).ok()?;
    Some(Wish::Do(Box::new(read)))
}

/// Longest kind of a file, in characters.
const FORM_CHARS_MAX: usize = 8;

/// What messages are told by, as a search has it: a cabinet by its mark.
fn messages_of(turn: &mut Turn, what: &str) -> String {
    let what = what.trim().trim_end_matches(['都', '全', '部']);
    let stem = ["里的所有消息", "的所有消息", "里的消息", "的消息", "的聊天记录", "里的", "的"]
        .iter()
        .find_map(|of| what.strip_suffix(of))
        .unwrap_or(what);
    match cabinets::called(turn, stem).filter(|_| stem.ends_with('库')) {
        Some(cabinet) => format!("库:{cabinet}"),
        None => what.to_owned(),
    }
}
