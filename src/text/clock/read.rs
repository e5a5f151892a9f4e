//! Reading clock times at a cursor. Knows neither days nor what is before the cursor.

use super::value::{Clock, Part};
use crate::text::scan::Cursor;

/// Chinese parts of the day, longer ones first.
const PARTS: [(&str, Part); 22] = [
    ("大清早", Part::Morning),
    ("凌晨", Part::Dawn),
    ("清晨", Part::Morning),
    ("早晨", Part::Morning),
    ("早上", Part::Morning),
    ("上午", Part::Morning),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("午后", Part::Afternoon),
    ("下午", Part::Afternoon),
    ("傍晚", Part::Evening),
    ("晚上", Part::Evening),
    ("晚间", Part::Evening),
    ("夜里", Part::Evening),
    ("夜间", Part::Evening),
    ("夜晚", Part::Evening),
    ("深夜", Part::Evening),
    ("半夜", Part::Evening),
    ("午夜", Part::Evening),
    ("早", Part::Morning),
    ("晚", Part::Evening),
    ("午间", Part::Noon),
];

const HALVES: [(&str, Part); 10] = [
    ("a.m.", Part::Am),
    ("p.m.", Part::Pm),
    ("a . m .", Part::Am),
    ("p . m .", Part::Pm),
    ("a.m", Part::Am),
    ("p.m", Part::Pm),
    ("am", Part::Am),
    ("pm", Part::Pm),
    ("a", Part::Am),
    ("p", Part::Pm),
];

/// Times that have a name. 下班 is 18:00 by convention.
const NAMED: [(&str, u32); 9] = [
    ("下班之前", 18),
    ("下班以前", 18),
    ("下班前", 18),
    ("end of the day", 18),
    ("end of day", 18),
    ("eod", 18),
    ("cob", 18),
    ("noon", 12),
    ("midday", 12),
];

/// What a number before 点 counts when one of these follows: 三点建议, 两点多.
const POINTS: [&str; 22] = [
    "建议", "意见", "要求", "内容", "原因", "说明", "改进", "注意", "问题", "希望", "想法", "看法",
    "疑问", "体会", "好处", "优势", "区别", "不足", "理由", "几", "多", "点",
];

/// Units that make a number behind 点 a count, not minutes, and 3点5 a decimal.
const UNITS: &str = "个人件份台只次位名箱年月天周小度倍米万亿元块%折层";

/// Eats a clock time; on its own, it must be clearer (`alone`: 一点 is also "a little").
pub fn read(cursor: &mut Cursor, alone: bool) -> Option<Clock> {
    let mut next = *cursor;
    let clock = written(&mut next, alone).or_else(|| named(&mut next))?;
    *cursor = next;
    Some(clock)
}

/// Eats a Chinese part of the day.
fn part(cursor: &mut Cursor) -> Option<Part> {
    cursor.one_of(&PARTS)
}

/// Eats an hour that only the words before it make one: the 5 of `tomorrow at 5`.
pub fn bare_hour(cursor: &mut Cursor) -> Option<Clock> {
    let mut next = *cursor;
    let digits = next.digits(2)?;
    let ends = next.peek().is_none_or(|c| {
        matches!(c, ' ' | ',' | ';' | '!' | '?' | '。' | '、' | ')')
            || (c == '.' && next.peek_after(1).is_none_or(|c| !c.is_ascii_digit()))
    });
    if digits.value > 24 || !ends {
        return None;
    }
    *cursor = next;
    Some(Clock { exact: digits.padded(), ..Clock::at(digits.value, 0) })
}

/// Eats a part of the day that stands without a clock time: 晚 and 早 only at the end, not in 晚会.
pub fn whole_part(cursor: &mut Cursor) -> Option<Part> {
    let mut next = *cursor;
    let part = part(&mut next)?;
    let single = matches!(next.before(), Some('早' | '晚')) && next.at == cursor.at + 1;
    if single && next.peek().is_some_and(|c| c.is_alphanumeric() && c != '前') {
        return None;
    }
    *cursor = next;
    Some(part)
}

fn named(cursor: &mut Cursor) -> Option<Clock> {
    let mut next = *cursor;
    let clock = if let Some(hour) = next.one_of(&NAMED) {
        Clock::named(hour)
    } else if next.eat("midnight") {
        Clock { part: Some(Part::Evening), ..Clock::at(24, 0) }
    } else if next.any(&["中午", "正午"]) {
        Clock::named(12)
    } else if next.eat("午夜") {
        Clock { part: Some(Part::Evening), ..Clock::at(24, 0) }
    } else {
        return None;
    };
    let last_is_latin = next.before().is_some_and(|c| c.is_ascii_alphabetic());
    if last_is_latin && !next.at_word_end() {
        return None;
    }
    *cursor = next;
    Some(clock)
}

fn written(cursor: &mut Cursor, alone: bool) -> Option<Clock> {
    let mut next = *cursor;
    let part = part(&mut next);
    if part.is_some() {
        next.blanks();
    }
    let alone = alone && part.is_none();
    let mut clock = digital(&mut next, alone).or_else(|| spoken(&mut next, alone))?;
    if let Some(half) = half(&mut next) {
        clock.part = Some(half);
    } else if part.is_some() {
        clock.part = part;
    }
    *cursor = next;
    Some(clock)
}

