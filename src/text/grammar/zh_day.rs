//! Days and stretches of days in Chinese: 下周三, 月底, 11月最后一个工作日, 国庆前一天.

use chrono::{Datelike, NaiveDate};

use super::calendar as cal;
use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Moment, Period, plus_days};
use super::zh_date::{dated_never, day_ends, month};
use super::zh_feast::{around_feast, festival};
use super::zh_within::{in_month, within};
use crate::text::clock::Part;
use crate::text::lex::{Form, Num, Tok, Unit, Zh};
use crate::text::workday;

/// Eats a day or a stretch of days.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    match c.tok() {
        Tok::DayWord(days) => {
            c.bump();
            let date = plus_days(ctx.today, days.into())?;
            Some(Draft::Moment(Moment::day(Day::near(date))))
        }
        Tok::DayPart(days, part) => {
            c.bump();
            let day = Day::near(plus_days(ctx.today, days.into())?);
            let part = Some(part);
            Some(Draft::Moment(Moment { day: Some(day), part, ..Moment::default() }))
        }
        Tok::YearWord(years) => {
            c.bump();
            year(c, ctx, ctx.today.year() + i32::from(years), false)
        }
        Tok::Zh(word) => zh_word(c, ctx, word),
        Tok::Unit(Unit::Weekend) => {
            c.bump();
            cal::weekend(ctx, 0).map(Draft::Period)
        }
        Tok::Festival(found) => {
            c.bump();
            festival(c, ctx, found, None)
        }
        Tok::Num(num) => number(c, ctx, num),
        _ => None,
    }
}

fn zh_word(c: &mut Cursor, ctx: &Context, word: Zh) -> Option<Draft> {
    match word {
        Zh::Up | Zh::Down | Zh::This => relative(c, ctx),
        Zh::Week => {
            c.bump();
            weekday(c, ctx)
        }
        Zh::AllDay => {
            c.bump();
            let part = Some(Part::All);
            let day = Some(Day::fixed(ctx.today));
            Some(Draft::Moment(Moment { day, part, ..Moment::default() }))
        }
        Zh::Half(half) => {
            c.bump();
            half_year(ctx.today.year(), half)
        }
        Zh::TwoDays(from) => {
            c.bump();
            let from = plus_days(ctx.today, from.into())?;
            Some(Draft::Period(Period::new(from, plus_days(from, 2)?)))
        }
        Zh::Nth | Zh::First => {
            c.bump();
            quarter(c, ctx, None)
        }
        Zh::MonthEnd | Zh::MonthStart | Zh::MonthMiddle | Zh::Ten(_) => {
            let this = cal::month_away(ctx, 0)?;
            let found = in_month(c, ctx, this)?;
            Some(ahead(ctx, found))
        }
        Zh::YearEnd | Zh::YearStart => year_part(c, ctx.today.year()),
        Zh::QuarterEnd => {
            c.bump();
            let last = cal::quarter_away(ctx, 0)?.last();
            Some(Draft::Moment(Moment::day(Day::fixed(last))))
        }
        Zh::Feast => {
            // 环节前 is none.
            let begins = c.gap() || !matches!(c.before(), Tok::Other | Tok::Latin | Tok::Zh(_));
            c.bump();
            matches!(c.tok(), Tok::Zh(Zh::Front | Zh::Back | Zh::Before | Zh::After))
                .then_some(())?;
            // The next days off that are known, else New Year.
            let day = ctx
                .calendar
                .next_off(ctx.today)
                .or_else(|| NaiveDate::from_ymd_opt(ctx.today.year() + 1, 1, 1))?;
            let plain = Draft::Moment(Moment::day(Day::fixed(day)));
            // 节前 alone is the feast itself, like 国庆前.
            let before = matches!(c.tok(), Tok::Zh(Zh::Front | Zh::Before)) && begins;
            around_feast(c, ctx, Day::fixed(day), None).or_else(|| before.then_some(plain))
        }
        _ => None,
    }
}

/// 月初 said in the middle of a month, as a deadline, is that of the next one.
fn ahead(ctx: &Context, found: Draft) -> Draft {
    match found {
        Draft::Period(period) if !ctx.past && period.to <= ctx.today => {
            let next = |day| super::draft::plus_months(day, 1);
            match (next(period.from), next(period.to)) {
                (Some(from), Some(to)) => Draft::Period(Period { from, to, ..period }),
                (None, _) | (_, None) => Draft::Period(period),
            }
        }
        other => other,
    }
}

