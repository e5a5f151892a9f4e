//! What a line lacks, and the line that would work: the one that was typed where it can be mended,
//! else one of the catalogue.

use super::Voice;
use super::voice::excerpt;
use crate::command::Catalogue;
use crate::core::refusal::Missing;
use crate::model::Handle;

/// Longest typed line that is said again whole, in characters: what is cut would not work.
const LINE_CHARS_MAX: usize = 60;

/// From a rule's words to what it does.
const ARROWS: [&str; 4] = ["→", "->", "=>", "⇒"];

/// What was typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// The line; empty where there is none to speak of.
    pub line: &'a str,
    /// The record it acts on.
    pub handle: Option<Handle>,
}

/// The line as typed, if it is short enough to be said again.
pub fn own_line(said: Said) -> Option<String> {
    let short = said.line.chars().nth(LINE_CHARS_MAX).is_none();
    (short && !said.line.is_empty()).then(|| said.line.to_owned())
}

/// The typed line with one word put right; the right word alone if the line is long.
pub fn near_line(said: Said, word: &str, right: &str) -> String {
    let mended = own_line(said).filter(|line| line.contains(word));
    mended.map_or_else(|| right.to_owned(), |line| line.replacen(word, right, 1))
}

/// A line of the catalogue that works; about the record that was meant, if one was.
pub fn example(voice: &Voice, catalogue: &Catalogue, word: &str, said: Said) -> String {
    let line = catalogue.word(word).and_then(|w| w.names(voice.lang).lines.first());
    let Some(line) = line else { return voice.pick("帮助", "help").to_owned() };
    if let Some(handle) = said.handle
        && let Some(argument) = argument(voice, word, handle)
        && let Some(verb) = catalogue.word(word)
    {
        return format!("{handle} {} {argument}", verb.names(voice.lang).name);
    }
    match (said.handle, line.split_once(' ')) {
        (Some(handle), Some((first, rest))) if first.ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{handle} {rest}")
        }
        (Some(_) | None, _) => line.clone(),
    }
}

/// What records of a kind take more or less of, where the lines of the catalogue are about others.
pub fn argument(voice: &Voice, verb: &str, handle: Handle) -> Option<&'static str> {
    match (verb, handle.letter) {
        ("add" | "drop", 'M') => Some(voice.pick("#合同", "#contract")),
        ("add" | "drop", 'R') => Some(voice.pick("转班", "cancel")),
        _ => None,
    }
}

