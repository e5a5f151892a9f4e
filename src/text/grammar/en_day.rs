//! Days and stretches of days in English: `next Friday`, `the 14th of August`, `3rd Tuesday of
//! March`, `end of next month`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar as cal;
use super::cursor::Cursor;
use super::draft::{Context, Day, Draft, Flex, Moment, Period, plus_days};
use super::en_date::{month_first, month_tail, number};
use super::en_within::{nth, quarter};
use super::en_words::{ordinal, year};
use super::feast;
use crate::text::clock::Part;
use crate::text::lex::{En, Form, Tok, Unit};
use crate::text::workday;

/// Eats a day or a stretch of days.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    c.attempt(|c| nth(c, ctx))
        .or_else(|| c.attempt(|c| end_of(c, ctx)))
        .or_else(|| c.attempt(|c| quarter(c, ctx)))
        .or_else(|| c.attempt(|c| plain(c, ctx)))
}

fn moment(date: NaiveDate) -> Draft {
    Draft::Moment(Moment::day(Day::fixed(date)))
}

fn near(date: NaiveDate) -> Draft {
    Draft::Moment(Moment::day(Day::near(date)))
}

fn plain(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let the = c.en(En::The) || c.en(En::My);
    match c.tok() {
        Tok::DayWord(days) if !the => {
            c.bump();
            plus_days(ctx.today, days.into()).map(near)
        }
        Tok::DayPart(days, part) if !the => {
            c.bump();
            let day = Day::near(plus_days(ctx.today, days.into())?);
            Some(Draft::Moment(Moment { day: Some(day), part: Some(part), ..Moment::default() }))
        }
        Tok::Weekday(day, false) if c.is_latin() => {
            c.bump();
            weekday(c, ctx, day)
        }
        Tok::Month(month, sure) => {
            c.bump();
            month_first(c, ctx, month.into(), sure)
        }
        Tok::Num(num) => number(c, ctx, num, the),
        Tok::Festival(found) => {
            c.bump();
            c.eat(Tok::Comma);
            let year = c.attempt(year);
            feast::day(ctx, found, year).map(|day| Draft::Moment(Moment::day(day)))
        }
        Tok::Unit(Unit::Weekend) => {
            c.bump();
            cal::weekend(ctx, 0).map(Draft::Period)
        }
        Tok::Unit(Unit::Week) if c.peek(1) == Tok::Dash && c.peek(2) == Tok::En(En::End) => {
            c.at += 3;
            cal::weekend(ctx, 0).map(Draft::Period)
        }
        // `by month end`; `month end report` is a name.
        Tok::Unit(unit @ (Unit::Month | Unit::Quarter | Unit::Year))
            if matches!(c.before(), Tok::En(En::By | En::Before)) =>
        {
            c.bump();
            end_behind(c, ctx, unit)
        }
        // `the day before yesterday`, `the day after Christmas`.
        Tok::Unit(Unit::Day) if the || matches!(c.peek(2), Tok::DayWord(_)) => {
            c.bump();
            let after = c.en_of(&[En::Before, En::After])? == En::After;
            let from = match c.tok() {
                Tok::DayWord(days) => {
                    c.bump();
                    i64::from(days)
                }
                _ => match c.attempt(|c| read(c, ctx)) {
                    Some(Draft::Moment(Moment { day: Some(day), .. })) => {
                        (day.date - ctx.today).num_days()
                    }
                    Some(_) => return None,
                    None if ctx.past && !after => 0,
                    None => return None,
                },
            };
            plus_days(ctx.today, from + if after { 1 } else { -1 }).map(near)
        }
        Tok::Unit(Unit::Year) if the => {
            c.bump();
            cal::year(c.attempt(year)?).map(Draft::Period)
        }
        Tok::En(_) => relative(c, ctx),
        _ => None,
    }
}

