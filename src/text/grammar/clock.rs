//! Clock times: `18:00`, 下午3点半, `half past eight`, `6pm`. Knows no days.

use chrono::{NaiveTime, Timelike};

use super::clock_digits::{bare_ends, digital, half, o_clock, padded};
use super::clock_minutes::minutes;
use super::clock_shift;
use super::cursor::Cursor;
use crate::text::clock::{Clock, Part};
use crate::text::lex::{En, Form, Tok, Unit, Zh};

/// What a number before 点 counts when one of these follows: 三点建议, 两点多.
const POINTS: [&str; 20] = [
    "建议", "意见", "要求", "内容", "原因", "说明", "改进", "注意", "问题", "希望", "想法", "看法",
    "疑问", "体会", "好处", "优势", "区别", "不足", "理由", "几",
];

/// A clock time, and whether it leaves something open (七八点).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// The time.
    pub clock: Clock,
    /// 七八点: the other hour.
    pub or_hour: Option<u32>,
}

/// Eats a clock time. `told`: the words before say that an hour follows (`at 5`).
pub fn read(c: &mut Cursor, told: bool) -> Option<Read> {
    if !starts_clean(*c) {
        return None;
    }
    if let Tok::Zh(Zh::Short(minutes)) = c.tok() {
        return short_of(c, minutes);
    }
    let english = c.in_english() && begins_a_length(*c);
    let moved = |c: &mut Cursor| {
        clock_shift::before(c, |c| {
            plainly(c, true).filter(|r| r.or_hour.is_none()).map(|r| r.clock)
        })
    };
    let before = if english { c.attempt(moved) } else { None };
    let clock = before.or_else(|| c.attempt(working));
    let found = match clock {
        Some(clock) => Read { clock, or_hour: None },
        None => plainly(c, told)?,
    };
    let moved = clock_shift::behind(c, found.clock).filter(|_| found.or_hour.is_none());
    Some(moved.map_or(found, |clock| Read { clock, or_hour: None }))
}

/// 差十分八点. Before seven it is asked which half of the day: 差十分七点 is no office hour.
fn short_of(c: &mut Cursor, minutes: u8) -> Option<Read> {
    c.bump();
    c.zh(Zh::Bell);
    c.zh(Zh::To);
    let read = parted(c, true).filter(|read| read.or_hour.is_none() && read.clock.minute == 0)?;
    let clock = clock_shift::earlier(read.clock, minutes.into())?;
    if read.clock.hour != 7 || read.clock.part.is_some() {
        return Some(Read { clock, or_hour: None });
    }
    let evening = clock.hour + 12;
    Some(Read { clock: Clock { exact: true, ..clock }, or_hour: Some(evening) })
}

fn begins_a_length(c: Cursor) -> bool {
    matches!(c.tok(), Tok::Num(_) | Tok::En(En::A | En::LoneA | En::Half | En::Quarter))
}

fn plainly(c: &mut Cursor, told: bool) -> Option<Read> {
    let plain = |clock| Read { clock, or_hour: None };
    let past = if c.in_english() { c.attempt(english_past) } else { None };
    past.map(plain)
        .or_else(|| c.attempt(|c| named(c).map(plain)))
        .or_else(|| c.attempt(|c| parted(c, told)))
        .or_else(|| c.attempt(|c| words(c, told).map(plain)))
}

/// A number inside a word, a code or an amount begins no time: `v2.10:30`, `¥18:00`, 第3点.
pub fn starts_clean(c: Cursor) -> bool {
    let Tok::Num(num) = c.tok() else { return true };
    // 周一、三9:00.
    let mixed = num.form == Form::Arabic
        && matches!(c.before(), Tok::Num(before) if before.form == Form::Han);
    if c.gap() || behind_date(c) || mixed {
        return true;
    }
    !matches!(
        c.before(),
        Tok::Latin
            | Tok::Sign
            | Tok::Num(_)
            | Tok::Dot
            | Tok::Slash
            | Tok::Plus
            | Tok::Name
            | Tok::Colon
            | Tok::Zh(Zh::Nth)
            | Tok::En(_)
    ) || matches!(c.before(), Tok::Colon) && colon_of_text(c)
}

/// The T of 2026-12-03T15:00.
fn behind_date(c: Cursor) -> bool {
    let Some(at) = c.at.checked_sub(1) else { return false };
    let mut before = c;
    before.at = at;
    before.tok() == Tok::Latin && before.chars().eq(['t']) && matches!(before.before(), Tok::Num(_))
}

/// `says:30 December`, `时间:18:00`: the colon belongs to the words before it.
fn colon_of_text(c: Cursor) -> bool {
    let Some(at) = c.at.checked_sub(2) else { return true };
    let mut before = c;
    before.at = at;
    !matches!(before.tok(), Tok::Num(_))
}

