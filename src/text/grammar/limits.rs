//! The limits and exceptions of a recurrence: until, from, so many times, 周末除外, 遇节假日顺延.

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::cursor::Cursor;
use super::draft::{Context, Draft, Moment};
use super::{en_day, moment, resolve};
use crate::model::Recurrence;
use crate::model::recurrence::{OffDays, Rule};
use crate::text::clock::Reading;
use crate::text::lex::{En, Form, Tok, Unit, Zh};

/// One limit or exception: until, from, so many times, except.
pub fn limit(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<()> {
    let opened = c.eat(Tok::Comma) || c.eat(Tok::Open);
    let found = counted(c, every)
        .or_else(|| c.attempt(|c| except(c, every)))
        .or_else(|| c.attempt(|c| holidays(c, every)))
        .or_else(|| c.attempt(|c| weeks(c, every)))
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

/// 每周三，单周; `every Wednesday in odd weeks`.
fn weeks(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    if let Tok::Zh(Zh::Weeks(weeks)) = c.tok() {
        c.bump();
        every.weeks = weeks;
    } else {
        c.en_of(&[En::In, En::Of, En::On]);
        c.en_of(&[En::Every, En::Each, En::The, En::All]);
        let Tok::En(En::Weeks(weeks)) = c.tok() else { return None };
        c.bump();
        c.eat(Tok::Unit(Unit::Week)).then_some(())?;
        every.weeks = weeks;
    }
    matches!(&every.rule, Rule::Weekly(days) if !days.is_empty()).then_some(())
}

/// The last hour of what repeats within the day: 每小时直到下班, `every hour until 6pm`. It begins with
/// the working day, if that is earlier.
fn last_hour(c: Cursor, draft: &Draft, every: &mut Recurrence) -> Option<()> {
    let Draft::Moment(Moment { day: None, clock: Some(clock), part: None, .. }) = draft else {
        return None;
    };
    let (Reading::One(end) | Reading::Else(end, _) | Reading::Either(_, end)) = clock.reading()?;
    let begin = every.window.map_or(c.work().from, |(from, _)| from);
    let begin = if begin < end.time { begin } else { NaiveTime::MIN };
    // Over midnight it goes on to the end of the day.
    let last = if end.days > 0 { NaiveTime::from_hms_opt(23, 59, 0)? } else { end.time };
    every.window = Some((begin, last));
    Some(())
}

/// `starting jan 1`, `until Dec 1`, 从下周一起, 到年底为止.
fn ends(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<()> {
    let (from, chinese) = match c.tok() {
        Tok::En(En::Starting | En::From) => (true, false),
        Tok::En(En::Until) => (false, false),
        Tok::Zh(Zh::From) => (true, true),
        Tok::Zh(Zh::To | Zh::Due) => (false, true),
        Tok::Num(_) | Tok::DayWord(_) | Tok::Zh(_) => return ends_by(c, ctx, every),
        _ => return None,
    };
    c.bump();
    c.en_of(&[En::On, En::In, En::From]);
    // `until 31 Dec at 9am`: the hour is that of each occurrence.
    let day = c.attempt(|c| {
        let day = en_day::read(c, ctx)?;
        (c.tok() == Tok::En(En::At)).then_some(day)
    });
    let draft = day.or_else(|| moment::read(c, ctx, false))?;
    let within_day = matches!(every.rule, Rule::Secondly | Rule::Minutely | Rule::Hourly);
    if within_day && !from && last_hour(*c, &draft, every).is_some() {
        c.zh(Zh::Ends);
        return Some(());
    }
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

/// 12月31日截止, 年底为止.
fn ends_by(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<()> {
    let draft = moment::read(c, ctx, false)?;
    c.zh_of(&[Zh::Ends, Zh::Due])?;
    every.until = Some(first_day(ctx, &draft, false)?);
    Some(())
}

/// The first (or last) day of what was read.
pub fn first_day(ctx: &Context, draft: &Draft, first: bool) -> Option<NaiveDate> {
    match draft {
        Draft::Moment(Moment { day: Some(day), .. }) => Some(day.date),
        // An hour alone is no day to begin or end on.
        Draft::Moment(Moment { day: None, .. }) => None,
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
