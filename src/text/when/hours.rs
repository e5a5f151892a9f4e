//! Hours that stand away from their day, or run from one to another: `the 2pm call tomorrow`,
//! `2-4pm tomorrow`.

use std::ops::Range as Span;

use chrono::{NaiveDate, NaiveTime};

use super::find::context;
use super::told::when;
use super::types::When;
use crate::model::Timestamp;
use crate::text::grammar::{Context, Day, Draft, Moment, Read, all, meaning};
use crate::text::lex::{Line, Tok, Zh};
use crate::text::reference::Reference;
use crate::text::stance::Aim;

/// The one clock time of a line that says no day, on this day.
pub fn hour_on(line: &Line, reference: Reference, day: NaiveDate) -> Option<When> {
    let ctx = context(line, reference)?;
    let mut hours = Vec::new();
    all(line, &ctx, |read| {
        if let Draft::Moment(
            moment @ Moment { day: None, clock: Some(_), weekday: None, or_hour: None, .. },
        ) = read.draft
        {
            hours.push(moment);
        }
        true
    });
    let [hour] = hours[..] else { return None };
    let draft = Draft::Moment(Moment { day: Some(Day::fixed(day)), ..hour });
    when(&ctx, &draft, meaning(&ctx, &draft)?)
}

/// Where the one stretch of hours of a line stands, and when it begins, or for a deadline ends. Its
/// day is `day`, or stands in it.
pub fn hours(
    line: &Line,
    reference: Reference,
    aim: Aim,
    day: Option<NaiveDate>,
) -> Option<(Span<usize>, When)> {
    let ctx = context(line, reference)?;
    let (span, (from, to)) = only(line, &ctx, day.is_none())?;
    let at = if aim == Aim::Moment { from } else { to };
    let at = match day {
        Some(day) => Timestamp::from_local(day.and_time(at.local(ctx.zone).time()), ctx.zone),
        None => at,
    };
    (at > ctx.at).then_some((span, When::Instant(at)))
}

/// Where the one stretch of hours of a line stands that says no day, and when it begins, if that is
/// still to come today: 面试 下午2点到4点. What would be other hours in the morning (9点到10点, said at
/// eleven) is none.
pub fn hours_today(line: &Line, reference: Reference) -> Option<(Span<usize>, When)> {
    let ctx = context(line, reference)?;
    let (span, (from, _)) = only(line, &ctx, false)?;
    let now = Timestamp::from_local(ctx.today.and_time(NaiveTime::MIN), ctx.zone);
    let morning = context(line, Reference { now, ..reference })?;
    let (_, (first, _)) = only(line, &morning, false)?;
    let today = from > ctx.at && from.local(ctx.zone).date() == ctx.today;
    (today && from == first).then_some((span, When::Instant(from)))
}

/// The one stretch of hours of a line that says its day, or that says none.
fn only(line: &Line, ctx: &Context, dated: bool) -> Option<(Span<usize>, (Timestamp, Timestamp))> {
    let mut found = Vec::new();
    all(line, ctx, |read| {
        if let Some(ends) = of_a_day(ctx, &read)
            && is_dated(line, &read) == dated
        {
            found.push((line.span(read.tokens), ends));
        }
        true
    });
    if found.len() > 1 { None } else { found.pop() }
}

/// The two ends of a stretch of hours of one day.
fn of_a_day(ctx: &Context, read: &Read) -> Option<(Timestamp, Timestamp)> {
    let Draft::Stretch(Some(from), Some(to), None) = read.draft else { return None };
    let (begin, end) = (from.local(ctx.zone), to.local(ctx.zone));
    let hours = begin.time() != NaiveTime::MIN || end.time() != NaiveTime::MIN;
    (hours && begin.date() == end.date()).then_some((from, to))
}

/// Whether the day is said as well.
fn is_dated(line: &Line, read: &Read) -> bool {
    let dated = |tok: Tok| {
        matches!(
            tok,
            Tok::DayWord(_)
                | Tok::DayPart(..)
                | Tok::Weekday(..)
                | Tok::Month(..)
                | Tok::Festival(_)
                | Tok::Slash
                | Tok::Zh(Zh::Month | Zh::Number | Zh::Day)
        )
    };
    read.tokens.clone().filter_map(|at| line.token_at(at)).any(|token| dated(token.tok))
}
