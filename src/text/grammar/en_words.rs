//! Small pieces of English dates: an ordinal, a year.

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
