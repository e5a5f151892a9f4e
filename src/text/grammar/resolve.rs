//! What a draft means: moments on the calendar, reckoned from now.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::draft::{Amount, Context, Day, Draft, Flex, Moment, plus_days};
use crate::model::{Recurrence, Timestamp};
use crate::text::clock::{Clock, Part, Reading, Wall};

/// What a stretch of text means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A moment with clock time; whether its seconds were said.
    Instant(Timestamp, bool),
    /// A day without a clock time.
    Date(NaiveDate),
    /// A stretch of time.
    Range(Range),
    /// A length of time.
    Length(Amount),
    /// Something that repeats.
    Every(Recurrence),
    /// It can mean several things, the likeliest first.
    Choices(Vec<Meaning>),
    /// A day or time that does not exist.
    Never,
}

/// A stretch of time, half open; `None` is open on that side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Its first moment.
    pub from: Option<Timestamp>,
    /// The moment behind its last.
    pub to: Option<Timestamp>,
    /// The part of the day it is.
    pub part: Option<Part>,
    /// How exactly its ends are meant, in seconds.
    pub fuzzy_s: Option<u32>,
    /// Whole days: a week, a month.
    pub period: bool,
    /// Named by itself, easily something else: 2018.
    pub bare: bool,
}

/// The meaning of a draft; `None` if nothing was read.
pub fn meaning(ctx: &Context, draft: &Draft) -> Option<Meaning> {
    Some(match draft {
        Draft::Moment(moment) => self::moment(ctx, moment),
        Draft::Period(period) => Meaning::Range(Range {
            from: Some(ctx.midnight(period.from)),
            to: Some(ctx.midnight(period.to)),
            part: None,
            fuzzy_s: None,
            period: true,
            bare: period.bare,
        }),
        Draft::Point(at, seconds) => Meaning::Instant(*at, *seconds),
        Draft::Stretch(from, to, fuzzy_s) => Meaning::Range(Range {
            from: *from,
            to: *to,
            part: None,
            fuzzy_s: *fuzzy_s,
            period: false,
            bare: false,
        }),
        Draft::Length(amount) => Meaning::Length(*amount),
        Draft::Every(every) => Meaning::Every(every.clone()),
        Draft::Choices(drafts) => {
            let mut all: Vec<Meaning> = Vec::new();
            for found in drafts.iter().filter_map(|draft| meaning(ctx, draft)) {
                if !all.contains(&found) {
                    all.push(found);
                }
            }
            Meaning::Choices(all)
        }
        Draft::Never => Meaning::Never,
        Draft::Unread => return None,
    })
}

/// The first moment of a draft and the one behind its last.
pub fn ends(ctx: &Context, draft: &Draft) -> (Option<Timestamp>, Option<Timestamp>) {
    match meaning(ctx, draft) {
        Some(Meaning::Instant(at, _)) => (Some(at), Some(at)),
        Some(Meaning::Date(day)) => {
            let next = day.succ_opt().map(|next| ctx.midnight(next));
            (Some(ctx.midnight(day)), next)
        }
        Some(Meaning::Range(range)) => (range.from, range.to),
        Some(Meaning::Choices(all)) => match all.first() {
            Some(Meaning::Instant(at, _)) => (Some(*at), Some(*at)),
            Some(_) | None => (None, None),
        },
        Some(Meaning::Length(_) | Meaning::Every(_) | Meaning::Never) | None => (None, None),
    }
}

fn moment(ctx: &Context, moment: &Moment) -> Meaning {
    if let (Some(day), Some(weekday)) = (moment.day, moment.weekday)
        && day.date.weekday() != weekday
    {
        return contradiction(ctx, moment, day, weekday);
    }
    if let Some(zone) = moment.zone.filter(|zone| *zone != ctx.zone) {
        let there = ctx.in_zone(zone);
        return self::moment(&there, &Moment { zone: None, ..*moment });
    }
    match (moment.clock, moment.day) {
        (Some(clock), _) => match clock.reading() {
            Some(reading) => timed(ctx, moment, clock, reading),
            None => Meaning::Never,
        },
        (None, Some(day)) => match moment.part.filter(|part| *part != Part::All) {
            Some(part) => parted(ctx, day, part),
            None => Meaning::Date(day.date),
        },
        (None, None) => match moment.part {
            Some(part) => parted(ctx, Day::near(ctx.today), part),
            None => Meaning::Never,
        },
    }
}

