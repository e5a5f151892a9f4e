//! What a meaning comes to for a command: a moment ahead, or that it is over and what was probably
//! meant.

use chrono::{Datelike, NaiveDate};

use super::types::When;
use crate::text::every;
use crate::text::grammar::{Context, Day, Draft, Flex, Meaning, Moment, meaning, weekday};

/// The meaning of a draft for a command; `None` if it says no time.
pub fn when(ctx: &Context, draft: &Draft, found: Meaning) -> Option<When> {
    Some(match found {
        Meaning::Instant(at, _) if at <= ctx.at => When::Impossible(correction(ctx, draft)),
        Meaning::Instant(at, _) => When::Instant(at),
        Meaning::Date(day) if day < ctx.today => When::Impossible(correction(ctx, draft)),
        Meaning::Date(day) => When::Date(day),
        Meaning::Range(range) => {
            let over = range.part.is_some() && range.to.is_some_and(|to| to <= ctx.at);
            if over {
                return Some(When::Impossible(correction(ctx, draft)));
            }
            When::Range(range.from, range.to)
        }
        Meaning::Length(_) => return None,
        Meaning::Every(every) if every::is_whole(&every) => When::Recurrence(every),
        Meaning::Every(_) => return None,
        Meaning::Choices(all) => {
            let drafts = match draft {
                Draft::Choices(drafts) => drafts.clone(),
                other => vec![other.clone(); all.len()],
            };
            let all: Vec<When> = drafts
                .iter()
                .zip(all)
                .filter_map(|(draft, meaning)| match meaning {
                    Meaning::Every(every) => Some(When::Recurrence(every)),
                    other => when(ctx, draft, other),
                })
                .filter(|when| !matches!(when, When::Impossible(_)))
                .collect();
            match all.len() {
                0 => When::Impossible(None),
                _ => When::Ambiguous(all),
            }
        }
        Meaning::Never => When::Impossible(None),
    })
}

/// What was probably meant by a moment that is over.
fn correction(ctx: &Context, draft: &Draft) -> Option<Box<When>> {
    let Draft::Moment(moment) = draft else { return None };
    let date = match moment.day {
        Some(day) => later(ctx, day)?,
        None => ctx.today,
    };
    let again = |date: NaiveDate| {
        let day = Some(Day { date, flex: Flex::Fixed });
        let draft = Draft::Moment(Moment { day, weekday: None, ..*moment });
        Some(match meaning(ctx, &draft)? {
            Meaning::Instant(at, _) if at > ctx.at => When::Instant(at),
            Meaning::Date(day) if day >= ctx.today => When::Date(day),
            Meaning::Range(range) if range.to.is_some_and(|to| to > ctx.at) => {
                When::Range(range.from, range.to)
            }
            _ => return None,
        })
    };
    let found = again(date).or_else(|| again(ctx.today.succ_opt()?))?;
    Some(Box::new(found))
}

/// The day that was probably meant by one that is over: today, the weekday ahead, the date in the
/// next year that has it.
fn later(ctx: &Context, day: Day) -> Option<NaiveDate> {
    match day.flex {
        Flex::Near => Some(ctx.today),
        Flex::Relative | Flex::Week => weekday(ctx, day.date.weekday()).map(|day| day.date),
        Flex::Fixed | Flex::Month | Flex::Year => (0..=8).find_map(|n| {
            let date = day.date.with_year(ctx.today.year() + n)?;
            (date >= ctx.today).then_some(date)
        }),
    }
}
