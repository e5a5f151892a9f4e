//! Lengths of time: 一个半小时, 1天20小时, `an hour and a half`. Knows no direction.

use super::cursor::Cursor;
use super::draft::Amount;
use crate::text::lex::{En, Form, Tok, Unit, Zh};

/// More terms are no length.
const TERMS_MAX: usize = 6;
/// What 几 and `few` stand for.
const FEW: f64 = 3.0;
/// Larger counts are no length of a plan.
const COUNT_MAX: f64 = 100_000.0;

const MINUTE_S: f64 = 60.0;
const HOUR_S: f64 = 3_600.0;
const DAY_S: f64 = 86_400.0;

/// Eats a length.
pub fn read(c: &mut Cursor) -> Option<Amount> {
    let mut sum = Amount::default();
    let mut terms = 0;
    while terms < TERMS_MAX {
        let Some(term) = c.attempt(|c| {
            if terms > 0 {
                joint(c);
            }
            term(c, terms > 0)
        }) else {
            break;
        };
        // The smaller unit follows the larger.
        if terms > 0 && term.grain_s >= sum.grain_s {
            return None;
        }
        sum.months += term.months;
        sum.days += term.days;
        sum.seconds += term.seconds;
        sum.workdays += term.workdays;
        sum.fine |= term.fine;
        sum.loose = (terms == 0 || sum.loose) && term.loose;
        sum.grain_s = term.grain_s;
        terms += 1;
    }
    if terms == 0 {
        return None;
    }
    tail(c, &mut sum);
    Some(sum)
}

/// What joins two terms.
fn joint(c: &mut Cursor) {
    if c.zh_of(&[Zh::Also, Zh::And]).is_some() || c.en(En::And) {
        return;
    }
    c.eat(Tok::Comma);
    c.en(En::And);
}

/// 半 behind a unit (三年半), `and a half` behind a unit, `2 hour and 10`.
fn tail(c: &mut Cursor, sum: &mut Amount) {
    let half = c.tok() == Tok::Half && !matches!(c.peek(1), Tok::Unit(_) | Tok::Zh(Zh::Piece));
    let english = c.sees(|c| {
        (c.en(En::And) && {
            c.en_of(&[En::A, En::LoneA]);
            c.en(En::Half)
        })
        .then_some(())
    });
    if half || english {
        match sum.grain_s {
            60 => sum.seconds += 30,
            3_600 => sum.seconds += 1_800,
            86_400 => {
                sum.seconds += 43_200;
                sum.fine = true;
            }
            31_536_000 => sum.months += 6,
            _ => return,
        }
        if half {
            c.bump();
        } else {
            c.en(En::And);
            c.en_of(&[En::A, En::LoneA]);
            c.bump();
        }
        return;
    }
    if sum.grain_s == 3_600 && c.before() == Tok::En(En::LoneH) {
        // 1h30, `2h 15` at the end.
        c.attempt(|c| {
            let glued = !c.gap();
            let num = c.num().filter(|num| num.form == Form::Arabic && num.value < 60)?;
            let ends = c.gap() || !matches!(c.tok(), Tok::Latin | Tok::En(_) | Tok::Colon);
            let whole = glued && num.width == 2 && ends || c.tok() == Tok::End;
            sum.seconds += whole.then_some(num.value * 60)?;
            Some(())
        });
        return;
    }
    if sum.grain_s == 3_600 {
        c.attempt(|c| {
            let num = c.en(En::And).then(|| c.num())??;
            let bare = !matches!(c.tok(), Tok::Unit(_) | Tok::En(_) | Tok::Colon | Tok::Num(_));
            sum.seconds += (bare && num.value < 60).then_some(num.value * 60)?;
            Some(())
        });
    }
}

/// A count and its unit.
fn term(c: &mut Cursor, behind: bool) -> Option<Amount> {
    let (count, counted) = count(c)?;
    // 交电费200 周五: the day stands apart; but 2 周一次.
    let week = c.tok() == Tok::Zh(Zh::Week) && c.gap_at(0) && !c.gap_at(1);
    if week && matches!(c.peek(1), Tok::Weekday(..)) && c.peek(2) != Tok::Zh(Zh::Times) {
        return None;
    }
    let (unit, loose) = unit(c, counted, behind)?;
    (count <= COUNT_MAX).then(|| amount(count, unit, loose))?
}

