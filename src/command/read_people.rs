//! Arguments that begin with a mark of their own: `@person`, `#tag`, and the words that lead to
//! them. People named without the mark are read in `called`.

use std::ops::Range;

use super::args::Of;
use super::called::{self, Known};
use super::everybody::{self, EVERYBODY};
use super::glyphs::{Glyphs, is_cjk, is_latin, is_separator};
use super::scan::{Mark, Scan};
use super::word::{Calls, Form, Word};
use super::{joints, parts};
use crate::text::when;

/// Words before a person that only say that a person follows. Longer spellings first.
const TO_PERSON: [&str; 9] =
    ["分配给", "指派给", "交给", "转给", "抄送", "给", "assigned to", "to", "for"];
/// The same where a recurrence is sent to somebody.
const SEND_TO: [&str; 3] = ["发送给", "推送给", "发给"];
/// The same where a rule's action is written.
const NOTIFY: [&str; 4] = ["通知", "提醒", "notify", "alert"];
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
/// With whom something is done, where nobody before them does it: `任务 和@李雷 对账`.
const WITH: [&str; 3] = ["和", "与", "同"];
/// What a reminder's text does with somebody, besides.
const TEXT_ABOUT: [&str; 4] = ["给", "把", "叫", "让"];

/// Before everybody in what is to be done.
const TOLD: [&str; 16] = [
    "通知", "告诉", "告知", "转告", "提醒", "感谢", "邀请", "召集", "组织", "tell", "notify",
    "inform", "email", "thank", "invite", "and",
];

/// The people of a line.
#[derive(Debug, Default)]
pub struct People {
    /// Those it is for.
    pub names: Vec<String>,
    /// Those who only have a part in it.
    pub parts: Vec<parts::Found>,
}

/// People after `@`; all of them at once are called by one name.
pub fn people(scan: &mut Scan, of: Of, known: &mut Known) -> People {
    let (word, mut all) = (of.word, People::default());
    let takes = |form| word.takes.contains(&form);
    if !scan.glyphs.has_any(b"@") {
        return all;
    }
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
        if let Some(bytes) = everybody::at_start(&folded, true) {
            let end = at + 1 + folded[..bytes].chars().count();
            let owns = scan.open(scan.glyphs.skip_blanks(end)) == Some('的');
            let called = word.calls.is_some() && takes(Form::People) && takes(Form::Content);
            let text = is_about(scan, of, at..end, false)
                || word.calls == Some(Calls::Led) && is_told(scan, at);
            if called && !owns && !text {
                lead(scan, word, at..end, !all.names.is_empty());
                all.names.push(EVERYBODY.to_owned());
                scan.take(at..end);
            } else {
                scan.keep(at..end);
            }
            continue;
        }
        if !takes(Form::People) {
            scan.keep(at..end);
            continue;
        }
        let end = called::name_end(scan, at + 1, end, known);
        if is_about(scan, of, at..end, !all.names.is_empty()) {
            scan.keep(at..end);
            continue;
        }
        let name = scan.glyphs.original(at + 1..end).to_owned();
        let led = word.calls == Some(Calls::Led) && takes(Form::Content);
        if led && let Some(phrase) = parts::done_for(scan, at, end, of.reference) {
            scan.keep(phrase.clone());
            all.parts.push(parts::Found { name, person: phrase.clone(), phrase });
            continue;
        }
        let part = if led { parts::end_of(scan, end, of.reference) } else { None };
        if let Some(part) = part {
            let phrase = parts::phrase(scan, at, part);
            scan.keep(phrase.clone());
            all.parts.push(parts::Found { name, person: at..end, phrase });
            continue;
        }
        if with_me(scan, word, at) {
            all.names.push("我".to_owned());
        }
        lead(scan, word, at..end, !all.names.is_empty());
        all.names.push(name);
        scan.take(at..end);
        take_together(scan, word, end);
        if let Some((joined, who)) = and_others(scan, word, end) {
            scan.take(joined);
            all.names.push(who.to_owned());
        }
    }
    all
}

/// Takes what only says that several do it, behind the last of them: `@李雷和@王芳一起`.
fn take_together(scan: &mut Scan, word: &Word, end: usize) {
    let start = scan.glyphs.skip_blanks(end);
    let words = ["一起做", "一起", "一块", "共同", "一同"];
    let Some(found) = words.iter().find(|word| scan.glyphs.starts_with(start, word)) else {
        return;
    };
    let behind = start + found.chars().count();
    let apart = scan.open(behind).is_none_or(is_separator);
    if apart && word.calls == Some(Calls::Led) && scan.is_open(start..behind) {
        scan.take(end..behind);
    }
}

/// `任务 我和@李雷 对账`: the speaker is the first of them; takes what joins them.
fn with_me(scan: &mut Scan, word: &Word, at: usize) -> bool {
    let start = scan.glyphs.skip(scan.from, is_separator);
    let joint = joints::NAMES.iter().find(|joint| scan.glyphs.word_at(start + 1, joint));
    let Some(joint) = joint.filter(|_| scan.glyphs.word_at(start, "我")) else { return false };
    let behind = scan.glyphs.skip_blanks(start + 1 + joint.chars().count());
    let fits = word.calls == Some(Calls::Led) && behind == at && scan.is_open(start..at);
    if fits {
        scan.take(start..at);
    }
    fits
}

