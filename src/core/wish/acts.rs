//! What words behind a record, named or quoted, do to it: the lines for it, which always are asked
//! about.

use super::plain::{Wish, is_question};
use crate::command::{Invocation, ParseError, Shape, guess};
use crate::core::fields;
use crate::core::read;
use crate::core::turn::Turn;
use crate::model::{Handle, Lang};
use crate::text::every;

/// Says that it is not to be done any more.
const NOT: [&str; 14] = [
    "不用了",
    "不需要了",
    "先不",
    "不再",
    "不用",
    "不必",
    "不要",
    "不",
    "别",
    "取消",
    "算了",
    "作废",
    "isn't needed",
    "is not needed",
];

/// Says that it is to say nothing more.
const OFF: [&str; 8] = ["关了", "关掉", "停了", "停掉", "先停", "停一下", "停用", "暂停"];

/// Verbs that may be offered.
const VERBS: [&str; 12] = [
    "done", "edit", "give", "add", "drop", "snooze", "skip", "remove", "enable", "disable",
    "reopen", "progress",
];

/// The language of such words.
pub fn lang(latin: bool) -> Lang {
    if latin { Lang::En } else { Lang::Zh }
}

/// The lines for what is to be done to a record.
pub fn actions(turn: &mut Turn, handle: Handle, rest: &str, latin: bool) -> Vec<String> {
    let core = turn.core;
    let name = |verb: &str| {
        core.catalogue.word(verb).map_or("", |word| word.names(lang(latin)).name.as_str())
    };
    if rest.is_empty() {
        return Vec::new();
    }
    let short = rest.chars().nth(NOT_CHARS_MAX).is_none();
    let tells = ["提醒", "通知", "发", "响", "叫"].iter().any(|word| rest.contains(word));
    if OFF.iter().any(|off| rest.starts_with(off)) && handle.letter == 'J' {
        return vec![format!("{handle} {}", name("disable"))];
    }
    if short && !tells && NOT.iter().any(|not| rest.starts_with(not)) {
        return vec![format!("{handle} {}", name("remove"))];
    }
    let line = format!("{handle} {rest}");
    match read::read(turn, &line) {
        Ok(read) if is_whole(turn, &read) => match &read.shape {
            Shape::Act(_, verb) if verb == "done" && read.args.people.is_empty() => {
                vec![format!("{handle} {}", name("done"))]
            }
            _ => vec![line],
        },
        Ok(_) => Vec::new(),
        Err(error @ ParseError::UnknownVerb { .. }) => {
            let lines = guess::meant(&core.catalogue, &error, &line, turn.reference());
            let notes =
                |line: &String| line.starts_with(&format!("{handle} {} ", name("progress")));
            let tells = PROGRESS.iter().any(|word| rest.starts_with(word));
            let plain = |line: &String| !notes(line) || tells || line.contains(['；', ';']);
            lines.into_iter().filter(plain).collect()
        }
        Err(_) => Vec::new(),
    }
}

/// Says how far it is. Longer spellings first.
const PROGRESS: [&str; 10] =
    ["还差", "还剩", "还没", "做了", "写了", "刚", "正在", "在等", "卡在", "差"];

/// Longer words say more than that something is not to be done, in characters.
const NOT_CHARS_MAX: usize = 7;

/// Whether a line does something to a record and leaves nothing over.
fn is_whole(turn: &Turn, read: &Invocation) -> bool {
    let Shape::Act(_, verb) = &read.shape else { return false };
    let args = &read.args;
    let timed = args.when.is_some() || args.every.is_some();
    let clean = args.content.is_empty() || fields::says_no_more(&args.content);
    let named = !args.people.is_empty();
    let content = args.content.as_str();
    let often = || every::at_an_end(content, turn.reference()) == Some(0..content.len());
    let long = content
        .starts_with(|c: char| c.is_ascii_digit() || "一两二三四五六七八九十半a".contains(c));
    let fits = match verb.as_str() {
        "edit" => clean && (timed || named) || !content.is_empty() && often(),
        "snooze" => clean && timed || long,
        "give" | "add" | "drop" => clean && named,
        "progress" => !args.content.is_empty(),
        _ => clean,
    };
    fits && VERBS.contains(&verb.as_str())
}

/// Said before what is wanted of a record that is quoted. Longer spellings first.
const WELL: [&str; 20] = [
    "不好意思",
    "我这边的",
    "我这边",
    "我的",
    "算了",
    "那就",
    "还是",
    "那",
    "就",
    "嗯",
    "好的",
    "actually",
    "never mind",
    "ok",
    "please",
    "it's ",
    "it is ",
    "mine is ",
    "my part is ",
    "i am ",
];

/// The verb of what is said of a task without its number, if that says it whole: `改到下周二`.
pub fn verb_of_a_task(turn: &mut Turn, text: &str) -> Option<(String, Lang)> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "。.！!~吧啊".contains(c));
    let read = read::read(turn, &format!("T1 {text}")).ok()?;
    let Shape::Act(_, verb) = &read.shape else { return None };
    let acts = ["edit", "give", "add", "drop", "snooze", "done", "reopen"];
    let fits = acts.contains(&verb.as_str()) && is_whole(turn, &read);
    fits.then(|| (verb.clone(), read.lang))
}

/// Whether a line says that a record is done, and no more.
fn ends_well(turn: &Turn, line: &str) -> bool {
    let done = turn.core.catalogue.word("done");
    done.is_some_and(|done| [&done.zh.name, &done.en.name].iter().any(|name| line.ends_with(*name)))
}

/// Verbs that are carried out at once where they are said of a card: all can be undone.
const AT_ONCE: [&str; 6] = ["edit", "give", "add", "drop", "snooze", "done"];

/// What is said to a message about a record: done where it is a whole command, else asked.
pub fn of(turn: &mut Turn, handle: &str, text: &str) -> Option<Wish> {
    let latin = text.is_ascii() || text.starts_with(|c: char| c.is_ascii_alphabetic());
    // `give it to Ben`
    let text = &if latin { text.replacen(" it ", " ", 1) } else { text.to_owned() };
    let mut chars = handle.chars();
    let handle = Handle { letter: chars.next()?, number: chars.as_str().parse().ok()? };
    let lower = text.to_lowercase();
    let whole = lower.trim_end_matches(|c: char| c.is_whitespace() || "。.！!~吧啊".contains(c));
    let mut rest = whole;
    let loose = |c: char| c.is_whitespace() || "，,、".contains(c);
    while let Some(shorter) = WELL.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter.trim_start_matches(loose);
    }
    if is_question(text) || rest.is_empty() {
        return None;
    }
    let lines = actions(turn, handle, rest, latin);
    // As it was typed: a name or a tag is not in lower case.
    let same = text.len() == lower.len();
    let typed = text.get(whole.len() - rest.len()..whole.len()).filter(|_| same).unwrap_or(rest);
    let lines: Vec<String> = lines.into_iter().map(|line| line.replace(rest, typed)).collect();
    if let [only] = lines.as_slice()
        && let Ok(read) = read::read(turn, only)
        && (*only == format!("{handle} {typed}") || ends_well(turn, only))
        && matches!(&read.shape, Shape::Act(_, verb) if AT_ONCE.contains(&verb.as_str()))
    {
        return Some(Wish::Do(Box::new(read)));
    }
    (!lines.is_empty()).then_some(Wish::Ask(lines))
}
