//! Recurrences in Chinese: 每周一三五9点, 每月最后一个工作日, 每两周的周五, 工作日18:00.

use chrono::Weekday;

use super::beside_feast::beside_feast;
use super::cursor::Cursor;
use super::draft::{Context, Draft};
use super::except::left_out;
use super::limits::first_day;
use super::repeat::{Days, finish};
use super::zh_list::list;
use super::zh_month::{impossible_day, month_days};
use super::{clock, moment};
use crate::model::Recurrence;
use crate::model::recurrence::{MonthDay, Rule};
use crate::text::clock::Part;
use crate::text::lex::{En, Festival, Form, Tok, Unit, Zh};

const WEEKEND: [Weekday; 2] = [Weekday::Sat, Weekday::Sun];

/// Eats a recurrence.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    match c.tok() {
        Tok::Zh(Zh::Every | Zh::Skip) => every(c, ctx),
        Tok::Zh(Zh::Weeks(_)) => numbered(c, ctx),
        Tok::Zh(Zh::Meets) => {
            c.bump();
            c.zh(Zh::Week).then_some(())?;
            let days = list(c)?;
            finish(c, ctx, Days::each(Rule::Weekly(days)))
        }
        Tok::Unit(Unit::Weekend) => {
            c.bump();
            (c.zh(Zh::Every) && c.eat(Tok::Unit(Unit::Day))).then_some(())?;
            finish(c, ctx, Days::each(Rule::Weekly(WEEKEND.to_vec())))
        }
        Tok::Num(_) | Tok::Half => once_in(c, ctx),
        Tok::Unit(Unit::Workday) => workdays(c, ctx),
        Tok::Unit(Unit::Day) if c.peek(1) == Tok::Unit(Unit::Day) && !c.gap_at(1) => {
            c.at += 2;
            finish(c, ctx, Days::each(Rule::Daily))
        }
        Tok::Zh(Zh::Day | Zh::Week | Zh::Month | Zh::Year) if twice(*c) => doubled(c, ctx),
        Tok::Zh(Zh::Nightly) => {
            c.bump();
            finish(c, ctx, Days { part: Some(Part::Evening), ..Days::each(Rule::Daily) })
        }
        Tok::Zh(Zh::Without) => without(c, ctx),
        Tok::Zh(Zh::Week) => days_of_week(c, ctx),
        Tok::Zh(Zh::From) => from_on(c, ctx),
        _ => None,
    }
}

/// Whether a unit stands twice where a phrase begins: 日日9点, 月月1号; but 5日日报, 每月月底.
pub fn twice(c: Cursor) -> bool {
    let unit = matches!(c.tok(), Tok::Zh(Zh::Day | Zh::Week | Zh::Month | Zh::Year));
    let begins = c.gap() || matches!(c.before(), Tok::Break | Tok::Comma | Tok::Pause | Tok::Other);
    let goes_on = match c.tok() {
        Tok::Zh(Zh::Week) => matches!(c.peek(2), Tok::Weekday(..)),
        Tok::Zh(Zh::Day) => matches!(c.peek(2), Tok::Num(_) | Tok::Part(_)) || c.gap_at(2),
        _ => matches!(c.peek(2), Tok::Num(_) | Tok::Zh(Zh::Nth | Zh::Last | Zh::Bottom)),
    };
    unit && begins && c.peek(1) == c.tok() && !c.gap_at(1) && goes_on
}

fn doubled(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let unit = c.tok();
    c.at += 2;
    match unit {
        Tok::Zh(Zh::Week) => weekly(c, ctx, 1),
        Tok::Zh(Zh::Month) => monthly(c, ctx, 1),
        Tok::Zh(Zh::Year) => yearly(c, ctx, 1),
        _ => finish(c, ctx, Days::each(Rule::Daily)),
    }
}

/// 除了周末每天9点: what is left out stands first.
fn without(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let left_out = left_out(c)?;
    c.eat(Tok::Comma);
    matches!(c.tok(), Tok::Zh(Zh::Every | Zh::Skip)).then_some(())?;
    match every(c, ctx)? {
        Draft::Every(mut every) => {
            left_out.put(&mut every);
            Some(Draft::Every(every))
        }
        other => Some(other),
    }
}