/// `任务 @李雷 和我 对账`, `提醒@李雷和大家 …`: who else is one of them, and where that stands.
fn and_others(scan: &Scan, word: &Word, end: usize) -> Option<(Range<usize>, &'static str)> {
    let start = scan.glyphs.skip_blanks(end);
    let joint = joints::NAMES.iter().find(|joint| scan.glyphs.word_at(start, joint))?;
    let from = scan.glyphs.skip_blanks(start + joint.chars().count());
    let me = ["我", "me"].iter().find(|word| scan.glyphs.word_at(from, word));
    let rest = scan.glyphs.folded(from..scan.end());
    let (end, who) = match (me, everybody::at_start(&rest, false)) {
        (_, Some(bytes)) => (from + rest[..bytes].chars().count(), EVERYBODY),
        (Some(me), None) => (from + me.chars().count(), "我"),
        (None, None) => return None,
    };
    let apart = scan.open(end).is_none_or(is_separator);
    let fits = word.calls.is_some() && apart && scan.is_open(start..end);
    fits.then_some((start..end, who))
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

/// Whether a person is only spoken of: `任务 把报告发给@王芳`, `提醒我给@王芳发邮件`.
fn is_about(scan: &Scan, of: Of, person: Range<usize>, follows: bool) -> bool {
    let takes = |form| of.word.takes.contains(&form);
    if takes(Form::Target) || !takes(Form::Content) || takes(Form::Every) && !takes(Form::When) {
        return false;
    }
    let at = person.start;
    let end = scan.run_back(at, char::is_whitespace);
    if of.word.calls == Some(Calls::Behind) {
        return takes(Form::Every) && is_in_text(scan, of, person, follows);
    }
    let joins = |word: &&str| leads(scan, end, word).is_some();
    let begins = |start: usize| scan.open(start.wrapping_sub(1)).is_none_or(is_separator);
    let with = WITH.iter().any(|with| leads(scan, end, with).is_some_and(begins));
    let with = with && joint(scan, at).is_none() && of.word.calls == Some(Calls::Led);
    with || ABOUT.iter().any(joins) || is_glued(scan, at)
}

/// Whether everybody is only told of something: `任务 通知@所有人`.
fn is_told(scan: &Scan, at: usize) -> bool {
    let end = scan.run_back(at, char::is_whitespace);
    TOLD.iter().any(|told| leads(scan, end, told).is_some())
}

/// Where a word begins that ends here.
fn leads(scan: &Scan, end: usize, word: &str) -> Option<usize> {
    let start = end.checked_sub(word.chars().count()).filter(|start| *start >= scan.from)?;
    scan.glyphs.word_at(start, word).then_some(start)
}

fn is_glued(scan: &Scan, at: usize) -> bool {
    ABOUT_GLUED.iter().any(|about| leads(scan, at, about).is_some())
}

/// Whether a person belongs to what a reminder says, and not to those it is for: who it is for
/// stands first, or apart from the words.
fn is_in_text(scan: &Scan, of: Of, person: Range<usize>, follows: bool) -> bool {
    let Range { start: at, end: behind } = person;
    let loose = |at: usize| scan.mark(at) == Mark::Taken || scan.open(at).is_some_and(is_separator);
    let first = (scan.from..at).find(|at| !loose(*at)).unwrap_or(at);
    let joint = joints::NAMES.iter().find(|joint| scan.glyphs.word_at(first, joint));
    let joined = joint.map(|joint| scan.glyphs.skip_blanks(first + joint.chars().count()));
    let end = scan.run_back(at, char::is_whitespace);
    let about = ABOUT.iter().chain(&TEXT_ABOUT).chain(&WITH).find_map(|w| leads(scan, end, w));
    let mine = joints::is_mine(of.typed);
    let given = || TEXT_ABOUT.iter().any(|word| scan.glyphs.starts_with(first, word));
    // `提醒我和@李雷 …`, `提醒 给@王芳 …`
    let heads =
        first == at || joined == Some(at) && mine || about == Some(first) && !mine && given();
    if heads || joint_of(scan, at).is_some() {
        return false;
    }
    let next = scan.glyphs.skip_blanks(behind);
    let rest = scan.glyphs.original(next..scan.end());
    let ends = scan.open(next).is_none_or(|c| is_separator(c) || c == '@')
        || when::at_start(rest, of.reference).is_some();
    let latin = of.typed.is_ascii();
    mine || (about.is_some() || is_glued(scan, at)) && !ends || follows && (latin || end == at)
}

/// Where a joint begins between somebody taken before and this one.
fn joint_of(scan: &Scan, at: usize) -> Option<usize> {
    let before = scan.run_back(at, is_separator);
    let next_to = before < at && before > scan.from && scan.mark(before - 1) == Mark::Taken;
    joint(scan, at).or(next_to.then_some(before))
}

/// Where an `和` begins that stands between the person taken before and this one.
fn joint(scan: &Scan, at: usize) -> Option<usize> {
    let end = scan.run_back(at, char::is_whitespace);
    let start = joints::NAMES.iter().find_map(|and| {
        let start = end.checked_sub(and.chars().count())?;
        (scan.glyphs.starts_with(start, and) && scan.is_open(start..end)).then_some(start)
    })?;
    let before = scan.run_back(start, char::is_whitespace);
    (before > scan.from && scan.mark(before - 1) == Mark::Taken).then_some(before)
}

/// Tags after `#`: levels joined by `/`. `C#` and a bare number (`#12`) are none.
pub fn tags(scan: &mut Scan, word: &Word) -> Vec<String> {
    let mut found = Vec::new();
    if !scan.glyphs.has_any(b"#") {
        return found;
    }
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
