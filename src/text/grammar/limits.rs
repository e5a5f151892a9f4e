//! The limits and exceptions of a recurrence: until, from, so many times, 周末除外, 遇节假日顺延.

use chrono::{NaiveDate, Weekday};

use super::cursor::Cursor;
use super::draft::{Context, Draft, Moment};
use super::{moment, resolve};
use crate::model::Recurrence;
use crate::model::recurrence::OffDays;
use crate::text::lex::{En, Form, Tok, Unit, Zh};

/// One limit or exception: until, from, so many times, except.
pub fn limit(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<()> {
    let opened = c.eat(Tok::Comma) || c.eat(Tok::Open);
    let found = counted(c, every)
        .or_else(|| c.attempt(|c| except(c, every)))
        .or_else(|| c.attempt(|c| holidays(c, every)))
        .or_else(|| c.attempt(|c| ends(c, ctx, every)));
    if opened {
        c.eat(Tok::Close);
    }
    found
}

/// `for 6 times`, `twice`, 共5次.
fn counted(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    c.attempt(|c| {
        if c.en(En::Twice) {
            every.count = Some(2);
            return Some(());
        }
        let total = c.en(En::For);
        let sum = c.char_at(0).is_some_and(|c| "共只一".contains(c)) && c.tok() == Tok::Other;
        if sum {
            c.bump();
        }
        let num = c.num().filter(|num| num.form != Form::Ordinal && num.value > 0)?;
        let times = c.en(En::Times) || c.zh(Zh::Times);
        (times && (total || sum)).then(|| every.count = Some(num.value))
    })
}

/// 周末除外, 除周三外, `except weekends`.
fn except(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    let english = c.en(En::Except);
    let lead = !english && c.char_at(0) == Some('除') && c.tok() == Tok::Other;
    if lead {
        c.bump();
    }
    c.en_of(&[En::On]);
    let mut days = Vec::new();
    let mut off = None;
    loop {
        match c.tok() {
            Tok::Unit(Unit::Weekend) => {
                c.bump();
                days.extend([Weekday::Sat, Weekday::Sun]);
            }
            Tok::Zh(Zh::Holidays) | Tok::En(En::Holidays) => {
                c.bump();
                off = Some(OffDays::Skip);
            }
            Tok::Zh(Zh::Week) if matches!(c.peek(1), Tok::Weekday(..)) => c.bump(),
            Tok::Weekday(day, _) => {
                c.bump();
                days.push(day);
            }
            Tok::Zh(Zh::And) | Tok::Pause | Tok::En(En::And) | Tok::Comma
                if !days.is_empty() || off.is_some() =>
            {
                c.bump();
            }
            _ => break,
        }
    }
    if days.is_empty() && off.is_none() {
        return None;
    }
    let tail = c.zh_of(&[Zh::Except, Zh::SkipOver]).is_some()
        || c.char_at(0) == Some('外') && {
            c.bump();
            true
        }
        || c.char_at(0) == Some('不') && {
            c.bump();
            true
        };
    if !english && !tail {
        return None;
    }
    every.except = in_order(days);
    every.off_days = off.unwrap_or(every.off_days);
    Some(())
}

/// 遇节假日顺延, 节假日跳过.
fn holidays(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    if c.en(En::On) {
        c.en(En::Holidays).then_some(())?;
        c.en(En::The);
        every.off_days = match c.en_of(&[En::Next, En::Previous, En::Last])? {
            En::Next => OffDays::Later,
            _ => OffDays::Earlier,
        };
        return c.eat(Tok::Unit(Unit::Workday)).then_some(());
    }
    c.zh(Zh::Meets);
    c.zh(Zh::Holidays).then_some(())?;
    every.off_days = match c.zh_of(&[Zh::Later, Zh::Earlier, Zh::SkipOver, Zh::Except])? {
        Zh::Later => OffDays::Later,
        Zh::Earlier => OffDays::Earlier,
        _ => OffDays::Skip,
    };
    Some(())
}

/// `starting jan 1`, `until Dec 1`, 从下周一起, 到年底为止.
fn ends(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<()> {
    let (from, chinese) = match c.tok() {
        Tok::En(En::Starting | En::From) => (true, false),
        Tok::En(En::Until) => (false, false),
        Tok::Zh(Zh::From) => (true, true),
        Tok::Zh(Zh::To | Zh::Due) => (false, true),
        _ => return None,
    };
    c.bump();
    c.en_of(&[En::On, En::In, En::From]);
    let draft = moment::read(c, ctx, false)?;
    let day = first_day(ctx, &draft, from)?;
    if chinese && from {
        c.zh(Zh::Since).then_some(())?;
    }
    c.zh(Zh::Ends);
    if from {
        every.from = Some(day);
    } else {
        every.until = Some(day);
    }
    Some(())
}

/// The first (or last) day of what was read.
pub fn first_day(ctx: &Context, draft: &Draft, first: bool) -> Option<NaiveDate> {
    match draft {
        Draft::Moment(Moment { day: Some(day), .. }) => Some(day.date),
        Draft::Period(period) if first => Some(period.from),
        Draft::Period(period) => Some(period.last()),
        _ => {
            let (from, _) = resolve::ends(ctx, draft);
            from.map(|at| at.day(ctx.zone))
        }
    }
}

/// Monday first, none twice.
pub fn in_order(mut days: Vec<Weekday>) -> Vec<Weekday> {
    days.sort_by_key(|day| day.num_days_from_monday());
    days.dedup();
    days
}