/// 单数周周三, 双周三.
fn numbered(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let Tok::Zh(Zh::Weeks(weeks)) = c.tok() else { return None };
    c.bump();
    c.zh(Zh::Of);
    c.zh(Zh::Every);
    c.zh(Zh::Week);
    let days = list(c)?;
    finish(c, ctx, Days { weeks, ..Days::each(Rule::Weekly(days)) })
}

/// 三天一次, 两周一次; how often within a stretch (一天三次) says no times.
fn once_in(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let half = c.eat(Tok::Half);
    let count = if half { 1 } else { c.num().filter(|num| num.value > 0)?.value };
    c.zh(Zh::Piece);
    let unit = c.tok();
    if !matches!(unit, Tok::Unit(_) | Tok::Zh(Zh::Week | Zh::Month | Zh::Day)) {
        return None;
    }
    c.bump();
    if !once(c) {
        c.zh(Zh::Every);
        matches!(c.tok(), Tok::Num(_) | Tok::Weekday(..)).then(|| c.bump())?;
        return c.zh(Zh::Times).then_some(Draft::Unread);
    }
    let days = match unit {
        _ if half => return Some(Draft::Unread),
        Tok::Unit(Unit::Hour) => Days::every(Rule::Hourly, count),
        Tok::Unit(Unit::Minute) => Days::every(Rule::Minutely, count),
        Tok::Unit(Unit::Day) | Tok::Zh(Zh::Day) => Days::every(Rule::Daily, count),
        Tok::Zh(Zh::Week) => Days::every(Rule::Weekly(Vec::new()), count),
        Tok::Zh(Zh::Month) => Days::every(Rule::Monthly(Vec::new()), count),
        _ => return None,
    };
    finish(c, ctx, days)
}

/// 从下周一起每天9点.
fn from_on(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    c.bump();
    let start = moment::read(c, ctx, false)?;
    c.zh(Zh::Since).then_some(())?;
    c.eat(Tok::Comma);
    let from = first_day(ctx, &start, true)?;
    match every(c, ctx)? {
        Draft::Every(every) => Some(Draft::Every(Recurrence { from: Some(from), ..every })),
        _ => None,
    }
}

/// 一次 behind 周, where 一 looks like Monday.
fn once(c: &mut Cursor) -> bool {
    c.attempt(|c| {
        let one = matches!(c.tok(), Tok::Weekday(Weekday::Mon, _))
            || matches!(c.tok(), Tok::Num(num) if num.value == 1);
        c.bump();
        (one && c.zh(Zh::Times)).then_some(())
    })
    .is_some()
}

/// 工作日18:00; 5个工作日后 and 下一工作日 count days.
fn workdays(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let counted = !c.gap()
        && matches!(c.before(), Tok::Zh(Zh::Piece | Zh::Nth | Zh::Down | Zh::Up) | Tok::Num(_));
    if counted {
        return None;
    }
    c.bump();
    let each = c.attempt(|c| (c.zh(Zh::Every) && c.eat(Tok::Unit(Unit::Day))).then_some(()));
    let draft = finish(c, ctx, Days::each(Rule::Workdays))?;
    let timed = matches!(&draft, Draft::Every(every) if !every.times.is_empty());
    (timed || each.is_some()).then_some(draft)
}

/// 周一到周五早上八点半: without 每, only a stretch of days with a time repeats.
fn days_of_week(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    if matches!(c.before(), Tok::Zh(Zh::Up | Zh::Down | Zh::This | Zh::Piece) | Tok::Num(_)) {
        return None;
    }
    c.bump();
    let stretch = matches!(c.peek(1), Tok::Zh(Zh::To) | Tok::Dash);
    // 周一三五: side by side.
    let row =
        (0..3).all(|n| matches!(c.peek(n), Tok::Weekday(_, false)) && (n == 0 || !c.gap_at(n)));
    let days = list(c)?;
    let each = c.attempt(|c| (c.zh(Zh::Every) && c.eat(Tok::Unit(Unit::Day))).then_some(()));
    let draft = finish(c, ctx, Days::each(Rule::Weekly(days)))?;
    let timed = matches!(&draft, Draft::Every(every) if !every.times.is_empty());
    ((stretch || row) && timed || each.is_some()).then_some(draft)
}

