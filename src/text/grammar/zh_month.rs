//! The days of a month on which something repeats, in Chinese: 1号和15号, 最后一天, 第三个星期五.

use super::cursor::Cursor;
use crate::model::recurrence::MonthDay;
use crate::text::lex::{Form, Tok, Unit, Zh};

/// 每月32号.
pub fn impossible_day(c: &mut Cursor) -> bool {
    c.num().is_some() && c.zh_of(&[Zh::Number, Zh::Day]).is_some()
}

/// The days behind a month: none, 1号和15号, 最后一天, 第三个星期五. `None` if there is no such day.
pub fn month_days(c: &mut Cursor) -> Option<Vec<MonthDay>> {
    let mut days = Vec::new();
    while days.len() < 12 {
        let more = c.attempt(|c| {
            if days.is_empty() {
                c.zh_of(&[Zh::Of, Zh::In]);
            } else {
                // 15号30号, side by side.
                let row = matches!(c.tok(), Tok::Num(_))
                    && !c.gap()
                    && matches!(c.peek(1), Tok::Zh(Zh::Number | Zh::Day));
                (row || c.zh(Zh::And) || c.eat(Tok::Pause) || c.eat(Tok::Comma)).then_some(())?;
                c.attempt(|c| (c.zh(Zh::Every) && c.zh(Zh::Month)).then_some(()));
            }
            month_day(c)
        });
        let Some(day) = more else { break };
        days.push(day?);
    }
    if days.is_empty() && c.sees(|c| impossible_day(c).then_some(())) {
        return None;
    }
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// One day; `Some(None)` if no month has it.
fn month_day(c: &mut Cursor) -> Option<Option<MonthDay>> {
    if c.zh_of(&[Zh::Bottom, Zh::MonthEnd]).is_some() {
        return Some(Some(MonthDay::Day(-1)));
    }
    if let Tok::Num(num) = c.tok() {
        c.bump();
        let marked = c.zh_of(&[Zh::Number, Zh::Day]).is_some();
        let listed = matches!(c.tok(), Tok::Pause | Tok::Zh(Zh::And) | Tok::Comma);
        let end = c.gap() || c.tok() == Tok::End;
        if !marked && !listed && !end || num.form == Form::Digits {
            return None;
        }
        let day = i32::try_from(num.value).ok().filter(|day| (1..=31).contains(day));
        return Some(day.map(MonthDay::Day));
    }
    let first = c.zh_of(&[Zh::Nth, Zh::Last, Zh::FromEnd, Zh::First])?;
    if first == Zh::FromEnd {
        c.zh(Zh::Nth);
    }
    let count = match c.tok() {
        Tok::Num(num) => {
            c.bump();
            i32::try_from(num.value).ok().filter(|n| (1..=31).contains(n))?
        }
        _ => 1,
    };
    c.zh(Zh::Piece);
    // 最后一周的周五, 最后的周五.
    let week = c.tok() == Tok::Zh(Zh::Week) && c.peek(1) == Tok::Zh(Zh::Of);
    if week && first == Zh::Last && count == 1 && matches!(c.peek(3), Tok::Weekday(..)) {
        c.bump();
    }
    c.zh(Zh::Of);
    let nth = if matches!(first, Zh::Last | Zh::FromEnd) { -count } else { count };
    let unit = c.tok();
    c.bump();
    Some(Some(match unit {
        Tok::Unit(Unit::Day) | Tok::Zh(Zh::Day) => MonthDay::Day(nth),
        Tok::Unit(Unit::Workday) => MonthDay::Workday(nth),
        Tok::Zh(Zh::Week) => {
            let Tok::Weekday(day, false) = c.tok() else { return None };
            c.bump();
            MonthDay::Weekday(nth, day.num_days_from_monday())
        }
        _ => return None,
    }))
}
