//! People named without an @: a word leads to them, and the directory of the conversation says that
//! it is a name. A name nobody bears stays content; nothing is guessed.

use std::ops::Range;

use super::args::{Of, Part};
use super::everybody::{self, EVERYBODY};
use super::glyphs::{is_cjk, is_latin, is_separator};
use super::leads::{Before, Behind, DOES, LEADS, opens_lead};
use super::scan::{Mark, Scan};
use super::stranger::is_name;
use super::word::Calls;
use super::{joints, parts};

/// The directory: how many characters at the beginning of a folded text are somebody's name, of
/// several names the longest. Asked only where a name may stand.
pub type Known<'k> = dyn FnMut(&str) -> Option<usize> + 'k;

/// A directory without anybody.
pub fn nobody(_: &str) -> Option<usize> {
    None
}

/// Longest stretch in which a name is looked for, in characters.
const NAME_CHARS_MAX: usize = 32;

/// Fewest characters behind a known name that make it one: `@王芳明天交表`, but not `@王芳菲`.
const GLUED_CHARS_MIN: usize = 2;

/// The people named without an @ among the arguments, in order, out of the content from now on.
/// Of somebody who only has a part in it the part is kept.
pub fn called(scan: &mut Scan, of: Of, known: &mut Known, parts: &mut Vec<Part>) -> Vec<String> {
    match of.word.calls {
        None => Vec::new(),
        Some(Calls::Behind) => behind(scan, of.typed, known),
        Some(Calls::Led) => led(scan, of, known, parts),
    }
}

/// Right behind the word: `提醒王芳明天3点开会`, `提醒我和王芳 …`.
fn behind(scan: &mut Scan, typed: &str, known: &mut Known) -> Vec<String> {
    let loose =
        |at: &usize| scan.mark(*at) == Mark::Taken || scan.open(*at).is_some_and(is_separator);
    let first = (scan.from..scan.end()).find(|at| !loose(at)).unwrap_or(scan.end());
    // `give T1 to Bob`; where nobody is named, `to` is content.
    let lead = ["to", "with"].iter().find(|lead| scan.glyphs.word_at(first, lead));
    let to = lead.map(|lead| scan.glyphs.skip_blanks(first + lead.len()));
    let named =
        |from: &usize| everybody_at(scan, *from).is_some() || name_at(scan, *from, known).is_some();
    let start = to.filter(named).unwrap_or(first);
    let me = joints::is_mine(typed);
    let joint = if me { Some(start) } else { me_at(scan, start) };
    let from = match joint {
        // `提醒我王芳交表` is about somebody and for me.
        Some(at) => match and_at(scan, at) {
            Some(next) => next,
            None => return Vec::new(),
        },
        None => start,
    };
    let (mut names, end) = names_at(scan, from, known);
    let with_marked = joint.is_some() && scan.mark(from) == Mark::Taken && from < scan.end();
    if names.is_empty() && !with_marked {
        return names;
    }
    // `提醒我和王芳开会` is for me, about a meeting with her.
    if joint.is_some() && !goes_on(scan, end, Behind::Apart) {
        return Vec::new();
    }
    if joint.is_some() {
        names.insert(0, "我".to_owned());
    }
    // `提醒韩梅梅她明天有面试`
    let again = scan.open(end).is_some_and(|c| matches!(c, '她' | '他'))
        && !scan.open(end + 1).is_some_and(|c| matches!(c, '们' | '的' | '人'));
    let end = if again { end + 1 } else { end };
    scan.take(first..end);
    take_does(scan, end);
    names
}

/// Where a `我` ends that others are joined to.
fn me_at(scan: &Scan, at: usize) -> Option<usize> {
    let me = ["我", "me"].iter().find(|me| scan.glyphs.word_at(at, me))?;
    let end = at + me.chars().count();
    (scan.is_open(at..end) && and_at(scan, end).is_some()).then_some(end)
}

