//! What stands behind the days of a recurrence in either language: times, window, zone, limits,
//! exceptions.

use chrono::Weekday;

use super::bounds;
use super::cursor::Cursor;
use super::draft::{Context, Draft};
use super::limits::limit;
use super::times::{span, time, times};
use crate::model::Recurrence;
use crate::model::recurrence::{MonthDay, OffDays, Rule, Weeks};
use crate::text::clock::{Clock, Part};
use crate::text::lex::{En, Form, Tok, Unit, Zh};
use crate::text::weekday::in_order;

/// More limits and exceptions than this are not read.
const LIMITS_MAX: usize = 5;

/// The days of a recurrence as they were read.
pub struct Days {
    /// The rule.
    pub rule: Rule,
    /// Every so many.
    pub interval: u32,
    /// 每晚: the part of the day said with the days.
    pub part: Option<Part>,
    /// Times said before the days: `9am every Monday`.
    pub times: Vec<Clock>,
    /// When they end: `from 9am to 5pm on weekdays`.
    pub end: Option<Clock>,
    /// In which weeks of the year.
    pub weeks: Weeks,
    /// The other rule that the same words may mean: `every second Tuesday`.
    pub or: Option<Rule>,
}

impl Days {
    /// Each of a rule's days.
    pub fn each(rule: Rule) -> Self {
        let (times, weeks) = (Vec::new(), Weeks::All);
        Self { rule, interval: 1, part: None, times, end: None, weeks, or: None }
    }

    /// Every so many of them.
    pub fn every(rule: Rule, interval: u32) -> Self {
        Self { interval: interval.max(1), ..Self::each(rule) }
    }
}

/// Eats what stands behind the days and makes the recurrence.
pub fn finish(c: &mut Cursor, ctx: &Context, days: Days) -> Option<Draft> {
    let mut every = Recurrence::new(days.rule, Vec::new(), ctx.zone);
    every.interval = days.interval;
    every.weeks = days.weeks;
    let mut clocks = days.times;
    if let (Some(end), [start]) = (days.end, &clocks[..]) {
        span(&mut every, *start, end, false)?;
    }
    // `each weekday morning at 9`.
    let mut part = days.part;
    if let Tok::Part(said @ (Part::Morning | Part::Afternoon | Part::Evening)) = c.tok()
        && c.is_latin()
        && part.is_none()
    {
        c.bump();
        part = Some(said);
    }
    if clocks.is_empty() {
        let found = c.attempt(|c| times(c, part, &mut every));
        if let Some(found) = found {
            clocks = found;
        } else if no_such_time(*c) {
            // 每天25:00.
            c.attempt(|c| {
                c.num()?;
                c.bump();
                c.num()
            });
            return Some(Draft::Never);
        }
    }
    if clocks.iter().any(|clock| clock.reading().is_none()) {
        return Some(Draft::Never);
    }
    let mut bounds = Vec::new();
    let mut asked = true;
    for _ in 0..LIMITS_MAX {
        let start = *c;
        let Some(bound) = c.attempt(|c| limit(c, ctx, &mut every)) else { break };
        bounds.extend(bound);
        asked &= !says_short_months(start);
        if clocks.is_empty()
            && let Some(found) = c.attempt(|c| times(c, part, &mut every))
        {
            clocks = found;
        }
    }
    settle(&mut every, &clocks)?;
    c.attempt(|c| within_hours(c, &mut every));
    for bound in bounds {
        // 每周五，连续3天: it cannot be said how that goes on.
        if bounds::put(ctx, &mut every, bound).is_none() {
            return Some(Draft::Unread);
        }
    }
    said_at(ctx, &mut every);
    if let Some(rule) = days.or {
        let other = Recurrence { rule, interval: 1, since: None, ..every.clone() };
        return Some(Draft::Choices(vec![Draft::Every(every), Draft::Every(other)]));
    }
    Some(if asked { open(every) } else { Draft::Every(every) })
}

/// What is counted is counted from now on.
pub fn said_at(ctx: &Context, every: &mut Recurrence) {
    let days = !matches!(every.rule, Rule::Secondly | Rule::Minutely | Rule::Hourly);
    let counted = every.count.is_some() || days && every.interval > 1;
    every.since = Some(ctx.at).filter(|_| counted);
}

/// 没有31号的月份跳过.
fn says_short_months(mut c: Cursor) -> bool {
    c.eat(Tok::Comma);
    ["没有", "skipping"].iter().any(|word| word.chars().eq(c.chars()))
}

/// 每天9点到18点每2小时: the days and hours were said first.
fn within_hours(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    let (duration, [start]) = (every.duration_s?, &every.times[..]) else { return None };
    let start = *start;
    c.eat(Tok::Comma);
    let half = match c.tok() {
        Tok::Zh(Zh::Every) => {
            c.bump();
            c.zh(Zh::Skip);
            c.eat(Tok::Half)
        }
        Tok::En(En::Every | En::Each) => {
            c.bump();
            false
        }
        _ => return None,
    };
    let count = c.num().map_or(1, |num| num.value);
    c.zh(Zh::Piece);
    let rule = match c.tok() {
        Tok::Unit(Unit::Hour) if half => Rule::Minutely,
        Tok::Unit(Unit::Hour) => Rule::Hourly,
        Tok::Unit(Unit::Minute) => Rule::Minutely,
        _ => return None,
    };
    c.bump();
    match &every.rule {
        Rule::Daily if every.interval == 1 => {}
        Rule::Workdays => every.off_days = OffDays::Skip,
        Rule::Weekly(days) if every.interval == 1 && !days.is_empty() => {
            let all = (0..7).filter_map(|n| Weekday::try_from(n).ok());
            every.except = all.filter(|day| !days.contains(day)).collect();
        }
        _ => return None,
    }
    let (end, _) = start.overflowing_add_signed(chrono::Duration::seconds(duration.into()));
    every.rule = rule;
    every.interval = if half { 30 } else { count.max(1) };
    every.window = Some((start, end));
    every.times.clear();
    every.duration_s = None;
    Some(())
}

/// The 31st is not in every month: that is asked.
fn open(every: Recurrence) -> Draft {
    let late = |day: &MonthDay| matches!(day, MonthDay::Day(29..=31));
    match &every.rule {
        Rule::Monthly(days) if days.len() == 1 && days.iter().any(late) => {
            let rule = Rule::Monthly(vec![MonthDay::Day(-1)]);
            let last = Recurrence { rule, ..every.clone() };
            Draft::Choices(vec![Draft::Every(every), Draft::Every(last)])
        }
        _ => Draft::Every(every),
    }
}

fn no_such_time(mut c: Cursor) -> bool {
    let digital = c.num().is_some_and(|num| num.form == Form::Arabic && num.width <= 2)
        && c.eat(Tok::Colon)
        && c.num().is_some_and(|num| num.width == 2);
    digital && (c.gap() || !matches!(c.tok(), Tok::Latin | Tok::Sign))
}

/// Midnight at the end of a day belongs to the next one.
fn settle(every: &mut Recurrence, clocks: &[Clock]) -> Option<()> {
    let mut moved = 0;
    for clock in clocks {
        let (time, days) = time(*clock)?;
        moved += usize::from(days > 0);
        every.times.push(time);
    }
    if moved > 0 {
        match &mut every.rule {
            Rule::Daily => {}
            Rule::Weekly(days) if moved == clocks.len() => {
                *days = in_order(days.iter().map(|day| day.succ()).collect());
            }
            _ => return None,
        }
    }
    every.times.sort_unstable();
    every.times.dedup();
    Some(())
}
