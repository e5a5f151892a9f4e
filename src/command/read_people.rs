//! Arguments that begin with a mark of their own: `@person`, `#tag`, and the words that lead to
//! them. People named without the mark are read in `called`.

use std::ops::Range;

use super::called::{self, Known};
use super::glyphs::{Glyphs, is_cjk, is_latin};
use super::scan::{Mark, Scan};
use super::word::{Calls, Form, Word};

/// Words before a person that only say that a person follows. Longer spellings first.
const TO_PERSON: [&str; 9] =
    ["分配给", "指派给", "交给", "转给", "抄送", "给", "assigned to", "to", "for"];
/// The same where a recurrence is sent to somebody.
const SEND_TO: [&str; 3] = ["发送给", "推送给", "发给"];
/// The same where a rule's action is written.
const NOTIFY: [&str; 4] = ["通知", "提醒", "notify", "alert"];
/// Between two people.
const AND: [&str; 5] = ["和", "与", "及", "and", "&"];
/// From a rule's words to its actions.
pub const ARROWS: [&str; 5] = ["→", "⇒", "->", "=>", "就"];
/// Words before a person with whom or for whom something is done: that is said of the work, and
/// does not make it theirs. Longer spellings first.
const ABOUT: [&str; 19] = [
    "转发给",
    "反馈给",
    "汇报给",
    "同步给",
    "抄送给",
    "发给",
    "寄给",
    "送给",
    "带给",
    "还给",
    "传给",
    "拿给",
    "报给",
    "打给",
    "向",
    "替",
    "跟",
    "with",
    "cc",
];
/// The same, which also end a title: only right before the `@`.
const ABOUT_GLUED: [&str; 8] = ["抄送", "回复", "联系", "拜访", "请教", "找", "约", "等"];
/// Names that are everybody, so nobody in particular.
const EVERYBODY_ZH: [&str; 4] = ["所有人", "全体成员", "全员", "全体"];
const EVERYBODY_EN: [&str; 5] = ["all", "everyone", "everybody", "here", "channel"];

/// People after `@`. Everybody is nobody: `@所有人` stays content.
pub fn people(scan: &mut Scan, word: &Word, known: &mut Known) -> Vec<String> {
    let mut found = Vec::new();
    for at in scan.from..scan.end() {
        if scan.open(at) != Some('@') || in_address(scan.glyphs, at) {
            continue;
        }
        let mut end = scan.run(at + 1, is_name);
        while end > at + 1 && matches!(scan.glyphs.get(end - 1), Some('.' | '-' | '·')) {
            end -= 1;
        }
        if end == at + 1 {
            continue;
        }
        let folded = scan.glyphs.folded(at + 1..end);
        let everybody = EVERYBODY_ZH.iter().any(|all| folded.starts_with(all))
            || EVERYBODY_EN.contains(&folded.as_str());
        if everybody || !word.takes.contains(&Form::People) {
            scan.keep(at..end);
            continue;
        }
        let end = called::name_end(scan, at + 1, end, known);
        if is_about(scan, word, at) {
            scan.keep(at..end);
            continue;
        }
        lead(scan, word, at..end, !found.is_empty());
        found.push(scan.glyphs.original(at + 1..end).to_owned());
        scan.take(at..end);
    }
    found
}

/// Takes the words that lead to a person, and those behind that say no more.
fn lead(scan: &mut Scan, word: &Word, person: Range<usize>, follows: bool) {
    let at = person.start;
    if follows && let Some(start) = joint(scan, at) {
        scan.take(start..at);
        return;
    }
    let mut words: Vec<&str> = Vec::new();
    if word.takes.contains(&Form::Every) {
        words.extend(SEND_TO);
    }
    if word.takes.contains(&Form::Target) {
        words.extend(NOTIFY);
    }
    words.extend(TO_PERSON);
    if let Some(start) = scan.take_before(at, &words) {
        scan.take_before(start, &ARROWS);
    } else if word.takes.contains(&Form::Target) {
        scan.take_before(at, &ARROWS);
    } else if word.calls == Some(Calls::Led) {
        called::take_around(scan, person);
    }
}

/// Whether a person is only spoken of: `任务 把报告发给@王芳`.
fn is_about(scan: &Scan, word: &Word, at: usize) -> bool {
    let asked = word.takes.contains(&Form::Every) || word.takes.contains(&Form::Target);
    if asked || !word.takes.contains(&Form::Content) {
        return false;
    }
    let leads = |end: usize, about: &str| {
        let start = end.checked_sub(about.chars().count());
        start.is_some_and(|start| start >= scan.from && scan.glyphs.word_at(start, about))
    };
    let end = scan.run_back(at, char::is_whitespace);
    ABOUT.iter().any(|about| leads(end, about)) || ABOUT_GLUED.iter().any(|about| leads(at, about))
}

/// Where an `和` begins that stands between the person taken before and this one.
fn joint(scan: &Scan, at: usize) -> Option<usize> {
    let end = scan.run_back(at, char::is_whitespace);
    let start = AND.iter().find_map(|and| {
        let start = end.checked_sub(and.chars().count())?;
        (scan.glyphs.starts_with(start, and) && scan.is_open(start..end)).then_some(start)
    })?;
    let before = scan.run_back(start, char::is_whitespace);
    (before > scan.from && scan.mark(before - 1) == Mark::Taken).then_some(before)
}

/// Tags after `#`: levels joined by `/`. `C#` and a bare number (`#12`) are none.
pub fn tags(scan: &mut Scan, word: &Word) -> Vec<String> {
    let mut found = Vec::new();
    for at in scan.from..scan.end() {
        if scan.open(at) != Some('#') || scan.glyphs.before(at).is_some_and(is_latin) {
            continue;
        }
        let end = scan.run(at + 1, |c| is_name(c) || c == '/');
        let tag = scan.glyphs.original(at + 1..end).trim_matches('/');
        if tag.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        if !word.takes.contains(&Form::Tags) {
            scan.keep(at..end);
            continue;
        }
        found.push(tag.to_owned());
        scan.take(at..end);
        scan.take_before(at, &ARROWS[..4]);
    }
    found
}

/// What a name after `@` or `#` may hold.
fn is_name(c: char) -> bool {
    is_cjk(c) || c.is_alphanumeric() || matches!(c, '_' | '-' | '·' | '.')
}

/// Whether an `@` is the middle of a mail address.
fn in_address(glyphs: &Glyphs, at: usize) -> bool {
    let latin = |c: char| is_latin(c) || c == '.';
    let Some(start) = (0..at).rev().take_while(|i| glyphs.get(*i).is_some_and(latin)).last() else {
        return false;
    };
    let word = glyphs.folded(start..at);
    let leads = TO_PERSON.iter().chain(&NOTIFY).any(|lead| *lead == word);
    !leads && glyphs.get(at + 1).is_some_and(is_latin)
}
