//! Clock times in digits, and the words behind them: `18:00`, `8.30pm`, `9 o'clock`. Reads no words
//! before them.

use super::cursor::Cursor;
use crate::text::clock::{Clock, Part};
use crate::text::lex::{En, Form, Num, Tok};

/// `am`, `p.m.`, directly or behind a blank.
pub fn half(c: &mut Cursor) -> Option<Part> {
    c.attempt(|c| {
        let gap = c.gap();
        let part = match c.tok() {
            Tok::En(En::Am) => Part::Am,
            Tok::En(En::Pm) => Part::Pm,
            Tok::En(En::LoneA) => Part::Am,
            Tok::En(En::LoneP) => Part::Pm,
            _ => return None,
        };
        let lone = matches!(c.tok(), Tok::En(En::LoneA | En::LoneP));
        c.bump();
        if lone && c.tok() == Tok::Dot && c.peek(1) == Tok::En(En::LoneM) {
            c.at += 2;
            if !c.gap() || matches!(c.peek(1), Tok::End) {
                c.eat(Tok::Dot);
            }
            return Some(part);
        }
        // A lone p stands only at the number: 3p.
        let ends = c.gap() || !matches!(c.tok(), Tok::Latin | Tok::Num(_) | Tok::En(_));
        (ends && !(gap && lone)).then_some(part)
    })
}

/// `18:00`, `7:56:30`, `6pm`, `8.30pm`, `1140 a.m.`, `9 o'clock`.
pub fn digital(c: &mut Cursor, told: bool) -> Option<Clock> {
    let num = c.num().filter(|num| num.form == Form::Arabic)?;
    let exact = padded(num) || num.value == 0;
    if matches!(num.width, 3 | 4) {
        // 1140 a.m.
        let clock = Clock::at(num.value / 100, num.value % 100);
        return c.sees(half).then_some(clock);
    }
    if num.width > 2 {
        return None;
    }
    let mut clock = Clock { exact, ..Clock::at(num.value, 0) };
    let dotted = c.tok() == Tok::Dot;
    if (dotted || c.tok() == Tok::Colon) && matches!(c.peek(1), Tok::Num(_)) {
        // 下午5 :00 is not written; a blank after the colon is not a time.
        if c.gap() || c.gap_at(1) {
            return None;
        }
        c.bump();
        clock.minute = two(c)?;
        if !dotted && c.tok() == Tok::Colon && matches!(c.peek(1), Tok::Num(_)) {
            c.bump();
            clock.second = two(c)?;
            clock.seconds = true;
        }
        if !c.sees(half) && (dotted || !minutes_end(*c)) {
            return None;
        }
        return Some(clock);
    }
    if o_clock(c) {
        return Some(clock);
    }
    let mut behind = *c;
    let half = half(&mut behind)?;
    // On its own, 3p may be pages and 3a a room.
    let lone = matches!(c.tok(), Tok::En(En::LoneA | En::LoneP)) && behind.at == c.at + 1;
    let _ = half;
    (!lone || told || matches!(behind.tok(), Tok::End | Tok::Dash)).then_some(clock)
}

/// Whether it was written with a leading zero, as 09.
pub fn padded(num: Num) -> bool {
    num.width == 2 && num.value < 10
}

fn two(c: &mut Cursor) -> Option<u32> {
    c.num().filter(|num| num.form == Form::Arabic && num.width == 2).map(|num| num.value)
}

/// Eats `o'clock`; whether it did.
pub fn o_clock(c: &mut Cursor) -> bool {
    c.attempt(|c| {
        let o = c.en(En::Clock);
        c.eat(Tok::Other);
        (o && (c.en(En::Clock) || c.before() == Tok::En(En::Clock))).then_some(())
    })
    .is_some()
}

/// 18:00 goes on in 18:00:1, 18:00x, 18:00% and 18:00.5.
fn minutes_end(c: Cursor) -> bool {
    if c.gap() {
        return true;
    }
    match c.tok() {
        Tok::Colon | Tok::Sign | Tok::Slash | Tok::Latin => false,
        Tok::Dot => !matches!(c.peek(1), Tok::Num(_)) || c.gap_at(1),
        _ => true,
    }
}

/// Whether the number before this sign begins a list: `1、准备 2、订`, `1. prepare 2. book`.
fn numbers_a_list(c: Cursor) -> bool {
    let sign = c.tok();
    let first = matches!(c.before(), Tok::Num(num) if num.form == Form::Arabic && num.value == 1);
    if !first || c.gap() || !matches!(sign, Tok::Pause | Tok::Dot | Tok::Close) {
        return false;
    }
    if sign == Tok::Pause {
        return !matches!(c.peek(1), Tok::Num(_) | Tok::Part(_) | Tok::End);
    }
    (1..LIST_TOKENS_MAX).any(|n| {
        let second = matches!(c.peek(n), Tok::Num(num) if num.value == 2);
        second && c.peek(n + 1) == sign && !c.gap_at(n + 1)
    })
}

/// How far the second item of a list is looked for, in tokens: a line of text.
const LIST_TOKENS_MAX: usize = 80;

/// Whether an hour without 点 may end here.
pub fn bare_ends(c: Cursor) -> bool {
    if numbers_a_list(c) {
        return false;
    }
    match c.tok() {
        Tok::End | Tok::Break | Tok::Close | Tok::Part(_) | Tok::DayPart(..) | Tok::DayWord(_) => {
            true
        }
        Tok::Comma | Tok::Pause => true,
        Tok::Dot => !matches!(c.peek(1), Tok::Num(_)),
        Tok::Dash => matches!(c.peek(1), Tok::Num(_)),
        Tok::En(En::Of) => false,
        Tok::En(_) | Tok::Weekday(..) | Tok::Latin => c.gap(),
        Tok::Other => c.next_char() == Some('\'') || c.gap(),
        Tok::Zone(_) => true,
        _ => false,
    }
}
