//! The date of a line: what is read, and what of it counts for a command.

use std::ops::Range as Span;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::types::{Found, When};
use crate::model::Timestamp;
use crate::text::clock::Clock;
use crate::text::every;
use crate::text::grammar::{
    Context, Cursor, Day, Draft, Flex, Meaning, Moment, Read, all, meaning, read_at, weekday,
};
use crate::text::lex::{Line, Tok, Zh};
use crate::text::reach;
use crate::text::reference::Reference;
use crate::text::stance::{Aim, Stance, describes, is_topic, repeats_all, stance};

/// Longer dates are not looked for at the beginning of a line.
const START_CHARS_MAX: usize = 100;

/// Dates of one line that are weighed against each other; what stands behind them is not looked at.
const CANDIDATES_MAX: usize = 16;

/// The date, time or recurrence of `text`; `None` if there is none. What stands apart wins over what
/// is glued into words, the words of a deadline over both (see [`Stance`]); of several that are
/// alike it is asked which. One that only describes something (`补昨天会议的纪要 周五交`) or is over gives
/// way to any other. What stands behind an @ up to the next blank is a name. A length (3天) is none,
/// a whole week or month only where it stands by itself. At most the first 4,000 characters are
/// searched, and nothing is found outside the years 1 to 9000.
pub fn find(text: &str, reference: Reference) -> Option<Found> {
    find_in(&Line::new(text), reference, Aim::Deadline)
}

/// Like [`find`], in a line that was taken apart before.
pub fn find_in(line: &Line, reference: Reference, aim: Aim) -> Option<Found> {
    let ctx = context(line, reference)?;
    let Seen { all, aside, unread } = candidates(line, &ctx, aim);
    // What is said to repeat happens once in no case, also where that is not read.
    let repeats = all.iter().find(|one| {
        matches!(one.when, When::Recurrence(_)) && repeats_all(line, &one.read.tokens, aim, true)
    });
    match (repeats, unread) {
        (Some(every), _) => {
            let span = line.span(every.read.tokens.clone());
            Some(Found { span, also: None, when: every.when.clone() })
        }
        (None, Some(_)) if all.is_empty() && aside.is_none() => None,
        (None, Some(tokens)) => {
            Some(Found { span: line.span(tokens), also: None, when: When::Impossible(None) })
        }
        (None, None) => choose(line, &ctx, &all).or(aside),
    }
}

/// Where the date or recurrence ends that a text begins with.
pub fn at_start(text: &str, reference: Reference) -> Option<usize> {
    let cut = text.char_indices().nth(START_CHARS_MAX).map_or(text.len(), |(at, _)| at);
    let line = Line::new(&text[..cut]);
    let ctx = context(&line, reference)?;
    let read = read_at(&line, &ctx, 0)?;
    asked(&line, &ctx, &read)?;
    Some(line.span(read.tokens)).filter(|span| span.start == 0).map(|span| span.end)
}

/// The dates of a text between which it is asked, each with its place; none if there is no doubt.
pub fn rivals(text: &str, reference: Reference, aim: Aim) -> Vec<Found> {
    let line = Line::new(text);
    let Some(ctx) = context(&line, reference) else { return Vec::new() };
    let Seen { all, .. } = candidates(&line, &ctx, aim);
    if joined(&ctx, &all).is_some() {
        return Vec::new();
    }
    let rivals = foremost(&all);
    match rivals.len() {
        0 | 1 => Vec::new(),
        _ => rivals.into_iter().map(|one| one.found(&line, &ctx)).collect(),
    }
}

fn context<'a>(line: &Line, reference: Reference<'a>) -> Option<Context<'a>> {
    let holds = line.is_dated() && reach::holds(reference.now);
    holds.then(|| Context::new(reference, false))
}

/// A date that may be the one that is meant.
struct Candidate {
    read: Read,
    when: When,
    stance: Stance,
}

impl Candidate {
    /// Only a clock time, or only a day.
    fn moment(&self, clocked: bool) -> Option<Moment> {
        let Draft::Moment(moment) = self.read.draft else { return None };
        let kind = moment.clock.is_some() == clocked && moment.day.is_some() != clocked;
        (kind && moment.zone.is_none() && moment.or_hour.is_none()).then_some(moment)
    }

    /// As one of several to choose from: a moment or a day.
    fn found(&self, line: &Line, ctx: &Context) -> Found {
        let when = single(ctx, &self.when);
        Found { span: line.span(self.read.tokens.clone()), also: None, when }
    }
}

/// What was seen in a line.
struct Seen {
    /// The dates that may be meant.
    all: Vec<Candidate>,
    /// The first that is over or describes something.
    aside: Option<Found>,
    /// Something that repeats, without a time or in a way that is not read.
    unread: Option<Span<usize>>,
}

fn candidates(line: &Line, ctx: &Context, aim: Aim) -> Seen {
    let mut seen = Seen { all: Vec::new(), aside: None, unread: None };
    all(line, ctx, |read| {
        let Some(when) = asked(line, ctx, &read) else {
            let open = match &read.draft {
                Draft::Unread => true,
                Draft::Every(every) => !every::is_whole(every),
                _ => false,
            };
            if open && seen.unread.is_none() && repeats_all(line, &read.tokens, aim, false) {
                seen.unread = Some(read.tokens);
            }
            return true;
        };
        let over = matches!(when, When::Impossible(Some(_)));
        if over || describes(line, &read.tokens) {
            let span = line.span(read.tokens);
            seen.aside.get_or_insert(Found { span, also: None, when });
        } else {
            let stance = stance(line, &read.tokens, aim);
            seen.all.push(Candidate { read, when, stance });
        }
        seen.all.len() < CANDIDATES_MAX
    });
    seen
}