/// `am`, `p.m.` and the like, directly or behind a blank.
fn half(cursor: &mut Cursor) -> Option<Part> {
    let mut next = *cursor;
    let gap = next.blanks();
    let half = next.one_of(&HALVES)?;
    // A lone p stands only at the number: 3p.
    let lone = matches!(next.before(), Some('a' | 'p'));
    if !next.at_word_end() || (gap && lone) {
        return None;
    }
    *cursor = next;
    Some(half)
}

/// `18:00`, `7:56:30`, `6pm`, `8.30pm`, `9 o'clock`.
fn digital(cursor: &mut Cursor, alone: bool) -> Option<Clock> {
    let mut next = *cursor;
    let told = !alone || next.follows("at ");
    let hour = next.digits(2)?;
    let mut clock = Clock { exact: hour.padded() || hour.value == 0, ..Clock::at(hour.value, 0) };
    let dotted = next.eat(".");
    if dotted || next.eat(":") {
        clock.minute = next.digits(2).filter(|minute| minute.count == 2)?.value;
        if !dotted && next.eat(":") {
            clock.second = next.digits(2).filter(|second| second.count == 2)?.value;
        }
        let half = half(&mut next.clone()).is_some();
        if !half && (dotted || !minutes_end(next)) {
            return None;
        }
    } else if !next.any(&[" o'clock", " o clock", "o'clock"]) {
        let mut behind = next;
        half(&mut behind)?;
        // On its own, 3p may be pages and 3a a room.
        if !told && behind.at == next.at + 1 {
            return None;
        }
    }
    *cursor = next;
    Some(clock)
}

/// 18:00 goes on in 18:00:1, 18:00x, 18:00% and 18:00.5.
fn minutes_end(cursor: Cursor) -> bool {
    let digit = cursor.peek_after(1).is_some_and(|c| c.is_ascii_digit());
    match cursor.peek() {
        Some(':' | '%' | '/') => false,
        Some('.') => !digit,
        Some(c) => !c.is_ascii_alphanumeric(),
        None => true,
    }
}

/// `18点`, `三点半`, `3点一刻`, `16时40分50秒`.
fn spoken(cursor: &mut Cursor, alone: bool) -> Option<Clock> {
    let mut next = *cursor;
    let digits = next.digits(2);
    let hour = digits.map(|digits| digits.value).or_else(|| next.numeral())?;
    let gap = next.blanks();
    let strict = if next.eat("点") {
        next.eat("钟");
        false
    } else if !gap && next.eat("时") {
        true
    } else {
        return None;
    };
    let plain = next.before() != Some('钟');
    let exact = digits.is_some_and(|digits| digits.padded()) || hour == 0;
    let mut clock = Clock { exact, ..Clock::at(hour, 0) };
    let told = minutes(&mut next, &mut clock)?;
    if !told && plain {
        let counted = POINTS.iter().any(|word| next.clone().eat(word));
        let little = alone && hour == 1 && digits.is_none() && !deadline_follows(next);
        let hours = strict && !hour_ends(next);
        if little || counted || hours {
            return None;
        }
    }
    *cursor = next;
    Some(clock)
}

fn deadline_follows(mut cursor: Cursor) -> bool {
    cursor.any(&["前", "之前", "以前", "截止"])
}

/// 3时 is a time only at the end of a phrase: 3时间 and 3时代 are none.
fn hour_ends(cursor: Cursor) -> bool {
    deadline_follows(cursor) || cursor.peek().is_none_or(|c| !c.is_alphanumeric())
}

/// Eats what follows 点; whether there was anything. `None` if it shows that this is no time
/// (24点五度).
fn minutes(cursor: &mut Cursor, clock: &mut Clock) -> Option<bool> {
    if cursor.any(&["半钟", "半"]) {
        clock.minute = 30;
        return Some(true);
    }
    if cursor.eat("整") {
        return Some(true);
    }
    if let Some(minute) = cursor.one_of(&[("一刻", 15), ("1刻", 15), ("三刻", 45), ("3刻", 45)])
    {
        clock.minute = minute;
        return Some(true);
    }
    let mut next = *cursor;
    next.blanks();
    let start = next.at;
    let Some(minute) = next.number() else { return Some(false) };
    let count = next.at - start;
    if next.eat("分") {
        if next.peek() == Some('之') {
            return None;
        }
        clock.minute = minute;
        next.eat("钟");
        let mut last = next;
        if let Some(second) = last.number().filter(|_| last.eat("秒")) {
            clock.second = second;
            next = last;
        }
    } else if count < 2 {
        return if start > cursor.at { Some(false) } else { None };
    } else if start > cursor.at || next.peek().is_some_and(|c| UNITS.contains(c) || c == ':') {
        return Some(false);
    } else {
        clock.minute = minute;
    }
    *cursor = next;
    Some(true)
}
