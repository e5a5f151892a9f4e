//! Dates with an English month or an ordinal: `Dec 1`, `the 14th of August`, `15SEP`, `the 3rd`.

use chrono::Datelike;

use super::calendar as cal;
use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Moment, Period};
use super::en_within::period;
use super::en_words::year;
use crate::text::lex::{En, Form, Num, Tok, Unit};

/// `Dec 1`, `October2`, `june the 28th 2020`, `May eighth, 2010`, `Dec-2018`, `Sep 2012`.
pub fn month_first(c: &mut Cursor, ctx: &Context, month: u32, sure: bool) -> Option<Draft> {
    let led = {
        let mut before = *c;
        before.at -= 1;
        matches!(
            before.before(),
            Tok::En(
                En::In
                    | En::On
                    | En::By
                    | En::From
                    | En::To
                    | En::Until
                    | En::Since
                    | En::Between
                    | En::And
                    | En::Of
                    | En::For
                    | En::During
                    | En::Starting
                    | En::Every
            )
        )
    };
    // `Angie Mar November 2019`.
    if matches!(c.tok(), Tok::Month(..)) {
        return None;
    }
    let found = c.attempt(|c| {
        c.eat(Tok::Dot);
        c.attempt(|c| (c.eat(Tok::Dash) && matches!(c.tok(), Tok::Num(_))).then_some(()));
        c.en(En::The);
        let num = c.num()?;
        let of_year = num.form == Form::Arabic && num.width == 4;
        if of_year || num.value > 31 || num.value == 0 {
            return None;
        }
        // `Sep 7:30` is a clock time, `Dec 3pm` too.
        if num.form != Form::Ordinal && clock_follows(*c) || c.tok() == Tok::Colon && !c.gap() {
            return None;
        }
        let year = c.attempt(|c| {
            c.eat(Tok::Comma);
            c.en(En::Of);
            year(c)
        });
        Some(match cal::dated(ctx, year, month, num.value) {
            Some(day) => Draft::Moment(Moment::day(day)),
            None => Draft::Never,
        })
    });
    if found.is_some() {
        return found;
    }
    let tail = month_tail(c, ctx, month, None)?;
    let dated = matches!(tail, Draft::Period(period) if !period.yearly);
    // A bare `May` may be the verb: it needs a word that asks for a month, or to stand alone.
    let alone = matches!(c.tok(), Tok::End | Tok::Dash | Tok::Break | Tok::Comma | Tok::En(_));
    let first = {
        let mut before = *c;
        before.at = before.at.saturating_sub(1);
        before.at == 0
    };
    (sure || dated || led || first && alone).then_some(tail)
}

fn clock_follows(c: Cursor) -> bool {
    c.sees(super::clock_digits::half)
}

/// The year behind a bare month.
pub fn month_tail(
    c: &mut Cursor,
    ctx: &Context,
    month: u32,
    year_known: Option<i32>,
) -> Option<Draft> {
    let year = year_known.or_else(|| {
        c.attempt(|c| {
            c.eat(Tok::Dot);
            c.eat(Tok::Comma);
            c.eat(Tok::Dash);
            c.en(En::Of);
            year(c)
        })
    });
    cal::month(ctx, year, month).map(|p| Draft::Period(Period { bare: false, ..p }))
}

/// `1 December`, `the 14th of august`, `15SEP`, `twenty third day of September`, `the 3rd`.
pub fn number(c: &mut Cursor, ctx: &Context, num: Num, the: bool) -> Option<Draft> {
    if num.form == Form::Han || num.form == Form::Digits || !super::clock::starts_clean(*c) {
        return None;
    }
    c.bump();
    if num.value == 0 || num.value > 31 {
        return None;
    }
    let ordinal = num.form == Form::Ordinal;
    let with_month = c.attempt(|c| {
        if ordinal {
            c.eat(Tok::Unit(Unit::Day));
            c.en(En::Of);
        }
        let of = c.en(En::Of) || c.before() == Tok::En(En::Of);
        c.eat(Tok::Dash);
        match c.tok() {
            Tok::Month(_, false) if num.form == Form::Word => None,
            Tok::Month(month, _) => {
                c.bump();
                let year = c.attempt(|c| {
                    c.eat(Tok::Dot);
                    c.eat(Tok::Comma);
                    c.eat(Tok::Dash);
                    c.en(En::Of);
                    year(c)
                });
                Some(cal::dated(ctx, year, month.into(), num.value))
            }
            // `the 3rd of next month`.
            _ if ordinal || of => {
                c.en(En::The);
                let Draft::Period(of) = period(c, ctx)? else { return None };
                Some(of.from.with_day(num.value).map(Day::fixed))
            }
            _ => None,
        }
    });
    if let Some(found) = with_month {
        return Some(found.map_or(Draft::Never, |day| Draft::Moment(Moment::day(day))));
    }
    let led = {
        let mut before = *c;
        before.at -= 1 + usize::from(the);
        matches!(
            before.before(),
            Tok::En(
                En::On
                    | En::By
                    | En::From
                    | En::To
                    | En::Until
                    | En::Between
                    | En::And
                    | En::Before
            )
        )
    };
    let noun = matches!(c.tok(), Tok::Latin | Tok::Unit(_) | Tok::Weekday(..) | Tok::Other);
    let digits = num.form == Form::Ordinal;
    (digits && !noun && (the || led))
        .then(|| cal::of_month(ctx, num.value))?
        .map(|day| Draft::Moment(Moment::day(day)))
}