/// A part of a day: the next one that is not over.
fn parted(ctx: &Context, day: Day, part: Part) -> Meaning {
    let (from, to) = part.hours();
    let wall = |date: NaiveDate, hour: u32| {
        let date = plus_days(date, i64::from(hour / 24)).unwrap_or(date);
        ctx.instant(date.and_hms_opt(hour % 24, 0, 0).unwrap_or_default())
    };
    let range = |date: NaiveDate| Range {
        from: Some(wall(date, from)),
        to: Some(wall(date, to)),
        part: Some(part),
        fuzzy_s: None,
        period: false,
        bare: false,
    };
    let first = range(day.date);
    let over = if ctx.past { first.from > Some(ctx.at) } else { first.to <= Some(ctx.at) };
    let other = day.other(!ctx.past).filter(|_| over);
    Meaning::Range(other.map_or(first, range))
}

/// A clock time on the first of the days on which it lies on the right side of now.
fn timed(ctx: &Context, moment: &Moment, clock: Clock, reading: Reading) -> Meaning {
    let days = match moment.day {
        Some(day) => [Some(day.date), day.other(!ctx.past)],
        None => [Some(ctx.today), plus_days(ctx.today, if ctx.past { -1 } else { 1 })],
    };
    let instant = |day: NaiveDate, wall: Wall| ctx.instant(wall_on(day, wall));
    let fits = |at: Timestamp| if ctx.past { at <= ctx.at } else { at > ctx.at };
    let found = |at| Meaning::Instant(at, clock.seconds);
    for day in days.into_iter().flatten() {
        match reading {
            Reading::One(wall) => {
                let at = instant(day, wall);
                if fits(at) {
                    return found(at);
                }
            }
            Reading::Else(wall, other) => {
                let first = instant(day, wall);
                let second = instant(day, other);
                if fits(first) {
                    return found(first);
                }
                if day == ctx.today && fits(second) {
                    return found(second);
                }
            }
            Reading::Either(wall, other) => {
                let both = [instant(day, wall), instant(day, other)];
                let fitting: Vec<Timestamp> = both.into_iter().filter(|at| fits(*at)).collect();
                // Of tonight, and where no day was said, the next one is meant.
                match fitting[..] {
                    [one] => return found(one),
                    [one, _] if moment.day.is_none() || day == ctx.today => return found(one),
                    [one, other] => return Meaning::Choices(vec![found(one), found(other)]),
                    _ => {}
                }
            }
        }
    }
    let (Reading::One(wall) | Reading::Else(wall, _) | Reading::Either(_, wall)) = reading;
    let day = days[0].unwrap_or(ctx.today);
    found(instant(day, wall))
}

fn wall_on(day: NaiveDate, wall: Wall) -> NaiveDateTime {
    plus_days(day, wall.days).unwrap_or(day).and_time(wall.time)
}

/// A date and a weekday that don't agree: either may be the slip.
fn contradiction(ctx: &Context, moment: &Moment, day: Day, weekday: chrono::Weekday) -> Meaning {
    let alone = self::moment(ctx, &Moment { weekday: None, ..*moment });
    // Another year's date may agree.
    let agreeing = (day.flex == Flex::Year)
        .then(|| {
            (1..8).find_map(|n| {
                let date = day.date.with_year(day.date.year() + n)?;
                (date.weekday() == weekday).then_some(date)
            })
        })
        .flatten()
        .filter(|date| date.year() == day.date.year() + 1);
    let date = agreeing.or_else(|| super::calendar::weekday(ctx, weekday).map(|day| day.date));
    let other = date.map(|date| {
        self::moment(ctx, &Moment { weekday: None, day: Some(Day::fixed(date)), ..*moment })
    });
    Meaning::Choices([Some(alone), other].into_iter().flatten().collect())
}