/// 下午3点, with the part of the day before or behind it.
fn parted(c: &mut Cursor, told: bool) -> Option<Read> {
    let mut part = None;
    if let Tok::Part(before) = c.tok()
        && !matches!(c.peek(1), Tok::En(_))
    {
        c.bump();
        c.zh(Zh::Of);
        c.zh(Zh::About);
        if c.tok() == Tok::Part(Part::Noon) {
            c.bump();
        }
        part = Some(before);
    }
    let told = told || part.is_some();
    let mut read = c
        .attempt(|c| spoken(c, part.is_some()))
        .or_else(|| c.attempt(|c| digital(c, told)).map(|clock| Read { clock, or_hour: None }))?;
    if let Some(half) = half(c) {
        read.clock.part = Some(half);
    } else if part.is_some() {
        read.clock.part = part;
    }
    // 时 behind 11:00.
    c.attempt(|c| (c.zh(Zh::Hour) && !goes_on(*c)).then_some(()));
    Some(read)
}

/// 18点, 三点半, 3点一刻, 16时40分50秒, 七八点.
fn spoken(c: &mut Cursor, parted: bool) -> Option<Read> {
    let first = c.tok();
    let num = c.num().filter(|num| !matches!(num.form, Form::Ordinal | Form::Word))?;
    if num.width > 2 && num.form == Form::Arabic {
        return None;
    }
    let mut or_hour = None;
    let mut hour = num.value;
    if num.form == Form::Digits {
        // 七八点: two hours side by side.
        if num.width != 2 || num.value % 10 != num.value / 10 + 1 {
            return None;
        }
        hour = num.value / 10;
        or_hour = Some(num.value % 10);
    }
    let gap = c.gap();
    let strict = if c.zh(Zh::Point) {
        c.zh(Zh::Bell);
        false
    } else if !gap && c.zh(Zh::Hour) {
        true
    } else {
        return None;
    };
    let belled = c.before() == Tok::Zh(Zh::Bell);
    let exact = num.form == Form::Arabic && padded(num) || hour == 0;
    let mut clock = Clock { exact, ..Clock::at(hour, 0) };
    let told = minutes(c, &mut clock)?;
    if !told && !belled {
        let han_one = num.value == 1 && first == Tok::Num(num) && num.form == Form::Han;
        let little = !parted && han_one && !deadline_follows(*c);
        let counted = POINTS.iter().any(|word| spells(*c, word));
        let hours = strict && !parted && goes_on(*c) && !deadline_follows(*c);
        let more = c.tok() == Tok::Zh(Zh::More) && !parted;
        if little && !c.gap_at(0) && c.tok() != Tok::End || counted || hours || more {
            return None;
        }
        if little && (c.tok() == Tok::End || c.gap()) && num.value == 1 {
            return None;
        }
    }
    Some(Read { clock, or_hour })
}

fn spells(c: Cursor, word: &str) -> bool {
    word.chars().enumerate().all(|(n, wanted)| c.char_at(n) == Some(wanted))
}

fn deadline_follows(c: Cursor) -> bool {
    matches!(c.tok(), Tok::Zh(Zh::Front | Zh::Before | Zh::Due | Zh::To | Zh::Ends))
}

/// 3时 is a time only at the end of a phrase: 3时间 and 3时代 are none.
fn goes_on(c: Cursor) -> bool {
    matches!(c.tok(), Tok::Other | Tok::Latin) && !c.gap()
}

/// Times with a name: noon, 中午, midnight, 下班前, EOD.
fn named(c: &mut Cursor) -> Option<Clock> {
    match c.tok() {
        Tok::Part(Part::Noon) => {
            c.bump();
            // 中午12点 has its own hour.
            let hour =
                c.sees(|c| spoken(c, true).map(|_| ()).or_else(|| digital(c, true).map(|_| ())));
            (!hour).then_some(Clock::named(12))
        }
        Tok::Part(Part::Midnight) => {
            c.bump();
            let hour = c.sees(|c| spoken(c, true));
            (!hour).then_some(Clock { part: Some(Part::Midnight), ..Clock::at(24, 0) })
        }
        Tok::En(En::EndOf(0)) => {
            c.bump();
            Some(off_work(*c))
        }
        Tok::En(En::End | En::The) => {
            c.en(En::The);
            c.en(En::End).then_some(())?;
            c.en(En::Of).then_some(())?;
            c.en(En::The);
            let business = c.en(En::Business);
            (c.eat(Tok::Unit(Unit::Day)) || business).then_some(off_work(*c))
        }
        _ => None,
    }
}