/// What follows 每 or 隔: a flat table of units.
fn every(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let mut skip = c.zh(Zh::Skip);
    if !skip {
        c.zh(Zh::Every);
        skip = c.zh(Zh::Skip);
    }
    if matches!(c.tok(), Tok::Zh(Zh::Weeks(_))) {
        return numbered(c, ctx);
    }
    let at = c.at;
    let half = c.eat(Tok::Half);
    let num = if half { None } else { c.num() };
    let piece = c.zh(Zh::Piece);
    let said = match num {
        Some(num) if matches!(num.form, Form::Arabic | Form::Han) => Some(num.value),
        Some(_) => return None,
        None => None,
    };
    if said == Some(0) {
        return Some(Draft::Never);
    }
    let unit = c.tok();
    // 每隔一天 is every other day; 每隔3天 is every three.
    let interval = match said {
        None | Some(1) if skip && !is_fine(unit) => 2,
        Some(count) => count,
        None => 1,
    };
    c.bump();
    let days = match unit {
        Tok::Unit(Unit::Second) | Tok::Zh(Zh::Second) => Days::every(Rule::Secondly, interval),
        Tok::Unit(Unit::Minute) | Tok::Zh(Zh::Minute) => {
            Days::every(Rule::Minutely, if half { return None } else { interval })
        }
        Tok::Unit(Unit::QuarterHour) => Days::every(Rule::Minutely, 15 * interval),
        Tok::Unit(Unit::Hour) if half => Days::every(Rule::Minutely, 30),
        Tok::Unit(Unit::Hour) => Days::every(Rule::Hourly, interval),
        Tok::En(En::LoneH) if said.is_some() => Days::every(Rule::Hourly, interval),
        Tok::Unit(Unit::Day) | Tok::Zh(Zh::Day) if !half => Days::every(Rule::Daily, interval),
        Tok::Unit(Unit::Workday) if !half => Days::every(Rule::Workdays, interval),
        Tok::Unit(Unit::Weekend) => Days::every(Rule::Weekly(WEEKEND.to_vec()), interval),
        Tok::Zh(Zh::Week) => return weekly(c, ctx, interval),
        Tok::Zh(Zh::Month) if half => return None,
        Tok::Zh(Zh::Month) => return monthly(c, ctx, interval),
        Tok::Zh(Zh::MonthEnd) => Days::every(Rule::Monthly(vec![MonthDay::Day(-1)]), interval),
        Tok::Unit(Unit::Quarter) => return quarterly(c, ctx, interval),
        Tok::Zh(Zh::QuarterEnd) => {
            Days::each(Rule::Yearly(vec![3, 6, 9, 12], vec![MonthDay::Day(-1)]))
        }
        Tok::Unit(Unit::HalfYear) => Days::every(Rule::Monthly(Vec::new()), 6),
        Tok::Zh(Zh::Year) if half => Days::every(Rule::Monthly(Vec::new()), 6),
        Tok::Zh(Zh::Year) => return yearly(c, ctx, interval),
        Tok::Zh(Zh::YearEnd) => Days::each(Rule::Yearly(vec![12], vec![MonthDay::Day(31)])),
        Tok::Part(part) if said.is_none() && !piece => {
            Days { part: Some(part), ..Days::each(Rule::Daily) }
        }
        Tok::Festival(Festival::Fixed(month, day)) => match beside_feast(c, month, day) {
            Some(rule) => Days::each(rule),
            None => return Some(Draft::Unread),
        },
        // 每30分, 每2时.
        _ => {
            c.at = at;
            return None;
        }
    };
    let part = if days.rule == Rule::Daily { part_of_day(c, days.part) } else { days.part };
    finish(c, ctx, Days { part, ..days })
}

/// 每天一次, 每早上.
fn part_of_day(c: &mut Cursor, said: Option<Part>) -> Option<Part> {
    c.attempt(once_of);
    match c.tok() {
        Tok::Part(part @ (Part::Evening | Part::Morning)) if said.is_some() => {
            c.bump();
            Some(part)
        }
        _ => said,
    }
}

/// 一次 behind 每天: once.
fn once_of(c: &mut Cursor) -> Option<()> {
    let one = matches!(c.tok(), Tok::Num(num) if num.value == 1);
    c.bump();
    (one && c.zh(Zh::Times)).then_some(())
}

fn is_fine(unit: Tok) -> bool {
    matches!(
        unit,
        Tok::Unit(Unit::Second | Unit::Minute | Unit::Hour | Unit::QuarterHour)
            | Tok::Zh(Zh::Second | Zh::Minute)
    )
}

