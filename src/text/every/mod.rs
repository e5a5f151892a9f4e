//! Recurrences: reading `每个工作日18:00`, printing them, and their next occurrence.

mod limited;
mod print;
mod rrule;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

pub use limited::{unread_limit, with_limits};
pub use print::{print, print_time};
pub use rrule::rrule;

pub use super::next::{next, rooted};

use limited::{doubt, limits_apart};

use super::clock::Reading;
use super::grammar::{Context, Cursor, Draft, Moment, Read, all, read_at};
use super::lex::{En, Line, Tok, Zh};
use crate::model::Recurrence;
use crate::model::recurrence::{MonthDay, Rule};
use crate::text::reference::Reference;
use crate::text::stance::{Aim, Stance, begins_deed, stance};

/// The recurrence in `text` with its byte span: `每天9:00`, `每个工作日18:00`, `every weekday 18:00`, or
/// a cron expression of five fields behind `cron`. It must name a time, or repeat within the day.
/// Where its parts stand apart, the span is from the first to the last.
pub fn find(text: &str, reference: Reference) -> Option<(Range<usize>, Recurrence)> {
    let (spans, every) = find_in(&Line::new(text), reference)?;
    let from = spans.iter().map(|span| span.start).min()?;
    let to = spans.iter().map(|span| span.end).max()?;
    Some((from..to, every))
}

/// The recurrence that a text is from end to end, in one piece.
pub fn whole(text: &str, reference: Reference) -> Option<Recurrence> {
    let (spans, every) = find_in(&Line::new(text), reference)?;
    let [span] = &spans[..] else { return None };
    (*span == (0..text.len())).then_some(every)
}

/// Like [`find`], in a line that was taken apart before: the bytes of each of its parts. A clock
/// time or a limit may stand apart from the days: `每周五 交周报 18:00`, `每小时 喝水 直到下班`. `None` as
/// well where it may be meant in two ways, or where a limit beside it cannot be read.
pub fn find_in(line: &Line, reference: Reference) -> Option<(Vec<Range<usize>>, Recurrence)> {
    if !line.is_dated() {
        return None;
    }
    let ctx = Context::new(reference, false);
    let mut reads = Vec::new();
    all(line, &ctx, |read| {
        let whole = first_of(&read.draft).is_some_and(is_whole);
        reads.push(read);
        !whole && reads.len() < READS_MAX
    });
    let whole = reads.iter().find(|read| first_of(&read.draft).is_some_and(is_whole));
    if whole.is_some_and(|read| matches!(read.draft, Draft::Choices(_))) {
        return None;
    }
    let whole = whole.and_then(|read| {
        let every = first_of(&read.draft)?;
        Some((vec![read.tokens.clone()], every.clone()))
    });
    let (mut parts, mut every) = whole.or_else(|| apart(line, &reads))?;
    limits_apart(line, &ctx, &mut parts, &mut every);
    if doubt(line, &ctx, &parts).is_some() {
        return None;
    }
    Some((parts.into_iter().map(|tokens| line.span(tokens)).collect(), every))
}

fn first_of(draft: &Draft) -> Option<&Recurrence> {
    match draft {
        Draft::Every(every) => Some(every),
        Draft::Choices(all) => all.first().and_then(first_of),
        _ => None,
    }
}

/// Days that repeat, and the one clock time that stands elsewhere.
fn apart(line: &Line, reads: &[Read]) -> Option<(Vec<Range<usize>>, Recurrence)> {
    let stands = |read: &&Read| stance(line, &read.tokens, Aim::Deadline) >= Stance::Edge;
    let days = reads.iter().filter(stands).find(|read| match &read.draft {
        Draft::Every(every) => every.times.is_empty() && says_its_days(every),
        _ => false,
    })?;
    let mut clocks = reads.iter().filter(stands).filter_map(|read| match read.draft {
        Draft::Moment(Moment {
            day: None, clock: Some(clock), zone: None, or_hour: None, ..
        }) => Some((read, clock.reading()?)),
        _ => None,
    });
    let (clock, reading) = clocks.next().filter(|_| clocks.next().is_none())?;
    let (Reading::One(wall) | Reading::Else(wall, _)) = reading else { return None };
    let every = first_of(&days.draft)?.clone();
    let parts = vec![days.tokens.clone(), clock.tokens.clone()];
    (wall.days == 0).then(|| (parts, Recurrence { times: vec![wall.time], ..every }))
}

