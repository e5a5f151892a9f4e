//! Occurrences that come before the time they lead up to. Values only; `text::lead` reads and
//! reckons leads.

use crate::model::lead::Lead;
use crate::model::time::DAY_MS;
use crate::model::{Calendar, Recurrence, Timestamp};
use crate::text::{every, lead};

/// Most times that are looked at for the one that is told next: a month of twelve a day.
const LOOKED_MAX: usize = 400;

/// The occurrence behind `at`, of what repeats or comes once at `due_at`, if it is told so long
/// before.
pub fn next(
    every: Option<&Recurrence>,
    due_at: Option<Timestamp>,
    lead: Lead,
    at: Timestamp,
    calendar: &Calendar,
) -> Option<Timestamp> {
    let own = |every| every::next(every, at, calendar).filter(|_| lead.also);
    match every {
        None => due_at.filter(|due| lead.also && *due > at),
        Some(every) => {
            let told = |time: &Timestamp| lead::before(lead, *time, every.zone, calendar);
            let before = times(every, lead, at, calendar).map(|time| told(&time));
            let next = before.take(LOOKED_MAX).find(|told| *told > at);
            next.into_iter().chain(own(every)).min()
        }
    }
}

/// The time that an occurrence leads up to; `None` for the time itself.
pub fn leads_to(
    every: Option<&Recurrence>,
    due_at: Option<Timestamp>,
    lead: Lead,
    at: Timestamp,
    calendar: &Calendar,
) -> Option<Timestamp> {
    let Some(every) = every else { return due_at.filter(|due| *due > at) };
    let told = |time: &Timestamp| lead::before(lead, *time, every.zone, calendar);
    let fits = times(every, lead, at, calendar).take(LOOKED_MAX).find(|time| told(time) >= at);
    fits.filter(|time| told(time) == at)
}

/// The times from which the ones told at and behind `at` are.
fn times<'a>(
    every: &'a Recurrence,
    lead: Lead,
    at: Timestamp,
    calendar: &'a Calendar,
) -> impl Iterator<Item = Timestamp> + 'a {
    let Lead { months, days, workdays, seconds, also: _ } = lead;
    let days = i64::from(months) * 28 + i64::from(days) + i64::from(workdays);
    // A change of the clocks makes a day shorter.
    let slack = if days > 0 { DAY_MS } else { 1 };
    let from = at.plus_ms(days * DAY_MS + i64::from(seconds) * 1_000 - slack);
    let after = move |time: &Timestamp| every::next(every, *time, calendar);
    std::iter::successors(every::next(every, from, calendar), after)
}
