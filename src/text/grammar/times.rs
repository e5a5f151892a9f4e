//! The times of day behind the days of a recurrence, in either language, and the hours to which
//! what comes within the day is kept.

use chrono::NaiveTime;

use super::clock;
use super::cursor::Cursor;
use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::clock::{Clock, Part, Reading};
use crate::text::lex::{En, Tok, Unit, Zh};

/// More times than this a day are no longer read: use cron.
const TIMES_MAX: usize = 12;

/// The words between days and times.
fn joint(c: &mut Cursor) -> bool {
    c.zh(Zh::Of);
    c.eat(Tok::Comma);
    c.zh_of(&[Zh::In]);
    // 每天 UTC时间 9点.
    c.en_of(&[En::At, En::By, En::Around]).is_some() || c.eat(Tok::At)
}

/// `9:00和18:00`, `at 9am and 6pm`, 上午10点，下午2点，4点, 9点到11点.
pub fn times(c: &mut Cursor, part: Option<Part>, every: &mut Recurrence) -> Option<Vec<Clock>> {
    let told = before_times(c, every);
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
            let mut apart = false;
            if !all.is_empty() {
                let and = and(c);
                // 早上8点 中午12点 晚上8点 吃药.
                apart = !and && !within_day && c.gap();
                (and || apart).then_some(())?;
                c.en(En::At);
            }
            let read = match clock::read(c, (told || between) && !apart) {
                Some(read) => read,
                None if apart => return None,
                None => clock::Read {
                    clock: super::stretch::bare_range_hour(c, within_day || told)?,
                    or_hour: None,
                },
            };
            let joined = !apart || c.tok() == Tok::End || c.gap();
            (read.or_hour.is_none() && joined).then_some(read.clock)
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

/// Eats what joins two times.
fn and(c: &mut Cursor) -> bool {
    let and = c.zh(Zh::And) || c.eat(Tok::Pause) || c.eat(Tok::Comma);
    c.en(En::And) || and
}

/// Eats the words and the zone before times; whether an hour is asked for.
fn before_times(c: &mut Cursor, every: &mut Recurrence) -> bool {
    let mut told = joint(c);
    if let Tok::Zone(zone) = c.tok() {
        c.bump();
        if spells(*c, "时间") {
            c.bump();
        }
        every.zone = zone;
    }
    told |= c.attempt(|c| (c.en(En::In) && c.en(En::The)).then_some(())).is_some();
    told
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
        None => super::lead::hour_like(c),
    }
}

/// From one time to another: how long each lasts, or the hours it is kept to.
pub fn span(every: &mut Recurrence, from: Clock, to: Clock, window: bool) -> Option<()> {
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
pub fn time(clock: Clock) -> Option<(NaiveTime, i64)> {
    match clock.reading()? {
        Reading::One(wall) | Reading::Else(wall, _) => Some((wall.time, wall.days)),
        Reading::Either(_, wall) => Some((wall.time, wall.days)),
    }
}

/// The hours of what comes within the day where they stand apart: 下午2点到5点, `from 9 to 6`.
pub fn window(c: &mut Cursor, every: &mut Recurrence) -> Option<()> {
    (every.rule.seconds().is_some() && every.window.is_none()).then_some(())?;
    // 每天9点到18点: each day is said already.
    c.attempt(|c| (c.zh(Zh::Every) && c.eat(Tok::Unit(Unit::Day))).then_some(()));
    let mut kept = every.clone();
    times(c, None, &mut kept).filter(Vec::is_empty)?;
    kept.window?;
    c.zh(Zh::Between);
    *every = kept;
    Some(())
}
