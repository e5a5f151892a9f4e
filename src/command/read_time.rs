//! Arguments that say when, how often, how many and where to.

use std::ops::Range;

use chrono::NaiveDate;

use super::read_people::ARROWS;
use super::scan::{Mark, Scan, unquoted};
use super::word::{Form, Word};
use crate::model::Recurrence;
use crate::text::when::{Aim, Found, Line, Reference, When};
use crate::text::{every, when};

/// Dates that may stand before the one that is meant: `准备明天的会议 周五`.
const DATES_MAX: usize = 4;

/// Words before a date that only say that a date follows. Longer spellings first.
const TO_DATE: [&str; 34] = [
    "截止时间是",
    "截止时间为",
    "截止时间到",
    "截止时间:",
    "截止时间",
    "截止日期是",
    "截止日期为",
    "截止日期:",
    "截止日期",
    "完成时间是",
    "完成时间:",
    "完成时间",
    "交付时间:",
    "期限是",
    "期限:",
    "时间是",
    "时间:",
    "截止到",
    "截止是",
    "截止:",
    "截止",
    "截至",
    "在",
    "于",
    "deadline:",
    "deadline",
    "before",
    "until",
    "is due",
    "due",
    "by",
    "on",
    "at",
    "due:",
];
/// Words before a place. Longer spellings first.
const TO_PLACE: [&str; 9] =
    ["归档到", "存到", "放到", "移到", "到", "archive to", "archive in", "into", "to"];