/// Behind a word that leads to somebody: `让王芳明天交表`, `ask Bob to send it`.
fn led(scan: &mut Scan, of: Of, known: &mut Known, parts: &mut Vec<Part>) -> Vec<String> {
    for at in scan.from..scan.end() {
        let Some(first) = scan.open(at).filter(|c| opens_lead(*c)) else { continue };
        for (lead, before, follows) in LEADS.iter().filter(|lead| lead.0.starts_with(first)) {
            if !scan.glyphs.word_at(at, lead) {
                continue;
            }
            let end = at + lead.chars().count();
            if !scan.is_open(at..end) || !fits(scan, at, *before) {
                continue;
            }
            let (names, end) = names_at(scan, scan.glyphs.skip(end, is_separator), known);
            if names.is_empty() || !goes_on(scan, end, *follows) {
                continue;
            }
            if has_part(scan, of, (at, end), &names, parts) {
                continue;
            }
            scan.take(at..end);
            take_does(scan, end);
            take_to(scan, end);
            return names;
        }
    }
    in_charge(scan, known)
}

/// `写合同 由王芳审核`: she has a part in it. Says so, and keeps the part.
fn has_part(
    scan: &mut Scan,
    of: Of,
    (at, name_end): (usize, usize),
    names: &[String],
    parts: &mut Vec<Part>,
) -> bool {
    let ([name], Some(end)) = (names, parts::end_of(scan, name_end, of.reference)) else {
        return false;
    };
    let found = parts::Found { name: name.clone(), person: at..at, phrase: at..end };
    let kept = parts::settle(scan, vec![found], &mut Vec::new());
    if !kept.is_empty() {
        scan.keep(at..end);
    }
    parts.extend(kept.iter().cloned());
    !kept.is_empty()
}

/// Before `负责`, where a phrase begins: `王芳负责写方案`.
fn in_charge(scan: &mut Scan, known: &mut Known) -> Vec<String> {
    let charge = |at: &usize| scan.open(*at) == Some('负') && scan.glyphs.word_at(*at, "负责");
    let Some(end) = (scan.from..scan.end()).find(charge) else { return Vec::new() };
    let first = end.saturating_sub(NAME_CHARS_MAX).max(scan.from);
    for at in first..end {
        if scan.open(at).is_none_or(is_separator) || !fits(scan, at, Before::Phrase) {
            continue;
        }
        let (names, ends) = names_at(scan, at, known);
        if ends == end && !names.is_empty() {
            scan.take(at..end);
            take_does(scan, end);
            return names;
        }
    }
    Vec::new()
}

/// Takes the word before an `@person` that says they are to do something, and what says no more
/// behind it: `让@王芳 交表`, `由@王芳 负责`.
pub fn take_around(scan: &mut Scan, person: Range<usize>) {
    let Range { start: at, end: behind } = person;
    let does = does_at(scan, scan.glyphs.skip_blanks(behind)).is_some();
    take_does(scan, behind);
    let end = scan.run_back(at, char::is_whitespace);
    for (lead, before, follows) in LEADS {
        if follows == Behind::Does && !does {
            continue;
        }
        let Some(start) = end.checked_sub(lead.chars().count()).filter(|s| *s >= scan.from) else {
            continue;
        };
        let stands = scan.glyphs.word_at(start, lead) && scan.is_open(start..end);
        if stands && fits(scan, start, before) {
            scan.take(start..at);
            if follows == Behind::To {
                take_to(scan, behind);
            }
            return;
        }
    }
}