/// A count; whether a measure word followed, or it was a half, so that 月 is a length.
fn count(c: &mut Cursor) -> Option<(f64, Counted)> {
    match c.tok() {
        Tok::Half => {
            c.bump();
            let piece = c.zh(Zh::Piece);
            Some((0.5, if piece { Counted::Piece } else { Counted::Half }))
        }
        // 人数 周三: the word ends there.
        Tok::Zh(Zh::Few) if c.gap_at(1) => None,
        Tok::Zh(Zh::Few) => {
            c.bump();
            let piece = c.zh(Zh::Piece);
            Some((FEW, if piece { Counted::Piece } else { Counted::Plain }))
        }
        Tok::En(En::Half) => {
            c.bump();
            c.en_of(&[En::A, En::LoneA]);
            Some((0.5, Counted::Word))
        }
        Tok::En(En::A | En::LoneA | En::Another | En::All) => english_one(c),
        Tok::Num(num) if num.form != Form::Ordinal && num.form != Form::Digits => {
            c.bump();
            let mut count = f64::from(num.value);
            let arabic = num.form == Form::Arabic;
            if arabic
                && c.tok() == Tok::Dot
                && !c.gap_at(0)
                && let Tok::Num(part) = c.peek(1)
                && part.form == Form::Arabic
            {
                count += f64::from(part.value) / 10_f64.powi(part.width.into());
                c.at += 2;
            } else if c.tok() == Tok::Zh(Zh::Point)
                && let Tok::Num(part) = c.peek(1)
                && part.value < 10
                && matches!(c.peek(2), Tok::Unit(Unit::Minute | Unit::Hour | Unit::Day))
            {
                count += f64::from(part.value) / 10.0;
                c.at += 2;
            }
            if c.zh(Zh::Piece) {
                let half = c.eat(Tok::Half);
                return Some((count + if half { 0.5 } else { 0.0 }, Counted::Piece));
            }
            Some((count + english_part(c, num.form), counted(num.form, num.width)))
        }
        _ => None,
    }
}

/// How a count was written.
#[derive(Clone, Copy, PartialEq)]
enum Counted {
    /// With 个.
    Piece,
    /// 半.
    Half,
    /// In Chinese or with one or three digits.
    Plain,
    /// Two digits: perhaps a year.
    Year,
    /// Four digits: a year, if 年 follows.
    Date,
    /// In English.
    Word,
}

fn counted(form: Form, width: u8) -> Counted {
    match form {
        Form::Word => Counted::Word,
        Form::Arabic if width == 2 => Counted::Year,
        Form::Arabic if width == 4 => Counted::Date,
        Form::Arabic | Form::Han | Form::Digits | Form::Ordinal => Counted::Plain,
    }
}

/// `a`, `an`, `a couple of`, `another`, `all`, `full`.
fn english_one(c: &mut Cursor) -> Option<(f64, Counted)> {
    let word = c.tok();
    c.bump();
    c.eat(Tok::Dash);
    if c.en(En::Couple) {
        c.en(En::Of);
        return Some((2.0, Counted::Word));
    }
    if c.en(En::Few) {
        return Some((FEW, Counted::Word));
    }
    if c.en(En::Half) {
        return Some((0.5, Counted::Word));
    }
    if c.en(En::Quarter) {
        // `a quarter hour`, `a quarter of an hour`.
        c.en(En::Of);
        c.en_of(&[En::A, En::LoneA]);
        return Some((0.25, Counted::Word));
    }
    c.en(En::All);
    let whole = word == Tok::En(En::All);
    let second = c.tok() == Tok::En(En::Second)
        && matches!(c.peek(1), Tok::En(En::Ago | En::Later | En::From));
    let unit = matches!(c.tok(), Tok::Unit(_)) || second;
    (!whole || matches!(c.tok(), Tok::Unit(Unit::Week | Unit::Day | Unit::Month | Unit::Year)))
        .then_some(())?;
    unit.then_some((1.0, Counted::Word))
}

/// `and a half`, `and quarter`, `and two quarters` behind a count, `and four` behind twenty.
fn english_part(c: &mut Cursor, form: Form) -> f64 {
    let found = c.attempt(|c| {
        c.en(En::And).then_some(())?;
        if let Tok::Num(num) = c.tok() {
            c.bump();
            if c.eat(Tok::Unit(Unit::Quarter)) || c.en(En::Quarter) {
                return Some(f64::from(num.value) / 4.0);
            }
            let tens = form == Form::Word && num.form == Form::Word && num.value < 10;
            let unit = matches!(c.tok(), Tok::Unit(_));
            return (tens && unit).then_some(f64::from(num.value));
        }
        c.en_of(&[En::A, En::LoneA]);
        if c.en(En::Half) || c.eat(Tok::Half) {
            return Some(0.5);
        }
        c.en(En::Quarter).then_some(0.25)
    });
    // Only if a unit follows: not the 1 and of `1 and half past`.
    found.unwrap_or(0.0)
}