/// The one thing that is missing.
pub fn missing(
    voice: &Voice,
    catalogue: &Catalogue,
    word: &str,
    what: Missing,
    said: Said,
) -> String {
    let line = match (what, own_line(said)) {
        // The line as typed, with what it lacks.
        (Missing::When, Some(line)) if word != "snapshot" => {
            format!("{line} {}", voice.pick("明天9:00", "tomorrow 9:00"))
        }
        (Missing::Effects, Some(line)) if said.handle.is_none() => {
            format!("{line} → {}", voice.pick("通知@我", "notify @me"))
        }
        (Missing::Tags, Some(line)) if word == "tag" => {
            format!("{line} {}", voice.pick("#客户A/合同", "#clientA/contract"))
        }
        (Missing::Every, Some(line)) => {
            format!("{line} {}", voice.pick("每个工作日18:00", "every weekday 18:00"))
        }
        (Missing::Content, Some(line)) if word == "remind" => {
            format!("{line} {}", voice.pick("交报告", "to submit the report"))
        }
        _ => example(voice, catalogue, word, said),
    };
    if let (Missing::Pairs, Some(handle)) = (what, said.handle.filter(|h| h.letter != 'T')) {
        return voice.pick(
            format!("这样没有变化。看现在的：{handle}"),
            format!("That changes nothing. See how it stands: {handle}"),
        );
    }
    let (zh, en) = match (what, word) {
        (Missing::Content, "follow") => ("缺「问什么」。", "What is the question?"),
        (Missing::People, "follow") => ("缺「问谁」。", "Who is to answer?"),
        (Missing::Content, "remind") => ("缺「提醒什么」。", "What is it about?"),
        (Missing::Content, "export") => ("要导出什么？", "Export what?"),
        (Missing::When, "snapshot") => ("缺「哪段时间」。", "Of which time?"),
        (Missing::When, _) => ("缺「什么时候」。", "When?"),
        (Missing::Content, "find") => ("要搜什么？", "What are you looking for?"),
        (Missing::Content, "claim") => ("缺认领码。", "The claim code is missing."),
        (Missing::Content, "cabinet") => ("库叫什么？", "What is it called?"),
        (Missing::Content, "keyword") => ("缺关键词。", "Which words?"),
        (Missing::Content, _) => ("缺「做什么」。", "What is to be done?"),
        (Missing::Every, _) => (
            "缺周期和时刻（每天、每个工作日、每周五 几点）。",
            "How often (every day, weekday or Friday), and at what time?",
        ),
        (Missing::People, "add") => ("缺「加谁」。", "Add whom?"),
        (Missing::People, "drop") => ("缺「去掉谁」。", "Take whom off?"),
        (Missing::People, _) => ("缺「给谁」。", "To whom?"),
        (Missing::Tags, "rename") => ("缺新名字。", "What is it called now?"),
        (Missing::Tags, _) => ("缺标签。", "Which tag?"),
        (Missing::Effects, _) => (
            "听到后做什么？可以打标签、通知人、归档。",
            "And then? Tag it, notify somebody, or archive it.",
        ),
        (Missing::Quote, _) => return missing_quote(voice, catalogue, word),
        (Missing::Name, "subscribe") => ("缺来源的名字。", "Which source?"),
        (Missing::Name, _) => ("缺名字。", "Which name?"),
        (Missing::Pairs, _) => ("没有要改的内容。", "Nothing to change in that."),
    };
    voice.pick(format!("{zh}例如：{line}"), format!("{en} Try: {line}"))
}

/// A message is meant and none is quoted: its number does as well.
fn missing_quote(voice: &Voice, catalogue: &Catalogue, word: &str) -> String {
    let lines = catalogue.word(word).map(|w| w.names(voice.lang).lines.as_slice());
    let numbered = lines.unwrap_or_default().iter().find(|line| line.contains(" M"));
    let line = numbered.cloned().unwrap_or_default();
    voice.pick(
        format!("要先引用一条消息，或写出编号，例如：{line}"),
        format!("Quote the message you mean, or give its number: {line}"),
    )
}

/// Words that say nothing to us.
pub fn not_understood(
    voice: &Voice,
    catalogue: &Catalogue,
    word: &str,
    part: &str,
    said: Said,
) -> String {
    let (part, line) = (excerpt(part), example(voice, catalogue, word, said));
    match (part.is_empty(), word) {
        (true, _) => {
            voice.pick(format!("没看懂。例如：{line}"), format!("I didn’t get that. Try: {line}"))
        }
        (false, "keyword") if ARROWS.iter().any(|arrow| part.starts_with(arrow)) => voice.pick(
            format!("「{part}」没看懂：规则只会打标签、通知人、归档到一个库。例如：{line}"),
            format!(
                "I didn’t get “{part}”: a rule can tag, notify somebody or archive. Try: {line}"
            ),
        ),
        (false, "keyword") => voice.pick(
            format!(
                "「{part}」没法当条件：规则只找词，几个词用逗号隔开，命中一个就算。\
                 真要找这几个字就加引号。例如：{line}"
            ),
            format!(
                "“{part}” can’t be a condition: a rule only looks for words, apart by commas, \
                 and one is enough. To look for it as it is, put it in quotes. Try: {line}"
            ),
        ),
        (false, "help") => voice.pick(
            format!("没有「{part}」这个词。看全部：帮助"),
            format!("There is no word “{part}”. See them all: help"),
        ),
        (false, _) => voice.pick(
            format!("没看懂「{part}」。例如：{line}"),
            format!("I didn’t get “{part}”. Try: {line}"),
        ),
    }
}
