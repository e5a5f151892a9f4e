//! Dates in digits: `2026-12-01`, `12/1`, `2010.01.29`, `10/Aug/2012`. A month comes first where
//! only two numbers stand, unless that is impossible.

use chrono::NaiveDate;

use super::calendar::{dated, full_year, month};
use super::cursor::Cursor;
use super::draft::{Context, Draft, Moment};
use crate::text::lex::{Form, Num, Tok, Zh};

/// Eats a date in digits.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let clean = c.gap()
        || !matches!(
            c.before(),
            Tok::Latin | Tok::Sign | Tok::Num(_) | Tok::Dot | Tok::Slash | Tok::Plus | Tok::Name
        );
    // 133-03-03-2020 is a code, `9月21号~9/22` a stretch.
    let coded = c.before() == Tok::Dash && !c.gap() && {
        let mut before = *c;
        before.at = c.at.saturating_sub(2);
        matches!(before.tok(), Tok::Num(num) if num.form == Form::Arabic)
            && !matches!(before.before(), Tok::Slash | Tok::Dot | Tok::Colon)
            && !matches!(c.tok(), Tok::Num(num) if num.width == 4)
    };
    if !clean || coded {
        return None;
    }
    let dotted = |c: &mut Cursor| if ctx.command { dotted(c, ctx) } else { None };
    c.attempt(|c| three(c, ctx))
        .or_else(|| c.attempt(|c| two(c, ctx)))
        .or_else(|| c.attempt(dotted))
}

fn arabic(c: &mut Cursor) -> Option<Num> {
    c.num().filter(|num| num.form == Form::Arabic)
}

/// The sign between the numbers; blanks around it only if it is a slash or nothing.
fn sign(c: &mut Cursor) -> Option<Tok> {
    let tok = c.tok();
    if matches!(tok, Tok::Num(_)) && c.gap() {
        return Some(Tok::Break);
    }
    if !matches!(tok, Tok::Dash | Tok::Slash | Tok::Dot) {
        return None;
    }
    c.bump();
    Some(tok)
}

/// Year, month and day in one of three orders.
fn three(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let first = arabic(c)?;
    if first.width == 8 {
        // 20160903.
        let (year, month) = (first.value / 10_000, first.value / 100 % 100);
        let date = NaiveDate::from_ymd_opt(full_year(year, 4)?, month, first.value % 100)?;
        let day = super::draft::Day::fixed(date);
        return ends(c).then_some(Draft::Moment(Moment::day(day)));
    }
    let gap_before = c.gap();
    let between = sign(c)?;
    let gap_behind = c.gap();
    let spaced = between != Tok::Break && (gap_before || gap_behind);
    if spaced && between != Tok::Slash {
        return None;
    }
    let second = match c.tok() {
        Tok::Month(month, _) => {
            c.bump();
            Num { value: month.into(), width: 2, form: Form::Ordinal }
        }
        _ => arabic(c)?,
    };
    let named = second.form == Form::Ordinal;
    if c.tok() != between && between != Tok::Break || sign(c)? != between {
        return None;
    }
    let third = arabic(c)?;
    if second.width > 2 || third.width > 4 {
        return None;
    }
    let year_first = first.width == 4;
    let (year, month, day) = if year_first {
        match full_year(first.value, 4) {
            Some(year) => (year, second, third),
            // 9999-12-31: of no use to anybody.
            None if between == Tok::Dash && second.width < 3 && third.width < 3 && ends(c) => {
                return Some(Draft::Never);
            }
            None => return None,
        }
    } else {
        let year = full_year(third.value, third.width).filter(|_| between != Tok::Break)?;
        // Two digits of a year need a whole look: 12-30-16, not 1.2.16.
        let plain =
            third.width == 4 || first.width == 2 && second.width == 2 && between != Tok::Dot;
        if !plain {
            return None;
        }
        let day_first = named || first.value > 12 || between == Tok::Dot && european(ctx);
        if day_first { (year, second, first) } else { (year, first, second) }
    };
    let (month, day) = (month.value, day);
    if day.width > 2 || between == Tok::Break && !year_first || !ends(c) {
        return None;
    }
    c.attempt(|c| c.zh_of(&[Zh::Number, Zh::Day]).map(|_| ()));
    // T between date and time.
    if c.tok() == Tok::Latin && c.next_char() == Some('t') && matches!(c.peek(1), Tok::Num(_)) {
        c.bump();
    }
    Some(match NaiveDate::from_ymd_opt(year, month, day.value) {
        Some(date) => Draft::Moment(Moment::day(super::draft::Day::fixed(date))),
        None => Draft::Never,
    })
}

