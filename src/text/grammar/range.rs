//! Reckoning a stretch from its two ends: each can say what the other leaves open.

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::draft::{Amount, Context, Day, Draft, Flex, Moment, Period, plus_days};
use super::resolve;
use crate::text::clock::{Clock, Part, Reading, Wall};

/// The stretch between two ends; a named last day is part of it.
pub fn between(ctx: &Context, first: &Draft, second: &Draft) -> Option<Draft> {
    if matches!(first, Draft::Never) || matches!(second, Draft::Never) {
        return Some(Draft::Never);
    }
    if let (Draft::Moment(a), Draft::Moment(b)) = (first, second)
        && let (Some(from), Some(to)) = (a.clock, b.clock)
    {
        return clocks(ctx, a, from, b, to);
    }
    let (from, to) = aligned(ctx, first, second)?;
    let start = resolve::ends(ctx, &from).0?;
    let end = resolve::ends(ctx, &to).1?;
    // 8 o'clock until now: said of this day.
    (start < end).then_some(Draft::Stretch(Some(start), Some(end), None))
}

/// From a clock time on for so long.
pub fn lasting(ctx: &Context, first: &Moment, length: Amount) -> Option<Draft> {
    let (start, _) = resolve::ends(ctx, &Draft::Moment(*first));
    let start = start?;
    let days = i64::from(length.days) * 86_400 + i64::from(length.seconds);
    let end = start.plus_ms(Duration::seconds(days).num_milliseconds());
    (length.months == 0 && length.workdays == 0).then_some(Draft::Stretch(
        Some(start),
        Some(end),
        None,
    ))
}

/// 下午2点到5点, `11 to 3pm`, 晚上10点 - 2点.
fn clocks(ctx: &Context, a: &Moment, from: Clock, b: &Moment, to: Clock) -> Option<Draft> {
    let shared = a.day.is_none() && b.day.is_some() && b.clock_first;
    let day = if shared { b.day } else { a.day };
    let end_day = if shared { None } else { b.day };
    if a.weekday.is_some() || b.weekday.is_some() {
        let named = |m: &Moment| m.weekday.zip(m.day).is_some_and(|(w, d)| d.date.weekday() != w);
        if named(a) || named(b) && !shared {
            return None;
        }
    }
    let start = starts(from, to)?;
    let base = day.map_or(ctx.today, |day| day.date);
    let stretch = |base: NaiveDate| -> Option<(NaiveDateTime, NaiveDateTime)> {
        let begin = at(base, start)?;
        let end = match end_day {
            Some(day) => at(later_day(day, base), natural(to)?)?,
            None => ends(from, to, base, begin)?,
        };
        (begin < end).then_some((begin, end))
    };
    let (mut begin, mut end) = stretch(base)?;
    let over = if ctx.past { begin > ctx.now } else { end <= ctx.now };
    if over {
        let other = match day {
            None if from.part.is_none() && !from.exact && !ctx.past => {
                let half = Duration::hours(12);
                let evening = (begin + half, end + half);
                if evening.0 > ctx.now && to.part.is_none() && evening.1.date() == base {
                    Some(evening)
                } else {
                    stretch(plus_days(base, 1)?)
                }
            }
            None => stretch(plus_days(base, if ctx.past { -1 } else { 1 })?),
            Some(day) => day.other(!ctx.past).and_then(stretch),
        };
        if let Some(other) = other {
            (begin, end) = other;
        }
    }
    let (from, to) = (ctx.instant(begin), ctx.instant(end));
    Some(Draft::Stretch(Some(from), Some(to), None))
}

fn later_day(day: Day, base: NaiveDate) -> NaiveDate {
    if day.date < base { day.other(true).unwrap_or(day.date) } else { day.date }
}

fn at(day: NaiveDate, wall: Wall) -> Option<NaiveDateTime> {
    Some(plus_days(day, wall.days)?.and_time(wall.time))
}

fn natural(clock: Clock) -> Option<Wall> {
    Some(match clock.reading()? {
        Reading::One(wall) | Reading::Else(wall, _) => wall,
        // The night behind the day.
        Reading::Either(_, wall) => wall,
    })
}

