//! Recurrences in English: `every other Friday`, `2nd and last fri of each month`, `weekdays at
//! 9`, `daily`.

use chrono::Weekday;

use super::clock;
use super::cursor::Cursor;
use super::draft::{Context, Draft};
use super::en_month;
use super::en_words::interval;
use super::repeat::{Days, finish};
use super::times::range_end;
use crate::model::recurrence::{MonthDay, Rule};
use crate::text::clock::Clock;
use crate::text::lex::{En, Tok, Unit};
use crate::text::weekday::{WEEKDAYS, in_order};

const WEEKEND: [Weekday; 2] = [Weekday::Sat, Weekday::Sun];
/// Times before the days that are read: `9am and 6pm every Monday`.
const TIMES_MAX: usize = 6;

/// Eats a recurrence.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let may = matches!(
        c.tok(),
        Tok::Num(_)
            | Tok::Weekday(_, true)
            | Tok::Unit(Unit::Weekend | Unit::Workday)
            | Tok::Weekday(_, false)
            | Tok::En(
                En::From
                    | En::Every
                    | En::Each
                    | En::Daily
                    | En::Weekly
                    | En::Monthly
                    | En::Yearly
                    | En::Hourly
                    | En::Quarterly
                    | En::Weekday
                    | En::On
                    | En::Once
                    | En::All
                    | En::The
                    | En::At
                    | En::Last
                    | En::Second
                    | En::Twice
                    | En::Weeks(_)
                    | En::In
                    | En::Other
                    | En::End
            )
    );
    if !may {
        return None;
    }
    c.attempt(|c| {
        let from = c.en(En::From);
        let times = times_first(c);
        let mut end = None;
        if !times.is_empty() {
            end = c.attempt(|c| range_end(c, from));
            c.en(En::On);
        }
        if from && end.is_none() {
            return None;
        }
        let days = days(c)?;
        finish(c, ctx, Days { times, end, ..days })
    })
    .or_else(|| c.attempt(|c| work_week(c, ctx)))
    .or_else(|| c.attempt(several_times))
}

/// `Mon to Fri 9am`: a stretch of weekdays with a time repeats.
fn work_week(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let stretch = matches!(c.peek(1), Tok::Dash | Tok::En(En::To | En::Through));
    let days = stretch.then(|| list(c))??;
    let draft = finish(c, ctx, Days::each(Rule::Weekly(days)))?;
    let timed = matches!(&draft, Draft::Every(every) if !every.times.is_empty());
    timed.then_some(draft)
}

/// `twice a day`: no day or time is said.
fn several_times(c: &mut Cursor) -> Option<Draft> {
    let twice = c.en(En::Twice);
    if !twice {
        c.num()?;
        c.en(En::Times).then_some(())?;
    }
    c.en_of(&[En::A, En::LoneA, En::Every, En::Each])?;
    let Tok::Unit(_) = c.tok() else { return None };
    c.bump();
    Some(Draft::Unread)
}

/// `9am` of `9am every Sunday`.
fn times_first(c: &mut Cursor) -> Vec<Clock> {
    let mut times = Vec::new();
    while times.len() < TIMES_MAX {
        let found = c.attempt(|c| {
            if !times.is_empty() {
                (c.en(En::And) || c.eat(Tok::Comma)).then_some(())?;
            }
            c.en(En::At);
            clock::read(c, false).map(|read| read.clock)
        });
        let Some(clock) = found else { break };
        times.push(clock);
    }
    times
}

fn days(c: &mut Cursor) -> Option<Days> {
    c.attempt(en_month::ordinal_first)
        .or_else(|| c.attempt(adverb))
        .or_else(|| c.attempt(every))
        .or_else(|| c.attempt(plural))
        .or_else(|| c.attempt(numbered))
        .or_else(|| c.attempt(end_of_each))
        .or_else(|| c.attempt(once))
}

/// `daily`, `weekly on Fri`, `monthly on the 4th`, `hourly`.
fn adverb(c: &mut Cursor) -> Option<Days> {
    let Tok::En(word) = c.tok() else { return None };
    // `biweekly`, `fortnightly`.
    let interval = if matches!(c.chars().next(), Some('b' | 'f')) { 2 } else { 1 };
    c.bump();
    Some(match word {
        En::Daily => Days::each(Rule::Daily),
        En::Hourly => Days::each(Rule::Hourly),
        En::Quarterly => Days::every(Rule::Monthly(Vec::new()), 3),
        En::Weekly => {
            let days = c
                .attempt(|c| {
                    c.en_of(&[En::On, En::Every]);
                    list(c)
                })
                .unwrap_or_default();
            Days::every(Rule::Weekly(days), interval)
        }
        En::Monthly => {
            Days::every(Rule::Monthly(en_month::on_days(c).unwrap_or_default()), interval)
        }
        En::Yearly => en_month::on_date(c).unwrap_or(Days::each(Rule::Yearly(vec![], vec![]))),
        _ => return None,
    })
}

