//! A day of each year that is counted from a feast: 每年元旦前一天.

use chrono::{Datelike, NaiveDate};

use super::cursor::Cursor;
use super::draft::plus_days;
use crate::model::recurrence::{MonthDay, Rule};
use crate::text::lex::{Tok, Unit, Zh};

/// 前一天, 后两天 or nothing behind a feast that is the same day each year; `None` where it is no such
/// day each year.
pub fn beside_feast(c: &mut Cursor, month: u8, day: u8) -> Option<Rule> {
    let away = c.attempt(|c| {
        if c.zh(Zh::Eve) {
            return Some(Some(-1));
        }
        let word = c.zh_of(&[Zh::Front, Zh::Before, Zh::Back, Zh::After])?;
        c.zh(Zh::Of);
        let counted = c.zh_of(&[Zh::Nth, Zh::Last, Zh::First]).is_some();
        let count = match c.num() {
            Some(num) => i64::from(num.value),
            None if counted => 1,
            None => return None,
        };
        c.zh(Zh::Piece);
        let days = matches!(c.tok(), Tok::Unit(Unit::Day) | Tok::Zh(Zh::Day));
        c.bump();
        // 国庆后第一天 is behind the days off, which are others each year.
        let sign = if matches!(word, Zh::Front | Zh::Before) { -1 } else { 1 };
        Some((days && !counted && count < 60).then_some(sign * count))
    });
    let away = away.unwrap_or(Some(0))?;
    // A year with 29 February and one without.
    let [one, other] = [2027, 2028].map(|year| {
        let date = NaiveDate::from_ymd_opt(year, month.into(), day.into())?;
        plus_days(date, away).map(|date| (date.month(), date.day()))
    });
    let (month, day) = one.filter(|_| one == other)?;
    Some(Rule::Yearly(vec![month], vec![MonthDay::Day(i32::try_from(day).ok()?)]))
}
