//! Days of the week side by side behind 周: 一三五, 一、三、五, 一到五.

use chrono::Weekday;

use super::cursor::Cursor;
use crate::text::lex::{Form, Tok, Unit, Zh};
use crate::text::weekday::in_order;

/// 一三五, 一、三、五, 一到五, 六日 behind 周.
pub fn list(c: &mut Cursor) -> Option<Vec<Weekday>> {
    let Tok::Weekday(first, false) = c.tok() else { return None };
    c.bump();
    let to = c.attempt(|c| {
        (c.zh(Zh::To) || c.eat(Tok::Dash)).then_some(())?;
        c.zh(Zh::Week);
        weekday(c)
    });
    if let Some(last) = to {
        let (from, to) = (first.num_days_from_monday(), last.num_days_from_monday());
        let days = (from..=to).filter_map(|n| Weekday::try_from(n as u8).ok()).collect();
        return (from < to).then_some(days);
    }
    let mut days = vec![first];
    while days.len() < 7 {
        let more = c.attempt(|c| {
            if let Tok::Weekday(day, false) = c.tok() {
                c.bump();
                return Some(day);
            }
            (c.zh(Zh::And) || c.eat(Tok::Pause) || c.eat(Tok::Comma) || c.eat(Tok::Slash))
                .then_some(())?;
            c.zh(Zh::Every);
            c.zh(Zh::Week);
            weekday(c)
        });
        let Some(more) = more else { break };
        days.push(more);
    }
    Some(in_order(days))
}

/// A weekday, also without 周 before it; not the hour of 三点.
fn weekday(c: &mut Cursor) -> Option<Weekday> {
    match c.tok() {
        Tok::Weekday(day, false) => {
            c.bump();
            Some(day)
        }
        Tok::Num(num) if matches!(num.form, Form::Han | Form::Arabic) && num.width == 1 => {
            c.bump();
            let other = matches!(
                c.tok(),
                Tok::Zh(Zh::Point | Zh::Number | Zh::Month | Zh::Hour | Zh::Piece | Zh::Times)
                    | Tok::Colon
                    | Tok::Unit(_)
            );
            let day = num.value.checked_sub(1).and_then(|n| u8::try_from(n).ok())?;
            (!other && num.value <= 6).then(|| Weekday::try_from(day).ok())?
        }
        Tok::Zh(Zh::Day) | Tok::Unit(Unit::Day) => {
            c.bump();
            Some(Weekday::Sun)
        }
        _ => None,
    }
}
