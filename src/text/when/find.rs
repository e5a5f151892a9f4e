//! The date of a line: what is read, and what of it counts for a command.

use std::ops::Range as Span;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::types::{Found, Reference, When};
use crate::model::Timestamp;
use crate::text::every;
use crate::text::grammar::{
    Context, Cursor, Day, Draft, Flex, Meaning, Moment, Read, all, meaning, weekday,
};
use crate::text::lex::{Line, Tok, Zh};
use crate::text::reach;

/// The first date, time or recurrence in `text`, longest reading first; `None` if there is none.
/// One that only describes something (`整理周一的纪要 周五交`) or is over (`补昨天会议的纪要 周五交`) gives way to a
/// later one. What stands behind an @ up to the next blank is a name. A length (3天) is none, a
/// whole week or month only where it stands by itself. At most the first 4,000 characters are
/// searched, and nothing is found outside the years 1 to 9000.
pub fn find(text: &str, reference: Reference) -> Option<Found> {
    find_in(&Line::new(text), reference)
}

/// Like [`find`], in a line that was taken apart before.
pub fn find_in(line: &Line, reference: Reference) -> Option<Found> {
    if !line.is_dated() || !reach::holds(reference.now) {
        return None;
    }
    let ctx = Context::new(reference.now, reference.zone, false);
    let mut aside = None;
    let mut best = None;
    all(line, &ctx, |read| {
        let Some(when) = asked(line, &ctx, &read) else { return true };
        let found = Found { span: line.span(read.tokens.clone()), when };
        let over = matches!(found.when, When::Impossible(Some(_)));
        let describes = Cursor::new(line, read.tokens.end).tok() == Tok::Zh(Zh::Of);
        if !over && !describes {
            best = Some(found);
            return false;
        }
        aside.get_or_insert(found);
        true
    });
    best.or(aside)
}

/// The most certain meaning in `text` with its bytes, lengths and bare years included; `past` tells
/// that a stretch of records is asked for.
pub fn read(text: &str, reference: Reference, past: bool) -> Option<(Span<usize>, Meaning)> {
    if !reach::holds(reference.now) {
        return None;
    }
    let line = Line::new(text);
    let ctx = Context::new(reference.now, reference.zone, past);
    let mut best: Option<(u8, Read, Meaning)> = None;
    all(&line, &ctx, |read| {
        if let Some(meaning) = meaning(&ctx, &read.draft) {
            let rank = rank(&line, &read, &meaning);
            if best.as_ref().is_none_or(|(known, ..)| *known < rank) {
                best = Some((rank, read, meaning));
            }
        }
        true
    });
    best.map(|(_, read, meaning)| (line.span(read.tokens), meaning))
}

/// How sure it is that this was meant as the time of the line.
fn rank(line: &Line, read: &Read, meaning: &Meaning) -> u8 {
    let now = line.token_at(read.tokens.start).is_some_and(|token| token.tok == Tok::Now);
    match meaning {
        Meaning::Never => 1,
        Meaning::Length(_) => 2,
        Meaning::Range(range) if range.bare => 3,
        Meaning::Instant(..) if now => 3,
        Meaning::Instant(..)
        | Meaning::Date(_)
        | Meaning::Range(_)
        | Meaning::Every(_)
        | Meaning::Choices(_) => 4,
    }
}

/// What a command makes of something read; `None` if it is none of its business.
fn asked(line: &Line, ctx: &Context, read: &Read) -> Option<When> {
    let whole_day = line.token_at(read.tokens.start).map(|token| token.tok);
    let single = read.tokens.len() == 1;
    if single && matches!(whole_day, Some(Tok::Zh(Zh::AllDay) | Tok::Now)) {
        return None;
    }
    let found = meaning(ctx, &read.draft)?;
    if let Draft::Stretch(from, to, fuzzy) = read.draft {
        let midnight =
            |at: Option<Timestamp>| at.is_none_or(|at| at.local(ctx.zone).time() == NaiveTime::MIN);
        // The hours of a meeting are no deadline; days are, where they stand by themselves.
        let days = midnight(from) && midnight(to) || fuzzy.is_some();
        if to.is_some() && !(days && stands(line, &read.tokens)) {
            return None;
        }
    }
    // 早上建的 and 本周报表 are about a time, 14PM is none.
    let dayless = matches!(read.draft, Draft::Moment(Moment { day: None, .. }));
    let loose = match &found {
        Meaning::Range(range) => range.period || range.part.is_some() && dayless,
        Meaning::Never => dayless,
        _ => false,
    };
    let bare = match &found {
        Meaning::Range(range) => range.bare,
        Meaning::Never => true,
        _ => false,
    };
    if loose && (bare || !stands(line, &read.tokens)) {
        return None;
    }
    when(ctx, &read.draft, found)
}