/// 上, 下, 这 and what they count, a flat table: weeks, months, quarters, years.
#[expect(clippy::too_many_lines, reason = "a flat table")]
fn relative(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let mut away: i32 = 0;
    match c.tok() {
        Tok::Zh(Zh::Up) => {
            while c.zh(Zh::Up) {
                away -= 1;
            }
        }
        Tok::Zh(Zh::Down) => {
            while c.zh(Zh::Down) {
                away += 1;
            }
        }
        _ => c.bump(),
    }
    if away.abs() > 6 {
        return None;
    }
    let one = matches!(c.tok(), Tok::Num(num) if num.value == 1 && num.form == Form::Han);
    if one {
        c.bump();
    }
    let piece = c.zh(Zh::Piece);
    match c.tok() {
        Tok::Zh(Zh::Week) => {
            c.bump();
            // 下周周三.
            c.attempt(|c| (c.zh(Zh::Week) && matches!(c.tok(), Tok::Weekday(..))).then_some(()));
            if let Tok::Weekday(day, false) = c.tok()
                && c.peek(1) != Tok::Zh(Zh::Times)
            {
                c.bump();
                return cal::of_week(ctx, away, day).map(|day| Draft::Moment(Moment::day(day)));
            }
            let week = cal::week(ctx, away)?;
            Some(bottom(c, week).or_else(|| within(c, ctx, week)).unwrap_or(Draft::Period(week)))
        }
        Tok::Unit(Unit::Weekend) => {
            c.bump();
            cal::weekend(ctx, away).map(Draft::Period)
        }
        Tok::Zh(Zh::Month) => {
            c.bump();
            month(c, ctx, Period { bare: false, ..cal::month_away(ctx, away)? })
        }
        Tok::Zh(Zh::MonthEnd | Zh::MonthStart | Zh::MonthMiddle | Zh::Ten(_)) => {
            let month = cal::month_away(ctx, away)?;
            in_month(c, ctx, month)
        }
        Tok::Unit(Unit::Quarter) => {
            c.bump();
            let quarter = cal::quarter_away(ctx, away)?;
            Some(
                bottom(c, quarter)
                    .or_else(|| within(c, ctx, quarter))
                    .unwrap_or(Draft::Period(quarter)),
            )
        }
        Tok::Zh(Zh::QuarterEnd) => {
            c.bump();
            let last = cal::quarter_away(ctx, away)?.last();
            Some(Draft::Moment(Moment::day(Day::fixed(last))))
        }
        Tok::Zh(Zh::Year) if piece || one || away.abs() < 2 => {
            c.bump();
            year(c, ctx, ctx.today.year() + away, false)
        }
        Tok::Zh(Zh::YearEnd) => year_part(c, ctx.today.year() + away),
        Tok::Unit(Unit::Workday) if away != 0 => {
            c.bump();
            let date = workday::away(ctx.calendar, ctx.today, away)?;
            Some(Draft::Moment(Moment::day(Day::fixed(date))))
        }
        Tok::Unit(Unit::Day) if away == 0 => {
            c.bump();
            Some(Draft::Moment(Moment::day(Day::fixed(ctx.today))))
        }
        Tok::Zh(Zh::Day) if away == 0 && !piece => {
            c.bump();
            Some(Draft::Moment(Moment::day(Day::fixed(ctx.today))))
        }
        _ => None,
    }
}

/// 底, 末 behind a week or a quarter.
fn bottom(c: &mut Cursor, of: Period) -> Option<Draft> {
    c.attempt(|c| {
        c.zh(Zh::Of);
        c.zh(Zh::Bottom).then_some(())?;
        Some(Draft::Moment(Moment::day(Day::fixed(of.last()))))
    })
}

/// The day behind 周.
fn weekday(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let Tok::Weekday(day, false) = c.tok() else { return None };
    if matches!(c.peek(1), Tok::Zh(Zh::Times)) {
        return None;
    }
    c.bump();
    cal::weekday(ctx, day).map(|day| Draft::Moment(Moment::day(day)))
}

/// What follows a year.
pub fn year(c: &mut Cursor, ctx: &Context, year: i32, bare: bool) -> Option<Draft> {
    let whole = Period { bare, ..cal::year(year)? };
    let found = c.attempt(|c| {
        c.zh(Zh::Of);
        c.eat(Tok::Comma);
        match c.tok() {
            Tok::Num(num) => {
                c.bump();
                if c.zh(Zh::Month) {
                    let of = cal::month(ctx, Some(year), num.value)?;
                    return month(c, ctx, of);
                }
                // 明年三月底.
                if matches!(c.tok(), Tok::Zh(Zh::MonthEnd | Zh::MonthStart | Zh::MonthMiddle)) {
                    return in_month(c, ctx, cal::month(ctx, Some(year), num.value)?);
                }
                of_quarter(c, ctx, Some(year), num.value)
            }
            // 明年今天; 29 February is no day of the next one.
            Tok::DayWord(0) => {
                c.bump();
                let date = ctx.today.with_year(year);
                Some(date.map_or(Draft::Never, |date| Draft::Moment(Moment::day(Day::fixed(date)))))
            }
            Tok::Zh(Zh::This) if c.peek(1) == Tok::Zh(Zh::Month) => {
                c.at += 2;
                month(c, ctx, cal::month(ctx, Some(year), ctx.today.month())?)
            }
            Tok::Zh(Zh::Half(half)) => {
                c.bump();
                half_year(year, half)
            }
            Tok::Zh(Zh::YearEnd | Zh::YearStart | Zh::Bottom) => year_part(c, year),
            Tok::Zh(Zh::First) => {
                c.bump();
                quarter(c, ctx, Some(year))
            }
            Tok::Zh(Zh::Nth) => c
                .attempt(|c| {
                    c.bump();
                    quarter(c, ctx, Some(year))
                })
                .or_else(|| within(c, ctx, whole)),
            Tok::Festival(found) => {
                c.bump();
                festival(c, ctx, found, Some(year))
            }
            Tok::En(crate::text::lex::En::QuarterOf(nth)) => {
                c.bump();
                cal::quarter(year, nth.into()).map(Draft::Period)
            }
            _ => within(c, ctx, whole),
        }
    });
    found.or(Some(Draft::Period(whole)))
}