/// When the first end is: 5 of `5 to 6pm` is in the afternoon too, 11 of `11 to 3pm` is not.
fn starts(from: Clock, to: Clock) -> Option<Wall> {
    if from.part.is_none()
        && !from.exact
        && let Some(part) = to.part
    {
        let same = natural(Clock { part: Some(part), ..from });
        let end = natural(to)?;
        if let Some(wall) = same.filter(|wall| (wall.days, wall.time) < (end.days, end.time)) {
            return Some(wall);
        }
        // The morning before.
        if matches!(part, Part::Pm | Part::Afternoon | Part::Evening) {
            return natural(Clock { part: Some(Part::Am), ..from }).or_else(|| natural(from));
        }
    }
    natural(from)
}

/// The first time the second end comes behind the first.
fn ends(from: Clock, to: Clock, base: NaiveDate, begin: NaiveDateTime) -> Option<NaiveDateTime> {
    let mut tries = Vec::new();
    if to.part.is_none() && !to.exact {
        let late = matches!(from.part, Some(Part::Evening)) && begin.time().hour() >= 18;
        if let Some(part) = from.part {
            tries.extend(natural(Clock { part: Some(part), ..to }));
        }
        // 晚上10点到2点 goes into the night.
        if late && to.hour <= 6 {
            tries.clear();
            tries.extend(plain(to).map(|wall| Wall { days: 1, ..wall }));
        }
        tries.extend(natural(to));
        tries.extend(plain(to));
        tries.extend(plain(Clock { hour: to.hour + 12, ..to }));
    } else {
        tries.extend(natural(to));
    }
    let found = tries.iter().filter_map(|wall| at(base, *wall)).find(|end| *end > begin);
    found.or_else(|| {
        let next = at(base, *tries.first()?)?.checked_add_days(Days::new(1))?;
        (next > begin).then_some(next)
    })
}

fn plain(clock: Clock) -> Option<Wall> {
    let time = NaiveTime::from_hms_opt(clock.hour, clock.minute, clock.second)?;
    Some(Wall { days: 0, time })
}

/// The two ends where each has the year, month or week that the other one names.
fn aligned(ctx: &Context, first: &Draft, second: &Draft) -> Option<(Draft, Draft)> {
    let (Some(a), Some(b)) = (anchor(first), anchor(second)) else {
        return Some((first.clone(), second.clone()));
    };
    let open = |day: Day| matches!(day.flex, Flex::Year | Flex::Month | Flex::Week);
    // 12月24日到26日: a bare day is of the month before it.
    let within = a.flex == Flex::Year && b.flex == Flex::Month;
    let (a, b) = match (open(a), open(b)) {
        (_, true) if within || !open(a) => (a, first_from(b, a.date)?),
        (true, false) => (last_until(a, b.date)?, b),
        (true, true) if ctx.past => (last_until(a, b.date)?, b),
        (true, true) => (last_until(a, b.date)?, b),
        (false, _) => (a, b),
    };
    Some((moved(first, a.date)?, moved(second, b.date)?))
}

/// The day that stands for an end: of a stretch of days its last.
fn anchor(draft: &Draft) -> Option<Day> {
    match draft {
        Draft::Moment(moment) => moment.day,
        Draft::Period(period) => {
            let flex = if period.yearly { Flex::Year } else { Flex::Fixed };
            Some(Day { date: period.from, flex })
        }
        _ => None,
    }
}

fn moved(draft: &Draft, date: NaiveDate) -> Option<Draft> {
    Some(match draft {
        Draft::Moment(moment) => Draft::Moment(Moment { day: Some(Day::fixed(date)), ..*moment }),
        Draft::Period(period) => {
            let days = (date - period.from).num_days();
            // A month moved by years keeps its length but for February.
            let to = if period.yearly {
                super::draft::plus_months(date, 1)?
            } else {
                plus_days(period.to, days)?
            };
            Draft::Period(Period { from: date, to, ..*period })
        }
        other => other.clone(),
    })
}

/// The first of an open day's dates that is not before another.
fn first_from(day: Day, from: NaiveDate) -> Option<Day> {
    let mut date = day.date;
    for _ in 0..60 {
        match (Day { date, ..day }).other(false).filter(|other| *other >= from) {
            Some(earlier) => date = earlier,
            None => break,
        }
    }
    while date < from {
        date = (Day { date, ..day }).other(true)?;
    }
    Some(Day { date, ..day })
}

/// The last of an open day's dates that is not behind another.
fn last_until(day: Day, until: NaiveDate) -> Option<Day> {
    let mut date = day.date;
    while date > until {
        date = (Day { date, ..day }).other(false)?;
    }
    for _ in 0..600 {
        match (Day { date, ..day }).other(true).filter(|other| *other <= until) {
            Some(later) => date = later,
            None => break,
        }
    }
    Some(Day { date, ..day })
}
