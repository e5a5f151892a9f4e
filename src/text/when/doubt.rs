//! A time that may well be another: which one is asked.

use std::ops::Range as Span;

use chrono::Timelike;

use super::choose::Candidate;
use super::mistyped;
use super::told::when;
use super::types::{Found, When};
use crate::text::clock::{Clock, Part};
use crate::text::daytime::{self, Half};
use crate::text::grammar::{Context, Draft, Moment, meaning};
use crate::text::lex::{Line, Tok, Token};

/// Before this hour it is still the night of the day before.
const NIGHT_ENDS: u32 = 5;

/// From this hour on nobody meets anybody for work.
const LATE: u32 = 22;

/// Only a clock time was found, and beside it stands what looks like a mistyped day.
pub fn doubtful_day(line: &Line, ctx: &Context, all: &[Candidate], found: &Found) -> Option<Found> {
    matches!(found.when, When::Instant(_)).then_some(())?;
    let one = all.iter().find(|one| line.span(one.read.tokens.clone()) == found.span)?;
    let dayless = matches!(one.read.draft, Draft::Moment(Moment { day: None, .. }));
    (dayless && found.also.is_none()).then(|| mistyped::day(line, ctx, &one.read.tokens))?
}

/// A bare hour beside words of the other half of the day than it is read as: 7点 起床, said at ten.
pub fn doubtful_half(
    line: &Line,
    ctx: &Context,
    all: &[Candidate],
    found: &Found,
) -> Option<Found> {
    let When::Instant(at) = found.when else { return None };
    let clocked = |one: &&Candidate| match one.read.draft {
        Draft::Moment(Moment { clock: Some(clock), part: None, zone: None, .. }) => {
            clock.part.is_none() && !clock.exact && (1..=11).contains(&clock.hour)
        }
        _ => false,
    };
    let one = all.iter().find(clocked)?;
    let Draft::Moment(moment) = one.read.draft else { return None };
    let words = |tokens: Span<usize>| line.chars(tokens);
    let rest = [0..one.read.tokens.start, one.read.tokens.end..line.token_count()].map(words);
    let rest = rest.concat();
    let work = || at.local(ctx.zone).hour() >= LATE && daytime::is_work(&rest);
    let half = daytime::of(&rest).or_else(|| work().then_some(Half::Morning))?;
    let read_as = if at.local(ctx.zone).hour() < 12 { Half::Morning } else { Half::Evening };
    (half != read_as).then_some(())?;
    let part = if half == Half::Morning { Part::Am } else { Part::Pm };
    let clock = moment.clock.map(|clock| Clock { part: Some(part), ..clock });
    let day = moment.day.or_else(|| all.iter().find_map(Candidate::day));
    let draft = Draft::Moment(Moment { clock, day, ..moment });
    let other = match when(ctx, &draft, meaning(ctx, &draft)?)? {
        When::Impossible(meant) => *meant?,
        other => other,
    };
    matches!(other, When::Instant(_)).then_some(())?;
    let when = When::Ambiguous(vec![found.when.clone(), other]);
    Some(Found { when, ..found.clone() })
}

/// A bare hour said in the night may be one of it: 2点半 said at one.
pub fn doubtful_night(ctx: &Context, all: &[Candidate], found: &Found) -> Option<Found> {
    let When::Instant(at) = found.when else { return None };
    (ctx.now.hour() < NIGHT_ENDS && at.local(ctx.zone).date() == ctx.today).then_some(())?;
    let [one] = all else { return None };
    let Draft::Moment(
        moment @ Moment { day: None, clock: Some(clock), part: None, zone: None, .. },
    ) = one.read.draft
    else {
        return None;
    };
    let bare = clock.part.is_none() && !clock.exact && (1..=6).contains(&clock.hour);
    let clock = Some(Clock { part: Some(Part::Dawn), ..clock }).filter(|_| bare)?;
    let draft = Draft::Moment(Moment { clock: Some(clock), ..moment });
    let tonight = when(ctx, &draft, meaning(ctx, &draft)?)?;
    let sooner = matches!(tonight, When::Instant(first) if first < at);
    sooner.then(|| Found {
        when: When::Ambiguous(vec![tonight, found.when.clone()]),
        ..found.clone()
    })
}

/// 明早 said in the night may be the morning that follows.
pub fn doubtful_morning(
    line: &Line,
    ctx: &Context,
    all: &[Candidate],
    found: &Found,
) -> Option<Found> {
    let When::Instant(at) = found.when else { return None };
    let [one] = all else { return None };
    let next = |token: &Token| matches!(token.tok, Tok::DayPart(1, Part::Morning));
    let said = one.read.tokens.clone().filter_map(|n| line.token_at(n)).any(next);
    (said && ctx.now.hour() < NIGHT_ENDS).then_some(())?;
    let today = ctx.instant(ctx.today.and_time(at.local(ctx.zone).time()));
    (ctx.at < today && today < at).then_some(())?;
    let when = When::Ambiguous(vec![When::Instant(today), found.when.clone()]);
    Some(Found { when, ..found.clone() })
}