/// Whether the number ends here and is not part of a longer code.
fn ends(c: &Cursor) -> bool {
    if c.gap() {
        return true;
    }
    match c.tok() {
        Tok::Dash | Tok::Slash => {
            !matches!(c.peek(1), Tok::Num(_)) || c.gap_at(1) || whole_date(*c)
        }
        Tok::Dot => !matches!(c.peek(1), Tok::Num(_)) || c.gap_at(1),
        Tok::Latin => c.next_char() == Some('t') && matches!(c.peek(1), Tok::Num(_)),
        Tok::Sign | Tok::Num(_) => false,
        _ => true,
    }
}

/// Whether a date of the same kind follows the dash: 5/1/2019-5/7/2020.
fn whole_date(c: Cursor) -> bool {
    let digits = |n: usize| matches!(c.peek(n), Tok::Num(num) if num.form == Form::Arabic);
    let sign = |n: usize| matches!(c.peek(n), Tok::Slash | Tok::Dot | Tok::Dash);
    matches!(c.tok(), Tok::Dash | Tok::Zh(Zh::To)) && digits(1) && sign(2) && digits(3)
}

/// What a number is of when it stands behind these: 版本 11.30, 单价 12.20.
const NUMBERED: &str = "本价格额率分约共元号版量费比数均重长高宽温";

/// `11.30` with blanks around it, two digits for the day, or with 前 behind it.
fn dotted(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let open = c.gap() || matches!(c.before(), Tok::Break | Tok::Comma | Tok::Zh(Zh::Due));
    let led = c.before() == Tok::Zh(Zh::Due);
    let named = c.at.checked_sub(1).is_some_and(|at| {
        let mut before = *c;
        before.at = at;
        let last = before.chars().last();
        before.is_latin() || last.is_some_and(|last| NUMBERED.contains(last))
    });
    let first = arabic(c).filter(|num| num.width <= 2)?;
    (!c.gap() && c.eat(Tok::Dot) && !c.gap()).then_some(())?;
    let second = arabic(c).filter(|num| num.width <= 2)?;
    let european = european(ctx);
    // 5.12. is written so where the day comes first.
    let dot = c.attempt(|c| {
        let ends = !c.gap() && (c.gap_at(1) || matches!(c.peek(1), Tok::End | Tok::Break));
        (ends && c.eat(Tok::Dot)).then_some(())
    });
    let dotted = european && dot.is_some();
    let (month, day) = if european { (second, first) } else { (first, second) };
    let marked = matches!(c.tok(), Tok::Zh(Zh::Front | Zh::Before | Zh::Due)) && !c.gap();
    let numbered = !c.gap() && c.zh(Zh::Number);
    // 截止日期 12.5, 12.5前, 12.5号.
    (second.width == 2 || dotted || marked || led || numbered).then_some(())?;
    let closed =
        marked || numbered || c.gap() || matches!(c.tok(), Tok::End | Tok::Break | Tok::Comma);
    (open && closed && (marked || dotted || !named)).then_some(())?;
    dated(ctx, None, month.value, day.value).map(|day| Draft::Moment(Moment::day(day)))
}