/// Where the name in a run that begins behind an `@` really ends: `@王芳明天交表`.
pub fn name_end(scan: &Scan, at: usize, end: usize, known: &mut Known) -> usize {
    // `@王芳和@韩梅梅`: the run ends with what joins them.
    let joins = end > at + GLUED_CHARS_MIN
        && (joints::NAMES.iter().any(|joint| scan.glyphs.word_at(end - 1, joint))
            || matches!(scan.glyphs.get(end - 1), Some('给' | '把')))
        && matches!(scan.glyphs.get(scan.glyphs.skip_blanks(end)), Some('@'));
    let glued = joins
        || end - at >= 2 * GLUED_CHARS_MIN
            && (at..end).any(|at| scan.glyphs.get(at).is_some_and(is_cjk));
    let known = if glued { known(&scan.glyphs.folded(at..end)) } else { None };
    match known.map(|count| at + count) {
        Some(cut) if joins && cut + 1 == end => cut,
        Some(cut)
            if cut >= at + GLUED_CHARS_MIN
                && cut + GLUED_CHARS_MIN <= end
                && scan.glyphs.boundary(cut) =>
        {
            cut
        }
        Some(_) | None => end,
    }
}

/// The names that stand here one after the other, and where they end.
fn names_at(scan: &Scan, at: usize, known: &mut Known) -> (Vec<String>, usize) {
    let (mut names, mut end, mut from) = (Vec::new(), at, at);
    loop {
        if let Some(ends) = everybody_at(scan, from) {
            names.push(EVERYBODY.to_owned());
            end = ends;
        } else if let Some(ends) = name_at(scan, from, known) {
            names.push(scan.glyphs.original(from..ends).to_owned());
            end = ends;
        } else {
            break;
        }
        let ends = end;
        let named = |at: usize, known: &mut Known| {
            everybody_at(scan, at).is_some() || name_at(scan, at, known).is_some()
        };
        if let Some(next) = comma_at(scan, ends).filter(|next| named(*next, known)) {
            from = next;
            continue;
        }
        if let Some(next) = next_to(scan, ends).filter(|next| named(*next, known)) {
            from = next;
            continue;
        }
        let Some(next) = and_at(scan, ends) else { break };
        from = next;
        if let Some(ends) = and_me_at(scan, next) {
            names.push("我".to_owned());
            return (names, ends);
        }
    }
    let word = scan.glyphs.original(from..scan.run(from, is_cjk));
    // Of two people neither is left out: `王芳和韩梅梅` waits until both are known.
    match from > end && is_name(word) {
        true => (Vec::new(), at),
        false => (names, end),
    }
}

/// Where a word for everybody ends that stands here.
fn everybody_at(scan: &Scan, at: usize) -> Option<usize> {
    scan.open(at).filter(|c| everybody::may_begin(*c))?;
    let run = scan.run(at, |_| true).min(at + NAME_CHARS_MAX);
    if run == at || scan.glyphs.before(at).is_some_and(is_latin) && !starts_cjk(scan, at) {
        return None;
    }
    let text = scan.glyphs.folded(at..run);
    let bytes = everybody::at_start(&text, false)?;
    let end = at + text[..bytes].chars().count();
    scan.glyphs.boundary(end).then_some(end)
}

/// Where another name may begin that stands beside one, `李雷 王芳 明天9点`: all that is open up to what
/// was read already is a word or two.
fn next_to(scan: &Scan, at: usize) -> Option<usize> {
    let start = scan.glyphs.skip_blanks(at);
    let end = scan.run(start, |c| !c.is_whitespace());
    let taken = scan.mark(scan.glyphs.skip_blanks(end)) == Mark::Taken;
    let short = end > start + 1 && end <= start + NAME_LONG;
    (short && taken && scan.glyphs.skip_blanks(end) < scan.end()).then_some(start)
}

/// Longest name that stands beside another, in characters.
const NAME_LONG: usize = 4;

/// Where a comma between two names ends.
fn comma_at(scan: &Scan, at: usize) -> Option<usize> {
    let comma = scan.open(at).is_some_and(|c| c == ',');
    comma.then(|| scan.glyphs.skip_blanks(at + 1))
}

/// Where the speaker ends who is named last: `Ben and me`, `王芳和我 明天…`; but 提醒王芳和我开会 is about
/// a meeting with them.
fn and_me_at(scan: &Scan, at: usize) -> Option<usize> {
    if scan.glyphs.word_at(at, "me") {
        return Some(at + 2);
    }
    let apart = scan.glyphs.word_at(at, "我") && goes_on(scan, at + 1, Behind::Apart);
    apart.then_some(at + 1)
}

