//! A feast in Chinese and what is said of it: 国庆前一天, 节后第一个工作日, 国庆节期间.

use chrono::{Datelike, NaiveDate};

use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Moment, Period, plus_days};
use super::feast;
use crate::text::lex::{Festival, Tok, Unit, Zh};
use crate::text::workday;

/// A feast and what is said of it: 前一天, 期间, 后第一个工作日.
pub fn festival(
    c: &mut Cursor,
    ctx: &Context,
    found: Festival,
    year: Option<i32>,
) -> Option<Draft> {
    if c.tok() == Tok::Zh(Zh::Feast) {
        c.bump();
    }
    let day = feast::day(ctx, found, year)?;
    around_feast(c, ctx, day, Some(found)).or(Some(Draft::Moment(Moment::day(day))))
}

/// Eats 放假 of 元旦放假前一天.
fn off_begins(c: &mut Cursor) -> bool {
    let begins = c.tok() == Tok::Other
        && c.chars().eq("放假".chars())
        && matches!(c.peek(1), Tok::Zh(Zh::Front | Zh::Before));
    c.at += usize::from(begins);
    begins
}

/// Whether people are off on a feast; without one, on the days off that are spoken of.
fn is_off(of: Option<Festival>) -> bool {
    matches!(
        of,
        None | Some(
            Festival::Fixed(1, 1)
                | Festival::Fixed(5, 1)
                | Festival::Fixed(10, 1)
                | Festival::Spring(0)
                | Festival::Qingming
                | Festival::DragonBoat
                | Festival::MidAutumn
        )
    )
}

/// 国庆期间, 除夕, 国庆当天: the feast itself; `None` if none of their words follows.
fn at_feast(
    c: &mut Cursor,
    ctx: &Context,
    day: Day,
    of: Option<Festival>,
) -> Option<Option<Draft>> {
    let moment = |date: NaiveDate| Draft::Moment(Moment::day(Day::fixed(date)));
    match c.tok() {
        Tok::Zh(Zh::During) => {
            c.bump();
            c.zh(Zh::During);
            c.zh(Zh::Inside);
            let off = workday::off_days(ctx.calendar, day.date).or_else(|| {
                // Beyond what is known, 国庆 is a week.
                let days = if of == Some(Festival::Fixed(10, 1)) { 7 } else { 1 };
                Some((day.date, plus_days(day.date, days)?))
            });
            Some(off.map(|(from, to)| Draft::Period(Period::new(from, to))))
        }
        Tok::Zh(Zh::Eve) => {
            c.bump();
            Some(day.date.pred_opt().map(moment))
        }
        Tok::Zh(Zh::ThatDay) => {
            c.bump();
            Some(Some(moment(day.date)))
        }
        _ => None,
    }
}

/// The day (or days) around a feast; without a feast, around the days off that begin on `day`.
pub fn around_feast(
    c: &mut Cursor,
    ctx: &Context,
    day: Day,
    of: Option<Festival>,
) -> Option<Draft> {
    let moment = |date: NaiveDate| Some(Draft::Moment(Moment::day(Day::fixed(date))));
    c.attempt(|c| {
        c.zh(Zh::Of);
        if let Some(at) = at_feast(c, ctx, day, of) {
            return at;
        }
        let begins = off_begins(c);
        let word = c.zh_of(&[Zh::Front, Zh::Back, Zh::Before, Zh::After])?;
        let ahead = matches!(word, Zh::Back | Zh::After);
        c.zh(Zh::Of);
        let counted = c.zh_of(&[Zh::Nth, Zh::Last, Zh::First]);
        let count = match c.tok() {
            Tok::Num(num) => {
                c.bump();
                i32::try_from(num.value).ok()?
            }
            _ if counted.is_some() => 1,
            _ => return None,
        };
        c.zh(Zh::Piece);
        let unit = c.tok();
        c.bump();
        let (from, to) = workday::break_around(ctx.calendar, day.date);
        let sign = if ahead { count } else { -count };
        // Beyond what is known, at least the feast itself is off, and two of them are a week.
        let week = matches!(of, Some(Festival::Fixed(10, 1) | Festival::Spring(0)));
        let known = ctx.calendar.is_known(day.date.year());
        let last = if week && !known { plus_days(day.date, 6)? } else { day.date };
        let last = to.pred_opt()?.max(last);
        match unit {
            // When people leave for the Chinese New Year is not known before it is announced.
            _ if begins && week && !known => Some(Draft::Never),
            Tok::Unit(Unit::Day) if begins && counted == Some(Zh::Last) => {
                moment(workday::away(ctx.calendar, from, sign)?)
            }
            Tok::Unit(Unit::Day) if begins => moment(plus_days(from, sign.into())?),
            // 节后第一天 beyond what is known.
            Tok::Unit(Unit::Day)
                if ahead && counted.is_some() && count == 1 && !known && is_off(of) =>
            {
                moment(workday::away(ctx.calendar, last, 1)?)
            }
            Tok::Unit(Unit::Workday) => {
                moment(workday::away(ctx.calendar, if ahead { last } else { from }, sign)?)
            }
            Tok::Unit(Unit::Day) | Tok::Zh(Zh::Day) => {
                // 国庆后第一天 is behind the days off, 国庆后一天 behind the feast.
                let off = ahead && (of.is_none() || counted.is_some());
                moment(plus_days(if off { last } else { day.date }, sign.into())?)
            }
            Tok::Zh(Zh::Week) => moment(plus_days(day.date, 7 * i64::from(sign))?),
            _ => None,
        }
    })
}