/// What follows 第, 首, 前 when quarters are counted.
fn quarter(c: &mut Cursor, ctx: &Context, year: Option<i32>) -> Option<Draft> {
    let nth = match c.tok() {
        Tok::Num(num) => {
            c.bump();
            num.value
        }
        _ => 1,
    };
    c.zh(Zh::Piece);
    of_quarter(c, ctx, year, nth)
}

/// 季度 or 季度末 behind the number of a quarter.
fn of_quarter(c: &mut Cursor, ctx: &Context, year: Option<i32>, nth: u32) -> Option<Draft> {
    if c.zh(Zh::QuarterEnd) {
        return cal::quarter_end(ctx, year, nth).map(|day| Draft::Moment(Moment::day(day)));
    }
    let unit = c.eat(Tok::Unit(Unit::Quarter));
    unit.then(|| cal::quarter(year.unwrap_or(ctx.today.year()), nth).map(Draft::Period))?
}

fn half_year(year: i32, half: u8) -> Option<Draft> {
    let from = NaiveDate::from_ymd_opt(year, if half == 0 { 1 } else { 7 }, 1)?;
    Some(Draft::Period(Period::new(from, super::draft::plus_months(from, 6)?)))
}

/// 年底, 年初.
fn year_part(c: &mut Cursor, year: i32) -> Option<Draft> {
    let end = matches!(c.tok(), Tok::Zh(Zh::YearEnd | Zh::Bottom));
    c.bump();
    if end {
        return cal::year_end(year).map(|date| Draft::Moment(Moment::day(Day::fixed(date))));
    }
    let from = NaiveDate::from_ymd_opt(year, 1, 1)?;
    Some(Draft::Period(Period::new(from, super::draft::plus_months(from, 1)?)))
}

/// A number that begins a date: 2018年, 3月5日, 5号, 一季度.
fn number(c: &mut Cursor, ctx: &Context, num: Num) -> Option<Draft> {
    if matches!(num.form, Form::Ordinal | Form::Word) || !super::clock::starts_clean(*c) {
        return None;
    }
    c.bump();
    match c.tok() {
        Tok::Zh(Zh::Year) => {
            c.bump();
            if num.width == 4 && num.value >= 2200 {
                // 9999年12月31日: of no use to anybody.
                c.attempt(|c| {
                    c.num()?;
                    c.zh(Zh::Month).then_some(())?;
                    c.attempt(|c| c.num().and_then(|_| c.zh_of(&[Zh::Day, Zh::Number])));
                    Some(())
                });
                return Some(Draft::Never);
            }
            let value = cal::full_year(num.value, num.width).filter(|_| num.form != Form::Han)?;
            year(c, ctx, value, num.width == 2)
        }
        Tok::Zh(Zh::Month) => {
            c.bump();
            if num.value > 12 || num.value == 0 {
                return dated_never(c);
            }
            month(c, ctx, cal::month(ctx, None, num.value)?)
        }
        Tok::Zh(Zh::MonthEnd | Zh::MonthStart | Zh::MonthMiddle | Zh::Ten(_)) => {
            in_month(c, ctx, cal::month(ctx, None, num.value)?)
        }
        Tok::Zh(Zh::Number | Zh::Day) if num.form != Form::Digits => {
            let day = c.tok() == Tok::Zh(Zh::Day);
            c.bump();
            let both = day && num.form == Form::Han && num.value == 2;
            if !day_ends(*c) || both || num.value == 0 {
                return None;
            }
            if num.value > 31 {
                return (!day).then_some(Draft::Never);
            }
            cal::of_month(ctx, num.value).map(|day| Draft::Moment(Moment::day(day)))
        }
        Tok::Unit(Unit::Quarter) | Tok::Zh(Zh::QuarterEnd)
            if (1..=4).contains(&num.value) && !c.is_latin() =>
        {
            of_quarter(c, ctx, None, num.value)
        }
        _ => lone_year(*c, num),
    }
}

/// 2018 at the beginning, and nothing that it counts.
fn lone_year(c: Cursor, num: Num) -> Option<Draft> {
    let first = c.at == 1 && num.form == Form::Arabic && num.width == 4;
    let alone = c.tok() == Tok::End || c.gap() && c.tok() == Tok::Other;
    let value = cal::full_year(num.value, 4).filter(|year| (1990..2060).contains(year))?;
    let year = Period { bare: true, ..cal::year(value)? };
    (first && alone).then_some(Draft::Period(year))
}