/// The unit, and whether it could be another thing.
fn unit(c: &mut Cursor, counted: Counted, behind: bool) -> Option<(Unit, bool)> {
    let glued = !c.gap();
    let next = c.peek(1);
    let found = match c.tok() {
        Tok::Unit(Unit::Weekend) => return None,
        Tok::Unit(Unit::Workday) => (Unit::Workday, false),
        Tok::Unit(unit) => (unit, false),
        Tok::En(En::Second) => (Unit::Second, false),
        Tok::En(En::Quarter) => (Unit::Quarter, false),
        Tok::En(En::Business) if matches!(next, Tok::Unit(Unit::Day)) => {
            c.bump();
            (Unit::Workday, false)
        }
        Tok::En(En::LoneM) => (Unit::Minute, false),
        Tok::En(En::LoneH) => (Unit::Hour, false),
        Tok::En(En::LoneD) if glued => (Unit::Day, false),
        Tok::En(En::LoneS) if glued => (Unit::Second, false),
        Tok::En(En::LoneW) if glued => (Unit::Week, false),
        Tok::En(En::LoneY) if glued => (Unit::Year, false),
        Tok::Zh(Zh::Week) => (Unit::Week, false),
        Tok::Zh(Zh::Year) if counted == Counted::Date => return None,
        Tok::Zh(Zh::Year) => (Unit::Year, counted == Counted::Year),
        Tok::Zh(Zh::Month) if counted == Counted::Piece => (Unit::Month, false),
        Tok::Zh(Zh::Day) => (Unit::Day, true),
        Tok::Zh(Zh::Hour) if behind => (Unit::Hour, false),
        Tok::Zh(Zh::Minute) => (Unit::Minute, true),
        Tok::Zh(Zh::Second) => (Unit::Second, false),
        Tok::Zh(Zh::Bell) if counted == Counted::Piece => (Unit::Hour, false),
        Tok::Zh(Zh::Quarter) if next == Tok::Zh(Zh::Bell) => {
            c.bump();
            (Unit::QuarterHour, false)
        }
        _ => return None,
    };
    c.bump();
    // 分之一 and 分店 are no minutes.
    if found.0 == Unit::Minute && found.1 && c.next_char() == Some('之') {
        return None;
    }
    Some(found)
}

/// So many of a unit.
pub fn of(count: f64, unit: Unit) -> Option<Amount> {
    amount(count, unit, false)
}

fn amount(count: f64, unit: Unit, loose: bool) -> Option<Amount> {
    let mut amount = Amount { loose, ..Amount::default() };
    let whole = |value: f64| (value.fract() == 0.0 && value >= 0.0).then_some(value as u32);
    let seconds = |amount: &mut Amount, unit_s: f64| {
        amount.seconds = (count * unit_s).round() as u32;
        amount.grain_s = unit_s as u32;
        amount.fine = true;
    };
    match unit {
        Unit::Second => seconds(&mut amount, 1.0),
        Unit::Minute => seconds(&mut amount, MINUTE_S),
        Unit::QuarterHour => seconds(&mut amount, 15.0 * MINUTE_S),
        Unit::Hour => seconds(&mut amount, HOUR_S),
        Unit::Day => {
            match whole(count) {
                Some(days) => amount.days = days,
                None => seconds(&mut amount, DAY_S),
            }
            amount.grain_s = 86_400;
        }
        Unit::Workday => {
            amount.workdays = whole(count)?;
            amount.grain_s = 86_400;
        }
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            amount.days = whole(count * if unit == Unit::Fortnight { 14.0 } else { 7.0 })?;
            amount.grain_s = 604_800;
        }
        Unit::Month => {
            match whole(count) {
                Some(months) => amount.months = months,
                None => {
                    amount.months = count.trunc() as u32;
                    amount.days = 15;
                }
            }
            amount.grain_s = 2_592_000;
        }
        Unit::Quarter => {
            amount.months = whole(count * 3.0)?;
            amount.grain_s = 7_776_000;
        }
        Unit::HalfYear => {
            amount.months = whole(count * 6.0)?;
            amount.grain_s = 15_552_000;
        }
        Unit::Year => {
            amount.months = whole(count * 12.0)?;
            amount.grain_s = 31_536_000;
        }
    }
    Some(amount)
}
