//! The minutes of a clock time in Chinese: 半, 一刻, 二十, 05分30秒.

use super::cursor::Cursor;
use crate::text::clock::Clock;
use crate::text::lex::{Form, Tok, Unit, Zh};

/// Characters that make a number behind 点 a count, not minutes.
const COUNTED: &str = "个人件份台只次位名箱月天周小度倍米万亿元块%折层楼号";

/// Eats what follows 点; whether there was anything. `None` if it shows that this is no time
/// (二十四点五度).
pub fn minutes(c: &mut Cursor, clock: &mut Clock) -> Option<bool> {
    if c.eat(Tok::Half) {
        c.zh(Zh::Bell);
        clock.minute = 30;
        return Some(true);
    }
    if c.zh(Zh::Sharp) {
        return Some(true);
    }
    let Tok::Num(num) = c.tok() else { return Some(false) };
    let mut next = *c;
    next.bump();
    if next.zh(Zh::Quarter) {
        clock.minute = match num.value {
            1 => 15,
            3 => 45,
            _ => return None,
        };
        *c = next;
        return Some(true);
    }
    let gap = c.gap();
    let long = num.width > 1 && num.form != Form::Digits;
    if next.zh(Zh::Minute) || long && next.eat(Tok::Unit(Unit::Minute)) {
        if next.next_char() == Some('之') || num.value > 59 {
            return None;
        }
        clock.minute = num.value;
        let mut last = next;
        if let Some(second) = last.num()
            && (last.zh(Zh::Second) || last.eat(Tok::Unit(Unit::Second)))
        {
            clock.second = second.value;
            clock.seconds = true;
            next = last;
        }
        *c = next;
        return Some(true);
    }
    let short = num.width < 2;
    if short && !gap && num.form == Form::Han && !matches!(next.tok(), Tok::Zh(_)) {
        return None;
    }
    let counted = next.next_char().is_some_and(|c| COUNTED.contains(c) || c == ':');
    let minute = !short && num.width <= 3 && num.value < 60 && num.form != Form::Digits;
    if short || gap || counted || !minute || matches!(next.tok(), Tok::Zh(Zh::Point | Zh::Piece)) {
        return if short && !gap && !counted { None } else { Some(false) };
    }
    clock.minute = num.value;
    *c = next;
    Some(true)
}