fn weekly(c: &mut Cursor, ctx: &Context, interval: u32) -> Option<Draft> {
    if once(c) {
        return finish(c, ctx, Days::every(Rule::Weekly(Vec::new()), interval));
    }
    // 每周三次: no day is said.
    if c.peek(1) == Tok::Zh(Zh::Times) {
        c.at += 2;
        return Some(Draft::Unread);
    }
    if c.eat(Tok::Unit(Unit::Workday)) && interval == 1 {
        return finish(c, ctx, Days::each(Rule::Workdays));
    }
    let days = c.attempt(list).or_else(|| {
        c.attempt(|c| {
            c.zh(Zh::Of);
            c.zh(Zh::Week).then_some(())?;
            list(c)
        })
    });
    if days.is_none() && c.zh(Zh::Bottom) {
        return finish(c, ctx, Days::every(Rule::Weekly(WEEKEND.to_vec()), interval));
    }
    c.attempt(|c| (c.zh(Zh::Every) && c.eat(Tok::Unit(Unit::Day))).then_some(()));
    finish(c, ctx, Days::every(Rule::Weekly(days.unwrap_or_default()), interval))
}

fn monthly(c: &mut Cursor, ctx: &Context, interval: u32) -> Option<Draft> {
    let start = *c;
    let Some(days) = month_days(c) else {
        *c = start;
        let never = impossible_day(c).then_some(Draft::Never);
        c.attempt(|c| clock::read(c, true));
        return never;
    };
    finish(c, ctx, Days::every(Rule::Monthly(days), interval))
}

/// 每季度第一天, 每季度.
fn quarterly(c: &mut Cursor, ctx: &Context, interval: u32) -> Option<Draft> {
    let days = month_days(c)?;
    let rule = match days[..] {
        [] => return finish(c, ctx, Days::every(Rule::Monthly(days), 3 * interval)),
        [MonthDay::Day(-1)] => Rule::Yearly(vec![3, 6, 9, 12], days),
        [MonthDay::Day(_)] => Rule::Yearly(vec![1, 4, 7, 10], days),
        [MonthDay::Workday(1..) | MonthDay::Weekday(1.., _)] => {
            Rule::Yearly(vec![1, 4, 7, 10], days)
        }
        _ => Rule::Yearly(vec![3, 6, 9, 12], days),
    };
    finish(c, ctx, Days::every(rule, interval))
}

fn yearly(c: &mut Cursor, ctx: &Context, interval: u32) -> Option<Draft> {
    c.zh(Zh::Of);
    // 每年春节 is another day each year.
    if matches!(c.tok(), Tok::Festival(_)) && !matches!(c.tok(), Tok::Festival(Festival::Fixed(..)))
    {
        c.bump();
        return Some(Draft::Unread);
    }
    if let Tok::Festival(Festival::Fixed(month, day)) = c.tok() {
        c.bump();
        c.zh(Zh::Feast);
        let Some(rule) = beside_feast(c, month, day) else { return Some(Draft::Unread) };
        return finish(c, ctx, Days::every(rule, interval));
    }
    if c.zh(Zh::YearEnd) || c.zh(Zh::Bottom) {
        let rule = Rule::Yearly(vec![12], vec![MonthDay::Day(31)]);
        return finish(c, ctx, Days::every(rule, interval));
    }
    let month = c.attempt(|c| {
        let num = c.num().filter(|num| (1..=12).contains(&num.value))?;
        c.zh(Zh::Month).then_some(num.value)
    });
    let mut months: Vec<u32> = month.into_iter().collect();
    while !months.is_empty() && months.len() < 12 {
        let more = c.attempt(|c| {
            (c.zh(Zh::And) || c.eat(Tok::Pause) || c.eat(Tok::Comma)).then_some(())?;
            let num = c.num().filter(|num| (1..=12).contains(&num.value))?;
            c.zh(Zh::Month).then_some(num.value)
        });
        let Some(more) = more else { break };
        months.push(more);
    }
    months.sort_unstable();
    months.dedup();
    if months.is_empty() {
        return finish(c, ctx, Days::every(Rule::Yearly(Vec::new(), Vec::new()), interval));
    };
    let each = c.attempt(|c| {
        c.zh(Zh::Of);
        c.zh(Zh::Every);
        c.zh(Zh::Week).then_some(())?;
        list(c)
    });
    let days = match each {
        Some(days) => {
            days.iter().map(|day| MonthDay::Weekday(0, day.num_days_from_monday())).collect()
        }
        None => month_days(c)?,
    };
    finish(c, ctx, Days::every(Rule::Yearly(months, days), interval))
}