/// Whether a day comes before its month where dots are between them.
fn european(ctx: &Context) -> bool {
    ctx.zone.name().starts_with("Europe/")
}

/// Whether a date in digits stands before the sign that stands before: 12/24-12/26.
fn is_second_end(mut c: Cursor) -> bool {
    let joined = matches!(c.before(), Tok::Dash | Tok::Zh(Zh::To)) && c.at >= 4;
    c.at = c.at.saturating_sub(4);
    let num = |n: usize| matches!(c.peek(n), Tok::Num(num) if num.form == Form::Arabic);
    joined && num(0) && c.peek(1) == Tok::Slash && num(2)
}

/// Whether a colon behind the word for a deadline stands before: 截止：12/4.
fn is_labelled(mut c: Cursor) -> bool {
    let colon = c.before() == Tok::Colon && c.at >= 2;
    c.at = c.at.saturating_sub(1);
    colon && matches!(c.before(), Tok::Zh(Zh::Due))
}

/// Month and day, or month and year: `7/14`, `6-3`, `09-15`, 11/3号, `12-2015`, `11 / 2016`.
fn two(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let (lead, open) = (c.before(), c.gap());
    let labelled = is_second_end(*c) || is_labelled(*c);
    let first = arabic(c)?;
    let gap = c.gap();
    let between = c.tok();
    if !matches!(between, Tok::Dash | Tok::Slash) {
        return None;
    }
    c.bump();
    let spaced = gap || c.gap();
    let second = arabic(c)?;
    if second.width == 4 && first.width <= 2 && (1..=12).contains(&first.value) {
        if between == Tok::Dash && spaced {
            return None;
        }
        let year = full_year(second.value, 4)?;
        return ends(c).then(|| month(ctx, Some(year), first.value).map(Draft::Period))?;
    }
    if first.width == 4 && second.width == 2 && between == Tok::Dash && !spaced {
        let year = full_year(first.value, 4)?;
        return ends(c).then(|| month(ctx, Some(year), second.value).map(Draft::Period))?;
    }
    if spaced || first.width > 2 || second.width > 2 || !ends(c) {
        return None;
    }
    let numbered = c.zh_of(&[Zh::Number, Zh::Day]).is_some();
    let (month, day) = if first.value > 12 && second.width == 2 {
        (second.value, first.value)
    } else {
        (first.value, second.value)
    };
    // 1/2杯, 进度3/5, 5-7: numbers that only look so need a sign that they are a date.
    let padded = first.width == 2 && second.width == 2;
    let led = matches!(
        lead,
        Tok::Weekday(..)
            | Tok::Zh(Zh::Due | Zh::In | Zh::From)
            | Tok::Close
            | Tok::En(
                crate::text::lex::En::On | crate::text::lex::En::By | crate::text::lex::En::From
            )
    );
    let led = led || labelled;
    let begins = lead == Tok::End;
    let joined = matches!(c.tok(), Tok::Dash | Tok::Zh(Zh::To)) && whole_date(*c);
    let alone = matches!(c.tok(), Tok::End) || c.gap() || joined;
    let timed =
        matches!(c.tok(), Tok::Num(_) | Tok::Part(_) | Tok::Zh(Zh::Front | Zh::Before | Zh::Due));
    let sure = match between {
        Tok::Slash => numbered || led || timed || begins && alone || alone && open,
        _ => numbered || led || begins && alone || padded && alone && open,
    };
    // 3-4pm is a stretch, 2/3 of it a fraction.
    let clock = between == Tok::Dash && c.sees(super::clock_digits::half);
    let part = matches!(c.tok(), Tok::Zh(Zh::Of) | Tok::En(crate::text::lex::En::Of));
    if clock || part && !padded {
        return None;
    }
    if !sure || day > 31 || month > 12 || month == 0 || day == 0 {
        return None;
    }
    Some(match dated(ctx, None, month, day) {
        Some(day) => Draft::Moment(Moment::day(day)),
        None => Draft::Never,
    })
}