/// `mondays and thursdays`, `weekdays`, `on weekends`, `saturdays through tuesdays`.
fn plural(c: &mut Cursor) -> Option<Days> {
    let all = c.en_of(&[En::On, En::All]) == Some(En::All);
    // `alternate Fridays`.
    if c.en(En::Other) {
        let Tok::Weekday(_, true) = c.tok() else { return None };
        return list(c).map(|days| Days::every(Rule::Weekly(days), 2));
    }
    match c.tok() {
        Tok::Weekday(_, true) => list(c).map(|days| Days::each(Rule::Weekly(days))),
        Tok::En(En::Weekday) if all || c.chars().count() == 8 => {
            c.bump();
            Some(Days::each(Rule::Weekly(WEEKDAYS.to_vec())))
        }
        Tok::Unit(Unit::Workday) if c.chars().count() == 8 => {
            c.bump();
            Some(Days::each(Rule::Workdays))
        }
        Tok::Unit(Unit::Weekend) if c.chars().count() == 8 => {
            c.bump();
            Some(Days::each(Rule::Weekly(WEEKEND.to_vec())))
        }
        _ => None,
    }
}

/// `odd weeks on Wednesday`, `every even week on Monday`, `in odd weeks on Fri`.
fn numbered(c: &mut Cursor) -> Option<Days> {
    c.en_of(&[En::In, En::On]);
    c.en_of(&[En::Every, En::Each, En::The, En::All]);
    let Tok::En(En::Weeks(weeks)) = c.tok() else { return None };
    c.bump();
    c.eat(Tok::Unit(Unit::Week)).then_some(())?;
    c.eat(Tok::Comma);
    c.en_of(&[En::On, En::Every]);
    let days = list(c)?;
    Some(Days { weeks, ..Days::each(Rule::Weekly(days)) })
}

/// `end of each month`, `at the end of every quarter`.
fn end_of_each(c: &mut Cursor) -> Option<Days> {
    c.en_of(&[En::At, En::On]);
    c.en_of(&[En::Every, En::Each]);
    c.en(En::The);
    c.en(En::End).then_some(())?;
    c.en(En::Of).then_some(())?;
    c.en_of(&[En::Every, En::Each])?;
    last_day_of(c)
}

/// The last day of a unit.
fn last_day_of(c: &mut Cursor) -> Option<Days> {
    let last = vec![MonthDay::Day(-1)];
    let rule = match c.tok() {
        Tok::Unit(Unit::Month) => Rule::Monthly(last),
        Tok::Unit(Unit::Quarter) | Tok::En(En::Quarter) => Rule::Yearly(vec![3, 6, 9, 12], last),
        Tok::Unit(Unit::Year) => Rule::Yearly(vec![12], last),
        _ => return None,
    };
    c.bump();
    Some(Days::each(rule))
}

/// `once a week on Sunday`.
fn once(c: &mut Cursor) -> Option<Days> {
    c.en(En::Once).then_some(())?;
    c.en_of(&[En::A, En::LoneA, En::Every, En::Each])?;
    let unit = c.tok();
    c.bump();
    Some(match unit {
        Tok::Unit(Unit::Day) => Days::each(Rule::Daily),
        Tok::Unit(Unit::Week) => {
            let days = c
                .attempt(|c| {
                    c.en(En::On).then_some(())?;
                    list(c)
                })
                .unwrap_or_default();
            Days::each(Rule::Weekly(days))
        }
        Tok::Unit(Unit::Month) => {
            Days::each(Rule::Monthly(en_month::on_days(c).unwrap_or_default()))
        }
        Tok::Unit(Unit::Quarter) | Tok::En(En::Quarter) => {
            Days::every(Rule::Monthly(Vec::new()), 3)
        }
        Tok::Unit(Unit::Year) => Days::each(Rule::Yearly(Vec::new(), Vec::new())),
        Tok::Unit(Unit::Hour) => Days::each(Rule::Hourly),
        _ => return None,
    })
}

