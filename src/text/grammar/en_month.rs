//! The days of the month or year on which something repeats, in English: `the 4th`, `the last
//! Monday`, `aug 20 and 30`.

use super::cursor::Cursor;
use super::en_within::which;
use super::en_words::interval;
use super::repeat::Days;
use crate::model::recurrence::{MonthDay, Rule};
use crate::text::lex::{En, Festival, Form, Tok, Unit};

/// More days of a month than this are not listed.
const DAYS_MAX: usize = 12;

/// `on the 4th`, `on the last Monday`, `at the end`, behind `every month`.
pub fn on_days(c: &mut Cursor) -> Option<Vec<MonthDay>> {
    c.attempt(|c| {
        let at = c.en_of(&[En::On, En::At])? == En::At;
        if at {
            c.en(En::The);
            return c.en(En::End).then(|| vec![MonthDay::Day(-1)]);
        }
        c.attempt(|c| c.eat(Tok::Unit(Unit::Day)).then_some(()));
        let days = list(c)?;
        // `every month on the 2nd Tuesday of the month`.
        c.attempt(|c| {
            (c.en_of(&[En::Of, En::In]).is_some() && c.en(En::The)).then_some(())?;
            c.eat(Tok::Unit(Unit::Month)).then_some(())
        });
        Some(days)
    })
}

/// `2nd and last fri`, `4th and 10th`, `the last day`, `20 and 30`.
pub fn list(c: &mut Cursor) -> Option<Vec<MonthDay>> {
    let mut ordinals: Vec<i32> = Vec::new();
    while ordinals.len() < DAYS_MAX {
        let more = c.attempt(|c| {
            if !ordinals.is_empty() {
                let comma = c.eat(Tok::Comma);
                (c.en(En::And) || comma).then_some(())?;
            }
            which(c).or_else(|| {
                c.en(En::The);
                let num = c.num().filter(|num| num.form == Form::Arabic && num.width <= 2)?;
                let clock = matches!(c.tok(), Tok::Colon | Tok::En(En::Am | En::Pm));
                i32::try_from(num.value).ok().filter(|day| !clock && (1..=31).contains(day))
            })
        });
        let Some(nth) = more else { break };
        ordinals.push(nth);
    }
    if ordinals.is_empty() {
        return None;
    }
    let unit = c.tok();
    let mut days: Vec<MonthDay> = match unit {
        Tok::Weekday(day, _) => {
            c.bump();
            let of = day.num_days_from_monday();
            ordinals.into_iter().map(|nth| MonthDay::Weekday(nth, of)).collect()
        }
        Tok::Unit(Unit::Workday) => {
            c.bump();
            ordinals.into_iter().map(MonthDay::Workday).collect()
        }
        Tok::En(En::Business) => {
            c.bump();
            c.eat(Tok::Unit(Unit::Day)).then_some(())?;
            ordinals.into_iter().map(MonthDay::Workday).collect()
        }
        _ => {
            c.eat(Tok::Unit(Unit::Day));
            ordinals.into_iter().map(MonthDay::Day).collect()
        }
    };
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// `on the second Tuesday of the month`.
pub fn weekdays_of_the_month(c: &mut Cursor) -> Option<Vec<MonthDay>> {
    c.attempt(|c| {
        c.en(En::On);
        let days = list(c)?;
        let weekdays = days.iter().all(|day| matches!(day, MonthDay::Weekday(nth, _) if *nth != 0));
        (weekdays && c.en_of(&[En::Of, En::In]).is_some() && c.en(En::The)).then_some(())?;
        c.eat(Tok::Unit(Unit::Month)).then_some(days)
    })
}

/// `first friday of every 3 months`, `the 4th of each month`.
pub fn ordinal_first(c: &mut Cursor) -> Option<Days> {
    c.en(En::On);
    let days = list(c)?;
    c.en_of(&[En::Of, En::In])?;
    c.en_of(&[En::Every, En::Each])?;
    let interval = interval(c)?;
    match c.tok() {
        Tok::Unit(Unit::Month) => {
            c.bump();
            Some(Days::every(Rule::Monthly(days), interval))
        }
        Tok::Month(month, _) => {
            c.bump();
            Some(Days::each(Rule::Yearly(vec![month.into()], days)))
        }
        Tok::Unit(Unit::Quarter) | Tok::En(En::Quarter) => {
            c.bump();
            let back = days.iter().all(|day| {
                let (MonthDay::Day(nth) | MonthDay::Weekday(nth, _) | MonthDay::Workday(nth)) = day;
                *nth < 0
            });
            let months = if back { vec![3, 6, 9, 12] } else { vec![1, 4, 7, 10] };
            Some(Days::each(Rule::Yearly(months, days)))
        }
        _ => None,
    }
}

/// `every 4th and 10th of the month`, `every last friday of the month`, `every 20th and 30th of
/// aug`, behind `every`.
pub fn ordinals_of(c: &mut Cursor) -> Option<Days> {
    let days = list(c)?;
    if c.en_of(&[En::Of, En::In]).is_none() {
        let plain = days.iter().all(|day| matches!(day, MonthDay::Day(1..)));
        return plain.then(|| Days::each(Rule::Monthly(days)));
    }
    c.en(En::The);
    match c.tok() {
        Tok::Unit(Unit::Month) => {
            c.bump();
            Some(Days::each(Rule::Monthly(days)))
        }
        Tok::Month(month, _) => {
            c.bump();
            Some(Days::each(Rule::Yearly(vec![month.into()], days)))
        }
        _ => None,
    }
}

/// `aug 20 and 30`, `december 31st`, `aug on day 20`, a feast.
pub fn on_date(c: &mut Cursor) -> Option<Days> {
    c.en(En::On);
    if let Tok::Festival(Festival::Fixed(month, day)) = c.tok() {
        c.bump();
        let day = MonthDay::Day(day.into());
        return Some(Days::each(Rule::Yearly(vec![month.into()], vec![day])));
    }
    let Tok::Month(month, _) = c.tok() else { return None };
    c.bump();
    let days = c
        .attempt(|c| {
            c.en(En::On);
            c.eat(Tok::Unit(Unit::Day));
            list(c)
        })
        .unwrap_or_default();
    Some(Days::each(Rule::Yearly(vec![month.into()], days)))
}
