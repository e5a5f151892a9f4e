//! Small pieces of English dates: an ordinal, a year, an interval.

use super::calendar::full_year;
use super::cursor::Cursor;
use crate::text::lex::{En, Form, Tok};

/// `3rd`, `third`, `twenty first`.
pub fn ordinal(c: &mut Cursor) -> Option<u32> {
    if c.en(En::Second) {
        return Some(2);
    }
    c.num().filter(|num| num.form == Form::Ordinal).map(|num| num.value)
}

/// A year of four digits, not the hour of `2015:30`.
pub fn year(c: &mut Cursor) -> Option<i32> {
    let num = c.num().filter(|num| num.form == Form::Arabic && num.width == 4)?;
    let clock = c.tok() == Tok::Colon && !c.gap();
    full_year(num.value, num.width).filter(|_| !clock)
}

/// `other`, `3`, `second`, `3rd` before a unit.
pub fn interval(c: &mut Cursor) -> Option<u32> {
    if c.en(En::Other) {
        c.eat(Tok::Dash);
        return Some(2);
    }
    // `every single Friday`.
    if c.tok() == Tok::Latin && "single".chars().eq(c.chars()) {
        c.bump();
    }
    let counted = c.attempt(|c| {
        // `every 1st Monday of the month` counts days, not weeks.
        let of = matches!(c.peek(1), Tok::Weekday(..)) && c.peek(2) == Tok::En(En::Of);
        if of {
            return None;
        }
        let count = if c.en(En::Second) {
            2
        } else if c.en(En::Couple) {
            c.en(En::Of);
            2
        } else {
            c.num().filter(|num| num.form != Form::Han)?.value
        };
        let unit = matches!(
            c.tok(),
            Tok::Unit(_)
                | Tok::Weekday(..)
                | Tok::En(En::Quarter | En::Business | En::LoneH | En::LoneM | En::Second)
        );
        unit.then_some(count)
    });
    match counted {
        Some(0) => None,
        Some(count) => Some(count),
        None => Some(1),
    }
}