/// `every` and what it counts.
fn every(c: &mut Cursor) -> Option<Days> {
    c.en_of(&[En::Every, En::Each])?;
    // `every-other-week`.
    c.eat(Tok::Dash);
    if let Some(days) = c.attempt(nth_weekdays).or_else(|| c.attempt(halves)) {
        return Some(days);
    }
    let interval = interval(c)?;
    let unit = c.tok();
    // `every month end`, `every quarter-end`.
    if interval == 1
        && let Some(days) = c.attempt(|c| {
            let days = last_day_of(c)?;
            c.eat(Tok::Dash);
            c.en(En::End).then_some(days)
        })
    {
        return Some(days);
    }
    match unit {
        Tok::Weekday(..) => {
            return list(c).map(|days| Days::every(Rule::Weekly(days), interval));
        }
        Tok::Month(..) | Tok::Festival(_) => return en_month::on_date(c),
        Tok::Num(_) | Tok::En(En::Last | En::The) => return en_month::ordinals_of(c),
        // `every second Tuesday of the month`.
        Tok::En(En::Second) if matches!(c.peek(1), Tok::Weekday(..)) => {
            return en_month::ordinals_of(c);
        }
        _ => {}
    }
    c.bump();
    Some(match unit {
        Tok::Unit(Unit::Second) | Tok::En(En::Second) => Days::every(Rule::Secondly, interval),
        Tok::Unit(Unit::Minute) | Tok::En(En::LoneM) => Days::every(Rule::Minutely, interval),
        Tok::Unit(Unit::Hour) | Tok::En(En::LoneH) => Days::every(Rule::Hourly, interval),
        Tok::Unit(Unit::Day) => Days::every(Rule::Daily, interval),
        Tok::Unit(Unit::Workday) => Days::every(Rule::Workdays, interval),
        Tok::En(En::Business) if c.eat(Tok::Unit(Unit::Day)) => {
            Days::every(Rule::Workdays, interval)
        }
        Tok::En(En::Weekday) => Days::every(Rule::Weekly(WEEKDAYS.to_vec()), interval),
        Tok::Unit(Unit::Weekend) => Days::every(Rule::Weekly(WEEKEND.to_vec()), interval),
        Tok::Unit(Unit::Week) => {
            let days = c
                .attempt(|c| {
                    c.en(En::On).then_some(())?;
                    list(c)
                })
                .unwrap_or_default();
            Days::every(Rule::Weekly(days), interval)
        }
        Tok::Unit(Unit::Fortnight) => Days::every(Rule::Weekly(Vec::new()), 2 * interval),
        Tok::Unit(Unit::Month) => {
            Days::every(Rule::Monthly(en_month::on_days(c).unwrap_or_default()), interval)
        }
        Tok::Unit(Unit::Quarter) | Tok::En(En::Quarter) => {
            Days::every(Rule::Monthly(Vec::new()), 3 * interval)
        }
        Tok::Unit(Unit::Year) => c
            .attempt(|c| {
                c.en(En::On);
                en_month::on_date(c)
            })
            .unwrap_or(Days::every(Rule::Yearly(Vec::new(), Vec::new()), interval)),
        Tok::Part(part) => Days { part: Some(part), ..Days::every(Rule::Daily, interval) },
        _ => return None,
    })
}

/// `1st Monday`, `first and third Monday`, `last Friday` behind `every`: of the month. A second one
/// may be every other week as well.
fn nth_weekdays(c: &mut Cursor) -> Option<Days> {
    let second = c.tok() == Tok::En(En::Second) || matches!(c.tok(), Tok::Num(n) if n.value == 2);
    let days = en_month::list(c)?;
    let of_month = |day: &MonthDay| matches!(day, MonthDay::Weekday(nth, _) if *nth != 0);
    (days.iter().all(of_month) && c.tok() != Tok::En(En::Of)).then_some(())?;
    let [MonthDay::Weekday(2, day)] = days[..] else {
        return Some(Days::each(Rule::Monthly(days)));
    };
    second.then_some(())?;
    let weekly = Rule::Weekly(vec![Weekday::try_from(u8::try_from(day).ok()?).ok()?]);
    Some(Days { or: Some(Rule::Monthly(days)), ..Days::every(weekly, 2) })
}

/// `half hour`, `half an hour`, `half-hour`, `quarter of an hour`, `half year` behind `every`.
fn halves(c: &mut Cursor) -> Option<Days> {
    let half = c.en_of(&[En::Half, En::Quarter])? == En::Half;
    c.eat(Tok::Dash);
    c.en(En::Of);
    c.en_of(&[En::A, En::LoneA]);
    let days = match c.tok() {
        Tok::Unit(Unit::Hour) => Days::every(Rule::Minutely, if half { 30 } else { 15 }),
        Tok::Unit(Unit::Year) if half => Days::every(Rule::Monthly(Vec::new()), 6),
        _ => return None,
    };
    c.bump();
    Some(days)
}

/// `Monday, Wednesday, and Friday`, `mon-fri`, `saturdays through tuesdays`.
pub fn list(c: &mut Cursor) -> Option<Vec<Weekday>> {
    let Tok::Weekday(first, _) = c.tok() else { return None };
    c.bump();
    let to = c.attempt(|c| {
        (c.eat(Tok::Dash) || c.en_of(&[En::To, En::Through, En::Until]).is_some()).then_some(())?;
        let Tok::Weekday(last, _) = c.tok() else { return None };
        c.bump();
        Some(last)
    });
    let mut days = vec![first];
    if let Some(last) = to {
        while days.len() < 7 && days.last() != Some(&last) {
            let next = days.last().map_or(first, Weekday::succ);
            days.push(next);
        }
        return Some(in_order(days));
    }
    while days.len() < 7 {
        let more = c.attempt(|c| {
            let comma = c.eat(Tok::Comma);
            let and = c.en(En::And) || c.eat(Tok::Sign) || c.eat(Tok::Slash);
            (comma || and).then_some(())?;
            let Tok::Weekday(day, _) = c.tok() else { return None };
            c.bump();
            Some(day)
        });
        let Some(day) = more else { break };
        days.push(day);
    }
    Some(in_order(days))
}
