//! What may have been meant about a record where the words behind its handle are no verb: lines
//! that would work, likeliest first. Nothing is carried out by them.

use super::catalogue::Catalogue;
use super::instead::instead;
use super::invocation::{Invocation, ParseError};
use super::names::Entry;
use super::parse::parse;
use super::word::Kind;
use crate::model::Lang;
use crate::text::cut::one_line;
use crate::text::when::Reference;

/// Most lines given.
const LINES_MAX: usize = 2;

/// Fewest Chinese characters that can be a note; in English it has two words.
const NOTE_CHARS_MIN: usize = 3;

/// Asks to be told of it once more. Longer spellings first.
const AGAIN: [&str; 4] = ["提醒我", "提醒", "remind me", "remind"];

/// Says that it is at another time now, before that time. Longer spellings first.
const BECOMES: [&str; 33] = [
    "往后拖到",
    "往后推到",
    "往后延到",
    "拖到",
    "晚到",
    "调整为",
    "调整成",
    "调整到",
    "变成",
    "变为",
    "改在",
    "换到",
    "换在",
    "换成",
    "换为",
    "调成",
    "调为",
    "调到",
    "定在",
    "定到",
    "挪",
    "改",
    "set to ",
    "bump to ",
    "shift to ",
    "reschedule to ",
    "is now due ",
    "is now ",
    "now on ",
    "now ",
    "is due ",
    "should be ",
    "make it ",
];

/// Behind a date: it is the deadline.
const DUE: [&str; 9] =
    ["交", "必须交", "要交", "得交", "必须完成", "要完成", "得完成", "完成", "一定要交"];

/// Names a tag. Longer spellings first.
const TAGS: [&str; 7] = ["标签", "标记", "打标", "标上", "tag as ", "tag ", "label "];

/// Asks about a record; folded.
const ASKS: [&str; 15] = [
    "哪",
    "?",
    "？",
    "吗",
    "呢",
    "怎么样",
    "怎样",
    "咋",
    "谁",
    "什么",
    "多少",
    "how",
    "who",
    "what",
    "when",
];

/// The lines that a refused one about a record may have meant; none where it named a verb that
/// does not go with the record.
pub fn meant(
    catalogue: &Catalogue,
    error: &ParseError,
    line: &str,
    reference: Reference,
) -> Vec<String> {
    let ParseError::UnknownVerb { handle, word, lang, .. } = error else { return Vec::new() };
    let verb = |entry: &Entry| entry.kind == Kind::Verb && entry.name == *word;
    let is_verb = catalogue.index().entries().any(verb);
    let line = one_line(line);
    let Some(at) = line.find(word.as_str()).filter(|_| !is_verb && !word.is_empty()) else {
        return Vec::new();
    };
    let (head, rest) = (line[..at].trim_end(), line[at..].trim());
    let lower = rest.to_lowercase();
    let all = if head.is_empty() { handle.to_string() } else { head.to_owned() };
    let reads = |line: &String| parse(catalogue, line, reference, *lang).is_ok();
    let instead = instead(catalogue, &all, rest, *lang).into_iter();
    let instead: Vec<String> = instead.filter(reads).take(LINES_MAX).collect();
    if !instead.is_empty() {
        return instead;
    }
    if ASKS.iter().any(|ask| lower.contains(ask)) {
        let noun = catalogue.noun_of(handle.letter);
        let noun = noun.map(|noun| format!("{} {handle}", noun.names(*lang).name));
        // `T1 和 T2 谁在做？` shows both.
        let several = Some(all).filter(|all| all.len() > handle.to_string().len() && reads(all));
        return several.or(noun).into_iter().collect();
    }
    let head = all.as_str();
    let put = |name: &str, rest: &str| {
        let line = format!("{head} {name} {rest}");
        let read = parse(catalogue, &line, reference, *lang).ok()?;
        Some((line, read))
    };
    let with = |verb: &str| put(&catalogue.word(verb)?.names(*lang).name, rest);
    if let Some((line, _)) = tagged(rest, *lang).and_then(|(add, tags)| put(add, tags)) {
        return vec![line];
    }
    let people = |read: &Invocation| !read.args.people.is_empty() && read.args.content.is_empty();
    let notes = match lang {
        Lang::Zh => rest.chars().nth(NOTE_CHARS_MIN - 1).is_some(),
        Lang::En => rest.contains(' '),
    };
    let given = with("give").filter(|(_, read)| people(read));
    let moved = catalogue.word("edit").and_then(|edit| {
        let rest = BECOMES.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        let rest = rest.strip_suffix(" instead").unwrap_or(rest);
        put(&edit.names(*lang).name, rest.trim_end_matches(['吧', '了', '。']))
    });
    let moved = moved.filter(|(_, read)| only_moves(read));
    let later = || {
        let rest = AGAIN.iter().find_map(|word| rest.strip_prefix(word))?.trim();
        let name = match lang {
            Lang::Zh => "稍后",
            Lang::En => "snooze",
        };
        put(name, rest).filter(|(_, read)| read.args.when.is_some())
    };
    let moved = moved.or_else(later);
    let whole = given.is_some() || moved.is_some();
    let noted = with("progress").filter(|_| notes && !whole);
    let found = [given, moved, noted].into_iter().flatten().map(|(line, _)| line);
    found.take(LINES_MAX).collect()
}

/// The words for tags that say so, and the verb that puts them on.
fn tagged(rest: &str, lang: Lang) -> Option<(&'static str, &str)> {
    let zh = lang == Lang::Zh;
    if rest.starts_with(['#', '＃']) {
        return Some((if zh { "加" } else { "add" }, rest));
    }
    let tags = TAGS.iter().find_map(|word| rest.strip_prefix(word)).map(str::trim);
    let tags = tags.filter(|tags| !tags.is_empty())?;
    Some((if zh { "加标签" } else { "add tag" }, tags))
}

/// Whether an edit only says when.
fn only_moves(read: &Invocation) -> bool {
    let content = read.args.content.as_str();
    let timed = read.args.when.is_some() || read.args.every.is_some();
    timed && (content.is_empty() || DUE.contains(&content))
}
