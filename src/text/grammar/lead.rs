//! What stands before a moment, and bare numbers that only another end makes a moment.

use chrono::Datelike;

use super::clock_digits::bare_ends;
use super::cursor::Cursor;
use super::draft::Day;
use crate::text::clock::Clock;
use crate::text::lex::Form;

/// What stands before a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// Nothing that changes it.
    None,
    /// On, at.
    At,
    /// By, 截止: itself.
    By,
    /// Before: itself as a deadline, open for records.
    Before,
    /// Until.
    Until,
    /// From, 从.
    From,
    /// Since.
    Since,
    /// After.
    After,
    /// Between.
    Between,
}

/// A bare number as the day of a stretch that ends (or begins) on another day of its month.
pub fn day_like(day: Day, number: u32) -> Option<Day> {
    day.date.with_day(number).map(|date| Day { date, ..day }).filter(|d| d.date.day() == number)
}

/// Whether a number can stand for an hour at the end of a stretch.
pub fn hour_like(c: &mut Cursor) -> Option<Clock> {
    let num = c.num().filter(|num| num.value <= 24 && num.form != Form::Ordinal)?;
    if num.form == Form::Digits || num.form == Form::Arabic && num.width > 2 {
        return None;
    }
    bare_ends(*c)
        .then_some(Clock { exact: num.width == 2 && num.value < 10, ..Clock::at(num.value, 0) })
}
