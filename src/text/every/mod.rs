//! Recurrences: reading `每个工作日18:00`, printing them, and their next occurrence.

mod print;
mod rrule;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

pub use print::{print, print_time};
pub use rrule::rrule;

pub use super::next::next;

use super::clock::Reading;
use super::grammar::{
    Context, Cursor, Draft, Moment, Read, all, bound, days, leads, limit, put, read_at, said_at,
};
use super::lex::{En, Line, Tok, Unit, Zh};
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

/// The tokens of a limit that belongs to the recurrence of these tokens and cannot be read, so that
/// nothing may be done about it: 每周五9点 交周报 连续3天.
pub fn unread_limit(
    line: &Line,
    ctx: &Context,
    tokens: &Range<usize>,
    every: &Recurrence,
) -> Option<Range<usize>> {
    let (mut parts, mut every) = (vec![tokens.clone()], every.clone());
    limits_apart(line, ctx, &mut parts, &mut every);
    doubt(line, ctx, &parts)
}

/// Words of a limit that were not taken.
fn doubt(line: &Line, ctx: &Context, parts: &[Range<usize>]) -> Option<Range<usize>> {
    (0..line.token_count()).find_map(|at| {
        let start = Cursor::new(line, at).at_work(&ctx.work);
        let touches = parts.iter().any(|part| part.end == at);
        if parts.iter().any(|part| part.contains(&at)) || !(opens(start) || touches) {
            return None;
        }
        let mut c = start;
        c.eat(Tok::Comma);
        let led = if matches!(bound(&mut c), Some((_, true))) {
            closes(c)
        } else {
            leads(&mut c) && dates_on(c)
        };
        let hours = start.tok() == Tok::Zh(Zh::WorkHours) && {
            let mut behind = start;
            behind.bump();
            behind.tok() == Tok::Zh(Zh::Inside) || closes(behind)
        };
        // What is left out is part of it: 除了12月25日.
        let behind = |at: usize| line.token_at(at).is_some_and(|token| !token.gap);
        let end = (c.at.max(at + 1)..).find(|at| !behind(*at)).unwrap_or(c.at);
        (led || hours).then_some(at..end)
    })
}

/// Whether a day, a time or a number follows.
fn dates_on(c: Cursor) -> bool {
    matches!(
        c.tok(),
        Tok::Num(_)
            | Tok::Unit(_)
            | Tok::Weekday(..)
            | Tok::Month(..)
            | Tok::DayWord(_)
            | Tok::Part(_)
            | Tok::Festival(_)
            | Tok::Zh(
                Zh::Week
                    | Zh::This
                    | Zh::Up
                    | Zh::Down
                    | Zh::Every
                    | Zh::Nth
                    | Zh::First
                    | Zh::Last
                    | Zh::MonthEnd
                    | Zh::YearEnd
            )
            | Tok::En(En::Last | En::Next | En::Every | En::Weekday)
    )
}

fn opens(c: Cursor) -> bool {
    c.gap() || matches!(c.before(), Tok::Break | Tok::Comma | Tok::Pause)
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

/// Limits with blanks around them, before or behind: `每周一9点 交周报 到12月31日为止`.
fn limits_apart(line: &Line, ctx: &Context, parts: &mut Vec<Range<usize>>, every: &mut Recurrence) {
    let mut at = 0;
    while at < line.token_count() && parts.len() < LIMITS_MAX {
        let start = Cursor::new(line, at).at_work(&ctx.work);
        let taken = parts.iter().any(|part| part.contains(&at));
        let touches = parts.iter().any(|part| part.end == at);
        // 直到 needs no blank.
        let long = start.tok() == Tok::Zh(Zh::To) && start.chars().count() > 1;
        let mut limited = every.clone();
        let mut c = start;
        let may = !taken && (long || touches || opens(start)) && limits(start.tok());
        let found = may && {
            let limit = limit(&mut c, ctx, &mut limited);
            limit.is_some_and(|bound| bound.is_none_or(|b| put(ctx, &mut limited, b).is_some()))
        };
        let meets = |c: Cursor| parts.iter().any(|part| part.start == c.at);
        if found && (closes(c) || meets(c)) {
            said_at(ctx, &mut limited);
            *every = limited;
        } else if let Some(end) = (!taken && opens(start))
            .then(|| days_before(start, ctx, every))
            .flatten()
            .filter(|end| meets(*end))
        {
            c = end;
        } else {
            at += 1;
            continue;
        }
        parts.push(at..c.at);
        at = c.at;
    }
}

/// A stretch of days right before what repeats: 本周每天9点, 12月1日到5日每天9点.
fn days_before<'a>(start: Cursor<'a>, ctx: &Context, every: &mut Recurrence) -> Option<Cursor<'a>> {
    let mut c = start;
    let (from, to) = days(&mut c, ctx)?;
    c.eat(Tok::Comma);
    let before =
        matches!(c.tok(), Tok::Zh(Zh::Every | Zh::Skip) | Tok::Unit(Unit::Workday | Unit::Day))
            || matches!(c.tok(), Tok::En(En::Every | En::Each | En::Daily));
    before.then_some(())?;
    (every.from, every.until) = (from.or(every.from), to.or(every.until));
    Some(c)
}

/// Whether a limit may begin with a token: a flat table.
fn limits(tok: Tok) -> bool {
    matches!(
        tok,
        Tok::Num(_)
            | Tok::Other
            | Tok::Latin
            | Tok::Unit(Unit::Weekend)
            | Tok::Weekday(..)
            | Tok::Zh(
                Zh::To
                    | Zh::Due
                    | Zh::From
                    | Zh::Meets
                    | Zh::Holidays
                    | Zh::YearEnd
                    | Zh::Total
                    | Zh::Running
                    | Zh::Without
                    | Zh::WorkHours
                    | Zh::Coming
                    | Zh::Week
            )
            | Tok::En(
                En::Until
                    | En::Starting
                    | En::Except
                    | En::For
                    | En::During
                    | En::Within
                    | En::In
                    | En::Only
                    | En::Business
                    | En::Other
                    | En::Twice
            )
    )
}

fn closes(c: Cursor) -> bool {
    matches!(c.tok(), Tok::End | Tok::Break | Tok::Comma | Tok::Pause) || c.gap()
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
            let does = begins_deed(Cursor::new(&line, read.tokens.end));
            let span = line.span(read.tokens);
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
    let mut spans = read.map(|read| line.span(read.tokens));
    let span = spans.find(|span| from + span.end == text.len())?;
    Some(from + span.start..text.len())
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
/// Most parts of one recurrence.
const LIMITS_MAX: usize = 5;

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
