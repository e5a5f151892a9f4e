//! Stretches of time with two ends: 9点到11点, `July 13 to 15`, `from 4pm for thirty minutes`.

use super::amount;
use super::cursor::Cursor;
use super::draft::{Context, Draft, Moment};
use super::lead::{Lead, day_like, hour_like};
use super::range;
use super::{clock, en_day, moment};
use crate::text::clock::Clock;
use crate::text::lex::{En, Form, Tok, Zh};

/// Eats what stands between the two ends.
fn to(c: &mut Cursor, lead: Lead) -> bool {
    c.attempt(|c| {
        let word = match c.tok() {
            Tok::Zh(Zh::To) | Tok::Dash => true,
            Tok::En(En::To | En::Until | En::Through) => true,
            Tok::En(En::And) | Tok::Zh(Zh::And) => lead == Lead::Between || lead == Lead::From,
            _ => false,
        };
        word.then_some(())?;
        c.bump();
        c.en(En::The);
        Some(())
    })
    .is_some()
}

/// Eats what follows the first end, if a second one does.
pub fn read(c: &mut Cursor, ctx: &Context, first: &Draft, lead: Lead) -> Option<Draft> {
    if let Some(draft) = c.attempt(|c| two_ends(c, ctx, first, lead)) {
        return Some(draft);
    }
    if let Draft::Moment(moment) = first {
        if moment.clock.is_some() {
            return c.attempt(|c| lasting(c, ctx, moment));
        }
        if moment.day.is_some() || moment.part.is_some() {
            return c.attempt(|c| hours_of_day(c, ctx, moment));
        }
    }
    None
}

fn two_ends(c: &mut Cursor, ctx: &Context, first: &Draft, lead: Lead) -> Option<Draft> {
    to(c, lead).then_some(())?;
    let clocked = matches!(first, Draft::Moment(Moment { clock: Some(_), .. }));
    let day = match first {
        Draft::Moment(Moment { day: Some(day), clock: None, .. }) => Some(*day),
        _ => None,
    };
    // A bare number ends it: 9点到11, August 10 to 22, 2012.
    let bare = c.attempt(|c| {
        if clocked {
            let clock = hour_like(c)?;
            return Some(Draft::Moment(Moment { clock: Some(clock), ..Moment::default() }));
        }
        let num = c.num().filter(|num| num.value <= 31 && num.form != Form::Digits)?;
        let more = matches!(
            c.tok(),
            Tok::Colon
                | Tok::Slash
                | Tok::Dash
                | Tok::Unit(_)
                | Tok::Month(..)
                | Tok::Dot
                | Tok::En(En::Am | En::Pm | En::Of | En::LoneA | En::LoneP)
                | Tok::Zh(
                    Zh::Month | Zh::Point | Zh::Year | Zh::Hour | Zh::Day | Zh::Number | Zh::Piece
                )
        );
        let end = (!more).then(|| day_like(day?, num.value))??;
        let year = c.attempt(|c| {
            c.eat(Tok::Comma);
            super::en_words::year(c)
        });
        let end = match year {
            Some(year) => {
                use chrono::Datelike;
                super::draft::Day::fixed(end.date.with_year(year)?)
            }
            None => end,
        };
        Some(Draft::Moment(Moment::day(end)))
    });
    let second = match bare {
        Some(second) => second,
        None => moment::read(c, ctx, clocked)?,
    };
    c.zh_of(&[Zh::Ends, Zh::Between]);
    range::between(ctx, first, &second)
}

/// `from 4pm for thirty minutes`.
fn lasting(c: &mut Cursor, ctx: &Context, first: &Moment) -> Option<Draft> {
    c.eat(Tok::Comma);
    c.en(En::For).then_some(())?;
    let length = amount::read(c)?;
    range::lasting(ctx, first, length)
}

/// `for 7 hours from 9:30am`, `2 hours from 2pm`, behind the length.
pub fn for_from(c: &mut Cursor, ctx: &Context, length: &Draft) -> Option<Draft> {
    let Draft::Length(length) = length else { return None };
    c.attempt(|c| {
        c.en_of(&[En::From, En::Starting])?;
        c.en(En::At);
        let Draft::Moment(first) = moment::read(c, ctx, true)? else { return None };
        first.clock?;
        range::lasting(ctx, &first, *length)
    })
}

