//! A part of a month, quarter or year in English: `third Friday of March`, `last day of October`,
//! `2nd to last fri in feb`, `Q3 this year`.

use chrono::{Datelike, NaiveDate};

use super::calendar as cal;
use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Flex, Moment, Period, plus_days, plus_months};
use super::en_words::{ordinal, year};
use crate::text::lex::{En, Tok, Unit, Zh};
use crate::text::workday;

/// Which one is meant: 1 the first, -1 the last, -2 the one before it.
pub fn which(c: &mut Cursor) -> Option<i32> {
    c.attempt(|c| {
        c.en(En::The);
        if c.en(En::Last) {
            return Some(-1);
        }
        let nth = i32::try_from(ordinal(c)?).ok()?;
        let from_end = c
            .attempt(|c| {
                if c.en(En::To) {
                    c.en(En::The);
                }
                c.en(En::Last).then_some(())
            })
            .is_some();
        Some(if from_end { -nth } else { nth })
    })
}

/// `third Friday of March`, `the last day of next month`, `first business day of the month`.
pub fn nth(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let nth = which(c)?;
    let unit = c.tok();
    c.bump();
    let business = unit == Tok::En(En::Business) && c.eat(Tok::Unit(Unit::Day));
    if unit == Tok::En(En::Business) && !business {
        return None;
    }
    c.en_of(&[En::Of, En::In])?;
    c.en(En::The);
    let Draft::Period(of) = period(c, ctx)? else { return None };
    let flex = if of.yearly { Flex::Relative } else { Flex::Fixed };
    let moment = |date: NaiveDate| Draft::Moment(Moment::day(Day { date, flex }));
    match unit {
        _ if business => workday::nth(ctx.calendar, of.from, of.to, nth).map(moment),
        Tok::Unit(Unit::Workday) => workday::nth(ctx.calendar, of.from, of.to, nth).map(moment),
        Tok::Unit(Unit::Day) => cal::nth_day(of, nth).map(moment),
        Tok::Weekday(day, false) => {
            let found = cal::nth_weekday(of, nth, day)?;
            // The first Monday of this month may be over: then that of the next one is meant.
            if of.yearly && !ctx.past && found < ctx.today {
                let again =
                    Period { from: plus_months(of.from, 12)?, to: plus_months(of.to, 12)?, ..of };
                return cal::nth_weekday(again, nth, day).map(moment);
            }
            // The second Tuesday of the month may be over as well.
            let this = cal::month_away(ctx, 0) == Some(of) && c.before() == Tok::Unit(Unit::Month);
            if this && ctx.command && found < ctx.today {
                return cal::nth_weekday(cal::month_away(ctx, 1)?, nth, day).map(moment);
            }
            Some(moment(found))
        }
        Tok::Unit(Unit::Weekend) => {
            let from = cal::nth_weekday(of, nth, chrono::Weekday::Sat)?;
            Some(Draft::Period(Period::new(from, plus_days(from, 2)?)))
        }
        Tok::Unit(Unit::Week) => week(of, nth).map(Draft::Period),
        Tok::Unit(Unit::Month) => {
            let back = nth < 0;
            let from = plus_months(if back { of.to } else { of.from }, nth - i32::from(!back))?;
            Some(Draft::Period(Period::new(from, plus_months(from, 1)?)))
        }
        Tok::En(En::Quarter) => {
            let back = nth < 0;
            let away = 3 * (nth - i32::from(!back));
            let from = plus_months(if back { of.to } else { of.from }, away)?;
            Some(Draft::Period(Period::new(from, plus_months(from, 3)?)))
        }
        _ => None,
    }
}

/// The so many-th week that lies whole in a month; the last may hang over.
fn week(of: Period, nth: i32) -> Option<Period> {
    if nth > 0 {
        return cal::nth_week(of, nth);
    }
    let sunday = cal::nth_weekday(of, nth, chrono::Weekday::Sun)?;
    Some(Period::new(plus_days(sunday, -6)?, plus_days(sunday, 1)?))
}

/// A stretch that something is counted in: `March 2014`, `this month`, `2021`.
pub fn period(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    match c.tok() {
        Tok::Month(month, _) => {
            c.bump();
            let year = c.attempt(|c| {
                c.eat(Tok::Comma);
                c.en(En::Of);
                year(c)
            });
            cal::month(ctx, year, month.into()).map(Draft::Period)
        }
        Tok::Num(_) => cal::year(year(c)?).map(Draft::Period),
        Tok::Unit(unit) => {
            c.bump();
            unit_away(ctx, unit, 0)
        }
        Tok::En(En::Quarter) => {
            c.bump();
            unit_away(ctx, Unit::Quarter, 0)
        }
        Tok::En(word) => {
            let away = match word {
                En::Next => 1,
                En::This => 0,
                En::Last | En::Previous => -1,
                _ => return None,
            };
            c.bump();
            let unit = match c.tok() {
                Tok::Unit(unit) => unit,
                Tok::En(En::Quarter) => Unit::Quarter,
                Tok::Month(month, _) => {
                    c.bump();
                    let of = cal::month(ctx, None, month.into())?;
                    return Some(Draft::Period(Period { yearly: false, ..of }));
                }
                _ => return None,
            };
            c.bump();
            unit_away(ctx, unit, away)
        }
        _ => None,
    }
}

fn unit_away(ctx: &Context, unit: Unit, away: i32) -> Option<Draft> {
    match unit {
        Unit::Week => cal::week(ctx, away),
        Unit::Month => cal::month_away(ctx, away),
        Unit::Quarter => cal::quarter_away(ctx, away),
        Unit::Year => cal::year(ctx.today.year() + away),
        _ => None,
    }
    .map(Draft::Period)
}

/// `Q3`, `Q3 this year`, `third quarter of 2018`.
pub fn quarter(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let nth = match c.tok() {
        Tok::En(En::QuarterOf(nth)) => {
            c.bump();
            // Q1季度.
            c.eat(Tok::Unit(Unit::Quarter));
            u32::from(nth)
        }
        _ => {
            c.en(En::The);
            let nth = ordinal(c)?;
            c.en(En::Quarter).then_some(nth)?
        }
    };
    let said = c.attempt(|c| {
        c.eat(Tok::Comma);
        c.en_of(&[En::Of, En::In]);
        match c.tok() {
            Tok::Num(_) => year(c),
            Tok::YearWord(years) => {
                c.bump();
                Some(ctx.today.year() + i32::from(years))
            }
            _ => {
                let away = match c.en_of(&[En::This, En::Next, En::Last])? {
                    En::Next => 1,
                    En::This => 0,
                    _ => -1,
                };
                c.eat(Tok::Unit(Unit::Year)).then_some(ctx.today.year() + away)
            }
        }
    });
    let of = cal::quarter(said.unwrap_or(ctx.today.year()), nth)?;
    // `Q1 end`, Q1末.
    if c.en(En::End) || c.zh(Zh::Bottom) {
        let day = cal::quarter_end(ctx, said, nth)?;
        return Some(Draft::Moment(Moment::day(day)));
    }
    Some(Draft::Period(of))
}
