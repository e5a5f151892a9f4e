//! The limits and exceptions of a recurrence: until, from, so many times, 周末除外, 遇节假日顺延.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::bounds::{Bound, bound};
use super::cursor::Cursor;
use super::draft::{Context, Draft, Moment};
use super::except::{left_out, not_then, work_hours};
use super::kept_to::kept_to;
use super::times::window;
use super::{en_day, moment, phrase, resolve};
use crate::model::recurrence::{OffDays, Rule};
use crate::model::{Recurrence, Timestamp};
use crate::text::clock::Reading;
use crate::text::lex::{En, Tok, Unit, Zh};

/// One limit or exception, put to the recurrence; a bound only if its times are known, else it is
/// given back to be put later.
pub fn limit(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<Option<Bound>> {
    let opened = c.eat(Tok::Comma) || c.eat(Tok::Open);
    let found = bound(c)
        .map(|(bound, _)| Some(bound))
        .or_else(|| c.attempt(|c| left_out(c).map(|days| days.put(every))).map(|()| None))
        .or_else(|| c.attempt(|c| work_hours(c, every)).map(|()| None))
        .or_else(|| c.attempt(|c| holidays(c, every)).map(|()| None))
        .or_else(|| c.attempt(|c| weeks(c, every)).map(|()| None))
        .or_else(|| c.attempt(|c| skips_short_months(c, every)).map(|()| None))
        .or_else(|| c.attempt(|c| window(c, every)).map(|()| None))
        .or_else(|| c.attempt(|c| rest_of(c, ctx, every)).map(|()| None))
        .or_else(|| c.attempt(|c| ends(c, ctx, every)).map(|()| None))
        .or_else(|| c.attempt(|c| kept_to(c, every)).map(|()| None));
    if opened {
        c.eat(Tok::Close);
    }
    found
}

/// 没有31号的月份跳过, `only if there is one`: said so, a late day of the month leaves no question.
fn skips_short_months(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    matches!(every.rule, Rule::Monthly(_)).then_some(())?;
    let spelt = |c: Cursor, word: &str| word.chars().eq(c.chars());
    if spelt(*c, "没有") {
        c.bump();
        c.attempt(|c| {
            c.num()?;
            c.zh_of(&[Zh::Number, Zh::Day]).map(|_| ())
        });
        c.zh(Zh::Of);
        c.zh(Zh::Month).then_some(())?;
        return c.zh(Zh::SkipOver).then_some(());
    }
    if !spelt(*c, "skipping") {
        return None;
    }
    c.bump();
    spelt(*c, "shorter").then(|| c.bump())?;
    c.eat(Tok::Unit(Unit::Month)).then_some(())
}

/// 遇节假日顺延, 遇周末提前, 节假日跳过. What falls on a weekend falls on no working day, like what falls on
/// a holiday; the read-back names both.
fn holidays(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    if c.en(En::On) {
        while c.eat(Tok::Unit(Unit::Weekend)) || c.en_of(&[En::Holidays, En::And, En::Or]).is_some()
        {
        }
        let named = matches!(c.before(), Tok::Unit(Unit::Weekend) | Tok::En(En::Holidays));
        named.then_some(())?;
        c.en(En::The);
        every.off_days = match c.en_of(&[En::Next, En::Previous, En::Last])? {
            En::Next => OffDays::Later,
            _ => OffDays::Earlier,
        };
        return c.eat(Tok::Unit(Unit::Workday)).then_some(());
    }
    let meets = c.zh(Zh::Meets);
    let weekend = days_off(c)?;
    let spelt = |c: Cursor, word: &str| word.chars().eq(c.chars());
    for word in ["就", "则", "时", "的话", "往后", "往前"] {
        if spelt(*c, word) {
            c.bump();
        }
    }
    if meets && not_then(c) {
        every.off_days = OffDays::Skip;
        return (!weekend).then_some(());
    }
    every.off_days = match c.zh_of(&[Zh::Later, Zh::Earlier, Zh::SkipOver, Zh::Except])? {
        Zh::Later => OffDays::Later,
        Zh::Earlier => OffDays::Earlier,
        // 周末跳过 leaves out weekends, and no holidays.
        _ if weekend => return None,
        _ => OffDays::Skip,
    };
    // 提前到周五, 顺延到下一个工作日.
    c.attempt(|c| {
        c.zh(Zh::To).then_some(())?;
        c.zh_of(&[Zh::Up, Zh::Down, Zh::Front]);
        c.num();
        c.zh(Zh::Piece);
        let day = c.zh(Zh::Week);
        day.then(|| {
            matches!(c.tok(), Tok::Weekday(Weekday::Fri | Weekday::Mon, _)).then(|| c.bump())
        });
        (day || c.eat(Tok::Unit(Unit::Workday))).then_some(())
    });
    Some(())
}

/// Eats 节假日, 周末或节假日, 休息日; whether a weekend was all of it.
fn days_off(c: &mut Cursor) -> Option<bool> {
    const OFF: [&str; 4] = ["休息日", "非", "放假", "法定"];
    let (mut weekend, mut holiday) = (false, false);
    loop {
        let spelt = OFF.iter().any(|word| word.chars().eq(c.chars()));
        match c.tok() {
            Tok::Unit(Unit::Weekend) => weekend = true,
            Tok::Zh(Zh::Holidays) => holiday = true,
            // 非工作日.
            Tok::Unit(Unit::Workday) if c.last_char() == Some('非') => holiday = true,
            Tok::Other if spelt => holiday |= c.char_at(0) != Some('非'),
            Tok::Zh(Zh::And | Zh::Or) | Tok::Pause if weekend || holiday => {}
            _ => break,
        }
        c.bump();
    }
    (weekend || holiday).then_some(weekend && !holiday)
}

/// `for the rest of the week`: until its last day.
fn rest_of(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<()> {
    let spelt = |c: Cursor, word: &str| word.chars().eq(c.chars());
    c.en(En::For);
    c.en(En::The);
    spelt(*c, "rest").then(|| c.bump())?;
    c.en(En::Of).then_some(())?;
    c.en(En::The);
    let this = moment::read(c, ctx, false);
    let last = match (this, c.tok()) {
        (Some(Draft::Period(period)), _) => period.last(),
        (_, Tok::Unit(Unit::Week)) => {
            c.bump();
            super::draft::plus_days(ctx.monday(), 6)?
        }
        (_, Tok::Unit(Unit::Month)) => {
            c.bump();
            let first = ctx.today.with_day(1)?;
            super::draft::plus_months(first, 1)?.pred_opt()?
        }
        _ => return None,
    };
    every.until = Some(every.until.map_or(last, |until| until.min(last)));
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

/// Eats a stretch of whole days: its first and its last one.
pub fn days(c: &mut Cursor, ctx: &Context) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
    let draft = phrase::read(c, ctx)?;
    let midnight = |at: Timestamp| at.local(ctx.zone).time() == NaiveTime::MIN;
    match draft {
        Draft::Period(period) => Some((Some(period.from), Some(period.last()))),
        Draft::Stretch(from, to, None) if from.is_none_or(midnight) && to.is_none_or(midnight) => {
            let day = |at: Timestamp| at.day(ctx.zone);
            Some((from.map(day), to.map(|to| day(to.plus_ms(-1)))))
        }
        _ => None,
    }
}