/// The hours behind a day: `tomorrow from 9 to 11`, `Dec 12th at 4 - 6:30 pm`.
fn hours_of_day(c: &mut Cursor, ctx: &Context, day: &Moment) -> Option<Draft> {
    c.eat(Tok::Comma);
    let word = c.en_of(&[En::From, En::Between, En::At, En::For]);
    c.zh_of(&[Zh::From, Zh::Of]);
    if word == Some(En::For) {
        let length = amount::read(c)?;
        c.en_of(&[En::From, En::Starting])?;
        let Draft::Moment(first) = moment::read(c, ctx, true)? else { return None };
        first.clock?;
        return range::lasting(ctx, &Moment { day: day.day, ..first }, length);
    }
    let lead = if word == Some(En::Between) { Lead::Between } else { Lead::None };
    let told = word.is_some() && c.sees(clock_marked);
    let first = match c.attempt(|c| clock::read(c, told)) {
        Some(read) => read.clock,
        None => {
            let num =
                c.num().filter(|n| n.value <= 24 && n.form != Form::Ordinal && n.width <= 2)?;
            Clock { exact: num.width == 2 && num.value < 10, ..Clock::at(num.value, 0) }
        }
    };
    let part = first.part.or(day.part);
    let first = Moment { day: day.day, clock: Some(Clock { part, ..first }), ..Moment::default() };
    if to(c, lead) {
        let second = match c.attempt(|c| clock::read(c, true)) {
            Some(read) => read.clock,
            None => hour_like(c)?,
        };
        let second = Moment { clock: Some(second), ..Moment::default() };
        return range::between(ctx, &Draft::Moment(first), &Draft::Moment(second));
    }
    c.attempt(|c| lasting(c, ctx, &first))
}

/// A stretch whose first end is a bare number: `5 to 6pm`, `9 to 12 of June`, 五到六点.
pub fn numbers(c: &mut Cursor, ctx: &Context, lead: Lead) -> Option<Draft> {
    if !clock::starts_clean(*c) || !matches!(c.tok(), Tok::Num(_) | Tok::Part(_) | Tok::En(En::The))
    {
        return None;
    }
    c.en(En::The);
    let part = match c.tok() {
        Tok::Part(part) => {
            c.bump();
            Some(part)
        }
        _ => None,
    };
    let num =
        c.num().filter(|num| num.value <= 31 && num.form != Form::Digits && num.width <= 2)?;
    let hour = clock::read(&mut before(*c), false);
    if hour.is_some() {
        return None;
    }
    // `2nd to last`.
    if num.form == Form::Ordinal && c.peek(1) == Tok::En(En::Last) {
        return None;
    }
    let dash = c.tok() == Tok::Dash;
    to(c, lead).then_some(())?;
    let exact = num.form == Form::Arabic && num.width == 2 && num.value < 10;
    let first = Clock { part, exact, ..Clock::at(num.value, 0) };
    if let Some(draft) = c.attempt(|c| two_hours(c, ctx, lead, first)) {
        return Some(draft);
    }
    let second = moment::read(c, ctx, !dash)?;
    let Draft::Moment(end) = &second else { return None };
    let start = match (end.clock, end.day) {
        (Some(_), _) if num.value <= 24 => {
            Moment { clock: Some(first), clock_first: true, ..Moment::default() }
        }
        // `13 to the 15th of July`; not the 1 of `1-3号楼`.
        (None, Some(day)) if end.part.is_none() && part.is_none() => {
            Moment::day(day_like(day, num.value)?)
        }
        _ => return None,
    };
    let draft = range::between(ctx, &Draft::Moment(start), &second)?;
    if let Some(part) = c.attempt(|c| en_day::part(c)) {
        let part = |moment: Moment| Moment {
            clock: moment.clock.map(|clock| Clock { part: clock.part.or(Some(part)), ..clock }),
            ..moment
        };
        let (start, end) = (part(start), part(*end));
        return range::between(ctx, &Draft::Moment(start), &Draft::Moment(end));
    }
    Some(draft)
}

/// `between 7 and 9 last night`: two bare hours and the part of a day behind.
fn two_hours(c: &mut Cursor, ctx: &Context, lead: Lead, first: Clock) -> Option<Draft> {
    let second = hour_like(c)?;
    let day = c.attempt(|c| {
        c.eat(Tok::Comma);
        c.en_of(&[En::On, En::In, En::At]);
        match moment::read(c, ctx, false)? {
            Draft::Moment(found) if found.clock.is_none() => Some(found),
            _ => None,
        }
    });
    let day = day.or((lead == Lead::Between).then_some(Moment::default()))?;
    let part = first.part.or(day.part);
    let from = Moment { day: day.day, clock: Some(Clock { part, ..first }), ..Moment::default() };
    let to = Moment { clock: Some(Clock { part: day.part, ..second }), ..Moment::default() };
    range::between(ctx, &Draft::Moment(from), &Draft::Moment(to))
}

/// `9a`: a number with its half of the day.
fn clock_marked(c: &mut Cursor) -> Option<()> {
    c.num()?;
    super::clock_digits::half(c).map(|_| ())
}

/// The place before the number just eaten.
fn before(c: Cursor) -> Cursor {
    let mut before = c;
    before.at -= 1;
    before
}

/// A bare hour in front of another one: the 9 of `between 9 and 18`.
pub fn bare_range_hour(c: &mut Cursor, told: bool) -> Option<Clock> {
    told.then_some(())?;
    let num = c.num().filter(|n| n.value <= 24 && n.form != Form::Ordinal && n.width <= 2)?;
    let range = matches!(c.tok(), Tok::Dash | Tok::Zh(Zh::To) | Tok::En(En::To | En::And));
    range.then_some(Clock { exact: num.width == 2 && num.value < 10, ..Clock::at(num.value, 0) })
}