/// The recurrence that `text` begins or ends with and that says its days, with or without times
/// (`每周五 写周报`, `standup every weekday at 9`): its bytes. One in the middle is what a text is
/// about.
pub fn at_an_end(text: &str, reference: Reference) -> Option<Range<usize>> {
    let ctx = Context::new(reference, false);
    let blank = |at: Option<char>| at.is_none_or(char::is_whitespace);
    let says = |read: &Read| first_of(&read.draft).is_some_and(says_its_days);
    let from = text.len() - text.trim_start().len();
    let begin = &text[from..];
    let cut = begin.char_indices().nth(END_CHARS_MAX).map_or(begin.len(), |(at, _)| at);
    if begin.starts_with(may_repeat) {
        let line = Line::new(&begin[..cut]);
        let read = read_at(&line, &ctx, 0).filter(says);
        if let Some(read) = read {
            // 每周五交周报: what is done goes on without a blank.
            let tokens = with_part(&line, read.tokens);
            let does = begins_deed(Cursor::new(&line, tokens.end));
            let span = line.span(tokens);
            let span = from + span.start..from + span.end;
            if does || blank(text[span.end..].chars().next()) {
                return Some(span);
            }
        }
    }
    let text = text.trim_end();
    let back = text.char_indices().rev().nth(END_CHARS_MAX - 1).map_or(0, |(at, _)| at);
    let from = back + text[back..].find(char::is_whitespace)?;
    let line = Line::new(&text[from..]);
    let starts = (0..line.token_count()).filter(|at| line.token_at(*at).is_some_and(|t| t.gap));
    let read = starts.filter_map(|at| read_at(&line, &ctx, at).filter(says));
    let mut spans = read.map(|read| line.span(with_part(&line, read.tokens)));
    let span = spans.find(|span| from + span.end == text.len())?;
    Some(from + span.start..text.len())
}

/// The tokens of days and of the part of the day behind them: 每周一上午.
fn with_part(line: &Line, tokens: Range<usize>) -> Range<usize> {
    let behind = Cursor::new(line, tokens.end);
    let part = matches!(behind.tok(), Tok::Part(_)) && !behind.gap();
    tokens.start..tokens.end + usize::from(part)
}

/// Longer recurrences are not looked for at an end: three weekdays, three times and a limit.
const END_CHARS_MAX: usize = 100;

/// Whether a recurrence may begin with this character.
fn may_repeat(c: char) -> bool {
    let chinese =
        "每隔逢遇单單双雙奇偶工法周週星礼禮天从從自半一二两兩三四五六七八九十日月年夜晚除";
    c.is_ascii_alphanumeric() || !c.is_ascii() && (chinese.contains(c) || !is_chinese(c))
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Most dates of one line that are looked at for a recurrence.
const READS_MAX: usize = 16;
/// Whether a word of repeating stands in a text: 每, 隔, 单周, `every`, `weekly`.
pub fn is_spoken_of(text: &str) -> bool {
    let line = Line::new(text);
    (0..line.token_count()).filter_map(|at| line.token_at(at)).any(|token| {
        matches!(
            token.tok,
            Tok::Zh(Zh::Every | Zh::Skip | Zh::Weeks(_) | Zh::Meets)
                | Tok::Weekday(_, true)
                | Tok::En(
                    En::Every
                        | En::Each
                        | En::Daily
                        | En::Weekly
                        | En::Monthly
                        | En::Yearly
                        | En::Hourly
                        | En::Quarterly
                        | En::Twice
                        | En::Weeks(_)
                )
        )
    })
}

/// Whether it says on which days and when: so that it can be done.
pub fn is_whole(every: &Recurrence) -> bool {
    let within_day =
        matches!(every.rule, Rule::Secondly | Rule::Minutely | Rule::Hourly | Rule::Cron(_));
    within_day || says_its_days(every) && !every.times.is_empty()
}

/// The same on the day of the week, month or year of `day`, if it says none itself.
pub fn on_day(every: &Recurrence, day: NaiveDate) -> Option<Recurrence> {
    let number = i32::try_from(day.day()).ok()?.min(DAY_MAX);
    let rule = match &every.rule {
        Rule::Weekly(days) if days.is_empty() => Rule::Weekly(vec![day.weekday()]),
        Rule::Monthly(days) if days.is_empty() => Rule::Monthly(vec![MonthDay::Day(number)]),
        Rule::Yearly(months, days) if months.is_empty() && days.is_empty() => {
            Rule::Yearly(vec![day.month()], vec![MonthDay::Day(number)])
        }
        _ => return None,
    };
    Some(Recurrence { rule, ..every.clone() })
}

/// The last day that every month has.
const DAY_MAX: i32 = 28;

fn says_its_days(every: &Recurrence) -> bool {
    match &every.rule {
        Rule::Weekly(days) => !days.is_empty(),
        Rule::Monthly(days) => !days.is_empty(),
        Rule::Yearly(months, days) => !months.is_empty() && !days.is_empty(),
        Rule::Daily
        | Rule::Workdays
        | Rule::Secondly
        | Rule::Minutely
        | Rule::Hourly
        | Rule::Cron(_) => true,
    }
}
