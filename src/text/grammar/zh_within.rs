//! A part of a month, week or year in Chinese: 底, 上旬, 第三个周五, 最后一个工作日, 前五个月.

use chrono::{Datelike, NaiveDate};

use super::calendar as cal;
use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Flex, Moment, Period, plus_days, plus_months};
use crate::text::lex::{Tok, Unit, Zh};
use crate::text::workday;

/// 月底, 上旬 and the like behind (or in) a month.
pub fn in_month(c: &mut Cursor, _: &Context, of: Period) -> Option<Draft> {
    let ten = |from: u32, to: u32| {
        let from = of.from.with_day(from)?;
        let to = if to == 0 { of.to } else { of.from.with_day(to)? };
        // 12月 alone is no date, 12月中旬 is one.
        Some(Draft::Period(Period { from, to, bare: false, ..of }))
    };
    let word = match c.tok() {
        Tok::Zh(word) => word,
        _ => return None,
    };
    let found = match word {
        Zh::MonthEnd | Zh::Bottom => {
            let flex = if of.yearly { Flex::Year } else { Flex::Fixed };
            Some(Draft::Moment(Moment::day(Day { date: of.last(), flex })))
        }
        Zh::MonthStart | Zh::Ten(0) => ten(1, 11),
        Zh::MonthMiddle | Zh::Ten(1) => ten(11, 21),
        Zh::Ten(_) => ten(21, 0),
        _ => None,
    }?;
    c.bump();
    Some(found)
}

/// 第N个, 最后N个, 倒数第N个, 前N个 of a stretch of days.
pub fn within(c: &mut Cursor, ctx: &Context, of: Period) -> Option<Draft> {
    c.attempt(|c| {
        c.zh(Zh::Of);
        c.zh(Zh::Inside);
        let first = c.zh_of(&[Zh::Nth, Zh::Last, Zh::FromEnd, Zh::Front, Zh::First, Zh::Back])?;
        let mut nth = first == Zh::Nth || first == Zh::First;
        if first == Zh::FromEnd {
            nth = c.zh(Zh::Nth);
        }
        let count = match c.tok() {
            Tok::Num(num) => {
                c.bump();
                i32::try_from(num.value).ok().filter(|n| *n > 0)?
            }
            _ if first == Zh::First || first == Zh::Last => 1,
            _ => return None,
        };
        c.zh(Zh::Piece);
        let from_end = matches!(first, Zh::Last | Zh::FromEnd | Zh::Back);
        // 最后一天 is a day, 最后三天 three of them; 第三天 is a day.
        let single = nth || first == Zh::FromEnd || count == 1 && first != Zh::Front;
        let sign = if from_end { -count } else { count };
        if single { one(c, ctx, of, sign) } else { several(c, of, sign) }
    })
}

fn one(c: &mut Cursor, ctx: &Context, of: Period, nth: i32) -> Option<Draft> {
    let moment = |date: NaiveDate| {
        let flex = if of.yearly { Flex::Relative } else { Flex::Fixed };
        Draft::Moment(Moment::day(Day { date, flex }))
    };
    let unit = c.tok();
    c.bump();
    match unit {
        Tok::Unit(Unit::Day) | Tok::Zh(Zh::Day) => cal::nth_day(of, nth).map(moment),
        Tok::Unit(Unit::Workday) => workday::nth(ctx.calendar, of.from, of.to, nth).map(moment),
        Tok::Unit(Unit::Weekend) => {
            let saturday = cal::nth_weekday(of, nth, chrono::Weekday::Sat)?;
            Some(Draft::Period(Period::new(saturday, plus_days(saturday, 2)?)))
        }
        Tok::Zh(Zh::Week) => match c.tok() {
            Tok::Weekday(day, false) => {
                c.bump();
                cal::nth_weekday(of, nth, day).map(moment)
            }
            _ => cal::nth_week(of, nth).map(Draft::Period),
        },
        Tok::Zh(Zh::Month) => {
            let from =
                plus_months(if nth > 0 { of.from } else { of.to }, nth - i32::from(nth > 0))?;
            Some(Draft::Period(Period::new(from, plus_months(from, 1)?)))
        }
        Tok::Unit(Unit::Quarter) => {
            let away = 3 * (nth - i32::from(nth > 0));
            let from = plus_months(if nth > 0 { of.from } else { of.to }, away)?;
            Some(Draft::Period(Period::new(from, plus_months(from, 3)?)))
        }
        _ => None,
    }
}

fn several(c: &mut Cursor, of: Period, count: i32) -> Option<Draft> {
    let unit = c.tok();
    c.bump();
    let start = if count > 0 { of.from } else { of.to };
    let end = match unit {
        Tok::Unit(Unit::Day) | Tok::Zh(Zh::Day) => plus_days(start, count.into()),
        Tok::Zh(Zh::Week) => plus_days(start, 7 * i64::from(count)),
        Tok::Zh(Zh::Month) => plus_months(start, count),
        Tok::Unit(Unit::Quarter) => plus_months(start, 3 * count),
        _ => None,
    }?;
    let period = Period::new(start.min(end), start.max(end));
    (of.from <= period.from && period.to <= of.to).then_some(Draft::Period(period))
}
