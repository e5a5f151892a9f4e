//! A day word beside a clock time that was mistyped (名天9点, `Wednsday 9am`): without it the hour
//! would be one of today.

use std::ops::Range;

use super::told::when;
use super::types::{Found, When};
use crate::text::grammar::{Context, Cursor, Draft, Moment, meaning, read_at};
use crate::text::lex::{En, Line, Tok};
use crate::text::slip::{ANY_COST, aligned, distance, signs};

/// Chinese words of days, and those of weekdays, each before a day of the week.
const CHINESE: [&str; 7] = ["今天", "明天", "后天", "今晚", "明晚", "明早", "大后天"];
const WEEKS: [&str; 5] = ["周", "下周", "本周", "这周", "星期"];
const WEEKDAYS: [char; 8] = ['一', '二', '三', '四', '五', '六', '日', '天'];

/// English words of days.
const ENGLISH: [&str; 10] = [
    "today",
    "tonight",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What may slip in a Chinese word, in hundredths: one character by sound or shape.
const CHINESE_COST_MAX: u32 = 50;
/// Shorter English words are near to too many others; from the longer ones on, two may slip.
const LETTERS_MIN: usize = 5;
const LONG_LETTERS: usize = 7;

/// The day that was probably meant beside the clock time of these tokens, to be asked.
pub fn day(line: &Line, ctx: &Context, tokens: &Range<usize>) -> Option<Found> {
    let clock = line.chars(tokens.clone());
    let ask = |word: &str, span: Range<usize>| {
        let text = format!("{word} {clock}");
        let read = Line::new(&text);
        let draft = read_at(&read, ctx, 0)?.draft;
        let whole = matches!(draft, Draft::Moment(Moment { day: Some(_), clock: Some(_), .. }));
        let when = when(ctx, &draft, meaning(ctx, &draft).filter(|_| whole)?)?;
        let when = match when {
            When::Impossible(better) => When::Impossible(better),
            one => When::Ambiguous(vec![one]),
        };
        Some(Found { span, also: None, when })
    };
    if let Some((word, from)) = chinese_before(line, tokens.start) {
        let bytes = line.bytes(from..line.token_at(tokens.end - 1)?.to as usize);
        return ask(&word, bytes);
    }
    let (word, at) = english_beside(line, tokens)?;
    ask(word, line.span(tokens.start.min(at)..tokens.end.max(at + 1)))
}

/// The Chinese word before a token that is near to one of days, and where it begins.
fn chinese_before(line: &Line, at: usize) -> Option<(String, usize)> {
    let start = line.token_at(at)?.from as usize;
    let blank = |at: usize| line.char_at(at) == Some(' ');
    let end = if start > 0 && blank(start - 1) { start - 1 } else { start };
    [3, 2].into_iter().find_map(|count| {
        let from = end.checked_sub(count)?;
        let typed: String = (from..end).filter_map(|at| line.char_at(at)).collect();
        if !typed.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) {
            return None;
        }
        let typed = signs(&typed);
        let last = line.char_at(end - 1)?;
        let weeks = WEEKS.iter().filter(|_| WEEKDAYS.contains(&last));
        let weekdays = weeks.map(|week| format!("{week}{last}"));
        let words = CHINESE.iter().map(|word| (*word).to_owned()).chain(weekdays);
        let near = |word: &String| aligned(&typed, &signs(word), CHINESE_COST_MAX);
        let all = words.filter(|word| word.chars().count() == count);
        let best =
            all.filter_map(|word| near(&word).filter(|c| *c > 0).map(|c| (c, word))).min()?;
        Some((best.1, from))
    })
}

/// The Latin word right before or behind tokens, perhaps with `at` or `on` between, that is near to
/// one of days, and its token.
fn english_beside(line: &Line, tokens: &Range<usize>) -> Option<(&'static str, usize)> {
    let tok = |at: usize| line.token_at(at).map_or(Tok::End, |token| token.tok);
    let before = tokens.start.checked_sub(1);
    let before =
        before.map(|at| if tok(at) == Tok::En(En::At) { at.saturating_sub(1) } else { at });
    let on = tok(tokens.end) == Tok::En(En::On);
    let behind = tokens.end + usize::from(on);
    let beside = before.into_iter().chain([behind]).filter(|at| tok(*at) == Tok::Latin);
    beside.into_iter().find_map(|at| {
        let typed: String = Cursor::new(line, at).chars().collect();
        let near = |word: &&str| {
            let shorter = typed.len().min(word.len());
            let slips = if shorter >= LONG_LETTERS { 2 } else { 1 };
            let apart = typed.len().abs_diff(word.len()) <= 2 && shorter >= LETTERS_MIN;
            apart && distance(&signs(&typed), &signs(word)) <= slips * ANY_COST
        };
        ENGLISH.iter().find(|word| near(word)).map(|word| (*word, at))
    })
}