/// Behind a number of steps.
const TIMES: [&str; 12] = [
    "步操作",
    "个操作",
    "次操作",
    "条命令",
    "次",
    "步",
    "times",
    "time",
    "steps",
    "step",
    "things",
    "changes",
];
/// Numbers in words, as steps are counted.
const NUMBERS: [(&str, u32); 14] = [
    ("一", 1),
    ("两", 2),
    ("二", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
];

/// What shows that words name a day.
const DAYS: [char; 8] = ['天', '周', '月', '日', '号', '期', '晚', '早'];

/// A recurrence of a line, which is what is open of the scan.
pub fn every(scan: &mut Scan, line: &Line, reference: Reference) -> Option<Recurrence> {
    let (parts, found) = every::find_in(line, reference)?;
    parts.into_iter().for_each(|span| take_time(scan, span));
    Some(found)
}

/// A date or time of a line, which is what is open of the scan. One that belongs to a noun
/// (`明天的会议`) is content, unless the word asks for a time to look in; what is told before its
/// time (`led`) may say it so, and stays in the content.
pub fn when(
    scan: &mut Scan,
    mut line: Line,
    word: &Word,
    reference: Reference,
    led: bool,
) -> Option<When> {
    let mut of_a_noun = None;
    for _ in 0..DATES_MAX {
        let Some(Found { span, also, when }) = when::find_in(&line, reference, word.aim()) else {
            break;
        };
        let glyph = |n: usize| scan.open(span.end + n);
        let attribute = glyph(0) == Some('的') || glyph(0) == Some('\'') && glyph(1) == Some('s');
        if word.aim() == Aim::Moment && also.is_none() && is_moved(scan, span.start) {
            scan.keep(span);
            return Some(when);
        }
        if !attribute || word.bare_creates {
            let when = match when {
                When::Date(day) => on_day(scan, &line, word, (day, led), reference),
                other => other,
            };
            take_time(scan, span);
            also.into_iter().for_each(|span| take_time(scan, span));
            return Some(when);
        }
        line.pass_over(span.clone());
        of_a_noun.get_or_insert((span, when));
    }
    if of_a_noun.is_none()
        && word.takes.contains(&Form::Lead)
        && let Some((span, when)) = when::hours(&line, reference, word.aim(), None)
    {
        // The hours of a meeting stay in what is said of it.
        scan.keep(span);
        return Some(when);
    }
    of_a_noun.filter(|_| led).map(|(span, when)| {
        // 明天 is another day when it is told; 3点的会 is the name of it.
        match scan.glyphs.original(span.clone()).contains(DAYS) {
            true => take_time(scan, span),
            false => scan.keep(span),
        }
        when
    })
}

/// The hours of a meeting of which no day is said are of today, and stay in what is said of it.
pub fn hours_today(scan: &mut Scan, reference: Reference) -> Option<When> {
    let (span, when) = when::hours_today(&scan.dates(), reference)?;
    scan.keep(span);
    Some(when)
}

/// A day with the hour that stands apart from it, which stays in what is said: `15 minutes before
/// the 2pm call tomorrow`, 下午3点到5点接待客户 明天.
fn on_day(
    scan: &mut Scan,
    line: &Line,
    word: &Word,
    (day, led): (NaiveDate, bool),
    reference: Reference,
) -> When {
    if led && let Some(when) = when::hour_on(line, reference, day) {
        return when;
    }
    let hours = || when::hours(line, reference, Aim::Moment, Some(day));
    let of_a_moment = word.aim() == Aim::Moment && word.takes.contains(&Form::Lead);
    match of_a_moment.then(hours).flatten() {
        Some((span, when)) => {
            scan.keep(span);
            when
        }
        None => When::Date(day),
    }
}

/// Whether words right before a date say that something else was moved to it: 会改到3点了. It is told
/// then, and stays in what is said.
fn is_moved(scan: &Scan, at: usize) -> bool {
    MOVED.iter().any(|word| {
        let long = word.chars().count();
        let from = at.checked_sub(long).filter(|from| *from > scan.from);
        from.is_some_and(|from| scan.glyphs.starts_with(from, word))
    })
}

/// Words before a date to which something is moved.
const MOVED: [&str; 10] =
    ["改到", "改成", "改为", "挪到", "推到", "推迟到", "延到", "延后到", "提前到", "moved to "];

/// Takes a date, the words that lead to it, and the `的` behind it.
fn take_time(scan: &mut Scan, found: Range<usize>) {
    let begun = scan.take_before(found.start, &TO_DATE);
    // `is due by Friday`
    let due = scan.glyphs.word_at(found.start, "due") || begun.is_some();
    let at = scan.run_back(begun.unwrap_or(found.start), char::is_whitespace);
    let asks = || {
        let before = scan.glyphs.original(scan.from..at).to_ascii_lowercase();
        ["what", "what is", "which", "which is", "who is"].iter().any(|w| before.ends_with(w))
    };
    if due && !asks() {
        scan.take_before(begun.unwrap_or(found.start), &["is due", "are due", "is", "are", "due"]);
    }
    let about = AROUND.iter().find(|word| scan.glyphs.word_at(found.end, word));
    let about = about.filter(|word| scan.is_open(found.end..found.end + word.chars().count()));
    let end = found.end + about.map_or(0, |word| word.chars().count());
    let end = end + usize::from(scan.open(end) == Some('的'));
    scan.take(found.start..end);
}

/// Behind an hour: it need not be the minute.
const AROUND: [&str; 3] = ["左右", "前后", "上下"];

/// A bare number, as in `撤销 3` or `撤销 3次`; in words (`两步`, `the last two`) with what is counted,
/// or as all that is said.
pub fn count(scan: &mut Scan) -> Option<u32> {
    let digit = |at: &usize| {
        scan.open(*at).is_some_and(|c| c.is_ascii_digit()) && scan.glyphs.boundary(*at)
    };
    let unit = |end: usize| {
        let at = scan.glyphs.skip_blanks(end);
        let found = TIMES.iter().find(|times| scan.glyphs.word_at(at, times));
        found.map(|times| at + times.chars().count())
    };
    let (at, end, number) = match (scan.from..scan.end()).find(digit) {
        Some(at) => {
            let end = scan.run(at, |c| c.is_ascii_digit());
            (at, end, scan.glyphs.folded(at..end).parse().ok()?)
        }
        None => (scan.from..scan.end()).find_map(|at| {
            let (word, number) = NUMBERS.iter().find(|(word, _)| scan.glyphs.word_at(at, word))?;
            let end = at + word.chars().count();
            let over = scan.run(end, char::is_whitespace) == scan.end() && word.is_ascii();
            (scan.is_open(at..end) && (unit(end).is_some() || over)).then_some((at, end, *number))
        })?,
    };
    let end = unit(end).unwrap_or(end);
    (scan.glyphs.boundary(end) && scan.is_open(at..end)).then(|| {
        scan.take(at..end);
        number
    })
}

/// The name after `到` / `to`. It ends at a blank where the word also takes content, else at the
/// next argument.
pub fn target(scan: &mut Scan, word: &Word) -> Option<String> {
    let blanks = !word.takes.contains(&Form::Content);
    let (start, begins) = (scan.from..scan.end()).find_map(|at| leads_to_place(scan, at))?;
    let begins = scan.glyphs.skip_blanks(begins);
    let ends = if scan.open(begins).is_some() {
        scan.run(begins, |c| (blanks || !c.is_whitespace()) && !is_stop(c))
    } else {
        // A quoted name.
        (begins..scan.end())
            .take_while(|at| scan.mark(*at) == Mark::Literal)
            .last()
            .map_or(begins, |last| last + 1)
    };
    let name = scan.glyphs.original(begins..ends).trim();
    let name = unquoted(name).unwrap_or(name).to_owned();
    (!name.is_empty()).then(|| {
        scan.take(start..ends);
        scan.take_before(start, &ARROWS);
        name
    })
}

/// A word that leads to a place, where it begins and ends. `到` alone counts only where a word
/// begins: `迟到` is a word.
fn leads_to_place(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    let lead = TO_PLACE.iter().find(|lead| scan.glyphs.word_at(at, lead))?;
    let end = at + lead.chars().count();
    let begins_word = at == scan.from || scan.open(at - 1).is_none_or(char::is_whitespace);
    let clear = begins_word || lead.chars().count() > 1 && !lead.is_ascii();
    (scan.is_open(at..end) && clear && end < scan.end()).then_some((at, end))
}

/// Where a name that may hold blanks ends all the same.
fn is_stop(c: char) -> bool {
    matches!(c, ',' | '、' | ';' | '。' | '!' | '?')
}
