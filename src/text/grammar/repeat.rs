//! What stands behind the days of a recurrence in either language: times, window, zone, limits,
//! exceptions.

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::clock;
use super::cursor::Cursor;
use super::draft::{Context, Draft, Moment};
use super::{moment, resolve};
use crate::model::Recurrence;
use crate::model::recurrence::{MonthDay, OffDays, Rule};
use crate::text::clock::{Clock, Part, Reading};
use crate::text::lex::{En, Form, Tok, Unit, Zh};

/// More times than this a day are no longer read: use cron.
const TIMES_MAX: usize = 12;
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
}

impl Days {
    /// Each of a rule's days.
    pub fn each(rule: Rule) -> Self {
        Self { rule, interval: 1, part: None, times: Vec::new(), end: None }
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
    let mut limits = 0;
    while limits < LIMITS_MAX && c.attempt(|c| limit(c, ctx, &mut every)).is_some() {
        limits += 1;
        if clocks.is_empty()
            && let Some(found) = c.attempt(|c| times(c, part, &mut every))
        {
            clocks = found;
        }
    }
    settle(&mut every, &clocks)?;
    c.attempt(|c| within_hours(c, &mut every));
    Some(open(every))
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
    digital && c.gap() || digital && !matches!(c.tok(), Tok::Latin | Tok::Sign)
}

/// The words between days and times.
fn joint(c: &mut Cursor) -> bool {
    c.zh(Zh::Of);
    c.eat(Tok::Comma);
    c.zh_of(&[Zh::In]);
    // 每天 UTC时间 9点.
    c.en_of(&[En::At, En::By, En::Around]).is_some() || c.eat(Tok::At)
}

/// `9:00和18:00`, `at 9am and 6pm`, 上午10点，下午2点，4点, 9点到11点.
fn times(c: &mut Cursor, part: Option<Part>, every: &mut Recurrence) -> Option<Vec<Clock>> {
    let mut told = joint(c);
    if let Tok::Zone(zone) = c.tok() {
        c.bump();
        if spells(*c, "时间") {
            c.bump();
        }
        every.zone = zone;
    }
    told |= c.attempt(|c| (c.en(En::In) && c.en(En::The)).then_some(())).is_some();
    let within_day = matches!(every.rule, Rule::Secondly | Rule::Minutely | Rule::Hourly);
    let opened = within_day && c.eat(Tok::Open);
    c.attempt(|c| {
        c.zh(Zh::From).then_some(())?;
        c.sees(|c| clock::read(c, false)).then_some(())
    });
    let between = c
        .attempt(|c| {
            c.en_of(&[En::From, En::Between])?;
            let hour = within_day && matches!(c.tok(), Tok::Num(_));
            (hour || c.sees(|c| clock::read(c, false))).then_some(())
        })
        .is_some();
    let mut all: Vec<Clock> = Vec::new();
    let mut part = part;
    while all.len() < TIMES_MAX {
        let found = c.attempt(|c| {
            if !all.is_empty() {
                let and = c.zh(Zh::And) || c.eat(Tok::Pause) || c.eat(Tok::Comma);
                let and = c.en(En::And) || and;
                and.then_some(())?;
                c.en(En::At);
            }
            let read = match clock::read(c, told || between) {
                Some(read) => read,
                None => clock::Read {
                    clock: super::stretch::bare_range_hour(c, within_day || told)?,
                    or_hour: None,
                },
            };
            read.or_hour.is_none().then_some(read.clock)
        });
        let Some(mut clock) = found else { break };
        if clock.part.is_some() {
            part = clock.part.filter(|p| matches!(p, Part::Afternoon | Part::Evening));
        } else if !clock.exact {
            clock.part = part;
        }
        all.push(clock);
        if all.len() == 1
            && let Some(end) = c.attempt(|c| range_end(c, between))
        {
            span(every, clock, end, within_day)?;
            if within_day {
                all.clear();
            }
            break;
        }
    }
    if opened {
        c.eat(Tok::Close);
    }
    if let Tok::Zone(zone) = c.tok()
        && !all.is_empty()
    {
        c.bump();
        every.zone = zone;
    }
    if all.is_empty() && every.window.is_none() {
        // 每天早上: the part alone is no time.
        return None;
    }
    Some(all)
}

fn spells(c: Cursor, word: &str) -> bool {
    word.chars().enumerate().all(|(n, wanted)| c.char_at(n) == Some(wanted))
}

/// `到11点` behind a time.
pub fn range_end(c: &mut Cursor, between: bool) -> Option<Clock> {
    let to = c.zh(Zh::To) || c.eat(Tok::Dash);
    let to = to || c.en_of(&[En::To, En::Until, En::Through]).is_some();
    (to || between && c.en(En::And)).then_some(())?;
    match c.attempt(|c| clock::read(c, false)) {
        Some(read) => Some(read.clock),
        None => super::phrase::hour_like(c),
    }
}

/// From one time to another: how long each lasts, or the hours it is kept to.
fn span(every: &mut Recurrence, from: Clock, to: Clock, window: bool) -> Option<()> {
    let from = time(from)?.0;
    let (mut to, next) = time(to)?;
    if to <= from && next == 0 {
        let later = to.overflowing_add_signed(chrono::Duration::hours(12));
        if later.1 == 0 && later.0 > from {
            to = later.0;
        }
    }
    if window {
        every.window = Some((from, to));
        return Some(());
    }
    let seconds = (to - from).num_seconds().rem_euclid(86_400);
    every.duration_s = u32::try_from(seconds).ok().filter(|s| *s > 0);
    Some(())
}

/// The time of day, and whether it is that of the next day.
fn time(clock: Clock) -> Option<(NaiveTime, i64)> {
    match clock.reading()? {
        Reading::One(wall) | Reading::Else(wall, _) => Some((wall.time, wall.days)),
        Reading::Either(_, wall) => Some((wall.time, wall.days)),
    }
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

/// Monday first, none twice.
pub fn in_order(mut days: Vec<Weekday>) -> Vec<Weekday> {
    days.sort_by_key(|day| day.num_days_from_monday());
    days.dedup();
    days
}

/// One limit or exception: until, from, so many times, except.
fn limit(c: &mut Cursor, ctx: &Context, every: &mut Recurrence) -> Option<()> {
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
