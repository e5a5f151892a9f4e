//! What follows a month in Chinese: a day, its end, a part of it.

use chrono::Datelike;

use super::calendar as cal;
use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Moment, Period};
use super::zh_within::{in_month, within};
use crate::text::lex::{Form, Tok, Zh};

/// What follows a month.
pub fn month(c: &mut Cursor, ctx: &Context, of: Period) -> Option<Draft> {
    let found = c.attempt(|c| {
        let of_word = c.zh(Zh::Of);
        if let Tok::Num(num) = c.tok() {
            if of_word {
                return None;
            }
            c.bump();
            let marked = c.zh_of(&[Zh::Number, Zh::Day]).is_some();
            if num.form == Form::Digits || num.value == 0 || !marked && goes_on_as_unit(*c) {
                return None;
            }
            if marked && !day_ends(*c) {
                return None;
            }
            return Some(match day_of(ctx, of, num.value) {
                Some(day) => Draft::Moment(Moment::day(day)),
                None => Draft::Never,
            });
        }
        in_month(c, ctx, of).or_else(|| within(c, ctx, of))
    });
    // 3月报销 is about March all the same.
    found.or(Some(Draft::Period(of)))
}

/// A number behind a month that counts something: 3月5个人.
fn goes_on_as_unit(c: Cursor) -> bool {
    matches!(
        c.tok(),
        Tok::Unit(_)
            | Tok::Zh(Zh::Piece | Zh::Point | Zh::Times | Zh::Year | Zh::Month)
            | Tok::Sign
            | Tok::Latin
            | Tok::Dot
            | Tok::Colon
    ) || matches!(c.tok(), Tok::Other) && !c.gap()
}

/// 5日报名 and 5号房租 are days; 三日游, 5号楼, 5号房 and 5号会议室 are none.
pub fn day_ends(c: Cursor) -> bool {
    let then = |chars: &str| c.char_at(1).is_some_and(|c| chars.contains(c));
    match c.next_char() {
        Some('房') => then("租贷东"),
        Some('机') => then("票"),
        Some('门') => then("票诊"),
        Some('店') => then("庆"),
        Some('会') => !(then("议") && c.char_at(2) == Some('室')),
        Some('车') => !then("间位"),
        next => !matches!(next, Some('楼' | '线' | '位' | '游' | '元' | '码' | '厅' | '桌')),
    }
}

/// A day of a month; one without a year is the next (or latest) that has it.
fn day_of(ctx: &Context, of: Period, day: u32) -> Option<Day> {
    if of.yearly {
        return cal::of_year(ctx, of.from.month(), day);
    }
    of.from.with_day(day).map(Day::fixed)
}

/// 13月5日.
pub fn dated_never(c: &mut Cursor) -> Option<Draft> {
    c.num()?;
    c.zh_of(&[Zh::Number, Zh::Day])?;
    Some(Draft::Never)
}