/// What follows 下班 directly where it says when: 下班打卡, 下班带伞.
const AFTER_WORK: &str = "打记要去带发交把给提叫买取接关收写开";

/// 上班, 下班: alone only behind a day or 到, or where something is done then.
fn working(c: &mut Cursor) -> Option<Clock> {
    matches!(c.tok(), Tok::Zh(Zh::OffWork | Zh::OnWork)).then_some(())?;
    let begins = c.gap() || matches!(c.before(), Tok::Break | Tok::Comma);
    let led = matches!(
        c.before(),
        Tok::DayWord(_)
            | Tok::DayPart(..)
            | Tok::Weekday(..)
            | Tok::Unit(Unit::Day | Unit::Workday)
            | Tok::Zh(Zh::To | Zh::From | Zh::Due | Zh::Day | Zh::Number)
    );
    let off = c.tok() == Tok::Zh(Zh::OffWork);
    c.bump();
    let clock = if off { off_work(*c) } else { at(c.work().from) };
    if let Some(moved) = clock_shift::behind(c, clock) {
        return Some(moved);
    }
    let told = c.zh_of(&[Zh::Front, Zh::Before, Zh::Back, Zh::After, Zh::Hour]).is_some();
    let done = (begins || led) && c.char_at(0).is_some_and(|c| AFTER_WORK.contains(c));
    let ends = c.gap() || !matches!(c.tok(), Tok::Other | Tok::Latin);
    (told || done || led && ends).then_some(clock)
}

/// When people stop working.
fn off_work(c: Cursor) -> Clock {
    let work = c.work();
    Clock { next_day: work.to <= work.from, ..at(work.to) }
}

fn at(time: NaiveTime) -> Clock {
    Clock { minute: time.minute(), ..Clock::named(time.hour()) }
}

/// `half past eight`, `a quarter to noon`, `20 minutes to 2pm`, `15 past seven`.
fn english_past(c: &mut Cursor) -> Option<Clock> {
    c.en_of(&[En::A, En::LoneA]);
    let (minute, counted) = if c.en(En::Half) {
        (30, true)
    } else if c.en(En::Quarter) {
        (15, true)
    } else {
        let num = c.num().filter(|num| num.form != Form::Ordinal && num.value < 60)?;
        (num.value, c.eat(Tok::Unit(Unit::Minute)))
    };
    let to = match c.en_of(&[En::Past, En::After, En::To, En::Before])? {
        En::To | En::Before => true,
        En::After if !counted => return None,
        _ => false,
    };
    // `5 to 6pm` is a stretch.
    if to && !counted {
        return None;
    }
    let unit = matches!(c.peek(1), Tok::Unit(_));
    let mut hour = (!unit).then(|| {
        c.attempt(named).or_else(|| {
            c.attempt(|c| digital(c, true)).or_else(|| {
                c.attempt(|c| {
                    let num = c.num().filter(|num| num.form != Form::Ordinal)?;
                    (num.value <= 24 && num.value > 0).then_some(Clock::at(num.value, 0))
                })
            })
        })
    })??;
    o_clock(c);
    hour.part = half(c).or(hour.part);
    if to {
        hour.hour = (hour.hour + 23) % 24;
        hour.minute = 60 - minute;
        if hour.exact && hour.hour == 11 {
            hour.part = Some(Part::Am);
        }
    } else {
        hour.minute = minute;
    }
    Some(hour)
}

/// `seven thirty five pm`, `five-thirty`, and bare hours where the words before ask for one.
fn words(c: &mut Cursor, told: bool) -> Option<Clock> {
    let num = c.num().filter(|num| num.form != Form::Ordinal && num.form != Form::Digits)?;
    if num.value > 24 || num.form == Form::Arabic && num.width > 2 {
        return None;
    }
    let mut clock =
        Clock { exact: num.form == Form::Arabic && padded(num), ..Clock::at(num.value, 0) };
    if o_clock(c) {
        return Some(clock);
    }
    if num.form == Form::Word {
        let minute = c.attempt(|c| {
            c.eat(Tok::Dash);
            let num = c.num().filter(|num| num.form == Form::Word)?;
            let unit = matches!(c.tok(), Tok::Unit(_));
            (!unit && (10..60).contains(&num.value)).then_some(num.value)
        });
        if let Some(minute) = minute {
            clock.minute = minute;
            clock.part = half(c);
            return (told || clock.part.is_some()).then_some(clock);
        }
        if let Some(part) = half(c) {
            clock.part = Some(part);
            return Some(clock);
        }
    }
    if num.form == Form::Han || !told || !bare_ends(*c) {
        return None;
    }
    Some(clock)
}