/// Where the name that stands here ends.
fn name_at(scan: &Scan, at: usize, known: &mut Known) -> Option<usize> {
    let run = scan.run(at, |_| true).min(at + NAME_CHARS_MAX);
    if run == at || scan.glyphs.before(at).is_some_and(is_latin) && !starts_cjk(scan, at) {
        return None;
    }
    let count = known(&scan.glyphs.folded(at..run)).filter(|count| *count > 0)?;
    let end = at + count;
    let (next, then) = (scan.open(end), scan.open(end + 1));
    // `王芳的报告` is hers, not for her to do.
    let owns = next == Some('的') || next == Some('\'') && then == Some('s');
    // `甲方` is no 甲 who is meant.
    let part = count == 1 && next.is_some_and(is_cjk) && and_at(scan, end).is_none();
    // `王芳菲` is somebody else, not 王芳 who is to do 菲.
    let longer = next.is_some_and(is_cjk)
        && starts_cjk(scan, at)
        && then.is_none_or(char::is_whitespace)
        && !matches!(next, Some('和' | '与' | '及' | '跟' | '做' | '办' | '来' | '她' | '他'));
    (!owns && !part && !longer && scan.glyphs.boundary(end)).then_some(end)
}

fn starts_cjk(scan: &Scan, at: usize) -> bool {
    scan.glyphs.get(at).is_some_and(is_cjk)
}

/// Where the next name would begin, behind a word that joins two.
fn and_at(scan: &Scan, at: usize) -> Option<usize> {
    let start = scan.glyphs.skip_blanks(at);
    let and = joints::NAMES.iter().find(|and| scan.glyphs.word_at(start, and))?;
    let end = start + and.chars().count();
    scan.is_open(at..end).then(|| scan.glyphs.skip_blanks(end))
}

fn fits(scan: &Scan, at: usize, before: Before) -> bool {
    let start = scan.run_back(at, char::is_whitespace);
    let latin = scan.glyphs.get(at).is_some_and(is_latin);
    let opens = || {
        let mark = |c: char| is_separator(c) || matches!(c, '。' | '.' | '!' | '?');
        scan.open(start - 1).is_some_and(mark)
    };
    match before {
        Before::Anything => true,
        Before::Start => start == scan.from,
        Before::Blank => start == scan.from || opens() || start < at,
        Before::Phrase => {
            let taken = || scan.mark(start - 1) == Mark::Taken;
            start == scan.from || taken() || opens() || start < at && !latin
        }
    }
}

fn goes_on(scan: &Scan, end: usize, behind: Behind) -> bool {
    let apart = |end: usize| scan.open(end).is_none_or(|c| is_separator(c) || "。.!".contains(c));
    match behind {
        Behind::Anything => true,
        Behind::Apart => apart(end) || does_at(scan, end).is_some(),
        Behind::To => scan.glyphs.word_at(scan.glyphs.skip_blanks(end), "to"),
        Behind::Does => does_at(scan, end).is_some() || scan.open(end) == Some('来'),
    }
}

/// Where a word of `DOES` ends; but for `负责`, something done may follow only if nothing else does.
fn does_at(scan: &Scan, at: usize) -> Option<usize> {
    let does = DOES.iter().find(|does| scan.glyphs.word_at(at, does))?;
    let end = at + does.chars().count();
    let ends = scan.open(end).is_none_or(|c| is_separator(c) || c == '。');
    (scan.is_open(at..end) && (ends || does.ends_with("负责"))).then_some(end)
}

fn take_does(scan: &mut Scan, at: usize) {
    let start = scan.glyphs.skip_blanks(at);
    if let Some(end) = does_at(scan, start) {
        scan.take(at..end);
    }
}

fn take_to(scan: &mut Scan, at: usize) {
    let start = scan.glyphs.skip_blanks(at);
    if scan.glyphs.word_at(start, "to") && scan.is_open(at..start + 2) {
        scan.take(at..start + 2);
    }
}