/// Whether a stretch of days stands by itself, or is closed by 内.
fn stands(line: &Line, tokens: &Span<usize>) -> bool {
    let behind = Cursor::new(line, tokens.end);
    let inside = tokens.end.checked_sub(1).and_then(|at| line.token_at(at));
    let open = Cursor::new(line, tokens.start).gap()
        || matches!(behind_of(line, tokens.start), Some(Tok::Break | Tok::Zh(_)));
    let closed = behind.gap_at(0) || matches!(behind.tok(), Tok::End | Tok::Break | Tok::Comma);
    inside.is_some_and(|token| token.tok == Tok::Zh(Zh::Inside)) || open && closed
}

fn behind_of(line: &Line, at: usize) -> Option<Tok> {
    at.checked_sub(1).and_then(|at| line.token_at(at)).map(|token| token.tok)
}

fn when(ctx: &Context, draft: &Draft, found: Meaning) -> Option<When> {
    Some(match found {
        Meaning::Instant(at, _) if at <= ctx.at => When::Impossible(correction(ctx, draft)),
        Meaning::Instant(at, _) => When::Instant(at),
        Meaning::Date(day) if day < ctx.today => When::Impossible(correction(ctx, draft)),
        Meaning::Date(day) => When::Date(day),
        Meaning::Range(range) => {
            let over = range.part.is_some() && range.to.is_some_and(|to| to <= ctx.at);
            if over {
                return Some(When::Impossible(correction(ctx, draft)));
            }
            When::Range(range.from, range.to)
        }
        Meaning::Length(_) => return None,
        Meaning::Every(every) if every::is_whole(&every) => When::Recurrence(every),
        Meaning::Every(_) => return None,
        Meaning::Choices(all) => {
            let drafts = match draft {
                Draft::Choices(drafts) => drafts.clone(),
                other => vec![other.clone(); all.len()],
            };
            let all: Vec<When> = drafts
                .iter()
                .zip(all)
                .filter_map(|(draft, meaning)| when(ctx, draft, meaning))
                .filter(|when| !matches!(when, When::Impossible(_)))
                .collect();
            match all.len() {
                0 => When::Impossible(None),
                _ => When::Ambiguous(all),
            }
        }
        Meaning::Never => When::Impossible(None),
    })
}

/// What was probably meant by a moment that is over.
fn correction(ctx: &Context, draft: &Draft) -> Option<Box<When>> {
    let Draft::Moment(moment) = draft else { return None };
    let date = match moment.day {
        Some(day) => later(ctx, day)?,
        None => ctx.today,
    };
    let again = |date: NaiveDate| {
        let day = Some(Day { date, flex: Flex::Fixed });
        let draft = Draft::Moment(Moment { day, weekday: None, ..*moment });
        Some(match meaning(ctx, &draft)? {
            Meaning::Instant(at, _) if at > ctx.at => When::Instant(at),
            Meaning::Date(day) if day >= ctx.today => When::Date(day),
            Meaning::Range(range) if range.to.is_some_and(|to| to > ctx.at) => {
                When::Range(range.from, range.to)
            }
            _ => return None,
        })
    };
    let found = again(date).or_else(|| again(ctx.today.succ_opt()?))?;
    Some(Box::new(found))
}

/// The day that was probably meant by one that is over: today, the weekday ahead, the date in the
/// next year that has it.
fn later(ctx: &Context, day: Day) -> Option<NaiveDate> {
    match day.flex {
        Flex::Near => Some(ctx.today),
        Flex::Relative | Flex::Week => weekday(ctx, day.date.weekday()).map(|day| day.date),
        Flex::Fixed | Flex::Month | Flex::Year => (0..=8).find_map(|n| {
            let date = day.date.with_year(ctx.today.year() + n)?;
            (date >= ctx.today).then_some(date)
        }),
    }
}