/// `next`, `last`, `this` and what they count: a flat table.
#[expect(clippy::too_many_lines, reason = "a flat table")]
fn relative(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let word = c.en_of(&[En::Next, En::Last, En::This, En::Previous, En::Coming, En::Past])?;
    let away = match word {
        En::Next => 1,
        En::This | En::Coming => 0,
        _ => -1,
    };
    c.en(En::Long);
    match c.tok() {
        Tok::Weekday(day, _) => {
            c.bump();
            // `this Wednesday` is of this week, `coming` and `previous` are counted from today.
            match word {
                En::Coming => cal::weekday(&Context { past: false, ..*ctx }, day)
                    .map(|day| Draft::Moment(Moment::day(Day { flex: Flex::Relative, ..day }))),
                _ => cal::of_week(ctx, away, day).map(|day| Draft::Moment(Moment::day(day))),
            }
        }
        Tok::Unit(Unit::Week) => {
            c.bump();
            if c.peek(1) == Tok::En(En::End) && c.eat(Tok::Dash) {
                c.bump();
                return cal::weekend(ctx, away).map(Draft::Period);
            }
            // `this week Friday`.
            if let Tok::Weekday(day, false) = c.tok() {
                c.bump();
                let day = cal::of_week(ctx, away, day)?;
                return Some(Draft::Moment(Moment::day(day)));
            }
            cal::week(ctx, away).map(Draft::Period)
        }
        Tok::Unit(Unit::Weekend) => {
            c.bump();
            cal::weekend(ctx, away).map(Draft::Period)
        }
        Tok::Unit(Unit::Month) => {
            c.bump();
            cal::month_away(ctx, away).map(|p| Draft::Period(Period { bare: false, ..p }))
        }
        Tok::Unit(Unit::Quarter) | Tok::En(En::Quarter) => {
            c.bump();
            cal::quarter_away(ctx, away).map(Draft::Period)
        }
        Tok::Unit(Unit::Year) => {
            c.bump();
            cal::year(ctx.today.year() + away).map(Draft::Period)
        }
        Tok::Unit(Unit::Day) if away != 0 => {
            c.bump();
            plus_days(ctx.today, away.into()).map(near)
        }
        Tok::Unit(Unit::Workday) if away != 0 => {
            c.bump();
            workday::away(ctx.calendar, ctx.today, away).map(moment)
        }
        Tok::En(En::Business | En::Weekday) if away != 0 => {
            let weekday = c.tok() == Tok::En(En::Weekday);
            c.bump();
            (weekday || c.eat(Tok::Unit(Unit::Day))).then_some(())?;
            workday::away(ctx.calendar, ctx.today, away).map(moment)
        }
        Tok::Part(part) => {
            c.bump();
            let day = Day::near(plus_days(ctx.today, away.into())?);
            Some(Draft::Moment(Moment { day: Some(day), part: Some(part), ..Moment::default() }))
        }
        Tok::Month(month, true) => {
            c.bump();
            let this = cal::month(ctx, None, month.into())?;
            let year = match word {
                En::Next if this.from.year() == ctx.today.year() => this.from.year() + 1,
                En::Next => this.from.year(),
                En::This | En::Coming => this.from.year(),
                _ if ctx.today.month() > month.into() => ctx.today.year(),
                _ => ctx.today.year() - 1,
            };
            month_tail(c, ctx, month.into(), Some(year))
        }
        _ => None,
    }
}

/// A weekday and what is said of it: `Friday the 26th`, `Wednesday next week`, `Tuesday, next
/// week`.
fn weekday(c: &mut Cursor, ctx: &Context, weekday: Weekday) -> Option<Draft> {
    let of_week = c.attempt(|c| {
        c.eat(Tok::Comma);
        c.en(En::Of);
        c.en(En::The);
        let away = match c.en_of(&[En::Next, En::This, En::Last, En::Previous, En::Coming])? {
            En::Next | En::Coming => 1,
            En::This => 0,
            _ => -1,
        };
        c.eat(Tok::Unit(Unit::Week)).then_some(away)
    });
    if let Some(away) = of_week {
        return cal::of_week(ctx, away, weekday).map(|day| Draft::Moment(Moment::day(day)));
    }
    let ordinal = c.attempt(|c| {
        c.eat(Tok::Comma);
        c.en(En::The).then_some(())?;
        let num = ordinal(c)?;
        // `Friday the 3rd of May` goes on as a date of its own.
        let goes_on = matches!(c.tok(), Tok::En(En::Of) | Tok::Month(..));
        (!goes_on).then_some(num)
    });
    if let Some(day) = ordinal {
        return agreeing(ctx, weekday, day).map(moment);
    }
    let day = cal::weekday(ctx, weekday)?;
    // `Friday week` is the one behind the next.
    let week = c.attempt(|c| {
        (c.eat(Tok::Unit(Unit::Week)) && c.chars().last() != Some('s')).then_some(())?;
        let ends = matches!(c.tok(), Tok::End | Tok::Break | Tok::Comma | Tok::Num(_) | Tok::En(_));
        ends.then_some(())
    });
    if week.is_some() {
        let date = plus_days(day.date, 7)?;
        return Some(Draft::Moment(Moment::day(Day { date, flex: Flex::Relative })));
    }
    // `Friday from now`, `next tuesday +10 days` are counted elsewhere.
    Some(Draft::Moment(Moment::day(day)))
}