fn choose(line: &Line, ctx: &Context, all: &[Candidate]) -> Option<Found> {
    if let [one] = all {
        let span = line.span(one.read.tokens.clone());
        return Some(Found { span, also: None, when: one.when.clone() });
    }
    if let Some((day, clock, when)) = joined(ctx, all) {
        let also = Some(line.span(clock.read.tokens.clone()));
        return Some(Found { span: line.span(day.read.tokens.clone()), also, when });
    }
    let rivals = foremost(all);
    let first = rivals.first()?;
    let span = line.span(first.read.tokens.clone());
    let repeats = rivals.iter().find(|one| matches!(one.when, When::Recurrence(_)));
    let when = match (rivals.len(), repeats) {
        (1, _) => first.when.clone(),
        (_, Some(every)) => {
            let span = line.span(every.read.tokens.clone());
            return Some(Found { span, also: None, when: every.when.clone() });
        }
        (_, None) => {
            let all = rivals.iter().flat_map(|one| match single(ctx, &one.when) {
                When::Ambiguous(all) => all,
                one => vec![one],
            });
            When::Ambiguous(all.collect())
        }
    };
    Some(Found { span, also: None, when })
}

/// Those that stand apart most, each meaning once; of a day and a moment of that day the moment.
fn foremost(all: &[Candidate]) -> Vec<&Candidate> {
    let Some(top) = all.iter().map(|one| one.stance).max() else { return Vec::new() };
    let mut rivals: Vec<&Candidate> = Vec::new();
    for one in all.iter().filter(|one| one.stance == top) {
        if rivals.iter().all(|known| known.when != one.when) {
            rivals.push(one);
        }
    }
    let day = |one: &Candidate| one.moment(false).and_then(|moment| moment.day).map(|d| d.date);
    let timed = |date: NaiveDate| {
        move |one: &&Candidate| match one.read.draft {
            Draft::Moment(Moment { day: Some(day), clock: Some(_), .. }) => day.date == date,
            _ => false,
        }
    };
    let days: Vec<NaiveDate> = rivals.iter().filter_map(|one| day(one)).collect();
    let said_again: Vec<NaiveDate> =
        days.into_iter().filter(|date| rivals.iter().any(timed(*date))).collect();
    rivals.retain(|one| day(one).is_none_or(|date| !said_again.contains(&date)));
    rivals
}

/// A day and a clock time that were said apart: `明天 开会 下午3点`. One of them glued into words may be
/// a topic, so that is asked.
fn joined<'a>(ctx: &Context, all: &'a [Candidate]) -> Option<(&'a Candidate, &'a Candidate, When)> {
    let one = |clocked: bool| {
        let mut fitting = all.iter().filter(|one| one.moment(clocked).is_some());
        let best = fitting.clone().map(|one| one.stance).max()?;
        let first = fitting.find(|one| one.stance == best)?;
        fitting.all(|one| one.stance != best).then_some(first)
    };
    let (day, clock) = (one(false)?, one(true)?);
    let low = day.stance.min(clock.stance);
    let high = all.iter().map(|one| one.stance).max()?;
    if day.stance.max(clock.stance) != high || low == Stance::Topic {
        return None;
    }
    let (of, at) = (day.moment(false)?, clock.moment(true)?);
    let said = at.clock?;
    let part = said.part.or(of.part);
    let both = Moment { clock: Some(Clock { part, ..said }), part: None, ..of };
    let draft = Draft::Moment(both);
    let whole = when(ctx, &draft, meaning(ctx, &draft)?)?;
    let sure = low >= Stance::Done || day.stance == clock.stance && low == Stance::Edge;
    if sure {
        return Some((day, clock, whole));
    }
    let glued = clock.stance < day.stance && clock.stance < Stance::Edge;
    if glued || matches!(whole, When::Impossible(_)) {
        return None;
    }
    let alone = if day.stance > clock.stance { &day.when } else { &clock.when };
    Some((day, clock, When::Ambiguous(vec![whole, single(ctx, alone)])))
}

/// A meaning as one to choose: the last day of whole days, the beginning of a part of a day.
fn single(ctx: &Context, when: &When) -> When {
    let When::Range(from, to) = when else { return when.clone() };
    let whole = |at: Timestamp| at.local(ctx.zone).time() == NaiveTime::MIN;
    match (from, to) {
        (Some(from), Some(to)) if whole(*from) && whole(*to) => {
            When::Date(to.plus_ms(-1).day(ctx.zone))
        }
        (Some(from), _) => When::Instant(*from),
        (None, Some(to)) => When::Instant(*to),
        (None, None) => when.clone(),
    }
}

/// The most certain meaning in `text` with its bytes, lengths and bare years included; `past` tells
/// that a stretch of records is asked for.
pub fn read(text: &str, reference: Reference, past: bool) -> Option<(Span<usize>, Meaning)> {
    if !reach::holds(reference.now) {
        return None;
    }
    let line = Line::new(text);
    let ctx = Context::new(reference, past);
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
    // March and May are everyday words.
    let verb = single && matches!(whole_day, Some(Tok::Month(3 | 5, false)));
    if verb || is_topic(line, &read.tokens) {
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