/// The next (or latest) day with this number that is this weekday.
fn agreeing(ctx: &Context, weekday: Weekday, day: u32) -> Option<NaiveDate> {
    let first = ctx.today.with_day(1)?;
    (0..48).find_map(|n| {
        let month = super::draft::plus_months(first, if ctx.past { -n } else { n })?;
        let date = month.with_day(day)?;
        let side = if ctx.past { date <= ctx.today } else { date >= ctx.today };
        (side && date.weekday() == weekday).then_some(date)
    })
}

/// The end of this month, quarter or year, where `end` stands behind its unit.
fn end_behind(c: &mut Cursor, ctx: &Context, unit: Unit) -> Option<Draft> {
    c.eat(Tok::Dash);
    c.en(En::End).then_some(())?;
    let of = match unit {
        Unit::Month => cal::month_away(ctx, 0)?,
        Unit::Quarter => cal::quarter_away(ctx, 0)?,
        _ => cal::year(ctx.today.year())?,
    };
    Some(moment(of.last()))
}

/// `end of the month`, `EOM`, `end of next week`, `the end of 2026`.
fn end_of(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    c.en(En::The);
    if let Tok::En(En::EndOf(what)) = c.tok()
        && what > 0
    {
        c.bump();
        let of = match what {
            1 => {
                // The week ends on its Friday for those who write EOW.
                return cal::of_week(ctx, 0, Weekday::Fri)
                    .map(|day| Draft::Moment(Moment::day(day)));
            }
            2 => cal::month_away(ctx, 0)?,
            3 => cal::quarter_away(ctx, 0)?,
            _ => cal::year(ctx.today.year())?,
        };
        return Some(moment(of.last()));
    }
    let start = c.en_of(&[En::End, En::Start])? == En::Start;
    c.en(En::Of);
    c.en(En::The);
    let of = match c.tok() {
        Tok::Unit(Unit::Week) => {
            c.bump();
            cal::week(ctx, 0)?
        }
        Tok::Unit(Unit::Month) => {
            c.bump();
            cal::month_away(ctx, 0)?
        }
        Tok::Unit(Unit::Quarter) | Tok::En(En::Quarter) => {
            c.bump();
            cal::quarter_away(ctx, 0)?
        }
        Tok::Unit(Unit::Year) => {
            c.bump();
            cal::year(ctx.today.year())?
        }
        Tok::Month(month, _) => {
            c.bump();
            let Draft::Period(of) = month_tail(c, ctx, month.into(), None)? else { return None };
            of
        }
        Tok::Num(num) if num.form == Form::Arabic => cal::year(year(c)?)?,
        Tok::En(En::QuarterOf(_)) | Tok::Num(_) => {
            let Draft::Period(of) = quarter(c, ctx)? else { return None };
            of
        }
        _ => match relative(c, ctx)? {
            Draft::Period(of) => of,
            Draft::Moment(Moment { part: None, day: Some(day), .. }) => {
                Period::new(day.date, plus_days(day.date, 1)?)
            }
            _ => return None,
        },
    };
    Some(moment(if start { of.from } else { of.last() }))
}

/// Whether a part of the day alone is meant: `in the morning`.
pub fn part(c: &mut Cursor) -> Option<Part> {
    c.attempt(|c| {
        c.en_of(&[En::In, En::At, En::During]);
        c.en(En::The);
        match c.tok() {
            Tok::Part(part) if c.is_latin() => {
                c.bump();
                Some(part)
            }
            _ => None,
        }
    })
}
